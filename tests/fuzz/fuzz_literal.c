/* The text of a cell to a number: what must hold between a literal, its
 * reading, and readings of literals made from it. */
#include "expect.h"
#include "value/literal.h"

enum { MOST_BYTES = 200 };

static const int64_t most = INT64_C(999999999999999999);

static bool same(pc_decimal a, pc_decimal b)
{
    return a.coefficient == b.coefficient && a.scale == b.scale;
}

static bool is_mark(char c)
{
    return c == 0 || c == '.' || c == ',';
}

static void check_decimal(pc_decimal number)
{
    EXPECT(number.coefficient >= -most && number.coefficient <= most);
    EXPECT(number.scale <= PC_DIGITS);
    EXPECT(pc_decimal_compare(number, number) == 0);
}

/* Reads a copy that ends where the literal ends, so that reading behind it
 * is seen. */
static pc_literal read(const char *front, const uint8_t *data, size_t size,
                       const char *back)
{
    size_t before = strlen(front);
    size_t behind = strlen(back);
    size_t length = before + size + behind;
    char *copy = malloc(length > 0 ? length : 1);
    pc_literal literal;

    EXPECT(copy != NULL);
    memcpy(copy, front, before);
    if (size > 0)
        memcpy(copy + before, data, size);
    memcpy(copy + before + size, back, behind);
    literal = pc_literal_read(copy, length);
    free(copy);
    return literal;
}

static void expect_same(pc_literal a, pc_literal b)
{
    EXPECT(a.state == b.state && a.percent_sign == b.percent_sign);
    EXPECT(same(a.value, b.value) && same(a.other, b.other));
    EXPECT(a.group_mark == b.group_mark && a.decimal_mark == b.decimal_mark);
}

/* The number written plainly, with `mark` as the decimal mark. */
static void write_plain(char *out, size_t room, pc_decimal number, char mark)
{
    int64_t rest = number.coefficient < 0 ? -number.coefficient
                                          : number.coefficient;
    char digits[40];
    size_t at = sizeof digits;
    unsigned count = 0;

    digits[--at] = '\0';
    while (rest > 0 || count <= number.scale) {
        if (count == number.scale && count > 0)
            digits[--at] = mark;
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
        count++;
    }
    (void)snprintf(out, room, "%s%s", number.coefficient < 0 ? "-" : "",
                   digits + at);
}

/* What is written plainly reads as the number it was made from: as it stands
 * or, where the mark could group thousands, as the other reading. */
static void check_plain(pc_decimal number, char mark)
{
    char plain[64];
    pc_literal again;

    write_plain(plain, sizeof plain, number, mark);
    again = pc_literal_read(plain, strlen(plain));
    if (again.state == PC_LITERAL_AMBIGUOUS)
        again.value = again.other;
    else
        EXPECT(again.state == PC_LITERAL_NUMBER);
    EXPECT(same(again.value, number));
}

static void check_number(const pc_literal *literal)
{
    check_decimal(literal->value);
    check_plain(literal->value, '.');
    check_plain(literal->value, ',');
    if (literal->decimal_mark == 0)
        EXPECT(literal->value.scale == 0);
    else
        EXPECT(literal->value.scale > 0);
    EXPECT(literal->group_mark == 0 ||
           literal->group_mark != literal->decimal_mark);
}

static void check_ambiguous(const pc_literal *literal)
{
    check_decimal(literal->value);
    check_decimal(literal->other);
    EXPECT(literal->group_mark != 0);
    EXPECT(literal->group_mark == literal->decimal_mark);
    EXPECT(literal->value.coefficient == literal->other.coefficient);
    EXPECT(literal->value.scale == 0 && literal->other.scale == 3);
    EXPECT(literal->value.coefficient == 0 ||
           pc_decimal_compare(literal->value, literal->other) != 0);
}

/* A minus in front turns a number without a sign around. */
static void check_minus(const uint8_t *data, size_t size,
                        const pc_literal *literal)
{
    pc_literal minus;

    if (size == 0 || data[0] < '0' || data[0] > '9')
        return;
    minus = read("-", data, size, "");
    EXPECT(minus.state == literal->state);
    EXPECT(minus.value.coefficient == -literal->value.coefficient);
    EXPECT(minus.other.coefficient == -literal->other.coefficient);
}

static void check_percent(const uint8_t *data, size_t size,
                          const pc_literal *literal)
{
    pc_literal percent;

    if (literal->percent_sign || (literal->state != PC_LITERAL_NUMBER &&
                                  literal->state != PC_LITERAL_AMBIGUOUS))
        return;
    percent = read("", data, size, " %");
    EXPECT(percent.percent_sign);
    percent.percent_sign = false;
    expect_same(percent, *literal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_literal literal;

    if (size > MOST_BYTES)
        return 0;
    literal = read("", data, size, "");
    EXPECT(literal.state <= PC_LITERAL_NOT_A_NUMBER);
    EXPECT(is_mark(literal.group_mark) && is_mark(literal.decimal_mark));
    if (literal.state == PC_LITERAL_NUMBER)
        check_number(&literal);
    if (literal.state == PC_LITERAL_AMBIGUOUS)
        check_ambiguous(&literal);
    expect_same(literal, read("", data, size, ""));
    expect_same(literal, read(" \t", data, size, "\t  "));
    check_minus(data, size, &literal);
    check_percent(data, size, &literal);
    return 0;
}
