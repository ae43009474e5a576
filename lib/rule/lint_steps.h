/* The parts of pc_lint(), one file each. */
#ifndef PC_RULE_LINT_STEPS_H
#define PC_RULE_LINT_STEPS_H

#include "rule/lint.h"

/* One family being examined. */
typedef struct pc_linting {
    const parcheck_schema *schema;
    const parcheck_family *family;
    size_t input; /* of the family's rules; its editions follow */
    pc_findings *findings;
    pc_arena *arena;   /* of the report */
    pc_arena *scratch; /* given back after the family */
    pc_list cells;     /* of const parcheck_cell *, for the next finding */
    bool failed;       /* no memory */
} pc_linting;

/* Adds a place to the finding that comes next. */
void pc_lint_at_rule(pc_linting *lint, const parcheck_rule *rule);
void pc_lint_at_row(pc_linting *lint, size_t edition,
                    const parcheck_indicator *indicator);
/* Adds the finding with the places that were added before. */
void pc_lint_add(pc_linting *lint, pc_code code, const char *const *arguments);

/* "a" or "a, b, c" in the scratch arena, never NULL. The list is of
 * const char *. */
const char *pc_lint_join(pc_linting *lint, const pc_list *names);
void pc_lint_list(pc_linting *lint, pc_list *names, const char *name);
/* front and back, likewise. */
const char *pc_lint_text(pc_linting *lint, const char *front, const char *back);

/* Contradictions, and rules that follow from others. */
void pc_lint_rules(pc_linting *lint);
/* Indicators without a rule, and names that look alike. */
void pc_lint_names(pc_linting *lint);

#endif
