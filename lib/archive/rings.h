/* Units that stand above each other in a ring. */
#ifndef PC_ARCHIVE_RINGS_H
#define PC_ARCHIVE_RINGS_H

#include "archive/store.h"

/* Gets one unit of a ring; the others are above it. False stops. */
typedef bool (*pc_on_ring)(void *context, size_t unit);

/* Finds each ring once, also that of a unit which is its own parent. Looks at
 * each unit once. False without memory or if it was stopped. */
bool pc_rings_find(const pc_store *store, pc_on_ring on_ring, void *context);

#endif
