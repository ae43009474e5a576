/* Facts that a program has given so far. */
#ifndef PC_API_FACTS_H
#define PC_API_FACTS_H

#include "submission/given.h"

struct parcheck_facts {
    pc_arena arena;
    const parcheck_schema *schema;
    const parcheck_edition *edition;    /* of the units to come, or NULL */
    const parcheck_edition **of_family; /* the one in use, or NULL */
    pc_given given;
    pc_map units;      /* what tells a unit -> its index */
    size_t unit;       /* the one that is filled, PC_NONE before the first */
    size_t max_bytes;  /* of one text */
    size_t max_values; /* and of units */
    pc_buffer scratch;
};

#endif
