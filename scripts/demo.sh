#!/bin/sh
# Checks the bundled report of huyện Hòa An: installs what is missing, builds
# build/release/parcheck and runs it.
#
# usage: scripts/demo.sh [option of "parcheck check"]...     e.g. --lang vi
#
# Exit code 0 if parcheck ran, whether or not it found something; else 2.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

scripts/install-deps.sh build || exit 2
scripts/build-preset.sh release || exit 2

set -- build/release/parcheck check examples/hoa-an/*.csv "$@"
echo "\$ $*" >&2
status=0
"$@" || status=$?
[ "$status" -le 1 ] || exit 2
