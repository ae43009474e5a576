/*
 * Whether linear relations over the rationals can hold together, exactly.
 *
 * Columns are the unknowns; a row is a sum of factor * column. Columns and
 * rows have ranges. pc_simplex_solve() tells whether any numbers put
 * every column and every row into its range. A relation is a row whose range
 * is what the relation allows; a strict one ends just beside its limit.
 *
 * The method is the simplex method for feasibility alone, as Dutertre and de
 * Moura give it ("A fast linear-arithmetic solver for DPLL(T)", 2006): a row
 * that is out of its range is brought to its limit by exchanging it with a
 * column that has room, the one of the lowest number each time (Bland, "New
 * finite pivoting rules for the simplex method", 1977), so that it never
 * circles. If no column of the row has room, the row cannot come into its
 * range: the limits of that row and of its columns contradict each other.
 * "Just beside" is an amount smaller than every number, kept as a second
 * component of each value. There are no phases and nothing is unbounded, for
 * nothing is maximised. Ranges may change between questions.
 *
 * An exchange changes at most rows * columns factors, far fewer if most are
 * 0. A question takes a handful of exchanges in practice, in theory it can
 * take exponentially many; hence the ceiling on the factors that all
 * questions to a system may change together. When it is reached, or when a
 * ratio that matters does not fit in 64 bits, the answer is PC_UNDECIDED.
 */
#ifndef PC_RULE_SIMPLEX_H
#define PC_RULE_SIMPLEX_H

#include <stddef.h>

#include "base/memory.h"
#include "rule/ratio.h"

enum {
    PC_SIMPLEX_CELLS = 1 << 18, /* most rows * columns */
    PC_SIMPLEX_WORK = 100000000 /* most factors changed, in all questions */
};

typedef enum pc_answer { PC_NO, PC_YES, PC_UNDECIDED } pc_answer;

/* An end of a range: `value` and the side of it, -1 just below, 0 at it, 1
 * just above. */
typedef struct pc_limit {
    bool given;
    int side;
    pc_ratio value;
} pc_limit;

typedef struct pc_range {
    pc_limit low;
    pc_limit high;
} pc_range;

/* value + tiny * (a positive amount smaller than every number). */
typedef struct pc_point {
    pc_ratio value;
    pc_ratio tiny;
} pc_point;

/* Unknowns are numbered columns first, then rows. */
typedef struct pc_simplex {
    size_t rows;
    size_t columns;
    size_t work_left;
    pc_ratio *factors; /* as they were set */
    pc_ratio *tableau; /* as exchanges left them */
    size_t *of_row;    /* the unknown that a row of the tableau gives */
    size_t *of_column; /* the unknown that a column stands for */
    size_t *filled;    /* scratch: columns that are not 0 in a row */
    pc_point *at;      /* the value of each unknown */
    pc_range *ranges;  /* of each unknown; without limits at first */
    bool *blamed;      /* after PC_NO: unknowns whose ranges contradict */
    bool lost;         /* a ratio of the question was lost */
} pc_simplex;

/* All factors 0, all ranges open. rows * columns must not be above
 * PC_SIMPLEX_CELLS. False without memory. */
bool pc_simplex_init(pc_simplex *simplex, size_t rows, size_t columns,
                     pc_arena *arena);
void pc_simplex_set(pc_simplex *simplex, size_t row, size_t column,
                    pc_ratio factor);
pc_range *pc_simplex_column_range(pc_simplex *simplex, size_t column);
pc_range *pc_simplex_row_range(pc_simplex *simplex, size_t row);

pc_answer pc_simplex_solve(pc_simplex *simplex);

#endif
