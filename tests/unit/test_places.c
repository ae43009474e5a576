/* The places of the units of an archive: hierarchies and rings. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"
#include "sample/random.h"

static const fixture_table tables[] = {
    {"f", "rules.csv", FIXTURE_RULES "below,a = children(a),error,VI,EN,B\n"},
    {"f", "one.csv", FIXTURE_EDITION "1,1,a,A,,count,,\n"}};

static parcheck_schema *schema;

static void load(void)
{
    schema = fixture_load(tables, 2);
}

static void unload(void)
{
    parcheck_schema_free(schema);
}

/* ---- runs ---------------------------------------------------------------- */

typedef struct said {
    char text[8192];
    size_t length;
    size_t outcomes[4];
} said;

static void add(said *s, const char *text)
{
    size_t length = strlen(text);

    ck_assert_uint_lt(s->length + length, sizeof s->text);
    memcpy(s->text + s->length, text, length + 1);
    s->length += length;
}

/* "line code: message" of each finding about places. */
static int add_finding(void *context, const parcheck_finding *finding)
{
    const char *code = parcheck_finding_code(finding);
    char line[64];

    if (strcmp(code, "unit.cycle") != 0 && strcmp(code, "unit.unlisted") != 0)
        return 0;
    (void)snprintf(line, sizeof line, "%zu ",
                   parcheck_cell_line(parcheck_finding_cell(finding, 0)));
    add(context, line);
    add(context, parcheck_finding_message(finding, PARCHECK_ENGLISH));
    add(context, "\n");
    return 0;
}

static int ignore(void *context, const void *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return 0;
}

static parcheck_stream *open_stream(said *s, int unsorted, bool totals)
{
    parcheck_stream_options options;
    parcheck_stream *stream;

    memset(s, 0, sizeof *s);
    parcheck_stream_options_init(&options, sizeof options);
    options.finding = add_finding;
    options.finding_context = s;
    options.unsorted = unsorted;
    if (totals)
        options.rollup = ignore;
    ck_assert_int_eq(parcheck_stream_new(&stream, schema, &options, NULL),
                     PARCHECK_OK);
    return stream;
}

static parcheck_status give(parcheck_stream *stream, const char *text,
                            parcheck_error *error)
{
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.name = "units.csv";
    input.data = text;
    input.length = strlen(text);
    return parcheck_stream_hierarchy(stream, &input, error);
}

static void run(said *s, const char *units, const char *rows, int unsorted,
                bool totals)
{
    static const char heading[] = "unit,parent,period,form,code,value\n";
    parcheck_stream *stream = open_stream(s, unsorted, totals);

    if (units != NULL)
        ck_assert_int_eq(give(stream, units, NULL), PARCHECK_OK);
    ck_assert_int_eq(
        parcheck_stream_feed(stream, heading, sizeof heading - 1, NULL),
        PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(stream, rows, strlen(rows), NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_finish(stream, NULL), PARCHECK_OK);
    for (int i = 0; i < 4; i++)
        s->outcomes[i] = parcheck_stream_outcome_count(stream,
                                                       (parcheck_outcome)i);
    parcheck_stream_free(stream);
}

/* ---- what a hierarchy lacks ---------------------------------------------- */

static const struct {
    const char *units;
    const char *rows;
    const char *said;
} lacks[] = {
    /* None is given. */
    {NULL, "X,,2023,1,1,5\n", ""},
    /* All are in it, one as a parent alone. */
    {"unit,parent\nX,H\n", "X,,2023,1,1,5\nH,,2023,1,1,5\n", ""},
    /* Nothing of the data is in it: another normal form, a code, a blank. */
    {"unit,parent\nX\xC3\xA3,H\n", "Xa\xCC\x83,,2023,1,1,5\n",
     "2 the hierarchy does not have 1 of the 1 units of the data and says "
     "nothing of what is above it: Xa\xCC\x83\n"},
    {"unit,parent\nX,H\nY,H\n",
     "001,,2023,1,1,5\n002,,2023,1,1,5\n002,,2024,1,1,5\n",
     "2 the hierarchy does not have 2 of the 2 units of the data and says "
     "nothing of what is above them: 001; 002\n"},
    {"unit,parent\n\"X \",H\n", "X,,2023,1,1,5\n",
     "2 the hierarchy does not have 1 of the 1 units of the data and says "
     "nothing of what is above it: X\n"},
    {"unit,parent\n", "X,,2023,1,1,5\n",
     "2 the hierarchy does not have 1 of the 1 units of the data and says "
     "nothing of what is above it: X\n"},
    /* Some are not, and the parent of one is told by the data. */
    {"unit,parent\nX,H\n",
     "X,,2023,1,1,5\nZ,,2023,1,1,5\nB,Q,2023,1,1,5\nH,,2023,1,1,5\n",
     "3 the hierarchy does not have 2 of the 4 units of the data and says "
     "nothing of what is above them: B; Z\n"},
    /* A unit that has sent nothing is none of the data. */
    {"unit,parent\nX,H\n", "X,Q,2023,1,1,5\n", ""}};

START_TEST(test_lacks)
{
    static said s;

    for (int unsorted = 0; unsorted < 2; unsorted++) {
        run(&s, lacks[_i].units, lacks[_i].rows, unsorted, false);
        ck_assert_str_eq(s.text, lacks[_i].said);
    }
}
END_TEST

/* The first twelve by name, whatever comes first. */
START_TEST(test_lacks_many)
{
    static said s;
    char rows[2048] = "";
    size_t length = 0;

    for (int i = 0; i < 14; i++)
        length += (size_t)snprintf(rows + length, sizeof rows - length,
                                   "U%02d,H,2023,1,1,5\n", i * 5 % 14);
    run(&s, "unit,parent\nX,H\n", rows, 0, true);
    ck_assert_str_eq(
        s.text,
        "2 the hierarchy does not have 14 of the 14 units of the data and says "
        "nothing of what is above them: U00; U01; U02; U03; U04; U05; U06; "
        "U07; U08; U09; U10; U11; …\n");
}
END_TEST

/* ---- rings in the data --------------------------------------------------- */

static const char ring_of_two[] =
    "units stand above each other in a ring: A; B; where totals are made, that "
    "of the units below “A” goes no further up\n";

static const struct {
    const char *units;
    const char *rows;
    int line; /* of A */
} rings[] = {
    {NULL, "A,B,2023,1,1,5\nB,A,2023,1,1,5\n", 2},
    {NULL, "B,A,2023,1,1,5\nA,B,2023,1,1,5\n", 3},
    /* Units that lead into it, before and behind. */
    {NULL, "C,B,2023,1,1,5\nB,A,2023,1,1,5\n0,C,2023,1,1,5\nA,B,2023,1,1,5\n",
     5},
    /* A unit above itself has none above it. */
    {NULL, "A,B,2023,1,1,5\nB,A,2023,1,1,5\nC,C,2023,1,1,5\n", 2},
    /* One half of it stands in the hierarchy. */
    {"unit,parent\nA,B\n", "B,A,2023,1,1,5\nA,C,2023,1,1,5\n", 0}};

START_TEST(test_ring)
{
    static said s;
    char expected[512];

    for (int mode = 0; mode < 4; mode++) {
        run(&s, rings[_i].units, rings[_i].rows, mode & 1, mode >= 2);
        (void)snprintf(expected, sizeof expected, "%d %s",
                       rings[_i].line > 0 ? rings[_i].line : 1, ring_of_two);
        ck_assert_str_eq(s.text, expected);
    }
}
END_TEST

/* Each ring once, by the first name of each. */
START_TEST(test_rings)
{
    static said s;
    char rows[2048] = "";
    size_t length = 0;

    for (int i = 0; i < 13; i++)
        length += (size_t)snprintf(rows + length, sizeof rows - length,
                                   "R%02d,R%02d,2023,1,1,5\n", i, (i + 1) % 13);
    (void)snprintf(rows + length, sizeof rows - length,
                   "Q,P,2023,1,1,5\nP,Q,2023,1,1,5\n");
    run(&s, NULL, rows, 0, false);
    ck_assert_str_eq(
        s.text,
        "16 units stand above each other in a ring: P; Q; where totals are "
        "made, that of the units below “P” goes no further up\n"
        "2 units stand above each other in a ring: R00; R01; R02; R03; R04; "
        "R05; R06; R07; R08; R09; R10; R11; …; where totals are made, that of "
        "the units below “R00” goes no further up\n");
}
END_TEST

/* A unit that is its own parent is none of those below it. */
START_TEST(test_own_parent)
{
    static said s;

    run(&s, NULL, "A,A,2023,1,1,5\nB,A,2023,1,1,5\n", 0, false);
    ck_assert_str_eq(s.text, "");
    ck_assert_uint_eq(s.outcomes[PARCHECK_HOLDS], 1);
    ck_assert_uint_eq(s.outcomes[PARCHECK_FAILS], 0);
}
END_TEST

/* ---- rings in the hierarchy ---------------------------------------------- */

enum { MOST = 9 };

/* The record with which a ring is closed or a unit comes again, found by going
 * up at every record; 0 for none. `*column` is where it is told. */
static size_t first_wrong(const int *units, const int *parents, size_t count,
                          size_t *column)
{
    int above[MOST];
    bool placed[MOST] = {false};

    for (int i = 0; i < MOST; i++)
        above[i] = -1;
    for (size_t i = 0; i < count; i++) {
        *column = 1;
        if (placed[units[i]])
            return i + 1;
        *column = 2;
        for (int at = parents[i]; at >= 0; at = above[at])
            if (at == units[i])
                return i + 1;
        placed[units[i]] = true;
        above[units[i]] = parents[i];
    }
    return 0;
}

/* Told of the first record that is wrong, as if each had been looked at. */
START_TEST(test_wrong_record)
{
    static said s;
    pc_random random = {.state = (uint64_t)_i + 1};

    for (int round = 0; round < 200; round++) {
        size_t count = pc_random_below(&random, 2 * MOST);
        int units[2 * MOST];
        int parents[2 * MOST];
        char text[512] = "unit,parent\n";
        size_t length = strlen(text);
        parcheck_stream *stream = open_stream(&s, 0, false);
        parcheck_error error;
        size_t column = 0;
        size_t wrong;

        for (size_t i = 0; i < count; i++) {
            units[i] = (int)pc_random_below(&random, MOST);
            parents[i] = (int)pc_random_below(&random, MOST + 2);
            if (parents[i] >= MOST)
                parents[i] = -1;
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       parents[i] < 0 ? "U%d,\n" : "U%d,U%d\n",
                                       units[i], parents[i]);
        }
        wrong = first_wrong(units, parents, count, &column);
        ck_assert_int_eq(give(stream, text, &error),
                         wrong > 0 ? PARCHECK_EINVAL : PARCHECK_OK);
        if (wrong > 0) {
            ck_assert_uint_eq(error.line, wrong + 1);
            ck_assert_uint_eq(error.column, column);
        }
        parcheck_stream_free(stream);
    }
}
END_TEST

/* A hierarchy after one that was refused for a ring. */
START_TEST(test_after_ring)
{
    static said s;
    parcheck_stream *stream = open_stream(&s, 0, false);
    parcheck_error error;

    ck_assert_int_eq(give(stream, "unit,parent\nA,B\nB,A\n", &error),
                     PARCHECK_EINVAL);
    ck_assert_int_eq(give(stream, "unit,parent\nC,D\n", &error), PARCHECK_OK);
    ck_assert_int_eq(give(stream, "unit,parent\nE,C\nD,E\n", &error),
                     PARCHECK_EINVAL);
    ck_assert_uint_eq(error.line, 3);
    parcheck_stream_free(stream);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("places");
    TCase *tests = tcase_create("places");

    tcase_add_checked_fixture(tests, load, unload);
    tcase_add_loop_test(tests, test_lacks, 0, COUNT(lacks));
    tcase_add_test(tests, test_lacks_many);
    tcase_add_loop_test(tests, test_ring, 0, COUNT(rings));
    tcase_add_test(tests, test_rings);
    tcase_add_test(tests, test_own_parent);
    tcase_add_loop_test(tests, test_wrong_record, 0, 10);
    tcase_add_test(tests, test_after_ring);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
