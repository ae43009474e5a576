/* What is known of the units and periods of an archive. */
#ifndef PC_ARCHIVE_STORE_H
#define PC_ARCHIVE_STORE_H

#include "archive/archive.h"

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
    struct pc_kept *last; /* the submissions that are kept: kept.h */
    pc_list forgotten;    /* unsigned: years of which some were kept */
    bool cut; /* totals go no further up from here, in a ring: places.c */
    size_t first_child; /* once pc_store_link() was called, by name */
    size_t next_sibling;
} pc_archive_unit;

typedef struct pc_archive_period {
    pc_period period;
    bool told; /* that it is not understood */
} pc_archive_period;

typedef struct pc_store {
    pc_arena arena;
    pc_map unit_by_name;
    pc_list units; /* of pc_archive_unit * */
    bool has_hierarchy;
    size_t listed; /* so many units, the first ones, are named in it */
    pc_map period_by_text;
    pc_list periods; /* of pc_archive_period * */
    pc_buffer scratch;
} pc_store;

void pc_store_init(pc_store *store, const parcheck_allocator *allocator);
void pc_store_free(pc_store *store);

/* The number of a unit or period, a new one the first time. Bytes of a name
 * that are not UTF-8 are U+FFFD. False without memory. */
bool pc_store_unit(pc_store *store, const char *name, size_t length,
                   size_t *unit);
bool pc_store_period(pc_store *store, const pc_period *period, size_t *number);
pc_archive_unit *pc_store_at(const pc_store *store, size_t unit);
const pc_period *pc_store_period_at(const pc_store *store, size_t period);

/* Whether nothing was told of the period so far; from now on it is. */
bool pc_store_tell_period(pc_store *store, size_t period);

/* Notes that a submission has ended; `*again` if one had before. */
bool pc_store_end(pc_store *store, size_t unit, size_t period, bool *again);
/* Whether one has. */
bool pc_store_has_ended(const pc_store *store, size_t unit, size_t period);
/* Lets the units know those below them, by name. */
bool pc_store_link(pc_store *store);

#endif
