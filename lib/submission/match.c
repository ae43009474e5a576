#include "submission/match.h"

#include <string.h>

#include "text/distance.h"

bool pc_edition_has_form(const parcheck_edition *edition, const char *form)
{
    for (size_t i = 0; i < edition->count; i++)
        if (strcmp(edition->indicators[i].form, form) == 0)
            return true;
    return false;
}

static size_t find_code(const parcheck_edition *edition, const pc_row_key *key,
                        pc_buffer *scratch)
{
    size_t row;

    if (key->code_length == 0)
        return PC_NONE;
    pc_buffer_clear(scratch);
    pc_buffer_text(scratch, key->form);
    pc_buffer_char(scratch, '\n');
    pc_buffer_append(scratch, key->code, key->code_length);
    if (scratch->failed ||
        !pc_map_get(&edition->by_code, scratch->data, scratch->length, &row))
        return PC_NONE;
    return row;
}

static bool has_label(const parcheck_indicator *row, const pc_row_key *key)
{
    return row->key_length == key->label_length &&
           memcmp(row->key, key->label, key->label_length) == 0;
}

static bool can_be(const parcheck_indicator *row, const pc_row_key *key,
                   bool uncoded_only)
{
    return has_label(row, key) && strcmp(row->form, key->form) == 0 &&
           !(uncoded_only && row->code[0] != '\0');
}

/* The next row below `after` that the label fits, else the first one. */
static size_t find_label(const parcheck_edition *edition, const pc_row_key *key,
                         size_t after, bool uncoded_only)
{
    size_t start = after == PC_NONE ? 0 : after + 1;

    if (key->label_length == 0)
        return PC_NONE;
    for (size_t i = 0; i < edition->count; i++) {
        size_t row = (start + i) % edition->count;

        if (can_be(&edition->indicators[row], key, uncoded_only))
            return row;
    }
    return PC_NONE;
}

/* Whether two numbers of letters are so far from each other that the labels
 * are, too: most labels can be told apart by that. */
static bool is_far(size_t a, size_t b, size_t most)
{
    return a > b ? a - b > most : b - a > most;
}

/* The first row of the form, from `after` on, whose label is not more than
 * `slips` letters off; `*distance` is how many. */
static size_t find_near(const parcheck_edition *edition, const pc_row_key *key,
                        size_t after, size_t slips, size_t *distance)
{
    size_t start = after == PC_NONE ? 0 : after + 1;
    size_t letters = pc_text_letters(key->label, key->label_length);
    size_t best = PC_NONE;

    *distance = slips + 1;
    for (size_t i = 0; i < edition->count; i++) {
        const parcheck_indicator *row =
            &edition->indicators[(start + i) % edition->count];
        size_t d;

        if (is_far(row->key_letters, letters, slips) ||
            strcmp(row->form, key->form) != 0)
            continue;
        d = pc_text_distance(row->key, row->key_length, key->label,
                             key->label_length, slips);
        if (d < *distance) {
            *distance = d;
            best = (start + i) % edition->count;
        }
    }
    return best;
}

/* A short label may be another one altogether with two letters changed. */
static size_t allowed_slips(const pc_row_key *key)
{
    if (key->label_length < 8)
        return 0;
    return key->label_length < 16 ? 1 : PC_LABEL_SLIPS;
}

/* No label of the form is the given one: is one nearly so? */
static pc_match match_nearly(const parcheck_edition *edition,
                             const pc_row_key *key, size_t by_code,
                             size_t after)
{
    pc_match match = {PC_MATCH_NONE, PC_NONE, by_code};
    size_t slips = allowed_slips(key);
    size_t distance;

    if (slips > 0)
        match.row = find_near(edition, key, after, slips, &distance);
    if (match.row != PC_NONE) {
        bool same_code = match.row == by_code || key->code_length == 0;
        match.kind = same_code ? PC_MATCH_NEAR : PC_MATCH_LABEL_ONLY;
    } else if (by_code != PC_NONE) {
        match.row = by_code;
        match.kind = PC_MATCH_CODE_ONLY;
    }
    return match;
}

pc_match pc_match_row(const parcheck_edition *edition, const pc_row_key *key,
                      size_t after, pc_buffer *scratch)
{
    size_t by_code = find_code(edition, key, scratch);
    pc_match match = {PC_MATCH_BOTH, by_code, by_code};

    if (by_code != PC_NONE && (key->label_length == 0 ||
                               has_label(&edition->indicators[by_code], key)))
        return match;
    if (key->code_length == 0) {
        match.row = find_label(edition, key, after, true);
        if (match.row != PC_NONE)
            return match;
    }
    match.row = find_label(edition, key, after, false);
    match.kind = PC_MATCH_LABEL_ONLY;
    if (match.row != PC_NONE)
        return match;
    return match_nearly(edition, key, by_code, after);
}

size_t pc_nearest_row(const parcheck_edition *edition, const pc_row_key *key)
{
    size_t distance;

    /* More than a third of the letters off is not near. */
    return find_near(edition, key, PC_NONE, key->label_length / 3, &distance);
}

/* ---- codes that a spreadsheet changed
 * ---------------------------------------- */

enum { MOST_PARTS = 3 };

typedef struct parts {
    unsigned part[MOST_PARTS];
    size_t count;
    bool month_name; /* part `month_at` was the name of a month */
    size_t month_at;
} parts;

static unsigned month_of(const char *text, size_t length)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    for (unsigned i = 0; length >= 3 && i < 12; i++) {
        bool same = true;

        for (size_t j = 0; j < 3; j++)
            same = same && (text[j] | 0x20) == names[3 * i + j];
        if (same)
            return i + 1;
    }
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Numbers, or a month's name for one, between single marks. */
static bool split(parts *p, const char *text)
{
    memset(p, 0, sizeof *p);
    while (p->count < MOST_PARTS) {
        size_t length = 0;
        unsigned value = 0;

        while (is_digit(text[length]) && length < 4)
            value = value * 10 + (unsigned)(text[length++] - '0');
        if (length == 0) {
            while (is_letter(text[length]))
                length++;
            value = month_of(text, length);
            if (value == 0 || p->month_name)
                return false;
            p->month_name = true;
            p->month_at = p->count;
        }
        p->part[p->count++] = value;
        text += length;
        if (*text == '\0')
            return true;
        if (strchr("./- ", *text) == NULL)
            return false;
        text++;
    }
    return false;
}

/* The year of a date that was a third part: 3 becomes 2003. */
static bool is_year_of(unsigned year, unsigned part)
{
    return year == part || year == part + 2000 || year == part + 1900;
}

static bool is_date_of(const parts *date, const parts *code)
{
    const unsigned *d = date->part;
    const unsigned *c = code->part;
    unsigned year = d[2];

    if (date->count == 3 && d[0] >= 1900) { /* 2023-01-02 */
        year = d[0];
        d++;
    }
    if (!((d[0] == c[0] && d[1] == c[1]) || (d[0] == c[1] && d[1] == c[0])))
        return false;
    return code->count == 2 || (date->count == 3 && is_year_of(year, c[2]));
}

/* 1.10 as a number loses its zero. */
static bool is_number_of(const char *printed, const char *code)
{
    size_t length = strlen(code);

    if (strchr(code, '.') == NULL)
        return false;
    while (length > 0 && code[length - 1] == '0')
        length--;
    if (length > 0 && code[length - 1] == '.')
        length--;
    return length < strlen(code) && strlen(printed) == length &&
           strncmp(printed, code, length) == 0;
}

bool pc_is_converted_code(const char *printed, const char *code)
{
    parts date;
    parts own;

    if (is_number_of(printed, code))
        return true;
    if (!split(&date, printed) || !split(&own, code) || own.month_name ||
        own.count < 2 || date.count < 2)
        return false;
    /* What is written with dots is a code, not a date. */
    return strchr(printed, '.') == NULL && is_date_of(&date, &own);
}
