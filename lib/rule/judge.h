/* Every rule on every unit: verdicts, and findings for those that fail. */
#ifndef PC_RULE_JUDGE_H
#define PC_RULE_JUDGE_H

#include "rule/evaluate.h"

struct parcheck_verdict {
    const parcheck_rule *rule;
    parcheck_outcome outcome;
    pc_reason reason;
    const char *unit;
    const char *unit_code;
    const char *period; /* or NULL */
    const parcheck_cell *const *cells;
    size_t cell_count;
    size_t sequence;                 /* of its finding, 0 if there is none */
    const parcheck_finding *finding; /* found once they are in order */
    size_t unit_index;               /* in the submission */
    bool evidence; /* told elsewhere: here it only counts against guesses */
    const pc_arithmetic *arithmetic; /* NULL unless it was asked for */
};

typedef struct pc_verdicts {
    pc_list list;     /* of parcheck_verdict */
    size_t counts[4]; /* by parcheck_outcome */
    bool arithmetic;  /* is to be kept of each; set before they are judged */
    bool incomplete;  /* a ceiling has left out some of the evidence */
} pc_verdicts;

/* Whether the rule is judged on the unit. A rule over the units below is for
 * rows that can have some. */
bool pc_rule_concerns(const parcheck_rule *rule, const pc_unit *unit);

/* Judges the submission; adds to its findings. False without memory, or if it
 * was cancelled. */
bool pc_judge(pc_verdicts *verdicts, const pc_submission *submission,
              pc_findings *findings, pc_arena *arena);
/* The rules that look at other units, on one unit. A rule over the units below
 * is for units that have some. */
bool pc_judge_across(pc_verdicts *verdicts, const pc_submission *submission,
                     size_t unit, pc_findings *findings, pc_arena *arena);
/* Adds the verdicts of those rules of the family on one unit, which are given
 * by their numbers, as evidence: without findings, cells or counts. A rule
 * over the units below is for units that have some. */
bool pc_judge_evidence(pc_verdicts *verdicts, const pc_submission *submission,
                       size_t unit, const bool *rules, pc_arena *arena);

/* Whether the rule could tell what a blank in it has to be: it is an equation
 * or a percentage, without a condition. */
bool pc_rule_is_equation(const parcheck_rule *rule);
/* Whether just one fact of the rule is blank on `judging->unit`, and all
 * others have values. */
bool pc_rule_has_one_blank(pc_judging *judging, const parcheck_rule *rule);

#endif
