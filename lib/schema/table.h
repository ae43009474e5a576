/* One schema table: CSV whose first record names the columns. */
#ifndef PC_SCHEMA_TABLE_H
#define PC_SCHEMA_TABLE_H

#include "base/error.h"
#include "base/memory.h"
#include "csv/reader.h"
#include "text/decode.h"

enum { PC_TABLE_COLUMNS = 8 }; /* most columns of a kind of table */

typedef struct pc_table {
    const char *source; /* what messages call it */
    pc_arena *arena;
    parcheck_error *error;
    const char *const *columns; /* what is asked for, in our order */
    size_t column_count;
    size_t position[PC_TABLE_COLUMNS]; /* where the file has each of them */
    size_t width;                      /* columns of the file */
    pc_decoded decoded;                /* what the reader reads */
    pc_csv_reader *reader;
    size_t line;                          /* of the current row */
    const char *values[PC_TABLE_COLUMNS]; /* of the current row, in the arena,
                                             without blanks around */
} pc_table;

/* Opens the bytes and reads the heading, in which each of the columns must
 * stand once, in any order, and no other. */
parcheck_status pc_table_open(pc_table *table, const char *source,
                              const char *data, size_t length,
                              const char *const *columns, size_t column_count,
                              pc_arena *arena, parcheck_error *error);
/* How many rows there may be, for a list to begin with: a table has about as
 * many as it has lines, and a list can still grow. */
size_t pc_table_room(const pc_table *table);
/* Reads the next row; `*more` is false behind the last. */
parcheck_status pc_table_next(pc_table *table, bool *more);
void pc_table_close(pc_table *table);

/* The place of a column of the current row. */
pc_place pc_table_place(const pc_table *table, size_t column);

#endif
