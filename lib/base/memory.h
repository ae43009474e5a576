/* Allocation through the caller's allocator, and an arena over it. */
#ifndef PC_BASE_MEMORY_H
#define PC_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "parcheck/parcheck.h"

/* Of a function that what is always done would pay for if it were a part of
 * it. */
#define PC_NOT_INLINE __attribute__((noinline))

/* The caller's allocator, or the C library's if it is NULL. */
parcheck_allocator pc_allocator(const parcheck_allocator *given);

/* NULL if there is no memory; then `block` stays valid. */
void *pc_resize(const parcheck_allocator *allocator, void *block, size_t size);
void pc_release(const parcheck_allocator *allocator, void *block);

/* Many small blocks that are given back together. */
typedef struct pc_arena_block pc_arena_block;
typedef struct pc_arena {
    parcheck_allocator allocator;
    pc_arena_block *blocks;
    size_t bytes;   /* that were taken from it */
    size_t maximum; /* of them; SIZE_MAX unless it is set */
    bool full;      /* more were asked for, and not given */
} pc_arena;

void pc_arena_init(pc_arena *arena, const parcheck_allocator *allocator);
void pc_arena_free(pc_arena *arena);

/* Zeroed memory, aligned for any type; NULL if there is none. */
void *pc_arena_alloc(pc_arena *arena, size_t size);
/* `count` zeroed elements; NULL also if the product is too large. */
void *pc_arena_array(pc_arena *arena, size_t count, size_t size);
/* A terminated copy of `length` bytes. */
char *pc_arena_copy(pc_arena *arena, const char *bytes, size_t length);
char *pc_arena_string(pc_arena *arena, const char *text);

/*
 * A growing array of equal elements that lives in an arena. Growing leaves
 * the old elements behind in the arena, so pointers to elements stay valid
 * to read; but only the newest copy is written through `data`.
 */
typedef struct pc_list {
    void *data;
    size_t count;
    size_t capacity;
} pc_list;

/* Makes room for `capacity` elements in all; false if there is no memory. */
bool pc_list_reserve(pc_list *list, pc_arena *arena, size_t capacity,
                     size_t size);
/* Adds a zeroed element and returns it; NULL if there is no memory. */
void *pc_list_add(pc_list *list, pc_arena *arena, size_t size);

/* Sorts in place; equal elements may change places, so `compare` must tell
 * all elements apart. Needs no memory. */
void pc_sort(void *data, size_t count, size_t size,
             int (*compare)(const void *, const void *));

#endif
