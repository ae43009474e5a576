#include "rule/lint.h"

#include "rule/lint_steps.h"

static void add_place(pc_linting *lint, const char *name, size_t input,
                      size_t line)
{
    parcheck_cell *cell = pc_arena_alloc(lint->arena, sizeof *cell);
    const parcheck_cell **place = pc_list_add(&lint->cells, lint->arena,
                                              sizeof(*place));

    if (cell == NULL || place == NULL) {
        lint->failed = true;
        return;
    }
    cell->name = name;
    cell->form = cell->code = cell->label = cell->literal = "";
    cell->input = input;
    cell->line = line;
    cell->column = 1;
    pc_cell_address(cell, line, 1);
    *place = cell;
}

void pc_lint_at_rule(pc_linting *lint, const parcheck_rule *rule)
{
    add_place(lint, rule->id, lint->input, rule->line);
}

void pc_lint_at_row(pc_linting *lint, size_t edition,
                    const parcheck_indicator *indicator)
{
    add_place(lint, indicator->name, lint->input + 1 + edition,
              indicator->line);
}

void pc_lint_add(pc_linting *lint, pc_code code, const char *const *arguments)
{
    parcheck_finding *finding;

    if (!lint->failed) {
        finding = pc_findings_add(lint->findings, code, arguments);
        if (finding != NULL) {
            finding->cells = lint->cells.data;
            finding->cell_count = lint->cells.count;
        }
    }
    lint->cells = (pc_list){0};
}

static const char *finish(pc_linting *lint, pc_buffer *out)
{
    const char *text = pc_buffer_copy(out, lint->scratch);

    pc_buffer_free(out);
    if (text == NULL)
        lint->failed = true;
    return text != NULL ? text : "";
}

const char *pc_lint_join(pc_linting *lint, const pc_list *names)
{
    const char *const *all = names->data;
    pc_buffer out;

    pc_buffer_init(&out, &lint->scratch->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < names->count; i++)
        pc_buffer_format(&out, "%s%s", i > 0 ? ", " : "", all[i]);
    return finish(lint, &out);
}

void pc_lint_list(pc_linting *lint, pc_list *names, const char *name)
{
    const char **place = pc_list_add(names, lint->scratch, sizeof(*place));

    if (place == NULL)
        lint->failed = true;
    else
        *place = name;
}

const char *pc_lint_text(pc_linting *lint, const char *front, const char *back)
{
    pc_buffer out;

    pc_buffer_init(&out, &lint->scratch->allocator, SIZE_MAX / 8);
    pc_buffer_format(&out, "%s%s", front, back);
    return finish(lint, &out);
}

bool pc_lint(const parcheck_schema *schema, pc_findings *findings,
             pc_arena *arena)
{
    pc_linting lint = {.schema = schema, .findings = findings, .arena = arena};

    for (size_t i = 0; i < schema->family_count && !lint.failed; i++) {
        pc_arena scratch;

        pc_arena_init(&scratch, &arena->allocator);
        lint.scratch = &scratch;
        lint.family = &schema->families[i];
        pc_lint_rules(&lint);
        pc_lint_names(&lint);
        pc_arena_free(&scratch);
        lint.input += 1 + lint.family->edition_count;
    }
    return !lint.failed && !findings->failed;
}
