/* The submissions of an archive: fields to rows, rows to facts to verdicts. */
#include <string.h>

#include "archive/engine_state.h"
#include "text/charset.h"
#include "value/literal.h"

enum { MOST_LITERAL = 15 /* digits that the fast reading takes */ };

/* ---- fields ----------------------------------------------------------------
 */

static void keep_text(pc_engine *e, role which, const char *text, size_t length)
{
    e->other |= 1U << which;
    pc_buffer_clear(&e->texts[which]);
    pc_buffer_append(&e->texts[which], text, length);
    e->failed = e->failed || e->texts[which].failed;
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

/* Not a part of on_field(), which would have to save registers for it. */
static PC_NOT_INLINE void take_field(pc_engine *e, field *f, const char *text,
                                     size_t length)
{
    switch (f->role) {
    case ROLE_VALUE:
        read_value(e, text, length);
        break;
    case ROLE_NONE:
        break;
    case ROLES:
        e->next = f;
        e->beyond = true;
        break;
    default:
        keep_text(e, f->role, text, length);
        break;
    }
}

/*
 * Byte by byte, as libcsv has just written them so: a load of several would
 * wait until all of them have left the store buffer. And without a branch on
 * the text, for the sake of those that libcsv needs.
 */
static bool is_same(const char *expected, const char *text, size_t length)
{
    const char *end = expected + length;
    int difference = 0;

    for (; end - expected >= 4; expected += 4, text += 4)
        difference |= (expected[0] ^ text[0]) | (expected[1] ^ text[1]) |
                      (expected[2] ^ text[2]) | (expected[3] ^ text[3]);
    for (; expected != end; expected++, text++)
        difference |= *expected ^ *text;
    return difference == 0;
}

/* Nothing is done for a field that is as expected: nine in ten are. */
static void on_field(void *bytes, size_t length, void *context)
{
    pc_engine *e = context;
    field *f = e->next;

    e->next = f + 1;
    if (length != f->length || !is_same(f->text, bytes, length))
        take_field(e, f, bytes, length);
}

/* Compared are places, not numbers, for which a difference had to be divided. */
static bool has_fewer(const pc_engine *e, size_t fields)
{
    return e->next < e->fields + fields;
}

/* As many fields as the heading, no more. */
static bool is_full(const pc_engine *e)
{
    return e->next == e->fields + e->width && !e->beyond;
}

void pc_engine_begin_record(pc_engine *e)
{
    e->next = e->fields;
    e->beyond = false;
    e->other = 0;
}

static void expect(pc_engine *e, role which, const char *text, size_t length)
{
    e->of_role[which]->text = text;
    e->of_role[which]->length = length;
}

/* The row that is predicted. */
static void expect_entry(pc_engine *e, pc_entry *entry)
{
    e->expected = entry;
    expect(e, ROLE_FORM, entry->key, entry->form_length);
    expect(e, ROLE_CODE, entry->code, entry->code_length);
    expect(e, ROLE_LABEL, entry->label, entry->label_length);
}

/* ---- submissions ------------------------------------------------------------
 */

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
            row->kind != PARCHECK_TEXT && !(by_codes && row->code[0] == '\0'))
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

static bool tell_over(pc_engine *e, pc_group *group)
{
    pc_told *told = pc_told_new(e->archive, &e->allocator);

    group->told = told;
    if (told == NULL)
        return false;
    pc_told_line(told, PC_LIMIT_SUBMISSION, e->group_line,
                 (const char *[]){
                     pc_number_text(e->archive->submission_bytes).text, NULL});
    return pc_told_about(told, group->unit, group->unit_length,
                         group->period.text, e->group_line) &&
           pc_told_finish(told);
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
    pc_piece piece = {.edition = wanted_edition(e),
                      .line = e->group_line,
                      .offset = e->group_offset,
                      .breaks = (const pc_break *)(void *)e->breaks.data,
                      .break_count = e->breaks.length / sizeof(pc_break)};

    if (e->over || group->length > e->archive->submission_bytes)
        return tell_over(e, group);
    piece.text = group->text;
    piece.length = group->length;
    memset(group->counts, 0, sizeof group->counts);
    memset(e->facts, 0, e->symbols * sizeof *e->facts);
    if (!pc_judge_piece(group, e->archive, &piece, e->facts, &e->allocator))
        return false;
    return learn_edition(e, group->edition);
}

static void clear_facts(pc_engine *e)
{
    memset(e->facts, 0, e->symbols * sizeof *e->facts);
    memset(e->seen, 0, sizeof e->seen);
}

void pc_engine_clear_group(pc_engine *e)
{
    e->open = false;
    e->leading = false;
    e->rows = 0;
    e->plain = true;
    e->over = false;
    e->other_parent_line = 0;
    e->other_edition_line = 0;
    e->editions = e->candidates;
    if (!e->holds) /* else each row may be a submission that ends */
        clear_facts(e);
}

static pc_other describe_other(const pc_buffer *text, size_t line)
{
    const pc_other none = {NULL, 0, 0};
    const pc_other other = {text->data, text->length, line};

    return line > 0 ? other : none;
}

static pc_group describe_group(const pc_engine *e)
{
    const pc_group group = {.unit = e->unit.data,
                            .unit_length = e->unit.length,
                            .parent = e->parent.data,
                            .parent_length = e->parent.length,
                            .period = e->read_period,
                            .line = e->group_line,
                            .rows = e->rows,
                            .parent_line = e->parent_line,
                            .asked = e->edition.data,
                            .asked_length = e->edition.length,
                            .other_parent = describe_other(
                                &e->other_parent, e->other_parent_line),
                            .other_edition = describe_other(
                                &e->other_edition, e->other_edition_line),
                            .over = e->over};

    return group;
}

static void find_text(pc_engine *e, pc_group *group)
{
    pc_engine_locate(e);
    group->text = e->group_at;
    group->length = (size_t)(e->record_at - e->group_at);
}

static bool judge_group(pc_engine *e, pc_group *group)
{
    bool quiet;

    if (!judge_facts(e, group, &quiet))
        return false;
    if (quiet)
        return true;
    find_text(e, group);
    if (!judge_text(e, group))
        return false;
    if (group->told->findings.list.count == 0) {
        pc_told_free(group->told);
        group->told = NULL;
    }
    return true;
}

bool pc_engine_finish_group(pc_engine *e)
{
    pc_group group = describe_group(e);
    bool done = true;

    if (e->holds)
        find_text(e, &group);
    else
        done = judge_group(e, &group);
    if (done)
        done = e->on_group(e->context, &group);
    else
        pc_told_free(group.told);
    pc_engine_clear_group(e);
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
    /* An edition that nobody knows is told of. */
    if (e->archive->too_many ||
        (wanted != NULL && !pc_schema_has_edition(e->archive->schema, wanted)))
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
    e->group_at = NULL;
    if (e->lines.reading)
        return;
    e->group_at = e->record_at;
    e->group_offset = e->base_offset + (size_t)(e->record_at - e->base);
}

/* ---- records ----------------------------------------------------------------
 */

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

/* Takes the text of the row for that of the submission. */
static void take_text(pc_engine *e, role which, pc_buffer *known)
{
    if ((e->other & 1U << which) == 0)
        return;
    pc_buffer_clear(known);
    pc_buffer_append(known, e->texts[which].data, e->texts[which].length);
    expect(e, which, known->length > 0 ? known->data : "", known->length);
}

static bool is_text(const pc_buffer *known)
{
    return known->length == 0 ||
           (memchr(known->data, 0, known->length) == NULL &&
            pc_utf_8_front(known->data, known->length) == known->length);
}

/* As text; bytes that are none are read as they will be shown. */
static void read_period(pc_engine *e, const pc_buffer *known, bool text,
                        pc_period *period)
{
    pc_buffer decoded;
    pc_bad_bytes bad;

    if (text) {
        *period = pc_period_read(known->length > 0 ? known->data : "",
                                 &e->scratch);
        return;
    }
    memset(period, 0, sizeof *period);
    pc_buffer_init(&decoded, &e->allocator, SIZE_MAX / 8);
    if (pc_charset_decode(PC_UTF_8, known->data, known->length, &decoded,
                          &bad) == PC_CHARSET_OK)
        *period = pc_period_read(decoded.data, &e->scratch);
    else
        e->failed = true;
    pc_buffer_free(&decoded);
}

/* The period may be written in another way and still be the same. */
static bool is_other_period(pc_engine *e)
{
    const pc_buffer *known = &e->texts[ROLE_PERIOD];
    pc_period period;
    bool text;

    if ((e->other & 1U << ROLE_PERIOD) == 0)
        return false;
    text = is_text(known);
    read_period(e, known, text, &period);
    e->failed = e->failed || known->failed || e->scratch.failed;
    if (!e->open || strcmp(period.text, e->read_period.text) != 0)
        return true;
    e->plain = e->plain && text;
    return false;
}

static void take_period(pc_engine *e)
{
    take_text(e, ROLE_PERIOD, &e->period);
    e->period_is_text = is_text(&e->period);
    read_period(e, &e->period, e->period_is_text, &e->read_period);
}

/* What says which submission it is; bytes that are no text are told of. */
static bool has_names(const pc_engine *e)
{
    return is_text(&e->unit) && e->period_is_text && is_text(&e->parent) &&
           is_text(&e->edition);
}

/* The row is of another submission than the one before. */
static bool change_group(pc_engine *e)
{
    if (e->open && !pc_engine_finish_group(e))
        return false;
    take_text(e, ROLE_UNIT, &e->unit);
    take_period(e);
    take_text(e, ROLE_PARENT, &e->parent);
    e->parent_line = e->record_line;
    if ((e->other & 1U << ROLE_EDITION) != 0) {
        take_text(e, ROLE_EDITION, &e->edition);
        find_candidates(e);
    }
    e->editions = e->candidates;
    begin_group(e);
    e->plain = e->plain && has_names(e);
    return !e->unit.failed && !e->period.failed && !e->parent.failed &&
           !e->edition.failed && !e->scratch.failed;
}

/* What the row says otherwise than those before it, for the first time; if
 * these said nothing, it stands for all. */
static void note_other(pc_engine *e, role which, pc_buffer *known,
                       pc_buffer *other, size_t *line)
{
    const pc_buffer *text = &e->texts[which];

    if ((e->other & 1U << which) == 0 || text->length == 0)
        return;
    if (known->length == 0) {
        take_text(e, which, known);
        if (which == ROLE_PARENT)
            e->parent_line = e->record_line;
    } else if (*line == 0) {
        *line = e->record_line;
        pc_buffer_clear(other);
        pc_buffer_append(other, text->data, text->length);
    }
    e->failed = e->failed || known->failed || other->failed;
}

static void end_text(pc_buffer *text)
{
    pc_buffer_append(text, "", 1);
    text->length -= !text->failed;
}

/* Whether the row names the edition that is known in other words. */
static bool is_same_edition(pc_engine *e)
{
    const pc_archive *archive = e->archive;
    pc_buffer *other = &e->texts[ROLE_EDITION];

    if ((e->other & 1U << ROLE_EDITION) == 0 || other->length == 0)
        return true;
    end_text(other);
    end_text(&e->edition);
    if (other->failed || e->edition.failed)
        return true; /* the run ends */
    for (size_t i = 0; i < archive->edition_count; i++)
        if (pc_edition_is_named(archive->editions[i], other->data) !=
            pc_edition_is_named(archive->editions[i], e->edition.data))
            return false;
    return pc_schema_has_edition(archive->schema, other->data);
}

static void note_others(pc_engine *e)
{
    bool asked = e->edition.length > 0;

    note_other(e, ROLE_PARENT, &e->parent, &e->other_parent,
               &e->other_parent_line);
    if (!is_same_edition(e))
        note_other(e, ROLE_EDITION, &e->edition, &e->other_edition,
                   &e->other_edition_line);
    if (!asked && e->edition.length > 0)
        find_candidates(e);
}

/* A line of nothing but delimiters, as spreadsheets leave them behind a table,
 * is no row. */
static bool is_blank(const pc_engine *e)
{
    if (e->state != PC_FACT_BLANK || e->odd_value)
        return false;
    for (role which = ROLE_UNIT; which < ROLE_VALUE; which++) {
        const field *f = e->of_role[which];

        if (f != &e->nowhere && text_of(e, which, f->text, f->length).length > 0)
            return false;
    }
    return true;
}

/* What the row says beside its value; false if it is none, or if it stops. */
static PC_NOT_INLINE bool place_row(pc_engine *e)
{
    const unsigned rest = 1U << ROLE_PARENT | 1U << ROLE_EDITION;

    if (is_blank(e))
        return false;
    if (!e->open || (e->other & 1U << ROLE_UNIT) != 0 || is_other_period(e)) {
        if (!e->failed && !change_group(e))
            e->failed = true;
        return !e->failed;
    }
    if ((e->other & rest) != 0) {
        e->plain = false;
        note_others(e);
    }
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

void pc_engine_bad_record(pc_engine *e)
{
    e->bad = true;
    e->plain = false;
    if (!e->open && !e->leading) {
        begin_group(e);
        e->open = false;
        e->leading = true;
    }
}

static bool take_record(pc_engine *e)
{
    pc_entry *entry;

    if (has_fewer(e, e->least)) {
        pc_engine_bad_record(e);
        return true;
    }
    entry = find_entry(e);
    if (entry == NULL)
        return false;
    if (entry->is_heading && is_full(e))
        return true;
    if ((e->other != 0 || !e->open) && !place_row(e))
        return !e->failed;
    if (!is_full(e)) {
        e->plain = false;
        e->bad = has_fewer(e, e->width);
    }
    e->last = entry;
    expect_entry(e, entry->next != NULL ? entry->next : &e->codes.unknown);
    e->editions &= entry->editions;
    e->rows++;
    keep_value(e, entry);
    return true;
}

/* The line of a record or a blank line that has just been read; here, as it is
 * done for each row. */
static void count_line(pc_engine *e, int terminator, bool blank)
{
    plain_lines *l = &e->lines;

    if (!blank)
        e->record_line = e->line;
    if (!blank || terminator != '\n' || !l->after_return)
        e->line++;
    l->after_return = terminator == '\r';
}

static void on_record(int terminator, void *context)
{
    pc_engine *e = context;
    bool blank = e->next == e->fields;

    e->ended = true;
    if (e->lines.reading)
        count_line(e, terminator, blank);
    if (blank)
        return;
    if (!e->failed && !take_record(e))
        e->failed = true;
    pc_engine_begin_record(e);
}

void pc_engine_hold(pc_engine *e, bool hold)
{
    e->holds = hold;
    clear_facts(e);
}

/* ---- birth and death ----------------------------------------------------- */

static void set_role(pc_engine *e, pc_column column, role which)
{
    size_t at = e->archive->columns[column];

    e->of_role[which] = at != PC_NONE ? &e->fields[at] : &e->nowhere;
    e->of_role[which]->role = which;
    /* A label, a parent or an edition may be left out. */
    if (at != PC_NONE && which != ROLE_PARENT && which != ROLE_EDITION &&
        which != ROLE_LABEL && at + 1 > e->least)
        e->least = at + 1;
}

static bool set_roles(pc_engine *e)
{
    const pc_archive *archive = e->archive;
    size_t count = archive->heading[archive->heading_lines - 1].count;

    e->width = count;
    /* Another line of the heading may be longer. */
    for (size_t i = 0; i < PC_COLUMNS; i++)
        if (archive->columns[i] != PC_NONE && archive->columns[i] >= count)
            count = archive->columns[i] + 1;
    e->fields = pc_arena_array(&e->arena, count + 1, sizeof *e->fields);
    if (e->fields == NULL)
        return false;
    for (size_t i = 0; i <= count; i++)
        e->fields[i] = (field){"", SIZE_MAX, i < count ? ROLE_NONE : ROLES};
    pc_engine_begin_record(e);
    set_role(e, PC_COLUMN_UNIT, ROLE_UNIT);
    set_role(e, PC_COLUMN_PERIOD, ROLE_PERIOD);
    set_role(e, PC_COLUMN_PARENT, ROLE_PARENT);
    set_role(e, PC_COLUMN_EDITION, ROLE_EDITION);
    set_role(e, PC_COLUMN_FORM, ROLE_FORM);
    set_role(e, PC_COLUMN_CODE, ROLE_CODE);
    set_role(e, PC_COLUMN_LABEL, ROLE_LABEL);
    set_role(e, PC_COLUMN_VALUE, ROLE_VALUE);
    expect_entry(e, &e->codes.unknown);
    for (role which = ROLE_UNIT; which <= ROLE_EDITION; which++)
        expect(e, which, "", 0);
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
    e->editions_ready = pc_arena_array(&e->arena, e->archive->edition_count + 1,
                                       sizeof *e->editions_ready);
    return e->facts != NULL && e->editions_ready != NULL;
}

static void init_buffers(pc_engine *e)
{
    pc_buffer *const buffers[] = {&e->unit,    &e->period, &e->parent,
                                  &e->edition, &e->carry,  &e->scratch,
                                  &e->breaks,  &e->other_parent,
                                  &e->other_edition};

    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        pc_buffer_init(buffers[i], &e->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < ROLES; i++)
        pc_buffer_init(&e->texts[i], &e->allocator, SIZE_MAX / 8);
}

static bool prepare(pc_engine *e)
{
    pc_codes_init(&e->codes, e->archive, &e->allocator);
    if (!set_roles(e) || !make_empty(e) || !make_facts(e))
        return false;
    e->guess = 0;
    if (e->archive->edition_count > 0) {
        pc_codes_guess(&e->codes, e->archive->editions[0]);
        if (!make_ready(e, 0))
            return false;
    }
    find_candidates(e);
    pc_engine_clear_group(e);
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
    pc_buffer_free(&e->other_parent);
    pc_buffer_free(&e->other_edition);
    pc_buffer_free(&e->edition);
    pc_buffer_free(&e->carry);
    pc_buffer_free(&e->scratch);
    pc_buffer_free(&e->breaks);
    for (size_t i = 0; i < ROLES; i++)
        pc_buffer_free(&e->texts[i]);
    pc_arena_free(&e->arena);
    pc_release(&allocator, e);
}
