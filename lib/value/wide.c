#include "value/wide.h"

#include <string.h>

static const pc_wide zero;

static bool is_zero(const pc_wide *a)
{
    for (size_t i = 0; i < PC_WIDE_LIMBS; i++)
        if (a->limb[i] != 0)
            return false;
    return true;
}

static int compare_magnitude(const pc_wide *a, const pc_wide *b)
{
    for (size_t i = PC_WIDE_LIMBS; i > 0; i--)
        if (a->limb[i - 1] != b->limb[i - 1])
            return a->limb[i - 1] < b->limb[i - 1] ? -1 : 1;
    return 0;
}

static pc_wide add_magnitude(const pc_wide *a, const pc_wide *b)
{
    pc_wide sum = zero;
    uint64_t carry = 0;

    for (size_t i = 0; i < PC_WIDE_LIMBS; i++) {
        carry += (uint64_t)a->limb[i] + b->limb[i];
        sum.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    sum.overflow = carry != 0 || a->overflow || b->overflow;
    return sum;
}

/* |a| - |b| for |a| >= |b|. */
static pc_wide subtract_magnitude(const pc_wide *a, const pc_wide *b)
{
    pc_wide rest = zero;
    uint64_t borrow = 0;

    for (size_t i = 0; i < PC_WIDE_LIMBS; i++) {
        uint64_t from = a->limb[i];
        uint64_t take = b->limb[i] + borrow;

        rest.limb[i] = (uint32_t)(from - take);
        borrow = from < take;
    }
    rest.overflow = a->overflow || b->overflow;
    return rest;
}

static pc_wide with_sign(pc_wide a, bool negative)
{
    a.negative = negative && !is_zero(&a);
    return a;
}

static pc_wide from_64(uint64_t value)
{
    pc_wide wide = zero;

    wide.limb[0] = (uint32_t)value;
    wide.limb[1] = (uint32_t)(value >> 32);
    return wide;
}

pc_wide pc_wide_from(int64_t value)
{
    pc_wide wide = from_64(value < 0 ? (uint64_t)0 - (uint64_t)value
                                     : (uint64_t)value);

    wide.negative = value < 0;
    return wide;
}

pc_wide pc_wide_power10(unsigned exponent)
{
    pc_wide power = pc_wide_from(1);
    const pc_wide ten = pc_wide_from(10);

    while (exponent-- > 0)
        power = pc_wide_multiply(power, ten);
    return power;
}

pc_wide pc_wide_negate(pc_wide a)
{
    return with_sign(a, !a.negative);
}

pc_wide pc_wide_add(pc_wide a, pc_wide b)
{
    if (a.negative == b.negative)
        return with_sign(add_magnitude(&a, &b), a.negative);
    if (compare_magnitude(&a, &b) >= 0)
        return with_sign(subtract_magnitude(&a, &b), a.negative);
    return with_sign(subtract_magnitude(&b, &a), b.negative);
}

pc_wide pc_wide_subtract(pc_wide a, pc_wide b)
{
    return pc_wide_add(a, pc_wide_negate(b));
}

/* Limbs in use. */
static size_t used(const pc_wide *a)
{
    size_t n = PC_WIDE_LIMBS;

    while (n > 0 && a->limb[n - 1] == 0)
        n--;
    return n;
}

pc_wide pc_wide_multiply(pc_wide a, pc_wide b)
{
    pc_wide product = zero;
    size_t na = used(&a);
    size_t nb = used(&b);

    product.overflow = a.overflow || b.overflow;
    for (size_t i = 0; i < na; i++) {
        uint64_t carry = 0;

        for (size_t j = 0; j < nb || carry != 0; j++) {
            if (i + j >= PC_WIDE_LIMBS) {
                product.overflow = true;
                break;
            }
            carry += product.limb[i + j];
            if (j < nb)
                carry += (uint64_t)a.limb[i] * b.limb[j];
            product.limb[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    return with_sign(product, a.negative != b.negative);
}

static pc_wide shift_left_one(pc_wide a, uint32_t low_bit)
{
    for (size_t i = PC_WIDE_LIMBS - 1; i > 0; i--)
        a.limb[i] = a.limb[i] << 1 | a.limb[i - 1] >> 31;
    a.limb[0] = a.limb[0] << 1 | low_bit;
    return a;
}

/* By a divisor of one limb, a limb at a time. */
static pc_wide divide_by_limb(const pc_wide *a, uint32_t divisor, pc_wide *rest)
{
    pc_wide quotient = zero;
    uint64_t left = 0;

    for (size_t i = used(a); i > 0; i--) {
        left = left << 32 | a->limb[i - 1];
        quotient.limb[i - 1] = (uint32_t)(left / divisor);
        left %= divisor;
    }
    rest->limb[0] = (uint32_t)left;
    return quotient;
}

static uint64_t low_64(const pc_wide *a)
{
    return (uint64_t)a->limb[1] << 32 | a->limb[0];
}

/* By any other, a bit at a time: only what is shown needs it. */
static pc_wide divide_by_bits(const pc_wide *a, const pc_wide *divisor,
                              pc_wide *rest)
{
    pc_wide quotient = zero;

    for (size_t bit = used(a) * 32; bit > 0; bit--) {
        size_t at = bit - 1;

        *rest = shift_left_one(*rest, a->limb[at / 32] >> (at % 32) & 1);
        if (compare_magnitude(rest, divisor) >= 0) {
            *rest = subtract_magnitude(rest, divisor);
            quotient.limb[at / 32] |= UINT32_C(1) << (at % 32);
        }
    }
    return quotient;
}

static pc_wide divide_magnitude(const pc_wide *a, const pc_wide *divisor,
                                pc_wide *rest)
{
    size_t limbs = used(divisor);
    pc_wide quotient = zero;

    *rest = zero;
    if (limbs == 0) { /* what did not fit may have left a zero */
        quotient.overflow = true;
        return quotient;
    }
    if (limbs <= 2 && used(a) <= 2) {
        quotient = from_64(low_64(a) / low_64(divisor));
        *rest = from_64(low_64(a) % low_64(divisor));
    } else if (limbs == 1) {
        quotient = divide_by_limb(a, divisor->limb[0], rest);
    } else {
        quotient = divide_by_bits(a, divisor, rest);
    }
    quotient.overflow = a->overflow || divisor->overflow;
    rest->overflow = quotient.overflow;
    return quotient;
}

pc_wide pc_wide_floor_divide(pc_wide a, pc_wide divisor)
{
    pc_wide rest;
    pc_wide quotient = divide_magnitude(&a, &divisor, &rest);

    if (a.negative && !is_zero(&rest))
        quotient = pc_wide_add(quotient, pc_wide_from(1));
    return with_sign(quotient, a.negative);
}

pc_wide pc_wide_divide(pc_wide a, pc_wide divisor, pc_wide *rest)
{
    return divide_magnitude(&a, &divisor, rest);
}

char pc_wide_next_digit(pc_wide *rest, const pc_wide *divisor)
{
    char digit = '0';

    if (used(divisor) == 1) {
        uint64_t left = (uint64_t)rest->limb[0] * 10;

        rest->limb[0] = (uint32_t)(left % divisor->limb[0]);
        return (char)('0' + (char)(left / divisor->limb[0]));
    }
    *rest = pc_wide_multiply(*rest, pc_wide_from(10));
    for (; compare_magnitude(rest, divisor) >= 0; digit++)
        *rest = subtract_magnitude(rest, divisor);
    return digit;
}

pc_wide pc_wide_gcd(pc_wide a, pc_wide b)
{
    const bool overflow = a.overflow || b.overflow;

    a.negative = b.negative = false;
    while (!is_zero(&b)) {
        pc_wide rest;

        (void)divide_magnitude(&a, &b, &rest);
        a = b;
        b = rest;
    }
    a.overflow = overflow;
    return a;
}

int pc_wide_sign(const pc_wide *a)
{
    if (is_zero(a))
        return 0;
    return a->negative ? -1 : 1;
}

int pc_wide_compare(const pc_wide *a, const pc_wide *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    return a->negative ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

/* Divides by 10 in place and returns the digit that is left over. */
static char last_digit(pc_wide *a, size_t limbs)
{
    uint64_t rest = 0;

    for (size_t i = limbs; i > 0; i--) {
        rest = rest << 32 | a->limb[i - 1];
        a->limb[i - 1] = (uint32_t)(rest / 10);
        rest %= 10;
    }
    return (char)('0' + (char)rest);
}

void pc_wide_write(pc_buffer *out, pc_wide a)
{
    char digits[PC_WIDE_LIMBS * 10 + 2];
    size_t at = sizeof digits;
    size_t limbs = used(&a);

    do {
        digits[--at] = last_digit(&a, limbs);
        while (limbs > 0 && a.limb[limbs - 1] == 0)
            limbs--;
    } while (limbs > 0);
    if (a.negative)
        digits[--at] = '-';
    pc_buffer_append(out, digits + at, sizeof digits - at);
}
