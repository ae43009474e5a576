/* Tables to a schema. */
#ifndef PC_SCHEMA_LOAD_H
#define PC_SCHEMA_LOAD_H

#include "schema/schema.h"

/* A table with the name that messages call it by. */
typedef struct pc_source {
    parcheck_table table;
    const char *name;
    const char *digest; /* of an edition, where it is known; else NULL */
} pc_source;

/*
 * Loads and links all tables, which may come in any order. On success the
 * schema owns everything it needs; the tables are not kept.
 */
parcheck_status pc_schema_load(parcheck_schema **schema,
                               const pc_source *sources, size_t count,
                               const parcheck_allocator *allocator,
                               parcheck_error *error);

/* Reads the tables of a folder (see parcheck_schema_load_folder()). */
parcheck_status pc_schema_load_folder(parcheck_schema **schema,
                                      const char *folder,
                                      const parcheck_allocator *allocator,
                                      parcheck_error *error);

#endif
