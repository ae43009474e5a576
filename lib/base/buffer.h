/* A growing run of bytes with a ceiling that is set at its birth. */
#ifndef PC_BASE_BUFFER_H
#define PC_BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

#if defined(__GNUC__)
#define PC_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define PC_PRINTF(text, first)
#endif

/* Once something could not be appended `failed` stays set and the content
 * is incomplete: callers append freely and look once at the end. */
typedef struct pc_buffer {
    parcheck_allocator allocator;
    char *data; /* terminated; NULL while nothing was appended */
    size_t length;
    size_t capacity;
    size_t maximum;
    bool failed;    /* no memory, or over the maximum */
    bool overflow;  /* it was over the maximum */
    bool no_memory; /* it was memory; clearing does not forget this */
} pc_buffer;

void pc_buffer_init(pc_buffer *buffer, const parcheck_allocator *allocator,
                    size_t maximum);
void pc_buffer_free(pc_buffer *buffer);
/* Empties it. A buffer that was once out of memory stays failed, so that one
 * that is used again and again need only be looked at in the end. */
void pc_buffer_clear(pc_buffer *buffer);
/* Makes room for `more` bytes behind the content; false if it cannot. */
bool pc_buffer_reserve(pc_buffer *buffer, size_t more);

void pc_buffer_append(pc_buffer *buffer, const char *bytes, size_t length);
void pc_buffer_text(pc_buffer *buffer, const char *text);
void pc_buffer_char(pc_buffer *buffer, char c);
void pc_buffer_format(pc_buffer *buffer, const char *format, ...)
    PC_PRINTF(2, 3);

/* A terminated copy of the content; NULL if it failed or without memory. */
char *pc_buffer_copy(const pc_buffer *buffer, pc_arena *arena);

#endif
