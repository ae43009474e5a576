/* Which row of an edition a row of a form is, by code and label. */
#ifndef PC_SUBMISSION_MATCH_H
#define PC_SUBMISSION_MATCH_H

#include "schema/schema.h"

/* A row of an input as it is compared. */
typedef struct pc_row_key {
    const char *form;
    const char *code; /* without a dot at the end */
    size_t code_length;
    const char *label; /* the key of its text, not terminated */
    size_t label_length;
    pc_sketch sketch; /* of the label */
} pc_row_key;

typedef enum pc_match_kind {
    PC_MATCH_NONE,
    PC_MATCH_BOTH,      /* code and label, or label where neither has a code,
                           or code where the input gives no label */
    PC_MATCH_NEAR,      /* as before, but the label is a letter or two off */
    PC_MATCH_CODE_ONLY, /* the label is of no row of the form */
    PC_MATCH_LABEL_ONLY /* the code is of another row, or of none */
} pc_match_kind;

typedef struct pc_match {
    pc_match_kind kind;
    size_t row;      /* index in the edition */
    size_t code_row; /* the row that has the code, or PC_NONE */
} pc_match;

/* How many letters a label may be off. */
enum { PC_LABEL_SLIPS = 2 };

/*
 * Finds the row. `after` is the row found for the row above, or PC_NONE:
 * where a label stands several times in a form, the next one below counts.
 * `scratch` is overwritten; if it has failed there was no memory.
 */
pc_match pc_match_row(const parcheck_edition *edition, const pc_row_key *key,
                      size_t after, pc_buffer *scratch);

/* The row of the form whose label is nearest to that of `key`, or PC_NONE if
 * none is near. For a suggestion: it costs much more than a match. */
size_t pc_nearest_row(const parcheck_edition *edition, const pc_row_key *key);

/*
 * Whether a spreadsheet may have made the text `printed` from a code: by
 * taking it for a number (1.10 becomes 1.1) or for a date (2.1 becomes
 * 02-Jan, 2/1 or 2023-01-02).
 */
bool pc_is_converted_code(const char *printed, const char *code);

bool pc_edition_has_form(const parcheck_edition *edition, const char *form);

#endif
