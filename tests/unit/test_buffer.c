/* The growing buffer with a ceiling. */
#include "base/buffer.h"

#include <stdint.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer buffer;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&buffer, &allocator, 1000);
}

static void teardown(void)
{
    pc_buffer_free(&buffer);
    ck_assert_uint_eq(fa.live, 0);
}

static void check_content(const char *bytes, size_t length)
{
    ck_assert_uint_eq(buffer.length, length);
    ck_assert_mem_eq(buffer.data, bytes, length);
    ck_assert_int_eq(buffer.data[length], '\0');
    ck_assert_uint_gt(buffer.capacity, length);
}

START_TEST(a_new_buffer_holds_nothing)
{
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(buffer.length, 0);
    ck_assert_uint_eq(fa.calls, 0);
    ck_assert(!buffer.failed && !buffer.overflow);
}
END_TEST

START_TEST(everything_is_appended_in_order)
{
    pc_buffer_text(&buffer, "một");
    pc_buffer_char(&buffer, ' ');
    pc_buffer_append(&buffer, "a\0b", 3);
    pc_buffer_format(&buffer, "%d-%s", 42, "x");
    check_content("một a\0b42-x", strlen("một ") + 7);
    ck_assert(!buffer.failed);
}
END_TEST

START_TEST(empty_pieces_change_nothing)
{
    pc_buffer_append(&buffer, NULL, 0);
    pc_buffer_text(&buffer, "");
    pc_buffer_format(&buffer, "%s", "");
    check_content("", 0);
    ck_assert(!buffer.failed);
}
END_TEST

START_TEST(it_grows_with_what_comes)
{
    char expected[990];

    for (size_t i = 0; i < sizeof expected; i++) {
        expected[i] = (char)('a' + (char)(i % 26));
        pc_buffer_char(&buffer, expected[i]);
    }
    check_content(expected, sizeof expected);
    ck_assert_uint_lt(fa.calls, 6);
    ck_assert_uint_eq(fa.live, 1);
}
END_TEST

START_TEST(a_format_may_be_longer_than_the_room)
{
    char expected[301];

    memset(expected, ' ', 300);
    memcpy(expected + 298, "ab", 3);
    pc_buffer_text(&buffer, "x");
    pc_buffer_format(&buffer, "%300s", "ab");
    ck_assert_uint_eq(buffer.length, 301);
    ck_assert_str_eq(buffer.data + 1, expected);
}
END_TEST

START_TEST(the_maximum_itself_fits)
{
    static const char bytes[1001];

    pc_buffer_append(&buffer, bytes, 999);
    pc_buffer_char(&buffer, 'z');
    ck_assert(!buffer.failed && !buffer.overflow);
    ck_assert_uint_eq(buffer.length, 1000);
    pc_buffer_char(&buffer, 'z');
    ck_assert(buffer.failed && buffer.overflow);
    ck_assert_uint_eq(buffer.length, 1000);
}
END_TEST

/* What does not fit whole is left out whole, and so is all that follows. */
START_TEST(a_failure_stays_until_it_is_cleared)
{
    static const char bytes[1001];

    pc_buffer_text(&buffer, "ab");
    pc_buffer_append(&buffer, bytes, 999);
    pc_buffer_text(&buffer, "c");
    pc_buffer_format(&buffer, "%d", 1);
    check_content("ab", 2);
    ck_assert(buffer.failed && buffer.overflow);
    pc_buffer_clear(&buffer);
    ck_assert(!buffer.failed && !buffer.overflow);
    pc_buffer_text(&buffer, "cd");
    check_content("cd", 2);
}
END_TEST

START_TEST(a_format_over_the_maximum_overflows)
{
    pc_buffer_format(&buffer, "%1001s", "");
    ck_assert(buffer.failed && buffer.overflow);
    ck_assert_uint_eq(buffer.length, 0);
}
END_TEST

START_TEST(room_is_made_without_changing_the_content)
{
    pc_buffer_text(&buffer, "ab");
    ck_assert(pc_buffer_reserve(&buffer, 998));
    ck_assert_uint_ge(buffer.capacity, 1001);
    check_content("ab", 2);
    ck_assert(!pc_buffer_reserve(&buffer, 999));
    ck_assert(buffer.overflow);
}
END_TEST

START_TEST(no_size_wraps_around)
{
    pc_buffer unbounded;

    pc_buffer_init(&unbounded, &allocator, SIZE_MAX);
    pc_buffer_text(&unbounded, "ab");
    ck_assert(!pc_buffer_reserve(&unbounded, SIZE_MAX - 2));
    ck_assert(unbounded.overflow);
    ck_assert_uint_eq(unbounded.length, 2);
    pc_buffer_free(&unbounded);
}
END_TEST

START_TEST(a_maximum_of_zero_takes_only_nothing)
{
    pc_buffer none;

    pc_buffer_init(&none, &allocator, 0);
    pc_buffer_text(&none, "");
    ck_assert(!none.failed);
    pc_buffer_char(&none, 'a');
    ck_assert(none.overflow);
    pc_buffer_free(&none);
}
END_TEST

START_TEST(clearing_a_new_buffer_is_allowed)
{
    pc_buffer_clear(&buffer);
    ck_assert_ptr_null(buffer.data);
}
END_TEST

START_TEST(a_freed_buffer_is_as_new)
{
    pc_buffer_text(&buffer, "ab");
    pc_buffer_free(&buffer);
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(buffer.maximum, 1000);
    pc_buffer_text(&buffer, "cd");
    check_content("cd", 2);
}
END_TEST

START_TEST(copies_live_in_the_arena)
{
    pc_arena arena;

    pc_arena_init(&arena, &allocator);
    ck_assert_str_eq(pc_buffer_copy(&buffer, &arena), "");
    pc_buffer_append(&buffer, "a\0b", 3);
    ck_assert_mem_eq(pc_buffer_copy(&buffer, &arena), "a\0b", 4);
    pc_buffer_format(&buffer, "%1000s", "");
    ck_assert_ptr_null(pc_buffer_copy(&buffer, &arena));
    pc_arena_free(&arena);
}
END_TEST

/* The n-th allocation fails: `failed` without `overflow`, and what was there
 * before stays. */
START_TEST(without_memory_the_content_stays)
{
    failing_allocator_init(&fa, (size_t)_i, false);
    for (size_t i = 0; i < 600; i++)
        pc_buffer_char(&buffer, 'a');
    ck_assert(buffer.failed && !buffer.overflow);
    ck_assert_uint_eq(fa.calls, (size_t)_i);
    ck_assert_uint_eq(buffer.length, _i == 1 ? 0 : buffer.capacity - 1);
    for (size_t i = 0; i < buffer.length; i++)
        ck_assert_int_eq(buffer.data[i], 'a');
    /* Clearing does not make up for it; a new buffer does. */
    pc_buffer_clear(&buffer);
    pc_buffer_text(&buffer, "b");
    ck_assert(buffer.failed);
    ck_assert_uint_eq(buffer.length, 0);
    pc_buffer_free(&buffer);
    pc_buffer_text(&buffer, "b");
    check_content("b", 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("buffer");
    TCase *tests = tcase_create("buffer");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_new_buffer_holds_nothing);
    tcase_add_test(tests, everything_is_appended_in_order);
    tcase_add_test(tests, empty_pieces_change_nothing);
    tcase_add_test(tests, it_grows_with_what_comes);
    tcase_add_test(tests, a_format_may_be_longer_than_the_room);
    tcase_add_test(tests, the_maximum_itself_fits);
    tcase_add_test(tests, a_failure_stays_until_it_is_cleared);
    tcase_add_test(tests, a_format_over_the_maximum_overflows);
    tcase_add_test(tests, room_is_made_without_changing_the_content);
    tcase_add_test(tests, no_size_wraps_around);
    tcase_add_test(tests, a_maximum_of_zero_takes_only_nothing);
    tcase_add_test(tests, clearing_a_new_buffer_is_allowed);
    tcase_add_test(tests, a_freed_buffer_is_as_new);
    tcase_add_test(tests, copies_live_in_the_arena);
    tcase_add_loop_test(tests, without_memory_the_content_stays, 1, 4);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
