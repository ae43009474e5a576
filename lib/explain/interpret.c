/*
 * What a smallest change looks like: a part that was counted twice or left
 * out, a slip of the keyboard, a figure since the start of the year. Each is
 * offered under its own name only if chance would hardly bring it about.
 */
#include "explain/hypothesis.h"

typedef struct look {
    pc_thinking *t;
    const pc_hypothesis *h;
    pc_hypothesis *best; /* the likeliest reading so far, or NULL */
} look;

static void offer(look *l, pc_hypothesis *reading, uint64_t odds)
{
    if (reading == NULL)
        return;
    reading->odds = odds;
    if (l->best == NULL || odds < l->best->odds)
        l->best = reading;
}

/* ---- counted twice, left out ----------------------------------------------
 */

static pc_ratio contribution(const pc_entry *entry)
{
    return pc_ratio_multiply(entry->factor, entry->slot->value);
}

static uint64_t parts_of(const pc_atom *atom)
{
    uint64_t parts = 0;

    for (size_t i = 0; i < atom->sum.count; i++)
        parts += pc_ratio_sign(atom->sum.entries[i].slot->value) != 0;
    return parts;
}

/* As many numbers as the largest of the sum has digits for. */
static uint64_t range_of(const pc_atom *atom)
{
    uint64_t range = 1;

    for (size_t i = 0; i < atom->sum.count; i++) {
        pc_decimal value = atom->sum.entries[i].slot->fact->value;
        uint64_t size = pc_slip_range(value, value);

        if (size > range)
            range = size;
    }
    return range;
}

static void offer_part(look *l, pc_atom *atom, pc_hypothesis_kind kind,
                       pc_slot *part)
{
    uint64_t parts = parts_of(atom);
    pc_hypothesis *reading;

    if (!pc_is_no_chance(parts, range_of(atom)))
        return;
    reading = pc_rethink(l->t, l->h, kind);
    if (reading == NULL)
        return;
    reading->part = part;
    reading->about = atom->of;
    offer(l, reading, parts);
}

/* The total is off by just one of its parts. */
static void look_at_total(look *l, pc_atom *atom)
{
    pc_ratio off = atom->sum.value;
    bool short_of = pc_ratio_sign(off) < 0;

    for (size_t i = 0; i < atom->sum.count; i++) {
        const pc_entry *entry = &atom->sum.entries[i];
        pc_ratio part = contribution(entry);

        if (entry->slot == atom->result || pc_ratio_sign(part) == 0)
            continue;
        if (!short_of)
            part = pc_ratio_negate(part);
        if (pc_ratio_compare(part, off) == 0) {
            offer_part(l, atom, short_of ? PC_LEFT_OUT : PC_COUNTED_TWICE,
                       entry->slot);
            return;
        }
    }
}

static const pc_entry *entry_of(const pc_atom *atom, const pc_slot *slot)
{
    for (size_t i = 0; i < atom->sum.count; i++)
        if (atom->sum.entries[i].slot == slot)
            return &atom->sum.entries[i];
    return NULL;
}

/* Without this part the others add up: it is in one of them already. */
static void look_at_part(look *l, pc_atom *atom, const pc_proposal *change)
{
    const pc_entry *entry = entry_of(atom, change->slot);

    if (entry == NULL || change->value.coefficient != 0 ||
        pc_ratio_sign(atom->sum.value) >= 0 ||
        pc_ratio_compare(contribution(entry), atom->sum.value) != 0)
        return;
    offer_part(l, atom, PC_COUNTED_TWICE, change->slot);
}

static void look_at_sums(look *l)
{
    for (size_t i = 0; i < l->h->repair_count; i++) {
        pc_atom *atom = pc_case_only_atom(l->h->repairs[i]);

        if (atom == NULL || atom->result == NULL || atom->percent != NULL ||
            atom->sum.open > 0)
            continue;
        for (size_t k = 0; k < l->h->change_count; k++) {
            const pc_proposal *change = &l->h->changes[k];

            if (!change->determined || change->blank)
                continue;
            if (change->slot == atom->result)
                look_at_total(l, atom);
            else
                look_at_part(l, atom, change);
        }
    }
}

/* ---- since the start of the year ------------------------------------------
 */

/* The figures of the periods before in the same year are still in it. */
static void look_at_year(look *l, const pc_proposal *change)
{
    pc_model *model = &l->t->model;
    const pc_slot *slot = change->slot;
    const pc_unit *unit = pc_submission_unit(model->submission, slot->unit);
    pc_ratio sum = {0, 1};
    uint64_t tried = 0;

    while (unit->previous != PC_NONE) {
        const pc_period *period = &unit->period;
        const pc_fact *fact;
        pc_hypothesis *reading;

        unit = pc_submission_unit(model->submission, unit->previous);
        fact = &unit->facts[slot->symbol];
        if (!pc_period_adjoins(&unit->period, period) ||
            fact->state != PC_FACT_VALUE)
            return;
        sum = pc_ratio_add(sum, pc_ratio_of(fact->value));
        tried++;
        if (pc_ratio_sign(sum) <= 0 ||
            pc_ratio_compare(pc_ratio_add(pc_ratio_of(change->value), sum),
                             slot->value) != 0 ||
            !pc_is_no_chance(
                tried, pc_slip_range(slot->fact->value, slot->fact->value)))
            continue;
        reading = pc_rethink(l->t, l->h, PC_CUMULATIVE);
        if (reading != NULL)
            reading->part = pc_model_slot(
                model,
                pc_submission_unit(model->submission, slot->unit)->previous,
                slot->symbol);
        offer(l, reading, tried);
    }
}

/* ---- slips of the keyboard ------------------------------------------------
 */

static pc_hypothesis_kind kind_of(pc_slip_kind slip)
{
    switch (slip) {
    case PC_SLIP_SIGN:
        return PC_SIGN;
    case PC_SLIP_SCALE:
        return PC_SCALE;
    default:
        return PC_DIGIT_SLIP;
    }
}

/* The one cell that others are computed from, or the only one. */
static const pc_proposal *root_of(const pc_hypothesis *h)
{
    const pc_proposal *root = h->change_count == 1 ? &h->changes[0] : NULL;

    for (size_t i = 0; i < h->change_count && h->change_count > 1; i++) {
        if (h->changes[i].slot->result)
            continue;
        if (root != NULL)
            return NULL;
        root = &h->changes[i];
    }
    return root;
}

/* A slip that is not sure enough to be told by name may still tell two changes
 * apart that are equally small, if it is MORE_LIKELY times as likely as any
 * other number of that size. */
enum { MORE_LIKELY = 4 };

static void look_at_keys(look *l, pc_hypothesis *plain,
                         const pc_proposal *change)
{
    pc_decimal printed = change->slot->fact->value;
    uint64_t range = pc_slip_range(change->value, printed);
    pc_slip slip = pc_slip_find(change->value, printed);
    pc_hypothesis *reading;

    if (slip.kind == PC_SLIP_NONE)
        return;
    if (slip.odds <= range / MORE_LIKELY)
        plain->odds = slip.odds;
    if (!pc_is_no_chance(slip.odds, range))
        return;
    reading = pc_rethink(l->t, l->h, kind_of(slip.kind));
    if (reading == NULL)
        return;
    reading->slip = slip;
    reading->part = change->slot;
    offer(l, reading, slip.odds);
}

/* A slip says why the value is what it is, no more: it takes the place of
 * the plain change. The others say something else about the cells. */
static bool takes_the_place(pc_hypothesis_kind kind)
{
    return kind == PC_SIGN || kind == PC_SCALE || kind == PC_DIGIT_SLIP;
}

void pc_interpret(pc_thinking *t, pc_hypothesis *h)
{
    look l = {t, h, NULL};
    const pc_proposal *root = root_of(h);

    look_at_sums(&l);
    if (root != NULL && root->determined && !root->blank) {
        look_at_keys(&l, h, root);
        look_at_year(&l, root);
    }
    if (l.best != NULL)
        pc_keep(t, l.best);
    if (l.best == NULL || !takes_the_place(l.best->kind))
        pc_keep(t, h);
}
