/* Which encoding bytes are in. */
#define _GNU_SOURCE /* for iconv_fault.h */

#include "text/detect.h"

#include <stdint.h>

#include "encode.h"
#include "failing_allocator.h"
#include "iconv_fault.h"
#include "runner.h"

/* More than 20 letters beyond ASCII in its first line already. */
static const char sample[] =
    "1,Số lượng hồ sơ đã tiếp nhận và giải quyết trước hạn,Hồ sơ,129\n"
    "2,\"Ủy ban nhân dân huyện, tỷ lệ hoàn thành nhiệm vụ\",%,99.92\n"
    "3,Tổ chức đối thoại của lãnh đạo với người dân,Có = 1,0\n";

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_detected found;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    iconv_open_error = 0;
}

static void teardown(void)
{
    ck_assert_uint_eq(fa.live, 0);
    ck_assert_int_eq(iconv_balance, 0);
}

static void detect(const char *bytes, size_t length)
{
    ck_assert(pc_detect(&found, bytes, length, &allocator));
    ck_assert_int_lt(found.charset, PC_CHARSETS);
    ck_assert_int_ne(found.charset, PC_UTF_16);
    ck_assert_uint_le(found.score, PC_SCORE_FULL);
}

/* Reads the bytes in the encoding found; the caller frees them. */
static text read_as_found(const char *bytes, size_t length)
{
    pc_buffer out;
    pc_bad_bytes bad;
    text t = text_of("");

    pc_buffer_init(&out, &allocator, 1 << 24);
    ck_assert_int_eq(
        pc_charset_decode(found.charset, bytes, length, &out, &bad),
        PC_CHARSET_OK);
    text_add(&t, out.data != NULL ? out.data : "", out.length);
    pc_buffer_free(&out);
    return t;
}

/* Whether the encoding found gives the text back. */
static bool is_right(style s, const char *utf_8, text given)
{
    text back = expected(s, utf_8);
    text read = read_as_found(given.bytes, given.length);
    bool right = back.length == read.length &&
                 memcmp(back.bytes, read.bytes, back.length) == 0;

    free(back.bytes);
    free(read.bytes);
    return right;
}

static void assert_sure_and_right(style s, const char *utf_8)
{
    text given = encode(s, utf_8);

    detect(given.bytes, given.length);
    ck_assert_msg(!found.unsure && is_right(s, utf_8, given),
                  "%s found as %s, %u to %u of %s: \"%.80s\"", styles[s].name,
                  pc_charset_name(found.charset), found.score,
                  found.runner_up_score, pc_charset_name(found.runner_up),
                  utf_8);
    /* Without capitals that have a tone both give the same text. */
    if (s != STYLE_TCVN && s != STYLE_TCVN_MARKS)
        ck_assert_int_eq(found.charset, styles[s].charset);
    else
        ck_assert(found.charset == PC_TCVN_5712 || found.charset == PC_TCVN3);
    free(given.bytes);
}

START_TEST(the_submissions_are_found)
{
    static const char *const files[] = {
        "kong-chro-2022-h1.csv",
        "hoa-an-2023-q1.csv",
        "hoa-an-2023-q1-dossiers.csv",
    };
    text file = data_file(files[_i / 2]);
    text cased = in_case(file.bytes, _i % 2 == 1);

    for (style s = STYLE_UTF_8; s < STYLES; s++)
        assert_sure_and_right(s, cased.bytes);
    free(file.bytes);
    free(cased.bytes);
}
END_TEST

START_TEST(how_it_was_found_is_told)
{
    for (style s = STYLE_UTF_8; s < STYLES; s++) {
        bool wide = styles[s].charset == PC_UTF_16LE ||
                    styles[s].charset == PC_UTF_16BE;

        assert_sure_and_right(s, sample);
        if (wide) {
            ck_assert_int_eq(found.by, PC_BY_ZEROS);
        } else if (styles[s].charset == PC_UTF_8) {
            ck_assert_int_eq(found.by, PC_BY_VALIDITY);
        } else {
            ck_assert_int_eq(found.by, PC_BY_SCORE);
            ck_assert_uint_ge(found.letters, 20);
            ck_assert_uint_eq(found.score, PC_SCORE_FULL);
            ck_assert_int_ne(found.runner_up, found.charset);
            ck_assert_uint_eq(found.untried, 0);
        }
    }
}
END_TEST

START_TEST(a_mark_decides)
{
    static const struct {
        const char *bytes;
        size_t length;
        pc_charset charset;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, PC_UTF_8},    {"\xEF\xBB\xBF\xFF", 4, PC_UTF_8},
        {"\xFF\xFE", 2, PC_UTF_16LE},     {"\xFF\xFE\0\0", 4, PC_UTF_16LE},
        {"\xFE\xFF\x1E", 3, PC_UTF_16BE},
    };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        detect(marks[i].bytes, marks[i].length);
        ck_assert_int_eq(found.by, PC_BY_MARK);
        ck_assert_int_eq(found.charset, marks[i].charset);
        ck_assert(!found.unsure);
    }
}
END_TEST

START_TEST(ascii_is_ascii)
{
    static const char text_with_zero[] = "a,b\0c\n";

    detect(NULL, 0);
    ck_assert_int_eq(found.by, PC_BY_ASCII);
    detect("stt,value\n1,2\n", 14);
    ck_assert_int_eq(found.by, PC_BY_ASCII);
    ck_assert_int_eq(found.charset, PC_UTF_8);
    ck_assert(!found.unsure);
    detect(text_with_zero, sizeof text_with_zero - 1);
    ck_assert_int_eq(found.by, PC_BY_ASCII);
    ck_assert_uint_eq(fa.calls, 0);
}
END_TEST

START_TEST(ascii_in_utf_16_is_found_by_its_zeros)
{
    static const char wide[] =
        "s\0t\0t\0,\0v\0a\0l\0u\0e\0\n\0001\0,\0002\0,\0003\0\n";

    detect(wide, sizeof wide);
    ck_assert_int_eq(found.by, PC_BY_ZEROS);
    ck_assert_int_eq(found.charset, PC_UTF_16LE);
    ck_assert(!found.unsure);
    detect("\0a\0,\0b\0\n\0", 9);
    ck_assert_int_eq(found.charset, PC_UTF_16BE);
    ck_assert(found.unsure);
    /* Zeros on both sides are no UTF-16. */
    detect("a\0b\0\0c\0d", 8);
    ck_assert_int_eq(found.by, PC_BY_ASCII);
}
END_TEST

START_TEST(a_text_cut_off_is_right_or_unsure)
{
    for (style s = STYLE_UTF_8; s < STYLES; s++) {
        text given = encode(s, sample);
        text back = expected(s, sample);

        for (size_t n = 0; n <= given.length; n++) {
            text read;
            size_t same = 0;

            detect(given.bytes, n);
            if (found.unsure)
                continue;
            read = read_as_found(given.bytes, n);
            while (same < read.length && same < back.length &&
                   read.bytes[same] == back.bytes[same])
                same++;
            /* Bad bytes, or a letter that lost its tone. */
            ck_assert_msg(read.length - same <= 6, "%s at %zu is %s",
                          styles[s].name, n, pc_charset_name(found.charset));
            free(read.bytes);
        }
        /* The whole of it has more than 20 letters. */
        ck_assert(!found.unsure);
        free(given.bytes);
        free(back.bytes);
    }
}
END_TEST

/* Every stretch of some lines of a real file. */
START_TEST(a_few_lines_are_right_or_unsure)
{
    text file = data_file("hoa-an-2023-q1.csv");
    text cased = in_case(file.bytes, _i % 2 == 1);
    int lines = _i / 2 + 1;
    char *start = cased.bytes;

    while (*start != '\0') {
        char *end = start;
        char kept;

        for (int i = 0; i < lines && *end != '\0'; i++)
            end = end + strcspn(end, "\n") + 1;
        kept = *end;
        *end = '\0';
        for (style s = STYLE_UTF_8; s < STYLES; s++) {
            text given = encode(s, start);

            detect(given.bytes, given.length);
            ck_assert(found.unsure || is_right(s, start, given));
            if (found.letters >= 20)
                ck_assert(!found.unsure);
            free(given.bytes);
        }
        *end = kept;
        start = start + strcspn(start, "\n") + 1;
    }
    free(file.bytes);
    free(cased.bytes);
}
END_TEST

START_TEST(a_short_text_says_that_it_is_unsure)
{
    static const char *const texts[] = {
        "UBND xã,1\n",
        "HĐND",
        "Số liệu",
        "Hồ sơ,Tỷ lệ,Đơn vị tính\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (style s = STYLE_1258; s < STYLES; s++) {
            text given = encode(s, texts[i]);

            detect(given.bytes, given.length);
            ck_assert_int_eq(found.by, PC_BY_SCORE);
            ck_assert(found.unsure);
            free(given.bytes);
        }
}
END_TEST

/* CP1252 */
static const char *const foreign[] = {
    /* French */
    "L'\xE9t\xE9 \xE0 la biblioth\xE8que, o\xF9 les \xE9l\xE8ves "
    "pr\xE9parent leurs expos\xE9s; \xE7"
    "a co\xFBte tr\xE8s cher, d\xE9j\xE0 3 "
    "\x80, \xE0 c\xF4t\xE9 de la for\xEAt. Le proc\xE8s a \xE9t\xE9 long, "
    "l\xE0-bas, \xE0 l'h\xF4tel, pr\xE8s du ch\xE2teau; la f\xEAte fut "
    "g\xE2"
    "ch\xE9"
    "e.",
    /* German */
    "\xDC"
    "ber die Stra\xDF"
    "e l\xE4uft ein Hund; die B\xE4ume bl\xFChen sch\xF6n, und "
    "die V\xF6gel h\xF6ren nicht auf. F\xFCr alle F\xE4lle m\xF6"
    "chte er "
    "fr\xFCher kommen: Gr\xF6\xDF"
    "e, Ma\xDF, \xD6l, T\xFCr, Fu\xDF, s\xFC\xDF, "
    "d\xFCrfen, m\xFCssen, k\xF6nnen.",
};

START_TEST(another_language_is_not_taken_for_vietnamese)
{
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        detect(foreign[i], strlen(foreign[i]));
        ck_assert_int_eq(found.by, PC_BY_DEFAULT);
        ck_assert_int_eq(found.charset, PC_UTF_8);
        ck_assert(found.unsure);
    }
}
END_TEST

START_TEST(a_single_letter_of_another_language_is_no_proof)
{
    static const char *const lines[] = {"caf\xE9,1\n", "na\xEFve,2\n",
                                        "M\xFCller", "\xA7 5", "20 \x80"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        detect(lines[i], strlen(lines[i]));
        ck_assert(found.unsure);
    }
}
END_TEST

/* A linear congruential generator; any numbers will do. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 16;
}

START_TEST(random_bytes_are_unsure)
{
    char bytes[3000];
    uint32_t state = (uint32_t)_i + 1;

    for (size_t i = 0; i < sizeof bytes; i++) {
        uint32_t r = next_random(&state);

        /* Half of them as words: letters, spaces and high bytes. */
        bytes[i] = (char)(r & 0xFF);
        if (_i % 2 == 1)
            bytes[i] = (char)(r % 8 == 0  ? ' '
                              : r % 8 < 4 ? 0x80 + (r >> 3) % 128
                                          : 'a' + (r >> 3) % 26);
    }
    detect(bytes, sizeof bytes);
    ck_assert(found.unsure);
    ck_assert_int_eq(found.by, PC_BY_DEFAULT);
}
END_TEST

START_TEST(utf_8_with_a_bad_byte_stays_utf_8)
{
    text file = data_file("hoa-an-2023-q1.csv");

    for (style s = STYLE_UTF_8; s <= STYLE_UTF_8_NFD; s++) {
        text given = encode(s, file.bytes);

        given.bytes[777] = (char)0xFF;
        detect(given.bytes, given.length);
        ck_assert_int_eq(found.charset, PC_UTF_8);
        ck_assert_int_eq(found.by, PC_BY_SCORE);
        ck_assert(!found.unsure);
        free(given.bytes);
    }
    free(file.bytes);
}
END_TEST

/* Words, 100,000 lines of ASCII, and other words. */
static text behind_ascii(style s, const char *words, const char *last)
{
    text head = encode(s, words);
    text tail = encode(s, last);

    for (int i = 0; i < 100000; i++)
        text_add(&head, "1,2\n", 4);
    text_add(&head, tail.bytes, tail.length);
    free(tail.bytes);
    return head;
}

START_TEST(the_words_may_stand_far_behind)
{
    for (style s = STYLE_1258; s < STYLES; s++) {
        text given = behind_ascii(s, "", sample);

        detect(given.bytes, given.length);
        ck_assert(!found.unsure);
        ck_assert_int_eq(found.charset,
                         s == STYLE_TCVN_MARKS ? PC_TCVN3 : styles[s].charset);
        free(given.bytes);
    }
}
END_TEST

/* Capitals with a tone are bytes of TCVN 5712 that TCVN3 reads as dashes and
 * the like, and one of them may stand at the very end of a long file. */
START_TEST(tcvn_5712_and_tcvn3_differ_by_capitals)
{
    static const char lower[] =
        "số lượng hồ sơ đã tiếp nhận và giải quyết trước hạn tại xã, huyện "
        "được kiểm tra\n";
    text given = behind_ascii(STYLE_TCVN, lower, "thị trấn Ủy");

    detect(given.bytes, given.length);
    ck_assert_int_eq(found.charset, PC_TCVN_5712);
    ck_assert(!found.unsure);
    free(given.bytes);
    given = encode(STYLE_TCVN, lower);
    detect(given.bytes, given.length);
    ck_assert_int_eq(found.charset, PC_TCVN3);
    ck_assert(!found.unsure);
    /* The punctuation of Windows-1252 among TCVN3. */
    text_add(&given, "II \x96 2020 \x95\n", 12);
    detect(given.bytes, given.length);
    ck_assert_int_eq(found.charset, PC_TCVN3);
    ck_assert(!found.unsure);
    text_add(&given, "\x93 2011\x96 2020 \x85 \x95 t\xB8m\x94\n", 21);
    detect(given.bytes, given.length);
    ck_assert_int_eq(found.charset, PC_TCVN3);
    ck_assert(!found.unsure);
    free(given.bytes);
}
END_TEST

START_TEST(a_given_encoding_wins)
{
    static const struct {
        pc_charset given;
        const char *bytes;
        size_t length;
        pc_charset charset;
    } cases[] = {
        {PC_VNI, "\xEF\xBB\xBFx", 4, PC_VNI},
        {PC_UTF_8, "\xFF\xFEx\0", 4, PC_UTF_8},
        {PC_UTF_16BE, "x\0y\0", 4, PC_UTF_16BE},
        {PC_UTF_16, "\xFE\xFF\0x", 4, PC_UTF_16BE},
        {PC_UTF_16, "\xFF\xFEx\0", 4, PC_UTF_16LE},
        {PC_UTF_16, "\0x\0y", 4, PC_UTF_16BE},
        {PC_UTF_16, "x\0y\0", 4, PC_UTF_16LE},
        {PC_UTF_16, "", 0, PC_UTF_16LE},
        {PC_UTF_16, "\xEF\xBB\xBF", 3, PC_UTF_16LE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pc_detect_given(&found, cases[i].given, cases[i].bytes,
                        cases[i].length);
        ck_assert_int_eq(found.charset, cases[i].charset);
        ck_assert_int_eq(found.by, PC_BY_OPTION);
        ck_assert(!found.unsure);
    }
}
END_TEST

START_TEST(what_could_not_be_tried_is_told)
{
    text given = encode(STYLE_VNI, sample);

    iconv_open_error = EINVAL;
    detect(given.bytes, given.length);
    ck_assert_int_eq(found.charset, PC_VNI);
    ck_assert(found.unsure);
    ck_assert_uint_eq(found.untried & (1U << PC_VISCII), 1U << PC_VISCII);
    ck_assert_uint_eq(found.untried & (1U << PC_VNI), 0);
    free(given.bytes);
    iconv_open_error = 0;
    given = encode(STYLE_TCVN3_PAIR, "số lượng hồ sơ đã có");
    text_add(&given, "t\x96m", 3);
    iconv_open_error = EINVAL;
    detect(given.bytes, given.length);
    ck_assert_int_eq(found.charset, PC_TCVN3);
    ck_assert_uint_ne(found.untried & (1U << PC_TCVN_5712), 0);
    free(given.bytes);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    text given = encode(STYLE_TCVN, sample);
    bool done = false;

    for (size_t n = 1; !done; n++) {
        bool detected;

        failing_allocator_init(&fa, n, false);
        detected = pc_detect(&found, given.bytes, given.length, &allocator);
        done = fa.calls < n;
        ck_assert(detected == done);
        ck_assert_uint_eq(fa.live, 0);
        ck_assert_int_eq(iconv_balance, 0);
    }
    free(given.bytes);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("detect");
    TCase *c = tcase_create("detect");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 240);
    tcase_add_loop_test(c, the_submissions_are_found, 0, 6);
    tcase_add_test(c, how_it_was_found_is_told);
    tcase_add_test(c, a_mark_decides);
    tcase_add_test(c, ascii_is_ascii);
    tcase_add_test(c, ascii_in_utf_16_is_found_by_its_zeros);
    tcase_add_test(c, a_text_cut_off_is_right_or_unsure);
    tcase_add_loop_test(c, a_few_lines_are_right_or_unsure, 0, 8);
    tcase_add_test(c, a_short_text_says_that_it_is_unsure);
    tcase_add_test(c, another_language_is_not_taken_for_vietnamese);
    tcase_add_test(c, a_single_letter_of_another_language_is_no_proof);
    tcase_add_loop_test(c, random_bytes_are_unsure, 0, 40);
    tcase_add_test(c, utf_8_with_a_bad_byte_stays_utf_8);
    tcase_add_test(c, the_words_may_stand_far_behind);
    tcase_add_test(c, tcvn_5712_and_tcvn3_differ_by_capitals);
    tcase_add_test(c, a_given_encoding_wins);
    tcase_add_test(c, what_could_not_be_tried_is_told);
    tcase_add_test(c, every_allocation_may_fail);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return pc_run_suite(suite());
}
