/* Where the rows of an archive stand: bytes to lines to records, and what of
 * them has to be kept until the submission ends. */
#include <string.h>

#include "archive/engine_state.h"

enum {
    REREAD_FACTOR = 4, /* as in csv/reader.c */
    PIECE = 1 << 16    /* of plain lines, that is read at once */
};

/* ---- lines --------------------------------------------------------------- */

/* The end of the line: behind LF, CR or CR LF; NULL if it is not there. A CR
 * at the very end may be followed by LF. */
static const char *line_end(const char *text, const char *end, bool returns)
{
    const char *feed = memchr(text, '\n', (size_t)(end - text));
    const char *stop = feed != NULL ? feed : end;
    const char *back = NULL;

    if (returns)
        back = memchr(text, '\r', (size_t)(stop - text));
    if (back != NULL && back + 1 < stop)
        return back + 1;
    return feed != NULL ? feed + 1 : NULL;
}

size_t pc_count_lines(const char *text, size_t length)
{
    const char *end = text + length;
    bool returns = memchr(text, '\r', length) != NULL;
    size_t count = 0;

    for (; text < end; count++) {
        text = line_end(text, end, returns);
        if (text == NULL)
            break;
    }
    return count;
}

/* A plain line that is not before the last one asked for. */
static const char *line_at(plain_lines *l, size_t line)
{
    for (; l->line < line; l->line++)
        l->at = line_end(l->at, l->end, l->returns);
    return l->at;
}

/* The line that begins `count` LFs before the end of [text, end). */
static const char *line_from_end(const char *text, const char *end,
                                 size_t count)
{
    for (; count > 0; count--)
        for (end--; end > text && end[-1] != '\n';)
            end--;
    return end;
}

static void set_group_at(pc_engine *e, const char *at)
{
    e->group_at = at;
    e->group_offset = e->base_offset + (size_t)(at - e->base);
}

void pc_engine_locate(pc_engine *e)
{
    if (!e->lines.reading)
        return;
    if (e->group_at == NULL)
        set_group_at(e, line_at(&e->lines, e->group_line));
    e->record_at = line_at(&e->lines, e->record_line);
}

/* ---- records ------------------------------------------------------------- */

/* Behind a record that could not be read: the lines that it swallowed are
 * read again, if that has not been done too often so far. */
static const char *recover(pc_engine *e, const char *second, const char *at)
{
    uint64_t back = (uint64_t)(at - second);
    uint64_t behind = e->earlier + e->base_offset + (size_t)(at - e->base);

    pc_engine_begin_record(e);
    if (e->reread + back > behind * REREAD_FACTOR)
        return at;
    e->reread += back;
    e->line = e->record_line + 1;
    return second;
}

/* Forgets the record that is not whole. */
static void forget_record(pc_engine *e)
{
    pc_feed_reset(e->feed);
    pc_engine_begin_record(e);
}

/* Finds where the open submission begins, before plain lines are forgotten.
 * At their end it is not far from there. */
static void find_group(pc_engine *e, const char *text, bool at_end)
{
    plain_lines *l = &e->lines;

    if ((!e->open && !e->leading) || e->group_at != NULL)
        return;
    if (at_end && !l->returns)
        set_group_at(e, line_from_end(text, l->end, e->line - e->group_line));
    else
        set_group_at(e, line_at(l, e->group_line));
}

/* Reads whole lines without quotes. Returns from where on it could not. */
static const char *read_plain(pc_engine *e, const char *text, const char *end)
{
    plain_lines *l = &e->lines;
    pc_feed_event event;

    l->at = text;
    l->end = end;
    l->line = e->line;
    l->returns = memchr(text, '\r', (size_t)(end - text)) != NULL;
    l->after_return = false;
    l->reading = true;
    event = pc_feed_lines(e->feed, text, (size_t)(end - text));
    l->reading = false;
    find_group(e, text, event == PC_FEED_OK);
    if (event == PC_FEED_OK)
        return end;
    forget_record(e);
    return line_at(l, e->line);
}

static void note_problem(pc_engine *e)
{
    e->ended = true;
    pc_engine_bad_record(e);
}

static bool is_text(const pc_engine *e, char c)
{
    return c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '"' &&
           c != e->archive->delimiter &&
           c != '\x1A' /* the end of a file of old */;
}

/* A last line without a line end that is no whole record: the text was cut,
 * or somebody left its end out. */
static bool is_cut(const pc_engine *e, const char *end)
{
    if (!e->bad || end[-1] == '\n' || end[-1] == '\r')
        return false;
    for (const char *at = e->record_at; at < end; at++)
        if (is_text(e, *at))
            return true;
    return false;
}

/* How much of the text is kept for a submission. Rows that are held are all
 * read again, also those of a submission that will then be over its ceiling. */
static size_t most_kept(const pc_engine *e)
{
    return e->holds ? e->archive->held_bytes : e->archive->submission_bytes;
}

/* A record of which a submission would be over its ceiling in any case. */
static bool is_endless(const pc_engine *e, const char *record, const char *end)
{
    size_t length = (size_t)(end - record);

    return length > e->archive->field_bytes &&
           length - e->archive->field_bytes > most_kept(e);
}

/* What the record belongs to is not checked; it is not read itself. */
static void leave_out(pc_engine *e)
{
    pc_feed_reset(e->feed);
    pc_engine_begin_record(e);
    note_problem(e);
    e->over = true;
}

/*
 * Reads line by line up to `stop` and on to the end of the record there.
 * `*text` is then what is left. False if [*text, end) has no whole record.
 */
static bool read_lines(pc_engine *e, const char **text, const char *stop,
                       const char *end, bool last)
{
    bool returns = memchr(*text, '\r', (size_t)(end - *text)) != NULL;
    const char *second = NULL;

    while ((*text < stop || !e->ended) && !e->failed) {
        const char *next = line_end(*text, end, returns);
        pc_feed_event event;

        if (next == NULL && !last)
            break;
        if (next == NULL)
            next = end;
        if (e->ended) {
            e->record_at = *text;
            e->record_line = e->line;
            second = next;
        }
        e->ended = false;
        e->bad = false;
        if (is_endless(e, e->record_at, next)) {
            leave_out(e);
            if (last && is_cut(e, end) && next == end)
                e->cut = e->line;
            e->line++;
            *text = next;
            continue;
        }
        event = pc_feed_lines(e->feed, *text, (size_t)(next - *text));
        if (event == PC_FEED_OK && last && next == end) {
            event = pc_feed_end(e->feed);
            e->ended = true;
        }
        e->line++;
        if (event == PC_FEED_NO_MEMORY)
            e->failed = true;
        if (event != PC_FEED_OK)
            note_problem(e);
        if (last && second == end && is_cut(e, end))
            e->cut = e->record_line;
        if (event != PC_FEED_OK)
            next = recover(e, second, next);
        *text = next;
    }
    if (e->ended)
        return *text >= stop;
    /* It is read from its beginning once more of it is there. */
    forget_record(e);
    e->line = e->record_line;
    *text = e->record_at;
    return false;
}

/* The end of the whole lines without quotes in [text, end), or `text`. */
static const char *plain_end(const char *text, const char *end)
{
    const char *stop = memchr(text, '"', (size_t)(end - text));

    if (stop == NULL)
        stop = end;
    while (stop > text && stop[-1] != '\n')
        stop--;
    return stop;
}

/*
 * Reads the whole records of [text, end). Returns what is left: the last,
 * unfinished one. With `last` nothing is left.
 */
static const char *read_records(pc_engine *e, const char *text, const char *end,
                                bool last)
{
    bool more = true;

    e->ended = true;
    while (text < end && more && !e->failed) {
        const char *stop = end - text > PIECE ? text + PIECE : end;
        const char *plain = plain_end(text, stop);

        if (plain > text)
            text = read_plain(e, text, plain);
        if (text < stop && !e->failed)
            more = read_lines(e, &text, stop, end, last);
    }
    return text;
}

/* ---- pieces -------------------------------------------------------------- */

/* What has to be kept of a piece of which all before `rest` is read. */
static const char *kept_from(pc_engine *e, const char *rest)
{
    if (!e->open && !e->leading)
        return rest;
    if ((size_t)(rest - e->group_at) > most_kept(e))
        e->over = true;
    if (e->over)
        e->group_at = rest;
    return e->group_at;
}

/* A record of which there is no end and that is too long already is left out,
 * up to the end of its line. Returns what is left. */
static const char *leave_endless(pc_engine *e, const char *rest,
                                 const char *end)
{
    if (!is_endless(e, rest, end))
        return rest;
    e->record_at = rest;
    e->record_line = e->line;
    leave_out(e);
    e->line += pc_count_lines(rest, (size_t)(end - rest));
    e->skips = end[-1] == '\r' ? SKIP_FEED : SKIP_LINE;
    e->line += e->skips == SKIP_FEED;
    return end;
}

/* How many bytes at the front belong to a line that is left out. */
static size_t skip(pc_engine *e, const char *text, size_t length)
{
    size_t at = 0;

    if (e->skips == SKIP_FEED) {
        e->skips = SKIP_NOTHING;
        return text[0] == '\n';
    }
    while (at < length && text[at] != '\n' && text[at] != '\r')
        at++;
    if (at == length)
        return at;
    e->line++;
    e->skips = SKIP_NOTHING;
    if (text[at] == '\r' && at + 1 == length)
        e->skips = SKIP_FEED;
    else if (text[at] == '\r' && text[at + 1] == '\n')
        at++;
    return at + 1;
}

static void set_base(pc_engine *e, const char *base, size_t offset)
{
    e->base = base;
    e->base_offset = offset;
}

/* A record that is not whole is not looked at again before there is
 * noticeably more of it: else short pieces would cost the square. */
static void set_retry(pc_engine *e)
{
    enum { SHORT = 256 };

    e->retry = e->unread > SHORT ? e->unread + e->unread / 2 : 0;
}

/* Reads `carry`; what may be forgotten of it goes. Returns how much. */
static size_t read_carry(pc_engine *e)
{
    const char *end = e->carry.data + e->carry.length;
    const char *rest;
    const char *from;
    size_t gone;

    if (e->unread < e->retry)
        return 0;
    rest = read_records(e, end - e->unread, end, false);
    rest = leave_endless(e, rest, end);
    from = kept_from(e, rest);
    gone = (size_t)(from - e->carry.data);
    e->unread = (size_t)(end - rest);
    set_retry(e);
    return gone;
}

/* Lets `carry` begin `gone` bytes later. */
static void shift_carry(pc_engine *e, size_t gone)
{
    if (gone > 0)
        memmove(e->carry.data, e->carry.data + gone, e->carry.length - gone);
    e->carry.length -= gone;
    set_base(e, e->carry.data, e->base_offset + gone);
    e->group_at = e->carry.data;
}

/*
 * Joins the beginning of the caller's text to what was carried over, until
 * all that is needed stands in the caller's. Returns from where on it is not
 * read; NULL if all of it was taken.
 */
static const char *leave_carry(pc_engine *e, const char *text, size_t length)
{
    enum { STEP = 1 << 14 };
    const char *end = text + length;

    while (e->carry.length > 0 && text < end) {
        size_t before = e->carry.length;
        size_t step = (size_t)(end - text) < STEP ? (size_t)(end - text) : STEP;
        size_t gone;

        pc_buffer_append(&e->carry, text, step);
        if (e->carry.failed)
            return NULL;
        e->unread += step;
        set_base(e, e->carry.data, e->base_offset);
        e->group_at = e->carry.data;
        gone = read_carry(e);
        if (e->failed)
            return NULL;
        if (gone >= before) {
            e->group_at = text + (gone - before);
            set_base(e, text, e->base_offset + before);
            pc_buffer_clear(&e->carry);
            return text + step - e->unread;
        }
        shift_carry(e, gone);
        text += step;
    }
    return e->carry.length > 0 ? NULL : text;
}

/* What is needed of [.., end), of which all before `rest` is read, has to
 * outlive the call. */
static void carry_over(pc_engine *e, const char *rest, const char *end)
{
    const char *from;

    rest = leave_endless(e, rest, end);
    from = kept_from(e, rest);
    pc_buffer_append(&e->carry, from, (size_t)(end - from));
    e->unread = (size_t)(end - rest);
    set_retry(e);
    set_base(e, e->carry.data, e->base_offset + (size_t)(from - e->base));
    e->group_at = e->carry.data;
}

/* Reads [text, end) but for what is left out of it. Returns what is not read,
 * behind a line that is left out. */
static const char *read_text(pc_engine *e, const char *text, const char *end)
{
    if (e->skips != SKIP_NOTHING) {
        size_t skipped = skip(e, text, (size_t)(end - text));

        e->base_offset += skipped;
        return text + skipped;
    }
    if (e->carry.length == 0)
        set_base(e, text, e->base_offset);
    text = leave_carry(e, text, (size_t)(end - text));
    if (text == NULL)
        return end;
    if (e->skips != SKIP_NOTHING) {
        e->base_offset += (size_t)(text - e->base);
        return text;
    }
    carry_over(e, read_records(e, text, end, false), end);
    return end;
}

bool pc_engine_feed(pc_engine *e, const char *text, size_t length)
{
    const char *end = text + length;

    while (text < end && !e->failed)
        text = read_text(e, text, end);
    e->failed = e->failed || e->carry.failed;
    return !e->failed;
}

bool pc_engine_end_text(pc_engine *e)
{
    const char *end;
    const char *from;

    if (e->skips == SKIP_LINE)
        e->cut = e->line;
    if (e->failed || e->unread == 0)
        return !e->failed;
    end = e->carry.data + e->carry.length;
    set_base(e, e->carry.data, e->base_offset);
    (void)read_records(e, end - e->unread, end, true);
    from = kept_from(e, end);
    e->unread = 0;
    e->retry = 0;
    shift_carry(e, (size_t)(from - e->carry.data));
    return !e->failed;
}

bool pc_engine_end_group(pc_engine *e)
{
    const char *end = e->carry.data;

    if (e->failed || (!e->open && !e->leading))
        return !e->failed;
    e->record_at = end + e->carry.length - e->unread;
    if (!pc_engine_finish_group(e))
        e->failed = true;
    else
        shift_carry(e, e->carry.length - e->unread);
    return !e->failed;
}

bool pc_engine_set_place(pc_engine *e, size_t line, size_t offset)
{
    const pc_break here = {e->carry.length, line};

    if ((e->open || e->leading) && e->carry.length > 0 && line != e->line)
        pc_buffer_append(&e->breaks, (const char *)&here, sizeof here);
    e->line = line;
    e->base_offset = offset - e->carry.length;
    return !e->breaks.failed;
}

void pc_engine_set_held(pc_engine *e, size_t before, bool first)
{
    e->earlier = before;
    if (first)
        e->reread = 0;
}

size_t pc_engine_cut(const pc_engine *e)
{
    return e->cut;
}

bool pc_engine_is_at(const pc_engine *e, size_t line)
{
    return e->unread == 0 && e->skips == SKIP_NOTHING && e->line == line;
}

bool pc_engine_read_block(pc_engine *e, const pc_piece *block,
                          pc_engine_left *left)
{
    const char *end = block->text + block->length;
    const char *rest;

    pc_engine_clear_group(e);
    forget_record(e);
    e->failed = false;
    e->reread = 0;
    e->line = block->line;
    set_base(e, block->text, block->offset);
    rest = read_records(e, block->text, end, false);
    left->reread = e->reread > 0;
    left->at = (size_t)(rest - block->text);
    left->line = e->line;
    if (e->open || e->leading) {
        left->at = (size_t)(e->group_at - block->text);
        left->line = e->group_line;
    }
    return !e->failed;
}
