/*
 * A percentage that is right for other facts than the rule's own.
 *
 * Ratios are tried in classes, the nearest in meaning first. A match counts
 * only if all the ratios tried up to then would meet the printed rate by
 * chance in less than one of PC_CHANCE cases: if rates lie anywhere from 0 to
 * 100, a rate printed with d decimals is met by one ratio in 100 * 10^d, and
 * by two if it may also be cut off or rounded up.
 */
#include <string.h>

#include "explain/hypothesis.h"

typedef struct search {
    pc_thinking *t;
    pc_atom *atom;
    pc_hypothesis *plain; /* its change, proved */
    const char *unit;     /* that the base counts in */
    pc_slot *facts[PC_EXPLAIN_FACTS];
    bool block[PC_EXPLAIN_FACTS]; /* in the block of the percentage */
    size_t count;
    size_t near; /* facts in the rows of the percentage itself */
    size_t form; /* ... in its form */
    pc_ratio known[PC_EXPLAIN_RATIOS]; /* ratios that were tried, each once */
    size_t tried;
    pc_hypothesis *found[2];
    size_t found_count;
    bool full; /* a ceiling was reached */
} search;

/* ---- the facts ------------------------------------------------------------
 */

/* Before a slot is made of it. */
static bool is_amount(const parcheck_indicator *row, const pc_fact *fact)
{
    return (row->kind == PARCHECK_COUNT || row->kind == PARCHECK_AMOUNT) &&
           fact->state == PC_FACT_VALUE && fact->value.coefficient > 0;
}

static bool is_below(const parcheck_indicator *row,
                     const parcheck_indicator *above)
{
    size_t length = strlen(above->code);

    return row->form_index == above->form_index && length > 0 &&
           strncmp(row->code, above->code, length) == 0 &&
           row->code[length] == '.';
}

/* "2" of "2.4.1": a block of the form. */
static bool same_block(const parcheck_indicator *a, const parcheck_indicator *b)
{
    size_t length = strcspn(a->code, ".");

    return a->form_index == b->form_index && length > 0 &&
           strcspn(b->code, ".") == length &&
           strncmp(a->code, b->code, length) == 0;
}

/* 0: in the rows below the percentage, 1: in its form, 2: counts the same
 * thing elsewhere, 3: none of these. */
static unsigned distance(const parcheck_indicator *row,
                         const parcheck_indicator *percent, const char *unit)
{
    if (row->form_index == percent->form_index)
        return is_below(row, percent) ? 0 : 1;
    return unit[0] != '\0' && strcmp(row->unit, unit) == 0 ? 2 : 3;
}

static const char *unit_of(const pc_total *base)
{
    return base->count > 0 && base->entries[0].slot->indicator != NULL
               ? base->entries[0].slot->indicator->unit
               : "";
}

static void add_facts(search *s, unsigned wanted)
{
    const pc_slot *percent = s->atom->percent;
    const pc_unit *unit = pc_submission_unit(s->t->model.submission,
                                             percent->unit);

    for (size_t i = 0; i < unit->edition->count; i++) {
        const parcheck_indicator *row = &unit->edition->indicators[i];
        pc_slot *slot;

        if (!is_amount(row, &unit->facts[row->symbol]) ||
            distance(row, percent->indicator, s->unit) != wanted)
            continue;
        slot = pc_model_slot(&s->t->model, percent->unit, row->symbol);
        if (slot == NULL)
            return;
        if (s->count == PC_EXPLAIN_FACTS) {
            s->full = true;
            return;
        }
        s->block[s->count] = same_block(percent->indicator, row);
        s->facts[s->count++] = slot;
    }
}

/* ---- the ratios ------------------------------------------------------------
 */

/* Ratios are in lowest terms: equal ones have the same terms. */
static bool is_new(search *s, pc_ratio ratio)
{
    for (size_t i = 0; i < s->tried; i++)
        if (s->known[i].numerator == ratio.numerator &&
            s->known[i].denominator == ratio.denominator)
            return false;
    if (s->tried == PC_EXPLAIN_RATIOS) {
        s->full = true;
        return false;
    }
    s->known[s->tried++] = ratio;
    return true;
}

/* How the rate would have been rounded to what is printed. */
static bool rounds_to(const pc_slot *percent, pc_ratio rate, pc_reason *mode)
{
    pc_ratio unit = pc_unit_of(percent->fact->value.scale);
    pc_ratio half = pc_ratio_multiply(unit, (pc_ratio){1, 2});
    pc_ratio off = pc_ratio_subtract(percent->value, rate);

    *mode = pc_ratio_sign(off) < 0 ? PC_REASON_TRUNCATED : PC_REASON_ROUNDED_UP;
    if (pc_ratio_sign(off) < 0)
        off = pc_ratio_negate(off);
    if (pc_ratio_is_lost(off) || pc_ratio_compare(off, unit) >= 0)
        return false;
    if (pc_ratio_compare(off, half) <= 0)
        *mode = PC_REASON_NONE;
    return true;
}

static void find(search *s, pc_slot *numerator, pc_slot *base, pc_reason mode)
{
    pc_hypothesis *h = pc_rethink(s->t, s->plain, PC_OTHER_BASE);

    if (h == NULL)
        return;
    h->numerator = numerator;
    h->base = base;
    h->mode = mode;
    h->about = s->atom->of;
    s->found[s->found_count++] = h;
}

/* NULL stands for the rule's own numerator or base. */
static void try_ratio(search *s, pc_slot *numerator, pc_slot *base)
{
    pc_ratio a = numerator != NULL ? numerator->value : s->atom->sum.value;
    pc_ratio b = base != NULL ? base->value : s->atom->base.value;
    pc_ratio rate;
    pc_reason mode;

    if (pc_ratio_sign(a) <= 0 || pc_ratio_compare(a, b) >= 0)
        return;
    rate = pc_ratio_multiply(pc_ratio_multiply(a, (pc_ratio){100, 1}),
                             pc_ratio_invert(b));
    if (pc_ratio_is_lost(rate) || !is_new(s, rate))
        return;
    if (s->found_count < 2 && rounds_to(s->atom->percent, rate, &mode))
        find(s, numerator, base, mode);
}

static bool is_own(const pc_total *own, const pc_slot *slot)
{
    return own->count == 1 && own->entries[0].slot == slot;
}

/* The rule's own numerator over other facts, and others over its base. */
static void try_one_side(search *s, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (!is_own(&s->atom->base, s->facts[i]))
            try_ratio(s, NULL, s->facts[i]);
    for (size_t i = from; i < end; i++)
        if (!is_own(&s->atom->sum, s->facts[i]))
            try_ratio(s, s->facts[i], NULL);
}

static void try_both_sides(search *s, size_t end, bool block)
{
    for (size_t i = 0; i < end; i++)
        for (size_t k = 0; k < end; k++)
            if (i != k && (!block || (s->block[i] && s->block[k])))
                try_ratio(s, s->facts[i], s->facts[k]);
}

/* ---- keeping what is no chance ---------------------------------------------
 */

/* Forgets what may be chance; true if something is left. */
static bool settle(search *s)
{
    unsigned decimals = s->atom->percent->fact->value.scale;
    pc_ratio range = pc_ratio_invert(pc_unit_of(decimals + 2));
    size_t kept = 0;

    for (size_t i = 0; i < s->found_count; i++) {
        bool rounded = s->found[i]->mode == PC_REASON_NONE;
        uint64_t tried = s->tried * (rounded ? 1 : 2);

        if (!pc_is_no_chance(tried, (uint64_t)range.numerator))
            continue;
        s->found[i]->odds = tried;
        s->found[kept++] = s->found[i];
    }
    s->found_count = kept;
    for (size_t i = 0; i < kept; i++)
        pc_keep(s->t, s->found[i]);
    return kept > 0;
}

static void try_classes(search *s)
{
    add_facts(s, 0);
    s->near = s->count;
    try_one_side(s, 0, s->near);
    if (settle(s))
        return;
    try_both_sides(s, s->near, false);
    if (settle(s))
        return;
    add_facts(s, 1);
    s->form = s->count;
    try_one_side(s, s->near, s->form);
    if (settle(s))
        return;
    add_facts(s, 2);
    try_one_side(s, s->form, s->count);
    if (settle(s))
        return;
    try_both_sides(s, s->form, true);
    (void)settle(s);
}

/* What the rate should be by the rule. */
static pc_hypothesis *right_rate(pc_thinking *t, pc_atom *atom)
{
    pc_slot *percent = atom->percent;
    pc_hypothesis *h = pc_think(t, PC_MINIMAL_CHANGE, 1);
    pc_ranges rates = pc_rates(atom->sum.value, atom->base.value,
                               pc_slot_decimals(t, percent), true);

    pc_model_read(&t->model, percent);
    if (h == NULL || !pc_settle(t, percent, &rates, &h->changes[0]) ||
        !pc_prove(t, h))
        return NULL;
    return h;
}

static bool can_search(const pc_atom *atom)
{
    const pc_slot *percent = atom->percent;

    return atom->node->kind == PC_NODE_PERCENT && percent != NULL &&
           pc_slot_may_change(percent) && pc_slot_has_value(percent) &&
           percent->fact->value.scale + 2 <= PC_DIGITS &&
           pc_ratio_sign(percent->value) > 0 &&
           pc_ratio_compare(percent->value, (pc_ratio){100, 1}) < 0 &&
           atom->sum.open == 0 && atom->base.open == 0 &&
           pc_ratio_sign(atom->base.value) > 0;
}

void pc_think_base(pc_thinking *t, pc_case *of)
{
    pc_atom *atom = pc_case_only_atom(of);
    search s; /* large, and mostly not used: not zeroed */

    if (atom == NULL || !can_search(atom))
        return;
    s.plain = right_rate(t, atom);
    if (s.plain == NULL)
        return;
    s.t = t;
    s.atom = atom;
    s.unit = unit_of(&atom->base);
    s.count = 0;
    s.tried = 0;
    s.found_count = 0;
    s.full = false;
    try_classes(&s);
    (void)pc_model_spend(&t->model, s.tried);
    if (s.full)
        pc_cut_short(t, of);
}
