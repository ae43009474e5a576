#!/bin/sh
# Runs all tests and prints the line coverage of lib/; under 90 % it fails.
#
# usage: scripts/coverage.sh
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

scripts/install-deps.sh build test coverage
cmake --preset coverage
cmake --build --preset coverage
