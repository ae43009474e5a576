#include "text/key.h"

#include <stdint.h>
#include <utf8proc.h>

static void add_ascii(pc_buffer *key, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            pc_buffer_char(key, c);
        else if (key->length > 0 && key->data[key->length - 1] != ' ')
            pc_buffer_char(key, ' ');
    }
}

static bool is_word(utf8proc_int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

static void add_points(pc_buffer *key, const utf8proc_int32_t *points,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t bytes[4];

        if (is_word(points[i])) {
            utf8proc_ssize_t n = utf8proc_encode_char(points[i], bytes);
            pc_buffer_append(key, (const char *)bytes, (size_t)n);
        } else if (key->length > 0 && key->data[key->length - 1] != ' ') {
            pc_buffer_char(key, ' ');
        }
    }
}

/* utf8proc_map() would allocate by itself, so the steps are taken here. */
static bool add_unicode(pc_buffer *key, const char *text, size_t length)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                      UTF8PROC_CASEFOLD;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t room = utf8proc_decompose(bytes, (utf8proc_ssize_t)length,
                                               NULL, 0, options);
    utf8proc_int32_t *points;
    utf8proc_ssize_t count;

    if (room < 0)
        return false;
    points = pc_resize(&key->allocator, NULL,
                       ((size_t)room + 1) * sizeof *points);
    if (points == NULL) {
        key->failed = true;
        return false;
    }
    count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, points, room,
                               options);
    count = utf8proc_normalize_utf32(points, count, options);
    if (count >= 0)
        add_points(key, points, (size_t)count);
    pc_release(&key->allocator, points);
    return count >= 0;
}

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] & 0x80) != 0)
            return false;
    return true;
}

bool pc_text_key(pc_buffer *key, const char *text, size_t length)
{
    pc_buffer_clear(key);
    if (!pc_buffer_reserve(key, length))
        return false;
    if (is_ascii(text, length))
        add_ascii(key, text, length);
    else if (!add_unicode(key, text, length))
        return false;
    if (key->length > 0 && key->data[key->length - 1] == ' ')
        key->data[--key->length] = '\0';
    return !key->failed;
}
