#include "archive/rollup.h"

#include <string.h>

/* ---- memory -------------------------------------------------------------- */

void pc_rollup_init(pc_rollup *rollup, const pc_rollup_options *options,
                    pc_on_rolled on_rolled, void *context,
                    const parcheck_allocator *allocator)
{
    memset(rollup, 0, sizeof *rollup);
    rollup->options = *options;
    rollup->on_rolled = on_rolled;
    rollup->context = context;
    pc_arena_init(&rollup->arena, allocator);
    pc_map_init(&rollup->by_key, &rollup->arena);
    pc_map_init(&rollup->by_gaps, &rollup->arena);
    rollup->wides.arena = &rollup->arena;
}

void pc_rollup_free(pc_rollup *rollup)
{
    pc_arena_free(&rollup->arena);
}

/* Memory that counts. NULL without memory and at the ceiling (`over`). */
static void *get(pc_rollup *rollup, size_t size)
{
    if (size > rollup->options.bytes - rollup->bytes) {
        rollup->over = true;
        return NULL;
    }
    rollup->bytes += size;
    return pc_arena_alloc(&rollup->arena, size);
}

/* ---- cells without a value ----------------------------------------------- */

static bool is_added(parcheck_kind kind)
{
    return kind == PARCHECK_COUNT || kind == PARCHECK_AMOUNT;
}

/* The gaps as they are kept: mostly they are those of another submission. */
static const pc_gaps *keep_gaps(pc_rollup *rollup)
{
    size_t bytes = rollup->scratch.count * sizeof(pc_gap);
    const char *key = rollup->scratch.data;
    pc_gaps **slot;
    pc_gaps *gaps;
    size_t index;

    if (pc_map_get(&rollup->by_gaps, key, bytes, &index))
        return ((pc_gaps **)rollup->gaps.data)[index];
    gaps = get(rollup, sizeof *gaps + bytes);
    slot = gaps != NULL
               ? pc_list_add(&rollup->gaps, &rollup->arena, sizeof(*slot))
               : NULL;
    if (slot == NULL)
        return NULL;
    *slot = gaps;
    gaps->count = rollup->scratch.count;
    gaps->gaps = (pc_gap *)(gaps + 1);
    memcpy(gaps->gaps, key, bytes);
    if (!pc_map_set(&rollup->by_gaps, (const char *)gaps->gaps, bytes,
                    rollup->gaps.count - 1))
        return NULL;
    return gaps;
}

static bool note_gap(pc_rollup *rollup, size_t symbol,
                     const pc_quick_fact *fact)
{
    pc_gap *gap = pc_list_add(&rollup->scratch, &rollup->arena, sizeof *gap);

    if (gap == NULL)
        return false;
    memset(gap, 0, sizeof *gap);
    gap->symbol = (uint32_t)symbol;
    gap->state = fact->state;
    gap->line = fact->state != PC_FACT_MISSING ? fact->line : 0;
    return true;
}

/* ---- submissions --------------------------------------------------------- */

/* A row of one submission into the sums. */
static bool add_fact(pc_rollup *rollup, pc_part *part,
                     const parcheck_indicator *row, const pc_quick_fact *fact)
{
    pc_total *total = &part->totals[row->symbol];
    const pc_decimal value = {fact->value, fact->scale};

    total->present = total->present || fact->state != PC_FACT_MISSING;
    if (!is_added(row->kind)) {
        total->count += fact->state == PC_FACT_VALUE;
        return true;
    }
    if (fact->state == PC_FACT_VALUE)
        return pc_total_add(total, value, &rollup->wides);
    return note_gap(rollup, row->symbol, fact);
}

static pc_part *find_part(pc_rollup *rollup, pc_tally *tally,
                          const parcheck_edition *edition)
{
    pc_part *part = tally->parts;

    while (part != NULL && part->edition != edition)
        part = part->next;
    if (part != NULL)
        return part;
    part = get(rollup, sizeof *part + edition->family->symbols.count *
                                          sizeof part->totals[0]);
    if (part == NULL)
        return NULL;
    part->edition = edition;
    part->next = tally->parts;
    tally->parts = part;
    return part;
}

static bool add_facts(pc_rollup *rollup, pc_tally *tally, pc_share *share,
                      const pc_quick_fact *facts)
{
    const parcheck_edition *edition = share->edition;
    pc_part *part = find_part(rollup, tally, edition);

    if (part == NULL)
        return false;
    part->count++;
    rollup->scratch.count = 0;
    for (size_t i = 0; i < edition->count; i++) {
        const parcheck_indicator *row = &edition->indicators[i];

        if (!add_fact(rollup, part, row, &facts[row->symbol]))
            return false;
    }
    if (rollup->scratch.count == 0)
        return true;
    share->gaps = keep_gaps(rollup);
    return share->gaps != NULL;
}

static pc_share *add_share(pc_rollup *rollup, pc_tally *tally, size_t unit,
                           size_t line)
{
    pc_share *share = get(rollup, sizeof *share);

    if (share == NULL)
        return NULL;
    share->unit = unit;
    share->line = line;
    share->next = tally->shares;
    tally->shares = share;
    if (tally->line == 0 || line < tally->line)
        tally->line = line;
    return share;
}

static pc_tally *make_tally(pc_rollup *rollup, pc_list *list, size_t unit,
                            size_t period)
{
    pc_tally *tally = get(rollup, sizeof *tally);
    pc_tally **slot = tally != NULL
                          ? pc_list_add(list, &rollup->arena, sizeof(*slot))
                          : NULL;

    if (slot == NULL)
        return NULL;
    *slot = tally;
    tally->unit = unit;
    tally->period = period;
    return tally;
}

pc_tally *pc_tally_find(const pc_rollup *rollup, size_t unit, size_t period)
{
    const size_t key[2] = {unit, period};
    size_t index;

    if (!pc_map_get(&rollup->by_key, (const char *)key, sizeof key, &index))
        return NULL;
    return ((pc_tally **)rollup->tallies.data)[index];
}

/* The tally, a new one the first time. */
static pc_tally *tally_of(pc_rollup *rollup, size_t unit, size_t period)
{
    const size_t key[2] = {unit, period};
    pc_tally *tally = pc_tally_find(rollup, unit, period);
    const char *copy;

    if (tally != NULL)
        return tally;
    tally = make_tally(rollup, &rollup->tallies, unit, period);
    copy = pc_arena_copy(&rollup->arena, (const char *)key, sizeof key);
    if (tally == NULL || copy == NULL ||
        !pc_map_set(&rollup->by_key, copy, sizeof key,
                    rollup->tallies.count - 1))
        return NULL;
    return tally;
}

static bool is_usable(const pc_group *group)
{
    return group->edition != NULL && group->facts != NULL &&
           group->edition->family->role_count == 0;
}

static bool take(pc_rollup *rollup, pc_tally *tally, size_t unit,
                 const pc_group *group)
{
    pc_share *share;

    if (tally == NULL)
        return false;
    share = add_share(rollup, tally, unit, group->line);
    if (share == NULL || !is_usable(group))
        return share != NULL;
    share->edition = group->edition;
    return add_facts(rollup, tally, share, group->facts);
}

/*
 * Rows that nobody has read may be of any unit and period, also of others than
 * those of the submission that they stand among: without them no total is known
 * to be whole.
 */
void pc_rollup_look(pc_rollup *rollup, const pc_told *told)
{
    const parcheck_finding *all = told->findings.list.data;

    for (size_t i = 0; i < told->findings.list.count; i++) {
        if (rollup->ceiling_line != 0 || (all[i].code != PC_LIMIT_FIELD &&
                                          all[i].code != PC_LIMIT_SUBMISSION))
            continue;
        rollup->ceiling = all[i].code;
        rollup->ceiling_line = all[i].line;
    }
}

size_t pc_parent_of(const pc_run *run, size_t unit)
{
    size_t parent = pc_store_at(&run->store, unit)->parent;

    return parent != unit ? parent : PC_NONE;
}

/* Whether a unit above it may still be named. */
static bool may_wait(const pc_run *run, size_t unit)
{
    return run->archive.columns[PC_COLUMN_PARENT] != PC_NONE &&
           !pc_store_at(&run->store, unit)->placed;
}

bool pc_rollup_take(pc_rollup *rollup, const pc_run *run, size_t unit,
                    size_t period, const pc_group *group)
{
    size_t parent = pc_parent_of(run, unit);
    pc_tally *tally;

    if (rollup->over ||
        (rollup->options.period != NULL &&
         strcmp(rollup->options.period, group->period.text) != 0))
        return true;
    if (parent == PC_NONE && !may_wait(run, unit))
        return true;
    if (parent != PC_NONE)
        tally = tally_of(rollup, parent, period);
    else
        tally = make_tally(rollup, &rollup->waiting, unit, period);
    if (take(rollup, tally, unit, group))
        return true;
    if (!rollup->over)
        return false;
    /* There will be no totals: what was added so far is in the way only. */
    pc_arena_free(&rollup->arena);
    pc_arena_init(&rollup->arena, &run->allocator);
    return true;
}

/* ---- from below to above ------------------------------------------------- */

static bool join(pc_rollup *rollup, pc_part *part, const pc_part *other)
{
    const parcheck_edition *edition = other->edition;

    for (size_t i = 0; i < edition->count; i++) {
        size_t symbol = edition->indicators[i].symbol;

        if (!pc_total_join(&part->totals[symbol], &other->totals[symbol],
                           &rollup->wides))
            return false;
    }
    part->count++;
    return true;
}

/* What waited for a unit above that was named further down. */
static bool place_waiting(pc_rolling *r)
{
    pc_rollup *rollup = r->rollup;

    for (size_t i = 0; i < rollup->waiting.count; i++) {
        const pc_tally *from = ((pc_tally **)rollup->waiting.data)[i];
        size_t parent = pc_parent_of(r->run, from->unit);
        pc_tally *to;
        pc_part *part;

        if (parent == PC_NONE)
            continue;
        to = tally_of(rollup, parent, from->period);
        if (to == NULL)
            return false;
        from->shares->next = to->shares;
        to->shares = from->shares;
        if (to->line == 0 || from->line < to->line)
            to->line = from->line;
        if (from->parts == NULL)
            continue;
        part = find_part(rollup, to, from->parts->edition);
        if (part == NULL || !join(rollup, part, from->parts))
            return false;
    }
    return true;
}

void pc_mark_shares(pc_rolling *r, const pc_tally *tally)
{
    for (pc_share *s = tally->shares; s != NULL; s = s->next)
        r->share_of[s->unit] = s;
}

void pc_unmark_shares(pc_rolling *r, const pc_tally *tally)
{
    for (pc_share *s = tally->shares; s != NULL; s = s->next)
        r->share_of[s->unit] = NULL;
}

bool pc_is_addable(const parcheck_indicator *row, const parcheck_edition *other)
{
    const parcheck_indicator *theirs = pc_edition_row(other, row->symbol);

    return theirs != NULL && (row->kind != PARCHECK_AMOUNT ||
                              strcmp(row->unit, theirs->unit) == 0);
}

/* An order of editions that does not depend on the input. */
static bool stands_before(const parcheck_edition *a, const parcheck_edition *b)
{
    if (a->family != b->family)
        return a->family->index < b->family->index;
    return strcmp(a->name, b->name) < 0;
}

/* The edition of most submissions. */
static pc_part *choose(const pc_tally *tally)
{
    pc_part *best = tally->parts;

    for (pc_part *part = best; part != NULL; part = part->next)
        if (part->count > best->count ||
            (part->count == best->count &&
             stands_before(part->edition, best->edition)))
            best = part;
    return best;
}

/* The same indicators in other editions count as well. */
static bool join_editions(pc_rollup *rollup, pc_tally *tally)
{
    pc_part *total = tally->total;
    const parcheck_edition *edition = total->edition;

    for (const pc_part *part = tally->parts; part != NULL; part = part->next) {
        if (part == total || part->edition->family != edition->family)
            continue;
        for (size_t i = 0; i < edition->count; i++) {
            const parcheck_indicator *row = &edition->indicators[i];

            if (pc_is_addable(row, part->edition) &&
                !pc_total_join(&total->totals[row->symbol],
                               &part->totals[row->symbol], &rollup->wides))
                return false;
        }
    }
    return true;
}

/* A unit that has sent nothing stands for the units below it. */
static bool add_below(pc_rolling *r, size_t unit, size_t period, size_t child)
{
    const pc_tally *from = pc_tally_find(r->rollup, child, period);
    pc_tally *to;
    pc_share *share;
    pc_part *part;

    if (pc_store_at(&r->run->store, child)->cut || from == NULL ||
        from->total == NULL)
        return true;
    to = tally_of(r->rollup, unit, period);
    if (to == NULL)
        return false;
    share = add_share(r->rollup, to, child, from->line);
    if (share == NULL)
        return false;
    share->edition = from->total->edition;
    share->from_below = true;
    part = find_part(r->rollup, to, share->edition);
    return part != NULL && join(r->rollup, part, from->total);
}

static bool add_all_below(pc_rolling *r, size_t unit, size_t period)
{
    const pc_store *store = &r->run->store;
    const pc_tally *before = pc_tally_find(r->rollup, unit, period);
    pc_tally *tally;
    bool done = true;

    if (before != NULL)
        pc_mark_shares(r, before);
    for (size_t child = pc_store_at(store, unit)->first_child;
         done && child != PC_NONE;
         child = pc_store_at(store, child)->next_sibling) {
        const pc_share *own = r->share_of[child];

        if (child != unit && (own == NULL || own->edition == NULL))
            done = add_below(r, unit, period, child);
    }
    if (before != NULL)
        pc_unmark_shares(r, before);
    tally = done ? pc_tally_find(r->rollup, unit, period) : NULL;
    if (tally == NULL || tally->parts == NULL)
        return done;
    tally->total = choose(tally);
    return join_editions(r->rollup, tally) && pc_rollup_mark_uneven(r, tally);
}

/* ---- the order of units and periods -------------------------------------- */

typedef struct named {
    const char *name;
    size_t number;
} named;

static int compare_named(const void *left, const void *right)
{
    return strcmp(((const named *)left)->name, ((const named *)right)->name);
}

/* All units, by name. */
static named *sort_units(pc_rolling *r)
{
    size_t count = r->run->store.units.count;
    named *all = pc_arena_array(&r->arena, count, sizeof *all);

    for (size_t i = 0; all != NULL && i < count; i++) {
        all[i].name = pc_store_at(&r->run->store, i)->name;
        all[i].number = i;
    }
    if (all != NULL)
        pc_sort(all, count, sizeof *all, compare_named);
    return all;
}

typedef struct timed {
    const pc_period *period;
    size_t number;
} timed;

static int compare_timed(const void *left, const void *right)
{
    const pc_period *a = ((const timed *)left)->period;
    const pc_period *b = ((const timed *)right)->period;

    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    return strcmp(a->text, b->text);
}

static bool sort_periods(pc_rolling *r)
{
    size_t count = r->run->store.periods.count;
    timed *all = pc_arena_array(&r->arena, count, sizeof *all);

    r->by_time = pc_arena_array(&r->arena, count, sizeof *r->by_time);
    if (all == NULL || r->by_time == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        all[i].period = pc_store_period_at(&r->run->store, i);
        all[i].number = i;
    }
    pc_sort(all, count, sizeof *all, compare_timed);
    for (size_t i = 0; i < count; i++)
        r->by_time[all[i].number] = i;
    return true;
}

/* The unit that totals go further up to. */
static size_t above(const pc_run *run, size_t unit)
{
    return pc_store_at(&run->store, unit)->cut ? PC_NONE
                                               : pc_parent_of(run, unit);
}

/* Sets how many units stand above one, and one more, in `depth`; units above
 * one that is known (not 0) are looked at once. */
static void find_depth(const pc_rolling *r, size_t *depth, size_t *way,
                       size_t unit)
{
    size_t steps = 0;
    size_t known;

    while (unit != PC_NONE && depth[unit] == 0) {
        way[steps++] = unit;
        unit = above(r->run, unit);
    }
    known = unit != PC_NONE ? depth[unit] : 0;
    while (steps > 0)
        depth[way[--steps]] = ++known;
}

typedef struct deep {
    size_t depth;
    size_t name; /* its rank */
    size_t number;
} deep;

static int compare_deep(const void *left, const void *right)
{
    const deep *a = left;
    const deep *b = right;

    if (a->depth != b->depth)
        return a->depth > b->depth ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

static bool sort_by_depth(pc_rolling *r, const size_t *depth)
{
    size_t count = r->run->store.units.count;
    deep *all = pc_arena_array(&r->arena, count, sizeof *all);

    r->by_depth = pc_arena_array(&r->arena, count, sizeof *r->by_depth);
    if (all == NULL || r->by_depth == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        all[i].depth = depth[i];
        all[i].name = r->by_name[i];
        all[i].number = i;
    }
    pc_sort(all, count, sizeof *all, compare_deep);
    for (size_t i = 0; i < count; i++)
        r->by_depth[all[i].number] = i;
    return true;
}

static bool sort(pc_rolling *r)
{
    const pc_store *store = &r->run->store;
    size_t count = store->units.count;
    const named *all = sort_units(r);
    size_t *depth = pc_arena_array(&r->arena, count, sizeof *depth);
    size_t *way = pc_arena_array(&r->arena, count, sizeof *way);

    r->by_name = pc_arena_array(&r->arena, count, sizeof *r->by_name);
    r->share_of = pc_arena_array(&r->arena, count, sizeof(*r->share_of));
    if (all == NULL || depth == NULL || way == NULL || r->by_name == NULL ||
        r->share_of == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        r->by_name[all[i].number] = i;
        find_depth(r, depth, way, all[i].number);
    }
    return sort_periods(r) && sort_by_depth(r, depth);
}

/* ---- all of it ----------------------------------------------------------- */

static bool is_wanted(const pc_rolling *r, const pc_tally *tally)
{
    const char *unit = r->rollup->options.unit;

    return unit == NULL ||
           strcmp(unit, pc_store_at(&r->run->store, tally->unit)->name) == 0;
}

/* Sees to it that there is a tally wherever something may be added up: above
 * each one, as far as it goes. The list grows meanwhile. */
static bool add_tallies_above(pc_rolling *r)
{
    for (size_t i = 0; i < r->rollup->tallies.count; i++) {
        const pc_tally *tally = ((pc_tally **)r->rollup->tallies.data)[i];
        size_t unit = above(r->run, tally->unit);

        if (unit != PC_NONE && tally_of(r->rollup, unit, tally->period) == NULL)
            return false;
    }
    return true;
}

typedef struct placed {
    size_t unit;
    size_t period;
    pc_tally *tally;
} placed;

static int compare_placed(const void *left, const void *right)
{
    const placed *a = left;
    const placed *b = right;

    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return a->period < b->period ? -1 : a->period > b->period;
}

/* All tallies by the rank of their unit, then by time. */
static placed *sort_tallies(pc_rolling *r, const size_t *rank)
{
    size_t count = r->rollup->tallies.count;
    placed *all = pc_arena_array(&r->arena, count, sizeof *all);

    for (size_t i = 0; all != NULL && i < count; i++) {
        pc_tally *tally = ((pc_tally **)r->rollup->tallies.data)[i];

        all[i].unit = rank[tally->unit];
        all[i].period = r->by_time[tally->period];
        all[i].tally = tally;
    }
    if (all != NULL)
        pc_sort(all, count, sizeof *all, compare_placed);
    return all;
}

static bool gather(pc_rolling *r, const placed *deepest)
{
    for (size_t i = 0; i < r->rollup->tallies.count; i++)
        if (!add_all_below(r, deepest[i].tally->unit, deepest[i].tally->period))
            return false;
    return true;
}

/* The totals that stand in for their units in others are told of as well. */
static void follow(pc_rolling *r, const placed *deepest)
{
    for (size_t i = r->rollup->tallies.count; i > 0; i--) {
        const pc_tally *tally = deepest[i - 1].tally;

        if (!tally->used && !is_wanted(r, tally))
            continue;
        for (const pc_share *s = tally->shares; s != NULL; s = s->next)
            if (s->from_below)
                pc_tally_find(r->rollup, s->unit, tally->period)->used = true;
    }
}

static bool hand_out(pc_rolling *r, const pc_tally *tally, pc_told *told)
{
    const pc_store *store = &r->run->store;
    size_t parent = pc_parent_of(r->run, tally->unit);
    const pc_rolled rolled = {
        .unit = pc_store_at(store, tally->unit)->name,
        .parent = parent != PC_NONE ? pc_store_at(store, parent)->name : "",
        .period = pc_store_period_at(store, tally->period)->text,
        .edition = tally->total->edition,
        .values = pc_rollup_values(r, tally, told)};

    if (rolled.values == NULL)
        return false;
    r->run->stopped = !r->rollup->on_rolled(r->rollup->context, &rolled);
    return !r->run->stopped;
}

static bool finish_tally(pc_rolling *r, const pc_tally *tally)
{
    const pc_store *store = &r->run->store;
    const pc_archive_unit *unit = pc_store_at(store, tally->unit);
    bool written = tally->total != NULL && is_wanted(r, tally);
    pc_told *told = pc_told_new(&r->run->archive, &r->run->allocator);

    if (told == NULL)
        return false;
    if (!pc_told_about(told, unit->name, unit->length,
                       pc_store_period_at(store, tally->period)->text,
                       tally->line) ||
        !pc_rollup_tell(r, tally, told) ||
        (written && !hand_out(r, tally, told)) || !pc_told_finish(told)) {
        pc_told_free(told);
        return false;
    }
    return pc_run_tell(r->run, told);
}

static bool finish_all(pc_rolling *r, const placed *by_name)
{
    size_t wanted = 0;
    size_t written = 0;

    for (size_t i = 0; i < r->rollup->tallies.count; i++) {
        const pc_tally *tally = by_name[i].tally;

        if (tally->shares == NULL)
            continue;
        wanted += is_wanted(r, tally);
        written += is_wanted(r, tally) && tally->total != NULL;
        if ((tally->used || is_wanted(r, tally)) && !finish_tally(r, tally))
            return false;
    }
    if (written > 0)
        return pc_rollup_tell_rows(r);
    if (wanted > 0)
        r->rollup->lack = PC_ROLLUP_UNUSABLE;
    else if (r->rollup->options.unit != NULL ||
             r->rollup->options.period != NULL)
        r->rollup->lack = PC_ROLLUP_NOTHING;
    else
        r->rollup->lack = PC_ROLLUP_FLAT;
    return false;
}

static bool finish(pc_rolling *r)
{
    const placed *deepest;
    const placed *by_name;

    if (!sort(r) || !place_waiting(r) || !add_tallies_above(r))
        return false;
    deepest = sort_tallies(r, r->by_depth);
    by_name = sort_tallies(r, r->by_name);
    if (deepest == NULL || by_name == NULL || !gather(r, deepest))
        return false;
    follow(r, deepest);
    return finish_all(r, by_name);
}

bool pc_rollup_finish(pc_rollup *rollup, pc_run *run)
{
    pc_rolling r = {.rollup = rollup, .run = run};
    bool done;

    if (run->counts.submissions == 0)
        rollup->lack = PC_ROLLUP_EMPTY;
    if (run->held.full_line != 0 || rollup->ceiling_line != 0)
        rollup->lack = PC_ROLLUP_CUT;
    if (rollup->over)
        rollup->lack = PC_ROLLUP_OVER;
    if (rollup->lack != PC_ROLLUP_FINE)
        return false;
    pc_arena_init(&r.arena, &run->allocator);
    done = finish(&r);
    if (!done && rollup->over)
        rollup->lack = PC_ROLLUP_OVER;
    pc_arena_free(&r.arena);
    return done;
}
