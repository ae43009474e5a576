#include <string.h>

#include "schema/parse.h"
#include "schema/table.h"
#include "schema/tables.h"
#include "text/key.h"
#include "value/literal.h"

enum { FORM, CODE, NAME, LABEL, UNIT, KIND, LEVEL, CHOICES, COLUMNS };
static const char *const columns[COLUMNS] = {
    "form", "code", "name", "label", "unit", "kind", "level", "choices"};

static const char *const kinds[] = {"count",  "amount", "percent",
                                    "choice", "text",   "group"};
static const char *const levels[] = {"", "province", "district", "commune",
                                     "none"};

typedef struct reading {
    pc_loader *loader;
    parcheck_family *family;
    parcheck_edition *edition;
    pc_table table;
    pc_list rows; /* of parcheck_indicator */
    pc_buffer key;
} reading;

static size_t find_word(const char *const *words, size_t count,
                        const char *word)
{
    size_t i = 0;

    while (i < count && strcmp(words[i], word) != 0)
        i++;
    return i;
}

static parcheck_status take_kind(reading *r, parcheck_indicator *row)
{
    const char *kind = r->table.values[KIND];
    const char *level = r->table.values[LEVEL];
    size_t found = find_word(kinds, sizeof kinds / sizeof *kinds, kind);

    if (found == sizeof kinds / sizeof *kinds)
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                       pc_table_place(&r->table, KIND),
                       "“%s” không phải là loại; cần count, amount, percent, "
                       "choice, text hoặc group",
                       "“%s” is no kind; expected count, amount, percent, "
                       "choice, text or group",
                       kind);
    row->kind = (parcheck_kind)found;
    if (find_word(levels, sizeof levels / sizeof *levels, level) ==
        sizeof levels / sizeof *levels)
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                       pc_table_place(&r->table, LEVEL),
                       "“%s” không phải là cấp; cần province, district, "
                       "commune, none hoặc để trống",
                       "“%s” is no level; expected province, district, "
                       "commune, none or nothing",
                       level);
    return PARCHECK_OK;
}

/* One "code = label". */
static parcheck_status take_choice(reading *r, pc_list *values,
                                   const char *text, size_t length)
{
    const char *sign = memchr(text, '=', length);
    pc_literal code = {.state = PC_LITERAL_NOT_A_NUMBER};
    pc_decimal *value;

    if (sign != NULL)
        code = pc_literal_read(text, (size_t)(sign - text));
    if (code.state != PC_LITERAL_NUMBER)
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                       pc_table_place(&r->table, CHOICES),
                       "“%.*s” không có dạng “0 = Không”",
                       "“%.*s” is not of the form “0 = Không”", (int)length,
                       text);
    value = pc_list_add(values, r->loader->arena, sizeof *value);
    if (value == NULL)
        return pc_no_memory(r->loader->error);
    *value = code.value;
    return PARCHECK_OK;
}

static parcheck_status take_choices(reading *r, parcheck_indicator *row)
{
    const char *text = r->table.values[CHOICES];
    pc_list values = {0};

    if ((row->kind == PARCHECK_CHOICE) != (text[0] != '\0'))
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                       pc_table_place(&r->table, CHOICES),
                       "loại choice (và chỉ loại này) cần danh sách như "
                       "“0 = Không; 1 = Có”",
                       "the kind choice, and no other, needs a list such as "
                       "“0 = Không; 1 = Có”");
    while (*text != '\0') {
        size_t length = strcspn(text, ";");
        parcheck_status status = take_choice(r, &values, text, length);

        if (status != PARCHECK_OK)
            return status;
        text += length;
        text += *text == ';';
    }
    row->choice_values = values.data;
    row->choice_count = values.count;
    return PARCHECK_OK;
}

static parcheck_status take_key(reading *r, parcheck_indicator *row)
{
    if (!pc_text_key(&r->key, row->label, strlen(row->label)))
        return pc_no_memory(r->loader->error);
    row->key_length = r->key.length;
    row->sketch = pc_text_sketch(r->key.data, r->key.length);
    row->key = pc_arena_copy(r->loader->arena, r->key.data, r->key.length);
    return row->key != NULL ? PARCHECK_OK : pc_no_memory(r->loader->error);
}

static parcheck_status new_symbol(reading *r, parcheck_indicator *row)
{
    parcheck_family *family = r->family;
    pc_symbol *symbol = pc_list_add(&family->symbols, r->loader->arena,
                                    sizeof *symbol);

    if (symbol == NULL ||
        !pc_map_set(&family->symbol_by_name, row->name, strlen(row->name),
                    family->symbols.count - 1))
        return pc_no_memory(r->loader->error);
    symbol->name = row->name;
    symbol->kind = row->kind;
    row->symbol = family->symbols.count - 1;
    return PARCHECK_OK;
}

/* The form of the row, which may stand in several places. */
static parcheck_status take_form(reading *r, parcheck_indicator *row)
{
    pc_list *forms = &r->edition->forms;
    const pc_form *known = pc_edition_form(r->edition, row->form);
    pc_form *form;

    if (known == NULL) {
        form = pc_list_add(forms, r->loader->arena, sizeof *form);
        if (form == NULL)
            return pc_no_memory(r->loader->error);
        form->name = row->form;
        form->first = r->rows.count - 1;
        known = form;
    }
    row->form_index = (size_t)(known - (const pc_form *)forms->data);
    form = (pc_form *)forms->data + row->form_index;
    form->end = r->rows.count;
    return PARCHECK_OK;
}

/* A name stands once in an edition and has one kind in all of them. */
static parcheck_status take_name(reading *r, parcheck_indicator *row)
{
    const parcheck_indicator *rows = r->rows.data;
    size_t symbol;

    if (!pc_is_name(row->name))
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                       pc_table_place(&r->table, NAME),
                       "“%s” không phải là tên: cần chữ thường a-z, chữ số "
                       "và “_”, và không phải từ của ngôn ngữ quy tắc",
                       "“%s” is no name: expected letters a-z, digits and "
                       "“_”, and no word of the rule language",
                       row->name);
    symbol = pc_family_find(r->family, row->name);
    if (symbol == PC_NONE)
        return new_symbol(r, row);
    row->symbol = symbol;
    for (size_t i = 0; i + 1 < r->rows.count; i++)
        if (rows[i].symbol == symbol)
            return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                           pc_table_place(&r->table, NAME),
                           "tên “%s” đã có ở dòng %zu",
                           "the name “%s” stands on line %zu already",
                           row->name, rows[i].line);
    if (pc_family_symbol(r->family, symbol)->kind != row->kind)
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA,
                       pc_table_place(&r->table, KIND),
                       "“%s” có loại khác trong một ấn bản khác",
                       "“%s” has another kind in another edition", row->name);
    return PARCHECK_OK;
}

/* A code stands once in a form. */
static parcheck_status take_code(reading *r, const parcheck_indicator *row)
{
    pc_buffer *key = &r->key;
    const char *copy;
    size_t other;

    if (row->code[0] == '\0')
        return PARCHECK_OK;
    pc_buffer_clear(key);
    pc_buffer_text(key, row->form);
    pc_buffer_char(key, '\n');
    pc_buffer_text(key, row->code);
    copy = pc_buffer_copy(key, r->loader->arena);
    if (copy == NULL)
        return pc_no_memory(r->loader->error);
    if (pc_map_get(&r->edition->by_code, copy, key->length, &other))
        return pc_fail(
            r->loader->error, PARCHECK_ESCHEMA, pc_table_place(&r->table, CODE),
            "mã “%s” có hai lần trong biểu %s",
            "the code “%s” stands twice in form %s", row->code, row->form);
    if (!pc_map_set(&r->edition->by_code, copy, key->length, r->rows.count - 1))
        return pc_no_memory(r->loader->error);
    return PARCHECK_OK;
}

static parcheck_status take_row(reading *r)
{
    parcheck_indicator *row = pc_list_add(&r->rows, r->loader->arena,
                                          sizeof *row);
    parcheck_status status;

    if (row == NULL)
        return pc_no_memory(r->loader->error);
    row->line = r->table.line;
    row->form = r->table.values[FORM];
    row->code = r->table.values[CODE];
    row->name = r->table.values[NAME];
    row->label = r->table.values[LABEL];
    row->unit = r->table.values[UNIT];
    row->level = r->table.values[LEVEL];
    row->choices = r->table.values[CHOICES];
    if (row->form[0] == '\0' || row->label[0] == '\0')
        return pc_fail(
            r->loader->error, PARCHECK_ESCHEMA,
            pc_table_place(&r->table, row->form[0] == '\0' ? FORM : LABEL),
            "ô này không được để trống", "this field must not be empty");
    status = take_kind(r, row);
    if (status == PARCHECK_OK)
        status = take_choices(r, row);
    if (status == PARCHECK_OK)
        status = take_key(r, row);
    if (status == PARCHECK_OK)
        status = take_form(r, row);
    if (status == PARCHECK_OK)
        status = take_name(r, row);
    return status == PARCHECK_OK ? take_code(r, row) : status;
}

/* A table family needs the column by which its rows are known. */
static parcheck_status check_rows(reading *r)
{
    size_t stt = pc_family_find(r->family, "stt");
    const parcheck_indicator *rows = r->rows.data;
    pc_place place = {r->table.source, 0, 0};

    if (r->rows.count == 0)
        return pc_fail(r->loader->error, PARCHECK_ESCHEMA, place,
                       "ấn bản không có dòng nào", "the edition has no rows");
    if (r->family->role_count == 0)
        return PARCHECK_OK;
    for (size_t i = 0; i < r->rows.count; i++)
        if (rows[i].symbol == stt && rows[i].kind == PARCHECK_TEXT)
            return PARCHECK_OK;
    return pc_fail(r->loader->error, PARCHECK_ESCHEMA, place,
                   "bảng có vai trò cần một cột “stt” loại text",
                   "a family with roles needs a column “stt” of kind text");
}

static bool make_room(reading *r)
{
    size_t rows = pc_table_room(&r->table);

    return pc_list_reserve(&r->rows, r->loader->arena, rows,
                           sizeof(parcheck_indicator)) &&
           pc_map_reserve(&r->edition->by_code, rows) &&
           pc_map_reserve(&r->family->symbol_by_name, rows);
}

static parcheck_status read_rows(reading *r)
{
    bool more = true;
    parcheck_status status = make_room(r) ? PARCHECK_OK
                                          : pc_no_memory(r->loader->error);

    while (status == PARCHECK_OK && more) {
        status = pc_table_next(&r->table, &more);
        if (status == PARCHECK_OK && more)
            status = take_row(r);
    }
    return status == PARCHECK_OK ? check_rows(r) : status;
}

parcheck_status pc_read_edition(pc_loader *loader, parcheck_family *family,
                                parcheck_edition *edition,
                                const pc_source *source)
{
    reading r = {.loader = loader, .family = family, .edition = edition};
    parcheck_status status;

    edition->family = family;
    edition->source = source->name;
    pc_map_init(&edition->by_code, loader->arena);
    status = pc_table_open(&r.table, source->name, source->table.data,
                           source->table.length, columns, COLUMNS,
                           loader->arena, loader->error);
    if (status != PARCHECK_OK)
        return status;
    pc_buffer_init(&r.key, &loader->arena->allocator, SIZE_MAX / 8);
    status = read_rows(&r);
    edition->indicators = r.rows.data;
    edition->count = r.rows.count;
    pc_buffer_free(&r.key);
    pc_table_close(&r.table);
    return status;
}
