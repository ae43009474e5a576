#include "value/literal.h"

#include <string.h>

#include "value/words.h"

/* The digits and marks of a literal, once blanks, sign and percent sign are
 * off. */
typedef struct shape {
    const char *text;
    size_t length;
    size_t marks;      /* how many "." and "," */
    size_t first_mark; /* where the first one stands */
    size_t last_mark;  /* where the last one stands */
    bool negative;
} shape;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_with(const char *text, size_t length, const char *prefix)
{
    size_t n = strlen(prefix);

    return length >= n && memcmp(text, prefix, n) == 0;
}

static const char *const spaces[] = {
    " ",
    "\t",
    "\n",
    "\r",
    "\xC2\xA0",     /* U+00A0, does not break */
    "\xE2\x80\x80", /* U+2000 to U+200B, of several widths */
    "\xE2\x80\x81",
    "\xE2\x80\x82",
    "\xE2\x80\x83",
    "\xE2\x80\x84",
    "\xE2\x80\x85",
    "\xE2\x80\x86",
    "\xE2\x80\x87",
    "\xE2\x80\x88",
    "\xE2\x80\x89",
    "\xE2\x80\x8A",
    "\xE2\x80\x8B",
    "\xE2\x80\xAF", /* U+202F, narrow, does not break */
    "\xE2\x81\x9F", /* U+205F */
    "\xE2\x81\xA0", /* U+2060, joins words */
    "\xE3\x80\x80", /* U+3000, full-width */
    "\xEF\xBB\xBF", /* U+FEFF */
};

enum { SPACES = sizeof spaces / sizeof *spaces };

/* Most characters at either end of a cell: no space begins or ends so. */
static bool is_plain(char c)
{
    return c > ' ' && c <= '~';
}

static size_t space_at_front(const char *text, size_t length)
{
    if (length == 0 || is_plain(text[0]))
        return 0;
    for (size_t i = 0; i < SPACES; i++)
        if (starts_with(text, length, spaces[i]))
            return strlen(spaces[i]);
    return 0;
}

static size_t space_at_end(const char *text, size_t length)
{
    if (length == 0 || is_plain(text[length - 1]))
        return 0;
    for (size_t i = 0; i < SPACES; i++) {
        size_t n = strlen(spaces[i]);

        if (length >= n && memcmp(text + length - n, spaces[i], n) == 0)
            return n;
    }
    return 0;
}

size_t pc_space_in_front(const char *text, size_t length)
{
    size_t all = 0;
    size_t step;

    while ((step = space_at_front(text + all, length - all)) > 0)
        all += step;
    return all;
}

size_t pc_space_behind(const char *text, size_t length)
{
    size_t all = 0;
    size_t step;

    while ((step = space_at_end(text, length - all)) > 0)
        all += step;
    return all;
}

static void trim(const char **text, size_t *length)
{
    size_t front = pc_space_in_front(*text, *length);

    *text += front;
    *length -= front;
    *length -= pc_space_behind(*text, *length);
}

/* Whether the text has letters and spaces only. */
static bool is_wordy(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (((unsigned char)c & 0x80) == 0 && c != ' ' &&
            !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
            return false;
    }
    return true;
}

/* What offices write into a cell they have nothing to say in; of one character
 * at least. */
static bool is_blank_sign(const char *text, size_t length)
{
    static const char *const signs[] = {"-", "\xE2\x80\x93", "\xE2\x80\x94",
                                        "\xE2\x80\xA6", "..."};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i][0] == text[0] && strlen(signs[i]) == length &&
            memcmp(signs[i], text, length) == 0)
            return true;
    return false;
}

static bool is_blank_word(const char *text, size_t length)
{
    static const char *const blanks[] = {
        "Không",   "Không báo", "Không có", "Không phát sinh",
        "Chưa có", "Chưa giao", "x"};
    pc_words words;

    if (is_blank_sign(text, length))
        return true;
    if (!is_wordy(text, length))
        return false;
    words = pc_words_of(text, length);
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (pc_words_are(&words, blanks[i]))
            return true;
    return false;
}

/* False if there is anything but digits with single marks between them. */
static bool measure(shape *s)
{
    bool digit_before = false;

    for (size_t i = 0; i < s->length; i++) {
        char c = s->text[i];

        if (is_digit(c)) {
            digit_before = true;
            continue;
        }
        if ((c != '.' && c != ',') || !digit_before)
            return false;
        digit_before = false;
        if (s->marks++ == 0)
            s->first_mark = i;
        s->last_mark = i;
    }
    return digit_before;
}

/* Whether text[0, end) is one to three digits and then groups of three
 * behind the same mark, not beginning with a zero. */
static bool is_grouped(const char *text, size_t end, char mark)
{
    size_t group = 0;

    if (text[0] == '0')
        return false;
    for (size_t i = end; i > 0; i--) {
        if (is_digit(text[i - 1])) {
            if (++group > 3)
                return false;
        } else if (text[i - 1] != mark || group != 3) {
            return false;
        } else {
            group = 0;
        }
    }
    return group > 0;
}

/* The number that the digits make with `scale` of them behind the mark;
 * false if there are too many. Leading zeros do not count. */
static bool convert(const shape *s, unsigned scale, pc_decimal *value)
{
    int64_t coefficient = 0;
    size_t digits = 0;

    for (size_t i = 0; i < s->length; i++) {
        if (!is_digit(s->text[i]))
            continue;
        if (digits > 0 || s->text[i] != '0')
            digits++;
        if (digits > PC_DIGITS)
            return false;
        coefficient = coefficient * 10 + (s->text[i] - '0');
    }
    if (scale > PC_DIGITS)
        return false;
    value->coefficient = s->negative ? -coefficient : coefficient;
    value->scale = scale;
    return true;
}

static pc_literal not_a_number(void)
{
    pc_literal literal = {.state = PC_LITERAL_NOT_A_NUMBER};

    return literal;
}

static pc_literal number(const shape *s, unsigned scale, char group_mark,
                         char decimal_mark)
{
    pc_literal literal = {.state = PC_LITERAL_NUMBER,
                          .group_mark = group_mark,
                          .decimal_mark = decimal_mark};

    if (!convert(s, scale, &literal.value))
        literal.state = PC_LITERAL_TOO_LONG;
    return literal;
}

static pc_literal read_one_mark(const shape *s)
{
    char mark = s->text[s->last_mark];
    unsigned behind = (unsigned)(s->length - s->last_mark - 1);
    pc_literal literal;

    if (!is_grouped(s->text, s->length, mark))
        return number(s, behind, 0, mark);
    literal = number(s, 0, mark, mark);
    if (literal.state == PC_LITERAL_NUMBER) {
        literal.state = PC_LITERAL_AMBIGUOUS;
        (void)convert(s, behind, &literal.other);
    }
    return literal;
}

static pc_literal read_marks(const shape *s)
{
    char last = s->text[s->last_mark];
    char first = s->text[s->first_mark];
    unsigned behind = (unsigned)(s->length - s->last_mark - 1);

    if (first == last && is_grouped(s->text, s->length, first))
        return number(s, 0, first, 0);
    if (first != last && is_grouped(s->text, s->last_mark, first))
        return number(s, behind, first, last);
    return not_a_number();
}

pc_literal pc_literal_read(const char *text, size_t length)
{
    pc_literal literal = {.state = PC_LITERAL_BLANK};
    shape s = {0};
    bool percent_sign = false;

    trim(&text, &length);
    if (length == 0 || is_blank_word(text, length))
        return literal;
    if (text[length - 1] == '%') {
        percent_sign = true;
        length--;
        trim(&text, &length);
    }
    if (starts_with(text, length, "-") ||
        starts_with(text, length, "\xE2\x88\x92")) {
        size_t sign = text[0] == '-' ? 1 : 3;
        s.negative = true;
        text += sign;
        length -= sign;
    }
    s.text = text;
    s.length = length;
    if (!measure(&s))
        return not_a_number();
    if (s.marks == 0)
        literal = number(&s, 0, 0, 0);
    else if (s.marks == 1)
        literal = read_one_mark(&s);
    else
        literal = read_marks(&s);
    literal.percent_sign = percent_sign;
    return literal;
}

void pc_style_groups(pc_number_style *style, char mark)
{
    style->dot_groups += mark == '.';
    style->comma_groups += mark == ',';
}

void pc_style_decimals(pc_number_style *style, char mark)
{
    style->dot_decimals += mark == '.';
    style->comma_decimals += mark == ',';
}

pc_style_answer pc_style_ask(const pc_number_style *style, char mark)
{
    bool dot = mark == '.';
    unsigned groups = dot ? style->dot_groups + style->comma_decimals
                          : style->comma_groups + style->dot_decimals;
    unsigned decimal = dot ? style->dot_decimals + style->comma_groups
                           : style->comma_decimals + style->dot_groups;

    if (groups > 0 && decimal == 0)
        return PC_STYLE_GROUPS;
    if (decimal > 0 && groups == 0)
        return PC_STYLE_DECIMAL;
    return PC_STYLE_OPEN;
}
