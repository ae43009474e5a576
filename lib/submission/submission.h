/* What a unit sent: inputs, and facts bound to the indicators of a schema. */
#ifndef PC_SUBMISSION_SUBMISSION_H
#define PC_SUBMISSION_SUBMISSION_H

#include "finding/finding.h"
#include "schema/schema.h"
#include "submission/sheet.h"

typedef enum pc_fact_state {
    PC_FACT_MISSING = 0, /* no such row, column or file */
    PC_FACT_BLANK,
    PC_FACT_VALUE,
    PC_FACT_UNREADABLE /* something is there, but no number that counts */
} pc_fact_state;

/* The value of an indicator for a unit, with the cell it came from. */
typedef struct pc_fact {
    pc_fact_state state;
    pc_decimal value;
    const parcheck_cell *cell; /* NULL while missing */
} pc_fact;

/* A reporting unit: the whole of a family of forms, or a row of a table. */
typedef struct pc_unit {
    const parcheck_edition *edition;
    const char *name; /* NULL for forms */
    const char *code; /* NULL for forms */
    size_t role;      /* PC_NONE for forms */
    size_t parent;    /* index of the unit above, or PC_NONE */
    size_t first_child;
    size_t last_child;
    size_t next_sibling;
    size_t line;
    pc_fact *facts; /* by symbol */
} pc_unit;

typedef enum pc_layout {
    PC_LAYOUT_NONE, /* not recognised */
    PC_LAYOUT_FORM, /* a row for each indicator */
    PC_LAYOUT_TABLE /* a column for each indicator, a row for each unit */
} pc_layout;

/* The columns of a form, in the heading's order of fields. */
typedef enum pc_form_column {
    PC_COLUMN_FORM,
    PC_COLUMN_CODE,
    PC_COLUMN_LABEL,
    PC_COLUMN_UNIT,
    PC_COLUMN_VALUE,
    PC_COLUMN_NOTE,
    PC_FORM_COLUMNS
} pc_form_column;

typedef struct pc_input {
    const char *name;
    pc_sheet sheet;
    pc_layout layout;
    const parcheck_family *family;
    const parcheck_edition *edition;
    size_t form_columns[PC_FORM_COLUMNS]; /* PC_NONE where there is none */
    const char *only_form;                /* of a file without a form column */
} pc_input;

/* What a family has in this submission. */
typedef struct pc_presence {
    const parcheck_edition *edition; /* NULL: not in the submission */
    size_t form_unit;   /* the unit of a family of forms, or PC_NONE */
    size_t *role_units; /* role -> its one unit, or PC_NONE */
} pc_presence;

typedef struct pc_submission {
    const parcheck_schema *schema;
    pc_arena *arena;
    pc_findings *findings;
    pc_input *inputs;
    size_t input_count;
    pc_list units;         /* of pc_unit */
    pc_presence *presence; /* by family */
} pc_submission;

/*
 * Binds the sheets of `inputs` (name and sheet are set) to the schema.
 * `edition` is the one asked for, or NULL. False without memory; what is
 * wrong with the data goes to the findings.
 */
bool pc_submission_bind(pc_submission *submission,
                        const parcheck_schema *schema, pc_input *inputs,
                        size_t count, const char *edition,
                        pc_findings *findings, pc_arena *arena);

pc_unit *pc_submission_unit(const pc_submission *submission, size_t index);

#endif
