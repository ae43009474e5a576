#!/bin/sh
# Puts errors into consistent submissions and measures what the explanations
# make of them.
#
# usage: bench/explain.sh [--update] [option of bench_explain...]
#
#   --update         write the tables into docs/INJECTED-ERRORS.md
#   --trials N       submissions of each edition; default 100
#   --seed N         default 1; the same seed gives the same tables
#   --failures DIR   keep submissions in which a cell that the rules determine
#                    was not found
#   --no-time        leave out the times
#
# Needs the packages of `scripts/install-deps.sh build`.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

update=
if [ "${1:-}" = --update ]; then
    update=1
    shift
fi
scripts/install-deps.sh build
scripts/build-preset.sh bench
program=$(find build/bench -name bench_explain -type f)
if [ -z "$update" ]; then
    exec "$program" "$@"
fi

# The tables stand behind the line that says so, up to the end.
doc=docs/INJECTED-ERRORS.md
new=$(mktemp)
trap 'rm -f "$new"' EXIT
sed '/^<!-- written by bench\/explain.sh -->$/q' "$doc" >"$new"
{ echo; "$program" "$@"; } >>"$new"
cat "$new" >"$doc"
echo "Written: $doc"
