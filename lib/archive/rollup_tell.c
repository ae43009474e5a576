/* What is missing in a total, and whose it is. */
#include <string.h>

#include "archive/rollup.h"
#include "submission/steps.h"

/* ---- findings ------------------------------------------------------------ */

parcheck_finding *pc_rollup_finding(const pc_rolling *r, pc_told *told,
                                    pc_code code, size_t unit, size_t line,
                                    const char *const *arguments)
{
    const parcheck_cell *cell = pc_line_cell(&told->arena, 0, line);
    parcheck_finding *finding = pc_findings_add(&told->findings, code,
                                                arguments);

    if (cell == NULL)
        told->findings.failed = true;
    if (finding == NULL)
        return NULL;
    pc_finding_at(&told->findings, finding, cell);
    finding->unit = pc_store_at(&r->run->store, unit)->name;
    return finding;
}

typedef struct telling {
    pc_rolling *r;
    const pc_tally *tally;
    pc_told *told;
    const pc_archive_unit *above;
} telling;

static void tell(const telling *t, pc_code code, const pc_share *share,
                 const char *const *arguments)
{
    (void)pc_rollup_finding(t->r, t->told, code, share->unit, share->line,
                            arguments);
}

/* ---- units --------------------------------------------------------------- */

/* Which of the units below have sent nothing, nor those below them. */
static bool tell_missing(const telling *t)
{
    const pc_store *store = &t->r->run->store;
    size_t child = t->above->first_child;
    pc_names names;
    const char *list;
    size_t all = 0;

    pc_names_init(&names, &t->r->run->allocator);
    for (; child != PC_NONE; child = pc_store_at(store, child)->next_sibling) {
        if (child == t->tally->unit)
            continue;
        all++;
        if (t->r->share_of[child] == NULL)
            pc_names_unit(&names, pc_store_at(store, child));
    }
    list = pc_names_end(&names);
    if (list != NULL && names.count > 0)
        (void)pc_rollup_finding(
            t->r, t->told, PC_UNIT_CHILDREN_MISSING, t->tally->unit,
            t->tally->line,
            (const char *[]){pc_number_text(names.count).text,
                             pc_number_text(all).text, list, NULL});
    pc_buffer_free(&names.text);
    return list != NULL;
}

static bool is_summed(parcheck_kind kind)
{
    return kind == PARCHECK_COUNT || kind == PARCHECK_AMOUNT;
}

/* ---- cells --------------------------------------------------------------- */

/* The cell of a gap; of a row that is not there, the line where the submission
 * begins. */
static parcheck_cell *cell_of(const telling *t, const pc_share *share,
                              const pc_gap *gap)
{
    const size_t column = t->r->run->archive.columns[PC_COLUMN_VALUE];
    const size_t line = share->line + gap->line;
    const pc_row row = {line, line, 0, NULL};
    const parcheck_indicator *indicator = pc_edition_row(share->edition,
                                                         gap->symbol);
    parcheck_cell *cell = gap->state != PC_FACT_MISSING && !share->from_below
                              ? pc_place_cell(&t->told->arena, 0, &row,
                                              column + 1)
                              : pc_line_cell(&t->told->arena, 0, share->line);

    if (cell == NULL)
        return NULL;
    cell->literal = "";
    pc_describe_cell(cell, indicator);
    return cell;
}

/* The rows without a value of which others have one. */
typedef struct gap_list {
    pc_names names;
    const parcheck_cell *cells[PC_MOST_NAMED];
    size_t cell_count;
} gap_list;

static bool add_gap(const telling *t, gap_list *list, const pc_share *share,
                    const pc_gap *gap, const parcheck_indicator *row)
{
    pc_names_row(&list->names, row);
    if (list->cell_count == PC_MOST_NAMED)
        return true;
    list->cells[list->cell_count] = cell_of(t, share, gap);
    return list->cells[list->cell_count++] != NULL;
}

static bool tell_list(const telling *t, gap_list *list, const pc_share *share,
                      pc_code code)
{
    const char *text = pc_names_end(&list->names);
    parcheck_finding *finding = NULL;
    const parcheck_cell **cells;

    if (text == NULL || list->names.count == 0)
        return text != NULL;
    finding = pc_rollup_finding(
        t->r, t->told, code, share->unit, share->line,
        (const char *[]){t->above->name, pc_number_text(list->names.count).text,
                         text, NULL});
    if (finding == NULL)
        return true;
    cells = pc_arena_array(&t->told->arena, list->cell_count, sizeof(*cells));
    if (cells == NULL)
        return false;
    memcpy(cells, list->cells, list->cell_count * sizeof(*cells));
    finding->cells = cells;
    finding->cell_count = list->cell_count;
    return true;
}

/* Whether the row of the total has a value that this one is missing in. */
static const parcheck_indicator *gap_row(const telling *t,
                                         const pc_share *share, size_t symbol)
{
    const pc_part *total = t->tally->total;
    const parcheck_indicator *row = pc_edition_row(total->edition, symbol);

    return row != NULL && total->totals[symbol].count > 0 &&
                   pc_is_addable(row, share->edition)
               ? row
               : NULL;
}

/* Blank cells, or the others that have no value. */
static bool tell_gaps(const telling *t, const pc_share *share,
                      const pc_gaps *gaps, bool blank)
{
    gap_list list = {.cell_count = 0};
    bool done = true;

    pc_names_init(&list.names, &t->r->run->allocator);
    for (size_t i = 0; done && i < gaps->count; i++) {
        const pc_gap *gap = &gaps->gaps[i];
        const parcheck_indicator *row = gap_row(t, share, gap->symbol);

        if (row != NULL && blank == (gap->state == PC_FACT_BLANK))
            done = add_gap(t, &list, share, gap, row);
    }
    done = done && tell_list(t, &list, share,
                             blank ? PC_ROLLUP_BLANK : PC_ROLLUP_MISSING);
    pc_buffer_free(&list.names.text);
    return done;
}

/* The rows of which none of the units below has a value. */
static bool find_gaps(const telling *t, const pc_share *share, pc_gaps *gaps)
{
    const pc_tally *from = pc_tally_find(t->r->rollup, share->unit,
                                         t->tally->period);
    const parcheck_edition *edition = share->edition;

    gaps->count = 0;
    gaps->gaps = pc_arena_array(&t->told->arena, edition->count,
                                sizeof *gaps->gaps);
    for (size_t i = 0; gaps->gaps != NULL && i < edition->count; i++) {
        size_t symbol = edition->indicators[i].symbol;
        const pc_total *total = &from->total->totals[symbol];
        pc_gap *gap = &gaps->gaps[gaps->count];

        if (!is_summed(edition->indicators[i].kind) || total->count > 0)
            continue;
        gap->symbol = (uint32_t)symbol;
        gap->state = total->present ? PC_FACT_BLANK : PC_FACT_MISSING;
        gaps->count++;
    }
    return gaps->gaps != NULL;
}

static bool tell_cells(const telling *t, const pc_share *share)
{
    const pc_gaps *gaps = share->gaps;
    pc_gaps found;

    if (share->from_below) {
        if (!find_gaps(t, share, &found))
            return false;
        gaps = &found;
    }
    return gaps == NULL || (tell_gaps(t, share, gaps, true) &&
                            tell_gaps(t, share, gaps, false));
}

/* ---- editions ------------------------------------------------------------ */

/* How many rows that the submissions in an edition filled in have no place in
 * the total. */
static size_t count_lost(const telling *t, const parcheck_edition *other)
{
    const pc_part *part = t->tally->parts;
    size_t lost = 0;

    while (part->edition != other)
        part = part->next;
    for (size_t i = 0; i < other->count; i++)
        lost += is_summed(other->indicators[i].kind) &&
                part->totals[other->indicators[i].symbol].count > 0 &&
                pc_edition_row(t->tally->total->edition,
                               other->indicators[i].symbol) == NULL;
    return lost;
}

/* Which rows of the total the other edition does not have. Nothing is told if
 * each row that was filled in, in either of them, has its place. */
static bool tell_edition(const telling *t, const pc_share *share)
{
    const pc_part *total = t->tally->total;
    const parcheck_edition *edition = total->edition;
    size_t lost = count_lost(t, share->edition);
    const char *list;
    pc_names names;

    pc_names_init(&names, &t->r->run->allocator);
    pc_buffer_text(&names.text, ": ");
    for (size_t i = 0; i < edition->count; i++)
        if (is_summed(edition->indicators[i].kind) &&
            total->totals[edition->indicators[i].symbol].count > 0 &&
            !pc_is_addable(&edition->indicators[i], share->edition))
            pc_names_row(&names, &edition->indicators[i]);
    list = pc_names_end(&names);
    if (list != NULL && (names.count > 0 || lost > 0))
        tell(t, PC_ROLLUP_OTHER_EDITION, share,
             (const char *[]){t->above->name, share->edition->name,
                              edition->name, pc_number_text(names.count).text,
                              names.count > 0 ? list : "",
                              pc_number_text(lost).text, NULL});
    pc_buffer_free(&names.text);
    return list != NULL;
}

/* ---- all of it ----------------------------------------------------------- */

static bool tell_share(const telling *t, const pc_share *share)
{
    const parcheck_edition *edition = t->tally->total != NULL
                                          ? t->tally->total->edition
                                          : NULL;

    if (share->edition == NULL) {
        tell(t, PC_ROLLUP_UNREAD, share,
             (const char *[]){t->above->name, NULL});
        return true;
    }
    if (share->edition->family != edition->family) {
        tell(t, PC_ROLLUP_OTHER_FAMILY, share,
             (const char *[]){t->above->name, share->edition->family->name,
                              edition->family->name, NULL});
        return true;
    }
    if (share->from_below)
        tell(t, PC_ROLLUP_FROM_BELOW, share,
             (const char *[]){t->above->name, NULL});
    if (share->edition != edition && !tell_edition(t, share))
        return false;
    return tell_cells(t, share);
}

/* Of one that could not be used and one that stands in for it, both. */
static bool tell_shares(const telling *t)
{
    for (const pc_share *s = t->tally->shares; s != NULL; s = s->next)
        if (!tell_share(t, s))
            return false;
    return true;
}

bool pc_rollup_tell(pc_rolling *r, const pc_tally *tally, pc_told *told)
{
    const telling t = {r, tally, told,
                       pc_store_at(&r->run->store, tally->unit)};
    bool done;

    pc_mark_shares(r, tally);
    done = tell_missing(&t);
    pc_unmark_shares(r, tally);
    return done && tell_shares(&t) && !told->findings.failed;
}
