/* What the fuzz targets share. A broken promise aborts, so that libFuzzer
 * keeps the input. */
#ifndef FUZZ_EXPECT_H
#define FUZZ_EXPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define EXPECT(condition)                                                      \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__,        \
                    #condition);                                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* A text that grows and can be used again. */
typedef struct text {
    char *data;
    size_t length;
    size_t room;
} text;

/* A parcheck_write_fn; `context` is a text. */
static inline int text_add(void *context, const void *bytes, size_t size)
{
    text *t = context;

    if (t->length + size > t->room) {
        t->room = (t->length + size) * 2;
        t->data = realloc(t->data, t->room);
        EXPECT(t->data != NULL);
    }
    if (size > 0)
        memcpy(t->data + t->length, bytes, size);
    t->length += size;
    return 0;
}

/* The length of the UTF-8 sequence at the front, or 0. */
static inline size_t sequence(const unsigned char *s, size_t left)
{
    size_t n = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;

    if (s[0] >= 0xF5 || (s[0] >= 0x80 && s[0] < 0xC2) || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return n;
}

/* UTF-8 without control characters but the line feed. */
static inline bool is_clean(const char *data, size_t length)
{
    const unsigned char *s = (const unsigned char *)data;

    for (size_t at = 0; at < length;) {
        size_t n = sequence(s + at, length - at);

        if (n == 0 || (s[at] < 0x20 && s[at] != '\n') || s[at] == 0x7F ||
            (n == 2 && s[at] == 0xC2 && s[at + 1] < 0xA0))
            return false;
        at += n;
    }
    return true;
}

#endif
