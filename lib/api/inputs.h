/* The bytes of all inputs, in the order of the report. */
#ifndef PC_API_INPUTS_H
#define PC_API_INPUTS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/progress.h"

typedef struct pc_bytes {
    const char *name;
    const char *data;
    size_t length;
    bool cut;         /* there was more, over the ceiling */
    pc_buffer buffer; /* holds the data unless the caller does */
} pc_bytes;

/*
 * Reads the inputs into `bytes`, which has room for `count`, and sorts them
 * by name and then by content, so that the order in which they were given
 * does not show. On failure, too, each of them is to be freed.
 */
parcheck_status pc_inputs_read(pc_bytes *bytes, const parcheck_input *inputs,
                               size_t count, size_t max_file_bytes,
                               const parcheck_allocator *allocator,
                               pc_progress *progress, parcheck_error *error);
void pc_bytes_free(pc_bytes *bytes);

#endif
