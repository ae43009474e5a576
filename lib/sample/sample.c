#include "sample/sample.h"

#include <string.h>

size_t pc_sample_cell_of(const pc_fact *fact)
{
    return fact->cell != NULL ? fact->cell->line - 1 : PC_NONE;
}

static size_t *at(const pc_list *list, size_t index)
{
    return (size_t *)list->data + index;
}

static bool add(pc_list *list, pc_arena *arena, size_t number)
{
    size_t *place = pc_list_add(list, arena, sizeof *place);

    if (place != NULL)
        *place = number;
    return place != NULL;
}

/* ---- units --------------------------------------------------------------- */

static bool make_presence(pc_sample *s)
{
    const parcheck_schema *schema = s->submission.schema;

    s->submission.presence = pc_arena_array(s->arena, schema->family_count,
                                            sizeof *s->submission.presence);
    if (s->submission.presence == NULL)
        return false;
    for (size_t i = 0; i < schema->family_count; i++) {
        size_t roles = schema->families[i].role_count;
        size_t *units = pc_arena_array(s->arena, roles, sizeof *units);

        if (units == NULL)
            return false;
        for (size_t j = 0; j < roles; j++)
            units[j] = PC_NONE;
        s->submission.presence[i].role_units = units;
    }
    return true;
}

static pc_unit *add_unit(pc_sample *s, const parcheck_edition *edition)
{
    pc_unit *unit = pc_list_add(&s->submission.units, s->arena, sizeof *unit);

    if (unit == NULL)
        return NULL;
    unit->edition = edition;
    unit->role = unit->parent = PC_NONE;
    unit->previous = unit->year_before = PC_NONE;
    unit->first_child = unit->last_child = unit->next_sibling = PC_NONE;
    unit->facts = pc_arena_array(s->arena, edition->family->symbols.count,
                                 sizeof *unit->facts);
    return unit->facts != NULL ? unit : NULL;
}

static bool reaches(const parcheck_family *family, pc_reach reach)
{
    for (size_t i = 0; i < family->rule_count; i++)
        if (pc_rule_reaches(&family->rules[i], reach))
            return true;
    return false;
}

/* Quarters of one year if rules look back within it, otherwise years. Where
 * rules do both, what was a year ago is the quarter before as well: the rules
 * are tried all the same. */
static void set_period(const parcheck_family *family, pc_unit *unit,
                       size_t index)
{
    bool within = reaches(family, PC_REACH_PREVIOUS);

    unit->period.year = PC_SAMPLE_YEAR + (within ? 0 : (unsigned)index);
    unit->period.part = within ? (unsigned)index + 1 : 0;
    if (index > 0 && within)
        unit->previous = index - 1;
    if (index > 0 && reaches(family, PC_REACH_YEAR_BEFORE))
        unit->year_before = index - 1;
}

static bool make_form(pc_sample *s, const parcheck_edition *edition)
{
    bool looks_back = reaches(edition->family, PC_REACH_PREVIOUS) ||
                      reaches(edition->family, PC_REACH_YEAR_BEFORE);
    size_t periods = looks_back ? PC_SAMPLE_PERIODS : 1;

    for (size_t i = 0; i < periods; i++) {
        pc_unit *unit = add_unit(s, edition);

        if (unit == NULL)
            return false;
        if (looks_back)
            set_period(edition->family, unit, i);
    }
    return true;
}

/* The last row above that has the parent role. */
static void hang_below(pc_sample *s, size_t index)
{
    pc_unit *unit = pc_submission_unit(&s->submission, index);
    size_t above = unit->edition->family->roles[unit->role].parent;
    size_t parent = index;
    pc_unit *up;

    while (above != PC_NONE && parent > 0 && unit->parent == PC_NONE)
        if (pc_submission_unit(&s->submission, --parent)->role == above)
            unit->parent = parent;
    if (unit->parent == PC_NONE)
        return;
    up = pc_submission_unit(&s->submission, unit->parent);
    if (up->last_child == PC_NONE)
        up->first_child = index;
    else
        pc_submission_unit(&s->submission, up->last_child)->next_sibling =
            index;
    up->last_child = index;
}

static bool make_table(pc_sample *s, const parcheck_edition *edition)
{
    const parcheck_family *family = edition->family;
    size_t *units = s->submission.presence[family->index].role_units;

    for (size_t role = 0; role < family->role_count; role++) {
        bool any = strcmp(family->roles[role].code, "#") == 0;

        for (size_t i = 0; i < (any ? PC_SAMPLE_ROWS : 1u); i++) {
            pc_unit *unit = add_unit(s, edition);

            if (unit == NULL)
                return false;
            unit->role = role;
            units[role] = any ? PC_NONE : s->submission.units.count - 1;
            hang_below(s, s->submission.units.count - 1);
        }
    }
    return true;
}

/* ---- cells and rules ----------------------------------------------------- */

static bool has_number(parcheck_kind kind)
{
    return kind == PARCHECK_COUNT || kind == PARCHECK_AMOUNT ||
           kind == PARCHECK_PERCENT || kind == PARCHECK_CHOICE;
}

static bool make_cell(pc_sample *s, size_t unit,
                      const parcheck_indicator *indicator)
{
    pc_sample_cell *cell = &s->cells[s->cell_count++];
    parcheck_cell *place = pc_arena_alloc(s->arena, sizeof *place);

    if (place == NULL)
        return false;
    place->line = s->cell_count; /* for pc_sample_cell_of() */
    cell->fact =
        &pc_submission_unit(&s->submission, unit)->facts[indicator->symbol];
    cell->fact->cell = place;
    cell->indicator = indicator;
    cell->unit = unit;
    return true;
}

static bool make_cells(pc_sample *s, const parcheck_edition *edition)
{
    size_t units = s->submission.units.count;

    s->cells = pc_arena_array(s->arena, units * edition->count,
                              sizeof *s->cells);
    if (s->cells == NULL)
        return false;
    for (size_t unit = 0; unit < units; unit++)
        for (size_t i = 0; i < edition->count; i++)
            if (has_number(edition->indicators[i].kind) &&
                !make_cell(s, unit, &edition->indicators[i]))
                return false;
    return true;
}

static bool is_in(const pc_list *list, size_t number)
{
    for (size_t i = 0; i < list->count; i++)
        if (*at(list, i) == number)
            return true;
    return false;
}

static bool link_rule(pc_sample *s, size_t index)
{
    pc_sample_rule *r = &s->rules[index];

    s->judging.unit = pc_submission_unit(&s->submission, r->unit);
    for (size_t i = 0; i < r->rule->operand_count; i++) {
        pc_walk walk;
        const pc_fact *fact;

        pc_walk_start(&walk, &s->judging, r->rule->operands[i]);
        while ((fact = pc_walk_next(&walk)) != NULL) {
            size_t cell = pc_sample_cell_of(fact);

            if (cell == PC_NONE || is_in(&r->cells, cell))
                continue;
            if (!add(&r->cells, s->arena, cell) ||
                !add(&s->cells[cell].rules, s->arena, index))
                return false;
        }
    }
    return true;
}

static bool make_rules(pc_sample *s, const parcheck_family *family)
{
    size_t units = s->submission.units.count;

    s->rules = pc_arena_array(s->arena, units * family->rule_count,
                              sizeof *s->rules);
    if (s->rules == NULL)
        return false;
    for (size_t unit = 0; unit < units; unit++)
        for (size_t i = 0; i < family->rule_count; i++) {
            if (!pc_rule_concerns(&family->rules[i],
                                  pc_submission_unit(&s->submission, unit)))
                continue;
            s->rules[s->rule_count].rule = &family->rules[i];
            s->rules[s->rule_count].unit = unit;
            if (!link_rule(s, s->rule_count++))
                return false;
        }
    return true;
}

/* ---- components ---------------------------------------------------------- */

/* Gives the cell and all that hang together with it the component. `queue`
 * has room for all cells. */
static bool spread(pc_sample *s, size_t cell, size_t component, size_t *queue)
{
    pc_sample_component *c = &s->components[component];
    size_t end = 0;

    queue[end++] = cell;
    s->cells[cell].component = component;
    for (size_t i = 0; i < end; i++) {
        const pc_list *rules = &s->cells[queue[i]].rules;

        if (!add(&c->cells, s->arena, queue[i]))
            return false;
        for (size_t j = 0; j < rules->count; j++) {
            pc_sample_rule *r = &s->rules[*at(rules, j)];

            if (r->bad) /* visited */
                continue;
            r->bad = true;
            if (!add(&c->rules, s->arena, *at(rules, j)))
                return false;
            for (size_t k = 0; k < r->cells.count; k++) {
                pc_sample_cell *other = &s->cells[*at(&r->cells, k)];

                if (other->component != PC_NONE)
                    continue;
                other->component = component;
                queue[end++] = *at(&r->cells, k);
            }
        }
    }
    return true;
}

static bool make_components(pc_sample *s)
{
    size_t *queue = pc_arena_array(s->arena, s->cell_count, sizeof *queue);

    s->components = pc_arena_array(s->arena, s->cell_count,
                                   sizeof *s->components);
    if (queue == NULL || s->components == NULL)
        return false;
    for (size_t i = 0; i < s->cell_count; i++)
        s->cells[i].component = PC_NONE;
    for (size_t i = 0; i < s->cell_count; i++)
        if (s->cells[i].component == PC_NONE &&
            !spread(s, i, s->component_count++, queue))
            return false;
    return true;
}

bool pc_sample_make(pc_sample *sample, const parcheck_schema *schema,
                    const parcheck_edition *edition, uint64_t seed,
                    pc_arena *arena)
{
    pc_sample *s = sample;

    memset(s, 0, sizeof *s);
    s->arena = s->submission.arena = s->judging.arena = arena;
    s->submission.schema = schema;
    s->judging.submission = &s->submission;
    s->random.state = seed;
    if (!make_presence(s))
        return false;
    s->submission.presence[edition->family->index].edition = edition;
    if (!(edition->family->role_count > 0 ? make_table(s, edition)
                                          : make_form(s, edition)))
        return false;
    return make_cells(s, edition) && make_rules(s, edition->family) &&
           make_components(s);
}

/* ---- filling ------------------------------------------------------------- */

static pc_result evaluate(pc_sample *s, const pc_sample_rule *r)
{
    s->judging.unit = pc_submission_unit(&s->submission, r->unit);
    return pc_evaluate(&s->judging, r->rule);
}

parcheck_outcome pc_sample_judge(pc_sample *sample, size_t rule)
{
    return evaluate(sample, &sample->rules[rule]).outcome;
}

size_t pc_sample_failing(pc_sample *sample, size_t cell)
{
    const pc_list *rules = &sample->cells[cell].rules;

    for (size_t i = 0; i < rules->count; i++)
        if (pc_sample_judge(sample, *at(rules, i)) == PARCHECK_FAILS)
            return *at(rules, i);
    return PC_NONE;
}

static bool is_violated(pc_sample *s, const pc_sample_rule *r)
{
    pc_result result = evaluate(s, r);

    return result.outcome == PARCHECK_FAILS ||
           result.outcome == PARCHECK_ROUNDING ||
           result.reason == PC_REASON_ZERO_DENOMINATOR;
}

static void put(pc_sample *s, const pc_move *move)
{
    pc_fact *fact = s->cells[move->cell].fact;

    fact->state = fact->first = move->state;
    fact->value = move->value;
}

static pc_move as_it_is(const pc_sample *s, size_t cell)
{
    const pc_fact *fact = s->cells[cell].fact;
    pc_move move = {cell, fact->state, fact->value};

    return move;
}

/* Ten for each rule on the cell that the change would leave violated, and a
 * few against blanks and zeros, which show little. */
enum { COST_RULE = 10, COST_BLANK = 6, COST_ZERO = 3 };

static int cost(pc_sample *s, const pc_move *move)
{
    const pc_list *rules = &s->cells[move->cell].rules;
    pc_move before = as_it_is(s, move->cell);
    int sum = 0;

    put(s, move);
    for (size_t i = 0; i < rules->count; i++) {
        const pc_sample_rule *r = &s->rules[*at(rules, i)];

        sum += is_violated(s, r) ? COST_RULE : 0;
        sum -= r->bad ? COST_RULE : 0;
    }
    put(s, &before);
    if (move->state == PC_FACT_BLANK)
        return sum + COST_BLANK;
    return move->value.coefficient == 0 ? sum + COST_ZERO : sum;
}

static void change(pc_sample *s, const pc_move *move)
{
    const pc_list *rules = &s->cells[move->cell].rules;

    put(s, move);
    for (size_t i = 0; i < rules->count; i++) {
        pc_sample_rule *r = &s->rules[*at(rules, i)];

        r->bad = is_violated(s, r);
    }
}

/* One of the violated rules of the component, or PC_NONE. */
static size_t pick_bad(pc_sample *s, const pc_sample_component *c)
{
    size_t found = PC_NONE;
    uint64_t count = 0;

    for (size_t i = 0; i < c->rules.count; i++) {
        size_t rule = *at(&c->rules, i);

        if (s->rules[rule].bad && pc_random_below(&s->random, ++count) == 0)
            found = rule;
    }
    return found;
}

static void make_a_move(pc_sample *s)
{
    const pc_move *moves = s->moves.data;
    size_t count = s->moves.count;
    size_t best = 0;
    int least = 0;
    uint64_t same = 0;

    if (count == 0)
        return;
    if (pc_random_below(&s->random, 20) == 0) {
        change(s, &moves[pc_random_below(&s->random, count)]);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        int cost_of = cost(s, &moves[i]);

        if (i == 0 || cost_of < least)
            same = 0;
        if (same == 0 || cost_of == least) {
            least = cost_of;
            if (pc_random_below(&s->random, ++same) == 0)
                best = i;
        }
    }
    change(s, &moves[best]);
}

/* Of a row of numbers drawn one by one, each is kept with equal chance; a
 * cell that no rule needs blank has a number. */
static void start(pc_sample *s, const pc_sample_component *c)
{
    for (size_t i = 0; i < c->cells.count; i++) {
        size_t cell = *at(&c->cells, i);
        pc_move move = {cell, PC_FACT_VALUE, pc_sample_value(s, cell)};

        put(s, &move);
    }
    for (size_t i = 0; i < c->rules.count; i++) {
        pc_sample_rule *r = &s->rules[*at(&c->rules, i)];

        r->bad = is_violated(s, r);
    }
}

/* False without memory. */
static bool walk(pc_sample *s, pc_sample_component *c)
{
    size_t bad;

    start(s, c);
    for (unsigned step = 0; step <= PC_SAMPLE_STEPS; step++) {
        bad = pick_bad(s, c);
        if (bad == PC_NONE) {
            c->filled = true;
            return true;
        }
        if (!pc_sample_moves(s, bad))
            return false;
        make_a_move(s);
    }
    return true;
}

bool pc_sample_fill(pc_sample *sample)
{
    for (size_t i = 0; i < sample->component_count; i++) {
        pc_sample_component *c = &sample->components[i];

        c->filled = false;
        for (unsigned t = 0; t < PC_SAMPLE_TRIES && !c->filled && !c->hopeless;
             t++)
            if (!walk(sample, c))
                return false;
        c->hopeless = !c->filled;
        if (sample->judging.failed)
            return false;
    }
    return true;
}
