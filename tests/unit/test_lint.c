/* What parcheck_schema_lint() finds in small schemas and in the built-in
 * ones. */
#include "parcheck/parcheck.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

enum { MOST_TABLES = 8, ROOM = 1 << 15 };

/* The tables of the schema under test. */
static parcheck_table tables[MOST_TABLES];
static char texts[MOST_TABLES][ROOM];
static size_t table_count;

static failing_allocator fa;
static parcheck_allocator allocator;
static parcheck_schema *schema;
static parcheck_report *report;

static void setup(void)
{
    table_count = 0;
    schema = NULL;
    report = NULL;
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
}

static void clear(void)
{
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    schema = NULL;
    report = NULL;
    table_count = 0;
    ck_assert_uint_eq(fa.live, 0);
}

/* ---- making schemas ---------------------------------------------------------
 */

static char *add_table(const char *family, const char *file)
{
    parcheck_table *table = &tables[table_count];

    ck_assert_uint_lt(table_count, MOST_TABLES);
    table->family = family;
    table->file = file;
    table->data = texts[table_count];
    return texts[table_count++];
}

static void append(char *text, const char *piece)
{
    size_t length = strlen(text);

    ck_assert_uint_lt(length + strlen(piece), ROOM);
    memcpy(text + length, piece, strlen(piece) + 1);
}

/* The next word and what follows it: "a b" gives "a" and "b". */
static const char *take(const char *list, const char *end, char *word)
{
    size_t length = strcspn(list, end);

    ck_assert_uint_lt(length, 400);
    memcpy(word, list, length);
    word[length] = '\0';
    return list + length + strspn(list + length, end);
}

/* Names with a blank between; "p%" is a percentage, "g#" a heading, "s$" a
 * text, and the others count. */
static void edition(const char *family, const char *file, const char *names)
{
    char *text = add_table(family, file);
    char word[400];
    char line[1000];

    (void)snprintf(text, ROOM,
                   "form,code,name,label,unit,kind,level,choices\n");
    for (int code = 1; *names != '\0'; code++) {
        const char *kind = "count";

        names = take(names, " ", word);
        if (word[strlen(word) - 1] == '%')
            kind = "percent";
        else if (word[strlen(word) - 1] == '#')
            kind = "group";
        else if (word[strlen(word) - 1] == '$')
            kind = "text";
        word[strcspn(word, "%#$")] = '\0';
        (void)snprintf(line, sizeof line, "1,%d,%s,%s,,%s,,\n", code, word,
                       word, kind);
        append(text, line);
    }
}

/* "id: check" with a line break between; the severity is error but for ids
 * that begin with "note". */
static void rules(const char *family, const char *lines)
{
    char *text = add_table(family, "rules.csv");
    char line[400];
    char record[1000];

    (void)snprintf(text, ROOM, "id,check,severity,vi,en,basis\n");
    while (*lines != '\0') {
        const char *colon;

        lines = take(lines, "\n", line);
        colon = strstr(line, ": ");
        ck_assert_ptr_nonnull(colon);
        (void)snprintf(record, sizeof record, "%.*s,\"%s\",%s,v,e,b\n",
                       (int)(colon - line), line, colon + 2,
                       strncmp(line, "note", 4) == 0 ? "note" : "error");
        append(text, record);
    }
}

static void roles(const char *family)
{
    (void)snprintf(add_table(family, "roles.csv"), ROOM, "%s",
                   "role,code,parent,vi,en\n"
                   "district,I,,v,e\n"
                   "communes,II,,v,e\n"
                   "commune,#,communes,v,e\n");
}

static void load(void)
{
    parcheck_error error;

    for (size_t i = 0; i < table_count; i++)
        tables[i].length = strlen(texts[i]);
    if (parcheck_schema_load_tables(&schema, tables, table_count, &allocator,
                                    &error) != PARCHECK_OK)
        ck_abort_msg("%s:%zu:%zu %s", error.source, error.line, error.column,
                     error.en);
}

static void lint(void)
{
    load();
    ck_assert_int_eq(parcheck_schema_lint(&report, schema, &allocator, NULL),
                     PARCHECK_OK);
}

/* ---- looking at reports -------------------------------------------------- */

/* The names of the cells of all findings of a code: "a b; c". */
static const char *found(const char *code)
{
    static char text[ROOM];

    text[0] = '\0';
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);

        if (strcmp(parcheck_finding_code(finding), code) != 0)
            continue;
        append(text, text[0] != '\0' ? "; " : "");
        for (size_t j = 0; j < parcheck_finding_cell_count(finding); j++) {
            append(text, j > 0 ? " " : "");
            append(text, parcheck_cell_name(parcheck_finding_cell(finding, j)));
        }
    }
    return text;
}

static const parcheck_finding *first(const char *code)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);

        if (strcmp(parcheck_finding_code(finding), code) == 0)
            return finding;
    }
    ck_abort_msg("no finding %s", code);
    return NULL;
}

/* ---- contradictions and consequences ------------------------------------- */

/* One family with one edition. The rules follow the names that they use. */
static const struct {
    const char *rules;
    const char *contradictions;
    const char *implied;
} cases[] = {
    /* what cannot hold together, and the least set of it */
    {"r1: a <= b\nr2: b <= c\nr3: a > c", "r1 r2 r3", ""},
    {"r1: a <= b\nr2: b <= c\nr3: a >= c", "", ""},
    {"r1: a <= b\nr2: d <= c\nr3: a > b\nr4: c <= b", "r1 r3", ""},
    {"r1: a = b + c\nr2: b = a + 1", "r1 r2", ""},
    {"r1: a = 1\nr2: a = 2\nr3: b = 1\nr4: b < 1", "r1 r2; r3 r4", ""},
    {"r1: a = 1\nr2: a = 2\nr3: a = 3", "r1 r2; r1 r3", ""},
    {"r1: a < 0", "r1", ""},
    {"r1: a - a = 1", "r1", ""},
    {"r1: p > 100", "r1", ""},
    {"r1: p > 99", "", ""},
    {"r1: 0.5*a = 0.1*b\nr2: b = 5*a\nr3: a = 1\nr4: b < 5", "r1 r3 r4",
     "r2 r1"},
    {"r1: a != 3\nr2: a = 3", "r1 r2", ""},
    {"r1: a != b\nr2: a <= b\nr3: b <= a", "r1 r2 r3", ""},
    {"r1: a != b\nr2: a <= b", "", ""},
    /* lists */
    {"r1: a in {0, 1}\nr2: a in {2, 3}", "r1 r2", ""},
    {"r1: a in {0, 2}\nr2: a in {1, 3}", "r1 r2", ""},
    {"r1: a in {0, 2}\nr2: a in {2, 3}", "", ""},
    {"r1: a in {0, 2}\nr2: a > 0\nr3: a < 2", "r1 r2 r3", ""},
    {"r1: a in {0, 2}\nr2: a > 0\nr3: a <= 2", "", "r3 r1"},
    {"r1: a in {0, 2}\nr2: a > 0\nr3: a <= 1", "r1 r2 r3", ""},
    {"r1: a in {1, 2}\nr2: b in {3, 4}\nr3: a = b", "r1 r2 r3", ""},
    {"r1: a in {1, 2}\nr2: a in {2, 1}", "", "r2 r1"},
    {"r1: a in {1, 2, 3}\nr2: a in {3, 1}", "", "r1 r2"},
    {"r1: a in {1, 2}\nr2: b in {1, 2}", "", ""},
    {"r1: a in {1, 2}\nr2: a = 2", "", "r1 r2"},
    {"r1: a in {1, 2}\nr2: a <= 2", "", "r2 r1"},
    {"r1: a in {1, 3}\nr2: a != 2", "", ""},
    {"r1: a in {1, 3}\nr2: a != 4", "", "r2 r1"},
    /* what follows from others */
    {"r1: a + b <= c\nr2: a <= c\nr3: b <= c", "", "r2 r1; r3 r1"},
    {"r1: a <= b\nr2: b <= c\nr3: a <= c", "", "r3 r1 r2"},
    {"r1: a <= b\nr2: b < c\nr3: a < c", "", "r3 r1 r2"},
    {"r1: a <= b\nr2: b < c\nr3: a <= c", "", "r3 r1 r2"},
    {"r1: a <= b\nr2: b <= c\nr3: a < c", "", ""},
    {"r1: a = b\nr2: b = c\nr3: c = a\nr4: d <= a", "", "r3 r1 r2"},
    {"r1: a = b + c\nr2: b <= a", "", "r2 r1"},
    {"r1: a = b + c\nr2: a >= b + c", "", "r2 r1"},
    {"r1: a >= b + c\nr2: a <= b + c", "", ""},
    {"r1: a = b\nr2: b = a", "", "r2 r1"},
    {"r1: 2*a - 2*b = 4\nr2: a = b + 2", "", "r2 r1"},
    {"r1: a = b\nr2: a != b + 1", "", "r2 r1"},
    {"r1: a <= 5\nr2: a != 5\nr3: a < 5", "", "r3 r1 r2"},
    {"r1: a <= 5\nr2: a < 6", "", "r2 r1"},
    {"r1: a < 6\nr2: a <= 5", "", "r1 r2"},
    {"r1: a >= 0", "", "r1"},
    {"r1: p <= 100", "", "r1"},
    {"r1: a <= 100", "", ""},
    {"r1: a > 0", "", ""},
    /* rules that are not linear only follow from what says the same */
    {"r1: p = percent(a, b)\nr2: p = percent(a, b)", "", "r2 r1"},
    {"r1: p = percent(a + b, c)\nr2: p = percent(b + a, c)", "", "r2 r1"},
    {"r1: p = percent(a, b)\nr2: p = percent(b, a)", "", ""},
    {"r1: p = percent(a, b)\nr2: p = 101", "r2", ""},
    {"r1: if a = 0 then b = 0\nr2: if 0 = a then 2*b = 0", "", "r2 r1"},
    {"r1: if a > 0 then b > 0\nr2: if 0 < a then 0 < b", "", "r2 r1"},
    {"r1: if a > 0 then b > 0\nr2: if a >= 0 then b > 0", "", ""},
    {"r1: if a - b > 1 then c = 0\nr2: if a - b < -1 then c = 0", "", ""},
    {"r1: if a - b > 1 then c = 0\nr2: if b - a < -1 then c = 0", "", "r2 r1"},
    {"r1: if a = 0 then b = 0\nr2: b = 0", "", "r1 r2"},
    {"r1: if blank(a) then b <= c\nr2: b <= a\nr3: a = c", "", ""},
    {"r1: if a = 0 then b < 0\nr2: a = 0", "", ""},
    {"r1: a = 1 or b = 1\nr2: b = 1 or a = 1", "", "r2 r1"},
    {"r1: a = 1 or b = 1 or c = 1\nr2: b = 1 or (c = 1 or a = 1)", "", "r2 r1"},
    {"r1: a = 1 or b = 1\nr2: a = 1 and b = 1", "", ""},
    {"r1: blank(a) or a in {1, 2}\nr2: not reported(a) or a in {2, 1, 1}", "",
     "r2 r1"},
    {"r1: a = 0 or b = 1\nr2: not not a = 0 or b = 1", "", "r2 r1"},
    {"r1: not blank(a)\nr2: reported(a)", "", "r2 r1"},
    {"r1: blank(a)\nr2: reported(a)", "", ""},
    /* the period before is another fact, and may not be there */
    {"r1: a >= previous(a)\nr2: a < b\nr3: b <= previous(a)", "r1 r2 r3", ""},
    {"r1: a >= previous(a)\nr2: previous(a) >= b\nr3: a >= b", "", ""},
    {"r1: a >= previous(a)\nr2: a < b\nr3: b <= year_before(a)", "", ""},
    {"r1: a >= previous(a)\nr2: a + b >= previous(a)", "", "r2 r1"},
    /* a rule does not follow from one that weighs less */
    {"r1: a <= b\nnote1: a <= b", "", "note1 r1"},
    {"note1: a <= b\nr1: a <= b", "", "note1 r1"},
    {"note1: a + c <= b\nr1: a <= b", "", ""},
};

START_TEST(rules_are_compared)
{
    edition("f", "e.csv", "a b c d p%");
    rules("f", cases[_i].rules);
    lint();
    if (strcmp(found("schema.contradiction"), cases[_i].contradictions) != 0)
        ck_abort_msg("%s\ncontradictions: %s", cases[_i].rules,
                     found("schema.contradiction"));
    if (strcmp(found("schema.implied"), cases[_i].implied) != 0)
        ck_abort_msg("%s\nimplied: %s", cases[_i].rules,
                     found("schema.implied"));
    ck_assert_str_eq(found("schema.undecided"), "");
    clear();
}
END_TEST

START_TEST(findings_are_worded)
{
    const parcheck_finding *finding;

    edition("f", "e.csv", "a b c d");
    rules("f", "r1: a + b <= c\nr2: a <= c\nr3: d > 5\nr4: d < 5\n"
               "r5: b >= 0\nr6: a < 0");
    lint();
    finding = first("schema.implied");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "khi mọi ô đều có số, quy tắc r2 suy ra được từ quy tắc "
                     "r1");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "where every cell has a number, rule r2 follows from "
                     "rule r1");
    finding = first("schema.contradiction");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "không số liệu nào thỏa mãn được đồng thời các quy tắc "
                     "r3, r4");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "no figures can satisfy all of the rules r3, r4");
    ck_assert_int_eq(parcheck_finding_severity(finding), PARCHECK_ERROR);
    ck_assert_ptr_null(parcheck_finding_rule(finding));
    finding = parcheck_report_finding(report, 1);
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "không số liệu nào thỏa mãn được quy tắc r6");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "no figures can satisfy rule r6");
    finding = parcheck_report_finding(report, 3);
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "khi mọi ô đều có số, quy tắc r5 suy ra được từ việc mọi "
                     "số đều từ 0 trở lên, tỷ lệ không quá 100");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "where every cell has a number, rule r5 follows from "
                     "all numbers being 0 or more, percentages up to 100");
    clear();
}
END_TEST

/* ---- editions ------------------------------------------------------------ */

START_TEST(rules_meet_in_an_edition_only)
{
    edition("f", "one.csv", "a b");
    edition("f", "two.csv", "a c");
    rules("f", "r1: a > b\nr2: a > c\nr3: a = 0");
    lint();
    ck_assert_str_eq(found("schema.contradiction"), "r1 r3; r2 r3");
    clear();

    edition("f", "one.csv", "a b");
    edition("f", "two.csv", "a c");
    rules("f", "r1: a < b\nr2: a > 1\nr3: a < c\nr4: c = b");
    lint();
    ck_assert_str_eq(found("schema.contradiction"), "");
    clear();
}
END_TEST

START_TEST(a_contradiction_of_two_editions_is_reported_once)
{
    edition("f", "one.csv", "a b");
    edition("f", "two.csv", "a b");
    rules("f", "r1: a > b\nr2: a < b");
    lint();
    ck_assert_str_eq(found("schema.contradiction"), "r1 r2");
    clear();
}
END_TEST

START_TEST(a_rule_follows_only_from_rules_of_all_its_editions)
{
    edition("f", "one.csv", "a b c");
    edition("f", "two.csv", "a c");
    rules("f", "r1: a + b <= c\nr2: a <= c");
    lint();
    ck_assert_str_eq(found("schema.implied"), "");
    clear();

    edition("f", "one.csv", "a b c");
    edition("f", "two.csv", "a c d");
    rules("f", "r1: a + b <= c\nr2: a + 2*b <= c\nr3: a + d <= c");
    lint();
    ck_assert_str_eq(found("schema.implied"), "r1 r2");
    clear();
}
END_TEST

START_TEST(a_rule_of_no_edition_follows_from_nothing)
{
    edition("f", "one.csv", "a c");
    edition("f", "two.csv", "b c");
    rules("f", "r1: a = b\nr2: a = b\nr3: a + b >= 0");
    lint();
    ck_assert_str_eq(found("schema.implied"), "");
    clear();
}
END_TEST

/* ---- tables of units ----------------------------------------------------- */

START_TEST(sums_over_units_are_facts_of_their_own)
{
    roles("f");
    edition("f", "e.csv", "stt$ unit_name$ a b c");
    rules("f", "r1: a = children(a)\nr2: b = children(b)\n"
               "r3: a + c = b + c\nr4: children(a) = children(b)\n"
               "r5: children(a) > children(b)");
    lint();
    ck_assert_str_eq(found("schema.contradiction"), "r1 r2 r3 r5");
    ck_assert_str_eq(found("schema.implied"), "r4 r1 r2 r3");
    clear();
}
END_TEST

/* Rows without units below have no children(). */
START_TEST(a_rule_of_all_rows_follows_from_no_rule_of_some)
{
    roles("f");
    edition("f", "e.csv", "stt$ unit_name$ a b");
    rules("f", "r1: a = children(a)\nr2: b = children(a)\nr3: a = b");
    lint();
    ck_assert_str_eq(found("schema.implied"), "r2 r1 r3");
    clear();

    edition("f", "e.csv", "a b p%");
    rules("f", "r1: children(p) > 100");
    lint();
    ck_assert_str_eq(found("schema.contradiction"), "");
    clear();
}
END_TEST

START_TEST(rules_may_join_families)
{
    edition("f", "e.csv", "a b c");
    rules("f", "r1: a = x@district\nr2: b = x@district\nr3: a = b\n"
               "r4: x@district > 9\nr5: c = x@communes\nr6: a + c > 8");
    roles("t");
    edition("t", "e.csv", "stt$ unit_name$ x y");
    rules("t", "r1: y <= 9");
    lint();
    /* r3 stands for submissions without the table, r6 too. */
    ck_assert_str_eq(found("schema.implied"), "r2 r1 r3");
    ck_assert_str_eq(found("schema.unguarded"), "");
    ck_assert_uint_eq(parcheck_report_input_count(report), 4);
    clear();
}
END_TEST

/* ---- names --------------------------------------------------------------- */

START_TEST(indicators_without_a_rule_are_reported)
{
    const parcheck_finding *finding;

    edition("f", "one.csv", "a b c g# s$ p%");
    edition("f", "two.csv", "a d c");
    rules("f", "r1: a <= b\nr2: if blank(d) then a = 0");
    lint();
    /* a is guarded in both editions, c in none. */
    ck_assert_str_eq(found("schema.unguarded"), "c c; p");
    finding = first("schema.unguarded");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     "không quy tắc nào kiểm tra chỉ tiêu c (ấn bản one, two)");
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH),
                     "no rule guards the indicator c (edition one, two)");
    clear();
}
END_TEST

START_TEST(a_rule_guards_only_where_it_applies)
{
    edition("f", "one.csv", "a b");
    edition("f", "two.csv", "a");
    rules("f", "r1: a <= b");
    lint();
    ck_assert_str_eq(found("schema.unguarded"), "a");
    ck_assert_uint_eq(parcheck_cell_input(
                          parcheck_finding_cell(first("schema.unguarded"), 0)),
                      2);
    clear();
}
END_TEST

static const struct {
    const char *names;
    const char *similar;
} names[] = {
    {"total totals", "totals total"},
    {"totals total", "total totals"},
    {"total totol", "totol total"},
    {"total otal", "otal total"},
    {"total toal", "toal total"},
    {"total tota", "tota total"},
    {"total total_a", ""},
    {"total toatl", ""},
    {"level_l3 level_l4", ""},
    {"level_3 level_3a", "level_3a level_3"},
    {"level_3 level_x", "level_x level_3"},
    {"level_ level_3", ""},
    {"level_1 level_12", ""},
    {"ga# gb# sa$", "gb ga; sa ga"},
    {"x y z", "y x; z x; z y"},
    {"abc", ""},
};

START_TEST(names_one_letter_apart_are_reported)
{
    edition("f", "e.csv", names[_i].names);
    rules("f", "");
    lint();
    ck_assert_str_eq(found("schema.similar"), names[_i].similar);
    clear();
}
END_TEST

START_TEST(names_of_two_editions_are_compared)
{
    edition("f", "one.csv", "total");
    edition("f", "two.csv", "x totals");
    edition("g", "one.csv", "totale");
    rules("f", "");
    rules("g", "");
    lint();
    ck_assert_str_eq(found("schema.similar"), "totals total");
    ck_assert_str_eq(
        parcheck_finding_message(first("schema.similar"), PARCHECK_ENGLISH),
        "the names totals and total differ in one letter only");
    clear();
}
END_TEST

/* ---- what stays open ----------------------------------------------------- */

START_TEST(factors_that_do_not_fit_are_undecided)
{
    edition("f", "e.csv", "a b c");
    rules("f", "r1: 0.00000000001*a + 99999999999*a <= b\n"
               "r2: a <= b\nr3: a <= b + c\n"
               "r4: 0.00000000001*a + 99999999999*a <= b");
    lint();
    ck_assert_str_eq(found("schema.undecided"), "r1; r4");
    /* That they are written the same is seen all the same. */
    ck_assert_str_eq(found("schema.implied"), "r3 r2; r4 r1");
    clear();
}
END_TEST

START_TEST(arithmetic_that_does_not_fit_is_undecided)
{
    edition("f", "e.csv", "a b c d");
    rules("f", "r1: 99999999977*a + 99999999947*b = 99999999943\n"
               "r2: 99999999911*a + 99999999907*b = 99999999871\n"
               "r3: c <= d\nr4: c <= d + 1");
    lint();
    ck_assert_str_eq(found("schema.undecided"), "r1; r2");
    ck_assert_str_eq(found("schema.implied"), "r4 r3");
    ck_assert_str_eq(
        parcheck_finding_message(first("schema.undecided"), PARCHECK_ENGLISH),
        "it could not be decided whether rule r1 contradicts others or "
        "follows from them: the exact arithmetic reached a ceiling");
    clear();
}
END_TEST

/* 600 rules that hang together, of 600 names. */
START_TEST(a_component_over_the_ceiling_is_undecided)
{
    char *names_table = add_table("f", "e.csv");
    char *rules_table = add_table("f", "rules.csv");
    size_t names_used = 0;
    size_t rules_used = 0;

    names_used += (size_t)snprintf(
        names_table, ROOM, "form,code,name,label,unit,kind,level,choices\n");
    rules_used += (size_t)snprintf(rules_table, ROOM,
                                   "id,check,severity,vi,en,basis\n");
    for (unsigned i = 0; i < 600; i++) {
        names_used += (size_t)snprintf(names_table + names_used,
                                       ROOM - names_used,
                                       "1,%u,n%u,x,,count,,\n", i, i);
        rules_used += (size_t)snprintf(
            rules_table + rules_used, ROOM - rules_used,
            "r%u,n%u<=n%u,error,v,e,b\n", i, i, (i + 1) % 600);
    }
    ck_assert_uint_lt(names_used, ROOM);
    ck_assert_uint_lt(rules_used, ROOM);
    lint();
    ck_assert_str_eq(found("schema.contradiction"), "");
    ck_assert_str_eq(found("schema.implied"), "");
    ck_assert_uint_eq(parcheck_report_finding_count(report), 600);
    clear();
}
END_TEST

/* ---- the report ---------------------------------------------------------- */

START_TEST(the_inputs_are_the_tables)
{
    const parcheck_family *family;

    edition("g", "one.csv", "x");
    edition("f", "two.csv", "a b");
    edition("f", "one.csv", "a b");
    rules("g", "r1: x > 0");
    rules("f", "r1: a = b\nr2: b = a");
    lint();
    ck_assert_uint_eq(parcheck_report_input_count(report), 5);
    ck_assert_str_eq(parcheck_report_input_name(report, 0), "f/rules.csv");
    ck_assert_str_eq(parcheck_report_input_name(report, 1), "f/one.csv");
    ck_assert_str_eq(parcheck_report_input_name(report, 2), "f/two.csv");
    ck_assert_str_eq(parcheck_report_input_name(report, 3), "g/rules.csv");
    ck_assert_str_eq(parcheck_report_input_name(report, 4), "g/one.csv");
    family = parcheck_schema_family(schema, 0);
    ck_assert_ptr_null(parcheck_report_input_edition(report, 0));
    ck_assert_ptr_eq(parcheck_report_input_edition(report, 2),
                     parcheck_family_edition(family, 1));
    ck_assert_uint_eq(parcheck_report_edition_count(report), 3);
    ck_assert_ptr_eq(parcheck_report_edition(report, 1),
                     parcheck_family_edition(family, 1));
    ck_assert_ptr_eq(parcheck_report_edition_family(report, 1), family);
    ck_assert_uint_eq(parcheck_report_verdict_count(report), 0);
    ck_assert_uint_eq(parcheck_report_severity_count(report, PARCHECK_NOTE),
                      parcheck_report_finding_count(report));
    clear();
}
END_TEST

START_TEST(findings_have_places)
{
    const parcheck_cell *cell;

    edition("f", "e.csv", "a b c");
    rules("f", "r1: a = b\nr2: b = a");
    lint();
    cell = parcheck_finding_cell(first("schema.implied"), 0);
    ck_assert_str_eq(parcheck_cell_name(cell), "r2");
    ck_assert_str_eq(parcheck_cell_form(cell), "");
    ck_assert_str_eq(parcheck_cell_code(cell), "");
    ck_assert_str_eq(parcheck_cell_label(cell), "");
    ck_assert_str_eq(parcheck_cell_literal(cell), "");
    ck_assert_uint_eq(parcheck_cell_input(cell), 0);
    ck_assert_uint_eq(parcheck_cell_line(cell), 3);
    ck_assert_uint_eq(parcheck_cell_column(cell), 1);
    ck_assert_str_eq(parcheck_cell_address(cell), "A3");
    cell = parcheck_finding_cell(first("schema.unguarded"), 0);
    ck_assert_str_eq(parcheck_cell_name(cell), "c");
    ck_assert_uint_eq(parcheck_cell_input(cell), 1);
    ck_assert_str_eq(parcheck_cell_address(cell), "A4");
    clear();
}
END_TEST

static size_t written;

static int count_bytes(void *context, const void *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    written += size;
    return 0;
}

START_TEST(the_report_can_be_written)
{
    parcheck_write_options options;

    edition("f", "e.csv", "a b c");
    rules("f", "r1: a = b\nr2: b = a\nr3: a > b");
    lint();
    parcheck_write_options_init(&options, sizeof options);
    for (int format = 0; format < 2; format++) {
        options.format = (parcheck_format)format;
        written = 0;
        ck_assert_int_eq(
            parcheck_report_write(report, &options, count_bytes, NULL, NULL),
            PARCHECK_OK);
        ck_assert_uint_gt(written, 200);
    }
    clear();
}
END_TEST

static void lint_without_memory(bool persistent)
{
    failing_allocator failing;
    parcheck_status status = PARCHECK_ENOMEM;

    for (size_t n = 1; status != PARCHECK_OK; n++) {
        parcheck_allocator refusing;
        parcheck_error error;

        failing_allocator_init(&failing, n, persistent);
        refusing = failing_allocator_get(&failing);
        status = parcheck_schema_lint(&report, schema, &refusing, &error);
        if (status != PARCHECK_OK) {
            ck_assert_int_eq(status, PARCHECK_ENOMEM);
            ck_assert_int_eq(error.status, PARCHECK_ENOMEM);
            ck_assert_ptr_null(report);
            ck_assert_uint_gt(failing.failures, 0);
        } else {
            ck_assert_uint_eq(failing.failures, 0);
            parcheck_report_free(report);
            report = NULL;
        }
        ck_assert_uint_eq(failing.live, 0);
    }
}

START_TEST(every_allocation_may_fail)
{
    edition("f", "one.csv", "a b c d p%");
    edition("f", "two.csv", "a b c as");
    rules("f", "r1: a = b\nr2: b = a\nr3: a > b\nr4: a in {1, 2}\n"
               "r5: if a = 0 and not (b = 1 or reported(c)) then c = 0\n"
               "r6: p = percent(a, b)\nr7: a + c >= b");
    load();
    lint_without_memory(false);
    lint_without_memory(true);
    clear();
}
END_TEST

/* ---- the built-in schemas ------------------------------------------------ */

START_TEST(the_built_in_schemas_are_sound)
{
    ck_assert_int_eq(parcheck_schema_load_builtin(&schema, &allocator, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_schema_lint(&report, schema, &allocator, NULL),
                     PARCHECK_OK);
    ck_assert_str_eq(found("schema.contradiction"), "");
    ck_assert_str_eq(found("schema.undecided"), "");
    ck_assert_str_eq(found("schema.similar"), "");
    ck_assert_uint_eq(parcheck_report_severity_count(report, PARCHECK_NOTE),
                      parcheck_report_finding_count(report));
    clear();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lint");
    TCase *tests = tcase_create("lint");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, rules_are_compared, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tests, findings_are_worded);
    tcase_add_test(tests, rules_meet_in_an_edition_only);
    tcase_add_test(tests, a_contradiction_of_two_editions_is_reported_once);
    tcase_add_test(tests, a_rule_follows_only_from_rules_of_all_its_editions);
    tcase_add_test(tests, a_rule_of_no_edition_follows_from_nothing);
    tcase_add_test(tests, sums_over_units_are_facts_of_their_own);
    tcase_add_test(tests, a_rule_of_all_rows_follows_from_no_rule_of_some);
    tcase_add_test(tests, rules_may_join_families);
    tcase_add_test(tests, indicators_without_a_rule_are_reported);
    tcase_add_test(tests, a_rule_guards_only_where_it_applies);
    tcase_add_loop_test(tests, names_one_letter_apart_are_reported, 0,
                        (int)(sizeof names / sizeof *names));
    tcase_add_test(tests, names_of_two_editions_are_compared);
    tcase_add_test(tests, factors_that_do_not_fit_are_undecided);
    tcase_add_test(tests, arithmetic_that_does_not_fit_is_undecided);
    tcase_add_test(tests, a_component_over_the_ceiling_is_undecided);
    tcase_add_test(tests, the_inputs_are_the_tables);
    tcase_add_test(tests, findings_have_places);
    tcase_add_test(tests, the_report_can_be_written);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, the_built_in_schemas_are_sound);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
