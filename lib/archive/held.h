/*
 * Rows in any order, held until all are there.
 *
 * A row is three texts: what the rows of its submission share (unit, period,
 * parent, edition and the end of the line), what they call its indicator
 * (form, code, label), and what is its own (the value, and columns without a
 * meaning). The first is held once for a submission, the second once for all;
 * only the third is held for each row, behind numbers for its line and its
 * indicator. A line that cannot be cut so is held as it is. Either way the
 * very bytes come out that went in.
 */
#ifndef PC_ARCHIVE_HELD_H
#define PC_ARCHIVE_HELD_H

#include "archive/store.h"
#include "base/buffer.h"

enum { PC_HELD_PARTS = 3 };

typedef struct pc_held_block pc_held_block;

/* The rows of one submission, in the order of the input. */
typedef struct pc_held_rows {
    size_t key[2]; /* the numbers of unit and period */
    const char *unit;
    const pc_period *period;
    const char *shared; /* NULL: no row has said it yet */
    size_t shared_length;
    pc_held_block *first;
    pc_held_block *last;
    size_t bytes; /* in the blocks */
    size_t room;  /* in the last one */
    size_t line;  /* of the last row */
} pc_held_rows;

/* A column: of which part, and whether a field of this part is before it. */
typedef struct pc_held_column {
    unsigned char part;
    bool follows;
} pc_held_column;

typedef struct pc_held {
    const pc_archive *archive;
    pc_arena arena; /* of all that is held; the ceiling is its maximum */
    pc_map by_key;
    pc_list submissions; /* of pc_held_rows * */
    pc_map by_name;
    pc_list names; /* of indicators: pc_held_name */
    pc_held_column *columns;
    size_t width;
    pc_buffer parts[PC_HELD_PARTS]; /* of the row that is read */
    pc_buffer text;
    size_t full_line; /* from which on the ceiling let no row in, or 0 */
} pc_held;

/* `archive` has its heading once rows are added. */
void pc_held_init(pc_held *held, const pc_archive *archive,
                  const parcheck_allocator *allocator);
void pc_held_free(pc_held *held);

/* Takes the rows of a group that was not judged, up to the ceiling. False
 * without memory. */
bool pc_held_add(pc_held *held, pc_store *store, const pc_group *group);

/* Puts the submissions into the order of units and periods. */
void pc_held_sort(pc_held *held);

/* Gets lines that stood together, from number `line` on. False stops. */
typedef bool (*pc_on_held)(void *context, size_t line, const char *text,
                           size_t length);

/* The rows of a submission as they came; there are `submissions.count`. False
 * without memory, or if it was stopped. */
bool pc_held_read(pc_held *held, size_t submission, pc_on_held on_lines,
                  void *context);

#endif
