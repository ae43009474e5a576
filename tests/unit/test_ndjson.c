/* The report as one JSON object a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

static char *write_ndjson(const parcheck_report *report, int verdicts)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_NDJSON_REPORT;
    options.verdicts = verdicts;
    return fixture_write(report, &options);
}

START_TEST(every_line_of_a_small_report)
{
    static const char format[] =
        "{\"type\": \"report\", \"parcheck\": \"%s\", \"schemas\": "
        "[{\"family\": \"f\", \"edition\": \"e\", \"version\": \"\", "
        "\"digest\": \"%s\"}], \"inputs\": [{\"name\": \"1.csv\", "
        "\"schema\": 0, \"encoding\": \"UTF-8\", \"delimiter\": \",\", "
        "\"layout\": \"form\"}]}\n"
        "{\"type\": \"finding\", \"code\": \"cell.not-a-number\", "
        "\"severity\": \"error\", \"rule\": null, \"unit\": null, "
        "\"unit_code\": null, \"period\": null, \"message\": {\"vi\": "
        "\"“x\\\"y” không phải là một số\", \"en\": \"“x\\\"y” is not a "
        "number\"}, \"left\": null, \"relation\": null, \"right\": null, "
        "\"difference\": null, \"cells\": [{\"name\": \"a\", \"form\": "
        "\"1\", \"code\": \"1\", \"label\": \"Row a\", \"literal\": "
        "\"x\\\"y\", \"input\": 0, \"line\": 2, \"column\": 5, "
        "\"address\": \"E2\"}], \"cause\": null, \"explanations\": []}\n"
        "{\"type\": \"verdict\", \"rule\": \"r\", \"verdict\": \"unknown\", "
        "\"unit\": null, \"unit_code\": null, \"period\": null, \"reason\": "
        "\"unreadable\", \"cells\": [{\"name\": \"a\", \"form\": \"1\", "
        "\"code\": \"1\", \"label\": \"Row a\", \"literal\": \"x\\\"y\", "
        "\"input\": 0, \"line\": 2, \"column\": 5, \"address\": \"E2\"}]}\n"
        "{\"type\": \"summary\", \"summary\": {\"rules\": {\"holds\": 0, "
        "\"rounding\": 0, \"fails\": 0, \"unknown\": 1}, \"findings\": "
        "{\"error\": 1, \"warning\": 0, \"note\": 0}}}\n";
    parcheck_schema *schema = fixture_schema("f", "a > 3");
    parcheck_report *report = fixture_check(
        schema, FIXTURE_FORM "1,1,Row a,,\"x\"\"y\",\n1,2,Row b,,1,\n"
                             "1,3,Row c,,1,\n1,4,Row d,,1,\n1,5,Row m,,1,\n"
                             "1,6,Row n,,1,\n1,7,Row o,,1,\n1,8,Row p,,1,\n"
                             "1,9,Row q,,1,\n1,10,Row x,,1,\n1,11,Row z,,1,\n"
                             "1,12,Row t,,1,\n1,13,Row g,,,\n");
    char expected[4096];
    char *lines = write_ndjson(report, 1);

    (void)snprintf(expected, sizeof expected, format, parcheck_version(),
                   parcheck_edition_digest(parcheck_report_edition(report, 0)));
    ck_assert_str_eq(lines, expected);
    free(lines);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

static size_t count_lines(const char *text, const char *begin)
{
    size_t count = 0;

    while (*text != '\0') {
        count += strncmp(text, begin, strlen(begin)) == 0;
        text += strcspn(text, "\n");
        ck_assert_msg(*text == '\n', "the last line has no end");
        text++;
    }
    return count;
}

START_TEST(one_line_for_each_thing)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(
        schema, fixture_data("kong-chro-2022-h1.csv"));

    for (int verdicts = 0; verdicts < 2; verdicts++) {
        char *lines = write_ndjson(report, verdicts);
        size_t findings = parcheck_report_finding_count(report);
        size_t rules = verdicts != 0 ? parcheck_report_verdict_count(report)
                                     : 0;

        ck_assert_uint_gt(findings, 0);
        ck_assert_uint_eq(count_lines(lines, "{\"type\": \"report\", "), 1);
        ck_assert_uint_eq(count_lines(lines, "{\"type\": \"finding\", "),
                          findings);
        ck_assert_uint_eq(count_lines(lines, "{\"type\": \"verdict\", "),
                          rules);
        ck_assert_uint_eq(count_lines(lines, "{\"type\": \"summary\", "), 1);
        ck_assert_uint_eq(count_lines(lines, "{"), findings + rules + 2);
        free(lines);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ndjson");
    TCase *lines = tcase_create("lines");

    tcase_add_test(lines, every_line_of_a_small_report);
    tcase_add_test(lines, one_line_for_each_thing);
    suite_add_tcase(suite, lines);
    return pc_run_suite(suite);
}
