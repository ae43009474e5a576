/* Filling the caller's error. */
#include "base/error.h"

#include <string.h>

#include "runner.h"

static const pc_place nowhere = {"", 0, 0};
static parcheck_error error;

/* The caller need not initialise the error. */
static void setup(void)
{
    memset(&error, 0xA5, sizeof error);
}

START_TEST(everything_is_filled)
{
    pc_place place = {"cchc/rules.csv", 12, 7};

    ck_assert_int_eq(pc_fail(&error, PARCHECK_ESCHEMA, place, "%d dòng “%s”",
                             "%d rows “%s”", 3, "x"),
                     PARCHECK_ESCHEMA);
    ck_assert_int_eq(error.status, PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.source, "cchc/rules.csv");
    ck_assert_uint_eq(error.line, 12);
    ck_assert_uint_eq(error.column, 7);
    ck_assert_str_eq(error.vi, "3 dòng “x”");
    ck_assert_str_eq(error.en, "3 rows “x”");
}
END_TEST

START_TEST(a_place_may_have_no_source)
{
    pc_place place = {NULL, 0, 0};

    (void)pc_fail(&error, PARCHECK_EIO, place, "a", "b");
    ck_assert_str_eq(error.source, "");
    ck_assert_uint_eq(error.line, 0);
    ck_assert_uint_eq(error.column, 0);
}
END_TEST

START_TEST(nobody_may_want_the_error)
{
    ck_assert_int_eq(pc_fail(NULL, PARCHECK_EINVAL, nowhere, "%d", "%d", 1),
                     PARCHECK_EINVAL);
    ck_assert_int_eq(pc_no_memory(NULL), PARCHECK_ENOMEM);
}
END_TEST

START_TEST(no_memory_says_so)
{
    ck_assert_int_eq(pc_no_memory(&error), PARCHECK_ENOMEM);
    ck_assert_int_eq(error.status, PARCHECK_ENOMEM);
    ck_assert_str_eq(error.source, "");
    ck_assert_str_eq(error.vi, "hết bộ nhớ");
    ck_assert_str_eq(error.en, "out of memory");
}
END_TEST

START_TEST(a_second_failure_replaces_the_first)
{
    pc_place place = {"a long name", 3, 4};

    (void)pc_fail(&error, PARCHECK_EIO, place, "dài hơn", "longer");
    (void)pc_fail(&error, PARCHECK_EINVAL, nowhere, "a", "b");
    ck_assert_int_eq(error.status, PARCHECK_EINVAL);
    ck_assert_str_eq(error.source, "");
    ck_assert_uint_eq(error.line, 0);
    ck_assert_str_eq(error.vi, "a");
    ck_assert_str_eq(error.en, "b");
}
END_TEST

/* Texts that end in a character of one to four bytes, around the length that
 * fits: it is there whole, or not at all. */
static const char *const characters[] = {"x", "đ", "ế", "\xF0\x9F\x9A\x80"};

static void check_cut(const char *got, size_t size, const char *full)
{
    size_t length = strlen(full);
    size_t kept = length;

    if (kept > size - 1)
        for (kept = size - 1; ((unsigned char)full[kept] & 0xC0) == 0x80;)
            kept--;
    ck_assert_uint_eq(strlen(got), kept);
    ck_assert_mem_eq(got, full, kept);
}

/* `filler` letters, then the character three times. */
static void check_text(size_t filler, const char *character)
{
    char text[600];
    pc_place place = {text, 0, 0};

    memset(text, 'a', filler);
    text[filler] = '\0';
    for (size_t i = 0; i < 3; i++)
        strcat(text, character);
    (void)pc_fail(&error, PARCHECK_EIO, place, "%s", "%s", text);
    check_cut(error.source, sizeof error.source, text);
    check_cut(error.vi, sizeof error.vi, text);
    check_cut(error.en, sizeof error.en, text);
}

START_TEST(long_texts_are_cut_between_characters)
{
    for (size_t filler = 240; filler < 260; filler++)
        check_text(filler, characters[_i]);
    for (size_t filler = 495; filler < 515; filler++)
        check_text(filler, characters[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error");
    TCase *tests = tcase_create("error");

    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, everything_is_filled);
    tcase_add_test(tests, a_place_may_have_no_source);
    tcase_add_test(tests, nobody_may_want_the_error);
    tcase_add_test(tests, no_memory_says_so);
    tcase_add_test(tests, a_second_failure_replaces_the_first);
    tcase_add_loop_test(tests, long_texts_are_cut_between_characters, 0,
                        sizeof characters / sizeof *characters);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
