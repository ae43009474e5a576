#include "rewrite/style.h"

#include <string.h>

enum { TOKEN = 64, GAP = 3, NUMBER = 96, POWERS = 10 };

/* Stands in a number for the gap that the old one has between its groups. */
#define GAP_MARK '\1'

void pc_tally_add(pc_tally *tally, const char *text, size_t length)
{
    pc_literal literal = pc_literal_read(text, length);
    bool open = literal.state == PC_LITERAL_AMBIGUOUS;

    if (literal.state != PC_LITERAL_NUMBER && !open)
        return;
    tally->dot_groups += literal.group_mark == '.';
    tally->comma_groups += literal.group_mark == ',';
    tally->dot_decimals += !open && literal.decimal_mark == '.';
    tally->comma_decimals += !open && literal.decimal_mark == ',';
    tally->plain += literal.group_mark == 0 &&
                    pc_decimal_compare(literal.value, (pc_decimal){1000, 0}) >=
                        0;
}

/* ---- the old number ------------------------------------------------------ */

/* The digits and marks of a number within units, gaps between groups left
 * out of `text`. */
typedef struct token {
    size_t from;
    size_t to;
    char text[TOKEN];
    size_t length;
    size_t gap_from; /* the first gap; none if both are equal */
    size_t gap_to;
} token;

static size_t digits_at(const pc_units *units, size_t at, size_t end)
{
    size_t digits = 0;

    while (at + digits < end &&
           pc_unit_is_digit(pc_unit_at(units, at + digits)))
        digits++;
    return digits;
}

/* The length of a space, also one beyond ASCII, that three digits follow. */
static size_t gap_at(const pc_units *units, size_t at, size_t end)
{
    size_t gap = 0;

    if (at < end && pc_unit_at(units, at) == ' ')
        gap = 1;
    while (gap < GAP && at + gap < end && pc_unit_at(units, at + gap) >= 0x80)
        gap++;
    return gap > 0 && digits_at(units, at + gap, end) == 3 ? gap : 0;
}

static bool is_mark(unsigned unit)
{
    return unit == '.' || unit == ',';
}

static bool put(token *t, unsigned unit)
{
    if (t->length == TOKEN)
        return false;
    t->text[t->length++] = (char)unit;
    return true;
}

/* False if there is no number, or one that is longer than any. */
static bool find_token(token *t, const pc_units *units, const pc_span *span)
{
    size_t at = span->from;
    size_t gap;

    memset(t, 0, sizeof *t);
    while (at < span->to && !pc_unit_is_digit(pc_unit_at(units, at)))
        at++;
    t->from = at;
    while (at < span->to) {
        unsigned unit = pc_unit_at(units, at);

        if (pc_unit_is_digit(unit) ||
            (is_mark(unit) && digits_at(units, at + 1, span->to) > 0)) {
            if (!put(t, unit))
                return false;
            at++;
        } else if ((gap = gap_at(units, at, span->to)) > 0) {
            if (t->gap_to == 0) {
                t->gap_from = at;
                t->gap_to = at + gap;
            }
            at += gap;
        } else {
            break;
        }
    }
    t->to = at;
    return t->length > 0;
}

/* The power of ten by which words raise the number, from what the whole cell
 * and the number alone are; POWERS if there is none. */
static unsigned power_of(pc_decimal whole, pc_decimal alone)
{
    if (whole.coefficient < 0)
        whole.coefficient = -whole.coefficient;
    for (unsigned power = 0; power < POWERS; power += 3) {
        pc_wide a = pc_wide_multiply(pc_decimal_at(alone, PC_DIGITS),
                                     pc_wide_power10(power));
        pc_wide b = pc_decimal_at(whole, PC_DIGITS);

        if (pc_wide_compare(&a, &b) == 0)
            return power;
    }
    return POWERS;
}

/* ---- the new number ------------------------------------------------------ */

typedef struct style {
    char group;   /* '.', ',', GAP_MARK or 0 */
    char decimal; /* '.' or ',' */
    unsigned decimals;
    size_t whole_digits; /* least number in front of the mark */
} style;

static char group_of_column(const pc_tally *tally)
{
    char group = tally->dot_groups >= tally->comma_groups ? '.' : ',';
    size_t most = group == '.' ? tally->dot_groups : tally->comma_groups;

    return most > tally->plain ? group : '\0';
}

/* The mark must not be the one that groups. */
static char decimal_of_column(const pc_tally *tally, char group)
{
    if (group == '.' || group == ',')
        return group == '.' ? ',' : '.';
    return tally->comma_decimals > tally->dot_decimals ? ',' : '.';
}

static void strip_zeros(pc_decimal *value)
{
    while (value->scale > 0 && value->coefficient % 10 == 0) {
        value->coefficient /= 10;
        value->scale--;
    }
}

/* "2.531" may group or mark decimals: the kind decides, as it does when the
 * cell is read; of an amount, what the new value looks like. */
static bool groups(const pc_literal *literal, const pc_new_number *number)
{
    pc_decimal value = number->value;

    if (literal->state != PC_LITERAL_AMBIGUOUS)
        return literal->group_mark != 0;
    if (number->kind != PARCHECK_AMOUNT)
        return number->kind != PARCHECK_PERCENT;
    strip_zeros(&value);
    return value.scale == 0 &&
           pc_decimal_compare(value, (pc_decimal){1000, 0}) >= 0;
}

static style style_of(const token *t, const pc_literal *literal,
                      const pc_new_number *number)
{
    bool grouped = groups(literal, number);
    bool has_decimals = literal->decimal_mark != 0 &&
                        !(grouped && literal->state == PC_LITERAL_AMBIGUOUS);
    style s = {0};
    size_t whole = t->length;

    if (has_decimals) {
        s.decimals = literal->state == PC_LITERAL_AMBIGUOUS
                         ? literal->other.scale
                         : literal->value.scale;
        whole -= s.decimals + 1;
    }
    if (t->gap_to > 0)
        s.group = GAP_MARK;
    else if (grouped)
        s.group = literal->group_mark;
    else if (whole < 4 && number->kind != PARCHECK_PERCENT)
        s.group = group_of_column(number->tally);
    if (has_decimals && s.group == literal->decimal_mark)
        s.group = '\0';
    s.decimal = has_decimals ? literal->decimal_mark
                             : decimal_of_column(number->tally, s.group);
    if (t->text[0] == '0' && s.group != GAP_MARK)
        s.whole_digits = whole;
    return s;
}

static style style_of_blank(const pc_new_number *number)
{
    style s = {0};

    if (number->kind != PARCHECK_PERCENT)
        s.group = group_of_column(number->tally);
    s.decimal = decimal_of_column(number->tally, s.group);
    s.decimals = number->value.scale;
    return s;
}

/* Writes the number without its sign from the end of `text` on, and returns
 * where it begins. `value` has the decimals that are printed. */
static const char *write_digits(char text[NUMBER], pc_decimal value,
                                const style *s)
{
    int64_t rest = value.coefficient < 0 ? -value.coefficient
                                         : value.coefficient;
    size_t at = NUMBER - 1;
    size_t whole = 0;

    text[at] = '\0';
    for (unsigned i = 0; i < value.scale; i++, rest /= 10)
        text[--at] = (char)('0' + rest % 10);
    if (value.scale > 0)
        text[--at] = s->decimal;
    for (; rest > 0 || whole == 0 || whole < s->whole_digits; rest /= 10) {
        if (whole > 0 && whole % 3 == 0 && s->group != '\0')
            text[--at] = s->group;
        text[--at] = (char)('0' + rest % 10);
        whole++;
    }
    return text + at;
}

/* Gives the value the decimals to print; false if it gets too long. */
static bool scale_to(pc_decimal *value, unsigned decimals)
{
    const int64_t most = 100000000000000000; /* 18 digits, less one */

    for (strip_zeros(value); value->scale < decimals; value->scale++) {
        if (value->coefficient >= most || value->coefficient <= -most)
            return false;
        value->coefficient *= 10;
    }
    return true;
}

/* Undoes the word behind the number; false if it gets too long. */
static bool lower(pc_decimal *value, unsigned power)
{
    strip_zeros(value);
    for (; power > 0 && value->coefficient % 10 == 0; power--)
        value->coefficient /= 10;
    value->scale += power;
    return value->scale <= PC_DIGITS;
}

static void write_text(pc_buffer *out, const pc_units *units, const token *t,
                       const char *text)
{
    for (; *text != '\0'; text++) {
        const char one[2] = {*text, '\0'};

        if (*text == GAP_MARK)
            pc_units_copy(out, units, t->gap_from, t->gap_to);
        else
            pc_units_write(out, units, one);
    }
}

/* ---- the field ----------------------------------------------------------- */

typedef struct job {
    pc_buffer *out;
    const pc_new_number *number;
    bool was_negative;
    bool blank;
    unsigned power; /* of ten that a word in the cell stands for */
    style style;
    pc_decimal value; /* as it is printed */
} job;

/* Where the part in front of the number ends, the sign left out if it goes;
 * false if a sign would have to go that is not one character of ASCII. */
static bool front(const job *j, const pc_units *units, const pc_span *span,
                  const token *t, size_t *end)
{
    *end = t->from;
    if (!j->was_negative || j->value.coefficient < 0)
        return true;
    if (t->from == span->from || pc_unit_at(units, t->from - 1) != '-')
        return false;
    *end = t->from - 1;
    return true;
}

static bool write_field(job *j, const pc_units *units, const pc_span *span)
{
    char digits[NUMBER];
    const char *text = write_digits(digits, j->value, &j->style);
    token t = {.from = span->from, .to = span->to};
    size_t end = span->from;

    if (!j->blank &&
        (!find_token(&t, units, span) || !front(j, units, span, &t, &end)))
        return false;
    pc_units_copy(j->out, units, span->from, end);
    if (j->value.coefficient < 0 && !j->was_negative)
        pc_units_write(j->out, units, "-");
    write_text(j->out, units, &t, text);
    if (j->blank && j->number->percent_sign)
        pc_units_write(j->out, units, "%");
    pc_units_copy(j->out, units, t.to, span->to);
    return true;
}

/* Whether the checker will read the new number from the text. */
static bool reads_as(const char *text, size_t length,
                     const pc_new_number *number)
{
    pc_literal literal = pc_literal_interpret(text, length, number->unit);
    pc_decimal value = literal.value;

    if (literal.state != PC_LITERAL_NUMBER &&
        literal.state != PC_LITERAL_AMBIGUOUS)
        return false;
    if (literal.percent_sign && number->kind != PARCHECK_PERCENT)
        return false;
    if (literal.state == PC_LITERAL_AMBIGUOUS &&
        (number->kind == PARCHECK_PERCENT ||
         (number->kind == PARCHECK_AMOUNT &&
          pc_decimal_compare(value, number->value) != 0)))
        value = literal.other;
    return pc_decimal_compare(value, number->value) == 0;
}

/* Tries it on the text in UTF-8, where it can be read again. */
static bool is_kept(const job *j, const char *old, size_t length)
{
    pc_units units = pc_units_of(PC_UTF_8, old, length);
    pc_span span = {0, units.count, false};
    pc_buffer text;
    job copy = *j;
    bool kept;

    pc_buffer_init(&text, &j->out->allocator, j->out->maximum);
    copy.out = &text;
    kept = write_field(&copy, &units, &span) &&
           (text.failed || reads_as(text.data, text.length, j->number));
    if (text.failed)
        j->out->failed = j->out->no_memory = true;
    pc_buffer_free(&text);
    return kept;
}

static pc_restyled take_style(job *j, const char *old, size_t length)
{
    pc_literal cell = pc_literal_interpret(old, length, j->number->unit);
    pc_units units = pc_units_of(PC_UTF_8, old, length);
    pc_span span = {0, units.count, false};
    pc_literal alone;
    token t;

    if (cell.state == PC_LITERAL_BLANK) {
        j->blank = true;
        j->style = style_of_blank(j->number);
        return PC_RESTYLED;
    }
    if ((cell.state != PC_LITERAL_NUMBER &&
         cell.state != PC_LITERAL_AMBIGUOUS) ||
        !find_token(&t, &units, &span))
        return PC_RESTYLE_NO_NUMBER;
    alone = pc_literal_read(t.text, t.length);
    if (alone.state != cell.state)
        return PC_RESTYLE_NO_STYLE;
    j->power = power_of(cell.value, alone.value);
    j->was_negative = cell.value.coefficient < 0;
    j->style = style_of(&t, &alone, j->number);
    return j->power < POWERS ? PC_RESTYLED : PC_RESTYLE_NO_STYLE;
}

/* Whether the field has the same digits and marks in both: then the place
 * is the right one. */
static bool is_same(const pc_units *units, const pc_span *span, const char *old,
                    size_t length)
{
    pc_units text = pc_units_of(PC_UTF_8, old, length);
    pc_span all = {0, text.count, false};
    token a;
    token b;
    bool found = find_token(&a, units, span);

    if (found != find_token(&b, &text, &all))
        return false;
    return !found ||
           (a.length == b.length && memcmp(a.text, b.text, a.length) == 0);
}

pc_restyled pc_restyle(pc_buffer *out, const pc_units *units,
                       const pc_span *span, const char *old, size_t length,
                       const pc_new_number *number)
{
    job j = {.out = out, .number = number, .value = number->value};
    pc_restyled result = take_style(&j, old, length);

    if (result != PC_RESTYLED)
        return result;
    if (!is_same(units, span, old, length) || !lower(&j.value, j.power) ||
        !scale_to(&j.value, j.style.decimals) || !is_kept(&j, old, length) ||
        !write_field(&j, units, span))
        return PC_RESTYLE_NO_STYLE;
    return PC_RESTYLED;
}
