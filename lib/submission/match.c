#include "submission/match.h"

#include <string.h>

#include "text/distance.h"

bool pc_edition_has_form(const parcheck_edition *edition, const char *form)
{
    return pc_edition_form(edition, form) != NULL;
}

static size_t find_code(const parcheck_edition *edition, const pc_row_key *key,
                        pc_buffer *scratch)
{
    size_t form_length;
    size_t length;
    size_t row;

    if (key->code_length == 0)
        return PC_NONE;
    form_length = strlen(key->form);
    length = form_length + 1 + key->code_length;
    pc_buffer_clear(scratch);
    if (!pc_buffer_reserve(scratch, length))
        return PC_NONE;
    memcpy(scratch->data, key->form, form_length);
    scratch->data[form_length] = '\n';
    memcpy(scratch->data + form_length + 1, key->code, key->code_length);
    if (!pc_map_get(&edition->by_code, scratch->data, length, &row))
        return PC_NONE;
    return row;
}

static bool has_label(const parcheck_indicator *row, const pc_row_key *key)
{
    return row->key_length == key->label_length &&
           memcmp(row->key, key->label, key->label_length) == 0;
}

/* The rows of one form, from the one below `after` on, and around. */
typedef struct form_rows {
    const parcheck_indicator *all;
    const pc_form *form;
    size_t form_index;
    size_t at;
    size_t left;
} form_rows;

static form_rows rows_below(const parcheck_edition *edition,
                            const pc_row_key *key, size_t after)
{
    form_rows rows = {.all = edition->indicators};

    rows.form = pc_edition_form(edition, key->form);
    if (rows.form == NULL)
        return rows;
    rows.form_index = (size_t)(rows.form -
                               (const pc_form *)edition->forms.data);
    rows.left = rows.form->end - rows.form->first;
    rows.at = rows.form->first;
    if (after != PC_NONE && after + 1 > rows.at && after + 1 < rows.form->end)
        rows.at = after + 1;
    return rows;
}

/* The next of them, or PC_NONE. */
static size_t next_row(form_rows *rows)
{
    while (rows->left > 0) {
        size_t row = rows->at++;

        rows->left--;
        if (rows->at == rows->form->end)
            rows->at = rows->form->first;
        if (rows->all[row].form_index == rows->form_index)
            return row;
    }
    return PC_NONE;
}

/* The labels are equal only if their sketches are, which costs less to see. */
static bool can_be(const parcheck_indicator *row, const pc_row_key *key,
                   bool uncoded_only)
{
    return row->sketch.kinds == key->sketch.kinds && has_label(row, key) &&
           !(uncoded_only && row->code[0] != '\0');
}

/* The next row below `after` that the label fits, else the first one. */
static size_t find_label(const parcheck_edition *edition, const pc_row_key *key,
                         size_t after, bool uncoded_only)
{
    form_rows rows = rows_below(edition, key, after);
    size_t row = PC_NONE;

    if (key->label_length == 0)
        return PC_NONE;
    do
        row = next_row(&rows);
    while (row != PC_NONE &&
           !can_be(&edition->indicators[row], key, uncoded_only));
    return row;
}

/* The first row of the form, from `after` on, whose label is not more than
 * `slips` letters off; `*distance` is how many. */
static size_t find_near(const parcheck_edition *edition, const pc_row_key *key,
                        size_t after, size_t slips, size_t *distance)
{
    form_rows rows = rows_below(edition, key, after);
    size_t best = PC_NONE;
    size_t at;

    *distance = slips + 1;
    while ((at = next_row(&rows)) != PC_NONE) {
        const parcheck_indicator *row = &edition->indicators[at];
        size_t d;

        if (pc_sketch_is_far(&row->sketch, &key->sketch, slips))
            continue;
        d = pc_text_distance(row->key, row->key_length, key->label,
                             key->label_length, slips);
        if (d < *distance) {
            *distance = d;
            best = at;
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

/* ---- codes that a spreadsheet changed ------------------------------------ */

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
