#include "rule/ratio.h"

static const pc_ratio lost = {0, 0};

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static bool multiply(int64_t a, int64_t b, int64_t *product)
{
    bool small = magnitude(a) <= INT32_MAX && magnitude(b) <= INT32_MAX;

    if (!small && a != 0 && magnitude(b) > INT64_MAX / magnitude(a))
        return false;
    *product = a * b;
    return true;
}

static bool add(int64_t a, int64_t b, int64_t *sum)
{
    if (b > 0 ? a > INT64_MAX - b : a < -INT64_MAX - b)
        return false;
    *sum = a + b;
    return true;
}

pc_ratio pc_ratio_from(int64_t numerator, int64_t denominator)
{
    pc_ratio ratio = {numerator, denominator};
    int64_t divisor;

    if (denominator == 0 || numerator == INT64_MIN || denominator == INT64_MIN)
        return lost;
    if (denominator == 1)
        return ratio;
    divisor = gcd(magnitude(numerator), magnitude(denominator));
    if (denominator < 0)
        divisor = -divisor;
    ratio.numerator /= divisor;
    ratio.denominator /= divisor;
    return ratio;
}

pc_ratio pc_ratio_of(pc_decimal number)
{
    int64_t power = 1;

    /* 10^18 is the largest, PC_DIGITS being 18. */
    for (unsigned i = 0; i < number.scale; i++)
        power *= 10;
    return pc_ratio_from(number.coefficient, power);
}

bool pc_ratio_is_lost(pc_ratio a)
{
    return a.denominator == 0;
}

pc_ratio pc_ratio_negate(pc_ratio a)
{
    a.numerator = -a.numerator;
    return a;
}

pc_ratio pc_ratio_add(pc_ratio a, pc_ratio b)
{
    int64_t left;
    int64_t right;
    int64_t numerator;
    int64_t denominator;
    int64_t shared;
    int64_t cancelled;

    if (a.denominator == 0 || b.denominator == 0)
        return lost;
    if (a.denominator == 1 && b.denominator == 1) {
        if (!add(a.numerator, b.numerator, &numerator))
            return lost;
        return (pc_ratio){numerator, 1};
    }
    /* What the sum can be cancelled by is a part of what the denominators
     * share. */
    shared = gcd(a.denominator, b.denominator);
    if (!multiply(a.numerator, b.denominator / shared, &left) ||
        !multiply(b.numerator, a.denominator / shared, &right) ||
        !add(left, right, &numerator))
        return lost;
    cancelled = shared > 1 ? gcd(magnitude(numerator), shared) : 1;
    if (!multiply(a.denominator / shared, b.denominator / cancelled,
                  &denominator))
        return lost;
    return (pc_ratio){numerator / cancelled, denominator};
}

pc_ratio pc_ratio_subtract(pc_ratio a, pc_ratio b)
{
    return pc_ratio_add(a, pc_ratio_negate(b));
}

pc_ratio pc_ratio_multiply(pc_ratio a, pc_ratio b)
{
    pc_ratio product;
    int64_t across = 1;
    int64_t back = 1;

    if (a.denominator == 0 || b.denominator == 0)
        return lost;
    /* Cancelling first keeps the parts small and the result in lowest
     * terms. */
    if (b.denominator != 1)
        across = gcd(magnitude(a.numerator), b.denominator);
    if (a.denominator != 1)
        back = gcd(magnitude(b.numerator), a.denominator);
    if (!multiply(a.numerator / across, b.numerator / back,
                  &product.numerator) ||
        !multiply(a.denominator / back, b.denominator / across,
                  &product.denominator))
        return lost;
    return product;
}

pc_ratio pc_ratio_invert(pc_ratio a)
{
    if (a.numerator == 0)
        return lost;
    return a.numerator < 0 ? (pc_ratio){-a.denominator, -a.numerator}
                           : (pc_ratio){a.denominator, a.numerator};
}

int pc_ratio_sign(pc_ratio a)
{
    return a.numerator < 0 ? -1 : a.numerator > 0;
}
