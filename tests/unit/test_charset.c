/* From every encoding to UTF-8. */
#define _GNU_SOURCE /* for iconv_fault.h */

#include "text/charset.h"

#include <stdint.h>

#include "encode.h"
#include "failing_allocator.h"
#include "iconv_fault.h"
#include "runner.h"

/* All letters are in it, words and capitals as well; 200 bytes and more in
 * every encoding. */
static const char sample[] =
    "Số lượng hồ sơ đã tiếp nhận,Tỷ lệ,\"Ủy ban nhân dân\"\r\n"
    "ĐÃ GIẢI QUYẾT ĐÚNG HẠN,99.92,Không báo\n"
    "Thủ tục hành chính: cắt giảm, đơn giản hóa; nghĩa vụ, xã hội\n"
    "Huyện Kông Chro, Hòa An, Đak Pơ; ý kiến phản ánh, kiến nghị";

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer out;
static pc_bad_bytes bad;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&out, &allocator, 1 << 24);
    iconv_open_error = 0;
    iconv_room = 0;
}

static void teardown(void)
{
    pc_buffer_free(&out);
    ck_assert_uint_eq(fa.live, 0);
    ck_assert_int_eq(iconv_balance, 0);
}

static pc_charset_status decode(pc_charset charset, const char *bytes,
                                size_t length)
{
    pc_buffer_clear(&out);
    return pc_charset_decode(charset, bytes, length, &out, &bad);
}

static void assert_out(const char *expected_text)
{
    ck_assert_str_eq(out.data != NULL ? out.data : "", expected_text);
    ck_assert_uint_eq(out.length, strlen(expected_text));
}

/* What a whole encoded text gives; everything in it can be decoded. */
static void assert_back(style s, const char *utf_8)
{
    text given = encode(s, utf_8);
    text back = expected(s, utf_8);

    ck_assert_int_eq(decode(styles[s].charset, given.bytes, given.length),
                     PC_CHARSET_OK);
    ck_assert_msg(out.length == back.length &&
                      memcmp(out.data, back.bytes, back.length) == 0,
                  "%s: \"%.60s\" became \"%.60s\"", styles[s].name, utf_8,
                  out.data);
    ck_assert_uint_eq(bad.count, 0);
    ck_assert_uint_eq(bad.line, 0);
    free(given.bytes);
    free(back.bytes);
}

START_TEST(names_are_found_by_their_aliases)
{
    static const struct {
        const char *name;
        pc_charset charset;
    } names[] = {
        {"utf8", PC_UTF_8},
        {"Utf-8", PC_UTF_8},
        {"UTF-16", PC_UTF_16},
        {"utf_16le", PC_UTF_16LE},
        {"UTF16BE", PC_UTF_16BE},
        {"cp1258", PC_WINDOWS_1258},
        {"CP-1258", PC_WINDOWS_1258},
        {"windows1258", PC_WINDOWS_1258},
        {"TCVN", PC_TCVN_5712},
        {"tcvn-5712", PC_TCVN_5712},
        {"TCVN5712-1", PC_TCVN_5712},
        {"TCVN 5712:1993", PC_TCVN_5712},
        {"TCVN5712-1:1993", PC_TCVN_5712},
        {"Tcvn3", PC_TCVN3},
        {"TCVN3 (ABC)", PC_TCVN3},
        {"ABC", PC_TCVN3},
        {"viscii", PC_VISCII},
        {"VNI-Windows", PC_VNI},
        {"vni", PC_VNI},
    };
    pc_charset charset;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert(pc_charset_find(&charset, names[i].name));
        ck_assert_int_eq(charset, names[i].charset);
    }
    for (pc_charset c = PC_UTF_8; c < PC_CHARSETS; c++) {
        ck_assert(pc_charset_find(&charset, pc_charset_name(c)));
        ck_assert_int_eq(charset, c);
    }
    ck_assert(!pc_charset_find(&charset, ""));
    ck_assert(!pc_charset_find(&charset, "-"));
    ck_assert(!pc_charset_find(&charset, "utf"));
    ck_assert(!pc_charset_find(&charset, "utf-81"));
    ck_assert(!pc_charset_find(&charset, "latin1"));
}
END_TEST

START_TEST(every_letter_comes_back)
{
    for (style s = STYLE_UTF_8; s < STYLES; s++)
        for (size_t n = 0; n < LETTERS; n++) {
            char word[64];

            /* Alone it is the last letter, which iconv holds back. */
            assert_back(s, letters[n].small);
            assert_back(s, letters[n].capital);
            snprintf(word, sizeof word, "t%sng T%sNG", letters[n].small,
                     letters[n].capital);
            assert_back(s, word);
        }
}
END_TEST

START_TEST(the_submissions_come_back)
{
    static const char *const files[] = {
        "kong-chro-2022-h1.csv",
        "hoa-an-2023-q1.csv",
        "hoa-an-2023-q1-dossiers.csv",
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        for (int capitals = 0; capitals <= 1; capitals++) {
            text file = data_file(files[i]);
            text cased = in_case(file.bytes, capitals);

            for (style s = STYLE_UTF_8; s < STYLES; s++)
                assert_back(s, cased.bytes);
            free(file.bytes);
            free(cased.bytes);
        }
}
END_TEST

/* The library converts in blocks of 4096 bytes. */
START_TEST(a_letter_may_stand_across_two_blocks)
{
    for (size_t pad = 4030; pad <= 4097; pad += 3) {
        text t = text_of("");

        for (size_t i = 0; i < pad; i++)
            text_add(&t, "x", 1);
        text_add(&t, sample, strlen(sample));
        for (style s = STYLE_UTF_8; s < STYLES; s++)
            assert_back(s, t.bytes);
        free(t.bytes);
    }
}
END_TEST

START_TEST(iconv_may_have_little_room)
{
    for (size_t room = 4; room <= 12; room++)
        for (style s = STYLE_UTF_8; s < STYLES; s++) {
            text given = encode(s, sample);
            text back = expected(s, sample);

            iconv_room = room;
            ck_assert_int_eq(
                decode(styles[s].charset, given.bytes, given.length),
                PC_CHARSET_OK);
            iconv_room = 0;
            assert_out(back.bytes);
            ck_assert_uint_eq(bad.count, 0);
            free(given.bytes);
            free(back.bytes);
        }
}
END_TEST

START_TEST(an_iconv_without_room_does_not_hang)
{
    iconv_room = 1;
    ck_assert_int_eq(decode(PC_VISCII, "\xAA\xAB", 2), PC_CHARSET_OK);
    assert_out("\uFFFD\uFFFD");
    ck_assert_uint_eq(bad.count, 2);
}
END_TEST

/* Bytes, what they become, how many are bad, where the first stands. */
typedef struct broken {
    pc_charset charset;
    const char *bytes;
    size_t length;
    const char *text;
    size_t count;
    size_t offset;
    size_t line;
} broken;

#define BYTES(literal) literal, sizeof(literal) - 1

static const broken brokens[] = {
    {PC_UTF_8, BYTES("a\xFF\n"), "a\uFFFD\n", 1, 1, 1},
    {PC_UTF_8, BYTES("\xEF\xBB\xBF\xFF"), "\uFFFD", 1, 3, 1},
    {PC_UTF_8, BYTES("\xE1\xBA"), "\uFFFD\uFFFD", 2, 0, 1},
    {PC_UTF_8, BYTES("\xC0\x80"), "\uFFFD\uFFFD", 2, 0, 1},
    {PC_UTF_8, BYTES("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD", 3, 0, 1},
    {PC_UTF_8, BYTES("a\r\nb\rc\n\xFE"), "a\r\nb\rc\n\uFFFD", 1, 7, 4},
    /* 0x81 is free in windows-1258; the letter before it is held back. */
    {PC_WINDOWS_1258, BYTES("a\x81\xEC"), "a\uFFFD\u0301", 1, 1, 1},
    {PC_WINDOWS_1258, BYTES("\r\n\na\x81z\x8A"), "\r\n\na\uFFFDz\uFFFD", 2, 4,
     3},
    {PC_TCVN3, BYTES("a\x81"), "a\uFFFD", 1, 1, 1},
    {PC_TCVN3, BYTES("A\n\x9D\xB5"), "A\n\uFFFDà", 1, 2, 2},
    {PC_VNI, BYTES("a\x90\xF9"), "a\uFFFDù", 1, 1, 1},
    /* A high surrogate alone, a low one, one at the end, an odd byte. */
    {PC_UTF_16LE,
     BYTES("\x00\xD8"
           "a\0"),
     "\uFFFDa", 2, 0, 1},
    {PC_UTF_16LE,
     BYTES("\n\0\x00\xDC"
           "a\0"),
     "\n\uFFFDa", 2, 2, 2},
    {PC_UTF_16LE, BYTES("a\0\x00\xD8"), "a\uFFFD", 2, 2, 1},
    {PC_UTF_16LE, BYTES("a\0b"), "a\uFFFD", 1, 2, 1},
    {PC_UTF_16LE, BYTES("\xFF\xFE\x00\xD8\xCF"), "\uFFFD\uFFFD", 3, 2, 1},
    {PC_UTF_16BE, BYTES("\xD8\x00\0a"), "\uFFFDa", 2, 0, 1},
    {PC_UTF_16BE, BYTES("\xDC\x00\xDC\x00"), "\uFFFD\uFFFD", 4, 0, 1},
    {PC_UTF_16BE, BYTES("\xFE"), "\uFFFD", 1, 0, 1},
    {PC_UTF_16, BYTES("\xFE\xFF\0"), "\uFFFD", 1, 2, 1},
};

START_TEST(bad_bytes_are_shown_and_counted)
{
    const broken *b = &brokens[_i];

    ck_assert_int_eq(decode(b->charset, b->bytes, b->length), PC_CHARSET_OK);
    assert_out(b->text);
    ck_assert_uint_eq(bad.count, b->count);
    ck_assert_uint_eq(bad.offset, b->offset);
    ck_assert_uint_eq(bad.line, b->line);
}
END_TEST

/* Bytes that are all right, and what they are. */
static const struct {
    pc_charset charset;
    const char *bytes;
    size_t length;
    const char *text;
} meanings[] = {
    {PC_UTF_8, BYTES(""), ""},
    {PC_UTF_8, BYTES("\xEF\xBB\xBFx"), "x"},
    {PC_UTF_16LE, BYTES("\xFF\xFEx\0"), "x"},
    {PC_UTF_16BE, BYTES("\xFE\xFF\0x"), "x"},
    {PC_UTF_16, BYTES("\xFE\xFF\0x"), "x"},
    {PC_UTF_16, BYTES("\xFF\xFEx\0"), "x"},
    {PC_UTF_16, BYTES("x\0"), "x"},
    {PC_UTF_16LE, BYTES("\x3D\xD8\x00\xDE"), "\U0001F600"},
    /* Marks that iconv leaves alone: two on a letter, and one on none. */
    {PC_WINDOWS_1258, BYTES("\xE2\xEC"), "ấ"},
    {PC_WINDOWS_1258, BYTES("\xE2\xEC\xF2"), "\u1EAD\u0301"},
    {PC_WINDOWS_1258, BYTES("b\xEC"), "b\u0301"},
    {PC_WINDOWS_1258, BYTES("\xEC"), "\u0301"},
    {PC_TCVN_5712, BYTES("\xA9\xB3"), "ấ"},
    /* Capitals by pairs, and what only looks like one. */
    {PC_TCVN3, BYTES("A\xB5"), "À"},
    {PC_TCVN3, BYTES("\xA2\xCA\xA5\xED"), "ẤỚ"},
    {PC_TCVN3, BYTES("a\xB5"), "aà"},
    {PC_TCVN3, BYTES("A\xCC"), "Aè"},
    {PC_TCVN3, BYTES("A\xA9"), "Aâ"},
    {PC_TCVN3,
     BYTES("AA\xB5"
           "A"),
     "AÀA"},
    {PC_TCVN3, BYTES("TH\xB5NH PH\xE8"), "THàNH PHố"},
    {PC_TCVN3, BYTES("\xA9\xB3"), "ấ"},
    {PC_TCVN3, BYTES("\x93q\x94\x96\x85\x80"), "“q”–…€"},
    {PC_VNI, BYTES("\x93q\x94\x96\x85\x80"), "“q”–…€"},
    /* A capital with a small mark comes from a spreadsheet. */
    {PC_VNI, BYTES("A\xF9O\xE4Y\xEFy\xEF"), "ÁỘỴỵ"},
    {PC_VNI, BYTES("\xD4\xD6\xF4\xF6\xD1\xF1\xD2\xCE"), "ƠƯơưĐđỊỴ"},
    {PC_VNI, BYTES("\xD4\xD9\xF6\xEF"), "Ớự"},
    /* Marks without a base of theirs stay what they are in CP1252. */
    {PC_VNI, BYTES("b\xF9 \xF9 e\xEA i\xF9"), "bù ù eê iù"},
    {PC_VNI, BYTES("aaa\xF9\xF9"), "aaáù"},
    {PC_VNI, BYTES("a\xA0\xB2"), "a\u00A0²"},
};

START_TEST(bytes_mean_what_they_should)
{
    ck_assert_int_eq(
        decode(meanings[_i].charset, meanings[_i].bytes, meanings[_i].length),
        PC_CHARSET_OK);
    assert_out(meanings[_i].text);
    ck_assert_uint_eq(bad.count, 0);
}
END_TEST

START_TEST(tcvn3_agrees_with_iconv_from_0xa0_on)
{
    for (int byte = 0xA0; byte <= 0xFF; byte++) {
        char c = (char)byte;
        char before[8] = "";

        ck_assert_int_eq(decode(PC_TCVN_5712, &c, 1), PC_CHARSET_OK);
        memcpy(before, out.data, out.length);
        ck_assert_int_eq(decode(PC_TCVN3, &c, 1), PC_CHARSET_OK);
        assert_out(before);
    }
}
END_TEST

START_TEST(a_zero_is_a_character)
{
    for (pc_charset c = PC_UTF_8; c < PC_CHARSETS; c++) {
        bool wide = c >= PC_UTF_16 && c <= PC_UTF_16BE;
        bool big = c == PC_UTF_16BE;
        const char *bytes = !wide ? "a\0b" : big ? "\0a\0\0\0b" : "a\0\0\0b";

        ck_assert_int_eq(decode(c, bytes, wide ? 6 : 3), PC_CHARSET_OK);
        ck_assert_uint_eq(out.length, 3);
        ck_assert_mem_eq(out.data, "a\0b", 3);
        ck_assert_uint_eq(bad.count, 0);
    }
}
END_TEST

START_TEST(a_text_may_be_cut_off_anywhere)
{
    for (style s = STYLE_UTF_8; s < STYLES; s++) {
        text given = encode(s, sample);
        text back = expected(s, sample);

        ck_assert_uint_ge(given.length, 200);
        for (size_t n = 0; n <= given.length; n++) {
            size_t same = 0;

            ck_assert_int_eq(decode(styles[s].charset, given.bytes, n),
                             PC_CHARSET_OK);
            ck_assert_uint_eq(pc_utf_8_front(out.data, out.length), out.length);
            while (same < out.length && out.data[same] == back.bytes[same])
                same++;
            /* Two bad bytes, or a letter that lost its tone. */
            ck_assert_uint_le(out.length - same, 6);
            ck_assert_uint_le(bad.count, 2);
        }
        free(given.bytes);
        free(back.bytes);
    }
}
END_TEST

/* All pairs of bytes, one after the other. */
START_TEST(whatever_the_bytes_the_text_is_valid)
{
    text t = text_of("");

    for (unsigned pair = 0; pair <= 0xFFFF; pair++) {
        char bytes[] = {(char)(pair >> 8), (char)(pair & 0xFF), ' ', '\0'};

        text_add(&t, bytes, pair % 3 == 0 ? 2 : 4);
    }
    for (pc_charset c = PC_UTF_8; c < PC_CHARSETS; c++) {
        ck_assert_int_eq(decode(c, t.bytes, t.length), PC_CHARSET_OK);
        ck_assert_uint_eq(pc_utf_8_front(out.data, out.length), out.length);
    }
    free(t.bytes);
}
END_TEST

/* How many bytes the character at the front has by RFC 3629; 0 for none. */
static size_t valid_front(const unsigned char *s, size_t left)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = s[0] < 0x80                   ? 1
                    : s[0] >= 0xC0 && s[0] < 0xE0 ? 2
                    : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
                    : s[0] >= 0xF0 && s[0] < 0xF8 ? 4
                                                  : 0;
    uint32_t point = s[0];

    if (length == 0 || length > left)
        return 0;
    if (length > 1)
        point &= 0x7FU >> length;
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (s[i] & 0x3F);
    }
    return point < least[length] || point > 0x10FFFF ||
                   (point >= 0xD800 && point <= 0xDFFF)
               ? 0
               : length;
}

/* Behind some of ASCII any two bytes, and the bounds of what may follow. */
START_TEST(the_valid_front_is_found)
{
    static const unsigned char bounds[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                           0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    enum { BOUNDS = sizeof bounds, FRONT = 13 };
    unsigned char given[FRONT + 4];

    for (unsigned i = 0; i <= 0xFFFF; i++)
        for (size_t j = 0; j < BOUNDS * BOUNDS; j++) {
            size_t front = (i + j) % FRONT;
            size_t good = 0;
            size_t step = 1;

            memset(given, 'a', front);
            given[front] = (unsigned char)(i >> 8);
            given[front + 1] = (unsigned char)i;
            given[front + 2] = bounds[j / BOUNDS];
            given[front + 3] = bounds[j % BOUNDS];
            for (size_t n = front + 1 + j % 4; good < n && step > 0;
                 good += step)
                step = valid_front(given + good, n - good);
            if (pc_utf_8_front((const char *)given, front + 1 + j % 4) != good)
                ck_abort_msg("%04x %02x %02x behind %zu bytes", i,
                             bounds[j / BOUNDS], bounds[j % BOUNDS], front);
        }
}
END_TEST

START_TEST(many_marks_on_a_letter_are_bounded)
{
    char bytes[10000];

    memset(bytes, 0xEC, sizeof bytes);
    bytes[0] = 'a';
    ck_assert_int_eq(decode(PC_WINDOWS_1258, bytes, sizeof bytes),
                     PC_CHARSET_OK);
    ck_assert_uint_eq(out.length, 2 + 2 * (sizeof bytes - 2));
}
END_TEST

START_TEST(the_maximum_of_the_buffer_holds)
{
    for (style s = STYLE_UTF_8; s < STYLES; s++) {
        text given = encode(s, sample);
        text back = expected(s, sample);

        for (size_t maximum = 0; maximum <= back.length; maximum++) {
            pc_buffer small;
            pc_charset_status status;

            pc_buffer_init(&small, &allocator, maximum);
            status = pc_charset_decode(styles[s].charset, given.bytes,
                                       given.length, &small, &bad);
            ck_assert_int_eq(status, maximum < back.length ? PC_CHARSET_TOO_LONG
                                                           : PC_CHARSET_OK);
            ck_assert_uint_le(small.length, maximum);
            ck_assert_uint_gt(small.length + 4, maximum);
            ck_assert_mem_eq(small.data, back.bytes, small.length);
            ck_assert_uint_eq(pc_utf_8_front(small.data, small.length),
                              small.length);
            pc_buffer_free(&small);
        }
        free(given.bytes);
        free(back.bytes);
    }
}
END_TEST

START_TEST(text_is_appended)
{
    pc_buffer_text(&out, "Tên: ");
    ck_assert_int_eq(pc_charset_decode(PC_VNI, "H\xF6ng", 4, &out, &bad),
                     PC_CHARSET_OK);
    assert_out("Tên: Hưng");
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    text t = text_of("");

    for (int i = 0; i < 100; i++)
        text_add(&t, sample, strlen(sample));
    for (style s = STYLE_UTF_8; s < STYLES; s++) {
        text given = encode(s, t.bytes);
        bool done = false;

        for (size_t n = 1; !done; n++) {
            pc_buffer failing;
            pc_charset_status status;

            failing_allocator_init(&fa, n, false);
            pc_buffer_init(&failing, &allocator, 1 << 24);
            status = pc_charset_decode(styles[s].charset, given.bytes,
                                       given.length, &failing, &bad);
            done = fa.calls < n;
            ck_assert_int_eq(status,
                             done ? PC_CHARSET_OK : PC_CHARSET_NO_MEMORY);
            pc_buffer_free(&failing);
            ck_assert_uint_eq(fa.live, 0);
            ck_assert_int_eq(iconv_balance, 0);
        }
        free(given.bytes);
    }
    free(t.bytes);
}
END_TEST

START_TEST(what_iconv_does_not_know_is_unavailable)
{
    static const bool without_iconv[PC_CHARSETS] = {
        [PC_UTF_8] = true, [PC_TCVN3] = true, [PC_VNI] = true};

    for (pc_charset c = PC_UTF_8; c < PC_CHARSETS; c++) {
        iconv_open_error = EINVAL;
        ck_assert_int_eq(decode(c, "ab", 2), without_iconv[c]
                                                 ? PC_CHARSET_OK
                                                 : PC_CHARSET_UNAVAILABLE);
        iconv_open_error = ENOMEM;
        ck_assert_int_eq(decode(c, "ab", 2), without_iconv[c]
                                                 ? PC_CHARSET_OK
                                                 : PC_CHARSET_NO_MEMORY);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("charset");
    TCase *c = tcase_create("charset");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 240);
    tcase_add_test(c, names_are_found_by_their_aliases);
    tcase_add_test(c, every_letter_comes_back);
    tcase_add_test(c, the_submissions_come_back);
    tcase_add_test(c, a_letter_may_stand_across_two_blocks);
    tcase_add_test(c, iconv_may_have_little_room);
    tcase_add_test(c, an_iconv_without_room_does_not_hang);
    tcase_add_loop_test(c, bad_bytes_are_shown_and_counted, 0,
                        sizeof brokens / sizeof brokens[0]);
    tcase_add_loop_test(c, bytes_mean_what_they_should, 0,
                        sizeof meanings / sizeof meanings[0]);
    tcase_add_test(c, tcvn3_agrees_with_iconv_from_0xa0_on);
    tcase_add_test(c, a_zero_is_a_character);
    tcase_add_test(c, a_text_may_be_cut_off_anywhere);
    tcase_add_test(c, whatever_the_bytes_the_text_is_valid);
    tcase_add_test(c, the_valid_front_is_found);
    tcase_add_test(c, many_marks_on_a_letter_are_bounded);
    tcase_add_test(c, the_maximum_of_the_buffer_holds);
    tcase_add_test(c, text_is_appended);
    tcase_add_test(c, every_allocation_may_fail);
    tcase_add_test(c, what_iconv_does_not_know_is_unavailable);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return pc_run_suite(suite());
}
