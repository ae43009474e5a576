/* The map from byte strings to numbers. */
#include "base/map.h"

#include <stdio.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

enum { NONE = 999999 };

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_arena arena;
static pc_map map;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
    pc_map_init(&map, &arena);
}

static void teardown(void)
{
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
}

/* NONE if the key is not there, and then `value` was left alone. */
static size_t get(const char *key, size_t length)
{
    size_t value = NONE;

    if (!pc_map_get(&map, key, length, &value))
        ck_assert_uint_eq(value, NONE);
    return value;
}

START_TEST(an_empty_map_has_no_key)
{
    ck_assert_uint_eq(get("", 0), NONE);
    ck_assert_uint_eq(get("a", 1), NONE);
    ck_assert_uint_eq(fa.calls, 0);
}
END_TEST

START_TEST(a_key_is_all_its_bytes)
{
    static const struct {
        const char *bytes;
        size_t length;
    } keys[] = {{"", 0},     {"a", 1},    {"ab", 2}, {"ba", 2},
                {"a\0b", 3}, {"a\0c", 3}, {"\0", 1}, {"\0\0", 2},
                {"đ", 2},    {"\xFF", 1}, {"a\0", 2}};
    const size_t count = sizeof keys / sizeof *keys;

    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(get(keys[i].bytes, keys[i].length), NONE);
        ck_assert(pc_map_set(&map, keys[i].bytes, keys[i].length, i));
    }
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(get(keys[i].bytes, keys[i].length), i);
    ck_assert_uint_eq(map.count, count);
}
END_TEST

START_TEST(a_key_is_looked_up_by_content)
{
    char other[] = "key";

    ck_assert(pc_map_set(&map, "key", 3, 7));
    ck_assert_uint_eq(get(other, 3), 7);
}
END_TEST

START_TEST(setting_again_replaces)
{
    ck_assert(pc_map_set(&map, "a", 1, 1));
    ck_assert(pc_map_set(&map, "a", 1, 2));
    ck_assert_uint_eq(get("a", 1), 2);
    ck_assert_uint_eq(map.count, 1);
}
END_TEST

static char *nth_key(size_t n)
{
    char key[24];

    (void)snprintf(key, sizeof key, "%zu", n);
    return pc_arena_string(&arena, key);
}

START_TEST(many_keys_stay_apart)
{
    enum { COUNT = 20000 };

    for (size_t i = 0; i < COUNT; i++) {
        const char *key = nth_key(i);
        ck_assert(pc_map_set(&map, key, strlen(key), i));
    }
    ck_assert_uint_eq(map.count, COUNT);
    for (size_t i = 0; i < 2 * COUNT; i++) {
        const char *key = nth_key(i);
        ck_assert_uint_eq(get(key, strlen(key)), i < COUNT ? i : NONE);
    }
}
END_TEST

/* Keys that begin alike, so that only the length tells them apart. */
START_TEST(a_key_is_not_its_beginning)
{
    enum { COUNT = 4000 };
    static char text[COUNT];

    memset(text, 'a', sizeof text);
    for (size_t length = 1; length < COUNT; length += 2)
        ck_assert(pc_map_set(&map, text, length, length));
    for (size_t length = 0; length < COUNT; length++)
        ck_assert_uint_eq(get(text, length), length % 2 == 1 ? length : NONE);
}
END_TEST

START_TEST(a_map_with_room_needs_no_more)
{
    const pc_map_slot *slots;

    ck_assert(pc_map_set(&map, "a", 1, 1));
    ck_assert(pc_map_reserve(&map, 100));
    slots = map.slots;
    for (size_t i = 1; i < 100; i++)
        ck_assert(pc_map_set(&map, nth_key(i), strlen(nth_key(i)), i));
    ck_assert_ptr_eq(map.slots, slots);
    ck_assert_uint_eq(map.count, 100);
    ck_assert_uint_eq(get("a", 1), 1);
    ck_assert(!pc_map_reserve(&map, SIZE_MAX));
    ck_assert(!pc_map_reserve(&map, SIZE_MAX / sizeof *slots));
    ck_assert_uint_eq(get("a", 1), 1);
}
END_TEST

START_TEST(without_memory_what_was_set_stays)
{
    size_t count = 0;
    const char *key;

    failing_allocator_init(&fa, (size_t)_i, true);
    while ((key = nth_key(count)) != NULL &&
           pc_map_set(&map, key, strlen(key), count))
        count++;
    ck_assert_uint_eq(fa.failures, 1);
    ck_assert_uint_eq(map.count, count);
    for (size_t i = 0; i < count; i++) {
        char digits[24];
        int length = snprintf(digits, sizeof digits, "%zu", i);
        ck_assert_uint_eq(get(digits, (size_t)length), i);
    }
}
END_TEST

START_TEST(the_first_key_needs_memory)
{
    failing_allocator_init(&fa, 1, false);
    ck_assert(!pc_map_set(&map, "a", 1, 1));
    ck_assert_uint_eq(get("a", 1), NONE);
    ck_assert(pc_map_set(&map, "a", 1, 1));
    ck_assert_uint_eq(get("a", 1), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("map");
    TCase *tests = tcase_create("map");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, an_empty_map_has_no_key);
    tcase_add_test(tests, a_key_is_all_its_bytes);
    tcase_add_test(tests, a_key_is_looked_up_by_content);
    tcase_add_test(tests, setting_again_replaces);
    tcase_add_test(tests, many_keys_stay_apart);
    tcase_add_test(tests, a_key_is_not_its_beginning);
    tcase_add_test(tests, a_map_with_room_needs_no_more);
    tcase_add_loop_test(tests, without_memory_what_was_set_stays, 1, 8);
    tcase_add_test(tests, the_first_key_needs_memory);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
