/* The decision in 64 bits against the wide evaluation, on rules and facts that
 * are drawn at random. */
#include <stdio.h>
#include <string.h>

#include "archive/archive.h"
#include "fixture.h"
#include "runner.h"
#include "sample/random.h"

enum { RULES = 150, DRAWS = 400, ROWS = 10, CHECK = 300 };

static const char edition_table[] = FIXTURE_EDITION
    "1,1,a,Row a,,count,,\n"
    "1,2,b,Row b,,count,,\n"
    "1,3,c,Row c,,count,,\n"
    "1,4,d,Row d,,count,,\n"
    "1,5,m,Row m,,amount,,\n"
    "1,6,n,Row n,,amount,,\n"
    "1,7,o,Row o,,amount,,\n"
    "1,8,p,Row p,,percent,,\n"
    "1,9,q,Row q,,percent,,\n"
    "1,10,x,Row x,,choice,,0 = No; 1 = Yes\n";
static const char names[] = "abcdmnopqx";

typedef struct text {
    char data[CHECK];
    size_t length;
} text;

static void add(text *t, const char *word)
{
    size_t length = strlen(word);

    ck_assert_uint_lt(t->length + length, CHECK);
    memcpy(t->data + t->length, word, length + 1);
    t->length += length;
}

static const char *one_of(pc_random *r, const char *const *words, size_t count)
{
    return words[pc_random_below(r, count)];
}

#define ONE_OF(r, words) one_of(r, words, sizeof(words) / sizeof *(words))

static void add_name(text *t, pc_random *r, size_t from, size_t end)
{
    char word[2] = {0};

    word[0] = names[from + pc_random_below(r, end - from)];
    add(t, word);
}

/* "2 * a - b + 7" of the names in [from, end). */
static void add_side(text *t, pc_random *r, size_t from, size_t end)
{
    static const char *const factors[] = {"", "", "",       "",       "2 * ",
                                          "", "", "255 * ", "300 * ", "0.5 * "};
    static const char *const numbers[] = {" + 1", " - 7", " + 1000", " + 0.5"};
    size_t count = 1 + pc_random_below(r, 3);

    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            add(t, pc_random_below(r, 4) == 0 ? " - " : " + ");
        add(t, ONE_OF(r, factors));
        add_name(t, r, from, end);
    }
    if (pc_random_below(r, 8) == 0)
        add(t, ONE_OF(r, numbers));
}

static void add_relation(text *t, pc_random *r)
{
    static const char *const signs[] = {
        " = ", " = ", " = ", " != ", " < ", " <= ", " > ", " >= "};
    bool amounts = pc_random_below(r, 3) == 0;

    add_side(t, r, amounts ? 4 : 0, amounts ? 7 : 4);
    add(t, ONE_OF(r, signs));
    add_side(t, r, amounts ? 4 : 0, amounts ? 7 : 4);
}

static void add_percent(text *t, pc_random *r)
{
    bool amounts = pc_random_below(r, 3) == 0;

    add_name(t, r, 7, 9);
    add(t, " = percent(");
    add_side(t, r, amounts ? 4 : 0, amounts ? 7 : 4);
    add(t, ", ");
    add_side(t, r, amounts ? 4 : 0, amounts ? 7 : 4);
    add(t, ")");
}

static void add_part(text *t, pc_random *r, int depth)
{
    static const char *const sets[] = {" in {0, 1}", " in {0.5, 3}",
                                       " in {-1, 2, 7}"};

    switch (pc_random_below(r, depth > 0 ? 7 : 4)) {
    case 0:
        add(t, pc_random_below(r, 2) == 0 ? "reported(" : "blank(");
        add_name(t, r, 0, ROWS);
        add(t, ")");
        break;
    case 1:
        add_name(t, r, 0, ROWS);
        add(t, ONE_OF(r, sets));
        break;
    case 4:
        add(t, "not (");
        add_part(t, r, depth - 1);
        add(t, ")");
        break;
    case 5:
    case 6:
        add(t, "(");
        add_part(t, r, depth - 1);
        add(t, pc_random_below(r, 2) == 0 ? ") and (" : ") or (");
        add_part(t, r, depth - 1);
        add(t, ")");
        break;
    default:
        add_relation(t, r);
    }
}

/* A schema of random rules. */
static parcheck_schema *draw_schema(pc_random *r)
{
    static char rules[FIXTURE_TEXT];
    const fixture_table tables[] = {{"f", "e.csv", edition_table},
                                    {"f", "rules.csv", rules}};
    size_t length = (size_t)snprintf(rules, sizeof rules, FIXTURE_RULES);

    for (int i = 0; i < RULES; i++) {
        text check = {"", 0};

        if (pc_random_below(r, 3) == 0) {
            add(&check, "if ");
            add_part(&check, r, 1);
            add(&check, " then ");
        }
        /* A percentage stands alone. */
        if (pc_random_below(r, 3) == 0)
            add_percent(&check, r);
        else
            add_part(&check, r, 2);
        length += (size_t)snprintf(rules + length, sizeof rules - length,
                                   "r%d,\"%s\",error,VI,EN,Form 1\n", i,
                                   check.data);
        ck_assert_uint_lt(length, sizeof rules);
    }
    return fixture_load(tables, 2);
}

/* ---- facts ----------------------------------------------------------------
 */

/* Mostly small numbers, with which a percentage may lie halfway, else some
 * around the bounds of 64 bits. */
static int64_t draw_value(pc_random *r)
{
    static const int64_t bounds[] = {
        INT64_C(1) << 27,           INT64_C(1) << 33, INT64_C(1) << 36,
        INT64_C(1) << 40,           INT64_C(1) << 32, INT64_C(1) << 48,
        INT64_C(999999999999999999)};
    static const int64_t small[] = {0, 0, 1, 1, 1, 2, 2, 3, 5, 6, 8, 40, 200};
    int64_t value;

    if (pc_random_below(r, 6) > 0)
        return small[pc_random_below(r, sizeof small / sizeof *small)];
    value = bounds[pc_random_below(r, sizeof bounds / sizeof *bounds)];
    value -= pc_random_between(r, 0, 3);
    if (pc_random_below(r, 3) == 0)
        value /= pc_random_between(r, 1, 300);
    return pc_random_below(r, 4) == 0 ? -value : value;
}

static pc_quick_fact draw_fact(pc_random *r, size_t row, bool complete)
{
    static const uint8_t scales[] = {0, 1, 2, 2, 3, 4, 6, 7, 8, 12, 18};
    pc_quick_fact fact = {0};
    uint64_t state = pc_random_below(r, complete ? 40 : 10);

    fact.state = PC_FACT_VALUE;
    if (state < 4)
        fact.state = (uint8_t[]){PC_FACT_MISSING, PC_FACT_BLANK, PC_FACT_BLANK,
                                 PC_FACT_UNREADABLE}[state];
    if (fact.state != PC_FACT_VALUE)
        return fact;
    fact.value = draw_value(r);
    if (row >= 4 && pc_random_below(r, 2) == 0)
        fact.scale = scales[pc_random_below(r, row < 7 ? sizeof scales : 5)];
    if (row >= 4 && row < 7 && pc_random_below(r, 8) == 0)
        fact.zeros = (uint8_t)pc_random_below(r, 7);
    return fact;
}

/* Lets p be about 100 * a / b, which a random number hardly ever is. */
static void fit_percent(pc_quick_fact *facts, const size_t symbols[ROWS],
                        pc_random *r)
{
    const pc_quick_fact *a = &facts[symbols[pc_random_below(r, 4)]];
    const pc_quick_fact *b = &facts[symbols[pc_random_below(r, 4)]];
    pc_quick_fact *p = &facts[symbols[7]];
    int64_t unit = 100;

    if (a->state != PC_FACT_VALUE || b->state != PC_FACT_VALUE ||
        b->value == 0 || p->state != PC_FACT_VALUE ||
        a->value > INT64_C(1) << 40 || a->value < -(INT64_C(1) << 40))
        return;
    p->scale = (uint8_t)pc_random_below(r, 4);
    for (unsigned i = 0; i < p->scale; i++)
        unit *= 10;
    p->value = unit * a->value / b->value + pc_random_between(r, -1, 1);
}

/* The places of the rows among the symbols of the family. */
static void find_symbols(size_t symbols[ROWS], const parcheck_edition *edition)
{
    ck_assert_uint_eq(edition->count, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert_int_eq(edition->indicators[i].name[0], names[i]);
        symbols[i] = edition->indicators[i].symbol;
    }
}

static void draw_facts(pc_quick_fact *facts, const size_t symbols[ROWS],
                       pc_random *r)
{
    bool complete = pc_random_below(r, 2) == 0;

    for (size_t i = 0; i < ROWS; i++)
        facts[symbols[i]] = draw_fact(r, i, complete);
    if (pc_random_below(r, 2) == 0)
        fit_percent(facts, symbols, r);
}

/* ---- both -----------------------------------------------------------------
 */

typedef struct both {
    pc_quick quick;
    pc_judging judging;
    pc_unit unit;
    pc_quick_fact facts[ROWS + 1];
    pc_fact wide[ROWS + 1];
    size_t decided; /* in 64 bits */
    size_t left;    /* to the wide evaluation */
    size_t outcomes[4];
} both;

/* Returns the outcome by the wide evaluation, which the other must share. */
static pc_result compare_rule(both *b, size_t index)
{
    const pc_quick_rule *rule = (const pc_quick_rule *)b->quick.rules.data +
                                index;
    pc_result quick;
    pc_result wide;
    bool decided = pc_quick_rule_result(&b->quick, index, b->facts, &quick);

    b->judging.unit = &b->unit;
    wide = pc_evaluate(&b->judging, rule->rule);
    b->outcomes[wide.outcome] += decided;
    b->decided += decided;
    b->left += !decided;
    ck_assert_msg(!decided || (quick.outcome == wide.outcome &&
                               quick.reason == wide.reason &&
                               quick.suspicious == wide.suspicious),
                  "%s: %d %d %d in 64 bits, but %d %d %d", rule->rule->check,
                  (int)quick.outcome, (int)quick.reason, quick.suspicious,
                  (int)wide.outcome, (int)wide.reason, wide.suspicious);
    return wide;
}

/* What pc_quick_judge() counts is what the rules have one by one. */
static void compare_all(both *b)
{
    size_t counts[4] = {0};
    size_t expected[4] = {0};
    bool loud = false;
    bool quiet;

    for (size_t i = 0; i < b->quick.rules.count; i++) {
        pc_result result = compare_rule(b, i);

        expected[result.outcome]++;
        loud = loud || result.suspicious || result.outcome == PARCHECK_FAILS ||
               result.outcome == PARCHECK_ROUNDING;
    }
    ck_assert(pc_quick_judge(&b->quick, b->facts, &b->judging, counts, &quiet));
    ck_assert_mem_eq(counts, expected, sizeof counts);
    ck_assert(quiet == !loud);
}

static void start(both *b, parcheck_schema *schema, pc_submission *submission,
                  pc_arena *arena)
{
    const parcheck_edition *edition = &schema->families[0].editions[0];

    memset(b, 0, sizeof *b);
    ck_assert(pc_quick_build(&b->quick, edition, arena));
    ck_assert_uint_eq(b->quick.rules.count, RULES);
    ck_assert_uint_eq(b->quick.symbols, ROWS);
    memset(submission, 0, sizeof *submission);
    submission->schema = schema;
    submission->presence = pc_no_roles(schema, arena);
    ck_assert_ptr_nonnull(submission->presence);
    b->judging.submission = submission;
    b->judging.arena = arena;
    b->unit.edition = edition;
    b->unit.previous = b->unit.year_before = PC_NONE;
    b->unit.role = b->unit.parent = PC_NONE;
    b->unit.first_child = b->unit.last_child = b->unit.next_sibling = PC_NONE;
    b->unit.facts = b->wide;
}

START_TEST(test_same_verdicts)
{
    pc_random random = {(uint64_t)_i + 1};
    parcheck_schema *schema = draw_schema(&random);
    const parcheck_allocator allocator = pc_allocator(NULL);
    pc_submission submission;
    pc_arena arena;
    size_t symbols[ROWS];
    both b;

    pc_arena_init(&arena, &allocator);
    start(&b, schema, &submission, &arena);
    find_symbols(symbols, b.unit.edition);
    for (int i = 0; i < DRAWS; i++) {
        draw_facts(b.facts, symbols, &random);
        pc_quick_widen(b.wide, b.facts, ROWS);
        compare_all(&b);
    }
    /* Both ways were taken, and what is decided is not always the same. */
    ck_assert_uint_gt(b.decided, RULES * DRAWS / 4);
    ck_assert_uint_gt(b.left, RULES * DRAWS / 100);
    ck_assert_uint_gt(b.outcomes[PARCHECK_HOLDS], RULES);
    ck_assert_uint_gt(b.outcomes[PARCHECK_FAILS], RULES);
    ck_assert_uint_gt(b.outcomes[PARCHECK_UNKNOWN], RULES);
    pc_arena_free(&arena);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("quick");
    TCase *tests = tcase_create("quick");

    tcase_add_loop_test(tests, test_same_verdicts, 0, 20);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
