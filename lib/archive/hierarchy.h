/* A file that says which unit is above which. */
#ifndef PC_ARCHIVE_HIERARCHY_H
#define PC_ARCHIVE_HIERARCHY_H

#include "archive/store.h"
#include "base/error.h"

/* Reads CSV with the columns unit, parent and, perhaps, name. */
parcheck_status pc_hierarchy_read(pc_store *store, const char *source,
                                  const char *text, size_t length, bool cut,
                                  parcheck_error *error);

#endif
