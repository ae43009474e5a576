/*
 * The rules of an edition over an array of facts, in 64 bits.
 *
 * For archives: it reaches the verdicts of rule/evaluate.h without memory and
 * without wide numbers, and leaves to it whatever could overflow or needs the
 * rounding of amounts. Rules that look at other units (children(),
 * previous()) are not among them.
 */
#ifndef PC_RULE_QUICK_H
#define PC_RULE_QUICK_H

#include "rule/evaluate.h"

/* A fact without its cell. */
typedef struct pc_quick_fact {
    int64_t value;
    uint32_t line; /* counted from the first line of its submission */
    uint8_t state; /* pc_fact_state */
    uint8_t scale;
    uint8_t zeros;
    uint8_t unused;
} pc_quick_fact;

/* A value of this size or more is left to the wide evaluation. */
#define PC_QUICK_MOST ((int64_t)1 << 40)

typedef struct pc_quick_term {
    uint32_t fact; /* the symbol; that behind the last is always missing */
    int32_t factor;
    bool amount;
    bool left;
} pc_quick_term;

typedef struct pc_quick_node {
    pc_node_kind kind;
    pc_relation relation;
    bool whole; /* the rule, or all behind its "then" */
    bool wide;  /* has to be left to the wide evaluation */
    uint32_t first; /* of its terms; of `percent` p, a and b in this order */
    uint32_t count;
    uint32_t base; /* where those of b begin */
    int64_t constant; /* what the numbers among them come to; of a */
    int64_t base_constant; /* of b */
    uint32_t a;    /* nodes */
    uint32_t b;
    const pc_node *node;
} pc_quick_node;

typedef struct pc_quick_rule {
    const parcheck_rule *rule;
    uint32_t when; /* PC_QUICK_NONE without "if" */
    uint32_t then;
} pc_quick_rule;

#define PC_QUICK_NONE UINT32_MAX

typedef struct pc_quick {
    const parcheck_edition *edition;
    size_t symbols; /* of the family; facts are one more */
    pc_list terms;  /* of pc_quick_term */
    pc_list nodes;  /* of pc_quick_node */
    pc_list rules;  /* of pc_quick_rule */
    pc_fact *wide_facts;
} pc_quick;

/* Compiles the rules that apply to the edition. False without memory. */
bool pc_quick_build(pc_quick *quick, const parcheck_edition *edition,
                    pc_arena *arena);

/* The verdict of rule number `index`; false if it has to be left to
 * pc_evaluate(). The node of the result is not set. */
bool pc_quick_rule_result(const pc_quick *quick, size_t index,
                          const pc_quick_fact *facts, pc_result *result);

/* Facts for pc_evaluate(); `facts` are as many as the family has symbols. */
void pc_quick_widen(pc_fact *wide, const pc_quick_fact *facts, size_t count);

/*
 * Judges every rule and counts the outcomes. `*quiet` tells that no finding
 * comes of them. False without memory.
 */
bool pc_quick_judge(pc_quick *quick, const pc_quick_fact *facts,
                    pc_judging *judging, size_t counts[4], bool *quiet);

/* Whether some rule may tell what a blank has to be: an equation of which just
 * one fact is blank, all others have values, and which is open by that. */
bool pc_quick_leaves_blank(const pc_quick *quick, const pc_quick_fact *facts);

#endif
