#include "text/show.h"

#include <utf8proc.h>

/* Decodes one character; a byte that is not UTF-8 counts as itself. */
static size_t next_point(const char *text, size_t length,
                         utf8proc_int32_t *point)
{
    size_t most = length < 4 ? length : 4;
    utf8proc_ssize_t got = 1;

    *point = (unsigned char)text[0];
    if (*point >= 0x80)
        got = utf8proc_iterate((const utf8proc_uint8_t *)text,
                               (utf8proc_ssize_t)most, point);
    if (got > 0)
        return (size_t)got;
    *point = 0xFFFD;
    return 1;
}

/* A letter, digit or sign of ASCII, or a space: nearly everything is known of
 * these without asking. */
static bool is_plain(utf8proc_int32_t point)
{
    return point >= ' ' && point < 0x7F;
}

static size_t point_width(utf8proc_int32_t point)
{
    int width = is_plain(point) ? 1 : utf8proc_charwidth(point);

    return width > 0 ? (size_t)width : 0;
}

size_t pc_text_width(const char *text, size_t length)
{
    size_t width = 0;

    for (size_t at = 0; at < length;) {
        utf8proc_int32_t point;

        at += next_point(text + at, length - at, &point);
        width += point_width(point);
    }
    return width;
}

size_t pc_text_fit(const char *text, size_t length, size_t width)
{
    size_t used = 0;
    size_t at = 0;

    while (at < length) {
        utf8proc_int32_t point;
        size_t step = next_point(text + at, length - at, &point);

        used += point_width(point);
        if (used > width)
            break;
        at += step;
    }
    return at;
}

/* Code points that never stand for a character; XML allows some of them in
 * no way. */
static bool is_noncharacter(utf8proc_int32_t point)
{
    return (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
}

/* Controls, format characters (the bidirectional ones among them) and line
 * or paragraph separators. */
static bool is_unsafe(utf8proc_int32_t point)
{
    if (is_plain(point))
        return false;
    if (is_noncharacter(point))
        return true;
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CO:
        return true;
    default:
        return false;
    }
}

size_t pc_text_next(const char *text, size_t length, uint32_t *point,
                    bool *safe)
{
    utf8proc_int32_t decoded;
    size_t step = next_point(text, length, &decoded);

    *point = (uint32_t)decoded;
    if (safe != NULL)
        *safe = !is_unsafe(decoded) && (decoded != 0xFFFD || step == 3);
    return step;
}

void pc_text_visible(pc_buffer *out, const char *text, size_t length)
{
    size_t shown = 0; /* what lies before it is in `out` */
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        uint32_t point;
        bool safe;

        step = pc_text_next(text + at, length - at, &point, &safe);
        if (safe)
            continue;
        pc_buffer_append(out, text + shown, at - shown);
        shown = at + step;
        if (point == '\n' || point == '\r' || point == '\t')
            pc_buffer_char(out, ' ');
        else
            pc_buffer_format(out, "<U+%04X>", (unsigned)point);
    }
    pc_buffer_append(out, text + shown, length - shown);
}
