#include <string.h>

#include "submission/steps.h"
#include "text/key.h"

typedef struct binding_table {
    pc_submission *s;
    size_t input;
    const pc_input *in;
    pc_bindings *bindings;
    /* By field of a record: the indicator, or NULL for none. */
    const parcheck_indicator **columns;
    size_t column_count;
    size_t code_column;
    size_t name_column;   /* PC_NONE if there is none */
    size_t *last_of_role; /* the last unit of each role above, or PC_NONE */
} binding_table;

/* The column that a heading names: by machine name, or by the number that
 * the printed sheet gives it ("3= 4+5+6"). */
static const parcheck_indicator *find_indicator(const parcheck_edition *edition,
                                                const char *heading)
{
    size_t number = pc_column_number(heading);

    for (size_t i = 0; i < edition->count; i++) {
        const parcheck_indicator *indicator = &edition->indicators[i];

        if (strcmp(indicator->name, heading) == 0 ||
            (number > 0 && pc_column_number(indicator->code) == number))
            return indicator;
    }
    return NULL;
}

static bool column_is_taken(const binding_table *b,
                            const parcheck_indicator *indicator)
{
    for (size_t i = 0; i < b->column_count; i++)
        if (b->columns[i] == indicator)
            return true;
    return false;
}

static const parcheck_indicator *numbered(const binding_table *b, size_t number)
{
    for (size_t i = 0; i < b->in->edition->count; i++)
        if (pc_column_number(b->in->edition->indicators[i].code) == number)
            return &b->in->edition->indicators[i];
    return NULL;
}

/* Whether the terms are just these columns, each once. */
static bool is_sum_of(const binding_table *b, const pc_linear *side,
                      const size_t *numbers, size_t count)
{
    if (side->count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const parcheck_indicator *part = numbered(b, numbers[i]);
        size_t j = 0;

        while (part != NULL && j < count &&
               (side->terms[j].operand == NULL ||
                side->terms[j].operand->symbol != part->symbol ||
                side->terms[j].factor.coefficient != 1))
            j++;
        if (part == NULL || j == count)
            return false;
    }
    return true;
}

static bool has_rule(const binding_table *b, const parcheck_indicator *total,
                     const size_t *numbers, size_t count)
{
    const parcheck_family *family = b->in->family;

    for (size_t i = 0; i < family->rule_count; i++) {
        const parcheck_rule *rule = &family->rules[i];
        const pc_node *node = rule->then;

        if (rule->when == NULL && !rule->uses_children &&
            node->kind == PC_NODE_COMPARE && node->relation == PC_EQUAL &&
            node->left.count == 1 && node->left.terms[0].operand != NULL &&
            node->left.terms[0].operand->symbol == total->symbol &&
            is_sum_of(b, &node->right, numbers, count))
            return true;
    }
    return false;
}

/* "3= 4+5+6" is a promise that the rules of the schema should keep. */
static void check_promise(binding_table *b, const pc_row *heading, size_t at,
                          const parcheck_indicator *total)
{
    enum { MOST_PARTS = 16 };
    const char *text = strchr(heading->fields[at].text, '=');
    size_t numbers[MOST_PARTS];
    size_t count = 0;

    for (; text != NULL && count < MOST_PARTS; text = strchr(text, '+')) {
        text += strspn(text, "=+ ");
        numbers[count++] = pc_leading_number(text);
    }
    if (count > 0 && !has_rule(b, total, numbers, count))
        pc_report_cell(b->s, PC_COLUMN_OTHER_SUM,
                       pc_place_cell(b->s->arena, b->input, heading, at + 1),
                       (const char *[]){heading->fields[at].text, NULL});
}

static void take_column(binding_table *b, const pc_row *heading, size_t at)
{
    const char *name = heading->fields[at].text;
    const parcheck_indicator *indicator = find_indicator(b->in->edition, name);
    bool twice = indicator != NULL && column_is_taken(b, indicator);

    if (indicator == NULL && name[0] == '\0')
        return;
    if (indicator == NULL || twice) {
        pc_report_cell(b->s, twice ? PC_COLUMN_DUPLICATE : PC_COLUMN_UNKNOWN,
                       pc_place_cell(b->s->arena, b->input, heading, at + 1),
                       (const char *[]){name, NULL});
        return;
    }
    b->columns[at] = indicator;
    check_promise(b, heading, at, indicator);
    if (strcmp(indicator->name, "stt") == 0)
        b->code_column = at;
    if (strcmp(indicator->name, "unit_name") == 0)
        b->name_column = at;
}

static bool report_missing_columns(binding_table *b, const pc_row *heading)
{
    const parcheck_edition *edition = b->in->edition;
    size_t missing = 0;
    pc_buffer names;
    bool done;

    pc_buffer_init(&names, &b->s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < edition->count; i++)
        if (!column_is_taken(b, &edition->indicators[i]))
            pc_buffer_format(&names, "%s%s", missing++ > 0 ? ", " : "",
                             edition->indicators[i].name);
    done = !names.failed;
    if (missing > 0 && done)
        pc_report_cell(
            b->s, PC_COLUMN_MISSING,
            pc_place_cell(b->s->arena, b->input, heading, 1),
            (const char *[]){pc_number_text(missing).text, names.data, NULL});
    pc_buffer_free(&names);
    return done;
}

static bool read_columns(binding_table *b)
{
    const pc_row *heading = b->in->heading;

    b->columns = pc_arena_array(b->s->arena, heading->count,
                                sizeof(*b->columns));
    if (b->columns == NULL)
        return false;
    b->column_count = heading->count;
    b->s->inputs[b->input].indicators = b->columns;
    b->s->inputs[b->input].indicator_count = b->column_count;
    b->name_column = PC_NONE;
    for (size_t i = 0; i < heading->count; i++)
        take_column(b, heading, i);
    return report_missing_columns(b, heading);
}

static bool is_whole_number(const char *text, size_t length)
{
    return length > 0 && strspn(text, "0123456789") >= length;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_code(const char *text, size_t length, const char *code)
{
    if (strlen(code) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(text[i]) != lower(code[i]))
            return false;
    return true;
}

size_t pc_role_of(const parcheck_family *family, const char *code)
{
    size_t length = strlen(code);

    while (length > 0 && code[length - 1] == '.')
        length--;
    for (size_t i = 0; i < family->role_count; i++) {
        const char *wanted = family->roles[i].code;

        if (strcmp(wanted, "#") == 0 ? is_whole_number(code, length)
                                     : is_code(code, length, wanted))
            return i;
    }
    return PC_NONE;
}

void pc_link_child(pc_submission *s, size_t parent, size_t child)
{
    pc_unit *above = pc_submission_unit(s, parent);

    if (above->first_child == PC_NONE)
        above->first_child = child;
    else
        pc_submission_unit(s, above->last_child)->next_sibling = child;
    above->last_child = child;
}

/* The unit of a row: that of its role if there can be only one, else a new
 * one below the last unit of the role above. */
static bool find_unit(binding_table *b, const pc_row *row, size_t role,
                      size_t *unit)
{
    const parcheck_family *family = b->in->family;
    size_t *one = &b->s->presence[family->index].role_units[role];
    size_t above = family->roles[role].parent;
    pc_unit *added;

    if (strcmp(family->roles[role].code, "#") != 0 && *one != PC_NONE) {
        *unit = *one;
        return true;
    }
    added = pc_add_unit(b->s, b->in->edition);
    if (added == NULL)
        return false;
    *unit = b->s->units.count - 1;
    added->role = role;
    added->line = row->line;
    added->code = pc_row_text(row, b->code_column);
    added->name = b->name_column != PC_NONE ? pc_row_text(row, b->name_column)
                                            : added->code;
    if (above != PC_NONE && b->last_of_role[above] != PC_NONE) {
        added->parent = b->last_of_role[above];
        pc_link_child(b->s, added->parent, *unit);
    }
    if (*one == PC_NONE)
        *one = *unit;
    return true;
}

static void report_unknown(binding_table *b, const pc_row *row)
{
    const char *name = b->name_column != PC_NONE
                           ? pc_row_text(row, b->name_column)
                           : "";

    pc_report_cell(
        b->s, PC_ROW_UNKNOWN,
        pc_place_cell(b->s->arena, b->input, row, b->code_column + 1),
        (const char *[]){b->in->edition->indicators[0].form,
                         pc_row_text(row, b->code_column), name, NULL});
}

static bool bind_row(binding_table *b, const pc_row *row)
{
    size_t role = pc_role_of(b->in->family, pc_row_text(row, b->code_column));
    size_t unit;

    if (role == PC_NONE) {
        report_unknown(b, row);
        return !b->s->findings->failed;
    }
    pc_report_width(b->s, b->input, row, b->column_count);
    if (!find_unit(b, row, role, &unit))
        return false;
    b->last_of_role[role] = unit;
    for (size_t i = 0; i < b->column_count; i++)
        if (b->columns[i] != NULL && b->columns[i]->kind != PARCHECK_TEXT &&
            b->columns[i]->kind != PARCHECK_GROUP &&
            pc_add_binding(b->s, b->bindings, b->input, row, i, b->columns[i],
                           unit) == NULL)
            return false;
    return true;
}

/* A unit's place among its siblings, by name, to find one that is there
 * twice. */
typedef struct sibling {
    size_t parent;
    size_t role;
    const char *name;
    size_t unit;
} sibling;

static int compare_siblings(const void *left, const void *right)
{
    const sibling *a = left;
    const sibling *b = right;
    int names = strcmp(a->name, b->name);

    if (a->parent != b->parent)
        return a->parent < b->parent ? -1 : 1;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if (names != 0)
        return names;
    return a->unit < b->unit ? -1 : a->unit > b->unit;
}

static void report_repeated(binding_table *b, const sibling *first,
                            const sibling *again)
{
    const pc_unit *unit = pc_submission_unit(b->s, again->unit);
    pc_row row = {unit->line, 0, 0, NULL};

    pc_report_cell(
        b->s, PC_UNIT_REPEATED, pc_place_cell(b->s->arena, b->input, &row, 0),
        (const char *[]){
            unit->name,
            pc_number_text(pc_submission_unit(b->s, first->unit)->line).text,
            NULL});
}

/* Of units that may stand many times under one parent, from `first_unit`. */
static bool check_repeated(binding_table *b, size_t first_unit)
{
    size_t count = b->s->units.count - first_unit;
    sibling *siblings = pc_arena_array(b->s->arena, count, sizeof *siblings);

    if (siblings == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const pc_unit *unit = pc_submission_unit(b->s, first_unit + i);

        siblings[i].parent = unit->parent;
        siblings[i].role = unit->role;
        siblings[i].name = unit->name;
        siblings[i].unit = first_unit + i;
    }
    pc_sort(siblings, count, sizeof *siblings, compare_siblings);
    for (size_t i = 1; i < count; i++)
        if (siblings[i].parent == siblings[i - 1].parent &&
            siblings[i].role == siblings[i - 1].role &&
            siblings[i].name[0] != '\0' &&
            strcmp(siblings[i].name, siblings[i - 1].name) == 0)
            report_repeated(b, &siblings[i - 1], &siblings[i]);
    return true;
}

/* Rows of an earlier input count as above those of this one. */
static bool start_roles(binding_table *b)
{
    const parcheck_family *family = b->in->family;
    const size_t *known = b->s->presence[family->index].role_units;
    size_t count = family->role_count;

    b->last_of_role = pc_arena_array(b->s->arena, count,
                                     sizeof *b->last_of_role);
    if (b->last_of_role == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        b->last_of_role[i] = known[i];
    return true;
}

bool pc_bind_table(pc_submission *s, size_t input, pc_bindings *bindings)
{
    binding_table b = {
        .s = s, .input = input, .in = &s->inputs[input], .bindings = bindings};
    size_t first_unit = s->units.count;
    bool done = start_roles(&b) && read_columns(&b);

    s->presence[b.in->family->index].edition = b.in->edition;
    for (size_t i = b.in->first_row; done && i < b.in->sheet.rows.count; i++) {
        const pc_row *row = pc_sheet_row(&b.in->sheet, i);

        done = pc_bind_goes_on(s, input, i - b.in->first_row,
                               b.in->sheet.rows.count);
        if (done && !pc_row_is_empty(row))
            done = bind_row(&b, row);
    }
    return done && check_repeated(&b, first_unit) && !s->findings->failed;
}

/* Puts the units of a role that have no unit above below this one. */
static void adopt(pc_submission *s, const parcheck_family *family, size_t role,
                  size_t parent)
{
    for (size_t i = 0; i < s->units.count; i++) {
        pc_unit *unit = pc_submission_unit(s, i);

        if (unit->edition->family == family && unit->role == role &&
            unit->parent == PC_NONE) {
            unit->parent = parent;
            pc_link_child(s, parent, i);
        }
    }
}

/* A table may have its total last: where no row stands below the one row of
 * a role that others belong to, those above it do. */
static void link_rows_above(pc_submission *s, const parcheck_family *family)
{
    const size_t *known = s->presence[family->index].role_units;

    for (size_t role = 0; role < family->role_count; role++) {
        size_t above = family->roles[role].parent;

        if (above != PC_NONE && known[above] != PC_NONE &&
            strcmp(family->roles[above].code, "#") != 0 &&
            pc_submission_unit(s, known[above])->first_child == PC_NONE)
            adopt(s, family, role, known[above]);
    }
}

static size_t first_input(const pc_submission *s, const parcheck_family *family)
{
    size_t i = 0;

    while (s->inputs[i].family != family)
        i++;
    return i;
}

static bool report_missing_roles(pc_submission *s,
                                 const parcheck_family *family)
{
    const pc_presence *presence = &s->presence[family->index];
    size_t input = first_input(s, family);
    const pc_row *heading = s->inputs[input].heading; /* NULL without a file */
    const pc_row nowhere = {0};
    size_t missing = 0;
    pc_buffer codes;
    bool done;

    pc_buffer_init(&codes, &s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < family->role_count; i++)
        if (strcmp(family->roles[i].code, "#") != 0 &&
            presence->role_units[i] == PC_NONE)
            pc_buffer_format(&codes, "%s%s", missing++ > 0 ? "; " : "",
                             family->roles[i].code);
    done = !codes.failed;
    if (missing > 0 && done)
        pc_report_cell(
            s, PC_ROW_MISSING,
            heading != NULL ? pc_place_cell(s->arena, input, heading, 1)
                            : pc_place_cell(s->arena, input, &nowhere, 0),
            (const char *[]){presence->edition->indicators[0].form,
                             pc_number_text(missing).text, codes.data, NULL});
    pc_buffer_free(&codes);
    return done;
}

bool pc_report_missing_units(pc_submission *s)
{
    for (size_t i = 0; i < s->schema->family_count; i++)
        if (s->schema->families[i].role_count > 0 &&
            s->presence[i].edition != NULL) {
            link_rows_above(s, &s->schema->families[i]);
            if (!report_missing_roles(s, &s->schema->families[i]))
                return false;
        }
    return !s->findings->failed;
}
