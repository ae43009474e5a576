/* One reader for each kind of schema table. */
#ifndef PC_SCHEMA_TABLES_H
#define PC_SCHEMA_TABLES_H

#include "schema/load.h"
#include "schema/schema.h"

/* Where the readers put what they read and say what is wrong. */
typedef struct pc_loader {
    pc_arena *arena;
    parcheck_error *error;
} pc_loader;

/* family.csv: key,value */
parcheck_status pc_read_family(pc_loader *loader, parcheck_family *family,
                               const pc_source *source);
/* roles.csv: role,code,parent,vi,en */
parcheck_status pc_read_roles(pc_loader *loader, parcheck_family *family,
                              const pc_source *source);
/* An edition: form,code,name,label,unit,kind,level,choices. Adds the names
 * to the family's symbols. */
parcheck_status pc_read_edition(pc_loader *loader, parcheck_family *family,
                                parcheck_edition *edition,
                                const pc_source *source);
/* rules.csv: id,check,severity,vi,en,basis. Parses the checks. */
parcheck_status pc_read_rules(pc_loader *loader, parcheck_family *family,
                              const pc_source *source);

/* Gives every operand its family, symbol and role, once all families are
 * read. */
parcheck_status pc_link_rules(pc_loader *loader, parcheck_schema *schema);

#endif
