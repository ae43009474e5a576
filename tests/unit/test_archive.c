/* Whole runs over archives, in pieces and against parcheck_validate(). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parcheck/parcheck.h"
#include "runner.h"

static parcheck_schema *schema;

static void load(void)
{
    ck_assert_int_eq(parcheck_schema_load_builtin(&schema, NULL, NULL),
                     PARCHECK_OK);
}

static void unload(void)
{
    parcheck_schema_free(schema);
    schema = NULL;
}

/* ---- what findings say, as lines ------------------------------------------- */

typedef struct lines {
    char text[1 << 18];
    size_t length;
    int refuse_after; /* findings; 0: take all */
    int taken;
    int explained; /* with all explanations, a line each */
} lines;

static void add_explanations(lines *l, const parcheck_finding *f)
{
    for (size_t i = 0; i < parcheck_finding_explanation_count(f); i++) {
        const parcheck_explanation *e = parcheck_finding_explanation(f, i);
        int n = snprintf(l->text + l->length, sizeof l->text - l->length,
                         "  %s\n",
                         parcheck_explanation_message(e, PARCHECK_ENGLISH));

        ck_assert_int_gt(n, 0);
        l->length += (size_t)n;
        ck_assert_uint_lt(l->length, sizeof l->text);
    }
}

static void add_line(lines *l, const parcheck_finding *f)
{
    const parcheck_rule *rule = parcheck_finding_rule(f);
    size_t line = parcheck_finding_cell_count(f) > 0
                      ? parcheck_cell_line(parcheck_finding_cell(f, 0))
                      : 0;
    int n = snprintf(l->text + l->length, sizeof l->text - l->length,
                     "%zu %s %s: %s\n", line, parcheck_finding_code(f),
                     rule != NULL ? parcheck_rule_id(rule) : "-",
                     parcheck_finding_message(f, PARCHECK_ENGLISH));

    ck_assert_int_gt(n, 0);
    l->length += (size_t)n;
    ck_assert_uint_lt(l->length, sizeof l->text);
    if (l->explained)
        add_explanations(l, f);
}

static int take(void *context, const parcheck_finding *f)
{
    lines *l = context;

    l->taken++;
    if (l->refuse_after > 0 && l->taken >= l->refuse_after)
        return 1;
    add_line(l, f);
    return 0;
}

typedef struct setup {
    const char *edition;
    int unsorted;
    size_t step; /* bytes fed at once; 0: all */
    size_t submission_bytes;
    size_t held_bytes;
    const char *hierarchy;
    const char *encoding;
    int explain;
} setup;

static parcheck_stream *open_stream(lines *l, const setup *how)
{
    parcheck_stream_options options;
    parcheck_stream *s;
    parcheck_input units;

    parcheck_stream_options_init(&options, sizeof options);
    options.finding = take;
    options.finding_context = l;
    options.edition = how->edition;
    options.encoding = how->encoding;
    options.unsorted = how->unsorted;
    options.explain = how->explain;
    if (how->submission_bytes > 0)
        options.max_submission_bytes = how->submission_bytes;
    if (how->held_bytes > 0)
        options.max_held_bytes = how->held_bytes;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    if (how->hierarchy != NULL) {
        parcheck_input_init(&units, sizeof units);
        units.data = how->hierarchy;
        units.length = strlen(how->hierarchy);
        ck_assert_int_eq(parcheck_stream_hierarchy(s, &units, NULL),
                         PARCHECK_OK);
    }
    return s;
}

static void feed(parcheck_stream *s, const char *text, size_t length,
                 size_t step)
{
    for (size_t at = 0; at < length; at += step) {
        size_t n = length - at < step ? length - at : step;

        ck_assert_int_eq(parcheck_stream_feed(s, text + at, n, NULL),
                         PARCHECK_OK);
    }
}

static void run(lines *l, const char *text, size_t length, const setup *how)
{
    parcheck_stream *s = open_stream(l, how);

    feed(s, text, length, how->step > 0 ? how->step : length);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    parcheck_stream_free(s);
}

/* ---- tables that are made ----------------------------------------------------- */

typedef struct table {
    char *text;
    size_t length;
    size_t room;
} table;

static void put(table *t, const char *text)
{
    size_t length = strlen(text);

    if (t->length + length + 1 > t->room) {
        t->room = (t->length + length + 1) * 2;
        t->text = realloc(t->text, t->room);
        ck_assert_ptr_nonnull(t->text);
    }
    memcpy(t->text + t->length, text, length + 1);
    t->length += length;
}

static const parcheck_edition *gia_lai(void)
{
    return parcheck_schema_edition(schema, "gia-lai-2022");
}

static unsigned long long next_random(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return *state >> 33;
}

static const char *random_literal(unsigned long long *state, char *buffer,
                                  size_t size)
{
    static const char *const odd[] = {"",     "-",     "x",       "1.234",
                                      "12,5", "abc",   "5%",      "-3",
                                      "007",  "1 234", "Không",   "(4)",
                                      "99.9", "100.5", "12345678901234567890",
                                      "2.5",  "1,2,3", "5 triệu", "0"};

    if (next_random(state) % 12 == 0)
        return odd[next_random(state) % (sizeof odd / sizeof *odd)];
    (void)snprintf(buffer, size, "%llu", next_random(state) % 3);
    return buffer;
}

/* The rows of one submission, with some left out, twice or unknown. */
static void put_submission(table *t, const char *unit, const char *period,
                           unsigned long long *state)
{
    const parcheck_edition *edition = gia_lai();
    char line[512];
    char number[32];

    for (size_t i = 0; i < parcheck_edition_indicator_count(edition); i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(edition, i);
        const char *code = parcheck_indicator_code(row);

        if (code[0] == '\0' || next_random(state) % 40 == 0)
            continue;
        for (int again = 0; again < (next_random(state) % 60 == 0 ? 2 : 1);
             again++) {
            const char *value = random_literal(state, number, sizeof number);
            const char *quote = strchr(value, ',') != NULL ? "\"" : "";

            (void)snprintf(line, sizeof line, "%s,%s,%s,%s,%s%s%s\n", unit,
                           period, parcheck_indicator_form(row), code, quote,
                           value, quote);
            put(t, line);
        }
    }
}

static const char heading[] = "unit,period,form,code,value\n";

/* What parcheck_validate() says of the rows of one submission, with lines
 * counted from `first`. */
static void validate_one(lines *l, const table *rows, size_t first, int explain)
{
    parcheck_options options;
    parcheck_input input;
    parcheck_report *report;
    table whole = {NULL, 0, 0};

    put(&whole, heading);
    put(&whole, rows->text);
    parcheck_options_init(&options, sizeof options);
    options.layout = "long";
    options.edition = "gia-lai-2022";
    options.explain = explain;
    parcheck_input_init(&input, sizeof input);
    input.data = whole.text;
    input.length = whole.length;
    ck_assert_int_eq(
        parcheck_validate(&report, schema, &input, 1, &options, NULL),
        PARCHECK_OK);
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *f = parcheck_report_finding(report, i);
        lines one = {.length = 0};
        size_t line = parcheck_finding_cell_count(f) > 0
                          ? parcheck_cell_line(parcheck_finding_cell(f, 0))
                          : 0;

        add_line(&one, f);
        /* The line number is the first word. */
        l->length += (size_t)snprintf(
            l->text + l->length, sizeof l->text - l->length, "%zu%s",
            line > 1 ? line - 2 + first : first, strchr(one.text, ' '));
        ck_assert_uint_lt(l->length, sizeof l->text);
    }
    parcheck_report_free(report);
    free(whole.text);
}

static size_t count_lines(const table *t)
{
    size_t count = 0;

    for (size_t i = 0; i < t->length; i++)
        count += t->text[i] == '\n';
    return count;
}

START_TEST(test_same_as_validate)
{
    static lines streamed;
    static lines alone;
    unsigned long long state = (unsigned long long)_i + 1;
    table all = {NULL, 0, 0};
    size_t line = 2;
    setup how = {.step = (size_t[]){0, 1, 7, 100, 5000}[_i % 5],
                 .edition = "gia-lai-2022",
                 .explain = _i % 2};

    memset(&streamed, 0, sizeof streamed);
    memset(&alone, 0, sizeof alone);
    put(&all, heading);
    for (int unit = 0; unit < 4; unit++) {
        table rows = {NULL, 0, 0};
        char name[32];

        (void)snprintf(name, sizeof name, "Huyện %d", unit / 2);
        /* No rule of the edition looks at another year. */
        put_submission(&rows, name, unit % 2 == 0 ? "2023-Q1" : "Quý II/2024",
                       &state);
        put(&all, rows.text);
        validate_one(&alone, &rows, line, how.explain);
        line += count_lines(&rows);
        free(rows.text);
    }
    run(&streamed, all.text, all.length, &how);
    ck_assert_str_eq(streamed.text, alone.text);
    memset(&streamed, 0, sizeof streamed);
    how.unsorted = 1;
    run(&streamed, all.text, all.length, &how);
    ck_assert_str_eq(streamed.text, alone.text);
    free(all.text);
}
END_TEST

#define ROWS                                                                   \
    "A,2023-Q1,6,2.1,5\nA,2023-Q1,6,2.2,1\nA,2023-Q1,6,2.3,1\n"                \
    "A,2023-Q1,6,2.4,1\nA,2023-Q1,6,2.5,1\n"

static const setup cao_bang = {.edition = "cao-bang-2022"};

/* The lines of the findings of a code. */
static size_t count_code(const lines *l, const char *code)
{
    size_t count = 0;

    for (const char *at = l->text; (at = strstr(at, code)) != NULL;
         at += strlen(code))
        count++;
    return count;
}

START_TEST(test_counts)
{
    static lines l;
    parcheck_stream *s;
    static const char text[] =
        "unit,period,form,code,value\n" ROWS "A,2023-Q2,6,2.1,4\n";

    memset(&l, 0, sizeof l);
    s = open_stream(&l, &cao_bang);
    feed(s, text, sizeof text - 1, 10);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    ck_assert_uint_eq(parcheck_stream_submission_count(s), 2);
    ck_assert_uint_eq(parcheck_stream_row_count(s), 6);
    ck_assert_uint_eq(parcheck_stream_outcome_count(s, PARCHECK_FAILS), 1);
    ck_assert_uint_eq(parcheck_stream_severity_count(s, PARCHECK_ERROR), 1);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_EINVAL);
    ck_assert_int_eq(parcheck_stream_feed(s, "x", 1, NULL), PARCHECK_EINVAL);
    parcheck_stream_free(s);
    ck_assert_uint_eq(count_code(&l, "autonomy-units-total"), 1);
}
END_TEST

START_TEST(test_values_instead_of_bytes)
{
    static lines l;
    static const char *const codes[] = {"2.1", "2.2", "2.3", "2.4", "2.5"};
    parcheck_stream *s;

    memset(&l, 0, sizeof l);
    s = open_stream(&l, &cao_bang);
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(parcheck_stream_set(s, "Xã \"A\", B", NULL, "2023-Q1",
                                             "6", codes[i], i == 0 ? "7" : "1",
                                             NULL),
                         PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, "x", 1, NULL), PARCHECK_EINVAL);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    parcheck_stream_free(s);
    ck_assert_uint_eq(count_code(&l, "1 rule.fails autonomy-units-total"), 1);
    ck_assert_uint_eq(count_code(&l, "\n"), 2); /* and rows are missing */
}
END_TEST

START_TEST(test_any_order)
{
    static lines sorted;
    static lines mixed;
    static const char text[] = "unit,period,form,code,value\n" ROWS
                               "B,2023-Q1,6,2.1,9\nB,2023-Q1,6,2.2,1\n";
    static const char other[] =
        "unit,period,form,code,value\n"
        "A,2023-Q1,6,2.1,5\nB,2023-Q1,6,2.2,1\nA,2023-Q1,6,2.2,1\n"
        "A,2023-Q1,6,2.3,1\nB,2023-Q1,6,2.1,9\nA,2023-Q1,6,2.4,1\n"
        "A,2023-Q1,6,2.5,1\n";

    memset(&sorted, 0, sizeof sorted);
    memset(&mixed, 0, sizeof mixed);
    run(&sorted, text, sizeof text - 1, &cao_bang);
    run(&mixed, other, sizeof other - 1, &cao_bang);
    ck_assert_uint_eq(count_code(&sorted, "\n"), count_code(&mixed, "\n"));
    ck_assert_uint_eq(count_code(&mixed, "2 rule.fails autonomy-units-total"),
                      1);
    ck_assert_uint_eq(count_code(&mixed, "unit.scattered"), 0);
}
END_TEST

/* ---- the same rows in another order ---- */

enum { MIXED_ROWS = 6000 };

/* Rows that are written in a way of their own: fields in quotes, a column
 * that has no meaning, CR LF. */
static size_t make_rows(char *rows[MIXED_ROWS], int units, int way)
{
    const parcheck_edition *edition = gia_lai();
    unsigned long long state = (unsigned long long)way + 1;
    size_t count = 0;
    char line[512];
    char number[32];

    for (int unit = 0; unit < units; unit++) {
        for (size_t i = 0; i < parcheck_edition_indicator_count(edition); i++) {
            const parcheck_indicator *row = parcheck_edition_indicator(edition,
                                                                       i);
            const char *value = random_literal(&state, number, sizeof number);
            const char *quote = strchr(value, ',') != NULL || way % 3 == 1
                                    ? "\""
                                    : "";

            if (parcheck_indicator_code(row)[0] == '\0' ||
                next_random(&state) % 40 == 0)
                continue;
            (void)snprintf(
                line, sizeof line, "%s%d%s,%s,%s,%s,%s%s%s,%llu%s",
                way % 4 == 1 ? "\"Xã, số " : "Xã ", unit / 2,
                way % 4 == 1 ? "\"" : "", unit % 2 == 0 ? "2023-Q1" : "2025-Q2",
                parcheck_indicator_form(row), parcheck_indicator_code(row),
                quote, value, quote, next_random(&state) % 1000,
                way % 2 == 0 ? "\n" : "\r\n");
            ck_assert_uint_lt(count, MIXED_ROWS);
            rows[count] = malloc(strlen(line) + 1);
            ck_assert_ptr_nonnull(rows[count]);
            memcpy(rows[count++], line, strlen(line) + 1);
        }
    }
    return count;
}

static void shuffle(char **rows, size_t count, unsigned long long *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(next_random(state) % i);
        char *kept = rows[i - 1];

        rows[i - 1] = rows[other];
        rows[other] = kept;
    }
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Without the numbers of the lines, in the order of the rest: within a
 * submission findings stand as the rows do. */
static void without_line_numbers(lines *l)
{
    static char out[sizeof l->text];
    static char *all[4096];
    size_t count = 0;
    size_t used = 0;

    for (char *at = strtok(l->text, "\n"); at != NULL;
         at = strtok(NULL, "\n")) {
        ck_assert_uint_lt(count, sizeof all / sizeof *all);
        all[count++] = strchr(at, ' ');
    }
    qsort(all, count, sizeof *all, compare_lines);
    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%s\n", all[i]);
    memcpy(l->text, out, sizeof out);
}

/* The findings of the rows, and the summary behind them. */
static void run_rows(lines *l, char **rows, size_t count, const setup *how)
{
    parcheck_stream *s;

    memset(l, 0, sizeof *l);
    s = open_stream(l, how);
    feed(s, "unit,period,form,code,value,id\n", 31, 31);
    for (size_t i = 0; i < count; i++)
        feed(s, rows[i], strlen(rows[i]), strlen(rows[i]));
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    without_line_numbers(l);
    l->length = strlen(l->text);
    l->length += (size_t)snprintf(
        l->text + l->length, sizeof l->text - l->length, "%zu %zu",
        parcheck_stream_submission_count(s), parcheck_stream_row_count(s));
    for (int i = 0; i < 4; i++)
        l->length += (size_t)snprintf(
            l->text + l->length, sizeof l->text - l->length, " %zu",
            parcheck_stream_outcome_count(s, (parcheck_outcome)i));
    parcheck_stream_free(s);
}

static void free_rows(char **rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(rows[i]);
}

START_TEST(test_shuffled)
{
    static char *rows[MIXED_ROWS];
    static lines sorted;
    static lines mixed;
    unsigned long long state = 20230401ULL + (unsigned long long)_i;
    size_t count = make_rows(rows, 6, _i);
    setup how = {.edition = "gia-lai-2022"};

    run_rows(&sorted, rows, count, &how);
    ck_assert_uint_gt(count_code(&sorted, "rule.fails"), 0);
    how.unsorted = 1;
    for (int again = 0; again < 3; again++) {
        shuffle(rows, count, &state);
        run_rows(&mixed, rows, count, &how);
        ck_assert_str_eq(sorted.text, mixed.text);
    }
    free_rows(rows, count);
}
END_TEST

/* A row in any order takes a few bytes, here with a fair share of the names of
 * the indicators, and the ceiling counts them. */
START_TEST(test_bytes_of_a_row)
{
    static char *rows[MIXED_ROWS];
    static lines l;
    unsigned long long state = 5;
    size_t count = make_rows(rows, 10, 0);
    setup how = {.edition = "gia-lai-2022", .unsorted = 1};

    shuffle(rows, count, &state);
    how.held_bytes = count * 48;
    run_rows(&l, rows, count, &how);
    ck_assert_uint_eq(count_code(&l, "limit.held-bytes"), 0);
    how.held_bytes = count * 8;
    run_rows(&l, rows, count, &how);
    ck_assert_uint_eq(count_code(&l, "limit.held-bytes"), 1);
    free_rows(rows, count);
}
END_TEST

START_TEST(test_held_ceiling)
{
    static lines l;
    static const char text[] = "unit,period,form,code,value\n" ROWS;
    const setup how = {.edition = "cao-bang-2022",
                       .unsorted = 1,
                       .held_bytes = 60};

    memset(&l, 0, sizeof l);
    run(&l, text, sizeof text - 1, &how);
    ck_assert_uint_eq(count_code(&l, "limit.held-bytes"), 1);
}
END_TEST

START_TEST(test_submission_ceiling)
{
    static lines whole;
    static lines pieces;
    static const char text[] =
        "unit,period,form,code,value\n" ROWS "B,2023-Q1,6,2.1,1\n";
    setup how = {.edition = "cao-bang-2022", .submission_bytes = 50};

    memset(&whole, 0, sizeof whole);
    memset(&pieces, 0, sizeof pieces);
    run(&whole, text, sizeof text - 1, &how);
    how.step = 3;
    run(&pieces, text, sizeof text - 1, &how);
    ck_assert_uint_eq(count_code(&whole, "limit.submission-bytes"), 1);
    ck_assert_str_eq(whole.text, pieces.text);
}
END_TEST

/* Rows of units of which every second one has a quote that is not closed. */
static size_t count_rows(int unsorted)
{
    static const char first[] = "unit,parent,period,form,code,value\n";
    parcheck_stream_options options;
    parcheck_stream *s;
    char row[64];
    size_t count;

    parcheck_stream_options_init(&options, sizeof options);
    options.edition = "cao-bang-2022";
    options.unsorted = unsorted;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, first, sizeof first - 1, NULL),
                     PARCHECK_OK);
    for (int i = 0; i < 400; i++) {
        int n = snprintf(row, sizeof row, "%sX%03d,T,2023-Q1,6,2.%d,1\n",
                         i % 10 == 1 ? "\"" : "", i / 5, i % 5 + 1);

        ck_assert_int_eq(parcheck_stream_feed(s, row, (size_t)n, NULL),
                         PARCHECK_OK);
    }
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    count = parcheck_stream_row_count(s);
    parcheck_stream_free(s);
    return count;
}

START_TEST(test_lines_read_again_in_any_order)
{
    ck_assert_uint_eq(count_rows(0), 360);
    ck_assert_uint_eq(count_rows(1), 360);
}
END_TEST

static int take_names(void *context, const parcheck_finding *f)
{
    lines *l = context;
    const char *unit = parcheck_finding_unit(f);
    int n = snprintf(l->text + l->length, sizeof l->text - l->length,
                     "%s %s\n", parcheck_finding_code(f),
                     unit != NULL ? unit : "-");

    ck_assert_int_gt(n, 0);
    l->length += (size_t)n;
    return 0;
}

static int take_totals(void *context, const void *bytes, size_t size)
{
    lines *l = context;

    ck_assert_uint_lt(l->length + size, sizeof l->text);
    memcpy(l->text + l->length, bytes, size);
    l->length += size;
    return 0;
}

#define SUBMISSION(unit)                                                       \
    unit ",6,1,50\n" unit ",6,1.1,2\n" unit ",6,1.2,1\n" unit                  \
         ",6,2.1,0\n" unit ",6,2.2,0\n" unit ",6,2.3,0\n" unit                \
         ",6,2.4,0\n" unit ",6,2.4.1,0\n" unit ",6,2.4.2,0\n" unit            \
         ",6,2.4.3,0\n" unit ",6,2.5,0\n" unit ",6,2.6,0\n"

/* Nothing else is to be told of these units, far behind the bytes that are
 * looked at first. */
START_TEST(test_names_that_are_no_text)
{
    enum { BLANK_LINES = 1 << 19 };
    static lines told;
    static lines totals;
    static char blank[BLANK_LINES];
    static const char first[] = "unit,parent,period,form,code,value\n";
    static const char rows[] = SUBMISSION("Y\xFF,P\xFE,2023-Q1")
        SUBMISSION("Y\xFF,P\xFE,2023-Q2") SUBMISSION("Z,P\xFE,2023-Q1");
    parcheck_stream_options options;
    parcheck_stream *s;

    memset(&told, 0, sizeof told);
    memset(&totals, 0, sizeof totals);
    memset(blank, '\n', sizeof blank);
    parcheck_stream_options_init(&options, sizeof options);
    options.edition = "cao-bang-2022";
    options.finding = take_names;
    options.finding_context = &told;
    options.rollup = take_totals;
    options.rollup_context = &totals;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, first, sizeof first - 1, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, blank, sizeof blank, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, rows, sizeof rows - 1, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    parcheck_stream_free(s);
    ck_assert_uint_eq(count_code(&told, "file.not-utf-8 Y\xEF\xBF\xBD\n"), 2);
    ck_assert_uint_eq(count_code(&told, "file.not-utf-8 Z\n"), 1);
    ck_assert_uint_eq(count_code(&totals, "\nP\xEF\xBF\xBD,,2023-Q1,"), 12);
    ck_assert_ptr_null(strpbrk(totals.text, "\xFE\xFF"));
}
END_TEST

/* ---- periods that are none of those known ---- */

#define LONG_WORDS "Số liệu sơ bộ của các đơn vị sự nghiệp công lập, tháng "
#define MARCH "\"Tháng 3 năm 2023, sơ bộ\""
#define APRIL "\"Tháng 4 năm 2023, sơ bộ\""
#define LONG_MARCH "\"" LONG_WORDS "3 năm 2023\""
#define LONG_APRIL "\"" LONG_WORDS "4 năm 2023\""

static void put_other_periods(table *t, const char *unit)
{
    static const char *const texts[] = {MARCH, APRIL, LONG_MARCH, LONG_APRIL};
    static const char row[] = SUBMISSION(",");

    for (size_t i = 0; i < 4; i++)
        for (const char *at = row; *at != '\0'; at = strchr(at, '\n') + 1) {
            char line[256];

            (void)snprintf(line, sizeof line, "%s,P,%s%.*s\n", unit, texts[i],
                           (int)(strcspn(at, "\n") - 1), at + 1);
            put(t, line);
        }
}

/* Four submissions of each unit, with nothing to tell but of their periods. */
static size_t put_other_units(table *t)
{
    enum { UNITS = 300 };
    char unit[16];

    put(t, "unit,parent,period,form,code,value\n");
    for (int i = 0; i < UNITS; i++) {
        (void)snprintf(unit, sizeof unit, "X%03d", i);
        put_other_periods(t, unit);
    }
    return 4 * UNITS;
}

/* The totals of each period, of which two are too long to be shown whole. */
static void check_other_totals(const lines *totals)
{
    ck_assert_uint_eq(count_code(totals, "\n"), 1 + 4 * 12);
    ck_assert_uint_eq(count_code(totals, "\nP,," MARCH ","), 12);
    ck_assert_uint_eq(count_code(totals, "\nP,," APRIL ","), 12);
    ck_assert_uint_eq(count_code(totals, "\nP,,Số liệu sơ bộ của các đơn vị… "
                                         "538885c7b458752639864a3c2e7cbc6f,"),
                      12);
    ck_assert_uint_eq(count_code(totals, "\nP,,Số liệu sơ bộ của các đơn vị… "),
                      24);
}

START_TEST(test_other_periods)
{
    static lines told;
    static lines totals;
    parcheck_stream_options options;
    parcheck_stream *s;
    table t = {NULL, 0, 0};
    size_t submissions = put_other_units(&t);

    memset(&told, 0, sizeof told);
    memset(&totals, 0, sizeof totals);
    parcheck_stream_options_init(&options, sizeof options);
    options.edition = "cao-bang-2022";
    options.jobs = (size_t)(_i % 2) + 1;
    options.unsorted = _i / 2;
    options.finding = take;
    options.finding_context = &told;
    options.rollup = take_totals;
    options.rollup_context = &totals;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    feed(s, t.text, t.length, 70000);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    /* Once for each of the four. */
    ck_assert_uint_eq(count_code(&told, "\n"), 4);
    ck_assert_uint_eq(count_code(&told, "unit.other-period"), 4);
    ck_assert_uint_eq(parcheck_stream_submission_count(s), submissions);
    check_other_totals(&totals);
    parcheck_stream_free(s);
    free(t.text);
}
END_TEST

static int take_periods(void *context, const parcheck_finding *f)
{
    lines *l = context;
    const char *period = parcheck_finding_period(f);
    int n = snprintf(l->text + l->length, sizeof l->text - l->length,
                     "%s %s\n", parcheck_finding_code(f),
                     period != NULL ? period : "-");

    ck_assert_int_gt(n, 0);
    l->length += (size_t)n;
    return 0;
}

/* Behind the bytes that are looked at first, too, each is shown as the text
 * that it becomes. */
START_TEST(test_other_periods_that_are_no_text)
{
    enum { BLANK_LINES = 1 << 19 };
    static lines first;
    static lines later;
    static char blank[BLANK_LINES];
    static const char row[] = "A,\"" LONG_WORDS "\xFF năm 2023\",6,2.1,7x\n"
                              "A,\"" LONG_WORDS "\xFE năm 2023\",6,2.2,1\n"
                              "A,\"" LONG_WORDS "5 năm 2023\",6,2.2,7x\n";
    static const char no_text[] = "cell.not-a-number Số liệu sơ bộ của các "
                                  "đơn vị… 8a88e5ca2c4edf5769ffd92500709952\n";
    static const char text[] = "cell.not-a-number Số liệu sơ bộ của các "
                               "đơn vị… d6036b691403ab6856c572c9b43be5be\n";
    lines *const both[] = {&first, &later};
    parcheck_stream_options options;

    parcheck_stream_options_init(&options, sizeof options);
    options.edition = "cao-bang-2022";
    options.finding = take_periods;

    for (size_t i = 0; i < 2; i++) {
        parcheck_stream *s;

        memset(both[i], 0, sizeof *both[i]);
        options.finding_context = both[i];
        ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                         PARCHECK_OK);
        feed(s, heading, sizeof heading - 1, 100);
        memset(blank, '\n', sizeof blank);
        feed(s, blank, i == 0 ? 0 : sizeof blank, sizeof blank);
        feed(s, row, sizeof row - 1, 100);
        ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
        ck_assert_uint_eq(parcheck_stream_submission_count(s), 2);
        parcheck_stream_free(s);
        ck_assert_uint_eq(count_code(both[i], "file.not-utf-8"), 1);
        ck_assert_uint_eq(count_code(both[i], no_text), 1);
        ck_assert_uint_eq(count_code(both[i], text), 1);
    }
}
END_TEST

/* More rows with names of their own than are kept. */
START_TEST(test_heading_behind_many_rows)
{
    enum { MANY = 70000 };
    static const char first[] = "unit,period,form,code,label,value\n";
    parcheck_stream_options options;
    parcheck_stream *s;
    char row[64];

    parcheck_stream_options_init(&options, sizeof options);
    options.max_submission_bytes = 1;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, first, sizeof first - 1, NULL),
                     PARCHECK_OK);
    for (int i = 0; i < MANY; i++) {
        int n = snprintf(row, sizeof row, "A,2023-Q1,6,2.1,Dòng %d,1\n", i);

        ck_assert_int_eq(parcheck_stream_feed(s, row, (size_t)n, NULL),
                         PARCHECK_OK);
    }
    ck_assert_int_eq(parcheck_stream_feed(s, first, sizeof first - 1, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    ck_assert_uint_eq(parcheck_stream_submission_count(s), 1);
    ck_assert_uint_eq(parcheck_stream_row_count(s), MANY);
    parcheck_stream_free(s);
}
END_TEST

/* What is too much of one submission is known only once all of it is held. */
START_TEST(test_submission_ceiling_of_held_rows)
{
    static lines sorted;
    static lines whole;
    static lines pieces;
    static const char text[] =
        "unit,period,form,code,value\n" ROWS "B,2023-Q1,6,2.1,1\n"
        "C,2023-Q1,6,2.1,9\nC,2023-Q1,6,2.2,1\nC,2023-Q1,6,2.3,1\n"
        "C,2023-Q1,6,2.4,1\nC,2023-Q1,6,2.5,1\n";
    setup how = {.edition = "cao-bang-2022", .submission_bytes = 50};

    memset(&sorted, 0, sizeof sorted);
    memset(&whole, 0, sizeof whole);
    memset(&pieces, 0, sizeof pieces);
    run(&sorted, text, sizeof text - 1, &how);
    how.unsorted = 1;
    run(&whole, text, sizeof text - 1, &how);
    how.step = 3;
    run(&pieces, text, sizeof text - 1, &how);
    ck_assert_uint_eq(count_code(&whole, "limit.submission-bytes"), 2);
    ck_assert_str_eq(whole.text, sorted.text);
    ck_assert_str_eq(whole.text, pieces.text);
}
END_TEST

START_TEST(test_refused_finding)
{
    static lines l;
    static const char text[] = "unit,period,form,code,value\n" ROWS;
    parcheck_stream *s;
    parcheck_error error;

    memset(&l, 0, sizeof l);
    l.refuse_after = 1;
    s = open_stream(&l, &cao_bang);
    feed(s, text, sizeof text - 1, 1000);
    ck_assert_int_eq(parcheck_stream_finish(s, &error), PARCHECK_ECANCELLED);
    ck_assert_int_eq(parcheck_stream_finish(s, &error), PARCHECK_EINVAL);
    parcheck_stream_free(s);
}
END_TEST

/* Broken records, odd encodings and headings, in pieces of every length. */
static const char *const oddities[] = {
    "",
    "unit,period,form,code,value\n",
    "đơn vị,kỳ,biểu,mã số,giá trị\nA,2023-Q1,6,2.1,5\nA,2023-Q1,6,2.2,1\n",
    "unit;period;form;code;value\r\nA;2023-Q1;6;2.1;5\r\n\r\nA;2023-Q1;6;2.2;9",
    "unit,period,form,code,value\rA,2023-Q1,6,2.1,5\rA,2023-Q1,6,2.2,7\r",
    "unit,period,form,code,value\n\"A\nB\",2023-Q1,6,2.1,5\nA,2023-Q1\n",
    "unit,period,form,code,value\nA,2023-Q1,6,2.1,\"5\nA,2023-Q1,6,2.2,1\n",
    "unit,period,form,code,value\nA,2023-Q1,6,2.1,5\"6\nA,2023-Q1,6,2.2,1\n",
    "unit,period,form,code,value\nA,2023-Q1,6,9.9,5\nunit,period,form,code,"
    "value\nA,2023-Q1,6,2.2,\xFF\n",
    "unit,period,form,code,value,x\nA,2023-Q1,6,2.1,5,y,z\nA,2023-Q1,6,2.2,1\n",
    "unit,edition,period,form,code,value\nA,cao-bang-2022,2023-Q1,6,2.1,5\n"
    "A,cao-bang-2022,2023-Q1,6,2.2,6\nB,gia-lai-2022,2023-Q1,6,2.1,5\n"
    "C,nowhere,2023-Q1,6,2.1,5\n",
    "unit,period,form,code,value\nA,\xFF \xE1\xBA\xA3nh m\xC3\xB9\xC3\xA1,"
    "6,2.1,5\nA,\xFE \xE1\xBA\xA3nh m\xC3\xB9\xC3\xA1,6,2.2,7y\n",
    "\xEF\xBB\xBFsep=;\nunit;period;form;code;value\nA;2023-Q1;6;2.1;5\n"};

START_TEST(test_pieces)
{
    static lines whole;
    static lines pieces;
    const char *text = oddities[_i];
    setup how = {.edition = NULL};

    memset(&whole, 0, sizeof whole);
    run(&whole, text, strlen(text), &how);
    for (how.step = 1; how.step < 40; how.step++) {
        memset(&pieces, 0, sizeof pieces);
        run(&pieces, text, strlen(text), &how);
        ck_assert_str_eq(whole.text, pieces.text);
    }
}
END_TEST

/* A line that does not end is left out as it comes: its submission is over the
 * ceiling, whatever the pieces, and the next one is read. */
START_TEST(test_endless_line)
{
    enum { LENGTH = 1 << 21 };
    static const size_t steps[] = {100, 4096, 70000, 1 << 23};
    static const char *const ends[] = {"\n", "\r\n", "\r", "\"\n"};
    static lines l;
    const setup how = {.edition = "cao-bang-2022",
                       .submission_bytes = 200000,
                       .step = steps[_i % 4]};
    table t = {NULL, 0, 0};

    put(&t, "unit,period,form,code,value\nA,2023-Q1,6,2.1,1\n");
    put(&t, _i / 4 == 3 ? "\"\n" : "");
    t.text = realloc(t.text, t.length + LENGTH + 256);
    ck_assert_ptr_nonnull(t.text);
    t.room = t.length + LENGTH + 256;
    memset(t.text + t.length, 'x', LENGTH);
    t.length += LENGTH;
    t.text[t.length] = '\0';
    put(&t, ends[_i / 4]);
    put(&t, "B,2023-Q1,6,2.1,abc\n");
    memset(&l, 0, sizeof l);
    run(&l, t.text, t.length, &how);
    ck_assert_uint_eq(count_code(&l, "2 limit.submission-bytes"), 1);
    ck_assert_uint_eq(
        count_code(&l, _i / 4 == 3 ? "5 cell.not-a-number"
                                   : "4 cell.not-a-number"),
        1);
    free(t.text);
}
END_TEST

/* The error says on which line the input was cut; what came before is told. */
START_TEST(test_cut)
{
    static lines l;
    static const char text[] = "unit,period,form,code,value\n"
                               "A,2023-Q1,6,2.1,5\nA,2023-Q1,6,2.2,abc\n"
                               "B,2023-Q1,6,2.1,5\n\"B\",2023-Q1";
    const setup how = {.edition = "cao-bang-2022"};
    parcheck_stream *s;
    parcheck_error error;

    memset(&l, 0, sizeof l);
    s = open_stream(&l, &how);
    feed(s, text, sizeof text - 1, 7);
    ck_assert_int_eq(parcheck_stream_finish(s, &error), PARCHECK_EIO);
    ck_assert_uint_eq(error.line, 5);
    ck_assert_str_eq(error.source, "");
    ck_assert_uint_eq(parcheck_stream_submission_count(s), 1);
    ck_assert_uint_eq(count_code(&l, "cell.not-a-number"), 1);
    ck_assert_int_eq(parcheck_stream_finish(s, &error), PARCHECK_EINVAL);
    parcheck_stream_free(s);
}
END_TEST

START_TEST(test_options_that_make_no_sense)
{
    parcheck_stream_options options;
    parcheck_stream *s;
    parcheck_error error;

    parcheck_stream_options_init(&options, sizeof options);
    options.edition = "nowhere";
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, &error),
                     PARCHECK_EINVAL);
    ck_assert_ptr_null(s);
    options.edition = NULL;
    options.encoding = "klingon";
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, &error),
                     PARCHECK_EINVAL);
    options.encoding = NULL;
    options.max_held_bytes = 0;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, &error),
                     PARCHECK_EINVAL);
    options.max_held_bytes = 1;
    options.delimiter = '5';
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, &error),
                     PARCHECK_EINVAL);
    options.delimiter = 0;
    options.size = 3;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, &error),
                     PARCHECK_EINVAL);
}
END_TEST

/* ---- across submissions ------------------------------------------------------- */

static const parcheck_table across_tables[] = {
    {"f", "family.csv", "key,value\nversion,1\nvi,F\nen,F\n", 0},
    {"f", "e.csv", NULL, 0},
    {"f", "rules.csv", NULL, 0}};

static parcheck_schema *across_schema(void)
{
    static const char rows[] = "form,code,name,label,unit,kind,level,choices\n"
                               "1,1,a,Chỉ tiêu a,Cái,count,,\n"
                               "1,2,b,Chỉ tiêu b,Cái,count,,\n";
    static const char rules[] =
        "id,check,severity,vi,en,basis\n"
        "sum,a = children(a),error,Tổng,The sum,x\n"
        "grows,b >= previous(b),warning,Tăng,It grows,x\n"
        "yearly,b >= year_before(b),note,Tăng,It grows by the year,x\n";
    parcheck_table tables[3];
    parcheck_schema *made;
    parcheck_error error;

    memcpy(tables, across_tables, sizeof tables);
    tables[0].length = strlen(tables[0].data);
    tables[1].data = rows;
    tables[1].length = sizeof rows - 1;
    tables[2].data = rules;
    tables[2].length = sizeof rules - 1;
    if (parcheck_schema_load_tables(&made, tables, 3, NULL, &error) !=
        PARCHECK_OK)
        ck_abort_msg("%s:%zu: %s", error.source, error.line, error.en);
    return made;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines in the order of their texts, without what an archive adds: behind
 * the arithmetic, and of periods. */
static const char *sorted_lines(lines *l)
{
    static char out[sizeof l->text];
    char *all[256];
    size_t count = 0;
    size_t used = 0;

    for (char *at = strtok(l->text, "\n"); at != NULL;
         at = strtok(NULL, "\n")) {
        ck_assert_uint_lt(count, sizeof all / sizeof *all);
        if (strstr(at, "unit.other-period") != NULL)
            continue;
        if (strchr(at, ';') != NULL)
            *strchr(at, ';') = '\0';
        all[count++] = at;
    }
    qsort(all, count, sizeof *all, compare_texts);
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%s\n", all[i]);
    return out;
}

/* What parcheck_validate() finds in the same table. */
static void validate_all(lines *l, const char *text)
{
    parcheck_options options;
    parcheck_input input;
    parcheck_report *report;

    parcheck_options_init(&options, sizeof options);
    options.layout = "long";
    options.explain = 0;
    parcheck_input_init(&input, sizeof input);
    input.data = text;
    input.length = strlen(text);
    ck_assert_int_eq(
        parcheck_validate(&report, schema, &input, 1, &options, NULL),
        PARCHECK_OK);
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++)
        add_line(l, parcheck_report_finding(report, i));
    parcheck_report_free(report);
}

/* Runs with the schema above. */
static void run_across(lines *l, const char *text, const setup *how)
{
    parcheck_schema *usual = schema;

    memset(l, 0, sizeof *l);
    schema = across_schema();
    run(l, text, strlen(text), how);
    parcheck_schema_free(schema);
    schema = usual;
}

START_TEST(test_children_and_previous)
{
    static lines l;
    static const setup how = {.edition = NULL};

    run_across(&l,
               "unit,parent,period,form,code,value\n"
               "D,,2023-Q1,1,1,7\nD,,2023-Q1,1,2,5\n"
               "D,,2023-Q2,1,1,9\nD,,2023-Q2,1,2,4\n"
               "X,D,2023-Q1,1,1,3\nX,D,2023-Q1,1,2,5\n"
               "X,D,2023-Q2,1,1,3\nX,D,2023-Q2,1,2,5\n"
               "Y,D,2023-Q1,1,1,4\nY,D,2023-Q1,1,2,5\n"
               "Y,D,2023-Q2,1,1,5\nY,D,2023-Q2,1,2,6\n",
               &how);
    ck_assert_str_eq(
        l.text,
        "4 rule.fails sum: The sum: 9 ≠ 3 + 5 = 8, off by 1; D for 2023-Q2; "
        "below it: X, Y\n"
        "5 rule.fails grows: It grows: 4 < 5, off by 1; D for 2023-Q2; the "
        "period before is 2023-Q1\n");
}
END_TEST

static int take_owners(void *context, const parcheck_finding *f)
{
    lines *l = context;

    for (size_t i = 0; i < parcheck_finding_cell_count(f); i++) {
        const parcheck_cell *cell = parcheck_finding_cell(f, i);
        int n;

        ck_assert_ptr_null(parcheck_cell_unit_code(cell));
        n = snprintf(l->text + l->length, sizeof l->text - l->length,
                     "%s %s:%zu", i > 0 ? "," : "", parcheck_cell_unit(cell),
                     parcheck_cell_line(cell));
        ck_assert_int_gt(n, 0);
        l->length += (size_t)n;
        n = snprintf(l->text + l->length, sizeof l->text - l->length, " %s",
                     parcheck_cell_period(cell));
        ck_assert_int_gt(n, 0);
        l->length += (size_t)n;
    }
    l->text[l->length++] = '\n';
    return 0;
}

START_TEST(test_whose_cells)
{
    static lines l;
    static const char text[] =
        "unit,parent,period,form,code,value\n"
        "D,,2023-Q1,1,1,7\nD,,2023-Q1,1,2,5\n"
        "D,,2024-Q1,1,1,8\nD,,2024-Q1,1,2,4\n"
        "X,D,2023-Q1,1,1,3\nX,D,2023-Q1,1,2,5\n"
        "X,D,2024-Q1,1,1,9\nX,D,2024-Q1,1,2,5\n";
    parcheck_schema *made = across_schema();
    parcheck_stream_options options;
    parcheck_stream *s;

    memset(&l, 0, sizeof l);
    parcheck_stream_options_init(&options, sizeof options);
    options.finding = take_owners;
    options.finding_context = &l;
    ck_assert_int_eq(parcheck_stream_new(&s, made, &options, NULL),
                     PARCHECK_OK);
    feed(s, text, sizeof text - 1, 1000);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    parcheck_stream_free(s);
    parcheck_schema_free(made);
    ck_assert_str_eq(l.text, " D:2 2023-Q1, X:6 2023-Q1\n"
                             " D:4 2024-Q1, X:8 2024-Q1\n"
                             " D:5 2024-Q1, D:3 2023-Q1\n");
}
END_TEST

/* One unit's periods in any order: the archive and one check of them all find
 * the same. */
START_TEST(test_periods_as_in_one_check)
{
    static const char *const periods[] = {
        "2022-Q1", "2022-H1",      "Năm 2022",     "2023-Q1", "2023-Q2",
        "2023-H1", "Quý III/2023", "9 tháng 2023", "2023-Q4", "2023-H2",
        "2023",    "2024-Q1",      "2024-9M",      "vụ đông"};
    static lines streamed;
    static lines checked;
    static const setup how = {.unsorted = 1};
    unsigned long long state = (unsigned long long)_i + 1;
    parcheck_schema *usual = schema;
    char streamed_text[sizeof streamed.text];
    table all = {NULL, 0, 0};

    memset(&streamed, 0, sizeof streamed);
    memset(&checked, 0, sizeof checked);
    put(&all, heading);
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        char rows[128];

        if (next_random(&state) % 4 == 0)
            continue;
        (void)snprintf(rows, sizeof rows, "A,%s,1,1,1\nA,%s,1,2,%llu\n",
                       periods[i], periods[i], next_random(&state) % 4);
        put(&all, rows);
    }
    schema = across_schema();
    run(&streamed, all.text, all.length, &how);
    validate_all(&checked, all.text);
    parcheck_schema_free(schema);
    schema = usual;
    (void)snprintf(streamed_text, sizeof streamed_text, "%s",
                   sorted_lines(&streamed));
    ck_assert_str_eq(streamed_text, sorted_lines(&checked));
    free(all.text);
}
END_TEST

/* From quarter to half, over a gap and to the whole year; not over years. */
START_TEST(test_previous_within_the_year)
{
    static lines l;
    static const setup how = {.edition = NULL};

    run_across(&l,
               "unit,period,form,code,value\n"
               "A,2022,1,1,1\nA,2022,1,2,9\n"
               "A,2023-Q1,1,1,1\nA,2023-Q1,1,2,5\n"
               "A,6 tháng đầu năm 2023,1,1,1\nA,6 tháng đầu năm 2023,1,2,4\n"
               "A,2023,1,1,1\nA,2023,1,2,3\n"
               "A,2024-Q1,1,1,1\nA,2024-Q1,1,2,5\n",
               &how);
    ck_assert_str_eq(
        l.text,
        "7 rule.fails grows: It grows: 4 < 5, off by 1; A for 2023-H1; the "
        "period before is 2023-Q1\n"
        "9 rule.fails grows: It grows: 3 < 4, off by 1; A for 2023; the "
        "period before is 2023-H1\n"
        "9 rule.fails yearly: It grows by the year: 3 < 9, off by 6; A for "
        "2023; the year before is 2022\n");
}
END_TEST

START_TEST(test_missing_child)
{
    static lines l;
    static const setup how = {
        .hierarchy = "unit,parent,name\nD,,Huyện D\nX,D,Xã X\nY,D,\n"};

    run_across(&l,
               "unit,period,form,code,value\n"
               "D,2023-Q1,1,1,7\nD,2023-Q1,1,2,5\n"
               "Y,2023-Q1,1,1,3\nY,2023-Q1,1,2,5\n",
               &how);
    ck_assert_str_eq(l.text, "2 unit.children-missing -: 1 of "
                             "the 2 units below has sent nothing: X (Xã "
                             "X)\n");
}
END_TEST

/* Too much without the missing one already, yet nobody has seen the sum. */
START_TEST(test_missing_child_is_no_failure)
{
    static lines l;
    static const setup how = {.edition = NULL};

    run_across(&l,
               "unit,parent,period,form,code,value\n"
               "D,,2023-Q1,1,1,2\nD,,2023-Q1,1,2,5\n"
               "D,,2023-Q2,1,1,2\nD,,2023-Q2,1,2,5\n"
               "X,D,2023-Q1,1,1,3\nX,D,2023-Q1,1,2,5\n"
               "X,D,2023-Q2,1,1,3\nX,D,2023-Q2,1,2,5\n"
               "Y,D,2023-Q1,1,1,4\nY,D,2023-Q1,1,2,5\n",
               &how);
    ck_assert_str_eq(l.text,
                     "2 rule.fails sum: The sum: 2 ≠ 3 + 4 = 7, off by 5; D "
                     "for 2023-Q1; below it: X, Y\n"
                     "4 unit.children-missing -: 1 of the 2 "
                     "units below has sent nothing: Y\n");
}
END_TEST

/* A unit that did send without the cell: any number from 0 up. */
START_TEST(test_missing_cell_of_child)
{
    static lines l;
    static const setup how = {.edition = NULL};

    run_across(&l,
               "unit,parent,period,form,code,value\n"
               "D,,2023-Q1,1,1,9\nD,,2023-Q1,1,2,5\n"
               "D,,2023-Q2,1,1,2\nD,,2023-Q2,1,2,5\n"
               "X,D,2023-Q1,1,1,3\nX,D,2023-Q1,1,2,5\n"
               "X,D,2023-Q2,1,1,3\nX,D,2023-Q2,1,2,5\n"
               "Y,D,2023-Q1,1,2,5\nY,D,2023-Q2,1,2,5\n",
               &how);
    ck_assert_uint_eq(count_code(&l, "rule.fails sum"), 1);
    ck_assert_ptr_nonnull(strstr(l.text, "4 rule.fails sum: The sum: 2 ≠ 3"));
    ck_assert_uint_eq(count_code(&l, "unit.children-missing"), 0);
}
END_TEST

START_TEST(test_other_parent_and_scattered)
{
    static lines l;
    static const setup how = {.edition = NULL};
    static char text[1 << 19];
    size_t length = 0;

    /* Beyond the window that is looked at first. */
    length += (size_t)snprintf(text, sizeof text,
                               "unit,parent,period,form,code,value\n"
                               "A,P,2023-Q1,1,1,1\nA,P,2023-Q1,1,2,1\n");
    for (int i = 0; length < 300000; i++)
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "B%d,,2023-Q1,1,1,1\nB%d,,2023-Q1,1,2,1\n",
                                   i, i);
    length += (size_t)snprintf(text + length, sizeof text - length,
                               "A,P,2023-Q1,1,1,1\nA,Q,2023-Q2,1,1,1\n"
                               "A,Q,2023-Q2,1,2,1\n");
    run_across(&l, text, &how);
    ck_assert_uint_eq(count_code(&l, "unit.scattered"), 1);
    ck_assert_uint_eq(count_code(&l, "unit.other-parent"), 1);
    ck_assert_uint_eq(count_code(&l, "\n"), 2);
}
END_TEST

/* Lines of nothing but delimiters are no rows, wherever they stand: not before,
 * between, within or behind submissions, nor a reason to wait for the end. */
START_TEST(test_blank_rows)
{
    static lines plain;
    static lines spaced;
    static const char *const blanks[] = {",,,,,\n", "\"\",,,,,\n", " , ,,,,\n",
                                         ",,,\n"};
    static const char *const rows[] = {
        "A,T,2023-Q1,6,2.1,5\n", "A,T,2023-Q1,6,2.2,x1\n",
        "B,T,2023-Q1,6,2.1,4\n", "B,T,2023-Q1,6,2.2,\n",
        "B,T,2023-Q2,6,2.1,abc\n"};
    const setup how = {.edition = "cao-bang-2022", .unsorted = _i % 2};
    table a = {NULL, 0, 0};
    table b = {NULL, 0, 0};

    put(&a, "unit,parent,period,form,code,value\n");
    put(&b, "unit,parent,period,form,code,value\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int k = 0; k < 4; k++)
            put(&b, blanks[_i / 2]);
        for (int k = 0; k < 4; k++)
            put(&a, "\n");
        put(&a, rows[i]);
        put(&b, rows[i]);
    }
    put(&b, blanks[_i / 2]);
    memset(&plain, 0, sizeof plain);
    memset(&spaced, 0, sizeof spaced);
    run(&plain, a.text, a.length, &how);
    run(&spaced, b.text, b.length, &how);
    ck_assert_str_eq(plain.text, spaced.text);
    ck_assert_uint_eq(count_code(&plain, "cell.not-a-number"), 2);
    free(a.text);
    free(b.text);
}
END_TEST

/* A row that names another parent or edition than those before it is told of,
 * with its line; one that comes after blanks speaks for these. */
START_TEST(test_rows_that_differ)
{
    static lines l;
    static const char *const parents =
        "unit,parent,period,form,code,value\n"
        "A,,2023-Q1,1,1,1\nA,P,2023-Q1,1,2,1\n"
        "A,,2023-Q2,1,1,1\nA,Q,2023-Q2,1,2,1\n"
        "B,P,2023-Q1,1,1,1\nB,Q,2023-Q1,1,2,1\nB,R,2023-Q1,1,2,1\n";
    static const char *const editions =
        "unit,period,edition,form,code,value\n"
        "A,2023-Q1,,6,2.1,5\nA,2023-Q1,gia-lai-2022,6,2.2,5\n"
        "B,2023-Q1,gia-lai-2022,6,2.1,5\nB,2023-Q1,,6,2.2,5\n"
        "B,2023-Q1,cchc/gia-lai-2022,6,2.4,5\n"
        "B,2023-Q1,cao-bang-2022,6,2.3,0\n"
        "C,2023-Q1,f/e,6,2.1,5\n";
    static const setup how = {.edition = NULL};

    run_across(&l, parents, &how);
    ck_assert_ptr_nonnull(strstr(
        l.text, "5 unit.other-parent -: the unit above is “Q” here; it is "
                "taken to be “P”, as on line 3\n"));
    ck_assert_ptr_nonnull(strstr(
        l.text, "7 unit.other-parent -: the unit above is “Q” here; it is "
                "taken to be “P”, as on line 6\n"));
    ck_assert_uint_eq(count_code(&l, "unit.other-parent"), 2);
    memset(&l, 0, sizeof l);
    run(&l, editions, strlen(editions), &how);
    ck_assert_ptr_nonnull(strstr(
        l.text, "7 unit.other-edition -: the edition is “cao-bang-2022” here; "
                "the whole submission was read as one of “gia-lai-2022”\n"));
    ck_assert_uint_eq(count_code(&l, "unit.other-edition"), 1);
    ck_assert_uint_eq(count_code(&l, "edition.unknown"), 1); /* of C */
}
END_TEST

START_TEST(test_children_of_other_forms)
{
    static lines l;
    static const setup how = {.edition = NULL};

    run_across(&l,
               "unit,parent,period,edition,form,code,value\n"
               "D,,2023-Q1,,1,1,7\nD,,2023-Q1,,1,2,5\n"
               "X,D,2023-Q1,,9,9,3\n"
               "Y,D,2023-Q2,,1,1,3\nY,D,2023-Q2,,1,2,5\n",
               &how);
    ck_assert_uint_eq(count_code(&l, "unit.children-missing"), 1);
    ck_assert_ptr_nonnull(strstr(
        l.text, "2 unit.children-unread -: what 1 of the 2 units "
                "below has sent cannot be compared (its edition is not "
                "known, or it is of other forms): X\n"));
}
END_TEST

/* ---- explanations across submissions ------------------------------------- */

static void run_explained(lines *l, const char *text, const char *hierarchy)
{
    const setup how = {.hierarchy = hierarchy, .explain = 1};
    parcheck_schema *usual = schema;

    memset(l, 0, sizeof *l);
    l->explained = 1;
    schema = across_schema();
    run(l, text, strlen(text), &how);
    parcheck_schema_free(schema);
    schema = usual;
}

#define SEND(unit, period, a, b)                                               \
    unit "," period ",1,1," a "\n" unit "," period ",1,2," b "\n"
#define HEADING "unit,period,form,code,value\n"

/* The unit above speaks for its part, so that a unit below is wrong. */
START_TEST(test_explained_by_the_unit_above)
{
    static lines l;

    run_explained(
        &l,
        HEADING SEND("D", "2023-Q1", "70", "0") SEND("E", "2023-Q1", "5", "0")
            SEND("P", "2023-Q1", "75", "0") SEND("X", "2023-Q1", "30", "0")
                SEND("Y", "2023-Q1", "41", "0"),
        "unit,parent,name\nP,,\nD,P,\nE,P,\nX,D,Xã X\nY,D,\n");
    ck_assert_str_eq(
        l.text, "2 rule.fails sum: The sum: 70 ≠ 30 + 41 = 71, off by 1; D for "
                "2023-Q1; below it: X, Y\n"
                "  one cell is enough: E10 (1:1, Y, 2023-Q1): 41 → 40\n"
                "  one cell is enough: E8 (1:1, X [Xã X], 2023-Q1): 30 → 29\n");
}
END_TEST

/* A figure that both levels above contradict. */
START_TEST(test_explained_over_three_levels)
{
    static lines l;

    run_explained(
        &l,
        HEADING SEND("D", "2023-Q1", "17", "0") SEND("P", "2023-Q1", "71", "0")
            SEND("X", "2023-Q1", "30", "0") SEND("Y", "2023-Q1", "41", "0"),
        "unit,parent,name\nP,,\nD,P,\nX,D,\nY,D,\n");
    ck_assert_str_eq(
        l.text,
        "2 rule.fails sum: The sum: 17 ≠ 30 + 41 = 71, off by 54; D for "
        "2023-Q1; below it: X, Y\n"
        "  two digits side by side seem to have changed places: E2 (1:1, D, "
        "2023-Q1): 17 → 71\n"
        "4 rule.fails sum: The sum: 71 ≠ 17, off by 54; P for 2023-Q1; below "
        "it: D\n"
        "  two digits side by side seem to have changed places: E2 (1:1, D, "
        "2023-Q1): 17 → 71\n"
        "  two digits side by side seem to have changed places: E4 (1:1): 71 → "
        "17\n");
}
END_TEST

/* The period behind the one that fails bounds it from above, and the one
 * before that from below. */
START_TEST(test_explained_by_other_periods)
{
    static lines l;

    run_explained(
        &l,
        HEADING SEND("D", "2023-Q1", "0", "3") SEND("D", "2023-Q2", "0", "5")
            SEND("D", "2023-Q3", "0", "4") SEND("D", "2023-Q4", "0", "6"),
        NULL);
    ck_assert_str_eq(
        l.text,
        "7 rule.fails grows: It grows: 4 < 5, off by 1; D for 2023-Q3; the "
        "period before is 2023-Q2\n"
        "  one cell is enough: E7 (1:2): 4 → a number from 5 to 6\n"
        "  one cell is enough: E5 (1:2, D, 2023-Q2): 5 → a number from 3 to "
        "4\n");
}
END_TEST

/* So many units stand beside the one that fails that they are not looked at:
 * that is told. */
START_TEST(test_explained_up_to_a_ceiling)
{
    static lines l;
    static char units[1 << 16];
    static char text[1 << 17];
    size_t n = (size_t)snprintf(units, sizeof units, "unit,parent\nP,\nX,B0\n");
    size_t m = (size_t)snprintf(text, sizeof text,
                                HEADING SEND("X", "2023-Q1", "7", "0")
                                    SEND("P", "2023-Q1", "%d", "0"),
                                8 + 999 + _i);

    for (int i = 0; i < 1000 + _i; i++) {
        n += (size_t)snprintf(units + n, sizeof units - n, "B%d,P\n", i);
        m += (size_t)snprintf(text + m, sizeof text - m,
                              "B%d,2023-Q1,1,1,%d\nB%d,2023-Q1,1,2,0\n", i,
                              i == 0 ? 8 : 1, i);
    }
    run_explained(&l, text, units);
    ck_assert_uint_eq(count_code(&l, "limit.explanations"), (size_t)_i);
    ck_assert_uint_eq(count_code(&l, "(1:1, X, 2023-Q1): 7 → 8"), 1);
    /* Only the unit above would contradict that. */
    ck_assert_uint_eq(count_code(&l, "(1:1): 8 → 7\n"), (size_t)_i);
}
END_TEST

START_TEST(test_wrong_hierarchy)
{
    static const char *const texts[] = {"", "a,b\nx,y\n",
                                        "unit,parent\nA,B\nB,A\n",
                                        "unit,parent\nA,\nA,\n",
                                        "unit,parent\n\"A\n", "\xFF\xFE\n"};
    static lines l;
    parcheck_input input;
    parcheck_stream *s = open_stream(&l, &cao_bang);
    parcheck_error error;

    parcheck_input_init(&input, sizeof input);
    input.data = texts[_i];
    input.length = strlen(texts[_i]);
    ck_assert_int_eq(parcheck_stream_hierarchy(s, &input, &error),
                     PARCHECK_EINVAL);
    parcheck_stream_free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("archive");
    TCase *all = tcase_create("archive");

    tcase_add_checked_fixture(all, load, unload);
    tcase_add_loop_test(all, test_same_as_validate, 0, 40);
    tcase_add_test(all, test_counts);
    tcase_add_test(all, test_values_instead_of_bytes);
    tcase_add_test(all, test_any_order);
    tcase_add_loop_test(all, test_shuffled, 0, 12);
    tcase_add_test(all, test_bytes_of_a_row);
    tcase_add_test(all, test_held_ceiling);
    tcase_add_test(all, test_submission_ceiling);
    tcase_add_test(all, test_submission_ceiling_of_held_rows);
    tcase_add_test(all, test_heading_behind_many_rows);
    tcase_add_test(all, test_names_that_are_no_text);
    tcase_add_loop_test(all, test_other_periods, 0, 4);
    tcase_add_test(all, test_other_periods_that_are_no_text);
    tcase_add_test(all, test_lines_read_again_in_any_order);
    tcase_add_test(all, test_refused_finding);
    tcase_add_loop_test(all, test_pieces, 0,
                        (int)(sizeof oddities / sizeof *oddities));
    tcase_add_loop_test(all, test_endless_line, 0, 16);
    tcase_add_test(all, test_cut);
    tcase_add_test(all, test_options_that_make_no_sense);
    tcase_add_test(all, test_children_and_previous);
    tcase_add_test(all, test_whose_cells);
    tcase_add_loop_test(all, test_periods_as_in_one_check, 0, 60);
    tcase_add_test(all, test_previous_within_the_year);
    tcase_add_test(all, test_missing_child);
    tcase_add_test(all, test_missing_child_is_no_failure);
    tcase_add_test(all, test_missing_cell_of_child);
    tcase_add_test(all, test_other_parent_and_scattered);
    tcase_add_test(all, test_rows_that_differ);
    tcase_add_loop_test(all, test_blank_rows, 0, 8);
    tcase_add_test(all, test_children_of_other_forms);
    tcase_add_test(all, test_explained_by_the_unit_above);
    tcase_add_test(all, test_explained_over_three_levels);
    tcase_add_test(all, test_explained_by_other_periods);
    tcase_add_loop_test(all, test_explained_up_to_a_ceiling, 0, 2);
    tcase_add_loop_test(all, test_wrong_hierarchy, 0, 6);
    tcase_set_timeout(all, 120);
    suite_add_tcase(suite, all);
    return pc_run_suite(suite);
}
