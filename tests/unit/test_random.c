/* Numbers that look random and are the same in every run. */
#include "sample/random.h"

#include "runner.h"

/* The first numbers that the published code of SplitMix64 gives for the seed
 * 1234567. */
START_TEST(known_numbers)
{
    static const uint64_t known[] = {
        UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    pc_random random = {1234567};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert(pc_random_next(&random) == known[i]);
}
END_TEST

START_TEST(stays_in_range)
{
    pc_random random = {1};
    unsigned seen[10] = {0};

    for (unsigned i = 0; i < 2000; i++) {
        uint64_t drawn = pc_random_below(&random, 10);

        ck_assert_uint_lt(drawn, 10);
        seen[drawn]++;
        ck_assert(pc_random_below(&random, 1) == 0);
        ck_assert(pc_random_between(&random, -3, -3) == -3);
        ck_assert_int_ge(pc_random_between(&random, -3, 4), -3);
        ck_assert_int_le(pc_random_between(&random, -3, 4), 4);
        (void)pc_random_below(&random, UINT64_MAX);
    }
    for (unsigned i = 0; i < 10; i++) {
        ck_assert_uint_gt(seen[i], 120);
        ck_assert_uint_lt(seen[i], 280);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("random");
    TCase *tests = tcase_create("random");

    tcase_add_test(tests, known_numbers);
    tcase_add_test(tests, stays_in_range);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
