/*
 * What is kept of submissions for the rules across them: the facts that these
 * name.
 *
 * Rules over the units below may look at any unit, so all is kept until the
 * end. Rules over other periods of the same unit look no further than the year,
 * or the year before it. Where the submissions of a unit, or those of a year,
 * are seen to stand together, what is kept is judged and forgotten once there
 * is much of it and another unit, or another year, begins.
 */
#ifndef PC_ARCHIVE_KEPT_H
#define PC_ARCHIVE_KEPT_H

#include "archive/store.h"

/* A submission of which facts are kept. */
typedef struct pc_kept {
    struct pc_kept *next; /* the one of the same unit before it */
    size_t unit;
    size_t period;
    size_t line;
    const parcheck_edition *edition;
    bool apart; /* some that it would be compared with were forgotten */
    pc_quick_fact facts[]; /* of the watched symbols of its family */
} pc_kept;

/* What is kept of the submissions of a family: the symbols that rules across
 * submissions name and, where explanations are wanted and some rule is over
 * the units below, all that are connected with them by rules. */
typedef struct pc_watch {
    size_t *symbols;
    bool *whole; /* by place in `symbols`: every rule about it can be judged
                    on what is kept */
    size_t count;
    /* By number of the rule: can be judged on what is kept, and is one that
     * the unit above, or a later period, has of a unit. */
    bool *judged;
    bool *of_above;
    bool *of_next;
    bool has_children; /* some rule is over the units below */
    bool has_previous; /* ... over the period before in the year */
    bool has_year_before;
} pc_watch;

typedef struct pc_keeping {
    pc_store *store;
    const parcheck_schema *schema;
    pc_watch *watches; /* by family */
    pc_arena arena;    /* of what is kept; the ceiling is its maximum */
    pc_list list;      /* of pc_kept *, in the order of the input */
    size_t most;       /* bytes after which what is over is forgotten */
    bool below;        /* rules over the units below look at some */
    bool yearly;       /* rules over the year before do */
    bool full;         /* the ceiling was reached: nothing is kept any more */
    /* The order of the input, as far as it is known. */
    size_t unit; /* of the last one; PC_NONE: there is none */
    unsigned year; /* of the last one that has a place in time */
    pc_list years;      /* unsigned: all so far, in the store's arena */
    bool units_together; /* two of one unit stood together */
    bool units_apart;    /* ... did not, though they are compared */
    bool years_together;
    bool years_apart;
} pc_keeping;

/* `explain`: what explanations need is kept, too. `most` and `ceiling` are
 * bytes. False without memory. */
bool pc_keeping_init(pc_keeping *keeping, pc_store *store,
                     const parcheck_schema *schema, bool explain, size_t most,
                     size_t ceiling);
void pc_keeping_free(pc_keeping *keeping);

/* Whether facts of submissions may be kept. */
bool pc_keeping_is_watching(const pc_keeping *keeping);
const pc_watch *pc_keeping_watch(const pc_keeping *keeping,
                                 const parcheck_edition *edition);

/* Whether something of this submission is to be kept. */
bool pc_keeping_wants(const pc_keeping *keeping, const pc_group *group);
/* Looks at where the next submission stands; `*over` if all that is kept is to
 * be judged and forgotten before it is added. False without memory. */
bool pc_keeping_begin(pc_keeping *keeping, size_t unit, size_t period,
                      bool *over);
/* Keeps what is watched of its facts; `*kept` is NULL once the ceiling is
 * reached. False without memory. */
bool pc_keeping_add(pc_keeping *keeping, size_t unit, size_t period,
                    const pc_group *group, const pc_kept **kept);
/* False without memory. */
bool pc_keeping_forget(pc_keeping *keeping);

/* The submission of a unit for a period, if it is kept, or NULL. */
const pc_kept *pc_kept_find(const pc_store *store, size_t unit, size_t period);

#endif
