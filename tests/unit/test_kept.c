/* What is kept for the rules across submissions: how much of it, and that
 * forgetting it in time changes no verdict. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parcheck/parcheck.h"
#include "runner.h"

/* ---- schemas of a single number ------------------------------------------ */

enum { OVER_PERIODS, OVER_YEARS, BELOW, SCHEMAS };

static parcheck_schema *schemas[SCHEMAS];

static const char *const rules[SCHEMAS] = {
    "id,check,severity,vi,en,basis\n"
    "grows,b >= previous(b),error,Tăng,It grows,x\n",
    "id,check,severity,vi,en,basis\n"
    "grows,b >= previous(b),error,Tăng,It grows,x\n"
    "yearly,b >= year_before(b),error,Tăng,It grows by the year,x\n",
    "id,check,severity,vi,en,basis\n"
    "sum,b = children(b),error,Tổng,The sum,x\n"
    "grows,b >= previous(b),error,Tăng,It grows,x\n"};

static parcheck_table table_of(const char *name, const char *data)
{
    const parcheck_table made = {"f", name, data, strlen(data)};

    return made;
}

static void load(void)
{
    for (size_t i = 0; i < SCHEMAS; i++) {
        const parcheck_table tables[] = {
            table_of("family.csv", "key,value\nversion,1\nvi,F\nen,F\n"),
            table_of("e.csv", "form,code,name,label,unit,kind,level,choices\n"
                              "1,1,b,Chỉ tiêu b,Cái,count,,\n"),
            table_of("rules.csv", rules[i])};

        ck_assert_int_eq(
            parcheck_schema_load_tables(&schemas[i], tables, 3, NULL, NULL),
            PARCHECK_OK);
    }
}

static void unload(void)
{
    for (size_t i = 0; i < SCHEMAS; i++)
        parcheck_schema_free(schemas[i]);
}

/* ---- submissions --------------------------------------------------------- */

typedef struct submission {
    size_t unit;
    const char *period;
    unsigned value;
} submission;

enum { MOST = 512 };

typedef struct series {
    submission all[MOST];
    size_t count;
} series;

static void add(series *s, size_t unit, const char *period, unsigned value)
{
    ck_assert_uint_lt(s->count, MOST);
    s->all[s->count++] = (submission){unit, period, value};
}

static const char *const periods[] = {
    "2021-Q1", "2021-H1", "2021-9M", "2021",    "2022-Q1", "2022-Q2",
    "2022-Q3", "2022-Q4", "2023-Q1", "2023-H1", "2023-9M", "2023"};
enum { PERIODS = sizeof periods / sizeof *periods, UNITS = 6 };

static unsigned value_of(size_t unit, size_t period)
{
    return (unsigned)((unit * 7 + period * 5 + unit * period) % 11);
}

static void add_period(series *s, size_t unit, size_t period)
{
    add(s, unit, periods[period], value_of(unit, period));
}

static void by_unit(series *s)
{
    s->count = 0;
    for (size_t u = 0; u < UNITS; u++)
        for (size_t p = 0; p < PERIODS; p++)
            add_period(s, u, p);
}

static void by_unit_latest_first(series *s)
{
    s->count = 0;
    for (size_t u = 0; u < UNITS; u++)
        for (size_t p = PERIODS; p > 0; p--)
            add_period(s, u, p - 1);
}

static void by_period(series *s)
{
    s->count = 0;
    for (size_t p = 0; p < PERIODS; p++)
        for (size_t u = 0; u < UNITS; u++)
            add_period(s, u, p);
}

/* A table of each year by unit, one behind the other. */
static void by_year_and_unit(series *s)
{
    s->count = 0;
    for (size_t year = 0; year < PERIODS; year += 4)
        for (size_t u = 0; u < UNITS; u++)
            for (size_t p = year; p < year + 4; p++)
                add_period(s, u, p);
}

static unsigned long long next_random(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return *state >> 33;
}

static void in_any_order(series *s, unsigned long long state)
{
    by_unit(s);
    for (size_t i = s->count; i > 1; i--) {
        size_t j = next_random(&state) % i;
        submission other = s->all[j];

        s->all[j] = s->all[i - 1];
        s->all[i - 1] = other;
    }
}

/* ---- runs ---------------------------------------------------------------- */

typedef struct result {
    char text[1 << 16]; /* of each finding "unit period rule", a line each */
    size_t length;
    size_t outcomes[4];
} result;

static int take(void *context, const parcheck_finding *f)
{
    result *r = context;
    const parcheck_rule *rule = parcheck_finding_rule(f);
    const char *unit = parcheck_finding_unit(f);
    const char *period = parcheck_finding_period(f);
    int n = snprintf(r->text + r->length, sizeof r->text - r->length,
                     "%s %s %s\n", unit != NULL ? unit : "-",
                     period != NULL ? period : "-",
                     rule != NULL ? parcheck_rule_id(rule)
                                  : parcheck_finding_code(f));

    ck_assert_int_gt(n, 0);
    r->length += (size_t)n;
    ck_assert_uint_lt(r->length, sizeof r->text);
    return 0;
}

typedef struct setup {
    size_t across_bytes;
    size_t held_bytes;
    const parcheck_allocator *allocator;
} setup;

static const setup usual = {.held_bytes = 0};
static const setup tight = {.across_bytes = 1};
static const setup two_years = {.across_bytes = 4096};

static parcheck_stream *open_stream(const parcheck_schema *schema, result *r,
                                    const setup *how)
{
    parcheck_stream_options options;
    parcheck_stream *stream;

    memset(r, 0, sizeof *r);
    parcheck_stream_options_init(&options, sizeof options);
    options.finding = take;
    options.finding_context = r;
    options.explain = 0;
    options.allocator = how->allocator;
    if (how->across_bytes > 0)
        options.max_across_bytes = how->across_bytes;
    if (how->held_bytes > 0)
        options.max_held_bytes = how->held_bytes;
    ck_assert_int_eq(parcheck_stream_new(&stream, schema, &options, NULL),
                     PARCHECK_OK);
    return stream;
}

static void give(parcheck_stream *stream, const submission *s)
{
    char unit[16];
    char value[16];

    (void)snprintf(unit, sizeof unit, "U%zu", s->unit);
    (void)snprintf(value, sizeof value, "%u", s->value);
    ck_assert_int_eq(parcheck_stream_set(stream, unit,
                                         s->unit > 0 ? "U0" : NULL, s->period,
                                         "1", "1", value, NULL),
                     PARCHECK_OK);
}

static void finish(parcheck_stream *stream, result *r)
{
    ck_assert_int_eq(parcheck_stream_finish(stream, NULL), PARCHECK_OK);
    for (int i = 0; i < 4; i++)
        r->outcomes[i] = parcheck_stream_outcome_count(stream,
                                                       (parcheck_outcome)i);
    parcheck_stream_free(stream);
}

static void run(const parcheck_schema *schema, result *r, const series *s,
                const setup *how)
{
    parcheck_stream *stream = open_stream(schema, r, how);

    for (size_t i = 0; i < s->count; i++)
        give(stream, &s->all[i]);
    finish(stream, r);
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Cuts the text into its lines, in order. */
static size_t sort_lines(result *r, char *lines[MOST])
{
    size_t count = 0;

    for (char *at = strtok(r->text, "\n"); at != NULL; at = strtok(NULL, "\n"))
        lines[count++] = at;
    qsort(lines, count, sizeof *lines, compare_lines);
    return count;
}

static void expect_same(result *a, result *b)
{
    char *left[MOST];
    char *right[MOST];
    size_t count = sort_lines(a, left);

    ck_assert_uint_eq(count, sort_lines(b, right));
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(left[i], right[i]);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(a->outcomes[i], b->outcomes[i]);
}

static bool has_line(char *const *lines, size_t count, const char *line)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i], line) == 0)
            return true;
    return false;
}

/* ---- forgetting in time -------------------------------------------------- */

static void (*const orders[])(series *) = {by_unit, by_unit_latest_first,
                                           by_period, by_year_and_unit};
enum { ORDERS = sizeof orders / sizeof *orders };

/* In all orders that an export has, and with rules of all kinds, it makes no
 * difference how little is kept; but that units stand apart over the years has
 * to be seen before they are forgotten. */
START_TEST(test_same_verdicts)
{
    static series s;
    static result all;
    static result few;
    const parcheck_schema *schema = schemas[_i / ORDERS];

    orders[_i % ORDERS](&s);
    run(schema, &all, &s, &usual);
    run(schema, &few, &s,
        orders[_i % ORDERS] == by_year_and_unit ? &two_years : &tight);
    ck_assert_ptr_nonnull(strstr(all.text, "grows"));
    ck_assert_ptr_null(strstr(few.text, "unit.apart"));
    expect_same(&all, &few);
}
END_TEST

/* By unit the findings come once the unit is over, and not at the end. */
START_TEST(test_when_it_is_judged)
{
    static series s;
    static result r;
    parcheck_stream *stream = open_stream(schemas[OVER_PERIODS], &r, &tight);

    s.count = 0;
    add(&s, 0, "2023-Q1", 2);
    add(&s, 0, "2023-Q2", 1);
    add(&s, 1, "2023-Q1", 1);
    add(&s, 1, "2023-Q2", 1);
    add(&s, 2, "2023-Q1", 1);
    for (size_t i = 0; i < 3; i++)
        give(stream, &s.all[i]);
    ck_assert_str_eq(r.text, "");
    /* A submission ends when the next one begins. */
    give(stream, &s.all[3]);
    ck_assert_str_eq(r.text, "U0 2023-Q2 grows\n");
    give(stream, &s.all[4]);
    finish(stream, &r);
    ck_assert_str_eq(r.text, "U0 2023-Q2 grows\n");
}
END_TEST

/* By year they come once the next year has begun. */
START_TEST(test_a_year_is_judged)
{
    static series s;
    static result r;
    parcheck_stream *stream = open_stream(schemas[OVER_PERIODS], &r, &tight);

    s.count = 0;
    add(&s, 0, "2022-Q1", 2);
    add(&s, 1, "2022-Q1", 2);
    add(&s, 0, "2022-Q2", 1);
    add(&s, 1, "2022-Q2", 2);
    add(&s, 1, "2023-Q1", 2);
    add(&s, 0, "2023-Q1", 2);
    for (size_t i = 0; i < 5; i++)
        give(stream, &s.all[i]);
    ck_assert_str_eq(r.text, "");
    give(stream, &s.all[5]);
    ck_assert_str_eq(r.text, "U0 2022-Q2 grows\n");
    finish(stream, &r);
    ck_assert_str_eq(r.text, "U0 2022-Q2 grows\n");
    ck_assert_uint_eq(r.outcomes[PARCHECK_FAILS], 1);
    ck_assert_uint_eq(r.outcomes[PARCHECK_HOLDS], 1);
    ck_assert_uint_eq(r.outcomes[PARCHECK_UNKNOWN], 4);
}
END_TEST

/* A period that is not understood stands in the year that it is in. */
START_TEST(test_no_period)
{
    static series s;
    static result r;

    s.count = 0;
    add(&s, 0, "2022-Q1", 2);
    add(&s, 1, "2022-Q1", 2);
    add(&s, 1, "mùa xuân", 2);
    add(&s, 0, "mùa xuân", 2);
    add(&s, 0, "2022-Q2", 1);
    add(&s, 1, "2022-Q2", 1);
    add(&s, 0, "2023-Q1", 2);
    add(&s, 1, "2023-Q1", 2);
    add(&s, 1, "mùa hè", 2);
    add(&s, 0, "2023-Q2", 1);
    add(&s, 0, "2024-Q2", 1);
    run(schemas[OVER_PERIODS], &r, &s, &tight);
    ck_assert_str_eq(r.text, "U1 mùa xuân unit.other-period\n"
                             "U0 2022-Q2 grows\n"
                             "U1 2022-Q2 grows\n"
                             "U1 mùa hè unit.other-period\n"
                             "U0 2023-Q2 grows\n");
}
END_TEST

/* What comes too late is told of, and its rules are unknown: even one that
 * could be compared with another latecomer. */
START_TEST(test_apart)
{
    static series s;
    static result r;

    s.count = 0;
    add(&s, 0, "2023-Q1", 5);
    add(&s, 0, "2023-Q2", 5);
    add(&s, 1, "2023-Q1", 5);
    add(&s, 0, "2023-Q3", 4);
    add(&s, 0, "2023-Q4", 3);
    add(&s, 0, "2024-Q1", 3);
    add(&s, 0, "2024-Q2", 2);
    run(schemas[OVER_PERIODS], &r, &s, &tight);
    ck_assert_str_eq(r.text, "U0 2023-Q3 unit.apart\n"
                             "U0 2023-Q4 unit.apart\n"
                             "U0 2024-Q2 grows\n");
    ck_assert_uint_eq(r.outcomes[PARCHECK_FAILS], 1);
    ck_assert_uint_eq(r.outcomes[PARCHECK_HOLDS], 1);
    ck_assert_uint_eq(r.outcomes[PARCHECK_UNKNOWN], 5);
    run(schemas[OVER_PERIODS], &r, &s, &usual);
    ck_assert_str_eq(r.text, "U0 2023-Q3 grows\n"
                             "U0 2023-Q4 grows\n"
                             "U0 2024-Q2 grows\n");
}
END_TEST

/* "U1 2022-H1 grows": the unit and the year. */
static bool is_of(const char *line, const char *other)
{
    size_t length = (size_t)(strchr(line, ' ') - line) + 5;

    return strncmp(line, other, length) == 0;
}

/* Whether something of the unit is told to stand apart, within a year. */
static bool is_apart(char *const *lines, size_t count, const char *line)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(lines[i], "unit.apart") != NULL && is_of(line, lines[i]))
            return true;
    return false;
}

/* Whatever the order, every verdict is right, or a part of what it needs is
 * told to stand apart. */
START_TEST(test_any_order)
{
    static series s;
    static result all;
    static result few;
    char *right[MOST];
    char *told[MOST];
    size_t wanted;
    size_t count;
    const setup how = {.across_bytes = 1 + (size_t)(_i % 4) * 1000};

    in_any_order(&s, (unsigned long long)_i);
    run(schemas[OVER_PERIODS], &all, &s, &usual);
    run(schemas[OVER_PERIODS], &few, &s, &how);
    wanted = sort_lines(&all, right);
    count = sort_lines(&few, told);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(has_line(right, wanted, told[i]) ||
                          is_apart(told, count, told[i]),
                      "%s", told[i]);
    for (size_t i = 0; i < wanted; i++)
        ck_assert_msg(has_line(told, count, right[i]) ||
                          is_apart(told, count, right[i]),
                      "%s", right[i]);
}
END_TEST

/* ---- ceilings ------------------------------------------------------------ */

/* Over the ceiling nothing is judged on a part of the facts. */
START_TEST(test_ceiling)
{
    static series s;
    static result r;
    const setup low = {.held_bytes = 4096};

    by_period(&s);
    run(schemas[BELOW], &r, &s, &low);
    ck_assert_str_eq(r.text, "- - limit.across-bytes\n");
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(r.outcomes[i], 0);
}
END_TEST

/* Where the units stand together, the ceiling is never reached. */
START_TEST(test_below_the_ceiling)
{
    static series s;
    static result all;
    static result few;
    const setup low = {.held_bytes = 6000};

    by_unit(&s);
    run(schemas[OVER_PERIODS], &all, &s, &usual);
    run(schemas[OVER_PERIODS], &few, &s, &low);
    expect_same(&all, &few);
}
END_TEST

typedef struct account {
    size_t bytes; /* that are out */
    size_t peak;
} account;

typedef union head {
    size_t size;
    max_align_t align;
} head;

static void release(void *context, void *block)
{
    account *a = context;
    head *h = (head *)block - 1;

    a->bytes -= h->size;
    free(h);
}

static void *resize(void *context, void *block, size_t size)
{
    account *a = context;
    head *old = block != NULL ? (head *)block - 1 : NULL;
    head *h = malloc(sizeof *h + size);

    ck_assert_ptr_nonnull(h);
    h->size = size;
    a->bytes += size;
    a->peak = a->bytes > a->peak ? a->bytes : a->peak;
    if (old == NULL)
        return h + 1;
    memcpy(h + 1, block, old->size < size ? old->size : size);
    release(a, block);
    return h + 1;
}

/* The most memory for so many years of quarters. */
static size_t peak_of(unsigned years, bool units_first, const setup *given)
{
    enum { units = 60 };
    static result r;
    account a = {0, 0};
    const parcheck_allocator allocator = {resize, release, &a};
    setup how = *given;
    parcheck_stream *stream;

    how.allocator = &allocator;
    stream = open_stream(schemas[OVER_PERIODS], &r, &how);
    for (unsigned i = 0; i < years * 4 * units; i++) {
        unsigned unit = units_first ? i / (4 * years) : i % units;
        unsigned quarter = units_first ? i % (4 * years) : i / units;
        char period[16];
        submission s = {unit, period, quarter};

        (void)snprintf(period, sizeof period, "%u-Q%u", 1950 + quarter / 4,
                       1 + quarter % 4);
        give(stream, &s);
    }
    finish(stream, &r);
    ck_assert_str_eq(r.text, "");
    return a.peak;
}

/* Ten times as many periods cost next to nothing more: a bit each, and what is
 * known of the period itself. */
START_TEST(test_memory)
{
    const setup some = {.across_bytes = 1 << 16};
    bool units_first = _i == 0;
    size_t grown = peak_of(100, units_first, &some) -
                   peak_of(10, units_first, &some);
    size_t kept = peak_of(100, units_first, &usual) -
                  peak_of(10, units_first, &usual);

    ck_assert_uint_lt(grown, 21600 * 12);
    ck_assert_uint_gt(kept, 21600 * 72);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept");
    TCase *all = tcase_create("kept");

    tcase_add_unchecked_fixture(all, load, unload);
    tcase_add_loop_test(all, test_same_verdicts, 0, ORDERS * SCHEMAS);
    tcase_add_test(all, test_when_it_is_judged);
    tcase_add_test(all, test_a_year_is_judged);
    tcase_add_test(all, test_no_period);
    tcase_add_test(all, test_apart);
    tcase_add_loop_test(all, test_any_order, 0, 60);
    tcase_add_test(all, test_ceiling);
    tcase_add_test(all, test_below_the_ceiling);
    tcase_add_loop_test(all, test_memory, 0, 2);
    suite_add_tcase(suite, all);
    return pc_run_suite(suite);
}
