#include "rule/evaluate.h"
#include "rule/sum.h"

/*
 * L rel R is decided as D rel 0 with D = L - R. The known part of D is K;
 * every blank or missing addend stands for any number from 0 up, so that D
 * lies in [K, oo), (-oo, K] or anywhere.
 */

/* |K| is below the rounding of the amounts in it. */
static bool within_rounding(const pc_sum *d)
{
    pc_wide twice = pc_wide_add(d->known, d->known);

    if (pc_wide_sign(&twice) < 0)
        twice = pc_wide_negate(twice);
    return pc_wide_compare(&twice, &d->tolerance) < 0;
}

static pc_result closed(const pc_node *node, const pc_sum *d)
{
    if (pc_relates(node->relation, pc_wide_sign(&d->known)))
        return pc_result_of(PARCHECK_HOLDS, PC_REASON_NONE, node);
    if (within_rounding(d))
        return pc_result_of(PARCHECK_ROUNDING, PC_REASON_ADDENDS_ROUNDED, node);
    return pc_result_of(PARCHECK_FAILS, PC_REASON_NONE, node);
}

/* Whether the relation has the same answer for every D on the side of K
 * where D can be: at K and at a D beyond it on either side that is open. */
static bool always(pc_relation relation, const pc_sum *d, bool answer)
{
    int sign = pc_wide_sign(&d->known);

    if (pc_relates(relation, sign) != answer)
        return false;
    /* Moving away from K, D passes at most 0 and then keeps a sign. */
    if (d->rises && (pc_relates(relation, 1) != answer ||
                     (sign < 0 && pc_relates(relation, 0) != answer)))
        return false;
    return !(d->falls && (pc_relates(relation, -1) != answer ||
                          (sign > 0 && pc_relates(relation, 0) != answer)));
}

/* The blanks must all be zero for the relation to hold, and then it does.
 * A blank on the left is the very total that was not given. */
static bool zero_fits(const pc_node *node, const pc_sum *d)
{
    return node->relation == PC_EQUAL && pc_wide_sign(&d->known) == 0 &&
           !d->missing && d->rises != d->falls && !d->left_unknown;
}

static pc_result open(const pc_node *node, const pc_sum *d)
{
    if (zero_fits(node, d))
        return pc_result_of(PARCHECK_HOLDS, PC_REASON_BLANK_AS_ZERO, node);
    if (always(node->relation, d, true))
        return pc_result_of(PARCHECK_HOLDS, PC_REASON_NONE, node);
    if (always(node->relation, d, false) && !within_rounding(d))
        return pc_result_of(PARCHECK_FAILS, PC_REASON_NONE, node);
    return pc_result_of(PARCHECK_UNKNOWN,
                        d->missing ? PC_REASON_MISSING : PC_REASON_BLANK, node);
}

pc_result pc_evaluate_relation(pc_judging *judging, const pc_node *node,
                               bool rounded)
{
    const pc_addend *addends;
    size_t count;
    pc_sum d;

    judging->addends.count = 0;
    pc_collect(judging, &node->left, true, false);
    pc_collect(judging, &node->right, false, true);
    addends = judging->addends.data;
    count = judging->addends.count;
    d = pc_add_up(addends, count, pc_common_scale(addends, count));
    if (!rounded)
        d.tolerance = pc_wide_from(0);
    if (d.unreadable)
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_UNREADABLE, node);
    if (d.absent)
        return pc_result_of(PARCHECK_UNKNOWN, PC_REASON_MISSING, node);
    return pc_sum_is_open(&d) ? open(node, &d) : closed(node, &d);
}
