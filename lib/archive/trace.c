/*
 * What is behind a rule across submissions that fails. A figure of any of its
 * units may be wrong, so each gets those units around it whose rules look at
 * it, to be looked at only; then lib/explain has the same evidence as within
 * one submission.
 */
#include <string.h>

#include "archive/across.h"
#include "explain/explain.h"

enum {
    MOST_BESIDE = 1000, /* units below the unit above, for each that fails */
    MOST_AROUND = 20000 /* units that are looked at, for each that fails */
};

/* What is judged of a unit that is only looked at. */
typedef enum sort { SORT_FACTS, SORT_NEXT, SORT_ABOVE } sort;

typedef struct trace {
    pc_across *a;
    pc_arena arena;
    size_t changing; /* units at the front, whose facts may be wrong */
    pc_list sorts;   /* of sort, for the units behind them */
    bool cut;        /* a ceiling has left out some of them */
} trace;

static pc_unit *unit_at(const trace *t, size_t index)
{
    return pc_submission_unit(&t->a->submission, index);
}

/* Adds a unit for a period as number `*index`. */
static bool look_at(trace *t, size_t unit, size_t period, const pc_kept *kept,
                    sort which, size_t *index)
{
    sort *place = pc_list_add(&t->sorts, &t->arena, sizeof *place);

    if (place == NULL)
        return false;
    *place = which;
    *index = t->a->submission.units.count;
    return pc_across_add(t->a, unit,
                         pc_store_period_at(&t->a->run->store, period), kept,
                         true) != NULL;
}

/* ---- periods before and behind ---- */

/* Adds the submission of another period, unless there is none or it is among
 * the units already. */
static bool add_period(trace *t, const pc_kept *kept, size_t *index)
{
    return kept == NULL || *index != PC_NONE ||
           look_at(t, kept->unit, kept->period, kept, SORT_FACTS, index);
}

static bool add_before(trace *t, size_t index, const pc_kept *kept)
{
    const pc_watch *watch = t->a->watch;
    size_t previous = unit_at(t, index)->previous;
    size_t year_before = unit_at(t, index)->year_before;

    if ((watch->has_previous &&
         !add_period(t, pc_across_previous(t->a, kept), &previous)) ||
        (watch->has_year_before &&
         !add_period(t, pc_across_year_before(t->a, kept), &year_before)))
        return false;
    unit_at(t, index)->previous = previous;
    unit_at(t, index)->year_before = year_before;
    return true;
}

/* Those that look back at the unit: a first quarter can be the period before
 * both the second and the half. */
static bool add_behind(trace *t, size_t index, const pc_kept *kept)
{
    const pc_watch *watch = t->a->watch;
    const pc_kept *other = pc_store_at(&t->a->run->store, kept->unit)->last;

    for (; other != NULL; other = other->next) {
        bool previous = watch->has_previous &&
                        pc_across_previous(t->a, other) == kept;
        bool year_before = watch->has_year_before &&
                           pc_across_year_before(t->a, other) == kept;
        size_t behind;

        if (other == t->a->kept || (!previous && !year_before))
            continue;
        if (!look_at(t, other->unit, other->period, other, SORT_NEXT, &behind))
            return false;
        unit_at(t, behind)->previous = previous ? index : PC_NONE;
        unit_at(t, behind)->year_before = year_before ? index : PC_NONE;
    }
    return true;
}

/* ---- units below and above ---- */

/* Whether all units below one may be looked at, too. */
static bool is_room_for(trace *t, size_t unit, size_t most)
{
    const pc_store *store = &t->a->run->store;
    size_t child = pc_store_at(store, unit)->first_child;
    size_t count = 0;

    if (most > MOST_AROUND - t->sorts.count)
        most = MOST_AROUND - t->sorts.count;
    while (child != PC_NONE && count <= most) {
        child = pc_store_at(store, child)->next_sibling;
        count++;
    }
    t->cut = t->cut || count > most;
    return count <= most;
}

/* Puts units below number `above`, those of `unit` but `but`. */
static bool add_list(trace *t, size_t above, size_t unit, size_t period,
                     size_t but)
{
    const pc_store *store = &t->a->run->store;
    size_t child = pc_store_at(store, unit)->first_child;

    for (; child != PC_NONE; child = pc_store_at(store, child)->next_sibling) {
        size_t index;

        if (child == but)
            continue;
        if (!look_at(t, child, period, pc_across_find(t->a, child, period),
                     SORT_FACTS, &index))
            return false;
        unit_at(t, index)->next_sibling = unit_at(t, above)->first_child;
        unit_at(t, above)->first_child = index;
    }
    return true;
}

static bool add_below(trace *t, size_t index, const pc_kept *kept)
{
    if (unit_at(t, index)->first_child != PC_NONE ||
        !is_room_for(t, kept->unit, MOST_AROUND))
        return true;
    return add_list(t, index, kept->unit, kept->period, PC_NONE);
}

/* The unit above, whose sum the unit is a part of, with the other parts. */
static bool add_above(trace *t, size_t index, const pc_kept *kept)
{
    size_t unit = pc_store_at(&t->a->run->store, kept->unit)->parent;
    const pc_kept *sent;
    size_t above;

    if (unit_at(t, index)->parent != PC_NONE || unit == PC_NONE ||
        unit == kept->unit)
        return true;
    sent = pc_across_find(t->a, unit, kept->period);
    if (sent == NULL || !is_room_for(t, unit, MOST_BESIDE))
        return true;
    if (!look_at(t, unit, kept->period, sent, SORT_ABOVE, &above))
        return false;
    unit_at(t, index)->parent = above;
    unit_at(t, above)->first_child = index;
    return add_list(t, above, unit, kept->period, kept->unit);
}

static bool add_around(trace *t, size_t index)
{
    const pc_kept *kept = pc_across_sent(t->a, index);
    const pc_watch *watch = t->a->watch;

    if (kept == NULL)
        return true;
    return ((!watch->has_previous && !watch->has_year_before) ||
            (add_before(t, index, kept) && add_behind(t, index, kept))) &&
           (!watch->has_children ||
            (add_below(t, index, kept) && add_above(t, index, kept)));
}

static bool add_all(trace *t)
{
    size_t child = unit_at(t, 0)->first_child;

    for (; child != PC_NONE; child = unit_at(t, child)->next_sibling)
        unit_at(t, child)->parent = 0;
    for (size_t i = 0; i < t->changing; i++)
        if (!add_around(t, i))
            return false;
    return true;
}

/* ---- evidence ---- */

static const bool *rules_of(const trace *t, size_t index)
{
    const pc_watch *watch = t->a->watch;

    if (index < t->changing)
        return watch->judged;
    switch (((const sort *)t->sorts.data)[index - t->changing]) {
    case SORT_NEXT:
        return watch->of_next;
    case SORT_ABOVE:
        return watch->of_above;
    default:
        return NULL;
    }
}

/* The rules that were told keep their findings. Both are in the order of the
 * rules. */
static void take_over(trace *t, pc_verdicts *verdicts)
{
    const pc_list *told = &t->a->told->verdicts.list;
    parcheck_verdict *all = verdicts->list.data;
    size_t at = 0;

    for (size_t i = 0; i < told->count; i++) {
        const parcheck_verdict *one = (const parcheck_verdict *)told->data + i;

        while (at < verdicts->list.count && all[at].unit_index == 0 &&
               all[at].rule != one->rule)
            at++;
        if (at == verdicts->list.count || all[at].unit_index != 0)
            return;
        all[at].evidence = false;
        all[at].sequence = one->sequence;
    }
}

static bool judge_all(trace *t, pc_verdicts *verdicts)
{
    for (size_t i = 0; i < t->a->submission.units.count; i++) {
        const bool *rules = rules_of(t, i);

        if (rules != NULL && !pc_judge_evidence(verdicts, &t->a->submission, i,
                                                rules, &t->arena))
            return false;
        if (i == 0)
            take_over(t, verdicts);
    }
    memcpy(verdicts->counts, t->a->told->verdicts.counts,
           sizeof verdicts->counts);
    verdicts->incomplete = t->cut;
    return true;
}

bool pc_across_explain(pc_across *a)
{
    trace t = {.a = a, .changing = a->submission.units.count};
    pc_verdicts verdicts = {0};
    pc_presence *presence =
        &a->submission.presence[a->kept->edition->family->index];
    bool done;

    pc_arena_init(&t.arena, &a->run->allocator);
    presence->edition = a->kept->edition;
    done = add_all(&t) && judge_all(&t, &verdicts) &&
           pc_explain(&a->submission, &verdicts, &a->told->findings,
                      &a->told->arena);
    presence->edition = NULL;
    pc_arena_free(&t.arena);
    return done;
}
