/* Blank totals and percentages that the other cells determine. */
#include <stdio.h>
#include <string.h>

#include "failing_allocator.h"
#include "fixture.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static parcheck_schema *schema;
static parcheck_report *report;
static parcheck_deductions *deductions;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    schema = NULL;
    report = NULL;
    deductions = NULL;
}

static void teardown(void)
{
    parcheck_deductions_free(deductions);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    ck_assert_uint_eq(fa.live, 0);
}

/* "a=5 p=33.3%": what was deduced, "!" behind what a rule contradicts. */
static const char *deduced(void)
{
    static char text[1024];
    size_t count;

    parcheck_deductions_free(deductions);
    ck_assert_int_eq(
        parcheck_report_deduce(&deductions, report, &allocator, NULL),
        PARCHECK_OK);
    count = parcheck_deductions_count(deductions);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const parcheck_cell *cell = parcheck_deductions_cell(deductions, i);
        size_t used = strlen(text);

        ck_assert_str_eq(parcheck_cell_name(cell),
                         parcheck_indicator_name(
                             parcheck_deductions_indicator(deductions, i)));
        ck_assert_ptr_nonnull(parcheck_deductions_rule(deductions, i));
        snprintf(text + used, sizeof text - used, "%s%s=%s%s", i > 0 ? " " : "",
                 parcheck_cell_name(cell),
                 parcheck_deductions_value(deductions, i),
                 parcheck_deductions_contradiction(deductions, i) != NULL ? "!"
                                                                          : "");
    }
    ck_assert_ptr_null(parcheck_deductions_cell(deductions, count));
    ck_assert_ptr_null(parcheck_deductions_value(deductions, count));
    ck_assert_ptr_null(parcheck_deductions_rule(deductions, count));
    return text;
}

static const struct {
    const char *check;
    const char *cells;
    const char *deduced;
} forms[] = {
    {"a = b + c", "a=; b=2; c=3", "a=5"},
    {"b + c = a", "a=-; b=2; c=3", "a=5"},
    {"a = b + c", "a=x; b=2; c=0", "a=2"},
    {"a = b", "a=; b=7", "a=7"},
    {"a = b", "a=7; b=", "b=7"},
    {"m = n + o", "m=; n=1.5; o=2.25", "m=3.75"},
    {"a = 2 * b + 1", "a=; b=2", "a=5"},
    {"a = b + c and d = a + b", "a=; b=2; c=3; d=", "a=5 d=7"},
    {"d = a + b and a = b + c", "a=; b=2; c=3; d=", "a=5 d=7"},
    /* not a total, not determined, not allowed */
    {"a = b + c", "a=5; b=; c=3", ""},
    {"a = b + c", "a=; b=; c=3", ""},
    {"a = b + c", "a=; b=abc; c=3", ""},
    {"a = b + c", "a=; c=3", ""},
    {"a = b + c", "b=2; c=3", ""},
    {"a = b + c", "a=6; b=2; c=3", ""},
    {"a = b - c", "a=; b=2; c=3", ""},
    {"a = 0.5 * b", "a=; b=3", ""},
    {"2 * a = b", "a=; b=4", ""},
    {"a <= b", "a=; b=4", ""},
    {"a = b or a = c", "a=; b=4; c=5", ""},
    {"if x = 1 then a = b", "x=1; a=; b=4", ""},
    {"not (a = b)", "a=; b=4", ""},
    /* percentages */
    {"p = percent(a, b)", "a=1; b=3; p=", "p=33.33"},
    {"p = percent(a, b)", "a=1; b=3; p=; q=16.5", "p=33.3"},
    {"p = percent(a, b)", "a=1; b=3; p=; q=50%", "p=33%"},
    {"p = percent(a, b)", "a=1; b=8; p=; q=1,257", "p=12.500"},
    {"p = percent(a, b)", "a=1; b=8; p=; q=1.2%", "p=12.5%"},
    {"p = percent(a, b)", "a=1; b=16; p=; q=1.2%", "p=6.3%"},
    {"p = percent(a, b)", "a=3; b=3; p=", "p=100.00"},
    {"p = percent(a, b)", "a=0; b=3; p=", "p=0.00"},
    {"p = percent(a, b)", "a=4; b=3; p=", ""},
    {"p = percent(a, b)", "a=0; b=0; p=", ""},
    {"p = percent(a, b)", "a=; b=3; p=", ""},
    {"p = percent(a, b)", "a=1; b=; p=", ""},
    {"p = percent(a, b)", "a=1; b=; p=33.3", ""},
    /* contradictions */
    {"a = b + c and a = d", "a=; b=2; c=3; d=6", "a=5!"},
    {"a = b + c and a <= 4", "a=; b=2; c=3", "a=5!"},
    {"a = b + c and d = a", "a=; b=2; c=3; d=6", "a=5!"},
};

START_TEST(form)
{
    char csv[FIXTURE_TEXT];

    schema = fixture_schema("f", forms[_i].check);
    report = fixture_check(schema, fixture_form(csv, forms[_i].cells));
    ck_assert_msg(strcmp(deduced(), forms[_i].deduced) == 0,
                  "%s with %s: \"%s\", expected \"%s\"", forms[_i].check,
                  forms[_i].cells, deduced(), forms[_i].deduced);
}
END_TEST

/* The total of the rows below, and a rule of the row above that speaks. */
START_TEST(table)
{
    schema = fixture_schema("t", "u = children(u)");
    report = fixture_check(schema, "stt,unit_name,u,v,w\n"
                                   "I,Head,1,1,1\n"
                                   "II,Parts,,1,1\n"
                                   "1,A,20,1,1\n"
                                   "2,B,3,1,1\n");
    ck_assert_str_eq(deduced(), "u=23");
    ck_assert_uint_eq(
        parcheck_cell_line(parcheck_deductions_cell(deductions, 0)), 3);
}
END_TEST

START_TEST(role_contradicts)
{
    const fixture_table tables[] = {
        {"t", "e.csv",
         FIXTURE_EDITION "1,1,stt,Code,,text,,\n"
                         "1,2,unit_name,Unit,,text,,\n"
                         "1,3,u,Column u,,count,,\n"
                         "1,4,v,Column v,,count,,\n"},
        {"t", "roles.csv", FIXTURE_ROLES "head,I,,Đầu,Head\n"},
        {"t", "rules.csv", FIXTURE_RULES "r,u = v,error,VI,EN,X\n"},
        {"f", "e.csv",
         FIXTURE_EDITION "1,1,a,Row a,,count,,\n"
                         "1,2,b,Row b,,count,,\n"},
        {"f", "rules.csv", FIXTURE_RULES "s,a = u@head,error,VI,EN,X\n"}};
    const char *texts[] = {"form,code,label,value\n1,1,Row a,6\n1,2,Row b,1\n",
                           "stt,unit_name,u,v\nI,Head,,5\n"};

    schema = fixture_load(tables, sizeof tables / sizeof *tables);
    report = fixture_validate(schema, texts, 2, NULL);
    ck_assert_str_eq(deduced(), "u=5!");
    ck_assert_str_eq(
        parcheck_rule_id(parcheck_deductions_contradiction(deductions, 0)),
        "s");
}
END_TEST

static const struct {
    const char *check;
    const char *periods;
} series[] = {
    {"a = year_before(a) + b", "2020,2021,2022"},
    {"a = year_before(a) + b", "2020-Q2,2021-Q2,2022-Q2"},
    {"a = previous(a) + b", "2020-Q1,2020-Q2,2020-Q3"},
};

START_TEST(period_before)
{
    char csv[FIXTURE_TEXT];

    schema = fixture_schema("f", series[_i].check);
    ck_assert_int_gt(snprintf(csv, sizeof csv,
                              "form,code,label,%s\n"
                              "1,1,Row a,5,,\n"
                              "1,2,Row b,1,2,3\n"
                              "1,3,Row c,1,2,3\n",
                              series[_i].periods),
                     0);
    report = fixture_check(schema, csv);
    ck_assert_str_eq(deduced(), "a=7 a=10");
}
END_TEST

/* Hòa An left the total of its procedures blank. */
START_TEST(hoa_an)
{
    schema = fixture_builtin();
    report = fixture_check(schema, fixture_data("hoa-an-2023-q1.csv"));
    ck_assert_ptr_nonnull(strstr(deduced(), "procedures_total=377"));
}
END_TEST

START_TEST(memory_fails)
{
    char csv[FIXTURE_TEXT];
    parcheck_error error;
    parcheck_status status = PARCHECK_ENOMEM;

    schema = fixture_schema("f", "a = b + c and d = a + b");
    report = fixture_check(schema, fixture_form(csv, "a=; b=2; c=3; d="));
    for (size_t n = 1; status != PARCHECK_OK; n++) {
        failing_allocator_init(&fa, n, true);
        deductions = (parcheck_deductions *)&fa;
        status = parcheck_report_deduce(&deductions, report, &allocator,
                                        &error);
        ck_assert(status == PARCHECK_OK || status == PARCHECK_ENOMEM);
        ck_assert((deductions == NULL) == (status != PARCHECK_OK));
        ck_assert(status == PARCHECK_OK || fa.live == 0);
        ck_assert(status == PARCHECK_OK || error.status == PARCHECK_ENOMEM);
    }
    ck_assert_uint_gt(fa.calls, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deduce");
    TCase *tests = tcase_create("deduce");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, form, 0, sizeof forms / sizeof *forms);
    tcase_add_test(tests, table);
    tcase_add_test(tests, role_contradicts);
    tcase_add_loop_test(tests, period_before, 0,
                        sizeof series / sizeof *series);
    tcase_add_test(tests, hoa_an);
    tcase_add_test(tests, memory_fails);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
