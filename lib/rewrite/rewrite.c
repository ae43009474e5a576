#include "rewrite/rewrite.h"

#include <stdint.h>
#include <string.h>

#include "csv/dialect.h"
#include "csv/reader.h"
#include "text/decode.h"

/* An edit and its field as the checker reads it. */
typedef struct target {
    pc_edit *edit;
    const char *text; /* NULL until the field was met */
    size_t length;
} target;

typedef struct rewriting {
    const pc_rewriting *how;
    pc_buffer *out;
    pc_arena arena;
    pc_units units;
    pc_decoded decoded;
    char delimiter;
    target *targets;
    size_t count;
    pc_tally *tallies; /* by column */
    size_t columns;
    parcheck_error *error;
} rewriting;

static parcheck_status refuse(const rewriting *r, const pc_edit *edit,
                              const char *vi, const char *en)
{
    return pc_fail(r->error, PARCHECK_EINVAL,
                   (pc_place){r->how->name, edit->line, edit->column}, "%s%.0s",
                   "%.0s%s", vi, en);
}

static int compare_edits(const void *left, const void *right)
{
    const pc_edit *a = left;
    const pc_edit *b = right;

    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static parcheck_status order(rewriting *r, pc_edit *edits)
{
    pc_sort(edits, r->count, sizeof *edits, compare_edits);
    r->targets = pc_arena_array(&r->arena, r->count, sizeof *r->targets);
    if (r->targets == NULL)
        return pc_no_memory(r->error);
    for (size_t i = 0; i < r->count; i++) {
        r->targets[i].edit = &edits[i];
        if (edits[i].line == 0 || edits[i].column == 0 ||
            edits[i].column > r->how->fields)
            return refuse(r, &edits[i], "không có ô này",
                          "there is no such cell");
        if (i > 0 && compare_edits(&edits[i - 1], &edits[i]) == 0)
            return refuse(r, &edits[i], "ô này được nêu hai lần",
                          "the cell is named twice");
        if (edits[i].column > r->columns)
            r->columns = edits[i].column;
    }
    r->tallies = pc_arena_array(&r->arena, r->columns, sizeof *r->tallies);
    return r->tallies != NULL ? PARCHECK_OK : pc_no_memory(r->error);
}

static parcheck_status decode(rewriting *r, const char *bytes, size_t length)
{
    const pc_place place = {r->how->name, 0, 0};

    if (!pc_decode(&r->decoded, bytes, length, r->how->encoding,
                   &r->arena.allocator))
        return pc_no_memory(r->error);
    if (r->decoded.unavailable)
        return pc_fail(r->error, PARCHECK_EINVAL, place,
                       "hệ thống không giải mã được bảng mã này",
                       "the system cannot decode its encoding");
    if (r->decoded.binary)
        return pc_fail(r->error, PARCHECK_EINVAL, place,
                       "không phải tệp văn bản", "it is not a text file");
    r->units = pc_units_of(r->decoded.detected.charset, bytes, length);
    return PARCHECK_OK;
}

static void tally(rewriting *r, const pc_csv_record *record)
{
    for (size_t i = 0; i < record->count && i < r->columns; i++)
        pc_tally_add(&r->tallies[i], record->fields[i].text,
                     record->fields[i].length);
}

/* Keeps the fields of a record that targets from `*next` on ask for. */
static bool keep(rewriting *r, const pc_csv_record *record, size_t *next)
{
    for (; *next < r->count; ++*next) {
        target *t = &r->targets[*next];
        const pc_csv_field *field;

        if (t->edit->line > record->line)
            return true;
        if (t->edit->line < record->line || t->edit->column > record->count)
            continue;
        field = &record->fields[t->edit->column - 1];
        t->text = pc_arena_copy(&r->arena, field->text, field->length);
        t->length = field->length;
        if (t->text == NULL)
            return false;
    }
    return true;
}

static bool read_records(rewriting *r, pc_csv_reader *reader)
{
    size_t next = 0;

    for (size_t records = 0; records < r->how->records;) {
        pc_csv_record record;
        pc_csv_event event = pc_csv_next(reader, &record);

        if (event == PC_CSV_END)
            return true;
        if (event == PC_CSV_NO_MEMORY)
            return false;
        if (event != PC_CSV_RECORD)
            continue;
        records++;
        tally(r, &record);
        if (!keep(r, &record, &next))
            return false;
    }
    return true;
}

/* Reads the fields that are to change, as the checker does. */
static parcheck_status read_fields(rewriting *r)
{
    const pc_decoded *decoded = &r->decoded;
    pc_dialect dialect = pc_dialect_find(decoded->text, decoded->length,
                                         r->how->delimiter);
    pc_csv_options options = {dialect.delimiter, dialect.skip > 0 ? 1 : 0,
                              r->how->field_bytes, r->how->fields};
    pc_csv_reader *reader;
    bool done;

    r->delimiter = dialect.delimiter;
    reader = pc_csv_open(decoded->text + dialect.skip,
                         decoded->length - dialect.skip, &options,
                         &r->arena.allocator);
    done = reader != NULL && read_records(r, reader);
    pc_csv_close(reader);
    if (!done)
        return pc_no_memory(r->error);
    for (size_t i = 0; i < r->count; i++)
        if (r->targets[i].text == NULL)
            return refuse(r, r->targets[i].edit,
                          "không có ô này, hoặc dòng này không đọc được",
                          "there is no such cell, or its line cannot be read");
    return PARCHECK_OK;
}

/* A field that was not quoted may need quotes now: "6011" becomes "6,019"
 * in a column that groups by commas. */
static bool needs_quotes(const rewriting *r, const pc_buffer *field)
{
    pc_units units = r->units;

    units.bytes = (const unsigned char *)field->data;
    units.count = field->length / units.width;
    for (size_t i = 0; i < units.count; i++)
        if (pc_unit_at(&units, i) == (unsigned char)r->delimiter)
            return true;
    return false;
}

static void put_field(rewriting *r, const pc_span *span, const pc_buffer *field)
{
    const char *quote = !span->quoted && needs_quotes(r, field) ? "\"" : "";

    pc_units_write(r->out, &r->units, quote);
    pc_buffer_append(r->out, field->data, field->length);
    pc_units_write(r->out, &r->units, quote);
}

static parcheck_status change(rewriting *r, const target *t,
                              const pc_span *span, pc_buffer *field)
{
    pc_edit *edit = t->edit;

    pc_buffer_clear(field);
    edit->number.tally = &r->tallies[edit->column - 1];
    switch (
        pc_restyle(field, &r->units, span, t->text, t->length, &edit->number)) {
    case PC_RESTYLE_NO_NUMBER:
        return refuse(r, edit, "ô này không chứa số nào để thay",
                      "the cell has no number that could be replaced");
    case PC_RESTYLE_NO_STYLE:
        return refuse(r, edit,
                      "không thể ghi số mới theo cách viết số của ô này",
                      "the new number cannot be written in the style of the "
                      "cell");
    default:
        break;
    }
    if (field->failed)
        return pc_no_memory(r->error);
    put_field(r, span, field);
    return PARCHECK_OK;
}

/* The field of a target in the bytes. */
static bool locate(const rewriting *r, pc_locator *locator, const target *t,
                   pc_span *span)
{
    return pc_locator_seek(locator, t->edit->line) &&
           pc_locator_field(locator, r->delimiter, t->edit->column, span);
}

static parcheck_status write_copy(rewriting *r, size_t length)
{
    pc_locator locator = pc_locator_start(&r->units);
    parcheck_status status = PARCHECK_OK;
    size_t done = 0;
    pc_buffer field;

    pc_buffer_init(&field, &r->arena.allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < r->count && status == PARCHECK_OK; i++) {
        pc_span span;

        if (!locate(r, &locator, &r->targets[i], &span)) {
            status = refuse(r, r->targets[i].edit, "không có ô này",
                            "there is no such cell");
            break;
        }
        pc_units_copy(r->out, &r->units, done, span.from);
        status = change(r, &r->targets[i], &span, &field);
        done = span.to;
    }
    pc_buffer_free(&field);
    if (status == PARCHECK_OK && length > 0) /* half a unit, too */
        pc_buffer_append(r->out,
                         (const char *)r->units.bytes + done * r->units.width,
                         length - done * r->units.width);
    if (status == PARCHECK_OK && r->out->failed)
        return pc_no_memory(r->error);
    return status;
}

parcheck_status pc_rewrite(pc_buffer *out, const char *bytes, size_t length,
                           pc_edit *edits, size_t count,
                           const pc_rewriting *how,
                           const parcheck_allocator *allocator,
                           parcheck_error *error)
{
    rewriting r = {.how = how, .out = out, .count = count, .error = error};
    parcheck_status status;

    pc_arena_init(&r.arena, allocator);
    status = order(&r, edits);
    if (status == PARCHECK_OK)
        status = decode(&r, bytes, length);
    if (status == PARCHECK_OK)
        status = read_fields(&r);
    if (status == PARCHECK_OK)
        status = write_copy(&r, length);
    pc_decoded_free(&r.decoded);
    pc_arena_free(&r.arena);
    return status;
}
