/* Bytes to UTF-8 text. Later encodings join here; today it is UTF-8 only. */
#ifndef PC_TEXT_DECODE_H
#define PC_TEXT_DECODE_H

#include "base/buffer.h"

typedef struct pc_decoded {
    const char *text; /* valid UTF-8: the bytes given, or `buffer`'s */
    size_t length;
    bool binary;       /* holds a zero byte: `text` is empty */
    size_t bad_count;  /* bytes that are not UTF-8, each now U+FFFD */
    size_t bad_offset; /* of the first of them in the bytes given */
    size_t bad_line;   /* its line, from 1 */
    pc_buffer buffer;  /* in use only if bytes had to be replaced */
} pc_decoded;

/* `bytes` must outlive the result. False without memory. */
bool pc_decode(pc_decoded *decoded, const char *bytes, size_t length,
               const parcheck_allocator *allocator);
void pc_decoded_free(pc_decoded *decoded);

#endif
