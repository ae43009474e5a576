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
    pc_wide left;
    pc_wide right;

    if (a.scale == b.scale)
        return (a.coefficient > b.coefficient) -
               (a.coefficient < b.coefficient);
    left = pc_decimal_at(a, scale);
    right = pc_decimal_at(b, scale);
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

/* A fraction that is not negative as a decimal: what is left behind each digit
 * times 10 gives the next one. */
typedef struct expansion {
    pc_wide whole;
    char
        digits[PC_DECIMALS]; /* behind the mark; no zeros at the end if exact */
    unsigned count;
    bool exact;
} expansion;

static void round_up(expansion *e)
{
    unsigned at = e->count;

    while (at > 0 && e->digits[at - 1] == '9')
        e->digits[--at] = '0';
    if (at > 0)
        e->digits[at - 1]++;
    else
        e->whole = pc_wide_add(e->whole, pc_wide_from(1));
}

/* At most `decimals`, rounded half up. */
static void expand(expansion *e, pc_fraction a, unsigned decimals)
{
    pc_wide rest;

    e->whole = pc_wide_divide(a.numerator, a.denominator, &rest);
    e->count = 0;
    while (pc_wide_sign(&rest) != 0 && e->count < decimals)
        e->digits[e->count++] = pc_wide_next_digit(&rest, &a.denominator);
    e->exact = pc_wide_sign(&rest) == 0;
    rest = pc_wide_add(rest, rest);
    if (!e->exact && pc_wide_compare(&rest, &a.denominator) >= 0)
        round_up(e);
}

/* What was rounded to zero has no sign. */
static bool is_zero(const expansion *e)
{
    for (unsigned i = 0; i < e->count; i++)
        if (e->digits[i] != '0')
            return false;
    return pc_wide_sign(&e->whole) == 0;
}

static void write_expansion(pc_buffer *out, const expansion *e, bool negative,
                            char mark)
{
    if (negative && !is_zero(e))
        pc_buffer_char(out, '-');
    pc_wide_write(out, e->whole);
    if (e->count == 0)
        return;
    pc_buffer_char(out, mark);
    pc_buffer_append(out, e->digits, e->count);
}

static pc_fraction magnitude(pc_fraction a)
{
    a.numerator.negative = false;
    return a;
}

void pc_fraction_write(pc_buffer *out, pc_fraction a)
{
    expansion e;

    expand(&e, magnitude(a), PC_DECIMALS);
    if (e.exact) {
        write_expansion(out, &e, a.numerator.negative, '.');
        return;
    }
    a = reduced(a);
    pc_wide_write(out, a.numerator);
    pc_buffer_char(out, '/');
    pc_wide_write(out, a.denominator);
}

bool pc_fraction_show(pc_buffer *out, pc_fraction a, unsigned decimals,
                      char mark)
{
    expansion e;

    expand(&e, magnitude(a), decimals);
    write_expansion(out, &e, a.numerator.negative, mark);
    return e.exact;
}
