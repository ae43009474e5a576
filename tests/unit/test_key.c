/* The form in which labels are compared. */
#include "text/key.h"

#include <stdio.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer key;
static pc_buffer other;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&key, &allocator, 10000);
    pc_buffer_init(&other, &allocator, 10000);
}

static void teardown(void)
{
    pc_buffer_free(&key);
    pc_buffer_free(&other);
    ck_assert_uint_eq(fa.live, 0);
}

static void check_key(const char *text, const char *expected)
{
    ck_assert(pc_text_key(&key, text, strlen(text)));
    ck_assert_str_eq(key.data, expected);
    ck_assert_uint_eq(key.length, strlen(expected));
}

static const struct {
    const char *text;
    const char *key;
} keys[] = {
    {"", ""},
    {"...", ""},
    {" \t\r\n", ""},
    {"–—“”…", ""},
    {"%", ""},
    {"a", "a"},
    {"AZ az 09", "az az 09"},
    {"[A`Z{@/:]", "a z"},
    {"  a,  b;(c)  ", "a b c"},
    {"1.2.1.", "1 2 1"},
    /* decomposed, and the tone of a word behind it */
    {"Tổng số", "tông̉ số"},
    {"TỔNG SỐ TTHC", "tông̉ số tthc"},
    {"  - Tổng số (đã công bố):", "tông̉ số đã công bố"},
    {"– “Tổng số”…", "tông̉ số"},
    {"ĐƠN VỊ", "đơn vị"},
    {"Đúng hạn/quá hạn", "đunǵ haṇ quá haṇ"},
    {"cấp\xC2\xA0xã", "câṕ xã"},
    {"cấp\xE2\x80\xAFxã", "câṕ xã"},
    {"m²", "m²"},
    /* a tone stands behind its word, whatever it was on */
    {"X\xCC\x81Y", "xy\xCC\x81"},
    {"Số TTHC\r\nmức độ 4", "số tthc mưć độ 4"},
    {"ố.ố", "ố ố"},
    {"a.ố", "a ố"},
    {"ố.", "ố"},
};

START_TEST(a_key_is_words_in_lower_case)
{
    check_key(keys[_i].text, keys[_i].key);
}
END_TEST

/* A key is its own key. */
START_TEST(a_key_stays_a_key)
{
    check_key(keys[_i].key, keys[_i].key);
}
END_TEST

#define GRAVE "\xCC\x80"
#define ACUTE "\xCC\x81"
#define CIRCUMFLEX "\xCC\x82"
#define TILDE "\xCC\x83"
#define BREVE "\xCC\x86"
#define HOOK "\xCC\x89"
#define HORN "\xCC\x9B"
#define DOT "\xCC\xA3"

static const char *const tones[] = {GRAVE, ACUTE, HOOK, TILDE, DOT};

/* The twelve vowels with their five tones: composed, in both cases, and as
 * the letter and the mark of which they are made. */
static const struct {
    const char *letter;
    const char *mark;
    const char *plain;
    const char *lower[5];
    const char *upper[5];
} vowels[] = {
    {"a", "", "a", {"à", "á", "ả", "ã", "ạ"}, {"À", "Á", "Ả", "Ã", "Ạ"}},
    {"a", BREVE, "ă", {"ằ", "ắ", "ẳ", "ẵ", "ặ"}, {"Ằ", "Ắ", "Ẳ", "Ẵ", "Ặ"}},
    {"a",
     CIRCUMFLEX,
     "â",
     {"ầ", "ấ", "ẩ", "ẫ", "ậ"},
     {"Ầ", "Ấ", "Ẩ", "Ẫ", "Ậ"}},
    {"e", "", "e", {"è", "é", "ẻ", "ẽ", "ẹ"}, {"È", "É", "Ẻ", "Ẽ", "Ẹ"}},
    {"e",
     CIRCUMFLEX,
     "ê",
     {"ề", "ế", "ể", "ễ", "ệ"},
     {"Ề", "Ế", "Ể", "Ễ", "Ệ"}},
    {"i", "", "i", {"ì", "í", "ỉ", "ĩ", "ị"}, {"Ì", "Í", "Ỉ", "Ĩ", "Ị"}},
    {"o", "", "o", {"ò", "ó", "ỏ", "õ", "ọ"}, {"Ò", "Ó", "Ỏ", "Õ", "Ọ"}},
    {"o",
     CIRCUMFLEX,
     "ô",
     {"ồ", "ố", "ổ", "ỗ", "ộ"},
     {"Ồ", "Ố", "Ổ", "Ỗ", "Ộ"}},
    {"o", HORN, "ơ", {"ờ", "ớ", "ở", "ỡ", "ợ"}, {"Ờ", "Ớ", "Ở", "Ỡ", "Ợ"}},
    {"u", "", "u", {"ù", "ú", "ủ", "ũ", "ụ"}, {"Ù", "Ú", "Ủ", "Ũ", "Ụ"}},
    {"u", HORN, "ư", {"ừ", "ứ", "ử", "ữ", "ự"}, {"Ừ", "Ứ", "Ử", "Ữ", "Ự"}},
    {"y", "", "y", {"ỳ", "ý", "ỷ", "ỹ", "ỵ"}, {"Ỳ", "Ý", "Ỷ", "Ỹ", "Ỵ"}},
};

static void check_parts(const char *first, const char *second,
                        const char *third, const char *expected)
{
    pc_buffer_clear(&other);
    pc_buffer_text(&other, first);
    pc_buffer_text(&other, second);
    pc_buffer_text(&other, third);
    check_key(other.data, expected);
}

/* The dot below may stand before the mark above: that order is canonical. It
 * is the only tone that changes places with a circumflex or a breve. */
START_TEST(composed_and_decomposed_vowels_have_one_key)
{
    const char *letter = vowels[_i].letter;
    const char *mark = vowels[_i].mark;

    for (size_t tone = 0; tone < 5; tone++) {
        char expected[16];

        (void)snprintf(expected, sizeof expected, "%s%s%s", letter, mark,
                       tones[tone]);
        check_key(vowels[_i].lower[tone], expected);
        check_key(vowels[_i].upper[tone], expected);
        check_parts(vowels[_i].plain, tones[tone], "", expected);
        check_parts(letter, mark, tones[tone], expected);
        if (strcmp(tones[tone], DOT) == 0)
            check_parts(letter, DOT, mark, expected);
    }
}
END_TEST

/* It does not matter which vowel of a word carries the tone. */
START_TEST(the_place_of_a_tone_does_not_matter)
{
    check_key("HÒA AN", "hoa" GRAVE " an");
    check_key("Hoà An", "hoa" GRAVE " an");
    check_key("thuỷ", "thuy" HOOK);
    check_key("thủy", "thuy" HOOK);
}
END_TEST

START_TEST(a_plain_key_has_no_marks)
{
    static const char text[] = "Số liệu – ĐƠN VỊ tính";

    ck_assert(pc_text_plain(&key, text, strlen(text)));
    ck_assert_str_eq(key.data, "so lieu don vi tinh");
}
END_TEST

START_TEST(a_whole_label_may_be_decomposed)
{
    check_key("TO" CIRCUMFLEX HOOK "NG SO" CIRCUMFLEX ACUTE " đa" TILDE,
              "tông̉ số đã");
}
END_TEST

static const char *const different[][2] = {
    {"đ", "d"},          {"ma", "má"},     {"má", "mà"},  {"mã", "mạ"},
    {"o", "ô"},          {"ô", "ơ"},       {"u", "ư"},    {"a", "ă"},
    {"cấp xã", "cấpxã"}, {"1.21", "12.1"}, {"1.2", "12"}, {"số 1", "số 2"},
    {"đ", "ð"},
};

START_TEST(other_letters_make_another_key)
{
    const char *left = different[_i][0];
    const char *right = different[_i][1];

    ck_assert(pc_text_key(&key, left, strlen(left)));
    ck_assert(pc_text_key(&other, right, strlen(right)));
    ck_assert_str_ne(key.data, other.data);
}
END_TEST

START_TEST(only_the_given_length_is_read)
{
    ck_assert(pc_text_key(&key, "abc", 2));
    ck_assert_str_eq(key.data, "ab");
    ck_assert(pc_text_key(&key, "ốốx", 3));
    ck_assert_str_eq(key.data, "o" CIRCUMFLEX ACUTE);
}
END_TEST

START_TEST(text_that_is_not_utf_8_has_no_key)
{
    ck_assert(!pc_text_key(&key, "a\xFFz", 3));
}
END_TEST

START_TEST(a_key_over_the_maximum_fails)
{
    key.maximum = 5;
    check_key("abcde", "abcde");
    ck_assert(!pc_text_key(&key, "abcdef", 6));
    ck_assert(key.failed);
    pc_buffer_clear(&key);
    ck_assert(!key.failed);
}
END_TEST

/* The usual letters are looked up in a table of ours, all others in those of
 * utf8proc; "²" is no usual one. Both must say the same of every character.
 * Those from U+3000 on are never looked up in ours. */
static void check_both_ways(const char *text, size_t length)
{
    static const char unusual[] = " ²";
    bool (*const makes[])(pc_buffer *, const char *, size_t) = {pc_text_key,
                                                                pc_text_plain};

    pc_buffer_clear(&other);
    pc_buffer_append(&other, text, length);
    pc_buffer_text(&other, unusual);
    for (size_t i = 0; i < 2; i++) {
        pc_buffer slow;
        size_t tail = sizeof unusual - 1;

        pc_buffer_init(&slow, &allocator, 10000);
        ck_assert(makes[i](&key, text, length));
        ck_assert(makes[i](&slow, other.data, other.length));
        if (key.length == 0) /* no word, and so no space behind it */
            tail--;
        ck_assert_uint_eq(key.length + tail, slow.length);
        ck_assert_mem_eq(key.data, slow.data, key.length);
        pc_buffer_free(&slow);
    }
}

static size_t encode(unsigned point, char *bytes)
{
    if (point < 0x80) {
        bytes[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        bytes[0] = (char)(0xC0 | point >> 6);
        bytes[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    bytes[0] = (char)(0xE0 | point >> 12);
    bytes[1] = (char)(0x80 | (point >> 6 & 0x3F));
    bytes[2] = (char)(0x80 | (point & 0x3F));
    return 3;
}

START_TEST(every_character_has_the_key_that_unicode_says)
{
    size_t count = 0;

    for (unsigned point = 1; point < 0x3000; point++) {
        char text[16];
        size_t length;

        length = encode(point, text);
        check_both_ways(text, length);
        /* inside a word that has a tone already */
        memcpy(text, "\xE1\xBA\xA5", 3);
        length = 3 + encode(point, text + 3);
        text[length++] = 'b';
        check_both_ways(text, length);
        count++;
    }
    ck_assert_uint_eq(count, 0x3000 - 1);
}
END_TEST

/* Text beyond the usual letters needs room for its characters, too. */
START_TEST(a_key_needs_memory)
{
    static const char *const texts[] = {"a b", "ố", "ố²"};
    const char *text = texts[_i];
    size_t calls = _i < 2 ? 1 : 2;

    for (size_t n = 1; n <= calls; n++) {
        failing_allocator_init(&fa, n, false);
        ck_assert(!pc_text_key(&key, text, strlen(text)));
        ck_assert(key.failed);
        /* it stays failed: whoever uses it often looks once */
        pc_buffer_clear(&key);
        ck_assert(key.failed);
        pc_buffer_free(&key);
        ck_assert_uint_eq(fa.live, 0);
        pc_buffer_init(&key, &allocator, 10000);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("key");
    TCase *tests = tcase_create("key");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, a_key_is_words_in_lower_case, 0,
                        sizeof keys / sizeof *keys);
    tcase_add_loop_test(tests, a_key_stays_a_key, 0,
                        sizeof keys / sizeof *keys);
    tcase_add_loop_test(tests, composed_and_decomposed_vowels_have_one_key, 0,
                        sizeof vowels / sizeof *vowels);
    tcase_add_test(tests, a_whole_label_may_be_decomposed);
    tcase_add_loop_test(tests, other_letters_make_another_key, 0,
                        sizeof different / sizeof *different);
    tcase_add_test(tests, the_place_of_a_tone_does_not_matter);
    tcase_add_test(tests, a_plain_key_has_no_marks);
    tcase_add_test(tests, only_the_given_length_is_read);
    tcase_add_test(tests, text_that_is_not_utf_8_has_no_key);
    tcase_add_test(tests, a_key_over_the_maximum_fails);
    tcase_add_loop_test(tests, a_key_needs_memory, 0, 3);
    tcase_add_test(tests, every_character_has_the_key_that_unicode_says);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
