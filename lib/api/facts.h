/* Facts that a program has given so far. */
#ifndef PC_API_FACTS_H
#define PC_API_FACTS_H

#include "submission/given.h"

/* What is in use of a family. */
typedef struct pc_facts_family {
    const parcheck_edition *edition; /* NULL before it is chosen */
    size_t first;                    /* unit, or PC_NONE */
    size_t *last_of_role;            /* role -> unit, or PC_NONE */
} pc_facts_family;

struct parcheck_facts {
    pc_arena arena;
    const parcheck_schema *schema;
    const parcheck_edition *edition; /* of the units to come, or NULL */
    pc_facts_family *families;       /* by their index in the schema */
    pc_given given;
    pc_map units;      /* what tells a unit -> its index */
    size_t parent;     /* that was named last, or PC_NONE */
    size_t unit;       /* the one that is filled, PC_NONE before the first */
    size_t max_bytes;  /* of one text */
    size_t max_values; /* and of units */
    pc_buffer scratch;
};

#endif
