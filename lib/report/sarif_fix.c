/*
 * A fix replaces text by lines and columns of characters. Where a field
 * begins in its line is not kept, so the whole record is replaced, which a
 * region without columns means. The record is written anew: fields that need
 * it are quoted, white space around the others is gone.
 */
#include <string.h>

#include "report/sarif.h"

static const pc_row *row_of(const pc_sarif *sarif, const parcheck_cell *cell)
{
    const pc_input *source;

    if (cell->input >= sarif->report->input_count || cell->column == 0)
        return NULL;
    source = sarif->report->inputs[cell->input].source;
    return source != NULL ? pc_sheet_find(&source->sheet, cell->line) : NULL;
}

/* Every value is known, and every record is there with all its fields. */
static bool can_fix(const pc_sarif *sarif, const parcheck_explanation *e)
{
    for (size_t i = 0; i < e->change_count; i++) {
        const pc_row *row = row_of(sarif, e->changes[i].cell);

        if (e->changes[i].value == NULL || row == NULL ||
            e->changes[i].cell->column > row->count)
            return false;
    }
    return e->change_count > 0 &&
           sarif->report->findings.counts[PC_LIMIT_FIELDS] == 0;
}

static bool needs_quotes(const char *text, char delimiter)
{
    size_t length = strlen(text);

    return strchr(text, delimiter) != NULL || strpbrk(text, "\"\r\n") != NULL ||
           (length > 0 &&
            (text[0] == ' ' || text[0] == '\t' || text[length - 1] == ' ' ||
             text[length - 1] == '\t'));
}

static void add_field(pc_buffer *out, const char *text, char delimiter)
{
    if (!needs_quotes(text, delimiter)) {
        pc_buffer_text(out, text);
        return;
    }
    pc_buffer_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            pc_buffer_char(out, '"');
        pc_buffer_char(out, *text);
    }
    pc_buffer_char(out, '"');
}

/* What the record has there after the changes. */
static const char *field_after(const parcheck_explanation *e,
                               const parcheck_cell *like, const pc_row *row,
                               size_t column)
{
    for (size_t i = 0; i < e->change_count; i++) {
        const parcheck_cell *cell = e->changes[i].cell;

        if (cell->input == like->input && cell->line == like->line &&
            cell->column == column + 1)
            return e->changes[i].value;
    }
    return pc_row_text(row, column);
}

static size_t line_breaks(const pc_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++)
        for (const char *at = row->fields[i].text; *at != '\0'; at++)
            count += *at == '\n' || (at[0] == '\r' && at[1] != '\n');
    return count;
}

static void write_replacement(pc_sarif *sarif, const parcheck_explanation *e,
                              const parcheck_cell *cell)
{
    const pc_row *row = row_of(sarif, cell);
    char delimiter = sarif->report->inputs[cell->input].delimiter[0];

    pc_buffer_clear(&sarif->text);
    pc_buffer_text(&sarif->text, "");
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0)
            pc_buffer_char(&sarif->text, delimiter);
        add_field(&sarif->text, field_after(e, cell, row, i), delimiter);
    }
    pc_json_next(&sarif->json);
    pc_json_open(&sarif->json, '{');
    pc_json_open_at(&sarif->json, "deletedRegion", '{');
    pc_json_number_at(&sarif->json, "startLine", cell->line);
    pc_json_number_at(&sarif->json, "endLine", cell->line + line_breaks(row));
    pc_json_close(&sarif->json, '}');
    if (sarif->text.failed)
        sarif->json.out->failed = true;
    else
        pc_sarif_text_at(sarif, "insertedContent", sarif->text.data);
    pc_json_close(&sarif->json, '}');
}

/* Whether an earlier change is in the same file, or the same record. */
static bool is_earlier(const parcheck_explanation *e, size_t change,
                       bool record)
{
    const parcheck_cell *cell = e->changes[change].cell;

    for (size_t i = 0; i < change; i++)
        if (e->changes[i].cell->input == cell->input &&
            (!record || e->changes[i].cell->line == cell->line))
            return true;
    return false;
}

static void write_artifact_change(pc_sarif *sarif,
                                  const parcheck_explanation *e, size_t first)
{
    size_t input = e->changes[first].cell->input;

    pc_json_next(&sarif->json);
    pc_json_open(&sarif->json, '{');
    pc_sarif_artifact(sarif, input);
    pc_json_open_at(&sarif->json, "replacements", '[');
    for (size_t i = first; i < e->change_count; i++)
        if (e->changes[i].cell->input == input && !is_earlier(e, i, true))
            write_replacement(sarif, e, e->changes[i].cell);
    pc_json_close(&sarif->json, ']');
    pc_json_close(&sarif->json, '}');
}

static void write_fix(pc_sarif *sarif, const parcheck_explanation *e)
{
    pc_json_next(&sarif->json);
    pc_json_open(&sarif->json, '{');
    pc_sarif_message_at(sarif, "description", e->message[sarif->language]);
    pc_json_open_at(&sarif->json, "artifactChanges", '[');
    for (size_t i = 0; i < e->change_count; i++)
        if (!is_earlier(e, i, false))
            write_artifact_change(sarif, e, i);
    pc_json_close(&sarif->json, ']');
    pc_json_close(&sarif->json, '}');
}

void pc_sarif_fixes(pc_sarif *sarif, const parcheck_finding *finding)
{
    size_t count = 0;

    for (size_t i = 0; i < finding->explanation_count; i++) {
        if (!can_fix(sarif, finding->explanations[i]))
            continue;
        if (count++ == 0)
            pc_json_open_at(&sarif->json, "fixes", '[');
        write_fix(sarif, finding->explanations[i]);
    }
    if (count > 0)
        pc_json_close(&sarif->json, ']');
}
