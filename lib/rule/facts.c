#include "rule/facts.h"

static const pc_fact missing_fact;

/* The unit that an operand with a role speaks of, or NULL. */
static const pc_unit *role_unit(const pc_judging *judging,
                                const pc_operand *operand)
{
    const pc_submission *s = judging->submission;
    size_t unit = s->presence[operand->family->index].role_units[operand->role];

    return unit != PC_NONE ? pc_submission_unit(s, unit) : NULL;
}

/* The same unit in another period, or NULL. */
static const pc_unit *earlier_unit(const pc_judging *judging, pc_reach reach)
{
    size_t unit = PC_NONE;

    if (reach == PC_REACH_PREVIOUS)
        unit = judging->unit->previous;
    else if (reach == PC_REACH_YEAR_BEFORE)
        unit = judging->unit->year_before;
    return unit != PC_NONE ? pc_submission_unit(judging->submission, unit)
                           : NULL;
}

void pc_walk_start(pc_walk *walk, const pc_judging *judging,
                   const pc_operand *operand)
{
    walk->judging = judging;
    walk->operand = operand;
    walk->absent = walk->done = false;
    walk->child = operand->reach == PC_REACH_CHILDREN
                      ? judging->unit->first_child
                      : PC_NONE;
}

static const pc_fact *next_child(pc_walk *walk)
{
    const pc_unit *child = pc_submission_unit(walk->judging->submission,
                                              walk->child);

    walk->child = child->next_sibling;
    walk->absent = child->absent;
    walk->done = walk->child == PC_NONE;
    return &child->facts[walk->operand->symbol];
}

const pc_fact *pc_walk_next(pc_walk *walk)
{
    const pc_operand *operand = walk->operand;
    const pc_unit *unit = NULL;

    if (walk->done)
        return NULL;
    if (walk->child != PC_NONE)
        return next_child(walk);
    walk->done = true;
    if (operand->reach == PC_REACH_OWN)
        unit = walk->judging->unit;
    else if (operand->reach == PC_REACH_ROLE)
        unit = role_unit(walk->judging, operand);
    else if (operand->reach != PC_REACH_CHILDREN) {
        unit = earlier_unit(walk->judging, operand->reach);
        walk->absent = unit == NULL;
    }
    return unit != NULL ? &unit->facts[operand->symbol] : &missing_fact;
}

const pc_fact *pc_only_fact(const pc_judging *judging, const pc_linear *side)
{
    pc_walk walk;

    pc_walk_start(&walk, judging, side->terms[0].operand);
    return pc_walk_next(&walk);
}

static pc_addend *add(pc_judging *judging, const pc_term *term,
                      const pc_fact *fact, bool left, bool negate)
{
    pc_addend *addend = pc_list_add(&judging->addends, judging->arena,
                                    sizeof *addend);
    const pc_operand *operand = term->operand;

    if (addend == NULL) {
        judging->failed = true;
        return NULL;
    }
    addend->factor = term->factor;
    if (negate)
        addend->factor.coefficient = -addend->factor.coefficient;
    addend->fact = fact;
    addend->left = left;
    addend->absent = false;
    if (operand != NULL)
        addend->kind = pc_family_symbol(operand->family, operand->symbol)->kind;
    return addend;
}

void pc_collect(pc_judging *judging, const pc_linear *side, bool left,
                bool negate)
{
    for (size_t i = 0; i < side->count; i++) {
        const pc_term *term = &side->terms[i];
        const pc_fact *fact;
        pc_addend *addend;
        pc_walk walk;

        if (term->operand == NULL) {
            (void)add(judging, term, NULL, left, negate);
            continue;
        }
        pc_walk_start(&walk, judging, term->operand);
        while ((fact = pc_walk_next(&walk)) != NULL) {
            addend = add(judging, term, fact, left, negate);
            if (addend != NULL)
                addend->absent = walk.absent;
        }
    }
}
