/*
 * Figures that stand in the wrong place: two that changed places, and a run
 * of them that is one row off beside a blank. Neighbours are what stands
 * beside a cell in its form, or in its column of a table.
 */
#include "explain/hypothesis.h"

enum {
    NEAR = 3,       /* rows between two cells that may have changed places */
    LONGEST = 8,    /* cells of a run that is one row off */
    SHORTEST = 3,   /* ... with its blank */
    MOST_ROWS = 256 /* of a form or column that are looked at */
};

/* The cells of a form, or of a column, one below the other: so many around
 * the one that is looked at as a run could reach. That one is slots[MIDDLE]. */
enum { MIDDLE = LONGEST };
typedef struct lane {
    pc_slot *slots[2 * LONGEST + 1];
    size_t first;
    size_t end; /* `first` if that one stands in none */
} lane;

static void begin_lane(lane *l, pc_slot *slot)
{
    l->slots[MIDDLE] = slot;
    l->first = MIDDLE;
    l->end = MIDDLE + 1;
}

static bool has_place(const pc_slot *slot)
{
    return slot != NULL && slot->indicator != NULL && slot->fact->cell != NULL;
}

/* False if there is room for no more of them. */
static bool add_before(lane *l, pc_slot *slot)
{
    if (has_place(slot))
        l->slots[--l->first] = slot;
    return l->first > 0;
}

static bool add_behind(lane *l, pc_slot *slot)
{
    if (has_place(slot))
        l->slots[l->end++] = slot;
    return l->end <= 2 * LONGEST;
}

/* The slot of a row in the same form, NULL if the row is none of it. */
static pc_slot *slot_of_row(pc_thinking *t, const pc_slot *beside,
                            const parcheck_indicator *row)
{
    return row->kind <= PARCHECK_PERCENT &&
                   row->form_index == beside->indicator->form_index
               ? pc_model_slot(&t->model, beside->unit, row->symbol)
               : NULL;
}

static void lane_of_form(pc_thinking *t, pc_slot *slot, lane *l)
{
    const parcheck_edition *edition =
        pc_submission_unit(t->model.submission, slot->unit)->edition;
    const pc_form *form = (const pc_form *)edition->forms.data +
                          slot->indicator->form_index;
    const parcheck_indicator *first = edition->indicators + form->first;
    const parcheck_indicator *end = edition->indicators + form->end;
    const parcheck_indicator *row = slot->indicator;

    l->first = l->end = 0;
    if (slot->kind > PARCHECK_PERCENT)
        return;
    begin_lane(l, slot);
    while (row > first && add_before(l, slot_of_row(t, slot, row - 1)))
        row--;
    row = slot->indicator + 1;
    while (row < end && add_behind(l, slot_of_row(t, slot, row)))
        row++;
}

/* The slot's column in another row, NULL if the row has another parent. */
static pc_slot *slot_of_unit(pc_thinking *t, const pc_slot *beside, size_t unit)
{
    const pc_submission *s = t->model.submission;
    const pc_unit *own = pc_submission_unit(s, beside->unit);
    const pc_unit *other = pc_submission_unit(s, unit);

    return other->parent == own->parent && other->edition == own->edition
               ? pc_model_slot(&t->model, unit, beside->symbol)
               : NULL;
}

/* The same column in the rows with the same parent: in front of the slot those
 * that stand together. */
static void lane_of_column(pc_thinking *t, pc_slot *slot, lane *l)
{
    const pc_submission *s = t->model.submission;
    size_t unit = slot->unit;

    l->first = l->end = 0;
    if (pc_submission_unit(s, unit)->parent == PC_NONE)
        return;
    begin_lane(l, slot);
    for (size_t i = unit; i > 0 && unit - i < MOST_ROWS / 2; i--) {
        pc_slot *other = slot_of_unit(t, slot, i - 1);

        if (other == NULL || !add_before(l, other))
            break;
    }
    for (size_t i = unit + 1; i < s->units.count && i - unit < MOST_ROWS; i++)
        if (!add_behind(l, slot_of_unit(t, slot, i)))
            break;
}

/* As many numbers as the least of the values has digits for: a small number
 * is easily met by chance. */
static uint64_t range_of(const pc_hypothesis *h)
{
    uint64_t range = UINT64_MAX;

    for (size_t i = 0; i < h->change_count; i++) {
        const pc_proposal *change = &h->changes[i];
        uint64_t size;

        if (change->blank)
            continue;
        size = pc_slip_range(change->value, change->value);
        if (size < range)
            range = size;
    }
    return range;
}

/* Each rule that is repaired had to be met by chance. */
static uint64_t chances_of(const pc_hypothesis *h)
{
    uint64_t range = range_of(h);
    uint64_t all = range;

    for (size_t i = 1; i < h->repair_count && all <= UINT64_MAX / range; i++)
        all *= range;
    return all;
}

static void offer(pc_thinking *t, pc_hypothesis *h, uint64_t tried)
{
    if (!pc_prove(t, h) || !pc_is_no_chance(tried, chances_of(h)))
        return;
    h->odds = tried;
    pc_keep(t, h);
}

/* ---- two cells ----------------------------------------------------------- */

static bool holds_value(const pc_slot *slot)
{
    return pc_slot_has_value(slot) && pc_slot_may_change(slot);
}

/* Only an equation between several cells asks for a certain value. */
static bool asks_for_one(const pc_atom *atom)
{
    return atom != NULL && pc_atom_is_equation(atom) &&
           (atom->percent != NULL || atom->sum.count > 1);
}

/* A slot knows the cases that look at it, of which there are few. */
static bool looks_at(const pc_case *of, const pc_slot *slot)
{
    for (size_t i = 0; i < slot->cases.count; i++)
        if (((pc_case **)slot->cases.data)[i] == of)
            return true;
    return false;
}

/* A cell of the failing rule that may have changed places with others. */
typedef struct swap {
    pc_thinking *t;
    const pc_case *of;
    pc_slot *slot;
    pc_ranges allowed; /* what the rule asks of it, once `asked` is set */
    bool asked;
} swap;

static bool may_be(swap *w, pc_ratio value)
{
    if (!w->asked)
        w->allowed = pc_allowed(&w->t->model, w->of, w->slot,
                                pc_slot_decimals(w->t, w->slot), true);
    w->asked = true;
    return pc_ranges_contain(&w->allowed, value);
}

static bool may_swap(swap *w, const pc_slot *other)
{
    const pc_slot *slot = w->slot;

    if (!holds_value(other) || slot->kind != other->kind ||
        pc_ratio_sign(slot->value) <= 0 || pc_ratio_sign(other->value) <= 0 ||
        pc_ratio_compare(slot->value, other->value) == 0)
        return false;
    return looks_at(w->of, other) || may_be(w, other->value);
}

static void try_swap(pc_thinking *t, pc_slot *a, pc_slot *b, uint64_t tried)
{
    pc_hypothesis *h = pc_think(t, PC_SWAPPED, 2);

    if (h == NULL)
        return;
    pc_model_read(&t->model, b);
    h->changes[0] = (pc_proposal){
        .slot = a, .determined = true, .value = b->fact->value};
    h->changes[1] = (pc_proposal){
        .slot = b, .determined = true, .value = a->fact->value};
    offer(t, h, tried);
}

static uint64_t pairs_of(const pc_case *of)
{
    return (uint64_t)of->slots.count * 2 * NEAR;
}

static void swap_within(pc_thinking *t, pc_case *of, pc_slot *slot,
                        const lane *l)
{
    size_t i = l->first > MIDDLE - NEAR ? l->first : MIDDLE - NEAR;
    swap w;

    if (!asks_for_one(pc_case_only_atom(of)))
        return;
    w.t = t;
    w.of = of;
    w.slot = slot;
    w.asked = false;
    for (; i < l->end && i <= MIDDLE + NEAR; i++)
        if (i != MIDDLE && may_swap(&w, l->slots[i]))
            try_swap(t, slot, l->slots[i], pairs_of(of));
}

/* ---- a run of rows ------------------------------------------------------- */

static bool is_blank(const pc_slot *slot)
{
    return slot->fact->state == PC_FACT_BLANK && pc_slot_may_change(slot);
}

/* The run from `first` to `last`, whose blank is at `last` if `up`: what
 * stands in it belongs one row towards the blank. */
static void try_run(pc_thinking *t, const lane *l, size_t first, size_t last,
                    bool up, uint64_t tried)
{
    size_t count = last - first + 1;
    pc_hypothesis *h = pc_think(t, PC_SHIFTED_ROW, count);

    if (h == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        pc_slot *slot = l->slots[first + i];
        bool emptied = up ? i == 0 : i == count - 1;
        const pc_slot *source = emptied ? slot
                                : up    ? l->slots[first + i - 1]
                                        : l->slots[first + i + 1];

        pc_model_read(&t->model, slot);
        h->changes[i] = (pc_proposal){.slot = slot,
                                      .blank = emptied,
                                      .determined = !emptied,
                                      .value = source->fact->value};
        if (!emptied && slot->kind != source->kind)
            return;
    }
    offer(t, h, tried);
}

/* The runs that begin at a blank and take the slot in. */
static void shift_from(pc_thinking *t, const lane *l, size_t blank)
{
    bool up = blank > MIDDLE; /* the blank stands below the run */
    size_t end = blank;

    for (size_t length = 2; length <= LONGEST; length++) {
        if (up ? end == l->first : end + 1 == l->end)
            return;
        end = up ? end - 1 : end + 1;
        if (!holds_value(l->slots[end]))
            return;
        if (length < SHORTEST || (up ? end > MIDDLE : end < MIDDLE))
            continue;
        try_run(t, l, up ? end : blank, up ? blank : end, up,
                2 * LONGEST * LONGEST);
    }
}

static void shift_within(pc_thinking *t, const lane *l)
{
    for (size_t i = l->first; i < l->end; i++)
        if (i != MIDDLE && is_blank(l->slots[i]))
            shift_from(t, l, i);
}

void pc_think_moves(pc_thinking *t, pc_case *of)
{
    lane l;

    for (size_t i = 0; i < of->slots.count && !t->model.failed; i++) {
        pc_slot *slot = ((pc_slot **)of->slots.data)[i];

        if (!holds_value(slot))
            continue;
        if (i >= PC_EXPLAIN_TRIED ||
            !pc_model_spend(&t->model, 2 * MOST_ROWS)) {
            pc_cut_short(t, of);
            return;
        }
        lane_of_form(t, slot, &l);
        swap_within(t, of, slot, &l);
        shift_within(t, &l);
        lane_of_column(t, slot, &l);
        swap_within(t, of, slot, &l);
        shift_within(t, &l);
    }
}
