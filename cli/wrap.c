#include "wrap.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { WIDTH = 80 };

/* ---- characters ------------------------------------------------------------
 */

/* Decodes the character at the front and returns its length in bytes; a byte
 * that begins none stands for itself. */
static size_t next_character(const char *text, uint32_t *point)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = bytes[0] >= 0xF0   ? 4
                    : bytes[0] >= 0xE0 ? 3
                    : bytes[0] >= 0xC0 ? 2
                                       : 1;

    *point = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            *point = bytes[0];
            return 1;
        }
        *point = *point << 6 | (bytes[i] & 0x3FU);
    }
    return length;
}

typedef struct span {
    uint32_t first;
    uint32_t last;
} span;

static bool is_in(uint32_t point, const span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (point >= spans[i].first && point <= spans[i].last)
            return true;
    return false;
}

static bool is_unsafe(uint32_t point)
{
    static const span spans[] = {
        {0, 0x1F},        {0x7F, 0x9F},     {0x61C, 0x61C},  {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};

    return is_in(point, spans, sizeof spans / sizeof *spans);
}

static size_t columns_of(uint32_t point)
{
    static const span none[] = {{0x300, 0x36F}, {0x200B, 0x200D}};
    static const span two[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF},
                               {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
                               {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}};

    if (is_unsafe(point))
        return point > 0xFFFF ? 10 : 8; /* <U+0007> */
    if (is_in(point, none, sizeof none / sizeof *none))
        return 0;
    return is_in(point, two, sizeof two / sizeof *two) ? 2 : 1;
}

/* ---- words ------------------------------------------------------------------
 */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static size_t word_length(const char *text, size_t *columns)
{
    size_t length = 0;

    *columns = 0;
    while (text[length] != '\0' && !is_blank(text[length])) {
        uint32_t point;

        length += next_character(text + length, &point);
        *columns += columns_of(point);
    }
    return length;
}

static void put_bytes(FILE *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t point;
        size_t step = next_character(text + at, &point);

        if (is_unsafe(point))
            fprintf(out, "<U+%04X>", (unsigned)point);
        else
            fwrite(text + at, 1, step, out);
        at += step;
    }
}

size_t put_text(FILE *out, const char *text)
{
    put_bytes(out, text, strlen(text));
    return text_columns(text);
}

size_t text_columns(const char *text)
{
    size_t columns = 0;

    while (*text != '\0') {
        uint32_t point;

        text += next_character(text, &point);
        columns += columns_of(point);
    }
    return columns;
}

void wrap_text(FILE *out, const char *text, size_t used, size_t indent)
{
    bool first = true;

    for (;;) {
        size_t columns;
        size_t length;

        while (is_blank(*text))
            text++;
        length = word_length(text, &columns);
        if (length == 0)
            break;
        if (!first && used + 1 + columns > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            used = indent;
        } else if (!first) {
            fputc(' ', out);
            used++;
        }
        put_bytes(out, text, length);
        used += columns;
        text += length;
        first = false;
    }
    fputc('\n', out);
}

void wrap_indented(FILE *out, const char *text, size_t indent)
{
    fprintf(out, "%*s", (int)indent, "");
    wrap_text(out, text, indent, indent);
}
