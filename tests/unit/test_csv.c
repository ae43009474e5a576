/* The report as records for a spreadsheet. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

static char *write_csv(const parcheck_report *report,
                       parcheck_language language)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_CSV_REPORT;
    options.language = language;
    return fixture_write(report, &options);
}

START_TEST(every_byte_of_a_small_report)
{
    static const char *const expected[] = {
        "\xEF\xBB\xBF\"Mức độ\",\"Mã\",\"Quy tắc\",\"Đơn vị\",\"Tệp\","
        "\"Dòng\",\"Ô\",\"Biểu\",\"Chỉ tiêu\",\"Nội dung\","
        "\"Các ô liên quan\",\"Nhóm nguyên nhân\",\"Có thể là\"\r\n"
        "\"Lỗi\",\"rule.fails\",\"r\",\"II. Phần\",\"1.csv\",\"3\",\"C3\","
        "\"Biểu 1\",\"3 Column u\",\"VI: 7 ≠ 2 + 4 = 6, lệch 1\","
        "\"C3 = 7; C4 = 2; C5 = 4\",\"\",\"\"\r\n"
        "\"Cảnh báo\",\"row.missing\",\"\",\"\",\"1.csv\",\"1\",\"A1\",\"\","
        "\"\",\"biểu 1 thiếu 1 dòng: I\",\"A1 = stt\",\"\",\"\"\r\n",
        "\xEF\xBB\xBF\"Severity\",\"Code\",\"Rule\",\"Unit\",\"File\","
        "\"Line\",\"Cell\",\"Form\",\"Indicator\",\"Message\","
        "\"Cells\",\"Cause\",\"Explanations\"\r\n"
        "\"Error\",\"rule.fails\",\"r\",\"II. Phần\",\"1.csv\",\"3\",\"C3\","
        "\"Form 1\",\"3 Column u\",\"EN: 7 ≠ 2 + 4 = 6, off by 1\","
        "\"C3 = 7; C4 = 2; C5 = 4\",\"\",\"\"\r\n"
        "\"Warning\",\"row.missing\",\"\",\"\",\"1.csv\",\"1\",\"A1\",\"\","
        "\"\",\"form 1 lacks 1 of its rows: I\",\"A1 = stt\",\"\",\"\"\r\n"};
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_report *report = fixture_judge(
        schema, "stt,unit_name,u,v,w\n\nII,Phần,7,,\n1,A,2,,\n2,B,4,,\n");
    char *csv = write_csv(report, (parcheck_language)_i);

    ck_assert_str_eq(csv, expected[_i]);
    free(csv);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* A literal, and what becomes of it in the field of the cells. */
static const struct {
    const char *literal; /* as a quoted field */
    const char *field;
} literals[] = {
    {"=1+1", "=1+1"}, /* not at the beginning: "E2 = =1+1" */
    {"a;=1", "a;'=1"},
    {"a; =1", "a; '=1"},
    {"a, @x", "a, '@x"},
    {"a|-1", "a|'-1"},
    {"a\"\"=cmd", "a\"\"'=cmd"},
    {"a\"\";\"\"+1", "a\"\";\"\"'+1"},
    {"a;\t=1", "a; '=1"},
    {"a;\r\n=1", "a;  '=1"},
    {"a;\xC2\xA0=1", "a;\xC2\xA0'=1"},
    {"a;＝1", "a;'＝1"},
    {"a;−1", "a;'−1"},
    {"a;b=1", "a;b=1"},
    {"a\033[31m", "a<U+001B>[31m"},
    {"a\xE2\x80\xAE"
     "b",
     "a<U+202E>b"},
};

START_TEST(no_field_begins_a_formula)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report;
    char input[512];
    char expected[512];
    char *csv;

    (void)snprintf(input, sizeof input,
                   FIXTURE_FORM "1,1,Row a,,\"%s\",\n1,2,Row b,,1,\n",
                   literals[_i].literal);
    (void)snprintf(expected, sizeof expected, ",\"E2 = %s\",",
                   literals[_i].field);
    report = fixture_check(schema, input);
    csv = write_csv(report, PARCHECK_ENGLISH);
    ck_assert_msg(strstr(csv, expected) != NULL, "%s not in %s", expected, csv);
    free(csv);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* The name of a unit stands at the beginning of its field. */
START_TEST(a_field_that_begins_like_a_formula_is_text)
{
    static const char *const names[] = {"=1+1", "+1",   "-1",  "@x",
                                        " =1",  "\t=1", "＝1", "'=1"};
    parcheck_schema *schema = fixture_schema("t", "u <= v");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        parcheck_input one;
        parcheck_report *report = NULL;
        char *csv;
        char *at;

        parcheck_input_init(&one, sizeof one);
        one.name = names[i];
        one.data = "";
        ck_assert_int_eq(
            parcheck_validate(&report, schema, &one, 1, NULL, NULL),
            PARCHECK_OK);
        csv = write_csv(report, PARCHECK_ENGLISH);
        at = strstr(csv, "\"file.empty\",\"\",\"\",\"");
        ck_assert_ptr_nonnull(at);
        at += strlen("\"file.empty\",\"\",\"\",\"");
        at += strspn(at, " ");
        ck_assert_msg(*at == '\'', "%s", csv);
        free(csv);
        parcheck_report_free(report);
    }
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_field_is_no_longer_than_a_cell_can_be)
{
    enum { LONG = 40000 };
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char *input = malloc(LONG + 200);
    parcheck_report *report;
    char *csv;
    size_t run = 0;
    size_t longest = 0;

    ck_assert_ptr_nonnull(input);
    strcpy(input, FIXTURE_FORM "1,1,Row a,,");
    memset(input + strlen(input), 'w', LONG);
    strcpy(input + strlen(FIXTURE_FORM "1,1,Row a,,") + LONG, ",\n");
    report = fixture_check(schema, input);
    csv = write_csv(report, PARCHECK_ENGLISH);
    for (const char *at = csv; *at != '\0'; at++) {
        run = *at == 'w' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    ck_assert_uint_lt(longest, 32001);
    ck_assert_uint_gt(longest, 31900);
    ck_assert_ptr_nonnull(strstr(csv, "w…\","));
    free(csv);
    free(input);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *records = tcase_create("records");

    tcase_add_loop_test(records, every_byte_of_a_small_report, 0, 2);
    tcase_add_loop_test(records, no_field_begins_a_formula, 0,
                        sizeof literals / sizeof *literals);
    tcase_add_test(records, a_field_that_begins_like_a_formula_is_text);
    tcase_add_test(records, a_field_is_no_longer_than_a_cell_can_be);
    suite_add_tcase(suite, records);
    return pc_run_suite(suite);
}
