#include "archive/store.h"

#include <string.h>

#include "text/charset.h"

void pc_store_init(pc_store *store, const parcheck_allocator *allocator)
{
    memset(store, 0, sizeof *store);
    pc_arena_init(&store->arena, allocator);
    pc_buffer_init(&store->scratch, allocator, SIZE_MAX / 8);
    pc_map_init(&store->unit_by_name, &store->arena);
    pc_map_init(&store->period_by_text, &store->arena);
}

void pc_store_free(pc_store *store)
{
    pc_buffer_free(&store->scratch);
    pc_arena_free(&store->arena);
}

pc_archive_unit *pc_store_at(const pc_store *store, size_t unit)
{
    return ((pc_archive_unit **)store->units.data)[unit];
}

const pc_period *pc_store_period_at(const pc_store *store, size_t period)
{
    return &((pc_archive_period **)store->periods.data)[period]->period;
}

/* As it is shown wherever it is written. */
static bool make_text(pc_store *store, const char **name, size_t *length)
{
    pc_buffer *text = &store->scratch;
    pc_bad_bytes bad;

    pc_buffer_clear(text);
    if (pc_charset_decode(PC_UTF_8, *name, *length, text, &bad) !=
        PC_CHARSET_OK)
        return false;
    *name = text->data;
    *length = text->length;
    return true;
}

bool pc_store_unit(pc_store *store, const char *name, size_t length,
                   size_t *unit)
{
    pc_archive_unit **slot;
    pc_archive_unit *made;

    name = length > 0 ? name : "";
    if (pc_utf_8_front(name, length) < length &&
        !make_text(store, &name, &length))
        return false;
    if (pc_map_get(&store->unit_by_name, name, length, unit))
        return true;
    *unit = store->units.count;
    made = pc_arena_alloc(&store->arena, sizeof *made);
    slot = pc_list_add(&store->units, &store->arena, sizeof(*slot));
    if (made == NULL || slot == NULL)
        return false;
    *slot = made;
    made->name = pc_arena_copy(&store->arena, name, length);
    made->length = length;
    made->parent = made->first_child = made->next_sibling = PC_NONE;
    return made->name != NULL &&
           pc_map_set(&store->unit_by_name, made->name, length, *unit);
}

bool pc_store_period(pc_store *store, const pc_period *period, size_t *number)
{
    size_t length = strlen(period->text);
    pc_archive_period **slot;
    pc_archive_period *made;

    if (pc_map_get(&store->period_by_text, period->text, length, number))
        return true;
    *number = store->periods.count;
    made = pc_arena_alloc(&store->arena, sizeof *made);
    slot = pc_list_add(&store->periods, &store->arena, sizeof(*slot));
    if (made == NULL || slot == NULL)
        return false;
    made->period = *period;
    *slot = made;
    return pc_map_set(&store->period_by_text, made->period.text, length,
                      *number);
}

bool pc_store_tell_period(pc_store *store, size_t period)
{
    pc_archive_period *at = ((pc_archive_period **)store->periods.data)[period];
    bool first = !at->told;

    at->told = true;
    return first;
}

/* The place of a number among those of the unit, or where it is to be. */
static size_t find_seen(const pc_archive_unit *unit, uint32_t number)
{
    const pc_seen *seen = unit->seen.data;
    size_t from = 0;
    size_t to = unit->seen.count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (seen[middle].number < number)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool add_seen(pc_store *store, pc_archive_unit *unit, size_t place,
                     uint32_t number)
{
    size_t count = unit->seen.count;
    pc_seen *seen;

    /* Most units never have a second one. */
    if ((count == unit->seen.capacity &&
         !pc_list_reserve(&unit->seen, &store->arena, count > 0 ? 2 * count : 1,
                          sizeof *seen)) ||
        pc_list_add(&unit->seen, &store->arena, sizeof *seen) == NULL)
        return false;
    seen = unit->seen.data;
    memmove(seen + place + 1, seen + place, (count - place) * sizeof *seen);
    seen[place] = (pc_seen){number, 0};
    return true;
}

bool pc_store_end(pc_store *store, size_t unit, size_t period, bool *again)
{
    pc_archive_unit *at = pc_store_at(store, unit);
    uint32_t number = (uint32_t)(period / 32);
    uint32_t bit = UINT32_C(1) << period % 32;
    size_t place = find_seen(at, number);
    pc_seen *seen = at->seen.data;

    if (place == at->seen.count || seen[place].number != number) {
        if (!add_seen(store, at, place, number))
            return false;
        seen = at->seen.data;
    }
    *again = (seen[place].bits & bit) != 0;
    seen[place].bits |= bit;
    return true;
}

bool pc_store_has_ended(const pc_store *store, size_t unit, size_t period)
{
    const pc_archive_unit *at = pc_store_at(store, unit);
    const pc_seen *seen = at->seen.data;
    size_t place = find_seen(at, (uint32_t)(period / 32));

    return place < at->seen.count &&
           seen[place].number == (uint32_t)(period / 32) &&
           (seen[place].bits & UINT32_C(1) << period % 32) != 0;
}

static int compare_names(const void *left, const void *right)
{
    const pc_archive_unit *a = *(const pc_archive_unit *const *)left;
    const pc_archive_unit *b = *(const pc_archive_unit *const *)right;

    return strcmp(a->name, b->name);
}

/* From the last name to the first, so that each list begins with the first. */
bool pc_store_link(pc_store *store)
{
    size_t count = store->units.count;
    pc_archive_unit **order = pc_arena_array(&store->arena, count,
                                             sizeof(*order));

    if (order == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        order[i] = pc_store_at(store, i);
        order[i]->first_child = order[i]->next_sibling = PC_NONE;
    }
    pc_sort(order, count, sizeof(*order), compare_names);
    for (size_t i = count; i > 0; i--) {
        pc_archive_unit *unit = order[i - 1];
        size_t number;

        if (unit->parent == PC_NONE ||
            !pc_map_get(&store->unit_by_name, unit->name, unit->length,
                        &number) ||
            unit->parent == number)
            continue;
        unit->next_sibling = pc_store_at(store, unit->parent)->first_child;
        pc_store_at(store, unit->parent)->first_child = number;
    }
    return true;
}
