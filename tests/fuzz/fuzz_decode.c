/*
 * Bytes in some encoding to UTF-8.
 *
 * The first byte says how: its low four bits name an encoding, or none, so
 * that it has to be found; the others how much room the text has. The rest
 * is the file.
 */
#include "expect.h"
#include "text/decode.h"

enum { MOST_BYTES = 128 << 10, LOW_NIBBLE = 15 };

static size_t count_lines(const char *bytes, size_t length)
{
    size_t lines = 1;

    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n' || bytes[i] == '\r';
    return lines;
}

static bool is_utf_8(const char *utf_8, size_t length)
{
    const unsigned char *s = (const unsigned char *)utf_8;

    for (size_t at = 0; at < length;) {
        size_t n = sequence(s + at, length - at);

        if (n == 0)
            return false;
        at += n;
    }
    return true;
}

static size_t count_replaced(const char *utf_8, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i + 2 < length; i++)
        count += memcmp(utf_8 + i, "\xEF\xBF\xBD", 3) == 0;
    return count;
}

/* What must hold of bad bytes among `length`, `count` of U+FFFD made of
 * them. */
static void check_bad(const pc_bad_bytes *bad, const char *bytes, size_t length,
                      size_t count)
{
    EXPECT(bad->count <= length);
    EXPECT((bad->count == 0) == (bad->line == 0));
    if (bad->count == 0)
        return;
    EXPECT(bad->offset < length);
    EXPECT(bad->line <= count_lines(bytes, length));
    EXPECT(count > 0);
}

static void check_detected(const pc_detected *found)
{
    EXPECT(found->charset < PC_CHARSETS && found->charset != PC_UTF_16);
    EXPECT(found->score <= PC_SCORE_FULL);
    EXPECT(found->runner_up_score <= PC_SCORE_FULL);
    EXPECT(found->by != PC_BY_SCORE ||
           found->runner_up_score <= found->score ||
           found->charset == PC_TCVN_5712 || found->charset == PC_TCVN3);
}

static bool is_same(const pc_detected *a, const pc_detected *b)
{
    return a->charset == b->charset && a->by == b->by &&
           a->unsure == b->unsure && a->letters == b->letters &&
           a->score == b->score && a->runner_up == b->runner_up &&
           a->runner_up_score == b->runner_up_score;
}

/* Decodes as a whole; what was found once is found again. */
static void check_decode(const char *bytes, size_t length,
                         const pc_charset *given)
{
    parcheck_allocator allocator = pc_allocator(NULL);
    pc_decoded decoded;
    pc_detected again;

    EXPECT(pc_decode(&decoded, bytes, length, given, &allocator));
    EXPECT(!decoded.unavailable);
    EXPECT(is_utf_8(decoded.text, decoded.length));
    EXPECT(pc_utf_8_front(decoded.text, decoded.length) == decoded.length);
    check_detected(&decoded.detected);
    if (length > 0 && given == NULL) {
        EXPECT(pc_detect(&again, bytes, length, &allocator));
        EXPECT(is_same(&again, &decoded.detected));
    } else {
        EXPECT(decoded.detected.by == PC_BY_OPTION);
    }
    if (decoded.binary)
        EXPECT(decoded.length == 0);
    else
        check_bad(&decoded.bad, bytes, length,
                  count_replaced(decoded.text, decoded.length));
    pc_decoded_free(&decoded);
}

/* Decodes into little room: what comes out is the front of the whole. */
static void check_room(const char *bytes, size_t length, pc_charset charset,
                       size_t room)
{
    parcheck_allocator allocator = pc_allocator(NULL);
    pc_charset_status status;
    pc_bad_bytes bad;
    pc_buffer whole;
    pc_buffer part;

    pc_buffer_init(&whole, &allocator, SIZE_MAX / 8);
    EXPECT(pc_charset_decode(charset, bytes, length, &whole, &bad) ==
           PC_CHARSET_OK);
    EXPECT(is_utf_8(whole.data, whole.length));
    pc_buffer_init(&part, &allocator, room);
    status = pc_charset_decode(charset, bytes, length, &part, &bad);
    EXPECT(status == PC_CHARSET_OK || status == PC_CHARSET_TOO_LONG);
    EXPECT(part.length <= room && is_utf_8(part.data, part.length));
    EXPECT(part.length <= whole.length);
    EXPECT(part.length == 0 ||
           memcmp(part.data, whole.data, part.length) == 0);
    EXPECT((status == PC_CHARSET_OK) == (part.length == whole.length));
    pc_buffer_free(&part);
    pc_buffer_free(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_charset charset;
    char *bytes;
    bool given;

    if (size == 0 || size > MOST_BYTES)
        return 0;
    given = (data[0] & LOW_NIBBLE) < PC_CHARSETS;
    charset = given ? (pc_charset)(data[0] & LOW_NIBBLE) : PC_UTF_8;
    /* Ends where the file ends, so that reading behind it is seen. */
    bytes = malloc(size > 1 ? size - 1 : 1);
    EXPECT(bytes != NULL);
    memcpy(bytes, data + 1, size - 1);
    check_decode(bytes, size - 1, given ? &charset : NULL);
    if (given)
        check_room(bytes, size - 1, charset, (size_t)(data[0] >> 4) * 5);
    free(bytes);
    return 0;
}
