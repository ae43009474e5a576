#!/bin/sh
# Configures and builds one preset. Quiet: the output is shown if it fails.
#
# usage: scripts/build-preset.sh PRESET
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

preset=$1
dir=build/$preset
mkdir -p "$dir"
log=$dir/build.log

# A build folder that came here with a copied tree is of no use.
fresh=""
cache=$dir/CMakeCache.txt
if [ -e "$cache" ] &&
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$cache"; then
    fresh=--fresh
fi

echo "$preset: building" >&2
if ! { cmake $fresh --preset "$preset" && cmake --build --preset "$preset"; } \
    >"$log" 2>&1; then
    cat "$log" >&2
    echo "$preset: the build failed" >&2
    exit 2
fi
