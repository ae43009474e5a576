/* The units of a report, their facts, and what rules name, by the public
 * interface alone. */
#include <stdbool.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

#define FORMS "hoa-an-2023-q1.csv"
#define UNITS "hoa-an-2023-q1-dossiers.csv"

static const char *value_of(const parcheck_unit *unit, const char *name)
{
    static char text[PARCHECK_VALUE_SIZE];
    const parcheck_indicator *indicator = parcheck_edition_indicator_named(
        parcheck_unit_edition(unit), name);
    const parcheck_fact *fact = parcheck_unit_fact(unit, indicator);

    ck_assert_uint_eq(parcheck_fact_value(fact, text, sizeof text),
                      strlen(text));
    return parcheck_fact_state(fact) == PARCHECK_VALUE
               ? text
               : parcheck_state_name(parcheck_fact_state(fact));
}

START_TEST(each_state_of_a_fact)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char csv[FIXTURE_TEXT];
    parcheck_report *report = fixture_check(
        schema, fixture_form(csv, "a=5; b=; c=abc; m=-0,50"));
    const parcheck_unit *unit = parcheck_report_unit(report, 0);
    const parcheck_edition *edition = parcheck_unit_edition(unit);
    const parcheck_fact *fact;

    ck_assert_uint_eq(parcheck_report_unit_count(report), 1);
    ck_assert_ptr_null(parcheck_report_unit(report, 1));
    ck_assert_str_eq(value_of(unit, "a"), "5");
    ck_assert_str_eq(value_of(unit, "b"), "blank");
    ck_assert_str_eq(value_of(unit, "c"), "unreadable");
    ck_assert_str_eq(value_of(unit, "d"), "missing");
    ck_assert_str_eq(value_of(unit, "m"), "-0.5");
    ck_assert_ptr_null(parcheck_unit_name(unit));
    ck_assert_ptr_null(parcheck_unit_code(unit));
    ck_assert_ptr_null(parcheck_unit_period(unit));
    ck_assert_ptr_null(parcheck_unit_role(unit));
    ck_assert_uint_eq(parcheck_report_unit_parent(report, 0), PARCHECK_NO_UNIT);
    ck_assert_uint_eq(parcheck_report_unit_previous(report, 1),
                      PARCHECK_NO_UNIT);
    ck_assert_uint_eq(parcheck_report_unit_year_before(report, 1),
                      PARCHECK_NO_UNIT);
    fact = parcheck_unit_fact(unit,
                              parcheck_edition_indicator_named(edition, "c"));
    ck_assert_str_eq(parcheck_cell_literal(parcheck_fact_cell(fact)), "abc");
    fact = parcheck_unit_fact(unit,
                              parcheck_edition_indicator_named(edition, "d"));
    ck_assert_ptr_null(parcheck_fact_cell(fact));
    ck_assert_ptr_null(parcheck_edition_indicator_named(edition, "nothing"));
    ck_assert_str_eq(parcheck_state_name((parcheck_state)4), "");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_value_needs_room)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    char csv[FIXTURE_TEXT];
    parcheck_report *report = fixture_check(schema, fixture_form(csv, "a=123"));
    const parcheck_unit *unit = parcheck_report_unit(report, 0);
    const parcheck_fact *fact = parcheck_unit_fact(
        unit,
        parcheck_edition_indicator_named(parcheck_unit_edition(unit), "a"));
    char text[4] = "xxx";

    ck_assert_uint_eq(parcheck_fact_value(fact, NULL, 0), 3);
    ck_assert_uint_eq(parcheck_fact_value(fact, text, 3), 3);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(parcheck_fact_value(fact, text, 4), 3);
    ck_assert_str_eq(text, "123");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* An indicator of another edition or family has no fact in a unit. */
START_TEST(facts_of_other_editions_are_none)
{
    parcheck_schema *schema = fixture_builtin();
    const char *text = fixture_data(FORMS);
    parcheck_report *report = fixture_check(schema, text);
    const parcheck_unit *unit = parcheck_report_unit(report, 0);
    const parcheck_edition *own = parcheck_unit_edition(unit);
    size_t of_others = 0;

    ck_assert_str_eq(parcheck_edition_name(own), "cao-bang-2022");
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t j = 0; j < parcheck_family_edition_count(family); j++) {
            const parcheck_edition *edition = parcheck_family_edition(family,
                                                                      j);

            ck_assert_ptr_eq(parcheck_edition_family(edition), family);
            for (size_t k = 0; k < parcheck_edition_indicator_count(edition);
                 k++) {
                const parcheck_fact *fact = parcheck_unit_fact(
                    unit, parcheck_edition_indicator(edition, k));

                ck_assert((fact != NULL) == (edition == own));
                of_others += fact == NULL;
            }
        }
    }
    ck_assert_uint_ge(of_others, 100);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(units_of_a_table)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(schema, fixture_data(UNITS));
    size_t count = parcheck_report_unit_count(report);
    size_t below = 0;

    ck_assert_uint_eq(count, 17);
    ck_assert_str_eq(parcheck_unit_code(parcheck_report_unit(report, 0)), "I");
    ck_assert_str_eq(parcheck_unit_role(parcheck_report_unit(report, 0)),
                     "district");
    ck_assert_str_eq(
        value_of(parcheck_report_unit(report, 0), "received_total"), "129");
    for (size_t i = 0; i < count; i++) {
        size_t parent = parcheck_report_unit_parent(report, i);

        below += parent != PARCHECK_NO_UNIT;
        if (parent != PARCHECK_NO_UNIT)
            ck_assert_str_eq(
                parcheck_unit_code(parcheck_report_unit(report, parent)), "II");
    }
    ck_assert_uint_eq(below, 15);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(units_of_a_series)
{
    parcheck_schema *schema = fixture_builtin();
    const parcheck_edition *edition = parcheck_schema_edition(
        schema, "decade/dak-po-2020");
    parcheck_report *report = fixture_check(
        schema, fixture_data("dak-po-2015-2020.csv"));
    size_t count = parcheck_report_unit_count(report);

    ck_assert_ptr_nonnull(edition);
    ck_assert_uint_ge(count, 2);
    for (size_t i = 0; i < count; i++) {
        const parcheck_unit *unit = parcheck_report_unit(report, i);
        size_t before = parcheck_report_unit_year_before(report, i);

        ck_assert_ptr_eq(parcheck_unit_edition(unit), edition);
        ck_assert_ptr_nonnull(parcheck_unit_period(unit));
        if (before != PARCHECK_NO_UNIT)
            ck_assert_int_lt(strcmp(parcheck_unit_period(
                                        parcheck_report_unit(report, before)),
                                    parcheck_unit_period(unit)),
                             0);
        ck_assert((before == PARCHECK_NO_UNIT) == (i == 0));
        ck_assert_uint_eq(parcheck_report_unit_previous(report, i),
                          PARCHECK_NO_UNIT);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Every cell of a verdict is that of a fact of some unit. */
START_TEST(facts_have_the_cells_that_rules_rest_on)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(schema, fixture_data(FORMS));
    const parcheck_unit *unit = parcheck_report_unit(report, 0);
    size_t seen = 0;

    for (size_t i = 0; i < parcheck_report_verdict_count(report); i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);

        for (size_t j = 0; j < parcheck_verdict_cell_count(verdict); j++) {
            const parcheck_cell *cell = parcheck_verdict_cell(verdict, j);
            const parcheck_fact *fact = parcheck_unit_fact(
                unit,
                parcheck_edition_indicator_named(parcheck_unit_edition(unit),
                                                 parcheck_cell_name(cell)));

            ck_assert_ptr_eq(parcheck_fact_cell(fact), cell);
            seen++;
        }
    }
    ck_assert_uint_ge(seen, 100);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* And each verdict that fails leads to its finding. */
START_TEST(a_verdict_has_its_finding)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(schema, fixture_data(UNITS));
    size_t found = 0;

    for (size_t i = 0; i < parcheck_report_verdict_count(report); i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);
        const parcheck_finding *finding = parcheck_verdict_finding(verdict);

        if (parcheck_verdict_outcome(verdict) == PARCHECK_HOLDS)
            ck_assert_ptr_null(finding);
        if (parcheck_verdict_outcome(verdict) != PARCHECK_FAILS)
            continue;
        ck_assert_ptr_eq(parcheck_finding_rule(finding),
                         parcheck_verdict_rule(verdict));
        ck_assert_ptr_eq(parcheck_finding_cell(finding, 0),
                         parcheck_verdict_cell(verdict, 0));
        ck_assert_ptr_nonnull(parcheck_finding_left(finding));
        found++;
    }
    ck_assert_uint_eq(found,
                      parcheck_report_outcome_count(report, PARCHECK_FAILS));
    ck_assert_uint_ge(found, 2);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

static const parcheck_verdict *verdict_of(const parcheck_report *report,
                                          const char *rule)
{
    for (size_t i = 0; i < parcheck_report_verdict_count(report); i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);

        if (strcmp(parcheck_rule_id(parcheck_verdict_rule(verdict)), rule) == 0)
            return verdict;
    }
    ck_abort_msg("no verdict of %s", rule);
}

static void expect_arithmetic(const parcheck_verdict *verdict, const char *left,
                              const char *relation, const char *right,
                              const char *difference)
{
    ck_assert_pstr_eq(parcheck_verdict_left(verdict), left);
    ck_assert_pstr_eq(parcheck_verdict_relation(verdict), relation);
    ck_assert_pstr_eq(parcheck_verdict_right(verdict), right);
    ck_assert_pstr_eq(parcheck_verdict_difference(verdict), difference);
}

/* Of those that hold only if it is asked for. */
START_TEST(the_arithmetic_of_verdicts)
{
    static const char *const rules[] = {"a = b + c", "a <= b", "a = d",
                                        "p = percent(b, a)"};
    static const char *const expected[][4] = {{"5", "=", "5", "0"},
                                              {"5", "<=", "2", "3"},
                                              {NULL, NULL, NULL, NULL},
                                              {"40", "=", "40", "0"}};
    const char *of_finding = strcmp(rules[_i], "a <= b") == 0 ? "5" : NULL;
    parcheck_schema *schema = fixture_schema("f", rules[_i]);
    char csv[FIXTURE_TEXT];
    const char *text = fixture_form(csv, "a=5; b=2; c=3; d=; p=40");
    parcheck_options options;
    parcheck_report *report;
    const parcheck_verdict *verdict;

    parcheck_options_init(&options, sizeof options);
    ck_assert_int_eq(options.arithmetic, 0);
    report = fixture_validate(schema, &text, 1, &options);
    verdict = verdict_of(report, "r");
    ck_assert_pstr_eq(parcheck_verdict_left(verdict), of_finding);
    ck_assert_uint_eq(parcheck_verdict_unit_index(verdict), 0);
    parcheck_report_free(report);
    options.arithmetic = 1;
    report = fixture_validate(schema, &text, 1, &options);
    expect_arithmetic(verdict_of(report, "r"), expected[_i][0], expected[_i][1],
                      expected[_i][2], expected[_i][3]);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

static const parcheck_rule *the_rule(const parcheck_schema *schema,
                                     const char *family)
{
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *found = parcheck_schema_family(schema, i);

        if (strcmp(parcheck_family_name(found), family) == 0)
            return parcheck_family_rule(found, 0);
    }
    return NULL;
}

START_TEST(what_a_rule_names)
{
    static const struct {
        const char *name;
        const char *role;
        parcheck_reach reach;
    } expected[] = {{"u", "head", PARCHECK_REACH_ROLE},
                    {"v", NULL, PARCHECK_REACH_CHILDREN},
                    {"w", NULL, PARCHECK_REACH_OWN}};
    parcheck_schema *schema = fixture_schema(
        "t", "if w > 0 then u@head = children(v)");
    const parcheck_rule *rule = the_rule(schema, "t");
    size_t count = parcheck_rule_indicator_count(rule);

    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) {
        const char *role = parcheck_rule_indicator_role(rule, i);

        ck_assert_str_eq(parcheck_rule_indicator_name(rule, i),
                         expected[i].name);
        ck_assert_int_eq(parcheck_rule_indicator_reach(rule, i),
                         expected[i].reach);
        ck_assert((role == NULL) == (expected[i].role == NULL));
        if (role != NULL)
            ck_assert_str_eq(role, expected[i].role);
        ck_assert_ptr_eq(parcheck_rule_indicator_family(rule, i),
                         parcheck_rule_family(rule));
    }
    ck_assert_ptr_null(parcheck_rule_indicator_name(rule, count));
    ck_assert_ptr_null(parcheck_rule_indicator_family(rule, count));
    ck_assert_ptr_null(parcheck_rule_indicator_role(rule, count));
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(editions_are_found_by_name)
{
    parcheck_schema *schema = fixture_builtin();

    ck_assert_ptr_eq(parcheck_schema_edition(schema, "gia-lai-2022"),
                     parcheck_schema_edition(schema, "cchc/gia-lai-2022"));
    ck_assert_ptr_nonnull(parcheck_schema_edition(schema, "gia-lai-2022"));
    ck_assert_ptr_null(parcheck_schema_edition(schema, "decade/gia-lai-2022"));
    ck_assert_ptr_null(parcheck_schema_edition(schema, ""));
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("units");
    TCase *tests = tcase_create("units");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, each_state_of_a_fact);
    tcase_add_test(tests, a_value_needs_room);
    tcase_add_test(tests, facts_of_other_editions_are_none);
    tcase_add_test(tests, units_of_a_table);
    tcase_add_test(tests, units_of_a_series);
    tcase_add_test(tests, facts_have_the_cells_that_rules_rest_on);
    tcase_add_test(tests, a_verdict_has_its_finding);
    tcase_add_loop_test(tests, the_arithmetic_of_verdicts, 0, 4);
    tcase_add_test(tests, what_a_rule_names);
    tcase_add_test(tests, editions_are_found_by_name);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
