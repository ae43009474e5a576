#!/bin/sh
# Measures parcheck on an archive beside libcsv, DuckDB, SQLite, Python and R,
# and on one submission beside cat. Everything is built and made first.
#
# usage: bench/archive.sh [--quick] [--update] [--parts LIST] [--rounds N]
#
#   --quick         a tenth of the data, no memory by length, no growth curve
#   --update        write the tables into docs/PERFORMANCE.md
#   --parts LIST    of archive,process,length,growth; default: all
#   --rounds N      measurements of each program; default 5
#
# Needs the packages of `scripts/install-deps.sh build bench`; DuckDB comes
# from npm into the build folder. A program that is missing is not run, and
# is named at the end.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

duckdb=@duckdb/node-api@1.5.6-r.1

scripts/install-deps.sh build bench ||
    echo "Some programs are missing; going on without them." >&2
scripts/build-preset.sh bench

node=$PWD/build/bench/node
if command -v npm >/dev/null 2>&1 && [ ! -d "$node/node_modules/@duckdb" ]; then
    mkdir -p "$node"
    npm install --silent --no-audit --no-fund --prefix "$node" "$duckdb" >&2 ||
        echo "npm could not install $duckdb." >&2
fi
PARCHECK_BENCH_NODE=$node exec python3 bench/run.py \
    --build-dir build/bench "$@"
