#include "rule/simplex.h"

#include <string.h>

/* Factors that can be copied in the time that one is changed in. */
enum { COPIES = 16 };

static const pc_ratio zero = {0, 1};

static void spend(pc_simplex *s, size_t work)
{
    s->work_left -= work < s->work_left ? work : s->work_left;
}

/* Going on from where the last question ended would fill the tableau, which
 * costs more than it saves. */
static void begin(pc_simplex *s)
{
    size_t cells = s->rows * s->columns;

    if (cells > 0)
        memcpy(s->tableau, s->factors, cells * sizeof *s->tableau);
    for (size_t row = 0; row < s->rows; row++)
        s->of_row[row] = s->columns + row;
    for (size_t column = 0; column < s->columns; column++)
        s->of_column[column] = column;
    for (size_t i = 0; i < s->rows + s->columns; i++) {
        s->at[i] = (pc_point){zero, zero};
        s->blamed[i] = false;
    }
    s->lost = false;
    spend(s, cells / COPIES);
}

bool pc_simplex_init(pc_simplex *s, size_t rows, size_t columns,
                     pc_arena *arena)
{
    size_t cells = rows * columns;

    s->rows = rows;
    s->columns = columns;
    s->work_left = PC_SIMPLEX_WORK;
    s->factors = pc_arena_array(arena, cells, sizeof *s->factors);
    s->tableau = pc_arena_array(arena, cells, sizeof *s->tableau);
    s->of_row = pc_arena_array(arena, rows, sizeof *s->of_row);
    s->of_column = pc_arena_array(arena, columns, sizeof *s->of_column);
    s->filled = pc_arena_array(arena, columns, sizeof *s->filled);
    s->at = pc_arena_array(arena, rows + columns, sizeof *s->at);
    s->ranges = pc_arena_array(arena, rows + columns, sizeof *s->ranges);
    s->blamed = pc_arena_array(arena, rows + columns, sizeof *s->blamed);
    if (s->factors == NULL || s->tableau == NULL || s->of_row == NULL ||
        s->of_column == NULL || s->filled == NULL || s->at == NULL ||
        s->ranges == NULL || s->blamed == NULL)
        return false;
    for (size_t i = 0; i < cells; i++)
        s->factors[i] = zero;
    return true;
}

void pc_simplex_set(pc_simplex *s, size_t row, size_t column, pc_ratio factor)
{
    s->factors[row * s->columns + column] = factor;
}

pc_range *pc_simplex_column_range(pc_simplex *s, size_t column)
{
    return &s->ranges[column];
}

pc_range *pc_simplex_row_range(pc_simplex *s, size_t row)
{
    return &s->ranges[s->columns + row];
}

/* ---- points and ranges -------------------------------------------------- */

/* Everything that an answer rests on is read through this. */
static int sign(pc_simplex *s, pc_ratio a)
{
    if (pc_ratio_is_lost(a))
        s->lost = true;
    return pc_ratio_sign(a);
}

static int compare(pc_simplex *s, pc_point a, pc_point b)
{
    int order = sign(s, pc_ratio_subtract(a.value, b.value));

    return order != 0 ? order : sign(s, pc_ratio_subtract(a.tiny, b.tiny));
}

static pc_point point_of(const pc_limit *limit)
{
    return (pc_point){limit->value, pc_ratio_from(limit->side, 1)};
}

static bool is_below(pc_simplex *s, pc_point point, const pc_limit *low)
{
    return low->given && compare(s, point, point_of(low)) < 0;
}

static bool is_above(pc_simplex *s, pc_point point, const pc_limit *high)
{
    return high->given && compare(s, point, point_of(high)) > 0;
}

static pc_point subtract(pc_point a, pc_point b)
{
    return (pc_point){pc_ratio_subtract(a.value, b.value),
                      pc_ratio_subtract(a.tiny, b.tiny)};
}

/* sum += factor * point */
static void add(pc_point *sum, pc_ratio factor, pc_point point)
{
    sum->value = pc_ratio_add(sum->value,
                              pc_ratio_multiply(factor, point.value));
    sum->tiny = pc_ratio_add(sum->tiny, pc_ratio_multiply(factor, point.tiny));
}

/* A range that ends before it begins; blames it. */
static bool has_empty_range(pc_simplex *s)
{
    for (size_t i = 0; i < s->rows + s->columns; i++) {
        const pc_range *range = &s->ranges[i];

        if (range->low.given &&
            is_above(s, point_of(&range->low), &range->high)) {
            s->blamed[i] = true;
            return true;
        }
    }
    return false;
}

/* Adds to the value of a column and of all rows that depend on it. */
static void move_column(pc_simplex *s, size_t column, pc_ratio factor,
                        pc_point by)
{
    pc_point step = {zero, zero};

    add(&step, factor, by);
    add(&s->at[s->of_column[column]], (pc_ratio){1, 1}, step);
    for (size_t row = 0; row < s->rows; row++) {
        pc_ratio own = s->tableau[row * s->columns + column];

        if (sign(s, own) != 0)
            add(&s->at[s->of_row[row]], own, step);
    }
}

/* Columns come first: their values are free to choose. */
static void bring_columns_in(pc_simplex *s)
{
    const pc_ratio one = {1, 1};

    for (size_t i = 0; i < s->columns; i++) {
        const pc_range *range = &s->ranges[s->of_column[i]];
        pc_point at = s->at[s->of_column[i]];

        if (is_below(s, at, &range->low))
            move_column(s, i, one, subtract(point_of(&range->low), at));
        else if (is_above(s, at, &range->high))
            move_column(s, i, one, subtract(point_of(&range->high), at));
    }
}

/* ---- exchanges ---------------------------------------------------------- */

/* A row that is out of its range, and the limit that it passed. */
typedef struct failing {
    size_t row;
    const pc_limit *limit;
    bool must_rise;
} failing;

/* The one whose unknown has the lowest number; false if all are in. */
static bool find_failing(pc_simplex *s, failing *found)
{
    size_t first = s->rows + s->columns;

    for (size_t row = 0; row < s->rows; row++) {
        size_t unknown = s->of_row[row];
        const pc_range *range = &s->ranges[unknown];

        if (unknown > first)
            continue;
        if (is_below(s, s->at[unknown], &range->low))
            *found = (failing){row, &range->low, true};
        else if (is_above(s, s->at[unknown], &range->high))
            *found = (failing){row, &range->high, false};
        else
            continue;
        first = unknown;
    }
    return first < s->rows + s->columns;
}

/* Whether the column can move so that the row moves as it must. */
static bool has_room(pc_simplex *s, const failing *fails, size_t column)
{
    size_t unknown = s->of_column[column];
    const pc_range *range = &s->ranges[unknown];
    int factor = sign(s, s->tableau[fails->row * s->columns + column]);

    if (factor == 0)
        return false;
    if ((factor > 0) == fails->must_rise)
        return !range->high.given ||
               compare(s, s->at[unknown], point_of(&range->high)) < 0;
    return !range->low.given ||
           compare(s, s->at[unknown], point_of(&range->low)) > 0;
}

/* The column with room whose unknown has the lowest number. */
static bool find_column(pc_simplex *s, const failing *fails, size_t *found)
{
    size_t first = s->rows + s->columns;

    for (size_t i = 0; i < s->columns; i++) {
        if (s->of_column[i] >= first || !has_room(s, fails, i))
            continue;
        first = s->of_column[i];
        *found = i;
    }
    return first < s->rows + s->columns;
}

/* other += other[column] * (pivot row), which stands for the column. */
static void replace(pc_simplex *s, pc_ratio *other, const pc_ratio *pivot_row,
                    size_t column, size_t filled)
{
    pc_ratio factor = other[column];

    if (sign(s, factor) == 0)
        return;
    other[column] = zero;
    for (size_t i = 0; i < filled; i++) {
        size_t at = s->filled[i];

        other[at] = pc_ratio_add(other[at],
                                 pc_ratio_multiply(factor, pivot_row[at]));
    }
    spend(s, filled);
}

/* row = ... + pivot * column + ... becomes column = ... + row / pivot - ...,
 * which replaces the column in all other rows. */
static void exchange(pc_simplex *s, size_t row, size_t column)
{
    pc_ratio *pivot_row = s->tableau + row * s->columns;
    pc_ratio inverse = pc_ratio_invert(pivot_row[column]);
    size_t unknown = s->of_row[row];
    size_t filled = 0;

    for (size_t i = 0; i < s->columns; i++)
        pivot_row[i] = pc_ratio_negate(
            pc_ratio_multiply(pivot_row[i], inverse));
    pivot_row[column] = inverse;
    for (size_t i = 0; i < s->columns; i++)
        if (sign(s, pivot_row[i]) != 0)
            s->filled[filled++] = i;
    for (size_t i = 0; i < s->rows; i++)
        if (i != row)
            replace(s, s->tableau + i * s->columns, pivot_row, column, filled);
    s->of_row[row] = s->of_column[column];
    s->of_column[column] = unknown;
}

/* Moves the column until the row is at its limit, and lets them change
 * places. */
static void repair(pc_simplex *s, const failing *fails, size_t column)
{
    pc_ratio factor = s->tableau[fails->row * s->columns + column];
    pc_point by = subtract(point_of(fails->limit),
                           s->at[s->of_row[fails->row]]);

    move_column(s, column, pc_ratio_invert(factor), by);
    exchange(s, fails->row, column);
}

static void blame_row(pc_simplex *s, size_t row)
{
    s->blamed[s->of_row[row]] = true;
    for (size_t i = 0; i < s->columns; i++)
        if (pc_ratio_sign(s->tableau[row * s->columns + i]) != 0)
            s->blamed[s->of_column[i]] = true;
}

pc_answer pc_simplex_solve(pc_simplex *s)
{
    failing fails = {0};
    size_t column = 0;

    begin(s);
    if (has_empty_range(s))
        return s->lost ? PC_UNDECIDED : PC_NO;
    bring_columns_in(s);
    while (find_failing(s, &fails) && s->work_left > 0 && !s->lost) {
        if (!find_column(s, &fails, &column)) {
            blame_row(s, fails.row);
            return s->lost ? PC_UNDECIDED : PC_NO;
        }
        repair(s, &fails, column);
    }
    /* What was lost may have been zero or not: no answer rests on it. */
    return s->lost || s->work_left == 0 ? PC_UNDECIDED : PC_YES;
}
