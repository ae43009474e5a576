#include "base/map.h"

#include <stdint.h>
#include <string.h>

void pc_map_init(pc_map *map, pc_arena *arena)
{
    memset(map, 0, sizeof *map);
    map->arena = arena;
}

static uint64_t mix(uint64_t value, uint64_t part)
{
    value = (value ^ part) * UINT64_C(0x9E3779B97F4A7C15);
    return value ^ value >> 32;
}

/* Eight bytes at a time. Keys come from schema tables, which are trusted not
 * to be chosen for their collisions. */
static size_t hash(const char *key, size_t length)
{
    uint64_t value = length;
    uint64_t part = 0;

    for (; length >= sizeof part; length -= sizeof part, key += sizeof part) {
        memcpy(&part, key, sizeof part);
        value = mix(value, part);
    }
    for (part = 0; length > 0; length--)
        part = part << 8 | (unsigned char)*key++;
    return (size_t)mix(value, part);
}

/* The slot that holds the key, or the empty one where it belongs. */
static pc_map_slot *find(pc_map_slot *slots, size_t capacity, const char *key,
                         size_t length)
{
    size_t at = hash(key, length) & (capacity - 1);

    while (slots[at].key != NULL && (slots[at].length != length ||
                                     memcmp(slots[at].key, key, length) != 0))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

bool pc_map_get(const pc_map *map, const char *key, size_t length,
                size_t *value)
{
    const pc_map_slot *slot;

    if (map->capacity == 0)
        return false;
    slot = find(map->slots, map->capacity, key, length);
    if (slot->key == NULL)
        return false;
    *value = slot->value;
    return true;
}

static bool grow(pc_map *map, size_t capacity)
{
    pc_map_slot *slots = pc_arena_array(map->arena, capacity, sizeof *slots);

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < map->capacity; i++) {
        const pc_map_slot *old = &map->slots[i];
        if (old->key != NULL)
            *find(slots, capacity, old->key, old->length) = *old;
    }
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

/* At most half of the slots are taken. */
bool pc_map_reserve(pc_map *map, size_t count)
{
    size_t capacity = map->capacity > 0 ? map->capacity : 16;

    while (capacity / 2 < count) {
        if (capacity > SIZE_MAX / 2)
            return false;
        capacity *= 2;
    }
    return capacity == map->capacity || grow(map, capacity);
}

bool pc_map_set(pc_map *map, const char *key, size_t length, size_t value)
{
    pc_map_slot *slot;

    if (!pc_map_reserve(map, map->count + 1))
        return false;
    slot = find(map->slots, map->capacity, key, length);
    if (slot->key == NULL) {
        slot->key = key;
        slot->length = length;
        map->count++;
    }
    slot->value = value;
    return true;
}
