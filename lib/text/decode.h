/* Bytes to UTF-8 text: the first stage of reading anything. */
#ifndef PC_TEXT_DECODE_H
#define PC_TEXT_DECODE_H

#include "text/detect.h"

typedef struct pc_decoded {
    const char *text; /* valid UTF-8: the bytes given, or `buffer`'s */
    size_t length;
    pc_detected detected;
    bool binary;      /* holds a zero character: `text` is empty */
    bool unavailable; /* the system cannot decode it: `text` is empty */
    pc_bad_bytes bad; /* what could not be decoded, each now U+FFFD */
    pc_buffer buffer; /* in use only if the bytes are not the text */
} pc_decoded;

/* `given` is the encoding, or NULL to find it. `bytes` must outlive the
 * result. False without memory. */
bool pc_decode(pc_decoded *decoded, const char *bytes, size_t length,
               const pc_charset *given, const parcheck_allocator *allocator);
/* The same for bytes that end where a ceiling was: their whole lines. */
bool pc_decode_lines(pc_decoded *decoded, const char *bytes, size_t length,
                     const pc_charset *given,
                     const parcheck_allocator *allocator);
void pc_decoded_free(pc_decoded *decoded);

#endif
