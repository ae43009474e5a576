/* A hash map from byte strings to numbers, in an arena. */
#ifndef PC_BASE_MAP_H
#define PC_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

typedef struct pc_map_slot {
    const char *key; /* borrowed; NULL in an empty slot */
    size_t length;
    size_t value;
} pc_map_slot;

typedef struct pc_map {
    pc_arena *arena;
    pc_map_slot *slots;
    size_t count;
    size_t capacity; /* 0 or a power of two */
} pc_map;

void pc_map_init(pc_map *map, pc_arena *arena);
bool pc_map_get(const pc_map *map, const char *key, size_t length,
                size_t *value);
/* Makes room for `count` keys in all; false without memory. */
bool pc_map_reserve(pc_map *map, size_t count);
/* Adds or replaces. The key must outlive the map. False without memory. */
bool pc_map_set(pc_map *map, const char *key, size_t length, size_t value);

#endif
