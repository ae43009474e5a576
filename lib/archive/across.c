/* The rules across submissions: units above and below, periods before. */
#include <string.h>

#include "archive/run.h"
#include "submission/steps.h"

/* A submission with those that its rules look at, as units that rule/judge.h
 * can judge. Their facts are all missing but the ones that are watched. */
typedef struct across {
    pc_run *run;
    const pc_kept *kept;
    const pc_watch *watch;
    pc_arena arena; /* of the units, which are used again and again */
    pc_list rooms;  /* of pc_fact *, one for each unit so far */
    size_t room;    /* facts in each */
    pc_submission submission;
    pc_told *told; /* NULL while nothing needs cells */
    bool has_children;
} across;

static pc_fact *facts_of(across *a, size_t index)
{
    pc_fact **slot;

    if (index < a->rooms.count)
        return ((pc_fact **)a->rooms.data)[index];
    slot = pc_list_add(&a->rooms, &a->arena, sizeof(*slot));
    if (slot == NULL)
        return NULL;
    *slot = pc_arena_array(&a->arena, a->room, sizeof(**slot));
    return *slot;
}

/* The number as a literal: what the cell held is not kept. */
static const char *literal_of(across *a, const pc_quick_fact *fact)
{
    pc_buffer text;
    const pc_decimal value = {fact->value, fact->scale};
    const char *copy;

    if (fact->state != PC_FACT_VALUE)
        return "";
    pc_buffer_init(&text, &a->run->allocator, SIZE_MAX / 8);
    pc_fraction_write(&text, pc_fraction_of(value));
    copy = pc_buffer_copy(&text, &a->told->arena);
    pc_buffer_free(&text);
    return copy;
}

static parcheck_cell *make_cell(across *a, const pc_kept *kept,
                                const pc_quick_fact *fact, size_t symbol)
{
    const size_t *columns = a->run->archive.columns;
    const size_t line = kept->line + fact->line;
    const pc_row row = {line, line, 0, NULL};
    parcheck_cell *cell = pc_place_cell(&a->told->arena, 0, &row,
                                        columns[PC_COLUMN_VALUE] + 1);
    const parcheck_indicator *indicator = pc_edition_row(kept->edition, symbol);

    if (cell == NULL)
        return NULL;
    cell->literal = literal_of(a, fact);
    if (indicator != NULL)
        pc_describe_cell(cell, indicator);
    return cell->literal != NULL ? cell : NULL;
}

static bool set_fact(across *a, pc_fact *fact, const pc_kept *kept, size_t i)
{
    const pc_quick_fact *quick = &kept->facts[i];

    pc_quick_widen(fact, quick, 1);
    if (a->told == NULL || quick->state == PC_FACT_MISSING)
        return true;
    fact->cell = make_cell(a, kept, quick, a->watch->symbols[i]);
    return fact->cell != NULL;
}

/* Adds a unit; one that sent nothing has no facts. */
static pc_unit *add_unit(across *a, size_t unit, const pc_period *period,
                         const pc_kept *kept)
{
    size_t index = a->submission.units.count;
    pc_unit *made = pc_list_add(&a->submission.units,
                                a->told != NULL ? &a->told->arena : &a->arena,
                                sizeof *made);

    if (made == NULL)
        return NULL;
    memset(made, 0, sizeof *made);
    made->edition = a->kept->edition;
    made->name = pc_store_at(&a->run->store, unit)->name;
    made->period = *period;
    made->previous = made->role = made->parent = PC_NONE;
    made->first_child = made->last_child = made->next_sibling = PC_NONE;
    made->facts = facts_of(a, index);
    if (made->facts == NULL)
        return NULL;
    made->absent = kept == NULL;
    for (size_t i = 0; i < a->watch->count; i++) {
        pc_fact *fact = &made->facts[a->watch->symbols[i]];

        memset(fact, 0, sizeof *fact);
        if (!made->absent && !set_fact(a, fact, kept, i))
            return NULL;
    }
    return made;
}

/* What a unit below has sent of the family for the period, or NULL. */
static const pc_kept *sent_by(const across *a, size_t child)
{
    const pc_kept *kept = pc_store_find(&a->run->store, child, a->kept->period);

    return kept != NULL && kept->edition->family == a->kept->edition->family
               ? kept
               : NULL;
}

/* The submission of the unit for the period before, if it was sent. */
static const pc_kept *find_previous(const across *a)
{
    const pc_store *store = &a->run->store;
    const pc_period *period = pc_store_period_at(store, a->kept->period);
    const pc_kept *kept = pc_store_at(store, a->kept->unit)->last;

    while (kept != NULL &&
           (kept->edition != a->kept->edition ||
            !pc_period_follows(pc_store_period_at(store, kept->period),
                               period)))
        kept = kept->next;
    return kept;
}

static bool add_previous(across *a)
{
    const pc_kept *kept = find_previous(a);

    if (kept == NULL)
        return true;
    if (add_unit(a, kept->unit,
                 pc_store_period_at(&a->run->store, kept->period),
                 kept) == NULL)
        return false;
    pc_submission_unit(&a->submission, 0)->previous = 1;
    return true;
}

static bool add_children(across *a, const pc_period *period)
{
    const pc_store *store = &a->run->store;
    size_t child = pc_store_at(store, a->kept->unit)->first_child;
    size_t last = PC_NONE;

    for (; child != PC_NONE; child = pc_store_at(store, child)->next_sibling) {
        size_t index = a->submission.units.count;

        if (add_unit(a, child, period, sent_by(a, child)) == NULL)
            return false;
        if (last == PC_NONE)
            pc_submission_unit(&a->submission, 0)->first_child = index;
        else
            pc_submission_unit(&a->submission, last)->next_sibling = index;
        last = index;
    }
    pc_submission_unit(&a->submission, 0)->last_child = last;
    return true;
}

static bool set_units(across *a)
{
    const pc_period *period = pc_store_period_at(&a->run->store,
                                                 a->kept->period);

    a->submission.units.count = 0;
    return add_unit(a, a->kept->unit, period, a->kept) != NULL &&
           add_previous(a) && add_children(a, period);
}

/* ---- what is told ------------------------------------------------------------ */

static void name_child(pc_buffer *names, const pc_archive_unit *unit,
                       size_t number)
{
    pc_buffer_format(names, "%s%s", number > 0 ? "; " : "", unit->name);
    if (unit->title != NULL)
        pc_buffer_format(names, " (%s)", unit->title);
}

static bool needs_children(const across *a)
{
    const parcheck_family *family = a->kept->edition->family;

    for (size_t i = 0; i < family->rule_count; i++)
        if (family->rules[i].uses_children &&
            pc_edition_applies(a->kept->edition, &family->rules[i]))
            return true;
    return false;
}

/* Says which of the units below have sent nothing for the period. */
static bool tell_missing(across *a)
{
    enum { MOST_NAMED = 12 };
    const pc_store *store = &a->run->store;
    const pc_archive_unit *parent = pc_store_at(store, a->kept->unit);
    pc_buffer names;
    size_t all = 0;
    size_t missing = 0;
    bool done;

    pc_buffer_init(&names, &a->run->allocator, SIZE_MAX / 8);
    for (size_t child = parent->first_child; child != PC_NONE; all++) {
        const pc_archive_unit *unit = pc_store_at(store, child);

        if (sent_by(a, child) == NULL && missing++ < MOST_NAMED)
            name_child(&names, unit, missing - 1);
        child = unit->next_sibling;
    }
    if (missing > MOST_NAMED)
        pc_buffer_text(&names, "; …");
    done = !names.failed;
    if (done && missing > 0)
        pc_told_line(
            a->told, PC_UNIT_CHILDREN_MISSING, a->kept->line,
            (const char *[]){parent->name,
                             pc_store_period_at(store, a->kept->period)->text,
                             pc_number_text(missing).text,
                             pc_number_text(all).text, names.data, NULL});
    pc_buffer_free(&names);
    return done && !a->told->findings.failed;
}

static bool uses(const parcheck_rule *rule, pc_reach reach)
{
    for (size_t i = 0; rule != NULL && i < rule->operand_count; i++)
        if (rule->operands[i]->reach == reach)
            return true;
    return false;
}

/* Which units and periods a finding is about. */
static bool name_all(across *a, size_t finding)
{
    const parcheck_finding *f =
        (const parcheck_finding *)a->told->findings.list.data + finding;
    const pc_unit *unit = pc_submission_unit(&a->submission, 0);
    pc_buffer vi;
    pc_buffer en;
    bool done;

    pc_buffer_init(&vi, &a->run->allocator, SIZE_MAX / 8);
    pc_buffer_init(&en, &a->run->allocator, SIZE_MAX / 8);
    pc_buffer_format(&vi, "; %s, kỳ %s", unit->name, unit->period.text);
    pc_buffer_format(&en, "; %s for %s", unit->name, unit->period.text);
    if (uses(f->rule, PC_REACH_PREVIOUS) && unit->previous != PC_NONE) {
        const pc_unit *before = pc_submission_unit(&a->submission,
                                                   unit->previous);

        pc_buffer_format(&vi, "; kỳ trước %s", before->period.text);
        pc_buffer_format(&en, "; the period before is %s", before->period.text);
    }
    if (uses(f->rule, PC_REACH_CHILDREN)) {
        pc_buffer_text(&vi, "; trực thuộc: ");
        pc_buffer_text(&en, "; below it: ");
    }
    for (size_t i = unit->first_child, n = 0;
         uses(f->rule, PC_REACH_CHILDREN) && i != PC_NONE; n++) {
        const pc_unit *child = pc_submission_unit(&a->submission, i);

        pc_buffer_format(&vi, "%s%s", n > 0 ? ", " : "", child->name);
        pc_buffer_format(&en, "%s%s", n > 0 ? ", " : "", child->name);
        i = child->next_sibling;
    }
    done = !vi.failed && !en.failed;
    if (done)
        pc_finding_extend(&a->told->findings, finding, vi.data, en.data);
    pc_buffer_free(&vi);
    pc_buffer_free(&en);
    return done;
}

static bool tell(across *a)
{
    pc_findings *findings = &a->told->findings;

    if (!set_units(a) ||
        !pc_judge_across(&a->told->verdicts, &a->submission, 0, findings,
                         &a->told->arena))
        return false;
    for (size_t i = 0; i < findings->list.count; i++)
        if (!name_all(a, i))
            return false;
    if (a->has_children && needs_children(a) && !tell_missing(a))
        return false;
    pc_findings_finish(findings);
    return !findings->failed;
}

static bool any_missing(const across *a)
{
    const pc_store *store = &a->run->store;
    size_t child = pc_store_at(store, a->kept->unit)->first_child;

    for (; child != PC_NONE; child = pc_store_at(store, child)->next_sibling)
        if (sent_by(a, child) == NULL)
            return needs_children(a);
    return false;
}

/* Counts the outcomes; `*quiet` if no finding comes of them. */
static bool judge(across *a, bool *quiet)
{
    pc_arena arena;
    pc_judging judging = {.submission = &a->submission, .arena = &arena};
    const pc_unit *unit = pc_submission_unit(&a->submission, 0);
    const parcheck_family *family = a->kept->edition->family;

    pc_arena_init(&arena, &a->run->allocator);
    judging.unit = unit;
    *quiet = true;
    for (size_t i = 0; i < family->rule_count; i++) {
        pc_result result;

        if (!family->rules[i].looks_across ||
            !pc_edition_applies(unit->edition, &family->rules[i]) ||
            (family->rules[i].uses_children && !a->has_children))
            continue;
        result = pc_evaluate(&judging, &family->rules[i]);
        a->run->counts.outcomes[result.outcome]++;
        *quiet = *quiet && result.outcome != PARCHECK_FAILS &&
                 result.outcome != PARCHECK_ROUNDING && !result.suspicious;
    }
    pc_arena_free(&arena);
    return !judging.failed;
}

static bool read_kept(across *a, const pc_kept *kept)
{
    pc_list units;
    bool quiet;
    bool done;

    a->kept = kept;
    a->watch = &a->run->store.watches[kept->edition->family->index];
    a->told = NULL;
    a->has_children = pc_store_at(&a->run->store, kept->unit)->first_child !=
                      PC_NONE;
    if (!set_units(a) || !judge(a, &quiet))
        return false;
    if (quiet && !any_missing(a))
        return true;
    a->told = pc_told_new(&a->run->archive, &a->run->allocator);
    if (a->told == NULL)
        return false;
    units = a->submission.units;
    memset(&a->submission.units, 0, sizeof a->submission.units);
    done = tell(a);
    a->submission.units = units;
    if (done)
        done = pc_run_tell(a->run, a->told);
    else
        pc_told_free(a->told);
    a->told = NULL;
    return done;
}

bool pc_run_across(pc_run *run)
{
    across a = {.run = run};
    pc_kept **kept = run->store.kept.data;
    size_t count = run->store.kept.count;
    bool done = pc_store_link(&run->store);

    if (count == 0)
        return done;
    pc_arena_init(&a.arena, &run->allocator);
    for (size_t i = 0; i < run->archive.schema->family_count; i++)
        if (run->archive.schema->families[i].symbols.count > a.room)
            a.room = run->archive.schema->families[i].symbols.count;
    a.submission.schema = run->archive.schema;
    a.submission.presence = pc_no_roles(run->archive.schema, &a.arena);
    done = done && a.submission.presence != NULL;
    for (size_t i = 0; done && i < count; i++)
        done = read_kept(&a, kept[i]);
    pc_arena_free(&a.arena);
    return done;
}
