/* Reading files and folders. */
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing_allocator.h"
#include "runner.h"

enum { MAXIMUM = 300000, NAMES = 40 };

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_arena arena;
static pc_buffer buffer;
static parcheck_error error;
static char folder[32];

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
    pc_buffer_init(&buffer, &allocator, MAXIMUM);
    memset(&error, 0xA5, sizeof error);
    strcpy(folder, "unit-file-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *path_of(const char *name)
{
    static char path[512];

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void teardown(void)
{
    pc_list entries = {0};

    (void)unlink(path_of(".hidden"));
    failing_allocator_init(&fa, 0, false);
    pc_buffer_free(&buffer);
    pc_arena_free(&arena);
    ck_assert_int_eq(pc_read_folder(&entries, folder, &arena, NULL),
                     PARCHECK_OK);
    for (size_t i = 0; i < entries.count; i++)
        ck_assert_int_eq(
            remove(path_of(((const pc_entry *)entries.data)[i].name)), 0);
    pc_arena_free(&arena);
    ck_assert_int_eq(rmdir(folder), 0);
}

/* A file of `length` bytes that tell their place. */
static void write_file(const char *name, size_t length)
{
    FILE *file = fopen(path_of(name), "wb");

    ck_assert_ptr_nonnull(file);
    for (size_t i = 0; i < length; i++)
        (void)putc((int)(i % 251), file);
    ck_assert(!ferror(file));
    ck_assert_int_eq(fclose(file), 0);
}

static void check_bytes(size_t from, size_t length)
{
    ck_assert_uint_eq(buffer.length, from + length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)buffer.data[from + i] != i % 251)
            ck_abort_msg("byte %zu is wrong", i);
    ck_assert_int_eq(buffer.data[from + length], '\0');
}

/* Around the sizes in which a file is read, and around the maximum. */
static const size_t lengths[] = {0,      1,      65535,       65536,  65537,
                                 131072, 200000, MAXIMUM - 1, MAXIMUM};

START_TEST(a_file_is_read_whole)
{
    write_file("a", lengths[_i]);
    ck_assert_int_eq(pc_read_file(&buffer, path_of("a"), NULL, &error),
                     PARCHECK_OK);
    check_bytes(0, lengths[_i]);
    ck_assert(!buffer.overflow && !buffer.failed);
}
END_TEST

START_TEST(a_file_over_the_maximum_is_cut)
{
    write_file("a", MAXIMUM + 1);
    ck_assert_int_eq(pc_read_file(&buffer, path_of("a"), NULL, &error),
                     PARCHECK_OK);
    check_bytes(0, MAXIMUM);
    ck_assert(buffer.overflow);
}
END_TEST

START_TEST(a_file_is_appended)
{
    write_file("a", 10);
    pc_buffer_text(&buffer, "ab");
    ck_assert_int_eq(pc_read_file(&buffer, path_of("a"), NULL, &error),
                     PARCHECK_OK);
    ck_assert_mem_eq(buffer.data, "ab", 2);
    check_bytes(2, 10);
}
END_TEST

static void check_error(parcheck_status status, const char *path,
                        const char *vi, const char *en)
{
    ck_assert_int_eq(status, PARCHECK_EIO);
    ck_assert_int_eq(error.status, PARCHECK_EIO);
    ck_assert_str_eq(error.source, path);
    ck_assert_str_eq(error.vi, vi);
    ck_assert_str_eq(error.en, en);
    ck_assert_uint_eq(error.line, 0);
}

START_TEST(a_file_that_is_not_there)
{
    check_error(pc_read_file(&buffer, path_of("no"), NULL, &error),
                path_of("no"), "không tìm thấy", "not found");
    write_file("a", 1);
    check_error(pc_read_file(&buffer, path_of("a/b"), NULL, &error),
                path_of("a/b"), "không tìm thấy", "not found");
}
END_TEST

START_TEST(a_folder_is_not_a_file)
{
    check_error(pc_read_file(&buffer, folder, NULL, &error), folder,
                "là một thư mục, không phải tệp", "it is a folder, not a file");
}
END_TEST

/* Who may read everything cannot be refused. */
START_TEST(a_file_that_may_not_be_read)
{
    if (geteuid() == 0)
        return;
    write_file("a", 1);
    ck_assert_int_eq(chmod(path_of("a"), 0), 0);
    check_error(pc_read_file(&buffer, path_of("a"), NULL, &error), path_of("a"),
                "không có quyền đọc", "no permission to read it");
}
END_TEST

START_TEST(nobody_may_want_the_error)
{
    ck_assert_int_eq(pc_read_file(&buffer, path_of("no"), NULL, NULL),
                     PARCHECK_EIO);
}
END_TEST

START_TEST(a_file_without_memory)
{
    write_file("a", 200000);
    failing_allocator_init(&fa, (size_t)_i, false);
    ck_assert_int_eq(pc_read_file(&buffer, path_of("a"), NULL, &error),
                     PARCHECK_ENOMEM);
    ck_assert_int_eq(error.status, PARCHECK_ENOMEM);
    ck_assert_uint_eq(fa.failures, 1);
}
END_TEST

static void check_entry(const pc_list *entries, size_t index, const char *name,
                        bool is_folder)
{
    const pc_entry *entry = (const pc_entry *)entries->data + index;

    ck_assert_uint_lt(index, entries->count);
    ck_assert_str_eq(entry->name, name);
    ck_assert_int_eq(entry->is_folder, is_folder);
}

START_TEST(a_folder_is_listed_in_the_order_of_bytes)
{
    static const char *const names[] = {"b.csv", "a.csv", "B.csv", "đ", "a"};
    pc_list entries = {0};

    for (size_t i = 0; i < 5; i++)
        write_file(names[i], 0);
    ck_assert_int_eq(mkdir(path_of("c"), 0700), 0);
    ck_assert_int_eq(symlink("c", path_of("link")), 0);
    ck_assert_int_eq(pc_read_folder(&entries, folder, &arena, &error),
                     PARCHECK_OK);
    ck_assert_uint_eq(entries.count, 7);
    check_entry(&entries, 0, "B.csv", false);
    check_entry(&entries, 1, "a", false);
    check_entry(&entries, 2, "a.csv", false);
    check_entry(&entries, 3, "b.csv", false);
    check_entry(&entries, 4, "c", true);
    check_entry(&entries, 5, "link", true);
    check_entry(&entries, 6, "đ", false);
}
END_TEST

START_TEST(a_folder_may_be_empty)
{
    pc_list entries = {0};

    write_file(".hidden", 1);
    ck_assert_int_eq(pc_read_folder(&entries, folder, &arena, &error),
                     PARCHECK_OK);
    ck_assert_uint_eq(entries.count, 0);
}
END_TEST

START_TEST(a_folder_that_is_none)
{
    pc_list entries = {0};

    write_file("a", 1);
    check_error(pc_read_folder(&entries, path_of("a"), &arena, &error),
                path_of("a"), "không tìm thấy", "not found");
    check_error(pc_read_folder(&entries, path_of("b"), &arena, &error),
                path_of("b"), "không tìm thấy", "not found");
    ck_assert_uint_eq(entries.count, 0);
}
END_TEST

/* Names long enough to need several blocks of the arena, half of them
 * folders. */
static void fill_folder(void)
{
    char name[160];

    for (int i = 0; i < NAMES; i++) {
        (void)snprintf(name, sizeof name, "%0150d", i);
        if (i % 2 == 0)
            write_file(name, 0);
        else
            ck_assert_int_eq(mkdir(path_of(name), 0700), 0);
    }
}

/* The answer is right, or it is "out of memory". */
static bool list_with_failure(size_t fail_at, bool persistent)
{
    pc_list entries = {0};
    parcheck_status status;

    failing_allocator_init(&fa, fail_at, persistent);
    status = pc_read_folder(&entries, folder, &arena, &error);
    if (status == PARCHECK_OK) {
        ck_assert_uint_eq(entries.count, NAMES);
        for (size_t i = 0; i < NAMES; i++)
            ck_assert_int_eq(((const pc_entry *)entries.data)[i].is_folder,
                             i % 2 == 1);
    } else {
        ck_assert_int_eq(status, PARCHECK_ENOMEM);
        ck_assert_uint_gt(fa.failures, 0);
    }
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
    return fa.failures == 0;
}

START_TEST(a_folder_without_memory)
{
    size_t fail_at = 1;

    fill_folder();
    while (!list_with_failure(fail_at, _i == 1))
        fail_at++;
    ck_assert_uint_gt(fail_at, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("file");
    TCase *tests = tcase_create("file");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, a_file_is_read_whole, 0,
                        sizeof lengths / sizeof *lengths);
    tcase_add_test(tests, a_file_over_the_maximum_is_cut);
    tcase_add_test(tests, a_file_is_appended);
    tcase_add_test(tests, a_file_that_is_not_there);
    tcase_add_test(tests, a_folder_is_not_a_file);
    tcase_add_test(tests, a_file_that_may_not_be_read);
    tcase_add_test(tests, nobody_may_want_the_error);
    tcase_add_loop_test(tests, a_file_without_memory, 1, 3);
    tcase_add_test(tests, a_folder_is_listed_in_the_order_of_bytes);
    tcase_add_test(tests, a_folder_may_be_empty);
    tcase_add_test(tests, a_folder_that_is_none);
    tcase_add_loop_test(tests, a_folder_without_memory, 0, 2);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
