/* The facts that a rule speaks of. */
#ifndef PC_RULE_FACTS_H
#define PC_RULE_FACTS_H

#include "submission/submission.h"

/* One addend of a side: factor * fact, or the factor alone. */
typedef struct pc_addend {
    pc_decimal factor;
    const pc_fact *fact; /* NULL for a number of the rule */
    parcheck_kind kind;
    bool left;   /* stands left of the relation */
    bool absent; /* of a unit or period of which nothing was sent */
} pc_addend;

/* Where and with what rules are judged. `addends` is scratch. */
typedef struct pc_judging {
    const pc_submission *submission;
    const pc_unit *unit;
    pc_arena *arena;
    pc_list addends; /* of pc_addend */
    bool failed;     /* no memory */
} pc_judging;

/* Walks over the facts of an operand: one, or one for each unit below. */
typedef struct pc_walk {
    const pc_judging *judging;
    const pc_operand *operand;
    size_t child; /* the next unit below, PC_NONE at the end */
    bool absent;  /* nothing was sent of what the last fact is of */
    bool done;
} pc_walk;

void pc_walk_start(pc_walk *walk, const pc_judging *judging,
                   const pc_operand *operand);
/* The next fact, or NULL. An operand that reaches nothing has one fact that
 * is missing. */
const pc_fact *pc_walk_next(pc_walk *walk);

/* The fact of a side that is one reference. */
const pc_fact *pc_only_fact(const pc_judging *judging, const pc_linear *side);

/* Adds the addends of a side to `judging->addends`, negated if asked. */
void pc_collect(pc_judging *judging, const pc_linear *side, bool left,
                bool negate);

#endif
