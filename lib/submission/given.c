#include "submission/given.h"

#include <string.h>

#include "submission/steps.h"

typedef struct taking {
    pc_submission *s;
    const pc_given *given;
    const pc_given_value **values; /* in the order of the forms */
} taking;

static const pc_given_unit *given_unit(const taking *t, size_t index)
{
    return (const pc_given_unit *)t->given->units.data + index;
}

/* The input that stands for an edition. */
static size_t input_of(const pc_submission *s, const parcheck_edition *edition)
{
    size_t i = 0;

    while (i < s->input_count && s->inputs[i].edition != edition)
        i++;
    return i;
}

/* One for each edition, in the order in which they were taken up. */
static bool make_inputs(taking *t)
{
    pc_submission *s = t->s;

    s->inputs = pc_arena_array(s->arena, t->given->units.count,
                               sizeof *s->inputs);
    if (s->inputs == NULL)
        return false;
    for (size_t i = 0; i < t->given->units.count; i++) {
        const parcheck_edition *edition = given_unit(t, i)->edition;
        size_t input = input_of(s, edition);

        if (input < s->input_count)
            continue;
        s->inputs[input].name = PC_GIVEN_NAME;
        s->inputs[input].edition = edition;
        s->inputs[input].family = edition->family;
        s->presence[edition->family->index].edition = edition;
        s->input_count++;
    }
    return true;
}

static bool copy_text(pc_submission *s, const char **copy, const char *text)
{
    *copy = text != NULL ? pc_arena_string(s->arena, text) : NULL;
    return text == NULL || *copy != NULL;
}

static bool make_unit(taking *t, size_t index)
{
    pc_submission *s = t->s;
    const pc_given_unit *given = given_unit(t, index);
    pc_unit *unit = pc_add_unit(s, given->edition);
    size_t *one;

    if (unit == NULL || !copy_text(s, &unit->name, given->name) ||
        !copy_text(s, &unit->code, given->code))
        return false;
    unit->period = given->period;
    unit->role = given->role;
    if (given->parent != PC_NONE) {
        unit->parent = given->parent;
        pc_link_child(s, given->parent, index);
    }
    if (given->role == PC_NONE)
        return true;
    one = &s->presence[given->edition->family->index].role_units[given->role];
    if (*one == PC_NONE)
        *one = index;
    return true;
}

static bool make_units(taking *t)
{
    for (size_t i = 0; i < t->given->units.count; i++)
        if (!make_unit(t, i))
            return false;
    return true;
}

/* By unit and row, so that the order of giving does not show, except of
 * values for the same row. */
static int compare_values(const void *left, const void *right)
{
    const pc_given_value *a = *(const pc_given_value *const *)left;
    const pc_given_value *b = *(const pc_given_value *const *)right;

    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

static bool sort_values(taking *t)
{
    const pc_given_value *all = t->given->values.data;
    size_t count = t->given->values.count;

    t->values = pc_arena_array(t->s->arena, count, sizeof(*t->values));
    if (t->values == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        t->values[i] = &all[i];
    pc_sort(t->values, count, sizeof(*t->values), compare_values);
    return true;
}

static parcheck_cell *make_cell(taking *t, size_t input,
                                const pc_given_value *value)
{
    const pc_row nowhere = {0};
    parcheck_cell *cell = pc_place_cell(t->s->arena, input, &nowhere, 0);

    if (cell == NULL ||
        !pc_own_cell(cell, pc_submission_unit(t->s, value->unit), t->s->arena))
        return NULL;
    pc_describe_cell(cell, value->indicator);
    return copy_text(t->s, &cell->literal, value->literal) ? cell : NULL;
}

/* A heading has no value of its own. */
static void report_heading(taking *t, const pc_given_value *value,
                           const parcheck_cell *cell)
{
    if (pc_literal_read(value->literal, strlen(value->literal)).state !=
        PC_LITERAL_BLANK)
        pc_report_of_unit(t->s, value->unit, PC_CELL_HEADING_VALUE, cell,
                          (const char *[]){cell->literal, NULL});
}

static bool bind_value(taking *t, size_t input, const pc_given_value *value,
                       pc_bindings *bindings)
{
    parcheck_cell *cell = make_cell(t, input, value);
    pc_binding *binding;

    if (cell == NULL)
        return false;
    if (value->indicator->kind == PARCHECK_GROUP) {
        report_heading(t, value, cell);
        return true;
    }
    binding = pc_list_add(&bindings->list, t->s->arena, sizeof *binding);
    if (binding == NULL)
        return false;
    binding->unit = value->unit;
    binding->indicator = value->indicator;
    binding->cell = cell;
    return true;
}

/* Those of one edition together: they have one style of writing numbers. */
static bool bind_input(taking *t, size_t input)
{
    const parcheck_edition *edition = t->s->inputs[input].edition;
    size_t count = t->given->values.count;
    pc_bindings bindings = {{0}};

    for (size_t i = 0; i < count; i++) {
        const pc_given_value *value = t->values[i];

        if (!pc_bind_goes_on(t->s, input, i, count))
            return false;
        if (given_unit(t, value->unit)->edition == edition &&
            value->indicator->kind != PARCHECK_TEXT &&
            !bind_value(t, input, value, &bindings))
            return false;
    }
    return pc_read_facts(t->s, &bindings);
}

bool pc_submission_take(pc_submission *submission,
                        const parcheck_schema *schema, const pc_given *given,
                        pc_progress *progress, pc_findings *findings,
                        pc_arena *arena)
{
    taking t = {.s = submission, .given = given};

    if (!pc_submission_start(submission, schema, progress, findings, arena) ||
        !make_inputs(&t) || !make_units(&t) || !sort_values(&t))
        return false;
    for (size_t i = 0; i < submission->input_count; i++)
        if (!bind_input(&t, i))
            return false;
    return pc_submission_finish(submission);
}
