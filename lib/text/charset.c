#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "text/legacy.h"

/* How an encoding is decoded. */
typedef enum method {
    BY_COPY,      /* checked and copied */
    BY_ICONV,     /* by iconv and no more */
    BY_COMBINING, /* by iconv, then letters and marks put together */
    BY_VNI,       /* by the tables of legacy.c */
    BY_TCVN3
} method;

static const struct {
    const char *name;
    const char *iconv_name; /* NULL if iconv has no part in it */
    method method;
    size_t unit; /* in bytes */
} charsets[PC_CHARSETS] = {
    [PC_UTF_8] = {"UTF-8", NULL, BY_COPY, 1},
    [PC_UTF_16] = {"UTF-16", "UTF-16LE", BY_ICONV, 2},
    [PC_UTF_16LE] = {"UTF-16LE", "UTF-16LE", BY_ICONV, 2},
    [PC_UTF_16BE] = {"UTF-16BE", "UTF-16BE", BY_ICONV, 2},
    [PC_WINDOWS_1258] = {"windows-1258", "CP1258", BY_COMBINING, 1},
    [PC_TCVN_5712] = {"TCVN5712", "TCVN5712-1", BY_COMBINING, 1},
    [PC_TCVN3] = {"TCVN3", NULL, BY_TCVN3, 1},
    [PC_VISCII] = {"VISCII", "VISCII", BY_ICONV, 1},
    [PC_VNI] = {"VNI", NULL, BY_VNI, 1},
};

/* ---- names --------------------------------------------------------------- */

/* Letters in lower case and digits only. */
static const struct {
    const char *name;
    pc_charset charset;
} aliases[] = {
    {"utf8", PC_UTF_8},
    {"utf16", PC_UTF_16},
    {"utf16le", PC_UTF_16LE},
    {"utf16be", PC_UTF_16BE},
    {"windows1258", PC_WINDOWS_1258},
    {"win1258", PC_WINDOWS_1258},
    {"cp1258", PC_WINDOWS_1258},
    {"1258", PC_WINDOWS_1258},
    {"tcvn", PC_TCVN_5712},
    {"tcvn5712", PC_TCVN_5712},
    {"tcvn57121", PC_TCVN_5712},
    {"tcvn57121993", PC_TCVN_5712},
    {"tcvn571211993", PC_TCVN_5712},
    {"xviettcvn5712", PC_TCVN_5712},
    {"vscii", PC_TCVN_5712},
    {"vscii1", PC_TCVN_5712},
    {"vn1", PC_TCVN_5712},
    {"tcvn3", PC_TCVN3},
    {"tcvn57123", PC_TCVN3},
    {"tcvn3abc", PC_TCVN3},
    {"abc", PC_TCVN3},
    {"vscii3", PC_TCVN3},
    {"vn3", PC_TCVN3},
    {"viscii", PC_VISCII},
    {"viscii11", PC_VISCII},
    {"vni", PC_VNI},
    {"vniwindows", PC_VNI},
    {"vniwin", PC_VNI},
    {"xvietvni", PC_VNI},
};

const char *pc_charset_name(pc_charset charset)
{
    return charsets[charset].name;
}

/* The next letter or digit of a name, in lower case; 0 at its end. */
static char next_of_name(const char **name)
{
    for (;;) {
        char c = **name;

        if (c == '\0')
            return '\0';
        (*name)++;
        if (c >= 'A' && c <= 'Z')
            return (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            return c;
    }
}

static bool is_name(const char *alias, const char *name)
{
    for (;;) {
        char c = next_of_name(&name);

        if (c != *alias)
            return false;
        if (c == '\0')
            return true;
        alias++;
    }
}

bool pc_charset_find(pc_charset *charset, const char *name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (is_name(aliases[i].name, name)) {
            *charset = aliases[i].charset;
            return true;
        }
    return false;
}

/* ---- writing ------------------------------------------------------------- */

/* A run is a letter with the marks on it. Nothing real has more than three;
 * the room bounds what a hostile text can pile up. */
enum { BLOCK = 4096, LONGEST_RUN = 32, LONGEST_POINT = 4 };

typedef struct writer {
    pc_buffer *out;
    pc_bad_bytes *bad;
    size_t line; /* counted up to the first bad byte only */
    bool after_cr;
    uint32_t held; /* a character that may pair with the next one; 0: none */
    uint32_t run[LONGEST_RUN];
    size_t run_length;
    char block[BLOCK]; /* points not yet in `out` */
    size_t used;
} writer;

static void writer_init(writer *w, pc_buffer *out, pc_bad_bytes *bad)
{
    w->out = out;
    w->bad = bad;
    w->line = 1;
    w->after_cr = false;
    w->held = 0;
    w->run_length = 0;
    w->used = 0;
}

/* Appends what fits of a text, whole characters only. */
static void append(pc_buffer *out, const char *text, size_t length)
{
    size_t room = out->maximum - out->length;
    size_t fits = length;

    if (out->failed)
        return;
    if (length > room)
        for (fits = room; fits > 0 && (text[fits] & 0xC0) == 0x80; fits--)
            ;
    pc_buffer_append(out, text, fits);
    if (fits < length && !out->failed)
        out->failed = out->overflow = true;
}

static void empty_block(writer *w)
{
    append(w->out, w->block, w->used);
    w->used = 0;
}

static void count_line_ends(writer *w, const char *text, size_t length)
{
    if (w->bad->count > 0)
        return;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\r' || (text[i] == '\n' && !w->after_cr))
            w->line++;
        w->after_cr = text[i] == '\r';
    }
}

static void put_text(writer *w, const char *text, size_t length)
{
    empty_block(w);
    count_line_ends(w, text, length);
    append(w->out, text, length);
}

static void put_point(writer *w, uint32_t point)
{
    utf8proc_uint8_t bytes[LONGEST_POINT];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)point, bytes);

    if (w->used + LONGEST_POINT > BLOCK)
        empty_block(w);
    memcpy(w->block + w->used, bytes, (size_t)n);
    count_line_ends(w, w->block + w->used, (size_t)n);
    w->used += (size_t)n;
}

/* ---- letters and marks put together -------------------------------------- */

static bool is_mark(uint32_t point)
{
    return point >= 0x0300 && point <= 0x036F;
}

/* Decomposes, sorts and composes the run in place. */
static void compose_run(writer *w)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_uint8_t text[LONGEST_RUN * LONGEST_POINT];
    utf8proc_int32_t points[LONGEST_RUN * 4];
    utf8proc_ssize_t length = 0;
    utf8proc_ssize_t count;

    for (size_t i = 0; i < w->run_length; i++)
        length += utf8proc_encode_char((utf8proc_int32_t)w->run[i],
                                       text + length);
    count = utf8proc_decompose(text, length, points, LONGEST_RUN * 4, options);
    if (count > LONGEST_RUN * 4)
        return;
    count = utf8proc_normalize_utf32(points, count, options);
    if (count < 0 || count > LONGEST_RUN)
        return;
    w->run_length = (size_t)count;
    for (size_t i = 0; i < w->run_length; i++)
        w->run[i] = (uint32_t)points[i];
}

static void end_run(writer *w)
{
    if (w->run_length > 1)
        compose_run(w);
    for (size_t i = 0; i < w->run_length; i++)
        put_point(w, w->run[i]);
    w->run_length = 0;
}

static void put_combining(writer *w, uint32_t point)
{
    if (!is_mark(point) || w->run_length == LONGEST_RUN)
        end_run(w);
    w->run[w->run_length++] = point;
}

/* Writes U+FFFD for `count` bytes at an offset. */
static void put_bad(writer *w, size_t offset, size_t count)
{
    end_run(w);
    if (w->bad->count == 0) {
        w->bad->offset = offset;
        w->bad->line = w->line;
    }
    w->bad->count += count;
    put_point(w, 0xFFFD);
}

/* ---- encodings with tables of ours --------------------------------------- */

static void end_pair(writer *w, pc_legacy legacy)
{
    if (w->held != 0)
        put_combining(w, pc_legacy_single(legacy, w->held));
    w->held = 0;
}

static void put_pairing(writer *w, pc_legacy legacy, uint32_t point)
{
    uint32_t both = pc_legacy_pair(legacy, w->held, point);

    if (both != 0) {
        put_combining(w, both);
        w->held = 0;
        return;
    }
    end_pair(w, legacy);
    if (point == 0)
        put_combining(w, 0);
    w->held = point;
}

static void decode_legacy(writer *w, pc_legacy legacy, const char *bytes,
                          size_t length)
{
    for (size_t i = 0; i < length && !w->out->failed; i++) {
        bool bad;
        uint32_t point = pc_legacy_byte(legacy, (unsigned char)bytes[i], &bad);

        if (bad) {
            end_pair(w, legacy);
            put_bad(w, i, 1);
        } else {
            put_pairing(w, legacy, point);
        }
    }
    end_pair(w, legacy);
}

/* ---- decoding ------------------------------------------------------------ */

/* The high bit of each of eight bytes, and the bit `n` of each moved there. */
#define HIGH UINT64_C(0x8080808080808080)
#define BIT(bytes, n) ((bytes) << (7 - (n)) & HIGH)

static uint64_t eight_bytes(const unsigned char *s)
{
    return (uint64_t)s[0] | (uint64_t)s[1] << 8 | (uint64_t)s[2] << 16 |
           (uint64_t)s[3] << 24 | (uint64_t)s[4] << 32 | (uint64_t)s[5] << 40 |
           (uint64_t)s[6] << 48 | (uint64_t)s[7] << 56;
}

/* Which bytes begin a character that needs care: not one of two bytes, nor one
 * of three in which anything may follow the first, which is E1 to EC. */
static uint64_t unusual(uint64_t bytes, uint64_t first, uint64_t of_three)
{
    uint64_t low = BIT(bytes, 1) | BIT(bytes, 0);
    uint64_t above = BIT(bytes, 3) | BIT(bytes, 2);

    return (first & ~of_three & ~(BIT(bytes, 4) | above | BIT(bytes, 1))) |
           (of_three & (BIT(bytes, 4) | ~(above | low) |
                        (BIT(bytes, 3) & BIT(bytes, 2) & low)));
}

/*
 * How many bytes at the front are whole characters of ASCII, of two bytes, and
 * the usual ones of three; it stops where fewer than eight are left, or at the
 * first eight that have another. Vietnamese is a mixture of all of them, so
 * that it takes longer to ask each character how long it is than to look at
 * eight bytes at once: those that begin a character say which must go on.
 */
static size_t usual_front(const char *text, size_t length)
{
    const unsigned char *s = (const unsigned char *)text;
    uint64_t due = 0; /* bytes that must go on a character */
    size_t at = 0;

    for (; length - at >= 8; at += 8) {
        uint64_t bytes = eight_bytes(s + at);
        uint64_t first = BIT(bytes, 7) & BIT(bytes, 6);
        uint64_t of_three = first & BIT(bytes, 5);

        if (((due | first << 8 | of_three << 16) ^
             (BIT(bytes, 7) & ~BIT(bytes, 6))) != 0 ||
            unusual(bytes, first, of_three) != 0)
            break;
        due = first >> 56 | of_three >> 48;
    }
    while (due != 0 && (s[--at] & 0xC0) == 0x80) /* back to its beginning */
        continue;
    return at;
}

size_t pc_utf_8_front(const char *text, size_t length)
{
    const utf8proc_uint8_t *s = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t point;
    utf8proc_ssize_t step = 1;
    size_t at = 0;

    while (at < length && step > 0) {
        at += usual_front(text + at, length - at);
        step = length - at < 4 ? (utf8proc_ssize_t)(length - at) : 4;
        if (step > 0)
            step = utf8proc_iterate(s + at, step, &point);
        at += step > 0 ? (size_t)step : 0;
    }
    return at;
}

static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

size_t pc_whole_characters(const char *bytes, size_t length)
{
    size_t front = pc_utf_8_front(bytes, length);
    size_t rest = length - front;
    unsigned char lead = rest > 0 ? (unsigned char)bytes[front] : 0;
    size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;

    for (size_t i = 1; i < rest && i < needed; i++)
        if (!goes_on(bytes[front + i]))
            return length;
    return rest < needed ? front : length;
}

/* Whether a unit ends a line: LF or CR. */
static bool is_line_end(pc_charset charset, const char *unit)
{
    char low = charset == PC_UTF_16BE ? unit[1] : unit[0];

    if (charset == PC_UTF_16LE && unit[1] != '\0')
        return false;
    if (charset == PC_UTF_16BE && unit[0] != '\0')
        return false;
    return low == '\n' || low == '\r';
}

size_t pc_whole_lines(pc_charset charset, const char *bytes, size_t length)
{
    size_t unit = charset == PC_UTF_16LE || charset == PC_UTF_16BE ? 2 : 1;
    size_t at = length / unit * unit;

    while (at > 0 && !is_line_end(charset, bytes + at - unit))
        at -= unit;
    return at;
}

static void decode_utf_8(writer *w, const char *bytes, size_t length)
{
    size_t at = 0;

    while (at < length && !w->out->failed) {
        size_t good = pc_utf_8_front(bytes + at, length - at);

        if (good > 0)
            put_text(w, bytes + at, good);
        at += good;
        if (at < length)
            put_bad(w, at++, 1);
    }
}

/* Takes what iconv wrote, which is valid UTF-8. */
static void put_converted(writer *w, method how, const char *text,
                          size_t length)
{
    if (how == BY_ICONV) {
        put_text(w, text, length);
        return;
    }
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t point = 0xFFFD;
        utf8proc_ssize_t n = utf8proc_iterate(
            (const utf8proc_uint8_t *)text + at,
            (utf8proc_ssize_t)(length - at), &point);

        put_combining(w, (uint32_t)point);
        at += n > 0 ? (size_t)n : 1;
    }
}

/* Makes iconv give out a letter that it holds back for a mark to come.
 * Without this the last letter of a text would be lost. */
static void flush_iconv(writer *w, iconv_t cd, method how)
{
    bool again;

    do {
        char block[BLOCK];
        char *to = block;
        size_t room = sizeof block;
        size_t result = iconv(cd, NULL, NULL, &to, &room);

        /* If nothing came though all room was free, nothing will come. */
        again = result == (size_t)-1 && errno == E2BIG && to != block;
        put_converted(w, how, block, (size_t)(to - block));
    } while (again);
}

/* One call of iconv; true if it stopped at something it cannot decode. */
static bool convert_block(writer *w, iconv_t cd, method how, char **from,
                          size_t *left)
{
    char block[BLOCK];
    char *to = block;
    size_t room = sizeof block;
    size_t result = iconv(cd, from, left, &to, &room);
    int reason = result == (size_t)-1 ? errno : 0;

    put_converted(w, how, block, (size_t)(to - block));
    return reason != 0 && (reason != E2BIG || to == block);
}

static void decode_by_iconv(writer *w, iconv_t cd, pc_charset charset,
                            const char *bytes, size_t length)
{
    method how = charsets[charset].method;
    char *from = (char *)bytes; /* iconv reads it only */
    size_t left = length;

    while (left > 0 && !w->out->failed) {
        if (convert_block(w, cd, how, &from, &left)) {
            size_t unit = charsets[charset].unit;

            if (unit > left)
                unit = left;
            flush_iconv(w, cd, how);
            put_bad(w, length - left, unit);
            from += unit;
            left -= unit;
        }
    }
    flush_iconv(w, cd, how);
}

/* The length of the byte order mark at the front. */
static size_t mark_length(pc_charset charset, const char *bytes, size_t length)
{
    if (charset == PC_UTF_8)
        return length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (charset == PC_UTF_16LE)
        return length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0 ? 2 : 0;
    if (charset == PC_UTF_16BE)
        return length >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0 ? 2 : 0;
    return 0;
}

static pc_charset_status decode(writer *w, pc_charset charset,
                                const char *bytes, size_t length)
{
    method how = charsets[charset].method;
    iconv_t cd;

    if (how == BY_COPY) {
        decode_utf_8(w, bytes, length);
        return PC_CHARSET_OK;
    }
    if (how == BY_VNI || how == BY_TCVN3) {
        decode_legacy(w, how == BY_VNI ? PC_LEGACY_VNI : PC_LEGACY_TCVN3, bytes,
                      length);
        return PC_CHARSET_OK;
    }
    cd = iconv_open("UTF-8", charsets[charset].iconv_name);
    if (cd == (iconv_t)-1)
        return errno == ENOMEM ? PC_CHARSET_NO_MEMORY : PC_CHARSET_UNAVAILABLE;
    decode_by_iconv(w, cd, charset, bytes, length);
    (void)iconv_close(cd);
    return PC_CHARSET_OK;
}

pc_charset_status pc_charset_decode(pc_charset charset, const char *bytes,
                                    size_t length, pc_buffer *out,
                                    pc_bad_bytes *bad)
{
    writer w;
    size_t skipped;
    pc_charset_status status;

    memset(bad, 0, sizeof *bad);
    if (length == 0)
        bytes = "";
    if (charset == PC_UTF_16)
        charset = mark_length(PC_UTF_16BE, bytes, length) > 0 ? PC_UTF_16BE
                                                              : PC_UTF_16LE;
    skipped = mark_length(charset, bytes, length);
    writer_init(&w, out, bad);
    status = decode(&w, charset, bytes + skipped, length - skipped);
    end_run(&w);
    empty_block(&w);
    if (bad->count > 0)
        bad->offset += skipped;
    if (status == PC_CHARSET_OK && out->failed)
        status = out->overflow ? PC_CHARSET_TOO_LONG : PC_CHARSET_NO_MEMORY;
    return status;
}
