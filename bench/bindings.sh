#!/bin/sh
# What the bindings cost over the C call, on the report of huyện Hòa An: the
# medians of many validations of its two files, in memory, by the built-in
# schema that is compiled; with C as 1.
#
# usage: bench/bindings.sh [REPEATS]                              (default 2000)
#
# Needs the packages of `scripts/install-deps.sh build test`. With PARCHECK_BUILD
# set to a build folder it measures the library that is there.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

repeats=${1:-2000}
build=${PARCHECK_BUILD:-$PWD/build/release}
[ -n "${PARCHECK_BUILD:-}" ] || scripts/build-preset.sh release
cc -std=c11 -O2 -D_POSIX_C_SOURCE=200809L -Iinclude -o "$build/bench_base" \
    bench/bindings/base.c -L"$build" -lparcheck
PARCHECK_LIBRARY=$build/libparcheck.so
LD_LIBRARY_PATH=$build
PYTHONPATH=bindings/python/src
export PARCHECK_LIBRARY LD_LIBRARY_PATH PYTHONPATH
[ -d bindings/node/node_modules ] ||
    (cd bindings/node && npm ci --silent --ignore-scripts --no-audit --no-fund)

set -- "$repeats" examples/hoa-an/hoa-an-2023-q1.csv \
    examples/hoa-an/hoa-an-2023-q1-dossiers.csv
# Each on a line of its own, so that a failure ends the script.
c=$("$build/bench_base" "$@")
python=$(python3 bench/bindings/cost.py "$@")
node=$(node bench/bindings/cost.js "$@")
echo "$c $python $node" | awk '
    function row(what, ns) {
        printf "| %-39s | %8.2f | %6.2f |\n", what, ns / 1e6, ns / $1
    }
    {
        print "| one validation of Hòa An                |       ms |  times |"
        print "| --------------------------------------- | -------: | -----: |"
        row("C", $1)
        row("Python", $2)
        row("Python, all findings read", $3)
        row("Node.js", $4)
        row("Node.js, all findings read", $5)
    }'
