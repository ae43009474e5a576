/* Text as a person sees it. */
#include "text/show.h"

#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

#define CIRCUMFLEX "\xCC\x82"
#define DOT "\xCC\xA3"
#define NFD_E "e" DOT CIRCUMFLEX /* ệ as letter and two marks */
#define ROCKET "\xF0\x9F\x9A\x80"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer out;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&out, &allocator, 10000);
}

static void teardown(void)
{
    pc_buffer_free(&out);
    ck_assert_uint_eq(fa.live, 0);
}

static const struct {
    const char *text;
    size_t width;
} widths[] = {
    {"", 0},          {"abc", 3},          {"đ", 1},
    {"ệ", 1},         {NFD_E, 1},          {"Tiếng Việt", 10},
    {"“1.2” – …", 9}, {CIRCUMFLEX, 0},     {"統計", 4},
    {ROCKET, 2},      {"Vi" NFD_E "t", 4}, {"\xC2\xA0", 1},
};

START_TEST(width_counts_columns)
{
    ck_assert_uint_eq(pc_text_width(widths[_i].text, strlen(widths[_i].text)),
                      widths[_i].width);
}
END_TEST

static const struct {
    const char *text;
    size_t width;
    size_t bytes;
} fits[] = {
    {"", 5, 0},
    {"abc", 0, 0},
    {"abc", 2, 2},
    {"abc", 3, 3},
    {"abc", 9, 3},
    {"đơn", 1, 2},
    {"đơn", 2, 4},
    {"ệa", 1, 3},
    /* marks stay with their letter */
    {NFD_E "a", 1, 5},
    {NFD_E "a", 0, 0},
    {"a" NFD_E "b", 2, 6},
    /* a wide character fits whole or not at all */
    {"統計", 1, 0},
    {"統計", 3, 3},
    {"統計", 4, 6},
};

START_TEST(a_text_fits_up_to_a_character)
{
    ck_assert_uint_eq(
        pc_text_fit(fits[_i].text, strlen(fits[_i].text), fits[_i].width),
        fits[_i].bytes);
}
END_TEST

static const struct {
    const char *text;
    size_t bytes;
    uint32_t point;
    bool safe;
} nexts[] = {
    {"ab", 1, 'a', true},
    {"đa", 2, 0x111, true},
    {"ệ", 3, 0x1EC7, true},
    {ROCKET "a", 4, 0x1F680, true},
    {CIRCUMFLEX, 2, 0x302, true},
    {"\xC2\xA0", 2, 0xA0, true},
    {"\xEF\xBF\xBD", 3, 0xFFFD, true},
    {"\n", 1, '\n', false},
    {"\x1B", 1, 0x1B, false},
    {"\xC2\x9B", 2, 0x9B, false},
    {"\xE2\x80\xAE", 3, 0x202E, false},
    /* not UTF-8: a byte at a time, and a lone 0x9B steers a terminal */
    {"\x9B"
     "31m",
     1, 0xFFFD, false},
    {"\xE1\xBA", 1, 0xFFFD, false},
};

START_TEST(characters_are_decoded_and_judged)
{
    uint32_t point = 0;
    bool safe = !nexts[_i].safe;
    size_t bytes = pc_text_next(nexts[_i].text, strlen(nexts[_i].text), &point,
                                &safe);

    ck_assert_uint_eq(bytes, nexts[_i].bytes);
    ck_assert_uint_eq(point, nexts[_i].point);
    ck_assert_int_eq(safe, nexts[_i].safe);
}
END_TEST

static const struct {
    const char *text;
    const char *visible;
} visibles[] = {
    {"Tổng số “1.2”", "Tổng số “1.2”"},
    {"Vi" NFD_E "t " ROCKET, "Vi" NFD_E "t " ROCKET},
    {"a\tb\nc\rd", "a b c d"},
    {"\x1B[31mđỏ", "<U+001B>[31mđỏ"},
    {"a\x7F", "a<U+007F>"},
    {"\xC2\x9B"
     "2J",
     "<U+009B>2J"},
    {"\xE2\x80\xAE"
     "12",
     "<U+202E>12"},
    {"\xE2\x81\xA6x\xE2\x81\xA9", "<U+2066>x<U+2069>"},
    {"\xE2\x80\x8B\xE2\x80\x8F", "<U+200B><U+200F>"},
    {"\xE2\x80\xA8\xE2\x80\xA9", "<U+2028><U+2029>"},
    {"\xEF\xBB\xBF"
     "form",
     "<U+FEFF>form"},
    {"\xC2\xAD", "<U+00AD>"},
    {"\xEE\x80\x80", "<U+E000>"},
    {"\xF3\xA0\x81\x81", "<U+E0041>"},
};

START_TEST(what_steers_a_terminal_becomes_visible)
{
    pc_text_visible(&out, visibles[_i].text, strlen(visibles[_i].text));
    ck_assert_str_eq(out.data, visibles[_i].visible);
}
END_TEST

START_TEST(no_control_is_let_through)
{
    for (int point = 0; point < 0xA0; point++) {
        const char bytes[] = {(char)(0xC2), (char)point};
        bool two = point >= 0x80;

        if (point >= 0x20 && point < 0x7F)
            continue;
        pc_buffer_clear(&out);
        pc_text_visible(&out, two ? bytes : bytes + 1, two ? 2 : 1);
        for (size_t i = 0; i < out.length; i++)
            ck_assert(out.data[i] >= 0x20 && out.data[i] < 0x7F);
        ck_assert_uint_gt(out.length, 0);
    }
}
END_TEST

/* What comes from outside without decoding, such as the name of a file. */
START_TEST(no_bad_byte_is_let_through)
{
    for (int byte = 0x80; byte <= 0xFF; byte++) {
        const char bytes[] = {'a', (char)byte, 'z'};

        pc_buffer_clear(&out);
        pc_text_visible(&out, bytes, 3);
        ck_assert_uint_gt(out.length, 3);
    }
}
END_TEST

START_TEST(visible_text_is_appended)
{
    pc_buffer_text(&out, "x");
    pc_text_visible(&out, "ab", 1);
    pc_text_visible(&out, "", 0);
    ck_assert_str_eq(out.data, "xa");
}
END_TEST

START_TEST(visible_text_needs_memory)
{
    failing_allocator_init(&fa, 1, false);
    pc_text_visible(&out, "a\x1B", 2);
    ck_assert(out.failed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("show");
    TCase *tests = tcase_create("show");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, width_counts_columns, 0,
                        sizeof widths / sizeof *widths);
    tcase_add_loop_test(tests, a_text_fits_up_to_a_character, 0,
                        sizeof fits / sizeof *fits);
    tcase_add_loop_test(tests, characters_are_decoded_and_judged, 0,
                        sizeof nexts / sizeof *nexts);
    tcase_add_loop_test(tests, what_steers_a_terminal_becomes_visible, 0,
                        sizeof visibles / sizeof *visibles);
    tcase_add_test(tests, no_control_is_let_through);
    tcase_add_test(tests, no_bad_byte_is_let_through);
    tcase_add_test(tests, visible_text_is_appended);
    tcase_add_test(tests, visible_text_needs_memory);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
