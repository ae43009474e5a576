#include <string.h>

#include "submission/steps.h"

typedef struct binding_form {
    pc_submission *s;
    size_t input;
    const pc_input *in;
    pc_bindings *bindings;
    size_t unit;
    size_t after; /* row of the edition bound last */
    pc_buffer label;
    pc_buffer scratch;
} binding_form;

static const char *text_of(const binding_form *b, const pc_row *row,
                           pc_form_column column)
{
    size_t at = b->in->form_columns[column];

    return at != PC_NONE ? pc_row_text(row, at) : "";
}

/* A cell of the row with what the edition says of it; NULL for no memory. */
static parcheck_cell *row_cell(binding_form *b, const pc_row *row,
                               pc_form_column column,
                               const parcheck_indicator *indicator)
{
    size_t at = b->in->form_columns[column];
    parcheck_cell *cell = pc_place_cell(b->s->arena, b->input, row,
                                        at != PC_NONE ? at + 1 : 1);

    if (cell != NULL && indicator != NULL) {
        cell->name = indicator->name;
        cell->form = indicator->form;
        cell->code = indicator->code;
        cell->label = indicator->label;
    }
    return cell;
}

static void report_match(binding_form *b, const pc_row *row, pc_match_kind kind,
                         const parcheck_indicator *indicator)
{
    const char *code = text_of(b, row, PC_COLUMN_CODE);

    if (kind == PC_MATCH_LABEL_ONLY)
        pc_report_cell(b->s, PC_ROW_WRONG_CODE,
                       row_cell(b, row, PC_COLUMN_CODE, indicator),
                       (const char *[]){code[0] != '\0' ? code : "“”",
                                        pc_row_title(indicator), NULL});
    else
        pc_report_cell(
            b->s, PC_ROW_OTHER_LABEL,
            row_cell(b, row, PC_COLUMN_LABEL, indicator),
            (const char *[]){code, text_of(b, row, PC_COLUMN_LABEL), NULL});
}

static void report_unknown(binding_form *b, const pc_row *row, const char *form)
{
    pc_report_cell(b->s, PC_ROW_UNKNOWN,
                   row_cell(b, row, PC_COLUMN_VALUE, NULL),
                   (const char *[]){form, text_of(b, row, PC_COLUMN_CODE),
                                    text_of(b, row, PC_COLUMN_LABEL), NULL});
}

/* A heading has no value of its own; what stands there is not lost. */
static bool bind_heading(binding_form *b, const pc_row *row,
                         const parcheck_indicator *indicator)
{
    const char *value = text_of(b, row, PC_COLUMN_VALUE);

    if (indicator->kind == PARCHECK_GROUP && value[0] != '\0')
        pc_report_cell(b->s, PC_CELL_HEADING_VALUE,
                       row_cell(b, row, PC_COLUMN_VALUE, indicator),
                       (const char *[]){value, NULL});
    return !b->s->findings->failed;
}

static bool bind_row(binding_form *b, const pc_row *row)
{
    pc_row_key key;
    pc_match match;
    const parcheck_indicator *indicator;

    if (!pc_row_key_make(&key, b->in, row, &b->label))
        return false;
    match = pc_match_row(b->in->edition, &key, b->after, &b->scratch);
    if (b->scratch.failed)
        return false;
    if (match.kind == PC_MATCH_NONE) {
        if (pc_edition_has_form(b->in->edition, key.form))
            report_unknown(b, row, key.form);
        return !b->s->findings->failed;
    }
    indicator = &b->in->edition->indicators[match.row];
    b->after = match.row;
    if (match.kind != PC_MATCH_BOTH)
        report_match(b, row, match.kind, indicator);
    if (indicator->kind == PARCHECK_GROUP || indicator->kind == PARCHECK_TEXT)
        return bind_heading(b, row, indicator);
    return pc_add_binding(b->s, b->bindings, b->input, row,
                          b->in->form_columns[PC_COLUMN_VALUE], indicator,
                          b->unit) != NULL;
}

/* Rows of a form that the edition does not have are told together. */
static void report_forms(binding_form *b)
{
    size_t from = 1;
    size_t end;

    for (; from < b->in->sheet.rows.count; from = end) {
        const pc_row *row = pc_sheet_row(&b->in->sheet, from);
        const char *form = text_of(b, row, PC_COLUMN_FORM);

        for (end = from + 1; end < b->in->sheet.rows.count; end++)
            if (strcmp(form, text_of(b, pc_sheet_row(&b->in->sheet, end),
                                     PC_COLUMN_FORM)) != 0)
                break;
        if (b->in->only_form == NULL && !pc_row_is_empty(row) &&
            !pc_edition_has_form(b->in->edition, form))
            pc_report_cell(
                b->s, PC_FILE_UNKNOWN_FORM,
                row_cell(b, row, PC_COLUMN_FORM, NULL),
                (const char *[]){form, pc_number_text(end - from).text, NULL});
    }
}

/* All inputs of a family of forms are one unit. */
static bool find_unit(binding_form *b)
{
    pc_presence *presence = &b->s->presence[b->in->family->index];

    if (presence->form_unit == PC_NONE) {
        if (pc_add_unit(b->s, b->in->edition) == NULL)
            return false;
        presence->edition = b->in->edition;
        presence->form_unit = b->s->units.count - 1;
    }
    b->unit = presence->form_unit;
    return true;
}

bool pc_bind_form(pc_submission *s, size_t input, pc_bindings *bindings)
{
    binding_form b = {.s = s,
                      .input = input,
                      .in = &s->inputs[input],
                      .bindings = bindings,
                      .after = PC_NONE};
    bool done = find_unit(&b);

    pc_buffer_init(&b.label, &s->arena->allocator, SIZE_MAX / 8);
    pc_buffer_init(&b.scratch, &s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = 1; done && i < b.in->sheet.rows.count; i++) {
        const pc_row *row = pc_sheet_row(&b.in->sheet, i);

        if (!pc_row_is_empty(row))
            done = bind_row(&b, row);
    }
    if (done)
        report_forms(&b);
    pc_buffer_free(&b.label);
    pc_buffer_free(&b.scratch);
    return done && !s->findings->failed;
}

static bool asks_for_value(const parcheck_indicator *indicator)
{
    return indicator->kind != PARCHECK_GROUP &&
           indicator->kind != PARCHECK_TEXT;
}

/* The rows of one form of the edition, [from, end). */
static bool report_missing(pc_submission *s, const pc_unit *unit, size_t from,
                           size_t end)
{
    enum { MOST_NAMED = 12 };
    const parcheck_indicator *rows = unit->edition->indicators;
    const parcheck_cell *first = NULL;
    size_t missing = 0;
    pc_buffer names;
    bool done;

    pc_buffer_init(&names, &s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = from; i < end; i++) {
        const pc_fact *fact = &unit->facts[rows[i].symbol];

        if (!asks_for_value(&rows[i]))
            continue;
        if (fact->state != PC_FACT_MISSING) {
            first = first != NULL ? first : fact->cell;
            continue;
        }
        if (missing++ < MOST_NAMED)
            pc_buffer_format(&names, "%s%s", missing > 1 ? "; " : "",
                             pc_row_title(&rows[i]));
    }
    if (missing > MOST_NAMED)
        pc_buffer_text(&names, "; …");
    done = !names.failed;
    if (first != NULL && missing > 0 && done)
        pc_report_cell(s, PC_ROW_MISSING, first,
                       (const char *[]){rows[from].form,
                                        pc_number_text(missing).text,
                                        names.data, NULL});
    pc_buffer_free(&names);
    return done && !s->findings->failed;
}

static bool report_form_rows(pc_submission *s, const pc_unit *unit)
{
    const parcheck_indicator *rows = unit->edition->indicators;
    size_t end;

    for (size_t from = 0; from < unit->edition->count; from = end) {
        end = from + 1;
        while (end < unit->edition->count &&
               strcmp(rows[from].form, rows[end].form) == 0)
            end++;
        if (!report_missing(s, unit, from, end))
            return false;
    }
    return true;
}

bool pc_report_missing_rows(pc_submission *s)
{
    for (size_t i = 0; i < s->units.count; i++) {
        const pc_unit *unit = pc_submission_unit(s, i);

        if (unit->role == PC_NONE && !report_form_rows(s, unit))
            return false;
    }
    return true;
}
