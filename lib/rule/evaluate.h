/* One rule, one set of facts: what comes of it. */
#ifndef PC_RULE_EVALUATE_H
#define PC_RULE_EVALUATE_H

#include "rule/facts.h"

typedef enum pc_reason {
    PC_REASON_NONE,
    PC_REASON_BLANK,
    PC_REASON_BLANK_AS_ZERO,
    PC_REASON_ZERO_DENOMINATOR,
    PC_REASON_UNREADABLE,
    PC_REASON_MISSING,
    PC_REASON_TRUNCATED,
    PC_REASON_ROUNDED_UP,
    PC_REASON_ADDENDS_ROUNDED
} pc_reason;

/* "blank" and so on; NULL for PC_REASON_NONE. */
const char *pc_reason_name(pc_reason reason);

typedef struct pc_result {
    parcheck_outcome outcome;
    pc_reason reason;
    const pc_node *node; /* the relation that decided, or NULL */
    bool suspicious; /* zero-denominator, and yet a rate or a part is given */
} pc_result;

pc_result pc_result_of(parcheck_outcome outcome, pc_reason reason,
                       const pc_node *node);

/* Judges the rule for `judging->unit`; see docs/ARCHITECTURE.md, verdicts. */
pc_result pc_evaluate(pc_judging *judging, const parcheck_rule *rule);

/* A part of a rule. `whole`: it is the rule, or all behind its "then". */
pc_result pc_evaluate_node(pc_judging *judging, const pc_node *node,
                           bool whole);
/* Whether a relation holds of a difference with this sign (any number of it
 * will do). In the header because archives ask it for every rule. */
static inline bool pc_relates(pc_relation relation, int64_t sign)
{
    switch (relation) {
    case PC_EQUAL:
        return sign == 0;
    case PC_NOT_EQUAL:
        return sign != 0;
    case PC_LESS:
        return sign < 0;
    case PC_LESS_EQUAL:
        return sign <= 0;
    case PC_GREATER:
        return sign > 0;
    default:
        return sign >= 0;
    }
}

/* The parts of pc_evaluate(). `rounded`: amounts may differ by their
 * rounding. */
pc_result pc_evaluate_relation(pc_judging *judging, const pc_node *node,
                               bool rounded);
pc_result pc_evaluate_percent(pc_judging *judging, const pc_node *node);

#endif
