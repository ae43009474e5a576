/* Facts that a program gives by name: a submission without any input. */
#ifndef PC_SUBMISSION_GIVEN_H
#define PC_SUBMISSION_GIVEN_H

#include "submission/submission.h"

typedef struct pc_given_unit {
    const parcheck_edition *edition;
    const char *name; /* NULL if it has none */
    const char *code; /* of the row of a table, else NULL */
    pc_period period;
    size_t role;   /* PC_NONE for forms */
    size_t parent; /* index of a unit before it, or PC_NONE */
} pc_given_unit;

typedef struct pc_given_value {
    size_t unit;
    const parcheck_indicator *indicator;
    const char *literal; /* valid UTF-8 */
    size_t sequence;     /* a number of its own, in the order of giving */
} pc_given_value;

typedef struct pc_given {
    pc_list units;  /* of pc_given_unit */
    pc_list values; /* of pc_given_value */
} pc_given;

/* What the inputs of such a submission are called. */
#define PC_GIVEN_NAME "facts"

/*
 * Makes a submission of what was given, as pc_submission_bind() does of
 * inputs; all texts are copied. There is one input for each edition, without
 * rows, and no cell has a place. False without memory or if cancelled.
 */
bool pc_submission_take(pc_submission *submission,
                        const parcheck_schema *schema, const pc_given *given,
                        pc_progress *progress, pc_findings *findings,
                        pc_arena *arena);

#endif
