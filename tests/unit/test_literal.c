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
    "…",
    "...",
    "x",
    "X",
    "Không",
    "KHÔNG BÁO",
    "Không có",
    "chưa  có",
    /* a space that does not break, one of no width, a line break */
    "\xC2\xA0",
    "\xE2\x80\x8B-\n",
    "Không\302\240có", /* octal: a hexadecimal escape would go on */
    /* decomposed, and with the tone elsewhere */
    "Kho\xCC\x82ng ba\xCC\x81o",
    "Không baó",
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
    /* around it, spaces of any kind */
    {"\xC2\xA0\xE2\x80\xAF"
     "12\xE3\x80\x80",
     12, 0, 0, 0},
    {"\n12\r\n", 12, 0, 0, 0},
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
    "không rõ",
    "không?",
    "xx",
    "#x",
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

/* --- numbers with words and in other characters -------------------------- */

static const struct {
    const char *text;
    const char *unit;
    int64_t coefficient;
    unsigned scale;
    unsigned zeros;
    bool interpreted;
} phrases[] = {
    {"12", "", 12, 0, 0, false},
    {"07", "", 7, 0, 0, false},
    /* spaces between groups */
    {"1 234", "", 1234, 0, 0, false},
    {"12 345,6", "", 123456, 1, 0, false},
    {"12 345.678", "", 12345678, 3, 0, false},
    {"-1 234 567", "", -1234567, 0, 0, false},
    {"1 234 %", "%", 1234, 0, 0, false},
    {"1\xC2\xA0"
     "234",
     "", 1234, 0, 0, false},
    {"1\xE2\x80\x89"
     "234\xE2\x80\xAF"
     "567,8",
     "", 12345678, 1, 0, false},
    {"999 999 999 999 999 999", "", 999999999999999999, 0, 0, false},
    /* minus signs, digits and marks in other characters */
    {"\xE2\x88\x92"
     "5",
     "", -5, 0, 0, false},
    {"–5", "", -5, 0, 0, false},
    {"—1 234,5", "", -12345, 1, 0, false},
    {"\xE2\x80\x90"
     "5",
     "", -5, 0, 0, false},
    {"\xE2\x80\x91"
     "5",
     "", -5, 0, 0, false},
    {"－５", "", -5, 0, 0, false},
    {"１２．３４５，６", "", 123456, 1, 0, false},
    {"９９，５％", "%", 995, 1, 0, false},
    /* below zero in brackets */
    {"(12)", "", -12, 0, 0, true},
    {"(1.234,5)", "", -12345, 1, 0, true},
    {"(1 234)", "", -1234, 0, 0, true},
    {"（１２）", "", -12, 0, 0, true},
    /* thousands and so on */
    {"5,65 nghìn", "", 5650, 0, 1, true},
    {"5.65 ngàn", "", 5650, 0, 1, true},
    {"5 NGHÌN", "", 5000, 0, 3, true},
    {"5,6512 nghìn", "", 56512, 1, 0, true},
    {"1,5 triệu", "", 1500000, 0, 5, true},
    {"2 tỷ", "", 2000000000, 0, 9, true},
    {"2 ti\xCC\x89", "", 2000000000, 0, 9, true},
    {"-0,5 tỉ", "", -500000000, 0, 8, true},
    {"999999999 tỷ", "", 999999999000000000, 0, 9, true},
    {"5 nghìn hồ sơ", "Hồ sơ", 5000, 0, 3, true},
    {"5 nghìn", "Triệu đồng", 5000, 0, 3, true},
    {"5 nghìn triệu đồng", "Triệu đồng", 5000, 0, 3, true},
    {"1 234,5 nghìn", "", 1234500, 0, 2, true},
    /* a unit that is the indicator's */
    {"129 hồ sơ", "Hồ sơ", 129, 0, 0, true},
    {"129\xC2\xA0HỒ SƠ.", "Hồ sơ", 129, 0, 0, true},
    {"5 triệu đồng", "Triệu đồng", 5, 0, 0, true},
    {"1 234 cơ quan, đơn vị", "Cơ quan, đơn vị", 1234, 0, 0, true},
    /* remarks */
    {"3 (1)", "", 3, 0, 0, true},
    {"3\n(1)", "", 3, 0, 0, true},
    {"1 234,5 (theo Báo cáo số 12/BC-UBND) ", "", 12345, 1, 0, true},
    {"3\xC2\xA0（1）", "", 3, 0, 0, true},
    {"(12) (ước)", "", -12, 0, 0, true},
    {"50 % (ước)", "%", 50, 0, 0, true},
    {"129 hồ sơ (1)", "Hồ sơ", 129, 0, 0, true},
    /* about */
    {"≈ 5", "", 5, 0, 0, true},
    {"~5", "", 5, 0, 0, true},
    {"khoảng 1 234", "", 1234, 0, 0, true},
    {"Khoảng 5,65 nghìn hồ sơ (1)", "Hồ sơ", 5650, 0, 1, true},
    {"~-5", "", -5, 0, 0, true},
};

START_TEST(what_offices_write_for_a_number)
{
    const char *text = phrases[_i].text;
    pc_literal literal = pc_literal_interpret(text, strlen(text),
                                              phrases[_i].unit);

    ck_assert_msg(literal.state == PC_LITERAL_NUMBER, "%s", text);
    check_value(literal.value, phrases[_i].coefficient, phrases[_i].scale);
    ck_assert_uint_eq(literal.zeros, phrases[_i].zeros);
    ck_assert_int_eq(literal.interpreted, phrases[_i].interpreted);
}
END_TEST

START_TEST(an_ambiguous_number_of_thousands)
{
    pc_literal literal = pc_literal_interpret("5,650 nghìn",
                                              strlen("5,650 nghìn"), "");

    ck_assert_int_eq(literal.state, PC_LITERAL_AMBIGUOUS);
    ck_assert(literal.interpreted);
    check_value(literal.value, 5650000, 0);
    check_value(literal.other, 5650, 0);
    ck_assert_uint_eq(literal.zeros, 3);
    ck_assert_uint_eq(literal.other_zeros, 0);
}
END_TEST

static const struct {
    const char *text;
    const char *unit;
} not_phrases[] = {
    /* groups that are none */
    {"1 23", ""},
    {"1 2345", ""},
    {"1234 567", ""},
    {"12 34 567", ""},
    {"0 123", ""},
    {"1  234", ""},
    {"1\n234", ""},
    {"1\t234", ""},
    {"1.234 567", ""},
    {"1 234.567,8", ""},
    {"1 234.567.890", ""},
    {"5,651 0 nghìn", ""},
    {"1 234 5", ""},
    {"1 \xE2\x80\x83"
     "234",
     ""},
    /* signs */
    {"- 5", ""},
    {"––5", ""},
    {"5–10", ""},
    {"khoảng 5-10", ""},
    {"khoảng", ""},
    {"khoảng không", ""},
    {"~", ""},
    {"~~5", ""},
    {"≈ -", ""},
    {"()", ""},
    {"(a)", ""},
    {"(-5)", ""},
    {"((5))", ""},
    {"(5", ""},
    {"5)", ""},
    /* words */
    {"129 hồ sơ", "Người"},
    {"129 hồ sơ", ""},
    {"129hồ sơ", "Hồ sơ"},
    {"129 hồ", "Hồ sơ"},
    {"hồ sơ 129", "Hồ sơ"},
    {"hồ sơ", "Hồ sơ"},
    {"129 hồ sơ và 3 đơn vị", "Hồ sơ"},
    {"40,02 phần trăm", "%"},
    {"nghìn", ""},
    {"5nghìn", ""},
    {"5 nghìn tỷ", ""},
    {"5 nghìn người", "Hồ sơ"},
    {"5 nghìn %", "%"},
    {"5 % nghìn", "%"},
    {"5 triệu", "Triệu đồng"},
    {"5 tỷ", "Triệu đồng"},
    {"5 tỷ đồng", "Triệu đồng"},
    /* remarks */
    {"3(1)", ""},
    {"3 ()", ""},
    {"3 (1", ""},
    {"3 (1) 4", ""},
    {"3 (1) (2)", ""},
    {"3 (1) 4 (2)", ""},
    {"Không (1)", ""},
    {"abc (1)", ""},
};

START_TEST(what_is_not_a_number_either)
{
    const char *text = not_phrases[_i].text;
    pc_literal_state state =
        pc_literal_interpret(text, strlen(text), not_phrases[_i].unit).state;

    ck_assert_msg(state == PC_LITERAL_NOT_A_NUMBER, "%s", text);
}
END_TEST

START_TEST(too_many_digits_with_words)
{
    static const char *const texts[] = {
        "1 000 000 000 000 000 000", "1000000000 tỷ", "-1000000000 tỷ",
        "1234567890123456 nghìn", "~1000000000000000000"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_int_eq(
            pc_literal_interpret(texts[i], strlen(texts[i]), "").state,
            PC_LITERAL_TOO_LONG);
}
END_TEST

START_TEST(a_long_text_is_not_a_number)
{
    static char text[5000];

    memset(text, ' ', sizeof text);
    memcpy(text, "~5", 2);
    ck_assert_int_eq(pc_literal_interpret(text, sizeof text, "").state,
                     PC_LITERAL_NUMBER);
    text[sizeof text - 1] = '5';
    ck_assert_int_eq(pc_literal_interpret(text, sizeof text, "").state,
                     PC_LITERAL_NOT_A_NUMBER);
    text[2] = ' ';
    text[3] = '(';
    text[sizeof text - 1] = ')';
    ck_assert_int_eq(pc_literal_interpret(text, sizeof text, "").state,
                     PC_LITERAL_NUMBER);
    memset(text, 'x', sizeof text);
    ck_assert_int_eq(pc_literal_interpret(text, sizeof text, "").state,
                     PC_LITERAL_NOT_A_NUMBER);
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
    tcase_add_loop_test(tests, what_offices_write_for_a_number, 0,
                        sizeof phrases / sizeof *phrases);
    tcase_add_test(tests, an_ambiguous_number_of_thousands);
    tcase_add_loop_test(tests, what_is_not_a_number_either, 0,
                        sizeof not_phrases / sizeof *not_phrases);
    tcase_add_test(tests, too_many_digits_with_words);
    tcase_add_test(tests, a_long_text_is_not_a_number);
    tcase_add_test(tests, only_the_given_length_is_read);
    tcase_add_loop_test(tests, a_file_shows_its_style, 0,
                        sizeof styles / sizeof *styles);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
