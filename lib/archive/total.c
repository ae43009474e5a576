#include "archive/total.h"

/* 10^exponent as long as 64 bits hold it, else 0. */
static int64_t power10(unsigned exponent)
{
    int64_t power = 1;

    if (exponent > PC_DIGITS)
        return 0;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* The value at a larger scale; false if it does not fit. */
static bool lift(int64_t *value, unsigned shift)
{
    int64_t power = power10(shift);

    if (power == 0 || *value > INT64_MAX / power || *value < -INT64_MAX / power)
        return false;
    *value *= power;
    return true;
}

static bool add_narrow(pc_total *total, int64_t value, unsigned scale)
{
    unsigned most = total->scale > scale ? total->scale : scale;
    int64_t sum = total->value;

    if (total->wide || !lift(&sum, most - total->scale) ||
        !lift(&value, most - scale))
        return false;
    if (value > 0 ? sum > INT64_MAX - value : sum < -INT64_MAX - value)
        return false;
    total->value = sum + value;
    total->scale = (uint8_t)most;
    return true;
}

static pc_wide wide_of(const pc_total *total, const pc_wides *wides)
{
    return total->wide ? ((const pc_wide *)wides->list.data)[total->value]
                       : pc_wide_from(total->value);
}

static pc_wide lifted(pc_wide value, unsigned shift)
{
    return shift > 0 ? pc_wide_multiply(value, pc_wide_power10(shift)) : value;
}

static bool add_wide(pc_total *total, pc_wide value, unsigned scale,
                     pc_wides *wides)
{
    unsigned most = total->scale > scale ? total->scale : scale;
    pc_wide sum = pc_wide_add(
        lifted(wide_of(total, wides), most - total->scale),
        lifted(value, most - scale));

    if (!total->wide) {
        if (pc_list_add(&wides->list, wides->arena, sizeof sum) == NULL)
            return false;
        total->value = (int64_t)(wides->list.count - 1);
        total->wide = true;
    }
    ((pc_wide *)wides->list.data)[total->value] = sum;
    total->scale = (uint8_t)most;
    return true;
}

bool pc_total_add(pc_total *total, pc_decimal number, pc_wides *wides)
{
    total->count++;
    return add_narrow(total, number.coefficient, number.scale) ||
           add_wide(total, pc_wide_from(number.coefficient), number.scale,
                    wides);
}

bool pc_total_join(pc_total *total, const pc_total *other, pc_wides *wides)
{
    total->count += other->count;
    total->present = total->present || other->present;
    total->uneven = total->uneven || other->uneven;
    if (other->count == 0)
        return true;
    return (!other->wide && add_narrow(total, other->value, other->scale)) ||
           add_wide(total, wide_of(other, wides), other->scale, wides);
}

/* The value of a wide number that has at most PC_DIGITS digits. */
static int64_t narrowed(const pc_wide *wide)
{
    int64_t value = (int64_t)((uint64_t)wide->limb[1] << 32 | wide->limb[0]);

    return wide->negative ? -value : value;
}

bool pc_total_decimal(const pc_total *total, const pc_wides *wides,
                      pc_decimal *number)
{
    const pc_wide limit = pc_wide_power10(PC_DIGITS);
    pc_wide sum = wide_of(total, wides);
    pc_wide size = pc_wide_sign(&sum) < 0 ? pc_wide_negate(sum) : sum;

    if (pc_wide_compare(&size, &limit) >= 0)
        return false;
    number->coefficient = narrowed(&sum);
    number->scale = total->scale;
    return true;
}
