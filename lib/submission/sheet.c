#include "submission/sheet.h"

#include <string.h>

#include "text/decode.h"

typedef struct reading {
    pc_sheet *sheet;
    size_t input;
    const pc_sheet_options *options;
    pc_findings *findings;
    pc_arena *arena;
} reading;

const pc_row *pc_sheet_row(const pc_sheet *sheet, size_t index)
{
    return (const pc_row *)sheet->rows.data + index;
}

const pc_row *pc_sheet_find(const pc_sheet *sheet, size_t line)
{
    size_t from = 0;
    size_t to = sheet->rows.count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (pc_sheet_row(sheet, middle)->line < line)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == sheet->rows.count || pc_sheet_row(sheet, from)->line != line)
        return NULL;
    return pc_sheet_row(sheet, from);
}

const char *pc_row_text(const pc_row *row, size_t column)
{
    return column < row->count ? row->fields[column].text : "";
}

bool pc_row_is_empty(const pc_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].length > 0)
            return false;
    return true;
}

void pc_cell_move(parcheck_cell *cell, const pc_row *row, size_t column)
{
    cell->literal = column > 0 ? pc_row_text(row, column - 1) : "";
    cell->column = column;
    if (column > 0)
        pc_cell_address(cell, row->number, column);
}

parcheck_cell *pc_place_cell(pc_arena *arena, size_t input, const pc_row *row,
                             size_t column)
{
    parcheck_cell *cell = pc_arena_alloc(arena, sizeof *cell);

    if (cell == NULL)
        return NULL;
    cell->name = cell->form = cell->code = cell->label = "";
    cell->input = input;
    cell->line = row->line;
    pc_cell_move(cell, row, column);
    return cell;
}

parcheck_cell *pc_line_cell(pc_arena *arena, size_t input, size_t line)
{
    const pc_row row = {line, 0, 0, NULL};
    parcheck_cell *cell = pc_place_cell(arena, input, &row, 0);

    if (cell != NULL)
        cell->column = 1;
    return cell;
}

/* Adds a finding about a line of the input. */
static void report(reading *r, pc_code code, size_t line,
                   const char *const *arguments)
{
    parcheck_finding *finding = pc_findings_add(r->findings, code, arguments);
    const parcheck_cell *cell;

    if (finding == NULL)
        return;
    cell = pc_line_cell(r->arena, r->input, line);
    if (cell == NULL)
        r->findings->failed = true;
    pc_finding_at(r->findings, finding, cell);
}

static void report_problem(reading *r, pc_csv_event event, size_t line)
{
    switch (event) {
    case PC_CSV_UNCLOSED:
        report(r, PC_CSV_UNCLOSED_QUOTE, line, NULL);
        break;
    case PC_CSV_LONG_FIELD:
        report(r, PC_LIMIT_FIELD, line,
               (const char *[]){pc_number_text(r->options->field_bytes).text,
                                NULL});
        break;
    default:
        report(r, PC_CSV_BROKEN_RECORD, line, NULL);
        break;
    }
}

static bool keep_fields(reading *r, pc_row *row, const pc_csv_record *record)
{
    pc_csv_field *fields = pc_arena_array(r->arena, record->count,
                                          sizeof *fields);
    size_t bytes = 0;
    char *text;

    for (size_t i = 0; i < record->count; i++)
        bytes += record->fields[i].length + 1;
    /* The texts stand one behind the other, each terminated. */
    text = pc_arena_alloc(r->arena, bytes);
    if (fields == NULL || text == NULL)
        return false;
    if (bytes > 0)
        memcpy(text, record->fields[0].text, bytes);
    for (size_t i = 0; i < record->count; i++) {
        fields[i].text = text;
        fields[i].length = record->fields[i].length;
        text += fields[i].length + 1;
    }
    row->fields = fields;
    row->count = record->count;
    return true;
}

static bool keep_record(reading *r, const pc_csv_record *record, size_t dropped)
{
    pc_row *row = pc_list_add(&r->sheet->rows, r->arena, sizeof *row);

    if (row == NULL)
        return false;
    row->line = record->line;
    row->number = record->row;
    if (!keep_fields(r, row, record))
        return false;
    if (dropped > 0)
        report(r, PC_LIMIT_FIELDS, row->line,
               (const char *[]){pc_number_text(r->options->fields).text,
                                pc_number_text(dropped).text, NULL});
    return true;
}

/* Tells how far it is, once in many records. */
static bool go_on(const reading *r, const pc_csv_reader *reader, size_t length,
                  size_t records)
{
    uint64_t at = pc_csv_position(reader);

    if (records % PC_PROGRESS_STEP != 0)
        return true;
    return pc_progress_at(r->options->progress, PC_PHASE_SPLIT,
                          (uint64_t)r->input * length + at,
                          (uint64_t)r->options->inputs * length);
}

static bool is_last(const reading *r, size_t line)
{
    return r->options->last_line > 0 && line >= r->options->last_line;
}

static bool read_records(reading *r, pc_csv_reader *reader, size_t length)
{
    pc_csv_record record = {0};

    for (size_t records = 0; go_on(r, reader, length, records); records++) {
        pc_csv_event event;

        if (is_last(r, record.line))
            return true;
        event = pc_csv_next(reader, &record);
        if (event == PC_CSV_END)
            return true;
        if (event == PC_CSV_NO_MEMORY)
            return false;
        if (r->sheet->rows.count >= r->options->records) {
            report(r, PC_LIMIT_RECORDS, record.line,
                   (const char *[]){pc_number_text(r->options->records).text,
                                    NULL});
            return true;
        }
        if (event != PC_CSV_RECORD)
            report_problem(r, event, record.line);
        else if (!keep_record(r, &record, pc_csv_dropped(reader)))
            return false;
    }
    return false;
}

/* "TCVN3 987, VISCII 120": what the guess rests on. */
static void report_guess(reading *r, const pc_detected *found)
{
    pc_digits score = pc_number_text(found->score / 10);
    pc_digits other = pc_number_text(found->runner_up_score / 10);
    const char *const arguments[] = {
        pc_charset_name(found->charset), score.text,
        pc_charset_name(found->runner_up), other.text, NULL};

    report(r, found->unsure ? PC_FILE_ENCODING_UNSURE : PC_FILE_ENCODING, 1,
           arguments);
}

static void report_bytes(reading *r, const pc_decoded *decoded)
{
    const pc_detected *found = &decoded->detected;
    pc_digits count = pc_number_text(decoded->bad.count);
    pc_digits offset = pc_number_text(decoded->bad.offset);

    if (found->by == PC_BY_SCORE)
        report_guess(r, found);
    if (decoded->unavailable)
        report(r, PC_FILE_ENCODING_UNAVAILABLE, 1,
               (const char *[]){pc_charset_name(found->charset), NULL});
    else if (decoded->binary)
        report(r, PC_FILE_BINARY, 1, NULL);
    else if (decoded->bad.count > 0 && found->charset == PC_UTF_8)
        report(r, PC_FILE_NOT_UTF_8, decoded->bad.line,
               (const char *[]){count.text, offset.text, NULL});
    else if (decoded->bad.count > 0)
        report(r, PC_FILE_UNDECODABLE, decoded->bad.line,
               (const char *[]){count.text, offset.text,
                                pc_charset_name(found->charset), NULL});
}

/* A delimiter that nothing but counting showed, and is not the comma, is
 * said. */
static void report_dialect(reading *r)
{
    const pc_dialect *dialect = &r->sheet->dialect;
    const char name[2] = {dialect->delimiter, '\0'};

    if (dialect->source == PC_DIALECT_COUNTED && dialect->delimiter != ',')
        report(
            r, PC_FILE_DELIMITER, 1,
            (const char *[]){dialect->delimiter == '\t' ? "TAB" : name, NULL});
}

/* Splits text behind `skip` bytes that hold `lines_before` lines. */
static bool split(reading *r, const char *text, size_t length, size_t skip,
                  size_t lines_before)
{
    pc_csv_options csv = {0};
    pc_csv_reader *reader;
    bool done;

    csv.delimiter = r->sheet->dialect.delimiter;
    csv.lines_before = lines_before;
    csv.field_bytes = r->options->field_bytes;
    csv.fields = r->options->fields;
    reader = pc_csv_open(text + skip, length - skip, &csv,
                         &r->arena->allocator);
    done = reader != NULL && read_records(r, reader, length - skip);
    if (done) {
        r->sheet->end = skip + pc_csv_position(reader);
        r->sheet->end_line = pc_csv_line(reader);
    }
    pc_csv_close(reader);
    return done;
}

static bool read_text(reading *r, const pc_decoded *decoded)
{
    const pc_dialect *dialect = &r->sheet->dialect;
    size_t length = decoded->length;

    r->sheet->encoding = decoded->detected;
    r->sheet->dialect = pc_dialect_find(decoded->text, length,
                                        r->options->delimiter);
    report_dialect(r);
    return split(r, decoded->text, length, dialect->skip,
                 dialect->skip > 0 ? 1 : 0);
}

bool pc_sheet_split(pc_sheet *sheet, const char *text, size_t length,
                    size_t lines_before, const pc_sheet_options *options,
                    pc_findings *findings, pc_arena *arena)
{
    reading r = {sheet, 0, options, findings, arena};

    return split(&r, text, length, 0, lines_before);
}

bool pc_sheet_read(pc_sheet *sheet, size_t input, const char *bytes,
                   size_t length, const pc_sheet_options *options,
                   pc_findings *findings, pc_arena *arena)
{
    reading r = {sheet, input, options, findings, arena};
    pc_decoded decoded;
    /* A record that a ceiling cuts in two must not be judged by its half. */
    bool done = options->cut
                    ? pc_decode_lines(&decoded, bytes, length,
                                      options->encoding, &arena->allocator)
                    : pc_decode(&decoded, bytes, length, options->encoding,
                                &arena->allocator);

    if (done) {
        report_bytes(&r, &decoded);
        done = read_text(&r, &decoded);
    }
    if (done && sheet->rows.count == 0 && !decoded.binary &&
        !decoded.unavailable)
        report(&r, PC_FILE_EMPTY, 1, NULL);
    pc_decoded_free(&decoded);
    return done;
}
