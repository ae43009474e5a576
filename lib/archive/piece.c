/* One submission of an archive, read and judged as one that came alone. */
#include <string.h>

#include "archive/archive.h"
#include "explain/explain.h"
#include "text/decode.h"

typedef struct work {
    pc_group *group;
    const pc_archive *archive;
    const pc_piece *piece;
    pc_told *told;
    pc_input input;
    pc_submission submission;
} work;

pc_presence *pc_no_roles(const parcheck_schema *schema, pc_arena *arena)
{
    pc_presence *presence = pc_arena_array(arena, schema->family_count,
                                           sizeof *presence);

    for (size_t i = 0; presence != NULL && i < schema->family_count; i++) {
        size_t roles = schema->families[i].role_count;
        size_t *units = pc_arena_array(arena, roles, sizeof *units);

        if (units == NULL)
            return NULL;
        for (size_t j = 0; j < roles; j++)
            units[j] = PC_NONE;
        presence[i].role_units = units;
    }
    return presence;
}

static void report_line(work *w, pc_code code, const char *const *arguments)
{
    pc_findings *findings = &w->told->findings;
    const parcheck_cell *cell = pc_line_cell(&w->told->arena, 0,
                                             w->piece->line);

    if (cell == NULL)
        findings->failed = true;
    pc_finding_at(findings, pc_findings_add(findings, code, arguments), cell);
}

/* The piece as UTF-8; `*text` is NULL if it is no text at all. */
static bool read_utf_8(work *w, pc_buffer *buffer, const char **text,
                       size_t *length)
{
    const pc_piece *piece = w->piece;
    pc_bad_bytes bad;

    *text = piece->text;
    *length = piece->length;
    if (memchr(piece->text, 0, piece->length) != NULL) {
        report_line(w, PC_FILE_BINARY, NULL);
        *text = NULL;
        return true;
    }
    if (pc_utf_8_front(piece->text, piece->length) == piece->length)
        return true;
    if (pc_charset_decode(PC_UTF_8, piece->text, piece->length, buffer, &bad) !=
        PC_CHARSET_OK)
        return false;
    *text = buffer->data;
    *length = buffer->length;
    report_line(w, PC_FILE_NOT_UTF_8,
                (const char *[]){
                    pc_number_text(bad.count).text,
                    pc_number_text(piece->offset + bad.offset).text, NULL});
    return true;
}

/* An edition that is asked for by the input itself need not exist. */
static void check_edition(work *w)
{
    const char *wanted = w->piece->edition;

    if (wanted != NULL && !pc_schema_has_edition(w->archive->schema, wanted))
        report_line(w, PC_EDITION_UNKNOWN, (const char *[]){wanted, NULL});
}

/* Puts the lines of the heading in front. */
static bool set_heading(work *w)
{
    const pc_archive *archive = w->archive;
    pc_input *input = &w->input;
    pc_value_column *value;

    for (size_t i = 0; i < archive->heading_lines; i++) {
        pc_row *row = pc_list_add(&input->sheet.rows, &w->told->arena,
                                  sizeof *row);

        if (row == NULL)
            return false;
        *row = archive->heading[i];
    }
    value = pc_list_add(&input->values, &w->told->arena, sizeof *value);
    if (value == NULL)
        return false;
    value->column = archive->columns[PC_COLUMN_VALUE];
    input->layout = PC_LAYOUT_LONG;
    input->heading = &archive->heading[archive->heading_lines - 1];
    input->heading_lines = archive->heading_lines;
    input->first_row = archive->heading_lines;
    memcpy(input->columns, archive->columns, sizeof input->columns);
    input->sheet.dialect.delimiter = archive->delimiter;
    return true;
}

/* Splits the text between the breaks. They are where records begin; where
 * bytes were replaced they do not count, as they may stand elsewhere. */
static bool split_text(work *w, const char *text, size_t length,
                       const pc_sheet_options *options)
{
    const pc_piece *piece = w->piece;
    size_t from = 0;
    size_t line = piece->line;

    for (size_t i = 0; i < piece->break_count && text == piece->text; i++) {
        if (piece->breaks[i].offset >= length)
            break;
        if (!pc_sheet_split(&w->input.sheet, text + from,
                            piece->breaks[i].offset - from, line - 1, options,
                            &w->told->findings, &w->told->arena))
            return false;
        from = piece->breaks[i].offset;
        line = piece->breaks[i].line;
    }
    return pc_sheet_split(&w->input.sheet, text + from, length - from, line - 1,
                          options, &w->told->findings, &w->told->arena);
}

static bool split(work *w)
{
    const pc_archive *archive = w->archive;
    const pc_sheet_options options = {.delimiter = archive->delimiter,
                                      .field_bytes = archive->field_bytes,
                                      .fields = archive->fields,
                                      .records = SIZE_MAX};
    pc_buffer decoded;
    const char *text;
    size_t length;
    bool done;

    pc_buffer_init(&decoded, &w->told->arena.allocator, SIZE_MAX / 8);
    done = set_heading(w) && read_utf_8(w, &decoded, &text, &length);
    if (done && text != NULL)
        done = split_text(w, text, length, &options);
    pc_buffer_free(&decoded);
    return done && !w->told->findings.failed;
}

static bool judge(work *w)
{
    const pc_bind_options options = {.edition = w->piece->edition,
                                     .layout = PC_LAYOUT_LONG,
                                     .laid_out = true,
                                     .across_apart = true};
    pc_told *told = w->told;

    return pc_submission_bind(&w->submission, w->archive->schema, &w->input, 1,
                              &options, &told->findings, &told->arena) &&
           pc_judge(&told->verdicts, &w->submission, &told->findings,
                    &told->arena) &&
           (!w->archive->explain ||
            pc_explain(&w->submission, &told->verdicts, &told->findings,
                       &told->arena));
}

static pc_quick_fact narrow(const pc_fact *fact, size_t first_line)
{
    pc_quick_fact quick = {.value = fact->value.coefficient,
                           .state = (uint8_t)fact->state,
                           .scale = (uint8_t)fact->value.scale,
                           .zeros = (uint8_t)fact->zeros};

    if (fact->cell != NULL && fact->cell->line >= first_line)
        quick.line = (uint32_t)(fact->cell->line - first_line);
    return quick;
}

/* The facts of the unit that the piece is about: all its rows name one. */
static void keep_facts(work *w, pc_quick_fact *facts)
{
    const pc_unit *unit;

    if (w->submission.units.count == 0)
        return;
    unit = pc_submission_unit(&w->submission, 0);
    w->group->edition = unit->edition;
    for (size_t i = 0; i < unit->edition->family->symbols.count; i++)
        facts[i] = narrow(&unit->facts[i], w->piece->line);
    w->group->facts = facts;
}

/* What is told of the lines of the heading is told of all of the piece. */
static void leave_heading(work *w)
{
    parcheck_finding *all = w->told->findings.list.data;

    for (size_t i = 0; i < w->told->findings.list.count; i++)
        if (all[i].cell_count > 0 && all[i].cells[0]->line < w->piece->line)
            all[i].cell_count = 0;
}

bool pc_judge_piece(pc_group *group, const pc_archive *archive,
                    const pc_piece *piece, pc_quick_fact *facts,
                    const parcheck_allocator *allocator)
{
    work w = {.group = group, .archive = archive, .piece = piece};

    w.told = pc_told_new(archive, allocator);
    group->told = w.told;
    group->facts = NULL;
    group->edition = NULL;
    if (w.told == NULL)
        return false;
    w.input.name = "";
    check_edition(&w);
    if (!split(&w) || !judge(&w))
        return false;
    memcpy(group->counts, w.told->verdicts.counts, sizeof group->counts);
    keep_facts(&w, facts);
    leave_heading(&w);
    return pc_told_about(w.told, group->unit, group->unit_length,
                         group->period.text, piece->line) &&
           pc_told_finish(w.told);
}
