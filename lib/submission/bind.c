#include "submission/steps.h"

#include <string.h>

bool pc_bind_goes_on(const pc_submission *s, size_t input, size_t done,
                     size_t of)
{
    return done % PC_PROGRESS_STEP != 0 ||
           pc_progress_at(s->progress, PC_PHASE_BIND,
                          (uint64_t)input * of + done,
                          (uint64_t)s->input_count * of);
}

void pc_name_unit(parcheck_finding *finding, const pc_unit *unit)
{
    finding->unit = unit->name;
    finding->unit_code = unit->code;
    if (unit->period.text[0] != '\0')
        finding->period = unit->period.text;
}

pc_unit *pc_submission_unit(const pc_submission *submission, size_t index)
{
    return (pc_unit *)submission->units.data + index;
}

const char *pc_input_text(const pc_input *input, const pc_row *row,
                          pc_column column)
{
    size_t at = input->columns[column];

    return at != PC_NONE ? pc_row_text(row, at) : "";
}

const pc_body_row *pc_body(const pc_input *input, size_t index)
{
    return (const pc_body_row *)input->body.data + index;
}

size_t pc_form_end(const pc_input *input, size_t index)
{
    const char *form = pc_body(input, index)->form;

    do
        index++;
    while (index < input->body.count &&
           strcmp(form, pc_body(input, index)->form) == 0);
    return index;
}

void pc_describe_cell(parcheck_cell *cell, const parcheck_indicator *indicator)
{
    cell->name = indicator->name;
    cell->form = indicator->form;
    cell->code = indicator->code;
    cell->label = indicator->label;
}

static const pc_owner *owner_of(const pc_unit *unit, pc_arena *arena)
{
    pc_owner *owner = pc_arena_alloc(arena, sizeof *owner);

    if (owner == NULL)
        return NULL;
    owner->unit = unit->name;
    owner->unit_code = unit->code;
    owner->period = NULL;
    if (unit->period.text[0] == '\0')
        return owner;
    /* The unit itself may move. */
    owner->period = pc_arena_string(arena, unit->period.text);
    return owner->period != NULL ? owner : NULL;
}

bool pc_own_cell(parcheck_cell *cell, pc_unit *unit, pc_arena *arena)
{
    if (unit->owner == NULL)
        unit->owner = owner_of(unit, arena);
    cell->owner = unit->owner;
    return unit->owner != NULL;
}

pc_unit *pc_add_unit(pc_submission *s, const parcheck_edition *edition)
{
    pc_unit *unit = pc_list_add(&s->units, s->arena, sizeof *unit);

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

pc_binding *pc_add_binding(pc_submission *s, pc_bindings *bindings,
                           size_t input, const pc_row *row, size_t column,
                           const parcheck_indicator *indicator, size_t unit)
{
    pc_binding *binding = pc_list_add(&bindings->list, s->arena,
                                      sizeof *binding);

    if (binding == NULL)
        return NULL;
    binding->cell = pc_place_cell(s->arena, input, row, column + 1);
    if (binding->cell == NULL ||
        !pc_own_cell(binding->cell, pc_submission_unit(s, unit), s->arena))
        return NULL;
    binding->unit = unit;
    binding->indicator = indicator;
    pc_describe_cell(binding->cell, indicator);
    return binding;
}

void pc_report_cell(pc_submission *s, pc_code code, const parcheck_cell *cell,
                    const char *const *arguments)
{
    if (cell == NULL)
        s->findings->failed = true;
    pc_finding_at(s->findings, pc_findings_add(s->findings, code, arguments),
                  cell);
}

/* An edition of tables that has the form, or NULL. */
static const parcheck_edition *table_of(const pc_submission *s,
                                        const char *form)
{
    for (size_t i = 0; i < s->schema->family_count; i++) {
        const parcheck_family *family = &s->schema->families[i];

        for (size_t j = 0; family->role_count > 0 && j < family->edition_count;
             j++)
            if (pc_edition_has_form(&family->editions[j], form))
                return &family->editions[j];
    }
    return NULL;
}

void pc_report_form(pc_submission *s, const parcheck_cell *cell,
                    const char *form, size_t rows)
{
    const parcheck_edition *table = form[0] != '\0' ? table_of(s, form) : NULL;
    const pc_digits count = pc_number_text(rows);

    if (table == NULL)
        pc_report_cell(s, PC_FILE_UNKNOWN_FORM, cell,
                       (const char *[]){form, count.text, NULL});
    else
        pc_report_cell(s, PC_FILE_TABLE_FORM, cell,
                       (const char *[]){form, count.text, table->family->name,
                                        table->name, NULL});
}

void pc_report_of_unit(pc_submission *s, size_t unit, pc_code code,
                       const parcheck_cell *cell, const char *const *arguments)
{
    parcheck_finding *finding = pc_findings_add(s->findings, code, arguments);

    if (cell == NULL)
        s->findings->failed = true;
    pc_finding_at(s->findings, finding, cell);
    if (finding != NULL && cell != NULL && cell->line == 0)
        pc_name_unit(finding, pc_submission_unit(s, unit));
}

void pc_report_width(pc_submission *s, size_t input, const pc_row *row,
                     size_t least)
{
    size_t most = s->inputs[input].heading->count;
    pc_code code = row->count > most ? PC_RECORD_LONG : PC_RECORD_SHORT;

    if (row->count <= most && row->count >= least)
        return;
    pc_report_cell(s, code, pc_place_cell(s->arena, input, row, 1),
                   (const char *[]){pc_number_text(row->count).text,
                                    pc_number_text(most).text, NULL});
}

const char *pc_row_title(const parcheck_indicator *indicator)
{
    return indicator->code[0] != '\0' ? indicator->code : indicator->label;
}

static bool start_presence(pc_submission *s)
{
    size_t count = s->schema->family_count;

    s->presence = pc_arena_array(s->arena, count, sizeof *s->presence);
    s->form_units = pc_arena_array(s->arena, count, sizeof *s->form_units);
    if (s->presence == NULL || s->form_units == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        pc_presence *presence = &s->presence[i];
        size_t roles = s->schema->families[i].role_count;

        pc_map_init(&s->form_units[i], s->arena);

        presence->role_units = pc_arena_array(s->arena, roles,
                                              sizeof *presence->role_units);
        if (presence->role_units == NULL)
            return false;
        for (size_t j = 0; j < roles; j++)
            presence->role_units[j] = PC_NONE;
    }
    return true;
}

/* Cells of one input at a time: its number style is its own. */
static bool bind_input(pc_submission *s, size_t input)
{
    pc_bindings bindings = {{0}};
    bool done;

    if (s->inputs[input].edition == NULL)
        return true;
    if (s->inputs[input].layout == PC_LAYOUT_TABLE)
        done = pc_bind_table(s, input, &bindings);
    else
        done = pc_bind_form(s, input, &bindings);
    return done && pc_read_facts(s, &bindings);
}

static const char *name_of(const pc_unit *unit)
{
    return unit->name != NULL ? unit->name : "";
}

/* Units in the order of their families, names and periods. */
static int compare_periods(const void *left, const void *right)
{
    const pc_unit *a = *(const pc_unit *const *)left;
    const pc_unit *b = *(const pc_unit *const *)right;
    size_t fa = a->edition->family->index;
    size_t fb = b->edition->family->index;
    int names = strcmp(name_of(a), name_of(b));

    if (fa != fb)
        return fa < fb ? -1 : 1;
    if (names != 0)
        return names;
    if (a->period.year != b->period.year)
        return a->period.year < b->period.year ? -1 : 1;
    if (a->period.part != b->period.part)
        return a->period.part < b->period.part ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* The units of one name for one year, one for each part of it. */
typedef struct year {
    pc_unit *parts[PC_PERIOD_PARTS];
} year;

static bool is_same(const pc_unit *a, const pc_unit *b)
{
    return a->edition == b->edition && strcmp(name_of(a), name_of(b)) == 0;
}

/* Gives a unit its unit earlier in the year and that of the year before. */
static void link_unit(const pc_submission *s, pc_unit *unit, const year *now,
                      const year *before)
{
    const pc_unit *first = pc_submission_unit(s, 0);
    const pc_unit *last = before->parts[unit->period.part];
    unsigned nearest = 0;

    for (size_t i = 0; i < PC_PERIOD_PARTS; i++) {
        const pc_unit *other = now->parts[i];
        unsigned nearness = other != NULL ? pc_period_nearness(&other->period,
                                                               &unit->period)
                                          : 0;

        if (nearness > nearest) {
            nearest = nearness;
            unit->previous = (size_t)(other - first);
        }
    }
    if (last != NULL && is_same(last, unit) &&
        pc_period_is_year_after(&last->period, &unit->period))
        unit->year_before = (size_t)(last - first);
}

/* Gives each unit that has them its units of other periods. */
static bool link_periods(pc_submission *s)
{
    size_t count = s->units.count;
    pc_unit **order = pc_arena_array(s->arena, count, sizeof(*order));
    year before = {{NULL}};
    size_t to;

    if (order == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        order[i] = pc_submission_unit(s, i);
    pc_sort(order, count, sizeof(*order), compare_periods);
    for (size_t from = 0; from < count; from = to) {
        year now = {{NULL}};

        for (to = from; to < count && is_same(order[from], order[to]) &&
                        order[from]->period.year == order[to]->period.year;
             to++)
            if (now.parts[order[to]->period.part] == NULL)
                now.parts[order[to]->period.part] = order[to];
        for (size_t i = from; i < to; i++)
            link_unit(s, order[i], &now, &before);
        before = now;
    }
    return true;
}

bool pc_submission_start(pc_submission *s, const parcheck_schema *schema,
                         pc_progress *progress, pc_findings *findings,
                         pc_arena *arena)
{
    memset(s, 0, sizeof *s);
    s->schema = schema;
    s->arena = arena;
    s->findings = findings;
    s->progress = progress;
    return start_presence(s);
}

bool pc_submission_finish(pc_submission *s)
{
    return link_periods(s) && pc_report_missing_rows(s) &&
           pc_report_missing_units(s);
}

bool pc_submission_bind(pc_submission *submission,
                        const parcheck_schema *schema, pc_input *inputs,
                        size_t count, const pc_bind_options *options,
                        pc_findings *findings, pc_arena *arena)
{
    if (!pc_submission_start(submission, schema, options->progress, findings,
                             arena))
        return false;
    submission->inputs = inputs;
    submission->input_count = count;
    submission->across_apart = options->across_apart;
    if (!(options->laid_out ? pc_read_bodies(submission)
                            : pc_find_layouts(submission, options->layout)) ||
        !pc_choose_editions(submission, options->edition))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!bind_input(submission, i))
            return false;
    return pc_submission_finish(submission);
}
