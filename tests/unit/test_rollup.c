/* Totals of the units below: sums against a second way of adding, and totals
 * that are read again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"
#include "sample/sample.h"

/* ---- texts --------------------------------------------------------------- */

typedef struct text {
    char *data;
    size_t length;
    size_t room;
    bool refuse;
} text;

static int add_bytes(void *context, const void *bytes, size_t size)
{
    text *t = context;

    if (t->refuse)
        return 1;
    if (t->length + size + 1 > t->room) {
        t->room = (t->length + size + 1) * 2;
        t->data = realloc(t->data, t->room);
        ck_assert_ptr_nonnull(t->data);
    }
    memcpy(t->data + t->length, bytes, size);
    t->length += size;
    t->data[t->length] = '\0';
    return 0;
}

static void add_text(text *t, const char *more)
{
    (void)add_bytes(t, more, strlen(more));
}

static int add_code(void *context, const parcheck_finding *finding)
{
    char line[512];

    (void)snprintf(line, sizeof line, "%s %s\n",
                   parcheck_finding_unit(finding) != NULL
                       ? parcheck_finding_unit(finding)
                       : "-",
                   parcheck_finding_code(finding));
    add_text(context, line);
    return 0;
}

/* ";name;" of each cell in which a total lacks somebody. */
static int add_lacking(void *context, const parcheck_finding *finding)
{
    if (strncmp(parcheck_finding_code(finding), "rollup.", 7) != 0)
        return 0;
    for (size_t i = 0; i < parcheck_finding_cell_count(finding); i++) {
        add_text(context, ";");
        add_text(context,
                 parcheck_cell_name(parcheck_finding_cell(finding, i)));
        add_text(context, ";");
    }
    return 0;
}

/* ---- runs ---------------------------------------------------------------- */

typedef struct setup {
    const char *edition;
    const char *unit;
    const char *period;
    int unsorted;
    size_t step;
    size_t held_bytes;
    size_t submission_bytes;
    size_t field_bytes;
    int (*finding)(void *context, const parcheck_finding *finding);
} setup;

static const setup plain = {.step = 1000000};

/* Rolls `table` up. What is missing goes to `codes`. */
static parcheck_status roll(const parcheck_schema *schema, const text *table,
                            const setup *how, text *out, text *codes)
{
    parcheck_stream_options options;
    parcheck_stream *s;
    parcheck_status status = PARCHECK_OK;

    parcheck_stream_options_init(&options, sizeof options);
    options.edition = how->edition;
    options.unsorted = how->unsorted;
    options.explain = 0;
    options.rollup = add_bytes;
    options.rollup_context = out;
    options.rollup_unit = how->unit;
    options.rollup_period = how->period;
    options.finding = codes == NULL          ? NULL
                      : how->finding != NULL ? how->finding
                                             : add_code;
    options.finding_context = codes;
    if (how->held_bytes > 0)
        options.max_held_bytes = how->held_bytes;
    if (how->submission_bytes > 0)
        options.max_submission_bytes = how->submission_bytes;
    if (how->field_bytes > 0)
        options.max_field_bytes = how->field_bytes;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    for (size_t at = 0; status == PARCHECK_OK && at < table->length;
         at += how->step) {
        size_t left = table->length - at;

        status = parcheck_stream_feed(
            s, table->data + at, left < how->step ? left : how->step, NULL);
    }
    if (status == PARCHECK_OK)
        status = parcheck_stream_finish(s, NULL);
    parcheck_stream_free(s);
    return status;
}

/* ---- sums ---------------------------------------------------------------- */

static const fixture_table tables[] = {
    {"f", "rules.csv",
     FIXTURE_RULES "part,m <= n + 1000000000,error,VI,EN,B\n"
                   "rate,\"p = percent(a, b)\",error,VI,EN,B\n"},
    {"f", "one.csv",
     FIXTURE_EDITION "1,1,a,A,,count,,\n1,2,b,B,,count,,\n"
                     "1,3,m,M,,amount,,\n1,4,n,N,,amount,,\n"
                     "1,5,p,P,,percent,,\n"}};

static parcheck_schema *schema;

static void load(void)
{
    schema = fixture_load(tables, 2);
}

static void unload(void)
{
    parcheck_schema_free(schema);
}

static const char heading[] = "unit,parent,period,form,code,value\n";

enum { COMMUNES = 60, DISTRICTS = 7, PERIODS = 3, ROWS = 4 };

/* In thousandths; -1 is a blank. */
static long long cells[COMMUNES][PERIODS][ROWS];

static void print_value(char *out, size_t size, long long value, bool amount)
{
    if (value < 0)
        out[0] = '\0';
    else if (!amount)
        (void)snprintf(out, size, "%lld", value / 1000);
    else if (value % 1000 == 0)
        (void)snprintf(out, size, "%lld.0", value / 1000);
    else if (value % 10 == 0)
        (void)snprintf(out, size, "%lld.%02lld", value / 1000,
                       value % 1000 / 10);
    else
        (void)snprintf(out, size, "%lld.%03lld0", value / 1000, value % 1000);
}

static void put_row(text *t, int unit, int period, int row)
{
    char value[40];
    char line[128];

    print_value(value, sizeof value, cells[unit][period][row], row >= 2);
    (void)snprintf(line, sizeof line, "X%02d,H%d,2023-Q%d,1,%d,%s\n", unit,
                   unit % DISTRICTS, period + 1, row + 1, value);
    add_text(t, line);
}

/* The rows of the table in some order: the one of the submissions, or all rows
 * mixed. */
static void put_table(text *t, pc_random *random, bool mixed)
{
    enum { ALL = COMMUNES * PERIODS * ROWS };
    int order[ALL];

    add_text(t, heading);
    for (int i = 0; i < ALL; i++)
        order[i] = i;
    for (int i = ALL - 1; mixed && i > 0; i--) {
        int other = (int)pc_random_below(random, (uint64_t)i + 1);
        int was = order[i];

        order[i] = order[other];
        order[other] = was;
    }
    for (int i = 0; i < ALL; i++)
        put_row(t, order[i] / (PERIODS * ROWS), order[i] / ROWS % PERIODS,
                order[i] % ROWS);
}

static void fill_cells(pc_random *random)
{
    for (int u = 0; u < COMMUNES; u++)
        for (int p = 0; p < PERIODS; p++)
            for (int r = 0; r < ROWS; r++) {
                long long value = (long long)pc_random_below(random, 1000000);

                if (pc_random_below(random, 9) == 0)
                    cells[u][p][r] = -1;
                else
                    cells[u][p][r] = r < 2 ? value * 1000 : value;
            }
}

static long long sum_of(int district, int period, int row)
{
    long long sum = -1;

    for (int u = district; u < COMMUNES; u += DISTRICTS)
        if (cells[u][period][row] >= 0)
            sum = (sum < 0 ? 0 : sum) + cells[u][period][row];
    return sum;
}

/* The sum of a row in a table of totals, in thousandths; -1 for a blank. */
static long long read_total(const text *out, const char *row)
{
    const char *at = strstr(out->data, row);
    long long value = 0;
    int decimals = -1;

    ck_assert_msg(at != NULL, "there is no row %s", row);
    at += strlen(row);
    if (*at == '\n')
        return -1;
    for (; *at != '\n'; at++) {
        if (*at == '.')
            decimals = 0;
        else if (decimals < 3)
            value = value * 10 + (*at - '0');
        else
            ck_assert_int_eq(*at, '0');
        decimals += *at != '.' && decimals >= 0;
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 3; decimals++)
        value *= 10;
    return value;
}

static void check_sums(const text *out)
{
    static const char *const names[] = {"A", "B", "M", "N"};
    char row[64];

    for (int d = 0; d < DISTRICTS; d++)
        for (int p = 0; p < PERIODS; p++)
            for (int r = 0; r < ROWS; r++) {
                (void)snprintf(row, sizeof row, "H%d,,2023-Q%d,f/one,1,%d,%s,",
                               d, p + 1, r + 1, names[r]);
                ck_assert_int_eq(read_total(out, row), sum_of(d, p, r));
            }
}

/* Whatever the order of the rows and the pieces they come in. */
START_TEST(test_sums)
{
    pc_random random;
    text sorted = {NULL, 0, 0, false};
    text mixed = {NULL, 0, 0, false};
    text first = {NULL, 0, 0, false};
    text second = {NULL, 0, 0, false};
    const setup pieces = {.step = (size_t)_i * 37 + 1};
    const setup unsorted = {.step = 5000, .unsorted = 1};

    random.state = (uint64_t)_i + 1;
    fill_cells(&random);
    put_table(&sorted, &random, false);
    put_table(&mixed, &random, true);
    ck_assert_int_eq(roll(schema, &sorted, &pieces, &first, NULL), PARCHECK_OK);
    check_sums(&first);
    ck_assert_int_eq(roll(schema, &mixed, &unsorted, &second, NULL),
                     PARCHECK_OK);
    ck_assert_str_eq(first.data, second.data);
    free(sorted.data);
    free(mixed.data);
    free(first.data);
    free(second.data);
}
END_TEST

/* ---- rates --------------------------------------------------------------- */

static const struct {
    const char *a;
    const char *b;
    const char *rate;
} rates[] = {{"1", "3", "33.33"},
             {"2", "3", "66.67"},
             {"1", "800", "0.13"}, /* 0.125 */
             {"3", "800", "0.38"}, /* 0.375 */
             {"1", "8001", "0.01"},
             {"0", "7", "0.00"},
             {"7", "7", "100.00"},
             {"8", "7", ""},
             {"1", "0", ""},
             {"", "7", ""},
             {"7", "", ""},
             {"199999", "200000", "100.00"},
             {"999999999999999998", "999999999999999999", "100.00"},
             {"333333333333333333", "999999999999999999", "33.33"}};

START_TEST(test_rate)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};
    char rows[256];
    char expected[64];

    (void)snprintf(rows, sizeof rows,
                   "%sX,H,2023,1,1,%s\nX,H,2023,1,2,%s\nX,H,2023,1,5,50\n",
                   heading, rates[_i].a, rates[_i].b);
    (void)snprintf(expected, sizeof expected, ",1,5,P,%s\n", rates[_i].rate);
    add_text(&table, rows);
    ck_assert_int_eq(roll(schema, &table, &plain, &out, NULL), PARCHECK_OK);
    ck_assert_msg(strstr(out.data, expected) != NULL, "%s", out.data);
    free(table.data);
    free(out.data);
}
END_TEST

/* What the sums of a percentage that is worked out lack. */
static const struct {
    const char *table;
    bool uneven; /* of H */
} parts[] = {{"X,H,2023,1,1,5\nX,H,2023,1,2,10\nX,H,2023,1,5,50\n"
              "Y,H,2023,1,1,5\nY,H,2023,1,2,10\nY,H,2023,1,5,50\n",
              false},
             /* One left the numerator blank, or does not have it. */
             {"X,H,2023,1,1,\nX,H,2023,1,2,10\nX,H,2023,1,5,\n"
              "Y,H,2023,1,1,5\nY,H,2023,1,2,10\nY,H,2023,1,5,50\n",
              true},
             {"X,H,2023,1,2,10\nX,H,2023,1,5,\n"
              "Y,H,2023,1,1,5\nY,H,2023,1,2,10\nY,H,2023,1,5,50\n",
              true},
             /* The base, and what cannot be read. */
             {"X,H,2023,1,1,1\nX,H,2023,1,2,x\nX,H,2023,1,5,\n"
              "Y,H,2023,1,1,5\nY,H,2023,1,2,10\nY,H,2023,1,5,50\n",
              true},
             /* Different ones of two units. */
             {"X,H,2023,1,1,1\nX,H,2023,1,2,\nX,H,2023,1,5,\n"
              "Y,H,2023,1,1,\nY,H,2023,1,2,10\nY,H,2023,1,5,\n",
              true},
             /* Both: it is that of the other. */
             {"X,H,2023,1,1,\nX,H,2023,1,2,\nX,H,2023,1,5,\n"
              "Y,H,2023,1,1,5\nY,H,2023,1,2,10\nY,H,2023,1,5,50\n",
              false},
             /* None is worked out. */
             {"X,H,2023,1,1,\nX,H,2023,1,2,10\nX,H,2023,1,5,\n", false},
             /* Two levels up, where a unit has sent nothing itself. */
             {"X,G,2023,1,1,\nX,G,2023,1,2,10\nX,G,2023,1,5,\n"
              "Y,G,2023,1,1,5\nY,G,2023,1,2,10\nY,G,2023,1,5,50\n"
              "G,H,2022,1,1,1\n",
              true},
             /* All of what is below lacks it. */
             {"X,G,2023,1,1,\nX,G,2023,1,2,10\nX,G,2023,1,5,\n"
              "Y,H,2023,1,1,5\nY,H,2023,1,2,10\nY,H,2023,1,5,50\n"
              "G,H,2022,1,1,1\n",
              true}};

START_TEST(test_part)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};
    text codes = {NULL, 0, 0, false};
    const setup mixed = {.step = 7, .unsorted = 1};

    add_text(&table, heading);
    add_text(&table, parts[_i].table);
    add_text(&codes, "\n");
    ck_assert_int_eq(roll(schema, &table, &plain, &out, &codes), PARCHECK_OK);
    ck_assert_msg((strstr(codes.data, "\nH rollup.uneven-percentage\n") !=
                   NULL) == parts[_i].uneven,
                  "%s", codes.data);
    codes.length = 1;
    ck_assert_int_eq(roll(schema, &table, &mixed, &out, &codes), PARCHECK_OK);
    ck_assert((strstr(codes.data, "\nH rollup.uneven-percentage\n") != NULL) ==
              parts[_i].uneven);
    free(table.data);
    free(out.data);
    free(codes.data);
}
END_TEST

/* ---- totals that are read again ------------------------------------------ */

static void put_number(text *t, const pc_fact *fact)
{
    char number[PC_DECIMAL_TEXT];
    size_t length;
    const char *mark;

    if (fact->state != PC_FACT_VALUE)
        return;
    length = pc_decimal_write(number, fact->value);
    mark = strchr(number, '.');
    (void)add_bytes(t, number, length);
    if (mark != NULL && length - (size_t)(mark - number) == 4)
        add_text(t, "0"); /* no group of thousands */
}

static void put_text(text *t, const char *field)
{
    add_text(t, "\"");
    for (; *field != '\0'; field++) {
        if (*field == '"')
            add_text(t, "\"");
        (void)add_bytes(t, field, 1);
    }
    add_text(t, "\",");
}

/* A commune that breaks no rule, for each of its periods. */
static void put_sample(text *t, const parcheck_schema *builtin,
                       const parcheck_edition *edition, int number,
                       const parcheck_allocator *allocator)
{
    pc_arena arena;
    pc_sample sample;
    char unit[64];

    pc_arena_init(&arena, allocator);
    ck_assert(pc_sample_make(&sample, builtin, edition, (uint64_t)number + 1,
                             &arena));
    ck_assert(pc_sample_fill(&sample));
    for (size_t u = 0; u < sample.submission.units.count; u++) {
        const pc_unit *at = pc_submission_unit(&sample.submission, u);

        for (size_t i = 0; i < edition->count; i++) {
            const parcheck_indicator *row = &edition->indicators[i];

            if (row->kind == PARCHECK_GROUP || row->kind == PARCHECK_TEXT)
                continue;
            (void)snprintf(
                unit, sizeof unit, "X%d,H%d,%u%s%u,%s,", number, number / 3,
                at->period.year, at->period.part > 0 ? "-Q" : "-H",
                at->period.part > 0 ? at->period.part : 1, edition->name);
            add_text(t, unit);
            put_text(t, row->form);
            put_text(t, row->code);
            put_text(t, row->label);
            put_number(t, &at->facts[row->symbol]);
            add_text(t, "\n");
        }
    }
    pc_arena_free(&arena);
}

static const char whole_heading[] =
    "unit,parent,period,edition,form,code,label,value\n";

typedef struct reading {
    text lacking; /* of add_lacking() */
    text wrong;
} reading;

/*
 * What holds of each of several submissions need not hold of their sum where
 * one left a part blank, or where a rule leaves a choice and they chose in
 * different ways.
 */
static bool may_fail(const reading *r, const parcheck_rule *rule)
{
    char name[80];

    if (strstr(rule->check, " or ") != NULL)
        return true;
    for (size_t i = 0; i < rule->operand_count; i++) {
        (void)snprintf(name, sizeof name, ";%s;", rule->operands[i]->name);
        if (strstr(r->lacking.data, name) != NULL)
            return true;
    }
    return false;
}

static int judge_again(void *context, const parcheck_finding *finding)
{
    reading *r = context;
    const parcheck_rule *rule = parcheck_finding_rule(finding);

    if (parcheck_finding_severity(finding) == PARCHECK_NOTE ||
        (rule != NULL && may_fail(r, rule)))
        return 0;
    add_text(&r->wrong, parcheck_finding_message(finding, PARCHECK_ENGLISH));
    add_text(&r->wrong, "\n");
    return 0;
}

static void read_again(const parcheck_schema *builtin, const text *table,
                       reading *r)
{
    parcheck_stream_options options;
    parcheck_stream *s;

    parcheck_stream_options_init(&options, sizeof options);
    options.explain = 0;
    options.finding = judge_again;
    options.finding_context = r;
    ck_assert_int_eq(parcheck_stream_new(&s, builtin, &options, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, table->data, table->length, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    ck_assert_msg(r->wrong.length == 0, "%.800s", r->wrong.data);
    ck_assert_uint_gt(parcheck_stream_outcome_count(s, PARCHECK_HOLDS), 1000);
    parcheck_stream_free(s);
}

/* The totals of communes on which no rule fails are read without an error, a
 * warning or a rule that fails. */
START_TEST(test_read_again)
{
    static const char *const names[] = {"cao-bang-2022", "gia-lai-2022"};
    const setup how = {.step = 1000000, .finding = add_lacking};
    parcheck_schema *builtin = fixture_builtin();
    parcheck_allocator allocator = pc_allocator(NULL);
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};
    reading r;

    memset(&r, 0, sizeof r);
    add_text(&r.lacking, "");
    add_text(&table, whole_heading);
    for (int i = 0; i < 9; i++)
        put_sample(&table, builtin, parcheck_schema_edition(builtin, names[_i]),
                   i, &allocator);
    ck_assert_int_eq(roll(builtin, &table, &how, &out, &r.lacking),
                     PARCHECK_OK);
    ck_assert_int_eq(strncmp(out.data, whole_heading, sizeof whole_heading - 1),
                     0);
    ck_assert_ptr_null(strstr(r.lacking.data, ";legal_docs_total;"));
    add_text(&table, out.data + sizeof whole_heading - 1);
    read_again(builtin, &table, &r);
    parcheck_schema_free(builtin);
    free(table.data);
    free(out.data);
    free(r.lacking.data);
    free(r.wrong.data);
}
END_TEST

/* ---- ends ---------------------------------------------------------------- */

static const struct {
    setup how;
    const char *table;
    parcheck_status status;
} ends[] = {
    {{.step = 99}, "X,H,2023,1,1,5\n", PARCHECK_OK},
    {{.step = 99, .unit = "H"}, "X,H,2023,1,1,5\n", PARCHECK_OK},
    {{.step = 99, .unit = "X"}, "X,H,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99, .unit = "Y"}, "X,H,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99, .period = "N\xC4\x83m 2023"},
     "X,H,2023,1,1,5\n",
     PARCHECK_OK},
    {{.step = 99, .period = "2022"}, "X,H,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99, .period = ""}, "X,H,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99}, "X,,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99}, "X,X,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99, .held_bytes = 100}, "X,H,2023,1,1,5\n", PARCHECK_EINVAL},
    {{.step = 99, .held_bytes = 100, .unsorted = 1},
     "X,H,2023,1,1,5\nY,H,2023,1,1,5\nX,H,2023,1,2,5\n",
     PARCHECK_EINVAL},
    {{.step = 99}, "", PARCHECK_EINVAL},
    /* A row that stands twice has to be told of, and read again for it. */
    {{.step = 99, .submission_bytes = 20},
     "X,H,2023,1,1,5\nX,H,2023,1,1,5\nY,H,2023,1,1,5\n",
     PARCHECK_EINVAL},
    {{.step = 99, .submission_bytes = 99},
     "X,H,2023,1,1,5\nX,H,2023,1,1,5\nY,H,2023,1,1,5\n",
     PARCHECK_OK},
    {{.step = 99, .submission_bytes = 20, .unsorted = 1},
     "X,H,2023,1,1,5\nY,H,2023,1,1,5\nX,H,2023,1,1,5\n",
     PARCHECK_EINVAL},
    {{.step = 99, .field_bytes = 6},
     "X,H,2023,1,1,5\nX,H,2023,1,2,1234567\n",
     PARCHECK_EINVAL},
    {{.step = 99, .field_bytes = 7},
     "X,H,2023,1,1,5\nX,H,2023,1,2,1234567\n",
     PARCHECK_OK},
    /* Nobody knows whose the line is. */
    {{.step = 99, .field_bytes = 6},
     "Xxxxxxx,H,2023,1,1,5\nX,H,2023,1,2,5\n",
     PARCHECK_EINVAL},
    {{.step = 99, .field_bytes = 6, .period = "2023"},
     "X,H,2022,1,1,5\nXxxxxxx,H,2023,1,1,5\nX,H,2023,1,2,5\n",
     PARCHECK_EINVAL},
    /* Nothing that could be added was read: there is no edition. */
    {{.step = 99}, "X,H,2023,9,1,5\n", PARCHECK_EINVAL}};

/* Nothing goes out where there are no totals. */
static const char *const nothings[] = {"", "\xEF\xBB\xBF", "one,two\n1,2\n",
                                       "one,two", "\n\n"};

START_TEST(test_nothing)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};

    add_text(&table, nothings[_i]);
    ck_assert_int_eq(roll(schema, &table, &plain, &out, NULL), PARCHECK_EINVAL);
    ck_assert_uint_eq(out.length, 0);
    free(table.data);
}
END_TEST

START_TEST(test_end)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};

    add_text(&table, heading);
    add_text(&table, ends[_i].table);
    ck_assert_int_eq(roll(schema, &table, &ends[_i].how, &out, NULL),
                     ends[_i].status);
    ck_assert((out.length > 0) == (ends[_i].status == PARCHECK_OK));
    free(table.data);
    free(out.data);
}
END_TEST

START_TEST(test_refused)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, true};

    add_text(&table, heading);
    add_text(&table, "X,H,2023,1,1,5\n");
    ck_assert_int_eq(roll(schema, &table, &plain, &out, NULL), PARCHECK_EWRITE);
    free(table.data);
}
END_TEST

/* A program that knows nothing of totals gets none. */
START_TEST(test_older_program)
{
    static const char table[] =
        "unit,parent,period,form,code,value\nX,H,2023,1,1,5\n";
    parcheck_stream_options options;
    parcheck_stream *s;
    text out = {NULL, 0, 0, false};

    parcheck_stream_options_init(&options, sizeof options);
    options.size = offsetof(parcheck_stream_options, rollup);
    options.rollup = add_bytes;
    options.rollup_context = &out;
    ck_assert_int_eq(parcheck_stream_new(&s, schema, &options, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_feed(s, table, sizeof table - 1, NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(parcheck_stream_finish(s, NULL), PARCHECK_OK);
    ck_assert_uint_eq(out.length, 0);
    parcheck_stream_free(s);
}
END_TEST

/* What a unit has sent itself goes up, and what those below it have sent where
 * it has sent nothing, over any number of units. */
START_TEST(test_chain)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};
    text codes = {NULL, 0, 0, false};
    char row[64];

    add_text(&table, heading);
    for (int i = 1; i < 400; i++) {
        (void)snprintf(row, sizeof row, "L%03d,L%03d,2022,1,1,%d\n", i, i - 1,
                       i);
        add_text(&table, row);
    }
    add_text(&table, "L400,L399,2023,1,1,7\n");
    ck_assert_int_eq(roll(schema, &table, &plain, &out, &codes), PARCHECK_OK);
    ck_assert_ptr_nonnull(strstr(out.data, "L000,,2022,f/one,1,1,A,1\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "L000,,2023,f/one,1,1,A,7\n"));
    ck_assert_ptr_nonnull(strstr(codes.data, "L001 rollup.from-below\n"));
    free(table.data);
    free(out.data);
    free(codes.data);
}
END_TEST

/* In a ring everything goes up but from the unit that is named. */
START_TEST(test_ring)
{
    text table = {NULL, 0, 0, false};
    text out = {NULL, 0, 0, false};
    text codes = {NULL, 0, 0, false};

    add_text(&table, heading);
    add_text(&table, "X,C,2023,1,1,5\nC,B,2022,1,1,7\nB,A,2022,1,1,8\n"
                     "A,B,2022,1,1,9\n");
    ck_assert_int_eq(roll(schema, &table, &plain, &out, &codes), PARCHECK_OK);
    ck_assert_ptr_nonnull(strstr(out.data, "C,B,2023,f/one,1,1,A,5\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "B,A,2023,f/one,1,1,A,5\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "A,B,2023,f/one,1,1,A,5\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "A,B,2022,f/one,1,1,A,8\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "B,A,2022,f/one,1,1,A,16\n"));
    ck_assert_ptr_nonnull(strstr(codes.data, "- unit.cycle\n"));
    free(table.data);
    free(out.data);
    free(codes.data);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("rollup");
    TCase *tests = tcase_create("rollup");

    tcase_add_checked_fixture(tests, load, unload);
    tcase_add_loop_test(tests, test_sums, 0, 4);
    tcase_add_loop_test(tests, test_rate, 0, COUNT(rates));
    tcase_add_loop_test(tests, test_part, 0, COUNT(parts));
    tcase_add_loop_test(tests, test_read_again, 0, 2);
    tcase_add_loop_test(tests, test_end, 0, COUNT(ends));
    tcase_add_loop_test(tests, test_nothing, 0, COUNT(nothings));
    tcase_add_test(tests, test_refused);
    tcase_add_test(tests, test_older_program);
    tcase_add_test(tests, test_chain);
    tcase_add_test(tests, test_ring);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
