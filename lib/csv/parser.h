/* libcsv with the caller's allocator and a ceiling for its fields. */
#ifndef PC_CSV_PARSER_H
#define PC_CSV_PARSER_H

#include <csv.h>
#include <stdbool.h>

#include "base/memory.h"

/* False without memory. */
bool pc_parser_open(struct csv_parser *parser, char delimiter,
                    size_t field_bytes, const parcheck_allocator *allocator);
/* Makes the parser as new but for its memory. */
void pc_parser_reset(struct csv_parser *parser, char delimiter);
/* Whether the error is a field over the ceiling, and not a lack of memory. */
bool pc_parser_is_full(const struct csv_parser *parser);
void pc_parser_close(struct csv_parser *parser);

#endif
