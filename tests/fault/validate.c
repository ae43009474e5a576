/* A whole run, from files to the written report, when memory runs out. */
#include "faults.h"

/* The bytes of a file; ends the program if it cannot be read. */
static text text_of_file(const char *path)
{
    text t = {NULL, 0, 0};
    char step[4096];
    FILE *file = fopen(path, "rb");
    size_t got;

    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    while ((got = fread(step, 1, sizeof step, file)) > 0)
        text_add(&t, step, got);
    fclose(file);
    return t;
}

/* Hands out a text in pieces; a parcheck_input's `read`. */
typedef struct source {
    const text *bytes;
    size_t at;
} source;

static int read_piece(void *context, void *buffer, size_t size, size_t *got)
{
    source *s = context;
    size_t left = s->bytes->length - s->at;

    *got = left < size ? left : size;
    *got = *got > 1000 ? 1000 : *got;
    if (*got > 0)
        memcpy(buffer, s->bytes->data + s->at, *got);
    s->at += *got;
    return 0;
}

typedef enum how { FROM_MEMORY, FROM_PATH, FROM_CALLBACK } how;

typedef struct job {
    const parcheck_schema *schema; /* NULL: it loads the built-in ones */
    const char *paths[2];          /* the second may be NULL */
    text bytes[2];
    how from;
    const char *edition;
    bool small; /* with ceilings so low that all of them are reached */
} job;

static void set_input(parcheck_input *input, const job *j, size_t i, source *s)
{
    parcheck_input_init(input, sizeof *input);
    input->name = j->paths[i];
    s->bytes = &j->bytes[i];
    s->at = 0;
    if (j->from == FROM_MEMORY) {
        input->data = j->bytes[i].data != NULL ? j->bytes[i].data : "";
        input->length = j->bytes[i].length;
    } else if (j->from == FROM_PATH) {
        input->path = j->paths[i];
    } else {
        input->read = read_piece;
        input->context = s;
    }
}

static parcheck_status write_all(const parcheck_report *report, text *out,
                                 parcheck_error *error)
{
    parcheck_write_options options;
    parcheck_status status = PARCHECK_OK;

    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    for (int i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++) {
        options.format = (parcheck_format)i;
        options.color = 1;
        if (status == PARCHECK_OK)
            status = parcheck_report_write(report, &options, text_add, out,
                                           error);
    }
    options.format = PARCHECK_TEXT_REPORT;
    options.language = PARCHECK_ENGLISH;
    options.width = 60;
    if (status == PARCHECK_OK)
        status = parcheck_report_write(report, &options, text_add, out, error);
    return status;
}

static parcheck_status run(const void *context,
                           const parcheck_allocator *allocator, text *out,
                           bool *result_is_null, parcheck_error *error)
{
    const job *j = context;
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_input inputs[2];
    parcheck_options options;
    source sources[2];
    parcheck_status status = PARCHECK_OK;
    size_t count = j->paths[1] != NULL ? 2 : 1;

    for (size_t i = 0; i < count; i++)
        set_input(&inputs[i], j, i, &sources[i]);
    parcheck_options_init(&options, sizeof options);
    options.allocator = allocator;
    options.edition = j->edition;
    if (j->small) {
        options.max_file_bytes = 2000;
        options.max_field_bytes = 60;
        options.max_fields = 5;
        options.max_records = 12;
        options.max_findings = 1;
    }
    if (j->schema == NULL)
        status = parcheck_schema_load_builtin(&schema, allocator, error);
    if (status == PARCHECK_OK) {
        report = (parcheck_report *)&report;
        status = parcheck_validate(&report,
                                   j->schema != NULL ? j->schema : schema,
                                   inputs, count, &options, error);
        *result_is_null = report == NULL;
    }
    if (status == PARCHECK_OK) {
        status = write_all(report, out, error);
        *result_is_null = true; /* writing has no result */
    } else if (status != PARCHECK_ENOMEM) {
        text_line(out, error->source);
        text_line(out, error->vi);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return status;
}

static void read_files(job *j)
{
    for (size_t i = 0; i < 2; i++)
        if (j->paths[i] != NULL && j->from != FROM_PATH)
            j->bytes[i] = text_of_file(j->paths[i]);
}

#define DATA PARCHECK_TEST_DATA
#define CASES PARCHECK_SOURCE_DIR "/tests/cases/"
#define HOA_AN                                                                 \
    {                                                                          \
        DATA "/hoa-an-2023-q1.csv", DATA "/hoa-an-2023-q1-dossiers.csv"        \
    }
#define ONE(NAME)                                                              \
    {                                                                          \
        CASES NAME, NULL                                                       \
    }
#define NO_BYTES                                                               \
    {                                                                          \
        {NULL, 0, 0},                                                          \
        {                                                                      \
            NULL, 0, 0                                                         \
        }                                                                      \
    }

int main(void)
{
    parcheck_schema *builtin = NULL;
    parcheck_schema *small = NULL;
    int code;

    if (parcheck_schema_load_builtin(&builtin, NULL, NULL) != PARCHECK_OK ||
        parcheck_schema_load_folder(&small, CASES "schemas", NULL, NULL) !=
            PARCHECK_OK)
        return EXIT_FAILURE;

    job jobs[] = {
        {small,
         {CASES "verdict-across-files/report.csv",
          CASES "verdict-across-files/branches.csv"},
         NO_BYTES,
         FROM_MEMORY,
         NULL,
         false},
        {small, ONE("value-no-number/report.csv"), NO_BYTES, FROM_PATH, NULL,
         false},
        {small, ONE("value-ambiguous/report.csv"), NO_BYTES, FROM_CALLBACK,
         NULL, false},
        {small, ONE("verdict-rounding/report.csv"), NO_BYTES, FROM_MEMORY, NULL,
         false},
        {small, ONE("value-40-digits/report.csv"), NO_BYTES, FROM_MEMORY, NULL,
         false},
        {small, ONE("row-three-times/report.csv"), NO_BYTES, FROM_MEMORY, NULL,
         false},
        {small, ONE("row-unknown/report.csv"), NO_BYTES, FROM_MEMORY,
         "town-2024", false},
        {small, ONE("quote-never-closed/report.csv"), NO_BYTES, FROM_MEMORY,
         NULL, false},
        {small, ONE("file-not-utf-8/report.csv"), NO_BYTES, FROM_PATH, NULL,
         false},
        {small, ONE("file-utf-16/report.csv"), NO_BYTES, FROM_CALLBACK, NULL,
         false},
        {small, ONE("file-empty/empty.csv"), NO_BYTES, FROM_MEMORY, NULL,
         false},
        {small, ONE("table-bad-rows/branches.csv"), NO_BYTES, FROM_MEMORY, NULL,
         false},
        {small, ONE("table-unit-twice/branches.csv"), NO_BYTES, FROM_MEMORY,
         NULL, false},
        {builtin, ONE("edition-tie/report.csv"), NO_BYTES, FROM_MEMORY, NULL,
         false},
        {builtin, ONE("form-single-file/form-3.csv"), NO_BYTES, FROM_MEMORY,
         NULL, false},
        {builtin, ONE("form-unknown-only/report.csv"), NO_BYTES, FROM_MEMORY,
         NULL, false},
        {small, ONE("value-long-text/report.csv"), NO_BYTES, FROM_CALLBACK,
         NULL, true},
        {small, ONE("there-is-none.csv"), NO_BYTES, FROM_PATH, NULL, false},
    };
    job hoa_an_memory = {builtin, HOA_AN, NO_BYTES, FROM_MEMORY, NULL, false};
    job hoa_an_path = {builtin, HOA_AN, NO_BYTES, FROM_PATH, NULL, false};
    job hoa_an_whole = {NULL, HOA_AN, NO_BYTES, FROM_MEMORY, NULL, false};
    enum { SMALL = sizeof jobs / sizeof *jobs };
    trial trials[SMALL + 3];

    for (size_t i = 0; i < SMALL; i++) {
        read_files(&jobs[i]);
        trials[i] = (trial){jobs[i].paths[0] + strlen(CASES), run, &jobs[i], 0};
    }
    read_files(&hoa_an_memory);
    read_files(&hoa_an_whole);
    /* What these allocate the others do, too: not each one again. */
    trials[SMALL] = (trial){"Hòa An, from memory", run, &hoa_an_memory, 3};
    trials[SMALL + 1] = (trial){"Hòa An, from paths", run, &hoa_an_path, 7};
    trials[SMALL + 2] = (trial){"Hòa An, with the schemas", run, &hoa_an_whole,
                                9};
    code = fail_all(trials, sizeof trials / sizeof *trials);
    for (size_t i = 0; i < 2; i++) {
        free(hoa_an_memory.bytes[i].data);
        free(hoa_an_whole.bytes[i].data);
    }
    for (size_t i = 0; i < SMALL; i++) {
        free(jobs[i].bytes[0].data);
        free(jobs[i].bytes[1].data);
    }
    parcheck_schema_free(small);
    parcheck_schema_free(builtin);
    return code;
}
