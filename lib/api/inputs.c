#include "api/inputs.h"

#include <string.h>

#include "api/options.h"
#include "base/file.h"

enum { READ_STEP = 1 << 16 };

static const char *name_of(const parcheck_input *input)
{
    if (input->name != NULL)
        return input->name;
    return input->path != NULL ? input->path : "-";
}

/* Asks for one byte more than fits, to learn whether there is more. */
static parcheck_status read_callback(pc_buffer *buffer,
                                     const parcheck_input *input,
                                     pc_progress *progress,
                                     parcheck_error *error)
{
    for (;;) {
        size_t room = buffer->maximum - buffer->length;
        size_t got = 0;
        char probe;
        void *into = &probe;

        if (room > READ_STEP)
            room = READ_STEP;
        if (!pc_buffer_reserve(buffer, room))
            return pc_no_memory(error);
        if (room > 0)
            into = buffer->data + buffer->length;
        if (input->read(input->context, into, room > 0 ? room : 1, &got) != 0 ||
            got > (room > 0 ? room : 1))
            return pc_fail(error, PARCHECK_EIO,
                           (pc_place){name_of(input), 0, 0}, "không đọc được",
                           "it cannot be read");
        buffer->overflow = room == 0 && got > 0;
        if (got == 0 || room == 0)
            return PARCHECK_OK;
        buffer->length += got;
        if (!pc_progress_at(progress, PC_PHASE_READ, 0, 0))
            return pc_cancelled(error);
    }
}

static parcheck_status read_input(pc_bytes *bytes, const parcheck_input *input,
                                  pc_progress *progress, parcheck_error *error)
{
    size_t most = bytes->buffer.maximum;
    parcheck_status status;

    bytes->name = name_of(input);
    if (input->data != NULL) {
        bytes->data = input->data;
        bytes->cut = input->length > most;
        bytes->length = bytes->cut ? most : input->length;
        return PARCHECK_OK;
    }
    status = input->path != NULL
                 ? pc_read_file(&bytes->buffer, input->path, progress, error)
                 : read_callback(&bytes->buffer, input, progress, error);
    bytes->data = bytes->buffer.data;
    bytes->length = bytes->buffer.length;
    bytes->cut = bytes->buffer.overflow;
    return status;
}

static int compare_bytes(const void *left, const void *right)
{
    const pc_bytes *a = left;
    const pc_bytes *b = right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = strcmp(a->name, b->name);

    if (order == 0 && shorter > 0)
        order = memcmp(a->data, b->data, shorter);
    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

parcheck_status pc_inputs_read(pc_bytes *bytes, const parcheck_input *inputs,
                               size_t count, size_t max_file_bytes,
                               const parcheck_allocator *allocator,
                               pc_progress *progress, parcheck_error *error)
{
    for (size_t i = 0; i < count; i++) {
        memset(&bytes[i], 0, sizeof bytes[i]);
        pc_buffer_init(&bytes[i].buffer, allocator, max_file_bytes);
    }
    for (size_t i = 0; i < count; i++) {
        parcheck_input input;
        parcheck_status status = pc_input_take(&input, inputs, i, error);

        if (status == PARCHECK_OK)
            status = read_input(&bytes[i], &input, progress, error);
        if (status == PARCHECK_OK &&
            !pc_progress_at(progress, PC_PHASE_READ, i + 1, count))
            status = pc_cancelled(error);
        if (status != PARCHECK_OK)
            return status;
    }
    pc_sort(bytes, count, sizeof *bytes, compare_bytes);
    return PARCHECK_OK;
}

void pc_bytes_free(pc_bytes *bytes)
{
    pc_buffer_free(&bytes->buffer);
}
