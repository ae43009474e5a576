/* Findings: what a run has to tell about the data. */
#ifndef PC_FINDING_FINDING_H
#define PC_FINDING_FINDING_H

#include "base/buffer.h"
#include "base/memory.h"
#include "parcheck/parcheck.h"

typedef enum pc_code {
#define PC_FINDING(name, code, severity, vi, en) PC_##name,
#include "finding/catalogue.def"
#undef PC_FINDING
    PC_CODE_COUNT
} pc_code;

const char *pc_code_text(pc_code code);
parcheck_severity pc_code_severity(pc_code code);

/* What a code means, for people; each by parcheck_language. */
typedef struct pc_meaning {
    const char *text[2];
    const char *advice[2];
    const char *example[2];
} pc_meaning;

const pc_meaning *pc_code_meaning(pc_code code);

enum { PC_ADDRESS = 32 };

/* A reporting unit in a period, by what the input carries of it: the others
 * are NULL. */
typedef struct pc_owner {
    const char *unit;
    const char *unit_code;
    const char *period;
} pc_owner;

/* A place in an input with what it stands for; all texts belong to the
 * report or to its schema. */
struct parcheck_cell {
    const char *name; /* of the indicator, or "" */
    const char *form;
    const char *code;
    const char *label;
    const char *literal;
    size_t input;
    size_t line;
    size_t column;
    const pc_owner *owner; /* NULL: it is no value of a unit */
    char address[PC_ADDRESS];
};

/* Fills the address from a spreadsheet's row and column, both from 1. */
void pc_cell_address(parcheck_cell *cell, size_t row, size_t column);

/* The arithmetic of a rule, all NULL if there is none. */
typedef struct pc_arithmetic {
    const char *left;
    const char *relation;
    const char *right;
    const char *difference;
} pc_arithmetic;

/* A cell that an explanation would change, and to what: exact decimals as
 * text. Where no single value is determined `value` is NULL and `low` and
 * `high` are the ends, each NULL where there is none. */
typedef struct pc_change {
    const parcheck_cell *cell;
    const char *value;
    const char *low;
    const char *high;
} pc_change;

/* A hypothesis about what is wrong behind a finding. */
struct parcheck_explanation {
    const char *id;         /* the same for the same hypothesis in every run */
    const char *kind;       /* "other-base" and so on */
    const char *message[2]; /* by parcheck_language */
    const pc_change *changes;
    size_t change_count;
    size_t support; /* independent equations that give its values */
    const parcheck_rule *const *repairs; /* rules that hold after the changes */
    size_t repair_count;
};

struct parcheck_finding {
    pc_code code;
    parcheck_severity severity;
    const parcheck_rule *rule;
    size_t rule_order; /* place among all rules, for sorting */
    const char *unit;
    const char *unit_code;
    const char *period;     /* or NULL */
    const char *message[2]; /* by parcheck_language */
    const char *detail[2];  /* of a rule: its arithmetic alone, or NULL */
    pc_arithmetic arithmetic;
    const parcheck_cell *const *cells;
    size_t cell_count;
    const parcheck_explanation *const *explanations; /* the likeliest first */
    size_t explanation_count;
    size_t cause; /* from 1, the same for findings of one cause; 0: none */
    size_t next;  /* once in order: index of the next of its cause, or 0 */
    bool follows; /* ... and another of its cause stands before it */
    size_t input; /* for sorting: the first cell's place */
    size_t line;
    size_t column;
    size_t sequence; /* order of adding, the last key */
};

/* All findings of a run. */
typedef struct pc_findings {
    pc_arena *arena;
    pc_list list; /* of parcheck_finding */
    size_t most;  /* of one code */
    size_t counts[PC_CODE_COUNT];
    bool failed; /* out of memory: callers look once at the end */
} pc_findings;

void pc_findings_init(pc_findings *findings, pc_arena *arena, size_t most);

/*
 * Adds a finding with the message of its code. `arguments` replace {1}, {2},
 * ... and end with a NULL; they are copied. The result may be changed until
 * pc_findings_finish(). NULL without memory, and NULL, too, for a finding
 * that is over the ceiling and only counted.
 */
parcheck_finding *pc_findings_add(pc_findings *findings, pc_code code,
                                  const char *const *arguments);
/* Whether another finding of the code would only be counted: then its message
 * need not be made. Counts it. */
bool pc_findings_full(pc_findings *findings, pc_code code);
/* Puts one cell under the finding; both may be NULL. */
void pc_finding_at(pc_findings *findings, parcheck_finding *finding,
                   const parcheck_cell *cell);
/* Lets the messages of finding number `index` go on. */
void pc_finding_extend(pc_findings *findings, size_t index, const char *vi,
                       const char *en);
/* Reports ceilings that were reached and brings all into their order. */
void pc_findings_finish(pc_findings *findings);

/* Decimal digits of a number, for arguments. */
typedef struct pc_digits {
    char text[24];
} pc_digits;
pc_digits pc_number_text(size_t number);

#endif
