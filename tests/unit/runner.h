/* The main of every unit test: int main(void) { return pc_run_suite(...); } */
#ifndef PC_TEST_RUNNER_H
#define PC_TEST_RUNNER_H

#include <check.h>

/* Runs the suite and frees it. Returns an exit code: success only if at least
 * one test ran and none failed.
 *
 * Each test has a process of its own, but not under AddressSanitizer, nor if
 * the environment says CK_FORK=no. */
int pc_run_suite(Suite *suite);

#endif
