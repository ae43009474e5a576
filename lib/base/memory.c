#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };
enum { FIRST_ROOM = 2 }; /* of a list: most stay short */

struct pc_arena_block {
    pc_arena_block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

static void *libc_resize(void *context, void *block, size_t size)
{
    (void)context;
    return realloc(block, size);
}

static void libc_release(void *context, void *block)
{
    (void)context;
    free(block);
}

parcheck_allocator pc_allocator(const parcheck_allocator *given)
{
    parcheck_allocator libc = {libc_resize, libc_release, NULL};

    return given != NULL ? *given : libc;
}

void *pc_resize(const parcheck_allocator *allocator, void *block, size_t size)
{
    return allocator->resize(allocator->context, block, size > 0 ? size : 1);
}

void pc_release(const parcheck_allocator *allocator, void *block)
{
    if (block != NULL)
        allocator->release(allocator->context, block);
}

void pc_arena_init(pc_arena *arena, const parcheck_allocator *allocator)
{
    arena->allocator = *allocator;
    arena->blocks = NULL;
    arena->bytes = 0;
    arena->maximum = SIZE_MAX;
    arena->full = false;
}

void pc_arena_free(pc_arena *arena)
{
    pc_arena_block *block = arena->blocks;

    while (block != NULL) {
        pc_arena_block *next = block->next;
        pc_release(&arena->allocator, block);
        block = next;
    }
    arena->blocks = NULL;
    arena->bytes = 0;
}

/* A block with room for `size` bytes in front of the others. Blocks double
 * in size so that a small run stays small and a large one is not slow. */
static pc_arena_block *add_block(pc_arena *arena, size_t size)
{
    size_t room = FIRST_BLOCK;
    pc_arena_block *block;

    if (arena->blocks != NULL)
        room = arena->blocks->size < LARGEST_BLOCK ? arena->blocks->size * 2
                                                   : LARGEST_BLOCK;
    if (room < size)
        room = size;
    if (room > SIZE_MAX - sizeof *block)
        return NULL;
    block = pc_resize(&arena->allocator, NULL, sizeof *block + room);
    if (block == NULL)
        return NULL;
    block->next = arena->blocks;
    block->used = 0;
    block->size = room;
    arena->blocks = block;
    return block;
}

/* Aligned, but not zeroed. */
static void *take(pc_arena *arena, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    pc_arena_block *block = arena->blocks;
    void *result;

    if (size > SIZE_MAX - unit)
        return NULL;
    size = (size + unit - 1) / unit * unit;
    if (size > arena->maximum - arena->bytes) {
        arena->full = true;
        return NULL;
    }
    if (block == NULL || block->size - block->used < size)
        block = add_block(arena, size);
    if (block == NULL)
        return NULL;
    result = (char *)block->data + block->used;
    block->used += size;
    arena->bytes += size;
    return result;
}

void *pc_arena_alloc(pc_arena *arena, size_t size)
{
    void *result = take(arena, size);

    if (result != NULL)
        memset(result, 0, size);
    return result;
}

void *pc_arena_array(pc_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return pc_arena_alloc(arena, count * size);
}

char *pc_arena_copy(pc_arena *arena, const char *bytes, size_t length)
{
    char *copy;

    if (length == SIZE_MAX)
        return NULL;
    copy = take(arena, length + 1);
    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *pc_arena_string(pc_arena *arena, const char *text)
{
    return pc_arena_copy(arena, text, strlen(text));
}

bool pc_list_reserve(pc_list *list, pc_arena *arena, size_t capacity,
                     size_t size)
{
    size_t used = list->count * size;
    char *data;

    if (capacity <= list->capacity)
        return true;
    if (size != 0 && capacity > SIZE_MAX / size)
        return false;
    data = take(arena, capacity * size);
    if (data == NULL)
        return false;
    if (used > 0)
        memcpy(data, list->data, used);
    memset(data + used, 0, capacity * size - used);
    list->data = data;
    list->capacity = capacity;
    return true;
}

void *pc_list_add(pc_list *list, pc_arena *arena, size_t size)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity > 0 ? list->capacity * 2 : FIRST_ROOM;

        if (capacity < list->capacity ||
            !pc_list_reserve(list, arena, capacity, size))
            return NULL;
    }
    return (char *)list->data + list->count++ * size;
}

static void swap(char *a, char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

/* Lets the element at `root` sink to its place in a heap of `count`. */
static void sink(char *data, size_t root, size_t count, size_t size,
                 int (*compare)(const void *, const void *))
{
    for (;;) {
        size_t child = 2 * root + 1;

        if (child >= count)
            return;
        if (child + 1 < count &&
            compare(data + child * size, data + (child + 1) * size) < 0)
            child++;
        if (compare(data + root * size, data + child * size) >= 0)
            return;
        swap(data + root * size, data + child * size, size);
        root = child;
    }
}

/* Heapsort: no memory, and no input makes it slow. */
void pc_sort(void *data, size_t count, size_t size,
             int (*compare)(const void *, const void *))
{
    char *bytes = data;

    for (size_t i = count / 2; i > 0; i--)
        sink(bytes, i - 1, count, size, compare);
    for (size_t end = count; end > 1; end--) {
        swap(bytes, bytes + (end - 1) * size, size);
        sink(bytes, 0, end - 1, size, compare);
    }
}
