/* Findings: the catalogue, messages, ceilings, order, addresses. */
#include "finding/finding.h"

#include <stdint.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_arena arena;
static pc_findings findings;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
    pc_findings_init(&findings, &arena, 100);
}

static void teardown(void)
{
    pc_arena_free(&arena);
    ck_assert_uint_eq(fa.live, 0);
}

static const parcheck_finding *nth(size_t index)
{
    ck_assert_uint_lt(index, findings.list.count);
    return (const parcheck_finding *)findings.list.data + index;
}

static parcheck_finding *add_code(pc_code code)
{
    return pc_findings_add(&findings, code, (const char *[]){NULL});
}

/* --- addresses ----------------------------------------------------------- */

static const struct {
    size_t row;
    size_t column;
    const char *address;
} addresses[] = {
    {1, 1, "A1"},       {27, 4, "D27"},      {9, 26, "Z9"},
    {10, 27, "AA10"},   {1, 52, "AZ1"},      {1, 53, "BA1"},
    {1, 702, "ZZ1"},    {1, 703, "AAA1"},    {1048576, 16384, "XFD1048576"},
    {1, 18278, "ZZZ1"}, {1, 18279, "AAAA1"}, {4000000000, 2, "B4000000000"},
};

START_TEST(addresses_are_those_of_a_spreadsheet)
{
    parcheck_cell cell;

    memset(&cell, 0xA5, sizeof cell);
    pc_cell_address(&cell, addresses[_i].row, addresses[_i].column);
    ck_assert_str_eq(cell.address, addresses[_i].address);
}
END_TEST

START_TEST(no_address_is_longer_than_its_room)
{
    parcheck_cell cell;

    memset(&cell, 0xA5, sizeof cell);
    pc_cell_address(&cell, SIZE_MAX, SIZE_MAX);
    ck_assert_ptr_nonnull(memchr(cell.address, '\0', PC_ADDRESS));
}
END_TEST

START_TEST(numbers_become_digits)
{
    ck_assert_str_eq(pc_number_text(0).text, "0");
    ck_assert_str_eq(pc_number_text(10200).text, "10200");
    ck_assert_str_eq(pc_number_text((size_t)UINT64_MAX).text,
                     "18446744073709551615");
}
END_TEST

/* --- catalogue and messages ---------------------------------------------- */

START_TEST(a_code_names_one_kind_of_finding)
{
    const char *code = pc_code_text((pc_code)_i);

    ck_assert_uint_eq(strspn(code, "abcdefghijklmnopqrstuvwxyz-.8"),
                      strlen(code));
    ck_assert_ptr_nonnull(strchr(code, '.'));
    for (int other = 0; other < _i; other++)
        ck_assert_str_ne(code, pc_code_text((pc_code)other));
}
END_TEST

/* With nine arguments no placeholder is left, and without any the texts are
 * still whole. */
START_TEST(every_message_is_expanded_in_both_languages)
{
    const char *const all[] = {"1", "2", "3", "4", "5",
                               "6", "7", "8", "9", NULL};
    const parcheck_finding *finding = pc_findings_add(&findings, (pc_code)_i,
                                                      all);

    for (size_t language = 0; language < 2; language++) {
        ck_assert_uint_gt(strlen(finding->message[language]), 3);
        ck_assert_ptr_null(strpbrk(finding->message[language], "{}"));
    }
    finding = pc_findings_add(&findings, (pc_code)_i, NULL);
    ck_assert_ptr_null(strpbrk(finding->message[0], "{}"));
    ck_assert(!findings.failed);
}
END_TEST

static bool is_sentence(const char *text)
{
    return strlen(text) > 10 && text[strlen(text) - 1] == '.';
}

/* What the public functions tell of a code is what the catalogue has. */
START_TEST(every_code_is_explained_in_both_languages)
{
    size_t index = (size_t)_i;

    ck_assert_str_eq(parcheck_code_name(index), pc_code_text((pc_code)_i));
    ck_assert_int_eq(parcheck_code_severity(index),
                     pc_findings_add(&findings, (pc_code)_i, NULL)->severity);
    for (int i = 0; i < 2; i++) {
        parcheck_language language = (parcheck_language)i;

        ck_assert(is_sentence(parcheck_code_text(index, language)));
        ck_assert(is_sentence(parcheck_code_advice(index, language)));
        ck_assert_uint_gt(strlen(parcheck_code_example(index, language)), 5);
    }
    ck_assert_str_ne(parcheck_code_text(index, PARCHECK_ENGLISH),
                     parcheck_code_text(index, PARCHECK_VIETNAMESE));
    ck_assert_str_ne(parcheck_code_advice(index, PARCHECK_ENGLISH),
                     parcheck_code_advice(index, PARCHECK_VIETNAMESE));
}
END_TEST

START_TEST(no_code_behind_the_last)
{
    size_t end = parcheck_code_count();

    ck_assert_uint_eq(end, PC_CODE_COUNT);
    ck_assert_ptr_null(parcheck_code_name(end));
    ck_assert_int_eq(parcheck_code_severity(end), PARCHECK_ERROR);
    ck_assert_ptr_null(parcheck_code_text(end, PARCHECK_ENGLISH));
    ck_assert_ptr_null(parcheck_code_advice(end, PARCHECK_ENGLISH));
    ck_assert_ptr_null(parcheck_code_example(end, PARCHECK_ENGLISH));
}
END_TEST

START_TEST(arguments_take_their_places)
{
    char label[] = "Số “{1}”";
    const parcheck_finding *finding = pc_findings_add(
        &findings, PC_ROW_UNKNOWN, (const char *[]){"3", "1.2", label, NULL});

    memset(label, 'x', strlen(label));
    ck_assert_str_eq(finding->message[PARCHECK_ENGLISH],
                     "the form has no such row (form 3, code “1.2”, label "
                     "“Số “{1}””); its value was not checked");
    ck_assert_str_eq(finding->message[PARCHECK_VIETNAMESE],
                     "biểu mẫu không có dòng này (biểu 3, mã “1.2”, tên "
                     "“Số “{1}””); số liệu của dòng không được kiểm tra");
    ck_assert_int_eq(finding->severity, PARCHECK_ERROR);
    ck_assert_int_eq(finding->code, PC_ROW_UNKNOWN);
    ck_assert_ptr_null(finding->rule);
    ck_assert_ptr_null(finding->arithmetic.left);
}
END_TEST

START_TEST(one_is_singular)
{
    const parcheck_finding *finding = pc_findings_add(
        &findings, PC_RECORD_LONG, (const char *[]){"12", "1", NULL});

    ck_assert_str_eq(finding->message[PARCHECK_ENGLISH],
                     "the record has 12 fields, the heading 1 column; the "
                     "rest is not used");
}
END_TEST

START_TEST(an_argument_may_stand_twice_and_may_be_absent)
{
    const parcheck_finding *finding = pc_findings_add(
        &findings, PC_CELL_AMBIGUOUS, (const char *[]){"2.531", "2531", NULL});

    ck_assert_str_eq(finding->message[PARCHECK_ENGLISH],
                     "“2.531” can be 2531 or ; it is read as 2531");
}
END_TEST

static const struct {
    pc_code code;
    const char *text;
    parcheck_severity severity;
} severities[] = {
    {PC_RULE_FAILS, "rule.fails", PARCHECK_ERROR},
    {PC_RULE_ROUNDING, "rule.rounding", PARCHECK_WARNING},
    {PC_RULE_ZERO_DENOMINATOR, "rule.zero-denominator", PARCHECK_WARNING},
    {PC_ROW_WRONG_CODE, "row.wrong-code", PARCHECK_WARNING},
    {PC_ROW_OTHER_LABEL, "row.other-label", PARCHECK_NOTE},
    {PC_ROW_UNKNOWN, "row.unknown", PARCHECK_ERROR},
    {PC_ROW_DUPLICATE, "row.duplicate", PARCHECK_ERROR},
    {PC_ROW_REPEATED, "row.repeated", PARCHECK_NOTE},
    {PC_ROW_MISSING, "row.missing", PARCHECK_WARNING},
    {PC_CELL_NOT_A_NUMBER, "cell.not-a-number", PARCHECK_ERROR},
    {PC_CELL_TOO_LONG, "cell.too-long", PARCHECK_ERROR},
    {PC_CELL_AMBIGUOUS, "cell.ambiguous", PARCHECK_WARNING},
    {PC_CELL_NEGATIVE, "cell.negative", PARCHECK_ERROR},
    {PC_CELL_NOT_WHOLE, "cell.not-whole", PARCHECK_ERROR},
    {PC_CELL_OUT_OF_RANGE, "cell.out-of-range", PARCHECK_ERROR},
    {PC_CELL_HEADING_VALUE, "cell.heading-value", PARCHECK_NOTE},
    {PC_FILE_EMPTY, "file.empty", PARCHECK_ERROR},
    {PC_FILE_BINARY, "file.binary", PARCHECK_ERROR},
    {PC_FILE_NOT_UTF_8, "file.not-utf-8", PARCHECK_ERROR},
    {PC_FILE_NO_HEADING, "file.no-heading", PARCHECK_ERROR},
    {PC_FILE_UNKNOWN_FORM, "file.unknown-form", PARCHECK_ERROR},
    {PC_EDITION_UNCLEAR, "edition.unclear", PARCHECK_ERROR},
    {PC_EDITION_UNFIT, "edition.unfit", PARCHECK_ERROR},
    {PC_FORM_UNCLEAR, "form.unclear", PARCHECK_ERROR},
    {PC_CSV_UNCLOSED_QUOTE, "csv.unclosed-quote", PARCHECK_ERROR},
    {PC_CSV_BROKEN_RECORD, "csv.broken-record", PARCHECK_ERROR},
    {PC_RECORD_SHORT, "record.short", PARCHECK_WARNING},
    {PC_RECORD_LONG, "record.long", PARCHECK_WARNING},
    {PC_COLUMN_UNKNOWN, "column.unknown", PARCHECK_WARNING},
    {PC_COLUMN_MISSING, "column.missing", PARCHECK_WARNING},
    {PC_COLUMN_DUPLICATE, "column.duplicate", PARCHECK_ERROR},
};

START_TEST(codes_and_severities_are_stable)
{
    const parcheck_finding *finding = add_code(severities[_i].code);

    ck_assert_str_eq(pc_code_text(severities[_i].code), severities[_i].text);
    ck_assert_int_eq(finding->severity, severities[_i].severity);
}
END_TEST

/* --- order --------------------------------------------------------------- */

/* Five keys and the code, from the strongest to the weakest. */
typedef struct place {
    parcheck_severity severity;
    size_t input;
    size_t line;
    size_t column;
    size_t rule;
    pc_code code;
} place;

/* In the order in which they must come out: each differs from the one before
 * in one key, while all weaker keys point the other way. */
static const place in_order[] = {
    {PARCHECK_ERROR, 0, 1, 1, 1, PC_RULE_ROUNDING},
    {PARCHECK_ERROR, 0, 1, 1, 1, PC_ROW_UNKNOWN},
    {PARCHECK_ERROR, 0, 1, 1, 2, PC_RULE_FAILS},
    {PARCHECK_ERROR, 0, 1, 2, 0, PC_RULE_FAILS},
    {PARCHECK_ERROR, 0, 2, 1, 0, PC_RULE_FAILS},
    {PARCHECK_ERROR, 0, 10, 1, 0, PC_RULE_FAILS},
    {PARCHECK_ERROR, 1, 1, 1, 0, PC_RULE_FAILS},
    {PARCHECK_WARNING, 0, 0, 0, 0, PC_RULE_FAILS},
    {PARCHECK_NOTE, 0, 0, 0, 0, PC_RULE_FAILS},
};
enum { PLACES = sizeof in_order / sizeof *in_order };

static void add_at(const place *at)
{
    parcheck_cell *cell = pc_arena_alloc(&arena, sizeof *cell);
    parcheck_finding *finding = add_code(at->code);

    cell->input = at->input;
    cell->line = at->line;
    cell->column = at->column;
    finding->severity = at->severity;
    finding->rule_order = at->rule;
    pc_finding_at(&findings, finding, cell);
}

/* Added in every rotation, both ways round. */
START_TEST(findings_have_one_order)
{
    for (size_t i = 0; i < PLACES; i++) {
        size_t at = (i + (size_t)_i) % PLACES;
        add_at(&in_order[_i % 2 == 0 ? at : PLACES - 1 - at]);
    }
    pc_findings_finish(&findings);
    for (size_t i = 0; i < PLACES; i++) {
        ck_assert_int_eq(nth(i)->severity, in_order[i].severity);
        ck_assert_uint_eq(nth(i)->input, in_order[i].input);
        ck_assert_uint_eq(nth(i)->line, in_order[i].line);
        ck_assert_uint_eq(nth(i)->column, in_order[i].column);
        ck_assert_uint_eq(nth(i)->rule_order, in_order[i].rule);
        ck_assert_int_eq(nth(i)->code, in_order[i].code);
    }
}
END_TEST

START_TEST(equal_findings_stay_in_the_order_of_adding)
{
    for (size_t i = 0; i < 50; i++)
        (void)pc_findings_add(
            &findings, PC_CELL_NEGATIVE,
            (const char *[]){pc_number_text(i + 10).text, NULL});
    pc_findings_finish(&findings);
    for (size_t i = 1; i < 50; i++)
        ck_assert_int_lt(strcmp(nth(i - 1)->message[1], nth(i)->message[1]), 0);
}
END_TEST

START_TEST(a_finding_without_a_cell_keeps_the_place_it_was_given)
{
    parcheck_finding *finding = add_code(PC_FILE_EMPTY);

    finding->input = 3;
    finding->line = 4;
    pc_finding_at(&findings, finding, NULL);
    pc_findings_finish(&findings);
    ck_assert_uint_eq(nth(0)->cell_count, 0);
    ck_assert_uint_eq(nth(0)->input, 3);
    ck_assert_uint_eq(nth(0)->line, 4);
}
END_TEST

START_TEST(a_finding_rests_on_its_cell)
{
    static const parcheck_cell cell = {.input = 2, .line = 5, .column = 7};
    parcheck_finding *finding = add_code(PC_CELL_NEGATIVE);

    pc_finding_at(&findings, finding, &cell);
    pc_finding_at(&findings, NULL, &cell);
    pc_findings_finish(&findings);
    ck_assert_uint_eq(nth(0)->cell_count, 1);
    ck_assert_ptr_eq(nth(0)->cells[0], &cell);
    ck_assert_uint_eq(nth(0)->input, 2);
    ck_assert_uint_eq(nth(0)->line, 5);
    ck_assert_uint_eq(nth(0)->column, 7);
}
END_TEST

START_TEST(no_finding_is_fine)
{
    pc_findings_finish(&findings);
    ck_assert_uint_eq(findings.list.count, 0);
    ck_assert(!findings.failed);
}
END_TEST

/* --- ceilings ------------------------------------------------------------ */

START_TEST(the_ceiling_itself_is_not_reported)
{
    pc_findings_init(&findings, &arena, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_ptr_nonnull(add_code(PC_CELL_NEGATIVE));
        ck_assert_ptr_nonnull(add_code(PC_CELL_TOO_LONG));
    }
    pc_findings_finish(&findings);
    ck_assert_uint_eq(findings.list.count, 6);
}
END_TEST

START_TEST(what_is_over_the_ceiling_is_counted)
{
    pc_findings_init(&findings, &arena, 3);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_int_eq(add_code(PC_CELL_NEGATIVE) != NULL, i < 3);
        ck_assert_int_eq(add_code(PC_ROW_REPEATED) != NULL, i < 3);
    }
    ck_assert(!findings.failed);
    pc_findings_finish(&findings);
    ck_assert_uint_eq(findings.list.count, 8);
    ck_assert_int_eq(nth(3)->code, PC_LIMIT_FINDINGS);
    ck_assert_int_eq(nth(4)->code, PC_LIMIT_FINDINGS);
    ck_assert_str_eq(nth(3)->message[PARCHECK_ENGLISH],
                     "only the first 3 findings “row.repeated” are listed; "
                     "5 more were left out");
    ck_assert_str_eq(nth(4)->message[PARCHECK_VIETNAMESE],
                     "chỉ liệt kê 3 mục “cell.negative” đầu tiên; còn 5 mục "
                     "nữa");
}
END_TEST

START_TEST(a_ceiling_of_zero_only_counts)
{
    pc_findings_init(&findings, &arena, 0);
    ck_assert_ptr_null(add_code(PC_CELL_NEGATIVE));
    ck_assert(!findings.failed);
    pc_findings_finish(&findings);
    ck_assert_uint_eq(findings.list.count, 1);
    ck_assert_int_eq(nth(0)->code, PC_LIMIT_FINDINGS);
}
END_TEST

/* --- memory -------------------------------------------------------------- */

/* `failed` is set whenever something is not as it should be. */
START_TEST(findings_without_memory)
{
    static const parcheck_cell cell = {.line = 1};
    size_t fail_at = 0;

    do {
        failing_allocator_init(&fa, ++fail_at, _i == 1);
        pc_findings_init(&findings, &arena, 50);
        for (size_t i = 0; i < 60; i++)
            pc_finding_at(&findings, add_code(PC_ROW_UNKNOWN), &cell);
        pc_findings_finish(&findings);
        ck_assert_int_eq(findings.failed, fa.failures > 0);
        if (!findings.failed)
            ck_assert_uint_eq(findings.list.count, 51);
        pc_arena_free(&arena);
        ck_assert_uint_eq(fa.live, 0);
    } while (fa.failures > 0);
    ck_assert_uint_gt(fail_at, 50);
}
END_TEST

static TCase *texts(void)
{
    TCase *tests = tcase_create("texts");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, addresses_are_those_of_a_spreadsheet, 0,
                        sizeof addresses / sizeof *addresses);
    tcase_add_test(tests, no_address_is_longer_than_its_room);
    tcase_add_test(tests, numbers_become_digits);
    tcase_add_loop_test(tests, a_code_names_one_kind_of_finding, 0,
                        PC_CODE_COUNT);
    tcase_add_loop_test(tests, every_message_is_expanded_in_both_languages, 0,
                        PC_CODE_COUNT);
    tcase_add_loop_test(tests, every_code_is_explained_in_both_languages, 0,
                        PC_CODE_COUNT);
    tcase_add_test(tests, no_code_behind_the_last);
    tcase_add_test(tests, arguments_take_their_places);
    tcase_add_test(tests, one_is_singular);
    tcase_add_test(tests, an_argument_may_stand_twice_and_may_be_absent);
    tcase_add_loop_test(tests, codes_and_severities_are_stable, 0,
                        sizeof severities / sizeof *severities);
    return tests;
}

static TCase *list(void)
{
    TCase *tests = tcase_create("list");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, findings_have_one_order, 0, 2 * PLACES);
    tcase_add_test(tests, equal_findings_stay_in_the_order_of_adding);
    tcase_add_test(tests,
                   a_finding_without_a_cell_keeps_the_place_it_was_given);
    tcase_add_test(tests, a_finding_rests_on_its_cell);
    tcase_add_test(tests, no_finding_is_fine);
    tcase_add_test(tests, the_ceiling_itself_is_not_reported);
    tcase_add_test(tests, what_is_over_the_ceiling_is_counted);
    tcase_add_test(tests, a_ceiling_of_zero_only_counts);
    tcase_add_loop_test(tests, findings_without_memory, 0, 2);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("finding");

    suite_add_tcase(suite, texts());
    suite_add_tcase(suite, list());
    return pc_run_suite(suite);
}
