/* One input as rows of text. */
#ifndef PC_SUBMISSION_SHEET_H
#define PC_SUBMISSION_SHEET_H

#include "base/progress.h"
#include "csv/dialect.h"
#include "csv/reader.h"
#include "finding/finding.h"
#include "text/detect.h"

typedef struct pc_row {
    size_t line;
    size_t number; /* what a spreadsheet calls it */
    size_t count;
    const pc_csv_field *fields;
} pc_row;

typedef struct pc_sheet {
    pc_list rows; /* of pc_row */
    pc_detected encoding;
    pc_dialect dialect;
    size_t end;      /* of the text given, how much was read */
    size_t end_line; /* the number of the line there */
} pc_sheet;

/* How to read, and up to what. */
typedef struct pc_sheet_options {
    const pc_charset *encoding; /* NULL: find it */
    char delimiter;             /* 0: find it */
    bool cut;                   /* the bytes end where a ceiling was */
    size_t field_bytes;
    size_t fields;
    size_t records;
    size_t last_line;      /* end behind the row that begins here; 0: go on */
    pc_progress *progress; /* or NULL */
    size_t inputs;         /* how many there are, for the progress */
} pc_sheet_options;

/*
 * Decodes and splits the bytes of input number `input`. Records that cannot
 * be read become findings; the rest is read. False without memory, or if it
 * was cancelled.
 */
bool pc_sheet_read(pc_sheet *sheet, size_t input, const char *bytes,
                   size_t length, const pc_sheet_options *options,
                   pc_findings *findings, pc_arena *arena);

/* Adds the records of a piece of input number 0, which is UTF-8; the sheet's
 * dialect is set. */
bool pc_sheet_split(pc_sheet *sheet, const char *text, size_t length,
                    size_t lines_before, const pc_sheet_options *options,
                    pc_findings *findings, pc_arena *arena);

const pc_row *pc_sheet_row(const pc_sheet *sheet, size_t index);
/* The row whose record begins on this line, or NULL. */
const pc_row *pc_sheet_find(const pc_sheet *sheet, size_t line);
/* The text of a field, "" where the row has none. */
const char *pc_row_text(const pc_row *row, size_t column);
/* Whether every field is empty. */
bool pc_row_is_empty(const pc_row *row);

/* A cell without an indicator, for findings about a place in an input; NULL
 * without memory. `column` counts from 1. */
parcheck_cell *pc_place_cell(pc_arena *arena, size_t input, const pc_row *row,
                             size_t column);
/* The same for a line from its beginning on, without an address. */
parcheck_cell *pc_line_cell(pc_arena *arena, size_t input, size_t line);
/* Lets a cell be another field of a row. */
void pc_cell_move(parcheck_cell *cell, const pc_row *row, size_t column);

#endif
