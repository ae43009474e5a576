/* A linear relation with everything on one side and each operand once. */
#ifndef PC_RULE_ROW_H
#define PC_RULE_ROW_H

#include "rule/ratio.h"
#include "schema/schema.h"

typedef struct pc_row_entry {
    const pc_operand *operand;
    pc_ratio factor; /* not 0 */
} pc_row_entry;

/* left R right says the same as (sum of the entries) R constant. */
typedef struct pc_row {
    pc_row_entry *entries; /* ordered by operand */
    size_t count;
    pc_ratio constant;
} pc_row;

/* An order of operands, 0 for two that speak of the same fact. */
int pc_operand_compare(const pc_operand *a, const pc_operand *b);

/* Either side may be empty. False without memory. */
bool pc_row_make(pc_row *row, const pc_linear *left, const pc_linear *right,
                 pc_arena *arena);
/* Whether a factor or the constant did not fit. */
bool pc_row_is_lost(const pc_row *row);

#endif
