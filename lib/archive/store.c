#include "archive/store.h"

#include <string.h>

#include "text/charset.h"

static bool uses(const parcheck_rule *rule, pc_reach reach)
{
    for (size_t i = 0; i < rule->operand_count; i++)
        if (rule->operands[i]->reach == reach)
            return true;
    return false;
}

/* Kept are the symbols that are marked. */
static void mark_named(bool *marked, const parcheck_rule *rule)
{
    for (size_t i = 0; i < rule->operand_count; i++)
        if (rule->operands[i]->reach != PC_REACH_ROLE)
            marked[rule->operands[i]->symbol] = true;
}

static size_t count_marked(const bool *marked, const parcheck_rule *rule)
{
    size_t count = 0;

    for (size_t i = 0; i < rule->operand_count; i++)
        count += rule->operands[i]->reach != PC_REACH_ROLE &&
                 marked[rule->operands[i]->symbol];
    return count;
}

static size_t count_named(const parcheck_rule *rule)
{
    size_t count = 0;

    for (size_t i = 0; i < rule->operand_count; i++)
        count += rule->operands[i]->reach != PC_REACH_ROLE;
    return count;
}

/* Marks what rules connect with the marked ones, over any number of rules. */
static void mark_connected(bool *marked, const parcheck_family *family)
{
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < family->rule_count; i++) {
            const parcheck_rule *rule = &family->rules[i];
            size_t count = count_marked(marked, rule);

            if (count == 0 || count == count_named(rule))
                continue;
            mark_named(marked, rule);
            again = true;
        }
    }
}

/* Which rules can be judged on what is kept. A rule by two of the words, such
 * as over the units below and the period before, cannot be where a unit is
 * only looked at. */
static void find_judged(pc_watch *w, const parcheck_family *family,
                        const bool *marked, bool *broken)
{
    for (size_t i = 0; i < family->rule_count; i++) {
        const parcheck_rule *rule = &family->rules[i];
        size_t count = count_marked(marked, rule);
        bool below = uses(rule, PC_REACH_CHILDREN);
        bool before = uses(rule, PC_REACH_PREVIOUS);
        bool yearly = uses(rule, PC_REACH_YEAR_BEFORE);

        w->has_children = w->has_children || below;
        w->has_previous = w->has_previous || before;
        w->has_year_before = w->has_year_before || yearly;
        w->judged[i] = count > 0 && count == count_named(rule);
        w->of_above[i] = w->judged[i] && below && !before && !yearly;
        w->of_next[i] = w->judged[i] && before != yearly && !below;
        if (count > 0 && (!w->judged[i] || below + before + yearly > 1))
            mark_named(broken, rule);
    }
}

static bool find_watched(pc_watch *w, const parcheck_family *family,
                         bool explain, pc_arena *arena)
{
    size_t symbols = family->symbols.count;
    bool *marked = pc_arena_array(arena, 2 * symbols + 3 * family->rule_count,
                                  sizeof *marked);
    bool *broken = marked + symbols;
    bool below = false;

    w->symbols = pc_arena_array(arena, symbols, sizeof *w->symbols);
    w->whole = pc_arena_array(arena, symbols, sizeof *w->whole);
    if (marked == NULL || w->symbols == NULL || w->whole == NULL)
        return false;
    w->judged = broken + symbols;
    w->of_above = w->judged + family->rule_count;
    w->of_next = w->of_above + family->rule_count;
    for (size_t i = 0; i < family->rule_count; i++) {
        if (family->rules[i].looks_across)
            mark_named(marked, &family->rules[i]);
        below = below || family->rules[i].uses_children;
    }
    if (explain && below)
        mark_connected(marked, family);
    find_judged(w, family, marked, broken);
    for (size_t i = 0; i < symbols; i++) {
        if (!marked[i])
            continue;
        w->whole[w->count] = !broken[i];
        w->symbols[w->count++] = i;
    }
    return true;
}

bool pc_store_init(pc_store *store, const parcheck_schema *schema, bool explain,
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
                                explain, &store->arena);
    return done;
}

void pc_store_free(pc_store *store)
{
    pc_buffer_free(&store->scratch);
    pc_arena_free(&store->arena);
}

bool pc_store_is_watching(const pc_store *store)
{
    for (size_t i = 0; i < store->schema->family_count; i++)
        if (store->watches[i].count > 0)
            return true;
    return false;
}

pc_archive_unit *pc_store_at(const pc_store *store, size_t unit)
{
    return ((pc_archive_unit **)store->units.data)[unit];
}

const pc_period *pc_store_period_at(const pc_store *store, size_t period)
{
    return (const pc_period *)store->periods.data + period;
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
