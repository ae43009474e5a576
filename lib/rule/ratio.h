/*
 * Exact ratios for the schema's own arithmetic: few digits, many operations,
 * so they are 64 bits wide where value/decimal.h is 384. An operation whose
 * result does not fit gives a ratio that is lost, and whatever is computed
 * from a lost ratio is lost, too: callers look once at the end.
 */
#ifndef PC_RULE_RATIO_H
#define PC_RULE_RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

/* In lowest terms, neither part is INT64_MIN. */
typedef struct pc_ratio {
    int64_t numerator;
    int64_t denominator; /* positive; 0: lost */
} pc_ratio;

/* Lost if the denominator is 0. */
pc_ratio pc_ratio_from(int64_t numerator, int64_t denominator);
pc_ratio pc_ratio_of(pc_decimal number);
bool pc_ratio_is_lost(pc_ratio a);
pc_ratio pc_ratio_negate(pc_ratio a);
pc_ratio pc_ratio_add(pc_ratio a, pc_ratio b);
pc_ratio pc_ratio_subtract(pc_ratio a, pc_ratio b);
pc_ratio pc_ratio_multiply(pc_ratio a, pc_ratio b);
/* 1 / a; lost if a is 0. */
pc_ratio pc_ratio_invert(pc_ratio a);
/* -1, 0 or 1; 0 for a ratio that is lost. */
int pc_ratio_sign(pc_ratio a);

#endif
