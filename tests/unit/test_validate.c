/* parcheck_validate() and what is read from its report, by the public
 * interface alone. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

#define FORMS "hoa-an-2023-q1.csv"
#define UNITS "hoa-an-2023-q1-dossiers.csv"
#define FIRST "kong-chro-2022-h1.csv"

static char *copy_of(const char *text)
{
    char *copy = malloc(strlen(text) + 1);

    ck_assert_ptr_nonnull(copy);
    return strcpy(copy, text);
}

/* The JSON report on inputs, with all verdicts; free(). */
static char *json_of(const parcheck_schema *schema,
                     const parcheck_input *inputs, size_t count)
{
    parcheck_report *report;
    parcheck_error error = {0};
    char *json;

    ck_assert_msg(parcheck_validate(&report, schema, inputs, count, NULL,
                                    &error) == PARCHECK_OK,
                  "%s: %s", error.source, error.en);
    json = fixture_json(report);
    parcheck_report_free(report);
    return json;
}

/* check cannot print texts as long as these. */
static void expect_same(const char *found, const char *expected)
{
    size_t at = 0;

    while (found[at] != '\0' && found[at] == expected[at])
        at++;
    ck_assert_msg(found[at] == expected[at],
                  "from byte %zu: “%.60s”, but it should be “%.60s”", at,
                  found + at, expected + at);
}

static parcheck_input memory_input(const char *name, const char *text,
                                   size_t length)
{
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.name = name;
    input.data = text;
    input.length = length;
    return input;
}

/* ---- sources ------------------------------------------------------------- */

typedef struct stream {
    const char *text;
    size_t length;
    size_t at;
    size_t step;     /* bytes given at a time */
    size_t fails_at; /* the call that fails, from 1; 0 for none */
    size_t calls;
} stream;

static int read_stream(void *context, void *buffer, size_t size, size_t *got)
{
    stream *s = context;
    size_t left = s->length - s->at;

    if (++s->calls == s->fails_at)
        return 1;
    *got = left < s->step ? left : s->step;
    *got = *got < size ? *got : size;
    memcpy(buffer, s->text + s->at, *got);
    s->at += *got;
    return 0;
}

static parcheck_input stream_input(const char *name, stream *s)
{
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.name = name;
    input.read = read_stream;
    input.context = s;
    return input;
}

START_TEST(memory_path_and_callback_give_the_same_bytes)
{
    static const char *const files[] = {FORMS, UNITS, FIRST};
    static const size_t steps[] = {1, 7, 4096};
    parcheck_schema *schema = fixture_builtin();
    const char *text = fixture_data(files[_i]);
    parcheck_input input = memory_input("x.csv", text, strlen(text));
    char *expected = json_of(schema, &input, 1);
    char path[1024];
    char *json;

    (void)snprintf(path, sizeof path, "%s/%s", PARCHECK_TEST_DATA, files[_i]);
    parcheck_input_init(&input, sizeof input);
    input.name = "x.csv";
    input.path = path;
    json = json_of(schema, &input, 1);
    expect_same(json, expected);
    free(json);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        stream s = {.text = text, .length = strlen(text), .step = steps[i]};

        input = stream_input("x.csv", &s);
        json = json_of(schema, &input, 1);
        expect_same(json, expected);
        ck_assert_uint_eq(s.at, s.length);
        free(json);
    }
    free(expected);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(an_input_has_a_name)
{
    char path[1024];
    stream s = {.text = "", .step = 1};
    parcheck_schema *schema = fixture_builtin();
    parcheck_input inputs[4];
    parcheck_report *report;

    (void)snprintf(path, sizeof path, "%s/%s", PARCHECK_TEST_DATA, FIRST);
    inputs[0] = memory_input("z", "a", 1);
    inputs[1] = memory_input(NULL, "a", 1);
    inputs[2] = stream_input("b", &s);
    parcheck_input_init(&inputs[3], sizeof inputs[3]);
    inputs[3].path = path;
    ck_assert_int_eq(parcheck_validate(&report, schema, inputs, 4, NULL, NULL),
                     PARCHECK_OK);
    /* in the order of their names */
    ck_assert_uint_eq(parcheck_report_input_count(report), 4);
    ck_assert_str_eq(parcheck_report_input_name(report, 0), "-");
    ck_assert_str_eq(parcheck_report_input_name(report, 1), path);
    ck_assert_str_eq(parcheck_report_input_name(report, 2), "b");
    ck_assert_str_eq(parcheck_report_input_name(report, 3), "z");
    ck_assert_ptr_null(parcheck_report_input_edition(report, 0));
    ck_assert_str_eq(
        parcheck_edition_name(parcheck_report_input_edition(report, 1)),
        "gia-lai-2022");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- order --------------------------------------------------------------- */

START_TEST(the_order_of_inputs_does_not_matter)
{
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    parcheck_schema *schema = fixture_builtin();
    char *forms = copy_of(fixture_data(FORMS));
    char *units = copy_of(fixture_data(UNITS));
    const parcheck_input inputs[] = {
        memory_input("forms", forms, strlen(forms)),
        memory_input("units", units, strlen(units)),
        memory_input("empty", "", 0)};
    char *expected = json_of(schema, inputs, 3);

    for (size_t i = 1; i < 6; i++) {
        parcheck_input ordered[3];
        char *json;

        for (size_t k = 0; k < 3; k++)
            ordered[k] = inputs[orders[i][k]];
        json = json_of(schema, ordered, 3);
        expect_same(json, expected);
        free(json);
    }
    free(expected);
    free(forms);
    free(units);
    parcheck_schema_free(schema);
}
END_TEST

static char *json_of_pair(const parcheck_schema *schema, bool streams,
                          const char *first, const char *second)
{
    stream s[2] = {{.text = first, .length = strlen(first), .step = 9},
                   {.text = second, .length = strlen(second), .step = 9}};
    const parcheck_input inputs[] = {
        streams ? stream_input(NULL, &s[0])
                : memory_input(NULL, first, strlen(first)),
        streams ? stream_input(NULL, &s[1])
                : memory_input(NULL, second, strlen(second))};

    return json_of(schema, inputs, 2);
}

/* Not even where nothing but what they hold tells them apart. */
START_TEST(the_order_of_inputs_without_names_does_not_matter)
{
    static const char one[] = FIXTURE_FORM "1,1,Row a,,y,\n1,2,Row b,,1,\n";
    static const char other[] = FIXTURE_FORM "1,3,Row c,,y,\n1,11,Row z,,1,\n";
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char *forth = json_of_pair(schema, _i == 1, one, other);
    char *back = json_of_pair(schema, _i == 1, other, one);

    expect_same(back, forth);
    free(forth);
    free(back);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- the same file, written in other ways -------------------------------- */

/* A byte-order mark and CR LF, at will. */
static char *rewritten(const char *text, bool mark, const char *line_end)
{
    char *out = malloc(2 * strlen(text) + 4);
    size_t at = 0;

    ck_assert_ptr_nonnull(out);
    if (mark)
        at = (size_t)sprintf(out, "\xEF\xBB\xBF");
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            at += (size_t)sprintf(out + at, "%s", line_end);
        else
            out[at++] = *text;
    }
    out[at] = '\0';
    return out;
}

START_TEST(byte_order_mark_and_line_ends_make_no_difference)
{
    static const struct {
        bool mark;
        const char *line_end;
    } ways[] = {{true, "\n"}, {false, "\r\n"}, {true, "\r\n"}, {false, "\r"}};
    static const char *const files[] = {FORMS, UNITS, FIRST};
    parcheck_schema *schema = fixture_builtin();
    const char *text = fixture_data(files[_i]);
    parcheck_input input = memory_input("x", text, strlen(text));
    char *expected = json_of(schema, &input, 1);

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char *other = rewritten(text, ways[i].mark, ways[i].line_end);
        char *json;

        input = memory_input("x", other, strlen(other));
        json = json_of(schema, &input, 1);
        expect_same(json, expected);
        free(json);
        free(other);
    }
    free(expected);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- errors -------------------------------------------------------------- */

/* A poisoned error: what is not filled shows. */
static parcheck_error poisoned(void)
{
    parcheck_error error;

    memset(&error, 0x5A, sizeof error);
    return error;
}

static void expect_error(const parcheck_error *error, parcheck_status status,
                         const char *source, const char *vi, const char *en)
{
    ck_assert_int_eq(error->status, status);
    ck_assert_uint_eq(error->line, 0);
    ck_assert_uint_eq(error->column, 0);
    ck_assert_str_eq(error->source, source);
    ck_assert_str_eq(error->vi, vi);
    ck_assert_str_eq(error->en, en);
}

static void expect_invalid(const parcheck_schema *schema,
                           const parcheck_input *inputs, size_t count,
                           const parcheck_options *options, const char *vi,
                           const char *en)
{
    parcheck_error error = poisoned();
    parcheck_report *report = (parcheck_report *)&error;

    ck_assert_int_eq(
        parcheck_validate(&report, schema, inputs, count, options, &error),
        PARCHECK_EINVAL);
    ck_assert_ptr_null(report);
    expect_error(&error, PARCHECK_EINVAL, "", vi, en);
    ck_assert_int_eq(
        parcheck_validate(&report, schema, inputs, count, options, NULL),
        PARCHECK_EINVAL);
}

START_TEST(inputs_that_make_no_sense)
{
    static const char vi[] = "mỗi đầu vào cần đúng một trong path, data, read";
    static const char en[] = "each input needs exactly one of path, data, "
                             "read";
    parcheck_schema *schema = fixture_builtin();
    parcheck_input good = memory_input("x", "a", 1);
    parcheck_input inputs[2] = {good, good};
    stream s = {.text = "", .step = 1};

    expect_invalid(schema, NULL, 1, NULL, "không có tệp nào",
                   "there is no input");
    expect_invalid(schema, inputs, 0, NULL, "không có tệp nào",
                   "there is no input");
    inputs[1].data = NULL;
    expect_invalid(schema, inputs, 2, NULL, vi, en);
    inputs[1] = good;
    inputs[1].path = "x";
    expect_invalid(schema, inputs, 2, NULL, vi, en);
    inputs[1] = stream_input("x", &s);
    inputs[1].path = "x";
    expect_invalid(schema, inputs, 2, NULL, vi, en);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(options_that_make_no_sense)
{
    static const char vi[] = "tùy chọn không hợp lệ (mọi giới hạn phải từ 1)";
    static const char en[] = "the options make no sense (every ceiling is at "
                             "least 1)";
    parcheck_schema *schema = fixture_builtin();
    const parcheck_input input = memory_input("x", "a", 1);
    parcheck_options options;
    size_t *const ceilings[] = {&options.max_file_bytes,
                                &options.max_field_bytes, &options.max_fields,
                                &options.max_records, &options.max_findings};

    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
        parcheck_options_init(&options, sizeof options);
        *ceilings[i] = 0;
        expect_invalid(schema, &input, 1, &options, vi, en);
    }
    parcheck_options_init(&options, sizeof options);
    options.edition = "nowhere-1999";
    expect_invalid(schema, &input, 1, &options,
                   "không có ấn bản “nowhere-1999”",
                   "there is no edition “nowhere-1999”");
    options.edition = "dossiers/gia-lai-2022";
    expect_invalid(schema, &input, 1, &options,
                   "không có ấn bản “dossiers/gia-lai-2022”",
                   "there is no edition “dossiers/gia-lai-2022”");
    options.edition = "";
    expect_invalid(schema, &input, 1, &options, "không có ấn bản “”",
                   "there is no edition “”");
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(the_defaults_are_those_of_the_header)
{
    parcheck_options options;
    parcheck_input input;

    memset(&options, 0x5A, sizeof options);
    parcheck_options_init(&options, sizeof options);
    ck_assert_uint_eq(options.size, sizeof options);
    ck_assert_ptr_null(options.allocator);
    ck_assert_ptr_null(options.edition);
    ck_assert_uint_eq(options.max_file_bytes, 268435456);
    ck_assert_uint_eq(options.max_field_bytes, 1048576);
    ck_assert_uint_eq(options.max_fields, 4096);
    ck_assert_uint_eq(options.max_records, 5000000);
    ck_assert_uint_eq(options.max_findings, 10000);
    memset(&input, 0x5A, sizeof input);
    parcheck_input_init(&input, sizeof input);
    ck_assert_uint_eq(input.size, sizeof input);
    ck_assert_ptr_null(input.name);
    ck_assert_ptr_null(input.path);
    ck_assert_ptr_null(input.data);
    ck_assert(input.read == NULL);
}
END_TEST

static void expect_unreadable(const parcheck_schema *schema,
                              const parcheck_input *input, const char *source,
                              const char *vi, const char *en)
{
    parcheck_error error = poisoned();
    parcheck_report *report;

    ck_assert_int_eq(parcheck_validate(&report, schema, input, 1, NULL, &error),
                     PARCHECK_EIO);
    ck_assert_ptr_null(report);
    expect_error(&error, PARCHECK_EIO, source, vi, en);
}

START_TEST(inputs_that_cannot_be_read)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.path = "/nowhere/at/all.csv";
    expect_unreadable(schema, &input, "/nowhere/at/all.csv", "không tìm thấy",
                      "not found");
    input.path = PARCHECK_TEST_DATA;
    expect_unreadable(schema, &input, PARCHECK_TEST_DATA,
                      "là một thư mục, không phải tệp",
                      "it is a folder, not a file");
    for (size_t call = 1; call <= 3; call++) {
        stream s = {
            .text = "form,code", .length = 9, .step = 5, .fails_at = call};

        input = stream_input("pipe", &s);
        expect_unreadable(schema, &input, "pipe", "không đọc được",
                          "it cannot be read");
        ck_assert_uint_eq(s.calls, call);
    }
    parcheck_schema_free(schema);
}
END_TEST

static int read_too_much(void *context, void *buffer, size_t size, size_t *got)
{
    (void)context;
    (void)buffer;
    *got = size + 1;
    return 0;
}

START_TEST(a_callback_that_claims_too_much_is_refused)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.read = read_too_much;
    expect_unreadable(schema, &input, "-", "không đọc được",
                      "it cannot be read");
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(an_error_is_left_alone_without_a_failure)
{
    parcheck_schema *schema = fixture_builtin();
    const parcheck_input input = memory_input("x", "a", 1);
    parcheck_error error = poisoned();
    parcheck_error before = poisoned();
    parcheck_report *report;

    ck_assert_int_eq(
        parcheck_validate(&report, schema, &input, 1, NULL, &error),
        PARCHECK_OK);
    ck_assert_mem_eq(&error, &before, sizeof error);
    parcheck_report_free(report);
    parcheck_report_free(NULL);
    parcheck_schema_free(schema);
    parcheck_schema_free(NULL);
}
END_TEST

/* ---- getters ------------------------------------------------------------- */

START_TEST(indexes_beyond_the_end_give_nothing)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char csv[FIXTURE_TEXT];
    parcheck_report *report = fixture_check(schema,
                                            fixture_form(csv, "a=1; b=2"));
    const size_t beyond[] = {parcheck_report_finding_count(report),
                             parcheck_report_verdict_count(report), 100,
                             (size_t)-1};
    const parcheck_finding *finding = fixture_finding(report, "rule.fails");
    const parcheck_verdict *verdict = parcheck_report_verdict(report, 0);

    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
        size_t n = beyond[i] < 2 ? 2 : beyond[i];

        ck_assert_ptr_null(parcheck_schema_family(schema, n));
        ck_assert_ptr_null(parcheck_report_input_name(report, n));
        ck_assert_ptr_null(parcheck_report_input_edition(report, n));
        ck_assert_ptr_null(parcheck_report_edition(report, n));
        ck_assert_ptr_null(parcheck_report_edition_family(report, n));
        ck_assert_ptr_null(parcheck_report_finding(report, n));
        ck_assert_ptr_null(parcheck_report_verdict(report, n));
        ck_assert_ptr_null(parcheck_finding_cell(finding, n));
        ck_assert_ptr_null(parcheck_verdict_cell(verdict, n));
    }
    ck_assert_ptr_null(parcheck_report_verdict(report, 1));
    ck_assert_ptr_null(parcheck_report_input_name(report, 1));
    ck_assert_ptr_null(parcheck_report_edition(report, 1));
    ck_assert_uint_eq(
        parcheck_report_severity_count(report, (parcheck_severity)3), 0);
    ck_assert_uint_eq(
        parcheck_report_severity_count(report, (parcheck_severity)-1), 0);
    ck_assert_uint_eq(
        parcheck_report_outcome_count(report, (parcheck_outcome)4), 0);
    ck_assert_uint_eq(
        parcheck_report_outcome_count(report, (parcheck_outcome)-1), 0);
    ck_assert_str_eq(parcheck_severity_name((parcheck_severity)9), "");
    ck_assert_str_eq(parcheck_outcome_name((parcheck_outcome)9), "");
    ck_assert_str_eq(parcheck_kind_name((parcheck_kind)9), "");
    ck_assert_str_eq(parcheck_status_name((parcheck_status)99),
                     "unknown status");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(schema_getters)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    const parcheck_family *f = parcheck_schema_family(schema, 0);
    const parcheck_family *t = parcheck_schema_family(schema, 1);
    const parcheck_edition *e = parcheck_family_edition(f, 0);
    const parcheck_rule *r = parcheck_family_rule(f, 0);
    const parcheck_indicator *x = parcheck_edition_indicator(e, 9);

    ck_assert_uint_eq(parcheck_schema_family_count(schema), 2);
    ck_assert_str_eq(parcheck_family_name(f), "f");
    ck_assert_str_eq(parcheck_family_title(f, PARCHECK_VIETNAMESE), "f");
    ck_assert_str_eq(parcheck_family_title(f, PARCHECK_ENGLISH), "f");
    ck_assert_str_eq(parcheck_family_version(f), "");
    ck_assert_uint_eq(parcheck_family_edition_count(f), 1);
    ck_assert_uint_eq(parcheck_family_rule_count(f), 1);
    ck_assert_uint_eq(parcheck_family_rule_count(t), 0);
    ck_assert_ptr_null(parcheck_family_edition(f, 1));
    ck_assert_ptr_null(parcheck_family_rule(f, 1));
    ck_assert_ptr_null(parcheck_family_rule(t, 0));
    ck_assert_str_eq(parcheck_edition_name(e), "e");
    ck_assert_uint_eq(parcheck_edition_indicator_count(e), 13);
    ck_assert_ptr_null(parcheck_edition_indicator(e, 13));
    ck_assert_int_eq(parcheck_edition_applies(e, r), 1);
    ck_assert_int_eq(parcheck_edition_applies(parcheck_family_edition(t, 0), r),
                     0);
    ck_assert_str_eq(parcheck_indicator_name(x), "x");
    ck_assert_str_eq(parcheck_indicator_form(x), "1");
    ck_assert_str_eq(parcheck_indicator_code(x), "10");
    ck_assert_str_eq(parcheck_indicator_label(x), "Row x");
    ck_assert_str_eq(parcheck_indicator_unit(x), "");
    ck_assert_int_eq(parcheck_indicator_kind(x), PARCHECK_CHOICE);
    ck_assert_str_eq(parcheck_indicator_level(x), "");
    ck_assert_str_eq(parcheck_indicator_choices(x), "0 = No; 1 = Yes");
    ck_assert_str_eq(parcheck_rule_id(r), "r");
    ck_assert_str_eq(parcheck_rule_check(r), "a = b");
    ck_assert_int_eq(parcheck_rule_severity(r), PARCHECK_ERROR);
    ck_assert_str_eq(parcheck_rule_text(r, PARCHECK_VIETNAMESE), "VI");
    ck_assert_str_eq(parcheck_rule_text(r, PARCHECK_ENGLISH), "EN");
    ck_assert_str_eq(parcheck_rule_basis(r), "Form 1");
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(report_getters)
{
    parcheck_schema *schema = fixture_schema("f", "a = b + c");
    char csv[FIXTURE_TEXT];
    parcheck_report *report = fixture_check(
        schema, fixture_form(csv, "a=129; b=124; c=7"));
    const parcheck_finding *finding = fixture_finding(report, "rule.fails");
    const parcheck_verdict *verdict = parcheck_report_verdict(report, 0);
    const parcheck_cell *cell = parcheck_finding_cell(finding, 1);

    ck_assert_int_eq(parcheck_finding_severity(finding), PARCHECK_ERROR);
    ck_assert_str_eq(parcheck_rule_id(parcheck_finding_rule(finding)), "r");
    ck_assert_ptr_null(parcheck_finding_unit(finding));
    ck_assert_ptr_null(parcheck_finding_unit_code(finding));
    ck_assert_uint_eq(parcheck_finding_cell_count(finding), 3);
    ck_assert_str_eq(parcheck_cell_name(cell), "b");
    ck_assert_str_eq(parcheck_cell_form(cell), "1");
    ck_assert_str_eq(parcheck_cell_code(cell), "2");
    ck_assert_str_eq(parcheck_cell_label(cell), "Row b");
    ck_assert_str_eq(parcheck_cell_literal(cell), "124");
    ck_assert_uint_eq(parcheck_cell_input(cell), 0);
    ck_assert_uint_eq(parcheck_cell_line(cell), 3);
    ck_assert_uint_eq(parcheck_cell_column(cell), 5);
    ck_assert_str_eq(parcheck_cell_address(cell), "E3");
    ck_assert_int_eq(parcheck_verdict_outcome(verdict), PARCHECK_FAILS);
    ck_assert_ptr_null(parcheck_verdict_reason(verdict));
    ck_assert_ptr_null(parcheck_verdict_unit(verdict));
    ck_assert_ptr_null(parcheck_verdict_unit_code(verdict));
    ck_assert_uint_eq(parcheck_verdict_cell_count(verdict), 3);
    ck_assert_str_eq(parcheck_cell_name(parcheck_verdict_cell(verdict, 0)),
                     "a");
    ck_assert_uint_eq(parcheck_report_severity_count(report, PARCHECK_ERROR),
                      1);
    ck_assert_uint_eq(parcheck_report_severity_count(report, PARCHECK_WARNING),
                      1);
    ck_assert_uint_eq(parcheck_report_severity_count(report, PARCHECK_NOTE), 0);
    ck_assert_ptr_null(
        parcheck_finding_left(fixture_finding(report, "row.missing")));
    ck_assert_ptr_null(
        parcheck_finding_rule(fixture_finding(report, "row.missing")));
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(the_severity_is_that_of_the_rule)
{
    static const char *const severities[] = {"error", "warning", "note"};

    for (size_t i = 0; i < 3; i++) {
        char rules[256];
        const fixture_table tables[] = {
            {"f", "e.csv", FIXTURE_EDITION "1,1,a,Row a,,count,,\n"},
            {"f", "rules.csv", rules}};
        parcheck_schema *schema;
        parcheck_report *report;

        (void)snprintf(rules, sizeof rules,
                       FIXTURE_RULES "r,a = 1,%s,VI,EN,B\n", severities[i]);
        schema = fixture_load(tables, 2);
        report = fixture_check(schema, FIXTURE_FORM "1,1,Row a,,2,\n");
        ck_assert_str_eq(fixture_findings(report), "rule.fails:r@2:5");
        ck_assert_uint_eq(
            parcheck_report_severity_count(report, (parcheck_severity)i), 1);
        parcheck_report_free(report);
        parcheck_schema_free(schema);
    }
}
END_TEST

/* ---- ceilings ------------------------------------------------------------ */

#define LINE_A "1,1,Row a,,12,\n"
#define LINE_B "1,2,Row b,,12,\n"
#define LINE_Z "1,11,Row z,,1,\n"

static parcheck_report *with_options(const parcheck_schema *schema,
                                     const char *text,
                                     const parcheck_options *options)
{
    return fixture_validate(schema, &text, 1, options);
}

START_TEST(the_ceiling_on_records)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_options options;
    parcheck_report *report;
    const parcheck_finding *finding;

    parcheck_options_init(&options, sizeof options);
    options.max_records = 3;
    report = with_options(schema, FIXTURE_FORM LINE_A LINE_B, &options);
    ck_assert_str_eq(fixture_findings(report), "row.missing@2:5");
    parcheck_report_free(report);
    report = with_options(schema, FIXTURE_FORM LINE_A LINE_B LINE_Z, &options);
    ck_assert_str_eq(fixture_findings(report),
                     "limit.records@4:1 row.missing@2:5");
    finding = parcheck_report_finding(report, 0);
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "the file is over the ceiling max_records = 3; the rest "
                     "was not read");
    ck_assert_str_eq(fixture_verdict(report, "r", NULL), "holds");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(the_ceiling_on_fields)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_options options;
    parcheck_report *report;
    const parcheck_finding *finding;

    parcheck_options_init(&options, sizeof options);
    options.max_fields = 5;
    report = with_options(
        schema, "stt,unit_name,u,v,w\nI,A,1,2,3\nII,B,1,2,3\n", &options);
    ck_assert_str_eq(fixture_findings(report), "");
    parcheck_report_free(report);
    report = with_options(
        schema, "stt,unit_name,u,v,w\nI,A,1,2,3\nII,B,1,2,3,4,5\n", &options);
    ck_assert_str_eq(fixture_findings(report), "limit.fields@3:1");
    finding = parcheck_report_finding(report, 0);
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "the record is over the ceiling max_fields = 5; its last "
                     "2 fields were left out");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "dòng vượt giới hạn max_fields = 5; 2 ô cuối bị bỏ qua");
    ck_assert_str_eq(fixture_verdict(report, "r", "II"), "holds");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(the_ceiling_on_findings)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_options options;
    parcheck_report *report;
    const parcheck_finding *finding;

    parcheck_options_init(&options, sizeof options);
    options.max_findings = 2;
    report = with_options(schema,
                          "stt,unit_name,u,v,w\nI,A,2,1,\nII,B,2,1,\n1,C,2,1,\n"
                          "2,D,2,1,\n3,E,z,1,\n4,F,y,1,\n",
                          &options);
    ck_assert_str_eq(fixture_findings(report),
                     "rule.fails:r@2:3 rule.fails:r@3:3 cell.not-a-number@6:3 "
                     "cell.not-a-number@7:3 limit.findings");
    finding = fixture_finding(report, "limit.findings");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "only the first 2 findings “rule.fails” are listed; 2 "
                     "more were left out");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "chỉ liệt kê 2 mục “rule.fails” đầu tiên; còn 2 mục nữa");
    ck_assert_uint_eq(parcheck_finding_cell_count(finding), 0);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_FAILS), 4);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* A field of exactly the ceiling is read, one byte more is not. */
START_TEST(the_ceiling_on_the_bytes_of_a_field)
{
    static const size_t ceilings[] = {1, 5, 255, 256, 257, 300, 1000, 4096};
    const size_t most = ceilings[_i];
    parcheck_schema *schema = fixture_schema("t", NULL);
    parcheck_options options;

    parcheck_options_init(&options, sizeof options);
    options.max_field_bytes = most;
    for (size_t more = 0; more < 2; more++) {
        char text[8192] = "";
        parcheck_report *report;
        char expected[64] = "file.no-heading@1:1";

        memset(text, 'x', most + more);
        strcat(text, ",y\n");
        report = with_options(schema, text, &options);
        if (more > 0)
            (void)snprintf(expected, sizeof expected,
                           "file.empty@1:1 limit.field-bytes@1:1");
        ck_assert_msg(strcmp(fixture_findings(report), expected) == 0,
                      "%zu bytes under a ceiling of %zu: %s", most + more, most,
                      fixture_findings(report));
        parcheck_report_free(report);
    }
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_field_over_the_ceiling_costs_its_record)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char text[4096] = FIXTURE_FORM LINE_A LINE_B "1,3,";
    parcheck_options options;
    parcheck_report *report;
    const parcheck_finding *finding;

    memset(text + strlen(text), 'x', 2000);
    strcat(text, ",,5,\n" LINE_Z);
    parcheck_options_init(&options, sizeof options);
    options.max_field_bytes = 1024;
    report = with_options(schema, text, &options);
    ck_assert_str_eq(fixture_findings(report),
                     "limit.field-bytes@4:1 row.missing@2:5");
    finding = parcheck_report_finding(report, 0);
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "a field is over the ceiling max_field_bytes = 1024; the "
                     "line was left out");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* By memory, by path and by callback: the file is read up to the ceiling. */
static parcheck_report *with_ceiling(const parcheck_schema *schema, int source,
                                     const char *text, const char *path,
                                     size_t most)
{
    stream s = {.text = text, .length = strlen(text), .step = 11};
    parcheck_input input = memory_input("x", text, strlen(text));
    parcheck_options options;
    parcheck_report *report;

    parcheck_options_init(&options, sizeof options);
    options.max_file_bytes = most;
    if (source == 1)
        input = stream_input("x", &s);
    if (source == 2) {
        parcheck_input_init(&input, sizeof input);
        input.path = path;
    }
    ck_assert_int_eq(
        parcheck_validate(&report, schema, &input, 1, &options, NULL),
        PARCHECK_OK);
    return report;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(the_ceiling_on_the_bytes_of_a_file)
{
    static const char whole[] = FIXTURE_FORM LINE_A LINE_B LINE_Z;
    const size_t length = sizeof whole - 1;
    parcheck_schema *schema = fixture_schema("f", "a = b");

    write_file("validate-ceiling.csv", whole);
    for (int source = 0; source < 3; source++) {
        parcheck_report *report = with_ceiling(schema, source, whole,
                                               "validate-ceiling.csv", length);
        const parcheck_finding *finding;

        ck_assert_str_eq(fixture_findings(report), "row.missing@2:5");
        parcheck_report_free(report);
        report = with_ceiling(schema, source, whole, "validate-ceiling.csv",
                              length - strlen(LINE_Z));
        ck_assert_str_eq(fixture_findings(report),
                         "limit.file-bytes@1:1 row.missing@2:5");
        ck_assert_str_eq(fixture_verdict(report, "r", NULL), "holds");
        finding = parcheck_report_finding(report, 0);
        ck_assert_ptr_nonnull(
            strstr(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                   "the file is over the ceiling max_file_bytes = "));
        parcheck_report_free(report);
    }
    (void)remove("validate-ceiling.csv");
    parcheck_schema_free(schema);
}
END_TEST

/* The ceiling cuts "12" to "1" here: half a number is no number. */
START_TEST(a_record_that_the_ceiling_cuts_is_not_judged)
{
    static const char whole[] = FIXTURE_FORM LINE_A LINE_Z LINE_B;
    parcheck_schema *schema = fixture_schema("f", "a = b");

    write_file("validate-cut.csv", whole);
    for (int source = 0; source < 3; source++) {
        parcheck_report *report = with_ceiling(
            schema, source, whole, "validate-cut.csv",
            sizeof whole - 1 - strlen("2,\n"));

        ck_assert_str_eq(fixture_findings(report),
                         "limit.file-bytes@1:1 row.missing@2:5");
        ck_assert_str_eq(fixture_verdict(report, "r", NULL), "unknown missing");
        parcheck_report_free(report);
    }
    (void)remove("validate-cut.csv");
    parcheck_schema_free(schema);
}
END_TEST

/* Half a character is no reason to take the rest for another encoding. */
START_TEST(a_character_that_the_ceiling_cuts)
{
    static const char whole[] = FIXTURE_FORM LINE_A LINE_B "1,Mười ế\n";
    parcheck_schema *schema = fixture_schema("f", "a = b");

    for (size_t cut = 1; cut < 5; cut++) {
        parcheck_report *report = with_ceiling(schema, 0, whole, NULL,
                                               sizeof whole - 1 - cut);

        ck_assert_str_eq(fixture_findings(report),
                         "limit.file-bytes@1:1 row.missing@2:5");
        parcheck_report_free(report);
    }
    parcheck_schema_free(schema);
}
END_TEST

/* ---- verdicts and findings of real submissions --------------------------- */

/* One line of tests/data/truth-rules.csv: identity,rule,unit,verdict,reason;
 * identities of the first submission begin with K, of the second with H. */
static void expect_truth(char *line, parcheck_report *const reports[2])
{
    const char *fields[5];
    char expected[64];

    if (strstr(line, ",row.wrong-code,") != NULL)
        return; /* a finding, not a verdict */
    for (size_t i = 0; i < 5; i++) {
        fields[i] = line;
        line += strcspn(line, ",");
        if (*line != '\0')
            *line++ = '\0';
    }
    (void)snprintf(expected, sizeof expected, "%s%s%s", fields[3],
                   fields[4][0] != '\0' ? " " : "", fields[4]);
    ck_assert_msg(
        strcmp(fixture_verdict(reports[fields[0][0] == 'H'], fields[1],
                               fields[2][0] != '\0' ? fields[2] : NULL),
               expected) == 0,
        "%s: %s should be %s", fields[0], fields[1], expected);
}

START_TEST(real_submissions_are_judged_as_they_should_be)
{
    parcheck_schema *schema = fixture_builtin();
    char *texts[] = {copy_of(fixture_data(FORMS)),
                     copy_of(fixture_data(UNITS))};
    char *truth = copy_of(fixture_data("truth-rules.csv"));
    parcheck_report *const reports[] = {
        fixture_check(schema, fixture_data(FIRST)),
        fixture_validate(schema, (const char *const *)texts, 2, NULL)};
    size_t lines = 0;

    (void)strtok(truth, "\n");
    for (char *line; (line = strtok(NULL, "\n")) != NULL; lines++)
        expect_truth(line, reports);
    ck_assert_uint_eq(lines, 232);
    for (size_t i = 0; i < 2; i++)
        parcheck_report_free(reports[i]);
    parcheck_schema_free(schema);
    free(truth);
    free(texts[0]);
    free(texts[1]);
}
END_TEST

START_TEST(all_verdicts_are_counted)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(schema, fixture_data(FIRST));
    size_t counts[4] = {0};
    size_t all = parcheck_report_verdict_count(report);

    for (size_t i = 0; i < all; i++)
        counts[parcheck_verdict_outcome(parcheck_report_verdict(report, i))]++;
    ck_assert_uint_eq(all, 128);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(
            parcheck_report_outcome_count(report, (parcheck_outcome)i),
            counts[i]);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Errors first, then by input, line, column and rule. */
START_TEST(findings_are_in_their_order)
{
    parcheck_schema *schema = fixture_builtin();
    char *forms = copy_of(fixture_data(FORMS));
    char *units = copy_of(fixture_data(UNITS));
    const parcheck_input inputs[] = {memory_input("a", forms, strlen(forms)),
                                     memory_input("b", units, strlen(units))};
    parcheck_report *report;
    size_t last[4] = {0};

    ck_assert_int_eq(parcheck_validate(&report, schema, inputs, 2, NULL, NULL),
                     PARCHECK_OK);
    ck_assert_uint_gt(parcheck_report_finding_count(report), 5);
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        const parcheck_cell *cell = parcheck_finding_cell(finding, 0);
        const size_t keys[] = {(size_t)parcheck_finding_severity(finding),
                               parcheck_cell_input(cell),
                               parcheck_cell_line(cell),
                               parcheck_cell_column(cell)};
        size_t k = 0;

        while (k < 4 && keys[k] == last[k])
            k++;
        ck_assert(k == 4 || keys[k] > last[k]);
        memcpy(last, keys, sizeof last);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    free(forms);
    free(units);
}
END_TEST

/* ---- threads ------------------------------------------------------------- */

enum { THREADS = 8, TURNS = 5 };

typedef struct job {
    const parcheck_schema *schema;
    const parcheck_input *inputs;
    char *json; /* NULL if two turns differ or one failed */
} job;

static int append(void *context, const void *bytes, size_t size)
{
    char **text = context;
    size_t used = *text != NULL ? strlen(*text) : 0;
    char *more = realloc(*text, used + size + 1);

    if (more == NULL)
        return 1;
    memcpy(more + used, bytes, size);
    more[used + size] = '\0';
    *text = more;
    return 0;
}

/* check's assertions are for the main thread alone. */
static char *turn(const job *j)
{
    parcheck_write_options options;
    parcheck_report *report;
    char *json = NULL;

    if (parcheck_validate(&report, j->schema, j->inputs, 2, NULL, NULL) !=
        PARCHECK_OK)
        return NULL;
    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_JSON_REPORT;
    options.verdicts = 1;
    if (parcheck_report_write(report, &options, append, &json, NULL) !=
        PARCHECK_OK) {
        free(json);
        json = NULL;
    }
    parcheck_report_free(report);
    return json;
}

static void *work(void *context)
{
    job *j = context;

    j->json = turn(j);
    for (int i = 1; i < TURNS && j->json != NULL; i++) {
        char *again = turn(j);

        if (again == NULL || strcmp(again, j->json) != 0) {
            free(j->json);
            j->json = NULL;
        }
        free(again);
    }
    return NULL;
}

START_TEST(threads_share_one_schema)
{
    parcheck_schema *schema = fixture_builtin();
    char *forms = copy_of(fixture_data(FORMS));
    char *units = copy_of(fixture_data(UNITS));
    const parcheck_input inputs[] = {
        memory_input("forms", forms, strlen(forms)),
        memory_input("units", units, strlen(units))};
    char *expected = json_of(schema, inputs, 2);
    pthread_t threads[THREADS];
    job jobs[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        jobs[i] = (job){schema, inputs, NULL};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_ptr_nonnull(jobs[i].json);
        expect_same(jobs[i].json, expected);
        free(jobs[i].json);
    }
    free(expected);
    free(forms);
    free(units);
    parcheck_schema_free(schema);
}
END_TEST

static TCase *input_tests(void)
{
    TCase *tests = tcase_create("inputs");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, memory_path_and_callback_give_the_same_bytes, 0,
                        3);
    tcase_add_test(tests, an_input_has_a_name);
    tcase_add_test(tests, the_order_of_inputs_does_not_matter);
    tcase_add_loop_test(
        tests, the_order_of_inputs_without_names_does_not_matter, 0, 2);
    tcase_add_loop_test(tests, byte_order_mark_and_line_ends_make_no_difference,
                        0, 3);
    return tests;
}

static TCase *error_tests(void)
{
    TCase *tests = tcase_create("errors");

    tcase_add_test(tests, inputs_that_make_no_sense);
    tcase_add_test(tests, options_that_make_no_sense);
    tcase_add_test(tests, the_defaults_are_those_of_the_header);
    tcase_add_test(tests, inputs_that_cannot_be_read);
    tcase_add_test(tests, a_callback_that_claims_too_much_is_refused);
    tcase_add_test(tests, an_error_is_left_alone_without_a_failure);
    return tests;
}

static TCase *getter_tests(void)
{
    TCase *tests = tcase_create("getters");

    tcase_add_test(tests, indexes_beyond_the_end_give_nothing);
    tcase_add_test(tests, schema_getters);
    tcase_add_test(tests, report_getters);
    tcase_add_test(tests, the_severity_is_that_of_the_rule);
    return tests;
}

static TCase *ceiling_tests(void)
{
    TCase *tests = tcase_create("ceilings");

    tcase_add_test(tests, the_ceiling_on_records);
    tcase_add_test(tests, the_ceiling_on_fields);
    tcase_add_test(tests, the_ceiling_on_findings);
    tcase_add_loop_test(tests, the_ceiling_on_the_bytes_of_a_field, 0, 8);
    tcase_add_test(tests, a_field_over_the_ceiling_costs_its_record);
    tcase_add_test(tests, the_ceiling_on_the_bytes_of_a_file);
    tcase_add_test(tests, a_record_that_the_ceiling_cuts_is_not_judged);
    tcase_add_test(tests, a_character_that_the_ceiling_cuts);
    return tests;
}

static TCase *run_tests(void)
{
    TCase *tests = tcase_create("runs");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, real_submissions_are_judged_as_they_should_be);
    tcase_add_test(tests, all_verdicts_are_counted);
    tcase_add_test(tests, findings_are_in_their_order);
    tcase_add_test(tests, threads_share_one_schema);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("validate");

    suite_add_tcase(suite, input_tests());
    suite_add_tcase(suite, error_tests());
    suite_add_tcase(suite, getter_tests());
    suite_add_tcase(suite, ceiling_tests());
    suite_add_tcase(suite, run_tests());
    return pc_run_suite(suite);
}
