#include "submission/heading.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "text/key.h"

typedef struct phrase {
    const char *text; /* without accents, in lower case */
    pc_column column;
    bool opens; /* other words may follow it */
} phrase;

/* The headings of both editions and of the layouts of parcheck itself. */
static const phrase phrases[] = {
    {"form", PC_COLUMN_FORM, false},
    {"appendix", PC_COLUMN_FORM, false},
    {"bieu", PC_COLUMN_FORM, false},
    {"bieu mau", PC_COLUMN_FORM, false},
    {"bieu mau so", PC_COLUMN_FORM, false},
    {"phu luc", PC_COLUMN_FORM, false},
    {"code", PC_COLUMN_CODE, false},
    {"stt", PC_COLUMN_CODE, false},
    {"so tt", PC_COLUMN_CODE, false},
    {"tt", PC_COLUMN_CODE, false},
    {"so thu tu", PC_COLUMN_CODE, false},
    {"ma", PC_COLUMN_CODE, false},
    {"ma so", PC_COLUMN_CODE, false},
    {"ma chi tieu", PC_COLUMN_CODE, false},
    {"label", PC_COLUMN_LABEL, false},
    {"chi tieu", PC_COLUMN_LABEL, true},
    {"ten chi tieu", PC_COLUMN_LABEL, true},
    {"noi dung", PC_COLUMN_LABEL, true},
    {"unit", PC_COLUMN_UNIT, false},
    {"don vi tinh", PC_COLUMN_UNIT, false},
    {"dvt", PC_COLUMN_UNIT, false},
    {"don vi", PC_COLUMN_UNIT, false},
    {"value", PC_COLUMN_VALUE, false},
    {"so lieu", PC_COLUMN_VALUE, true},
    {"gia tri", PC_COLUMN_VALUE, true},
    {"ket qua", PC_COLUMN_VALUE, true},
    {"thuc hien", PC_COLUMN_VALUE, true},
    {"so lieu thong ke", PC_COLUMN_VALUE, true},
    {"note", PC_COLUMN_NOTE, false},
    {"ghi chu", PC_COLUMN_NOTE, true},
    {"parent", PC_COLUMN_PARENT, false},
    {"don vi cap tren", PC_COLUMN_PARENT, false},
    {"period", PC_COLUMN_PERIOD, false},
    {"ky bao cao", PC_COLUMN_PERIOD, false},
    {"ky", PC_COLUMN_PERIOD, false},
    {"edition", PC_COLUMN_EDITION, false},
    {"an ban", PC_COLUMN_EDITION, false},
};

static bool opens_with(const pc_buffer *plain, const char *words)
{
    size_t length = strlen(words);

    return plain->length > length && memcmp(plain->data, words, length) == 0 &&
           plain->data[length] == ' ';
}

pc_column pc_heading_column(const char *text, pc_buffer *scratch, bool *sure)
{
    pc_column column = PC_COLUMNS;

    *sure = false;
    if (!pc_text_plain(scratch, text, strlen(text)) || scratch->length == 0)
        return PC_COLUMNS;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (strcmp(scratch->data, phrases[i].text) == 0) {
            *sure = true;
            return phrases[i].column;
        }
        if (phrases[i].opens && opens_with(scratch, phrases[i].text))
            column = phrases[i].column;
    }
    return column;
}

unsigned pc_roman(const char *text, size_t length)
{
    unsigned value = 0;
    size_t at = 0;
    unsigned ones = 0;

    while (at < length && text[at] == 'x' && value < 30) {
        value += 10;
        at++;
    }
    if (length - at == 2 && text[at] == 'i' && text[at + 1] == 'x')
        return value + 9;
    if (length - at == 2 && text[at] == 'i' && text[at + 1] == 'v')
        return value + 4;
    if (at < length && text[at] == 'v') {
        value += 5;
        at++;
    }
    while (at < length && text[at] == 'i' && ones < 3) {
        ones++;
        at++;
    }
    return at == length ? value + ones : 0;
}

/* A number of at most three digits, or a Roman one. */
static unsigned ordinal(const char *text, size_t length)
{
    unsigned value = 0;

    if (length == 0 || length > 3)
        return length > 0 && length <= 6 ? pc_roman(text, length) : 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return pc_roman(text, length);
        value = value * 10 + (unsigned)(text[i] - '0');
    }
    return value;
}

static unsigned year_of(const char *text, size_t length)
{
    unsigned year = 0;

    if (length != 4)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        year = year * 10 + (unsigned)(text[i] - '0');
    }
    return year >= 1900 && year <= 2199 ? year : 0;
}

/* The next word behind `*at`; its length, 0 at the end. */
static size_t next_word(const char *text, size_t *at, const char **word)
{
    size_t length;

    while (text[*at] == ' ')
        (*at)++;
    *word = text + *at;
    length = strcspn(*word, " ");
    *at += length;
    return length;
}

static bool is_word(const char *word, size_t length, const char *text)
{
    return strlen(text) == length && memcmp(word, text, length) == 0;
}

/* What is known of a part of a year: its name and its quarters. */
static const struct {
    const char *name;
    unsigned first;
    unsigned last;
} parts[PC_PERIOD_PARTS] = {{"", 1, 4},   {"Q1", 1, 1}, {"Q2", 2, 2},
                            {"Q3", 3, 3}, {"Q4", 4, 4}, {"H1", 1, 2},
                            {"H2", 3, 4}, {"9M", 1, 3}};
enum { FIRST_HALF = 5, SECOND_HALF = 6, NINE_MONTHS = 7 };

static void name_period(pc_period *period)
{
    (void)snprintf(period->text, sizeof period->text, "%u%s%s", period->year,
                   period->part > 0 ? "-" : "", parts[period->part].name);
}

/* "q1", "h2" or "9m". */
static unsigned part_of(const char *word, size_t length)
{
    if (is_word(word, length, "9m"))
        return NINE_MONTHS;
    if (length > 1 && word[0] == 'q' && ordinal(word + 1, length - 1) <= 4)
        return ordinal(word + 1, length - 1);
    if (length == 2 && word[0] == 'h' && (word[1] == '1' || word[1] == '2'))
        return (unsigned)(word[1] - '0') + 4;
    return 0;
}

/* The words of a period that are still to be taken. */
typedef struct period_words {
    const char *plain;
    size_t at;
    pc_period *period;
    bool has_part; /* also if it is all of the year */
} period_words;

static bool set_part(period_words *w, unsigned part)
{
    if (w->has_part)
        return false;
    w->has_part = true;
    w->period->part = part;
    return true;
}

/* Takes the next word if it is this one. */
static bool skip_word(period_words *w, const char *text)
{
    size_t behind = w->at;
    const char *word;
    size_t length = next_word(w->plain, &behind, &word);

    if (!is_word(word, length, text))
        return false;
    w->at = behind;
    return true;
}

/* "6 tháng đầu năm", "6T cuối năm", "09 tháng", "12 tháng", from the number
 * on, of which `word` is the first word. */
static bool take_months(period_words *w, const char *word, size_t length)
{
    bool is_short = length > 1 && word[length - 1] == 't';
    unsigned months;

    length -= is_short;
    months = is_word(word, length, "6") || is_word(word, length, "06")   ? 6
             : is_word(word, length, "9") || is_word(word, length, "09") ? 9
             : is_word(word, length, "12")                               ? 12
                                                                         : 0;
    if (months == 0 || (!is_short && !skip_word(w, "thang")))
        return false;
    if (months == 12)
        return set_part(w, 0);
    if (skip_word(w, "dau"))
        return set_part(w, months == 6 ? FIRST_HALF : NINE_MONTHS);
    if (months == 6 && skip_word(w, "cuoi"))
        return set_part(w, SECOND_HALF);
    return set_part(w, months == 6 ? FIRST_HALF : NINE_MONTHS);
}

/* Takes one word of a period; false if it has no place in one. */
static bool take_word(period_words *w, const char *word, size_t length)
{
    if (is_word(word, length, "nam"))
        return true;
    if (is_word(word, length, "ca"))
        return skip_word(w, "nam") && set_part(w, 0);
    if (length == 5 && word[0] == 'y') {
        word++;
        length--;
    }
    if (year_of(word, length) > 0 && w->period->year == 0) {
        w->period->year = year_of(word, length);
        return true;
    }
    if (part_of(word, length) > 0)
        return set_part(w, part_of(word, length));
    if (is_word(word, length, "quy")) {
        length = next_word(w->plain, &w->at, &word);
        return ordinal(word, length) >= 1 && ordinal(word, length) <= 4 &&
               set_part(w, ordinal(word, length));
    }
    return take_months(w, word, length);
}

bool pc_heading_period(const char *text, pc_period *period, pc_buffer *scratch)
{
    period_words w = {NULL, 0, period, false};
    const char *word;
    size_t length;

    memset(period, 0, sizeof *period);
    if (!pc_text_plain(scratch, text, strlen(text)) || scratch->length == 0)
        return false;
    w.plain = scratch->data;
    while ((length = next_word(w.plain, &w.at, &word)) > 0)
        if (!take_word(&w, word, length))
            return false;
    name_period(period);
    return period->year != 0;
}

static void name_long(pc_period *period, const char *text, size_t length)
{
    static const char cut[] = "… ";
    size_t front = PC_PERIOD_TEXT - sizeof cut - PC_PERIOD_DIGITS;
    pc_sha256 hash;
    char digest[PC_SHA256_HEX];

    pc_sha256_init(&hash);
    pc_sha256_add(&hash, text, length);
    pc_sha256_finish(&hash, digest);
    while (front > 0 && (((unsigned char)text[front] & 0xC0) == 0x80 ||
                         text[front - 1] == ' '))
        front--;
    (void)snprintf(period->text, sizeof period->text, "%.*s%s%.*s", (int)front,
                   text, cut, (int)PC_PERIOD_DIGITS, digest);
}

pc_period pc_period_read(const char *text, pc_buffer *scratch)
{
    pc_period period;
    size_t length;

    if (pc_heading_period(text, &period, scratch))
        return period;
    length = strlen(text);
    memset(&period, 0, sizeof period);
    if (length < sizeof period.text)
        memcpy(period.text, text, length + 1);
    else
        name_long(&period, text, length);
    return period;
}

static unsigned quarters_of(const pc_period *period)
{
    return parts[period->part].last - parts[period->part].first + 1;
}

unsigned pc_period_nearness(const pc_period *a, const pc_period *b)
{
    unsigned end = parts[a->part].last;
    unsigned length = quarters_of(a);

    if (a->year == 0 || a->year != b->year || end >= parts[b->part].last)
        return 0;
    return 8 * end + (length == quarters_of(b) ? 7 : length);
}

bool pc_period_is_year_after(const pc_period *a, const pc_period *b)
{
    return a->year > 0 && b->year == a->year + 1 && a->part == b->part;
}

bool pc_period_adjoins(const pc_period *a, const pc_period *b)
{
    return a->year > 0 && a->year == b->year &&
           parts[b->part].first == parts[a->part].last + 1 &&
           quarters_of(a) == quarters_of(b);
}

/* "bieu mau so 3": the number behind words that announce a form. */
static unsigned announced_form(const char *plain)
{
    static const char *const words[] = {"bieu", "mau", "phu", "luc", "so"};
    const char *word;
    size_t at = 0;
    size_t announcing = 0;
    size_t length;

    while ((length = next_word(plain, &at, &word)) > 0) {
        size_t i = 0;

        while (i < sizeof words / sizeof *words &&
               !is_word(word, length, words[i]))
            i++;
        if (i == sizeof words / sizeof *words)
            break;
        announcing++;
    }
    if (announcing == 0 ||
        (strncmp(plain, "bieu", 4) != 0 && strncmp(plain, "phu luc", 7) != 0))
        return 0;
    return ordinal(word, length);
}

bool pc_heading_form(const char *text, bool roman, char form[8],
                     pc_buffer *scratch)
{
    const char *word;
    size_t at = 0;
    size_t length;
    unsigned number;

    if (!pc_text_plain(scratch, text, strlen(text)) || scratch->length == 0)
        return false;
    number = announced_form(scratch->data);
    if (number == 0 && roman) {
        length = next_word(scratch->data, &at, &word);
        number = pc_roman(word, length);
    }
    if (number == 0)
        return false;
    (void)snprintf(form, 8, "%u", number % 1000);
    return true;
}
