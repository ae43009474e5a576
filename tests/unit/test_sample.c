/* Submissions with random numbers that violate no rule. */
#include "sample/sample.h"

#include <string.h>

#include "failing_allocator.h"
#include "fixture.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_arena arena;
static parcheck_schema *schema;
static pc_sample sample;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_arena_init(&arena, &allocator);
    schema = NULL;
}

static void teardown(void)
{
    pc_arena_free(&arena);
    parcheck_schema_free(schema);
    ck_assert_uint_eq(fa.live, 0);
}

static const parcheck_edition *edition_of(const char *family)
{
    for (size_t i = 0; i < schema->family_count; i++)
        if (strcmp(schema->families[i].name, family) == 0)
            return &schema->families[i].editions[0];
    ck_abort_msg("there is no family %s", family);
    return NULL;
}

static void fill(const char *family, uint64_t seed)
{
    ck_assert(
        pc_sample_make(&sample, schema, edition_of(family), seed, &arena));
    ck_assert(pc_sample_fill(&sample));
}

static const pc_sample_cell *cell_of(const char *name)
{
    for (size_t i = 0; i < sample.cell_count; i++)
        if (strcmp(sample.cells[i].indicator->name, name) == 0)
            return &sample.cells[i];
    ck_abort_msg("there is no cell %s", name);
    return NULL;
}

static bool is_filled(const char *name)
{
    return sample.components[cell_of(name)->component].filled;
}

/* ---- one rule ------------------------------------------------------------ */

static const char *const rules[] = {
    "a = b + c",
    "a = 2 * b + 0.5 * c - 3",
    "m = n + o",
    "a < b and b < c and c < d",
    "a != b",
    "p = percent(a, b)",
    "p = percent(a + b, c + d)",
    "p = percent(m, n)",
    "x in {0, 1}",
    "a in {7, 9, 12}",
    "blank(a)",
    "if x = 1 then a = b + c",
    "if a > b then blank(c) and d = 0",
    "(x = 1 and blank(a)) or (blank(x) and a = 2)",
    "not (a <= b)",
    "not reported(a)",
    "a + b + c + d = 1000",
    "a = 123456",
};

START_TEST(rule_holds)
{
    schema = fixture_schema("f", rules[_i]);
    for (uint64_t seed = 0; seed < 20; seed++) {
        fill("f", seed);
        ck_assert_uint_eq(sample.rule_count, 1);
        ck_assert_msg(pc_sample_judge(&sample, 0) == PARCHECK_HOLDS,
                      "%s, seed %u", rules[_i], (unsigned)seed);
        for (size_t i = 0; i < sample.component_count; i++)
            ck_assert(sample.components[i].filled);
    }
}
END_TEST

/* They cannot hold, or not in numbers that are tried. */
static const char *const impossible[] = {
    "a < a", "a + b = -1", "p = 101", "a = 0.5", "x = 2", "a > b and b > a",
};

START_TEST(rule_cannot_hold)
{
    schema = fixture_schema("f", impossible[_i]);
    fill("f", 1);
    ck_assert(sample.components[sample.cells[0].component].hopeless ||
              !is_filled("x") || !is_filled("p"));
    ck_assert(is_filled("z"));
    ck_assert(cell_of("z")->fact->state == PC_FACT_VALUE);
}
END_TEST

/* ---- units --------------------------------------------------------------- */

START_TEST(table_has_rows)
{
    schema = fixture_schema("t", "u = children(u)");
    fill("t", 5);
    ck_assert_uint_eq(sample.submission.units.count, 2 + PC_SAMPLE_ROWS);
    /* Of head, parts and part, only parts has rows below it. */
    ck_assert_uint_eq(sample.rule_count, 1);
    ck_assert_uint_eq(sample.rules[0].cells.count, 1 + PC_SAMPLE_ROWS);
    ck_assert(pc_sample_judge(&sample, 0) == PARCHECK_HOLDS);
}
END_TEST

START_TEST(role_is_found)
{
    schema = fixture_schema("t", "u <= v@head");
    fill("t", 5);
    ck_assert_uint_eq(sample.rule_count, 2 + PC_SAMPLE_ROWS);
    for (size_t i = 0; i < sample.rule_count; i++)
        ck_assert(pc_sample_judge(&sample, i) == PARCHECK_HOLDS);
}
END_TEST

static const char *const looking_back[] = {"a > previous(a)",
                                           "a > year_before(a)"};

START_TEST(periods_follow)
{
    schema = fixture_schema("f", looking_back[_i]);
    fill("f", 5);
    ck_assert_uint_eq(sample.submission.units.count, PC_SAMPLE_PERIODS);
    ck_assert(pc_sample_judge(&sample, 0) == PARCHECK_UNKNOWN);
    for (size_t i = 1; i < sample.rule_count; i++)
        ck_assert(pc_sample_judge(&sample, i) == PARCHECK_HOLDS);
}
END_TEST

/* ---- the built-in schemas ------------------------------------------------ */

/* Every edition can be filled, many times, and no rule is violated; the same
 * seed gives the same numbers. */
static void check_edition(const parcheck_edition *edition)
{
    uint64_t sums[2] = {0, 0};

    for (unsigned run = 0; run < 2; run++) {
        ck_assert(pc_sample_make(&sample, schema, edition, 7, &arena));
        for (unsigned i = 0; i < 5; i++) {
            ck_assert(pc_sample_fill(&sample));
            for (size_t r = 0; r < sample.rule_count; r++)
                ck_assert_msg(
                    pc_sample_judge(&sample, r) != PARCHECK_FAILS &&
                        pc_sample_judge(&sample, r) != PARCHECK_ROUNDING,
                    "%s: %s", edition->name, sample.rules[r].rule->id);
            for (size_t c = 0; c < sample.cell_count; c++)
                sums[run] = sums[run] * 31 +
                            (uint64_t)sample.cells[c].fact->value.coefficient;
        }
    }
    ck_assert(sums[0] == sums[1]);
}

START_TEST(built_in)
{
    schema = fixture_builtin();
    for (size_t i = 0; i < schema->family_count; i++)
        for (size_t j = 0; j < schema->families[i].edition_count; j++)
            check_edition(&schema->families[i].editions[j]);
}
END_TEST

START_TEST(failing_rule_is_told)
{
    const pc_sample_cell *total;

    schema = fixture_schema("f", "a = b + c");
    fill("f", 3);
    total = cell_of("a");
    ck_assert(pc_sample_failing(&sample, 0) == PC_NONE);
    total->fact->value.coefficient++;
    ck_assert_uint_eq(pc_sample_failing(&sample, 0), 0);
}
END_TEST

START_TEST(memory_fails)
{
    schema = fixture_schema("f", "p = percent(a, b)");
    for (size_t n = 1;; n++) {
        bool done;

        failing_allocator_init(&fa, n, true);
        done = pc_sample_make(&sample, schema, edition_of("f"), 1, &arena) &&
               pc_sample_fill(&sample);
        pc_arena_free(&arena);
        ck_assert(done == (fa.failures == 0));
        if (done) {
            ck_assert_uint_gt(n, 2);
            return;
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sample");
    TCase *tests = tcase_create("sample");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, rule_holds, 0, sizeof rules / sizeof *rules);
    tcase_add_loop_test(tests, rule_cannot_hold, 0,
                        sizeof impossible / sizeof *impossible);
    tcase_add_test(tests, table_has_rows);
    tcase_add_test(tests, role_is_found);
    tcase_add_loop_test(tests, periods_follow, 0, 2);
    tcase_add_test(tests, built_in);
    tcase_add_test(tests, failing_rule_is_told);
    tcase_add_test(tests, memory_fails);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
