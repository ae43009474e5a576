/* Reads a submission from standard input through a callback, shows how far it
 * is, and sends the report on piece by piece as one JSON object a line: the
 * whole report never stands in memory.
 *
 * usage: stream_report <FILE
 */
#include <parcheck/parcheck.h>
#include <stdio.h>

static int from_stdin(void *context, void *buffer, size_t size, size_t *got)
{
    (void)context;
    *got = fread(buffer, 1, size, stdin);
    return ferror(stdin) != 0 ? -1 : 0;
}

/* A window with a button would look here whether it was pressed, and return
 * anything but 0 to stop the run. */
static int show_progress(void *context, uint64_t done, uint64_t total)
{
    unsigned *shown = context;
    unsigned percent = (unsigned)(100 * done / total);

    if (percent > *shown)
        fprintf(stderr, "%u %%\n", *shown = percent);
    return 0;
}

/* Where the pieces go: here a file, elsewhere a socket. */
static int send(void *context, const void *bytes, size_t size)
{
    FILE *to = context;

    return fwrite(bytes, 1, size, to) == size ? 0 : -1;
}

int main(void)
{
    unsigned shown = 0;
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_options options;
    parcheck_write_options writing;
    parcheck_error error;
    parcheck_input input;
    int code = 2;

    parcheck_input_init(&input, sizeof input);
    input.name = "stdin.csv";
    input.read = from_stdin;
    parcheck_options_init(&options, sizeof options);
    options.progress = show_progress;
    options.progress_context = &shown;
    parcheck_write_options_init(&writing, sizeof writing);
    writing.format = PARCHECK_NDJSON_REPORT;
    if (parcheck_schema_load_builtin(&schema, NULL, &error) == PARCHECK_OK &&
        parcheck_validate(&report, schema, &input, 1, &options, &error) ==
            PARCHECK_OK &&
        parcheck_report_write(report, &writing, send, stdout, &error) ==
            PARCHECK_OK)
        code = parcheck_report_severity_count(report, PARCHECK_ERROR) > 0;
    else
        fprintf(stderr, "%s\n", error.en);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return code;
}
