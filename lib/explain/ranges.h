/* Sets of numbers that are a few pieces of the line, exactly. */
#ifndef PC_EXPLAIN_RANGES_H
#define PC_EXPLAIN_RANGES_H

#include "rule/simplex.h"

enum { PC_PIECES = 12 }; /* most pieces of a set */

/* In their order, not touching. A set of more pieces, or with an end that
 * does not fit, is `lost`: nothing is known of it. */
typedef struct pc_ranges {
    pc_range at[PC_PIECES];
    size_t count;
    bool lost;
} pc_ranges;

pc_ranges pc_ranges_all(void);
pc_ranges pc_ranges_none(void);
pc_ranges pc_ranges_one(pc_range range);
pc_ranges pc_ranges_intersect(const pc_ranges *a, const pc_ranges *b);
pc_ranges pc_ranges_unite(const pc_ranges *a, const pc_ranges *b);
bool pc_ranges_contain(const pc_ranges *set, pc_ratio number);
bool pc_ranges_equal(const pc_ranges *a, const pc_ranges *b);
/* The numbers x with from + factor * (x - old) in the set; the factor may be
 * 0. */
pc_ranges pc_ranges_solve(const pc_ranges *set, pc_ratio factor, pc_ratio from,
                          pc_ratio old);

pc_limit pc_limit_at(pc_ratio value, int side);
pc_limit pc_limit_none(void);

#endif
