/* The exact sum of addends, and what is not known of it. */
#ifndef PC_RULE_SUM_H
#define PC_RULE_SUM_H

#include "rule/facts.h"

typedef struct pc_sum {
    unsigned scale;
    pc_wide known;     /* sum of the known addends, times 10^scale */
    pc_wide tolerance; /* twice the rounding of its amounts, at that scale */
    bool unreadable;
    bool missing;
    bool absent; /* a submission that was not sent: nothing follows */
    bool blank;
    bool rises;        /* an unknown addend can make it larger */
    bool falls;        /* ... or smaller */
    bool left_unknown; /* an unknown addend stands on the left */
} pc_sum;

/* The least scale that holds all of the addends exactly. */
unsigned pc_common_scale(const pc_addend *addends, size_t count);
pc_sum pc_add_up(const pc_addend *addends, size_t count, unsigned scale);
/* Of a node `percent`: what the ratio is of, and its base, at one scale.
 * `judging->failed` without memory. */
void pc_add_up_ratio(pc_judging *judging, const pc_node *node, pc_sum *a,
                     pc_sum *b);
/* Whether any addend is blank or missing. */
bool pc_sum_is_open(const pc_sum *sum);

#endif
