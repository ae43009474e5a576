#!/bin/sh
# Checks a folder of submissions and prints a line for each, and a sum.
#
# usage: check-folder.sh FOLDER [option of "parcheck check"]...
#
# Each folder in FOLDER is one submission: all .csv files in it are checked
# together. PARCHECK names the program, if it is not `parcheck`.
#
# Exit code: 0 no errors, 1 errors in some submission, 2 one could not be
# checked.
set -u

folder=${1:?usage: check-folder.sh FOLDER [option]...}
shift
parcheck=${PARCHECK:-parcheck}
report=$(mktemp) || exit 2
trap 'rm -f "$report"' EXIT

checked=0
wrong=0
failed=0
for submission in "$folder"/*/; do
    [ -d "$submission" ] || continue
    name=$(basename "$submission")
    status=0
    "$parcheck" check "$submission"*.csv --format ndjson "$@" \
        >"$report" || status=$?
    if [ "$status" -gt 1 ]; then
        failed=$((failed + 1))
        echo "$name: could not be checked"
        continue
    fi
    checked=$((checked + 1))
    wrong=$((wrong + status))
    # One finding a line.
    errors=$(grep -c '"severity": "error"' "$report")
    warnings=$(grep -c '"severity": "warning"' "$report")
    echo "$name: errors $errors, warnings $warnings"
done

echo "checked $checked, with errors $wrong, not checked $failed"
[ "$checked" -gt 0 ] && [ "$failed" -eq 0 ] || exit 2
[ "$wrong" -eq 0 ]
