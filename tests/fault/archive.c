/* An archive, when memory runs out: as bytes in pieces, in any order, as
 * UTF-16, as values, with units above units. */
#include "faults.h"

typedef struct job {
    const parcheck_schema *schema;
    const char *units; /* the hierarchy, or NULL */
    const char *data;
    size_t length;
    size_t step; /* bytes fed at once */
    int unsorted;
    size_t submission_bytes; /* 0: the default */
    size_t jobs;             /* 0: one */
    size_t across_bytes;     /* 0: the default, as for the next */
    size_t held_bytes;
} job;

#define AGAIN "A,U,2023-Q1,6,2.1,5\n"

/* A rule that fails, broken records, odd numbers, a parent that changes and,
 * at the end, a submission that comes again. */
static const char broken[] =
    "unit,parent,period,form,code,value\n"
    "A,T,2023-Q1,6,2.1,5\nA,T,Qu\xC3\xBD I/2023,6,2.2,1\nA,T,2023-Q1,6,2.3,1\n"
    "A,T,2023-Q1,6,2.4,1\nA,T,2023-Q1,6,2.5,1\nA\n"
    "B,T,2023-Q1,6,2.1,\"4\nB,T,2023-Q1,6,2.2,kho\xE1\xBA\xA3ng 1\n"
    "B,U,2023-Q1,6,9.9,n\xC4\x83m\nB,T,2023-Q2,6,2.1,-1\n"
    "\"C \"\"c\"\"\",,2023-Q1,6,2.1,2\n" AGAIN;

/* Units that are compared and forgotten, and one that comes again. */
static const char by_unit[] =
    "unit,period,form,code,value\n"
    "A,2023-Q1,5,3,2\nA,2023-Q2,5,3,1\nB,2023-Q1,5,3,2\nB,2023-Q2,5,3,2\n"
    "A,2023-Q3,5,3,1\nA,2024-Q1,5,3,1\n";

/* Units above units, periods before periods. */
static const char above[] =
    "unit,period,form,code,value\n"
    "H1,2023-Q1,1,1,9\nH1,2023-Q1,1,2,9\nH1,2023-Q2,1,1,4\nH1,2023-Q2,1,2,8\n"
    "X1,2023-Q1,1,1,3\nX1,2023-Q1,1,2,3\nX1,2023-Q2,1,1,4\nX1,2023-Q2,1,2,7\n"
    "X2,2023-Q1,1,1,5\nX2,2023-Q1,1,2,5\n";
static const char units[] =
    "unit,parent,name\nH1,,Huy\xE1\xBB\x87n A\nX1,H1,\nX2,H1,X\xC3\xA3 C\n";

/* Three levels: a commune's figure that is wrong, one that is blank. */
static const char traced[] =
    "unit,parent,period,form,code,value\n"
    "H,T,2023-Q1,1,1,438\nH,T,2023-Q1,1,1.1,201\nH,T,2023-Q1,1,1.2,237\n"
    "H,T,2023-Q1,1,2,8\n"
    "T,,2023-Q1,1,1,438\nT,,2023-Q1,1,1.1,201\nT,,2023-Q1,1,1.2,237\n"
    "T,,2023-Q1,1,2,8\n"
    "X1,H,2023-Q1,1,1,162\nX1,H,2023-Q1,1,1.1,137\nX1,H,2023-Q1,1,1.2,25\n"
    "X1,H,2023-Q1,1,2,2\n"
    "X2,H,2023-Q1,1,1,726\nX2,H,2023-Q1,1,1.1,64\nX2,H,2023-Q1,1,1.2,212\n"
    "X2,H,2023-Q1,1,2,\n";

/* The rows of a rule that fails, one after the other. */
static const char *const values[][2] = {
    {"2.1", "7"}, {"2.2", "1"}, {"2.3", "x"}, {"2.4", "1"}, {"2.5", NULL}};

static parcheck_stream *open_stream(const job *j,
                                    const parcheck_allocator *allocator,
                                    text *out, bool *result_is_null,
                                    parcheck_status *status,
                                    parcheck_error *error)
{
    parcheck_stream *s = (parcheck_stream *)&s;
    parcheck_stream_options options;
    parcheck_input input;

    parcheck_stream_options_init(&options, sizeof options);
    options.allocator = allocator;
    options.edition = j->data == traced || j->units != NULL ? NULL
                                                            : "cao-bang-2022";
    options.unsorted = j->unsorted;
    options.write = text_add;
    options.write_context = out;
    if (j->jobs > 0)
        options.jobs = j->jobs;
    if (j->submission_bytes > 0)
        options.max_submission_bytes = j->submission_bytes;
    if (j->across_bytes > 0)
        options.max_across_bytes = j->across_bytes;
    if (j->held_bytes > 0)
        options.max_held_bytes = j->held_bytes;
    *status = parcheck_stream_new(&s, j->schema, &options, error);
    *result_is_null = *status == PARCHECK_OK || s == NULL;
    if (*status != PARCHECK_OK)
        return NULL;
    if (j->units == NULL)
        return s;
    parcheck_input_init(&input, sizeof input);
    input.name = "units.csv";
    input.data = j->units;
    input.length = strlen(j->units);
    *status = parcheck_stream_hierarchy(s, &input, error);
    return s;
}

static parcheck_status bytes(const void *context,
                             const parcheck_allocator *allocator, text *out,
                             bool *result_is_null, parcheck_error *error)
{
    const job *j = context;
    parcheck_status status;
    parcheck_stream *s = open_stream(j, allocator, out, result_is_null, &status,
                                     error);

    for (size_t at = 0; at < j->length && status == PARCHECK_OK;
         at += j->step) {
        size_t left = j->length - at;

        status = parcheck_stream_feed(s, j->data + at,
                                      left < j->step ? left : j->step, error);
    }
    if (status == PARCHECK_OK)
        status = parcheck_stream_finish(s, error);
    parcheck_stream_free(s);
    return status;
}

static parcheck_status set_values(const void *context,
                                  const parcheck_allocator *allocator,
                                  text *out, bool *result_is_null,
                                  parcheck_error *error)
{
    const job *j = context;
    parcheck_status status;
    parcheck_stream *s = open_stream(j, allocator, out, result_is_null, &status,
                                     error);

    for (size_t i = 0; i < 10 && status == PARCHECK_OK; i++)
        status = parcheck_stream_set(s, i < 5 ? "X\xC3\xA3 \"A\", B" : "Y",
                                     NULL, "2023-Q1", "6", values[i % 5][0],
                                     values[i % 5][1], error);
    if (status == PARCHECK_OK)
        status = parcheck_stream_finish(s, error);
    parcheck_stream_free(s);
    return status;
}

/* ASCII as UTF-16, the low byte first; the length is doubled, and two. */
static size_t widen(char *wide, const char *narrow, size_t length)
{
    wide[0] = '\xFF';
    wide[1] = '\xFE';
    for (size_t i = 0; i < length; i++) {
        wide[2 * i + 2] = narrow[i];
        wide[2 * i + 3] = '\0';
    }
    return 2 * length + 2;
}

/* Units that no hierarchy has, above each other. */
static const char ring[] = "unit,parent,period,form,code,value\n"
                           "X,Y,2023-Q1,1,1,1\nY,X,2023-Q1,1,1,1\n"
                           "B,A,2023-Q1,1,1,1\nA,B,2023-Q1,1,1,1\n";

int main(void)
{
    /* The period is no text, and too long to be shown. */
    static const char last[] =
        "X3,\xFF 3456789 123456789 123456789 123456789 123456789 123456789 "
        "123456789 123456789,1,1,x\n";
    static char wide[2 * sizeof above];
    static char sorted[(1 << 18) + (1 << 10)];
    parcheck_schema *builtin = NULL;
    parcheck_schema *across = NULL;
    parcheck_schema *dossiers = NULL;
    size_t length = sizeof above - 1;
    int code;

    if (parcheck_schema_load_builtin(&builtin, NULL, NULL) != PARCHECK_OK ||
        parcheck_schema_load_folder(
            &across, PARCHECK_SOURCE_DIR "/tests/cases/archive-children/schema",
            NULL, NULL) != PARCHECK_OK ||
        parcheck_schema_load_folder(
            &dossiers, PARCHECK_SOURCE_DIR "/tests/cases/archive-trace/schema",
            NULL, NULL) != PARCHECK_OK)
        return EXIT_FAILURE;
    /* More than is looked at before the first row is judged. */
    memcpy(sorted, above, length);
    memset(sorted + length, '\n', sizeof sorted - 2 * length);
    memcpy(sorted + sizeof sorted - length, last, sizeof last - 1);
    const job pieces = {.schema = builtin,
                        .data = broken,
                        .length = sizeof broken - sizeof AGAIN,
                        .step = 7};
    const job mixed = {.schema = builtin,
                       .data = broken,
                       .length = sizeof broken - 1,
                       .step = 50,
                       .unsorted = 1};
    const job low = {.schema = builtin,
                     .data = broken,
                     .length = sizeof broken - sizeof AGAIN,
                     .step = 1000,
                     .submission_bytes = 60};
    const job tree = {.schema = across,
                      .units = units,
                      .data = above,
                      .length = length,
                      .step = 1000};
    const job circle = {.schema = across,
                        .units = "unit,parent\nZ,\n",
                        .data = ring,
                        .length = sizeof ring - 1,
                        .step = 1000};
    const job traces = {.schema = dossiers,
                        .data = traced,
                        .length = sizeof traced - 1,
                        .step = 1000};
    const job utf_16 = {.schema = across,
                        .units = units,
                        .data = wide,
                        .length = widen(wide, above, length),
                        .step = 33};
    const job window = {.schema = across,
                        .units = units,
                        .data = sorted,
                        .length = sizeof sorted - length + sizeof last - 1,
                        .step = 5000};
    job threads = window;
    const job sorted_by_unit = {.schema = builtin,
                                .data = by_unit,
                                .length = sizeof by_unit - 1,
                                .step = 1000,
                                .across_bytes = 1};
    const job full = {.schema = builtin,
                      .data = by_unit,
                      .length = sizeof by_unit - 1,
                      .step = 1000,
                      .held_bytes = 300};
    const job by_value = {.schema = builtin};
    const trial on_threads = {"an archive on threads", bytes, &threads, 3};
    trial trials[] = {{"an archive in pieces", bytes, &pieces, 0},
                      {"an archive in any order", bytes, &mixed, 0},
                      {"an archive over a ceiling", bytes, &low, 0},
                      {"an archive of units above units", bytes, &tree, 0},
                      {"an archive of units in a ring", bytes, &circle, 0},
                      {"an archive that is traced", bytes, &traces, 0},
                      {"an archive in UTF-16", bytes, &utf_16, 0},
                      {"an archive over the window", bytes, &window, 0},
                      {"an archive by units", bytes, &sorted_by_unit, 0},
                      {"an archive over all ceilings", bytes, &full, 0},
                      {"an archive of values", set_values, &by_value, 0}};

    threads.jobs = 2;
    faults_vary = true;
    (void)fail_in_turn(&on_threads);
    faults_vary = false;
    code = fail_all(trials, sizeof trials / sizeof *trials);
    parcheck_schema_free(builtin);
    parcheck_schema_free(across);
    parcheck_schema_free(dossiers);
    return code;
}
