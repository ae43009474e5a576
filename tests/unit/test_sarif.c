/* The report as a SARIF log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

static parcheck_report *check_named(const parcheck_schema *schema,
                                    const char *name, const char *text)
{
    parcheck_report *report = NULL;
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.name = name;
    input.data = text;
    input.length = strlen(text);
    ck_assert_int_eq(parcheck_validate(&report, schema, &input, 1, NULL, NULL),
                     PARCHECK_OK);
    return report;
}

static char *write_sarif(const parcheck_report *report)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_SARIF_REPORT;
    options.language = PARCHECK_ENGLISH;
    return fixture_write(report, &options);
}

/* The fingerprint of the first result of a rule or code. */
static void take_print(const char *log, const char *rule, char print[64])
{
    static const char key[] = "\"parcheck/v1\": \"";
    char wanted[128];
    const char *at;

    (void)snprintf(wanted, sizeof wanted, "\"ruleId\": \"%s\"", rule);
    at = strstr(log, wanted);
    ck_assert_msg(at != NULL, "no %s in %s", wanted, log);
    at = strstr(at, key);
    ck_assert_ptr_nonnull(at);
    (void)snprintf(print, 64, "%.34s", at + strlen(key));
}

static void print_of(const parcheck_schema *schema, const char *text,
                     const char *rule, char print[64])
{
    parcheck_report *report = check_named(schema, "a.csv", text);
    char *log = write_sarif(report);

    take_print(log, rule, print);
    free(log);
    parcheck_report_free(report);
}

/* Other lines may come, go and change places. */
START_TEST(fingerprints_outlive_other_lines)
{
    static const char rule[] = "rule.fails/r";
    static const char *const same[] = {
        FIXTURE_FORM "1,1,Row a,,5,\n1,2,Row b,,3,\n",
        FIXTURE_FORM "1,2,Row b,,3,\n1,1,Row a,,5,\n",
        FIXTURE_FORM "1,3,Row c,,9,\n\n1,1,Row a,,5,\n1,2,Row b,,3,\n",
        FIXTURE_FORM "1,1,Row a,,6,\n1,2,Row b,,3,\n"};
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char first[64];

    print_of(schema, same[0], rule, first);
    for (size_t i = 1; i < sizeof same / sizeof *same; i++) {
        char other[64];

        print_of(schema, same[i], rule, other);
        ck_assert_str_eq(other, first);
    }
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(fingerprints_tell_things_apart)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_report *report = check_named(
        schema, "a.csv",
        "stt,unit_name,u,v,w\nI,H,9,9,1\nII,P,7,4,1\n1,A,9,3,1\n1,A,9,3,1\n");
    char *log = write_sarif(report);
    const char *at = log;
    char prints[8][64];
    size_t count = 0;

    while ((at = strstr(at, "\"ruleId\": \"rule.fails/r\"")) != NULL) {
        take_print(at, "rule.fails/r", prints[count++]);
        at++;
    }
    ck_assert_uint_eq(count, 3);
    ck_assert_str_ne(prints[0], prints[1]);
    /* Two units of one name: the second is the second. */
    ck_assert_int_eq(strncmp(prints[1], prints[2], 33), 0);
    ck_assert_str_ne(prints[1], prints[2]);
    free(log);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(names_of_files_are_references)
{
    static const char *const names[][2] = {
        {"a b.csv", "\"uri\": \"a%20b.csv\""},
        {"/tmp/x.csv", "\"uri\": \"file:///tmp/x.csv\""},
        {"c:x.csv", "\"uri\": \"c%3Ax.csv\""},
        {"đ%?#\xFF.csv", "\"uri\": \"%C4%91%25%3F%23%FF.csv\""}};
    parcheck_schema *schema = fixture_schema("f", "a = b");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        parcheck_report *report = check_named(schema, names[i][0], "x\n");
        char *log = write_sarif(report);

        ck_assert_msg(strstr(log, names[i][1]) != NULL, "%s not in %s",
                      names[i][1], log);
        free(log);
        parcheck_report_free(report);
    }
    parcheck_schema_free(schema);
}
END_TEST

/* The whole record is replaced, with what it needs of quotes. */
START_TEST(an_explanation_is_a_fix_of_the_record)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report = check_named(
        schema, "a.csv",
        FIXTURE_FORM "1,1,Row a,\"x \"\"y\"\"\nz\",5, note \n1,2,Row b,,3,\n");
    char *log = write_sarif(report);

    ck_assert_msg(strstr(log, "\"fixes\": [") != NULL, "%s", log);
    ck_assert_ptr_nonnull(strstr(log, "\"endLine\": 3"));
    ck_assert_msg(
        strstr(log, "\"text\": \"1,1,Row a,\\\"x \\\"\\\"y\\\"\\\"\\nz\\\","
                    "3,note\"") != NULL,
        "%s", log);
    ck_assert_ptr_nonnull(strstr(log, "\"text\": \"1,2,Row b,,5,\""));
    free(log);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(braces_and_links_mean_themselves)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report = check_named(
        schema, "a.csv", FIXTURE_FORM "1,1,Row a,,{0} [x](y),\n");
    char *log = write_sarif(report);

    ck_assert_ptr_nonnull(strstr(log, "“{{0}} [x\\\\](y)” is not a number"));
    free(log);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sarif");
    TCase *log = tcase_create("log");

    tcase_add_test(log, fingerprints_outlive_other_lines);
    tcase_add_test(log, fingerprints_tell_things_apart);
    tcase_add_test(log, names_of_files_are_references);
    tcase_add_test(log, an_explanation_is_a_fix_of_the_record);
    tcase_add_test(log, braces_and_links_mean_themselves);
    suite_add_tcase(suite, log);
    return pc_run_suite(suite);
}
