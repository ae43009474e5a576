#include "text/key.h"

#include <stdint.h>
#include <utf8proc.h>

/* Words are written mark by mark; a tone waits for the end of its word. */
typedef struct key_writer {
    pc_buffer *out;
    bool plain;            /* leave all marks out */
    bool gap;              /* a space is due before the next letter */
    utf8proc_int32_t tone; /* of the current word, or 0 */
} key_writer;

static void put_bytes(key_writer *w, const char *bytes, size_t length)
{
    if (w->gap)
        pc_buffer_char(w->out, ' ');
    w->gap = false;
    pc_buffer_append(w->out, bytes, length);
}

static void put(key_writer *w, utf8proc_int32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(point, bytes);

    put_bytes(w, (const char *)bytes, (size_t)n);
}

static void end_word(key_writer *w)
{
    if (w->tone != 0)
        put(w, w->tone);
    w->tone = 0;
    w->gap = w->out->length > 0;
}

static void add_ascii(key_writer *w, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        put_bytes(w, &c, 1);
    else
        end_word(w);
}

/* Grave, acute, tilde, hook above and dot below: the tones of Vietnamese. */
static bool is_tone(utf8proc_int32_t point)
{
    return point == 0x300 || point == 0x301 || point == 0x303 ||
           point == 0x309 || point == 0x323;
}

static bool is_mark(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return category == UTF8PROC_CATEGORY_MN ||
           category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

static bool is_word(utf8proc_int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

static void add_point(key_writer *w, utf8proc_int32_t point)
{
    if (point < 0x80)
        add_ascii(w, (char)point);
    else if (is_mark(point)) {
        if (w->plain)
            return;
        if (is_tone(point))
            w->tone = point;
        else
            put(w, point);
    } else if (w->plain && point == 0x111)
        put_bytes(w, "d", 1);
    else if (is_word(point))
        put(w, point);
    else
        end_word(w);
}

/* utf8proc_map() would allocate by itself, so the steps are taken here. */
static bool add_unicode(key_writer *w, const char *text, size_t length)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                      UTF8PROC_CASEFOLD;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t room = utf8proc_decompose(bytes, (utf8proc_ssize_t)length,
                                               NULL, 0, options);
    utf8proc_int32_t *points;
    utf8proc_ssize_t count;

    if (room < 0)
        return false;
    points = pc_resize(&w->out->allocator, NULL,
                       ((size_t)room + 1) * sizeof *points);
    if (points == NULL) {
        w->out->failed = w->out->no_memory = true;
        return false;
    }
    count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, points, room,
                               options);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        add_point(w, points[i]);
    pc_release(&w->out->allocator, points);
    return count >= 0;
}

static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] & 0x80) != 0)
            return false;
    return true;
}

static bool make(pc_buffer *key, const char *text, size_t length, bool plain)
{
    key_writer w = {key, plain, false, 0};

    pc_buffer_clear(key);
    if (!pc_buffer_reserve(key, length))
        return false;
    if (is_ascii(text, length)) {
        for (size_t i = 0; i < length; i++)
            add_ascii(&w, text[i]);
    } else if (!add_unicode(&w, text, length)) {
        return false;
    }
    end_word(&w);
    return !key->failed;
}

bool pc_text_key(pc_buffer *key, const char *text, size_t length)
{
    return make(key, text, length, false);
}

bool pc_text_plain(pc_buffer *key, const char *text, size_t length)
{
    return make(key, text, length, true);
}
