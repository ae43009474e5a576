#include <string.h>

#include "submission/steps.h"
#include "text/key.h"

/* How well the rows of an input, or of several, fit an edition. */
typedef struct fit {
    const parcheck_edition *edition;
    size_t score;          /* 2 for code and label, 1 for one of them */
    size_t matched;        /* rows that have a place in the edition */
    const char *only_form; /* the form, if the input names none at all */
    bool open;             /* another form of the edition fits as well */
} fit;

/* The fits of one input to every edition that it can be of. */
typedef struct fits {
    fit *all;
    size_t count;
    size_t best; /* index in `all`; PC_NONE if nothing fits */
    bool tie;    /* another edition fits as well as the best */
    size_t rows; /* of the input */
} fits;

/* "1.4." is the code 1.4, and a dash is none. */
static void strip_code(pc_row_key *key, const char *code)
{
    key->code = code;
    key->code_length = strlen(code);
    while (key->code_length > 0 && code[key->code_length - 1] == '.')
        key->code_length--;
    if (code[0] >= '0' && code[0] <= '9') /* as nearly all of them */
        return;
    if (strcmp(code, "-") == 0 || strcmp(code, "+") == 0 ||
        strcmp(code, "–") == 0)
        key->code_length = 0;
}

pc_row_key pc_row_key_of(const pc_input *input, const pc_body_row *body)
{
    pc_row_key key = {.form = body->form,
                      .label = body->key,
                      .label_length = body->key_length,
                      .sketch = body->sketch};

    if (input->only_form != NULL)
        key.form = input->only_form;
    strip_code(&key, pc_input_text(input, body->row, PC_COLUMN_CODE));
    return key;
}

typedef struct choosing {
    pc_submission *s;
    const char *wanted; /* the edition asked for, or NULL */
    fits *inputs;       /* by input */
    size_t most;        /* editions of the schema */
    pc_buffer label;
    pc_buffer scratch;
} choosing;

static bool add_rows(choosing *c, fit *f, const pc_input *input)
{
    size_t after = PC_NONE;

    for (size_t i = 0; i < input->body.count; i++) {
        pc_row_key key = pc_row_key_of(input, pc_body(input, i));
        pc_match match;

        if (!pc_bind_goes_on(c->s, 0, i, 0))
            return false;
        match = pc_match_row(f->edition, &key, after, &c->scratch);
        if (match.kind == PC_MATCH_NONE)
            continue;
        after = match.row;
        f->matched++;
        f->score += match.kind == PC_MATCH_BOTH ? 2 : 1;
    }
    return !c->scratch.failed;
}

/* A file that names no form at all is one form: the one it fits best. */
static bool add_single_form(choosing *c, fit *best, pc_input *input)
{
    const parcheck_indicator *rows = best->edition->indicators;

    for (size_t i = 0; i < best->edition->count; i++) {
        fit trial = {best->edition, 0, 0, rows[i].form, false};

        if (i > 0 && strcmp(rows[i].form, rows[i - 1].form) == 0)
            continue;
        input->only_form = rows[i].form;
        if (!add_rows(c, &trial, input))
            return false;
        if (best->only_form != NULL && trial.score == best->score)
            best->open = true;
        if (best->only_form == NULL || trial.score > best->score)
            *best = trial;
    }
    input->only_form = NULL;
    return true;
}

static bool names_no_form(const pc_input *input)
{
    for (size_t i = 0; i < input->body.count; i++)
        if (pc_body(input, i)->form[0] != '\0')
            return false;
    return true;
}

static bool fit_edition(choosing *c, fits *of, pc_input *input,
                        const parcheck_edition *edition)
{
    fit *f = &of->all[of->count];
    bool done;

    f->edition = edition;
    done = names_no_form(input) ? add_single_form(c, f, input)
                                : add_rows(c, f, input);
    of->tie = of->tie ||
              (of->best != PC_NONE && f->score == of->all[of->best].score);
    if (f->score > 0 &&
        (of->best == PC_NONE || f->score > of->all[of->best].score)) {
        of->best = of->count;
        of->tie = false;
    }
    of->count++;
    return done;
}

/* The fits of an input, and so its family. */
static bool fit_input(choosing *c, size_t index)
{
    pc_input *input = &c->s->inputs[index];
    fits *of = &c->inputs[index];

    of->all = pc_arena_array(c->s->arena, c->most, sizeof *of->all);
    of->best = PC_NONE;
    if (of->all == NULL)
        return false;
    of->rows = input->body.count;
    for (size_t i = 0; i < c->s->schema->family_count; i++) {
        const parcheck_family *family = &c->s->schema->families[i];

        for (size_t j = 0; family->role_count == 0 && j < family->edition_count;
             j++)
            if (pc_edition_is_candidate(&family->editions[j], c->wanted) &&
                !fit_edition(c, of, input, &family->editions[j]))
                return false;
    }
    if (of->best != PC_NONE)
        input->family = of->all[of->best].edition->family;
    return true;
}

static bool is_of_family(const choosing *c, size_t input,
                         const parcheck_family *family)
{
    return c->s->inputs[input].body.count > 0 &&
           c->s->inputs[input].family == family;
}

/* All inputs of a family together decide its edition: a form that reads the
 * same in two editions is then no tie. */
static fit fit_family(const choosing *c, const parcheck_edition *edition)
{
    fit sum = {edition, 0, 0, NULL, false};

    for (size_t i = 0; i < c->s->input_count; i++) {
        const fits *of = &c->inputs[i];

        for (size_t j = 0; is_of_family(c, i, edition->family) && j < of->count;
             j++) {
            if (of->all[j].edition == edition) {
                sum.score += of->all[j].score;
                sum.matched += of->all[j].matched;
                sum.open = sum.open || of->all[j].open;
            }
        }
    }
    return sum;
}

/* Two inputs that each clearly are of another edition are not one
 * submission. */
static bool disagree(const choosing *c, const parcheck_family *family)
{
    const parcheck_edition *first = NULL;

    for (size_t i = 0; i < c->s->input_count; i++) {
        const fits *of = &c->inputs[i];

        if (!is_of_family(c, i, family) || of->tie)
            continue;
        if (first != NULL && of->all[of->best].edition != first)
            return true;
        first = of->all[of->best].edition;
    }
    return false;
}

/* "cchc/cao-bang-2022 120/128; ...": how many rows of the input have a place
 * in each edition. */
static bool report_input(choosing *c, size_t input, pc_code code)
{
    const fits *of = &c->inputs[input];
    pc_buffer candidates;
    bool done;

    pc_buffer_init(&candidates, &c->s->arena->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < of->count; i++) {
        const fit *f = &of->all[i];

        if (f->matched > 0)
            pc_buffer_format(&candidates, "%s%s/%s %zu/%zu",
                             candidates.length > 0 ? "; " : "",
                             f->edition->family->name, f->edition->name,
                             f->matched, of->rows);
    }
    done = !candidates.failed;
    if (done)
        pc_report_cell(
            c->s, code,
            pc_place_cell(c->s->arena, input,
                          pc_sheet_row(&c->s->inputs[input].sheet, 0), 1),
            (const char *[]){candidates.data, NULL});
    pc_buffer_free(&candidates);
    return done;
}

static bool report_family(choosing *c, const parcheck_family *family,
                          pc_code code)
{
    for (size_t i = 0; i < c->s->input_count; i++)
        if (is_of_family(c, i, family) && !report_input(c, i, code))
            return false;
    return true;
}

static void set_edition(choosing *c, const parcheck_edition *edition)
{
    for (size_t i = 0; i < c->s->input_count; i++) {
        const fits *of = &c->inputs[i];

        if (!is_of_family(c, i, edition->family))
            continue;
        c->s->inputs[i].edition = edition;
        for (size_t j = 0; j < of->count; j++)
            if (of->all[j].edition == edition)
                c->s->inputs[i].only_form = of->all[j].only_form;
    }
}

/* The best edition of a family, or a finding that names the candidates. */
static bool choose_edition(choosing *c, const parcheck_family *family)
{
    fit best = {NULL, 0, 0, NULL, false};
    size_t rows = 0;
    bool tie = false;
    bool asked = false;

    for (size_t i = 0; i < c->s->input_count; i++)
        rows += is_of_family(c, i, family) ? c->inputs[i].rows : 0;
    if (rows == 0)
        return true;
    for (size_t j = 0; j < family->edition_count; j++) {
        fit f = fit_family(c, &family->editions[j]);

        if (!pc_edition_is_candidate(f.edition, c->wanted))
            continue;
        asked = c->wanted != NULL && pc_edition_is_named(f.edition, c->wanted);
        tie = tie || (best.edition != NULL && f.score == best.score);
        if (best.edition == NULL || f.score > best.score) {
            best = f;
            tie = false;
        }
    }
    if (best.open)
        return report_family(c, family,
                             asked ? PC_FORM_UNCLEAR : PC_EDITION_UNCLEAR);
    if (!asked && disagree(c, family))
        return report_family(c, family, PC_EDITION_MIXED);
    /* Half of the rows must have a place, and not by their codes alone. */
    if (!asked && (tie || best.matched * 2 < rows || best.score * 4 < rows * 3))
        return report_family(c, family, PC_EDITION_UNCLEAR);
    set_edition(c, best.edition);
    return true;
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
static void report_unknown_form(choosing *c, size_t index, size_t from,
                                size_t end)
{
    pc_submission *s = c->s;
    const pc_body_row *first = pc_body(&s->inputs[index], from);
    const parcheck_cell *cell = pc_place_cell(s->arena, index, first->row, 1);

    if (!is_form_of_schema(s, first->form) && first->form[0] != '\0')
        pc_report_form(s, cell, first->form, end - from);
    else if (c->wanted != NULL && pc_schema_has_edition(s->schema, c->wanted))
        pc_report_cell(
            s, PC_EDITION_UNFIT, cell,
            (const char *[]){c->wanted, pc_number_text(end - from).text, NULL});
    else
        pc_report_cell(s, PC_EDITION_UNCLEAR, cell,
                       (const char *[]){"0", NULL});
}

/* No edition has anything of the input: tell so for each form it names. */
static void report_unknown_forms(choosing *c, size_t index)
{
    const pc_input *input = &c->s->inputs[index];
    size_t end;

    for (size_t from = 0; from < input->body.count; from = end) {
        end = pc_form_end(input, from);
        report_unknown_form(c, index, from, end);
    }
}

/* Each label is asked for once for every edition. */
static bool make_keys(choosing *c, const pc_input *input)
{
    pc_body_row *rows = input->body.data;

    for (size_t i = 0; i < input->body.count; i++) {
        const char *label = pc_input_text(input, rows[i].row, PC_COLUMN_LABEL);

        if (label[0] == '\0')
            continue;
        if (!pc_bind_goes_on(c->s, 0, i, 0) ||
            !pc_text_key(&c->label, label, strlen(label)))
            return false;
        rows[i].key = pc_arena_copy(c->s->arena, c->label.data,
                                    c->label.length);
        rows[i].key_length = c->label.length;
        rows[i].sketch = pc_text_sketch(c->label.data, c->label.length);
        if (rows[i].key == NULL)
            return false;
    }
    return true;
}

static bool choose_all(choosing *c)
{
    pc_submission *s = c->s;

    for (size_t i = 0; i < s->input_count; i++)
        if (!make_keys(c, &s->inputs[i]))
            return false;
    for (size_t i = 0; i < s->input_count; i++) {
        if (s->inputs[i].body.count == 0)
            continue;
        if (!fit_input(c, i))
            return false;
        if (s->inputs[i].family == NULL)
            report_unknown_forms(c, i);
    }
    for (size_t i = 0; i < s->schema->family_count; i++)
        if (s->schema->families[i].role_count == 0 &&
            !choose_edition(c, &s->schema->families[i]))
            return false;
    return !s->findings->failed;
}

bool pc_choose_editions(pc_submission *s, const char *wanted)
{
    choosing c = {.s = s, .wanted = wanted};
    bool done;

    for (size_t i = 0; i < s->schema->family_count; i++)
        c.most += s->schema->families[i].edition_count;
    c.inputs = pc_arena_array(s->arena, s->input_count, sizeof *c.inputs);
    if (c.inputs == NULL)
        return false;
    pc_buffer_init(&c.label, &s->arena->allocator, SIZE_MAX / 8);
    pc_buffer_init(&c.scratch, &s->arena->allocator, SIZE_MAX / 8);
    done = choose_all(&c);
    pc_buffer_free(&c.label);
    pc_buffer_free(&c.scratch);
    return done;
}
