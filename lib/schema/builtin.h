/* The tables of schemas/, embedded by the build as their own bytes. */
#ifndef PC_SCHEMA_BUILTIN_H
#define PC_SCHEMA_BUILTIN_H

#include <stddef.h>

typedef struct pc_builtin_table {
    const char *family;
    const char *file;
    const unsigned char *data;
    size_t size;
} pc_builtin_table;

extern const pc_builtin_table pc_builtin_tables[];
extern const size_t pc_builtin_table_count;

#endif
