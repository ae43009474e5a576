#define _POSIX_C_SOURCE 200809L

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* With the byte that ends a buffer it is a power of two. */
enum { STEP = (1 << 16) - 1 };

/* strerror() depends on the locale; these are the cases a user can mend. */
static parcheck_status io_error(const char *path, int number,
                                parcheck_error *error)
{
    pc_place place = {path, 0, 0};

    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return pc_fail(error, PARCHECK_EIO, place, "không tìm thấy",
                       "not found");
    case EACCES:
    case EPERM:
        return pc_fail(error, PARCHECK_EIO, place, "không có quyền đọc",
                       "no permission to read it");
    case EISDIR:
        return pc_fail(error, PARCHECK_EIO, place,
                       "là một thư mục, không phải tệp",
                       "it is a folder, not a file");
    default:
        return pc_fail(error, PARCHECK_EIO, place,
                       "không đọc được (lỗi %d của hệ thống)",
                       "it cannot be read (system error %d)", number);
    }
}

/* Appends up to STEP bytes; `*done` at the end of the file or on a full
 * buffer. */
static parcheck_status read_step(pc_buffer *buffer, int file, bool *done,
                                 const char *path, parcheck_error *error)
{
    size_t room = buffer->maximum - buffer->length;
    size_t there = buffer->capacity > 0 ? buffer->capacity - buffer->length - 1
                                        : 0;
    ssize_t got;

    if (room > STEP)
        room = STEP;
    if (room > there && there > 0) /* a small file needs no more than that */
        room = there;
    if (!pc_buffer_reserve(buffer, room))
        return pc_no_memory(error);
    /* One byte more than fits would be an overflow: ask for it last. */
    if (room == 0) {
        char more;
        got = read(file, &more, 1);
        buffer->overflow = got > 0;
    } else {
        got = read(file, buffer->data + buffer->length, room);
    }
    if (got < 0)
        return errno == EINTR ? PARCHECK_OK : io_error(path, errno, error);
    *done = got == 0 || room == 0;
    if (room > 0) {
        buffer->length += (size_t)got;
        buffer->data[buffer->length] = '\0';
    }
    return PARCHECK_OK;
}

parcheck_status pc_read_file(pc_buffer *buffer, const char *path,
                             pc_progress *progress, parcheck_error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    parcheck_status status = PARCHECK_OK;
    bool done = false;

    if (file < 0)
        return io_error(path, errno, error);
    while (status == PARCHECK_OK && !done) {
        status = read_step(buffer, file, &done, path, error);
        if (status == PARCHECK_OK &&
            !pc_progress_at(progress, PC_PHASE_READ, 0, 0))
            status = pc_cancelled(error);
    }
    (void)close(file);
    return status;
}

/* False without memory. */
static bool look_at(pc_entry *entry, const char *folder, pc_arena *arena)
{
    struct stat about;
    pc_buffer path;
    bool done;

    pc_buffer_init(&path, &arena->allocator, SIZE_MAX / 8);
    pc_buffer_format(&path, "%s/%s", folder, entry->name);
    done = !path.failed;
    entry->is_folder = done && stat(path.data, &about) == 0 &&
                       S_ISDIR(about.st_mode);
    pc_buffer_free(&path);
    return done;
}

static int compare_entries(const void *left, const void *right)
{
    const pc_entry *a = left;
    const pc_entry *b = right;

    return strcmp(a->name, b->name);
}

parcheck_status pc_read_folder(pc_list *entries, const char *path,
                               pc_arena *arena, parcheck_error *error)
{
    DIR *folder = opendir(path);
    const struct dirent *found;
    parcheck_status status = PARCHECK_OK;

    if (folder == NULL)
        return errno == ENOMEM ? pc_no_memory(error)
                               : io_error(path, errno, error);
    while (status == PARCHECK_OK && (found = readdir(folder)) != NULL) {
        pc_entry *entry;

        if (found->d_name[0] == '.')
            continue;
        entry = pc_list_add(entries, arena, sizeof *entry);
        if (entry != NULL)
            entry->name = pc_arena_string(arena, found->d_name);
        if (entry == NULL || entry->name == NULL ||
            !look_at(entry, path, arena))
            status = pc_no_memory(error);
    }
    (void)closedir(folder);
    if (status == PARCHECK_OK)
        pc_sort(entries->data, entries->count, sizeof(pc_entry),
                compare_entries);
    return status;
}
