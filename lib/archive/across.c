/* The rules across submissions: units above and below, periods before. */
#include <string.h>

#include "archive/across.h"
#include "archive/names.h"
#include "submission/steps.h"

static pc_room *room_at(const pc_across *a, size_t index)
{
    return (pc_room *)a->rooms[a->kept->edition->family->index].data + index;
}

/* The room of the unit that is added next. */
static pc_room *next_room(pc_across *a)
{
    const parcheck_family *family = a->kept->edition->family;
    pc_list *rooms = &a->rooms[family->index];
    size_t index = a->submission.units.count;
    pc_room *room;

    if (index < rooms->count)
        return room_at(a, index);
    room = pc_list_add(rooms, &a->arena, sizeof *room);
    if (room == NULL)
        return NULL;
    room->facts = pc_arena_array(&a->arena, family->symbols.count,
                                 sizeof *room->facts);
    return room->facts != NULL ? room : NULL;
}

/* The number as a literal: what the cell held is not kept. */
static const char *literal_of(pc_across *a, const pc_quick_fact *fact)
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

static parcheck_cell *make_cell(pc_across *a, const pc_kept *kept,
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

static bool set_fact(pc_across *a, pc_unit *unit, const pc_kept *kept, size_t i,
                     bool looked_at)
{
    pc_fact *fact = &unit->facts[a->watch->symbols[i]];
    parcheck_cell *cell;
    const pc_quick_fact *quick = &kept->facts[i];

    pc_quick_widen(fact, quick, 1);
    fact->fixed = looked_at || !a->watch->whole[i];
    if (a->told == NULL || looked_at || quick->state == PC_FACT_MISSING)
        return true;
    cell = make_cell(a, kept, quick, a->watch->symbols[i]);
    fact->cell = cell;
    return cell != NULL && pc_own_cell(cell, unit, &a->told->arena);
}

pc_unit *pc_across_add(pc_across *a, size_t unit, const pc_period *period,
                       const pc_kept *kept, bool looked_at)
{
    pc_room *room = next_room(a);
    pc_unit *made = pc_list_add(&a->submission.units,
                                a->told != NULL ? &a->told->arena : &a->arena,
                                sizeof *made);

    if (room == NULL || made == NULL)
        return NULL;
    memset(made, 0, sizeof *made);
    made->edition = kept != NULL ? kept->edition : a->kept->edition;
    made->name = pc_store_at(&a->run->store, unit)->name;
    made->title = pc_store_at(&a->run->store, unit)->title;
    made->period = *period;
    made->previous = made->year_before = PC_NONE;
    made->role = made->parent = PC_NONE;
    made->first_child = made->last_child = made->next_sibling = PC_NONE;
    made->facts = room->facts;
    made->absent = kept == NULL;
    room->kept = kept;
    for (size_t i = 0; i < a->watch->count; i++) {
        pc_fact *fact = &made->facts[a->watch->symbols[i]];

        memset(fact, 0, sizeof *fact);
        if (kept != NULL && !set_fact(a, made, kept, i, looked_at))
            return NULL;
    }
    return made;
}

const pc_kept *pc_across_sent(const pc_across *a, size_t index)
{
    return room_at(a, index)->kept;
}

const pc_kept *pc_across_find(const pc_across *a, size_t unit, size_t period)
{
    const pc_kept *kept = pc_kept_find(&a->run->store, unit, period);

    return kept != NULL && kept->edition->family == a->kept->edition->family
               ? kept
               : NULL;
}

static const pc_kept *sent_by(const pc_across *a, size_t child)
{
    return pc_across_find(a, child, a->kept->period);
}

const pc_kept *pc_across_previous(const pc_across *a, const pc_kept *kept)
{
    const pc_store *store = &a->run->store;
    const pc_period *period = pc_store_period_at(store, kept->period);
    const pc_kept *other = pc_store_at(store, kept->unit)->last;
    const pc_kept *found = NULL;
    unsigned nearest = 0;

    if (period->year == 0 || kept->apart)
        return NULL;
    /* A unit has any number of other texts, but only so many periods. */
    for (; other != NULL; other = other->next) {
        const pc_period *before = pc_store_period_at(store, other->period);
        unsigned nearness;

        /* Most are of other years. */
        if (before->year != period->year)
            continue;
        nearness = pc_period_nearness(before, period);
        if (other->edition != kept->edition || nearness <= nearest)
            continue;
        nearest = nearness;
        found = other;
    }
    return found;
}

const pc_kept *pc_across_year_before(const pc_across *a, const pc_kept *kept)
{
    const pc_store *store = &a->run->store;
    const pc_period *period = pc_store_period_at(store, kept->period);
    const pc_kept *other = pc_store_at(store, kept->unit)->last;

    if (period->year == 0 || kept->apart)
        return NULL;
    while (other != NULL &&
           (other->edition != kept->edition ||
            !pc_period_is_year_after(pc_store_period_at(store, other->period),
                                     period)))
        other = other->next;
    return other;
}

/* Adds the submission of another period, if there is one; its unit, or
 * PC_NONE, goes to `*index`. */
static bool add_period(pc_across *a, const pc_kept *kept, size_t *index)
{
    *index = kept != NULL ? a->submission.units.count : PC_NONE;
    return kept == NULL ||
           pc_across_add(a, kept->unit,
                         pc_store_period_at(&a->run->store, kept->period), kept,
                         false) != NULL;
}

static bool add_earlier(pc_across *a)
{
    size_t previous = PC_NONE;
    size_t year_before = PC_NONE;
    pc_unit *unit;

    if ((a->watch->has_previous &&
         !add_period(a, pc_across_previous(a, a->kept), &previous)) ||
        (a->watch->has_year_before &&
         !add_period(a, pc_across_year_before(a, a->kept), &year_before)))
        return false;
    unit = pc_submission_unit(&a->submission, 0);
    unit->previous = previous;
    unit->year_before = year_before;
    return true;
}

static bool add_children(pc_across *a, const pc_period *period)
{
    const pc_store *store = &a->run->store;
    size_t child = pc_store_at(store, a->kept->unit)->first_child;
    size_t last = PC_NONE;

    for (; child != PC_NONE; child = pc_store_at(store, child)->next_sibling) {
        size_t index = a->submission.units.count;

        if (pc_across_add(a, child, period, sent_by(a, child), false) == NULL)
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

static bool set_units(pc_across *a)
{
    const pc_period *period = pc_store_period_at(&a->run->store,
                                                 a->kept->period);

    a->submission.units.count = 0;
    return pc_across_add(a, a->kept->unit, period, a->kept, false) != NULL &&
           add_earlier(a) &&
           (!a->watch->has_children || add_children(a, period));
}

/* ---- what is told ------------------------------------------------------------ */

static bool needs_children(const pc_across *a)
{
    const parcheck_family *family = a->kept->edition->family;

    if (a->run->rollup != NULL)
        return false; /* it tells of all of them */
    for (size_t i = 0; i < family->rule_count; i++)
        if (family->rules[i].uses_children &&
            pc_edition_applies(a->kept->edition, &family->rules[i]))
            return true;
    return false;
}

/* Tells of the units below that have sent nothing for the period, or of those
 * that have sent something which cannot be compared. */
static bool tell_lacking(pc_across *a, pc_code code, bool sent)
{
    const pc_store *store = &a->run->store;
    size_t child = pc_store_at(store, a->kept->unit)->first_child;
    pc_names names;
    const char *list;
    size_t all = 0;

    pc_names_init(&names, &a->run->allocator);
    for (; child != PC_NONE; all++) {
        const pc_archive_unit *unit = pc_store_at(store, child);

        if (sent_by(a, child) == NULL &&
            pc_store_has_ended(store, child, a->kept->period) == sent)
            pc_names_unit(&names, unit);
        child = unit->next_sibling;
    }
    list = pc_names_end(&names);
    if (list != NULL && names.count > 0)
        pc_told_line(a->told, code, a->kept->line,
                     (const char *[]){pc_number_text(names.count).text,
                                      pc_number_text(all).text, list, NULL});
    pc_buffer_free(&names.text);
    return list != NULL && !a->told->findings.failed;
}

static bool tell_missing(pc_across *a)
{
    return tell_lacking(a, PC_UNIT_CHILDREN_MISSING, false) &&
           tell_lacking(a, PC_UNIT_CHILDREN_UNREAD, true);
}

/* Which units and periods a finding is about. */
static bool name_all(pc_across *a, size_t finding)
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
    if (pc_rule_reaches(f->rule, PC_REACH_PREVIOUS) && unit->previous != PC_NONE) {
        const char *text =
            pc_submission_unit(&a->submission, unit->previous)->period.text;

        pc_buffer_format(&vi, "; kỳ trước %s", text);
        pc_buffer_format(&en, "; the period before is %s", text);
    }
    if (pc_rule_reaches(f->rule, PC_REACH_YEAR_BEFORE) && unit->year_before != PC_NONE) {
        const char *text =
            pc_submission_unit(&a->submission, unit->year_before)->period.text;

        pc_buffer_format(&vi, "; cùng kỳ năm trước %s", text);
        pc_buffer_format(&en, "; the year before is %s", text);
    }
    if (pc_rule_reaches(f->rule, PC_REACH_CHILDREN)) {
        pc_buffer_text(&vi, "; trực thuộc: ");
        pc_buffer_text(&en, "; below it: ");
    }
    for (size_t i = unit->first_child, n = 0;
         pc_rule_reaches(f->rule, PC_REACH_CHILDREN) && i != PC_NONE; n++) {
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

static bool tell(pc_across *a)
{
    pc_findings *findings = &a->told->findings;

    if (!set_units(a) ||
        !pc_judge_across(&a->told->verdicts, &a->submission, 0, findings,
                         &a->told->arena))
        return false;
    for (size_t i = 0; i < findings->list.count; i++)
        if (!name_all(a, i))
            return false;
    if ((a->has_children && needs_children(a) && !tell_missing(a)) ||
        (a->asks && !pc_across_explain(a)))
        return false;
    return pc_told_finish(a->told);
}

static bool any_missing(const pc_across *a)
{
    const pc_store *store = &a->run->store;
    size_t child = pc_store_at(store, a->kept->unit)->first_child;

    for (; child != PC_NONE; child = pc_store_at(store, child)->next_sibling)
        if (sent_by(a, child) == NULL)
            return needs_children(a);
    return false;
}

/* Whether an explanation could change anything that the rule names. */
static bool may_change(const pc_watch *watch, const parcheck_rule *rule)
{
    for (size_t i = 0; i < watch->count; i++)
        for (size_t k = 0; watch->whole[i] && k < rule->operand_count; k++)
            if (rule->operands[k]->symbol == watch->symbols[i] &&
                rule->operands[k]->reach != PC_REACH_ROLE)
                return true;
    return false;
}

/* Whether explanations may have something to say of it. */
static bool asks(const pc_across *a, pc_judging *judging,
                 const parcheck_rule *rule, const pc_result *result)
{
    if (!a->run->archive.explain)
        return false;
    if (result->outcome == PARCHECK_UNKNOWN)
        return result->reason == PC_REASON_BLANK &&
               pc_rule_is_equation(rule) &&
               pc_rule_has_one_blank(judging, rule) &&
               may_change(a->watch, rule);
    return (result->outcome == PARCHECK_FAILS ||
            result->outcome == PARCHECK_ROUNDING) &&
           may_change(a->watch, rule);
}

/* Counts the outcomes; `*quiet` if no finding comes of them. */
static bool judge(pc_across *a, bool *quiet)
{
    pc_arena arena;
    pc_judging judging = {.submission = &a->submission, .arena = &arena};
    const pc_unit *unit = pc_submission_unit(&a->submission, 0);
    const parcheck_family *family = a->kept->edition->family;

    pc_arena_init(&arena, &a->run->allocator);
    judging.unit = unit;
    *quiet = true;
    a->asks = false;
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
        a->asks = a->asks || asks(a, &judging, &family->rules[i], &result);
    }
    *quiet = *quiet && !a->asks;
    pc_arena_free(&arena);
    return !judging.failed;
}

static bool tell_subject(const pc_across *a)
{
    const pc_archive_unit *unit = pc_store_at(&a->run->store, a->kept->unit);
    const pc_period *period = pc_store_period_at(&a->run->store,
                                                 a->kept->period);

    return pc_told_about(a->told, unit->name, unit->length, period->text,
                         a->kept->line);
}

static bool read_kept(pc_across *a, const pc_kept *kept)
{
    pc_list units;
    bool quiet;
    bool done;

    a->kept = kept;
    a->watch = pc_keeping_watch(&a->run->keeping, kept->edition);
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
    if (!tell_subject(a)) {
        pc_told_free(a->told);
        return false;
    }
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

static bool start(pc_across *a, pc_run *run)
{
    const parcheck_schema *schema = run->archive.schema;

    memset(a, 0, sizeof *a);
    a->run = run;
    pc_arena_init(&a->arena, &run->allocator);
    a->rooms = pc_arena_array(&a->arena, schema->family_count,
                              sizeof *a->rooms);
    a->submission.schema = schema;
    a->submission.presence = pc_no_roles(schema, &a->arena);
    return a->rooms != NULL && a->submission.presence != NULL;
}

bool pc_run_across(pc_run *run)
{
    pc_across a;
    pc_kept **kept = run->keeping.list.data;
    size_t count = run->keeping.list.count;
    bool done;

    if (count == 0)
        return true;
    done = start(&a, run);
    for (size_t i = 0; done && i < count; i++)
        done = read_kept(&a, kept[i]);
    pc_arena_free(&a.arena);
    return done && pc_keeping_forget(&run->keeping);
}
