#!/bin/sh
# All tests: installs what is missing, then builds and tests
#   dev        gcc, warnings as errors
#   asan       gcc with AddressSanitizer and UBSan
#   tsan       gcc with ThreadSanitizer: many threads on one schema
#   dev-clang  clang, warnings as errors (if clang is there)
#
# usage: scripts/test.sh
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

# run_preset PRESET [option of ctest]...
run_preset() {
    preset=$1
    shift
    scripts/build-preset.sh "$preset"
    echo "$preset: testing"
    log=build/$preset/test.log
    status=0
    ctest --preset "$preset" --no-tests=error --output-on-failure \
        -j "$jobs" "$@" >"$log" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then
        cat "$log"
        echo "$preset: the tests failed"
        exit 1
    fi
    # The closing lines of ctest: how many passed, the time it took, and what
    # was not run because something is not installed.
    sed -n '/tests passed/p; /^Total Test time/p; /did not run/,/^$/p' "$log"
}

scripts/install-deps.sh build test
jobs=$(nproc 2>/dev/null || echo 2)

# A bare chroot has neither /proc, which AddressSanitizer reads, nor terminals,
# which the cases about colour open: both are there only while this runs.
mounted=
unmount() {
    for folder in $mounted; do
        umount "$folder"
    done
}
trap unmount EXIT
trap 'exit 1' HUP INT TERM
if [ "$(id -u)" -eq 0 ]; then
    if [ ! -e /proc/self/exe ] && mount -t proc proc /proc 2>/dev/null; then
        mounted="/proc $mounted"
    fi
    if [ ! -e /dev/pts/ptmx ] && mkdir -p /dev/pts &&
        mount -t devpts -o ptmxmode=666 devpts /dev/pts 2>/dev/null; then
        mounted="/dev/pts $mounted"
    fi
    [ -z "$mounted" ] || echo "mounted while this runs: $mounted"
fi

run_preset dev

if [ -e /proc/self/exe ]; then
    run_preset asan
    run_preset tsan
else
    echo "asan, tsan: NOT RUN, they need /proc (mount -t proc proc /proc)"
fi

if command -v clang >/dev/null 2>&1; then
    echo "dev-clang: without the tests of whole runs, which dev and asan have"
    run_preset dev-clang -E 'pathological|matrix|oracle|fault|bindings'
else
    echo "dev-clang: not run, there is no clang here"
fi
