/* Facts without a file, by the public interface alone. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failing_allocator.h"
#include "fixture.h"
#include "runner.h"

#define FORMS "hoa-an-2023-q1.csv"
#define UNITS "hoa-an-2023-q1-dossiers.csv"

static parcheck_facts *begin(const parcheck_schema *schema, const char *edition)
{
    parcheck_facts *facts;
    parcheck_error error = {0};

    ck_assert_msg(parcheck_facts_new(&facts, schema, edition, NULL, &error) ==
                      PARCHECK_OK,
                  "%s", error.en);
    return facts;
}

static void unit(parcheck_facts *facts, const char *code, const char *name,
                 const char *parent, const char *period)
{
    parcheck_error error = {0};

    ck_assert_msg(parcheck_facts_unit(facts, code, name, parent, period,
                                      &error) == PARCHECK_OK,
                  "%s", error.en);
}

static void set(parcheck_facts *facts, const char *name, const char *literal)
{
    parcheck_error error = {0};

    ck_assert_msg(parcheck_facts_set(facts, name, literal, &error) ==
                      PARCHECK_OK,
                  "%s", error.en);
}

static parcheck_report *judge(const parcheck_facts *facts)
{
    parcheck_report *report;
    parcheck_error error = {0};

    ck_assert_msg(parcheck_validate_facts(&report, facts, NULL, &error) ==
                      PARCHECK_OK,
                  "%s", error.en);
    return report;
}

/* ---- the same as a file -------------------------------------------------- */

typedef struct text {
    char *bytes;
    size_t length;
    size_t room;
} text;

static void put(text *t, const char *part)
{
    size_t length = part != NULL ? strlen(part) : 1;

    if (t->length + length + 2 > t->room) {
        t->room = 2 * (t->room + length + 2);
        t->bytes = realloc(t->bytes, t->room);
        ck_assert_ptr_nonnull(t->bytes);
    }
    memcpy(t->bytes + t->length, part != NULL ? part : "?", length);
    t->length += length;
    t->bytes[t->length++] = '|';
    t->bytes[t->length] = '\0';
}

static void put_verdict(text *t, const parcheck_verdict *verdict)
{
    const parcheck_finding *finding = parcheck_verdict_finding(verdict);

    put(t, parcheck_rule_id(parcheck_verdict_rule(verdict)));
    put(t, parcheck_outcome_name(parcheck_verdict_outcome(verdict)));
    put(t, parcheck_verdict_reason(verdict));
    put(t, parcheck_verdict_unit(verdict));
    put(t, parcheck_verdict_unit_code(verdict));
    put(t, parcheck_verdict_period(verdict));
    for (size_t i = 0; i < parcheck_verdict_cell_count(verdict); i++) {
        put(t, parcheck_cell_name(parcheck_verdict_cell(verdict, i)));
        put(t, parcheck_cell_literal(parcheck_verdict_cell(verdict, i)));
    }
    if (finding == NULL)
        return;
    put(t, parcheck_finding_message(finding, PARCHECK_VIETNAMESE));
    put(t, parcheck_finding_message(finding, PARCHECK_ENGLISH));
    put(t, parcheck_finding_left(finding));
    put(t, parcheck_finding_right(finding));
    put(t, parcheck_finding_difference(finding));
}

/* All verdicts with their reasons, cells and arithmetic; free(). */
static char *verdicts_of(const parcheck_report *report)
{
    text t = {0};

    put(&t, "verdicts");
    for (size_t i = 0; i < parcheck_report_verdict_count(report); i++)
        put_verdict(&t, parcheck_report_verdict(report, i));
    return t.bytes;
}

/* By name and by form and code in turn. */
static void give_cell(parcheck_facts *facts,
                      const parcheck_indicator *indicator, size_t index,
                      const char *literal)
{
    const char *code = parcheck_indicator_code(indicator);

    if (index % 2 == 0 || code[0] == '\0')
        set(facts, parcheck_indicator_name(indicator), literal);
    else
        ck_assert_int_eq(
            parcheck_facts_set_code(facts, parcheck_indicator_form(indicator),
                                    code, literal, NULL),
            PARCHECK_OK);
}

/* Gives a unit what the cells of a report say, from the last row to the first
 * if `backwards`. */
static void give_unit(parcheck_facts *facts, const parcheck_unit *from,
                      bool backwards)
{
    const parcheck_edition *edition = parcheck_unit_edition(from);
    size_t count = parcheck_edition_indicator_count(edition);

    ck_assert_int_eq(
        parcheck_facts_edition(facts, parcheck_edition_name(edition), NULL),
        PARCHECK_OK);
    unit(facts, parcheck_unit_code(from), parcheck_unit_name(from), NULL,
         parcheck_unit_period(from));
    for (size_t i = 0; i < count; i++) {
        size_t at = backwards ? count - 1 - i : i;
        const parcheck_indicator *indicator = parcheck_edition_indicator(
            edition, at);
        const parcheck_cell *cell = parcheck_fact_cell(
            parcheck_unit_fact(from, indicator));

        if (cell != NULL)
            give_cell(facts, indicator, at, parcheck_cell_literal(cell));
    }
}

static parcheck_facts *facts_of(const parcheck_schema *schema,
                                const parcheck_report *report, bool backwards)
{
    parcheck_facts *facts = begin(
        schema, parcheck_edition_name(
                    parcheck_unit_edition(parcheck_report_unit(report, 0))));

    for (size_t i = 0; i < parcheck_report_unit_count(report); i++)
        give_unit(facts, parcheck_report_unit(report, i), backwards);
    return facts;
}

static void expect_same(const parcheck_schema *schema,
                        const parcheck_report *report)
{
    char *expected = verdicts_of(report);

    ck_assert_uint_ge(parcheck_report_verdict_count(report), 10);
    for (int backwards = 0; backwards < 2; backwards++) {
        parcheck_facts *facts = facts_of(schema, report, backwards != 0);
        parcheck_report *again = judge(facts);
        char *found = verdicts_of(again);

        parcheck_facts_free(facts); /* the report does not need them */
        ck_assert_uint_eq(parcheck_report_verdict_count(again),
                          parcheck_report_verdict_count(report));
        ck_assert(strcmp(found, expected) == 0);
        free(found);
        parcheck_report_free(again);
    }
    free(expected);
}

static const char *const submissions[][2] = {
    {FORMS, NULL},
    {UNITS, NULL},
    {FORMS, UNITS},
    {"hoa-an-2023-q1-dossiers-as-printed.csv", NULL},
    {"kong-chro-2022-h1.csv", NULL},
    {"dak-po-2015-2020.csv", NULL}};

START_TEST(facts_have_the_verdicts_of_the_file)
{
    parcheck_schema *schema = fixture_builtin();
    char paths[2][1024];
    parcheck_input inputs[2];
    parcheck_report *report;
    size_t count = submissions[_i][1] != NULL ? 2 : 1;

    for (size_t i = 0; i < count; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "%s/%s", PARCHECK_TEST_DATA,
                       submissions[_i][i]);
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        inputs[i].path = paths[i];
    }
    ck_assert_int_eq(
        parcheck_validate(&report, schema, inputs, count, NULL, NULL),
        PARCHECK_OK);
    expect_same(schema, report);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* The order of giving does not show in the report, to the byte. */
START_TEST(the_order_of_values_does_not_matter)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(schema, fixture_data(FORMS));
    char *json[2];

    for (int backwards = 0; backwards < 2; backwards++) {
        parcheck_facts *facts = facts_of(schema, report, backwards != 0);
        parcheck_report *again = judge(facts);

        json[backwards] = fixture_json(again);
        parcheck_report_free(again);
        parcheck_facts_free(facts);
    }
    ck_assert(strcmp(json[0], json[1]) == 0);
    free(json[0]);
    free(json[1]);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- values -------------------------------------------------------------- */

static const struct {
    const char *name;
    const char *literal;
    const char *value; /* or the name of the state */
} literals[] = {
    {"a", "1.234", "1234"},
    {"a", " 5 ", "5"},
    {"a", "-", "blank"},
    {"a", "", "blank"},
    {"a", NULL, "blank"},
    {"a", "\xC2\xA0 7\t", "7"},
    {"a", "abc", "unreadable"},
    {"m", "0,50", "0.5"},
    {"p", "12,5 %", "12.5"},
    {"m", "5,65 nghìn", "5650"},
    {"x", "1", "1"},
    {"t", "a text", "missing"},
    {"g", "3", "missing"},
    {"a", "1 2\n3", "unreadable"},
};

START_TEST(literals_are_read_as_cells_are)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    const char *name = literals[_i].name;
    char value[PARCHECK_VALUE_SIZE];
    const parcheck_unit *first;
    const parcheck_fact *fact;
    parcheck_report *report;

    set(facts, name, literals[_i].literal);
    report = judge(facts);
    first = parcheck_report_unit(report, 0);
    fact = parcheck_unit_fact(first, parcheck_edition_indicator_named(
                                         parcheck_unit_edition(first), name));
    if (parcheck_fact_value(fact, value, sizeof value) > 0)
        ck_assert_str_eq(value, literals[_i].value);
    else
        ck_assert_str_eq(parcheck_state_name(parcheck_fact_state(fact)),
                         literals[_i].value);
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

static void discard(const parcheck_report *report, parcheck_format format)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = format;
    options.verdicts = 1;
    free(fixture_write(report, &options));
}

/* A finding of a cell without a place names the unit, in every format. */
START_TEST(a_finding_names_the_unit)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_write_options options;
    const parcheck_finding *finding;
    const parcheck_cell *cell;
    parcheck_report *report;
    char *written;

    unit(facts, NULL, "Xã Nam Tuấn", NULL, "Quý I/2023");
    set(facts, "a", "abc");
    set(facts, "b", "1");
    set(facts, "b", "2");
    set(facts, "g", "3");
    report = judge(facts);
    ck_assert_str_eq(fixture_findings(report),
                     "row.duplicate@0:0 cell.not-a-number@0:0 "
                     "row.missing@0:0 cell.heading-value@0:0");
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        finding = parcheck_report_finding(report, i);
        ck_assert_str_eq(parcheck_finding_unit(finding), "Xã Nam Tuấn");
        ck_assert_str_eq(parcheck_finding_period(finding), "2023-Q1");
        ck_assert_ptr_null(parcheck_finding_unit_code(finding));
    }
    cell = parcheck_finding_cell(parcheck_report_finding(report, 1), 0);
    ck_assert_str_eq(parcheck_cell_address(cell), "");
    ck_assert_str_eq(parcheck_cell_name(cell), "a");
    ck_assert_str_eq(parcheck_cell_literal(cell), "abc");
    ck_assert_str_eq(parcheck_cell_unit(cell), "Xã Nam Tuấn");
    ck_assert_ptr_null(parcheck_cell_unit_code(cell));
    ck_assert_str_eq(parcheck_cell_period(cell), "2023-Q1");
    ck_assert_uint_eq(parcheck_report_input_count(report), 1);
    ck_assert_str_eq(parcheck_report_input_name(report, 0), "facts");
    parcheck_write_options_init(&options, sizeof options);
    options.language = PARCHECK_ENGLISH;
    written = fixture_write(report, &options);
    ck_assert_ptr_nonnull(strstr(written, "\nERROR facts [cell.not-a-number]\n"
                                          "  Xã Nam Tuấn, 2023-Q1\n"));
    free(written);
    for (size_t i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++)
        discard(report, (parcheck_format)i);
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* Nothing speaks of line 0, of an address that is not there or of a file. */
START_TEST(no_place_is_made_up)
{
    static const char *const wrong[] = {
        "line 0", "dòng 0", "enough:  (", "là đủ:  (", "()", "#i1",
    };
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_write_options options;
    parcheck_report *report;

    unit(facts, NULL, NULL, NULL, NULL);
    set(facts, "a", "5");
    set(facts, "b", "3");
    report = judge(facts);
    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    for (int i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++)
        for (int j = PARCHECK_VIETNAMESE; j <= PARCHECK_ENGLISH; j++) {
            char *written;

            options.format = (parcheck_format)i;
            options.language = (parcheck_language)j;
            written = fixture_write(report, &options);
            for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
                ck_assert_msg(strstr(written, wrong[k]) == NULL,
                              "\"%s\" in %s", wrong[k],
                              parcheck_format_name((parcheck_format)i));
            free(written);
        }
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* The page has no form to show, and says so. */
START_TEST(the_page_says_that_there_is_no_form)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_write_options options;
    parcheck_report *report;
    char *written;

    unit(facts, NULL, NULL, NULL, NULL);
    set(facts, "a", "5");
    set(facts, "b", "3");
    report = judge(facts);
    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_HTML_REPORT;
    options.language = PARCHECK_ENGLISH;
    written = fixture_write(report, &options);
    ck_assert_ptr_nonnull(strstr(written, "The figures came without a file"));
    ck_assert_ptr_nonnull(strstr(written, "<td class=\"c\">a</td>"));
    ck_assert_ptr_null(strstr(written, "class=\"legend\""));
    free(written);
    options.language = PARCHECK_VIETNAMESE;
    written = fixture_write(report, &options);
    ck_assert_ptr_nonnull(strstr(written, "Số liệu không được gửi bằng tệp"));
    free(written);
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* A set can be added to and judged again. */
START_TEST(a_set_can_be_judged_again)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_report *report;

    set(facts, "a", "1");
    report = judge(facts);
    ck_assert_str_eq(fixture_verdict(report, "r", NULL), "unknown missing");
    parcheck_report_free(report);
    set(facts, "b", "1");
    report = judge(facts);
    ck_assert_str_eq(fixture_verdict(report, "r", NULL), "holds");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- units --------------------------------------------------------------- */

START_TEST(a_unit_can_be_gone_on_with)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_report *report;

    unit(facts, NULL, "A", NULL, "2022");
    set(facts, "a", "1");
    unit(facts, "", "B", "", "2022");
    set(facts, "a", "2");
    unit(facts, NULL, " A ", NULL, "Năm 2022");
    set(facts, "b", "1");
    unit(facts, NULL, "A", NULL, "2023");
    set(facts, "a", "3");
    report = judge(facts);
    ck_assert_uint_eq(parcheck_report_unit_count(report), 3);
    ck_assert_str_eq(parcheck_unit_name(parcheck_report_unit(report, 0)), "A");
    ck_assert_str_eq(parcheck_unit_period(parcheck_report_unit(report, 2)),
                     "2023");
    ck_assert_uint_eq(parcheck_report_unit_year_before(report, 2), 0);
    ck_assert_uint_eq(parcheck_report_unit_previous(report, 2),
                      PARCHECK_NO_UNIT);
    ck_assert_str_eq(fixture_verdict(report, "r", NULL), "holds");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* Also one that is too long to be shown. */
START_TEST(another_text_is_a_period)
{
    static const char *const periods[] = {
        "vụ đông", "Tháng 3 năm 2023, sơ bộ", "Tháng 4 năm 2023, sơ bộ",
        "Số liệu sơ bộ của các đơn vị sự nghiệp công lập, tháng 3 năm 2023",
        "Số liệu sơ bộ của các đơn vị sự nghiệp công lập, tháng 4 năm 2023"};
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_report *report;

    for (size_t again = 0; again < 2; again++)
        for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
            unit(facts, NULL, "A", NULL, periods[i]);
            set(facts, again == 0 ? "a" : "b", "1");
        }
    report = judge(facts);
    ck_assert_str_eq(fixture_findings(report),
                     "row.missing@0:0 row.missing@0:0 row.missing@0:0 "
                     "row.missing@0:0 row.missing@0:0"); /* none is repeated */
    ck_assert_uint_eq(parcheck_report_unit_count(report), 5);
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(parcheck_unit_period(parcheck_report_unit(report, i)),
                         periods[i]);
    ck_assert_str_eq(
        parcheck_unit_period(parcheck_report_unit(report, 4)),
        "Số liệu sơ bộ của các đơn vị… 41477aa09ed693c6014342d555a65ddd");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(rows_of_a_table_have_their_roles)
{
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_facts *facts = begin(schema, "t/e");
    parcheck_report *report;

    unit(facts, "i.", "Huyện", NULL, NULL);
    set(facts, "u", "9");
    unit(facts, "II", "Các xã", NULL, NULL);
    set(facts, "u", "5");
    unit(facts, "1", "Xã A", NULL, NULL);
    set(facts, "u", "2");
    unit(facts, "2", "Xã B", "II", NULL);
    set(facts, "u", "3");
    report = judge(facts);
    ck_assert_uint_eq(parcheck_report_unit_count(report), 4);
    ck_assert_uint_eq(parcheck_report_unit_parent(report, 2), 1);
    ck_assert_uint_eq(parcheck_report_unit_parent(report, 3), 1);
    ck_assert_str_eq(parcheck_unit_role(parcheck_report_unit(report, 3)),
                     "part");
    ck_assert_str_eq(fixture_verdict(report, "r", "II"), "holds");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* A walk over all units before, for each of them, would never end here. */
START_TEST(many_units_are_begun_in_linear_time)
{
    enum { UNITS_OF_EACH = 100000 };
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_facts *facts = begin(schema, "t/e");
    char code[32];

    unit(facts, "II", "Các xã", NULL, NULL);
    for (size_t i = 1; i <= UNITS_OF_EACH; i++) {
        (void)snprintf(code, sizeof code, "%zu", i);
        unit(facts, code, NULL, i % 2 == 0 ? NULL : "II", NULL);
    }
    ck_assert_int_eq(parcheck_facts_edition(facts, "f/e", NULL), PARCHECK_OK);
    unit(facts, NULL, "Huyện", NULL, "2023");
    for (size_t i = 1; i <= UNITS_OF_EACH; i++) {
        (void)snprintf(code, sizeof code, "%zu", i);
        unit(facts, NULL, code, "Huyện", "2023");
    }
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* A row that comes again is the parent of those behind it, as in a file; so
 * is a row with a name that another had before. */
START_TEST(the_parent_is_the_last_one_that_fits)
{
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_facts *facts = begin(schema, "t/e");
    parcheck_report *report;

    unit(facts, "II", "Các xã", NULL, NULL);
    set(facts, "u", "5");
    unit(facts, "1", "A", NULL, NULL);
    set(facts, "u", "2");
    unit(facts, "I", "Huyện", NULL, NULL);
    unit(facts, "ii.", NULL, NULL, NULL);
    unit(facts, "2", "B", NULL, NULL);
    set(facts, "u", "3");
    unit(facts, "3", "C", "Các xã", NULL);
    set(facts, "u", "1");
    report = judge(facts);
    ck_assert_uint_eq(parcheck_report_unit_count(report), 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(parcheck_report_unit_parent(report, i),
                          i == 0 || i == 2 ? PARCHECK_NO_UNIT : 0);
    ck_assert_str_eq(fixture_verdict(report, "r", "II"), "fails");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* A table without a row that should be there has no line to tell it on. */
START_TEST(a_row_of_a_table_is_missing)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_facts *facts = begin(schema, "t/e");
    parcheck_report *report;

    unit(facts, "1", "Xã A", NULL, NULL);
    set(facts, "u", "2");
    report = judge(facts);
    ck_assert_str_eq(fixture_findings(report), "row.missing@0:0");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* Units of forms may stand below each other, too. */
START_TEST(forms_have_parents_where_they_are_named)
{
    parcheck_schema *schema = fixture_schema("f", "a = children(a)");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_report *report;

    unit(facts, NULL, "Huyện", NULL, "2023");
    set(facts, "a", "6");
    unit(facts, NULL, "Xã A", "Huyện", "2023");
    set(facts, "a", "2");
    unit(facts, NULL, "Xã B", "Huyện", "2023");
    set(facts, "a", "3");
    report = judge(facts);
    ck_assert_uint_eq(parcheck_report_unit_parent(report, 2), 0);
    ck_assert_str_eq(fixture_verdict(report, "r", NULL), "fails");
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- what is refused ----------------------------------------------------- */

static void expect_error(parcheck_status status, const parcheck_error *error,
                         const char *vi, const char *en)
{
    ck_assert_int_eq(status, PARCHECK_EINVAL);
    ck_assert_int_eq(error->status, PARCHECK_EINVAL);
    ck_assert_str_eq(error->en, en);
    ck_assert_str_eq(error->vi, vi);
    ck_assert_str_eq(error->source, "");
}

START_TEST(names_that_do_not_exist)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_facts *facts = NULL;
    parcheck_error error;

    expect_error(parcheck_facts_new(&facts, schema, "ha-noi", NULL, &error),
                 &error, "không có ấn bản “ha-noi”",
                 "there is no edition “ha-noi”");
    ck_assert_ptr_null(facts);
    facts = begin(schema, "cchc/gia-lai-2022");
    expect_error(parcheck_facts_set(facts, "nothing", "1", &error), &error,
                 "ấn bản “cchc/gia-lai-2022” không có chỉ tiêu “nothing”",
                 "the edition “cchc/gia-lai-2022” has no indicator “nothing”");
    expect_error(parcheck_facts_set_code(facts, "3", "99.9", "1", &error),
                 &error,
                 "ấn bản “cchc/gia-lai-2022” không có mã “99.9” trong biểu “3”",
                 "the edition “cchc/gia-lai-2022” has no code “99.9” in the "
                 "form “3”");
    ck_assert_int_eq(parcheck_facts_set_code(facts, "3", "", "1", NULL),
                     PARCHECK_EINVAL);
    expect_error(parcheck_facts_edition(facts, "cao-bang-2022", &error), &error,
                 "“gia-lai-2022” và “cao-bang-2022” cùng một họ biểu mẫu; mỗi "
                 "họ chỉ dùng một ấn bản",
                 "“gia-lai-2022” and “cao-bang-2022” are of one family, of "
                 "which one edition can be used");
    expect_error(parcheck_facts_unit(facts, "I", "A", NULL, NULL, &error),
                 &error,
                 "đơn vị của biểu mẫu “cchc/gia-lai-2022” không có mã, nhưng "
                 "nhận được “I”",
                 "units of the forms “cchc/gia-lai-2022” have no code, but “I” "
                 "was given");
    expect_error(parcheck_facts_unit(facts, NULL, "A", "B", NULL, &error),
                 &error, "chưa có đơn vị cấp trên “B” trong kỳ này",
                 "there is no unit “B” above in this period yet");
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_table_is_strict_about_its_rows)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_facts *facts = begin(schema, "dossiers/cao-bang-2023");
    parcheck_error error;

    expect_error(parcheck_facts_set(facts, "received_total", "1", &error),
                 &error,
                 "bảng “dossiers/cao-bang-2023” không có dòng nào mang mã “”",
                 "the table “dossiers/cao-bang-2023” has no row with the code "
                 "“”");
    expect_error(parcheck_facts_unit(facts, "X", NULL, NULL, NULL, &error),
                 &error,
                 "bảng “dossiers/cao-bang-2023” không có dòng nào mang mã “X”",
                 "the table “dossiers/cao-bang-2023” has no row with the code "
                 "“X”");
    unit(facts, "I", NULL, NULL, "2023");
    expect_error(parcheck_facts_unit(facts, "II", NULL, NULL, "2024", &error),
                 &error, "bảng đã có kỳ “2023”; một bảng chỉ có một kỳ",
                 "the table is of the period “2023”; it has one only");
    expect_error(parcheck_facts_unit(facts, "1", NULL, "I", "2023", &error),
                 &error, "chưa có đơn vị cấp trên “I” trong kỳ này",
                 "there is no unit “I” above in this period yet");
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(texts_that_are_refused)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_options options;
    parcheck_facts *facts;
    parcheck_error error;

    parcheck_options_init(&options, sizeof options);
    options.max_field_bytes = 5;
    options.max_records = 2;
    ck_assert_int_eq(parcheck_facts_new(&facts, schema, "f/e", &options, NULL),
                     PARCHECK_OK);
    expect_error(parcheck_facts_set(facts, "a", "123456", &error), &error,
                 "văn bản dài 6 byte, vượt giới hạn max_field_bytes = 5",
                 "a text of 6 bytes is over the ceiling max_field_bytes = 5");
    expect_error(parcheck_facts_set(facts, "a", "1\xFF", &error), &error,
                 "văn bản không phải UTF-8, từ byte thứ 2",
                 "a text is not UTF-8 from byte 2 on");
    ck_assert_int_eq(parcheck_facts_set(facts, "\xFF", "1", NULL),
                     PARCHECK_EINVAL);
    ck_assert_int_eq(parcheck_facts_set_code(facts, "1", "\xFF", "1", NULL),
                     PARCHECK_EINVAL);
    ck_assert_int_eq(parcheck_facts_unit(facts, NULL, "\xFF", NULL, NULL, NULL),
                     PARCHECK_EINVAL);
    set(facts, "a", "1");
    set(facts, "b", "1");
    expect_error(parcheck_facts_set(facts, "c", "1", &error), &error,
                 "vượt giới hạn max_records = 2",
                 "this is over the ceiling max_records = 2");
    unit(facts, NULL, "B", NULL, NULL);
    expect_error(parcheck_facts_unit(facts, NULL, "C", NULL, NULL, &error),
                 &error, "vượt giới hạn max_records = 2",
                 "this is over the ceiling max_records = 2");
    parcheck_facts_free(facts);
    options.max_records = 0;
    ck_assert_int_eq(parcheck_facts_new(&facts, schema, "f/e", &options, NULL),
                     PARCHECK_EINVAL);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(no_facts_at_all)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_facts *facts = begin(schema, "f/e");
    parcheck_report *report;
    parcheck_error error;

    unit(facts, NULL, "A", NULL, NULL);
    expect_error(parcheck_validate_facts(&report, facts, NULL, &error), &error,
                 "không có số liệu nào", "there are no facts");
    ck_assert_ptr_null(report);
    parcheck_facts_free(facts);
    parcheck_facts_free(NULL);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- memory and progress ------------------------------------------------- */

/* Whatever fails, the same call done again goes on as if nothing had been. */
static parcheck_status insist(parcheck_status (*call)(parcheck_facts *),
                              parcheck_facts *facts)
{
    parcheck_status status = call(facts);

    return status == PARCHECK_ENOMEM ? call(facts) : status;
}

static parcheck_status call_edition(parcheck_facts *facts)
{
    return parcheck_facts_edition(facts, "t/e", NULL);
}

static parcheck_status call_form(parcheck_facts *facts)
{
    return parcheck_facts_edition(facts, "f/e", NULL);
}

static parcheck_status call_unit(parcheck_facts *facts)
{
    return parcheck_facts_unit(facts, NULL, "A", NULL, "Quý I/2023", NULL);
}

static parcheck_status call_row(parcheck_facts *facts)
{
    return parcheck_facts_unit(facts, "I", "B", NULL, NULL, NULL);
}

static parcheck_status call_set(parcheck_facts *facts)
{
    return parcheck_facts_set(facts, "a", "5", NULL);
}

static parcheck_status call_code(parcheck_facts *facts)
{
    return parcheck_facts_set_code(facts, "1", "2", "6", NULL);
}

static parcheck_status call_column(parcheck_facts *facts)
{
    return parcheck_facts_set(facts, "u", "7", NULL);
}

static parcheck_status give_all(parcheck_facts *facts)
{
    parcheck_status (*const calls[])(parcheck_facts *) = {
        call_unit, call_set,    call_code, call_edition,
        call_row,  call_column, call_form, call_unit};

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        parcheck_status status = insist(calls[i], facts);

        if (status != PARCHECK_OK)
            return status;
    }
    return PARCHECK_OK;
}

/* Allocation number `fails_at` of a whole run fails, once or from then on. */
static parcheck_status run_short_of_memory(const parcheck_schema *schema,
                                           failing_allocator *fa)
{
    parcheck_allocator allocator = failing_allocator_get(fa);
    parcheck_report *report = NULL;
    parcheck_facts *facts;
    parcheck_options options;
    parcheck_status status;

    parcheck_options_init(&options, sizeof options);
    options.allocator = &allocator;
    status = parcheck_facts_new(&facts, schema, "f/e", &options, NULL);
    ck_assert((facts != NULL) == (status == PARCHECK_OK));
    if (status == PARCHECK_OK)
        status = give_all(facts);
    if (status == PARCHECK_OK)
        status = parcheck_validate_facts(&report, facts, &options, NULL);
    ck_assert((report != NULL) == (status == PARCHECK_OK));
    if (report != NULL) {
        ck_assert_str_eq(fixture_verdict(report, "r", NULL), "fails");
        ck_assert_uint_eq(parcheck_report_unit_count(report), 2);
    }
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    ck_assert_uint_eq(fa->live, 0);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    size_t failures = 0;

    for (size_t at = 1;; at++) {
        failing_allocator fa;
        parcheck_status status;

        failing_allocator_init(&fa, at, _i != 0);
        status = run_short_of_memory(schema, &fa);
        ck_assert(status == PARCHECK_OK || status == PARCHECK_ENOMEM);
        failures += status == PARCHECK_ENOMEM;
        if (status == PARCHECK_OK && fa.calls < at)
            break;
    }
    ck_assert_uint_ge(failures, 10);
    parcheck_schema_free(schema);
}
END_TEST

static int stop(void *context, uint64_t done, uint64_t total)
{
    size_t *left = context;

    ck_assert(done <= total);
    return --*left == 0;
}

START_TEST(a_run_on_facts_can_be_stopped)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = fixture_check(schema, fixture_data(UNITS));
    parcheck_facts *facts = facts_of(schema, report, false);
    parcheck_status status = PARCHECK_ECANCELLED;
    parcheck_options options;
    size_t stopped = 0;

    parcheck_report_free(report);
    parcheck_options_init(&options, sizeof options);
    options.progress = stop;
    for (; status == PARCHECK_ECANCELLED; stopped++) {
        size_t left = stopped + 1;

        options.progress_context = &left;
        status = parcheck_validate_facts(&report, facts, &options, NULL);
        ck_assert((report != NULL) == (status == PARCHECK_OK));
    }
    ck_assert_int_eq(status, PARCHECK_OK);
    ck_assert_uint_ge(stopped, 4);
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("facts");
    TCase *tests = tcase_create("facts");

    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, facts_have_the_verdicts_of_the_file, 0,
                        sizeof submissions / sizeof *submissions);
    tcase_add_test(tests, the_order_of_values_does_not_matter);
    tcase_add_loop_test(tests, literals_are_read_as_cells_are, 0,
                        sizeof literals / sizeof *literals);
    tcase_add_test(tests, a_finding_names_the_unit);
    tcase_add_test(tests, no_place_is_made_up);
    tcase_add_test(tests, the_page_says_that_there_is_no_form);
    tcase_add_test(tests, a_set_can_be_judged_again);
    tcase_add_test(tests, a_unit_can_be_gone_on_with);
    tcase_add_test(tests, another_text_is_a_period);
    tcase_add_test(tests, rows_of_a_table_have_their_roles);
    tcase_add_test(tests, many_units_are_begun_in_linear_time);
    tcase_add_test(tests, the_parent_is_the_last_one_that_fits);
    tcase_add_test(tests, a_row_of_a_table_is_missing);
    tcase_add_test(tests, forms_have_parents_where_they_are_named);
    tcase_add_test(tests, names_that_do_not_exist);
    tcase_add_test(tests, a_table_is_strict_about_its_rows);
    tcase_add_test(tests, texts_that_are_refused);
    tcase_add_test(tests, no_facts_at_all);
    tcase_add_loop_test(tests, every_allocation_may_fail, 0, 2);
    tcase_add_test(tests, a_run_on_facts_can_be_stopped);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
