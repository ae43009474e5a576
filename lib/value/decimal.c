#include "value/decimal.h"

#include <string.h>

pc_wide pc_decimal_at(pc_decimal number, unsigned scale)
{
    pc_wide wide = pc_wide_from(number.coefficient);

    if (scale == number.scale)
        return wide;
    return pc_wide_multiply(wide, pc_wide_power10(scale - number.scale));
}

int pc_decimal_compare(pc_decimal a, pc_decimal b)
{
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    pc_wide left = pc_decimal_at(a, scale);
    pc_wide right = pc_decimal_at(b, scale);

    return pc_wide_compare(&left, &right);
}

size_t pc_decimal_write(char text[PC_DECIMAL_TEXT], pc_decimal number)
{
    bool negative = number.coefficient < 0;
    uint64_t rest = negative ? 0 - (uint64_t)number.coefficient
                             : (uint64_t)number.coefficient;
    size_t at = PC_DECIMAL_TEXT - 1;
    size_t length;

    for (; number.scale > 0 && rest % 10 == 0; rest /= 10)
        number.scale--;
    text[at] = '\0';
    for (unsigned i = 0; rest > 0 || i <= number.scale; i++, rest /= 10) {
        if (i > 0 && i == number.scale)
            text[--at] = '.';
        text[--at] = (char)('0' + (char)(rest % 10));
    }
    if (negative)
        text[--at] = '-';
    length = PC_DECIMAL_TEXT - 1 - at;
    memmove(text, text + at, length + 1);
    return length;
}

pc_fraction pc_fraction_of(pc_decimal number)
{
    pc_fraction fraction;

    fraction.numerator = pc_wide_from(number.coefficient);
    fraction.denominator = pc_wide_power10(number.scale);
    return fraction;
}

static pc_fraction reduced(pc_fraction a)
{
    pc_wide gcd = pc_wide_gcd(a.numerator, a.denominator);

    if (pc_wide_sign(&a.denominator) < 0) {
        a.numerator = pc_wide_negate(a.numerator);
        a.denominator = pc_wide_negate(a.denominator);
    }
    a.numerator = pc_wide_floor_divide(a.numerator, gcd);
    a.denominator = pc_wide_floor_divide(a.denominator, gcd);
    return a;
}

pc_fraction pc_fraction_divide(pc_fraction a, pc_fraction divisor)
{
    pc_fraction quotient;

    quotient.numerator = pc_wide_multiply(a.numerator, divisor.denominator);
    quotient.denominator = pc_wide_multiply(a.denominator, divisor.numerator);
    return reduced(quotient);
}

pc_fraction pc_fraction_subtract(pc_fraction a, pc_fraction b)
{
    pc_fraction rest;

    rest.numerator = pc_wide_subtract(
        pc_wide_multiply(a.numerator, b.denominator),
        pc_wide_multiply(b.numerator, a.denominator));
    rest.denominator = pc_wide_multiply(a.denominator, b.denominator);
    return reduced(rest);
}

pc_wide pc_fraction_round(const pc_fraction *a, unsigned decimals)
{
    bool negative = pc_wide_sign(&a->numerator) < 0;
    pc_wide magnitude = negative ? pc_wide_negate(a->numerator) : a->numerator;
    pc_wide twice = pc_wide_multiply(
        pc_wide_from(2),
        pc_wide_multiply(magnitude, pc_wide_power10(decimals)));
    pc_wide rounded = pc_wide_floor_divide(
        pc_wide_add(twice, a->denominator),
        pc_wide_multiply(pc_wide_from(2), a->denominator));

    return negative ? pc_wide_negate(rounded) : rounded;
}

/* Divides by a factor as often as it can be, and tells how often. */
static unsigned take_factor(pc_wide *a, int64_t factor)
{
    const pc_wide divisor = pc_wide_from(factor);
    unsigned times = 0;

    for (;;) {
        pc_wide quotient = pc_wide_floor_divide(*a, divisor);
        pc_wide whole = pc_wide_multiply(quotient, divisor);

        if (pc_wide_sign(a) == 0 || pc_wide_compare(&whole, a) != 0)
            return times;
        *a = quotient;
        times++;
    }
}

/* The fewest decimals with which a fraction in lowest terms is exact, or -1
 * if that is more than `most`: 10 to their power must hold all factors of the
 * denominator. */
static int exact_decimals(const pc_fraction *a, unsigned most)
{
    pc_wide rest = a->denominator;
    unsigned twos = take_factor(&rest, 2);
    unsigned fives = take_factor(&rest, 5);
    unsigned decimals = twos > fives ? twos : fives;
    const pc_wide one = pc_wide_from(1);

    if (pc_wide_compare(&rest, &one) != 0 || decimals > most)
        return -1;
    return (int)decimals;
}

/* Writes coefficient / 10^decimals. */
static void write_decimal(pc_buffer *out, pc_wide coefficient,
                          unsigned decimals, char mark)
{
    pc_wide power = pc_wide_power10(decimals);
    pc_wide whole;
    pc_wide rest;
    size_t at;

    if (pc_wide_sign(&coefficient) < 0) {
        pc_buffer_char(out, '-');
        coefficient = pc_wide_negate(coefficient);
    }
    whole = pc_wide_floor_divide(coefficient, power);
    rest = pc_wide_subtract(coefficient, pc_wide_multiply(whole, power));
    pc_wide_write(out, whole);
    if (decimals == 0)
        return;
    /* 10^decimals + rest has a 1 and then all decimals, zeros included: the
     * 1 makes room for the mark. */
    at = out->length;
    pc_wide_write(out, pc_wide_add(power, rest));
    if (!out->failed)
        out->data[at] = mark;
}

void pc_fraction_write(pc_buffer *out, pc_fraction a)
{
    int decimals;

    a = reduced(a);
    decimals = exact_decimals(&a, 2 * PC_DIGITS);
    if (decimals >= 0) {
        write_decimal(out, pc_fraction_round(&a, (unsigned)decimals),
                      (unsigned)decimals, '.');
        return;
    }
    pc_wide_write(out, a.numerator);
    pc_buffer_char(out, '/');
    pc_wide_write(out, a.denominator);
}

bool pc_fraction_show(pc_buffer *out, pc_fraction a, unsigned decimals,
                      char mark)
{
    int exact;

    a = reduced(a);
    exact = exact_decimals(&a, decimals);
    if (exact >= 0)
        decimals = (unsigned)exact;
    write_decimal(out, pc_fraction_round(&a, decimals), decimals, mark);
    return exact >= 0;
}
