/*
 * The totals of the units below, as submissions of the units above.
 *
 * While the submissions of an archive end one after the other, their numbers
 * are added up for the unit above; what is kept of each is which of its cells
 * had no value. At the end the totals go up: a unit that has sent nothing
 * itself stands for those below it.
 */
#ifndef PC_ARCHIVE_ROLLUP_H
#define PC_ARCHIVE_ROLLUP_H

#include "archive/names.h"
#include "archive/run.h"
#include "archive/total.h"

typedef struct pc_rollup_options {
    const char *unit;   /* only of this one; NULL: of all */
    const char *period; /* likewise, as pc_period has it */
    size_t bytes;       /* of all that is added up */
} pc_rollup_options;

/* A total as it goes out. */
typedef struct pc_rolled {
    const char *unit;
    const char *parent; /* "" without one */
    const char *period;
    const parcheck_edition *edition;
    /* By row of the edition: NULL where there is none, "" for a blank. */
    const char *const *values;
} pc_rolled;

/* False stops the run. */
typedef bool (*pc_on_rolled)(void *context, const pc_rolled *rolled);

/* Why there are no totals. */
typedef enum pc_rollup_lack {
    PC_ROLLUP_FINE,
    PC_ROLLUP_OVER,    /* the ceiling was reached */
    PC_ROLLUP_CUT,     /* rows were left out at another ceiling */
    PC_ROLLUP_EMPTY,   /* there is no submission at all */
    PC_ROLLUP_FLAT,    /* no unit is below another */
    PC_ROLLUP_NOTHING, /* the unit or period that is asked for has none */
    PC_ROLLUP_UNUSABLE /* there are some, but none that could be used */
} pc_rollup_lack;

/* A cell without a value. */
typedef struct pc_gap {
    uint32_t symbol;
    uint16_t state; /* pc_fact_state */
    uint16_t unused;
    uint32_t line; /* counted from the first line; 0 if it is missing */
} pc_gap;

/* All of a submission; the same ones are kept once. */
typedef struct pc_gaps {
    size_t count;
    pc_gap *gaps;
} pc_gaps;

/* What the submissions in one edition come to. */
typedef struct pc_part {
    struct pc_part *next;
    const parcheck_edition *edition;
    size_t count;      /* submissions */
    pc_total totals[]; /* by symbol */
} pc_part;

/* A submission that stands in a total, or should. */
typedef struct pc_share {
    struct pc_share *next;
    size_t unit;
    size_t line;
    const parcheck_edition *edition; /* NULL: nothing of it could be used */
    const pc_gaps *gaps;             /* NULL: none, or not its own */
    bool from_below; /* the total of the units below it stands in for it */
} pc_share;

/* The total of the units below one for a period. */
typedef struct pc_tally {
    size_t unit;
    size_t period;
    size_t line; /* where the first of its shares begins */
    pc_part *parts;
    pc_share *shares;
    pc_part *total; /* once it is gathered; NULL: there is none */
    bool used;      /* it stands in for its unit in one that is written */
} pc_tally;

typedef struct pc_rollup {
    pc_rollup_options options;
    pc_on_rolled on_rolled;
    void *context;
    pc_arena arena;
    pc_wides wides;
    pc_map by_key;   /* unit and period, to the index in `tallies` */
    pc_list tallies; /* of pc_tally * */
    pc_list waiting; /* of pc_tally *: no unit above theirs is known yet */
    pc_map by_gaps;  /* their bytes, to the index in `gaps` */
    pc_list gaps;    /* of pc_gaps * */
    pc_list scratch; /* of pc_gap */
    size_t bytes;
    bool over;       /* they were too many: nothing is added any more */
    pc_code ceiling; /* the first one at which rows were left out, of those that
                        are told with a submission */
    size_t ceiling_line; /* 0: none */
    pc_rollup_lack lack; /* once it is finished */
} pc_rollup;

void pc_rollup_init(pc_rollup *rollup, const pc_rollup_options *options,
                    pc_on_rolled on_rolled, void *context,
                    const parcheck_allocator *allocator);
void pc_rollup_free(pc_rollup *rollup);

/* Looks at what is told of a submission: whether rows of it were left out. */
void pc_rollup_look(pc_rollup *rollup, const pc_told *told);
/* Adds a submission that has ended. False without memory. */
bool pc_rollup_take(pc_rollup *rollup, const pc_run *run, size_t unit,
                    size_t period, const pc_group *group);
/* Hands out the totals and tells what is missing in them, once all
 * submissions are known and the units linked. False without memory, if it was
 * stopped, or if there are none (`lack`). */
bool pc_rollup_finish(pc_rollup *rollup, pc_run *run);

/* ---- the parts of pc_rollup_finish() ------------------------------------- */

/* The rows of an edition that cannot be added up, but were filled in. */
typedef struct pc_odd_rows {
    const parcheck_edition *edition;
    bool *rows; /* by row */
} pc_odd_rows;

/* What a percentage is worked out from. */
typedef struct pc_rate {
    size_t symbol;
    const pc_node *node;
} pc_rate;

/* What all of them need. */
typedef struct pc_rolling {
    pc_rollup *rollup;
    pc_run *run;
    pc_arena arena;
    size_t *by_name;     /* the rank of each unit by name */
    size_t *by_depth;    /* the same, from the deepest to the highest */
    size_t *by_time;     /* the rank of each period */
    pc_share **share_of; /* by unit, of the tally that is looked at */
    pc_list odd_rows;    /* of pc_odd_rows */
    pc_list rates;       /* of pc_rate, those of `rates_of` */
    const parcheck_edition *rates_of;
    bool *lacks; /* by symbol, of the share that is looked at */
} pc_rolling;

/* The unit above, which is not the unit itself; PC_NONE without one. */
size_t pc_parent_of(const pc_run *run, size_t unit);
/* The tally, or NULL. */
pc_tally *pc_tally_find(const pc_rollup *rollup, size_t unit, size_t period);
/* Lets `share_of` speak of a tally, and of none. */
void pc_mark_shares(pc_rolling *r, const pc_tally *tally);
void pc_unmark_shares(pc_rolling *r, const pc_tally *tally);
/* Whether what a unit sent in `other` can be added to a row of `row`'s. */
bool pc_is_addable(const parcheck_indicator *row,
                   const parcheck_edition *other);

/* rollup_values.c: marks the percentages of a total to which some unit gave one
 * number and not another. False without memory. */
bool pc_rollup_mark_uneven(pc_rolling *r, pc_tally *tally);
/* The texts of a total by row of its edition; tells which of
 * them there are not. NULL without memory. */
const char *const *pc_rollup_values(pc_rolling *r, const pc_tally *tally,
                                    pc_told *told);
/* Tells which rows of the editions cannot be added. */
bool pc_rollup_tell_rows(pc_rolling *r);

/* rollup_tell.c: tells what is missing in a total. */
bool pc_rollup_tell(pc_rolling *r, const pc_tally *tally, pc_told *told);
/* Adds a finding about a unit. NULL without memory, and for one over the
 * ceiling. */
parcheck_finding *pc_rollup_finding(const pc_rolling *r, pc_told *told,
                                    pc_code code, size_t unit, size_t line,
                                    const char *const *arguments);

#endif
