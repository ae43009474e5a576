/* Reading and writing callbacks of the caller that fail, at every call. */
#include "faults.h"

static size_t tried; /* failures that were made to happen */

/* Hands out a text in pieces and fails at one call, in one of the ways in
 * which a callback can. */
typedef enum misbehaviour { FAILS, CLAIMS_TOO_MUCH, ENDS } misbehaviour;

typedef struct source {
    const char *bytes;
    size_t length;
    size_t at;
    size_t piece; /* bytes a call */
    size_t calls;
    size_t fail_at;
    misbehaviour how;
} source;

static int read_piece(void *context, void *buffer, size_t size, size_t *got)
{
    source *s = context;
    size_t most = s->length - s->at;

    if (++s->calls == s->fail_at) {
        *got = s->how == CLAIMS_TOO_MUCH ? size + 1 : 0;
        return s->how == FAILS ? 7 : 0;
    }
    most = most < size ? most : size;
    *got = most < s->piece ? most : s->piece;
    if (*got > 0)
        memcpy(buffer, s->bytes + s->at, *got);
    s->at += *got;
    return 0;
}

/* Takes what it is given and stops at one call. */
typedef struct sink {
    text taken;
    size_t calls;
    size_t fail_at;
} sink;

static int write_piece(void *context, const void *bytes, size_t size)
{
    sink *s = context;

    if (++s->calls == s->fail_at)
        return 1;
    return text_add(&s->taken, bytes, size);
}

static void check(bool right, const char *what, size_t call)
{
    if (right)
        return;
    printf("FAIL call %zu: %s\n", call, what);
    faults_wrong++;
}

static parcheck_status validate(parcheck_report **report,
                                const parcheck_schema *schema, source *s,
                                const parcheck_allocator *allocator,
                                parcheck_error *error)
{
    parcheck_input input;
    parcheck_options options;

    parcheck_input_init(&input, sizeof input);
    input.name = "report.csv";
    input.read = read_piece;
    input.context = s;
    parcheck_options_init(&options, sizeof options);
    options.allocator = allocator;
    return parcheck_validate(report, schema, &input, 1, &options, error);
}

/* The JSON report of the bytes, in `out`. Returns the calls of read. */
static size_t report_of(const parcheck_schema *schema, const char *bytes,
                        size_t length, size_t piece, text *out)
{
    source s = {bytes, length, 0, piece, 0, 0, FAILS};
    parcheck_write_options options;
    parcheck_report *report = NULL;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_JSON_REPORT;
    options.verdicts = 1;
    out->length = 0;
    check(validate(&report, schema, &s, NULL, NULL) == PARCHECK_OK &&
              parcheck_report_write(report, &options, text_add, out, NULL) ==
                  PARCHECK_OK,
          "it does not even work undisturbed", 0);
    parcheck_report_free(report);
    return s.calls;
}

static bool same(const text *a, const text *b)
{
    return a->length == b->length && memcmp(a->data, b->data, a->length) == 0;
}

/* However the bytes come in, the report is the same. */
static void read_in_pieces(const parcheck_schema *schema, const char *bytes,
                           size_t length)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 4095, SIZE_MAX};
    text whole = {NULL, 0, 0};
    text out = {NULL, 0, 0};

    (void)report_of(schema, bytes, length, SIZE_MAX, &whole);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        (void)report_of(schema, bytes, length, pieces[i], &out);
        check(same(&whole, &out), "pieces give another report", pieces[i]);
    }
    free(whole.data);
    free(out.data);
}

static void fail_one_read(const parcheck_schema *schema, source s)
{
    parcheck_report *report = (parcheck_report *)&report; /* to be set */
    parcheck_allocator allocator;
    failing_allocator fa;
    parcheck_error error;
    parcheck_status status;

    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    status = validate(&report, schema, &s, &allocator, &error);
    tried++;
    if (s.how == ENDS) { /* a shorter file, and no error */
        check(status == PARCHECK_OK, "an early end is an error", s.fail_at);
    } else {
        check(status == PARCHECK_EIO, "no read error", s.fail_at);
        check(report == NULL, "the report is not NULL", s.fail_at);
        check(error.status == PARCHECK_EIO &&
                  strcmp(error.source, "report.csv") == 0 &&
                  error.en[0] != '\0' && error.vi[0] != '\0',
              "the error was not filled", s.fail_at);
        check(s.calls == s.fail_at, "it read on", s.fail_at);
    }
    if (status == PARCHECK_OK)
        parcheck_report_free(report);
    check(fa.live == 0, "blocks were not given back", s.fail_at);
}

static void fail_reads(const parcheck_schema *schema, const char *bytes,
                       size_t length)
{
    text out = {NULL, 0, 0};
    size_t calls = report_of(schema, bytes, length, 20, &out);

    free(out.data);
    for (size_t n = 1; n <= calls; n++)
        for (int how = FAILS; how <= ENDS; how++)
            fail_one_read(schema, (source){bytes, length, 0, 20, 0, n,
                                           (misbehaviour)how});
}

/* What was taken before the failure is the front of the whole report. */
static void fail_one_write(const parcheck_report *report,
                           const parcheck_write_options *options,
                           const text *whole, size_t n)
{
    sink s = {{NULL, 0, 0}, 0, n};
    parcheck_error error;
    parcheck_status status = parcheck_report_write(report, options, write_piece,
                                                   &s, &error);

    tried++;
    check(status == PARCHECK_EWRITE && error.status == PARCHECK_EWRITE,
          "no write error", n);
    check(s.calls == n, "it wrote on", n);
    check(s.taken.length < whole->length &&
              (s.taken.length == 0 ||
               memcmp(s.taken.data, whole->data, s.taken.length) == 0),
          "it wrote something else", n);
    free(s.taken.data);
}

static void fail_writes(const parcheck_report *report,
                        const parcheck_write_options *options)
{
    sink all = {{NULL, 0, 0}, 0, 0};

    check(parcheck_report_write(report, options, write_piece, &all, NULL) ==
              PARCHECK_OK,
          "it does not even work undisturbed", 0);
    for (size_t n = 1; n <= all.calls; n++)
        fail_one_write(report, options, &all.taken, n);
    free(all.taken.data);
}

/* A report long enough to be handed over in several pieces. */
static void fail_all_writes(const parcheck_schema *schema)
{
    parcheck_write_options options;
    parcheck_report *report = NULL;
    parcheck_input inputs[2];

    parcheck_input_init(&inputs[0], sizeof inputs[0]);
    inputs[0].path = PARCHECK_TEST_DATA "/hoa-an-2023-q1.csv";
    parcheck_input_init(&inputs[1], sizeof inputs[1]);
    inputs[1].path = PARCHECK_TEST_DATA "/hoa-an-2023-q1-dossiers.csv";
    check(parcheck_validate(&report, schema, inputs, 2, NULL, NULL) ==
              PARCHECK_OK,
          "the submission cannot be checked", 0);
    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    for (int i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++) {
        options.format = (parcheck_format)i;
        fail_writes(report, &options);
    }
    parcheck_report_free(report);
}

int main(void)
{
    static const char bytes[] =
        "code,label,value\n"
        "1.1,Số TTHC đã được phê duyệt phương án đơn giản hóa,0\n"
        "1.2,Số TTHC công bố mới,abc\n"
        "1.4,Tổng số TTHC thuộc thẩm quyền giải quyết tại địa phương,5\n"
        "1.4.1,Số TTHC cấp tỉnh,1\n"
        "1.4.2,Số TTHC cấp huyện,2\n"
        "1.4.3,Số TTHC cấp xã,3\n";
    parcheck_schema *schema = NULL;

    if (parcheck_schema_load_builtin(&schema, NULL, NULL) != PARCHECK_OK)
        return EXIT_FAILURE;
    read_in_pieces(schema, bytes, sizeof bytes - 1);
    fail_reads(schema, bytes, sizeof bytes - 1);
    fail_all_writes(schema);
    parcheck_schema_free(schema);
    printf("%zu calls made to fail, %d findings\n", tried, faults_wrong);
    return tried > 0 && faults_wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
