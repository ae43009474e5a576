/* Totals of the units below, when memory runs out: the tables of the cases
 * that show what there is to tell of them. */
#include "faults.h"

#define CASES PARCHECK_SOURCE_DIR "/tests/cases/"

typedef struct job {
    const parcheck_schema *schema;
    const char *path;
    int unsorted;
    size_t held_bytes; /* 0: the default */
    const char *unit;
    const char *period;
} job;

static int feed(parcheck_stream *s, FILE *file, parcheck_status *status,
                parcheck_error *error)
{
    char block[777];
    size_t got = fread(block, 1, sizeof block, file);

    if (got == 0)
        return 0;
    *status = parcheck_stream_feed(s, block, got, error);
    return *status == PARCHECK_OK;
}

static parcheck_status roll(const void *context,
                            const parcheck_allocator *allocator, text *out,
                            bool *result_is_null, parcheck_error *error)
{
    const job *j = context;
    parcheck_stream *s = (parcheck_stream *)&s;
    parcheck_stream_options options;
    parcheck_status status;
    FILE *file = fopen(j->path, "rb");

    if (file == NULL)
        exit(EXIT_FAILURE);
    parcheck_stream_options_init(&options, sizeof options);
    options.allocator = allocator;
    options.unsorted = j->unsorted;
    options.explain = 0;
    options.write = text_add;
    options.write_context = out;
    options.rollup = text_add;
    options.rollup_context = out;
    options.rollup_unit = j->unit;
    options.rollup_period = j->period;
    if (j->held_bytes > 0)
        options.max_held_bytes = j->held_bytes;
    status = parcheck_stream_new(&s, j->schema, &options, error);
    *result_is_null = status == PARCHECK_OK || s == NULL;
    while (status == PARCHECK_OK && feed(s, file, &status, error))
        continue;
    if (status == PARCHECK_OK)
        status = parcheck_stream_finish(s, error);
    if (status != PARCHECK_OK)
        text_line(out, error->en);
    if (s != NULL)
        parcheck_stream_free(s);
    (void)fclose(file);
    return status;
}

int main(void)
{
    parcheck_schema *schema = NULL;
    int code;

    if (parcheck_schema_load_folder(&schema, CASES "schemas", NULL, NULL) !=
        PARCHECK_OK)
        return EXIT_FAILURE;
    const job levels = {schema, CASES "rollup-levels/report.csv", 0, 0, NULL,
                        NULL};
    const job one = {schema,
                     CASES "rollup-levels/report.csv",
                     0,
                     0,
                     "T\xE1\xBB\x89nh T",
                     "Qu\xC3\xBD II/2024"};
    const job unsorted = {
        schema, CASES "rollup-unsorted/report.csv", 1, 0, NULL, NULL};
    const job over = {schema, CASES "rollup-levels/report.csv", 0, 700, NULL,
                      NULL};
    const job editions = {
        schema, CASES "rollup-editions/report.csv", 0, 0, NULL, NULL};
    const job amounts = {schema, CASES "rollup-amounts/report.csv", 0, 0, NULL,
                         NULL};
    const job late = {schema, CASES "rollup-late-parent/report.csv", 0, 0, NULL,
                      NULL};
    const job cycle = {schema, CASES "rollup-cycle/report.csv", 0, 0, NULL,
                       NULL};
    const job rates = {
        schema, CASES "rollup-percentages/report.csv", 0, 0, NULL, NULL};
    const trial trials[] = {{"totals over levels", roll, &levels, 0},
                            {"one total", roll, &one, 0},
                            {"totals in any order", roll, &unsorted, 0},
                            {"totals over a ceiling", roll, &over, 0},
                            {"totals of editions", roll, &editions, 0},
                            {"totals of amounts", roll, &amounts, 0},
                            {"totals of a late parent", roll, &late, 0},
                            {"totals in a ring", roll, &cycle, 0},
                            {"totals with percentages", roll, &rates, 0}};

    code = fail_all(trials, sizeof trials / sizeof *trials);
    parcheck_schema_free(schema);
    return code;
}
