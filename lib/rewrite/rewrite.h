/* A copy of an input with other numbers in some cells. */
#ifndef PC_REWRITE_REWRITE_H
#define PC_REWRITE_REWRITE_H

#include "base/error.h"
#include "rewrite/style.h"

/* A cell and its new number; `value.unit` and so on as in style.h, the tally
 * is found here. */
typedef struct pc_edit {
    size_t line;
    size_t column;
    pc_new_number number;
} pc_edit;

/* How the input is read, which has to be as the checker reads it. */
typedef struct pc_rewriting {
    const char *name;           /* of the input, for errors */
    const pc_charset *encoding; /* NULL: find it */
    char delimiter;             /* 0: find it */
    size_t field_bytes;
    size_t fields;
    size_t records;
} pc_rewriting;

/*
 * Appends to `out` the bytes with the edits made, all others as they are.
 * `edits` get sorted by their place. Fails with PARCHECK_EINVAL and the place
 * of the first cell that is not there, is named twice, or has no number whose
 * style can be kept; then `out` is not to be used.
 */
parcheck_status pc_rewrite(pc_buffer *out, const char *bytes, size_t length,
                           pc_edit *edits, size_t count,
                           const pc_rewriting *how,
                           const parcheck_allocator *allocator,
                           parcheck_error *error);

#endif
