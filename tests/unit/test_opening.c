/* The beginning of an archive, on both sides of where the bytes end that are
 * looked at first. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parcheck/parcheck.h"
#include "runner.h"

enum { WINDOW = 1 << 18 };

static parcheck_schema *schema;

static parcheck_table table_of(const char *name, const char *data)
{
    const parcheck_table made = {"f", name, data, strlen(data)};

    return made;
}

static void load(void)
{
    const parcheck_table tables[] = {
        table_of("family.csv", "key,value\nversion,1\nvi,F\nen,F\n"),
        table_of("e.csv", "form,code,name,label,unit,kind,level,choices\n"
                          "1,1,a,Chỉ tiêu a,Cái,count,,\n"
                          "1,2,b,Chỉ tiêu b,Cái,count,,\n"),
        table_of("rules.csv", "id,check,severity,vi,en,basis\n"
                              "less,a <= b,error,Không hơn,No more,x\n")};

    ck_assert_int_eq(
        parcheck_schema_load_tables(&schema, tables, 3, NULL, NULL),
        PARCHECK_OK);
}

static void unload(void)
{
    parcheck_schema_free(schema);
}

/* ---- texts --------------------------------------------------------------- */

typedef struct text {
    char *data;
    size_t length;
    size_t room;
} text;

static void add_bytes(text *t, const char *bytes, size_t length)
{
    if (t->length + length + 1 > t->room) {
        t->room = (t->length + length + 1) * 2;
        t->data = realloc(t->data, t->room);
        ck_assert_ptr_nonnull(t->data);
    }
    memcpy(t->data + t->length, bytes, length);
    t->length += length;
    t->data[t->length] = '\0';
}

static void add(text *t, const char *more)
{
    add_bytes(t, more, strlen(more));
}

static void clear(text *t)
{
    free(t->data);
    memset(t, 0, sizeof *t);
}

/* The number of a line, from 1 on, from its beginning. */
static size_t line_of(const char *data, const char *place)
{
    size_t line = 1;

    for (; data < place; data++)
        line += *data == '\n' || (*data == '\r' && data[1] != '\n');
    return line;
}

/* ---- runs ---------------------------------------------------------------- */

static int tell(void *context, const parcheck_finding *f)
{
    char line[1024];

    (void)snprintf(line, sizeof line, "%zu %s %s: %s\n",
                   parcheck_finding_cell_count(f) > 0
                       ? parcheck_cell_line(parcheck_finding_cell(f, 0))
                       : 0,
                   parcheck_finding_code(f),
                   parcheck_finding_unit(f) != NULL ? parcheck_finding_unit(f)
                                                    : "-",
                   parcheck_finding_message(f, PARCHECK_ENGLISH));
    add(context, line);
    return 0;
}

typedef struct setup {
    size_t jobs;
    bool unsorted;
    size_t step; /* bytes fed at once; 0: all */
    size_t field_bytes;
    size_t held_bytes;
    const char *edition;
} setup;

static void set_options(parcheck_stream_options *options, const setup *how,
                        text *told)
{
    parcheck_stream_options_init(options, sizeof *options);
    options->finding = tell;
    options->finding_context = told;
    options->jobs = how->jobs > 0 ? how->jobs : 1;
    options->unsorted = how->unsorted;
    options->edition = how->edition;
    if (how->held_bytes > 0)
        options->max_held_bytes = how->held_bytes;
    if (how->field_bytes > 0)
        options->max_field_bytes = how->field_bytes;
}

/* What is told, and behind it how many submissions and rows there are. */
static text run(const char *data, size_t length, const setup *how)
{
    parcheck_stream_options options;
    parcheck_stream *s;
    size_t step = how->step > 0 ? how->step : length;
    char counts[64];
    text told = {NULL, 0, 0};

    add(&told, "");
    set_options(&options, how, &told);
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    for (size_t at = 0; at < length; at += step)
        ck_assert_int_eq(
            parcheck_stream_feed(s, data + at,
                                 length - at < step ? length - at : step, NULL),
            PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    (void)snprintf(counts, sizeof counts, "%zu submissions, %zu rows\n",
                   parcheck_stream_submission_count(s),
                   parcheck_stream_row_count(s));
    add(&told, counts);
    parcheck_stream_free(s);
    return told;
}

/* Sorted and not, by one thread and two, in pieces and at once. */
static const setup setups[] = {{.jobs = 1},
                               {.jobs = 2},
                               {.jobs = 1, .unsorted = true},
                               {.jobs = 2, .unsorted = true},
                               {.jobs = 2, .step = 1000}};
enum { SETUPS = sizeof setups / sizeof *setups };

static void expect(const char *data, const char *expected)
{
    for (size_t i = 0; i < SETUPS; i++) {
        text told = run(data, strlen(data), &setups[i]);

        ck_assert_str_eq(told.data, expected);
        clear(&told);
    }
}

#define HEADING "unit,parent,period,form,code,value\n"
#define UNIT(name) name ",P,2023,1,1,1\n" name ",P,2023,1,2,1\n"

/* Submissions in which nothing is wrong, up to a length. */
static void add_units(text *t, size_t length)
{
    char rows[128];

    for (size_t i = 0; t->length < length; i++) {
        (void)snprintf(rows, sizeof rows,
                       "U%zu,P,2023,1,1,1\nU%zu,P,2023,1,2,1\n", i, i);
        add(t, rows);
    }
}

/* ---- rows that cannot be read -------------------------------------------- */

static const struct front {
    const char *heading;
    const char *rows;
    const char *told; /* of each row */
    size_t behind;    /* how many there are */
} fronts[] = {
    {HEADING, "A,P,2023,1,1,\"100\"x\n", "csv.broken-record", 1},
    {HEADING, "A,P,2023,1,1,\"100\"x\n\"\"A\nA,P,2023,1,1,\"1\"0\"\n",
     "csv.broken-record", 3},
    {HEADING, "\n\r\n\nA,P,2023,1,1,\"100\"x\n", "csv.broken-record", 1},
    {HEADING "\n \n", "A,P,2023,1,1,\"100\"x\n", "csv.broken-record", 1},
    {"Report\n\n,,\n" HEADING, "A,P,2023,1,1,\"100\"x\n", "csv.broken-record",
     1},
    {"unit,parent,\"Kỳ\nbáo cáo\",form,code,value\n", "A,P,2023,1,1,\"100\"x\n",
     "csv.broken-record", 1},
    {"sep=,\n" HEADING, "A,P,2023,1,1,\"100\"x\n", "csv.broken-record", 1},
    {"\xEF\xBB\xBF" HEADING, "A,P,2023,1,1,\"100\"x\n", "csv.broken-record", 1},
    {HEADING, "A,P,2023,1,1,12345678901234567890123456789012345678901\n",
     "limit.field-bytes", 1}};

/* Each row is told of by its line. */
static void check_front(const char *data, const struct front *f,
                        const setup *how)
{
    text told = run(data, strlen(data), how);
    const char *at = strstr(data, f->rows);
    char begin[64];
    size_t count = 0;

    for (; count < f->behind; at = strchr(at, '\n') + 1) {
        if (at[0] == '\n' || at[0] == '\r')
            continue;
        (void)snprintf(begin, sizeof begin, "%zu %s A:", line_of(data, at),
                       f->told);
        ck_assert_msg(strstr(told.data, begin) != NULL, "%s not in %s", begin,
                      told.data);
        count++;
    }
    clear(&told);
}

START_TEST(test_unread_behind_the_heading)
{
    const struct front *f = &fronts[_i];
    text t = {NULL, 0, 0};

    add(&t, f->heading);
    add(&t, f->rows);
    add(&t, "A,P,2023,1,2,1\n" UNIT("B"));
    for (size_t i = 0; i < SETUPS; i++) {
        setup how = setups[i];

        how.field_bytes = 40;
        check_front(t.data, f, &how);
    }
    add_units(&t, 3 * WINDOW);
    for (size_t i = 0; i < SETUPS; i++) {
        setup how = setups[i];

        how.field_bytes = 40;
        check_front(t.data, f, &how);
    }
    clear(&t);
}
END_TEST

START_TEST(test_unread_behind_the_heading_in_full)
{
    expect(HEADING "A,B,2023,1,1,\"100\"x\nA,B,2023,1,2,1\n" UNIT("B"),
           "2 csv.broken-record A: a quote stands where none may stand; the "
           "line was left out\n"
           "3 row.missing A: form 1 lacks 1 of its rows: 1\n"
           "2 submissions, 3 rows\n");
}
END_TEST

/* The ends of lines of old. */
START_TEST(test_unread_behind_a_return)
{
    expect("unit,parent,period,form,code,value\rA,B,2023,1,1,\"100\"x\r"
           "A,B,2023,1,2,abc\rA,B,2023,1,1,1\r",
           "2 csv.broken-record A: a quote stands where none may stand; the "
           "line was left out\n"
           "3 cell.not-a-number A: “abc” is not a number\n"
           "1 submissions, 2 rows\n");
}
END_TEST

/* A heading of which nothing is left but a line that cannot be read. */
START_TEST(test_unread_heading)
{
    static const char data[] = "unit,\"parent\"x,period,form,code,value\n" UNIT(
        "A");
    text told = run(data, sizeof data - 1, &setups[0]);

    ck_assert_ptr_nonnull(strstr(told.data, "1 csv.broken-record -:"));
    ck_assert_ptr_nonnull(strstr(told.data, "file.no-heading"));
    clear(&told);
}
END_TEST

/* What cannot be read above the heading is told of, too, and only once. */
START_TEST(test_unread_above_the_heading)
{
    expect("\"Report\" 1\nx\n" HEADING UNIT("A"),
           "1 csv.broken-record -: a quote stands where none may stand; the "
           "line was left out\n"
           "1 submissions, 2 rows\n");
}
END_TEST

/* ---- encodings ----------------------------------------------------------- */

/* Rows in which character `c` begins `before` bytes in front of the end of
 * the window, and some behind it. */
static text rows_across(const char *c, size_t before)
{
    text t = {NULL, 0, 0};

    add(&t, HEADING UNIT("Xã Bình Định"));
    add_units(&t, WINDOW - 300);
    while (t.length < WINDOW - before)
        add(&t, "Y");
    add(&t, c);
    add(&t, ",P,2023,1,1,1\n" UNIT("Xã Bình Định 2"));
    return t;
}

static const char *const characters[] = {"é", "ế", "😀"};

START_TEST(test_end_within_a_character)
{
    const char *c = characters[_i];

    for (size_t before = 0; before <= strlen(c); before++) {
        text t = rows_across(c, before);

        for (size_t i = 0; i < SETUPS; i++) {
            text told = run(t.data, t.length, &setups[i]);

            ck_assert_msg(strstr(told.data, "file.") == NULL, "%s", told.data);
            ck_assert_ptr_nonnull(strstr(told.data, c));
            ck_assert_ptr_nonnull(strstr(told.data, "1 of its rows: 2\n"));
            clear(&told);
        }
        clear(&t);
    }
}
END_TEST

/* A line that is longer than the window has no end in it. */
START_TEST(test_end_within_a_character_of_one_line)
{
    const char *c = characters[_i];

    for (size_t before = 0; before <= strlen(c); before++) {
        text t = {NULL, 0, 0};
        text told;

        while (t.length < WINDOW - 300)
            add(&t, "Xã Bình Định ");
        while (t.length < WINDOW - before)
            add(&t, "x");
        add(&t, c);
        add(&t, "x,y\n" HEADING UNIT("A"));
        told = run(t.data, t.length, &setups[0]);
        ck_assert_msg(strstr(told.data, "file.encoding") == NULL, "%s",
                      told.data);
        clear(&told);
        clear(&t);
    }
}
END_TEST

/* The text in UTF-16; it has no characters beyond the first plane but those
 * of four bytes. */
static text in_utf_16(const text *t, bool big, bool mark)
{
    text out = {NULL, 0, 0};
    const unsigned char *at = (const unsigned char *)t->data;

    if (mark)
        add_bytes(&out, big ? "\xFE\xFF" : "\xFF\xFE", 2);
    while (*at != 0) {
        unsigned point = *at++;
        unsigned units[2] = {point, 0};
        int more = point < 0x80 ? 0 : point < 0xE0 ? 1 : point < 0xF0 ? 2 : 3;

        if (more > 0)
            point &= 0x3FU >> more;
        for (; more > 0; more--)
            point = point << 6 | (*at++ & 0x3FU);
        units[0] = point;
        if (point > 0xFFFF) {
            units[0] = 0xD800 + ((point - 0x10000) >> 10);
            units[1] = 0xDC00 + ((point - 0x10000) & 0x3FF);
        }
        for (int i = 0; i < 2 && (i == 0 || units[i] != 0); i++) {
            const char bytes[2] = {(char)(units[i] >> (big ? 8 : 0) & 0xFF),
                                   (char)(units[i] >> (big ? 0 : 8) & 0xFF)};

            add_bytes(&out, bytes, 2);
        }
    }
    return out;
}

/* The same for UTF-16, with the end anywhere in and around a character of two
 * units. */
START_TEST(test_end_within_a_character_of_utf_16)
{
    bool big = _i % 2 == 1;
    bool mark = _i / 2 == 1;

    for (size_t before = 0; before < 6; before++) {
        text t = {NULL, 0, 0};
        text wide;
        text told;

        add(&t, HEADING);
        add_units(&t, WINDOW / 2 - 300);
        while (t.length < WINDOW / 2 - before)
            add(&t, "Y");
        add(&t, "😀,P,2023,1,1,1\n" UNIT("Xã Bình Định"));
        wide = in_utf_16(&t, big, mark);
        told = run(wide.data, wide.length, &setups[0]);
        ck_assert_msg(strstr(told.data, "file.") == NULL, "%s", told.data);
        ck_assert_ptr_nonnull(strstr(told.data, "😀"));
        ck_assert_ptr_nonnull(strstr(told.data, "1 of its rows: 2\n"));
        clear(&told);
        clear(&wide);
        clear(&t);
    }
}
END_TEST

/* A line that comes in many pieces, which may be cut within a unit, is decoded
 * as a whole. */
START_TEST(test_long_line_in_pieces)
{
    bool big = _i % 2 == 1;
    size_t step = _i / 2 == 0 ? 997 : 4096;
    const setup how = {.jobs = 1, .step = step};
    text t = {NULL, 0, 0};
    text wide;
    text told;

    add(&t, HEADING);
    add_units(&t, WINDOW);
    add(&t, "😀");
    for (size_t i = 0; i < 20000; i++)
        add(&t, "ế");
    add(&t, ",P,2023,1,1,1\n" UNIT("Xã Bình Định"));
    wide = in_utf_16(&t, big, true);
    told = run(wide.data, wide.length, &how);
    ck_assert_ptr_null(strstr(told.data, "file."));
    ck_assert_ptr_nonnull(strstr(told.data, "row.missing 😀ế"));
    ck_assert_ptr_null(strstr(told.data, "\xEF\xBF\xBD"));
    clear(&told);
    clear(&wide);
    clear(&t);
}
END_TEST

/* The ends of lines of old, and those of two characters, in UTF-16. */
START_TEST(test_line_ends_of_utf_16)
{
    const bool both = _i / 2 == 1;
    text t = {NULL, 0, 0};
    text ends = {NULL, 0, 0};

    add(&t, HEADING "A,P,2023,1,1,\"1\"x\n");
    add_units(&t, WINDOW);
    add(&t, "Z,P,2023,1,1,y\nZ,P,2023,1,2,1\n");
    for (const char *at = t.data; *at != '\0'; at++) {
        if (*at == '\n')
            add(&ends, both ? "\r\n" : "\r");
        else
            add_bytes(&ends, at, 1);
    }
    for (size_t step = 1021; step < 1025; step++) {
        const setup how = {.jobs = 1, .step = step};
        text wide = in_utf_16(&ends, _i % 2 == 1, true);
        text told = run(wide.data, wide.length, &how);
        char last[64];

        (void)snprintf(last, sizeof last, "\n%zu cell.not-a-number Z:",
                       line_of(ends.data, strstr(ends.data, "Z,")));
        ck_assert_ptr_eq(strstr(told.data, "2 csv.broken-record"), told.data);
        ck_assert_msg(strstr(told.data, last) != NULL, "%s", told.data);
        clear(&told);
        clear(&wide);
    }
    clear(&ends);
    clear(&t);
}
END_TEST

/* ---- inputs without data ------------------------------------------------- */

/* A heading, any number of a text, and an end. */
static text repeated(const char *begin, const char *again, size_t times,
                     const char *end)
{
    text t = {NULL, 0, 0};

    add(&t, begin);
    for (size_t i = 0; i < times; i++)
        add(&t, again);
    add(&t, end);
    return t;
}

#define EMPTY "1 file.empty -: the file holds no data\n0 submissions, 0 rows\n"

/* NULL for `told`: there is something to tell, but that it is empty. */
static const struct empty {
    const char *begin;
    const char *again;
    size_t times;
    const char *end;
    const char *told;
} empties[] = {
    {HEADING, "", 0, "", EMPTY},
    {HEADING, "\n", 10, " \n", EMPTY},
    {HEADING, "\n", 2 * WINDOW, "", EMPTY},
    {HEADING, "\n", 2 * WINDOW, " ", EMPTY},
    {HEADING, HEADING, WINDOW / 16, "", EMPTY},
    {HEADING, "\n", 2 * WINDOW, UNIT("A"), "1 submissions, 2 rows\n"},
    /* The first row is longer than the window. */
    {HEADING "A,P,2023,1,1,1,", "x", WINDOW + 9, "\nA,P,2023,1,2,1\n", NULL},
    {HEADING "A,P,2023,1,1,", "x", WINDOW + 9, "\n", NULL},
    {HEADING "A,P,2023,1,1,\"", "x\n", WINDOW, "\"\n", NULL},
    {HEADING "A,P,2023,1,1,\"", "x\n", WINDOW, "\n", NULL},
    /* Or cannot be read. */
    {HEADING "A,P,2023,1,1,\"1\n", "", 0, "", NULL},
    {HEADING "A,P,2023,1,1,\"1\"x\n", "", 0, "", NULL},
    /* A heading that cannot be read, or is not seen. */
    {"unit,parent,\"period\"x,form,code,value\n", "", 0, "", NULL},
    {"", "x", WINDOW + 1, "\n" HEADING UNIT("A"), NULL},
    {"", "\n", WINDOW + 1, HEADING UNIT("A"), NULL}};

START_TEST(test_empty)
{
    const struct empty *e = &empties[_i];
    text t = repeated(e->begin, e->again, e->times, e->end);

    for (size_t i = 0; i < SETUPS; i++) {
        text told = run(t.data, t.length, &setups[i]);

        if (e->told != NULL) {
            ck_assert_str_eq(told.data, e->told);
        } else {
            ck_assert_msg(strstr(told.data, "file.empty") == NULL, "%s",
                          told.data);
            ck_assert_uint_gt(line_of(told.data, told.data + told.length), 2);
        }
        clear(&told);
    }
    clear(&t);
}
END_TEST

/* The line that comes nearest to a heading, and what it lacks. */
static const struct lacking {
    const char *data;
    const char *told; /* the beginning of the first line, and its end */
    const char *lacks;
} lackings[] = {{"Report\nBiểu mẫu 2\n\nĐơn vị,Mã số,Giá trị\nA,1,1\n",
                 "4 file.no-heading",
                 "value; this line lacks Kỳ báo cáo (period), Biểu (form)\n"},
                {"unit,period,label\nA,2023,x\n", "1 file.no-heading",
                 "value; this line lacks Biểu (form), Giá trị (value)\n"},
                {"unit,period,form,code\nA,2023,1,1\n", "1 file.no-heading",
                 "value; this line lacks Giá trị (value)\n"},
                {"unit,x\nA,1\n", "1 file.no-heading", "form,code,value\n"},
                {"x\ny\n", "1 file.no-heading", "form,code,value\n"}};

START_TEST(test_lacking_columns)
{
    const struct lacking *k = &lackings[_i];
    text told = run(k->data, strlen(k->data), &setups[0]);

    ck_assert_msg(strncmp(told.data, k->told, strlen(k->told)) == 0, "%s",
                  told.data);
    ck_assert_msg(strstr(told.data, k->lacks) != NULL, "%s", told.data);
    clear(&told);
}
END_TEST

/* ---- order --------------------------------------------------------------- */

/* The heading again, as at the top of each page, is no submission that comes
 * again: rows need not wait for the end. */
START_TEST(test_heading_again)
{
    static const char data[] = HEADING UNIT("A") HEADING UNIT("B")
        HEADING UNIT("C");
    static const char mixed[] = HEADING UNIT("A") UNIT("B") UNIT("A");
    const setup how = {.jobs = 1, .held_bytes = 1};
    text told = run(data, sizeof data - 1, &how);

    ck_assert_str_eq(told.data, "3 submissions, 6 rows\n");
    clear(&told);
    told = run(mixed, sizeof mixed - 1, &how);
    ck_assert_ptr_nonnull(strstr(told.data, "limit.held-bytes"));
    clear(&told);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("opening");
    TCase *all = tcase_create("opening");

    tcase_add_checked_fixture(all, load, unload);
    tcase_add_loop_test(all, test_unread_behind_the_heading, 0,
                        (int)(sizeof fronts / sizeof *fronts));
    tcase_add_test(all, test_unread_behind_the_heading_in_full);
    tcase_add_test(all, test_unread_behind_a_return);
    tcase_add_test(all, test_unread_heading);
    tcase_add_test(all, test_unread_above_the_heading);
    tcase_add_loop_test(all, test_end_within_a_character, 0, 3);
    tcase_add_loop_test(all, test_end_within_a_character_of_one_line, 0, 3);
    tcase_add_loop_test(all, test_end_within_a_character_of_utf_16, 0, 4);
    tcase_add_loop_test(all, test_empty, 0,
                        (int)(sizeof empties / sizeof *empties));
    tcase_add_loop_test(all, test_lacking_columns, 0,
                        (int)(sizeof lackings / sizeof *lackings));
    tcase_add_loop_test(all, test_long_line_in_pieces, 0, 4);
    tcase_add_loop_test(all, test_line_ends_of_utf_16, 0, 4);
    tcase_add_test(all, test_heading_again);
    tcase_set_timeout(all, 120);
    suite_add_tcase(suite, all);
    return pc_run_suite(suite);
}
