/* Which delimiter a text uses. */
#ifndef PC_CSV_DIALECT_H
#define PC_CSV_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum pc_dialect_source {
    PC_DIALECT_GIVEN,   /* the caller named it */
    PC_DIALECT_SEP,     /* the text says so in a line "sep=;" */
    PC_DIALECT_COUNTED, /* it divides the records most evenly */
    PC_DIALECT_DEFAULT  /* nothing in the text tells: a comma */
} pc_dialect_source;

typedef struct pc_dialect {
    char delimiter;
    pc_dialect_source source;
    size_t skip; /* bytes of the line "sep=", with its end */
} pc_dialect;

/*
 * Finds the delimiter among comma, semicolon and tab: the one by which most
 * of the first records have the same number of fields, more than one. A
 * `given` delimiter (not 0) wins. Quotes are respected.
 */
pc_dialect pc_dialect_find(const char *text, size_t length, char given);

#endif
