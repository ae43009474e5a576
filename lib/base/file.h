/* Reading files and folders. */
#ifndef PC_BASE_FILE_H
#define PC_BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/progress.h"

/*
 * Appends the whole file to the buffer. A file over the buffer's maximum
 * sets `buffer->overflow` and is not an error here: what fits is in the
 * buffer. Fails with PARCHECK_EIO, PARCHECK_ENOMEM and, if `progress` (may be
 * NULL) is cancelled, with PARCHECK_ECANCELLED.
 */
parcheck_status pc_read_file(pc_buffer *buffer, const char *path,
                             pc_progress *progress, parcheck_error *error);

/* An entry of a folder; names that begin with "." are left out. */
typedef struct pc_entry {
    const char *name;
    bool is_folder;
} pc_entry;

/* Lists a folder, sorted by name, in the arena. */
parcheck_status pc_read_folder(pc_list *entries, const char *path,
                               pc_arena *arena, parcheck_error *error);

#endif
