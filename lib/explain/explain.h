/*
 * What is probably wrong behind a rule that fails, with the evidence. See
 * docs/EXPLANATIONS.md for the kinds, their methods and the ranking.
 */
#ifndef PC_EXPLAIN_EXPLAIN_H
#define PC_EXPLAIN_EXPLAIN_H

#include "rule/judge.h"

/*
 * Gives the findings of failing rules their explanations and causes. Facts
 * are changed to try things out and are in the end as before. To be called
 * before the findings are finished. False without memory, or if cancelled.
 */
bool pc_explain(const pc_submission *submission, const pc_verdicts *verdicts,
                pc_findings *findings, pc_arena *arena);

#endif
