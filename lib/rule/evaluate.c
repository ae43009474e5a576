#include "rule/evaluate.h"

const char *pc_reason_name(pc_reason reason)
{
    static const char *const names[] = {NULL,
                                        "blank",
                                        "blank-as-zero",
                                        "zero-denominator",
                                        "unreadable",
                                        "missing",
                                        "truncated",
                                        "rounded-up",
                                        "addends-rounded"};

    return names[reason];
}

pc_result pc_result_of(parcheck_outcome outcome, pc_reason reason,
                       const pc_node *node)
{
    pc_result result = {outcome, reason, node, false};

    return result;
}

static pc_result answer(const pc_node *node, bool holds)
{
    return pc_result_of(holds ? PARCHECK_HOLDS : PARCHECK_FAILS, PC_REASON_NONE,
                        node);
}

static pc_result evaluate_question(const pc_judging *judging,
                                   const pc_node *node)
{
    pc_fact_state state = pc_only_fact(judging, &node->left)->state;
    bool asks_blank = node->kind == PC_NODE_BLANK;

    if (state == PC_FACT_MISSING)
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_MISSING, node);
    return answer(node, (state == PC_FACT_BLANK) == asks_blank);
}

static pc_result evaluate_in(const pc_judging *judging, const pc_node *node)
{
    const pc_fact *fact = pc_only_fact(judging, &node->left);

    switch (fact->state) {
    case PC_FACT_UNREADABLE:
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_UNREADABLE, node);
    case PC_FACT_MISSING:
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_MISSING, node);
    case PC_FACT_BLANK:
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_BLANK, node);
    case PC_FACT_VALUE:
        break;
    }
    for (size_t i = 0; i < node->set_count; i++)
        if (pc_decimal_compare(fact->value, node->set[i]) == 0)
            return answer(node, true);
    return answer(node, false);
}

/* Of two reasons why something is unknown, the one that weighs more. */
static pc_reason weightier(pc_reason a, pc_reason b)
{
    static const int weight[] = {
        [PC_REASON_UNREADABLE] = 3,
        [PC_REASON_MISSING] = 2,
        [PC_REASON_BLANK] = 1,
        [PC_REASON_ADDENDS_ROUNDED] = 0,
    };

    return weight[a] >= weight[b] ? a : b;
}

/* Kleene's three-valued logic: `decides` is the outcome of one side that is
 * enough, fails for "and", holds for "or". */
static pc_result evaluate_both(pc_judging *judging, const pc_node *node,
                               parcheck_outcome decides)
{
    pc_result a = pc_evaluate_node(judging, node->a, false);
    pc_result both = a;
    pc_result b;

    if (a.outcome == decides && a.reason == PC_REASON_NONE)
        return a;
    b = pc_evaluate_node(judging, node->b, false);
    if (b.outcome == decides)
        return b;
    if (a.outcome == decides)
        return a;
    if (a.outcome == PARCHECK_UNKNOWN && b.outcome == PARCHECK_UNKNOWN)
        both.reason = weightier(a.reason, b.reason);
    else if (b.outcome == PARCHECK_UNKNOWN)
        both = b;
    else if (a.outcome != PARCHECK_UNKNOWN && a.reason == PC_REASON_NONE)
        both.reason = b.reason;
    both.node = NULL;
    return both;
}

static pc_result evaluate_not(pc_judging *judging, const pc_node *node)
{
    pc_result result = pc_evaluate_node(judging, node->a, false);

    result.node = NULL;
    if (result.outcome == PARCHECK_UNKNOWN)
        return result;
    /* What holds only if a blank is zero does not surely fail. */
    if (result.reason == PC_REASON_BLANK_AS_ZERO)
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_BLANK, NULL);
    result.outcome = result.outcome == PARCHECK_HOLDS ? PARCHECK_FAILS
                                                      : PARCHECK_HOLDS;
    return result;
}

pc_result pc_evaluate_node(pc_judging *judging, const pc_node *node,
                           bool whole)
{
    switch (node->kind) {
    case PC_NODE_AND:
        return evaluate_both(judging, node, PARCHECK_FAILS);
    case PC_NODE_OR:
        return evaluate_both(judging, node, PARCHECK_HOLDS);
    case PC_NODE_NOT:
        return evaluate_not(judging, node);
    case PC_NODE_REPORTED:
    case PC_NODE_BLANK:
        return evaluate_question(judging, node);
    case PC_NODE_IN:
        return evaluate_in(judging, node);
    case PC_NODE_PERCENT:
        return pc_evaluate_percent(judging, node);
    default:
        return pc_evaluate_relation(judging, node, whole);
    }
}

pc_result pc_evaluate(pc_judging *judging, const parcheck_rule *rule)
{
    pc_result condition;

    if (rule->when != NULL) {
        condition = pc_evaluate_node(judging, rule->when, false);
        if (condition.outcome == PARCHECK_FAILS)
            return pc_result_of(PARCHECK_HOLDS, PC_REASON_NONE, NULL);
        if (condition.outcome == PARCHECK_UNKNOWN)
            return condition;
        /* An error must not rest on the guess that a blank is zero. */
        if (condition.reason == PC_REASON_BLANK_AS_ZERO)
            return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_BLANK, NULL);
    }
    return pc_evaluate_node(judging, rule->then, true);
}
