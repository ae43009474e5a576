/* Hypotheses in words. */
#ifndef PC_EXPLAIN_SAY_H
#define PC_EXPLAIN_SAY_H

#include "explain/hypothesis.h"

/* One sentence without a full stop, in the report's arena; NULL without
 * memory. `alone`: nothing as small repairs as much. */
const char *pc_say(pc_thinking *t, const pc_hypothesis *h, bool alone,
                   parcheck_language language);

/* An exact decimal as the report writes it; NULL without memory. */
const char *pc_say_decimal(pc_arena *arena, pc_decimal number);

#endif
