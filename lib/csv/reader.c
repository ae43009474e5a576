#include "csv/reader.h"

#include <stdint.h>
#include <string.h>

#include "csv/parser.h"

/*
 * libcsv pushes fields and knows no lines. Feeding it one line at a time
 * turns that around: a line ends at most one record, so each call of
 * pc_csv_next() feeds lines until a record is there, and the line on which
 * the feeding began is the line of the record.
 */

/* How many times the text may be read again behind records that span lines
 * and turn out broken. It keeps the cost linear for any input. */
enum { REREAD_FACTOR = 4 };

struct pc_csv_reader {
    parcheck_allocator allocator;
    struct csv_parser parser;
    const char *text;
    size_t length;
    size_t at;      /* the next line to feed */
    size_t lf;      /* behind the first LF from there on, and the first CR: */
    size_t cr;      /* not above `at` where it is not known any more */
    size_t line;    /* its number, from 1 */
    size_t row;     /* rows that ended before it */
    size_t rereads; /* bytes that may still be read again */
    pc_csv_options options;
    pc_buffer bytes; /* the fields of the record, each terminated */
    pc_csv_field *fields;
    size_t field_room;
    size_t field_count;
    size_t dropped;
    bool no_memory;
    bool too_long; /* a field is over the ceiling */
    bool complete; /* the record callback has come */
};

pc_csv_reader *pc_csv_open(const char *text, size_t length,
                           const pc_csv_options *options,
                           const parcheck_allocator *allocator)
{
    pc_csv_reader *reader = pc_resize(allocator, NULL, sizeof *reader);

    if (reader == NULL)
        return NULL;
    memset(reader, 0, sizeof *reader);
    reader->allocator = *allocator;
    reader->text = text;
    reader->length = length;
    reader->line = options->lines_before + 1;
    reader->row = options->lines_before;
    reader->options = *options;
    reader->rereads = length < SIZE_MAX / REREAD_FACTOR ? length * REREAD_FACTOR
                                                        : length;
    pc_buffer_init(&reader->bytes, allocator, SIZE_MAX / 8);
    if (!pc_parser_open(&reader->parser, options->delimiter,
                        options->field_bytes, allocator)) {
        pc_release(allocator, reader);
        return NULL;
    }
    return reader;
}

void pc_csv_close(pc_csv_reader *reader)
{
    if (reader == NULL)
        return;
    pc_parser_close(&reader->parser);
    pc_buffer_free(&reader->bytes);
    pc_release(&reader->allocator, reader->fields);
    pc_release(&reader->allocator, reader);
}

size_t pc_csv_dropped(const pc_csv_reader *reader)
{
    return reader->dropped;
}

size_t pc_csv_position(const pc_csv_reader *reader)
{
    return reader->at;
}

size_t pc_csv_line(const pc_csv_reader *reader)
{
    return reader->line;
}

static bool room_for_field(pc_csv_reader *reader)
{
    size_t room = reader->field_room > 0 ? reader->field_room * 2 : 16;
    pc_csv_field *fields;

    if (reader->field_count < reader->field_room)
        return true;
    fields = pc_resize(&reader->allocator, reader->fields,
                       room * sizeof *fields);
    if (fields == NULL)
        return false;
    reader->fields = fields;
    reader->field_room = room;
    return true;
}

/* The texts move while `bytes` grows: until the record is whole only the
 * lengths are kept. */
static void on_field(void *text, size_t length, void *context)
{
    pc_csv_reader *reader = context;

    if (reader->field_count >= reader->options.fields) {
        reader->dropped++;
        return;
    }
    if (length > reader->options.field_bytes) {
        reader->too_long = true;
        return;
    }
    if (!room_for_field(reader)) {
        reader->no_memory = true;
        return;
    }
    /* pc_parser_reset() has the field terminated. */
    pc_buffer_append(&reader->bytes, text, length + 1);
    reader->fields[reader->field_count++].length = length;
}

static void on_record(int terminator, void *context)
{
    pc_csv_reader *reader = context;

    (void)terminator;
    reader->complete = true;
}

/* Behind the first such byte in [at, end), `otherwise` without one. */
static size_t behind_byte(const pc_csv_reader *reader, char byte, size_t end,
                          size_t otherwise)
{
    const char *from = reader->text + reader->at;
    const char *found = memchr(from, byte, end - reader->at);

    return found != NULL ? (size_t)(found - reader->text) + 1 : otherwise;
}

/* The length of the next line with its end: LF, CR or CR LF. */
static size_t line_length(pc_csv_reader *reader)
{
    size_t length = reader->length;

    if (reader->at == length)
        return 0;
    if (reader->lf <= reader->at)
        reader->lf = behind_byte(reader, '\n', length, length + 1);
    if (reader->cr <= reader->at)
        reader->cr = behind_byte(reader, '\r', length, length + 1);
    if (reader->lf < reader->cr || reader->lf == reader->cr + 1)
        return (reader->lf <= length ? reader->lf : length) - reader->at;
    return (reader->cr <= length ? reader->cr : length) - reader->at;
}

static bool is_empty(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' &&
            text[i] != '\n')
            return false;
    return true;
}

static void skip_empty_lines(pc_csv_reader *reader)
{
    while (reader->at < reader->length) {
        size_t length = line_length(reader);

        if (!is_empty(reader->text + reader->at, length))
            return;
        reader->at += length;
        reader->line++;
        reader->row++;
    }
}

static void start_record(pc_csv_reader *reader)
{
    pc_buffer_clear(&reader->bytes);
    reader->field_count = 0;
    reader->dropped = 0;
    reader->no_memory = false;
    reader->too_long = false;
    reader->complete = false;
}

/* Feeds one line, or the end of the text. False on an error of libcsv. */
static bool feed(pc_csv_reader *reader)
{
    size_t length = line_length(reader);
    size_t done;

    if (reader->at == reader->length)
        return csv_fini(&reader->parser, on_field, on_record, reader) == 0;
    done = csv_parse(&reader->parser, reader->text + reader->at, length,
                     on_field, on_record, reader);
    reader->at += length;
    reader->line++;
    return done == length;
}

static pc_csv_event classify(const pc_csv_reader *reader, bool at_end)
{
    if (csv_error((struct csv_parser *)(uintptr_t)&reader->parser) ==
        CSV_EPARSE)
        return at_end ? PC_CSV_UNCLOSED : PC_CSV_BROKEN;
    if (pc_parser_is_full(&reader->parser))
        return PC_CSV_LONG_FIELD;
    return PC_CSV_NO_MEMORY;
}

/* What is known of the line ends ahead stays known, so that going back again
 * and again looks at no more than what is read again. */
static void read_again_from(pc_csv_reader *reader, size_t at)
{
    size_t end = reader->at;

    reader->at = at;
    reader->lf = behind_byte(reader, '\n', end, reader->lf);
    reader->cr = behind_byte(reader, '\r', end, reader->cr);
}

/* Goes back behind the first line of a record that spans lines, so that the
 * lines it swallowed are read, unless too much was read again already. */
static void recover(pc_csv_reader *reader, size_t second_line_at,
                    size_t second_line)
{
    size_t back = reader->at - second_line_at;

    pc_parser_reset(&reader->parser, reader->options.delimiter);
    if (back > reader->rereads)
        return;
    reader->rereads -= back;
    read_again_from(reader, second_line_at);
    reader->line = second_line;
}

static void finish_fields(pc_csv_reader *reader, pc_csv_record *record)
{
    const char *text = reader->bytes.data;

    for (size_t i = 0; i < reader->field_count; i++) {
        reader->fields[i].text = text;
        text += reader->fields[i].length + 1;
    }
    record->count = reader->field_count;
    record->fields = reader->fields;
}

pc_csv_event pc_csv_next(pc_csv_reader *reader, pc_csv_record *record)
{
    size_t second_line_at = 0;

    memset(record, 0, sizeof *record);
    skip_empty_lines(reader);
    if (reader->at == reader->length)
        return PC_CSV_END;
    start_record(reader);
    record->line = reader->line;
    record->row = ++reader->row;
    while (!reader->complete) {
        bool at_end = reader->at == reader->length;

        if (!feed(reader)) {
            pc_csv_event event = classify(reader, at_end);
            if (second_line_at == 0)
                second_line_at = reader->at;
            recover(reader, second_line_at, record->line + 1);
            return event;
        }
        if (second_line_at == 0)
            second_line_at = reader->at;
        if (at_end && !reader->complete)
            return PC_CSV_END;
    }
    if (reader->no_memory || reader->bytes.failed)
        return PC_CSV_NO_MEMORY;
    if (reader->too_long) {
        recover(reader, second_line_at, record->line + 1);
        return PC_CSV_LONG_FIELD;
    }
    finish_fields(reader, record);
    return PC_CSV_RECORD;
}
