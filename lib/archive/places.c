/* What is told of the places of the units: those that the hierarchy does not
 * have, and those that stand above themselves. */
#include <string.h>

#include "archive/names.h"
#include "archive/rings.h"
#include "archive/run.h"

/* ---- the hierarchy ------------------------------------------------------- */

/* Units of the data that the hierarchy does not have. */
typedef struct unlisted {
    const pc_archive_unit *first[PC_MOST_NAMED]; /* by name */
    size_t count;
    size_t all; /* units of the data */
} unlisted;

static void put_first(unlisted *u, const pc_archive_unit *unit)
{
    size_t at = u->count < PC_MOST_NAMED ? u->count : PC_MOST_NAMED;

    u->count++;
    if (at == PC_MOST_NAMED && strcmp(unit->name, u->first[--at]->name) > 0)
        return;
    for (; at > 0 && strcmp(unit->name, u->first[at - 1]->name) < 0; at--)
        u->first[at] = u->first[at - 1];
    u->first[at] = unit;
}

static void find_unlisted(unlisted *u, const pc_store *store)
{
    memset(u, 0, sizeof *u);
    for (size_t i = 0; i < store->units.count; i++) {
        const pc_archive_unit *unit = pc_store_at(store, i);

        if (unit->seen.count == 0)
            continue;
        u->all++;
        if (i >= store->listed)
            put_first(u, unit);
    }
}

static bool tell_unlisted(pc_run *run)
{
    const char *list;
    bool done = false;
    unlisted u;
    pc_names names;

    find_unlisted(&u, &run->store);
    if (u.count == 0)
        return true;
    pc_names_init(&names, &run->allocator);
    for (size_t i = 0; i < u.count && i < PC_MOST_NAMED; i++)
        pc_names_unit(&names, u.first[i]);
    names.count = u.count;
    list = pc_names_end(&names);
    if (list != NULL)
        done = pc_run_tell_line(run, PC_UNIT_UNLISTED, run->unlisted_line,
                                (const char *[]){pc_number_text(u.count).text,
                                                 pc_number_text(u.all).text,
                                                 list, NULL});
    pc_buffer_free(&names.text);
    return done;
}

/* ---- rings --------------------------------------------------------------- */

typedef struct finding_rings {
    pc_run *run;
    pc_arena arena;
    pc_list rings; /* of pc_archive_unit *: of each the first by name */
} finding_rings;

static bool on_ring(void *context, size_t unit)
{
    finding_rings *f = context;
    const pc_store *store = &f->run->store;
    pc_archive_unit *first = pc_store_at(store, unit);
    size_t at = first->parent;
    pc_archive_unit **slot;

    if (at == unit)
        return true; /* that is a way to say that nothing is above it */
    for (; at != unit; at = pc_store_at(store, at)->parent)
        if (strcmp(pc_store_at(store, at)->name, first->name) < 0)
            first = pc_store_at(store, at);
    first->cut = true;
    slot = pc_list_add(&f->rings, &f->arena, sizeof(*slot));
    if (slot == NULL)
        return false;
    *slot = first;
    return true;
}

static int compare_names(const void *left, const void *right)
{
    const pc_archive_unit *a = *(const pc_archive_unit *const *)left;
    const pc_archive_unit *b = *(const pc_archive_unit *const *)right;

    return strcmp(a->name, b->name);
}

/* Names the units from the first one up. */
static bool tell_ring(pc_run *run, const pc_archive_unit *first)
{
    const pc_archive_unit *unit = first;
    bool done = false;
    const char *list;
    pc_names names;

    pc_names_init(&names, &run->allocator);
    do {
        pc_names_unit(&names, unit);
        unit = pc_store_at(&run->store, unit->parent);
    } while (unit != first);
    list = pc_names_end(&names);
    if (list != NULL)
        done = pc_run_tell_line(run, PC_UNIT_CYCLE,
                                first->line > 0 ? first->line : 1,
                                (const char *[]){first->name, list, NULL});
    pc_buffer_free(&names.text);
    return done;
}

static bool tell_rings(pc_run *run)
{
    finding_rings f = {.run = run};
    pc_archive_unit **all;
    bool done;

    pc_arena_init(&f.arena, &run->allocator);
    done = pc_rings_find(&run->store, on_ring, &f);
    all = f.rings.data;
    if (done && f.rings.count > 1)
        pc_sort(all, f.rings.count, sizeof(*all), compare_names);
    for (size_t i = 0; done && i < f.rings.count; i++)
        done = tell_ring(run, all[i]);
    pc_arena_free(&f.arena);
    return done;
}

bool pc_run_tell_places(pc_run *run)
{
    return (!run->store.has_hierarchy || tell_unlisted(run)) && tell_rings(run);
}
