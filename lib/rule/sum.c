#include "rule/sum.h"

#include <string.h>

static bool is_known(const pc_addend *addend)
{
    return addend->fact == NULL || addend->fact->state == PC_FACT_VALUE;
}

static unsigned scale_of(const pc_addend *addend)
{
    return addend->factor.scale +
           (addend->fact != NULL ? addend->fact->value.scale : 0);
}

unsigned pc_common_scale(const pc_addend *addends, size_t count)
{
    unsigned scale = 0;

    for (size_t i = 0; i < count; i++)
        if (is_known(&addends[i]) && scale_of(&addends[i]) > scale)
            scale = scale_of(&addends[i]);
    return scale;
}

/* One unit in the last place printed is twice the rounding of an amount. */
static void add_rounding(pc_sum *sum, pc_wide factor, unsigned zeros)
{
    if (pc_wide_sign(&factor) < 0)
        factor = pc_wide_negate(factor);
    if (zeros > 0)
        factor = pc_wide_multiply(factor, pc_wide_power10(zeros));
    sum->tolerance = pc_wide_add(sum->tolerance, factor);
}

/* A part of the sum is kept in 64 bits as long as it fits. */
static void add_small(pc_sum *sum, int64_t *part, int64_t number)
{
    if (number > 0 ? *part > INT64_MAX - number : *part < INT64_MIN - number) {
        sum->known = pc_wide_add(sum->known, pc_wide_from(*part));
        *part = 0;
    }
    *part += number;
}

static void add_known(pc_sum *sum, int64_t *part, const pc_addend *addend)
{
    unsigned shift = sum->scale - scale_of(addend);
    int64_t sign = addend->factor.coefficient;
    pc_wide factor;
    pc_wide product;

    if (shift == 0 && (sign == 1 || sign == -1) && addend->fact != NULL &&
        addend->kind != PARCHECK_AMOUNT) {
        add_small(sum, part, sign * addend->fact->value.coefficient);
        return;
    }
    factor = pc_wide_from(sign);
    if (shift > 0)
        factor = pc_wide_multiply(factor, pc_wide_power10(shift));
    product = factor;
    if (addend->fact != NULL)
        product = pc_wide_multiply(
            factor, pc_wide_from(addend->fact->value.coefficient));
    sum->known = pc_wide_add(sum->known, product);
    if (addend->kind == PARCHECK_AMOUNT && addend->fact != NULL)
        add_rounding(sum, factor, addend->fact->zeros);
}

static void add_unknown(pc_sum *sum, const pc_addend *addend)
{
    switch (addend->fact->state) {
    case PC_FACT_UNREADABLE:
        sum->unreadable = true;
        return;
    case PC_FACT_BLANK:
        sum->blank = true;
        break;
    default:
        sum->missing = true;
        sum->absent = sum->absent || addend->absent;
        break;
    }
    sum->rises = sum->rises || addend->factor.coefficient > 0;
    sum->falls = sum->falls || addend->factor.coefficient < 0;
    sum->left_unknown = sum->left_unknown || addend->left;
}

pc_sum pc_add_up(const pc_addend *addends, size_t count, unsigned scale)
{
    int64_t part = 0;
    pc_sum sum;

    memset(&sum, 0, sizeof sum);
    sum.scale = scale;
    for (size_t i = 0; i < count; i++) {
        if (is_known(&addends[i]))
            add_known(&sum, &part, &addends[i]);
        else
            add_unknown(&sum, &addends[i]);
    }
    if (part != 0)
        sum.known = pc_wide_add(sum.known, pc_wide_from(part));
    return sum;
}

void pc_add_up_ratio(pc_judging *judging, const pc_node *node, pc_sum *a,
                     pc_sum *b)
{
    const pc_addend *addends;
    size_t count_a;
    size_t count;
    unsigned scale;

    judging->addends.count = 0;
    pc_collect(judging, &node->right, false, false);
    count_a = judging->addends.count;
    pc_collect(judging, &node->base, false, false);
    addends = judging->addends.data;
    count = judging->addends.count;
    scale = pc_common_scale(addends, count);
    *a = pc_add_up(addends, count_a, scale);
    *b = pc_add_up(addends + count_a, count - count_a, scale);
}

bool pc_sum_is_open(const pc_sum *sum)
{
    return sum->blank || sum->missing;
}
