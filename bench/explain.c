/*
 * Errors put into consistent submissions, and what the explanations make of
 * them.
 *
 * usage: bench_explain [--trials N] [--seed N] [--failures DIR] [--no-time]
 *
 * Every edition of the built-in schemas is filled with random numbers that
 * violate no rule (lib/sample); one cell, or two that are swapped, or a run
 * that is shifted, gets a wrong value; the submission is written as CSV and
 * checked through the public interface. The tables that are printed are in
 * docs/INJECTED-ERRORS.md, which explains them. The same seed gives the same
 * tables, but for the times.
 *
 * It ends with 1 if the library and the sample disagree on which rules fail,
 * so that no table rests on a mistake of this program.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <parcheck/parcheck.h>

#include "rule/ratio.h"
#include "sample/sample.h"

typedef enum slip {
    TRANSPOSED,
    DROPPED,
    ADDED,
    REPLACED,
    SIGN,
    TIMES_10,
    TIMES_100,
    TIMES_1000,
    SEPARATOR,
    RANDOM,
    ONE_CELL, /* so many kinds change one cell, alone */
    CUMULATIVE = ONE_CELL,
    SWAPPED,
    SHIFTED,
    SLIPS
} slip;

static const char *const slip_names[SLIPS] = {"digits transposed",
                                              "digit dropped",
                                              "digit added",
                                              "digit replaced",
                                              "sign",
                                              "×10",
                                              "×100",
                                              "×1000",
                                              "separator misread",
                                              "random value",
                                              "cumulative",
                                              "two cells swapped",
                                              "rows shifted"};

enum { MOST_WRONG = 3, GUARDS = 5, TEXT = 1 << 18, BEYOND = 50 };

/* A cell and what belongs there. */
typedef struct wrong_cell {
    size_t cell;
    pc_fact right;
    pc_fact before; /* in the sample */
} wrong_cell;

typedef struct tally {
    uint64_t tried;
    uint64_t detected;
    uint64_t first;       /* the true cells, in the first explanation */
    uint64_t three;       /* in one of the first three */
    uint64_t value;       /* and to the true values, in the first */
    uint64_t determined;  /* no other cell can repair it */
    uint64_t sure_first;  /* of the determined ones */
    uint64_t fixed;       /* and only one value can */
    uint64_t fixed_value; /* of those, the value is right */
} tally;

typedef struct bench {
    parcheck_schema *schema;
    const parcheck_edition *edition;
    const parcheck_family *family;
    pc_arena arena;
    pc_sample sample;
    pc_random random;
    char *text; /* the submission as CSV */
    size_t length;
    size_t *lines;   /* by cell */
    size_t *columns; /* by cell */
    tally by_slip[SLIPS];
    tally by_guards[GUARDS];
    tally by_edition;
    tally one; /* errors in one cell */
    tally all;
    uint64_t wrongs[MOST_WRONG + 1]; /* errors that are seen, when so many */
    uint64_t wrong_first[MOST_WRONG + 1]; /* were made at once */
    uint64_t wrong_value[MOST_WRONG + 1];
    const char *failures; /* a folder, or NULL */
    unsigned written;
    bool broken;
} bench;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "bench_explain: %s\n", what);
    exit(EXIT_FAILURE);
}

/* ---- the submission as CSV ----------------------------------------------- */

static void put(bench *b, const char *text)
{
    size_t length = strlen(text);

    if (b->length + length >= TEXT)
        die("a submission is too long");
    memcpy(b->text + b->length, text, length + 1);
    b->length += length;
}

static void put_quoted(bench *b, const char *text)
{
    char one[2] = {0, 0};

    put(b, "\"");
    for (; *text != '\0'; text++) {
        one[0] = *text;
        put(b, *text == '"' ? "\"\"" : one);
    }
    put(b, "\"");
}

static void put_fact(bench *b, const pc_fact *fact)
{
    int64_t rest = fact->value.coefficient;
    char text[64];
    size_t at = sizeof text - 1;

    if (fact->state != PC_FACT_VALUE)
        return;
    text[at] = '\0';
    if (rest < 0)
        rest = -rest;
    for (unsigned i = 0; rest > 0 || i <= fact->value.scale; i++, rest /= 10) {
        if (i > 0 && i == fact->value.scale)
            text[--at] = '.';
        text[--at] = (char)('0' + rest % 10);
    }
    if (fact->value.coefficient < 0)
        text[--at] = '-';
    put(b, text + at);
}

static pc_unit *unit_of(bench *b, size_t index)
{
    return pc_submission_unit(&b->sample.submission, index);
}

static void place(bench *b, const pc_fact *fact, size_t line, size_t column)
{
    size_t cell = pc_sample_cell_of(fact);

    if (cell == PC_NONE)
        return;
    b->lines[cell] = line;
    b->columns[cell] = column;
}

static size_t units(const bench *b)
{
    return b->sample.submission.units.count;
}

/* A row for each indicator, a column for each period. */
static void write_form(bench *b)
{
    put(b, "form,code,label,unit");
    for (size_t u = 0; u < units(b); u++) {
        const pc_period *period = &unit_of(b, u)->period;
        char heading[24];

        (void)snprintf(heading, sizeof heading, ",%u%s%.*u", period->year,
                       period->part > 0 ? "-Q" : "", period->part > 0 ? 1 : 0,
                       period->part);
        put(b, units(b) > 1 ? heading : ",value");
    }
    put(b, "\n");
    for (size_t i = 0; i < b->edition->count; i++) {
        const parcheck_indicator *row = &b->edition->indicators[i];

        put_quoted(b, row->form);
        put(b, ",");
        put_quoted(b, row->code);
        put(b, ",");
        put_quoted(b, row->label);
        put(b, ",");
        put_quoted(b, row->unit);
        for (size_t u = 0; u < units(b); u++) {
            const pc_fact *fact = &unit_of(b, u)->facts[row->symbol];

            put(b, ",");
            place(b, fact, i + 2, u + 5);
            put_fact(b, fact);
        }
        put(b, "\n");
    }
}

/* A row for each unit, a column for each indicator. */
static void write_table(bench *b)
{
    size_t number = 0;

    for (size_t i = 0; i < b->edition->count; i++) {
        put(b, i > 0 ? "," : "");
        put(b, b->edition->indicators[i].name);
    }
    put(b, "\n");
    for (size_t u = 0; u < units(b); u++) {
        const pc_role *role = &b->family->roles[unit_of(b, u)->role];
        char code[32];

        if (strcmp(role->code, "#") == 0)
            (void)snprintf(code, sizeof code, "%zu", ++number);
        else
            (void)snprintf(code, sizeof code, "%s", role->code);
        put(b, code);
        put(b, ",");
        put_quoted(b, code);
        for (size_t i = 2; i < b->edition->count; i++) {
            const pc_fact *fact =
                &unit_of(b, u)->facts[b->edition->indicators[i].symbol];

            put(b, ",");
            place(b, fact, u + 2, i + 1);
            put_fact(b, fact);
        }
        put(b, "\n");
    }
}

static void write_submission(bench *b)
{
    b->length = 0;
    if (b->family->role_count > 0)
        write_table(b);
    else
        write_form(b);
}

static parcheck_report *check(bench *b, const char *layout, int explain)
{
    parcheck_options options;
    parcheck_input input;
    parcheck_report *report;
    parcheck_error error;

    parcheck_options_init(&options, sizeof options);
    options.edition = b->edition->name;
    options.layout = layout;
    options.explain = explain;
    parcheck_input_init(&input, sizeof input);
    input.name = "submission.csv";
    input.data = b->text;
    input.length = b->length;
    if (parcheck_validate(&report, b->schema, &input, 1, &options, &error) !=
        PARCHECK_OK)
        die(error.en);
    return report;
}

static parcheck_report *check_submission(bench *b)
{
    write_submission(b);
    if (b->family->role_count > 0)
        return check(b, "table", 1);
    return check(b, units(b) > 1 ? "series" : "form", 1);
}

/* ---- errors -------------------------------------------------------------- */

static uint64_t below(bench *b, uint64_t end)
{
    return pc_random_below(&b->random, end);
}

static int64_t power10(unsigned exponent)
{
    int64_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

static unsigned digits_of(pc_decimal value)
{
    unsigned digits = 1;

    while (digits < PC_DIGITS && value.coefficient >= power10(digits))
        digits++;
    return digits > value.scale ? digits : value.scale + 1;
}

static int digit_at(pc_decimal value, unsigned place)
{
    return (int)(value.coefficient / power10(place) % 10);
}

static bool transpose(bench *b, pc_decimal *value)
{
    unsigned digits = digits_of(*value);
    unsigned at;
    int high;
    int low;

    if (digits < 2)
        return false;
    at = (unsigned)below(b, digits - 1);
    high = digit_at(*value, at + 1);
    low = digit_at(*value, at);
    value->coefficient += (low - high) * (power10(at + 1) - power10(at));
    return true;
}

static bool drop(bench *b, pc_decimal *value)
{
    unsigned digits = digits_of(*value);
    unsigned at = (unsigned)below(b, digits);

    if (digits < 2)
        return false;
    value->coefficient = value->coefficient / power10(at + 1) * power10(at) +
                         value->coefficient % power10(at);
    if (at < value->scale)
        value->scale--;
    return true;
}

static bool add_digit(bench *b, pc_decimal *value)
{
    unsigned at = (unsigned)below(b, digits_of(*value) + 1);
    int64_t front = value->coefficient / power10(at);

    value->coefficient = (front * 10 + (int64_t)below(b, 10)) * power10(at) +
                         value->coefficient % power10(at);
    if (at < value->scale)
        value->scale++;
    return true;
}

static bool replace(bench *b, pc_decimal *value)
{
    unsigned at = (unsigned)below(b, digits_of(*value));
    int old = digit_at(*value, at);
    int new = (int)((unsigned)old + 1 + (unsigned)below(b, 9)) % 10;

    value->coefficient += (new - old) * power10(at);
    return true;
}

static bool multiply(pc_decimal *value, unsigned power)
{
    for (; power > 0 && value->scale > 0; power--)
        value->scale--;
    value->coefficient *= power10(power);
    return true;
}

/* The mark of a decimal is lost: 98.25 becomes 9825; or a mark that groups
 * is taken for one: 1.250 becomes 1.25. */
static bool misread(pc_decimal *value)
{
    if (value->scale > 0) {
        value->scale = 0;
        return true;
    }
    if (value->coefficient < 1000 || value->coefficient % 10 != 0)
        return false;
    value->scale = 3;
    while (value->scale > 0 && value->coefficient % 10 == 0) {
        value->coefficient /= 10;
        value->scale--;
    }
    return true;
}

/* False if the slip cannot happen to the value or leaves it as it is. */
static bool slip_value(bench *b, slip kind, size_t cell, pc_decimal *value)
{
    const pc_decimal right = *value;
    bool done = false;

    switch (kind) {
    case TRANSPOSED:
        done = transpose(b, value);
        break;
    case DROPPED:
        done = drop(b, value);
        break;
    case ADDED:
        done = add_digit(b, value);
        break;
    case REPLACED:
        done = replace(b, value);
        break;
    case SIGN:
        value->coefficient = -value->coefficient;
        done = true;
        break;
    case TIMES_10:
    case TIMES_100:
    case TIMES_1000:
        done = multiply(value, (unsigned)(kind - TIMES_10) + 1);
        break;
    case SEPARATOR:
        done = misread(value);
        break;
    default:
        *value = pc_sample_value(&b->sample, cell);
        done = true;
        break;
    }
    return done && pc_decimal_compare(*value, right) != 0;
}

static bool spoil(bench *b, wrong_cell *wrong, size_t cell, pc_decimal value)
{
    pc_fact *fact = b->sample.cells[cell].fact;

    wrong->cell = cell;
    wrong->right = wrong->before = *fact;
    fact->value = value;
    return true;
}

static bool spoil_one(bench *b, slip kind, wrong_cell *wrong)
{
    size_t cell = below(b, b->sample.cell_count);
    const pc_fact *fact = b->sample.cells[cell].fact;
    pc_decimal value = fact->value;

    return fact->state == PC_FACT_VALUE && slip_value(b, kind, cell, &value) &&
           spoil(b, wrong, cell, value);
}

/* The figure since the beginning in place of that of the period. */
static bool accumulate(bench *b, wrong_cell *wrong)
{
    size_t cell = below(b, b->sample.cell_count);
    const pc_sample_cell *c = &b->sample.cells[cell];
    size_t before = unit_of(b, c->unit)->previous;
    pc_decimal value = c->fact->value;
    const pc_fact *last;

    if (before == PC_NONE || c->fact->state != PC_FACT_VALUE ||
        c->indicator->kind != PARCHECK_COUNT)
        return false;
    last = &unit_of(b, before)->facts[c->indicator->symbol];
    if (last->state != PC_FACT_VALUE || last->value.coefficient == 0)
        return false;
    value.coefficient += last->value.coefficient;
    return spoil(b, wrong, cell, value);
}

static bool are_alike(const bench *b, size_t cell, size_t other)
{
    const pc_sample_cell *a = &b->sample.cells[cell];
    const pc_sample_cell *c = &b->sample.cells[other];

    return a->unit == c->unit && a->indicator->kind == c->indicator->kind &&
           strcmp(a->indicator->form, c->indicator->form) == 0 &&
           a->fact->state == PC_FACT_VALUE && c->fact->state == PC_FACT_VALUE;
}

static size_t swap(bench *b, wrong_cell *wrong)
{
    size_t cell = below(b, b->sample.cell_count - 1);
    pc_decimal value = b->sample.cells[cell].fact->value;

    if (!are_alike(b, cell, cell + 1) ||
        pc_decimal_compare(value, b->sample.cells[cell + 1].fact->value) == 0)
        return 0;
    (void)spoil(b, &wrong[0], cell, b->sample.cells[cell + 1].fact->value);
    (void)spoil(b, &wrong[1], cell + 1, value);
    return 2;
}

/* Two numbers and a blank below them that slip down by a row: each cell has
 * the value of the one before it, and the first is blank. The blank that
 * should be there is made first, where no rule minds it. */
static size_t shift(bench *b, wrong_cell *wrong)
{
    size_t cell = below(b, b->sample.cell_count - 2);
    pc_fact *last = b->sample.cells[cell + 2].fact;
    const pc_fact before = *last;
    bool fails;

    if (!are_alike(b, cell, cell + 1) || !are_alike(b, cell, cell + 2))
        return 0;
    last->state = PC_FACT_BLANK;
    fails = pc_sample_failing(&b->sample, cell + 2) != PC_NONE;
    *last = before;
    if (fails)
        return 0;
    for (size_t i = 2; i > 0; i--)
        (void)spoil(b, &wrong[i], cell + i,
                    b->sample.cells[cell + i - 1].fact->value);
    (void)spoil(b, &wrong[0], cell, b->sample.cells[cell].fact->value);
    b->sample.cells[cell].fact->state = PC_FACT_BLANK;
    wrong[2].right.state = PC_FACT_BLANK;
    return 3;
}

/* Returns how many cells are wrong, 0 if the slip could not be made. */
static size_t make_error(bench *b, slip kind, wrong_cell *wrong)
{
    switch (kind) {
    case CUMULATIVE:
        return accumulate(b, wrong) ? 1 : 0;
    case SWAPPED:
        return swap(b, wrong);
    case SHIFTED:
        return shift(b, wrong);
    default:
        return spoil_one(b, kind, wrong) ? 1 : 0;
    }
}

static void undo(bench *b, const wrong_cell *wrong, size_t count)
{
    for (size_t i = count; i > 0; i--)
        *b->sample.cells[wrong[i - 1].cell].fact = wrong[i - 1].before;
}

/* ---- what the rules determine, by trying values -------------------------- */

static bool is_failing(bench *b, size_t rule)
{
    return pc_sample_judge(&b->sample, rule) == PARCHECK_FAILS;
}

static bool rests_on(const bench *b, size_t rule, size_t cell)
{
    const pc_list *cells = &b->sample.rules[rule].cells;

    for (size_t i = 0; i < cells->count; i++)
        if (((const size_t *)cells->data)[i] == cell)
            return true;
    return false;
}

/* The rules that fail, and returns how many. */
static size_t failing_rules(bench *b, size_t *rules)
{
    size_t count = 0;

    for (size_t i = 0; i < b->sample.rule_count; i++)
        if (is_failing(b, i))
            rules[count++] = i;
    return count;
}

static bool repairs(bench *b, size_t cell, pc_decimal value,
                    const size_t *failing, size_t count)
{
    pc_fact *fact = b->sample.cells[cell].fact;
    const pc_fact kept = *fact;
    bool done = true;

    fact->state = PC_FACT_VALUE;
    fact->value = value;
    for (size_t i = 0; i < count && done; i++)
        done = !is_failing(b, failing[i]);
    done = done && pc_sample_failing(&b->sample, cell) == PC_NONE;
    *fact = kept;
    return done;
}

/* The values that repair all rules: 0, 1, or 2 for more. */
typedef struct solutions {
    unsigned count;
    pc_decimal value;
} solutions;

static void try_value(bench *b, size_t cell, pc_decimal value,
                      const size_t *failing, size_t count, solutions *found)
{
    if (found->count > 1 || value.coefficient < 0 ||
        (found->count == 1 && pc_decimal_compare(found->value, value) == 0) ||
        !repairs(b, cell, value, failing, count))
        return;
    found->count++;
    found->value = value;
}

/* What the failing rules ask of the cell, and what is near: sums may be far
 * beyond the numbers that are tried one by one. */
static void try_moves(bench *b, size_t cell, const size_t *failing,
                      size_t count, solutions *found)
{
    for (size_t i = 0; i < count; i++) {
        if (!pc_sample_moves(&b->sample, failing[i]))
            die("out of memory");
        for (size_t m = 0; m < b->sample.moves.count; m++) {
            pc_move move = ((const pc_move *)b->sample.moves.data)[m];

            if (move.cell != cell || move.state != PC_FACT_VALUE)
                continue;
            for (int64_t step = -BEYOND; step <= BEYOND; step++) {
                pc_decimal value = move.value;

                value.coefficient += step;
                try_value(b, cell, value, failing, count, found);
            }
        }
    }
}

/* Numbers one by one: counts up to 9999, percentages at the decimals they
 * had. Of amounts, which have too many, it is taken that some repair. */
static solutions solve(bench *b, size_t cell, unsigned scale,
                       const size_t *failing, size_t count)
{
    const parcheck_indicator *row = b->sample.cells[cell].indicator;
    bool percent = row->kind == PARCHECK_PERCENT;
    int64_t most = percent ? 100 * power10(scale) : 9999;
    solutions found = {0, {0, 0}};

    if (row->kind == PARCHECK_AMOUNT) {
        found.count = 2;
        return found;
    }
    if (row->kind == PARCHECK_CHOICE)
        most = 9;
    for (int64_t n = 0; n <= most && found.count < 2; n++)
        try_value(b, cell, (pc_decimal){n, percent ? scale : 0}, failing, count,
                  &found);
    if (!percent && row->kind != PARCHECK_CHOICE)
        try_moves(b, cell, failing, count, &found);
    return found;
}

/* Whether no other cell can repair all rules that fail. */
static bool is_determined(bench *b, size_t cell, const size_t *failing,
                          size_t count)
{
    for (size_t other = 0; other < b->sample.cell_count; other++) {
        size_t i = 0;

        if (other == cell)
            continue;
        while (i < count && rests_on(b, failing[i], other))
            i++;
        if (i == count && solve(b, other, 2, failing, count).count > 0)
            return false;
    }
    return true;
}

/* ---- what the explanations say ------------------------------------------- */

static bool is_cell(const bench *b, const parcheck_cell *cell, size_t index)
{
    return parcheck_cell_line(cell) == b->lines[index] &&
           parcheck_cell_column(cell) == b->columns[index];
}

static bool is_failure(const parcheck_finding *finding)
{
    return strcmp(parcheck_finding_code(finding), "rule.fails") == 0;
}

/* The change of a cell in an explanation, or its end. */
static size_t change_of(const bench *b, const parcheck_explanation *e,
                        size_t cell)
{
    size_t i = 0;

    while (i < parcheck_explanation_change_count(e) &&
           !is_cell(b, parcheck_explanation_change_cell(e, i), cell))
        i++;
    return i;
}

/* Exactly the wrong cells. */
static bool names(const bench *b, const parcheck_explanation *e,
                  const wrong_cell *wrong, size_t count)
{
    if (parcheck_explanation_change_count(e) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (change_of(b, e, wrong[i].cell) == count)
            return false;
    return true;
}

/* A decimal as the library writes it. */
static bool is_value(const char *text, const pc_fact *right)
{
    pc_decimal value = {0, 0};
    bool behind = false;

    if (text == NULL || right->state != PC_FACT_VALUE)
        return false;
    for (const char *c = text + (*text == '-'); *c != '\0'; c++) {
        if (*c == '.') {
            behind = true;
            continue;
        }
        value.coefficient = value.coefficient * 10 + (*c - '0');
        value.scale += behind ? 1 : 0;
    }
    if (*text == '-')
        value.coefficient = -value.coefficient;
    return pc_decimal_compare(value, right->value) == 0;
}

/* Neither a value nor an end of an interval. */
static bool is_to_be_blank(const parcheck_explanation *e, size_t change)
{
    return parcheck_explanation_change_value(e, change) == NULL &&
           parcheck_explanation_change_low(e, change) == NULL &&
           parcheck_explanation_change_high(e, change) == NULL;
}

static bool is_right(const bench *b, const parcheck_explanation *e,
                     const wrong_cell *wrong, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = change_of(b, e, wrong[i].cell);

        if (at == parcheck_explanation_change_count(e))
            return false;
        if (wrong[i].right.state == PC_FACT_BLANK) {
            if (!is_to_be_blank(e, at))
                return false;
        } else if (!is_value(parcheck_explanation_change_value(e, at),
                             &wrong[i].right)) {
            return false;
        }
    }
    return true;
}

/* What holds for every failing rule of the report. */
typedef struct answer {
    size_t failures;
    bool first;
    bool three;
    bool value;
} answer;

static answer read_answer(const bench *b, const parcheck_report *report,
                          const wrong_cell *wrong, size_t count)
{
    answer a = {0, true, true, true};

    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        const parcheck_explanation *e;
        size_t given = parcheck_finding_explanation_count(finding);
        size_t at = 0;

        if (!is_failure(finding))
            continue;
        a.failures++;
        while (
            at < given &&
            !names(b, parcheck_finding_explanation(finding, at), wrong, count))
            at++;
        e = at == 0 && given > 0 ? parcheck_finding_explanation(finding, 0)
                                 : NULL;
        a.first = a.first && e != NULL;
        a.three = a.three && at < given && at < 3;
        a.value = a.value && e != NULL && is_right(b, e, wrong, count);
    }
    return a;
}

/* ---- one trial ----------------------------------------------------------- */

static void count_trial(tally *t, const answer *a, bool determined, bool fixed)
{
    t->detected++;
    t->first += a->first;
    t->three += a->three;
    t->value += a->value;
    t->determined += determined;
    t->sure_first += determined && a->first;
    t->fixed += fixed;
    t->fixed_value += fixed && a->first && a->value;
}

static size_t guards_of(const bench *b, size_t cell)
{
    size_t rules = b->sample.cells[cell].rules.count;

    return rules < GUARDS ? rules : GUARDS - 1;
}

/* Keeps the submission with what is wrong in it. */
static void write_failure(bench *b, slip kind, const wrong_cell *wrong,
                          size_t count)
{
    char path[4096];
    FILE *file;

    if (b->failures == NULL || b->written == 40)
        return;
    (void)snprintf(path, sizeof path, "%s/%02u-%s.csv", b->failures, b->written,
                   b->edition->name);
    file = fopen(path, "wb");
    if (file == NULL)
        die("cannot write a failure");
    (void)fwrite(b->text, 1, b->length, file);
    (void)fclose(file);
    printf("%s: %s", path, slip_names[kind]);
    for (size_t i = 0; i < count; i++) {
        b->length = 0;
        put_fact(b, &wrong[i].right);
        printf(", line %zu column %zu (%s) should be %s",
               b->lines[wrong[i].cell], b->columns[wrong[i].cell],
               b->sample.cells[wrong[i].cell].indicator->name, b->text);
    }
    putchar('\n');
    b->written++;
}

static void judge(bench *b, slip kind, const wrong_cell *wrong, size_t count,
                  size_t *failing)
{
    size_t guards = guards_of(b, wrong[0].cell);
    size_t failures = failing_rules(b, failing);
    parcheck_report *report = check_submission(b);
    answer a = read_answer(b, report, wrong, count);
    bool determined = false;
    bool fixed = false;

    parcheck_report_free(report);
    if (failures != a.failures) {
        fprintf(stderr, "%s: %zu rules fail, the report has %zu\n%s\n",
                b->edition->name, failures, a.failures, b->text);
        b->broken = true;
    }
    b->by_slip[kind].tried++;
    b->by_edition.tried++;
    b->all.tried++;
    b->one.tried += count == 1;
    b->by_guards[guards].tried += count == 1;
    if (failures == 0)
        return;
    if (count == 1) {
        determined = is_determined(b, wrong[0].cell, failing, failures);
        fixed = determined &&
                solve(b, wrong[0].cell, wrong[0].right.value.scale, failing,
                      failures)
                        .count == 1;
        count_trial(&b->by_guards[guards], &a, determined, fixed);
        count_trial(&b->one, &a, determined, fixed);
    }
    count_trial(&b->by_slip[kind], &a, determined, fixed);
    count_trial(&b->by_edition, &a, determined, fixed);
    count_trial(&b->all, &a, determined, fixed);
    if ((determined && !a.first) || (fixed && !a.value))
        write_failure(b, kind, wrong, count);
}

/* Some slips can happen to few cells: it looks for one that they can. */
enum { LOOKING = 400 };

static bool try_slip(bench *b, slip kind, size_t *failing)
{
    wrong_cell wrong[MOST_WRONG];

    for (unsigned i = 0; i < LOOKING; i++) {
        size_t count = make_error(b, kind, wrong);

        if (count == 0)
            continue;
        judge(b, kind, wrong, count, failing);
        undo(b, wrong, count);
        return true;
    }
    return false;
}

/* ---- several errors ------------------------------------------------------ */

/* The first explanation of every failing rule that rests on the cell names
 * it, with the right value if `value`. */
static bool is_found(const bench *b, const parcheck_report *report,
                     const wrong_cell *wrong, bool value, bool *seen)
{
    bool found = true;

    *seen = false;
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        const parcheck_explanation *e;
        size_t c = 0;

        while (c < parcheck_finding_cell_count(finding) &&
               !is_cell(b, parcheck_finding_cell(finding, c), wrong->cell))
            c++;
        if (!is_failure(finding) || c == parcheck_finding_cell_count(finding))
            continue;
        *seen = true;
        if (parcheck_finding_explanation_count(finding) == 0) {
            found = false;
            continue;
        }
        e = parcheck_finding_explanation(finding, 0);
        found = found && change_of(b, e, wrong->cell) <
                             parcheck_explanation_change_count(e);
        if (value)
            found = found && is_right(b, e, wrong, 1);
    }
    return found && *seen;
}

static bool spoil_many(bench *b, wrong_cell *wrong, size_t count)
{
    for (size_t made = 0; made < count;) {
        slip kind = (slip)below(b, TIMES_100);
        bool again = false;

        if (!spoil_one(b, kind, &wrong[made]))
            continue;
        for (size_t i = 0; i < made; i++)
            again = again || wrong[i].cell == wrong[made].cell;
        if (again)
            *b->sample.cells[wrong[made].cell].fact = wrong[made].before;
        else
            made++;
    }
    return true;
}

static void try_many(bench *b, size_t count)
{
    wrong_cell wrong[MOST_WRONG];
    parcheck_report *report;

    (void)spoil_many(b, wrong, count);
    report = check_submission(b);
    for (size_t i = 0; i < count; i++) {
        bool seen;
        bool found = is_found(b, report, &wrong[i], false, &seen);

        b->wrongs[count] += seen;
        b->wrong_first[count] += found;
        b->wrong_value[count] += is_found(b, report, &wrong[i], true, &seen);
    }
    parcheck_report_free(report);
    undo(b, wrong, count);
}

/* ---- tables -------------------------------------------------------------- */

/* "83.3 %", cut off, so that 100.0 % means all of them. */
static void put_share(uint64_t part, uint64_t whole)
{
    if (whole == 0)
        printf(" – |");
    else
        printf(" %" PRIu64 ".%" PRIu64 " %% |", part * 100 / whole,
               part * 1000 / whole % 10);
}

static void put_heading(const char *first)
{
    printf("\n| %s | errors | detected | first | in three | value | determined "
           "| of these first | value fixed | of these right |\n"
           "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n",
           first);
}

static void put_row(const char *name, const tally *t)
{
    if (t->tried == 0)
        return;
    printf("| %s | %" PRIu64 " |", name, t->tried);
    put_share(t->detected, t->tried);
    put_share(t->first, t->detected);
    put_share(t->three, t->detected);
    put_share(t->value, t->detected);
    printf(" %" PRIu64 " |", t->determined);
    put_share(t->sure_first, t->determined);
    printf(" %" PRIu64 " |", t->fixed);
    put_share(t->fixed_value, t->fixed);
    putchar('\n');
}

static void put_tables(const bench *b)
{
    static const char *const guards[GUARDS] = {"none", "1", "2", "3",
                                               "4 or more"};

    put_heading("slip");
    for (int i = 0; i < SLIPS; i++)
        put_row(slip_names[i], &b->by_slip[i]);
    put_heading("rules on the cell");
    for (int i = 0; i < GUARDS; i++)
        put_row(guards[i], &b->by_guards[i]);
    printf("\n| errors at once | seen | first | value |\n"
           "| --- | --: | --: | --: |\n");
    for (size_t i = 2; i <= MOST_WRONG; i++) {
        printf("| %zu | %" PRIu64 " |", i, b->wrongs[i]);
        put_share(b->wrong_first[i], b->wrongs[i]);
        put_share(b->wrong_value[i], b->wrongs[i]);
        putchar('\n');
    }
}

/* ---- editions ------------------------------------------------------------ */

static void run_edition(bench *b, unsigned trials, uint64_t seed)
{
    char name[256];
    size_t *failing;

    memset(&b->by_edition, 0, sizeof b->by_edition);
    if (!pc_sample_make(&b->sample, b->schema, b->edition, seed, &b->arena))
        die("out of memory");
    b->lines = pc_arena_array(&b->arena, b->sample.cell_count,
                              sizeof *b->lines);
    b->columns = pc_arena_array(&b->arena, b->sample.cell_count,
                                sizeof *b->columns);
    failing = pc_arena_array(&b->arena, b->sample.rule_count + 1,
                             sizeof *failing);
    if (b->lines == NULL || b->columns == NULL || failing == NULL)
        die("out of memory");
    b->random.state = seed;
    for (unsigned i = 0; i < trials; i++) {
        if (!pc_sample_fill(&b->sample))
            die("out of memory");
        for (int kind = 0; kind < SLIPS; kind++)
            (void)try_slip(b, (slip)kind, failing);
        for (size_t count = 2; count <= MOST_WRONG; count++)
            try_many(b, count);
    }
    (void)snprintf(name, sizeof name, "%s/%s", b->family->name,
                   b->edition->name);
    put_row(name, &b->by_edition);
}

static void run_editions(bench *b, unsigned trials, uint64_t seed)
{
    put_heading("edition");
    for (size_t i = 0; i < b->schema->family_count; i++) {
        b->family = &b->schema->families[i];
        for (size_t j = 0; j < b->family->edition_count; j++) {
            b->edition = &b->family->editions[j];
            run_edition(b, trials, seed);
        }
    }
    put_row("all", &b->all);
    put_row("errors in one cell", &b->one);
    put_tables(b);
}

/* ---- time ---------------------------------------------------------------- */

static uint64_t now(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

/* The least time of some runs in microseconds, of files or of the text. */
static uint64_t time_of(bench *b, const char *const *paths, size_t count,
                        int explain)
{
    enum { RUNS = 25 };
    uint64_t least = UINT64_MAX;
    parcheck_options options;
    parcheck_input inputs[2];

    parcheck_options_init(&options, sizeof options);
    options.explain = explain;
    for (size_t i = 0; i < count; i++) {
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        if (paths != NULL) {
            inputs[i].path = paths[i];
        } else {
            inputs[i].data = b->text;
            inputs[i].length = b->length;
            options.layout = "long";
            options.edition = "cao-bang-2022";
        }
    }
    for (unsigned i = 0; i < RUNS; i++) {
        parcheck_report *report;
        parcheck_error error;
        uint64_t before = now();
        uint64_t took;

        if (parcheck_validate(&report, b->schema, inputs, count, &options,
                              &error) != PARCHECK_OK)
            die(error.en);
        took = now() - before;
        if (paths == NULL &&
            parcheck_report_outcome_count(report, PARCHECK_FAILS) == 0)
            die("nothing failed where all should");
        least = took < least ? took : least;
        parcheck_report_free(report);
    }
    return least;
}

static void put_time(const char *name, uint64_t plain, uint64_t explained)
{
    printf("| %s | %" PRIu64 " µs | %" PRIu64 " µs | %" PRIu64 " µs |\n", name,
           plain, explained, explained > plain ? explained - plain : 0);
}

/* So many units, in each of which a total is wrong. */
static void write_units(bench *b, size_t count)
{
    b->length = 0;
    put(b, "unit,period,form,code,value\n");
    for (size_t i = 0; i < count; i++) {
        char rows[256];

        (void)snprintf(rows, sizeof rows,
                       "%zu,2023-Q1,3,1.4,454\n%zu,2023-Q1,3,1.4.1,0\n"
                       "%zu,2023-Q1,3,1.4.2,316\n%zu,2023-Q1,3,1.4.3,136\n",
                       i + 1, i + 1, i + 1, i + 1);
        put(b, rows);
    }
}

static void run_times(bench *b, const char *data)
{
    static const struct {
        const char *name;
        const char *files[2];
        size_t count;
    } real[] = {
        {"Hòa An, quarter 1 of 2023",
         {"hoa-an-2023-q1.csv", "hoa-an-2023-q1-dossiers.csv"},
         2},
        {"Kông Chro, first half of 2022", {"kong-chro-2022-h1.csv", NULL}, 1},
        {"Đak Pơ, 2015 to 2020", {"dak-po-2015-2020.csv", NULL}, 1}};
    static const size_t growth[] = {100, 200, 400, 800, 1600};

    printf("\n| submission | without explanations | with | difference |\n"
           "| --- | --: | --: | --: |\n");
    for (size_t i = 0; i < sizeof real / sizeof *real; i++) {
        char names[2][4096];
        const char *paths[2] = {names[0], names[1]};

        for (size_t j = 0; j < real[i].count; j++)
            (void)snprintf(names[j], sizeof names[j], "%s/%s", data,
                           real[i].files[j]);
        put_time(real[i].name, time_of(b, paths, real[i].count, 0),
                 time_of(b, paths, real[i].count, 1));
    }
    for (size_t i = 0; i < sizeof growth / sizeof *growth; i++) {
        char name[64];

        write_units(b, growth[i]);
        (void)snprintf(name, sizeof name, "%zu units, each with one failure",
                       growth[i]);
        put_time(name, time_of(b, NULL, 1, 0), time_of(b, NULL, 1, 1));
    }
}

/* ---- main ---------------------------------------------------------------- */

static uint64_t number_of(const char *text)
{
    uint64_t number = 0;

    if (text == NULL || *text == '\0')
        die("a number is missing");
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (uint64_t)(*text - '0');
    if (*text != '\0')
        die("expected a number");
    return number;
}

static bool is_argument(char **argv, int i, const char *name)
{
    return strcmp(argv[i], name) == 0;
}

int main(int argc, char **argv)
{
    static bench b;
    parcheck_allocator allocator = pc_allocator(NULL);
    const char *data = "tests/data";
    uint64_t trials = 100;
    uint64_t seed = 1;
    bool times = true;

    for (int i = 1; i < argc; i++) {
        if (is_argument(argv, i, "--trials"))
            trials = number_of(argv[++i]);
        else if (is_argument(argv, i, "--seed"))
            seed = number_of(argv[++i]);
        else if (is_argument(argv, i, "--failures") && i + 1 < argc)
            b.failures = argv[++i];
        else if (is_argument(argv, i, "--data") && i + 1 < argc)
            data = argv[++i];
        else if (is_argument(argv, i, "--no-time"))
            times = false;
        else
            die("usage: bench_explain [--trials N] [--seed N] [--data DIR] "
                "[--failures DIR] [--no-time]");
    }
    pc_arena_init(&b.arena, &allocator);
    b.text = malloc(TEXT);
    if (b.text == NULL ||
        parcheck_schema_load_builtin(&b.schema, NULL, NULL) != PARCHECK_OK)
        die("out of memory");
    printf("Seed %" PRIu64 ", %" PRIu64 " submissions of each edition.\n", seed,
           trials);
    run_editions(&b, (unsigned)trials, seed);
    if (times)
        run_times(&b, data);
    parcheck_schema_free(b.schema);
    pc_arena_free(&b.arena);
    free(b.text);
    if (b.all.detected == 0 || b.all.determined == 0)
        die("nothing was measured");
    return b.broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
