/* The arithmetic of a verdict, exact for tools and as a line for people. */
#ifndef PC_RULE_ARITHMETIC_H
#define PC_RULE_ARITHMETIC_H

#include "rule/evaluate.h"

/* Left, relation, right and difference of the relation that decided; blanks
 * count as 0. All NULL if it is none of numbers, or without memory
 * (`judging->failed` then). */
pc_arithmetic pc_arithmetic_of(pc_judging *judging, const pc_result *result);

/*
 * One line such as "129 ≠ 124 + 5 + 2 + 0 = 131, lệch 2", from the literals
 * of the cells. Where no single relation decided it lists the cells of the
 * rule. NULL without memory.
 */
const char *pc_arithmetic_line(pc_judging *judging, const parcheck_rule *rule,
                               const pc_result *result,
                               parcheck_language language);

#endif
