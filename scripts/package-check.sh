#!/bin/sh
# Makes the Debian packages and tries them out: lintian, then in a fresh
# Debian 12 tree install, check the example, build a program, remove, and look
# that no file is left.
#
# usage: scripts/package-check.sh          as root, with debootstrap and lintian
#
# The tree is made once and kept as build/debian-12.tar. Packages come from the
# mirrors that apt of this machine uses.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

for tool in cpack lintian debootstrap; do
    command -v "$tool" >/dev/null 2>&1 || {
        echo "$tool is missing: apt-get install $tool" >&2
        exit 2
    }
done
[ "$(id -u)" -eq 0 ] || {
    echo "only root can use chroot" >&2
    exit 2
}

packages=build/deb/packages
rm -rf "$packages"
scripts/build-preset.sh deb
(cd build/deb && cpack >cpack.log 2>&1) || {
    cat build/deb/cpack.log >&2
    exit 1
}
echo "lintian"
lintian --allow-root --fail-on error,warning "$packages"/*.deb

tar=build/debian-12.tar
if [ ! -e "$tar" ]; then
    echo "making $tar"
    fresh=$(mktemp -d)
    mirror=$(apt-cache policy | sed -n \
        's|.* \(https\{0,1\}://[^ ]*\) bookworm/main .*|\1|p' | head -n 1)
    debootstrap --variant=minbase bookworm "$fresh" \
        "${mirror:-http://deb.debian.org/debian}" >build/debootstrap.log 2>&1
    rm -f "$fresh/etc/apt/sources.list"
    for part in sources.list sources.list.d apt.conf.d preferences.d \
        trusted.gpg trusted.gpg.d keyrings; do
        [ ! -e "/etc/apt/$part" ] || cp -R "/etc/apt/$part" "$fresh/etc/apt/"
    done
    tar -C "$fresh" -cf "$tar.new" .
    mv "$tar.new" "$tar"
    rm -rf "$fresh"
fi

tree=$(mktemp -d)
mounted=
clean_up() {
    [ -z "$mounted" ] || umount "$tree/proc"
    rm -rf --one-file-system "$tree"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
tar -C "$tree" -xf "$tar"
mount -t proc proc "$tree/proc" && mounted=yes
cp /etc/resolv.conf /etc/hosts "$tree/etc/"
mkdir "$tree/packages"
cp "$packages"/*.deb "$tree/packages/"

inside() {
    chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
quietly() {
    "$@" >"$tree.log" 2>&1 || {
        cat "$tree.log" >&2
        rm -f "$tree.log"
        exit 1
    }
    rm -f "$tree.log"
}
# All files but those that dpkg and apt themselves write to.
list_files() {
    (cd "$tree" && find . -xdev \( -path ./proc -o -path ./packages \
        -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt \
        -o -path ./var/lib/dpkg -o -path ./tmp -o -path ./dev \) -prune \
        -o -print | sort)
}

# What the packages depend on stays; only what is ours has to go again.
quietly inside apt-get -q update
quietly inside apt-get -q -y install --no-install-recommends \
    gcc libc6-dev pkg-config libcsv-dev libutf8proc-dev
list_files >"$tree/packages/before"

echo "installing"
quietly inside sh -c 'apt-get -q -y install --no-install-recommends \
    /packages/*.deb'

echo "running"
status=0
inside sh -c 'parcheck check /usr/share/doc/parcheck/examples/hoa-an/*.csv \
    --lang en' >"$tree/packages/report" || status=$?
[ "$status" -eq 1 ]
grep -qF '129 ≠ 124 + 5 + 2 + 0 = 131, off by 2' "$tree/packages/report"
inside sh -c 'parcheck template dossiers >/packages/form.csv &&
    parcheck check /packages/form.csv >/packages/empty'
inside sh -c 'cd /packages && cc -o shared \
    /usr/share/doc/parcheck/examples/c/one_call.c \
    $(pkg-config --cflags --libs parcheck) &&
    ldd shared | grep -q libparcheck.so &&
    ./shared /usr/share/doc/parcheck/examples/hoa-an/*.csv >out || [ $? -le 1 ]'
[ -s "$tree/packages/out" ]

echo "removing"
quietly inside sh -c 'dpkg --purge $(dpkg-query -W -f "\${Package}\n" |
    grep parcheck)'
list_files >"$tree/packages/after"
diff "$tree/packages/before" "$tree/packages/after" || {
    echo "files were left, or taken away" >&2
    exit 1
}
echo "passed: $(cd "$packages" && echo *.deb)"
