/* Exact sums, narrow and wide. */
#include "archive/total.h"

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_arena arena;
static pc_wides wides;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
    wides = (pc_wides){.arena = &arena};
}

static void teardown(void)
{
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
}

static void add(pc_total *total, int64_t coefficient, unsigned scale)
{
    ck_assert(pc_total_add(total, (pc_decimal){coefficient, scale}, &wides));
}

static void check(const pc_total *total, int64_t coefficient, unsigned scale)
{
    pc_decimal number;

    ck_assert(pc_total_decimal(total, &wides, &number));
    ck_assert_int_eq(number.coefficient, coefficient);
    ck_assert_uint_eq(number.scale, scale);
}

static const int64_t MOST = 999999999999999999;

START_TEST(test_scales)
{
    pc_total total = {.count = 0};

    add(&total, 5, 0);
    add(&total, 125, 2);
    add(&total, -1, 3);
    check(&total, 6249, 3);
    ck_assert_uint_eq(total.count, 3);
    ck_assert(!total.wide);
    ck_assert_uint_eq(fa.calls, 0);
}
END_TEST

/* Beyond 64 bits and back again, at both ends. */
START_TEST(test_wide_and_back)
{
    pc_total total = {.count = 0};
    pc_decimal number;

    for (int i = 0; i < 20; i++)
        add(&total, _i == 0 ? MOST : -MOST, 0);
    ck_assert(total.wide);
    ck_assert(!pc_total_decimal(&total, &wides, &number));
    for (int i = 0; i < 19; i++)
        add(&total, _i == 0 ? -MOST : MOST, 0);
    check(&total, _i == 0 ? MOST : -MOST, 0);
    add(&total, _i == 0 ? 1 : -1, 0);
    ck_assert(!pc_total_decimal(&total, &wides, &number));
}
END_TEST

/* 18 digits before the mark and 18 behind it. */
START_TEST(test_far_scales)
{
    pc_total total = {.count = 0};
    pc_decimal number;

    add(&total, MOST, 0);
    add(&total, 1, 18);
    ck_assert(!pc_total_decimal(&total, &wides, &number));
    add(&total, -MOST, 0);
    check(&total, 1, 18);
}
END_TEST

START_TEST(test_join)
{
    pc_total total = {.count = 0};
    pc_total other = {.count = 0};
    const pc_total none = {.present = true};

    add(&other, 25, 1);
    ck_assert(pc_total_join(&total, &other, &wides));
    ck_assert(!total.present);
    ck_assert(pc_total_join(&total, &none, &wides));
    ck_assert(total.present);
    for (int i = 0; i < 12; i++)
        add(&other, MOST, 0);
    ck_assert(other.wide);
    ck_assert(pc_total_join(&total, &other, &wides));
    for (int i = 0; i < 12; i++)
        add(&total, -MOST, 0);
    check(&total, 50, 1);
    ck_assert_uint_eq(total.count, 26);
}
END_TEST

START_TEST(test_no_memory)
{
    pc_total total = {.count = 0};

    for (int i = 0; i < 9; i++)
        add(&total, MOST, 0);
    fa.fail_at = fa.calls + 1;
    ck_assert(!pc_total_add(&total, (pc_decimal){MOST, 0}, &wides));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("total");
    TCase *tests = tcase_create("total");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_scales);
    tcase_add_loop_test(tests, test_wide_and_back, 0, 2);
    tcase_add_test(tests, test_far_scales);
    tcase_add_test(tests, test_join);
    tcase_add_test(tests, test_no_memory);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
