#!/bin/sh
# Sees to it that what parcheck is built with is there.
#
# usage: scripts/install-deps.sh [build] [test] [coverage] [bench]
#        (default: build)
#
# Touches nothing if nothing is missing. Otherwise it installs Debian packages
# where there is apt-get and the right to use it; elsewhere it says what to
# install and ends with exit code 2.
set -eu

build_packages="cmake make gcc libc6-dev pkg-config libcsv-dev libutf8proc-dev"
test_packages="g++ binutils python3 check mandoc libxlsxwriter-dev
python3-jsonschema python3-html5lib python3-lxml python3-pip python3-setuptools
python3-wheel python3-pandas mypy"
coverage_packages="gcovr"
bench_packages="python3 sqlite3 r-base-core nodejs npm valgrind"

have() {
    command -v "$1" >/dev/null 2>&1
}

have_cmake() {
    have cmake || return 1
    version=$(cmake --version | sed -n 's/^cmake version //p')
    major=${version%%.*}
    minor=${version#*.}
    minor=${minor%%.*}
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 25 ]; }
}

have_header() {
    echo "#include <$1>" | cc -E -x c - >/dev/null 2>&1
}

have_module() {
    pkg-config --exists "$1" 2>/dev/null
}

# The tests of the Python package look for their Python in the same way.
have_python() {
    python3 -c "import $1" 2>/dev/null ||
        /usr/bin/python3 -c "import $1" 2>/dev/null
}

# The tests of the reports ask the Python of Debian's packages first.
have_system_python() {
    python=/usr/bin/python3
    [ -x "$python" ] || python=python3
    "$python" -c "import $1" 2>/dev/null
}

# What npm installs for the tests of the reports: the schema of SARIF.
report_tests=$(CDPATH='' cd -- "$(dirname -- "$0")/../tests/reports" && pwd)
have_sarif_schema() {
    [ -d "$report_tests/node_modules/@microsoft/jest-sarif" ]
}

have_node() {
    node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}

# missing GROUP: the names of what this group lacks.
missing() {
    case $1 in
    build)
        have_cmake || echo "cmake (>= 3.25)"
        have make || have ninja || echo make
        have cc || echo "cc (gcc, clang)"
        have_header stdio.h || echo "libc headers"
        have pkg-config || echo pkg-config
        have_header csv.h || echo libcsv
        have_module libutf8proc || echo libutf8proc
        ;;
    test)
        have gcc || echo gcc
        have g++ || echo g++
        have nm || echo binutils
        have python3 || echo python3
        have_module check || echo "check (libcheck)"
        have mandoc || echo mandoc
        have_system_python jsonschema || echo "jsonschema for Python"
        have_system_python html5lib || echo "html5lib for Python"
        have_system_python lxml || echo "lxml for Python"
        have npm || echo npm
        have_sarif_schema || echo "npm ci in tests/reports"
        have_module xlsxwriter || echo libxlsxwriter
        have_python pip || echo "pip for Python"
        have_python setuptools || echo "setuptools for Python"
        have_python wheel || echo "wheel for Python"
        have_python pandas || echo "pandas for Python"
        have_python mypy || echo "mypy for Python"
        have_node || echo "nodejs (>= 18)"
        ;;
    coverage)
        have gcovr || echo gcovr
        ;;
    bench)
        have python3 || echo python3
        have sqlite3 || echo sqlite3
        have Rscript || echo R
        have node || echo nodejs
        have npm || echo npm
        have valgrind || echo valgrind
        ;;
    esac
}

all_missing() {
    for group in $groups; do
        missing "$group"
    done
}

# give_up ENGLISH VIETNAMESE: why nothing more can be done here.
give_up() {
    cat >&2 <<EOF
$1
$2

Missing; please install and run this again:
Còn thiếu; xin cài đặt rồi chạy lại:
$(all_missing | sed 's/^/  - /')

Debian, Ubuntu:
  apt-get install $packages
EOF
    exit 2
}

groups=${*:-build}
packages=""
for group in $groups; do
    case $group in
    build) packages="$packages $build_packages" ;;
    test) packages="$packages $test_packages" ;;
    coverage) packages="$packages $coverage_packages" ;;
    bench) packages="$packages $bench_packages" ;;
    *)
        echo "usage: $0 [build] [test] [coverage] [bench]" >&2
        exit 2
        ;;
    esac
done
packages=${packages# }

[ -n "$(all_missing)" ] || exit 0

have apt-get || give_up \
    "This is not a Debian or Ubuntu system: nothing was installed." \
    "Đây không phải là hệ thống Debian hay Ubuntu: chưa cài đặt gì."

if [ "$(id -u)" -eq 0 ]; then
    as_root="env"
elif have sudo; then
    as_root="sudo env"
else
    give_up "Only root may install packages: nothing was installed." \
        "Chỉ root mới được cài đặt gói phần mềm: chưa cài đặt gì."
fi

echo "Installing: $packages" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    # shellcheck disable=SC2086 # a command of one or two words
    $as_root DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y "$@" \
        </dev/null >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}
apt update || echo "apt-get update failed; trying what is there" >&2
# shellcheck disable=SC2086 # a list of names
apt install --no-install-recommends $packages || give_up \
    "apt-get could not install the packages." \
    "apt-get không cài đặt được các gói phần mềm."

# Some packages of Node.js bring npm along and conflict with npm's own.
install_npm() {
    have npm || apt install --no-install-recommends nodejs
    have npm || apt install --no-install-recommends npm
}
case " $groups " in
*" test "*)
    install_npm && (cd "$report_tests" && npm ci --ignore-scripts \
        --no-audit --no-fund >"$log" 2>&1) || {
        cat "$log" >&2
        give_up "npm could not install what tests/reports needs." \
            "npm không cài đặt được những gì tests/reports cần."
    }
    ;;
esac

[ -z "$(all_missing)" ] || give_up \
    "The packages of this system are not enough." \
    "Các gói phần mềm của hệ thống này chưa đủ."
