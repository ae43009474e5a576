#include <string.h>

#include "submission/steps.h"
#include "text/key.h"

/* How well the rows of inputs fit an edition. */
typedef struct fit {
    const parcheck_edition *edition;
    size_t score;   /* 2 for code and label, 1 for one of them */
    size_t matched; /* rows that have a place in the edition */
} fit;

static void strip_code(pc_row_key *key, const char *code)
{
    key->code = code;
    key->code_length = strlen(code);
    if (key->code_length > 0 && code[key->code_length - 1] == '.')
        key->code_length--;
}

static const char *column_text(const pc_input *input, const pc_row *row,
                               pc_form_column column)
{
    size_t at = input->form_columns[column];

    return at != PC_NONE ? pc_row_text(row, at) : "";
}

bool pc_row_key_make(pc_row_key *key, const pc_input *input, const pc_row *row,
                     pc_buffer *buffer)
{
    const char *label = column_text(input, row, PC_COLUMN_LABEL);

    key->form = input->only_form != NULL
                    ? input->only_form
                    : column_text(input, row, PC_COLUMN_FORM);
    strip_code(key, column_text(input, row, PC_COLUMN_CODE));
    if (!pc_text_key(buffer, label, strlen(label)))
        return false;
    key->label = buffer->data;
    key->label_length = buffer->length;
    return true;
}

typedef struct scoring {
    pc_buffer label;
    pc_buffer scratch;
} scoring;

static bool add_input(scoring *work, fit *f, const pc_input *input)
{
    size_t after = PC_NONE;

    for (size_t i = 1; i < input->sheet.rows.count; i++) {
        const pc_row *row = pc_sheet_row(&input->sheet, i);
        pc_row_key key;
        pc_match match;

        if (pc_row_is_empty(row))
            continue;
        if (!pc_row_key_make(&key, input, row, &work->label))
            return false;
        match = pc_match_row(f->edition, &key, after, &work->scratch);
        if (match.kind == PC_MATCH_NONE)
            continue;
        after = match.row;
        f->matched++;
        f->score += match.kind == PC_MATCH_BOTH ? 2 : 1;
    }
    return !work->scratch.failed;
}

/* A file without a form column is one form: the one it fits best. */
static bool add_single_form(scoring *work, fit *f, pc_input *input)
{
    const char *best_form = NULL;
    fit best = *f;

    for (size_t i = 0; i < f->edition->count; i++) {
        const char *form = f->edition->indicators[i].form;
        fit trial = *f;

        if (i > 0 && strcmp(form, f->edition->indicators[i - 1].form) == 0)
            continue;
        input->only_form = form;
        if (!add_input(work, &trial, input))
            return false;
        if (best_form == NULL || trial.score > best.score) {
            best = trial;
            best_form = form;
        }
    }
    input->only_form = best_form;
    *f = best;
    return true;
}

static bool add_fit(scoring *work, fit *f, pc_input *input)
{
    if (input->form_columns[PC_COLUMN_FORM] == PC_NONE)
        return add_single_form(work, f, input);
    return add_input(work, f, input);
}

/* Where the edition asked for is of a family, the others of that family are
 * no candidates. */
static bool is_candidate(const parcheck_edition *edition, const char *wanted)
{
    const parcheck_family *family = edition->family;

    if (wanted == NULL || pc_edition_is_named(edition, wanted))
        return true;
    for (size_t i = 0; i < family->edition_count; i++)
        if (pc_edition_is_named(&family->editions[i], wanted))
            return false;
    return true;
}

/* The edition that fits one input best, to learn its family. */
static bool choose_family(pc_submission *s, scoring *work, pc_input *input,
                          const char *wanted)
{
    fit best = {NULL, 0, 0};

    for (size_t i = 0; i < s->schema->family_count; i++) {
        const parcheck_family *family = &s->schema->families[i];

        for (size_t j = 0; family->role_count == 0 && j < family->edition_count;
             j++) {
            fit f = {&family->editions[j], 0, 0};

            if (!is_candidate(f.edition, wanted))
                continue;
            if (!add_fit(work, &f, input))
                return false;
            if (f.score > best.score)
                best = f;
        }
    }
    if (best.edition != NULL)
        input->family = best.edition->family;
    return true;
}

static size_t count_rows(const pc_input *input)
{
    size_t rows = 0;

    for (size_t i = 1; i < input->sheet.rows.count; i++)
        rows += !pc_row_is_empty(pc_sheet_row(&input->sheet, i));
    return rows;
}

/* All inputs of a family together decide its edition: a form that reads the
 * same in two editions is then no tie. */
static bool fit_family(pc_submission *s, scoring *work,
                       const parcheck_family *family, fit *f, size_t *rows)
{
    *rows = 0;
    for (size_t i = 0; i < s->input_count; i++) {
        pc_input *input = &s->inputs[i];

        if (input->layout != PC_LAYOUT_FORM || input->family != family)
            continue;
        *rows += count_rows(input);
        if (!add_fit(work, f, input))
            return false;
    }
    return true;
}

static bool write_candidate(pc_buffer *text, const fit *f, size_t rows)
{
    if (text->length > 0)
        pc_buffer_text(text, "; ");
    pc_buffer_format(text, "%s/%s %zu/%zu", f->edition->family->name,
                     f->edition->name, f->matched, rows);
    return !text->failed;
}

static void report_unclear(pc_submission *s, const parcheck_family *family,
                           const char *candidates)
{
    for (size_t i = 0; i < s->input_count; i++) {
        const pc_input *input = &s->inputs[i];

        if (input->layout == PC_LAYOUT_FORM && input->family == family)
            pc_report_cell(
                s, PC_EDITION_UNCLEAR,
                pc_place_cell(s->arena, i, pc_sheet_row(&input->sheet, 0), 1),
                (const char *[]){candidates, NULL});
    }
}

static void set_edition(pc_submission *s, scoring *work,
                        const parcheck_edition *edition)
{
    for (size_t i = 0; i < s->input_count; i++) {
        pc_input *input = &s->inputs[i];
        fit f = {edition, 0, 0};

        if (input->layout != PC_LAYOUT_FORM || input->family != edition->family)
            continue;
        input->edition = edition;
        if (input->form_columns[PC_COLUMN_FORM] == PC_NONE &&
            !add_single_form(work, &f, input))
            s->findings->failed = true;
    }
}

/* The best edition of a family, or a finding that names the candidates. */
static bool choose_edition(pc_submission *s, scoring *work,
                           const parcheck_family *family, const char *wanted)
{
    fit best = {NULL, 0, 0};
    size_t rows = 0;
    bool tie = false;
    bool asked = false;
    pc_buffer candidates;
    bool done = true;

    pc_buffer_init(&candidates, &s->arena->allocator, SIZE_MAX / 8);
    for (size_t j = 0; done && j < family->edition_count; j++) {
        fit f = {&family->editions[j], 0, 0};

        if (!is_candidate(f.edition, wanted))
            continue;
        asked = wanted != NULL && pc_edition_is_named(f.edition, wanted);
        done = fit_family(s, work, family, &f, &rows) &&
               write_candidate(&candidates, &f, rows);
        tie = best.edition != NULL &&
              (f.score == best.score || (tie && f.score < best.score));
        if (best.edition == NULL || f.score > best.score)
            best = f;
    }
    if (done && !asked && (tie || best.matched * 2 < rows))
        report_unclear(s, family, candidates.data);
    else if (done && rows > 0)
        set_edition(s, work, best.edition);
    pc_buffer_free(&candidates);
    return done && !s->findings->failed;
}

static bool is_form_of_schema(const pc_submission *s, const char *form)
{
    for (size_t i = 0; i < s->schema->family_count; i++) {
        const parcheck_family *family = &s->schema->families[i];

        for (size_t j = 0; family->role_count == 0 && j < family->edition_count;
             j++)
            if (pc_edition_has_form(&family->editions[j], form))
                return true;
    }
    return false;
}

/* Rows [from, end) name one form, and nothing in it fits any edition. */
static void report_unknown_form(pc_submission *s, size_t index, size_t from,
                                size_t end)
{
    const pc_input *input = &s->inputs[index];
    const pc_row *row = pc_sheet_row(&input->sheet, from);
    const char *form = column_text(input, row, PC_COLUMN_FORM);
    pc_digits rows = pc_number_text(end - from);
    const parcheck_cell *cell = pc_place_cell(s->arena, index, row, 1);

    if (is_form_of_schema(s, form))
        pc_report_cell(s, PC_EDITION_UNCLEAR, cell,
                       (const char *[]){"0", NULL});
    else
        pc_report_cell(s, PC_FILE_UNKNOWN_FORM, cell,
                       (const char *[]){form, rows.text, NULL});
}

/* No edition has anything of the input: tell so for each form it names. */
static void report_unknown_forms(pc_submission *s, size_t index)
{
    const pc_input *input = &s->inputs[index];
    size_t end;

    for (size_t from = 1; from < input->sheet.rows.count; from = end) {
        const char *form = column_text(input, pc_sheet_row(&input->sheet, from),
                                       PC_COLUMN_FORM);

        for (end = from + 1; end < input->sheet.rows.count; end++)
            if (strcmp(form,
                       column_text(input, pc_sheet_row(&input->sheet, end),
                                   PC_COLUMN_FORM)) != 0)
                break;
        report_unknown_form(s, index, from, end);
    }
}

static bool choose_all(pc_submission *s, scoring *work, const char *wanted)
{
    for (size_t i = 0; i < s->input_count; i++) {
        pc_input *input = &s->inputs[i];

        if (input->layout != PC_LAYOUT_FORM)
            continue;
        if (!choose_family(s, work, input, wanted))
            return false;
        if (input->family == NULL)
            report_unknown_forms(s, i);
    }
    for (size_t i = 0; i < s->schema->family_count; i++) {
        const parcheck_family *family = &s->schema->families[i];

        if (family->role_count == 0 && !choose_edition(s, work, family, wanted))
            return false;
    }
    return !s->findings->failed;
}

bool pc_choose_editions(pc_submission *s, const char *wanted)
{
    scoring work;
    bool done;

    pc_buffer_init(&work.label, &s->arena->allocator, SIZE_MAX / 8);
    pc_buffer_init(&work.scratch, &s->arena->allocator, SIZE_MAX / 8);
    done = choose_all(s, &work, wanted);
    pc_buffer_free(&work.label);
    pc_buffer_free(&work.scratch);
    return done;
}
