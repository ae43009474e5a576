/* Tables to a schema: families, editions, roles, rules, digests. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"
#include "schema/digest.h"
#include "schema/schema.h"

/* Two families that load; a case replaces one table of them. */
#define EDITION                                                                \
    FIXTURE_EDITION "1,1,a,Alpha,Unit,count,province,\n"                       \
                    "1,2,b,Beta,,amount,,\n"                                   \
                    "1,3,p,Rate,%,percent,district,\n"                         \
                    "2,1,x,Choice,,choice,commune,0 = Không; 1 = Có\n"       \
                    "2,2,t,Text,,text,none,\n"                                 \
                    "2,,g,Group,,group,,\n"
#define OTHER FIXTURE_EDITION "1,1,a,Alpha,,count,,\n1,2,c,Gamma,,count,,\n"
#define RULES                                                                  \
    FIXTURE_RULES "first,a = b,error,VI one,EN one,Form 1\n"                   \
                  "second-2,\"p = percent(a, b)\",warning,VI,EN,Form 2\n"      \
                  "third,c >= u@head,note,VI,EN,Form 3\n"
#define UNITS                                                                  \
    FIXTURE_EDITION "1,1,stt,Code,,text,,\n1,2,u,U,,count,,\n"                 \
                    "1,3,v,V,,count,,\n"
#define ROLES FIXTURE_ROLES "head,I,,Đầu,Head\npart,#,head,Phần,Part\n"
#define ABOUT "key,value\nversion,7\nvi,Một họ\nen,A family\n"

static const fixture_table good[] = {
    {"f", "family.csv", ABOUT},       {"f", "one.csv", EDITION},
    {"f", "other.csv", OTHER},        {"f", "rules.csv", RULES},
    {"t", "one.csv", UNITS},          {"t", "roles.csv", ROLES},
    {"t", "rules.csv", FIXTURE_RULES}};
enum { GOOD = sizeof good / sizeof *good };

/* ---- what is loaded ------------------------------------------------------ */

START_TEST(families_and_editions_by_name)
{
    parcheck_schema *schema = fixture_load(good, GOOD);
    const parcheck_family *f = parcheck_schema_family(schema, 0);
    const parcheck_family *t = parcheck_schema_family(schema, 1);

    ck_assert_uint_eq(parcheck_schema_family_count(schema), 2);
    ck_assert_str_eq(parcheck_family_name(f), "f");
    ck_assert_str_eq(parcheck_family_version(f), "7");
    ck_assert_str_eq(parcheck_family_title(f, PARCHECK_VIETNAMESE), "Một họ");
    ck_assert_str_eq(parcheck_family_title(f, PARCHECK_ENGLISH), "A family");
    ck_assert_uint_eq(parcheck_family_edition_count(f), 2);
    ck_assert_str_eq(parcheck_edition_name(parcheck_family_edition(f, 0)),
                     "one");
    ck_assert_str_eq(parcheck_edition_name(parcheck_family_edition(f, 1)),
                     "other");
    ck_assert_str_eq(parcheck_family_name(t), "t");
    ck_assert_str_eq(parcheck_family_title(t, PARCHECK_VIETNAMESE), "t");
    ck_assert_uint_eq(parcheck_family_edition_count(t), 1);
    ck_assert_uint_eq(parcheck_family_rule_count(t), 0);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(rows_of_an_edition)
{
    static const struct {
        const char *name;
        const char *form;
        const char *code;
        parcheck_kind kind;
        const char *unit;
        const char *level;
        const char *choices;
    } rows[] = {
        {"a", "1", "1", PARCHECK_COUNT, "Unit", "province", ""},
        {"b", "1", "2", PARCHECK_AMOUNT, "", "", ""},
        {"p", "1", "3", PARCHECK_PERCENT, "%", "district", ""},
        {"x", "2", "1", PARCHECK_CHOICE, "", "commune", "0 = Không; 1 = Có"},
        {"t", "2", "2", PARCHECK_TEXT, "", "none", ""},
        {"g", "2", "", PARCHECK_GROUP, "", "", ""},
    };
    parcheck_schema *schema = fixture_load(good, GOOD);
    const parcheck_edition *edition = parcheck_family_edition(
        parcheck_schema_family(schema, 0), 0);

    ck_assert_uint_eq(parcheck_edition_indicator_count(edition), 6);
    for (size_t i = 0; i < 6; i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(edition, i);

        ck_assert_str_eq(parcheck_indicator_name(row), rows[i].name);
        ck_assert_str_eq(parcheck_indicator_form(row), rows[i].form);
        ck_assert_str_eq(parcheck_indicator_code(row), rows[i].code);
        ck_assert_int_eq(parcheck_indicator_kind(row), rows[i].kind);
        ck_assert_str_eq(parcheck_indicator_unit(row), rows[i].unit);
        ck_assert_str_eq(parcheck_indicator_level(row), rows[i].level);
        ck_assert_str_eq(parcheck_indicator_choices(row), rows[i].choices);
        ck_assert_uint_eq(row->line, i + 2);
    }
    ck_assert_uint_eq(edition->indicators[3].choice_count, 2);
    ck_assert_int_eq(edition->indicators[3].choice_values[1].coefficient, 1);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(rules_are_linked)
{
    parcheck_schema *schema = fixture_load(good, GOOD);
    const parcheck_family *f = parcheck_schema_family(schema, 0);
    const parcheck_family *t = parcheck_schema_family(schema, 1);
    const parcheck_rule *first = parcheck_family_rule(f, 0);
    const parcheck_rule *third = parcheck_family_rule(f, 2);
    const pc_operand *head = third->operands[1];

    ck_assert_uint_eq(parcheck_family_rule_count(f), 3);
    ck_assert_str_eq(parcheck_rule_id(first), "first");
    ck_assert_str_eq(parcheck_rule_text(first, PARCHECK_VIETNAMESE), "VI one");
    ck_assert_str_eq(parcheck_rule_text(first, PARCHECK_ENGLISH), "EN one");
    ck_assert_str_eq(parcheck_rule_basis(first), "Form 1");
    ck_assert_int_eq(parcheck_rule_severity(first), PARCHECK_ERROR);
    ck_assert_int_eq(parcheck_rule_severity(parcheck_family_rule(f, 1)),
                     PARCHECK_WARNING);
    ck_assert_int_eq(parcheck_rule_severity(third), PARCHECK_NOTE);
    ck_assert_ptr_eq(first->operands[0]->family, f);
    ck_assert_uint_eq(first->operands[0]->symbol, pc_family_find(f, "a"));
    ck_assert_ptr_eq(head->family, t);
    ck_assert_uint_eq(head->symbol, pc_family_find(t, "u"));
    ck_assert_uint_eq(head->role, 0);
    /* one needs rows that the other edition does not have */
    ck_assert_int_eq(
        parcheck_edition_applies(parcheck_family_edition(f, 0), first), 1);
    ck_assert_int_eq(
        parcheck_edition_applies(parcheck_family_edition(f, 1), first), 0);
    ck_assert_int_eq(
        parcheck_edition_applies(parcheck_family_edition(f, 0), third), 0);
    ck_assert_int_eq(
        parcheck_edition_applies(parcheck_family_edition(f, 1), third), 1);
    ck_assert_int_eq(
        parcheck_edition_applies(parcheck_family_edition(t, 0), third), 0);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(roles_of_a_family)
{
    parcheck_schema *schema = fixture_load(good, GOOD);
    const parcheck_family *t = parcheck_schema_family(schema, 1);

    ck_assert_uint_eq(t->role_count, 2);
    ck_assert_str_eq(t->roles[0].name, "head");
    ck_assert_str_eq(t->roles[0].code, "I");
    ck_assert_uint_eq(t->roles[0].parent, PC_NONE);
    ck_assert(t->roles[0].has_children);
    ck_assert_str_eq(t->roles[0].title[PARCHECK_VIETNAMESE], "Đầu");
    ck_assert_str_eq(t->roles[0].title[PARCHECK_ENGLISH], "Head");
    ck_assert_str_eq(t->roles[1].code, "#");
    ck_assert_uint_eq(t->roles[1].parent, 0);
    ck_assert(!t->roles[1].has_children);
    ck_assert_uint_eq(pc_family_role(t, "part"), 1);
    ck_assert_uint_eq(pc_family_role(t, "none"), PC_NONE);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(editions_by_name)
{
    parcheck_schema *schema = fixture_load(good, GOOD);
    const parcheck_edition *one = parcheck_family_edition(
        parcheck_schema_family(schema, 0), 0);

    ck_assert(pc_edition_is_named(one, "one"));
    ck_assert(pc_edition_is_named(one, "f/one"));
    ck_assert(!pc_edition_is_named(one, "t/one"));
    ck_assert(!pc_edition_is_named(one, "other"));
    ck_assert(!pc_edition_is_named(one, "f/"));
    ck_assert(!pc_edition_is_named(one, "f/one.csv"));
    ck_assert(!pc_edition_is_named(one, "f"));
    ck_assert(!pc_edition_is_named(one, ""));
    parcheck_schema_free(schema);
}
END_TEST

/* ---- digests ------------------------------------------------------------- */

static void digests_of(char digests[3][PC_DIGEST], const fixture_table *tables)
{
    parcheck_schema *schema = fixture_load(tables, GOOD);
    const parcheck_family *f = parcheck_schema_family(schema, 0);
    const parcheck_family *t = parcheck_schema_family(schema, 1);

    strcpy(digests[0], parcheck_edition_digest(parcheck_family_edition(f, 0)));
    strcpy(digests[1], parcheck_edition_digest(parcheck_family_edition(f, 1)));
    strcpy(digests[2], parcheck_edition_digest(parcheck_family_edition(t, 0)));
    parcheck_schema_free(schema);
}

/* The build computes those of the tables that are built in; those of a folder
 * are computed when it is loaded. */
START_TEST(built_in_tables_have_the_digests_of_their_files)
{
    parcheck_schema *builtin;
    parcheck_schema *folder;
    parcheck_error error;
    size_t count = 0;

    ck_assert_int_eq(parcheck_schema_load_builtin(&builtin, NULL, &error),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_schema_load_folder(
                         &folder, PARCHECK_SOURCE_DIR "/schemas", NULL, &error),
                     PARCHECK_OK);
    for (size_t i = 0; i < parcheck_schema_family_count(builtin); i++) {
        const parcheck_family *a = parcheck_schema_family(builtin, i);
        const parcheck_family *b = parcheck_schema_family(folder, i);

        for (size_t j = 0; j < parcheck_family_edition_count(a); j++, count++)
            ck_assert_str_eq(
                parcheck_edition_digest(parcheck_family_edition(a, j)),
                parcheck_edition_digest(parcheck_family_edition(b, j)));
    }
    ck_assert_uint_ge(count, 4);
    parcheck_schema_free(builtin);
    parcheck_schema_free(folder);
}
END_TEST

START_TEST(a_digest_is_a_sha256)
{
    char digests[3][PC_DIGEST];

    digests_of(digests, good);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(strlen(digests[i]), 7 + 64);
        ck_assert_int_eq(strncmp(digests[i], "sha256:", 7), 0);
        ck_assert_uint_eq(strspn(digests[i] + 7, "0123456789abcdef"), 64);
    }
    ck_assert_str_ne(digests[0], digests[1]);
    ck_assert_str_ne(digests[0], digests[2]);
}
END_TEST

/* What the editions f/one, f/other and t/one are judged by, a table a row. */
static const bool judged_by[GOOD][3] = {
    {true, true, false},  {true, false, false}, {false, true, false},
    {true, true, false},  {false, false, true}, {false, false, true},
    {false, false, true},
};

/* A blank behind a line changes nothing but the bytes. */
START_TEST(every_byte_counts)
{
    char before[3][PC_DIGEST];
    char after[3][PC_DIGEST];
    char changed[2048];
    fixture_table tables[GOOD];

    digests_of(before, good);
    for (size_t at = 0; at < 3; at++) {
        const char *text = good[_i].text;
        size_t cut = at == 0   ? strcspn(text, "\n")
                     : at == 1 ? strlen(text) - 1
                               : strlen(text);

        memcpy(tables, good, sizeof good);
        (void)snprintf(changed, sizeof changed, "%.*s %s", (int)cut, text,
                       text + cut);
        tables[_i].text = changed;
        digests_of(after, tables);
        for (size_t i = 0; i < 3; i++)
            ck_assert_msg(
                (strcmp(before[i], after[i]) != 0) == judged_by[_i][i],
                "%s/%s, edition %zu", good[_i].family, good[_i].file, i);
    }
}
END_TEST

START_TEST(the_order_of_tables_does_not_count)
{
    char before[3][PC_DIGEST];
    char after[3][PC_DIGEST];
    fixture_table tables[GOOD];

    digests_of(before, good);
    for (size_t turn = 1; turn < GOOD; turn++) {
        for (size_t i = 0; i < GOOD; i++)
            tables[i] = good[(i + turn) % GOOD];
        digests_of(after, tables);
        ck_assert_mem_eq(before, after, sizeof before);
    }
    for (size_t i = 0; i < GOOD; i++)
        tables[i] = good[GOOD - 1 - i];
    digests_of(after, tables);
    ck_assert_mem_eq(before, after, sizeof before);
}
END_TEST

/* ---- tables that are wrong ----------------------------------------------- */

enum { ABOUT_F, ONE_F, OTHER_F, RULES_F, ONE_T, ROLES_T, RULES_T };

#define RULE(check) FIXTURE_RULES "first," check ",error,VI,EN,B\n"
#define ROW(row) FIXTURE_EDITION "1,1,a,Alpha,,count,,\n" row

static const struct {
    int table;
    const char *text; /* NULL: the table is not there */
    size_t line;
    size_t column;
    const char *en;
} cases[] = {
    /* headings */
    {RULES_F, "id,check,severity,vi,en\n", 1, 0, "column “basis” is missing"},
    {RULES_F, "id,check,severity,vi,en,basis,x\n", 1, 7,
     "this kind of table has no column “x”"},
    {ONE_F, "form,code,name,label,unit,kind,level,name\n", 1, 8,
     "column “name” stands twice"},
    {ABOUT_F, "key\n", 1, 0, "column “value” is missing"},
    {ROLES_T, "role,code,parent,vi,en,fr\n", 1, 6,
     "this kind of table has no column “fr”"},
    {OTHER_F, "", 1, 0, "the table has no heading"},
    {RULES_T, "", 1, 0, "the table has no heading"},
    /* rows of another width */
    {ONE_F, ROW("1,2,b,Beta,,count,\n"), 3, 0,
     "the heading has 8 columns but the row 7"},
    {RULES_F, FIXTURE_RULES "first,a = b,error,VI,EN\n", 2, 0,
     "the heading has 6 columns but the row 5"},
    {ABOUT_F, "key,value\nversion\n", 2, 0,
     "the heading has 2 columns but the row 1"},
    {ROLES_T, FIXTURE_ROLES "head,I,,Đầu\n", 2, 0,
     "the heading has 5 columns but the row 4"},
    {ONE_F, ROW("1,\"2,b,Beta,,count,\n"), 3, 0, "a quote is never closed"},
    {ONE_F, ROW("1,2,b,\xFF,,count,,\n"), 3, 0, "the table is not UTF-8 text"},
    /* family.csv */
    {ABOUT_F, "key,value\nversion,1\nfr,Une famille\n", 3, 1,
     "there is no key “fr”; expected version, vi or en"},
    {ABOUT_F, "value,key\n1,Version\n", 2, 2,
     "there is no key “Version”; expected version, vi or en"},
    /* editions */
    {ONE_F, FIXTURE_EDITION, 0, 0, "the edition has no rows"},
    {ONE_F, ROW(",2,b,Beta,,count,,\n"), 3, 1, "this field must not be empty"},
    {ONE_F, ROW("1,2,b,,,count,,\n"), 3, 4, "this field must not be empty"},
    {ONE_F, ROW("1,2,b,Beta,,number,,\n"), 3, 6,
     "“number” is no kind; expected count, amount, percent, choice, text or "
     "group"},
    {ONE_F, ROW("1,2,b,Beta,,,,\n"), 3, 6,
     "“” is no kind; expected count, amount, percent, choice, text or group"},
    {ONE_F, ROW("1,2,b,Beta,,count,village,\n"), 3, 7,
     "“village” is no level; expected province, district, commune, none or "
     "nothing"},
    {ONE_F, ROW("1,2,B,Beta,,count,,\n"), 3, 3,
     "“B” is no name: expected letters a-z, digits and “_”, and no word of "
     "the rule language"},
    {ONE_F, ROW("1,2,,Beta,,count,,\n"), 3, 3,
     "“” is no name: expected letters a-z, digits and “_”, and no word of "
     "the rule language"},
    {ONE_F, ROW("1,2,not,Beta,,count,,\n"), 3, 3,
     "“not” is no name: expected letters a-z, digits and “_”, and no word of "
     "the rule language"},
    {ONE_F, ROW("1,2,a,Beta,,count,,\n"), 3, 3,
     "the name “a” stands on line 2 already"},
    {ONE_F, ROW("\n1,2,a,Beta,,amount,,\n"), 4, 3,
     "the name “a” stands on line 2 already"},
    {ONE_F, ROW("1,1,b,Beta,,count,,\n"), 3, 2,
     "the code “1” stands twice in form 1"},
    {OTHER_F, FIXTURE_EDITION "1,1,a,Alpha,,amount,,\n", 2, 6,
     "“a” has another kind in another edition"},
    /* choices */
    {ONE_F, ROW("1,2,x,X,,choice,,\n"), 3, 8,
     "the kind choice, and no other, needs a list such as “0 = Không; 1 = Có”"},
    {ONE_F, ROW("1,2,x,X,,count,,0 = Không\n"), 3, 8,
     "the kind choice, and no other, needs a list such as “0 = Không; 1 = Có”"},
    {ONE_F, ROW("1,2,x,X,,choice,,Không; Có\n"), 3, 8,
     "“Không” is not of the form “0 = Không”"},
    {ONE_F, ROW("1,2,x,X,,choice,,0 = Không; Có\n"), 3, 8,
     "“ Có” is not of the form “0 = Không”"},
    {ONE_F, ROW("1,2,x,X,,choice,,0 = Không;; 1 = Có\n"), 3, 8,
     "“” is not of the form “0 = Không”"},
    {ONE_F, ROW("1,2,x,X,,choice,,= Không\n"), 3, 8,
     "“= Không” is not of the form “0 = Không”"},
    {ONE_F, ROW("1,2,x,X,,choice,,y = Không\n"), 3, 8,
     "“y = Không” is not of the form “0 = Không”"},
    /* roles */
    {ROLES_T, FIXTURE_ROLES, 0, 0, "the table holds no role"},
    {ROLES_T, FIXTURE_ROLES "Head,I,,Đầu,Head\n", 2, 1,
     "“Head” is no name for a role, or stands twice"},
    {ROLES_T, FIXTURE_ROLES "head,I,,Đầu,Head\nhead,II,,Đầu,Head\n", 3, 1,
     "“head” is no name for a role, or stands twice"},
    {ROLES_T, FIXTURE_ROLES "head,,,Đầu,Head\n", 2, 2,
     "expected the code of the row"},
    {ROLES_T, FIXTURE_ROLES "part,#,head,Phần,Part\nhead,I,,Đầu,Head\n", 2, 3,
     "there is no role “head” above"},
    {ROLES_T, FIXTURE_ROLES "head,I,head,Đầu,Head\n", 2, 3,
     "there is no role “head” above"},
    {ONE_T, FIXTURE_EDITION "1,2,u,U,,count,,\n", 0, 0,
     "a family with roles needs a column “stt” of kind text"},
    {ONE_T, FIXTURE_EDITION "1,1,stt,Code,,count,,\n1,2,u,U,,count,,\n", 0, 0,
     "a family with roles needs a column “stt” of kind text"},
    /* rules */
    {RULES_F, FIXTURE_RULES "First,a = b,error,VI,EN,B\n", 2, 1,
     "“First” is no id: expected letters a-z, digits and “-”"},
    {RULES_F, FIXTURE_RULES ",a = b,error,VI,EN,B\n", 2, 1,
     "“” is no id: expected letters a-z, digits and “-”"},
    {RULES_F, FIXTURE_RULES "a_b,a = b,error,VI,EN,B\n", 2, 1,
     "“a_b” is no id: expected letters a-z, digits and “-”"},
    {RULES_F,
     FIXTURE_RULES "r,a = b,error,VI,EN,B\ns,a = b,error,VI,EN,B\n"
                   "r,a <= b,note,VI,EN,B\n",
     4, 1, "the id “r” stands twice"},
    {RULES_F, FIXTURE_RULES "r,a = b,fatal,VI,EN,B\n", 2, 3,
     "“fatal” is no severity; expected error, warning or note"},
    {RULES_F, FIXTURE_RULES "r,a = b,error,,EN,B\n", 2, 4,
     "this field must not be empty"},
    {RULES_F, FIXTURE_RULES "r,a = b,error,VI,,B\n", 2, 5,
     "this field must not be empty"},
    {RULES_F, FIXTURE_RULES "r,a = b,error,VI,EN,\n", 2, 6,
     "this field must not be empty"},
    {RULES_F, RULE("a = "), 2, 4,
     "the rule ends early, expected an indicator's name or a number"},
    {RULES_F, RULE("a = b +* b"), 2, 8,
     "expected an indicator's name or a number, found “*”"},
    {RULES_F, RULE("\"\n a = = b\""), 2, 7,
     "expected an indicator's name or a number, found “=”"},
    {RULES_F, RULE(""), 2, 1,
     "the rule ends early, expected an indicator's name or a number"},
    /* linking */
    {RULES_F, RULE("a = b + nothing"), 2, 9,
     "no edition of “f” has an indicator “nothing”"},
    {RULES_F, RULE("a = children(nothing)"), 2, 5,
     "no edition of “f” has an indicator “nothing”"},
    {RULES_F, RULE("a = previous(nothing)"), 2, 5,
     "no edition of “f” has an indicator “nothing”"},
    {RULES_F, RULE("a = u"), 2, 5, "no edition of “f” has an indicator “u”"},
    {RULES_F, RULE("if blank(z) then a = 1"), 2, 10,
     "no edition of “f” has an indicator “z”"},
    {RULES_F, RULE("a = u@nobody"), 2, 5,
     "no family that was loaded has an indicator “u” and a role “nobody” "
     "(load the folder that holds all families)"},
    {RULES_F, RULE("a = nothing@head"), 2, 5,
     "no family that was loaded has an indicator “nothing” and a role “head” "
     "(load the folder that holds all families)"},
    {RULES_F, RULE("a = b@head"), 2, 5,
     "no family that was loaded has an indicator “b” and a role “head” "
     "(load the folder that holds all families)"},
    {RULES_F, RULE("a = t"), 2, 5, "“t” has no number that could be checked"},
    {RULES_F, RULE("reported(g)"), 2, 10,
     "“g” has no number that could be checked"},
    {RULES_F, RULE("a = stt@head"), 2, 5,
     "“stt” has no number that could be checked"},
    {RULES_F, RULE("\"a = percent(a, b)\""), 2, 1,
     "“a” is not of kind percent"},
    {RULES_F, RULE("\"if a = 1 then b = percent(a, a)\""), 2, 15,
     "“b” is not of kind percent"},
    /* a family without rules, or without an edition */
    {RULES_F, NULL, 0, 0, "a family needs rules.csv and at least one edition"},
    {ONE_T, NULL, 0, 0, "a family needs rules.csv and at least one edition"},
};

static void expect_wrong(const fixture_table *tables, size_t count,
                         const char *source, size_t line, size_t column,
                         const char *en)
{
    parcheck_schema *schema;
    parcheck_error error;

    memset(&error, 0x5A, sizeof error);
    schema = (parcheck_schema *)&error;
    ck_assert_int_eq(fixture_try_load(&schema, tables, count, &error),
                     PARCHECK_ESCHEMA);
    ck_assert_ptr_null(schema);
    ck_assert_int_eq(error.status, PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.en, en);
    ck_assert_str_eq(error.source, source);
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_eq(error.column, column);
    ck_assert(error.vi[0] != '\0' && strcmp(error.vi, error.en) != 0);
    ck_assert_int_eq(fixture_try_load(&schema, tables, count, NULL),
                     PARCHECK_ESCHEMA);
}

START_TEST(tables_that_are_wrong)
{
    fixture_table tables[GOOD];
    const fixture_table *at = &good[cases[_i].table];
    char source[64];
    size_t count = 0;

    for (size_t i = 0; i < GOOD; i++) {
        tables[count] = good[i];
        if (&good[i] == at)
            tables[count].text = cases[_i].text;
        count += tables[count].text != NULL;
    }
    (void)snprintf(source, sizeof source, "%s%s%s", at->family,
                   cases[_i].text != NULL ? "/" : "",
                   cases[_i].text != NULL ? at->file : "");
    expect_wrong(tables, count, source, cases[_i].line, cases[_i].column,
                 cases[_i].en);
}
END_TEST

START_TEST(codes_are_of_their_form)
{
    static const fixture_table tables[] = {
        {"f", "e.csv",
         FIXTURE_EDITION "1,1,a,Same,,count,,\n2,1,b,Same,,count,,\n"
                         "1,,c,Same,,count,,\n1,,d,Same,,count,,\n"},
        {"f", "rules.csv", FIXTURE_RULES}};

    parcheck_schema_free(fixture_load(tables, 2));
}
END_TEST

START_TEST(a_role_in_two_families_is_ambiguous)
{
    static const fixture_table tables[] = {
        {"f", "e.csv", FIXTURE_EDITION "1,1,a,Alpha,,count,,\n"},
        {"f", "rules.csv", RULE("a = u@head")},
        {"s", "e.csv", UNITS},
        {"s", "roles.csv", ROLES},
        {"s", "rules.csv", FIXTURE_RULES},
        {"t", "e.csv", UNITS},
        {"t", "roles.csv", ROLES},
        {"t", "rules.csv", FIXTURE_RULES}};

    expect_wrong(tables, 8, "f/rules.csv", 2, 5,
                 "“u@head” is in both families “s” and “t”");
    /* one of them loads */
    parcheck_schema_free(fixture_load(tables, 5));
}
END_TEST

START_TEST(a_table_given_twice)
{
    fixture_table tables[GOOD + 1];

    for (size_t i = 0; i < GOOD; i++) {
        memcpy(tables, good, sizeof good);
        tables[GOOD] = good[i];
        char source[64];

        (void)snprintf(source, sizeof source, "%s/%s", good[i].family,
                       good[i].file);
        expect_wrong(tables, GOOD + 1, source, 0, 0,
                     "the table is given twice");
    }
}
END_TEST

START_TEST(no_tables_at_all)
{
    expect_wrong(good, 0, "", 0, 0, "there are no tables");
}
END_TEST

START_TEST(tables_that_make_no_sense)
{
    static const parcheck_table tables[] = {{NULL, "rules.csv", "x", 1},
                                            {"f", NULL, "x", 1},
                                            {"f", "rules.csv", NULL, 1}};

    for (size_t i = 0; i < 3; i++) {
        parcheck_table both[] = {{"f", "e.csv", "", 0}, tables[i]};
        parcheck_schema *schema;
        parcheck_error error;

        ck_assert_int_eq(
            parcheck_schema_load_tables(&schema, both, 2, NULL, &error),
            PARCHECK_EINVAL);
        ck_assert_ptr_null(schema);
        ck_assert_int_eq(error.status, PARCHECK_EINVAL);
        ck_assert_str_eq(error.en, "table number 2 has no family, file or "
                                   "data");
        ck_assert_str_eq(error.vi,
                         "bảng số 2 không có họ, tên tệp hoặc dữ liệu");
    }
}
END_TEST

/* A long name must not cut a letter in two. */
START_TEST(long_texts_of_errors_are_cut_at_a_letter)
{
    char rules[2048] = FIXTURE_RULES "r,a = b,";
    fixture_table tables[] = {
        {"f", "e.csv", FIXTURE_EDITION "1,1,a,A,,count,,\n1,2,b,B,,count,,\n"},
        {"f", "rules.csv", rules}};
    parcheck_schema *schema;
    parcheck_error error;

    for (int i = 0; i < 300; i++)
        strcat(rules, "ấ");
    strcat(rules, ",VI,EN,B\n");
    ck_assert_int_eq(fixture_try_load(&schema, tables, 2, &error),
                     PARCHECK_ESCHEMA);
    ck_assert_uint_lt(strlen(error.en), sizeof error.en);
    ck_assert_uint_gt(strlen(error.en), sizeof error.en - 5);
    ck_assert_str_eq(error.en + strlen(error.en) - strlen("ấ"), "ấ");
    ck_assert_str_eq(error.vi + strlen(error.vi) - strlen("ấ"), "ấ");
}
END_TEST

START_TEST(the_built_in_schemas_load)
{
    static const char *const names[] = {"cchc", "dossiers"};
    parcheck_schema *schema = fixture_builtin();
    size_t found = 0;

    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t k = 0; k < 2; k++)
            found += strcmp(parcheck_family_name(family), names[k]) == 0;
        ck_assert_uint_gt(parcheck_family_rule_count(family), 0);
        ck_assert_str_ne(parcheck_family_version(family), "");
    }
    ck_assert_uint_eq(found, 2);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("load");
    TCase *right = tcase_create("right");
    TCase *wrong = tcase_create("wrong");

    tcase_add_test(right, families_and_editions_by_name);
    tcase_add_test(right, rows_of_an_edition);
    tcase_add_test(right, rules_are_linked);
    tcase_add_test(right, roles_of_a_family);
    tcase_add_test(right, editions_by_name);
    tcase_add_test(right, a_digest_is_a_sha256);
    tcase_add_test(right, built_in_tables_have_the_digests_of_their_files);
    tcase_add_loop_test(right, every_byte_counts, 0, GOOD);
    tcase_add_test(right, the_order_of_tables_does_not_count);
    tcase_add_test(right, codes_are_of_their_form);
    tcase_add_test(right, the_built_in_schemas_load);
    suite_add_tcase(suite, right);
    tcase_add_loop_test(wrong, tables_that_are_wrong, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(wrong, a_role_in_two_families_is_ambiguous);
    tcase_add_test(wrong, a_table_given_twice);
    tcase_add_test(wrong, no_tables_at_all);
    tcase_add_test(wrong, tables_that_make_no_sense);
    tcase_add_test(wrong, long_texts_of_errors_are_cut_at_a_letter);
    suite_add_tcase(suite, wrong);
    return pc_run_suite(suite);
}
