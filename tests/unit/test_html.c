/* The report as a page; what browsers make of it is in tests/reports. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

static char *write_html(const parcheck_report *report,
                        parcheck_language language)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_HTML_REPORT;
    options.language = language;
    return fixture_write(report, &options);
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;

    for (; (text = strstr(text, part)) != NULL; text++)
        found++;
    return found;
}

START_TEST(cells_are_shown_as_they_were_sent)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report = fixture_check(
        schema, FIXTURE_FORM "1,1,Row <a>,đ & x,\"007\",\n1,2,Row b,,3,\n");
    char *page = write_html(report, PARCHECK_ENGLISH);

    ck_assert_ptr_nonnull(strstr(page, "<html lang=\"en\">"));
    ck_assert_ptr_nonnull(strstr(page, ">Row &lt;a&gt;"));
    ck_assert_ptr_nonnull(strstr(page, ">đ &amp; x</td>"));
    ck_assert_ptr_nonnull(
        strstr(page, "<td class=\"v me\" id=\"c1-2-5\"><b>007</b>"));
    ck_assert_ptr_nonnull(strstr(page, "<td class=\"v mo\" id=\"c1-3-5\">"));
    ck_assert_ptr_nonnull(strstr(page, "007 ≠ 3, off by 4"));
    ck_assert_uint_eq(count(page, "<table class=\"form\">"), 1);
    /* No column for notes, in which nothing stands; none for the form. */
    ck_assert_ptr_null(strstr(page, ">Note</th>"));
    free(page);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(each_form_is_a_table)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(
        schema, fixture_data("kong-chro-2022-h1.csv"));
    char *page = write_html(report, PARCHECK_VIETNAMESE);

    ck_assert_uint_eq(count(page, "<table class=\"form\">"), 7);
    for (int i = 1; i <= 7; i++) {
        char caption[64];

        (void)snprintf(caption, sizeof caption, "\">Biểu %d</caption>", i);
        ck_assert_uint_eq(count(page, caption), 1);
    }
    ck_assert_uint_eq(count(page, "<article "),
                      parcheck_report_finding_count(report));
    free(page);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Rows over the ceiling are left out and counted, but never one with a
 * finding. */
START_TEST(a_large_table_is_cut_and_says_so)
{
    enum { ROWS = 60000, LINE = 40 };
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    char *text = malloc((size_t)ROWS * LINE + 100);
    parcheck_report *report;
    size_t used;
    char *page;

    ck_assert_ptr_nonnull(text);
    used = (size_t)sprintf(text,
                           "stt,unit_name,u,v,w\nI,H,1,1,1\nII,P,1,1,1\n");
    for (int i = 1; i <= ROWS; i++)
        used += (size_t)sprintf(text + used, "%d,Unit %d,%d,1,1\n", i, i,
                                i == ROWS ? 2 : 1);
    report = fixture_check(schema, text);
    page = write_html(report, PARCHECK_ENGLISH);
    ck_assert_ptr_nonnull(strstr(page, "more rows, with nothing to tell"));
    ck_assert_ptr_nonnull(strstr(page, "Unit 1<"));
    ck_assert_ptr_null(strstr(page, "Unit 59999<"));
    ck_assert_ptr_nonnull(strstr(page, "Unit 60000<"));
    free(page);
    free(text);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* As the messages beside them, and as a form of the country is written. */
START_TEST(numbers_proposed_are_in_the_language)
{
    parcheck_schema *schema = fixture_schema("f", "p = percent(a, b)");
    char csv[FIXTURE_TEXT];
    parcheck_report *report = fixture_check(
        schema, fixture_form(csv, "a=1; b=8; p=50,0"));
    char *vi = write_html(report, PARCHECK_VIETNAMESE);
    char *en = write_html(report, PARCHECK_ENGLISH);

    ck_assert_ptr_nonnull(strstr(vi, "<s>50,0</s> → <b>12,5</b>"));
    ck_assert_ptr_nonnull(strstr(vi, "có thể là 12,5</span>"));
    ck_assert_ptr_null(strstr(vi, "12.5"));
    ck_assert_ptr_nonnull(strstr(en, "<s>50,0</s> → <b>12.5</b>"));
    free(vi);
    free(en);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Under a finding the cells of other units are told from its own. */
START_TEST(cells_of_other_units_are_named)
{
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_report *report = fixture_check(
        schema, "stt,unit_name,u,v,w\nII,Các xã,3,1,1\n1,Xã <A>,1,1,1\n"
                "2,Xã B,1,1,1\n");
    char *page = write_html(report, PARCHECK_ENGLISH);

    ck_assert_uint_eq(
        count(page, "<br><span class=\"sub\">1. Xã &lt;A&gt;</span></td>"), 1);
    ck_assert_uint_eq(
        count(page, "<br><span class=\"sub\">2. Xã B</span></td>"), 1);
    ck_assert_uint_eq(count(page, "<br><span class=\"sub\">II. "), 0);
    free(page);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_clean_report_says_so)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report = NULL;
    char *page;

    ck_assert_int_eq(parcheck_schema_lint(&report, schema, NULL, NULL),
                     PARCHECK_OK);
    page = write_html(report, PARCHECK_ENGLISH);
    ck_assert_ptr_nonnull(strstr(page, "<h1>Examination of the schema</h1>"));
    ck_assert_ptr_null(strstr(page, "What was sent"));
    free(page);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("html");
    TCase *page = tcase_create("page");

    tcase_set_timeout(page, 120);
    tcase_add_test(page, cells_are_shown_as_they_were_sent);
    tcase_add_test(page, each_form_is_a_table);
    tcase_add_test(page, a_large_table_is_cut_and_says_so);
    tcase_add_test(page, numbers_proposed_are_in_the_language);
    tcase_add_test(page, cells_of_other_units_are_named);
    tcase_add_test(page, a_clean_report_says_so);
    suite_add_tcase(suite, page);
    return pc_run_suite(suite);
}
