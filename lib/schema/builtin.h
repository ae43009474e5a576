/* The tables of schemas/, embedded by the build as their own bytes. */
#ifndef PC_SCHEMA_BUILTIN_H
#define PC_SCHEMA_BUILTIN_H

#include "parcheck/parcheck.h"

extern const parcheck_table pc_builtin_tables[];
extern const size_t pc_builtin_table_count;

/* Of each table that is an edition its digest, which the build computes from
 * the same bytes; NULL of the others, and of all where the build runs no
 * program that it made. */
extern const char *const pc_builtin_digests[];

#endif
