/* Text that goes into HTML or XML. */
#include "report/markup.h"

#include <string.h>

#include "runner.h"

static const struct {
    const char *text;
    const char *markup;
} texts[] = {
    {"", ""},
    {"a < b & c > d", "a &lt; b &amp; c &gt; d"},
    {"\"x\" 'y'", "&quot;x&quot; &#39;y&#39;"},
    {"a\nb\rc\td", "a b c d"},
    {"a\001b\033[m", "a(U+0001)b(U+001B)[m"},
    {"\xE2\x80\xAE", "(U+202E)"},
    {"\xEF\xBF\xBF", "(U+FFFF)"}, /* XML does not allow it */
    {"\xEF\xB7\x90", "(U+FDD0)"},
    {"\xC3(", "(U+FFFD)("},
    {"đ𝟙", "đ𝟙"},
};

START_TEST(nothing_is_markup)
{
    parcheck_allocator allocator = pc_allocator(NULL);
    pc_buffer out;

    pc_buffer_init(&out, &allocator, 1000);
    pc_buffer_text(&out, "");
    pc_markup(&out, texts[_i].text, "(", ")");
    ck_assert_str_eq(out.data, texts[_i].markup);
    pc_buffer_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("markup");
    TCase *markup = tcase_create("markup");

    tcase_add_loop_test(markup, nothing_is_markup, 0,
                        sizeof texts / sizeof *texts);
    suite_add_tcase(suite, markup);
    return pc_run_suite(suite);
}
