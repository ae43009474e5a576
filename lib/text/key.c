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

/* ---- the usual letters ------------------------------------------------- */

/*
 * Nearly every label is of ASCII, composed letters of Vietnamese and a few
 * marks between words. What utf8proc would say of these is written down
 * here; any other character sends the whole text to utf8proc.
 */
enum { NO_TONE, GRAVE, ACUTE, TILDE, HOOK, DOT };
enum { NO_MARK, CIRCUMFLEX, BREVE, HORN, STROKE };

typedef struct letter {
    char base; /* 0: not one of these letters */
    unsigned char mark;
    unsigned char tone;
} letter;

/* U+00E0 to U+00FF. */
static const letter latin[32] = {
    [0x00] = {'a', 0, GRAVE},      [0x01] = {'a', 0, ACUTE},
    [0x02] = {'a', CIRCUMFLEX, 0}, [0x03] = {'a', 0, TILDE},
    [0x08] = {'e', 0, GRAVE},      [0x09] = {'e', 0, ACUTE},
    [0x0A] = {'e', CIRCUMFLEX, 0}, [0x0C] = {'i', 0, GRAVE},
    [0x0D] = {'i', 0, ACUTE},      [0x12] = {'o', 0, GRAVE},
    [0x13] = {'o', 0, ACUTE},      [0x14] = {'o', CIRCUMFLEX, 0},
    [0x15] = {'o', 0, TILDE},      [0x19] = {'u', 0, GRAVE},
    [0x1A] = {'u', 0, ACUTE},      [0x1D] = {'y', 0, ACUTE}};

/* U+1EA0 to U+1EF9, the capital before each small letter left out. */
static const letter additional[45] = {{'a', 0, DOT},
                                      {'a', 0, HOOK},
                                      {'a', CIRCUMFLEX, ACUTE},
                                      {'a', CIRCUMFLEX, GRAVE},
                                      {'a', CIRCUMFLEX, HOOK},
                                      {'a', CIRCUMFLEX, TILDE},
                                      {'a', CIRCUMFLEX, DOT},
                                      {'a', BREVE, ACUTE},
                                      {'a', BREVE, GRAVE},
                                      {'a', BREVE, HOOK},
                                      {'a', BREVE, TILDE},
                                      {'a', BREVE, DOT},
                                      {'e', 0, DOT},
                                      {'e', 0, HOOK},
                                      {'e', 0, TILDE},
                                      {'e', CIRCUMFLEX, ACUTE},
                                      {'e', CIRCUMFLEX, GRAVE},
                                      {'e', CIRCUMFLEX, HOOK},
                                      {'e', CIRCUMFLEX, TILDE},
                                      {'e', CIRCUMFLEX, DOT},
                                      {'i', 0, HOOK},
                                      {'i', 0, DOT},
                                      {'o', 0, DOT},
                                      {'o', 0, HOOK},
                                      {'o', CIRCUMFLEX, ACUTE},
                                      {'o', CIRCUMFLEX, GRAVE},
                                      {'o', CIRCUMFLEX, HOOK},
                                      {'o', CIRCUMFLEX, TILDE},
                                      {'o', CIRCUMFLEX, DOT},
                                      {'o', HORN, ACUTE},
                                      {'o', HORN, GRAVE},
                                      {'o', HORN, HOOK},
                                      {'o', HORN, TILDE},
                                      {'o', HORN, DOT},
                                      {'u', 0, DOT},
                                      {'u', 0, HOOK},
                                      {'u', HORN, ACUTE},
                                      {'u', HORN, GRAVE},
                                      {'u', HORN, HOOK},
                                      {'u', HORN, TILDE},
                                      {'u', HORN, DOT},
                                      {'y', 0, GRAVE},
                                      {'y', 0, DOT},
                                      {'y', 0, HOOK},
                                      {'y', 0, TILDE}};

static letter extended(uint32_t point)
{
    switch (point) {
    case 0x102:
    case 0x103:
        return (letter){'a', BREVE, 0};
    case 0x110:
    case 0x111:
        return (letter){'d', STROKE, 0};
    case 0x128:
    case 0x129:
        return (letter){'i', 0, TILDE};
    case 0x168:
    case 0x169:
        return (letter){'u', 0, TILDE};
    case 0x1A0:
    case 0x1A1:
        return (letter){'o', HORN, 0};
    case 0x1AF:
    case 0x1B0:
        return (letter){'u', HORN, 0};
    default:
        return (letter){0, 0, 0};
    }
}

static letter find_letter(uint32_t point)
{
    if (point >= 0xC0 && point <= 0xFF)
        return latin[point & 0x1F];
    if (point >= 0x1EA0 && point <= 0x1EF9)
        return additional[(point - 0x1EA0) / 2];
    return extended(point);
}

/* A space that does not break; dashes, quotes, dots and bullets. */
static bool is_gap(uint32_t point)
{
    return point == 0xA0 || (point >= 0x2010 && point <= 0x2027);
}

/* Two or three bytes of UTF-8; 0 for anything else, broken text too. */
static size_t decode(const unsigned char *s, size_t left, uint32_t *point)
{
    if (left >= 2 && s[0] >= 0xC2 && s[0] <= 0xDF && (s[1] & 0xC0) == 0x80) {
        *point = (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
        return 2;
    }
    if (left >= 3 && (s[0] == 0xE1 || s[0] == 0xE2) && (s[1] & 0xC0) == 0x80 &&
        (s[2] & 0xC0) == 0x80) {
        *point = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 |
                 (s[2] & 0x3F);
        return 3;
    }
    return 0;
}

/* Writes where there is room for certain. */
typedef struct quick_writer {
    char *begin;
    char *at;
    bool plain;
    bool gap;
    unsigned char tone; /* of the current word */
} quick_writer;

static void quick_pair(quick_writer *q, const char *pair)
{
    *q->at++ = pair[0];
    *q->at++ = pair[1];
}

static void quick_end_word(quick_writer *q)
{
    static const char tones[][3] = {"",         "\xCC\x80", "\xCC\x81",
                                    "\xCC\x83", "\xCC\x89", "\xCC\xA3"};

    if (q->tone != NO_TONE)
        quick_pair(q, tones[q->tone]);
    q->tone = NO_TONE;
    q->gap = q->at > q->begin;
}

static void quick_base(quick_writer *q, char base)
{
    if (q->gap)
        *q->at++ = ' ';
    q->gap = false;
    *q->at++ = base;
}

static void quick_ascii(quick_writer *q, char c)
{
    /* What a character becomes; 0 if it ends a word. */
    static const char small[128] =
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        "0123456789\0\0\0\0\0\0"
        "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0"
        "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0";

    c = small[(unsigned char)c];
    if (c != 0)
        quick_base(q, c);
    else
        quick_end_word(q);
}

static void quick_letter(quick_writer *q, letter l)
{
    static const char marks[][3] = {"", "\xCC\x82", "\xCC\x86", "\xCC\x9B",
                                    "\xC4\x91"};

    quick_base(q, l.base);
    if (q->plain)
        return;
    if (l.mark == STROKE)
        q->at--; /* it is a letter of its own */
    if (l.mark != NO_MARK)
        quick_pair(q, marks[l.mark]);
    if (l.tone != NO_TONE)
        q->tone = l.tone;
}

/* False if there is any other character: nothing is written then. */
static bool add_quickly(pc_buffer *out, const char *text, size_t length,
                        bool plain)
{
    const unsigned char *s = (const unsigned char *)text;
    quick_writer q = {out->data, out->data, plain, false, NO_TONE};
    size_t step;

    for (size_t i = 0; i < length; i += step) {
        uint32_t point;
        letter l;

        step = 1;
        if (s[i] < 0x80) {
            quick_ascii(&q, text[i]);
            continue;
        }
        step = decode(s + i, length - i, &point);
        if (step == 0)
            return false;
        l = find_letter(point);
        if (l.base != 0)
            quick_letter(&q, l);
        else if (is_gap(point))
            quick_end_word(&q);
        else
            return false;
    }
    quick_end_word(&q);
    *q.at = '\0';
    out->length = (size_t)(q.at - q.begin);
    return true;
}

/* A letter of two bytes becomes at most three, and one of three at most five;
 * the space in front of a word was at least one byte. */
static bool make_quickly(pc_buffer *key, const char *text, size_t length,
                         bool plain)
{
    return length <= SIZE_MAX / 8 && 2 * length <= key->maximum &&
           pc_buffer_reserve(key, 2 * length) &&
           add_quickly(key, text, length, plain);
}

static bool make(pc_buffer *key, const char *text, size_t length, bool plain)
{
    key_writer w = {key, plain, false, 0};

    pc_buffer_clear(key);
    if (make_quickly(key, text, length, plain))
        return true;
    if (key->failed || !pc_buffer_reserve(key, length) ||
        !add_unicode(&w, text, length))
        return false;
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
