/* The words by which offices head their columns and title their forms. */
#include "submission/heading.h"

#include <string.h>

#include "base/memory.h"
#include "runner.h"

static pc_buffer scratch;

static void setup(void)
{
    parcheck_allocator allocator = pc_allocator(NULL);

    pc_buffer_init(&scratch, &allocator, 1 << 16);
}

static void teardown(void)
{
    pc_buffer_free(&scratch);
}

static const struct {
    const char *text;
    pc_column column;
    bool sure;
} columns[] = {
    {"form", PC_COLUMN_FORM, true},
    {"STT", PC_COLUMN_CODE, true},
    {"Số TT", PC_COLUMN_CODE, true},
    {"Chỉ tiêu thống kê", PC_COLUMN_LABEL, false},
    {"CHI TIEU", PC_COLUMN_LABEL, true},
    {"Đơn vị tính", PC_COLUMN_UNIT, true},
    {"Số liệu", PC_COLUMN_VALUE, true},
    {"Số liệu 6 tháng đầu năm", PC_COLUMN_VALUE, false},
    {"Ghi chú", PC_COLUMN_NOTE, true},
    {"period", PC_COLUMN_PERIOD, true},
    {"", PC_COLUMNS, false},
    {"Số", PC_COLUMNS, false},
    {"Số liệuX", PC_COLUMNS, false},
    {"Người lập biểu", PC_COLUMNS, false},
};

START_TEST(words_tell_a_column)
{
    bool sure;

    ck_assert_int_eq(pc_heading_column(columns[_i].text, &scratch, &sure),
                     columns[_i].column);
    ck_assert_int_eq(sure, columns[_i].sure);
}
END_TEST

/* NULL: no period. */
static const struct {
    const char *text;
    const char *period;
} periods[] = {
    {"2015", "2015"},
    {"y2015", "2015"},
    {"Năm 2015", "2015"},
    {"Quý I/2023", "2023-Q1"},
    {"Quý 4 năm 2023", "2023-Q4"},
    {"q2 2023", "2023-Q2"},
    {"2023-Q3", "2023-Q3"},
    {"2022-H1", "2022-H1"},
    {"Quý V/2023", NULL},
    {"Quý", NULL},
    {"1815", NULL},
    {"20155", NULL},
    {"2015 2016", NULL},
    {"Năm", NULL},
    {"Số liệu 2015", NULL},
    {"", NULL},
};

START_TEST(words_tell_a_period)
{
    pc_period period;
    bool found = pc_heading_period(periods[_i].text, &period, &scratch);

    ck_assert_int_eq(found, periods[_i].period != NULL);
    if (found)
        ck_assert_str_eq(period.text, periods[_i].period);
}
END_TEST

static const struct {
    const char *before;
    const char *after;
    bool follows;
} pairs[] = {
    {"2015", "2016", true},        {"2015", "2017", false},
    {"2016", "2015", false},       {"2015", "2015", false},
    {"2023-Q1", "2023-Q2", true},  {"2023-Q1", "2023-Q3", false},
    {"2022-Q4", "2023-Q1", false}, {"2023-Q4", "2023-H1", false},
    {"2023-H1", "2023-H2", true},  {"2023", "2023-Q1", false},
    {"2022", "2023-Q1", false},
};

START_TEST(periods_follow_each_other)
{
    pc_period before;
    pc_period after;

    ck_assert(pc_heading_period(pairs[_i].before, &before, &scratch));
    ck_assert(pc_heading_period(pairs[_i].after, &after, &scratch));
    ck_assert_int_eq(pc_period_follows(&before, &after), pairs[_i].follows);
}
END_TEST

static const struct {
    const char *text;
    bool roman;
    const char *form;
} titles[] = {
    {"Biểu mẫu 3", false, "3"},
    {"BIỂU MẪU SỐ 07", false, "7"},
    {"Biểu số 2: Cải cách thể chế", false, "2"},
    {"Phụ lục II", false, "2"},
    {"III. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", true, "3"},
    {"III. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", false, NULL},
    {"VII", true, "7"},
    {"IX Chín", true, "9"},
    {"Biểu mẫu", false, NULL},
    {"Số 3", false, NULL},
    {"(Kèm theo Báo cáo số 5)", true, NULL},
    {"", true, NULL},
};

START_TEST(titles_name_a_form)
{
    char form[8] = "";
    bool found = pc_heading_form(titles[_i].text, titles[_i].roman, form,
                                 &scratch);

    ck_assert_int_eq(found, titles[_i].form != NULL);
    if (found)
        ck_assert_str_eq(form, titles[_i].form);
}
END_TEST

START_TEST(roman_numbers)
{
    static const char *const numbers[] = {
        "",     "i",  "ii", "iii", "iv",  "v",    "vi",  "vii",
        "viii", "ix", "x",  "xi",  "xii", "xiii", "xiv", "xv"};

    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        ck_assert_uint_eq(pc_roman(numbers[i], strlen(numbers[i])), i);
    ck_assert_uint_eq(pc_roman("iiii", 4), 0);
    ck_assert_uint_eq(pc_roman("vx", 2), 0);
    ck_assert_uint_eq(pc_roman("ic", 2), 0);
    ck_assert_uint_eq(pc_roman("xxxix", 5), 39);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("heading");
    TCase *tests = tcase_create("heading");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, words_tell_a_column, 0,
                        sizeof columns / sizeof *columns);
    tcase_add_loop_test(tests, words_tell_a_period, 0,
                        sizeof periods / sizeof *periods);
    tcase_add_loop_test(tests, periods_follow_each_other, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, titles_name_a_form, 0,
                        sizeof titles / sizeof *titles);
    tcase_add_test(tests, roman_numbers);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
