#include "explain/hypothesis.h"

#include <string.h>

const char *pc_hypothesis_name(pc_hypothesis_kind kind)
{
    static const char *const names[] = {
        "rounding-mode", "other-base", "counted-twice",  "left-out",
        "cumulative",    "swapped",    "shifted-row",    "sign",
        "scale",         "digit-slip", "minimal-change", "deduced-blank"};

    return names[kind];
}

unsigned pc_slot_weight(const pc_slot *slot)
{
    return slot->result || slot->kind == PARCHECK_PERCENT ? PC_WEIGHT_COMPUTED
                                                          : PC_WEIGHT_COUNTED;
}

unsigned pc_slot_decimals(const pc_thinking *t, const pc_slot *slot)
{
    unsigned own = pc_slot_has_value(slot) ? slot->fact->value.scale : 0;

    switch (slot->kind) {
    case PARCHECK_PERCENT:
        return own > t->decimals ? own : t->decimals;
    case PARCHECK_AMOUNT:
        return own;
    default:
        return 0;
    }
}

/* ---- values -------------------------------------------------------------- */

/* floor(number * 10^decimals), false if it does not fit. */
static bool floor_at(pc_ratio number, unsigned decimals, int64_t *floor)
{
    pc_ratio scaled = pc_ratio_multiply(number,
                                        pc_ratio_invert(pc_unit_of(decimals)));

    if (pc_ratio_is_lost(scaled))
        return false;
    *floor = scaled.numerator / scaled.denominator;
    if (scaled.numerator < 0 && scaled.numerator % scaled.denominator != 0)
        --*floor;
    return true;
}

static bool is_at(pc_ratio number, unsigned decimals, int64_t steps)
{
    pc_ratio there = pc_ratio_multiply((pc_ratio){steps, 1},
                                       pc_unit_of(decimals));

    return pc_ratio_compare(number, there) == 0;
}

/* The first and last steps of 10^-decimals in a piece. */
typedef struct steps {
    bool has_low;
    bool has_high;
    int64_t low;
    int64_t high;
} steps;

static bool steps_of(const pc_range *piece, unsigned decimals, steps *s)
{
    s->has_low = piece->low.given;
    s->has_high = piece->high.given;
    if (s->has_low) {
        if (!floor_at(piece->low.value, decimals, &s->low))
            return false;
        if (!is_at(piece->low.value, decimals, s->low) || piece->low.side > 0)
            s->low++;
    }
    if (s->has_high) {
        if (!floor_at(piece->high.value, decimals, &s->high))
            return false;
        if (is_at(piece->high.value, decimals, s->high) && piece->high.side < 0)
            s->high--;
    }
    return !s->has_low || !s->has_high || s->low <= s->high;
}

static bool is_point(const pc_range *piece)
{
    return piece->low.given && piece->high.given &&
           pc_ratio_compare(piece->low.value, piece->high.value) == 0;
}

/* An amount may have more decimals than it was printed with. */
static bool settle_point(pc_slot *slot, const pc_ranges *set,
                         pc_proposal *proposal)
{
    if (slot->kind != PARCHECK_AMOUNT || set->count != 1 ||
        !is_point(&set->at[0]) ||
        !pc_ratio_decimal(set->at[0].low.value, &proposal->value))
        return false;
    proposal->determined = true;
    return true;
}

/* The step of [low, high] that is nearest to what was printed. */
static int64_t nearest(const steps *s, int64_t printed)
{
    if (s->has_low && printed < s->low)
        return s->low;
    if (s->has_high && printed > s->high)
        return s->high;
    return printed;
}

static uint64_t distance(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

bool pc_settle(const pc_thinking *t, pc_slot *slot, const pc_ranges *set,
               pc_proposal *proposal)
{
    unsigned decimals = pc_slot_decimals(t, slot);
    bool any = false;
    bool single = true;
    int64_t printed = 0;
    int64_t best = 0;
    steps all = {0};

    memset(proposal, 0, sizeof *proposal);
    proposal->slot = slot;
    if (set->lost)
        return false;
    if (settle_point(slot, set, proposal))
        return true;
    if (pc_slot_has_value(slot) && !floor_at(slot->value, decimals, &printed))
        return false;
    for (size_t i = 0; i < set->count; i++) {
        steps s;
        int64_t here;

        if (!steps_of(&set->at[i], decimals, &s))
            continue;
        here = nearest(&s, printed);
        if (!any || distance(here, printed) < distance(best, printed))
            best = here;
        single = single && !any && s.has_low && s.has_high && s.low == s.high;
        if (!any)
            all = s;
        all.has_high = s.has_high;
        all.high = s.high;
        any = true;
    }
    if (!any)
        return false;
    /* A rate half way between two prints is rounded away from zero. */
    if (slot->kind == PARCHECK_PERCENT && slot->result && set->count == 1 &&
        all.has_low && all.has_high && all.high - all.low == 1) {
        best = all.high;
        single = true;
    }
    proposal->determined = single;
    proposal->value = (pc_decimal){best, decimals};
    proposal->has_low = all.has_low;
    proposal->has_high = all.has_high;
    proposal->low = (pc_decimal){all.low, decimals};
    proposal->high = (pc_decimal){all.high, decimals};
    return true;
}

void pc_cut_short(pc_thinking *t, pc_case *of)
{
    t->cut_short += !of->cut;
    of->cut = true;
}

/* ---- hypotheses ---------------------------------------------------------- */

pc_hypothesis *pc_think(pc_thinking *t, pc_hypothesis_kind kind,
                        size_t change_count)
{
    pc_hypothesis *h = pc_arena_alloc(t->model.work, sizeof *h);

    if (h != NULL)
        h->changes = pc_arena_array(t->model.work, change_count,
                                    sizeof *h->changes);
    if (h == NULL || h->changes == NULL) {
        t->model.failed = true;
        return NULL;
    }
    h->kind = kind;
    h->change_count = change_count;
    return h;
}

pc_hypothesis *pc_rethink(pc_thinking *t, const pc_hypothesis *h,
                          pc_hypothesis_kind kind)
{
    pc_hypothesis *copy = pc_arena_alloc(t->model.work, sizeof *copy);

    if (copy == NULL) {
        t->model.failed = true;
        return NULL;
    }
    *copy = *h;
    copy->kind = kind;
    return copy;
}

/* The slot has a value in the atom that follows from its other slots. */
static bool is_given_by(const pc_atom *atom, const pc_slot *slot)
{
    const pc_link *links = slot->links.data;

    if (atom->sum.open > 0 || atom->base.open > 0)
        return atom->percent == NULL && atom->sum.open == 1 &&
               atom->sum.blank.slot == slot;
    if (atom->percent == NULL && atom->sum.count < 2)
        return false;
    if (atom->percent != NULL && atom->percent != slot &&
        !pc_slot_has_value(atom->percent))
        return false;
    if (atom->percent == slot)
        return true;
    for (size_t i = 0; i < slot->links.count; i++)
        if (links[i].atom == atom)
            return true;
    return false;
}

/* Takes the case as a witness if none of its other slots is one already. */
static bool takes(pc_model *model, const pc_case *of, const pc_slot *slot)
{
    pc_slot **slots = of->slots.data;

    (void)pc_model_spend(model, of->slots.count);
    for (size_t i = 0; i < of->slots.count; i++)
        if (slots[i] != slot && slots[i]->mark == model->mark)
            return false;
    for (size_t i = 0; i < of->slots.count; i++)
        if (slots[i] != slot)
            slots[i]->mark = model->mark;
    return true;
}

/* How many equations with no other cell in common give this value: those
 * that are repaired, which are marked so, and those that speak of other
 * changed cells, too. */
static size_t support_of(pc_thinking *t, const pc_hypothesis *h,
                         const pc_proposal *change, size_t repaired)
{
    const pc_list *cases = &change->slot->cases;
    size_t support = 0;

    t->model.mark++;
    for (size_t i = 0; i < cases->count && change->determined; i++) {
        pc_case *of = ((pc_case **)cases->data)[i];
        pc_atom *atom = pc_case_only_atom(of);

        if (atom == NULL || !pc_atom_is_equation(atom) ||
            !is_given_by(atom, change->slot) ||
            !(of->mark == repaired ||
              (h->change_count > 1 && !pc_case_fails(of))))
            continue;
        support += takes(&t->model, of, change->slot);
    }
    return support;
}

static void add_support(pc_thinking *t, pc_hypothesis *h)
{
    size_t repaired = ++t->model.mark;

    for (size_t i = 0; i < h->repair_count; i++)
        h->repairs[i]->mark = repaired;
    h->support = SIZE_MAX;
    for (size_t i = 0; i < h->change_count; i++) {
        size_t support = support_of(t, h, &h->changes[i], repaired);

        if (support < h->support)
            h->support = support;
        h->weight += pc_slot_weight(h->changes[i].slot);
    }
}

static bool prove(pc_thinking *t, pc_hypothesis *h, bool better)
{
    pc_setting *settings = pc_arena_array(t->model.work, h->change_count,
                                          sizeof *settings);
    pc_trial trial;

    if (settings == NULL) {
        t->model.failed = true;
        return false;
    }
    for (size_t i = 0; i < h->change_count; i++)
        settings[i] = (pc_setting){h->changes[i].slot, h->changes[i].blank,
                                   h->changes[i].value};
    trial = pc_model_try(&t->model, settings, h->change_count, true);
    /* There is room for all of them behind each other. */
    for (size_t i = 0; better && i < trial.better_count; i++)
        trial.repaired[trial.repaired_count++] = trial.better[i];
    if (trial.broken != NULL || trial.repaired_count == 0 || t->model.failed)
        return false;
    h->repairs = trial.repaired;
    h->repair_count = trial.repaired_count;
    h->open_count = trial.open_count;
    h->weight = 0;
    h->odds = UINT64_MAX;
    add_support(t, h);
    return true;
}

bool pc_prove(pc_thinking *t, pc_hypothesis *h)
{
    return prove(t, h, false);
}

bool pc_prove_better(pc_thinking *t, pc_hypothesis *h)
{
    return prove(t, h, true);
}

static bool same_change(const pc_proposal *a, const pc_proposal *b)
{
    return a->slot == b->slot && a->blank == b->blank &&
           a->determined == b->determined &&
           pc_decimal_compare(a->value, b->value) == 0;
}

static bool same(const pc_hypothesis *a, const pc_hypothesis *b)
{
    if (a->kind != b->kind || a->change_count != b->change_count)
        return false;
    for (size_t i = 0; i < a->change_count; i++) {
        bool found = false;

        for (size_t k = 0; k < b->change_count && !found; k++)
            found = same_change(&a->changes[i], &b->changes[k]);
        if (!found)
            return false;
    }
    return a->kind != PC_OTHER_BASE ||
           (a->numerator == b->numerator && a->base == b->base);
}

void pc_keep(pc_thinking *t, pc_hypothesis *h)
{
    pc_hypothesis **place;

    for (size_t i = 0; i < h->repair_count; i++) {
        const pc_list *known = &h->repairs[i]->thought;

        (void)pc_model_spend(&t->model, known->count);
        for (size_t k = 0; k < known->count; k++)
            if (same(((pc_hypothesis **)known->data)[k], h))
                return;
    }
    h->order = t->all.count;
    place = pc_list_add(&t->all, t->model.work, sizeof(*place));
    if (place == NULL) {
        t->model.failed = true;
        return;
    }
    *place = h;
    for (size_t i = 0; i < h->repair_count; i++) {
        place = pc_list_add(&h->repairs[i]->thought, t->model.work,
                            sizeof(*place));
        if (place == NULL) {
            t->model.failed = true;
            return;
        }
        *place = h;
    }
}
