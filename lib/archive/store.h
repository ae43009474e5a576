/* What is known of the units and periods of an archive. */
#ifndef PC_ARCHIVE_STORE_H
#define PC_ARCHIVE_STORE_H

#include "archive/archive.h"

/* A submission of which the facts that rules across submissions need are
 * kept. */
typedef struct pc_kept {
    struct pc_kept *next; /* the one of the same unit before it */
    size_t unit;
    size_t period;
    size_t line;
    const parcheck_edition *edition;
    pc_quick_fact facts[]; /* of the watched symbols of its family */
} pc_kept;

/* Of 32 periods, which ended. There is one only if some did: a column of other
 * things than periods must not cost each unit a bit for each of them. */
typedef struct pc_seen {
    uint32_t number;
    uint32_t bits;
} pc_seen;

typedef struct pc_archive_unit {
    const char *name; /* terminated */
    size_t length;
    const char *title; /* from the hierarchy, or NULL */
    size_t parent;     /* PC_NONE: none is known */
    bool placed;       /* the hierarchy says what its parent is */
    size_t line;       /* where the parent was named; 0 in a hierarchy */
    pc_list seen;       /* of pc_seen, by number: periods that have ended */
    pc_kept *last;      /* the submissions that are kept */
    size_t first_child; /* once pc_store_link() was called, by name */
    size_t next_sibling;
} pc_archive_unit;

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

typedef struct pc_store {
    const parcheck_schema *schema;
    pc_arena arena;
    pc_map unit_by_name;
    pc_list units; /* of pc_archive_unit * */
    pc_map period_by_text;
    pc_list periods; /* of pc_period */
    pc_watch *watches; /* by family */
    pc_list kept;      /* of pc_kept *, in the order of the input */
    pc_buffer scratch;
    bool full; /* the ceiling was reached */
} pc_store;

/* `explain`: what explanations need is to be kept, too. */
bool pc_store_init(pc_store *store, const parcheck_schema *schema, bool explain,
                   const parcheck_allocator *allocator);
void pc_store_free(pc_store *store);

/* Whether the facts of submissions may be kept. */
bool pc_store_is_watching(const pc_store *store);

/* The number of a unit or period, a new one the first time. Bytes of a name
 * that are not UTF-8 are U+FFFD. False without memory. */
bool pc_store_unit(pc_store *store, const char *name, size_t length,
                   size_t *unit);
bool pc_store_period(pc_store *store, const pc_period *period, size_t *number);
pc_archive_unit *pc_store_at(const pc_store *store, size_t unit);
const pc_period *pc_store_period_at(const pc_store *store, size_t period);

/* Notes that a submission has ended; `*again` if one had before. */
bool pc_store_end(pc_store *store, size_t unit, size_t period, bool *again);
/* Keeps what is watched of its facts. */
bool pc_store_keep(pc_store *store, size_t unit, size_t period,
                   const pc_group *group);
/* The submission of a unit for a period, or NULL. */
const pc_kept *pc_store_find(const pc_store *store, size_t unit, size_t period);
/* Lets the units know those below them, by name. */
bool pc_store_link(pc_store *store);

#endif
