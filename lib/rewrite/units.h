/*
 * The bytes of a file as code units: bytes, or pairs of them in UTF-16. In
 * every encoding that is read, digits, marks, quotes, delimiters and line
 * ends are the units of ASCII, and no other character has them in it.
 */
#ifndef PC_REWRITE_UNITS_H
#define PC_REWRITE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "text/charset.h"

typedef struct pc_units {
    const unsigned char *bytes;
    size_t count;   /* of units; half a unit at the end is not one */
    unsigned width; /* bytes of a unit, 1 or 2 */
    bool big;       /* the high byte comes first */
} pc_units;

/* `charset` is a settled one, not PC_UTF_16. */
pc_units pc_units_of(pc_charset charset, const char *bytes, size_t length);
unsigned pc_unit_at(const pc_units *units, size_t index);
bool pc_unit_is_digit(unsigned unit);
/* Appends units as they stand, and an ASCII text as units. */
void pc_units_copy(pc_buffer *out, const pc_units *units, size_t from,
                   size_t to);
void pc_units_write(pc_buffer *out, const pc_units *units, const char *text);

/* A field without its quotes and the blanks around it. */
typedef struct pc_span {
    size_t from;
    size_t to;
    bool quoted;
} pc_span;

/* Where in the units a line begins; it only goes forward. */
typedef struct pc_locator {
    const pc_units *units;
    size_t at;
    size_t line; /* from 1 */
} pc_locator;

/* At line 1, behind a byte order mark. */
pc_locator pc_locator_start(const pc_units *units);
/* False if the text has no such line, or it is behind the locator. */
bool pc_locator_seek(pc_locator *locator, size_t line);
/* A field, from 1, of the record that begins on the locator's line and can be
 * read. False if the record has fewer. */
bool pc_locator_field(const pc_locator *locator, char delimiter, size_t column,
                      pc_span *span);

#endif
