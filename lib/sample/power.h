/* How surely the rules of an edition notice a slip in one of its cells. */
#ifndef PC_SAMPLE_POWER_H
#define PC_SAMPLE_POWER_H

#include "sample/sample.h"

enum { PC_SLIPS = 3, PC_POWER_FILLINGS = 100 };

/* Why a cell could not be measured. */
typedef enum pc_unmeasured {
    PC_MEASURED,
    PC_NO_FILLING,  /* no numbers were found that violate no rule */
    PC_ALWAYS_BLANK /* the rules left it blank in every filling */
} pc_unmeasured;

/* A cell of the edition; one of a table, for all rows of a role. */
typedef struct pc_power_cell {
    const parcheck_indicator *indicator;
    const char *role; /* NULL for forms */
    size_t rules;     /* that rest on it */
    pc_unmeasured unmeasured;
    uint64_t possible[PC_SLIPS]; /* slips, in all fillings together */
    uint64_t detected[PC_SLIPS]; /* those by which some rule fails */
} pc_power_cell;

struct parcheck_power {
    pc_arena arena;
    pc_power_cell *cells;
    size_t count;
};

/* Measures; see parcheck_schema_power(). False without memory. */
bool pc_power_measure(parcheck_power *power, const parcheck_schema *schema,
                      const parcheck_edition *edition);

#endif
