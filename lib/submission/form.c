#include <string.h>

#include "submission/steps.h"

typedef struct binding_form {
    pc_submission *s;
    size_t input;
    const pc_input *in;
    pc_bindings *bindings;
    size_t unit;        /* of the current row or column */
    size_t after;       /* row of the edition bound last */
    size_t suggestions; /* for rows that are unknown */
    pc_buffer scratch;
} binding_form;

static const char *text_of(const binding_form *b, const pc_row *row,
                           pc_column column)
{
    return pc_input_text(b->in, row, column);
}

/* A cell of the row with what the edition says of it; NULL for no memory. */
static parcheck_cell *row_cell(binding_form *b, const pc_row *row,
                               pc_column column,
                               const parcheck_indicator *indicator)
{
    size_t at = b->in->columns[column];
    parcheck_cell *cell = pc_place_cell(b->s->arena, b->input, row,
                                        at != PC_NONE ? at + 1 : 1);

    if (cell != NULL && indicator != NULL)
        pc_describe_cell(cell, indicator);
    return cell;
}

/* Joins texts in the arena; NULL without memory, which is noted. */
static const char *join(binding_form *b, const char *const *texts, size_t count)
{
    const char *joined;

    pc_buffer_clear(&b->scratch);
    for (size_t i = 0; i < count; i++)
        pc_buffer_text(&b->scratch, texts[i]);
    joined = pc_buffer_copy(&b->scratch, b->s->arena);
    if (joined == NULL)
        b->s->findings->failed = true;
    return joined;
}

/* The code and the label speak of different rows: both are named. */
static void report_wrong_code(binding_form *b, const pc_row *row,
                              const pc_match *match)
{
    const parcheck_indicator *rows = b->in->edition->indicators;
    const char *code = text_of(b, row, PC_COLUMN_CODE);
    const char *meaning = "";

    if (match->code_row != PC_NONE)
        meaning = join(
            b, (const char *[]){" (“", rows[match->code_row].label, "”)"}, 3);
    if (meaning == NULL)
        return;
    pc_report_cell(b->s, PC_ROW_WRONG_CODE,
                   row_cell(b, row, PC_COLUMN_CODE, &rows[match->row]),
                   (const char *[]){code[0] != '\0' ? code : "“”", meaning,
                                    pc_row_title(&rows[match->row]),
                                    rows[match->row].label, NULL});
}

static void report_match(binding_form *b, const pc_row *row,
                         const pc_match *match)
{
    const parcheck_indicator *indicator =
        &b->in->edition->indicators[match->row];
    const char *code = text_of(b, row, PC_COLUMN_CODE);
    const char *label = text_of(b, row, PC_COLUMN_LABEL);

    if (match->kind == PC_MATCH_LABEL_ONLY &&
        b->in->columns[PC_COLUMN_CODE] == PC_NONE)
        return; /* a file without codes goes by its labels */
    if (match->kind == PC_MATCH_LABEL_ONLY &&
        pc_is_converted_code(code, indicator->code))
        pc_report_cell(b->s, PC_ROW_CONVERTED_CODE,
                       row_cell(b, row, PC_COLUMN_CODE, indicator),
                       (const char *[]){code, indicator->code, NULL});
    else if (match->kind == PC_MATCH_LABEL_ONLY)
        report_wrong_code(b, row, match);
    else if (match->kind == PC_MATCH_NEAR)
        pc_report_cell(b->s, PC_ROW_SIMILAR_LABEL,
                       row_cell(b, row, PC_COLUMN_LABEL, indicator),
                       (const char *[]){label, indicator->label, NULL});
    else
        pc_report_cell(b->s, PC_ROW_OTHER_LABEL,
                       row_cell(b, row, PC_COLUMN_LABEL, indicator),
                       (const char *[]){code, label, NULL});
}

/* With the nearest row of the form as a suggestion, for the first of them:
 * looking for it is slow. */
static void report_unknown(binding_form *b, const pc_row *row,
                           const pc_row_key *key)
{
    enum { MOST_SUGGESTIONS = 50 };
    const pc_value_column *first = b->in->values.data;
    const char *vi = "";
    const char *en = "";
    size_t near = PC_NONE;

    if (b->suggestions++ < MOST_SUGGESTIONS && key->label_length > 0)
        near = pc_nearest_row(b->in->edition, key);
    if (near != PC_NONE) {
        const parcheck_indicator *row_near = &b->in->edition->indicators[near];
        const char *title = pc_row_title(row_near);

        vi = join(b,
                  (const char *[]){"; gần nhất là ", title, " “",
                                   row_near->label, "”"},
                  5);
        en = join(b,
                  (const char *[]){"; the nearest is ", title, " “",
                                   row_near->label, "”"},
                  5);
    }
    if (vi != NULL && en != NULL)
        pc_report_cell(
            b->s, PC_ROW_UNKNOWN,
            pc_place_cell(b->s->arena, b->input, row, first->column + 1),
            (const char *[]){key->form, text_of(b, row, PC_COLUMN_CODE),
                             text_of(b, row, PC_COLUMN_LABEL), vi, en, NULL});
}

/* A heading has no value of its own; what stands there is not lost. */
static bool bind_heading(binding_form *b, const pc_row *row,
                         const parcheck_indicator *indicator)
{
    const pc_value_column *values = b->in->values.data;

    for (size_t i = 0; i < b->in->values.count; i++) {
        const char *value = pc_row_text(row, values[i].column);
        parcheck_cell *cell;

        if (indicator->kind != PARCHECK_GROUP ||
            pc_literal_read(value, strlen(value)).state == PC_LITERAL_BLANK)
            continue;
        cell = row_cell(b, row, PC_COLUMN_LABEL, indicator);
        if (cell != NULL)
            pc_cell_move(cell, row, values[i].column + 1);
        pc_report_cell(b->s, PC_CELL_HEADING_VALUE, cell,
                       (const char *[]){value, NULL});
    }
    return !b->s->findings->failed;
}

/* The unit that a name and a period stand for; a new one the first time. */
static bool find_unit(binding_form *b, const char *name,
                      const pc_period *period)
{
    pc_unit *unit;
    const char *key;
    size_t length;

    pc_buffer_clear(&b->scratch);
    pc_buffer_text(&b->scratch, name);
    pc_buffer_char(&b->scratch, '\0'); /* which no text has */
    pc_buffer_text(&b->scratch, period->text);
    length = b->scratch.length;
    if (b->scratch.failed)
        return false;
    if (pc_map_get(&b->s->form_units[b->in->family->index], b->scratch.data,
                   length, &b->unit))
        return true;
    key = pc_buffer_copy(&b->scratch, b->s->arena);
    unit = pc_add_unit(b->s, b->in->edition);
    if (key == NULL || unit == NULL)
        return false;
    unit->name = name[0] != '\0' ? name : NULL;
    unit->period = *period;
    b->unit = b->s->units.count - 1;
    b->s->presence[b->in->family->index].edition = b->in->edition;
    return pc_map_set(&b->s->form_units[b->in->family->index], key, length,
                      b->unit);
}

static bool bind_values(binding_form *b, const pc_row *row,
                        const parcheck_indicator *indicator)
{
    const pc_value_column *values = b->in->values.data;
    bool is_long = b->in->layout == PC_LAYOUT_LONG;

    for (size_t i = 0; i < b->in->values.count; i++) {
        pc_period period = is_long ? pc_period_read(
                                         text_of(b, row, PC_COLUMN_PERIOD),
                                         &b->scratch)
                                   : values[i].period;
        const char *name = is_long ? text_of(b, row, PC_COLUMN_UNIT) : "";

        if (!find_unit(b, name, &period) ||
            pc_add_binding(b->s, b->bindings, b->input, row, values[i].column,
                           indicator, b->unit) == NULL)
            return false;
    }
    return true;
}

static bool has_value(const binding_form *b, const pc_row *row)
{
    const pc_value_column *values = b->in->values.data;

    for (size_t i = 0; i < b->in->values.count; i++)
        if (pc_row_text(row, values[i].column)[0] != '\0')
            return true;
    return false;
}

/* Codes of forms begin with a digit; other words in their column do not make
 * a row. */
static bool is_code(const pc_row_key *key)
{
    return key->code_length > 0 && key->code[0] >= '0' && key->code[0] <= '9';
}

/* A line without code and value, such as a signature, says nothing that
 * could be checked. */
static bool report_unplaced(binding_form *b, const pc_row *row,
                            const pc_row_key *key)
{
    const char *label = text_of(b, row, PC_COLUMN_LABEL);

    if (!is_code(key) && !has_value(b, row))
        pc_report_cell(
            b->s, PC_ROW_REMARK, row_cell(b, row, PC_COLUMN_LABEL, NULL),
            (const char *[]){label[0] != '\0' ? label : key->code, NULL});
    else if (pc_edition_has_form(b->in->edition, key->form))
        report_unknown(b, row, key);
    return !b->s->findings->failed;
}

/* A row must reach to its first value; a note behind may be left out. */
static size_t least_width(const pc_input *input)
{
    return ((const pc_value_column *)input->values.data)->column + 1;
}

static bool bind_row(binding_form *b, const pc_body_row *body)
{
    pc_row_key key = pc_row_key_of(b->in, body);
    pc_match match;
    const parcheck_indicator *indicator;

    pc_report_width(b->s, b->input, body->row, least_width(b->in));
    match = pc_match_row(b->in->edition, &key, b->after, &b->scratch);
    if (b->scratch.failed)
        return false;
    if (match.kind == PC_MATCH_NONE)
        return report_unplaced(b, body->row, &key);
    indicator = &b->in->edition->indicators[match.row];
    b->after = match.row;
    if (match.kind != PC_MATCH_BOTH)
        report_match(b, body->row, &match);
    if (indicator->kind == PARCHECK_GROUP || indicator->kind == PARCHECK_TEXT)
        return bind_heading(b, body->row, indicator);
    return bind_values(b, body->row, indicator);
}

/* Rows of a form that the edition does not have are told together. */
static void report_forms(binding_form *b)
{
    size_t end;

    for (size_t from = 0; from < b->in->body.count; from = end) {
        const pc_body_row *first = pc_body(b->in, from);

        end = pc_form_end(b->in, from);
        if (b->in->only_form == NULL &&
            !pc_edition_has_form(b->in->edition, first->form))
            pc_report_form(b->s,
                           row_cell(b, first->row, PC_COLUMN_FORM, NULL),
                           first->form, end - from);
    }
}

bool pc_bind_form(pc_submission *s, size_t input, pc_bindings *bindings)
{
    binding_form b = {.s = s,
                      .input = input,
                      .in = &s->inputs[input],
                      .bindings = bindings,
                      .after = PC_NONE};
    bool done = true;

    pc_buffer_init(&b.scratch, &s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = 0; done && i < b.in->body.count; i++)
        done = pc_bind_goes_on(s, input, i, b.in->body.count) &&
               bind_row(&b, pc_body(b.in, i));
    if (done)
        report_forms(&b);
    pc_buffer_free(&b.scratch);
    return done && !s->findings->failed;
}

/* Where rows go by their codes alone, a row without one cannot be given. */
static bool asks_for_value(const parcheck_indicator *indicator, bool by_codes)
{
    return indicator->kind != PARCHECK_GROUP &&
           indicator->kind != PARCHECK_TEXT &&
           !(by_codes && indicator->code[0] == '\0');
}

/* A long table need not have a column of labels. */
static bool goes_by_codes(const pc_submission *s)
{
    for (size_t i = 0; i < s->input_count; i++)
        if (s->inputs[i].layout != PC_LAYOUT_LONG ||
            s->inputs[i].columns[PC_COLUMN_LABEL] != PC_NONE)
            return false;
    return s->input_count > 0;
}

/* The rows of one form of the edition, [from, end). */
static bool report_missing(pc_submission *s, size_t index, size_t from,
                           size_t end)
{
    enum { MOST_NAMED = 12 };
    bool by_codes = goes_by_codes(s);
    const pc_unit *unit = pc_submission_unit(s, index);
    const parcheck_indicator *rows = unit->edition->indicators;
    const parcheck_cell *first = NULL;
    size_t missing = 0;
    pc_buffer names;
    bool done;

    pc_buffer_init(&names, &s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = from; i < end; i++) {
        const pc_fact *fact = &unit->facts[rows[i].symbol];

        if (!asks_for_value(&rows[i], by_codes))
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
        pc_report_of_unit(s, index, PC_ROW_MISSING, first,
                          (const char *[]){rows[from].form,
                                           pc_number_text(missing).text,
                                           names.data, NULL});
    pc_buffer_free(&names);
    return done && !s->findings->failed;
}

static bool report_form_rows(pc_submission *s, size_t index)
{
    const pc_unit *unit = pc_submission_unit(s, index);
    const parcheck_indicator *rows = unit->edition->indicators;
    size_t end;

    for (size_t from = 0; from < unit->edition->count; from = end) {
        end = from + 1;
        while (end < unit->edition->count &&
               strcmp(rows[from].form, rows[end].form) == 0)
            end++;
        if (!report_missing(s, index, from, end))
            return false;
    }
    return true;
}

bool pc_report_missing_rows(pc_submission *s)
{
    for (size_t i = 0; i < s->units.count; i++) {
        const pc_unit *unit = pc_submission_unit(s, i);

        if (unit->role == PC_NONE && unit->previous == PC_NONE &&
            unit->year_before == PC_NONE && !report_form_rows(s, i))
            return false;
    }
    return true;
}
