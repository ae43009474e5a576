/* Examining a schema: see parcheck_schema_lint(). */
#ifndef PC_RULE_LINT_H
#define PC_RULE_LINT_H

#include "finding/finding.h"
#include "schema/schema.h"

/*
 * Adds findings schema.* about rules and names. Their cells carry the name
 * of an indicator, rule or table column and the place in its table: `input`
 * is 0 for the rules of the first family, 1 for its first edition and so on,
 * families and editions in their order. False without memory.
 */
bool pc_lint(const parcheck_schema *schema, pc_findings *findings,
             pc_arena *arena);

#endif
