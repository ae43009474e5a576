#include "text/decode.h"

#include <stdint.h>
#include <string.h>

/* Takes UTF-8 as it stands, behind its byte order mark, if it is valid. */
static bool take_utf_8(pc_decoded *decoded, const char *bytes, size_t length)
{
    size_t mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    pc_detected_by by = decoded->detected.by;

    if (decoded->detected.charset != PC_UTF_8)
        return false;
    if (by != PC_BY_ASCII && by != PC_BY_VALIDITY &&
        pc_utf_8_front(bytes, length) < length)
        return false;
    decoded->text = bytes + mark;
    decoded->length = length - mark;
    return true;
}

static bool convert(pc_decoded *decoded, const char *bytes, size_t length)
{
    switch (pc_charset_decode(decoded->detected.charset, bytes, length,
                              &decoded->buffer, &decoded->bad)) {
    case PC_CHARSET_UNAVAILABLE:
        decoded->unavailable = true;
        return true;
    case PC_CHARSET_OK:
        decoded->length = decoded->buffer.length;
        if (decoded->length > 0)
            decoded->text = decoded->buffer.data;
        return true;
    default:
        return false;
    }
}

static void init(pc_decoded *decoded, const parcheck_allocator *allocator)
{
    memset(decoded, 0, sizeof *decoded);
    pc_buffer_init(&decoded->buffer, allocator, SIZE_MAX / 8);
    decoded->text = "";
}

static bool detect(pc_decoded *decoded, const char *bytes, size_t length,
                   const pc_charset *given, const parcheck_allocator *allocator)
{
    if (given == NULL)
        return pc_detect(&decoded->detected, bytes, length, allocator);
    pc_detect_given(&decoded->detected, *given, bytes, length);
    return true;
}

static bool decode(pc_decoded *decoded, const char *bytes, size_t length)
{
    if (!take_utf_8(decoded, bytes, length) && !convert(decoded, bytes, length))
        return false;
    if (memchr(decoded->text, 0, decoded->length) != NULL) {
        decoded->binary = true;
        decoded->text = "";
        decoded->length = 0;
        memset(&decoded->bad, 0, sizeof decoded->bad);
    }
    return true;
}

bool pc_decode(pc_decoded *decoded, const char *bytes, size_t length,
               const pc_charset *given, const parcheck_allocator *allocator)
{
    init(decoded, allocator);
    return length == 0 || (detect(decoded, bytes, length, given, allocator) &&
                           decode(decoded, bytes, length));
}

/* Without a whole line it can still be seen whether it is text at all. */
static bool decode_lines(pc_decoded *decoded, const char *bytes, size_t length)
{
    size_t lines = pc_whole_lines(decoded->detected.charset, bytes, length);

    if (lines > 0)
        return decode(decoded, bytes, lines);
    if (!decode(decoded, bytes, pc_whole_characters(bytes, length)))
        return false;
    decoded->text = "";
    decoded->length = 0;
    return true;
}

bool pc_decode_lines(pc_decoded *decoded, const char *bytes, size_t length,
                     const pc_charset *given,
                     const parcheck_allocator *allocator)
{
    init(decoded, allocator);
    return length == 0 ||
           (detect(decoded, bytes, pc_whole_characters(bytes, length), given,
                   allocator) &&
            decode_lines(decoded, bytes, length));
}

void pc_decoded_free(pc_decoded *decoded)
{
    pc_buffer_free(&decoded->buffer);
}
