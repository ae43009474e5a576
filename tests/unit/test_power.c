/* How surely the rules of an edition notice a slip in a cell. */
#include <string.h>

#include "failing_allocator.h"
#include "fixture.h"
#include "runner.h"

static failing_allocator fa;
static parcheck_schema *schema;
static parcheck_power *power;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    schema = NULL;
    power = NULL;
}

static void teardown(void)
{
    parcheck_power_free(power);
    parcheck_schema_free(schema);
    ck_assert_uint_eq(fa.live, 0);
}

static void measure(const char *family, const char *check)
{
    parcheck_allocator allocator = failing_allocator_get(&fa);
    parcheck_error error = {0};
    size_t index = strcmp(family, "f") == 0 ? 0 : 1;

    schema = fixture_schema(family, check);
    ck_assert_msg(
        parcheck_schema_power(
            &power, schema,
            parcheck_family_edition(parcheck_schema_family(schema, index), 0),
            &allocator, &error) == PARCHECK_OK,
        "%s", error.en);
}

static size_t find(const char *name, const char *role)
{
    for (size_t i = 0; i < parcheck_power_cell_count(power); i++) {
        const char *found = parcheck_power_role(power, i);

        if (strcmp(parcheck_indicator_name(parcheck_power_indicator(power, i)),
                   name) == 0 &&
            (role == NULL ? found == NULL : strcmp(found, role) == 0))
            return i;
    }
    ck_abort_msg("there is no cell %s", name);
    return 0;
}

/* 'n' none of the slips is seen, 'a' all are, 's' some, '-' there are none. */
static char seen(size_t cell, parcheck_slip slip)
{
    uint64_t detected = parcheck_power_detected(power, cell, slip);
    uint64_t possible = parcheck_power_possible(power, cell, slip);

    ck_assert(detected <= possible);
    if (possible == 0)
        return '-';
    return detected == 0 ? 'n' : detected == possible ? 'a' : 's';
}

static const struct {
    const char *check;
    const char *name;
    const char *seen; /* replaced, transposed, by one */
} cells[] = {
    {"a = b + c", "a", "aaa"},   {"a = b + c", "c", "aaa"},
    {"a = b + c", "d", "nnn"},   {"a <= b", "a", "sss"},
    {"a <= 999999", "a", "nnn"}, {"a = 7", "a", "a-a"},
    {"a = 77", "a", "a-a"},      {"a = 12", "a", "aaa"},
    {"x in {0, 1}", "x", "s-s"}, {"p = percent(a, b)", "p", "sas"},
    {"p = 12.5", "p", "aaa"},
};

START_TEST(slips_are_seen)
{
    size_t cell;

    measure("f", cells[_i].check);
    cell = find(cells[_i].name, NULL);
    ck_assert_ptr_null(parcheck_power_reason(power, cell));
    for (int slip = 0; slip < 3; slip++)
        ck_assert_msg(seen(cell, (parcheck_slip)slip) == cells[_i].seen[slip],
                      "%s, %s, slip %d: %c", cells[_i].check, cells[_i].name,
                      slip, seen(cell, (parcheck_slip)slip));
}
END_TEST

/* With one filling known by heart the counts are known, too: of 12 each
 * digit has nine others, two neighbours differ, and there are 11 and 13; and
 * of 99 and more only a few of the slips of 97 are seen. */
START_TEST(counts_are_exact)
{
    size_t n = parcheck_power_filling_count(NULL);
    size_t cell;

    measure("f", "a = 12 and b >= 93 and b <= 97 and b != 93 and b != 94 and "
                 "b != 95 and b != 96");
    cell = find("a", NULL);
    ck_assert_uint_eq(parcheck_power_possible(power, cell, 0), 18 * n);
    ck_assert_uint_eq(parcheck_power_detected(power, cell, 0), 18 * n);
    ck_assert_uint_eq(parcheck_power_possible(power, cell, 1), n);
    ck_assert_uint_eq(parcheck_power_possible(power, cell, 2), 2 * n);
    ck_assert_uint_eq(parcheck_power_rule_count(power, cell), 1);
    cell = find("b", NULL);
    ck_assert_uint_eq(parcheck_power_possible(power, cell, 0), 18 * n);
    ck_assert_uint_eq(parcheck_power_detected(power, cell, 0), 18 * n);
    cell = find("c", NULL);
    ck_assert_uint_eq(parcheck_power_rule_count(power, cell), 0);
}
END_TEST

START_TEST(some_are_seen)
{
    size_t n = parcheck_power_filling_count(NULL);
    size_t cell;

    measure("f", "a in {5, 6}"); /* of the nine others one is right */
    cell = find("a", NULL);
    ck_assert_uint_eq(parcheck_power_possible(power, cell, 0), 9 * n);
    ck_assert_uint_eq(parcheck_power_detected(power, cell, 0), 8 * n);
    ck_assert_uint_eq(parcheck_power_possible(power, cell, 2), 2 * n);
    ck_assert_uint_eq(parcheck_power_detected(power, cell, 2), n);
}
END_TEST

START_TEST(not_measurable)
{
    measure("f", "a < a");
    ck_assert_str_eq(parcheck_power_reason(power, find("a", NULL)),
                     "no-filling");
    ck_assert_uint_eq(parcheck_power_possible(power, find("a", NULL), 0), 0);
    ck_assert_ptr_null(parcheck_power_reason(power, find("b", NULL)));
    parcheck_power_free(power);
    parcheck_schema_free(schema);
    measure("f", "blank(a)");
    ck_assert_str_eq(parcheck_power_reason(power, find("a", NULL)),
                     "always-blank");
}
END_TEST

START_TEST(table_by_role)
{
    measure("t", "u = children(u)");
    ck_assert_uint_eq(parcheck_power_cell_count(power), 3 * 3);
    ck_assert_int_eq(seen(find("u", "parts"), PARCHECK_SLIP_BY_ONE), 'a');
    ck_assert_int_eq(seen(find("u", "part"), PARCHECK_SLIP_BY_ONE), 'a');
    ck_assert_int_eq(seen(find("u", "head"), PARCHECK_SLIP_BY_ONE), 'n');
    ck_assert_uint_eq(parcheck_power_rule_count(power, find("u", "part")), 1);
    ck_assert_uint_eq(parcheck_power_rule_count(power, find("u", "head")), 0);
}
END_TEST

START_TEST(middle_period)
{
    measure("f", "a >= previous(a)");
    ck_assert_uint_eq(parcheck_power_rule_count(power, find("a", NULL)), 2);
    ck_assert_int_eq(seen(find("a", NULL), PARCHECK_SLIP_REPLACED), 's');
}
END_TEST

START_TEST(wrong_arguments)
{
    parcheck_schema *other = fixture_builtin();
    parcheck_error error;

    measure("f", "a = b");
    parcheck_power_free(power);
    ck_assert_int_eq(
        parcheck_schema_power(
            &power, schema,
            parcheck_family_edition(parcheck_schema_family(other, 0), 0), NULL,
            &error),
        PARCHECK_EINVAL);
    ck_assert_ptr_null(power);
    parcheck_schema_free(other);
}
END_TEST

START_TEST(beyond_the_end)
{
    size_t end;

    measure("f", "a = b");
    end = parcheck_power_cell_count(power);
    ck_assert_ptr_null(parcheck_power_indicator(power, end));
    ck_assert_ptr_null(parcheck_power_role(power, end));
    ck_assert_ptr_null(parcheck_power_reason(power, end));
    ck_assert_uint_eq(parcheck_power_rule_count(power, end), 0);
    ck_assert_uint_eq(parcheck_power_possible(power, end, 0), 0);
    ck_assert_uint_eq(parcheck_power_detected(power, 0, (parcheck_slip)3), 0);
    parcheck_power_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("power");
    TCase *tests = tcase_create("power");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, slips_are_seen, 0, sizeof cells / sizeof *cells);
    tcase_add_test(tests, counts_are_exact);
    tcase_add_test(tests, some_are_seen);
    tcase_add_test(tests, not_measurable);
    tcase_add_test(tests, table_by_role);
    tcase_add_test(tests, middle_period);
    tcase_add_test(tests, wrong_arguments);
    tcase_add_test(tests, beyond_the_end);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
