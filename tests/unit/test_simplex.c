/* Exact ratios, and whether linear relations can hold together. */
#include "rule/simplex.h"

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static pc_arena arena;
static pc_simplex simplex;

static void setup(void)
{
    parcheck_allocator allocator;

    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
}

static void teardown(void)
{
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
}

/* ---- ratios ---------------------------------------------------------------
 */

static void check_ratio(pc_ratio ratio, int64_t numerator, int64_t denominator)
{
    ck_assert_int_eq(ratio.numerator, numerator);
    ck_assert_int_eq(ratio.denominator, denominator);
}

START_TEST(ratios_are_in_lowest_terms)
{
    check_ratio(pc_ratio_from(6, -4), -3, 2);
    check_ratio(pc_ratio_from(0, -4), 0, 1);
    check_ratio(pc_ratio_of((pc_decimal){-1250, 3}), -5, 4);
    check_ratio(pc_ratio_add(pc_ratio_from(1, 6), pc_ratio_from(1, 3)), 1, 2);
    check_ratio(pc_ratio_subtract(pc_ratio_from(1, 6), pc_ratio_from(1, 6)), 0,
                1);
    check_ratio(pc_ratio_multiply(pc_ratio_from(-4, 9), pc_ratio_from(3, 8)),
                -1, 6);
    check_ratio(pc_ratio_multiply(pc_ratio_from(0, 1), pc_ratio_from(3, 8)), 0,
                1);
    check_ratio(pc_ratio_invert(pc_ratio_from(-2, 7)), -7, 2);
    check_ratio(pc_ratio_negate(pc_ratio_from(2, 7)), -2, 7);
}
END_TEST

START_TEST(ratios_have_signs)
{
    ck_assert_int_eq(pc_ratio_sign(pc_ratio_from(3, 7)), 1);
    ck_assert_int_eq(pc_ratio_sign(pc_ratio_from(0, 7)), 0);
    ck_assert_int_eq(pc_ratio_sign(pc_ratio_from(3, -7)), -1);
}
END_TEST

START_TEST(ratios_that_do_not_fit_are_lost)
{
    pc_ratio most = pc_ratio_from(INT64_MAX, 1);
    pc_ratio one = pc_ratio_from(1, 1);
    pc_ratio least = pc_ratio_invert(most);

    ck_assert(!pc_ratio_is_lost(most));
    ck_assert(!pc_ratio_is_lost(least));
    ck_assert(pc_ratio_is_lost(pc_ratio_from(1, 0)));
    ck_assert(pc_ratio_is_lost(pc_ratio_from(INT64_MIN, 1)));
    ck_assert(pc_ratio_is_lost(pc_ratio_from(1, INT64_MIN)));
    ck_assert(pc_ratio_is_lost(pc_ratio_add(most, one)));
    ck_assert(pc_ratio_is_lost(pc_ratio_subtract(pc_ratio_negate(most), one)));
    ck_assert(pc_ratio_is_lost(pc_ratio_add(most, least)));
    ck_assert(pc_ratio_is_lost(pc_ratio_multiply(most, pc_ratio_from(2, 1))));
    ck_assert(pc_ratio_is_lost(pc_ratio_multiply(least, pc_ratio_from(1, 2))));
    ck_assert(pc_ratio_is_lost(pc_ratio_invert(pc_ratio_from(0, 1))));
    check_ratio(pc_ratio_multiply(most, least), 1, 1);
}
END_TEST

START_TEST(what_is_made_of_a_lost_ratio_is_lost)
{
    pc_ratio lost = pc_ratio_from(1, 0);
    pc_ratio one = pc_ratio_from(1, 1);

    ck_assert(pc_ratio_is_lost(pc_ratio_add(lost, one)));
    ck_assert(pc_ratio_is_lost(pc_ratio_subtract(one, lost)));
    ck_assert(pc_ratio_is_lost(pc_ratio_multiply(pc_ratio_from(0, 1), lost)));
    ck_assert(pc_ratio_is_lost(pc_ratio_negate(lost)));
    ck_assert(pc_ratio_is_lost(pc_ratio_invert(lost)));
}
END_TEST

/* ---- systems ---------------------------------------------------------------
 */

/* Rows in the order of the array; the columns are 0 or more. */
static void begin(size_t rows, size_t columns, const int64_t *factors)
{
    ck_assert(pc_simplex_init(&simplex, rows, columns, &arena));
    for (size_t i = 0; i < rows * columns; i++)
        pc_simplex_set(&simplex, i / columns, i % columns,
                       pc_ratio_from(factors[i], 1));
    for (size_t i = 0; i < columns; i++)
        pc_simplex_column_range(&simplex, i)->low = (pc_limit){true, 0, {0, 1}};
}

static void at_least(size_t row, int64_t value, int side)
{
    pc_simplex_row_range(&simplex, row)->low = (pc_limit){
        true, side, {value, 1}};
}

static void at_most(size_t row, int64_t value, int side)
{
    pc_simplex_row_range(&simplex, row)->high = (pc_limit){
        true, side, {value, 1}};
}

static void exactly(size_t row, int64_t value)
{
    at_least(row, value, 0);
    at_most(row, value, 0);
}

static void release(size_t row)
{
    *pc_simplex_row_range(&simplex, row) = (pc_range){0};
}

static pc_answer solve(void)
{
    return pc_simplex_solve(&simplex);
}

START_TEST(nothing_at_all_can_hold)
{
    begin(0, 0, NULL);
    ck_assert_int_eq(solve(), PC_YES);
    begin(1, 0, NULL);
    ck_assert_int_eq(solve(), PC_YES);
    exactly(0, 0);
    ck_assert_int_eq(solve(), PC_YES);
    exactly(0, 1);
    ck_assert_int_eq(solve(), PC_NO);
    ck_assert(simplex.blamed[0]);
}
END_TEST

/* x + y <= 4, x + 3y <= 6: 3x + 5y is 16 at most, at x = 3, y = 1. */
START_TEST(the_largest_value_is_exact)
{
    begin(3, 2, (const int64_t[]){1, 1, 1, 3, 3, 5});
    at_most(0, 4, 0);
    at_most(1, 6, 0);
    at_least(2, 14, 0);
    ck_assert_int_eq(solve(), PC_YES);
    at_least(2, 14, 1);
    ck_assert_int_eq(solve(), PC_NO);
}
END_TEST

/* 2x + 3y = 1 and 3x + 2y = 1: x = y = 1/5. */
START_TEST(fractions_are_exact)
{
    begin(3, 2, (const int64_t[]){2, 3, 3, 2, 5, 5});
    exactly(0, 1);
    exactly(1, 1);
    exactly(2, 2);
    ck_assert_int_eq(solve(), PC_YES);
    at_least(2, 2, 1);
    pc_simplex_row_range(&simplex, 2)->high.given = false;
    ck_assert_int_eq(solve(), PC_NO);
    pc_simplex_row_range(&simplex, 1)->high.given = false;
    ck_assert_int_eq(solve(), PC_YES);
}
END_TEST

START_TEST(there_may_be_no_end)
{
    begin(2, 2, (const int64_t[]){1, -1, 1, 1});
    exactly(0, 7);
    at_least(1, INT64_C(1000000000000), 0);
    ck_assert_int_eq(solve(), PC_YES);
}
END_TEST

START_TEST(a_contradiction_names_its_rows)
{
    /* a <= b, b <= c, d <= c, a > c */
    begin(
        4, 4,
        (const int64_t[]){1, -1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 1, 1, 0, -1, 0});
    at_most(0, 0, 0);
    at_most(1, 0, 0);
    at_most(2, 0, 0);
    at_least(3, 0, 1);
    ck_assert_int_eq(solve(), PC_NO);
    ck_assert(simplex.blamed[4 + 0]);
    ck_assert(simplex.blamed[4 + 1]);
    ck_assert(!simplex.blamed[4 + 2]);
    ck_assert(simplex.blamed[4 + 3]);
}
END_TEST

START_TEST(strict_limits_exclude_their_value)
{
    begin(2, 1, (const int64_t[]){1, 1});
    at_most(0, 3, 0);
    at_least(1, 3, 0);
    ck_assert_int_eq(solve(), PC_YES);
    at_least(1, 3, 1);
    ck_assert_int_eq(solve(), PC_NO);
    at_most(0, 4, -1);
    ck_assert_int_eq(solve(), PC_YES);
    at_least(1, 4, 0);
    ck_assert_int_eq(solve(), PC_NO);
}
END_TEST

/* x < y < x + 1, and 2x - 2y is -1 or -2. */
START_TEST(strict_limits_leave_room_between_numbers)
{
    begin(3, 2, (const int64_t[]){1, -1, -1, 1, 2, -2});
    at_most(0, 0, -1);
    at_most(1, 1, -1);
    exactly(2, -1);
    ck_assert_int_eq(solve(), PC_YES);
    exactly(2, -2);
    ck_assert_int_eq(solve(), PC_NO);
}
END_TEST

START_TEST(a_range_that_ends_before_it_begins_is_empty)
{
    begin(1, 1, (const int64_t[]){1});
    at_least(0, 2, 0);
    at_most(0, 2, -1);
    ck_assert_int_eq(solve(), PC_NO);
    ck_assert(simplex.blamed[1]);
}
END_TEST

/* Beale's example, on which the simplex method circles if it chooses
 * carelessly; here the question is whether its objective reaches 1/20. */
START_TEST(degenerate_rows_do_not_circle)
{
    const pc_ratio factors[] = {{1, 4}, {-60, 1},  {-1, 25}, {9, 1},
                                {1, 2}, {-90, 1},  {-1, 50}, {3, 1},
                                {0, 1}, {0, 1},    {1, 1},   {0, 1},
                                {3, 4}, {-150, 1}, {1, 50},  {-6, 1}};

    begin(4, 4, (const int64_t[16]){0});
    for (size_t i = 0; i < 16; i++)
        pc_simplex_set(&simplex, i / 4, i % 4, factors[i]);
    at_most(0, 0, 0);
    at_most(1, 0, 0);
    at_most(2, 1, 0);
    pc_simplex_row_range(&simplex, 3)->low = (pc_limit){true, 0, {1, 20}};
    ck_assert_int_eq(solve(), PC_YES);
    pc_simplex_row_range(&simplex, 3)->low.side = 1;
    ck_assert_int_eq(solve(), PC_NO);
}
END_TEST

/* Row 2 is the sum of the others, row 3 is row 0. */
START_TEST(rows_may_depend_on_each_other)
{
    begin(4, 3, (const int64_t[]){1, 1, 0, 0, 1, 1, 1, 2, 1, 1, 1, 0});
    exactly(0, 2);
    exactly(1, 3);
    exactly(2, 5);
    exactly(3, 2);
    ck_assert_int_eq(solve(), PC_YES);
    exactly(2, 6);
    ck_assert_int_eq(solve(), PC_NO);
    exactly(2, 5);
    exactly(3, 1);
    ck_assert_int_eq(solve(), PC_NO);
}
END_TEST

START_TEST(every_question_stands_for_itself)
{
    begin(2, 2, (const int64_t[]){1, 1, 1, -1});
    for (int round = 0; round < 3; round++) {
        exactly(0, 10);
        at_least(1, 11, 0);
        ck_assert_int_eq(solve(), PC_NO);
        release(0);
        ck_assert_int_eq(solve(), PC_YES);
        release(1);
        exactly(0, 0);
        ck_assert_int_eq(solve(), PC_YES);
        at_least(1, 1, 0);
        ck_assert_int_eq(solve(), PC_NO);
        release(1);
    }
}
END_TEST

START_TEST(overflow_is_undecided)
{
    const int64_t big = INT64_C(4000000000000000000);

    begin(2, 2, (const int64_t[]){big, big - 1, big - 3, big - 7});
    exactly(0, 1);
    exactly(1, 3);
    ck_assert_int_eq(solve(), PC_UNDECIDED);
    release(0);
    release(1);
    ck_assert_int_eq(solve(), PC_YES);
}
END_TEST

START_TEST(a_lost_factor_is_undecided)
{
    begin(1, 1, (const int64_t[]){0});
    pc_simplex_set(&simplex, 0, 0, pc_ratio_from(1, 0));
    /* Whatever the factor is, 0 times it is 0. */
    exactly(0, 0);
    ck_assert_int_eq(solve(), PC_YES);
    exactly(0, 1);
    ck_assert_int_eq(solve(), PC_UNDECIDED);
}
END_TEST

START_TEST(the_ceiling_on_work_is_undecided)
{
    begin(2, 2, (const int64_t[]){1, 1, 1, -1});
    exactly(0, 4);
    exactly(1, 2);
    simplex.work_left = 1;
    ck_assert_int_eq(solve(), PC_UNDECIDED);
    ck_assert_int_eq(solve(), PC_UNDECIDED);
    simplex.work_left = 100;
    ck_assert_int_eq(solve(), PC_YES);
    ck_assert_uint_lt(simplex.work_left, 100);
    ck_assert_uint_gt(simplex.work_left, 90);
}
END_TEST

START_TEST(without_memory_there_is_no_system)
{
    parcheck_allocator allocator;
    bool done = false;

    for (size_t n = 1; !done; n++) {
        pc_arena small;

        failing_allocator_init(&fa, n, true);
        allocator = failing_allocator_get(&fa);
        pc_arena_init(&small, &allocator);
        done = pc_simplex_init(&simplex, 60, 60, &small);
        ck_assert(done == (fa.failures == 0));
        pc_arena_free(&small);
        ck_assert_uint_eq(fa.live, 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simplex");
    TCase *tests = tcase_create("simplex");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, ratios_are_in_lowest_terms);
    tcase_add_test(tests, ratios_have_signs);
    tcase_add_test(tests, ratios_that_do_not_fit_are_lost);
    tcase_add_test(tests, what_is_made_of_a_lost_ratio_is_lost);
    tcase_add_test(tests, nothing_at_all_can_hold);
    tcase_add_test(tests, the_largest_value_is_exact);
    tcase_add_test(tests, fractions_are_exact);
    tcase_add_test(tests, there_may_be_no_end);
    tcase_add_test(tests, a_contradiction_names_its_rows);
    tcase_add_test(tests, strict_limits_exclude_their_value);
    tcase_add_test(tests, strict_limits_leave_room_between_numbers);
    tcase_add_test(tests, a_range_that_ends_before_it_begins_is_empty);
    tcase_add_test(tests, degenerate_rows_do_not_circle);
    tcase_add_test(tests, rows_may_depend_on_each_other);
    tcase_add_test(tests, every_question_stands_for_itself);
    tcase_add_test(tests, overflow_is_undecided);
    tcase_add_test(tests, a_lost_factor_is_undecided);
    tcase_add_test(tests, the_ceiling_on_work_is_undecided);
    tcase_add_test(tests, without_memory_there_is_no_system);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
