#include "archive/run.h"

#include <string.h>

#include "archive/rollup.h"

/* ---- telling --------------------------------------------------------------- */

bool pc_run_tell(pc_run *run, pc_told *told)
{
    const parcheck_finding *all = told->findings.list.data;
    bool done = !told->findings.failed;

    for (size_t i = 0; done && i < told->findings.list.count; i++)
        run->counts.severities[all[i].severity]++;
    if (done && !run->on_told(run->context, told)) {
        run->stopped = true;
        done = false;
    }
    pc_told_free(told);
    return done;
}

static bool tell_line(pc_run *run, pc_told *told, pc_code code, size_t line,
                      const char *const *arguments)
{
    pc_told_line(told, code, line, arguments);
    (void)pc_told_finish(told);
    return pc_run_tell(run, told);
}

bool pc_run_tell_line(pc_run *run, pc_code code, size_t line,
                      const char *const *arguments)
{
    pc_told *told = pc_told_new(&run->archive, &run->allocator);

    return told != NULL && tell_line(run, told, code, line, arguments);
}

/* Where it is told of a submission, from a line of it on. NULL without
 * memory. */
static pc_told *told_of(pc_run *run, size_t unit, const pc_period *period,
                        size_t line)
{
    const pc_archive_unit *at = pc_store_at(&run->store, unit);
    pc_told *told = pc_told_new(&run->archive, &run->allocator);

    if (told != NULL &&
        !pc_told_about(told, at->name, at->length, period->text, line))
        told->findings.failed = true;
    return told;
}

/* One finding of a submission, at a line of it. */
static bool tell_of(pc_run *run, size_t unit, const pc_period *period,
                    pc_code code, size_t line, const char *const *arguments)
{
    pc_told *told = told_of(run, unit, period, line);

    return told != NULL && tell_line(run, told, code, line, arguments);
}

/* ---- submissions -------------------------------------------------------------- */

/* A row says something else than what is known of its submission. */
static bool tell_other(pc_run *run, size_t unit, const pc_group *group,
                       pc_code code, const pc_other *other,
                       const pc_other *known)
{
    pc_told *told = told_of(run, unit, &group->period, other->line);
    const char *here;
    const char *there;

    if (told == NULL)
        return false;
    here = pc_told_text(told, other->text, other->length);
    there = pc_told_text(told, known->text, known->length);
    if (here != NULL && there != NULL)
        return tell_line(run, told, code, other->line,
                         (const char *[]){here, there,
                                          pc_number_text(known->line).text,
                                          NULL});
    pc_told_free(told);
    return false;
}

static bool set_parent(pc_run *run, size_t unit, const pc_group *group)
{
    const pc_other own = {group->parent, group->parent_length,
                          group->parent_line};
    pc_archive_unit *at = pc_store_at(&run->store, unit);
    const pc_archive_unit *above;
    size_t parent;

    if (at->placed || group->parent_length == 0)
        return true;
    if (!pc_store_unit(&run->store, group->parent, group->parent_length,
                       &parent))
        return false;
    if (at->parent == PC_NONE) {
        at->parent = parent;
        at->line = group->parent_line;
    }
    if (at->parent == parent && group->other_parent.line == 0)
        return true;
    above = pc_store_at(&run->store, at->parent);
    return tell_other(run, unit, group, PC_UNIT_OTHER_PARENT,
                      at->parent != parent ? &own : &group->other_parent,
                      &(const pc_other){above->name, above->length, at->line});
}

static bool check_edition(pc_run *run, size_t unit, const pc_group *group)
{
    const pc_other known = {group->asked, group->asked_length, group->line};

    return group->other_edition.line == 0 ||
           tell_other(run, unit, group, PC_UNIT_OTHER_EDITION,
                      &group->other_edition, &known);
}

/* Tells of a period that nothing is compared with, the first time. */
static bool check_period(pc_run *run, size_t unit, const pc_group *group,
                         size_t period)
{
    if (group->period.year > 0 ||
        (run->by_rows && group->period.text[0] == '\0') ||
        !pc_store_tell_period(&run->store, period))
        return true;
    return tell_of(run, unit, &group->period, PC_UNIT_OTHER_PERIOD, group->line,
                   NULL);
}

static bool check_name(pc_run *run, size_t unit, const pc_group *group)
{
    return group->unit_length > 0 || run->by_rows ||
           tell_of(run, unit, &group->period, PC_UNIT_UNNAMED, group->line,
                   (const char *[]){pc_number_text(group->rows).text, NULL});
}

static bool tell_scattered(pc_run *run, pc_group *group, size_t unit)
{
    pc_told_free(group->told);
    group->told = NULL;
    return tell_of(run, unit, &group->period, PC_UNIT_SCATTERED, group->line,
                   (const char *[]){pc_number_text(group->rows).text, NULL});
}

static bool tell_apart(pc_run *run, const pc_kept *kept)
{
    return tell_of(run, kept->unit,
                   pc_store_period_at(&run->store, kept->period), PC_UNIT_APART,
                   kept->line,
                   (const char *[]){
                       pc_number_text(run->archive.across_bytes).text, NULL});
}

/* Nothing is judged on a part of what is needed. */
static bool tell_full(pc_run *run, size_t line)
{
    return pc_keeping_forget(&run->keeping) &&
           pc_run_tell_line(
               run, PC_LIMIT_ACROSS, line,
               (const char *[]){pc_number_text(run->archive.held_bytes).text,
                                NULL});
}

/* For the rules across submissions. */
static bool keep(pc_run *run, size_t unit, size_t period, const pc_group *group)
{
    const pc_kept *kept;
    bool over;

    if (!pc_keeping_wants(&run->keeping, group))
        return true;
    if (!pc_keeping_begin(&run->keeping, unit, period, &over) ||
        (over && !pc_run_across(run)) ||
        !pc_keeping_add(&run->keeping, unit, period, group, &kept))
        return false;
    if (kept == NULL)
        return tell_full(run, group->line);
    return !kept->apart || tell_apart(run, kept);
}

static bool take_group(pc_run *run, pc_group *group)
{
    size_t unit;
    size_t period;
    bool again;

    run->counts.rows += group->rows;
    if (group->rows == 0)
        return true; /* nothing but lines that could not be read */
    if (!pc_store_unit(&run->store, group->unit, group->unit_length, &unit) ||
        !pc_store_period(&run->store, &group->period, &period) ||
        !pc_store_end(&run->store, unit, period, &again) ||
        !check_name(run, unit, group) ||
        !check_period(run, unit, group, period) ||
        !set_parent(run, unit, group) || !check_edition(run, unit, group))
        return false;
    if (unit >= run->store.listed &&
        (run->unlisted_line == 0 || group->line < run->unlisted_line))
        run->unlisted_line = group->line;
    if (again)
        return tell_scattered(run, group, unit);
    run->counts.submissions++;
    for (size_t i = 0; i < 4; i++)
        run->counts.outcomes[i] += group->counts[i];
    return keep(run, unit, period, group) &&
           (run->rollup == NULL ||
            pc_rollup_take(run->rollup, run, unit, period, group));
}

/* ---- rows in any order ------------------------------------------------------ */

static bool hold_group(pc_run *run, const pc_group *group)
{
    if (run->held.full_line != 0)
        return true;
    if (!pc_held_add(&run->held, &run->store, group))
        return false;
    if (run->held.full_line == 0)
        return true;
    return pc_run_tell_line(
        run, PC_LIMIT_HELD, run->held.full_line,
        (const char *[]){pc_number_text(run->archive.held_bytes).text, NULL});
}

static bool on_group(void *context, pc_group *group)
{
    pc_run *run = context;
    bool done;

    run->heard = run->heard || group->rows > 0 || group->told != NULL;
    if (run->holding)
        return hold_group(run, group);
    if (run->rollup != NULL && group->told != NULL)
        pc_rollup_look(run->rollup, group->told);
    done = take_group(run, group);
    if (!done)
        pc_told_free(group->told);
    else if (group->told != NULL)
        done = pc_run_tell(run, group->told);
    return done;
}

static bool feed_lines(void *context, size_t line, const char *text,
                       size_t length)
{
    pc_run *run = context;

    pc_engine_set_held(run->engine, run->held_before, !run->reads_held);
    run->reads_held = true;
    run->held_before += length;
    return pc_engine_set_place(run->engine, line, 0) &&
           pc_engine_feed(run->engine, text, length) &&
           pc_engine_end_text(run->engine);
}

/* By unit and period, as a sorted input has them. */
static bool read_all_held(pc_run *run)
{
    pc_held *held = &run->held;

    run->holding = false;
    pc_engine_hold(run->engine, false);
    pc_held_sort(held);
    for (size_t i = 0; i < held->submissions.count; i++)
        if (!pc_held_read(held, i, feed_lines, run) ||
            !pc_engine_end_group(run->engine))
            return false;
    return true;
}

/* ---- bytes ------------------------------------------------------------------- */

bool pc_run_init(pc_run *run, const pc_run_options *options,
                 const pc_archive *archive, pc_on_told on_told, void *context,
                 const parcheck_allocator *allocator)
{
    memset(run, 0, sizeof *run);
    run->allocator = *allocator;
    run->options = *options;
    run->archive = *archive;
    run->on_told = on_told;
    run->context = context;
    pc_arena_init(&run->arena, allocator);
    pc_held_init(&run->held, &run->archive, allocator);
    pc_buffer_init(&run->window, allocator, SIZE_MAX / 8);
    pc_buffer_init(&run->undecoded, allocator, SIZE_MAX / 8);
    pc_buffer_init(&run->decoded, allocator, SIZE_MAX / 8);
    pc_store_init(&run->store, allocator);
    return pc_keeping_init(&run->keeping, &run->store, archive->schema,
                           archive->explain, archive->across_bytes,
                           archive->held_bytes);
}

void pc_run_free(pc_run *run)
{
    pc_blocks_close(run->blocks);
    pc_engine_close(run->engine);
    pc_keeping_free(&run->keeping);
    pc_store_free(&run->store);
    pc_buffer_free(&run->window);
    pc_buffer_free(&run->undecoded);
    pc_buffer_free(&run->decoded);
    pc_held_free(&run->held);
    pc_arena_free(&run->arena);
}

static bool feed_text(pc_run *run, const char *text, size_t length)
{
    if (run->blocks != NULL)
        return pc_blocks_feed(run->blocks, text, length);
    return pc_engine_feed(run->engine, text, length);
}

static void add_bad(pc_run *run, const pc_bad_bytes *bad, size_t before)
{
    if (run->bad.count == 0 && bad->count > 0) {
        run->bad.offset = before + bad->offset;
        run->bad.line = bad->line;
    }
    run->bad.count += bad->count;
}

/* The whole lines of what is there, of which `seen` bytes have no end of a
 * line: so that a long line is not looked through for each piece of it. */
static size_t undecoded_lines(const pc_run *run, size_t seen)
{
    const pc_buffer *in = &run->undecoded;
    size_t from = seen - seen % 2; /* a unit of UTF-16 may have been cut */
    size_t lines = 0;

    if (in->length > from)
        lines = pc_whole_lines(run->charset, in->data + from,
                               in->length - from);
    return lines > 0 ? from + lines : 0;
}

/* Decodes the first bytes of what is there. */
static bool decode(pc_run *run, size_t length)
{
    pc_buffer *in = &run->undecoded;
    pc_bad_bytes bad;

    if (length == 0)
        return true;
    pc_buffer_clear(&run->decoded);
    if (pc_charset_decode(run->charset, in->data, length, &run->decoded,
                          &bad) != PC_CHARSET_OK)
        return false;
    add_bad(run, &bad, run->bytes - in->length);
    memmove(in->data, in->data + length, in->length - length);
    in->length -= length;
    return run->decoded.length == 0 ||
           feed_text(run, run->decoded.data, run->decoded.length);
}

static bool feed_bytes(pc_run *run, const char *bytes, size_t length)
{
    size_t seen = run->undecoded.length;

    run->bytes += length;
    if (run->charset == PC_UTF_8)
        return feed_text(run, bytes, length);
    pc_buffer_append(&run->undecoded, bytes, length);
    return !run->undecoded.failed && decode(run, undecoded_lines(run, seen));
}

/* Rows that are held need one order: they are read on one thread. */
static bool start_threads(pc_run *run, const pc_opening *opening)
{
    const pc_blocks_options options = {.jobs = run->options.jobs,
                                       .facts = run->rollup != NULL ||
                                                pc_keeping_is_watching(
                                                    &run->keeping),
                                       .line = opening->line,
                                       .offset = opening->offset};

    run->blocks = pc_blocks_open(&run->archive, run->engine, &options, on_group,
                                 run, &run->allocator);
    return run->blocks != NULL;
}

static bool start_engine(pc_run *run, const pc_opening *opening, bool at_end)
{
    run->engine = pc_engine_open(&run->archive, on_group, run, &run->allocator);
    if (run->engine == NULL)
        return false;
    run->holding = run->options.unsorted || !opening->grouped;
    run->held_before = opening->offset;
    pc_engine_hold(run->engine, run->holding);
    if (run->options.jobs > 1 && !run->holding && !at_end) {
        if (!start_threads(run, opening))
            return false;
    } else if (!pc_engine_set_place(run->engine, opening->line,
                                    opening->offset)) {
        return false;
    }
    return feed_text(run, opening->rows, opening->length);
}

/* Looks at the window and reads it. That there are no rows in it is told only
 * of an input. */
static bool open_window(pc_run *run, bool at_end, bool is_input)
{
    const pc_opening_options options = {run->options.encoding,
                                        run->options.delimiter, at_end};
    pc_told *told = pc_told_new(&run->archive, &run->allocator);
    pc_opening opening;
    bool done;

    if (told == NULL)
        return false;
    run->opened = true;
    done = pc_opening_read(&opening, &run->archive,
                           run->window.length > 0 ? run->window.data : "",
                           run->window.length, &options, told, &run->arena);
    (void)pc_told_finish(told);
    if (done && is_input && told->findings.list.count > 0)
        done = pc_run_tell(run, told);
    else
        pc_told_free(told);
    run->found = opening.found;
    run->heard = !opening.more;
    run->charset = opening.charset;
    add_bad(run, &opening.bad, 0);
    if (done && opening.found)
        done = start_engine(run, &opening, at_end);
    run->bytes = opening.bytes;
    if (done && opening.found && opening.bytes < run->window.length)
        done = feed_bytes(run, run->window.data + opening.bytes,
                          run->window.length - opening.bytes);
    pc_opening_free(&opening);
    pc_buffer_free(&run->window);
    pc_buffer_init(&run->window, &run->allocator, SIZE_MAX / 8);
    return done;
}

bool pc_run_feed(pc_run *run, const char *bytes, size_t length)
{
    size_t room;

    if (length == 0)
        return true;
    if (!run->opened) {
        room = PC_OPENING - run->window.length;
        room = room < length ? room : length;
        pc_buffer_append(&run->window, bytes, room);
        if (run->window.failed)
            return false;
        if (run->window.length < PC_OPENING)
            return true;
        if (!open_window(run, false, true))
            return false;
        bytes += room;
        length -= room;
    }
    return !run->found || feed_bytes(run, bytes, length);
}

/* Rows that are given by themselves have a heading of their own. */
static bool open_rows(pc_run *run)
{
    static const char heading[] = "unit,parent,period,form,code,value\n";
    static const pc_charset utf_8 = PC_UTF_8;

    run->by_rows = true;
    run->options.encoding = &utf_8;
    run->options.delimiter = ',';
    pc_buffer_append(&run->window, heading, sizeof heading - 1);
    return !run->window.failed && open_window(run, true, false);
}

bool pc_run_row(pc_run *run, size_t line, const char *text, size_t length)
{
    if (!run->opened && !open_rows(run))
        return false;
    return pc_engine_set_place(run->engine, line, 0) &&
           feed_text(run, text, length);
}

static bool tell_bad(pc_run *run)
{
    const pc_digits count = pc_number_text(run->bad.count);
    const pc_digits offset = pc_number_text(run->bad.offset);

    if (run->bad.count == 0)
        return true;
    if (run->charset == PC_UTF_8)
        return pc_run_tell_line(
            run, PC_FILE_NOT_UTF_8, 1,
            (const char *[]){count.text, offset.text, NULL});
    return pc_run_tell_line(
        run, PC_FILE_UNDECODABLE, 1,
        (const char *[]){count.text, offset.text, pc_charset_name(run->charset),
                         NULL});
}

static bool tell_empty(pc_run *run)
{
    return run->heard || pc_run_tell_line(run, PC_FILE_EMPTY, 1, NULL);
}

bool pc_run_finish(pc_run *run)
{
    if (!run->opened && !open_window(run, true, true))
        return false;
    if (!run->found)
        return tell_bad(run) && (run->rollup == NULL ||
                                 pc_rollup_finish(run->rollup, run));
    if (run->charset != PC_UTF_8 && !decode(run, run->undecoded.length))
        return false;
    if (run->blocks != NULL && !pc_blocks_end(run->blocks))
        return false;
    if (!pc_engine_end_text(run->engine))
        return false;
    run->cut = pc_engine_cut(run->engine);
    return run->cut == 0 && pc_engine_end_group(run->engine) &&
           (!run->holding || read_all_held(run)) && tell_empty(run) &&
           tell_bad(run) && pc_store_link(&run->store) &&
           pc_run_tell_places(run) && pc_run_across(run) &&
           (run->rollup == NULL || pc_rollup_finish(run->rollup, run));
}
