#include "archive/kept.h"

#include <string.h>

/* ---- what is watched ----------------------------------------------------- */

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
        bool below = pc_rule_reaches(rule, PC_REACH_CHILDREN);
        bool before = pc_rule_reaches(rule, PC_REACH_PREVIOUS);
        bool yearly = pc_rule_reaches(rule, PC_REACH_YEAR_BEFORE);

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

bool pc_keeping_init(pc_keeping *k, pc_store *store,
                     const parcheck_schema *schema, bool explain, size_t most,
                     size_t ceiling)
{
    bool done;

    memset(k, 0, sizeof *k);
    k->store = store;
    k->schema = schema;
    /* Before the ceiling is reached, what may be forgotten is. */
    k->most = most < ceiling / 2 ? most : ceiling / 2;
    k->unit = PC_NONE;
    pc_arena_init(&k->arena, &store->arena.allocator);
    k->arena.maximum = ceiling;
    k->watches = pc_arena_array(&store->arena, schema->family_count,
                                sizeof *k->watches);
    done = k->watches != NULL;
    for (size_t i = 0; done && i < schema->family_count; i++)
        if (schema->families[i].role_count == 0)
            done = find_watched(&k->watches[i], &schema->families[i], explain,
                                &store->arena);
    return done;
}

void pc_keeping_free(pc_keeping *k)
{
    pc_arena_free(&k->arena);
}

bool pc_keeping_is_watching(const pc_keeping *k)
{
    for (size_t i = 0; i < k->schema->family_count; i++)
        if (k->watches[i].count > 0)
            return true;
    return false;
}

const pc_watch *pc_keeping_watch(const pc_keeping *k,
                                 const parcheck_edition *edition)
{
    return &k->watches[edition->family->index];
}

/* ---- the order of the input ---------------------------------------------- */

/* Whether submissions of two years may be compared. */
static bool are_compared(const pc_keeping *k, unsigned a, unsigned b)
{
    if (a == 0 || b == 0)
        return false; /* they have no place in time */
    return a == b || (k->yearly && (a + 1 == b || b + 1 == a));
}

static bool is_kept(const pc_keeping *k, size_t unit, unsigned year)
{
    const pc_kept *kept = pc_store_at(k->store, unit)->last;

    for (; kept != NULL; kept = kept->next)
        if (are_compared(k, pc_store_period_at(k->store, kept->period)->year,
                         year))
            return true;
    return false;
}

static bool is_forgotten(const pc_keeping *k, size_t unit, unsigned year)
{
    const pc_list *forgotten = &pc_store_at(k->store, unit)->forgotten;

    for (size_t i = 0; i < forgotten->count; i++)
        if (are_compared(k, ((const unsigned *)forgotten->data)[i], year))
            return true;
    return false;
}

static bool has_year(const pc_list *years, unsigned year)
{
    for (size_t i = 0; i < years->count; i++)
        if (((const unsigned *)years->data)[i] == year)
            return true;
    return false;
}

static bool add_year(pc_list *years, unsigned year, pc_arena *arena)
{
    unsigned *place;

    if (has_year(years, year))
        return true;
    place = pc_list_add(years, arena, sizeof *place);
    if (place != NULL)
        *place = year;
    return place != NULL;
}

static void note_unit(pc_keeping *k, size_t unit, unsigned year)
{
    if (unit == k->unit)
        k->units_together = k->units_together || year > 0;
    else if (!k->units_apart && year > 0)
        k->units_apart = is_kept(k, unit, year) || is_forgotten(k, unit, year);
}

/* What has no place in time belongs to the year it stands in. */
static bool note_year(pc_keeping *k, size_t unit, unsigned year)
{
    if (k->years_apart || year == 0)
        return true;
    if (year == k->year && k->years.count > 0) {
        k->years_together = k->years_together || unit != k->unit;
        return true;
    }
    k->years_apart = has_year(&k->years, year);
    return add_year(&k->years, year, &k->store->arena);
}

bool pc_keeping_begin(pc_keeping *k, size_t unit, size_t period, bool *over)
{
    unsigned year = pc_store_period_at(k->store, period)->year;
    bool by_unit;
    bool by_year;

    note_unit(k, unit, year);
    if (!note_year(k, unit, year))
        return false;
    by_unit = unit != k->unit && k->units_together && !k->units_apart;
    by_year = year > 0 && year != k->year && k->years_together &&
              !k->years_apart && !k->yearly;
    *over = k->arena.bytes >= k->most && !k->below && (by_unit || by_year);
    k->unit = unit;
    if (year > 0)
        k->year = year;
    return true;
}

/* ---- keeping ------------------------------------------------------------- */

bool pc_keeping_wants(const pc_keeping *k, const pc_group *group)
{
    return !k->full && group->edition != NULL && group->facts != NULL &&
           pc_keeping_watch(k, group->edition)->count > 0;
}

static pc_kept *make_kept(pc_keeping *k, size_t count)
{
    pc_kept *kept = pc_arena_alloc(
        &k->arena, sizeof *kept + count * sizeof kept->facts[0]);
    pc_kept **slot;

    if (kept == NULL)
        return NULL;
    slot = pc_list_add(&k->list, &k->arena, sizeof(*slot));
    if (slot == NULL)
        return NULL;
    *slot = kept;
    return kept;
}

bool pc_keeping_add(pc_keeping *k, size_t unit, size_t period,
                    const pc_group *group, const pc_kept **kept)
{
    const pc_watch *w = pc_keeping_watch(k, group->edition);
    pc_archive_unit *at = pc_store_at(k->store, unit);
    pc_kept *made = make_kept(k, w->count);

    *kept = made;
    k->full = k->arena.full;
    if (made == NULL)
        return k->full;
    made->unit = unit;
    made->period = period;
    made->line = group->line;
    made->edition = group->edition;
    for (size_t i = 0; i < w->count; i++)
        made->facts[i] = group->facts[w->symbols[i]];
    k->below = k->below || w->has_children;
    k->yearly = k->yearly || w->has_year_before;
    made->apart = (w->has_previous || w->has_year_before) &&
                  is_forgotten(k, unit,
                               pc_store_period_at(k->store, period)->year);
    made->next = at->last;
    at->last = made;
    return true;
}

bool pc_keeping_forget(pc_keeping *k)
{
    pc_kept **all = k->list.data;

    for (size_t i = 0; i < k->list.count; i++) {
        pc_archive_unit *at = pc_store_at(k->store, all[i]->unit);
        unsigned year = pc_store_period_at(k->store, all[i]->period)->year;

        at->last = NULL;
        if (year > 0 && !add_year(&at->forgotten, year, &k->store->arena))
            return false;
    }
    memset(&k->list, 0, sizeof k->list);
    pc_arena_free(&k->arena);
    return true;
}

const pc_kept *pc_kept_find(const pc_store *store, size_t unit, size_t period)
{
    const pc_kept *kept = pc_store_at(store, unit)->last;

    while (kept != NULL && kept->period != period)
        kept = kept->next;
    return kept;
}
