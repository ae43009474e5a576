/* Allocation, the arena, the list in an arena, and sorting. */
#include "base/memory.h"

#include <stdint.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_arena arena;
static size_t comparisons;

static void setup(void)
{
    comparisons = 0;
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
}

static void teardown(void)
{
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
}

START_TEST(without_an_allocator_it_is_the_c_library)
{
    const parcheck_allocator libc = pc_allocator(NULL);
    const parcheck_allocator given = pc_allocator(&allocator);
    char *block = pc_resize(&libc, NULL, 3);

    ck_assert_ptr_nonnull(block);
    memcpy(block, "ab", 3);
    block = pc_resize(&libc, block, 5000);
    ck_assert_str_eq(block, "ab");
    pc_release(&libc, block);
    ck_assert_ptr_eq(given.context, &fa);
}
END_TEST

START_TEST(a_block_of_no_bytes_is_a_block)
{
    void *block = pc_resize(&allocator, NULL, 0);

    ck_assert_ptr_nonnull(block);
    block = pc_resize(&allocator, block, 0);
    ck_assert_ptr_nonnull(block);
    pc_release(&allocator, block);
    ck_assert_uint_eq(fa.live, 0);
}
END_TEST

START_TEST(releasing_nothing_does_nothing)
{
    const parcheck_allocator unusable = {NULL, NULL, NULL};

    pc_release(&unusable, NULL);
}
END_TEST

START_TEST(arena_memory_is_zeroed_aligned_and_apart)
{
    enum { COUNT = 2000 };
    unsigned char *blocks[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 50;
        blocks[i] = pc_arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(blocks[i]);
        ck_assert_uint_eq((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < size; j++)
            ck_assert_uint_eq(blocks[i][j], 0);
        memset(blocks[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < i % 50; j++)
            ck_assert_uint_eq(blocks[i][j], i % 251);
}
END_TEST

START_TEST(arena_takes_few_blocks)
{
    for (size_t i = 0; i < 10000; i++)
        ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 100));
    ck_assert_uint_lt(fa.calls, 12);
}
END_TEST

START_TEST(arena_gives_blocks_of_any_size)
{
    const size_t large = 3 << 20;
    char *bytes = pc_arena_alloc(&arena, large);

    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq(bytes[large - 1], 0);
    bytes[large - 1] = 1;
    ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 1));
    ck_assert_uint_eq(fa.live, 2);
}
END_TEST

START_TEST(arena_refuses_what_no_memory_can_hold)
{
    ck_assert_ptr_null(pc_arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(pc_arena_alloc(&arena, SIZE_MAX - 64));
    ck_assert_ptr_null(pc_arena_array(&arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(pc_arena_array(&arena, 3, SIZE_MAX / 2));
    /* a product that wraps around to 8 */
    ck_assert_ptr_null(pc_arena_array(&arena, SIZE_MAX / 8 + 2, 8));
    ck_assert_ptr_null(pc_arena_copy(&arena, "", SIZE_MAX));
    ck_assert_uint_eq(fa.live, 0);
}
END_TEST

START_TEST(arena_arrays_may_be_empty)
{
    ck_assert_ptr_nonnull(pc_arena_array(&arena, 0, 8));
    ck_assert_ptr_nonnull(pc_arena_array(&arena, 8, 0));
}
END_TEST

START_TEST(copies_are_whole_and_terminated)
{
    char text[] = "ab\0cd";
    const char *copy = pc_arena_copy(&arena, text, 5);
    const char *string = pc_arena_string(&arena, text);
    const char *empty = pc_arena_copy(&arena, NULL, 0);

    text[0] = 'x';
    ck_assert_mem_eq(copy, "ab\0cd", 6);
    ck_assert_str_eq(string, "ab");
    ck_assert_str_eq(empty, "");
}
END_TEST

START_TEST(arena_can_be_used_after_it_was_freed)
{
    ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 10));
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
    ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 10));
    pc_arena_free(&arena);
    pc_arena_free(&arena);
}
END_TEST

typedef struct item {
    size_t number;
    char rest[20];
} item;

START_TEST(a_list_grows_and_keeps_its_elements)
{
    pc_list list = {0};
    const item *first = NULL;

    for (size_t i = 0; i < 1000; i++) {
        item *added = pc_list_add(&list, &arena, sizeof *added);
        ck_assert_uint_eq(added->number, 0);
        ck_assert_mem_eq(added->rest, (const char[20]){0}, 20);
        added->number = i + 1;
        memset(added->rest, 'x', sizeof added->rest);
        first = i == 0 ? added : first;
    }
    ck_assert_uint_eq(list.count, 1000);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(((const item *)list.data)[i].number, i + 1);
    ck_assert_uint_eq(first->number, 1);
}
END_TEST

START_TEST(a_list_with_room_does_not_move)
{
    pc_list list = {0};
    item *first = pc_list_add(&list, &arena, sizeof *first);
    const void *data;

    first->number = 7;
    ck_assert(pc_list_reserve(&list, &arena, 100, sizeof *first));
    data = list.data;
    ck_assert_uint_eq(((const item *)data)[0].number, 7);
    while (list.count < 100)
        ck_assert_uint_eq(
            ((item *)pc_list_add(&list, &arena, sizeof *first))->number, 0);
    ck_assert(pc_list_reserve(&list, &arena, 50, sizeof *first));
    ck_assert_ptr_eq(list.data, data);
    ck_assert(!pc_list_reserve(&list, &arena, SIZE_MAX / 2, sizeof *first));
    ck_assert_ptr_eq(list.data, data);
    ck_assert_uint_eq(list.capacity, 100);
}
END_TEST

START_TEST(a_list_that_cannot_grow_stays_as_it_is)
{
    pc_list list = {0};
    item *added;

    failing_allocator_init(&fa, 3, true);
    while ((added = pc_list_add(&list, &arena, sizeof *added)) != NULL)
        added->number = list.count;
    ck_assert_uint_ge(list.count, 8);
    ck_assert_uint_eq(list.count, list.capacity);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_uint_eq(((const item *)list.data)[i].number, i + 1);
}
END_TEST

START_TEST(an_arena_without_memory_says_so_and_goes_on)
{
    failing_allocator_init(&fa, 2, false);
    ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 1));
    ck_assert_ptr_null(pc_arena_alloc(&arena, 5000));
    ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 1));
    ck_assert_ptr_nonnull(pc_arena_alloc(&arena, 5000));
    ck_assert_uint_eq(fa.live, 2);
}
END_TEST

typedef struct triple {
    char key;
    char same_key[2];
} triple;

static int compare_triples(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(triple));
}

/* Every text of `length` letters out of "abc", as the keys of elements. */
static void sort_letters(size_t number, size_t length)
{
    triple elements[8] = {0};
    size_t letters[3] = {0};
    size_t at = 0;

    for (size_t i = 0; i < length; i++, number /= 3) {
        char key = (char)('a' + (char)(number % 3));
        elements[i] = (triple){key, {key, '.'}};
        letters[number % 3]++;
    }
    pc_sort(elements, length, sizeof(triple), compare_triples);
    for (size_t letter = 0; letter < 3; letter++)
        for (size_t i = 0; i < letters[letter]; i++, at++) {
            char key = (char)('a' + (char)letter);
            ck_assert_int_eq(elements[at].key, key);
            ck_assert_int_eq(elements[at].same_key[0], key);
        }
    ck_assert_int_eq(elements[length].key, 0);
}

START_TEST(sorting_orders_every_small_array)
{
    size_t count = 1;

    for (size_t length = 0; length < 8; length++, count *= 3)
        for (size_t number = 0; number < count; number++)
            sort_letters(number, length);
}
END_TEST

static int compare_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    comparisons++;
    return a < b ? -1 : a > b;
}

/* 0: ascending, 1: descending, 2: mixed, all of them 0 to 9999. */
START_TEST(sorting_is_right_and_fast_for_large_arrays)
{
    enum { COUNT = 10000 };
    static uint32_t numbers[COUNT];

    for (uint32_t i = 0; i < COUNT; i++)
        numbers[i] = _i == 0 ? i : _i == 1 ? COUNT - 1 - i : i * 7919 % COUNT;
    pc_sort(numbers, COUNT, sizeof *numbers, compare_numbers);
    for (uint32_t i = 0; i < COUNT; i++)
        ck_assert_uint_eq(numbers[i], i);
    ck_assert_uint_lt(comparisons, 2 * COUNT * 14);
}
END_TEST

START_TEST(sorting_nothing_needs_no_array)
{
    pc_sort(NULL, 0, 4, compare_numbers);
    ck_assert_uint_eq(comparisons, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, without_an_allocator_it_is_the_c_library);
    tcase_add_test(tests, a_block_of_no_bytes_is_a_block);
    tcase_add_test(tests, releasing_nothing_does_nothing);
    tcase_add_test(tests, arena_memory_is_zeroed_aligned_and_apart);
    tcase_add_test(tests, arena_takes_few_blocks);
    tcase_add_test(tests, arena_gives_blocks_of_any_size);
    tcase_add_test(tests, arena_refuses_what_no_memory_can_hold);
    tcase_add_test(tests, arena_arrays_may_be_empty);
    tcase_add_test(tests, copies_are_whole_and_terminated);
    tcase_add_test(tests, arena_can_be_used_after_it_was_freed);
    tcase_add_test(tests, a_list_grows_and_keeps_its_elements);
    tcase_add_test(tests, a_list_with_room_does_not_move);
    tcase_add_test(tests, a_list_that_cannot_grow_stays_as_it_is);
    tcase_add_test(tests, an_arena_without_memory_says_so_and_goes_on);
    tcase_add_test(tests, sorting_orders_every_small_array);
    tcase_add_loop_test(tests, sorting_is_right_and_fast_for_large_arrays, 0,
                        3);
    tcase_add_test(tests, sorting_nothing_needs_no_array);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
