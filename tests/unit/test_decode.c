/* Bytes to UTF-8 text. */
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

#define BOM "\xEF\xBB\xBF"
#define BAD "\xEF\xBF\xBD" /* U+FFFD */

/* Finding the encoding is test_detect.c's business. */
static const pc_charset utf_8 = PC_UTF_8;

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_decoded decoded;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    memset(&decoded, 0xA5, sizeof decoded);
}

static void teardown(void)
{
    pc_decoded_free(&decoded);
    ck_assert_uint_eq(fa.live, 0);
}

static void decode(const char *bytes, size_t length)
{
    ck_assert(pc_decode(&decoded, bytes, length, &utf_8, &allocator));
}

/* Valid text is not copied. */
static void check_valid(const char *bytes, size_t bom, size_t length)
{
    decode(bytes, length);
    ck_assert_ptr_eq(decoded.text, bytes + bom);
    ck_assert_uint_eq(decoded.length, length - bom);
    ck_assert_uint_eq(decoded.bad.count, 0);
    ck_assert(!decoded.binary);
    ck_assert_uint_eq(fa.calls, 0);
}

static const struct {
    const char *bytes;
    size_t bom;
} valid[] = {
    {"a,b\r\n", 0},
    {"Tổng số thủ tục đã công bố", 0},
    {BOM, 3},
    {BOM "form,code", 3},
    {BOM BOM "a", 3},
    {"a" BOM, 0},
    {"already " BAD, 0},
    {"\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80", 0},
    {"\xEF\xBF\xBE \xEF\xBF\xBF \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF", 0},
};

START_TEST(valid_text_stays_where_it_is)
{
    check_valid(valid[_i].bytes, valid[_i].bom, strlen(valid[_i].bytes));
}
END_TEST

START_TEST(no_bytes_are_text_without_content)
{
    decode(NULL, 0);
    ck_assert_ptr_nonnull(decoded.text);
    ck_assert_uint_eq(decoded.length, 0);
    ck_assert(!decoded.binary);
}
END_TEST

static size_t encode(char *out, unsigned point)
{
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t length = point < 0x80      ? 1
                    : point < 0x800   ? 2
                    : point < 0x10000 ? 3
                                      : 4;

    for (size_t i = length; i > 1; i--, point >>= 6)
        out[i - 1] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(leads[length] | point);
    return length;
}

START_TEST(every_character_is_valid)
{
    char *all = malloc(0x110000 * 4);
    size_t length = 0;

    ck_assert_ptr_nonnull(all);
    for (unsigned point = 1; point <= 0x10FFFF; point++)
        if (point < 0xD800 || point > 0xDFFF)
            length += encode(all + length, point);
    check_valid(all, 0, length);
    free(all);
}
END_TEST

START_TEST(no_surrogate_is_valid)
{
    char *all = malloc(0x800 * 3);
    size_t length = 0;

    ck_assert_ptr_nonnull(all);
    for (unsigned point = 0xD800; point <= 0xDFFF; point++)
        length += encode(all + length, point);
    decode(all, length);
    ck_assert_uint_eq(decoded.bad.count, length);
    free(all);
}
END_TEST

START_TEST(two_bytes_are_valid_only_as_lead_and_continuation)
{
    for (int lead = 0x80; lead <= 0xFF; lead++)
        for (int next = 0x80; next <= 0xFF; next++) {
            const char bytes[] = {(char)lead, (char)next};
            bool good = lead >= 0xC2 && lead <= 0xDF && next <= 0xBF;
            decode(bytes, 2);
            ck_assert_uint_eq(decoded.bad.count, good ? 0 : 2);
            pc_decoded_free(&decoded);
        }
}
END_TEST

typedef struct bad_case {
    const char *bytes;
    const char *text;
    size_t count;
    size_t offset;
    size_t line;
} bad_case;

static const bad_case bad[] = {
    /* overlong */
    {"\xC0\x80", BAD BAD, 2, 0, 1},
    {"\xC1\xBF", BAD BAD, 2, 0, 1},
    {"\xE0\x80\x80", BAD BAD BAD, 3, 0, 1},
    {"\xE0\x9F\xBF", BAD BAD BAD, 3, 0, 1},
    {"\xF0\x80\x80\x80", BAD BAD BAD BAD, 4, 0, 1},
    {"\xF0\x8F\xBF\xBF", BAD BAD BAD BAD, 4, 0, 1},
    /* surrogates */
    {"\xED\xA0\x80", BAD BAD BAD, 3, 0, 1},
    {"\xED\xBF\xBF", BAD BAD BAD, 3, 0, 1},
    /* over U+10FFFF, and bytes that never occur */
    {"\xF4\x90\x80\x80", BAD BAD BAD BAD, 4, 0, 1},
    {"\xF5\x80\x80\x80", BAD BAD BAD BAD, 4, 0, 1},
    {"a\xF8z", "a" BAD "z", 1, 1, 1},
    {"a\xFE\xFFz", "a" BAD BAD "z", 2, 1, 1},
    /* a continuation without a lead */
    {"\x80", BAD, 1, 0, 1},
    {"\xC4\x91\xBF", "đ" BAD, 1, 2, 1},
    /* cut off, at the end and before another character */
    {"a\xC4", "a" BAD, 1, 1, 1},
    {"a\xE1\xBA", "a" BAD BAD, 2, 1, 1},
    {"a\xF0\x9F\x9A", "a" BAD BAD BAD, 3, 1, 1},
    {"\xE1\xBA,", BAD BAD ",", 2, 0, 1},
    {"\xE1\xC4\x91", BAD "đ", 1, 0, 1},
    {"\xEF\xBB", BAD BAD, 2, 0, 1},
    /* windows-1258 and a valid text around it */
    {"\xD5 và đ", BAD " và đ", 1, 0, 1},
    /* offsets count the mark at the beginning */
    {BOM "\xFF", BAD, 1, 3, 1},
    {BOM "đ\n\xFF", "đ\n" BAD, 1, 6, 2},
    /* lines */
    {"a\n\xFF", "a\n" BAD, 1, 2, 2},
    {"a\r\xFF", "a\r" BAD, 1, 2, 2},
    {"a\r\n\xFF", "a\r\n" BAD, 1, 3, 2},
    {"a\r\nb\xFF\n\xFF", "a\r\nb" BAD "\n" BAD, 2, 4, 2},
    {"\r\r\n\n\xFF", "\r\r\n\n" BAD, 1, 4, 4},
    {"\n\r\xFF", "\n\r" BAD, 1, 2, 3},
    {"\xFF\n\n", BAD "\n\n", 1, 0, 1},
};

static void check_bad(const bad_case *expected)
{
    ck_assert_uint_eq(decoded.length, strlen(expected->text));
    ck_assert_mem_eq(decoded.text, expected->text, decoded.length);
    ck_assert_uint_eq(decoded.bad.count, expected->count);
    ck_assert_uint_eq(decoded.bad.offset, expected->offset);
    ck_assert_uint_eq(decoded.bad.line, expected->line);
    ck_assert(!decoded.binary);
}

START_TEST(every_bad_byte_is_replaced_and_counted)
{
    decode(bad[_i].bytes, strlen(bad[_i].bytes));
    check_bad(&bad[_i]);
}
END_TEST

/* The bytes behind the end would complete the character. */
START_TEST(nothing_behind_the_end_is_read)
{
    static const char bytes[] = "\xF0\x9F\x9A\x80";
    static const bad_case expected[] = {
        {"", BAD, 1, 0, 1}, {"", BAD BAD, 2, 0, 1}, {"", BAD BAD BAD, 3, 0, 1}};

    decode(bytes, (size_t)_i + 1);
    check_bad(&expected[_i]);
}
END_TEST

static const struct {
    const char *bytes;
    size_t length;
} binary[] = {
    {"\0", 1},
    {"a,b\0", 4},
    {"\xFF\xFE"
     "a\0,\0",
     6},
    {"\xFF\0", 2},
    {BOM "\0", 4},
};

START_TEST(a_zero_byte_makes_it_binary)
{
    decode(binary[_i].bytes, binary[_i].length);
    ck_assert(decoded.binary);
    ck_assert_uint_eq(decoded.length, 0);
    ck_assert_str_eq(decoded.text, "");
    ck_assert_uint_eq(decoded.bad.count, 0);
}
END_TEST

START_TEST(bad_bytes_need_memory)
{
    char bytes[400];

    memset(bytes, 0xFF, sizeof bytes);
    failing_allocator_init(&fa, (size_t)_i, false);
    ck_assert(!pc_decode(&decoded, bytes, sizeof bytes, &utf_8, &allocator));
    ck_assert_uint_eq(fa.failures, 1);
}
END_TEST

/* A unit of UTF-16 of which a ceiling left one byte, and no whole line. */
START_TEST(lines_that_a_ceiling_cuts)
{
    static const char wide[] = "\xFF\xFE"
                               "a\0\n\0"
                               "b\0\n";
    static const char zeros[] = "abc\0defg";

    ck_assert(pc_decode_lines(&decoded, wide, 9, NULL, &allocator));
    ck_assert_uint_eq(decoded.bad.count, 0);
    ck_assert_uint_eq(decoded.length, 2);
    ck_assert_mem_eq(decoded.text, "a\n", 2);
    pc_decoded_free(&decoded);
    ck_assert(pc_decode_lines(&decoded, zeros, 8, NULL, &allocator));
    ck_assert(decoded.binary);
    pc_decoded_free(&decoded);
    ck_assert(pc_decode_lines(&decoded, "x\xE1\xBA", 3, NULL, &allocator));
    ck_assert(!decoded.binary);
    ck_assert_uint_eq(decoded.length, 0);
    ck_assert_int_eq(decoded.detected.by, PC_BY_ASCII);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode");
    TCase *tests = tcase_create("decode");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, valid_text_stays_where_it_is, 0,
                        sizeof valid / sizeof *valid);
    tcase_add_test(tests, no_bytes_are_text_without_content);
    tcase_add_test(tests, every_character_is_valid);
    tcase_add_test(tests, no_surrogate_is_valid);
    tcase_add_test(tests, two_bytes_are_valid_only_as_lead_and_continuation);
    tcase_add_loop_test(tests, every_bad_byte_is_replaced_and_counted, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_loop_test(tests, nothing_behind_the_end_is_read, 0, 3);
    tcase_add_loop_test(tests, a_zero_byte_makes_it_binary, 0,
                        sizeof binary / sizeof *binary);
    tcase_add_loop_test(tests, bad_bytes_need_memory, 1, 2);
    tcase_add_test(tests, lines_that_a_ceiling_cuts);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
