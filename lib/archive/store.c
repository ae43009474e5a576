#include "archive/store.h"

#include <string.h>

static void watch(pc_watch *w, const pc_operand *operand)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->symbols[i] == operand->symbol)
            return;
    w->symbols[w->count++] = operand->symbol;
}

/* All that the rules across submissions of a family name, of it itself. */
static bool find_watched(pc_watch *w, const parcheck_family *family,
                         pc_arena *arena)
{
    w->symbols = pc_arena_array(arena, family->symbols.count,
                                sizeof *w->symbols);
    if (w->symbols == NULL)
        return false;
    for (size_t i = 0; i < family->rule_count; i++) {
        const parcheck_rule *rule = &family->rules[i];

        for (size_t j = 0; rule->looks_across && j < rule->operand_count; j++)
            if (rule->operands[j]->reach != PC_REACH_ROLE)
                watch(w, rule->operands[j]);
    }
    return true;
}

bool pc_store_init(pc_store *store, const parcheck_schema *schema,
                   const parcheck_allocator *allocator)
{
    bool done;

    memset(store, 0, sizeof *store);
    store->schema = schema;
    pc_arena_init(&store->arena, allocator);
    pc_buffer_init(&store->scratch, allocator, SIZE_MAX / 8);
    pc_map_init(&store->unit_by_name, &store->arena);
    pc_map_init(&store->period_by_text, &store->arena);
    store->watches = pc_arena_array(&store->arena, schema->family_count,
                                    sizeof *store->watches);
    done = store->watches != NULL;
    for (size_t i = 0; done && i < schema->family_count; i++)
        if (schema->families[i].role_count == 0)
            done = find_watched(&store->watches[i], &schema->families[i],
                                &store->arena);
    return done;
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
    return (const pc_period *)store->periods.data + period;
}

bool pc_store_unit(pc_store *store, const char *name, size_t length,
                   size_t *unit)
{
    pc_archive_unit **slot;
    pc_archive_unit *made;

    name = length > 0 ? name : "";
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
    const char *key;
    pc_period *made;

    if (pc_map_get(&store->period_by_text, period->text, length, number))
        return true;
    *number = store->periods.count;
    key = pc_arena_copy(&store->arena, period->text, length);
    made = pc_list_add(&store->periods, &store->arena, sizeof *made);
    if (key == NULL || made == NULL)
        return false;
    *made = *period;
    return pc_map_set(&store->period_by_text, key, length, *number);
}

static bool grow_seen(pc_store *store, pc_archive_unit *unit, size_t words)
{
    uint32_t *seen;

    words = words < unit->seen_words * 2 ? unit->seen_words * 2 : words;
    seen = pc_arena_array(&store->arena, words, sizeof *seen);
    if (seen == NULL)
        return false;
    if (unit->seen_words > 0)
        memcpy(seen, unit->seen, unit->seen_words * sizeof *seen);
    unit->seen = seen;
    unit->seen_words = words;
    return true;
}

bool pc_store_end(pc_store *store, size_t unit, size_t period, bool *again)
{
    pc_archive_unit *at = pc_store_at(store, unit);
    uint32_t bit = UINT32_C(1) << period % 32;

    if (period / 32 >= at->seen_words &&
        !grow_seen(store, at, period / 32 + 1))
        return false;
    *again = (at->seen[period / 32] & bit) != 0;
    at->seen[period / 32] |= bit;
    return true;
}

bool pc_store_keep(pc_store *store, size_t unit, size_t period,
                   const pc_group *group)
{
    const pc_watch *w;
    pc_kept *kept;
    pc_kept **slot;

    if (group->edition == NULL || group->facts == NULL)
        return true;
    w = &store->watches[group->edition->family->index];
    if (w->count == 0)
        return true;
    kept = pc_arena_alloc(&store->arena,
                          sizeof *kept + w->count * sizeof kept->facts[0]);
    slot = pc_list_add(&store->kept, &store->arena, sizeof(*slot));
    if (kept == NULL || slot == NULL)
        return false;
    *slot = kept;
    kept->unit = unit;
    kept->period = period;
    kept->line = group->line;
    kept->edition = group->edition;
    for (size_t i = 0; i < w->count; i++)
        kept->facts[i] = group->facts[w->symbols[i]];
    kept->next = pc_store_at(store, unit)->last;
    pc_store_at(store, unit)->last = kept;
    return true;
}

const pc_kept *pc_store_find(const pc_store *store, size_t unit, size_t period)
{
    const pc_kept *kept = pc_store_at(store, unit)->last;

    while (kept != NULL && kept->period != period)
        kept = kept->next;
    return kept;
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
                        &number))
            continue;
        unit->next_sibling = pc_store_at(store, unit->parent)->first_child;
        pc_store_at(store, unit->parent)->first_child = number;
    }
    return true;
}
