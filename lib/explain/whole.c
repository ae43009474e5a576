/*
 * A unit that totals leave out altogether, or count twice: each total over the
 * units below is off by just the figure of the same one of them. That changes
 * more cells than a search for sets could find, and one cell at a time breaks
 * the sums among the totals.
 */
#include "explain/hypothesis.h"

enum { LEAST = 2 }; /* figures that the unit has to have in the totals */

/* A unit with totals and one of those below it. */
typedef struct pair {
    pc_thinking *t;
    size_t above;
    size_t below;
    bool twice;
    pc_list cases; /* of pc_case *: those that it would explain */
    pc_case *main; /* the one with the largest figure */
    pc_ratio largest;
} pair;

/* A total of a unit over those below it, and nothing else; NULL otherwise. */
static pc_atom *total_of(pc_case *of)
{
    pc_atom *atom = pc_case_only_atom(of);
    pc_slot *part = NULL;

    if (atom == NULL || of->verdict->rule->when != NULL ||
        !of->verdict->rule->uses_children || atom->result == NULL ||
        atom->percent != NULL || atom->sum.open > 0 ||
        pc_ratio_sign(atom->sum.constant) != 0)
        return NULL;
    for (size_t i = 0; i < atom->sum.count; i++) {
        const pc_entry *entry = &atom->sum.entries[i];

        if (entry->slot == atom->result)
            continue;
        if (entry->slot->unit == of->unit ||
            (part != NULL && part->symbol != entry->slot->symbol) ||
            pc_ratio_compare(entry->factor, (pc_ratio){-1, 1}) != 0)
            return NULL;
        part = entry->slot;
    }
    return part != NULL ? atom : NULL;
}

static size_t symbol_of_parts(const pc_atom *atom)
{
    const pc_slot *first = atom->sum.entries[0].slot;

    return first != atom->result ? first->symbol
                                 : atom->sum.entries[1].slot->symbol;
}

/* What the total would have to be off by. */
static pc_ratio wanted(const pair *p, const pc_slot *part)
{
    return p->twice ? part->value : pc_ratio_negate(part->value);
}

/* False if the total says that it is not so. */
static bool take(pair *p, pc_case *of, const pc_atom *atom)
{
    pc_slot *part = pc_model_slot(&p->t->model, p->below,
                                  symbol_of_parts(atom));
    pc_case **place;

    if (part == NULL || !pc_slot_has_value(part) ||
        pc_ratio_compare(atom->sum.value, wanted(p, part)) != 0)
        return false;
    if (pc_ratio_sign(part->value) == 0)
        return true;
    if (!pc_slot_may_change(atom->result))
        return false;
    place = pc_list_add(&p->cases, p->t->model.work, sizeof(*place));
    if (place == NULL) {
        p->t->model.failed = true;
        return false;
    }
    *place = of;
    if (p->main == NULL || pc_ratio_compare(p->largest, part->value) < 0) {
        p->main = of;
        p->largest = part->value;
    }
    return true;
}

/* Whether all totals of the unit speak for it. */
static bool take_all(pair *p)
{
    pc_model *model = &p->t->model;

    for (size_t i = model->first[p->above]; i < model->first[p->above + 1];
         i++) {
        const parcheck_verdict *verdict =
            (const parcheck_verdict *)model->verdicts->list.data + i;
        pc_atom *atom;
        pc_case *of;

        if (!verdict->rule->uses_children)
            continue;
        of = pc_model_case_of(model, verdict);
        if (of == NULL)
            return false;
        atom = total_of(of);
        if (atom != NULL && !take(p, of, atom))
            return false;
    }
    return p->cases.count >= LEAST;
}

static bool set_change(pc_case *of, pc_proposal *change)
{
    const pc_atom *atom = pc_case_only_atom(of);
    pc_ratio right = pc_ratio_subtract(atom->result->value, atom->sum.value);
    pc_ranges allowed = pc_allowed_kind(atom->result);

    change->slot = atom->result;
    change->determined = true;
    return !pc_ratio_is_lost(right) &&
           pc_ratio_decimal(right, &change->value) &&
           pc_ranges_contain(&allowed, right);
}

static void propose(pair *p, uint64_t tried)
{
    pc_decimal size;
    pc_hypothesis *h;

    if (!take_all(p) || !pc_ratio_decimal(p->largest, &size) ||
        !pc_is_no_chance(tried, pc_slip_range(size, size)))
        return;
    h = pc_think(p->t, p->twice ? PC_COUNTED_TWICE : PC_LEFT_OUT,
                 p->cases.count);
    if (h == NULL)
        return;
    for (size_t i = 0; i < p->cases.count; i++)
        if (!set_change(((pc_case **)p->cases.data)[i], &h->changes[i]))
            return;
    h->about = p->main;
    h->whole = true;
    h->part = pc_model_slot(&p->t->model, p->below,
                            symbol_of_parts(pc_case_only_atom(p->main)));
    if (h->part == NULL || !pc_prove(p->t, h))
        return;
    h->odds = tried;
    pc_keep(p->t, h);
}

/* The units below whose figure the total is off by. */
static void look_at(pc_thinking *t, pc_case *of, const pc_atom *atom)
{
    bool twice = pc_ratio_sign(atom->sum.value) > 0;
    pc_ratio off = twice ? atom->sum.value : pc_ratio_negate(atom->sum.value);

    (void)pc_model_spend(&t->model, atom->sum.count);
    for (size_t i = 0; i < atom->sum.count && !t->model.failed; i++) {
        const pc_slot *slot = atom->sum.entries[i].slot;
        pair p = {
            .t = t, .above = of->unit, .below = slot->unit, .twice = twice};

        if (slot == atom->result || pc_ratio_compare(slot->value, off) != 0)
            continue;
        if (!pc_model_spend(&t->model, 1)) {
            pc_cut_short(t, of);
            return;
        }
        propose(&p, atom->sum.count);
    }
}

void pc_think_whole(pc_thinking *t)
{
    const pc_list *verdicts = &t->model.verdicts->list;
    size_t unit = PC_NONE; /* whose first total that fails has been seen */

    for (size_t i = 0; i < verdicts->count && !t->model.failed; i++) {
        const parcheck_verdict *verdict =
            (const parcheck_verdict *)verdicts->data + i;
        pc_atom *atom;
        pc_case *of;

        if (verdict->outcome != PARCHECK_FAILS ||
            !verdict->rule->uses_children || verdict->unit_index == unit)
            continue;
        of = pc_model_case_of(&t->model, verdict);
        atom = of != NULL ? total_of(of) : NULL;
        if (atom == NULL)
            continue;
        unit = verdict->unit_index;
        look_at(t, of, atom);
    }
}
