#!/bin/sh
# The shared library is called by the number of its ABI: 0.MINOR before 1.0.0,
# MAJOR from then on (docs/API-STABILITY.md).
#
# usage: soname.sh OBJDUMP LIBRARY VERSION
set -eu

found=$("$1" -p "$2" | awk '$1 == "SONAME" { print $2 }')
case $3 in
0.*) abi=${3%.*} ;;
*) abi=${3%%.*} ;;
esac
if [ "$found" != "libparcheck.so.$abi" ]; then
    echo "SONAME is \"$found\", not libparcheck.so.$abi" >&2
    exit 1
fi
