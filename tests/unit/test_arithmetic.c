/* The arithmetic of findings: exact for tools, a line for people. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

typedef struct arithmetic_case {
    const char *check;
    const char *cells;
    const char *left; /* NULL: there is no arithmetic at all */
    const char *relation;
    const char *right;
    const char *difference;
    const char *vi;
    const char *en;
} arithmetic_case;

static void expect_line(const parcheck_finding *finding,
                        parcheck_language language, const char *text,
                        const char *line)
{
    char expected[1024];

    (void)snprintf(expected, sizeof expected, "%s: %s", text, line);
    ck_assert_str_eq(parcheck_finding_message(finding, language), expected);
}

static const parcheck_finding *rule_finding(const parcheck_report *report)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++)
        if (parcheck_finding_rule(parcheck_report_finding(report, i)) != NULL)
            return parcheck_report_finding(report, i);
    ck_abort_msg("no finding of the rule but: %s", fixture_findings(report));
    return NULL;
}

static void expect(const arithmetic_case *c)
{
    char csv[FIXTURE_TEXT];
    parcheck_schema *schema = fixture_schema("f", c->check);
    parcheck_report *report = fixture_check(schema,
                                            fixture_form(csv, c->cells));
    const parcheck_finding *finding = rule_finding(report);

    ck_assert_pstr_eq(parcheck_finding_left(finding), c->left);
    ck_assert_pstr_eq(parcheck_finding_relation(finding), c->relation);
    ck_assert_pstr_eq(parcheck_finding_right(finding), c->right);
    ck_assert_pstr_eq(parcheck_finding_difference(finding), c->difference);
    expect_line(finding, PARCHECK_VIETNAMESE, "VI", c->vi);
    expect_line(finding, PARCHECK_ENGLISH, "EN", c->en);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}

static const arithmetic_case cases[] = {
    /* sums */
    {"a = b + c", "a=129; b=124; c=7", "129", "=", "131", "-2",
     "129 ≠ 124 + 7 = 131, lệch 2", "129 ≠ 124 + 7 = 131, off by 2"},
    {"a + b = c", "a=2; b=3; c=6", "5", "=", "6", "-1", "2 + 3 = 5 ≠ 6, lệch 1",
     "2 + 3 = 5 ≠ 6, off by 1"},
    {"a = b", "a=5; b=3", "5", "=", "3", "2", "5 ≠ 3, lệch 2",
     "5 ≠ 3, off by 2"},
    {"a = b - c", "a=5; b=3; c=1", "5", "=", "2", "3", "5 ≠ 3 − 1 = 2, lệch 3",
     "5 ≠ 3 − 1 = 2, off by 3"},
    {"a = -b + c", "a=5; b=3; c=1", "5", "=", "-2", "7",
     "5 ≠ −3 + 1 = -2, lệch 7", "5 ≠ −3 + 1 = -2, off by 7"},
    {"a = b + 10", "a=5; b=3", "5", "=", "13", "-8", "5 ≠ 3 + 10 = 13, lệch 8",
     "5 ≠ 3 + 10 = 13, off by 8"},
    {"a = 2.5 * b + c", "a=1; b=2; c=0", "1", "=", "5", "-4",
     "1 ≠ 2,5 × 2 + 0 = 5, lệch 4", "1 ≠ 2.5 × 2 + 0 = 5, off by 4"},
    {"a = 0.1 * b + c", "a=1; b=2; c=0", "1", "=", "0.2", "0.8",
     "1 ≠ 0,1 × 2 + 0 = 0,2, lệch 0,8", "1 ≠ 0.1 × 2 + 0 = 0.2, off by 0.8"},
    /* literals as printed, values exact */
    {"a = b + c", "a=2.531; b=2,000; c=500", "2531", "=", "2500", "31",
     "2.531 ≠ 2,000 + 500 = 2500, lệch 31",
     "2.531 ≠ 2,000 + 500 = 2500, off by 31"},
    {"a = b", "a=07; b=-8", "7", "=", "-8", "15", "07 ≠ -8, lệch 15",
     "07 ≠ -8, off by 15"},
    {"a = b + c", "a=999999999999999999; b=999999999999999999; c=1",
     "999999999999999999", "=", "1000000000000000000", "-1",
     "999999999999999999 ≠ 999999999999999999 + 1 = 1000000000000000000, "
     "lệch 1",
     "999999999999999999 ≠ 999999999999999999 + 1 = 1000000000000000000, "
     "off by 1"},
    /* blanks and missing rows count as 0 */
    {"a = b + c", "a=3; b=4; c=", "3", "=", "4", "-1",
     "3 ≠ 4 + (trống) = 4, lệch 1", "3 ≠ 4 + (blank) = 4, off by 1"},
    {"a = b + c", "a=3; b=4; c=-", "3", "=", "4", "-1", "3 ≠ 4 + - = 4, lệch 1",
     "3 ≠ 4 + - = 4, off by 1"},
    {"a = b + c", "a=3; b=4", "3", "=", "4", "-1",
     "3 ≠ 4 + (thiếu) = 4, lệch 1", "3 ≠ 4 + (missing) = 4, off by 1"},
    /* the sign says what is so */
    {"a != b", "a=5; b=5", "5", "!=", "5", "0", "5 = 5", "5 = 5"},
    {"a < b", "a=5; b=5", "5", "<", "5", "0", "5 ≥ 5", "5 ≥ 5"},
    {"a < b", "a=7; b=5", "7", "<", "5", "2", "7 ≥ 5, lệch 2",
     "7 ≥ 5, off by 2"},
    {"a <= b", "a=7; b=5", "7", "<=", "5", "2", "7 > 5, lệch 2",
     "7 > 5, off by 2"},
    {"a > b", "a=5; b=7", "5", ">", "7", "-2", "5 ≤ 7, lệch 2",
     "5 ≤ 7, off by 2"},
    {"a >= b", "a=5; b=7", "5", ">=", "7", "-2", "5 < 7, lệch 2",
     "5 < 7, off by 2"},
    /* amounts */
    {"m = n + o", "m=1.1; n=0.5; o=0.5", "1.1", "=", "1", "0.1",
     "1.1 ≠ 0.5 + 0.5 = 1, lệch 0,1, trong phạm vi làm tròn của các số",
     "1.1 ≠ 0.5 + 0.5 = 1, off by 0.1, within the rounding of the numbers"},
    {"m = n", "m=1.25; n=1", "1.25", "=", "1", "0.25",
     "1.25 ≠ 1, lệch 0,25, trong phạm vi làm tròn của các số",
     "1.25 ≠ 1, off by 0.25, within the rounding of the numbers"},
    /* in */
    {"x in {0, 1}", "x=2", "2", "in", "{0, 1}", NULL, "2 ∉ {0, 1}",
     "2 ∉ {0, 1}"},
    {"a in {-1, 2.50}", "a=0", "0", "in", "{-1, 2.5}", NULL, "0 ∉ {-1, 2.5}",
     "0 ∉ {-1, 2.5}"},
    /* percentages */
    {"p = percent(a, b)", "p=50; a=1; b=3", "50", "=", "100/3", "50/3",
     "50 ≠ 1 / 3 ≈ 33,33%", "50 ≠ 1 / 3 ≈ 33.33%"},
    {"p = percent(a, b)", "p=99.92%; a=1; b=2", "99.92", "=", "50", "49.92",
     "99.92% ≠ 1 / 2 = 50%", "99.92% ≠ 1 / 2 = 50%"},
    {"p = percent(a, b)", "p=50.0000; a=1; b=3", "50", "=", "100/3", "50/3",
     "50.0000 ≠ 1 / 3 ≈ 33,3333%", "50.0000 ≠ 1 / 3 ≈ 33.3333%"},
    {"p = percent(a + c, b + d)", "p=50; a=1; c=0; b=2; d=2", "50", "=", "25",
     "25", "50 ≠ (1 + 0) / (2 + 2) = 25%", "50 ≠ (1 + 0) / (2 + 2) = 25%"},
    {"p = percent(a + c, b)", "p=40; a=1; c=; b=2", "40", "=", "50", "-10",
     "40 ≠ (1 + (trống)) / 2 = 50%", "40 ≠ (1 + (blank)) / 2 = 50%"},
    {"p = percent(a, b - c)", "p=5; a=1; b=1; c=2", "5", "=", "-100", "105",
     "5 ≠ 1 / (1 − 2) = -100%", "5 ≠ 1 / (1 − 2) = -100%"},
    {"p = percent(a, b)", "p=66.6; a=2; b=3", "66.6", "=", "200/3", "-1/15",
     "66.6 ≈ 2 / 3 ≈ 66,67%; số ghi là số bị cắt bớt, làm tròn đúng là 66,7",
     "66.6 ≈ 2 / 3 ≈ 66.67%; what is given was cut off, rounded half up it "
     "is 66.7"},
    {"p = percent(a, b)", "p=33.4; a=1; b=3", "33.4", "=", "100/3", "1/15",
     "33.4 ≈ 1 / 3 ≈ 33,33%; số ghi là số làm tròn lên, làm tròn đúng là 33,3",
     "33.4 ≈ 1 / 3 ≈ 33.33%; what is given was rounded up, rounded half up it "
     "is 33.3"},
    {"p = percent(m, n)", "p=35; m=1.0; n=3.0", "35", "=", "100/3", "5/3",
     "35 ≈ 1.0 / 3.0 ≈ 33,33%; trong phạm vi làm tròn của các số, làm tròn "
     "đúng là 33",
     "35 ≈ 1.0 / 3.0 ≈ 33.33%; within the rounding of the numbers, rounded "
     "half up it is 33"},
    /* nothing to divide by */
    {"p = percent(a, b)", "p=5; a=1; b=0", NULL, NULL, NULL, NULL,
     "5 ≠ 1 / 0: mẫu số bằng 0", "5 ≠ 1 / 0: the denominator is 0"},
    {"p = percent(a, b - c)", "p=5; a=1; b=2; c=2", NULL, NULL, NULL, NULL,
     "5 ≠ 1 / (2 − 2): mẫu số bằng 0", "5 ≠ 1 / (2 − 2): the denominator is 0"},
    /* conditions: what made them true, unless the consequence shows it */
    {"if a = 1 then b = 2", "a=1; b=3", "3", "=", "2", "1",
     "khi 1 = 1: 3 ≠ 2, lệch 1", "with 1 = 1: 3 ≠ 2, off by 1"},
    {"if a = 1 and blank(c) then b = 2", "a=1; b=3; c=", "3", "=", "2", "1",
     "khi 1 = 1, 3 = (trống): 3 ≠ 2, lệch 1",
     "with 1 = 1, 3 = (blank): 3 ≠ 2, off by 1"},
    {"if a = 1 then a = b", "a=1; b=3", "1", "=", "3", "-2", "1 ≠ 3, lệch 2",
     "1 ≠ 3, off by 2"},
    {"if a = 1 then reported(b)", "a=1; b=", NULL, NULL, NULL, NULL,
     "khi 1 = 1: 2 = (trống)", "with 1 = 1: 2 = (blank)"},
    /* the part that decides, or all that was asked */
    {"a = 1 and b = 1", "a=0; b=1", "0", "=", "1", "-1", "0 ≠ 1, lệch 1",
     "0 ≠ 1, off by 1"},
    {"a = 1 and b = 1", "a=; b=0", "0", "=", "1", "-1", "0 ≠ 1, lệch 1",
     "0 ≠ 1, off by 1"},
    {"a = 1 or b = 1", "a=0; b=2", NULL, NULL, NULL, NULL, "1 = 0, 2 = 2",
     "1 = 0, 2 = 2"},
    {"not a = 1", "a=1", NULL, NULL, NULL, NULL, "1 = 1", "1 = 1"},
    {"reported(a)", "a=", NULL, NULL, NULL, NULL, "1 = (trống)", "1 = (blank)"},
    {"blank(a)", "a=y", NULL, NULL, NULL, NULL, "1 = y", "1 = y"},
};

START_TEST(values_and_lines)
{
    expect(&cases[_i]);
}
END_TEST

/* The verdicts "holds" and "unknown" have no finding, and so no line. */
START_TEST(no_finding_without_a_failure)
{
    static const char *const cells[] = {"a=1; b=1", "a=; b=1", "b=1",
                                        "a=0; b="};

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char csv[FIXTURE_TEXT];
        parcheck_schema *schema = fixture_schema("f", "a = b");
        parcheck_report *report = fixture_judge(schema,
                                                fixture_form(csv, cells[i]));

        ck_assert_str_eq(fixture_findings(report), "row.missing@2:5");
        parcheck_report_free(report);
        parcheck_schema_free(schema);
    }
}
END_TEST

#define TABLE "stt,unit_name,u,v,w\nI,H,1,1,1\n"

static const struct {
    const char *rows;
    const char *vi;
} long_cases[] = {
    {TABLE "II,P,9,1,1\n1,A,1,1,1\n2,B,2,1,1\n3,C,3,1,1\n4,D,4,1,1\n"
           "5,E,5,1,1\n6,F,6,1,1\n7,G,7,1,1\n8,H,8,1,1\n",
     "VI: 9 ≠ 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 = 36, lệch 27"},
    {TABLE "II,P,9,1,1\n1,A,1,1,1\n2,B,2,1,1\n3,C,3,1,1\n4,D,4,1,1\n"
           "5,E,5,1,1\n6,F,6,1,1\n7,G,7,1,1\n8,H,8,1,1\n9,I,9,1,1\n",
     "VI: 9 ≠ 1 + 2 + 3 + 4 + 5 + 6 + … + 8 + 9 = 45, lệch 36"},
    {TABLE "II,P,9,1,1\n1,A,1,1,1\n", "VI: 9 ≠ 1, lệch 8"},
};

START_TEST(a_long_sum_is_cut_in_the_middle)
{
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_report *report = fixture_check(schema, long_cases[_i].rows);
    const parcheck_finding *finding = rule_finding(report);

    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     long_cases[_i].vi);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arithmetic");
    TCase *tests = tcase_create("arithmetic");

    tcase_add_loop_test(tests, values_and_lines, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, no_finding_without_a_failure);
    tcase_add_loop_test(tests, a_long_sum_is_cut_in_the_middle, 0,
                        sizeof long_cases / sizeof *long_cases);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
