/* The report as XML for build servers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

static char *write_junit(const parcheck_report *report,
                         parcheck_language language)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_JUNIT_REPORT;
    options.language = language;
    return fixture_write(report, &options);
}

START_TEST(every_byte_of_a_small_report)
{
    static const char expected[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"parcheck\" tests=\"4\" failures=\"1\" "
        "errors=\"0\" skipped=\"2\" time=\"0\">\n"
        "<testsuite name=\"1.csv\" tests=\"1\" failures=\"0\" errors=\"0\" "
        "skipped=\"0\" time=\"0\">\n"
        "<testcase name=\"row.missing A1\" classname=\"1.csv\" time=\"0\" "
        "file=\"1.csv\" line=\"1\"><system-out>warning row.missing\n"
        "form 1 lacks 1 of its rows: I\n"
        "A1 = stt\n"
        "</system-out></testcase>\n"
        "</testsuite>\n"
        "<testsuite name=\"t II. P\" tests=\"1\" failures=\"1\" errors=\"0\" "
        "skipped=\"0\" time=\"0\">\n"
        "<testcase name=\"r\" classname=\"t II. P\" time=\"0\" "
        "file=\"1.csv\" line=\"2\"><failure type=\"rule.fails\" "
        "message=\"7 &gt; 4, off by 3\">error rule.fails\n"
        "EN: 7 &gt; 4, off by 3\n"
        "C2 = 7  1:3 Column u\n"
        "D2 = 4  1:4 Column v\n"
        "</failure></testcase>\n"
        "</testsuite>\n"
        "<testsuite name=\"t 1. &lt;A&gt;\" tests=\"1\" failures=\"0\" "
        "errors=\"0\" skipped=\"1\" time=\"0\">\n"
        "<testcase name=\"r\" classname=\"t 1. &lt;A&gt;\" time=\"0\" "
        "file=\"1.csv\" line=\"3\"><skipped message=\"blank: C3\"/>"
        "</testcase>\n"
        "</testsuite>\n"
        "<testsuite name=\"t 2. B\" tests=\"1\" failures=\"0\" errors=\"0\" "
        "skipped=\"1\" time=\"0\">\n"
        "<testcase name=\"r\" classname=\"t 2. B\" time=\"0\" "
        "file=\"1.csv\" line=\"4\"><skipped message=\"blank: D4\"/>"
        "</testcase>\n"
        "</testsuite>\n"
        "</testsuites>\n";
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_report *report;
    parcheck_input input;
    parcheck_options options;
    char *xml;
    static const char text[] =
        "stt,unit_name,u,v,w\nII,P,7,4,\n1,<A>,,3,\n2,B,4,,\n";

    parcheck_input_init(&input, sizeof input);
    input.name = "1.csv";
    input.data = text;
    input.length = strlen(text);
    parcheck_options_init(&options, sizeof options);
    options.explain = 0;
    ck_assert_int_eq(
        parcheck_validate(&report, schema, &input, 1, &options, NULL),
        PARCHECK_OK);
    xml = write_junit(report, PARCHECK_ENGLISH);
    ck_assert_str_eq(xml, expected);
    free(xml);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_file_without_findings_was_read)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    static char text[FIXTURE_TEXT];
    parcheck_report *report = fixture_check(schema,
                                            fixture_form(text, "a=1; b=1"));
    char *xml = write_junit(report, PARCHECK_VIETNAMESE);

    /* The rows that are not there are a warning; the rule itself holds. */
    ck_assert_ptr_nonnull(strstr(xml, "failures=\"0\""));
    ck_assert_ptr_nonnull(
        strstr(xml, "<testcase name=\"r\" classname=\"f\" time=\"0\" "
                    "file=\"1.csv\" line=\"2\"></testcase>\n"));
    ck_assert_ptr_null(strstr(xml, "<failure"));
    free(xml);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Over the ceiling of findings a rule fails all the same. */
START_TEST(failures_over_the_ceiling_fail)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    static const char text[] = "stt,unit_name,u,v,w\nII,P,7,4,\n1,A,9,3,\n";
    parcheck_options options;
    parcheck_input input;
    parcheck_report *report;
    char *xml;

    parcheck_input_init(&input, sizeof input);
    input.data = text;
    input.length = strlen(text);
    parcheck_options_init(&options, sizeof options);
    options.max_findings = 1;
    ck_assert_int_eq(
        parcheck_validate(&report, schema, &input, 1, &options, NULL),
        PARCHECK_OK);
    xml = write_junit(report, PARCHECK_ENGLISH);
    ck_assert_ptr_nonnull(strstr(xml, " failures=\"2\" errors=\"0\""));
    ck_assert_ptr_nonnull(
        strstr(xml, "<failure type=\"rule.fails\" message=\"EN\"/>"));
    free(xml);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("junit");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, every_byte_of_a_small_report);
    tcase_add_test(cases, a_file_without_findings_was_read);
    tcase_add_test(cases, failures_over_the_ceiling_fail);
    suite_add_tcase(suite, cases);
    return pc_run_suite(suite);
}
