#include "archive/held.h"

#include <stdint.h>
#include <string.h>

/* The parts of a row. */
enum { SHARED, NAME, OWN };

enum {
    MOST_NAMES = 1 << 16, /* an archive has a few hundred */
    NO_NAME = 0,          /* of a line that is held as it is */
    NUMBER = 10,          /* bytes of the longest number */
    LEAST_BLOCK = 64,
    MOST_BLOCK = 4096
};

/* What rows call an indicator; its number is its place in the list and one. */
typedef struct pc_held_name {
    const char *text;
    size_t length;
} pc_held_name;

/*
 * For each row: how many lines it is behind the one before, the number of its
 * name, the length of its text, and the text. Numbers have 7 bits in a byte,
 * the lowest first. A row may go on in the next block.
 */
struct pc_held_block {
    pc_held_block *next;
    uint32_t size;
    char bytes[];
};

void pc_held_init(pc_held *held, const pc_archive *archive,
                  const parcheck_allocator *allocator)
{
    memset(held, 0, sizeof *held);
    held->archive = archive;
    pc_arena_init(&held->arena, allocator);
    held->arena.maximum = archive->held_bytes;
    pc_map_init(&held->by_key, &held->arena);
    pc_map_init(&held->by_name, &held->arena);
    for (size_t i = 0; i < PC_HELD_PARTS; i++)
        pc_buffer_init(&held->parts[i], allocator, SIZE_MAX / 8);
    pc_buffer_init(&held->text, allocator, SIZE_MAX / 8);
}

void pc_held_free(pc_held *held)
{
    for (size_t i = 0; i < PC_HELD_PARTS; i++)
        pc_buffer_free(&held->parts[i]);
    pc_buffer_free(&held->text);
    pc_arena_free(&held->arena);
}

/* ---- blocks ------------------------------------------------------------------ */

static size_t put_number(char *bytes, size_t number)
{
    size_t count = 0;

    for (; number > 0x7F; number >>= 7)
        bytes[count++] = (char)(0x80 | (number & 0x7F));
    bytes[count++] = (char)number;
    return count;
}

/* A block has a quarter of what its submission has already, so that little of
 * it stays empty. */
static size_t block_size(const pc_held_rows *rows, size_t needed)
{
    size_t size = rows->bytes / 4;

    if (size < LEAST_BLOCK)
        size = LEAST_BLOCK;
    if (size > MOST_BLOCK)
        size = MOST_BLOCK;
    size -= offsetof(pc_held_block, bytes);
    return size > needed ? size : needed;
}

static bool make_room(pc_held *held, pc_held_rows *rows, size_t bytes)
{
    pc_held_block *block;
    size_t size;

    if (bytes <= rows->room)
        return true;
    size = block_size(rows, bytes - rows->room);
    if (size > UINT32_MAX) {
        held->arena.full = true;
        return false;
    }
    block = pc_arena_alloc(&held->arena, offsetof(pc_held_block, bytes) + size);
    if (block == NULL)
        return false;
    block->size = (uint32_t)size;
    if (rows->last != NULL) {
        rows->last->next = block;
        return true;
    }
    rows->first = rows->last = block;
    rows->room = size;
    return true;
}

static void put_bytes(pc_held_rows *rows, const char *bytes, size_t length)
{
    while (length > 0) {
        size_t step;

        if (rows->room == 0) {
            rows->last = rows->last->next;
            rows->room = rows->last->size;
        }
        step = length < rows->room ? length : rows->room;
        memcpy(rows->last->bytes + rows->last->size - rows->room, bytes, step);
        rows->room -= step;
        rows->bytes += step;
        bytes += step;
        length -= step;
    }
}

static bool put_row(pc_held *held, pc_held_rows *rows, size_t line, size_t name,
                    const char *text, size_t length)
{
    char head[3 * NUMBER];
    size_t count = put_number(head, line - rows->line);

    count += put_number(head + count, name);
    count += put_number(head + count, length);
    if (!make_room(held, rows, count + length))
        return false;
    put_bytes(rows, head, count);
    put_bytes(rows, text, length);
    rows->line = line;
    return true;
}

/* Where in the blocks is read. */
typedef struct reader {
    const pc_held_block *block;
    size_t at;
    size_t left;
} reader;

static size_t take_bytes(reader *r, size_t most, const char **bytes)
{
    size_t count;

    if (r->at == r->block->size) {
        r->block = r->block->next;
        r->at = 0;
    }
    count = r->block->size - r->at;
    if (count > most)
        count = most;
    *bytes = r->block->bytes + r->at;
    r->at += count;
    r->left -= count;
    return count;
}

static size_t take_number(reader *r)
{
    const char *byte;
    size_t number = 0;
    unsigned shift = 0;

    do {
        (void)take_bytes(r, 1, &byte);
        number |= (size_t)(*byte & 0x7F) << shift;
        shift += 7;
    } while ((*byte & 0x80) != 0);
    return number;
}

static void take_text(reader *r, size_t length, pc_buffer *text)
{
    const char *bytes;

    while (length > 0) {
        size_t count = take_bytes(r, length, &bytes);

        pc_buffer_append(text, bytes, count);
        length -= count;
    }
}

/* ---- lines to parts ------------------------------------------------------------ */

typedef enum cut {
    CUT_ROW,
    CUT_OTHER, /* a line of its own, but not with the columns of the heading */
    CUT_ODD    /* with the next lines it may be one record, or it is several */
} cut;

static unsigned char part_of(const pc_archive *archive, size_t column)
{
    static const struct {
        pc_column column;
        unsigned char part;
    } parts[] = {{PC_COLUMN_UNIT, SHARED},   {PC_COLUMN_PERIOD, SHARED},
                 {PC_COLUMN_PARENT, SHARED}, {PC_COLUMN_EDITION, SHARED},
                 {PC_COLUMN_FORM, NAME},     {PC_COLUMN_CODE, NAME},
                 {PC_COLUMN_LABEL, NAME}};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (archive->columns[parts[i].column] == column)
            return parts[i].part;
    return OWN;
}

static bool set_columns(pc_held *held)
{
    const pc_archive *archive = held->archive;
    bool begun[PC_HELD_PARTS] = {false};

    if (held->columns != NULL)
        return true;
    held->width = archive->heading[archive->heading_lines - 1].count;
    held->columns = pc_arena_array(&held->arena, held->width,
                                   sizeof *held->columns);
    for (size_t i = 0; held->columns != NULL && i < held->width; i++) {
        pc_held_column *column = &held->columns[i];

        column->part = part_of(archive, i);
        column->follows = begun[column->part];
        begun[column->part] = true;
    }
    return held->columns != NULL;
}

static bool is_end(char c, char delimiter)
{
    return c == delimiter || c == '\n' || c == '\r';
}

/* Behind the quote that closes the one at `at`; NULL if none does. */
static const char *quotes_end(const char *at, const char *end)
{
    for (at++; at < end && *at != '\r' && *at != '\n'; at++) {
        if (*at != '"')
            continue;
        if (at + 1 == end || at[1] != '"')
            return at + 1;
        at++;
    }
    return NULL;
}

/* The end of the field at `at`; NULL if quotes stand anywhere but around the
 * whole of it. */
static const char *field_end(const char *at, const char *end, char delimiter)
{
    if (at < end && *at == '"') {
        at = quotes_end(at, end);
        return at == NULL || at == end || is_end(*at, delimiter) ? at : NULL;
    }
    for (; at < end && !is_end(*at, delimiter); at++)
        if (*at == '"')
            return NULL;
    return at;
}

static void add_field(pc_held *held, size_t column, const char *text,
                      const char *end)
{
    pc_buffer *part = &held->parts[held->columns[column].part];

    if (held->columns[column].follows)
        pc_buffer_char(part, held->archive->delimiter);
    pc_buffer_append(part, text, (size_t)(end - text));
}

static bool parts_failed(const pc_held *held)
{
    bool failed = false;

    for (size_t i = 0; i < PC_HELD_PARTS; i++)
        failed = failed || held->parts[i].failed;
    return failed;
}

/* Cuts a line, with its end, into the parts. */
static cut cut_line(pc_held *held, const char *line, const char *end)
{
    const char delimiter = held->archive->delimiter;
    const char *at = line;
    size_t column = 0;

    for (size_t i = 0; i < PC_HELD_PARTS; i++)
        pc_buffer_clear(&held->parts[i]);
    for (;; column++) {
        const char *stop = field_end(at, end, delimiter);

        if (stop == NULL)
            return CUT_ODD;
        if (column < held->width)
            add_field(held, column, at, stop);
        at = stop;
        if (at == end || *at != delimiter)
            break;
        at++;
    }
    if (at < end && *at == '\r' && end - at != 2)
        return CUT_ODD;
    pc_buffer_append(&held->parts[SHARED], at, (size_t)(end - at));
    return at < end && column + 1 == held->width ? CUT_ROW : CUT_OTHER;
}

/* The parts to the line again. */
static void join_line(pc_held *held, pc_held_name parts[PC_HELD_PARTS])
{
    const char delimiter = held->archive->delimiter;

    for (size_t i = 0; i < held->width; i++) {
        const pc_held_column *column = &held->columns[i];
        pc_held_name *part = &parts[column->part];
        const char *text = part->text + (column->follows ? 1 : 0);
        const char *stop = field_end(text, part->text + part->length,
                                     delimiter);

        if (i > 0)
            pc_buffer_char(&held->text, delimiter);
        pc_buffer_append(&held->text, text, (size_t)(stop - text));
        part->length -= (size_t)(stop - part->text);
        part->text = stop;
    }
    pc_buffer_append(&held->text, parts[SHARED].text, parts[SHARED].length);
}

/* ---- adding --------------------------------------------------------------------- */

/* Whether the row that is cut says what its submission shares. */
static bool is_shared(pc_held *held, pc_held_rows *rows, bool *same)
{
    const pc_buffer *shared = &held->parts[SHARED];

    if (rows->shared == NULL) {
        rows->shared = pc_buffer_copy(shared, &held->arena);
        rows->shared_length = shared->length;
    }
    *same = rows->shared != NULL && rows->shared_length == shared->length &&
            memcmp(rows->shared, shared->data, shared->length) == 0;
    return rows->shared != NULL;
}

static bool add_name(pc_held *held)
{
    const pc_buffer *text = &held->parts[NAME];
    pc_held_name *name = pc_list_add(&held->names, &held->arena, sizeof *name);

    if (name == NULL)
        return false;
    name->text = pc_buffer_copy(text, &held->arena);
    name->length = text->length;
    return name->text != NULL && pc_map_set(&held->by_name, name->text,
                                            name->length, held->names.count);
}

/* The number of the name of the row that is cut. */
static bool find_name(pc_held *held, size_t *number)
{
    const pc_buffer *name = &held->parts[NAME];

    *number = NO_NAME;
    if (name->length == 0 ||
        pc_map_get(&held->by_name, name->data, name->length, number))
        return true;
    if (held->names.count == MOST_NAMES)
        return true;
    if (!add_name(held))
        return false;
    *number = held->names.count;
    return true;
}

static bool add_row(pc_held *held, pc_held_rows *rows, size_t line,
                    const char *text, const char *end)
{
    const pc_buffer *own = &held->parts[OWN];
    size_t name = NO_NAME;
    bool same = false;

    if (cut_line(held, text, end) == CUT_ROW &&
        (parts_failed(held) || !is_shared(held, rows, &same) ||
         (same && !find_name(held, &name))))
        return false;
    if (name == NO_NAME)
        return put_row(held, rows, line, name, text, (size_t)(end - text));
    return put_row(held, rows, line, name, own->data, own->length);
}

static const char *line_end(const char *text, const char *end)
{
    const char *feed = memchr(text, '\n', (size_t)(end - text));

    return feed != NULL ? feed + 1 : end;
}

/* Whether each line is for itself. */
static bool is_line_by_line(pc_held *held, const char *text, const char *end)
{
    if (memchr(text, '"', (size_t)(end - text)) == NULL &&
        memchr(text, '\r', (size_t)(end - text)) == NULL)
        return true;
    while (text < end) {
        const char *next = line_end(text, end);

        if (cut_line(held, text, next) == CUT_ODD)
            return false;
        text = next;
    }
    return true;
}

static bool add_rows(pc_held *held, pc_held_rows *rows, const pc_group *group)
{
    const char *text = group->text;
    const char *end = text + group->length;
    size_t line = group->line;

    held->full_line = line;
    if (!is_line_by_line(held, text, end))
        return put_row(held, rows, line, NO_NAME, text, group->length);
    while (text < end) {
        const char *next = line_end(text, end);

        held->full_line = line;
        if (!add_row(held, rows, line, text, next))
            return false;
        text = next;
        line++;
    }
    return true;
}

static pc_held_rows *find_rows(pc_held *held, const pc_store *store,
                               size_t unit, size_t period)
{
    const size_t key[2] = {unit, period};
    pc_held_rows **listed;
    pc_held_rows *rows;
    size_t index;

    if (pc_map_get(&held->by_key, (const char *)key, sizeof key, &index))
        return ((pc_held_rows **)held->submissions.data)[index];
    rows = pc_arena_alloc(&held->arena, sizeof *rows);
    if (rows == NULL)
        return NULL;
    memcpy(rows->key, key, sizeof key);
    rows->unit = pc_store_at(store, unit)->name;
    rows->period = pc_store_period_at(store, period);
    if (!pc_map_set(&held->by_key, (const char *)rows->key, sizeof rows->key,
                    held->submissions.count))
        return NULL;
    listed = pc_list_add(&held->submissions, &held->arena, sizeof(*listed));
    if (listed == NULL)
        return NULL;
    *listed = rows;
    return rows;
}

bool pc_held_add(pc_held *held, pc_store *store, const pc_group *group)
{
    pc_held_rows *rows = NULL;
    size_t unit;
    size_t period;

    if (!pc_store_unit(store, group->unit, group->unit_length, &unit) ||
        !pc_store_period(store, &group->period, &period))
        return false;
    held->full_line = group->line;
    if (group->over)
        return true;
    if (set_columns(held))
        rows = find_rows(held, store, unit, period);
    if (rows == NULL || !add_rows(held, rows, group))
        return held->arena.full;
    held->full_line = 0;
    return true;
}

/* ---- reading --------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    const pc_held_rows *a = *(const pc_held_rows *const *)left;
    const pc_held_rows *b = *(const pc_held_rows *const *)right;
    int names = strcmp(a->unit, b->unit);

    if (names != 0)
        return names;
    if (a->period->year != b->period->year)
        return a->period->year < b->period->year ? -1 : 1;
    if (a->period->part != b->period->part)
        return a->period->part < b->period->part ? -1 : 1;
    return strcmp(a->period->text, b->period->text);
}

void pc_held_sort(pc_held *held)
{
    pc_sort(held->submissions.data, held->submissions.count,
            sizeof(pc_held_rows *), compare);
}

/* Appends the next row to the text. */
static void read_row(pc_held *held, const pc_held_rows *rows, reader *r,
                     size_t name)
{
    const pc_held_name *names = held->names.data;
    pc_held_name parts[PC_HELD_PARTS];
    pc_buffer *own = &held->parts[OWN];
    size_t length = take_number(r);

    if (name == NO_NAME) {
        take_text(r, length, &held->text);
        return;
    }
    pc_buffer_clear(own);
    take_text(r, length, own);
    parts[SHARED] = (pc_held_name){rows->shared, rows->shared_length};
    parts[NAME] = names[name - 1];
    parts[OWN] = (pc_held_name){own->length > 0 ? own->data : "", own->length};
    if (!own->failed)
        join_line(held, parts);
}

bool pc_held_read(pc_held *held, size_t submission, pc_on_held on_lines,
                  void *context)
{
    const pc_held_rows *rows =
        ((pc_held_rows **)held->submissions.data)[submission];
    reader r = {rows->first, 0, rows->bytes};
    pc_buffer *text = &held->text;
    size_t first = 0; /* the line that `text` begins with */
    size_t next = 0;  /* the one behind it; 0: only its text would tell */
    size_t line = 0;

    pc_buffer_clear(text);
    while (r.left > 0) {
        size_t name;

        line += take_number(&r);
        name = take_number(&r);
        if (text->length > 0 && (line != next || name == NO_NAME)) {
            if (!on_lines(context, first, text->data, text->length))
                return false;
            pc_buffer_clear(text);
        }
        if (text->length == 0)
            first = line;
        read_row(held, rows, &r, name);
        if (text->failed || held->parts[OWN].failed)
            return false;
        next = name == NO_NAME ? 0 : line + 1;
    }
    return text->length == 0 ||
           on_lines(context, first, text->data, text->length);
}
