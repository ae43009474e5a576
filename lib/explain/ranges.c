#include "explain/ranges.h"

#include "explain/model.h"

pc_limit pc_limit_at(pc_ratio value, int side)
{
    return (pc_limit){true, side, value};
}

pc_limit pc_limit_none(void)
{
    return (pc_limit){false, 0, {0, 1}};
}

pc_ranges pc_ranges_none(void)
{
    pc_ranges set;

    set.count = 0;
    set.lost = false;
    return set;
}

pc_ranges pc_ranges_one(pc_range range)
{
    pc_ranges set = pc_ranges_none();

    set.at[set.count++] = range;
    set.lost = (range.low.given && pc_ratio_is_lost(range.low.value)) ||
               (range.high.given && pc_ratio_is_lost(range.high.value));
    return set;
}

pc_ranges pc_ranges_all(void)
{
    return pc_ranges_one((pc_range){pc_limit_none(), pc_limit_none()});
}

/* As points of the line. */
static int compare(pc_limit a, pc_limit b)
{
    int order = pc_ratio_compare(a.value, b.value);

    return order != 0 ? order : (a.side > b.side) - (a.side < b.side);
}

static pc_limit later_low(pc_limit a, pc_limit b)
{
    if (!a.given || !b.given)
        return a.given ? a : b;
    return compare(a, b) >= 0 ? a : b;
}

static pc_limit earlier_high(pc_limit a, pc_limit b)
{
    if (!a.given || !b.given)
        return a.given ? a : b;
    return compare(a, b) <= 0 ? a : b;
}

static bool is_empty(const pc_range *range)
{
    return range->low.given && range->high.given &&
           compare(range->low, range->high) > 0;
}

static void add(pc_ranges *set, pc_range range)
{
    if (is_empty(&range))
        return;
    if (set->count == PC_PIECES)
        set->lost = true;
    else
        set->at[set->count++] = range;
}

/* Both are in order, so the pieces come in order, too. */
pc_ranges pc_ranges_intersect(const pc_ranges *a, const pc_ranges *b)
{
    pc_ranges both = pc_ranges_none();

    both.lost = a->lost || b->lost;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            add(&both, (pc_range){later_low(a->at[i].low, b->at[k].low),
                                  earlier_high(a->at[i].high, b->at[k].high)});
    return both;
}

/* `low` stands in front of the end of the piece, or right behind it. */
static bool reaches(const pc_range *piece, pc_limit low)
{
    if (!piece->high.given || !low.given)
        return true;
    if (compare(low, piece->high) <= 0)
        return true;
    return pc_ratio_compare(low.value, piece->high.value) == 0 &&
           low.side - piece->high.side <= 1;
}

static bool starts_first(const pc_range *a, const pc_range *b)
{
    if (!a->low.given || !b->low.given)
        return !a->low.given;
    return compare(a->low, b->low) <= 0;
}

static void join(pc_ranges *set, pc_range next)
{
    pc_range *last = set->count > 0 ? &set->at[set->count - 1] : NULL;

    if (last == NULL || !reaches(last, next.low)) {
        add(set, next);
        return;
    }
    if (!last->high.given)
        return;
    if (!next.high.given || compare(next.high, last->high) > 0)
        last->high = next.high;
}

pc_ranges pc_ranges_unite(const pc_ranges *a, const pc_ranges *b)
{
    pc_ranges all = pc_ranges_none();
    size_t i = 0;
    size_t k = 0;

    all.lost = a->lost || b->lost;
    while (i < a->count || k < b->count) {
        bool from_a = k == b->count ||
                      (i < a->count && starts_first(&a->at[i], &b->at[k]));

        join(&all, from_a ? a->at[i++] : b->at[k++]);
    }
    return all;
}

bool pc_ranges_contain(const pc_ranges *set, pc_ratio number)
{
    pc_limit at = pc_limit_at(number, 0);

    for (size_t i = 0; i < set->count && !set->lost; i++)
        if ((!set->at[i].low.given || compare(set->at[i].low, at) <= 0) &&
            (!set->at[i].high.given || compare(at, set->at[i].high) <= 0))
            return true;
    return false;
}

static bool same(pc_limit a, pc_limit b)
{
    return a.given == b.given && (!a.given || compare(a, b) == 0);
}

bool pc_ranges_equal(const pc_ranges *a, const pc_ranges *b)
{
    if (a->lost || b->lost || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same(a->at[i].low, b->at[i].low) ||
            !same(a->at[i].high, b->at[i].high))
            return false;
    return true;
}

static pc_limit solve_limit(pc_limit limit, pc_ratio inverse, pc_ratio from,
                            pc_ratio old)
{
    if (!limit.given)
        return limit;
    limit.value = pc_ratio_add(
        old, pc_ratio_multiply(pc_ratio_subtract(limit.value, from), inverse));
    if (pc_ratio_sign(inverse) < 0)
        limit.side = -limit.side;
    return limit;
}

pc_ranges pc_ranges_solve(const pc_ranges *set, pc_ratio factor, pc_ratio from,
                          pc_ratio old)
{
    pc_ranges solved = pc_ranges_none();
    pc_ratio inverse;
    bool flips = pc_ratio_sign(factor) < 0;

    if (pc_ratio_sign(factor) == 0 && !pc_ratio_is_lost(factor))
        return pc_ranges_contain(set, from) ? pc_ranges_all()
                                            : pc_ranges_none();
    inverse = pc_ratio_invert(factor);
    solved.lost = set->lost;
    for (size_t i = 0; i < set->count; i++) {
        pc_range piece = set->at[flips ? set->count - 1 - i : i];
        pc_limit low = solve_limit(piece.low, inverse, from, old);
        pc_limit high = solve_limit(piece.high, inverse, from, old);
        pc_range range = {flips ? high : low, flips ? low : high};

        solved.lost = solved.lost ||
                      (low.given && pc_ratio_is_lost(low.value)) ||
                      (high.given && pc_ratio_is_lost(high.value));
        add(&solved, range);
    }
    return solved;
}
