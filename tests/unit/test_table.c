/* Schema tables: a heading that names the columns, then rows. */
#include "schema/table.h"

#include <stdio.h>
#include <string.h>

#include "runner.h"

static const char *const columns[] = {"one", "two", "three"};
enum { ONE, TWO, THREE, COLUMNS };

static parcheck_allocator allocator;
static pc_arena arena;
static pc_table table;

static void setup(void)
{
    allocator = pc_allocator(NULL);
    pc_arena_init(&arena, &allocator);
}

static void teardown(void)
{
    pc_arena_free(&arena);
}

static parcheck_status open_text(const char *text, parcheck_error *error)
{
    return pc_table_open(&table, "f/x.csv", text, strlen(text), columns,
                         COLUMNS, &arena, error);
}

/* The values of all rows, "one|two|three" each. */
static void expect_rows(const char *text, const char *const *rows, size_t count)
{
    bool more = true;
    char found[256];

    ck_assert_int_eq(open_text(text, NULL), PARCHECK_OK);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(pc_table_next(&table, &more), PARCHECK_OK);
        ck_assert(more);
        (void)snprintf(found, sizeof found, "%s|%s|%s", table.values[ONE],
                       table.values[TWO], table.values[THREE]);
        ck_assert_str_eq(found, rows[i]);
    }
    ck_assert_int_eq(pc_table_next(&table, &more), PARCHECK_OK);
    ck_assert(!more);
    pc_table_close(&table);
}

START_TEST(rows_come_in_the_order_asked_for)
{
    static const char *const rows[] = {"1|2|3", "a|b|c"};

    expect_rows("one,two,three\n1,2,3\na,b,c\n", rows, 2);
    expect_rows("three,one,two\n3,1,2\nc,a,b\n", rows, 2);
    expect_rows("three,one,two\r\n\r\n3, 1 ,\"2\"\r\nc,a,b", rows, 2);
    expect_rows("\xEF\xBB\xBFone,two,three\n1,2,3\na,b,c\n", rows, 2);
}
END_TEST

START_TEST(fields_may_be_quoted_and_empty)
{
    static const char *const rows[] = {"a,b|\"q\"|x\ny", "||"};

    expect_rows("one,two,three\n\"a,b\",\"\"\"q\"\"\",\"x\ny\"\n,,\n", rows, 2);
    expect_rows("one,two,three\n", rows, 0);
    expect_rows("one,two,three", rows, 0);
}
END_TEST

START_TEST(a_place_is_that_of_the_file)
{
    bool more;
    pc_place place;

    ck_assert_int_eq(open_text("three,one,two\n\n3,\"1\n1\",2\n3,1,2\n", NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(pc_table_next(&table, &more), PARCHECK_OK);
    place = pc_table_place(&table, ONE);
    ck_assert_str_eq(place.source, "f/x.csv");
    ck_assert_uint_eq(place.line, 3);
    ck_assert_uint_eq(place.column, 2);
    ck_assert_int_eq(pc_table_next(&table, &more), PARCHECK_OK);
    place = pc_table_place(&table, THREE);
    ck_assert_uint_eq(place.line, 5);
    ck_assert_uint_eq(place.column, 1);
    pc_table_close(&table);
}
END_TEST

/* A table that cannot be opened. */
static const struct {
    const char *text;
    size_t line;
    size_t column;
    const char *vi;
    const char *en;
} headings[] = {
    {"", 1, 0, "bảng không có dòng tiêu đề", "the table has no heading"},
    {"\n \n", 1, 0, "bảng không có dòng tiêu đề", "the table has no heading"},
    {"one,two\n", 1, 0, "thiếu cột “three”", "column “three” is missing"},
    {"two,three\n1,2\n", 1, 0, "thiếu cột “one”", "column “one” is missing"},
    {"one,two,three,four\n", 1, 4,
     "không có cột tên “four” trong loại bảng này",
     "this kind of table has no column “four”"},
    {"one,two,Three\n", 1, 3, "không có cột tên “Three” trong loại bảng này",
     "this kind of table has no column “Three”"},
    {"one,two,three,\n", 1, 4, "không có cột tên “” trong loại bảng này",
     "this kind of table has no column “”"},
    {"\none,two,two,three\n", 2, 3, "cột “two” có hai lần",
     "column “two” stands twice"},
    {"one;two;three\n", 1, 1,
     "không có cột tên “one;two;three” trong loại bảng này",
     "this kind of table has no column “one;two;three”"},
    {"one,\"two,three\n", 1, 0, "dấu ngoặc kép không được đóng",
     "a quote is never closed"},
    {"one,t\"wo,three\n", 1, 0, "dấu ngoặc kép đặt sai chỗ",
     "a quote stands where none may stand"},
    {"one,two,three\n1,\xFF,3\n", 2, 0, "bảng không phải là văn bản UTF-8",
     "the table is not UTF-8 text"},
};

START_TEST(headings_that_are_wrong)
{
    parcheck_error error;

    memset(&error, 0x5A, sizeof error);
    ck_assert_int_eq(open_text(headings[_i].text, &error), PARCHECK_ESCHEMA);
    ck_assert_int_eq(error.status, PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.source, "f/x.csv");
    ck_assert_str_eq(error.vi, headings[_i].vi);
    ck_assert_str_eq(error.en, headings[_i].en);
    ck_assert_uint_eq(error.line, headings[_i].line);
    ck_assert_uint_eq(error.column, headings[_i].column);
}
END_TEST

/* The second row below the heading is wrong. */
static const struct {
    const char *rows;
    size_t line;
    const char *en;
} bodies[] = {
    {"1,2,3\n1,2\n", 3, "the heading has 3 columns but the row 2"},
    {"1,2,3\n\n1,2,3,4\n", 4, "the heading has 3 columns but the row 4"},
    {"\"1\n\",2,3\n1\n", 4, "the heading has 3 columns but the row 1"},
    {"1,2,3\n1,\"2,3\n", 3, "a quote is never closed"},
    {"1,2,3\n1,\"2\"x,3\n", 3, "a quote stands where none may stand"},
};

START_TEST(rows_that_are_wrong)
{
    char text[256] = "one,two,three\n";
    parcheck_error error;
    bool more;

    strcat(text, bodies[_i].rows);
    ck_assert_int_eq(open_text(text, &error), PARCHECK_OK);
    ck_assert_int_eq(pc_table_next(&table, &more), PARCHECK_OK);
    ck_assert_int_eq(pc_table_next(&table, &more), PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.source, "f/x.csv");
    ck_assert_str_eq(error.en, bodies[_i].en);
    ck_assert_uint_eq(error.line, bodies[_i].line);
    ck_assert_uint_eq(error.column, 0);
    ck_assert_uint_gt(strlen(error.vi), 0);
    pc_table_close(&table);
}
END_TEST

START_TEST(zero_bytes_are_no_text)
{
    static const char bytes[] = "one,two,three\n1,\0,3\n";
    parcheck_error error;

    ck_assert_int_eq(pc_table_open(&table, "f/x.csv", bytes, sizeof bytes - 1,
                                   columns, COLUMNS, &arena, &error),
                     PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.en, "the table is not UTF-8 text");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tests = tcase_create("table");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, rows_come_in_the_order_asked_for);
    tcase_add_test(tests, fields_may_be_quoted_and_empty);
    tcase_add_test(tests, a_place_is_that_of_the_file);
    tcase_add_loop_test(tests, headings_that_are_wrong, 0,
                        sizeof headings / sizeof *headings);
    tcase_add_loop_test(tests, rows_that_are_wrong, 0,
                        sizeof bodies / sizeof *bodies);
    tcase_add_test(tests, zero_bytes_are_no_text);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
