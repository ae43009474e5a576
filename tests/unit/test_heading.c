/* The words by which offices head their columns and title their forms. */
#include "submission/heading.h"

#include <string.h>

#include "base/memory.h"
#include "runner.h"
#include "text/charset.h"

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
    {"6 tháng đầu năm 2022", "2022-H1"},
    {"6 tháng năm 2022", "2022-H1"},
    {"6 tháng cuối năm 2022", "2022-H2"},
    {"9 tháng đầu năm 2023", "2023-9M"},
    {"9 tháng 2023", "2023-9M"},
    {"06 tháng đầu năm 2023", "2023-H1"},
    {"6T/2023", "2023-H1"},
    {"6T đầu năm 2023", "2023-H1"},
    {"06T cuối năm 2023", "2023-H2"},
    {"09 tháng năm 2023", "2023-9M"},
    {"9T/2023", "2023-9M"},
    {"12 tháng năm 2023", "2023"},
    {"Cả năm 2023", "2023"},
    {"QIV/2023", "2023-Q4"},
    {"Cả năm, quý I/2023", NULL},
    {"Quý I, 12 tháng 2023", NULL},
    {"Cả 2023", NULL},
    {"T6/2023", NULL},
    {"QV/2023", NULL},
    {"3 tháng 2023", NULL},
    {"6 2023", NULL},
    {"2023-9M", "2023-9M"},
    {"9 tháng cuối năm 2023", NULL},
    {"6 tháng đầu năm", NULL},
    {"6 tháng 9 tháng 2023", NULL},
    {"6/2023", NULL},
    {"Tháng 6/2023", NULL},
    {"9 2023", NULL},
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

/* `nearer`: of two, the one that is the period before a third, if any. */
static const struct {
    const char *period;
    const char *a;
    const char *b;
    int nearer; /* 1 for a, -1 for b, 0 for neither */
} nearer[] = {
    {"2023-Q2", "2023-Q1", "2022-Q4", 1},
    {"2023-Q4", "2023-Q1", "2023-Q3", -1},
    {"2023-H1", "2023-Q1", "2022-H2", 1},
    {"2023-9M", "2023-H1", "2023-Q1", 1},
    {"2023", "2023-9M", "2023-H1", 1},
    {"2023", "2023-H1", "2022", 1},
    {"2023", "2023-Q3", "2023-9M", -1},
    /* of two that end together the one of the same length, else the longer */
    {"2023-Q3", "2023-H1", "2023-Q2", -1},
    {"2023-H2", "2023-H1", "2023-Q2", 1},
    {"2023-9M", "2023-Q2", "2023-H1", -1},
    /* what ends no earlier, or in another year, comes not at all */
    {"2023-Q1", "2022-Q4", "2022", 0},
    {"2023-H1", "2023-Q2", "2023-H1", 0},
    {"2023-Q3", "2023-9M", "2023", 0},
    {"2023", "2022", "2023-Q4", 0},
};

static pc_period period_of(const char *text)
{
    pc_period period;

    ck_assert(pc_heading_period(text, &period, &scratch));
    return period;
}

START_TEST(one_period_comes_nearer)
{
    const pc_period period = period_of(nearer[_i].period);
    const pc_period a = period_of(nearer[_i].a);
    const pc_period b = period_of(nearer[_i].b);
    unsigned of_a = pc_period_nearness(&a, &period);
    unsigned of_b = pc_period_nearness(&b, &period);

    ck_assert_int_eq((of_a > of_b) - (of_a < of_b), nearer[_i].nearer);
    if (nearer[_i].nearer == 0)
        ck_assert_uint_eq(of_a, 0);
}
END_TEST

/* A text that is no period known has no place in any year. */
START_TEST(no_period_comes_near)
{
    const pc_period text = pc_period_read("vụ đông", &scratch);
    const pc_period quarter = period_of("2023-Q2");

    ck_assert_uint_eq(pc_period_nearness(&text, &quarter), 0);
    ck_assert_uint_eq(pc_period_nearness(&text, &text), 0);
    ck_assert(!pc_period_is_year_after(&text, &text));
    ck_assert(!pc_period_adjoins(&text, &text));
}
END_TEST

/* Another text is a period of its own, however long it is: the same one again
 * if it is read again. */
START_TEST(another_text_is_a_period)
{
    static const char *const texts[] = {
        "vụ đông",
        "Tháng 3 năm 2023 (số liệu sơ bộ)",
        "Tháng 4 năm 2023 (số liệu sơ bộ)",
        /* 79 bytes, and 80 */
        "1234567890123456789012345678901234567890123456789012345678901234567890"
        "123456789",
        "1234567890123456789012345678901234567890123456789012345678901234567890"
        "1234567890",
        /* they differ at the end */
        "Báo cáo kết quả công tác cải cách hành chính định kỳ theo Công văn "
        "số 1, tháng 3",
        "Báo cáo kết quả công tác cải cách hành chính định kỳ theo Công văn "
        "số 1, tháng 4",
    };
    enum { TEXTS = sizeof texts / sizeof *texts };
    pc_period read[TEXTS];

    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = read[i].text;
        pc_period again;

        read[i] = pc_period_read(texts[i], &scratch);
        ck_assert_uint_eq(read[i].year, 0);
        ck_assert_uint_eq(read[i].part, 0);
        if (strlen(texts[i]) < sizeof read[i].text)
            ck_assert_str_eq(text, texts[i]);
        ck_assert_uint_eq(pc_utf_8_front(text, strlen(text)), strlen(text));
        again = pc_period_read(text, &scratch);
        ck_assert_str_eq(again.text, text);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(read[j].text, text);
    }
    ck_assert_str_eq(read[TEXTS - 1].text, "Báo cáo kết quả công tác cải các… "
                                           "038e11b6b5f8a2d41b33880eeef8ff9e");
    ck_assert_str_eq(pc_period_read("", &scratch).text, "");
}
END_TEST

static const struct {
    const char *before;
    const char *after;
    bool year_after;
    bool adjoins;
} pairs[] = {
    {"2015", "2016", true, false},        {"2015", "2017", false, false},
    {"2016", "2015", false, false},       {"2015", "2015", false, false},
    {"2022-Q3", "2023-Q3", true, false},  {"2022-Q3", "2023-Q2", false, false},
    {"2022-9M", "2023-9M", true, false},  {"2022", "2023-Q1", false, false},
    {"2023-Q1", "2023-Q2", false, true},  {"2023-Q1", "2023-Q3", false, false},
    {"2022-Q4", "2023-Q1", false, false}, {"2023-H1", "2023-H2", false, true},
    {"2023-Q1", "2023-H1", false, false}, {"2023-Q2", "2023-H2", false, false},
    {"2023-H1", "2023-Q3", false, false},
};

START_TEST(periods_follow_each_other)
{
    const pc_period before = period_of(pairs[_i].before);
    const pc_period after = period_of(pairs[_i].after);

    ck_assert_int_eq(pc_period_is_year_after(&before, &after),
                     pairs[_i].year_after);
    ck_assert_int_eq(pc_period_adjoins(&before, &after), pairs[_i].adjoins);
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
    tcase_add_loop_test(tests, one_period_comes_nearer, 0,
                        sizeof nearer / sizeof *nearer);
    tcase_add_test(tests, no_period_comes_near);
    tcase_add_test(tests, another_text_is_a_period);
    tcase_add_loop_test(tests, periods_follow_each_other, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, titles_name_a_form, 0,
                        sizeof titles / sizeof *titles);
    tcase_add_test(tests, roman_numbers);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
