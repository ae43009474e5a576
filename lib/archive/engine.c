#include "archive/engine.h"

#include <string.h>

#include "archive/codes.h"
#include "csv/feed.h"
#include "text/charset.h"
#include "value/literal.h"

enum {
    REREAD_FACTOR = 4,  /* as in csv/reader.c */
    MOST_FORMS = 64,
    MOST_LITERAL = 15 /* digits that the fast reading takes */
};

/* What a column holds, as a small number. */
typedef enum role {
    ROLE_NONE,
    ROLE_UNIT,
    ROLE_PERIOD,
    ROLE_PARENT,
    ROLE_EDITION,
    ROLE_FORM,
    ROLE_CODE,
    ROLE_LABEL,
    ROLE_VALUE,
    ROLES
} role;

/* The compiled rules of an edition, with the rows that each form has. */
typedef struct ready {
    pc_quick quick;
    uint32_t expected[MOST_FORMS];
    size_t forms;
    bool usable;
    bool made;
} ready;

struct pc_engine {
    const pc_archive *archive;
    parcheck_allocator allocator;
    pc_arena arena;
    pc_feed *feed;
    pc_on_group on_group;
    void *context;
    bool failed; /* no memory, or stopped */

    /* ---- the record that is read ---- */
    uint8_t *roles; /* of the columns up to the last that has one */
    size_t role_count;
    size_t column; /* fields so far */
    size_t width;  /* columns of the heading */
    size_t least;  /* columns that a row needs */
    unsigned other; /* roles whose text is not the expected one, as bits */
    pc_buffer texts[ROLES]; /* of those */
    int64_t value;
    uint8_t scale;
    uint8_t state;   /* pc_fact_state */
    bool odd_value;  /* has to be read by value/literal.h */
    bool ambiguous;
    bool ended; /* the record callback has come */

    /* ---- what is expected of the next one ---- */
    pc_entry *expected;
    pc_entry *last;

    /* ---- the submission that is open ---- */
    bool open;
    bool leading; /* nothing but records that could not be read */
    pc_buffer unit;
    pc_buffer period; /* as it is written */
    pc_buffer parent;
    pc_buffer edition; /* as its column says */
    pc_period read_period;
    size_t group_line;
    size_t group_offset;
    size_t rows;
    bool plain; /* nothing in it needs to be told, so far */
    bool parents_differ;
    bool over;  /* beyond the ceiling: its text is not kept */
    uint64_t editions; /* that have every row, and may be meant */
    uint64_t candidates; /* the editions that may be meant */
    pc_quick_fact *facts;
    size_t symbols; /* room in `facts` */
    uint32_t seen[MOST_FORMS]; /* rows by form */

    /* ---- editions ---- */
    pc_codes codes;
    ready *editions_ready;
    size_t guess; /* number of the edition by which facts are kept */
    pc_submission empty; /* for the wide evaluation */
    pc_judging judging;

    /* ---- the text: the open submission and what is read stand in one
     * piece, which is `carry` or the caller's ---- */
    const char *group_at;  /* where the open submission begins */
    const char *record_at; /* where the record that is read begins */
    const char *base;      /* byte number `base_offset` of the input */
    size_t base_offset;
    size_t line; /* of the next line */
    size_t record_line;
    pc_buffer carry;  /* between two calls: the open submission and behind it
                         what was not read */
    size_t unread;    /* bytes of `carry` */
    size_t retry;     /* with fewer of them nothing is tried */
    uint64_t rereads; /* bytes that may still be read again */
    pc_buffer scratch;
    pc_buffer breaks; /* of pc_break, in the open submission */
    bool holds;
};

/* ---- fields ---------------------------------------------------------------- */

static void keep_text(pc_engine *e, role which, const char *text, size_t length)
{
    e->other |= 1U << which;
    pc_buffer_clear(&e->texts[which]);
    pc_buffer_append(&e->texts[which], text, length);
    e->failed = e->failed || e->texts[which].failed;
}

static bool is_same(const pc_buffer *known, const char *text, size_t length)
{
    return known->length == length &&
           (length == 0 || memcmp(known->data, text, length) == 0);
}

static void compare(pc_engine *e, role which, const pc_buffer *known,
                    const char *text, size_t length)
{
    if (!is_same(known, text, length))
        keep_text(e, which, text, length);
}

static bool is_span(const char *known, size_t known_length, const char *text,
                    size_t length)
{
    return known_length == length && memcmp(known, text, length) == 0;
}

/* Digits, or digits around one mark: the literals that nearly all are. What
 * else there is, value/literal.h reads. */
static void read_value(pc_engine *e, const char *text, size_t length)
{
    int64_t value = 0;
    size_t at = 0;
    size_t whole;

    e->scale = 0;
    e->ambiguous = false;
    e->odd_value = false;
    e->state = length == 0 ? PC_FACT_BLANK : PC_FACT_VALUE;
    if (length > MOST_LITERAL) {
        e->odd_value = true;
        keep_text(e, ROLE_VALUE, text, length);
        return;
    }
    while (at < length && (unsigned char)(text[at] - '0') <= 9)
        value = value * 10 + (text[at++] - '0');
    whole = at;
    if (at < length && at > 0 && (text[at] == '.' || text[at] == ',')) {
        at++;
        while (at < length && (unsigned char)(text[at] - '0') <= 9)
            value = value * 10 + (text[at++] - '0');
        e->scale = (uint8_t)(at - whole - 1);
        e->ambiguous = e->scale == 3 && whole <= 3 && text[0] != '0';
    }
    e->value = value;
    if (at < length || (whole < length && e->scale == 0)) {
        e->odd_value = true;
        keep_text(e, ROLE_VALUE, text, length);
    }
}

static void on_field(void *bytes, size_t length, void *context)
{
    pc_engine *e = context;
    const char *text = bytes;
    size_t column = e->column++;

    if (column >= e->role_count)
        return;
    switch (e->roles[column]) {
    case ROLE_UNIT:
        compare(e, ROLE_UNIT, &e->unit, text, length);
        break;
    case ROLE_PERIOD:
        compare(e, ROLE_PERIOD, &e->period, text, length);
        break;
    case ROLE_PARENT:
        compare(e, ROLE_PARENT, &e->parent, text, length);
        break;
    case ROLE_EDITION:
        compare(e, ROLE_EDITION, &e->edition, text, length);
        break;
    case ROLE_FORM:
        if (!is_span(e->expected->key, e->expected->form_length, text, length))
            keep_text(e, ROLE_FORM, text, length);
        break;
    case ROLE_CODE:
        if (!is_span(e->expected->code, e->expected->code_length, text, length))
            keep_text(e, ROLE_CODE, text, length);
        break;
    case ROLE_LABEL:
        if (!is_span(e->expected->label, e->expected->label_length, text,
                     length))
            keep_text(e, ROLE_LABEL, text, length);
        break;
    case ROLE_VALUE:
        read_value(e, text, length);
        break;
    default:
        break;
    }
}

/* ---- submissions ------------------------------------------------------------ */

/* Compiles the rules of an edition the first time. */
static bool make_ready(pc_engine *e, size_t number)
{
    const parcheck_edition *edition = e->archive->editions[number];
    bool by_codes = e->archive->columns[PC_COLUMN_LABEL] == PC_NONE;
    ready *r = &e->editions_ready[number];

    if (r->made)
        return true;
    if (!pc_quick_build(&r->quick, edition, &e->arena))
        return false;
    r->usable = true;
    for (size_t i = 0; i < edition->count && r->usable; i++) {
        const parcheck_indicator *row = &edition->indicators[i];

        if (i == 0 || strcmp(row[-1].form, row->form) != 0)
            r->forms++;
        r->usable = r->forms <= MOST_FORMS;
        if (r->usable && row->kind != PARCHECK_GROUP &&
            row->kind != PARCHECK_TEXT &&
            !(by_codes && row->code[0] == '\0'))
            r->expected[r->forms - 1]++;
    }
    r->made = true;
    return true;
}

/* Every form that the submission has has all its rows. */
static bool is_complete(const pc_engine *e)
{
    const ready *r = &e->editions_ready[e->guess];

    for (size_t i = 0; i < r->forms; i++)
        if (e->seen[i] != 0 && e->seen[i] != r->expected[i])
            return false;
    return true;
}

static size_t only_edition(uint64_t editions)
{
    size_t number = 0;

    if (editions == 0 || (editions & (editions - 1)) != 0)
        return PC_NONE;
    while ((editions >> number) != 1)
        number++;
    return number;
}

/* Judges by the facts alone; `*quiet` if that was enough. */
static bool judge_facts(pc_engine *e, pc_group *group, bool *quiet)
{
    ready *r = &e->editions_ready[e->guess];

    *quiet = false;
    if (!e->plain || only_edition(e->editions) != e->guess || !r->usable ||
        !is_complete(e))
        return true;
    group->edition = e->archive->editions[e->guess];
    group->facts = e->facts;
    e->judging.failed = false;
    if (!pc_quick_judge(&r->quick, e->facts, &e->judging, group->counts, quiet))
        return false;
    if (e->archive->explain && group->counts[PARCHECK_UNKNOWN] > 0 &&
        pc_quick_leaves_blank(&r->quick, e->facts))
        *quiet = false;
    return true;
}

static void report_over(pc_engine *e, pc_told *told)
{
    const parcheck_cell *cell = pc_line_cell(&told->arena, 0, e->group_line);

    if (cell == NULL)
        told->findings.failed = true;
    pc_finding_at(
        &told->findings,
        pc_findings_add(
            &told->findings, PC_LIMIT_SUBMISSION,
            (const char *[]){
                pc_number_text(e->archive->submission_bytes).text, NULL}),
        cell);
}

static bool tell_over(pc_engine *e, pc_group *group)
{
    group->told = pc_told_new(e->archive, &e->allocator);
    if (group->told == NULL)
        return false;
    report_over(e, group->told);
    pc_findings_finish(&group->told->findings);
    return !group->told->findings.failed;
}

static const char *wanted_edition(const pc_engine *e)
{
    return e->edition.length > 0 ? e->edition.data : e->archive->edition;
}

/* The edition that the long way found is the guess from now on. */
static bool learn_edition(pc_engine *e, const parcheck_edition *edition)
{
    for (size_t i = 0; edition != NULL && i < e->archive->edition_count; i++) {
        if (e->archive->editions[i] != edition || i == e->guess)
            continue;
        e->guess = i;
        pc_codes_guess(&e->codes, edition);
        return make_ready(e, i);
    }
    return true;
}

static bool judge_text(pc_engine *e, pc_group *group)
{
    pc_piece piece = {.text = e->group_at,
                      .length = (size_t)(e->record_at - e->group_at),
                      .line = e->group_line,
                      .offset = e->group_offset,
                      .breaks = (const pc_break *)(void *)e->breaks.data,
                      .break_count = e->breaks.length / sizeof(pc_break),
                      .edition = wanted_edition(e)};

    if (e->over || piece.length > e->archive->submission_bytes)
        return tell_over(e, group);
    memset(group->counts, 0, sizeof group->counts);
    memset(e->facts, 0, e->symbols * sizeof *e->facts);
    if (!pc_judge_piece(group, e->archive, &piece, e->facts, &e->allocator))
        return false;
    return learn_edition(e, group->edition);
}

static void clear_group(pc_engine *e)
{
    e->open = false;
    e->leading = false;
    e->rows = 0;
    e->plain = true;
    e->over = false;
    e->parents_differ = false;
    e->editions = e->candidates;
    memset(e->facts, 0, e->symbols * sizeof *e->facts);
    memset(e->seen, 0, sizeof e->seen);
}

static bool end_group(pc_engine *e)
{
    pc_group group;
    bool quiet;
    bool done;

    memset(&group, 0, sizeof group);
    group.unit = e->unit.data;
    group.unit_length = e->unit.length;
    group.parent = e->parent.data;
    group.parent_length = e->parent.length;
    group.period = e->read_period;
    group.line = e->group_line;
    group.rows = e->rows;
    group.parents_differ = e->parents_differ;
    group.text = e->group_at;
    group.length = (size_t)(e->record_at - e->group_at);
    done = e->holds || (judge_facts(e, &group, &quiet) &&
                        (quiet || judge_text(e, &group)));
    if (done && group.told != NULL && group.told->findings.list.count == 0) {
        pc_told_free(group.told);
        group.told = NULL;
    }
    if (!done)
        pc_told_free(group.told);
    else
        done = e->on_group(e->context, &group);
    clear_group(e);
    return done;
}

/* Which editions the name that is asked for leaves. */
static void find_candidates(pc_engine *e)
{
    const char *wanted = wanted_edition(e);

    e->candidates = 0;
    for (size_t i = 0; i < e->archive->edition_count; i++)
        if (pc_edition_is_candidate(e->archive->editions[i], wanted))
            e->candidates |= UINT64_C(1) << i;
    if (e->archive->too_many)
        e->candidates = 0;
}

/* The record that is read begins a submission. */
static void begin_group(pc_engine *e)
{
    e->open = true;
    if (e->leading) {
        e->leading = false;
        return;
    }
    pc_buffer_clear(&e->breaks);
    e->group_line = e->record_line;
    e->group_at = e->record_at;
    e->group_offset = e->base_offset + (size_t)(e->record_at - e->base);
}

/* ---- records ---------------------------------------------------------------- */

static pc_span text_of(const pc_engine *e, role which, const char *expected,
                       size_t length)
{
    pc_span span = {expected, length};

    if ((e->other & 1U << which) != 0) {
        span.text = e->texts[which].length > 0 ? e->texts[which].data : "";
        span.length = e->texts[which].length;
    }
    return span;
}

/* The entry of the row, for which the one behind the last is a guess. */
static pc_entry *find_entry(pc_engine *e)
{
    const unsigned named = 1U << ROLE_FORM | 1U << ROLE_CODE | 1U << ROLE_LABEL;
    pc_entry *entry = e->expected;
    pc_span code;

    if ((e->other & named) == 0 && entry->form_length != SIZE_MAX)
        return entry;
    code = text_of(e, ROLE_CODE, entry->code, entry->code_length);
    entry = pc_codes_find(
        &e->codes,
        text_of(e, ROLE_FORM, entry->key,
                entry->form_length != SIZE_MAX ? entry->form_length : 0),
        code, text_of(e, ROLE_LABEL, entry->label, entry->label_length));
    if (entry != NULL && e->last != NULL)
        e->last->next = entry;
    return entry;
}

/* Takes the texts of the row for those of the submission. */
static void take_text(pc_engine *e, role which, pc_buffer *known)
{
    if ((e->other & 1U << which) == 0)
        return;
    pc_buffer_clear(known);
    pc_buffer_append(known, e->texts[which].data, e->texts[which].length);
}

/* The period may be written in another way and still be the same. */
static bool is_other_period(pc_engine *e)
{
    pc_period period;

    if ((e->other & 1U << ROLE_PERIOD) == 0)
        return false;
    pc_buffer_append(&e->texts[ROLE_PERIOD], "", 1);
    if (e->texts[ROLE_PERIOD].failed) {
        e->failed = true;
        return false;
    }
    e->texts[ROLE_PERIOD].length--;
    period = pc_period_read(e->texts[ROLE_PERIOD].data, &e->scratch);
    e->failed = e->failed || e->scratch.failed;
    return !e->open || strcmp(period.text, e->read_period.text) != 0;
}

static void take_period(pc_engine *e)
{
    take_text(e, ROLE_PERIOD, &e->period);
    if (e->period.length > 0)
        e->read_period = pc_period_read(e->period.data, &e->scratch);
    else
        memset(&e->read_period, 0, sizeof e->read_period);
}

/* The row is of another submission than the one before. */
static bool change_group(pc_engine *e)
{
    if (e->open && !end_group(e))
        return false;
    take_text(e, ROLE_UNIT, &e->unit);
    take_period(e);
    take_text(e, ROLE_PARENT, &e->parent);
    if ((e->other & 1U << ROLE_EDITION) != 0) {
        take_text(e, ROLE_EDITION, &e->edition);
        find_candidates(e);
    }
    e->editions = e->candidates;
    begin_group(e);
    return !e->unit.failed && !e->period.failed && !e->parent.failed &&
           !e->edition.failed && !e->scratch.failed;
}

/* What the row says beside its value; false stops. */
static bool place_row(pc_engine *e)
{
    const unsigned rest = 1U << ROLE_PARENT | 1U << ROLE_EDITION;

    if (!e->open || (e->other & 1U << ROLE_UNIT) != 0 || is_other_period(e))
        return !e->failed && change_group(e);
    if ((e->other & rest) != 0)
        e->plain = false;
    if ((e->other & 1U << ROLE_PARENT) != 0 &&
        e->texts[ROLE_PARENT].length > 0)
        e->parents_differ = true;
    return !e->failed;
}

/* A literal that is not plainly a number; one that needs a word about it
 * takes the long way. */
static void read_odd_value(pc_engine *e, const pc_entry *entry)
{
    const pc_buffer *text = &e->texts[ROLE_VALUE];
    const parcheck_indicator *row = NULL;
    pc_literal literal;

    e->odd_value = false;
    if (entry->fact < 0 ||
        pc_utf_8_front(text->data, text->length) != text->length)
        e->plain = false;
    else
        row = entry->rows[e->guess];
    if (row == NULL)
        return;
    literal = pc_literal_interpret(text->data, text->length, row->unit);
    e->scale = 0;
    if (literal.state == PC_LITERAL_BLANK && row->kind != PARCHECK_CHOICE) {
        e->state = PC_FACT_BLANK;
    } else if (literal.state == PC_LITERAL_NUMBER && !literal.interpreted &&
               (!literal.percent_sign || row->kind == PARCHECK_PERCENT)) {
        e->value = literal.value.coefficient;
        e->scale = (uint8_t)literal.value.scale;
    } else {
        e->plain = false;
    }
}

/* Whether a value gives a finding by itself. */
static bool is_allowed(const pc_engine *e, const pc_entry *entry)
{
    if (e->value < 0)
        return false;
    switch (entry->kind) {
    case PARCHECK_PERCENT:
        if (e->scale == 0)
            return e->value <= 100;
        return e->scale <= 4 && e->value <= 1000000 &&
               e->value * (e->scale == 1   ? 1000
                           : e->scale == 2 ? 100
                           : e->scale == 3 ? 10
                                           : 1) <=
                   1000000;
    case PARCHECK_AMOUNT:
        return !e->ambiguous;
    case PARCHECK_CHOICE:
        return e->scale == 0 &&
               (entry->any_value ||
                (e->value < 64 && (entry->allowed >> e->value & 1) != 0));
    default:
        return e->scale == 0;
    }
}

static void keep_value(pc_engine *e, const pc_entry *entry)
{
    pc_quick_fact *fact;

    if (e->odd_value)
        read_odd_value(e, entry);
    if (entry->fact < 0) {
        e->plain = false;
        return;
    }
    fact = &e->facts[entry->fact];
    if (fact->state != PC_FACT_MISSING ||
        (e->state == PC_FACT_VALUE && !is_allowed(e, entry)))
        e->plain = false;
    fact->value = e->value;
    fact->scale = e->scale;
    fact->state = e->state;
    fact->line = (uint32_t)(e->record_line - e->group_line);
    e->seen[entry->form]++;
}

/* A record that is too short to say what it is about belongs to the one
 * before it. */
static bool take_short_row(pc_engine *e)
{
    e->plain = false;
    if (!e->open && !e->leading) {
        begin_group(e);
        e->open = false;
        e->leading = true;
    }
    return true;
}

static bool take_record(pc_engine *e)
{
    pc_entry *entry;

    if (e->column < e->least)
        return take_short_row(e);
    entry = find_entry(e);
    if (entry == NULL)
        return false;
    if (entry->is_heading && e->column == e->width)
        return true;
    if ((e->other != 0 || !e->open) && !place_row(e))
        return false;
    if (e->column != e->width)
        e->plain = false;
    e->last = entry;
    e->expected = entry->next != NULL ? entry->next : &e->codes.unknown;
    e->editions &= entry->editions;
    e->rows++;
    keep_value(e, entry);
    return true;
}

static void on_record(int terminator, void *context)
{
    pc_engine *e = context;

    (void)terminator;
    e->ended = true;
    if (!e->failed && !take_record(e))
        e->failed = true;
    e->column = 0;
    e->other = 0;
}

/* ---- text -------------------------------------------------------------------- */

static bool is_empty(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' &&
            text[i] != '\n')
            return false;
    return true;
}

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

/* Behind a record that could not be read: the lines that it swallowed are
 * read again. */
static const char *recover(pc_engine *e, const char *second, const char *at)
{
    size_t back = (size_t)(at - second);

    e->column = 0;
    e->other = 0;
    if (back > e->rereads)
        return at;
    e->rereads -= back;
    e->line = e->record_line + 1;
    return second;
}

static void note_problem(pc_engine *e)
{
    e->ended = true;
    (void)take_short_row(e);
}

/*
 * Reads the whole records of [text, end). Returns what is left: the last,
 * unfinished one. With `last` nothing is left.
 */
static const char *read_records(pc_engine *e, const char *text, const char *end,
                                bool last)
{
    bool returns = memchr(text, '\r', (size_t)(end - text)) != NULL;
    const char *second = NULL;

    e->ended = true;
    while (text < end && !e->failed) {
        const char *next = line_end(text, end, returns);
        pc_feed_event event;

        if (next == NULL && !last)
            break;
        if (next == NULL)
            next = end;
        if (e->ended) {
            e->record_at = text;
            e->record_line = e->line;
            second = next;
        }
        e->ended = false;
        event = pc_feed_line(e->feed, text, (size_t)(next - text));
        if (event == PC_FEED_OK && last && next == end)
            event = pc_feed_end(e->feed);
        e->line++;
        if (event == PC_FEED_NO_MEMORY)
            e->failed = true;
        if (event != PC_FEED_OK) {
            note_problem(e);
            next = recover(e, second, next);
        } else if (!e->ended && e->column == 0 &&
                   is_empty(e->record_at, (size_t)(next - e->record_at))) {
            e->ended = true;
        } else if (!e->ended && last && next == end) {
            e->ended = true;
        }
        text = next;
    }
    if (e->ended)
        return text;
    /* It is read from its beginning once more of it is there. */
    pc_feed_reset(e->feed);
    e->column = 0;
    e->other = 0;
    e->line = e->record_line;
    return e->record_at;
}

/* ---- pieces ------------------------------------------------------------------ */

/* What has to be kept of a piece of which all before `rest` is read. */
static const char *kept_from(pc_engine *e, const char *rest)
{
    if (!e->open && !e->leading)
        return rest;
    if ((size_t)(rest - e->group_at) > e->archive->submission_bytes) {
        e->over = true;
        e->plain = false;
    }
    if (e->over)
        e->group_at = rest;
    return e->group_at;
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
    const char *from = kept_from(e, rest);

    pc_buffer_append(&e->carry, from, (size_t)(end - from));
    e->unread = (size_t)(end - rest);
    set_retry(e);
    set_base(e, e->carry.data, e->base_offset + (size_t)(from - e->base));
    e->group_at = e->carry.data;
}

bool pc_engine_feed(pc_engine *e, const char *text, size_t length)
{
    const char *end = text + length;

    if (length == 0 || e->failed)
        return !e->failed;
    e->rereads += (uint64_t)length * REREAD_FACTOR;
    if (e->carry.length == 0)
        set_base(e, text, e->base_offset);
    text = leave_carry(e, text, length);
    if (text != NULL)
        carry_over(e, read_records(e, text, end, false), end);
    e->failed = e->failed || e->carry.failed;
    return !e->failed;
}

bool pc_engine_end_text(pc_engine *e)
{
    const char *end;
    const char *from;

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
    if (!end_group(e))
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

void pc_engine_hold(pc_engine *e, bool hold)
{
    e->holds = hold;
}

/* ---- birth and death ---------------------------------------------------------- */

static void set_role(pc_engine *e, pc_column column, role which)
{
    size_t at = e->archive->columns[column];

    if (at != PC_NONE)
        e->roles[at] = (uint8_t)which;
    /* A label, a parent or an edition may be left out. */
    if (at != PC_NONE && which != ROLE_PARENT && which != ROLE_EDITION &&
        which != ROLE_LABEL && at + 1 > e->least)
        e->least = at + 1;
}

static bool set_roles(pc_engine *e)
{
    const pc_archive *archive = e->archive;

    for (size_t i = 0; i < PC_COLUMNS; i++)
        if (archive->columns[i] != PC_NONE &&
            archive->columns[i] >= e->role_count)
            e->role_count = archive->columns[i] + 1;
    e->roles = pc_arena_array(&e->arena, e->role_count, sizeof *e->roles);
    if (e->roles == NULL)
        return false;
    set_role(e, PC_COLUMN_UNIT, ROLE_UNIT);
    set_role(e, PC_COLUMN_PERIOD, ROLE_PERIOD);
    set_role(e, PC_COLUMN_PARENT, ROLE_PARENT);
    set_role(e, PC_COLUMN_EDITION, ROLE_EDITION);
    set_role(e, PC_COLUMN_FORM, ROLE_FORM);
    set_role(e, PC_COLUMN_CODE, ROLE_CODE);
    set_role(e, PC_COLUMN_LABEL, ROLE_LABEL);
    set_role(e, PC_COLUMN_VALUE, ROLE_VALUE);
    e->width = archive->heading[archive->heading_lines - 1].count;
    return true;
}

/* A submission in which nothing has a role, for rules that name one. */
static bool make_empty(pc_engine *e)
{
    const parcheck_schema *schema = e->archive->schema;

    e->empty.schema = schema;
    e->empty.presence = pc_no_roles(schema, &e->arena);
    e->judging.submission = &e->empty;
    e->judging.arena = &e->arena;
    return e->empty.presence != NULL;
}

static bool make_facts(pc_engine *e)
{
    const parcheck_schema *schema = e->archive->schema;

    for (size_t i = 0; i < schema->family_count; i++)
        if (schema->families[i].symbols.count + 1 > e->symbols)
            e->symbols = schema->families[i].symbols.count + 1;
    e->facts = pc_arena_array(&e->arena, e->symbols, sizeof *e->facts);
    e->editions_ready = pc_arena_array(&e->arena,
                                       e->archive->edition_count + 1,
                                       sizeof *e->editions_ready);
    return e->facts != NULL && e->editions_ready != NULL;
}

static void init_buffers(pc_engine *e)
{
    pc_buffer *const buffers[] = {&e->unit,    &e->period, &e->parent,
                                  &e->edition, &e->carry,  &e->scratch,
                                  &e->breaks};

    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        pc_buffer_init(buffers[i], &e->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < ROLES; i++)
        pc_buffer_init(&e->texts[i], &e->allocator, SIZE_MAX / 8);
}

static bool prepare(pc_engine *e)
{
    pc_codes_init(&e->codes, e->archive, &e->allocator);
    e->expected = &e->codes.unknown;
    if (!set_roles(e) || !make_empty(e) || !make_facts(e))
        return false;
    e->guess = 0;
    if (e->archive->edition_count > 0) {
        pc_codes_guess(&e->codes, e->archive->editions[0]);
        if (!make_ready(e, 0))
            return false;
    }
    find_candidates(e);
    clear_group(e);
    e->feed = pc_feed_open(e->archive->delimiter, e->archive->field_bytes,
                           on_field, on_record, e, &e->allocator);
    return e->feed != NULL;
}

pc_engine *pc_engine_open(const pc_archive *archive, pc_on_group on_group,
                          void *context, const parcheck_allocator *allocator)
{
    pc_engine *e = pc_resize(allocator, NULL, sizeof *e);

    if (e == NULL)
        return NULL;
    memset(e, 0, sizeof *e);
    e->archive = archive;
    e->allocator = *allocator;
    e->on_group = on_group;
    e->context = context;
    e->line = 1;
    pc_arena_init(&e->arena, allocator);
    init_buffers(e);
    if (prepare(e))
        return e;
    pc_engine_close(e);
    return NULL;
}

void pc_engine_close(pc_engine *e)
{
    parcheck_allocator allocator;

    if (e == NULL)
        return;
    allocator = e->allocator;
    pc_feed_close(e->feed);
    pc_codes_free(&e->codes);
    pc_buffer_free(&e->unit);
    pc_buffer_free(&e->period);
    pc_buffer_free(&e->parent);
    pc_buffer_free(&e->edition);
    pc_buffer_free(&e->carry);
    pc_buffer_free(&e->scratch);
    pc_buffer_free(&e->breaks);
    for (size_t i = 0; i < ROLES; i++)
        pc_buffer_free(&e->texts[i]);
    pc_arena_free(&e->arena);
    pc_release(&allocator, e);
}
