/*
 * Blank totals and percentages that the other cells determine.
 *
 * A rule without a condition that says "x = sum" or "p = percent(a, b)", alone
 * or joined by "and", gives the value of a blank x or p where all other cells
 * in it have values. What was deduced serves to deduce more. A percentage is
 * rounded half away from zero, to the decimals that most percentages of the
 * edition in the submission have; of equally many to the more decimals, and
 * to two where there is none.
 *
 * A value that its kind does not allow is not deduced. One by which another
 * rule would fail that did not fail before is told with that rule, and serves
 * for nothing.
 */
#ifndef PC_RULE_DEDUCE_H
#define PC_RULE_DEDUCE_H

#include "rule/judge.h"

typedef struct pc_deduction {
    const parcheck_cell *cell;
    const parcheck_indicator *indicator;
    pc_decimal value;            /* with the decimals to print */
    bool percent_sign;           /* most percentages have one */
    const parcheck_rule *rule;   /* that gives the value */
    const parcheck_rule *contra; /* that would fail, or NULL */
} pc_deduction;

/* Adds to `deductions`, in the order of the cells. The units stay as they
 * are. False without memory. */
bool pc_deduce(pc_list *deductions, const pc_unit *units, size_t count,
               const pc_presence *presence, pc_arena *arena);

#endif
