/* Exact decimals, and exact fractions for what messages show. */
#ifndef PC_VALUE_DECIMAL_H
#define PC_VALUE_DECIMAL_H

#include "value/wide.h"

enum {
    PC_DIGITS = 18,             /* most digits of a number, before and behind */
    PC_DECIMALS = 2 * PC_DIGITS /* most decimals that are shown */
};

/* coefficient / 10^scale; the scale is the number of decimals printed. */
typedef struct pc_decimal {
    int64_t coefficient;
    unsigned scale; /* 0 to PC_DIGITS */
} pc_decimal;

/* The coefficient the number has at a scale that is not below its own. */
pc_wide pc_decimal_at(pc_decimal number, unsigned scale);
int pc_decimal_compare(pc_decimal a, pc_decimal b);

/* A sign, a zero in front, a mark and the digits, terminated. */
enum { PC_DECIMAL_TEXT = PC_DIGITS + 6 };

/* "453" or "-0.08", without zeros at the end; the length. */
size_t pc_decimal_write(char text[PC_DECIMAL_TEXT], pc_decimal number);

/* numerator / denominator, the denominator positive. */
typedef struct pc_fraction {
    pc_wide numerator;
    pc_wide denominator;
} pc_fraction;

pc_fraction pc_fraction_of(pc_decimal number);
/* `divisor` must not be zero. */
pc_fraction pc_fraction_divide(pc_fraction a, pc_fraction divisor);
pc_fraction pc_fraction_subtract(pc_fraction a, pc_fraction b);
/* Rounded half away from zero to `decimals`. */
pc_wide pc_fraction_round(const pc_fraction *a, unsigned decimals);

/* "453", "-0.08" or, where no decimal is exact, "650/19"; lowest terms. */
void pc_fraction_write(pc_buffer *out, pc_fraction a);
/* For people: rounded to `decimals`, at most PC_DECIMALS, unless it is exact
 * with fewer digits, with `mark` as the decimal mark. Returns true if it is
 * exact. */
bool pc_fraction_show(pc_buffer *out, pc_fraction a, unsigned decimals,
                      char mark);

#endif
