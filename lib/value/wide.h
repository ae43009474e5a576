/*
 * Whole numbers of up to 384 bits with a sign. Enough for every product that
 * judging a rule can need: a literal has at most 18 digits, a factor of a
 * rule 12, so scales differ by at most 30; a sum has fewer than 10^9 addends
 * (< 10^69), and a percentage multiplies a sum by 10^20 at most and doubles
 * it: below 10^92 < 2^384. Overflow is detected all the same and sticks to
 * the result.
 */
#ifndef PC_VALUE_WIDE_H
#define PC_VALUE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { PC_WIDE_LIMBS = 12 };

typedef struct pc_wide {
    uint32_t limb[PC_WIDE_LIMBS]; /* the lowest first */
    bool negative;                /* never set for zero */
    bool overflow;
} pc_wide;

pc_wide pc_wide_from(int64_t value);
/* 10 to the power of `exponent`. */
pc_wide pc_wide_power10(unsigned exponent);
pc_wide pc_wide_add(pc_wide a, pc_wide b);
pc_wide pc_wide_subtract(pc_wide a, pc_wide b);
pc_wide pc_wide_multiply(pc_wide a, pc_wide b);
pc_wide pc_wide_negate(pc_wide a);
/* Rounds towards minus infinity; `divisor` must be positive. */
pc_wide pc_wide_floor_divide(pc_wide a, pc_wide divisor);
/* Of numbers that are not negative, `divisor` positive; `rest` is what is left
 * over. */
pc_wide pc_wide_divide(pc_wide a, pc_wide divisor, pc_wide *rest);
/* The next digit of a division behind a rest, which is below the divisor, and
 * the new rest. */
char pc_wide_next_digit(pc_wide *rest, const pc_wide *divisor);
/* The greatest common divisor of the absolute values. */
pc_wide pc_wide_gcd(pc_wide a, pc_wide b);
/* -1, 0 or 1 as a is below, equal to or above b. */
int pc_wide_compare(const pc_wide *a, const pc_wide *b);
int pc_wide_sign(const pc_wide *a);
/* Appends the decimal digits. */
void pc_wide_write(pc_buffer *out, pc_wide a);

#endif
