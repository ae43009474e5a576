#include "schema/table.h"

#include <stdint.h>
#include <string.h>

enum { MOST_FIELD_BYTES = 1 << 20, MOST_FIELDS = 64, MOST_ROOM = 1024 };

pc_place pc_table_place(const pc_table *table, size_t column)
{
    pc_place place = {table->source, table->line, table->position[column] + 1};

    return place;
}

static pc_place line_place(const pc_table *table)
{
    pc_place place = {table->source, table->line, 0};

    return place;
}

static parcheck_status wrong_event(pc_table *table, pc_csv_event event)
{
    switch (event) {
    case PC_CSV_UNCLOSED:
        return pc_fail(table->error, PARCHECK_ESCHEMA, line_place(table),
                       "dấu ngoặc kép không được đóng",
                       "a quote is never closed");
    case PC_CSV_BROKEN:
        return pc_fail(table->error, PARCHECK_ESCHEMA, line_place(table),
                       "dấu ngoặc kép đặt sai chỗ",
                       "a quote stands where none may stand");
    case PC_CSV_LONG_FIELD:
        return pc_fail(table->error, PARCHECK_ESCHEMA, line_place(table),
                       "một ô dài hơn %d byte",
                       "a field is longer than %d bytes", MOST_FIELD_BYTES);
    default:
        return pc_no_memory(table->error);
    }
}

static size_t find_column(const pc_table *table, const char *name)
{
    size_t i = 0;

    while (i < table->column_count && strcmp(table->columns[i], name) != 0)
        i++;
    return i;
}

static parcheck_status take_heading(pc_table *table, const char *name,
                                    size_t at)
{
    size_t column = find_column(table, name);
    pc_place place = {table->source, table->line, at + 1};

    if (column == table->column_count)
        return pc_fail(table->error, PARCHECK_ESCHEMA, place,
                       "không có cột tên “%s” trong loại bảng này",
                       "this kind of table has no column “%s”", name);
    if (table->position[column] != SIZE_MAX)
        return pc_fail(table->error, PARCHECK_ESCHEMA, place,
                       "cột “%s” có hai lần", "column “%s” stands twice", name);
    table->position[column] = at;
    return PARCHECK_OK;
}

static parcheck_status read_heading(pc_table *table)
{
    pc_csv_record record;
    pc_csv_event event = pc_csv_next(table->reader, &record);

    table->line = record.line > 0 ? record.line : 1;
    if (event == PC_CSV_END)
        return pc_fail(table->error, PARCHECK_ESCHEMA, line_place(table),
                       "bảng không có dòng tiêu đề",
                       "the table has no heading");
    if (event != PC_CSV_RECORD)
        return wrong_event(table, event);
    table->width = record.count;
    for (size_t i = 0; i < record.count; i++) {
        parcheck_status status = take_heading(table, record.fields[i].text, i);
        if (status != PARCHECK_OK)
            return status;
    }
    for (size_t i = 0; i < table->column_count; i++)
        if (table->position[i] == SIZE_MAX)
            return pc_fail(table->error, PARCHECK_ESCHEMA, line_place(table),
                           "thiếu cột “%s”", "column “%s” is missing",
                           table->columns[i]);
    return PARCHECK_OK;
}

static parcheck_status open_reader(pc_table *table, const char *data,
                                   size_t length)
{
    const pc_csv_options options = {',', 0, MOST_FIELD_BYTES, MOST_FIELDS};
    const pc_charset utf_8 = PC_UTF_8;
    const pc_decoded *decoded = &table->decoded;
    pc_place place = {table->source, 0, 0};

    if (!pc_decode(&table->decoded, data, length, &utf_8,
                   &table->arena->allocator))
        return pc_no_memory(table->error);
    place.line = decoded->bad.line;
    if (decoded->binary || decoded->bad.count > 0)
        return pc_fail(table->error, PARCHECK_ESCHEMA, place,
                       "bảng không phải là văn bản UTF-8",
                       "the table is not UTF-8 text");
    table->reader = pc_csv_open(decoded->text, decoded->length, &options,
                                &table->arena->allocator);
    return table->reader != NULL ? PARCHECK_OK : pc_no_memory(table->error);
}

parcheck_status pc_table_open(pc_table *table, const char *source,
                              const char *data, size_t length,
                              const char *const *columns, size_t column_count,
                              pc_arena *arena, parcheck_error *error)
{
    parcheck_status status;

    memset(table, 0, sizeof *table);
    table->source = source;
    table->arena = arena;
    table->error = error;
    table->columns = columns;
    table->column_count = column_count;
    pc_buffer_init(&table->decoded.buffer, &arena->allocator, 0);
    for (size_t i = 0; i < column_count; i++)
        table->position[i] = SIZE_MAX;
    status = open_reader(table, data, length);
    if (status == PARCHECK_OK)
        status = read_heading(table);
    if (status != PARCHECK_OK)
        pc_table_close(table);
    return status;
}

/* One copy for all fields, which stand one behind the other. */
static parcheck_status take_row(pc_table *table, const pc_csv_record *record)
{
    const pc_csv_field *last;
    const char *first;
    const char *row;

    if (record->count != table->width)
        return pc_fail(table->error, PARCHECK_ESCHEMA, line_place(table),
                       "tiêu đề có %zu cột trong khi dòng có %zu ô",
                       "the heading has %zu columns but the row %zu",
                       table->width, record->count);
    first = record->fields[0].text;
    last = &record->fields[record->count - 1];
    row = pc_arena_copy(table->arena, first,
                        (size_t)(last->text - first) + last->length);
    if (row == NULL)
        return pc_no_memory(table->error);
    for (size_t i = 0; i < table->column_count; i++)
        table->values[i] = row +
                           (record->fields[table->position[i]].text - first);
    return PARCHECK_OK;
}

size_t pc_table_room(const pc_table *table)
{
    const char *at = table->decoded.text;
    const char *end = at + table->decoded.length;
    size_t lines = 0;

    while (lines < MOST_ROOM && at < end &&
           (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        at++;
        lines++;
    }
    return lines;
}

parcheck_status pc_table_next(pc_table *table, bool *more)
{
    pc_csv_record record;
    pc_csv_event event = pc_csv_next(table->reader, &record);

    *more = event == PC_CSV_RECORD;
    if (event == PC_CSV_END)
        return PARCHECK_OK;
    if (record.line > 0)
        table->line = record.line;
    if (event != PC_CSV_RECORD)
        return wrong_event(table, event);
    return take_row(table, &record);
}

void pc_table_close(pc_table *table)
{
    pc_csv_close(table->reader);
    pc_decoded_free(&table->decoded);
    table->reader = NULL;
}
