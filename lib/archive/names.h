/* Rows or units in a message: the first ones, and how many there are. */
#ifndef PC_ARCHIVE_NAMES_H
#define PC_ARCHIVE_NAMES_H

#include "archive/store.h"

enum { PC_MOST_NAMED = 12 };

typedef struct pc_names {
    pc_buffer text;
    size_t count;
} pc_names;

void pc_names_init(pc_names *names, const parcheck_allocator *allocator);
/* "6:2.1" */
void pc_names_row(pc_names *names, const parcheck_indicator *row);
void pc_names_unit(pc_names *names, const pc_archive_unit *unit);
/* The text; NULL without memory. It has to be freed with its buffer. */
const char *pc_names_end(pc_names *names);

#endif
