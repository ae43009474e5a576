/* Verdicts: one rule, one set of cells, one outcome with its reason. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

/* One rule on form 1 and what must come of it. */
typedef struct form_case {
    const char *check;
    const char *cells;
    const char *verdict;
} form_case;

static void expect_verdict(const char *check, const char *cells,
                           const char *verdict)
{
    char csv[FIXTURE_TEXT];
    parcheck_schema *schema = fixture_schema("f", check);
    parcheck_report *report = fixture_check(schema, fixture_form(csv, cells));
    const char *found = fixture_verdict(report, "r", NULL);

    ck_assert_msg(strcmp(found, verdict) == 0,
                  "%s with %s: %s, but it should be %s", check, cells, found,
                  verdict);
    ck_assert_uint_eq(parcheck_report_verdict_count(report), 1);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}

static void expect_all(const form_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_verdict(cases[i].check, cases[i].cells, cases[i].verdict);
}

#define EXPECT_ALL(cases) expect_all(cases, sizeof(cases) / sizeof *(cases))

/* ---- relations ----------------------------------------------------------- */

enum { RELATIONS = 6 };
static const char *const relations[RELATIONS] = {"=",  "!=", "<",
                                                 "<=", ">",  ">="};

/* a REL b + 7 and so on: the sides, the cells, a verdict a relation. */
typedef struct relation_case {
    const char *left;
    const char *right;
    const char *cells;
    const char *verdicts[RELATIONS];
} relation_case;

#define H "holds"
#define F "fails"
#define UB "unknown blank"
#define UM "unknown missing"
#define UU "unknown unreadable"
#define BZ "holds blank-as-zero"
#define AR "rounding addends-rounded"

static const relation_case relation_cases[] = {
    /* =, !=, <, <=, >, >= */
    {"a", "b", "a=4; b=5", {F, H, H, H, F, F}},
    {"a", "b", "a=5; b=5", {H, F, F, H, F, H}},
    {"a", "b", "a=6; b=5", {F, H, F, F, H, H}},
    {"a", "b", "a=-6; b=5", {F, H, H, H, F, F}},
    /* a blank on the left is any number from 0 up */
    {"a", "b", "a=; b=5", {UB, UB, UB, UB, UB, UB}},
    {"a", "b", "a=; b=0", {UB, UB, F, UB, UB, H}},
    {"a + 7", "b", "a=; b=5", {F, H, F, F, H, H}},
    {"a - 7", "b", "a=; b=5", {UB, UB, UB, UB, UB, UB}},
    {"b - a", "0", "a=; b=0", {UB, UB, UB, H, F, UB}},
    /* and on the right */
    {"a", "b", "a=5; b=", {UB, UB, UB, UB, UB, UB}},
    {"a", "b", "a=0; b=", {BZ, UB, UB, H, F, UB}},
    {"a", "b + 7", "a=5; b=", {F, H, H, H, F, F}},
    {"a", "7 - b", "a=5; b=", {UB, UB, UB, UB, UB, UB}},
    {"a", "5 - b", "a=5; b=", {BZ, UB, F, UB, UB, H}},
    {"a", "5 - b", "a=6; b=", {F, H, F, F, H, H}},
    /* on both sides the difference can be anything */
    {"a", "b", "a=; b=", {UB, UB, UB, UB, UB, UB}},
    {"a + 9", "b", "a=; b=", {UB, UB, UB, UB, UB, UB}},
    /* what is missing is like a blank, but never taken as 0 */
    {"a", "b", "b=5", {UM, UM, UM, UM, UM, UM}},
    {"a", "b", "b=0", {UM, UM, F, UM, UM, H}},
    {"a", "b", "a=5", {UM, UM, UM, UM, UM, UM}},
    {"a", "b", "a=0", {UM, UM, UM, H, F, UM}},
    {"a", "b + 7", "a=5", {F, H, H, H, F, F}},
    {"a", "b", "a=", {UM, UM, UM, UM, UM, UM}},
    {"a", "b", "", {UM, UM, UM, UM, UM, UM}},
    /* what cannot be read decides nothing, whatever the rest */
    {"a", "b", "a=abc; b=5", {UU, UU, UU, UU, UU, UU}},
    {"a", "b", "a=5; b=abc", {UU, UU, UU, UU, UU, UU}},
    {"a", "b + 7", "a=abc; b=", {UU, UU, UU, UU, UU, UU}},
    {"a", "b", "a=abc", {UU, UU, UU, UU, UU, UU}},
    {"a", "b", "a=1234567890123456789; b=1", {UU, UU, UU, UU, UU, UU}},
};

START_TEST(relations_with_every_kind_of_cell)
{
    const relation_case *c = &relation_cases[_i];

    for (size_t i = 0; i < RELATIONS; i++) {
        char check[64];

        (void)snprintf(check, sizeof check, "%s %s %s", c->left, relations[i],
                       c->right);
        expect_verdict(check, c->cells, c->verdicts[i]);
    }
}
END_TEST

static const form_case sum_cases[] = {
    {"a = b + c", "a=5; b=2; c=3", H},
    {"a = b + c", "a=5; b=2; c=4", F},
    {"a = b - c", "a=5; b=7; c=2", H},
    {"a = -b + c", "a=5; b=2; c=7", H},
    {"a + b = c + d", "a=1; b=2; c=3; d=0", H},
    {"a = 2 * b", "a=6; b=3", H},
    {"a = 2 * b", "a=5; b=3", F},
    {"a = 2.5 * b", "a=5; b=2", H},
    {"a = 0.5 * b - 1.5", "a=1; b=5", H},
    {"a = 5", "a=5", H},
    {"a = 5", "a=", UB},
    {"0 = a", "a=", BZ},
    {"5 = a", "a=", UB},
    {"a = b + c", "a=1.5; b=0.75; c=0.75", H},
    {"a = b + c", "a=1.5; b=0.75; c=0.76", F},
    {"a = b + c", "a=-5; b=-2; c=-3", H},
    {"a = b", "a=5.0; b=5", H},
    {"a = b", "a=07; b=7", H},
    {"a = b", "a=2.531; b=2531", H},
    {"a = b", "a=6,011; b=6011", H},
    /* exact beyond any floating point */
    {"a = b + c", "a=999999999999999999; b=999999999999999998; c=1", H},
    {"a = b + c", "a=999999999999999999; b=999999999999999998; c=2", F},
    {"a = 999999999999 * b", "a=999999999999; b=1", H},
    {"a = b", "a=0.1; b=0.100000000000000001", F},
    /* 5 = _ + 5 + _ holds if the blanks are 0 */
    {"a = b + c + d", "a=5; b=; c=5; d=", BZ},
    {"a = b + c", "a=3; b=; c=4", F},
    {"a = b + c", "a=9; b=; c=4", UB},
    /* a blank total is not made up */
    {"a = b + c", "a=; b=1; c=2", UB},
    {"a = b + c", "a=; b=0; c=0", UB},
    {"a + b = c", "a=5; b=; c=5", UB},
    /* blanks that pull both ways */
    {"a = b - c", "a=0; b=; c=", UB},
    {"a = b - c", "a=0; b=; c=0", BZ},
    {"a = b - c", "a=5; b=5; c=", BZ},
    {"a = b - c", "a=6; b=5; c=", F},
    {"a = b - c", "a=4; b=5; c=", UB},
    /* a factor of 0 takes the blank out */
    {"a = b + 0 * c", "a=5; b=5; c=", H},
    {"a = b + 0 * c", "a=5; b=4; c=", F},
    {"a = b + 0 * c", "a=5; b=5; c=abc", UU},
    /* unreadable, then missing, then blank */
    {"a = b + c + d", "a=5; b=5; c=", UM},
    {"a = b + c + d", "a=3; b=4; c=", F},
    {"a = b + c + d", "a=9; b=; c=abc", UU},
    {"a = b + c", "a=9; b=4", UM},
};

START_TEST(sums)
{
    EXPECT_ALL(sum_cases);
}
END_TEST

/* What "nghìn" stands for was not printed, so an amount is rounded there. */
START_TEST(amounts_in_thousands)
{
    expect_verdict("m = n + o", "m=5,65 nghìn; n=5000; o=650", "holds");
    expect_verdict("m = n + o", "m=5,65 nghìn; n=5000,0; o=654,9", AR);
    expect_verdict("m = n + o", "m=5,65 nghìn; n=5000,0; o=655,1", "fails");
    expect_verdict("m = n + o", "m=5,6500 nghìn; n=5000,0; o=650,2", "fails");
    expect_verdict("m = n", "m=5,65 nghìn; n=5,7 nghìn", AR);
    expect_verdict("a = b", "a=5,65 nghìn; b=5651", "fails");
    expect_verdict("p = percent(m, n)", "p=50,1; m=1 nghìn; n=2000,0", AR);
    expect_verdict("p = percent(m, n)", "p=50,1; m=1000; n=2000,0", "fails");
}
END_TEST

START_TEST(blank_words_are_blanks)
{
    static const char *const words[] = {
        "-",         "–",         "—",         "Không báo",
        "không báo", "Chưa giao", "chưa giao", "Không phát sinh",
        "x",         "Không",     "CHƯA CÓ",   "…",
        " - ",       " "};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char cells[64];

        (void)snprintf(cells, sizeof cells, "a=0; b=%s", words[i]);
        expect_verdict("a = b", cells, BZ);
    }
    expect_verdict("a = b", "a=0; b=không rõ", UU);
    expect_verdict("a = b", "a=0; b=--", UU);
}
END_TEST

/* ---- amounts ------------------------------------------------------------- */

static const form_case amount_cases[] = {
    {"m = n + o", "m=1.0; n=0.5; o=0.5", H},
    /* 0.1 apart, within 3 * 0.05 */
    {"m = n + o", "m=1.1; n=0.5; o=0.5", AR},
    {"m = n + o", "m=1.2; n=0.5; o=0.5", F},
    /* 0.1 apart is not below 2 * 0.05 */
    {"m = n", "m=1.1; n=1.0", F},
    {"m = n", "m=1.15; n=1.1", AR},
    {"m = n", "m=1.16; n=1.1", F},
    {"m = n", "m=1.1; n=1.15", AR},
    {"m = n", "m=2; n=1", F},
    {"m = n + o", "m=3; n=1; o=1", AR},
    /* the rounding grows with the factor */
    {"m = 2 * n", "m=2.1; n=1.0", AR},
    {"m = 2 * n", "m=2.2; n=1.0", F},
    {"m = n - o", "m=1.1; n=2.0; o=1.0", AR},
    {"m = n + 0 * o", "m=1.1; n=1.0; o=1.0", F},
    /* counts are exact, also beside an amount */
    {"a = b + c", "a=3; b=1; c=1", F},
    {"m = a", "m=1.0; a=1", H},
    {"m = a", "m=1.1; a=1", F},
    {"m = 1.04", "m=1.0", AR},
    {"m = 1.05", "m=1.0", F},
    /* every relation */
    {"m <= n", "m=1.15; n=1.1", AR},
    {"m <= n", "m=1.16; n=1.1", F},
    {"m >= n", "m=1.1; n=1.15", AR},
    {"m < n", "m=1.1; n=1.1", AR},
    {"m > n", "m=1.1; n=1.1", AR},
    {"m != n", "m=1.1; n=1.1", AR},
    {"m != n", "m=1.15; n=1.1", H},
    {"m < n", "m=1.1; n=1.15", H},
    /* blanks */
    {"m = n + o", "m=1.0; n=1.0; o=", BZ},
    {"m = n + o", "m=1.0; n=1.1; o=", F},
    {"m = n + o", "m=1.0; n=1.04; o=", UB},
    {"m >= n + o", "m=1.0; n=1.04; o=", UB},
    {"m >= n + o", "m=1.0; n=1.1; o=", F},
    {"m >= n + o", "m=1.0; n=1.04", UM},
    /* exact in conditions, rounded behind them */
    {"if m = n then a = 1", "m=1.15; n=1.1; a=2", H},
    {"if a = 1 then m = n", "m=1.15; n=1.1; a=1", AR},
    {"m = n and a = 1", "m=1.15; n=1.1; a=1", F},
    {"m = n or a = 1", "m=1.15; n=1.1; a=2", F},
    {"not m = n", "m=1.15; n=1.1", H},
    {"m = n and a = 1", "m=1.0; n=1.04; a=1", F},
    {"m = n + o and a = 1", "m=1.0; n=1.04; o=; a=1", F},
};

START_TEST(amounts)
{
    EXPECT_ALL(amount_cases);
}
END_TEST

/* ---- in, reported, blank ------------------------------------------------- */

static const form_case question_cases[] = {
    {"x in {0, 1}", "x=0", H},
    {"x in {0, 1}", "x=1", H},
    {"x in {0, 1}", "x=2", F},
    {"x in {0, 1}", "x=1.0", H},
    {"x in {0, 1}", "x=", UB},
    {"x in {0, 1}", "", UM},
    {"x in {0, 1}", "x=perhaps", UU},
    {"a in {0.5, 3}", "a=0.50", H},
    {"a in {0.5, 3}", "a=4", F},
    {"a in {-1, 2}", "a=-1", H},
    {"a in {-1, 2}", "a=1", F},
    {"reported(a)", "a=5", H},
    {"reported(a)", "a=0", H},
    {"reported(a)", "a=", F},
    {"reported(a)", "a=-", F},
    {"reported(a)", "a=abc", H},
    {"reported(a)", "", UM},
    {"blank(a)", "a=5", F},
    {"blank(a)", "a=", H},
    {"blank(a)", "a=–", H},
    {"blank(a)", "a=abc", F},
    {"blank(a)", "", UM},
    {"not blank(a)", "a=5", H},
    /* two different values: something is there, but not what */
    {"reported(a)", "a=1; a=2", H},
    {"blank(a)", "a=1; a=2", F},
    {"a = 1", "a=1; a=2", UU},
    {"a = 1", "a=1; a=1.0", H},
    {"a = 1", "a=1; a=", UU},
};

START_TEST(questions)
{
    EXPECT_ALL(question_cases);
}
END_TEST

/* ---- and, or, not -------------------------------------------------------- */

/* Kleene's tables: a = 1 is true, false or unknown, and so is b = 1. */
START_TEST(three_valued_logic)
{
    static const struct {
        const char *cells;
        const char *both;
        const char *either;
    } rows[] = {
        {"a=1; b=1", H, H},
        {"a=1; b=0", F, H},
        {"a=1; b=", UB, H},
        {"a=0; b=1", F, H},
        {"a=0; b=0", F, F},
        {"a=0; b=", F, UB},
        {"a=; b=1", UB, H},
        {"a=; b=0", F, UB},
        {"a=; b=", UB, UB},
        {"a=1; b=abc", UU, H},
        {"a=0; b=abc", F, UU},
        {"a=abc; b=1", UU, H},
        {"a=abc; b=0", F, UU},
        {"a=1", UM, H},
        {"a=0", F, UM},
        {"b=1", UM, H},
        {"b=0", F, UM},
        /* of two reasons the weightier */
        {"a=", UM, UM},
        {"b=", UM, UM},
        {"a=abc", UU, UU},
        {"b=abc", UU, UU},
        {"a=abc; b=", UU, UU},
        {"a=; b=abc", UU, UU},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect_verdict("a = 1 and b = 1", rows[i].cells, rows[i].both);
        expect_verdict("a = 1 or b = 1", rows[i].cells, rows[i].either);
    }
}
END_TEST

static const form_case logic_cases[] = {
    {"not a = 1", "a=1", F},
    {"not a = 1", "a=0", H},
    {"not a = 1", "a=", UB},
    {"not a = 1", "", UM},
    {"not a = 1", "a=abc", UU},
    {"not not a = 1", "a=1", H},
    {"not (a = 1 or b = 1)", "a=0; b=0", H},
    {"not (a = 1 or b = 1)", "a=0; b=", UB},
    {"not (a = 1 and b = 1)", "a=0; b=", H},
    /* not before and before or */
    {"a = 1 or b = 1 and c = 1", "a=1; b=0; c=0", H},
    {"(a = 1 or b = 1) and c = 1", "a=1; b=0; c=0", F},
    {"not a = 1 and b = 1", "a=0; b=0", F},
    {"not (a = 1 and b = 1)", "a=0; b=0", H},
    /* what rests on a blank being 0 says so, unless it need not */
    {"a = b and c = d", "a=0; b=; c=1; d=1", BZ},
    {"c = d and a = b", "a=0; b=; c=1; d=1", BZ},
    {"a = b or c = d", "a=0; b=; c=1; d=1", H},
    {"c = d or a = b", "a=0; b=; c=1; d=1", H},
    {"a = b or c = d", "a=0; b=; c=1; d=2", BZ},
    {"a = b and c = d", "a=0; b=; c=1; d=2", F},
    {"a = b and c = d", "a=0; b=; c=1; d=", UB},
    /* and a denial never does */
    {"not a = b", "a=0; b=", UB},
    {"not (a = b and c = 1)", "a=0; b=; c=1", UB},
    {"not (a = b and c = 1)", "a=0; b=; c=2", H},
    {"not not a = b", "a=0; b=", UB},
};

START_TEST(logic)
{
    EXPECT_ALL(logic_cases);
}
END_TEST

/* ---- if, then ------------------------------------------------------------ */

static const form_case if_cases[] = {
    {"if a = 1 then b = 2", "a=0; b=5", H},
    {"if a = 1 then b = 2", "a=1; b=2", H},
    {"if a = 1 then b = 2", "a=1; b=3", F},
    {"if a = 1 then b = 2", "a=; b=2", UB},
    {"if a = 1 then b = 2", "a=; b=3", UB},
    {"if a = 1 then b = 2", "b=2", UM},
    {"if a = 1 then b = 2", "a=abc; b=2", UU},
    {"if a = 1 then b = 2", "a=0; b=abc", H},
    {"if a = 1 then b = 2", "a=0", H},
    {"if a = 1 then b = 2", "a=1; b=", UB},
    {"if a = 1 then b = 2", "a=1", UM},
    {"if a = 1 then b = 2", "a=1; b=abc", UU},
    {"if a = 1 then b = c", "a=1; b=0; c=", BZ},
    {"if a = 1 then b = c + d", "a=1; b=2; c=3; d=", F},
    {"if a = 1 or b = 1 then c = 2", "a=1; b=; c=2", H},
    {"if a = 1 or b = 1 then c = 2", "a=1; b=; c=3", F},
    {"if a = 1 and b = 1 then c = 2", "a=0; b=; c=3", H},
    {"if a = 1 and b = 1 then c = 2", "a=1; b=; c=3", UB},
    {"if not a = 1 then b = 2", "a=0; b=3", F},
    {"if blank(a) then b = 0", "a=; b=1", F},
    {"if blank(a) then b = 0", "a=5; b=1", H},
    {"if reported(a) then reported(b)", "a=5; b=", F},
    {"if reported(a) then reported(b)", "a=; b=", H},
    {"if a = 1 then b > 0 and reported(c)", "a=1; b=2; c=", F},
    {"if a = 1 then b > 0 and reported(c)", "a=1; b=2; c=0", H},
    /* an error must not rest on a blank that is taken as 0 */
    {"if a = b then c = 1", "a=0; b=; c=2", UB},
    {"if a = b and d = 1 then c = 1", "a=0; b=; c=2; d=1", UB},
    {"if a = b and d = 1 then c = 1", "a=0; b=; c=2; d=0", H},
    {"if a = b or d = 1 then c = 1", "a=0; b=; c=2; d=1", F},
    {"if x in {1} then p = percent(a, b)", "x=1; p=50; a=1; b=2", H},
    {"if x in {1} then p = percent(a, b)", "x=1; p=33.4; a=1; b=3",
     "rounding rounded-up"},
    {"if x in {1} then p = percent(a, b)", "x=0; p=99; a=1; b=2", H},
    {"if x in {1} then p = percent(a, b)", "x=1; p=0; a=0; b=0",
     "unknown zero-denominator"},
};

START_TEST(conditions)
{
    EXPECT_ALL(if_cases);
}
END_TEST

/* ---- percent ------------------------------------------------------------- */

#define RT "rounding truncated"
#define RU "rounding rounded-up"
#define ZD "unknown zero-denominator"

/* p = percent(a, b) */
static const struct {
    const char *cells;
    const char *verdict;
} ratio_cases[] = {
    {"p=50; a=1; b=2", H},
    {"p=50.0; a=1; b=2", H},
    {"p=50.000; a=1; b=2", H},
    {"p=51; a=1; b=2", F},
    {"p=0; a=0; b=7", H},
    {"p=100; a=7; b=7", H},
    {"p=150; a=3; b=2", H},
    /* 33.33… */
    {"p=33; a=1; b=3", H},
    {"p=33.3; a=1; b=3", H},
    {"p=33,33; a=1; b=3", H},
    {"p=33.33%; a=1; b=3", H},
    {"p=33,3 %; a=1; b=3", H},
    {"p=34; a=1; b=3", RU},
    {"p=33.4; a=1; b=3", RU},
    {"p=32; a=1; b=3", F},
    {"p=35; a=1; b=3", F},
    {"p=33.2; a=1; b=3", F},
    {"p=33.5; a=1; b=3", F},
    /* 66.66… */
    {"p=67; a=2; b=3", H},
    {"p=66.7; a=2; b=3", H},
    {"p=66; a=2; b=3", RT},
    {"p=66.6; a=2; b=3", RT},
    {"p=66.66; a=2; b=3", RT},
    {"p=66.65; a=2; b=3", F},
    {"p=66.70; a=2; b=3", F},
    /* 12.5 is 13 half up and 12 half to even */
    {"p=13; a=1; b=8", H},
    {"p=12; a=1; b=8", H},
    {"p=11; a=1; b=8", F},
    {"p=14; a=1; b=8", F},
    /* 37.5 is 38 by both */
    {"p=38; a=3; b=8", H},
    {"p=37; a=3; b=8", RT},
    /* 0.25, at one decimal 0.3 half up and 0.2 half to even */
    {"p=0.3; a=1; b=400", H},
    {"p=0.2; a=1; b=400", H},
    /* 0.75: 0.8 by both */
    {"p=0.8; a=3; b=400", H},
    {"p=0.7; a=3; b=400", RT},
    /* just below and just above a half */
    {"p=50; a=504999; b=1000000", H},
    {"p=51; a=504999; b=1000000", RU},
    {"p=51; a=505001; b=1000000", H},
    {"p=50; a=505001; b=1000000", RT},
    {"p=50; a=505000; b=1000000", H},
    /* in a percentage a single mark is the decimal mark */
    {"p=32.780; a=1639; b=5000", H},
    {"p=32,780; a=1639; b=5000", H},
    {"p=1.000; a=1; b=100", H},
    /* 18 digits */
    {"p=99.9999999999999999; a=999999999999999998; b=999999999999999999", H},
    {"p=99.999999999999999; a=999999999999999998; b=999999999999999999", RT},
    {"p=99.9999999999999999; a=999999999999999999; b=999999999999999999", F},
    {"p=0.0000000000001; a=1; b=999999999999999", H},
    /* negative numerators: half away from zero, and half to even */
    {"p=-50; a=-1; b=2", H},
    {"p=-13; a=-1; b=8", H},
    {"p=-12; a=-1; b=8", H},
    {"p=-33; a=-1; b=3", H},
    {"p=-34; a=-1; b=3", RT},
    {"p=-66; a=-2; b=3", RU},
    {"p=-32; a=-1; b=3", F},
    {"p=50; a=-1; b=2", F},
    /* a negative base is never right */
    {"p=-50; a=1; b=-2", F},
    {"p=50; a=-1; b=-2", F},
    {"p=50; a=; b=-2", F},
    /* nothing to divide by */
    {"p=0; a=0; b=0", ZD},
    {"p=0; a=5; b=0", ZD},
    {"p=5; a=0; b=0", ZD},
    {"p=5; a=0; b=0.00", ZD},
    {"p=0; a=; b=0", ZD},
    {"p=; a=0; b=0", UB},
    /* cells that say nothing */
    {"p=; a=1; b=2", UB},
    {"p=50; a=; b=", UB},
    {"p=50; a=1; b=", UB},
    {"p=50; a=1", UM},
    {"a=1; b=2", UM},
    {"p=; a=1", UM},
    {"p=; b=2", UM},
    {"p=50; a=1; b=abc", UU},
    {"p=50; a=abc; b=2", UU},
    {"p=abc; a=1; b=2", UU},
    {"p=abc; a=1; b=0", UU},
    {"p=abc; b=0", UU},
    {"p=; a=abc; b=0", UU},
    /* a blank numerator can only raise what is printed */
    {"p=0; a=; b=2", BZ},
    {"p=50; a=; b=2", UB},
    {"p=50; b=2", UM},
    {"p=0; b=2", UM},
    {"p=-1; a=; b=2", F},
    {"p=-1; b=2", F},
};

START_TEST(percentages)
{
    for (size_t i = 0; i < sizeof ratio_cases / sizeof *ratio_cases; i++)
        expect_verdict("p = percent(a, b)", ratio_cases[i].cells,
                       ratio_cases[i].verdict);
}
END_TEST

static const form_case percent_sum_cases[] = {
    {"p = percent(a + c, b)", "p=50; a=1; c=1; b=4", H},
    {"p = percent(a, b + c)", "p=50; a=2; b=3; c=1", H},
    {"p = percent(a, b + c)", "p=50; a=2; b=3; c=", UB},
    {"p = percent(a, b - c)", "p=50; a=1; b=1; c=3", F},
    {"p = percent(a, b - c)", "p=0; a=1; b=3; c=3", ZD},
    {"p = percent(2 * a, 0.5 * b)", "p=50; a=1; b=8", H},
    {"p = percent(a, 200)", "p=50; a=100", H},
    /* what is known of the numerator is the least it can be */
    {"p = percent(a + c, b)", "p=50; a=1; c=; b=2", BZ},
    {"p = percent(a + c, b)", "p=49; a=1; c=; b=2", F},
    {"p = percent(a + c, b)", "p=51; a=1; c=; b=2", UB},
    {"p = percent(a + c, b)", "p=33; a=1; c=; b=3", BZ},
    {"p = percent(a + c, b)", "p=66; a=2; c=; b=3", UB},
    {"p = percent(a + c, b)", "p=65; a=2; c=; b=3", F},
    {"p = percent(a + c, b)", "p=50; a=1; b=2", UM},
    {"p = percent(a + c, b)", "p=49; a=1; b=2", F},
    {"p = percent(a + c + d, b)", "p=50; a=1; c=; b=2", UM},
    {"p = percent(a - c, b)", "p=50; a=1; c=; b=2", UB},
    {"p = percent(a - c, b)", "p=10; a=1; c=; b=2", UB},
    /* amounts: 31.15 to 35.59, open at both ends */
    {"p = percent(m, n)", "p=33; m=1.0; n=3.0", H},
    {"p = percent(m, n)", "p=34; m=1.0; n=3.0", RU},
    {"p = percent(m, n)", "p=35; m=1.0; n=3.0", AR},
    {"p = percent(m, n)", "p=36; m=1.0; n=3.0", AR},
    {"p = percent(m, n)", "p=37; m=1.0; n=3.0", F},
    {"p = percent(m, n)", "p=32; m=1.0; n=3.0", AR},
    {"p = percent(m, n)", "p=31; m=1.0; n=3.0", AR},
    {"p = percent(m, n)", "p=30; m=1.0; n=3.0", F},
    {"p = percent(m, n)", "p=35.5; m=1.0; n=3.0", AR},
    {"p = percent(m, n)", "p=35.7; m=1.0; n=3.0", F},
    /* 12.5 to 37.5, neither reached */
    {"p = percent(m, a)", "p=13; m=1; a=4", AR},
    {"p = percent(m, a)", "p=37; m=1; a=4", AR},
    {"p = percent(m, a)", "p=12; m=1; a=4", F},
    {"p = percent(m, a)", "p=38; m=1; a=4", F},
    /* a base that may be nearly 0 bounds nothing from above */
    {"p = percent(a, m - n)", "p=1000; a=1; m=1.0; n=0.9", H},
    {"p = percent(a, m - n)", "p=999999; a=1; m=1.0; n=0.9", AR},
    {"p = percent(a, m - n)", "p=501; a=1; m=1.0; n=0.9", AR},
    {"p = percent(a, m - n)", "p=499; a=1; m=1.0; n=0.9", F},
    {"p = percent(a, m - n)", "p=5; a=0; m=1.0; n=0.9", F},
    {"p = percent(a, m)", "p=999999; a=1; m=0.1", F},
    {"p = percent(m, n)", "p=0; m=0; n=0.1", H},
};

START_TEST(percentages_of_sums)
{
    EXPECT_ALL(percent_sum_cases);
}
END_TEST

START_TEST(a_rate_without_a_base_is_told)
{
    static const struct {
        const char *cells;
        const char *findings;
    } rows[] = {{"p=0; a=0; b=0", ""},
                {"p=; a=0; b=0", ""},
                {"p=0; a=; b=0", ""},
                {"p=0.00; a=0; b=0", ""},
                {"p=0; a=5; b=0", "rule.zero-denominator:r@2:5"},
                {"p=5; a=0; b=0", "rule.zero-denominator:r@2:5"},
                {"p=5; a=; b=0", "rule.zero-denominator:r@2:5"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char csv[FIXTURE_TEXT];
        parcheck_schema *schema = fixture_schema("f", "p = percent(a, b)");
        parcheck_report *report = fixture_check(
            schema, fixture_form(csv, rows[i].cells));
        char rules[256] = "";

        /* Rows that the case does not name are missing: not of interest. */
        for (size_t k = 0; k < parcheck_report_finding_count(report); k++) {
            const parcheck_finding *f = parcheck_report_finding(report, k);
            const parcheck_cell *cell = parcheck_finding_cell(f, 0);

            if (parcheck_finding_rule(f) != NULL)
                (void)snprintf(rules, sizeof rules, "%s:%s@%zu:%zu",
                               parcheck_finding_code(f),
                               parcheck_rule_id(parcheck_finding_rule(f)),
                               parcheck_cell_line(cell),
                               parcheck_cell_column(cell));
        }
        ck_assert_str_eq(rules, rows[i].findings);
        parcheck_report_free(report);
        parcheck_schema_free(schema);
    }
}
END_TEST

/* ---- units: children, roles, periods ------------------------------------- */

static void expect_of_unit(const char *family, const char *check,
                           const char *const *texts, size_t count,
                           const char *unit, const char *verdict)
{
    parcheck_schema *schema = fixture_schema(family, check);
    parcheck_report *report = fixture_validate(schema, texts, count, NULL);
    const char *found = fixture_verdict(report, "r", unit);

    ck_assert_msg(strcmp(found, verdict) == 0,
                  "%s for %s in\n%s: %s, but it should be %s", check,
                  unit != NULL ? unit : "the form", texts[0], found, verdict);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}

#define TABLE "stt,unit_name,u,v,w\n"

/* A rule of the table family and the verdict for one unit. */
static const struct {
    const char *check;
    const char *rows;
    const char *unit;
    const char *verdict;
} table_cases[] = {
    {"u = children(u)", TABLE "I,H,9,,\nII,P,6,,\n1,A,2,,\n2,B,4,,\n", "II", H},
    {"u = children(u)", TABLE "I,H,9,,\nII,P,7,,\n1,A,2,,\n2,B,4,,\n", "II", F},
    /* only rows that can have children have such a rule */
    {"u = children(u)", TABLE "I,H,9,,\nII,P,6,,\n1,A,2,,\n", "I", "none"},
    {"u = children(u)", TABLE "I,H,9,,\nII,P,6,,\n1,A,2,,\n", "1", "none"},
    {"u = children(u)", TABLE "II,P,6,,\n1,A,6,,\n2,B,,,\n", "II", BZ},
    {"u = children(u)", TABLE "II,P,6,,\n1,A,7,,\n2,B,,,\n", "II", F},
    {"u = children(u)", TABLE "II,P,6,,\n1,A,5,,\n2,B,,,\n", "II", UB},
    {"u = children(u)", TABLE "II,P,,,\n1,A,5,,\n2,B,1,,\n", "II", UB},
    {"u = children(u)", TABLE "II,P,6,,\n1,A,y,,\n2,B,1,,\n", "II", UU},
    {"u = children(u)", TABLE "II,P,6,,\n", "II", UM},
    {"u = children(u)", TABLE "II,P,0,,\n", "II", UM},
    /* rows above the one they belong to are below nothing */
    {"u = children(u)", TABLE "1,A,2,,\nII,P,4,,\n2,B,4,,\n", "II", H},
    /* one level of them can be missing altogether */
    {"u = children(u)", TABLE "I,H,9,,\n1,A,2,,\n", "I", "none"},
    {"children(u) >= v", TABLE "II,P,,5,\n1,A,5,,\n2,B,,,\n", "II", H},
    {"v = 2 * children(u)", TABLE "II,P,,12,\n1,A,2,,\n2,B,4,,\n", "II", H},
    {"v = children(u) - children(v)", TABLE "II,P,,3,\n1,A,2,1,\n2,B,4,2,\n",
     "II", H},
    {"w = children(w)", TABLE "II,P,,,1.1\n1,A,,,0.5\n2,B,,,0.5\n", "II", AR},
    {"w = children(w)", TABLE "II,P,,,1.2\n1,A,,,0.5\n2,B,,,0.5\n", "II", F},
    /* every row */
    {"u <= v", TABLE "I,H,1,2,\nII,P,5,6,\n1,A,8,7,\n", "I", H},
    {"u <= v", TABLE "I,H,1,2,\nII,P,5,6,\n1,A,8,7,\n", "II", H},
    {"u <= v", TABLE "I,H,1,2,\nII,P,5,6,\n1,A,8,7,\n", "1", F},
    /* one row by its role */
    {"u <= u@head", TABLE "I,H,9,,\nII,P,9,,\n1,A,10,,\n", "I", H},
    {"u <= u@head", TABLE "I,H,9,,\nII,P,9,,\n1,A,10,,\n", "II", H},
    {"u <= u@head", TABLE "I,H,9,,\nII,P,9,,\n1,A,10,,\n", "1", F},
    {"u <= u@head", TABLE "II,P,9,,\n1,A,10,,\n", "1", UM},
    {"u <= u@head", TABLE "I,H,,,\n1,A,10,,\n", "1", UB},
    {"u + 1 > u@head", TABLE "I,H,,,\n1,A,y,,\n", "1", UU},
    {"reported(u@head)", TABLE "I,H,,,\n1,A,1,,\n", "1", F},
    {"u@head in {1, 2}", TABLE "I,H,2,,\n1,A,1,,\n", "1", H},
    /* a column that is not there */
    {"u = v", "stt,unit_name,u\nI,H,1\n", "I", UM},
    {"u = children(v)", "stt,unit_name,u\nII,P,1\n1,A,1\n", "II", UM},
};

START_TEST(units_of_a_table)
{
    for (size_t i = 0; i < sizeof table_cases / sizeof *table_cases; i++)
        expect_of_unit("t", table_cases[i].check, &table_cases[i].rows, 1,
                       table_cases[i].unit, table_cases[i].verdict);
}
END_TEST

/* A rule of the forms that looks into the table; "" for no table. */
static const struct {
    const char *check;
    const char *cells;
    const char *rows;
    const char *verdict;
} role_cases[] = {
    {"a = u@head", "a=9", TABLE "I,H,9,,\nII,P,6,,\n", H},
    {"a = u@head", "a=8", TABLE "I,H,9,,\nII,P,6,,\n", F},
    {"a = u@head + u@parts", "a=15", TABLE "I,H,9,,\nII,P,6,,\n", H},
    {"a = u@head", "a=9", TABLE "II,P,6,,\n", UM},
    {"a = u@head", "a=9", "", UM},
    {"a = u@head", "a=9", TABLE "I,H,,,\n", UB},
    {"a = u@head", "a=0", TABLE "I,H,,,\n", BZ},
    {"a >= u@head", "a=", "", UM},
    {"a = u@head", "a=9", TABLE "I,H,y,,\n", UU},
    {"if reported(a) then a = u@head", "a=", "", H},
    {"p = percent(u@head, u@parts)", "p=50", TABLE "I,H,1,,\nII,P,2,,\n", H},
};

START_TEST(rules_that_join_families)
{
    for (size_t i = 0; i < sizeof role_cases / sizeof *role_cases; i++) {
        char csv[FIXTURE_TEXT];
        const char *texts[] = {fixture_form(csv, role_cases[i].cells),
                               role_cases[i].rows};

        expect_of_unit("f", role_cases[i].check, texts,
                       role_cases[i].rows[0] != '\0' ? 2 : 1, NULL,
                       role_cases[i].verdict);
    }
}
END_TEST

static const form_case previous_cases[] = {
    {"a >= previous(a)", "a=5", UM},
    {"a >= previous(a)", "a=", UM},
    {"a >= year_before(a)", "a=5", UM},
    {"a >= previous(a)", "a=abc", UU},
    {"a >= previous(a)", "a=-3", UM},
    {"a = previous(a) + b", "a=1; b=2", UM},
    {"a + previous(a) >= 0", "a=1", UM},
    {"not a >= previous(a)", "a=-3", UM},
    {"if a = 0 then a = previous(a)", "a=1", H},
    {"a >= 0 or a >= previous(a)", "a=1", H},
    {"p = percent(a, previous(a))", "p=1; a=1", UM},
    {"p = percent(previous(a), a)", "p=1; a=0", UM},
};

START_TEST(the_period_before_is_missing)
{
    EXPECT_ALL(previous_cases);
}
END_TEST

START_TEST(verdicts_are_counted)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_report *report = fixture_check(
        schema, TABLE "I,H,1,2,\nII,P,3,2,\n1,A,5,4,\n2,B,,4,\n3,C,0,,\n");

    ck_assert_uint_eq(parcheck_report_verdict_count(report), 5);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_HOLDS), 2);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_FAILS), 2);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_UNKNOWN),
                      1);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_ROUNDING),
                      0);
    ck_assert_str_eq(fixture_findings(report),
                     "rule.fails:r@3:3 rule.fails:r@4:3");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evaluate");
    TCase *tests = tcase_create("evaluate");

    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, relations_with_every_kind_of_cell, 0,
                        sizeof relation_cases / sizeof *relation_cases);
    tcase_add_test(tests, sums);
    tcase_add_test(tests, amounts_in_thousands);
    tcase_add_test(tests, blank_words_are_blanks);
    tcase_add_test(tests, amounts);
    tcase_add_test(tests, questions);
    tcase_add_test(tests, three_valued_logic);
    tcase_add_test(tests, logic);
    tcase_add_test(tests, conditions);
    tcase_add_test(tests, percentages);
    tcase_add_test(tests, percentages_of_sums);
    tcase_add_test(tests, a_rate_without_a_base_is_told);
    tcase_add_test(tests, units_of_a_table);
    tcase_add_test(tests, rules_that_join_families);
    tcase_add_test(tests, the_period_before_is_missing);
    tcase_add_test(tests, verdicts_are_counted);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
