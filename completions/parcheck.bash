# Completion of parcheck for bash.

# The editions there are, with their family and without.
_parcheck_editions() {
    "$1" schema list --lang en 2>/dev/null |
        sed -n 's|^  \(\([^/]*\)/\([^:]*\)\):.*|\1\n\2\n\3|p' | sort -u
}

# The codes of findings.
_parcheck_codes() {
    "$1" explain --lang en 2>/dev/null | sed -n 's/^\([a-z][^ ]*\) (.*/\1/p'
}

_parcheck_options() {
    local reading='--edition --schema --layout --encoding --delimiter --lang'

    case $1 in
    archive)
        echo "--hierarchy --unsorted --edition --schema --encoding" \
            "--delimiter --format --lang --no-explain --output -o" \
            "--max-field-bytes --max-fields --max-findings" \
            "--max-submission-bytes --max-held-bytes --max-across-bytes" \
            "--jobs"
        ;;
    check)
        echo "$reading --format --verdicts --no-explain --output -o" \
            "--max-file-bytes --max-field-bytes --max-fields --max-records" \
            "--max-findings"
        ;;
    diff) echo "$reading --format --output -o" ;;
    explain) echo "--schema --lang" ;;
    fill) echo "$reading --force --output -o" ;;
    fix) echo "$reading --accept --certain --force --output -o" ;;
    rollup)
        echo "--unit --period --hierarchy --unsorted --edition --schema" \
            "--encoding --delimiter --format --lang --report --force" \
            "--output -o --max-field-bytes --max-fields --max-findings" \
            "--max-submission-bytes --max-held-bytes --max-across-bytes" \
            "--jobs"
        ;;
    schema) echo "--schema --exact --format --lang" ;;
    template)
        echo "--form --units --bom --delimiter --xlsx --output -o --force" \
            "--schema --lang"
        ;;
    version) echo "--lang" ;;
    "") echo "--lang --version" ;;
    esac
}

_parcheck() {
    local current=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command= verb= word i words=

    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        -*) ;;
        *)
            if [ -z "$command" ]; then
                command=$word
            elif [ -z "$verb" ]; then
                verb=$word
            fi
            ;;
        esac
    done

    case $previous in
    --lang) words="vi en" ;;
    --layout) words="form table series long" ;;
    --format)
        if [ "$command" = diff ]; then
            words="text json"
        elif [ "$command" = archive ] || [ "$command" = rollup ]; then
            words="ndjson text"
        else
            words="text json ndjson csv junit sarif html"
        fi
        ;;
    --encoding)
        words="UTF-8 UTF-16 windows-1258 TCVN5712 TCVN3 VISCII VNI"
        ;;
    --delimiter) words="tab" ;;
    --edition) words=$(_parcheck_editions "${COMP_WORDS[0]}") ;;
    --schema | --hierarchy | --report | -o | --output)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    --accept | --form | --period | --unit | --units | --max-*) return ;;
    *)
        case $command:$current in
        *:-*) words="$(_parcheck_options "$command") --help -h" ;;
        :*)
            words="archive check diff explain fill fix rollup schema template"
            words="$words version"
            ;;
        template:*) words=$(_parcheck_editions "${COMP_WORDS[0]}") ;;
        explain:*) words=$(_parcheck_codes "${COMP_WORDS[0]}") ;;
        schema:*)
            case $verb in
            "") words="list show power lint" ;;
            show | power) words=$(_parcheck_editions "${COMP_WORDS[0]}") ;;
            esac
            ;;
        esac
        ;;
    esac

    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}

complete -F _parcheck parcheck
