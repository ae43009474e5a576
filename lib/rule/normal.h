/* Rules as text in which only what they say makes a difference. */
#ifndef PC_RULE_NORMAL_H
#define PC_RULE_NORMAL_H

#include "schema/schema.h"

typedef struct pc_normal {
    const char *when; /* "" without a condition */
    const char *then;
} pc_normal;

/*
 * Two rules of a schema with the same texts say the same. The order of terms
 * and of what `and` and `or` join, the side a term stands on, common factors
 * and the order of a set make no difference. False without memory.
 */
bool pc_normalise(pc_normal *normal, const parcheck_rule *rule,
                  pc_arena *arena);

#endif
