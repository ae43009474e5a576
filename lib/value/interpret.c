/* Numbers as offices write them, with words and other characters. */
#include <string.h>

#include "text/show.h"
#include "value/literal.h"
#include "value/words.h"

enum { PLAIN_BYTES = 192 };

/* The text up to a remark, with its digits, marks and spaces in ASCII, and
 * what is still to be read of it. */
typedef struct phrase {
    char plain[PLAIN_BYTES];
    const char *text; /* in `plain` */
    size_t length;
    const char *remark; /* in the cell, NULL if there is none */
    size_t remark_length;
    bool interpreted;
    unsigned power; /* of ten that a word stands for */
} phrase;

static pc_literal not_a_number(void)
{
    pc_literal literal = {.state = PC_LITERAL_NOT_A_NUMBER};

    return literal;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c & 0x80) != 0;
}

/* ---- characters ---------------------------------------------------------- */

/* The ASCII character that another one stands for, or 0. */
static char plain_char(uint32_t point)
{
    static const struct {
        uint32_t first;
        uint32_t last;
        char plain;
    } signs[] = {
        {0x2010, 0x2015, '-'}, /* hyphens and dashes */
        {0x2212, 0x2212, '-'}, /* minus */
        {0xFE63, 0xFE63, '-'}, /* small hyphen; full-width is below */
        {0x2248, 0x2248, '~'}, /* almost equal */
        {0x223C, 0x223C, '~'}, /* operator */
    };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (point >= signs[i].first && point <= signs[i].last)
            return signs[i].plain;
    /* The other full-width characters stand in the order of ASCII. */
    if (point >= 0xFF01 && point <= 0xFF5E)
        return (char)(point - 0xFF01 + '!');
    return point < 0x80 ? (char)point : 0;
}

static void put(phrase *p, const char *bytes, size_t length)
{
    memcpy(p->plain + p->length, bytes, length);
    p->length += length;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* The space that one stands for: " " if it can group digits, else "\t". */
static char plain_space(uint32_t point)
{
    switch (point) {
    case ' ':
    case 0x00A0: /* does not break */
    case 0x2007: /* as wide as a digit */
    case 0x2009: /* thin */
    case 0x202F: /* narrow, does not break */
        return ' ';
    default:
        return '\t';
    }
}

static bool begins_remark(const phrase *p, char c)
{
    return c == '(' && p->length > 1 && is_space(p->plain[p->length - 1]);
}

/* False if the text in front of a remark is longer than any number. */
static bool make_plain(phrase *p, const char *text, size_t length)
{
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        uint32_t point;
        bool safe;
        char c;

        step = pc_text_next(text + at, length - at, &point, &safe);
        c = pc_space_in_front(text + at, step) == step ? plain_space(point)
                                                       : plain_char(point);
        if (p->length + step > PLAIN_BYTES)
            return false;
        if (begins_remark(p, c)) {
            p->remark = text + at;
            p->remark_length = length - at;
            return true;
        }
        if (c != 0)
            put(p, &c, 1);
        else
            put(p, text + at, step);
    }
    return true;
}

/* ---- what stands around the number --------------------------------------- */

static void trim(phrase *p)
{
    while (p->length > 0 && is_space(p->text[0])) {
        p->text++;
        p->length--;
    }
    while (p->length > 0 && is_space(p->text[p->length - 1]))
        p->length--;
}

static void drop_front(phrase *p, size_t length)
{
    p->text += length;
    p->length -= length;
    trim(p);
}

/* One pair of brackets with something in it; more would be more than a
 * remark. */
static bool take_remark(phrase *p)
{
    size_t inside = 0;

    if (p->remark == NULL)
        return true;
    p->remark_length -= pc_space_behind(p->remark, p->remark_length);
    p->interpreted = true;
    for (size_t at = 0; at < p->remark_length; inside++) {
        uint32_t point;
        bool safe;

        at += pc_text_next(p->remark + at, p->remark_length - at, &point,
                           &safe);
        if (plain_char(point) == ')')
            return at == p->remark_length && inside > 1;
    }
    return false;
}

/* "~" or "khoảng" in front. */
static void take_about(phrase *p)
{
    const char *space = memchr(p->text, ' ', p->length);
    pc_words words;

    if (p->length > 0 && p->text[0] == '~') {
        p->interpreted = true;
        drop_front(p, 1);
    } else if (space != NULL && is_letter(p->text[0])) {
        words = pc_words_of(p->text, (size_t)(space - p->text));
        if (!pc_words_are(&words, "khoảng"))
            return;
        p->interpreted = true;
        drop_front(p, (size_t)(space - p->text));
    }
}

/* The power of ten that the first word of a key stands for, or 0. */
static unsigned power_of(const char *key, size_t length)
{
    static const struct {
        const char *word;
        unsigned power;
    } powers[] = {
        {"nghìn", 3}, {"ngàn", 3}, {"triệu", 6}, {"tỷ", 9}, {"tỉ", 9}};
    const char *space = memchr(key, ' ', length);
    pc_words word = {.length = space != NULL ? (size_t)(space - key) : length};

    memcpy(word.text, key, word.length);
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++)
        if (pc_words_are(&word, powers[i].word))
            return powers[i].power;
    return 0;
}

/* Drops the first word of a key. */
static pc_words behind_first(const pc_words *words)
{
    const char *space = memchr(words->text, ' ', words->length);
    pc_words rest = {.length = 0};

    if (space == NULL)
        return rest;
    rest.length = words->length - (size_t)(space + 1 - words->text);
    memcpy(rest.text, space + 1, rest.length);
    return rest;
}

/* Whether some word of the unit is as large as the word by itself: "5 triệu"
 * may well be 5 where the unit is "Triệu đồng". */
static bool counts_in(pc_words unit, unsigned power)
{
    while (unit.length > 0) {
        unsigned of_word = power_of(unit.text, unit.length);

        if (of_word > 0 && of_word <= power)
            return true;
        unit = behind_first(&unit);
    }
    return false;
}

/* The words behind the number: the unit, a power of ten, or both. */
static bool take_words(phrase *p, const char *text, size_t length,
                       const char *unit_text)
{
    pc_words words = pc_words_of(text, length);
    pc_words unit = pc_words_of(unit_text, strlen(unit_text));
    pc_words rest;

    p->interpreted = true;
    if (pc_words_equal(&words, &unit))
        return true;
    p->power = power_of(words.text, words.length);
    if (p->power == 0)
        return false;
    rest = behind_first(&words);
    if (rest.length > 0)
        return pc_words_equal(&rest, &unit);
    return !counts_in(unit, p->power);
}

/* Signs that no words have, and that their key would leave out. */
static bool has_signs(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (strchr("%()+=*<>#~", text[i]) != NULL)
            return true;
    return false;
}

/* Cuts the words behind the number off. False if they mean something else. */
static bool cut_words(phrase *p, const char *unit)
{
    size_t end = 0;
    size_t length = p->length;

    while (end < length && !is_letter(p->text[end]))
        end++;
    if (end == length)
        return true;
    if (end == 0 || !is_space(p->text[end - 1]) ||
        has_signs(p->text + end, length - end) ||
        !take_words(p, p->text + end, length - end, unit))
        return false;
    p->length = end;
    trim(p);
    return true;
}

/* "(12)" is how an accountant writes -12. */
static void take_brackets(phrase *p)
{
    size_t start = (size_t)(p->text - p->plain);

    if (p->length < 3 || p->text[0] != '(' || p->text[p->length - 1] != ')' ||
        !is_digit(p->text[1]))
        return;
    p->plain[start] = '-';
    p->length--;
    p->interpreted = true;
}

/* ---- the number ---------------------------------------------------------- */

static size_t count_digits(const char *text, size_t length)
{
    size_t digits = 0;

    while (digits < length && is_digit(text[digits]))
        digits++;
    return digits;
}

/* Takes the spaces between groups of three digits out; others stay, so that
 * what is left is no number. */
static void close_groups(phrase *p)
{
    char *text = p->plain + (p->text - p->plain); /* to write to */
    size_t from = p->length > 0 && text[0] == '-' ? 1 : 0;
    size_t first = count_digits(text + from, p->length - from);
    size_t to = from + first;

    if (first == 0 || first > 3 || text[from] == '0')
        return;
    from = to;
    while (from + 3 < p->length && text[from] == ' ' &&
           count_digits(text + from + 1, p->length - from - 1) == 3) {
        memmove(text + to, text + from + 1, 3);
        from += 4;
        to += 3;
    }
    memmove(text + to, text + from, p->length - from);
    p->length -= from - to;
}

/* Multiplies by a power of ten; false if it gets too long. */
static bool multiply(pc_decimal *number, unsigned power, unsigned *zeros)
{
    int64_t most = 1;
    unsigned behind = power < number->scale ? power : number->scale;

    for (unsigned i = 1; i < PC_DIGITS; i++)
        most *= 10; /* in the end the least number of PC_DIGITS digits */
    number->scale -= behind;
    *zeros = power - behind;
    for (unsigned i = 0; i < *zeros; i++) {
        if (number->coefficient >= most || number->coefficient <= -most)
            return false;
        number->coefficient *= 10;
    }
    return true;
}

static pc_literal read_number(const phrase *p)
{
    pc_literal literal = pc_literal_read(p->text, p->length);

    if (literal.state == PC_LITERAL_BLANK ||
        (literal.percent_sign && p->power > 0))
        return not_a_number();
    literal.interpreted = p->interpreted;
    if (literal.state != PC_LITERAL_NUMBER &&
        literal.state != PC_LITERAL_AMBIGUOUS)
        return literal;
    if (!multiply(&literal.value, p->power, &literal.zeros) ||
        !multiply(&literal.other, p->power, &literal.other_zeros))
        literal.state = PC_LITERAL_TOO_LONG;
    return literal;
}

pc_literal pc_literal_interpret(const char *text, size_t length,
                                const char *unit)
{
    pc_literal literal = pc_literal_read(text, length);
    size_t front;
    phrase p;

    if (literal.state != PC_LITERAL_NOT_A_NUMBER)
        return literal;
    front = pc_space_in_front(text, length);
    memset(&p, 0, sizeof p);
    p.text = p.plain;
    text += front;
    length -= front;
    length -= pc_space_behind(text, length);
    if (!make_plain(&p, text, length) || !take_remark(&p))
        return not_a_number();
    trim(&p);
    take_about(&p);
    if (!cut_words(&p, unit))
        return not_a_number();
    take_brackets(&p);
    close_groups(&p);
    return read_number(&p);
}
