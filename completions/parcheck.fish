# Completion of parcheck for fish.

function __parcheck_editions
    parcheck schema list --lang en 2>/dev/null |
        sed -n 's|^  \(\([^/]*\)/\([^:]*\)\):.*|\1\n\2\n\3|p' | sort -u
end

function __parcheck_codes
    parcheck explain --lang en 2>/dev/null |
        sed -n 's/^\([a-z][^ ]*\) (.*/\1/p'
end

set -l commands archive check diff explain fill fix rollup schema template version
set -l reading check diff fill fix

complete -c parcheck -n "not __fish_seen_subcommand_from $commands" -f -a "$commands"
complete -c parcheck -n "not __fish_seen_subcommand_from $commands" -l version -d 'The version'
complete -c parcheck -s h -l help -d 'How to use it'
complete -c parcheck -l lang -x -a 'vi en' -d 'The language'
complete -c parcheck -n "__fish_seen_subcommand_from $reading archive explain rollup schema template" -l schema -r -a '(__fish_complete_directories)' -d 'Use the tables of a folder'

complete -c parcheck -n "__fish_seen_subcommand_from $reading archive rollup" -l edition -x -a '(__parcheck_editions)' -d 'The edition of the forms'
complete -c parcheck -n "__fish_seen_subcommand_from $reading" -l layout -x -a 'form table series long' -d 'How the files are laid out'
complete -c parcheck -n "__fish_seen_subcommand_from $reading archive rollup" -l encoding -x -a 'UTF-8 UTF-16 windows-1258 TCVN5712 TCVN3 VISCII VNI' -d 'The encoding of the files'
complete -c parcheck -n "__fish_seen_subcommand_from $reading archive rollup template" -l delimiter -x -a 'tab' -d 'Between fields'
complete -c parcheck -n "__fish_seen_subcommand_from $reading archive rollup template" -s o -l output -r -d 'Where to write'
complete -c parcheck -n "__fish_seen_subcommand_from fill fix rollup template" -l force -d 'Write over what exists'

complete -c parcheck -n "__fish_seen_subcommand_from check" -l format -x -a 'text json ndjson csv junit sarif html' -d 'Of the report'
complete -c parcheck -n "__fish_seen_subcommand_from check" -l verdicts -d 'List what came of every rule'
complete -c parcheck -n "__fish_seen_subcommand_from check archive" -l no-explain -d 'Do not look for causes'
complete -c parcheck -n "__fish_seen_subcommand_from check" -l max-file-bytes -x -d 'Of one file'
complete -c parcheck -n "__fish_seen_subcommand_from check archive rollup" -l max-field-bytes -x -d 'Of one field'
complete -c parcheck -n "__fish_seen_subcommand_from check archive rollup" -l max-fields -x -d 'In one record'
complete -c parcheck -n "__fish_seen_subcommand_from check" -l max-records -x -d 'In one file'
complete -c parcheck -n "__fish_seen_subcommand_from check archive rollup" -l max-findings -x -d 'Of one code'

complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l format -x -a 'ndjson text' -d 'Of the result'
complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l hierarchy -r -d 'The units'
complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l unsorted -d 'The rows come in any order'
complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l max-submission-bytes -x -d 'Of one submission'
complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l max-held-bytes -x -d 'Of all that is held'
complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l max-across-bytes -x -d 'Of what is kept to compare'
complete -c parcheck -n "__fish_seen_subcommand_from archive rollup" -l jobs -x -d 'Threads that read'

complete -c parcheck -n "__fish_seen_subcommand_from diff" -l format -x -a 'text json' -d 'Of the result'

complete -c parcheck -n "__fish_seen_subcommand_from explain" -f -a '(__parcheck_codes)'

complete -c parcheck -n "__fish_seen_subcommand_from fix" -l accept -x -d 'Accept an explanation'
complete -c parcheck -n "__fish_seen_subcommand_from fix" -l certain -d 'Accept what is certain'

complete -c parcheck -n "__fish_seen_subcommand_from rollup" -l unit -x -d 'Only this unit'
complete -c parcheck -n "__fish_seen_subcommand_from rollup" -l period -x -d 'Only this period'
complete -c parcheck -n "__fish_seen_subcommand_from rollup" -l report -r -d 'Where the findings go'

complete -c parcheck -n "__fish_seen_subcommand_from schema" -f -a 'list show power lint'
complete -c parcheck -n "__fish_seen_subcommand_from show power" -f -a '(__parcheck_editions)'
complete -c parcheck -n "__fish_seen_subcommand_from schema" -l exact -d 'Numbers instead of shares'
complete -c parcheck -n "__fish_seen_subcommand_from schema" -l format -x -a 'text json ndjson csv junit sarif html' -d 'Of the report'

complete -c parcheck -n "__fish_seen_subcommand_from template" -f -a '(__parcheck_editions)'
complete -c parcheck -n "__fish_seen_subcommand_from template" -l form -x -d 'One form only'
complete -c parcheck -n "__fish_seen_subcommand_from template" -l units -x -d 'Lines of a table'
complete -c parcheck -n "__fish_seen_subcommand_from template" -l bom -d 'Begin with a byte order mark'
complete -c parcheck -n "__fish_seen_subcommand_from template" -l xlsx -d 'Write a workbook'
