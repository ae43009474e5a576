/* The rule language: the text of a check to its tree. */
#ifndef PC_SCHEMA_PARSE_H
#define PC_SCHEMA_PARSE_H

#include "schema/schema.h"

/*
 * Fills `when`, `then` and `operands` of the rule from its `check`. Operands
 * are not linked yet. `place` is the record of the rule; the column of an
 * error is the byte in the check.
 */
parcheck_status pc_rule_parse(parcheck_rule *rule, pc_place place,
                              pc_arena *arena, parcheck_error *error);

/* Whether a text can be the name of an indicator: a lower-case letter, then
 * such letters, digits and "_"; not a word of the language. */
bool pc_is_name(const char *text);

#endif
