#include "text/decode.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

/* The length of the valid sequence at the front of the text, or 0. */
static size_t sequence(const char *text, size_t length)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t got;
    size_t most = length < 4 ? length : 4;

    if ((unsigned char)text[0] < 0x80)
        return 1;
    got = utf8proc_iterate((const utf8proc_uint8_t *)text,
                           (utf8proc_ssize_t)most, &point);
    return got > 0 ? (size_t)got : 0;
}

static size_t valid_prefix(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t step = sequence(text + at, length - at);
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

static size_t line_of(const char *text, size_t offset)
{
    size_t line = 1;

    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n' ||
            (text[i] == '\r' && (i + 1 >= offset || text[i + 1] != '\n')))
            line++;
    return line;
}

/* Copies the text with U+FFFD for every byte that is not UTF-8. */
static bool replace_bad_bytes(pc_decoded *decoded, const char *text,
                              size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t good = valid_prefix(text + at, length - at);

        pc_buffer_append(&decoded->buffer, text + at, good);
        at += good;
        if (at < length) {
            pc_buffer_text(&decoded->buffer, "\xEF\xBF\xBD");
            decoded->bad_count++;
            at++;
        }
    }
    decoded->text = decoded->buffer.data;
    decoded->length = decoded->buffer.length;
    return !decoded->buffer.failed;
}

bool pc_decode(pc_decoded *decoded, const char *bytes, size_t length,
               const parcheck_allocator *allocator)
{
    size_t bom = 0;
    size_t good;

    memset(decoded, 0, sizeof *decoded);
    pc_buffer_init(&decoded->buffer, allocator, SIZE_MAX / 8);
    decoded->text = "";
    if (length > 0 && memchr(bytes, 0, length) != NULL) {
        decoded->binary = true;
        return true;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        bom = 3;
    if (length > 0)
        decoded->text = bytes + bom;
    decoded->length = length - bom;
    good = valid_prefix(decoded->text, decoded->length);
    if (good == decoded->length)
        return true;
    decoded->bad_offset = good + bom;
    decoded->bad_line = line_of(decoded->text, good);
    return replace_bad_bytes(decoded, decoded->text, decoded->length);
}

void pc_decoded_free(pc_decoded *decoded)
{
    pc_buffer_free(&decoded->buffer);
}
