/*
 * One way of rounding behind all percentages of a submission. Rates that are
 * only right if they were rounded up (or cut off), be it by their rule or as
 * the ratio of other facts, are taken together if there are at least two of
 * them and no other rate of the submission contradicts: each of these either
 * is exact or lies on the same side of its exact value.
 */
#include "explain/hypothesis.h"

enum { LEAST = 2 };

typedef struct habit {
    pc_thinking *t;
    pc_reason mode;
    pc_list rates; /* of pc_hypothesis *, of rates that need it */
    size_t others; /* rates that agree with it */
    bool contradicted;
} habit;

static void weigh(habit *h, int above)
{
    bool fits = h->mode == PC_REASON_ROUNDED_UP ? above > 0 : above < 0;

    if (above == 0)
        return;
    if (fits)
        h->others++;
    else
        h->contradicted = true;
}

static void need(habit *h, pc_hypothesis *rate)
{
    pc_hypothesis **place = pc_list_add(&h->rates, h->t->model.work,
                                        sizeof(*place));

    if (place == NULL)
        h->t->model.failed = true;
    else
        *place = rate;
}

static pc_ratio rate_of(pc_ratio a, pc_ratio b)
{
    return pc_ratio_multiply(pc_ratio_multiply(a, (pc_ratio){100, 1}),
                             pc_ratio_invert(b));
}

/* The likeliest ratio of other facts, if there is one. */
static pc_hypothesis *other_base(const pc_case *of)
{
    for (size_t i = 0; i < of->thought.count; i++) {
        pc_hypothesis *h = ((pc_hypothesis **)of->thought.data)[i];

        if (h->kind == PC_OTHER_BASE)
            return h;
    }
    return NULL;
}

static void weigh_other_base(habit *h, const pc_atom *atom)
{
    pc_hypothesis *other = other_base(atom->of);
    pc_ratio a;
    pc_ratio b;

    if (other == NULL)
        return;
    if (other->mode == h->mode) {
        need(h, other);
        return;
    }
    a = other->numerator != NULL ? other->numerator->value : atom->sum.value;
    b = other->base != NULL ? other->base->value : atom->base.value;
    weigh(h, pc_ratio_compare(atom->percent->value, rate_of(a, b)));
}

/* A rate of its own rule, as a hypothesis without another base. */
static void need_own(habit *h, pc_atom *atom)
{
    pc_thinking *t = h->t;
    pc_hypothesis *own = pc_think(t, PC_ROUNDING_MODE, 1);
    pc_ranges rates;

    if (own == NULL)
        return;
    rates = pc_rates(atom->sum.value, atom->base.value,
                     atom->percent->fact->value.scale, true);
    own->about = atom->of;
    own->mode = h->mode;
    if (pc_settle(t, atom->percent, &rates, &own->changes[0]))
        need(h, own);
}

static bool is_rate(const pc_atom *atom)
{
    return atom != NULL && atom->node->kind == PC_NODE_PERCENT &&
           atom->percent != NULL && pc_slot_has_value(atom->percent) &&
           pc_slot_may_change(atom->percent) && atom->sum.open == 0 &&
           atom->base.open == 0 && pc_ratio_sign(atom->base.value) > 0;
}

static void look_at(habit *h, pc_case *of)
{
    const parcheck_verdict *verdict = of->verdict;
    pc_atom *atom = pc_case_only_atom(of);

    if (!is_rate(atom))
        return;
    if (verdict->outcome == PARCHECK_FAILS)
        weigh_other_base(h, atom);
    else if (verdict->outcome == PARCHECK_HOLDS)
        weigh(h, pc_ratio_compare(atom->percent->value,
                                  rate_of(atom->sum.value, atom->base.value)));
    else if (verdict->outcome == PARCHECK_ROUNDING &&
             verdict->reason == h->mode)
        need_own(h, atom);
    else if (verdict->reason == PC_REASON_TRUNCATED ||
             verdict->reason == PC_REASON_ROUNDED_UP)
        h->contradicted = true;
}

/* The rates together, each with what it should be. */
static pc_hypothesis *take_together(habit *h)
{
    size_t count = h->rates.count;
    pc_hypothesis *all = pc_think(h->t, PC_ROUNDING_MODE, count);

    if (all == NULL)
        return NULL;
    all->of = h->rates.data;
    all->of_count = count;
    all->mode = h->mode;
    all->agreeing = h->others;
    for (size_t i = 0; i < count; i++) {
        all->changes[i] = all->of[i]->changes[0];
        pc_model_read(&h->t->model, all->changes[i].slot);
    }
    return all;
}

/* Whether there can be enough rates at all: told before cases are made. */
static bool is_worthwhile(const pc_thinking *t, pc_reason mode)
{
    size_t rates = t->model.verdicts->counts[PARCHECK_ROUNDING];

    for (size_t i = 0; i < t->all.count && rates < LEAST; i++) {
        const pc_hypothesis *h = ((pc_hypothesis **)t->all.data)[i];

        rates += h->kind == PC_OTHER_BASE && h->mode == mode;
    }
    return rates >= LEAST;
}

static void think(pc_thinking *t, pc_reason mode)
{
    habit h = {.t = t, .mode = mode};
    pc_hypothesis *all;

    if (!is_worthwhile(t, mode))
        return;

    for (size_t i = 0; i < t->model.verdicts->list.count; i++) {
        const parcheck_verdict *verdict =
            (const parcheck_verdict *)t->model.verdicts->list.data + i;
        pc_case *of;

        if (verdict->evidence || verdict->outcome == PARCHECK_UNKNOWN ||
            verdict->rule->then->kind != PC_NODE_PERCENT)
            continue;
        of = pc_model_case_of(&t->model, verdict);
        if (of == NULL || t->model.failed)
            return;
        look_at(&h, of);
        if (h.contradicted)
            return;
    }
    if (h.rates.count < LEAST)
        return;
    all = take_together(&h);
    if (all != NULL && pc_prove_better(t, all)) {
        all->odds = 1;
        pc_keep(t, all);
    }
}

void pc_think_rounding(pc_thinking *t)
{
    think(t, PC_REASON_ROUNDED_UP);
    think(t, PC_REASON_TRUNCATED);
}
