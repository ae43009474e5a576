/* The runner of the unit tests passes and fails where it should. */

#include "runner.h"

#include <stdio.h>
#include <stdlib.h>

START_TEST(passes)
{
    ck_assert_int_eq(1, 1);
}
END_TEST

START_TEST(fails)
{
    ck_assert_int_eq(1, 2);
}
END_TEST

static int run(const TTest *first, const TTest *second)
{
    Suite *suite = suite_create("runner");
    TCase *tests = tcase_create("tests");
    if (first != NULL) {
        tcase_add_test(tests, first);
    }
    if (second != NULL) {
        tcase_add_test(tests, second);
    }
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}

int main(void)
{
    if (run(passes, NULL) != EXIT_SUCCESS || run(NULL, NULL) == EXIT_SUCCESS ||
        run(passes, fails) == EXIT_SUCCESS) {
        fprintf(stderr, "the runner judges wrongly\n");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
