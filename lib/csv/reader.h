/* Text to records, by libcsv. The only place that knows libcsv. */
#ifndef PC_CSV_READER_H
#define PC_CSV_READER_H

#include "base/buffer.h"

typedef struct pc_csv_field {
    const char *text; /* terminated */
    size_t length;
} pc_csv_field;

typedef struct pc_csv_record {
    size_t line; /* on which it begins, from 1 */
    size_t row;  /* what a spreadsheet calls it: empty lines count */
    size_t count;
    /* Valid until the next call; their texts stand one behind the other. */
    const pc_csv_field *fields;
} pc_csv_record;

typedef enum pc_csv_event {
    PC_CSV_RECORD,
    PC_CSV_END,
    PC_CSV_NO_MEMORY,
    /* A record that could not be read. `line` says where it begins; reading
     * goes on behind its first line. */
    PC_CSV_UNCLOSED,  /* a quote that is never closed */
    PC_CSV_BROKEN,    /* a quote where none may stand */
    PC_CSV_LONG_FIELD /* a field over the ceiling */
} pc_csv_event;

typedef struct pc_csv_options {
    char delimiter;
    size_t lines_before; /* lines that stand above the text in its file */
    size_t field_bytes;  /* ceiling */
    size_t fields; /* in a record; the ones behind are counted, not kept */
} pc_csv_options;

typedef struct pc_csv_reader pc_csv_reader;

/* Reads text that must outlive the reader. NULL without memory. */
pc_csv_reader *pc_csv_open(const char *text, size_t length,
                           const pc_csv_options *options,
                           const parcheck_allocator *allocator);
/* The next record or problem; `record` is filled for every event but
 * PC_CSV_END and PC_CSV_NO_MEMORY (without fields for a problem). */
pc_csv_event pc_csv_next(pc_csv_reader *reader, pc_csv_record *record);
/* How many bytes of the text lie behind it. */
size_t pc_csv_position(const pc_csv_reader *reader);
/* The number of the line that begins there. */
size_t pc_csv_line(const pc_csv_reader *reader);
/* Fields of the last record that were over the ceiling. */
size_t pc_csv_dropped(const pc_csv_reader *reader);
void pc_csv_close(pc_csv_reader *reader);

#endif
