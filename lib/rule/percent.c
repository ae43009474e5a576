#include "rule/evaluate.h"
#include "rule/sum.h"

/*
 * p = percent(a, b) without dividing. P is p without its decimal mark, d the
 * decimals printed, X = 100 * 10^d * a: then p is the rounded value of X / b
 * in units of its last place, and every comparison is of X with a multiple
 * of b. a and b are taken at one scale, which cancels.
 */

typedef struct ratio {
    pc_wide p; /* P */
    pc_wide x; /* X */
    pc_wide b;
    pc_wide unit;        /* 100 * 10^d */
    pc_wide a_tolerance; /* twice the rounding of amounts */
    pc_wide b_tolerance;
} ratio;

static pc_wide twice(pc_wide a)
{
    return pc_wide_add(a, a);
}

static bool below(pc_wide a, pc_wide b)
{
    return pc_wide_compare(&a, &b) < 0;
}

static bool is_odd(const pc_wide *a)
{
    return (a->limb[0] & 1) != 0;
}

/* p is X / b rounded half away from zero or half to even. */
static bool is_rounded_half(const ratio *r)
{
    bool negative = pc_wide_sign(&r->x) < 0;
    pc_wide x = negative ? pc_wide_negate(r->x) : r->x;
    pc_wide p = negative ? pc_wide_negate(r->p) : r->p;
    pc_wide rest = twice(pc_wide_subtract(x, pc_wide_multiply(p, r->b)));
    pc_wide low = pc_wide_negate(r->b);

    if (below(rest, low))
        return false;
    if (below(rest, r->b))
        return true;
    return pc_wide_compare(&rest, &r->b) == 0 && !is_odd(&p);
}

/* p <= X / b < p + 1 */
static bool is_truncated(const ratio *r)
{
    pc_wide pb = pc_wide_multiply(r->p, r->b);

    return !below(r->x, pb) && below(r->x, pc_wide_add(pb, r->b));
}

/* p - 1 < X / b <= p */
static bool is_rounded_up(const ratio *r)
{
    pc_wide pb = pc_wide_multiply(r->p, r->b);

    return !below(pb, r->x) && below(pc_wide_subtract(pb, r->b), r->x);
}

/* n / d > q / 2, for d > 0. */
static bool is_above_half(pc_wide n, pc_wide d, pc_wide q)
{
    return below(pc_wide_multiply(q, d), twice(n));
}

/* n / d < q / 2, for d > 0. */
static bool is_below_half(pc_wide n, pc_wide d, pc_wide q)
{
    return below(twice(n), pc_wide_multiply(q, d));
}

/*
 * Some a and b > 0 within the rounding of their amounts give a value within
 * half a unit of p. All is taken twice to stay whole: a lies between a_least
 * and a_most, b between b_least and b_most, none of them reached. A value of
 * a above 0 is largest over the least b, one below 0 over the most, and where
 * the least b is not above 0 there is no bound.
 */
static bool fits_amounts(const ratio *r)
{
    pc_wide swing = pc_wide_multiply(r->unit, r->a_tolerance);
    pc_wide a_least = pc_wide_subtract(twice(r->x), swing);
    pc_wide a_most = pc_wide_add(twice(r->x), swing);
    pc_wide b_least = pc_wide_subtract(twice(r->b), r->b_tolerance);
    pc_wide b_most = pc_wide_add(twice(r->b), r->b_tolerance);
    pc_wide low = pc_wide_subtract(twice(r->p), pc_wide_from(1));
    pc_wide high = pc_wide_add(twice(r->p), pc_wide_from(1));
    bool bounded = pc_wide_sign(&b_least) > 0;
    bool reaches_low;
    bool reaches_high;

    if (pc_wide_sign(&r->a_tolerance) == 0 &&
        pc_wide_sign(&r->b_tolerance) == 0)
        return false;
    if (pc_wide_sign(&a_most) > 0)
        reaches_low = !bounded || is_above_half(a_most, b_least, low);
    else
        reaches_low = is_above_half(a_most, b_most, low);
    if (pc_wide_sign(&a_least) < 0)
        reaches_high = !bounded || is_below_half(a_least, b_least, high);
    else
        reaches_high = is_below_half(a_least, b_most, high);
    return reaches_low && reaches_high;
}

static pc_result closed(const pc_node *node, const ratio *r)
{
    if (pc_wide_sign(&r->b) < 0)
        return pc_result_of(PARCHECK_FAILS, PC_REASON_NONE, node);
    if (is_rounded_half(r))
        return pc_result_of(PARCHECK_HOLDS, PC_REASON_NONE, node);
    if (is_truncated(r))
        return pc_result_of(PARCHECK_ROUNDING, PC_REASON_TRUNCATED, node);
    if (is_rounded_up(r))
        return pc_result_of(PARCHECK_ROUNDING, PC_REASON_ROUNDED_UP, node);
    if (fits_amounts(r))
        return pc_result_of(PARCHECK_ROUNDING, PC_REASON_ADDENDS_ROUNDED, node);
    return pc_result_of(PARCHECK_FAILS, PC_REASON_NONE, node);
}

/* Blanks in the numerator only: X is what is known of it, and may rise. */
static pc_result open(const pc_node *node, const ratio *r, const pc_sum *a)
{
    pc_result unknown = pc_result_of(
        PARCHECK_UNKNOWN, a->missing ? PC_REASON_MISSING : PC_REASON_BLANK,
        node);
    pc_wide next = pc_wide_multiply(pc_wide_add(r->p, pc_wide_from(1)), r->b);

    if (pc_wide_sign(&r->b) < 0)
        return pc_result_of(PARCHECK_FAILS, PC_REASON_NONE, node);
    if (a->falls)
        return unknown;
    if (!below(r->x, next))
        return pc_result_of(PARCHECK_FAILS, PC_REASON_NONE, node);
    if (!a->missing && is_rounded_half(r))
        return pc_result_of(PARCHECK_HOLDS, PC_REASON_BLANK_AS_ZERO, node);
    return unknown;
}

static pc_result zero_base(const pc_node *node, const pc_fact *p,
                           const pc_sum *a)
{
    pc_result result = pc_result_of(PARCHECK_UNKNOWN,
                                    PC_REASON_ZERO_DENOMINATOR, node);

    result.suspicious = p->value.coefficient != 0 ||
                        pc_wide_sign(&a->known) != 0;
    return result;
}

static ratio make_ratio(const pc_fact *p, const pc_sum *a, const pc_sum *b)
{
    ratio r;

    r.unit = pc_wide_power10(p->value.scale + 2);
    r.p = pc_wide_from(p->value.coefficient);
    r.x = pc_wide_multiply(r.unit, a->known);
    r.b = b->known;
    r.a_tolerance = a->tolerance;
    r.b_tolerance = b->tolerance;
    return r;
}

pc_result pc_evaluate_percent(pc_judging *judging, const pc_node *node)
{
    const pc_fact *p = pc_only_fact(judging, &node->left);
    pc_sum a;
    pc_sum b;
    ratio r;

    pc_add_up_ratio(judging, node, &a, &b);
    if (p->state == PC_FACT_UNREADABLE || a.unreadable || b.unreadable)
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_UNREADABLE, node);
    if (a.absent || b.absent)
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_MISSING, node);
    if (p->state != PC_FACT_VALUE || pc_sum_is_open(&b)) {
        bool missing = p->state == PC_FACT_MISSING || a.missing || b.missing;
        return pc_result_of(PARCHECK_UNKNOWN,
                            missing ? PC_REASON_MISSING : PC_REASON_BLANK,
                            node);
    }
    if (pc_wide_sign(&b.known) == 0)
        return zero_base(node, p, &a);
    r = make_ratio(p, &a, &b);
    return pc_sum_is_open(&a) ? open(node, &r, &a) : closed(node, &r);
}
