#!/bin/sh
# The shared library exports the names of symbols.txt, all of them and no more.
#
# usage: symbols.sh NM LIBRARY              compares
#        symbols.sh --update NM LIBRARY     writes symbols.txt, e.g. after
#                                           build/dev is built:
#   tests/build/symbols.sh --update nm build/dev/libparcheck.so
set -eu
LC_ALL=C
export LC_ALL

list=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/symbols.txt
update=no
if [ "$1" = --update ]; then
    update=yes
    shift
fi

exported=$("$1" -D --defined-only --extern-only "$2")
exported=$(echo "$exported" | awk 'NF { sub(/@.*/, "", $NF); print $NF }' |
    sort)
if [ -z "$exported" ]; then
    echo "$2 exports nothing" >&2
    exit 1
fi
if [ "$update" = yes ]; then
    echo "$exported" >"$list"
    exit 0
fi
if ! echo "$exported" | diff -u "$list" - >&2; then
    echo "exported names (+) are not those of $list (-)" >&2
    exit 1
fi
