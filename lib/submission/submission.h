/* What a unit sent: inputs, and facts bound to the indicators of a schema. */
#ifndef PC_SUBMISSION_SUBMISSION_H
#define PC_SUBMISSION_SUBMISSION_H

#include "finding/finding.h"
#include "schema/schema.h"
#include "submission/heading.h"
#include "submission/sheet.h"

/* The numbers are those of parcheck_state. */
typedef enum pc_fact_state {
    PC_FACT_MISSING = PARCHECK_MISSING, /* no such row, column or file */
    PC_FACT_BLANK = PARCHECK_BLANK,
    PC_FACT_VALUE = PARCHECK_VALUE,
    /* Something is there, but no number that counts. */
    PC_FACT_UNREADABLE = PARCHECK_UNREADABLE
} pc_fact_state;

/* The value of an indicator for a unit, with the cell it came from. */
typedef struct parcheck_fact {
    pc_fact_state state;
    pc_fact_state first; /* the state before another value came */
    pc_decimal value;
    unsigned zeros; /* at the end of the value that were not printed */
    bool fixed;     /* some rule about it cannot be judged here: no explanation
                       is to change it */
    const parcheck_cell *cell; /* NULL while missing */
} pc_fact;

/* A reporting unit: the whole of a family of forms, or a row of a table. */
typedef struct parcheck_unit {
    const parcheck_edition *edition;
    const char *name; /* NULL where the input names none */
    const char *code; /* NULL for forms */
    const char *title; /* what else it is called, or NULL */
    pc_period period; /* its text is "" where the input names none */
    size_t previous;  /* the same unit earlier in the year, or PC_NONE */
    size_t year_before; /* the same unit a year ago, or PC_NONE */
    size_t role;      /* PC_NONE for forms */
    size_t parent;    /* index of the unit above, or PC_NONE */
    size_t first_child;
    size_t last_child;
    size_t next_sibling;
    size_t line;
    bool absent;    /* it sent nothing for the period: all is missing */
    const pc_owner *owner; /* of its cells; NULL while it has none */
    pc_fact *facts; /* by symbol */
} pc_unit;

typedef enum pc_layout {
    PC_LAYOUT_NONE,   /* not recognised */
    PC_LAYOUT_FORM,   /* a row for each indicator */
    PC_LAYOUT_TABLE,  /* a column for each indicator, a row for each unit */
    PC_LAYOUT_SERIES, /* a row for each indicator, a column for each period */
    PC_LAYOUT_LONG,   /* a row for each value, with its unit and period */
    PC_LAYOUTS
} pc_layout;

/* A row that can hold values, with the form it stands in. */
typedef struct pc_body_row {
    const pc_row *row;
    const char *form; /* "" where nothing tells */
    const char *key;  /* the label as it is compared, not terminated */
    size_t key_length;
    pc_sketch sketch; /* of the key */
} pc_body_row;

/* A column of values and the period that its heading names. */
typedef struct pc_value_column {
    size_t column;
    pc_period period; /* its text is "" where it names none */
} pc_value_column;

typedef struct pc_input {
    const char *name;
    pc_sheet sheet;
    pc_layout layout;
    const parcheck_family *family;
    const parcheck_edition *edition;
    const pc_row *heading;      /* its last line */
    size_t heading_lines;       /* 1 or 2 */
    size_t columns[PC_COLUMNS]; /* PC_NONE where there is none */
    pc_list values;             /* of pc_value_column; of forms and series */
    pc_list body;               /* of pc_body_row; of all but tables */
    size_t first_row;           /* the row behind the heading */
    bool more;                  /* there may be rows behind these */
    const char *only_form;      /* of a file that names no form at all */
    /* Of a table, by field of a record: NULL for no indicator. */
    const parcheck_indicator *const *indicators;
    size_t indicator_count;
} pc_input;

/* What a family has in this submission. */
typedef struct pc_presence {
    const parcheck_edition *edition; /* NULL: not in the submission */
    size_t *role_units;              /* role -> its one unit, or PC_NONE */
} pc_presence;

/* A value that can be read in another way, too. */
typedef struct pc_ambiguous {
    size_t unit;
    size_t symbol;
    pc_decimal other;
    unsigned other_zeros;
    size_t finding; /* its index, PC_NONE if it was over the ceiling */
} pc_ambiguous;

/* What was asked for. */
typedef struct pc_bind_options {
    const char *edition;   /* NULL to find it */
    pc_layout layout;      /* PC_LAYOUT_NONE to find it */
    pc_progress *progress; /* or NULL */
    /* The layouts are known, and the sheets begin with the heading. */
    bool laid_out;
    /* Rules that look at other units are judged elsewhere. */
    bool across_apart;
} pc_bind_options;

typedef struct pc_submission {
    const parcheck_schema *schema;
    pc_arena *arena;
    pc_findings *findings;
    pc_input *inputs;
    size_t input_count;
    pc_list units;         /* of pc_unit */
    pc_list ambiguous;     /* of pc_ambiguous */
    pc_presence *presence; /* by family */
    pc_map *form_units;    /* by family: name, zero, period -> unit */
    pc_progress *progress; /* or NULL */
    bool across_apart;     /* as in pc_bind_options */
} pc_submission;

/*
 * Binds the sheets of `inputs` (name and sheet are set) to the schema.
 * False without memory or if it was cancelled; what is wrong with the data
 * goes to the findings.
 */
bool pc_submission_bind(pc_submission *submission,
                        const parcheck_schema *schema, pc_input *inputs,
                        size_t count, const pc_bind_options *options,
                        pc_findings *findings, pc_arena *arena);

pc_unit *pc_submission_unit(const pc_submission *submission, size_t index);

#endif
