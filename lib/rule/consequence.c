/* The questions to the linear rules: what clashes, and what follows. */
#include "rule/system.h"

static const pc_range everything;

static void blame_nobody(pc_component *component)
{
    for (size_t i = 0; i < component->count; i++)
        component->premises[i]->blamed = false;
}

/* Whether no numbers satisfy the ranges as they are set. */
static pc_answer is_empty(pc_component *component)
{
    pc_simplex *simplex = &component->simplex;
    pc_answer solvable = pc_simplex_solve(simplex);

    if (solvable != PC_NO)
        return solvable == PC_YES ? PC_NO : PC_UNDECIDED;
    for (size_t i = 0; i < component->count; i++)
        if (simplex->blamed[simplex->columns + i])
            component->premises[i]->blamed = true;
    return PC_YES;
}

/* Whether none of the pieces of one premise is possible. */
static pc_answer excludes_pieces(pc_component *component,
                                 const pc_premise *premise)
{
    pc_range *range = pc_simplex_row_range(&component->simplex, premise->at);
    pc_range kept = *range;
    pc_answer all = PC_YES;

    for (size_t i = 0; i < premise->piece_count && all != PC_NO; i++) {
        pc_answer one;

        *range = premise->pieces[i];
        one = is_empty(component);
        if (one != PC_YES)
            all = one;
    }
    *range = kept;
    return all;
}

static bool is_list(const pc_premise *premise)
{
    return premise->rule->then->kind == PC_NODE_IN;
}

static bool has_number(const pc_node *list, pc_decimal number)
{
    for (size_t i = 0; i < list->set_count; i++)
        if (pc_decimal_compare(list->set[i], number) == 0)
            return true;
    return false;
}

/* How many numbers of one list are in another. */
static size_t shared(const pc_node *list, const pc_node *other)
{
    size_t count = 0;

    for (size_t i = 0; i < list->set_count; i++)
        count += has_number(other, list->set[i]);
    return count;
}

static bool are_lists_of_one(const pc_premise *a, const pc_premise *b)
{
    return is_list(a) && is_list(b) && a->unknowns[0] == b->unknowns[0];
}

static bool excludes_list(pc_component *component, pc_premise *premise)
{
    for (size_t i = 0; i < component->count; i++) {
        pc_premise *other = component->premises[i];

        if (!other->used || !are_lists_of_one(premise, other) ||
            shared(premise->rule->then, other->rule->then) > 0)
            continue;
        premise->blamed = other->blamed = true;
        return true;
    }
    return false;
}

static void set_ranges(pc_component *component)
{
    for (size_t i = 0; i < component->count; i++) {
        const pc_premise *premise = component->premises[i];
        pc_range *range = pc_simplex_row_range(&component->simplex, i);

        *range = premise->used ? premise->hull : everything;
    }
}

/* Whether no numbers satisfy the ranges and each single premise. */
static pc_answer clash(pc_component *component)
{
    pc_answer answer = is_empty(component);

    for (size_t i = 0; i < component->count && answer != PC_YES; i++) {
        pc_premise *premise = component->premises[i];
        pc_answer one;

        if (!premise->used || premise->piece_count < 2)
            continue;
        one = excludes_list(component, premise)
                  ? PC_YES
                  : excludes_pieces(component, premise);
        if (one != PC_NO)
            answer = one;
    }
    return answer;
}

pc_answer pc_component_clash(pc_component *component)
{
    blame_nobody(component);
    set_ranges(component);
    return clash(component);
}

/* Whether the sum of a premise that is not used cannot be beyond a limit. */
static pc_answer keeps_limit(pc_component *component, const pc_premise *premise,
                             const pc_limit *limit, bool is_low)
{
    pc_range *range = pc_simplex_row_range(&component->simplex, premise->at);
    pc_answer answer;

    /* Beyond "at" is just beside it, beyond "just beside" begins at it. */
    if (is_low)
        range->high = (pc_limit){true, limit->side - 1, limit->value};
    else
        range->low = (pc_limit){true, limit->side + 1, limit->value};
    answer = clash(component);
    *range = everything;
    return answer;
}

/* What satisfies the premises is in a piece if it passes neither end of it.
 * (Two pieces do not come into it: between the premises' ends there is no
 * gap.) */
static pc_answer keeps_piece(pc_component *component, const pc_premise *premise,
                             const pc_range *piece)
{
    pc_answer low = piece->low.given
                        ? keeps_limit(component, premise, &piece->low, true)
                        : PC_YES;

    if (low == PC_NO || !piece->high.given)
        return low;
    switch (keeps_limit(component, premise, &piece->high, false)) {
    case PC_YES:
        return low;
    case PC_NO:
        return PC_NO;
    default:
        return PC_UNDECIDED;
    }
}

/* A used list whose numbers are all in the premise's, or NULL. */
static pc_premise *smaller_list(const pc_component *component,
                                const pc_premise *premise)
{
    for (size_t i = 0; i < component->count; i++) {
        pc_premise *other = component->premises[i];

        if (other->used && are_lists_of_one(premise, other) &&
            shared(other->rule->then, premise->rule->then) ==
                other->rule->then->set_count)
            return other;
    }
    return NULL;
}

pc_answer pc_component_follows(pc_component *component,
                               const pc_premise *premise)
{
    pc_premise *list = smaller_list(component, premise);
    pc_answer answer = PC_NO;

    blame_nobody(component);
    if (list != NULL) {
        list->blamed = true;
        return PC_YES;
    }
    set_ranges(component);
    for (size_t i = 0; i < premise->piece_count && answer != PC_YES; i++) {
        pc_answer one = keeps_piece(component, premise, &premise->pieces[i]);

        if (one != PC_NO)
            answer = one;
    }
    return answer;
}

static pc_answer ask(pc_component *component, const pc_premise *conclusion)
{
    return conclusion != NULL ? pc_component_follows(component, conclusion)
                              : pc_component_clash(component);
}

void pc_component_minimise(pc_component *component,
                           const pc_premise *conclusion)
{
    /* What was not blamed is not needed for the answer. */
    for (size_t i = 0; i < component->count; i++)
        component->premises[i]->used = component->premises[i]->used &&
                                       component->premises[i]->blamed;
    for (size_t i = component->count; i > 0; i--) {
        pc_premise *premise = component->premises[i - 1];

        if (!premise->used)
            continue;
        premise->used = false;
        if (ask(component, conclusion) != PC_YES)
            premise->used = true;
    }
}
