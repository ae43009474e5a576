/* What the text of a cell says. */
#include "value/literal.h"

#include <string.h>

#include "runner.h"

static pc_literal read_text(const char *text)
{
    return pc_literal_read(text, strlen(text));
}

static void check_value(pc_decimal value, int64_t coefficient, unsigned scale)
{
    ck_assert_int_eq(value.coefficient, coefficient);
    ck_assert_uint_eq(value.scale, scale);
}

static const char *const blanks[] = {
    "",
    " ",
    " \t ",
    "-",
    "–",
    "—",
    "  - ",
    "Không báo",
    "không báo",
    "Chưa giao",
    "chưa giao",
    " Chưa giao ",
    "Không phát sinh",
    "không phát sinh",
};

START_TEST(blanks_and_their_words)
{
    ck_assert_int_eq(read_text(blanks[_i]).state, PC_LITERAL_BLANK);
}
END_TEST

typedef struct number_case {
    const char *text;
    int64_t coefficient;
    unsigned scale;
    char group_mark;
    char decimal_mark;
} number_case;

static const number_case numbers[] = {
    /* digits alone */
    {"0", 0, 0, 0, 0},
    {"7", 7, 0, 0, 0},
    {"07", 7, 0, 0, 0},
    {"000", 0, 0, 0, 0},
    {"131", 131, 0, 0, 0},
    {" 12\t", 12, 0, 0, 0},
    {"1234567", 1234567, 0, 0, 0},
    {"-5", -5, 0, 0, 0},
    {"-0", 0, 0, 0, 0},
    {"\xE2\x88\x92"
     "5",
     -5, 0, 0, 0},
    /* one mark that cannot group */
    {"16.3", 163, 1, 0, '.'},
    {"99,92", 9992, 2, 0, ','},
    {"1.23", 123, 2, 0, '.'},
    {"100,0", 1000, 1, 0, ','},
    {"0.123", 123, 3, 0, '.'},
    {"0,005", 5, 3, 0, ','},
    {"012.345", 12345, 3, 0, '.'},
    {"00,500", 500, 3, 0, ','},
    {"1.2345", 12345, 4, 0, '.'},
    {"1234.567", 1234567, 3, 0, '.'},
    {"1234,5", 12345, 1, 0, ','},
    {"-0.08", -8, 2, 0, '.'},
    {"-12,5", -125, 1, 0, ','},
    /* two or more marks that are the same: groups */
    {"1.234.567", 1234567, 0, '.', 0},
    {"12,345,678", 12345678, 0, ',', 0},
    {"-1.234.567", -1234567, 0, '.', 0},
    {"999.999.999.999.999.999", 999999999999999999, 0, '.', 0},
    /* two marks: groups and decimals */
    {"12.345,6", 123456, 1, '.', ','},
    {"12,345.6", 123456, 1, ',', '.'},
    {"1.234,567", 1234567, 3, '.', ','},
    {"1,234,567.89", 123456789, 2, ',', '.'},
    {"1.234.567,0", 12345670, 1, '.', ','},
    {"-1.234,5", -12345, 1, '.', ','},
    /* eighteen digits, and zeros in front that do not count */
    {"999999999999999999", 999999999999999999, 0, 0, 0},
    {"-999999999999999999", -999999999999999999, 0, 0, 0},
    {"123456789012.345678", 123456789012345678, 6, 0, '.'},
    {"0.123456789012345678", 123456789012345678, 18, 0, '.'},
    {"0,000000000000000001", 1, 18, 0, ','},
    {"0000000000000000000000000000001", 1, 0, 0, 0},
    {"00000000000000000000000000000,1", 1, 1, 0, ','},
};

static void check_number(const char *text, const number_case *expected,
                         bool percent_sign)
{
    pc_literal literal = read_text(text);

    ck_assert_int_eq(literal.state, PC_LITERAL_NUMBER);
    check_value(literal.value, expected->coefficient, expected->scale);
    ck_assert_int_eq(literal.group_mark, expected->group_mark);
    ck_assert_int_eq(literal.decimal_mark, expected->decimal_mark);
    ck_assert_int_eq(literal.percent_sign, percent_sign);
}

START_TEST(numbers_that_the_literal_decides)
{
    check_number(numbers[_i].text, &numbers[_i], false);
}
END_TEST

static void append_sign(char *to, const char *text, const char *sign)
{
    strcpy(to, text);
    strcat(to, sign);
}

START_TEST(a_percent_sign_may_follow)
{
    char text[80];

    append_sign(text, numbers[_i].text, "%");
    check_number(text, &numbers[_i], true);
    append_sign(text, numbers[_i].text, " % ");
    check_number(text, &numbers[_i], true);
}
END_TEST

/* The coefficient is the same either way, only the scale is not. */
static const struct {
    const char *text;
    int64_t coefficient;
    char mark;
    bool percent_sign;
} ambiguous[] = {
    {"2.531", 2531, '.', false},     {"6,011", 6011, ',', false},
    {"32.780", 32780, '.', false},   {"100.000", 100000, '.', false},
    {"1,000", 1000, ',', false},     {"-2.531", -2531, '.', false},
    {" 99.920 %", 99920, '.', true},
};

START_TEST(one_mark_before_three_digits_is_ambiguous)
{
    pc_literal literal = read_text(ambiguous[_i].text);

    ck_assert_int_eq(literal.state, PC_LITERAL_AMBIGUOUS);
    check_value(literal.value, ambiguous[_i].coefficient, 0);
    check_value(literal.other, ambiguous[_i].coefficient, 3);
    ck_assert_int_eq(literal.group_mark, ambiguous[_i].mark);
    ck_assert_int_eq(literal.decimal_mark, ambiguous[_i].mark);
    ck_assert_int_eq(literal.percent_sign, ambiguous[_i].percent_sign);
}
END_TEST

static const char *const too_long[] = {
    "1000000000000000000",
    "-1234567890123456789",
    "1.000.000.000.000.000.000",
    "1234567890123456.789",
    "123.456.789.012.345.678,9",
    "0.0000000000000000001",
    "1.0000000000000000000",
    "99999999999999999999999999999999999999999999999999999999999999999999",
};

START_TEST(more_than_eighteen_digits_are_too_long)
{
    ck_assert_int_eq(read_text(too_long[_i]).state, PC_LITERAL_TOO_LONG);
}
END_TEST

static const char *const not_numbers[] = {
    /* words and other characters */
    "a",
    "x5",
    "5x",
    "1 234",
    "12 %5",
    "không",
    "5 hồ sơ",
    "1e5",
    "0x10",
    "inf",
    "nan",
    "#REF!",
    "=1+2",
    "20+01",
    "72/104",
    "1:2",
    "(5)",
    "1'234",
    "\xD9\xA1",
    "\xEF\xBC\x95",
    /* a space that does not break */
    "1\xC2\xA0"
    "234",
    /* signs */
    "+5",
    "--5",
    "- 5",
    "5-",
    "%",
    "-%",
    "5%%",
    "%5",
    "+",
    "-.5",
    "\xE2\x88\x92",
    "-\xE2\x88\x92"
    "5",
    /* marks */
    ".",
    ",",
    "5.",
    ".5",
    ",5",
    "5,",
    "1..2",
    "1.,2",
    "1,2,3.4",
    "1,2,3",
    "1.2.3",
    "1.234.56",
    "1.23.456",
    "1234.567.890",
    "1.234.5678",
    "0.123.456",
    "1.234,567.8",
    "1,234.567,890",
    "1.234,567,890",
    "1,234,5.6",
    ".234.567",
    "1.234.",
    "12.34,5",
};

START_TEST(what_is_not_a_number)
{
    ck_assert_int_eq(read_text(not_numbers[_i]).state, PC_LITERAL_NOT_A_NUMBER);
}
END_TEST

START_TEST(only_the_given_length_is_read)
{
    pc_literal literal = pc_literal_read("12.345", 4);

    ck_assert_int_eq(literal.state, PC_LITERAL_NUMBER);
    check_value(literal.value, 123, 1);
    ck_assert_int_eq(pc_literal_read("5", 0).state, PC_LITERAL_BLANK);
    ck_assert_int_eq(pc_literal_read("5\0", 2).state, PC_LITERAL_NOT_A_NUMBER);
}
END_TEST

/* --- the style of a file ------------------------------------------------- */

static const struct {
    const char *groups;   /* marks that were seen to group */
    const char *decimals; /* marks that were seen before decimals */
    pc_style_answer dot;
    pc_style_answer comma;
} styles[] = {
    {"", "", PC_STYLE_OPEN, PC_STYLE_OPEN},
    {".", "", PC_STYLE_GROUPS, PC_STYLE_DECIMAL},
    {"", ",", PC_STYLE_GROUPS, PC_STYLE_DECIMAL},
    {".", ",", PC_STYLE_GROUPS, PC_STYLE_DECIMAL},
    {",", "", PC_STYLE_DECIMAL, PC_STYLE_GROUPS},
    {"", ".", PC_STYLE_DECIMAL, PC_STYLE_GROUPS},
    {",,,", "...", PC_STYLE_DECIMAL, PC_STYLE_GROUPS},
    {".", ".", PC_STYLE_OPEN, PC_STYLE_OPEN},
    {".,", "", PC_STYLE_OPEN, PC_STYLE_OPEN},
    {"", ".,", PC_STYLE_OPEN, PC_STYLE_OPEN},
    {"....", ".", PC_STYLE_OPEN, PC_STYLE_OPEN},
};

START_TEST(a_file_shows_its_style)
{
    pc_number_style style = {0};

    for (const char *at = styles[_i].groups; *at != '\0'; at++)
        pc_style_groups(&style, *at);
    for (const char *at = styles[_i].decimals; *at != '\0'; at++)
        pc_style_decimals(&style, *at);
    pc_style_groups(&style, 0);
    pc_style_decimals(&style, 0);
    ck_assert_int_eq(pc_style_ask(&style, '.'), styles[_i].dot);
    ck_assert_int_eq(pc_style_ask(&style, ','), styles[_i].comma);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("literal");
    TCase *tests = tcase_create("literal");

    tcase_add_loop_test(tests, blanks_and_their_words, 0,
                        sizeof blanks / sizeof *blanks);
    tcase_add_loop_test(tests, numbers_that_the_literal_decides, 0,
                        sizeof numbers / sizeof *numbers);
    tcase_add_loop_test(tests, a_percent_sign_may_follow, 0,
                        sizeof numbers / sizeof *numbers);
    tcase_add_loop_test(tests, one_mark_before_three_digits_is_ambiguous, 0,
                        sizeof ambiguous / sizeof *ambiguous);
    tcase_add_loop_test(tests, more_than_eighteen_digits_are_too_long, 0,
                        sizeof too_long / sizeof *too_long);
    tcase_add_loop_test(tests, what_is_not_a_number, 0,
                        sizeof not_numbers / sizeof *not_numbers);
    tcase_add_test(tests, only_the_given_length_is_read);
    tcase_add_loop_test(tests, a_file_shows_its_style, 0,
                        sizeof styles / sizeof *styles);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
