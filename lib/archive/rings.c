#include "archive/rings.h"

bool pc_rings_find(const pc_store *store, pc_on_ring on_ring, void *context)
{
    size_t count = store->units.count;
    bool done = true;
    pc_arena arena;
    size_t *walk; /* by unit: the first walk up that came by, 0 for none */

    pc_arena_init(&arena, &store->arena.allocator);
    walk = pc_arena_array(&arena, count, sizeof *walk);
    for (size_t i = 0; walk != NULL && done && i < count; i++) {
        size_t unit = i;

        while (unit != PC_NONE && walk[unit] == 0) {
            walk[unit] = i + 1;
            unit = pc_store_at(store, unit)->parent;
        }
        if (unit != PC_NONE && walk[unit] == i + 1)
            done = on_ring(context, unit);
    }
    pc_arena_free(&arena);
    return walk != NULL && done;
}
