#include "explain/slip.h"

#include <string.h>

enum { DIGITS = PC_DIGITS + 2 };

/* The digits of a number without its marks, the first one first. */
typedef struct digits {
    char at[DIGITS];
    unsigned count;
} digits;

static digits digits_of(pc_decimal number)
{
    uint64_t rest = number.coefficient < 0 ? 0 - (uint64_t)number.coefficient
                                           : (uint64_t)number.coefficient;
    char back[DIGITS];
    digits d = {{0}, 0};
    unsigned count = 0;

    do {
        back[count++] = (char)(rest % 10);
        rest /= 10;
    } while (rest > 0 && count < DIGITS);
    /* "0.05" has a digit in front of its mark, too. */
    while (count <= number.scale && count < DIGITS)
        back[count++] = 0;
    while (count > 0)
        d.at[d.count++] = back[--count];
    return d;
}

static bool same(const digits *a, const digits *b)
{
    return a->count == b->count && memcmp(a->at, b->at, a->count) == 0;
}

static digits without(const digits *d, unsigned at)
{
    digits less = *d;

    memmove(less.at + at, less.at + at + 1, d->count - at - 1);
    less.count--;
    return less;
}

static bool is_transposed(const digits *a, const digits *b)
{
    for (unsigned i = 0; a->count == b->count && i + 1 < a->count; i++) {
        digits other = *a;

        other.at[i] = a->at[i + 1];
        other.at[i + 1] = a->at[i];
        if (a->at[i] != a->at[i + 1] && same(&other, b))
            return true;
    }
    return false;
}

/* `b` is `a` without one of its digits. */
static bool is_shorter(const digits *a, const digits *b)
{
    for (unsigned i = 0; a->count == b->count + 1 && i < a->count; i++) {
        digits less = without(a, i);

        if (same(&less, b))
            return true;
    }
    return false;
}

static bool is_replaced(const digits *a, const digits *b)
{
    unsigned differ = 0;

    for (unsigned i = 0; a->count == b->count && i < a->count; i++)
        differ += a->at[i] != b->at[i];
    return differ == 1;
}

static unsigned transpositions(const digits *d)
{
    unsigned count = 0;

    for (unsigned i = 0; i + 1 < d->count; i++)
        count += d->at[i] != d->at[i + 1];
    return count;
}

/* The power of ten of a number whose coefficient then ends in another digit
 * than 0; it must not be 0. */
static int take_power(pc_decimal *number)
{
    int power = -(int)number->scale;

    for (; number->coefficient % 10 == 0; power++)
        number->coefficient /= 10;
    return power;
}

/* meant * 10^power = printed for a power from 1 to 3 or from -1 to -3. */
static int scale_between(pc_decimal meant, pc_decimal printed)
{
    int power;

    if (meant.coefficient == 0 || printed.coefficient == 0)
        return 0;
    power = take_power(&printed) - take_power(&meant);
    return meant.coefficient == printed.coefficient && power >= -3 && power <= 3
               ? power
               : 0;
}

static bool is_opposite(pc_decimal a, pc_decimal b)
{
    a.coefficient = -a.coefficient;
    return a.coefficient != 0 && pc_decimal_compare(a, b) == 0;
}

static pc_slip slip(pc_slip_kind kind, uint64_t odds)
{
    pc_slip s = {kind, 0, odds};

    return s;
}

/* Digits alone, the mark standing where it may. */
static pc_slip digit_slip(pc_decimal meant, pc_decimal printed)
{
    digits a = digits_of(meant);
    digits b = digits_of(printed);

    if (is_transposed(&a, &b))
        return slip(PC_SLIP_TRANSPOSED, transpositions(&a));
    if (is_shorter(&a, &b))
        return slip(PC_SLIP_DROPPED, a.count);
    if (meant.scale == printed.scale && is_replaced(&a, &b))
        return slip(PC_SLIP_REPLACED, 9 * (uint64_t)a.count);
    if (is_shorter(&b, &a))
        return slip(PC_SLIP_ADDED, 10 * ((uint64_t)a.count + 1));
    return slip(PC_SLIP_NONE, 0);
}

static pc_decimal stripped(pc_decimal number)
{
    while (number.scale > 0 && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    return number;
}

static pc_decimal with_scale(pc_decimal number, unsigned scale)
{
    while (number.scale < scale && number.coefficient <= INT64_MAX / 100 &&
           number.coefficient >= -INT64_MAX / 100) {
        number.coefficient *= 10;
        number.scale++;
    }
    return number;
}

pc_slip pc_slip_find(pc_decimal meant, pc_decimal printed)
{
    pc_slip found;

    if (pc_decimal_compare(meant, printed) == 0)
        return slip(PC_SLIP_NONE, 0);
    if (is_opposite(meant, printed))
        return slip(PC_SLIP_SIGN, 1);
    found = slip(PC_SLIP_SCALE, 6);
    found.power = scale_between(meant, printed);
    if (found.power != 0)
        return found;
    if ((meant.coefficient < 0) != (printed.coefficient < 0))
        return slip(PC_SLIP_NONE, 0);
    /* 26.9 may have been meant to be printed as 26.90. */
    meant = stripped(meant);
    found = digit_slip(meant, printed);
    if (found.kind == PC_SLIP_NONE && meant.scale < printed.scale)
        found = digit_slip(with_scale(meant, printed.scale), printed);
    return found;
}

uint64_t pc_slip_range(pc_decimal a, pc_decimal b)
{
    unsigned more = digits_of(a).count;
    uint64_t range = 1;

    if (digits_of(b).count > more)
        more = digits_of(b).count;
    while (more-- > 0 && range <= UINT64_MAX / 10)
        range *= 10;
    return range;
}

bool pc_is_no_chance(uint64_t tried, uint64_t range)
{
    return tried <= range / PC_CHANCE;
}
