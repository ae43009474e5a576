/*
 * One cell that repairs a failing rule. For each of the rule's cells every
 * rule that looks at it says which values it allows; what is left is exact,
 * and what repairs the most comes first.
 */
#include "explain/hypothesis.h"

typedef struct asked {
    pc_thinking *t;
    pc_slot *slot;
    unsigned decimals;
    pc_ranges kept; /* what the rules that do not fail allow */
    pc_case *failing[PC_EXPLAIN_FAILING];
    pc_ranges allowed[PC_EXPLAIN_FAILING]; /* what each that fails would need */
    size_t count;
    bool full; /* more rules fail than are combined */
} asked;

/* False if no value is left. */
static bool ask_rules(asked *a)
{
    const pc_list *cases = &a->slot->cases;

    a->kept = pc_allowed_kind(a->slot);
    for (size_t i = 0; i < cases->count && a->kept.count > 0; i++) {
        pc_case *of = ((pc_case **)cases->data)[i];
        bool fails = pc_case_fails(of);
        pc_ranges set;

        a->full = a->full || (fails && a->count == PC_EXPLAIN_FAILING);
        if (fails && a->count == PC_EXPLAIN_FAILING)
            continue;
        if (!pc_model_spend(&a->t->model, 1)) {
            a->full = true;
            return false;
        }
        set = pc_allowed(&a->t->model, of, a->slot, a->decimals, fails);
        if (!fails) {
            a->kept = pc_ranges_intersect(&a->kept, &set);
            continue;
        }
        a->failing[a->count] = of;
        a->allowed[a->count++] = set;
    }
    return a->kept.count > 0 && !a->kept.lost;
}

/* Case number `first` and all others that can be repaired with it. */
static pc_ranges combine(const asked *a, size_t first)
{
    pc_ranges set = pc_ranges_intersect(&a->kept, &a->allowed[first]);

    for (size_t i = 0; i < a->count; i++) {
        pc_ranges more = pc_ranges_intersect(&set, &a->allowed[i]);

        if (i != first && more.count > 0 && !more.lost)
            set = more;
    }
    return set;
}

static void propose(asked *a, const pc_ranges *set)
{
    pc_hypothesis *h = pc_think(a->t, PC_MINIMAL_CHANGE, 1);

    if (h != NULL && pc_settle(a->t, a->slot, set, &h->changes[0]) &&
        pc_prove(a->t, h))
        pc_interpret(a->t, h);
}

/* False if a ceiling was reached. */
static bool ask_slot(pc_thinking *t, pc_slot *slot)
{
    asked a; /* large, and mostly not used: not zeroed */
    pc_ranges known[PC_EXPLAIN_FAILING];
    size_t count = 0;

    a.t = t;
    a.slot = slot;
    a.count = 0;
    a.full = false;
    slot->tried = true;
    pc_model_read(&t->model, slot);
    a.decimals = pc_slot_decimals(t, slot);
    if (!ask_rules(&a))
        return !a.full;
    for (size_t i = 0; i < a.count; i++) {
        pc_ranges set = combine(&a, i);
        bool again = set.count == 0 || set.lost;

        for (size_t k = 0; k < count && !again; k++)
            again = pc_ranges_equal(&set, &known[k]);
        if (again)
            continue;
        known[count++] = set;
        propose(&a, &set);
    }
    return !a.full;
}

static bool can_be_asked(const pc_slot *slot)
{
    return !slot->tried && pc_slot_has_value(slot) && pc_slot_may_change(slot);
}

void pc_think_single(pc_thinking *t, pc_case *of)
{
    size_t tried = 0;

    for (size_t i = 0; i < of->slots.count && !t->model.failed; i++) {
        pc_slot *slot = ((pc_slot **)of->slots.data)[i];

        if (!can_be_asked(slot))
            continue;
        if (tried++ == PC_EXPLAIN_TRIED || !pc_model_spend(&t->model, 1)) {
            pc_cut_short(t, of);
            return;
        }
        if (!ask_slot(t, slot))
            pc_cut_short(t, of);
    }
}
