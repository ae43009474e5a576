/* A copy of an input with other numbers in some cells. */
#include <stdio.h>

#include "encode.h"
#include "failing_allocator.h"
#include "fixture.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static parcheck_options options;
static parcheck_error error;
static text copy;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    parcheck_options_init(&options, sizeof options);
    options.allocator = &allocator;
    copy = text_of("");
}

static void teardown(void)
{
    free(copy.bytes);
    ck_assert_uint_eq(fa.live, 0);
}

static int take(void *context, const void *bytes, size_t size)
{
    text_add(context, bytes, size);
    return 0;
}

static parcheck_edit edit_of(size_t line, size_t column, parcheck_kind kind,
                             const char *unit, const char *value)
{
    parcheck_edit edit;

    parcheck_edit_init(&edit, sizeof edit);
    edit.line = line;
    edit.column = column;
    edit.kind = kind;
    edit.unit = unit;
    edit.value = value;
    return edit;
}

static parcheck_status rewrite(const char *bytes, size_t length,
                               const parcheck_edit *edits, size_t count)
{
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.name = "in.csv";
    input.data = bytes;
    input.length = length;
    copy.length = 0;
    return parcheck_rewrite(&input, &options, edits, count, take, &copy,
                            &error);
}

/* ---- styles -------------------------------------------------------------- */

enum { C = PARCHECK_COUNT, A = PARCHECK_AMOUNT, P = PARCHECK_PERCENT };

/* The cell stands below some others in a column, quoted where need be. */
static const struct {
    const char *column; /* the cells above, one a line */
    const char *old;    /* as it stands in the file */
    const char *value;
    const char *new; /* NULL: refused */
    int kind;
    const char *unit;
} styles_of_cells[] = {
    /* groups, or none */
    {"", "6011", "6019", "6019", C, ""},
    {"", "6.011", "6019", "6.019", C, ""},
    {"", "\"6,011\"", "6019", "\"6,019\"", C, ""},
    {"", "6 011", "6019", "6 019", C, ""},
    {"",
     "6\xC2\xA0"
     "011",
     "1234567",
     "1\xC2\xA0"
     "234\xC2\xA0"
     "567",
     C, ""},
    {"", "1.234.567", "12", "12", C, ""},
    {"", "\"1,234.5\"", "2345", "\"2,345.0\"", A, ""},
    {"", "\"1.234,5\"", "2345.75", "\"2.345,75\"", A, ""},
    {"", "\"1 234,5\"", "2345.5", "\"2 345,5\"", A, ""},
    /* where the number shows none, the column does */
    {"1.234\n2.345\n", "17", "1700", "1.700", C, ""},
    {"\"1,234\"\n", "17", "1700", "\"1,700\"", C, ""},
    {"1234\n2345\n3.456\n", "17", "1700", "1700", C, ""},
    {"", "17", "1700", "1700", C, ""},
    {"1.234\n", "6011", "6019", "6019", C, ""},
    /* decimals */
    {"", "99.92", "99.9", "99.90", P, ""},
    {"", "\"99,92\"", "100", "\"100,00\"", P, ""},
    {"", "99.9", "99.92", "99.92", P, ""},
    {"", "99", "99.92", "99.92", P, ""},
    {"\"1,5\"\n", "99", "99.92", "\"99,92\"", P, ""},
    {"", "2.531", "2.54", "2.540", P, ""},
    {"", "2.531", "2540", "2.540", A, ""},
    {"", "2.531", "2.54", "2.540", A, ""},
    {"", "16.5", "-3.25", "-3.25", A, ""},
    /* percent signs, leading zeros, signs */
    {"", "\"99,6%\"", "98.5", "\"98,5%\"", P, ""},
    {"", "99.6 %", "98.5", "98.5 %", P, ""},
    {"", "07", "5", "05", C, ""},
    {"", "07", "12", "12", C, ""},
    {"", "-5", "5", "5", C, ""},
    {"", "5", "-5", "-5", C, ""},
    {"", "-5", "-7", "-7", C, ""},
    {"", "(12)", "-15", "(15)", A, ""},
    {"", "(12)", "15", NULL, A, ""},
    {"", "–12", "15", NULL, A, ""},
    {"", "–12", "-15", "–15", A, ""},
    /* words */
    {"", "129 hồ sơ", "131", "131 hồ sơ", C, "Hồ sơ"},
    {"", "129 hồ sơ", "131", NULL, C, "TTHC"},
    {"", "khoảng 129", "131", "khoảng 131", C, ""},
    {"", "≈ 129", "131", "≈ 131", C, ""},
    {"", "3 (1)", "4", "4 (1)", C, ""},
    {"", "\"5,65 nghìn\"", "5670", "\"5,67 nghìn\"", A, ""},
    {"", "5 nghìn", "6500", "6.5 nghìn", A, ""},
    {"", "5 triệu đồng", "6", "6 triệu đồng", A, "Triệu đồng"},
    /* blanks */
    {"", "", "377", "377", C, ""},
    {"", "\"\"", "377", "\"377\"", C, ""},
    {"", "-", "377", "377", C, ""},
    {"", "Không báo", "377", "377", C, ""},
    {"1.234\n2.345\n", "", "3770", "3.770", C, ""},
    {"\"98,5%\"\n", "", "97.50%", "\"97,50%\"", P, ""},
    {"98.5\n", "", "97.50", "97.50", P, ""},
    {"", " x ", "0", " 0 ", C, ""},
    /* no number that could be replaced */
    {"", "20+01", "21", NULL, C, ""},
    {"", "abc", "21", NULL, C, ""},
    {"", "１２", "21", NULL, C, ""},
    {"", "12%", "21", NULL, C, ""},
    /* a number that its kind does not allow can be written all the same */
    {"", "6.011", "5.5", "\"5,5\"", C, ""},
};

START_TEST(style_is_kept)
{
    char before[512];
    char after[512];
    size_t line = 2;
    const char *new = styles_of_cells[_i].new;
    parcheck_edit edit;
    parcheck_status status;

    for (const char *c = styles_of_cells[_i].column; *c != '\0'; c++)
        line += *c == '\n';
    snprintf(before, sizeof before, "v,w\n%s%s,z\n7,8\n",
             styles_of_cells[_i].column, styles_of_cells[_i].old);
    snprintf(after, sizeof after, "v,w\n%s%s,z\n7,8\n",
             styles_of_cells[_i].column, new != NULL ? new : "");
    edit = edit_of(line, 1, (parcheck_kind)styles_of_cells[_i].kind,
                   styles_of_cells[_i].unit, styles_of_cells[_i].value);
    options.delimiter = ',';
    status = rewrite(before, strlen(before), &edit, 1);
    if (new == NULL) {
        ck_assert_int_eq(status, PARCHECK_EINVAL);
        ck_assert_str_eq(error.source, "in.csv");
        ck_assert_uint_eq(error.line, line);
        ck_assert_uint_eq(error.column, 1);
        ck_assert_uint_eq(copy.length, 0);
        return;
    }
    ck_assert_msg(status == PARCHECK_OK, "%s", error.en);
    text_add(&copy, "", 1);
    ck_assert_str_eq(copy.bytes, after);
}
END_TEST

/* ---- places -------------------------------------------------------------- */

static const char places[] = "\xEF\xBB\xBF"
                             "sep=;\r\n"
                             "a;\"b;\r\n\"\"c\";d\r\r\n"
                             "\n"
                             "  1 ;\" 2 \"; \"3\"  \r"
                             "4;5";

static const struct {
    size_t line;
    size_t column;
    const char *after; /* NULL: there is no such cell */
} edits_of_places[] = {
    {6, 1, "  9 ;\" 2 \"; \"3\"  \r4;5"},
    {6, 2, "  1 ;\" 9 \"; \"3\"  \r4;5"},
    {6, 3, "  1 ;\" 2 \"; \"9\"  \r4;5"},
    {7, 1, "  1 ;\" 2 \"; \"3\"  \r9;5"},
    {7, 2, "  1 ;\" 2 \"; \"3\"  \r4;9"},
    {7, 3, NULL},
    {6, 4, NULL},
    {5, 1, NULL}, /* an empty line */
    {3, 1, NULL}, /* a line within a record */
    {1, 1, NULL},
    {0, 1, NULL},
    {6, 0, NULL},
    {6, (size_t)-1, NULL},
    {8, 1, NULL},
};

START_TEST(place_is_found)
{
    const size_t front = sizeof places - 1 -
                         strlen("  1 ;\" 2 \"; \"3\"  "
                                "\r4;5");
    const char *after = edits_of_places[_i].after;
    parcheck_edit edit = edit_of(edits_of_places[_i].line,
                                 edits_of_places[_i].column, PARCHECK_COUNT,
                                 NULL, "9");
    parcheck_status status = rewrite(places, sizeof places - 1, &edit, 1);

    if (after == NULL) {
        ck_assert_int_eq(status, PARCHECK_EINVAL);
        ck_assert_uint_eq(error.line, edit.line);
        return;
    }
    ck_assert_msg(status == PARCHECK_OK, "%s", error.en);
    ck_assert_mem_eq(copy.bytes, places, front);
    text_add(&copy, "", 1);
    ck_assert_str_eq(copy.bytes + front, after);
}
END_TEST

START_TEST(broken_record)
{
    static const char broken[] = "a,b\n\"1\"x,2\n3,4\n\"5,6\n7,8\n";
    parcheck_edit edit = edit_of(2, 2, PARCHECK_COUNT, NULL, "9");

    ck_assert_int_eq(rewrite(broken, sizeof broken - 1, &edit, 1),
                     PARCHECK_EINVAL);
    edit.line = 3;
    ck_assert_int_eq(rewrite(broken, sizeof broken - 1, &edit, 1), PARCHECK_OK);
    ck_assert_uint_eq(copy.length, sizeof broken - 1);
    ck_assert_mem_eq(copy.bytes, "a,b\n\"1\"x,2\n3,9\n\"5,6\n7,8\n",
                     copy.length);
    edit.line = 5; /* behind the line whose quote is never closed */
    ck_assert_int_eq(rewrite(broken, sizeof broken - 1, &edit, 1), PARCHECK_OK);
    ck_assert_mem_eq(copy.bytes, "a,b\n\"1\"x,2\n3,4\n\"5,6\n7,9\n",
                     copy.length);
}
END_TEST

START_TEST(many_edits)
{
    static const char form[] = "1,2,3\n4,5,6\n";
    parcheck_edit edits[] = {edit_of(2, 3, PARCHECK_COUNT, NULL, "60"),
                             edit_of(1, 2, PARCHECK_COUNT, NULL, "20"),
                             edit_of(1, 1, PARCHECK_COUNT, NULL, "10")};

    ck_assert_int_eq(rewrite(form, sizeof form - 1, edits, 3), PARCHECK_OK);
    text_add(&copy, "", 1);
    ck_assert_str_eq(copy.bytes, "10,20,3\n4,5,60\n");
    ck_assert_int_eq(rewrite(form, sizeof form - 1, NULL, 0), PARCHECK_OK);
    ck_assert_uint_eq(copy.length, sizeof form - 1);
    ck_assert_mem_eq(copy.bytes, form, copy.length);
    edits[2].column = 2;
    ck_assert_int_eq(rewrite(form, sizeof form - 1, edits, 3), PARCHECK_EINVAL);
    ck_assert_uint_eq(error.line, 1);
    ck_assert_uint_eq(error.column, 2);
}
END_TEST

static const char *const wrong_values[] = {"",
                                           "-",
                                           ".5",
                                           "5.",
                                           "1,5",
                                           "1.2.3",
                                           "5%%",
                                           "+5",
                                           " 5",
                                           "5 ",
                                           "1e3",
                                           "%",
                                           "1234567890123456789"};

START_TEST(wrong_value)
{
    parcheck_edit edit = edit_of(1, 1, PARCHECK_COUNT, NULL, wrong_values[_i]);

    ck_assert_int_eq(rewrite("1,2\n", 4, &edit, 1), PARCHECK_EINVAL);
    ck_assert_uint_eq(error.line, 1);
}
END_TEST

START_TEST(wrong_arguments)
{
    parcheck_edit edit = edit_of(1, 1, PARCHECK_COUNT, NULL, "1");

    edit.size--;
    ck_assert_int_eq(rewrite("1,2\n", 4, &edit, 1), PARCHECK_EINVAL);
    edit.size++;
    edit.value = NULL;
    ck_assert_int_eq(rewrite("1,2\n", 4, &edit, 1), PARCHECK_EINVAL);
    edit.value = "1";
    options.max_file_bytes = 3;
    ck_assert_int_eq(rewrite("1,2\n", 4, &edit, 1), PARCHECK_EINVAL);
    options.max_file_bytes = 4;
    ck_assert_int_eq(rewrite("1,2\n", 4, &edit, 1), PARCHECK_OK);
    options.encoding = "KOI8";
    ck_assert_int_eq(rewrite("1,2\n", 4, &edit, 1), PARCHECK_EINVAL);
    options.encoding = NULL;
    ck_assert_int_eq(rewrite("1,\0\n", 4, &edit, 1), PARCHECK_EINVAL);
    ck_assert_int_eq(rewrite("", 0, &edit, 1), PARCHECK_EINVAL);
    ck_assert_int_eq(rewrite("", 0, NULL, 0), PARCHECK_OK);
}
END_TEST

/* ---- encodings ----------------------------------------------------------- */

/* A real submission in every encoding: each cell with a number, changed
 * alone, gives what encoding the changed text gives. */
static void check_cell(style s, const char *utf_8, size_t line, size_t at,
                       size_t length)
{
    text before = encode(s, utf_8);
    text changed = text_of("");
    parcheck_edit edit = edit_of(line, 5, PARCHECK_AMOUNT, NULL, "-7");
    text after;

    text_add(&changed, utf_8, at);
    text_add(&changed, "-7", 2);
    text_add(&changed, utf_8 + at + length, strlen(utf_8) - at - length + 1);
    after = encode(s, changed.bytes);
    options.encoding = pc_charset_name(styles[s].charset);
    ck_assert_msg(rewrite(before.bytes, before.length, &edit, 1) == PARCHECK_OK,
                  "%s, line %zu: %s", styles[s].name, line, error.en);
    ck_assert_uint_eq(copy.length, after.length);
    ck_assert_mem_eq(copy.bytes, after.bytes, after.length);
    free(before.bytes);
    free(changed.bytes);
    free(after.bytes);
}

static const char numbers[] =
    "form,code,label,unit,value,note\r\n"
    "3,1.4,Tổng số thủ tục,Thủ tục,375,đã rà soát\r\n"
    "3,1.5,\"Số hồ sơ, tỷ lệ\",%,12,\"cấp \"\"xã\"\"\"\r\n"
    "3,1.6,Đối thoại với người dân,,0,\r\n";

START_TEST(encoding_is_kept)
{
    style s = (style)_i;

    check_cell(s, numbers, 2, (size_t)(strstr(numbers, "375") - numbers), 3);
    check_cell(s, numbers, 3, (size_t)(strstr(numbers, "12,\"") - numbers), 2);
    check_cell(s, numbers, 4, (size_t)(strstr(numbers, "0,\r") - numbers), 1);
}
END_TEST

START_TEST(half_a_unit_stays)
{
    static const char odd[] = "\xFF\xFE"
                              "1\0,\0"
                              "2\0\n\0"
                              "x";
    static const char after[] = "\xFF\xFE"
                                "1\0,\0"
                                "3\0"
                                "1\0\n\0"
                                "x";
    parcheck_edit edit = edit_of(1, 2, PARCHECK_COUNT, NULL, "31");

    ck_assert_int_eq(rewrite(odd, sizeof odd - 1, &edit, 1), PARCHECK_OK);
    ck_assert_uint_eq(copy.length, sizeof after - 1);
    ck_assert_mem_eq(copy.bytes, after, sizeof after - 1);
}
END_TEST

/* The gap between groups, as this encoding has it. */
START_TEST(gap_is_kept)
{
    static const char wide[] = "1\0\x02\x30"
                               "2\0"
                               "3\0"
                               "4\0,\0x\0";
    parcheck_edit edit = edit_of(1, 1, PARCHECK_COUNT, NULL, "5678");

    options.encoding = "UTF-16LE";
    ck_assert_int_eq(rewrite(wide, 14, &edit, 1), PARCHECK_EINVAL);
    options.encoding = "windows-1258";
    ck_assert_int_eq(rewrite("1\xA0"
                             "234,x",
                             7, &edit, 1),
                     PARCHECK_OK);
    ck_assert_uint_eq(copy.length, 7);
    ck_assert_mem_eq(copy.bytes,
                     "5\xA0"
                     "678,x",
                     7);
}
END_TEST

/* ---- faults -------------------------------------------------------------- */

static int refuse(void *context, const void *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    return size > 0 ? -1 : 0;
}

START_TEST(writing_fails)
{
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.data = "1\n";
    input.length = 2;
    ck_assert_int_eq(
        parcheck_rewrite(&input, NULL, NULL, 0, refuse, NULL, &error),
        PARCHECK_EWRITE);
    input.data = NULL;
    input.path = "/nonexistent/in.csv";
    ck_assert_int_eq(
        parcheck_rewrite(&input, NULL, NULL, 0, refuse, NULL, &error),
        PARCHECK_EIO);
    input.data = "1\n";
    ck_assert_int_eq(
        parcheck_rewrite(&input, NULL, NULL, 0, refuse, NULL, &error),
        PARCHECK_EINVAL);
}
END_TEST

START_TEST(memory_fails)
{
    text vni = encode(STYLE_VNI, numbers);
    parcheck_edit edit = edit_of(2, 5, PARCHECK_COUNT, NULL, "376");
    size_t refused = 0;
    parcheck_status status = PARCHECK_ENOMEM;

    for (size_t n = 1; status != PARCHECK_OK; n++) {
        failing_allocator_init(&fa, n, true);
        status = rewrite(vni.bytes, vni.length, &edit, 1);
        ck_assert_uint_eq(fa.live, 0);
        ck_assert(status == PARCHECK_OK || status == PARCHECK_ENOMEM);
        ck_assert(status == PARCHECK_OK || copy.length == 0);
        refused += fa.failures;
    }
    ck_assert_uint_gt(refused, 5);
    free(vni.bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rewrite");
    TCase *tests = tcase_create("rewrite");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, style_is_kept, 0,
                        sizeof styles_of_cells / sizeof *styles_of_cells);
    tcase_add_loop_test(tests, place_is_found, 0,
                        sizeof edits_of_places / sizeof *edits_of_places);
    tcase_add_test(tests, broken_record);
    tcase_add_test(tests, many_edits);
    tcase_add_loop_test(tests, wrong_value, 0,
                        sizeof wrong_values / sizeof *wrong_values);
    tcase_add_test(tests, wrong_arguments);
    tcase_add_loop_test(tests, encoding_is_kept, 0, STYLES);
    tcase_add_test(tests, half_a_unit_stays);
    tcase_add_test(tests, gap_is_kept);
    tcase_add_test(tests, writing_fails);
    tcase_add_test(tests, memory_fails);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
