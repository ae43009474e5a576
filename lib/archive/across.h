/* A submission with those that its rules look at, as units that rule/judge.h
 * can judge. */
#ifndef PC_ARCHIVE_ACROSS_H
#define PC_ARCHIVE_ACROSS_H

#include "archive/run.h"

/* The facts of a unit of the small submission, which are used again and again:
 * all missing but those that are watched. */
typedef struct pc_room {
    pc_fact *facts;
    const pc_kept *kept; /* where they are from, NULL: it sent nothing */
} pc_room;

typedef struct pc_across {
    pc_run *run;
    const pc_kept *kept;
    const pc_watch *watch;
    pc_arena arena; /* of the rooms */
    pc_list *rooms; /* by family: of pc_room, one for each unit so far */
    pc_submission submission; /* the unit, then what its rules look at */
    pc_told *told;            /* NULL while nothing needs cells */
    bool has_children;
    bool asks; /* something is to be explained */
} pc_across;

/* Adds a unit; one that sent nothing has no facts. If it is `looked_at` only,
 * its facts have no cells and are not to be changed. NULL without memory. */
pc_unit *pc_across_add(pc_across *across, size_t unit, const pc_period *period,
                       const pc_kept *kept, bool looked_at);
/* What the unit number `index` of the small submission has sent, or NULL. */
const pc_kept *pc_across_sent(const pc_across *across, size_t index);
/* What a unit has sent of the family for a period, or NULL. */
const pc_kept *pc_across_find(const pc_across *across, size_t unit,
                              size_t period);
/* The last submission of the same unit that ends earlier in the year, and that
 * for the same part of the year before, or NULL. */
const pc_kept *pc_across_previous(const pc_across *across, const pc_kept *kept);
const pc_kept *pc_across_year_before(const pc_across *across,
                                     const pc_kept *kept);

/* trace.c: explains the rules across submissions that fail, or leave a blank
 * open, once they are judged and told. False without memory. */
bool pc_across_explain(pc_across *across);

#endif
