#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void pc_buffer_init(pc_buffer *buffer, const parcheck_allocator *allocator,
                    size_t maximum)
{
    memset(buffer, 0, sizeof *buffer);
    buffer->allocator = *allocator;
    buffer->maximum = maximum;
}

void pc_buffer_free(pc_buffer *buffer)
{
    const parcheck_allocator allocator = buffer->allocator;

    pc_release(&allocator, buffer->data);
    pc_buffer_init(buffer, &allocator, buffer->maximum);
}

void pc_buffer_clear(pc_buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = buffer->no_memory;
    buffer->overflow = false;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

bool pc_buffer_reserve(pc_buffer *buffer, size_t more)
{
    size_t need;
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : 128;
    char *data;

    if (buffer->failed)
        return false;
    if (more > buffer->maximum - buffer->length || more >= SIZE_MAX / 4) {
        buffer->failed = buffer->overflow = true;
        return false;
    }
    need = buffer->length + more + 1;
    if (need <= buffer->capacity)
        return true;
    while (capacity < need)
        capacity *= 2;
    data = pc_resize(&buffer->allocator, buffer->data, capacity);
    if (data == NULL) {
        buffer->failed = buffer->no_memory = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    buffer->data[buffer->length] = '\0';
    return true;
}

void pc_buffer_append(pc_buffer *buffer, const char *bytes, size_t length)
{
    if (!pc_buffer_reserve(buffer, length) || length == 0)
        return;
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void pc_buffer_text(pc_buffer *buffer, const char *text)
{
    pc_buffer_append(buffer, text, strlen(text));
}

void pc_buffer_char(pc_buffer *buffer, char c)
{
    pc_buffer_append(buffer, &c, 1);
}

void pc_buffer_format(pc_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;
    int length;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        buffer->failed = true;
    else if (pc_buffer_reserve(buffer, (size_t)length)) {
        (void)vsnprintf(buffer->data + buffer->length, (size_t)length + 1,
                        format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

char *pc_buffer_copy(const pc_buffer *buffer, pc_arena *arena)
{
    if (buffer->failed)
        return NULL;
    return pc_arena_copy(arena, buffer->data, buffer->length);
}
