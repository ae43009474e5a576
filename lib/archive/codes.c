#include "archive/codes.h"

#include <string.h>

#include "submission/match.h"
#include "text/charset.h"
#include "text/key.h"

/* Distinct rows that are kept; an archive has a few hundred, and what names
 * more is not one. */
enum { MOST_ENTRIES = 1 << 16 };

void pc_codes_init(pc_codes *codes, const pc_archive *archive,
                   const parcheck_allocator *allocator)
{
    memset(codes, 0, sizeof *codes);
    codes->archive = archive;
    pc_arena_init(&codes->arena, allocator);
    pc_map_init(&codes->by_key, &codes->arena);
    pc_buffer_init(&codes->scratch, allocator, SIZE_MAX / 8);
    pc_buffer_init(&codes->label, allocator, SIZE_MAX / 8);
    codes->unknown.key = codes->unknown.code = codes->unknown.label = "";
    codes->unknown.fact = -1;
    /* No row is predicted behind or instead of it. */
    codes->unknown.form_length = SIZE_MAX;
    codes->heading = codes->unknown;
    codes->heading.is_heading = true;
}

void pc_codes_free(pc_codes *codes)
{
    pc_buffer_free(&codes->scratch);
    pc_buffer_free(&codes->label);
    pc_arena_free(&codes->arena);
}

static bool make_key(pc_codes *codes, pc_span form, pc_span code, pc_span label)
{
    pc_buffer *key = &codes->scratch;

    pc_buffer_clear(key);
    pc_buffer_append(key, form.text, form.length);
    pc_buffer_append(key, "", 1);
    pc_buffer_append(key, code.text, code.length);
    pc_buffer_append(key, "", 1);
    pc_buffer_append(key, label.text, label.length);
    pc_buffer_append(key, "", 1);
    return !key->failed;
}

static bool is_heading_field(const pc_archive *archive, pc_column column,
                             const char *text)
{
    size_t at = archive->columns[column];

    if (at == PC_NONE)
        return true;
    for (size_t i = 0; i < archive->heading_lines; i++)
        if (strcmp(pc_row_text(&archive->heading[i], at), text) == 0)
            return true;
    return false;
}

static bool is_heading(const pc_archive *archive, const pc_entry *entry)
{
    return is_heading_field(archive, PC_COLUMN_FORM, entry->key) &&
           is_heading_field(archive, PC_COLUMN_CODE, entry->code) &&
           is_heading_field(archive, PC_COLUMN_LABEL, entry->label);
}

/* A form that the layout reads as it is written; others ("Biểu mẫu 3") take
 * the long way. */
static bool is_plain(const pc_entry *entry, size_t key_length)
{
    return entry->form_length > 0 && entry->code_length > 0 &&
           entry->key[0] >= '0' && entry->key[0] <= '9' &&
           strlen(entry->key) == entry->form_length &&
           strlen(entry->code) == entry->code_length &&
           strlen(entry->label) == entry->label_length &&
           pc_utf_8_front(entry->key, key_length) == key_length;
}

/* Notes the row in every edition that has it with this code and label. */
static bool look_up(pc_codes *codes, pc_entry *entry)
{
    const pc_archive *archive = codes->archive;
    pc_row_key key = {.form = entry->key,
                      .code = entry->code,
                      .code_length = entry->code_length};

    while (key.code_length > 0 && key.code[key.code_length - 1] == '.')
        key.code_length--;
    if (!pc_text_key(&codes->label, entry->label, entry->label_length))
        return false;
    key.label = codes->label.data;
    key.label_length = codes->label.length;
    for (size_t i = 0; i < archive->edition_count; i++) {
        pc_match match = pc_match_row(archive->editions[i], &key, PC_NONE,
                                      &codes->scratch);

        if (codes->scratch.failed)
            return false;
        if (match.kind != PC_MATCH_BOTH)
            continue;
        entry->rows[i] = &archive->editions[i]->indicators[match.row];
        entry->editions |= UINT64_C(1) << i;
    }
    return true;
}

static void allow_choices(pc_entry *entry, const parcheck_indicator *row)
{
    entry->allowed = 0;
    for (size_t i = 0; i < row->choice_count; i++) {
        pc_decimal value = row->choice_values[i];

        if (value.scale == 0 && value.coefficient >= 0 &&
            value.coefficient < 64)
            entry->allowed |= UINT64_C(1) << value.coefficient;
    }
}

/* The number of a row's form in its edition, by first appearance. */
static uint32_t form_number(const parcheck_edition *edition,
                            const parcheck_indicator *row)
{
    uint32_t number = 0;

    for (size_t i = 1; &edition->indicators[i - 1] != row; i++)
        number += strcmp(edition->indicators[i - 1].form,
                         edition->indicators[i].form) != 0;
    return number;
}

static void apply_guess(const pc_codes *codes, pc_entry *entry)
{
    const pc_archive *archive = codes->archive;
    const parcheck_indicator *row = NULL;

    for (size_t i = 0; i < archive->edition_count; i++)
        if (archive->editions[i] == codes->guess)
            row = entry->rows[i];
    entry->fact = -1;
    if (row == NULL || row->kind == PARCHECK_GROUP ||
        row->kind == PARCHECK_TEXT)
        return;
    entry->fact = (int32_t)row->symbol;
    entry->kind = row->kind;
    entry->form = form_number(codes->guess, row);
    entry->any_value = pc_family_symbol(codes->guess->family, row->symbol)
                           ->listed;
    allow_choices(entry, row);
}

static pc_entry *add_entry(pc_codes *codes, pc_span form, pc_span code,
                           pc_span label)
{
    size_t length = codes->scratch.length;
    pc_entry *entry = pc_arena_alloc(&codes->arena, sizeof *entry);
    pc_entry **kept = pc_list_add(&codes->list, &codes->arena, sizeof(*kept));

    if (entry == NULL || kept == NULL)
        return NULL;
    *kept = entry;
    entry->key = pc_buffer_copy(&codes->scratch, &codes->arena);
    entry->rows = pc_arena_array(&codes->arena, codes->archive->edition_count,
                                 sizeof(*entry->rows));
    if (entry->key == NULL || entry->rows == NULL)
        return NULL;
    entry->code = entry->key + form.length + 1;
    entry->label = entry->code + code.length + 1;
    entry->form_length = form.length;
    entry->code_length = code.length;
    entry->label_length = label.length;
    entry->is_heading = is_heading(codes->archive, entry);
    if (is_plain(entry, length) && !look_up(codes, entry))
        return NULL;
    apply_guess(codes, entry);
    if (!pc_map_set(&codes->by_key, entry->key, length, codes->list.count - 1))
        return NULL;
    return entry;
}

/* What stands for a row that is not kept. The heading is told from others all
 * the same: how many rows came before must not matter to that. */
static pc_entry *stand_in(pc_codes *codes, pc_span form, pc_span code)
{
    const char *key = codes->scratch.data;
    const pc_entry row = {.key = key,
                          .code = key + form.length + 1,
                          .label = key + form.length + code.length + 2};

    return is_heading(codes->archive, &row) ? &codes->heading : &codes->unknown;
}

pc_entry *pc_codes_find(pc_codes *codes, pc_span form, pc_span code,
                        pc_span label)
{
    size_t index;

    if (!make_key(codes, form, code, label))
        return NULL;
    if (pc_map_get(&codes->by_key, codes->scratch.data, codes->scratch.length,
                   &index))
        return ((pc_entry **)codes->list.data)[index];
    if (codes->list.count >= MOST_ENTRIES)
        return stand_in(codes, form, code);
    return add_entry(codes, form, code, label);
}

void pc_codes_guess(pc_codes *codes, const parcheck_edition *edition)
{
    codes->guess = edition;
    for (size_t i = 0; i < codes->list.count; i++)
        apply_guess(codes, ((pc_entry **)codes->list.data)[i]);
}
