/* Exact decimals and fractions. */
#include "value/decimal.h"

#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer out;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&out, &allocator, 1000);
}

static void teardown(void)
{
    pc_buffer_free(&out);
    ck_assert_uint_eq(fa.live, 0);
}

static pc_fraction fraction(int64_t numerator, int64_t denominator)
{
    pc_fraction a = {pc_wide_from(numerator), pc_wide_from(denominator)};

    return a;
}

static void check_written(pc_fraction a, const char *expected)
{
    pc_buffer_clear(&out);
    pc_fraction_write(&out, a);
    ck_assert_str_eq(out.data, expected);
}

static void check_whole(pc_wide a, const char *expected)
{
    pc_buffer_clear(&out);
    pc_wide_write(&out, a);
    ck_assert_str_eq(out.data, expected);
}

static const struct {
    pc_decimal number;
    const char *text;
} plain[] = {
    {{0, 0}, "0"},
    {{0, 3}, "0"},
    {{453, 0}, "453"},
    {{-8, 2}, "-0.08"},
    {{100, 0}, "100"},
    {{-1000, 1}, "-100"},
    {{1050, 2}, "10.5"},
    {{999999999999999999, 0}, "999999999999999999"},
    {{-999999999999999999, 18}, "-0.999999999999999999"},
    {{-999999999999999999, 17}, "-9.99999999999999999"},
};

START_TEST(a_decimal_is_written_without_memory)
{
    char text[PC_DECIMAL_TEXT];

    memset(text, 'x', sizeof text);
    ck_assert_uint_eq(pc_decimal_write(text, plain[_i].number),
                      strlen(plain[_i].text));
    ck_assert_str_eq(text, plain[_i].text);
    /* as the writer of fractions has it */
    check_written(pc_fraction_of(plain[_i].number), plain[_i].text);
}
END_TEST

START_TEST(a_decimal_at_a_scale)
{
    check_whole(pc_decimal_at((pc_decimal){995, 1}, 1), "995");
    check_whole(pc_decimal_at((pc_decimal){995, 1}, 4), "995000");
    check_whole(pc_decimal_at((pc_decimal){-7, 0}, 2), "-700");
    check_whole(pc_decimal_at((pc_decimal){0, 0}, 30), "0");
    check_whole(pc_decimal_at((pc_decimal){999999999999999999, 0}, 30),
                "999999999999999999000000000000000000000000000000");
}
END_TEST

/* In ascending order; those of one line are equal. */
static const pc_decimal ascending[][2] = {
    {{-999999999999999999, 0}, {-999999999999999999, 0}},
    {{-15, 1}, {-1500, 3}},
    {{-1, 0}, {-10, 1}},
    {{-1, 18}, {-1, 18}},
    {{0, 0}, {0, 18}},
    {{1, 18}, {1, 18}},
    {{5, 2}, {500, 4}},
    {{9992, 2}, {99920, 3}},
    {{100, 0}, {10000, 2}},
    {{999999999999999999, 1}, {999999999999999999, 1}},
    {{999999999999999999, 0}, {999999999999999999, 0}},
};
enum { DECIMALS = sizeof ascending / sizeof *ascending };

START_TEST(decimals_are_compared_by_value)
{
    for (int i = 0; i < DECIMALS; i++)
        ck_assert_int_eq(pc_decimal_compare(ascending[_i][0], ascending[i][1]),
                         _i < i ? -1 : _i > i);
}
END_TEST

START_TEST(a_decimal_is_a_fraction)
{
    check_written(pc_fraction_of((pc_decimal){9992, 2}), "99.92");
    check_written(pc_fraction_of((pc_decimal){-8, 2}), "-0.08");
    check_written(pc_fraction_of((pc_decimal){100, 2}), "1");
    check_written(pc_fraction_of((pc_decimal){0, 5}), "0");
    check_written(pc_fraction_of((pc_decimal){123456789012345678, 18}),
                  "0.123456789012345678");
}
END_TEST

static const struct {
    int64_t numerator;
    int64_t denominator;
    const char *text;
} written[] = {
    {453, 1, "453"},
    {0, 7, "0"},
    {-1, 1, "-1"},
    {100, 10, "10"},
    {5, 100, "0.05"},
    {-8, 100, "-0.08"},
    {50, 1000, "0.05"},
    {1005, 1000, "1.005"},
    {-1050, 100, "-10.5"},
    {1, 8, "0.125"},
    {1, 1024, "0.0009765625"},
    {650, 19, "650/19"},
    {1300, 38, "650/19"},
    {-650, 19, "-650/19"},
    {1, 3, "1/3"},
    {2, 6, "1/3"},
    {10, 30, "1/3"},
    {999999999999999999, 1000000000000000000, "0.999999999999999999"},
};

START_TEST(fractions_are_written_exactly)
{
    check_written(fraction(written[_i].numerator, written[_i].denominator),
                  written[_i].text);
}
END_TEST

START_TEST(up_to_36_decimals_are_written)
{
    pc_fraction small = {pc_wide_from(-1), pc_wide_power10(36)};
    pc_fraction smaller = {pc_wide_from(1), pc_wide_power10(37)};

    check_written(small, "-0.000000000000000000000000000000000001");
    check_written(smaller, "1/10000000000000000000000000000000000000");
}
END_TEST

static const struct {
    int64_t numerator;
    int64_t denominator;
    unsigned decimals;
    char mark;
    const char *text;
    bool exact;
} shown[] = {
    {650, 19, 2, '.', "34.21", false},
    {650, 19, 0, '.', "34", false},
    {650, 19, 6, ',', "34,210526", false},
    {-650, 19, 2, ',', "-34,21", false},
    {1, 8, 3, ',', "0,125", true},
    {1, 8, 2, ',', "0,13", false},
    {-1, 8, 2, ',', "-0,13", false},
    {1, 2, 2, ',', "0,5", true},
    {50, 100, 2, '.', "0.5", true},
    {5, 1, 2, ',', "5", true},
    {0, 3, 2, ',', "0", true},
    {5, 100, 2, ',', "0,05", true},
    {-8, 100, 2, '.', "-0.08", true},
    {1, 16, 2, '.', "0.06", false},
    {1, 1000, 2, ',', "0,00", false},
    {-1, 1000, 2, ',', "0,00", false},
    {1999, 1000, 2, '.', "2.00", false},
    {99995, 1000, 2, '.', "100.00", false},
    {600600, 6011, 2, '.', "99.92", false},
    {2, 3, 0, '.', "1", false},
    {0, 0, 2, '.', "0", true}, /* a ratio that was lost */
    {999, 1000, 2, '.', "1.00", false},
    {-999, 1000, 2, '.', "-1.00", false},
    {1, 4294967296, 36, '.', "0.00000000023283064365386962890625", true},
    {4294967295, 4294967297, 12, ',', "0,999999999534", false},
    {4294967296, 4294967297, 9, ',', "1,000000000", false},
    {999999999999999998, 999999999999999999, 36, '.',
     "0.999999999999999998999999999999999999", false},
    {5, 9000000000000000000, 18, '.', "0.000000000000000001", false},
};

START_TEST(fractions_are_shown_to_people)
{
    bool exact = pc_fraction_show(
        &out, fraction(shown[_i].numerator, shown[_i].denominator),
        shown[_i].decimals, shown[_i].mark);

    ck_assert_str_eq(out.data, shown[_i].text);
    ck_assert_int_eq(exact, shown[_i].exact);
}
END_TEST

/* Without its mark it is the rounded number. */
START_TEST(what_is_shown_is_rounded)
{
    pc_fraction a = fraction(_i, 1);
    char digits[60];

    for (int64_t divisor = 1; divisor < 40; divisor++)
        for (unsigned wide = 0; wide < 3; wide++) {
            size_t from = 0;
            size_t length = 0;

            a.denominator = pc_wide_multiply(pc_wide_from(divisor),
                                             pc_wide_power10(10 * wide));
            pc_buffer_clear(&out);
            if (pc_fraction_show(&out, a, 24, '.'))
                continue;
            for (size_t i = 0; i < out.length; i++)
                if (out.data[i] != '.')
                    digits[length++] = out.data[i];
            digits[length] = '\0';
            while (from + 1 < length && digits[from] == '0')
                from++;
            check_whole(pc_fraction_round(&a, 24), digits + from);
        }
}
END_TEST

START_TEST(texts_are_appended)
{
    pc_buffer_text(&out, "= ");
    (void)pc_fraction_show(&out, fraction(1, 20), 2, ',');
    pc_buffer_text(&out, "; ");
    pc_fraction_write(&out, fraction(-1, 20));
    ck_assert_str_eq(out.data, "= 0,05; -0.05");
}
END_TEST

static const struct {
    int64_t numerator;
    int64_t denominator;
    unsigned decimals;
    const char *text;
} rounded[] = {
    {0, 3, 2, "0"},
    {1, 2, 0, "1"},
    {-1, 2, 0, "-1"},
    {3, 2, 0, "2"},
    {5, 2, 0, "3"},
    {-5, 2, 0, "-3"},
    {49, 100, 0, "0"},
    {-49, 100, 0, "0"},
    {51, 100, 0, "1"},
    {-51, 100, 0, "-1"},
    {1, 3, 4, "3333"},
    {2, 3, 4, "6667"},
    {-2, 3, 4, "-6667"},
    {12345, 1000, 2, "1235"},
    {-12345, 1000, 2, "-1235"},
    {12344, 1000, 2, "1234"},
    {600600, 6011, 2, "9992"},
    {7, 1, 3, "7000"},
};

START_TEST(halves_are_rounded_away_from_zero)
{
    pc_fraction a = fraction(rounded[_i].numerator, rounded[_i].denominator);

    check_whole(pc_fraction_round(&a, rounded[_i].decimals), rounded[_i].text);
}
END_TEST

static const struct {
    int64_t left[2];
    int64_t right[2];
    const char *quotient; /* NULL: the right side is zero */
    const char *difference;
} pairs[] = {
    {{1, 2}, {1, 4}, "2", "0.25"},
    {{1, 2}, {-1, 4}, "-2", "0.75"},
    {{-1, 2}, {-1, 4}, "2", "-0.25"},
    {{-1, 2}, {1, 4}, "-2", "-0.75"},
    {{0, 1}, {-3, 1}, "0", "3"},
    {{650, 1}, {19, 1}, "650/19", "631"},
    {{1, 3}, {1, 3}, "1", "0"},
    {{1, 3}, {1, 6}, "2", "1/6"},
    {{600600, 6011}, {9992, 100}, "7507500/7507739", "-478/150275"},
    {{7, 2}, {0, 1}, NULL, "3.5"},
};

START_TEST(fractions_are_divided_and_subtracted)
{
    pc_fraction left = fraction(pairs[_i].left[0], pairs[_i].left[1]);
    pc_fraction right = fraction(pairs[_i].right[0], pairs[_i].right[1]);
    pc_fraction difference = pc_fraction_subtract(left, right);

    check_written(difference, pairs[_i].difference);
    ck_assert_int_eq(pc_wide_sign(&difference.denominator), 1);
    if (pairs[_i].quotient != NULL) {
        pc_fraction quotient = pc_fraction_divide(left, right);
        check_written(quotient, pairs[_i].quotient);
        ck_assert_int_eq(pc_wide_sign(&quotient.denominator), 1);
    }
}
END_TEST

START_TEST(writing_needs_memory)
{
    failing_allocator_init(&fa, 1, true);
    pc_fraction_write(&out, fraction(1, 20));
    ck_assert(out.failed);
    pc_buffer_clear(&out);
    (void)pc_fraction_show(&out, fraction(-650, 19), 2, ',');
    ck_assert(out.failed);
}
END_TEST

/* The buffer may fail at any byte. */
START_TEST(writing_stops_at_the_maximum)
{
    out.maximum = (size_t)_i;
    pc_fraction_write(&out, fraction(-108, 100));
    ck_assert_int_eq(out.failed, _i < 5);
    if (!out.failed)
        ck_assert_str_eq(out.data, "-1.08");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decimal");
    TCase *tests = tcase_create("decimal");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, a_decimal_is_written_without_memory, 0,
                        sizeof plain / sizeof *plain);
    tcase_add_test(tests, a_decimal_at_a_scale);
    tcase_add_loop_test(tests, decimals_are_compared_by_value, 0, DECIMALS);
    tcase_add_test(tests, a_decimal_is_a_fraction);
    tcase_add_loop_test(tests, fractions_are_written_exactly, 0,
                        sizeof written / sizeof *written);
    tcase_add_test(tests, up_to_36_decimals_are_written);
    tcase_add_loop_test(tests, fractions_are_shown_to_people, 0,
                        sizeof shown / sizeof *shown);
    tcase_add_loop_test(tests, what_is_shown_is_rounded, 0, 80);
    tcase_add_test(tests, texts_are_appended);
    tcase_add_loop_test(tests, halves_are_rounded_away_from_zero, 0,
                        sizeof rounded / sizeof *rounded);
    tcase_add_loop_test(tests, fractions_are_divided_and_subtracted, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_test(tests, writing_needs_memory);
    tcase_add_loop_test(tests, writing_stops_at_the_maximum, 0, 8);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
