#!/bin/sh
# The public header alone compiles, twice in a row, as C11, C17 and C++17: for
# who uses the shared library, for who uses the static one, and for us.
#
# usage: header.sh CC CXX INCLUDE_DIR
set -eu

compile() {
    compiler=$1
    language=$2
    standard=$3
    for define in PARCHECK_USER PARCHECK_STATIC PARCHECK_BUILDING; do
        printf '#include <parcheck/parcheck.h>\n%.0s' 1 2 |
            "$compiler" -x "$language" "-std=$standard" -fsyntax-only \
                -pedantic -Wall -Wextra -Wundef -Wshadow -Werror \
                "-D$define" \
                -I"$include" - || {
            echo "$standard with $define: does not compile" >&2
            exit 1
        }
    done
}

include=$3
compile "$1" c c11
compile "$1" c c17
compile "$2" c++ c++17
# clang sees other things.
if command -v clang >/dev/null 2>&1; then
    compile clang c c11
    compile clang c c17
    compile clang c++ c++17
else
    echo "without clang, which is not here"
fi
