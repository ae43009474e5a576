#include "rule/deduce.h"

#include <stdint.h>
#include <string.h>

#include "rule/ratio.h"

enum { USUAL_DECIMALS = 2 };

/* How the percentages of an edition are printed. */
typedef struct habit {
    size_t decimals[PC_DIGITS + 1]; /* how many have so many */
    size_t with_sign;
    size_t without_sign;
} habit;

typedef struct deducing {
    pc_submission submission; /* with facts of its own, to be filled in */
    pc_judging judging;
    pc_list *deductions;
    habit *habits; /* by family */
    bool changed;
    bool failed; /* no memory */
} deducing;

/* ---- facts of its own ---------------------------------------------------- */

static bool copy_unit(deducing *d, const pc_unit *from)
{
    size_t symbols = from->edition->family->symbols.count;
    pc_unit *unit = pc_list_add(&d->submission.units, d->judging.arena,
                                sizeof *unit);

    if (unit == NULL)
        return false;
    *unit = *from;
    unit->facts = pc_arena_array(d->judging.arena, symbols,
                                 sizeof *unit->facts);
    if (unit->facts != NULL && symbols > 0)
        memcpy(unit->facts, from->facts, symbols * sizeof *unit->facts);
    return unit->facts != NULL;
}

static void learn(habit *h, const pc_fact *fact)
{
    const char *text = fact->cell != NULL ? fact->cell->literal : "";

    if (fact->state != PC_FACT_VALUE)
        return;
    h->decimals[fact->value.scale]++;
    if (strchr(text, '%') != NULL)
        h->with_sign++;
    else
        h->without_sign++;
}

static void learn_unit(deducing *d, const pc_unit *unit)
{
    const parcheck_edition *edition = unit->edition;

    for (size_t i = 0; i < edition->count; i++)
        if (edition->indicators[i].kind == PARCHECK_PERCENT)
            learn(&d->habits[edition->family->index],
                  &unit->facts[edition->indicators[i].symbol]);
}

static unsigned usual_decimals(const habit *h)
{
    unsigned best = USUAL_DECIMALS;
    size_t most = 0;

    for (unsigned i = 0; i <= PC_DIGITS; i++) {
        if (h->decimals[i] > 0 && h->decimals[i] >= most) {
            most = h->decimals[i];
            best = i;
        }
    }
    return best;
}

/* ---- values -------------------------------------------------------------- */

/* The sum of addends that all have values; lost if one has none. */
static pc_ratio add_up(const pc_addend *addends, size_t count)
{
    pc_ratio sum = pc_ratio_from(0, 1);

    for (size_t i = 0; i < count; i++) {
        pc_ratio part = pc_ratio_of(addends[i].factor);

        if (addends[i].fact != NULL) {
            if (addends[i].fact->state != PC_FACT_VALUE)
                return pc_ratio_from(1, 0);
            part = pc_ratio_multiply(part, pc_ratio_of(addends[i].fact->value));
        }
        sum = pc_ratio_add(sum, part);
    }
    return sum;
}

/* The ratio with the fewest decimals; false if it is not a decimal. */
static bool to_decimal(pc_ratio ratio, pc_decimal *value)
{
    for (value->scale = 0; value->scale <= PC_DIGITS; value->scale++) {
        if (pc_ratio_is_lost(ratio))
            return false;
        if (ratio.denominator == 1) {
            value->coefficient = ratio.numerator;
            return true;
        }
        ratio = pc_ratio_multiply(ratio, pc_ratio_from(10, 1));
    }
    return false;
}

static bool is_allowed(parcheck_kind kind, pc_decimal value)
{
    const pc_decimal hundred = {100, 0};

    if (value.coefficient < 0)
        return false;
    if (kind == PARCHECK_COUNT)
        return value.scale == 0;
    if (kind == PARCHECK_PERCENT)
        return pc_decimal_compare(value, hundred) <= 0;
    return kind == PARCHECK_AMOUNT;
}

/* ---- contradictions ------------------------------------------------------ */

static parcheck_outcome outcome(deducing *d, const pc_unit *unit,
                                const parcheck_rule *rule)
{
    d->judging.unit = unit;
    return pc_evaluate(&d->judging, rule).outcome;
}

/* The first rule of the unit that fails with the value and not without. */
static const parcheck_rule *broken_on(deducing *d, const pc_unit *unit,
                                      pc_fact *fact, const pc_fact *filled)
{
    const parcheck_family *family = unit->edition->family;
    const pc_fact blank = *fact;

    for (size_t i = 0; i < family->rule_count; i++) {
        const parcheck_rule *rule = &family->rules[i];
        bool breaks;

        if (!pc_rule_concerns(rule, unit))
            continue;
        *fact = *filled;
        breaks = outcome(d, unit, rule) == PARCHECK_FAILS;
        *fact = blank;
        if (breaks && outcome(d, unit, rule) != PARCHECK_FAILS)
            return rule;
    }
    return NULL;
}

static bool has_role_rules(const pc_unit *unit)
{
    return unit->role != PC_NONE &&
           strcmp(unit->edition->family->roles[unit->role].code, "#") != 0;
}

/* Looks at the units whose rules can see the fact: its own, the one above,
 * the period behind, and all of other families if others can name its row. */
static const parcheck_rule *broken_by(deducing *d, const pc_unit *unit,
                                      pc_fact *fact, const pc_fact *filled)
{
    const pc_submission *s = &d->submission;
    size_t index = (size_t)(unit - pc_submission_unit(s, 0));
    const parcheck_rule *rule = broken_on(d, unit, fact, filled);

    for (size_t i = 0; i < s->units.count && rule == NULL; i++) {
        const pc_unit *other = pc_submission_unit(s, i);

        if (i == unit->parent || other->previous == index ||
            other->year_before == index ||
            (has_role_rules(unit) &&
             other->edition->family != unit->edition->family))
            rule = broken_on(d, other, fact, filled);
    }
    return rule;
}

/* ---- rules --------------------------------------------------------------- */

static void deduce(deducing *d, const parcheck_rule *rule, pc_fact *fact,
                   const parcheck_indicator *indicator, pc_decimal value)
{
    const pc_unit *unit = d->judging.unit;
    const habit *h = &d->habits[unit->edition->family->index];
    pc_fact filled = *fact;
    pc_deduction *made = pc_list_add(d->deductions, d->judging.arena,
                                     sizeof *made);

    if (made == NULL) {
        d->failed = true;
        return;
    }
    filled.state = PC_FACT_VALUE;
    filled.value = value;
    made->cell = fact->cell;
    made->indicator = indicator;
    made->value = value;
    made->percent_sign = indicator->kind == PARCHECK_PERCENT &&
                         h->with_sign > h->without_sign;
    made->rule = rule;
    made->contra = broken_by(d, unit, fact, &filled);
    d->judging.unit = unit;
    if (made->contra == NULL)
        *fact = filled;
    else
        fact->state = PC_FACT_UNREADABLE; /* so that it is not tried again */
    d->changed = true;
}

/* The blank cell of the unit that a side consists of, or NULL. */
static pc_fact *blank_of(const deducing *d, const pc_linear *side)
{
    const pc_term *term = side->terms;
    const pc_fact *fact;

    if (side->count != 1 || term->operand == NULL ||
        term->operand->reach != PC_REACH_OWN ||
        pc_decimal_compare(term->factor, (pc_decimal){1, 0}) != 0)
        return NULL;
    fact = &d->judging.unit->facts[term->operand->symbol];
    return fact->state == PC_FACT_BLANK && fact->cell != NULL
               ? &d->judging.unit->facts[term->operand->symbol]
               : NULL;
}

static const parcheck_indicator *row_of(const deducing *d,
                                        const pc_linear *side)
{
    return pc_edition_row(d->judging.unit->edition,
                          side->terms[0].operand->symbol);
}

static void try_sum(deducing *d, const parcheck_rule *rule,
                    const pc_linear *side, const pc_linear *other)
{
    pc_fact *fact = blank_of(d, side);
    const parcheck_indicator *indicator;
    pc_decimal value;

    if (fact == NULL)
        return;
    indicator = row_of(d, side);
    d->judging.addends.count = 0;
    pc_collect(&d->judging, other, false, false);
    if (indicator != NULL &&
        to_decimal(add_up(d->judging.addends.data, d->judging.addends.count),
                   &value) &&
        is_allowed(indicator->kind, value))
        deduce(d, rule, fact, indicator, value);
}

/* 100 a / b rounded half away from zero; a and b are not negative. */
static bool rate_of(pc_ratio a, pc_ratio b, unsigned decimals,
                    pc_decimal *value)
{
    pc_ratio rate = pc_ratio_multiply(a, pc_ratio_invert(b));

    if (pc_ratio_is_lost(a) || pc_ratio_sign(a) < 0 || pc_ratio_is_lost(b) ||
        pc_ratio_sign(b) <= 0)
        return false;
    rate = pc_ratio_multiply(rate, pc_ratio_from(100, 1));
    for (unsigned i = 0; i < decimals; i++)
        rate = pc_ratio_multiply(rate, pc_ratio_from(10, 1));
    rate = pc_ratio_add(rate, pc_ratio_from(1, 2));
    if (pc_ratio_is_lost(rate))
        return false;
    value->coefficient = rate.numerator / rate.denominator;
    value->scale = decimals;
    return true;
}

static void try_percent(deducing *d, const parcheck_rule *rule,
                        const pc_node *node)
{
    pc_fact *fact = blank_of(d, &node->left);
    const parcheck_indicator *indicator;
    unsigned decimals = usual_decimals(
        &d->habits[d->judging.unit->edition->family->index]);
    size_t count_a;
    const pc_addend *addends;
    pc_decimal value;

    if (fact == NULL)
        return;
    indicator = row_of(d, &node->left);
    d->judging.addends.count = 0;
    pc_collect(&d->judging, &node->right, false, false);
    count_a = d->judging.addends.count;
    pc_collect(&d->judging, &node->base, false, false);
    addends = d->judging.addends.data;
    if (indicator != NULL &&
        rate_of(add_up(addends, count_a),
                add_up(addends + count_a, d->judging.addends.count - count_a),
                decimals, &value) &&
        is_allowed(indicator->kind, value))
        deduce(d, rule, fact, indicator, value);
}

/* The depth is bounded: see schema/parse.c. */
static void try_node(deducing *d, const parcheck_rule *rule,
                     const pc_node *node)
{
    if (node->kind == PC_NODE_AND) {
        try_node(d, rule, node->a);
        try_node(d, rule, node->b);
    } else if (node->kind == PC_NODE_PERCENT) {
        try_percent(d, rule, node);
    } else if (node->kind == PC_NODE_COMPARE && node->relation == PC_EQUAL) {
        try_sum(d, rule, &node->left, &node->right);
        try_sum(d, rule, &node->right, &node->left);
    }
}

static void try_unit(deducing *d, const pc_unit *unit)
{
    const parcheck_family *family = unit->edition->family;

    for (size_t i = 0; i < family->rule_count; i++) {
        d->judging.unit = unit;
        if (family->rules[i].when == NULL &&
            pc_rule_concerns(&family->rules[i], unit))
            try_node(d, &family->rules[i], family->rules[i].then);
    }
}

/* ---- all of it ----------------------------------------------------------- */

static int compare_places(const void *left, const void *right)
{
    const parcheck_cell *a = ((const pc_deduction *)left)->cell;
    const parcheck_cell *b = ((const pc_deduction *)right)->cell;

    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static bool make_habits(deducing *d, const pc_unit *units, size_t count)
{
    size_t families = 0;

    for (size_t i = 0; i < count; i++)
        if (units[i].edition->family->index >= families)
            families = units[i].edition->family->index + 1;
    d->habits = pc_arena_array(d->judging.arena, families, sizeof *d->habits);
    if (d->habits == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        learn_unit(d, &units[i]);
    return true;
}

bool pc_deduce(pc_list *deductions, const pc_unit *units, size_t count,
               const pc_presence *presence, pc_arena *arena)
{
    deducing d = {.deductions = deductions, .changed = true};

    d.judging.arena = arena;
    d.judging.submission = &d.submission;
    d.submission.presence = (pc_presence *)(uintptr_t)presence;
    if (!make_habits(&d, units, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!copy_unit(&d, &units[i]))
            return false;
    /* As often as the longest chain of totals has links. */
    while (d.changed && !d.failed && !d.judging.failed) {
        d.changed = false;
        for (size_t i = 0; i < count; i++)
            try_unit(&d, pc_submission_unit(&d.submission, i));
    }
    pc_sort(deductions->data, deductions->count, sizeof(pc_deduction),
            compare_places);
    return !d.failed && !d.judging.failed;
}
