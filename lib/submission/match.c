#include "submission/match.h"

#include <string.h>

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
    return strcmp(row->form, key->form) == 0 && has_label(row, key) &&
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

pc_match pc_match_row(const parcheck_edition *edition, const pc_row_key *key,
                      size_t after, pc_buffer *scratch)
{
    pc_match match = {PC_MATCH_BOTH, find_code(edition, key, scratch)};
    size_t by_code = match.row;

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
    match.row = by_code;
    match.kind = by_code != PC_NONE ? PC_MATCH_CODE_ONLY : PC_MATCH_NONE;
    return match;
}
