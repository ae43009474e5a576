#include "sample/power.h"

enum { SEED = 2022, DIGITS = PC_DIGITS + 2 };

/* The digits of a number as they are printed, the last one first. */
typedef struct digits {
    int digit[DIGITS];
    unsigned count;
    unsigned scale;
} digits;

static digits digits_of(pc_decimal value)
{
    digits d = {.scale = value.scale};
    int64_t rest = value.coefficient;

    while (rest > 0 || d.count <= d.scale) {
        d.digit[d.count++] = (int)(rest % 10);
        rest /= 10;
    }
    return d;
}

static pc_decimal value_of(const digits *d)
{
    pc_decimal value = {0, d->scale};

    for (unsigned i = d->count; i > 0; i--)
        value.coefficient = value.coefficient * 10 + d->digit[i - 1];
    return value;
}

typedef struct trial {
    pc_sample *sample;
    size_t cell;
    pc_power_cell *power;
} trial;

static void try_value(const trial *t, unsigned slip, pc_decimal value)
{
    t->sample->cells[t->cell].fact->value = value;
    t->power->possible[slip]++;
    t->power->detected[slip] += pc_sample_failing(t->sample, t->cell) !=
                                PC_NONE;
}

/* Every digit by each of the nine others. */
static void replace_digits(const trial *t, digits d)
{
    for (unsigned i = 0; i < d.count; i++) {
        int kept = d.digit[i];

        for (int digit = 0; digit <= 9; digit++) {
            d.digit[i] = digit;
            if (digit != kept)
                try_value(t, PARCHECK_SLIP_REPLACED, value_of(&d));
        }
        d.digit[i] = kept;
    }
}

/* Every two neighbours that differ. */
static void transpose_digits(const trial *t, digits d)
{
    for (unsigned i = 0; i + 1 < d.count; i++) {
        int kept = d.digit[i];

        if (kept == d.digit[i + 1])
            continue;
        d.digit[i] = d.digit[i + 1];
        d.digit[i + 1] = kept;
        try_value(t, PARCHECK_SLIP_TRANSPOSED, value_of(&d));
        d.digit[i + 1] = d.digit[i];
        d.digit[i] = kept;
    }
}

/* One more and one less in the last place printed, not below 0. */
static void step(const trial *t, pc_decimal value)
{
    value.coefficient++;
    try_value(t, PARCHECK_SLIP_BY_ONE, value);
    value.coefficient -= 2;
    if (value.coefficient >= 0)
        try_value(t, PARCHECK_SLIP_BY_ONE, value);
}

static void try_slips(const trial *t)
{
    pc_fact *fact = t->sample->cells[t->cell].fact;
    const pc_decimal right = fact->value;

    replace_digits(t, digits_of(right));
    transpose_digits(t, digits_of(right));
    step(t, right);
    fact->value = right;
}

/* ---- the table ----------------------------------------------------------- */

/* Of several periods the middle one is measured, which has one before and
 * one behind. */
static bool is_measured(const pc_sample *sample, const pc_sample_cell *cell)
{
    const pc_unit *unit = pc_submission_unit(&sample->submission, cell->unit);
    size_t units = sample->submission.units.count;

    return unit->role != PC_NONE || cell->unit == units / 2;
}

/* Rows of one role share a line. */
static pc_power_cell *line_of(const parcheck_power *power,
                              const parcheck_indicator *indicator,
                              const char *role)
{
    for (size_t i = 0; i < power->count; i++)
        if (power->cells[i].indicator == indicator &&
            power->cells[i].role == role)
            return &power->cells[i];
    return NULL;
}

static const char *role_of(const pc_unit *unit)
{
    return unit->role != PC_NONE ? unit->edition->family->roles[unit->role].name
                                 : NULL;
}

/* `lines`: of each cell of the sample its line, or NULL. */
static bool make_lines(parcheck_power *power, const pc_sample *sample,
                       pc_power_cell **lines)
{
    power->cells = pc_arena_array(&power->arena, sample->cell_count,
                                  sizeof *power->cells);
    if (power->cells == NULL)
        return false;
    for (size_t i = 0; i < sample->cell_count; i++) {
        const pc_sample_cell *cell = &sample->cells[i];
        const char *role = role_of(
            pc_submission_unit(&sample->submission, cell->unit));

        if (!is_measured(sample, cell))
            continue;
        lines[i] = line_of(power, cell->indicator, role);
        if (lines[i] != NULL)
            continue;
        lines[i] = &power->cells[power->count++];
        lines[i]->indicator = cell->indicator;
        lines[i]->role = role;
        lines[i]->rules = cell->rules.count;
        lines[i]->unmeasured = PC_ALWAYS_BLANK;
    }
    return true;
}

static void measure(pc_sample *sample, pc_power_cell **lines)
{
    for (size_t i = 0; i < sample->cell_count; i++) {
        const pc_sample_cell *cell = &sample->cells[i];
        const pc_sample_component *c = &sample->components[cell->component];
        const trial t = {sample, i, lines[i]};

        if (lines[i] == NULL)
            continue;
        if (!c->filled) {
            if (lines[i]->unmeasured != PC_MEASURED)
                lines[i]->unmeasured = PC_NO_FILLING;
        } else if (cell->fact->state == PC_FACT_VALUE) {
            lines[i]->unmeasured = PC_MEASURED;
            try_slips(&t);
        }
    }
}

bool pc_power_measure(parcheck_power *power, const parcheck_schema *schema,
                      const parcheck_edition *edition)
{
    pc_sample sample;
    pc_power_cell **lines;

    if (!pc_sample_make(&sample, schema, edition, SEED, &power->arena))
        return false;
    lines = pc_arena_array(&power->arena, sample.cell_count, sizeof(*lines));
    if (lines == NULL || !make_lines(power, &sample, lines))
        return false;
    for (unsigned i = 0; i < PC_POWER_FILLINGS; i++) {
        if (!pc_sample_fill(&sample))
            return false;
        measure(&sample, lines);
    }
    return true;
}
