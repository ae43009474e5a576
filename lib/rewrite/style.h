/* A number in the place and style of another one. */
#ifndef PC_REWRITE_STYLE_H
#define PC_REWRITE_STYLE_H

#include "rewrite/units.h"
#include "value/literal.h"

/* How the numbers of a column are written: how many cells show what. */
typedef struct pc_tally {
    size_t plain; /* four digits or more, and no groups */
    size_t dot_groups;
    size_t comma_groups;
    size_t dot_decimals;
    size_t comma_decimals;
} pc_tally;

void pc_tally_add(pc_tally *tally, const char *text, size_t length);

/* What to write, and how the cell is read. */
typedef struct pc_new_number {
    pc_decimal value;
    bool percent_sign; /* in a cell that was blank */
    parcheck_kind kind;
    const char *unit; /* of the indicator, "" if not known */
    const pc_tally *tally;
} pc_new_number;

typedef enum pc_restyled {
    PC_RESTYLED,
    PC_RESTYLE_NO_NUMBER, /* there is no number to take the place of */
    PC_RESTYLE_NO_STYLE   /* the number cannot be written that way */
} pc_restyled;

/*
 * Appends the field with the new number in it, without quotes. `old` is the
 * field as the checker read it, in UTF-8, and `span` the same field in the
 * units of the file; everything in it but the number stays: blanks, a percent
 * sign, words, a remark. The number keeps its grouping, decimal mark, leading
 * zeros and, if the value has no more, its decimals. Where the old number
 * shows no grouping, and in a cell that was blank, most cells of the column
 * decide.
 *
 * What was written is read again by the rules of the checker before it is
 * accepted, so that a style that cannot be kept is refused, never guessed.
 * `out` is complete unless it failed.
 */
pc_restyled pc_restyle(pc_buffer *out, const pc_units *units,
                       const pc_span *span, const char *old, size_t length,
                       const pc_new_number *number);

#endif
