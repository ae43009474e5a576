/* What is told of one submission, or of the file. */
#include <string.h>

#include "archive/archive.h"
#include "text/charset.h"

pc_told *pc_told_new(const pc_archive *archive,
                     const parcheck_allocator *allocator)
{
    pc_told *told = pc_resize(allocator, NULL, sizeof *told);

    if (told == NULL)
        return NULL;
    memset(told, 0, sizeof *told);
    pc_arena_init(&told->arena, allocator);
    pc_findings_init(&told->findings, &told->arena, archive->findings);
    return told;
}

void pc_told_free(pc_told *told)
{
    parcheck_allocator allocator;

    if (told == NULL)
        return;
    allocator = told->arena.allocator;
    pc_arena_free(&told->arena);
    pc_release(&allocator, told);
}

const char *pc_told_text(pc_told *told, const char *text, size_t length)
{
    pc_arena *arena = &told->arena;
    const char *shown = NULL;
    pc_buffer decoded;
    pc_bad_bytes bad;

    if (length == 0 || pc_utf_8_front(text, length) == length)
        return pc_arena_copy(arena, text, length);
    pc_buffer_init(&decoded, &arena->allocator, SIZE_MAX / 8);
    if (pc_charset_decode(PC_UTF_8, text, length, &decoded, &bad) ==
        PC_CHARSET_OK)
        shown = pc_buffer_copy(&decoded, arena);
    pc_buffer_free(&decoded);
    return shown;
}

bool pc_told_about(pc_told *told, const char *unit, size_t length,
                   const char *period, size_t line)
{
    told->line = line;
    if (length > 0)
        told->unit = pc_told_text(told, unit, length);
    if (period[0] != '\0')
        told->period = pc_arena_string(&told->arena, period);
    return (length == 0 || told->unit != NULL) &&
           (period[0] == '\0' || told->period != NULL);
}

void pc_told_line(pc_told *told, pc_code code, size_t line,
                  const char *const *arguments)
{
    const parcheck_cell *cell = pc_line_cell(&told->arena, 0, line);

    if (cell == NULL)
        told->findings.failed = true;
    pc_finding_at(&told->findings,
                  pc_findings_add(&told->findings, code, arguments), cell);
}

/* A finding about the whole of a submission stands where its rows begin, and
 * every one says whose it is. */
static void place(pc_told *told, parcheck_finding *finding)
{
    const parcheck_cell *cell;

    if (finding->unit == NULL)
        finding->unit = told->unit;
    if (finding->period == NULL)
        finding->period = told->period;
    if (finding->cell_count > 0 || told->line == 0)
        return;
    cell = pc_line_cell(&told->arena, 0, told->line);
    pc_finding_at(&told->findings, finding, cell);
    if (cell == NULL)
        told->findings.failed = true;
}

static void place_all(pc_told *told)
{
    for (size_t i = 0; i < told->findings.list.count; i++)
        place(told, (parcheck_finding *)told->findings.list.data + i);
}

bool pc_told_finish(pc_told *told)
{
    place_all(told);
    pc_findings_finish(&told->findings);
    place_all(told); /* what it says of ceilings */
    return !told->findings.failed;
}
