/* Text to records. What came is written down as one line of text: "3/2" is
 * line 3 and row 2, then the fields in brackets, or the problem. */
#include "csv/reader.h"

#include <stdlib.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer trace;
static pc_buffer expected;
static const pc_csv_options wide_limits = {',', 0, 1 << 20, 4096};

static void setup(void)
{
    const parcheck_allocator libc = pc_allocator(NULL);

    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&trace, &libc, 100 << 20);
    pc_buffer_init(&expected, &libc, 100 << 20);
}

static void teardown(void)
{
    pc_buffer_free(&trace);
    pc_buffer_free(&expected);
    ck_assert_uint_eq(fa.live, 0);
}

static void write_problem(pc_csv_event event)
{
    switch (event) {
    case PC_CSV_UNCLOSED:
        pc_buffer_text(&trace, "unclosed ");
        break;
    case PC_CSV_BROKEN:
        pc_buffer_text(&trace, "broken ");
        break;
    case PC_CSV_LONG_FIELD:
        pc_buffer_text(&trace, "long ");
        break;
    default:
        pc_buffer_text(&trace, "?");
        break;
    }
}

static void write_fields(const pc_csv_record *record)
{
    pc_buffer_char(&trace, '[');
    for (size_t i = 0; i < record->count; i++) {
        const pc_csv_field *field = &record->fields[i];

        if (i > 0)
            pc_buffer_char(&trace, '|');
        pc_buffer_append(&trace, field->text, field->length);
        if (field->text[field->length] != '\0')
            ck_abort_msg("field %zu is not terminated", i);
    }
    pc_buffer_text(&trace, "] ");
}

/* Writes the trace of the whole text; false if memory ran out. */
static bool read_all(const char *text, size_t length,
                     const pc_csv_options *limits)
{
    pc_csv_reader *reader = pc_csv_open(text, length, limits, &allocator);
    pc_csv_record record;
    pc_csv_event event;

    pc_buffer_clear(&trace);
    if (reader == NULL)
        return false;
    while ((event = pc_csv_next(reader, &record)) != PC_CSV_END &&
           event != PC_CSV_NO_MEMORY) {
        pc_buffer_format(&trace, "%zu/%zu", record.line, record.row);
        if (event == PC_CSV_RECORD)
            write_fields(&record);
        else
            write_problem(event);
    }
    if (event == PC_CSV_END)
        ck_assert_int_eq(pc_csv_next(reader, &record), PC_CSV_END);
    pc_csv_close(reader);
    ck_assert(!trace.failed);
    return event == PC_CSV_END;
}

static const char *traced(void)
{
    return trace.data != NULL ? trace.data : "";
}

static const struct {
    const char *text;
    const char *trace;
} cases[] = {
    /* nothing */
    {"", ""},
    {"\n", ""},
    {"\r\n\r\r\n", ""},
    {"  \n\t\n ", ""},
    /* ends of lines */
    {"a", "1/1[a] "},
    {"a\n", "1/1[a] "},
    {"a\nb\nc", "1/1[a] 2/2[b] 3/3[c] "},
    {"a\r\nb\r\n", "1/1[a] 2/2[b] "},
    {"a\rb\r", "1/1[a] 2/2[b] "},
    {"a\rb\nc\r\nd", "1/1[a] 2/2[b] 3/3[c] 4/4[d] "},
    {"a\n\rb", "1/1[a] 3/3[b] "},
    /* empty lines count as rows */
    {"\n\na\n\nb", "3/3[a] 5/5[b] "},
    {"\r\n \r\na", "3/3[a] "},
    {"\r\r\na", "3/3[a] "},
    {"\t\n \na", "3/3[a] "},
    /* fields */
    {"a,b,c", "1/1[a|b|c] "},
    {",", "1/1[|] "},
    {"a,,", "1/1[a||] "},
    {",a", "1/1[|a] "},
    {" a\t, b c ", "1/1[a|b c] "},
    {"a;b\tc", "1/1[a;b\tc] "},
    {"a'b", "1/1[a'b] "},
    {"Tổng số,đ", "1/1[Tổng số|đ] "},
    /* quotes */
    {"\"\"", "1/1[] "},
    {"\"\",\"\"", "1/1[|] "},
    {"\"a,b\",c", "1/1[a,b|c] "},
    {"\" a \"", "1/1[ a ] "},
    {" \"a\" , \"b\"\t", "1/1[a|b] "},
    {"\"a\"\"b\"", "1/1[a\"b] "},
    {"\"\"\"\"", "1/1[\"] "},
    /* line ends in quotes */
    {"\"a\nb\",c\nd\n", "1/1[a\nb|c] 3/2[d] "},
    {"\"a\r\nb\"\r\nd", "1/1[a\r\nb] 3/2[d] "},
    {"\"a\rb\"\rd", "1/1[a\rb] 3/2[d] "},
    {"\"a\n\n\nb\"\nd", "1/1[a\n\n\nb] 5/2[d] "},
    {"\n\"\n\"\nd", "2/2[\n] 4/3[d] "},
    {"\"a\n\"", "1/1[a\n] "},
    /* quotes where none may stand */
    {"a\"b\nc", "1/1broken 2/2[c] "},
    {"\"a\"b\r\nc", "1/1broken 2/2[c] "},
    {"a,\"b\" \"c\"\nd", "1/1broken 2/2[d] "},
    {"a,b\"", "1/1broken "},
    {"x\na\"", "1/1[x] 2/2broken "},
    {"\"a\nb\"c\nd\n", "1/1broken 2/2broken 3/3[d] "},
    {"\"a,b\n\"c\",\"d\"\ne,f\n", "1/1broken 2/2[c|d] 3/3[e|f] "},
    /* quotes that are not closed, and the lines they swallowed */
    {"\"", "1/1unclosed "},
    {"x\n\"a", "1/1[x] 2/2unclosed "},
    {"\"a\n", "1/1unclosed "},
    {"\"a\nb,c\nd", "1/1unclosed 2/2[b|c] 3/3[d] "},
    {"x,\"a\r\n\r\nb\r\n", "1/1unclosed 3/3[b] "},
    {"\"a\nb\"\"c\nd", "1/1unclosed 2/2broken 3/3[d] "},
    {"\"a\n\"b\nc,\"d\ne", "1/1broken 2/2broken 3/3unclosed 4/4[e] "},
    /* a mark at the beginning is text like any other */
    {"\xEF\xBB\xBF"
     "a,b",
     "1/1[\xEF\xBB\xBF"
     "a|b] "},
    {"\xC2\xA0,a", "1/1[\xC2\xA0|a] "},
};

START_TEST(texts_become_records)
{
    ck_assert(read_all(cases[_i].text, strlen(cases[_i].text), &wide_limits));
    ck_assert_str_eq(traced(), cases[_i].trace);
}
END_TEST

/* --- the same by other means --------------------------------------------- */

/* A reader over a terminated text that follows the definition: one field
 * after the other, without lines. */
typedef struct model {
    const char *at;
    pc_csv_event event;
} model;

static bool is_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

static void skip_blanks(model *m)
{
    m->at += strspn(m->at, " \t");
}

static void model_quoted(model *m)
{
    for (m->at++; *m->at != '"' || m->at[1] == '"'; m->at++) {
        if (*m->at == '\0') {
            m->event = PC_CSV_UNCLOSED;
            return;
        }
        m->at += *m->at == '"';
        pc_buffer_char(&expected, *m->at);
    }
    m->at++;
    skip_blanks(m);
    if (!is_end(*m->at) && *m->at != ',')
        m->event = PC_CSV_BROKEN;
}

static void model_plain(model *m)
{
    size_t length = strcspn(m->at, ",\r\n");
    size_t kept = length;

    if (memchr(m->at, '"', length) != NULL)
        m->event = PC_CSV_BROKEN;
    while (kept > 0 && strchr(" \t", m->at[kept - 1]) != NULL)
        kept--;
    pc_buffer_append(&expected, m->at, kept);
    m->at += length;
}

static void model_record(model *m)
{
    pc_buffer_char(&expected, '[');
    for (;;) {
        skip_blanks(m);
        if (*m->at == '"')
            model_quoted(m);
        else
            model_plain(m);
        if (m->event != PC_CSV_RECORD || *m->at != ',')
            break;
        pc_buffer_char(&expected, '|');
        m->at++;
    }
    pc_buffer_text(&expected, "] ");
}

static const char *behind_line(const char *text)
{
    text += strcspn(text, "\r\n");
    if (text[0] == '\r' && text[1] == '\n')
        return text + 2;
    return text + (text[0] != '\0');
}

static size_t lines_between(const char *from, const char *to)
{
    size_t lines = 0;

    for (; from < to; lines++)
        from = behind_line(from);
    return lines;
}

static void expect_trace(const char *text)
{
    size_t line = 1;
    size_t row = 1;

    pc_buffer_clear(&expected);
    pc_buffer_text(&expected, "");
    for (; *text != '\0'; row++) {
        model m = {text, PC_CSV_RECORD};
        const char *next = behind_line(text);
        size_t length;

        skip_blanks(&m);
        if (!is_end(*m.at)) {
            pc_buffer_format(&expected, "%zu/%zu", line, row);
            length = expected.length;
            model_record(&m);
            if (m.event == PC_CSV_RECORD) {
                next = behind_line(m.at);
            } else {
                expected.data[expected.length = length] = '\0';
                pc_buffer_text(&expected, m.event == PC_CSV_BROKEN
                                              ? "broken "
                                              : "unclosed ");
            }
        }
        line += lines_between(text, next);
        text = next;
    }
}

/* Every text of seven bytes or fewer out of these. */
START_TEST(short_texts_are_read_like_the_model)
{
    static const char bytes[] = "a,\"\n\r ";
    const size_t length = (size_t)_i;
    char text[8] = "";
    size_t count = 1;

    for (size_t i = 0; i < length; i++)
        count *= 6;
    for (size_t number = 0; number < count; number++) {
        size_t rest = number;

        for (size_t i = 0; i < length; i++, rest /= 6)
            text[i] = bytes[rest % 6];
        expect_trace(text);
        if (!read_all(text, length, &wide_limits) ||
            strcmp(traced(), expected.data) != 0)
            ck_abort_msg("%s: read %s, not %s", text, traced(), expected.data);
    }
}
END_TEST

/* --- many lines ---------------------------------------------------------- */

static const char *const patterns[] = {
    "a,b\n",     "\"a\n",      "\"\n",   "a\"\n",         "\"a\"b\n",
    "\"\"\"\n",  "x,\"\n",     "\r",     "\"a\nb,c\n",    "\"x\"\"\ny\n",
    "\"\na\"\n", "\",\"\nx\n", "\"\"\r", "\",\n\"a\nb\n", " \"\r\n",
};

/* A text in which every line may turn out wrong takes time in proportion to
 * its length: reading it over and over would take minutes. */
static void check_repeated(const char *head, const char *pattern,
                           const char *tail)
{
    enum { REPEAT = 100000 };
    pc_buffer text;

    pc_buffer_init(&text, &allocator, 10 << 20);
    pc_buffer_text(&text, head);
    for (size_t i = 0; i < REPEAT; i++)
        pc_buffer_text(&text, pattern);
    pc_buffer_text(&text, tail);
    expected.length = 0;
    ck_assert(read_all(text.data, text.length, &wide_limits));
    pc_buffer_free(&text);
}

START_TEST(many_broken_lines_take_linear_time)
{
    static const char *const ends[][2] = {
        {"", ""}, {"\"", ""}, {"\"a\n", "x\"y\n"}, {"", "\""}};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        check_repeated(ends[i][0], patterns[_i], ends[i][1]);
}
END_TEST

/* A quote that swallows a long text and is not closed loses one line. */
START_TEST(a_long_swallowed_text_is_read)
{
    enum { LINES = 5000 };
    pc_buffer text;

    pc_buffer_init(&text, &allocator, 1 << 20);
    pc_buffer_text(&text, "\"a\n");
    pc_buffer_text(&expected, "1/1unclosed ");
    for (size_t i = 2; i < LINES; i++) {
        pc_buffer_text(&text, "b,c\n");
        pc_buffer_format(&expected, "%zu/%zu[b|c] ", i, i);
    }
    ck_assert(read_all(text.data, text.length, &wide_limits));
    ck_assert_str_eq(traced(), expected.data);
    pc_buffer_free(&text);
}
END_TEST

/* --- ceilings ------------------------------------------------------------ */

/* A field of `length` letters, then another record. */
static void check_field(size_t ceiling, size_t length, const char *quote)
{
    const pc_csv_options limits = {',', 0, ceiling, 10};
    pc_buffer text;

    pc_buffer_init(&text, &allocator, 10 << 20);
    pc_buffer_text(&text, quote);
    for (size_t i = 0; i < length; i++)
        pc_buffer_char(&text, 'a');
    pc_buffer_format(&text, "%s,x\nb\n", quote);
    ck_assert(read_all(text.data, text.length, &limits));
    pc_buffer_free(&text);
    if (length > ceiling) {
        ck_assert_str_eq(traced(), "1/1long 2/2[b] ");
        return;
    }
    ck_assert_uint_eq(trace.length, strlen("1/1[|x] 2/2[b] ") + length);
    ck_assert_mem_eq(traced(), "1/1[aa", 6);
}

static const size_t ceilings[] = {3,   10,  254, 255, 256,
                                  257, 300, 511, 512, 10000};

START_TEST(a_field_may_be_as_long_as_its_ceiling)
{
    const size_t ceiling = ceilings[_i];

    for (size_t length = ceiling - 1; length <= ceiling + 1; length++) {
        check_field(ceiling, length, "");
        check_field(ceiling, length, "\"");
    }
}
END_TEST

START_TEST(a_field_far_over_its_ceiling)
{
    check_field(1000, 100000, "");
    check_field(1000, 100000, "\"");
    check_field(1 << 20, 1000000, "");
}
END_TEST

START_TEST(a_long_field_over_lines_gives_its_lines_back)
{
    const pc_csv_options limits = {',', 0, 1000, 10};
    pc_buffer text;

    pc_buffer_init(&text, &allocator, 1 << 20);
    pc_buffer_text(&text, "\"a\n");
    pc_buffer_text(&expected, "1/1long ");
    for (size_t i = 2; i < 1000; i++) {
        pc_buffer_text(&text, "b,c\n");
        pc_buffer_format(&expected, "%zu/%zu[b|c] ", i, i);
    }
    ck_assert(read_all(text.data, text.length, &limits));
    pc_buffer_free(&text);
    ck_assert_str_eq(traced(), expected.data);
}
END_TEST

static const struct {
    size_t fields;
    const char *trace;
    size_t dropped;
} field_ceilings[] = {
    {4, "1/1[a|b|c|d] ", 0},
    {3, "1/1[a|b|c] ", 1},
    {1, "1/1[a] ", 3},
    {0, "1/1[] ", 4},
};

START_TEST(fields_over_the_ceiling_are_counted)
{
    static const char text[] = "a,b,c,d\ne\n";
    const pc_csv_options limits = {',', 0, 100, field_ceilings[_i].fields};
    pc_csv_reader *reader = pc_csv_open(text, strlen(text), &limits,
                                        &allocator);
    pc_csv_record record;

    pc_buffer_text(&trace, "1/1");
    ck_assert_int_eq(pc_csv_next(reader, &record), PC_CSV_RECORD);
    write_fields(&record);
    ck_assert_str_eq(traced(), field_ceilings[_i].trace);
    ck_assert_uint_eq(pc_csv_dropped(reader), field_ceilings[_i].dropped);
    ck_assert_int_eq(pc_csv_next(reader, &record), PC_CSV_RECORD);
    ck_assert_uint_eq(pc_csv_dropped(reader), limits.fields == 0 ? 1 : 0);
    ck_assert_int_eq(pc_csv_next(reader, &record), PC_CSV_END);
    pc_csv_close(reader);
}
END_TEST

START_TEST(a_record_may_have_many_fields)
{
    enum { FIELDS = 4096 };
    char text[FIELDS];

    memset(text, ',', sizeof text);
    ck_assert(read_all(text, sizeof text - 1, &wide_limits));
    ck_assert_uint_eq(trace.length, strlen("1/1[] ") + FIELDS - 1);
}
END_TEST

START_TEST(closing_nothing_does_nothing)
{
    pc_csv_close(NULL);
}
END_TEST

/* --- memory -------------------------------------------------------------- */

/* Many fields, a long field, a broken record and a swallowed line. */
static void fill(pc_buffer *text)
{
    for (size_t i = 0; i < 40; i++)
        pc_buffer_format(text, "%zu,", i);
    pc_buffer_text(text, "\n\"");
    for (size_t i = 0; i < 900; i++)
        pc_buffer_text(text, "ab\n");
    pc_buffer_text(text, "\",c\na\"b\nx,y\n\"z\nlast");
}

/* Either all is read, or what was read before memory ran out is right. libcsv
 * asks for less when it cannot have more, so a failure may go unseen. */
START_TEST(records_without_memory)
{
    const parcheck_allocator libc = pc_allocator(NULL);
    const bool persistent = _i == 1;
    size_t fail_at = 0;
    pc_buffer text;

    pc_buffer_init(&text, &libc, 1 << 20);
    fill(&text);
    ck_assert(read_all(text.data, text.length, &wide_limits));
    pc_buffer_text(&expected, traced());
    ck_assert_uint_gt(expected.length, 2700);
    do {
        bool whole;

        failing_allocator_init(&fa, ++fail_at, persistent);
        whole = read_all(text.data, text.length, &wide_limits);
        if (whole)
            ck_assert_str_eq(traced(), expected.data);
        else
            ck_assert_mem_eq(traced(), expected.data, trace.length);
        ck_assert(!persistent || whole == (fa.failures == 0));
        ck_assert_uint_eq(fa.live, 0);
    } while (fa.failures > 0);
    ck_assert_uint_gt(fail_at, 8);
    pc_buffer_free(&text);
}
END_TEST

static TCase *records(void)
{
    TCase *tests = tcase_create("records");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, texts_become_records, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, short_texts_are_read_like_the_model, 0, 8);
    tcase_add_test(tests, a_record_may_have_many_fields);
    tcase_add_test(tests, closing_nothing_does_nothing);
    return tests;
}

static TCase *limits(void)
{
    TCase *tests = tcase_create("limits");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, many_broken_lines_take_linear_time, 0,
                        sizeof patterns / sizeof *patterns);
    tcase_add_test(tests, a_long_swallowed_text_is_read);
    tcase_add_loop_test(tests, a_field_may_be_as_long_as_its_ceiling, 0,
                        sizeof ceilings / sizeof *ceilings);
    tcase_add_test(tests, a_field_far_over_its_ceiling);
    tcase_add_test(tests, a_long_field_over_lines_gives_its_lines_back);
    tcase_add_loop_test(tests, fields_over_the_ceiling_are_counted, 0,
                        sizeof field_ceilings / sizeof *field_ceilings);
    tcase_add_loop_test(tests, records_without_memory, 0, 2);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("reader");

    suite_add_tcase(suite, records());
    suite_add_tcase(suite, limits());
    return pc_run_suite(suite);
}
