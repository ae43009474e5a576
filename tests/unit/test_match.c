/* Which row of an edition a row of a form is. */
#include "submission/match.h"

#include <string.h>

#include "fixture.h"
#include "runner.h"
#include "text/key.h"

static parcheck_schema *schema;
static const parcheck_edition *edition;
static parcheck_allocator allocator;
static pc_buffer label;
static pc_buffer scratch;

/* Indexes of the rows. */
enum { ONE, TWO, SUB_A, SUB_B, SAME_A, BARE, SAME_B, TWIN, OTHER, OTHER_BARE };

static void setup(void)
{
    static const fixture_table tables[] = {{"f", "e.csv",
                                            FIXTURE_EDITION
                                            "1,1,r0,Alpha,,count,,\n"
                                            "1,2,r1,Beta,,count,,\n"
                                            "1,2.1,r2,Sub a,,count,,\n"
                                            "1,2.2,r3,Sub b,,count,,\n"
                                            "1,3,r4,Same,,count,,\n"
                                            "1,,r5,Bare,,count,,\n"
                                            "1,4,r6,Same,,count,,\n"
                                            "1,,r7,Same,,count,,\n"
                                            "2,1,r8,Alpha,,count,,\n"
                                            "2,,r9,Bare,,count,,\n"},
                                           {"f", "rules.csv", FIXTURE_RULES}};

    schema = fixture_load(tables, 2);
    edition = parcheck_family_edition(parcheck_schema_family(schema, 0), 0);
    allocator = pc_allocator(NULL);
    pc_buffer_init(&label, &allocator, 1 << 16);
    pc_buffer_init(&scratch, &allocator, 1 << 16);
}

static void teardown(void)
{
    pc_buffer_free(&label);
    pc_buffer_free(&scratch);
    parcheck_schema_free(schema);
}

static const struct {
    const char *form;
    const char *code;
    const char *label;
    size_t after;
    pc_match_kind kind;
    size_t row;
} cases[] = {
    /* code and label, or code alone */
    {"1", "1", "Alpha", PC_NONE, PC_MATCH_BOTH, ONE},
    {"1", "1", "ALPHA!", PC_NONE, PC_MATCH_BOTH, ONE},
    {"2", "1", "Alpha", PC_NONE, PC_MATCH_BOTH, OTHER},
    {"1", "2.1", "", PC_NONE, PC_MATCH_BOTH, SUB_A},
    {"1", "4", "Same", ONE, PC_MATCH_BOTH, SAME_B},
    {"1", "3", "Same", TWIN, PC_MATCH_BOTH, SAME_A},
    /* a label where neither has a code */
    {"1", "", "Bare", PC_NONE, PC_MATCH_BOTH, BARE},
    {"2", "", "Bare", PC_NONE, PC_MATCH_BOTH, OTHER_BARE},
    {"1", "", "Same", PC_NONE, PC_MATCH_BOTH, TWIN},
    {"1", "", "Same", ONE, PC_MATCH_BOTH, TWIN},
    /* the code alone is known */
    {"1", "2", "Gamma", PC_NONE, PC_MATCH_CODE_ONLY, TWO},
    {"1", "2.2", "Gamma", OTHER, PC_MATCH_CODE_ONLY, SUB_B},
    /* the label wins over the code of another row, or of none */
    {"1", "1", "Beta", PC_NONE, PC_MATCH_LABEL_ONLY, TWO},
    {"1", "9", "Beta", PC_NONE, PC_MATCH_LABEL_ONLY, TWO},
    {"1", "", "Beta", PC_NONE, PC_MATCH_LABEL_ONLY, TWO},
    {"1", "7", "Bare", PC_NONE, PC_MATCH_LABEL_ONLY, BARE},
    /* of labels that stand several times the next one below counts */
    {"1", "9", "Same", PC_NONE, PC_MATCH_LABEL_ONLY, SAME_A},
    {"1", "9", "Same", ONE, PC_MATCH_LABEL_ONLY, SAME_A},
    {"1", "9", "Same", SAME_A, PC_MATCH_LABEL_ONLY, SAME_B},
    {"1", "9", "Same", SAME_B, PC_MATCH_LABEL_ONLY, TWIN},
    {"1", "9", "Same", TWIN, PC_MATCH_LABEL_ONLY, SAME_A},
    {"1", "9", "Same", OTHER_BARE, PC_MATCH_LABEL_ONLY, SAME_A},
    /* nothing is */
    {"1", "9", "Gamma", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"1", "", "Gamma", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"1", "9", "", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"1", "", "", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"3", "1", "Alpha", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"", "1", "Alpha", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"2", "2", "Beta", PC_NONE, PC_MATCH_NONE, PC_NONE},
    /* a code is not cut, nor a form */
    {"1", "2.", "Gamma", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"1", "2.11", "Gamma", PC_NONE, PC_MATCH_NONE, PC_NONE},
    {"1\n2", "1", "Gamma", PC_NONE, PC_MATCH_NONE, PC_NONE},
};

START_TEST(rows_by_code_and_label)
{
    pc_row_key key = {.form = cases[_i].form,
                      .code = cases[_i].code,
                      .code_length = strlen(cases[_i].code)};
    pc_match match;

    ck_assert(pc_text_key(&label, cases[_i].label, strlen(cases[_i].label)));
    key.label = label.data;
    key.label_length = label.length;
    key.sketch = pc_text_sketch(label.data, label.length);
    match = pc_match_row(edition, &key, cases[_i].after, &scratch);
    ck_assert_int_eq(match.kind, cases[_i].kind);
    if (match.kind != PC_MATCH_NONE)
        ck_assert_uint_eq(match.row, cases[_i].row);
    ck_assert(!scratch.failed);
}
END_TEST

/* The code of a key need not end with its text. */
START_TEST(a_code_without_the_dot_behind_it)
{
    pc_row_key key = {"1", "2.1.", 3, "", 0, {0, 0}};
    pc_match match = pc_match_row(edition, &key, PC_NONE, &scratch);

    ck_assert_int_eq(match.kind, PC_MATCH_BOTH);
    ck_assert_uint_eq(match.row, SUB_A);
    key.code_length = 1;
    match = pc_match_row(edition, &key, PC_NONE, &scratch);
    ck_assert_uint_eq(match.row, TWO);
}
END_TEST

START_TEST(forms_of_an_edition)
{
    ck_assert(pc_edition_has_form(edition, "1"));
    ck_assert(pc_edition_has_form(edition, "2"));
    ck_assert(!pc_edition_has_form(edition, "3"));
    ck_assert(!pc_edition_has_form(edition, ""));
    ck_assert(!pc_edition_has_form(edition, "1 "));
}
END_TEST

START_TEST(without_memory_the_scratch_fails)
{
    pc_row_key key = {"1", "1", 1, "", 0, {0, 0}};
    pc_buffer small;

    pc_buffer_init(&small, &allocator, 1);
    (void)pc_match_row(edition, &key, PC_NONE, &small);
    ck_assert(small.failed);
    pc_buffer_free(&small);
}
END_TEST

static const struct {
    const char *label;
    const char *code;
    pc_match_kind kind;
} near_labels[] = {
    {"Number of long labels", "1", PC_MATCH_BOTH},
    {"Numbr of long labels", "1", PC_MATCH_NEAR},
    {"Numbers of long labes", "1", PC_MATCH_NEAR},
    {"Nubmer of long labels", "", PC_MATCH_NEAR},
    {"Numbr of long labels", "2", PC_MATCH_LABEL_ONLY},
    {"Nmbr of lng labels", "1", PC_MATCH_CODE_ONLY}, /* three letters */
    {"Nmbr of lng labels", "", PC_MATCH_NONE},
    {"Shirt", "2", PC_MATCH_CODE_ONLY}, /* a short label has no slips */
};

START_TEST(a_label_may_be_a_letter_or_two_off)
{
    static const fixture_table tables[] = {
        {"f", "e.csv",
         FIXTURE_EDITION "1,1,r0,Number of long labels,,count,,\n"
                         "1,2,r1,Short,,count,,\n"},
        {"f", "rules.csv", FIXTURE_RULES}};
    parcheck_schema *own = fixture_load(tables, 2);
    const parcheck_edition *e = parcheck_family_edition(
        parcheck_schema_family(own, 0), 0);
    const char *text = near_labels[_i].label;
    pc_row_key key = {
        "1",   near_labels[_i].code, strlen(near_labels[_i].code), NULL, 0,
        {0, 0}};
    pc_match match;

    ck_assert(pc_text_key(&label, text, strlen(text)));
    key.label = label.data;
    key.label_length = label.length;
    key.sketch = pc_text_sketch(label.data, label.length);
    match = pc_match_row(e, &key, PC_NONE, &scratch);
    ck_assert_int_eq(match.kind, near_labels[_i].kind);
    if (match.kind == PC_MATCH_NONE)
        ck_assert_uint_eq(pc_nearest_row(e, &key), 0);
    parcheck_schema_free(own);
}
END_TEST

static const struct {
    const char *printed;
    const char *code;
    bool converted;
} codes[] = {
    {"1.1", "1.10", true},
    {"1.2", "1.20", true},
    {"02-Jan", "2.1", true},
    {"2-Jan", "2.1", true},
    {"Jan-02", "2.1", true},
    {"1/2", "2.1", true},
    {"2/1/2023", "2.1", true},
    {"2023-01-02", "2.1", true},
    {"01/02/2003", "1.2.3", true},
    {"03-02-01", "3.2.1", true},
    {"1.1", "1.1", false},
    {"1.1", "1.2", false},
    {"2.1", "1.2", false},
    {"02-Feb", "2.1", false},
    {"1/2/2004", "1.2.3", false},
    {"1/2", "1.2.3", false},
    {"10", "1.0", false},
    {"abc", "2.1", false},
    {"", "2.1", false},
    {"2-Jan", "2", false},
};

START_TEST(a_spreadsheet_may_change_a_code)
{
    ck_assert_int_eq(pc_is_converted_code(codes[_i].printed, codes[_i].code),
                     codes[_i].converted);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match");
    TCase *tests = tcase_create("match");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, rows_by_code_and_label, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, a_code_without_the_dot_behind_it);
    tcase_add_test(tests, forms_of_an_edition);
    tcase_add_test(tests, without_memory_the_scratch_fails);
    tcase_add_loop_test(tests, a_label_may_be_a_letter_or_two_off, 0,
                        sizeof near_labels / sizeof *near_labels);
    tcase_add_loop_test(tests, a_spreadsheet_may_change_a_code, 0,
                        sizeof codes / sizeof *codes);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
