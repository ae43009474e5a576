#include "archive/hierarchy.h"

#include <string.h>

#include "archive/rings.h"
#include "csv/dialect.h"
#include "csv/reader.h"
#include "submission/heading.h"
#include "text/charset.h"
#include "text/key.h"

enum { FIELD_BYTES = 1 << 16, FIELDS = 64 };

/* A record that has put a unit in its place. */
typedef struct placing {
    size_t unit;
    size_t line;
} placing;

typedef struct reading {
    pc_store *store;
    const char *source;
    parcheck_error *error;
    pc_csv_reader *reader;
    size_t unit; /* columns; PC_NONE where there is none */
    size_t parent;
    size_t name;
    pc_arena arena;
    pc_list placings; /* of placing */
} reading;

static pc_place place_of(const reading *r, size_t line, size_t column)
{
    pc_place place = {r->source, line, column != PC_NONE ? column + 1 : 0};

    return place;
}

static bool is_name(reading *r, const char *text)
{
    pc_buffer *plain = &r->store->scratch;

    return pc_text_plain(plain, text, strlen(text)) && plain->length > 0 &&
           (strcmp(plain->data, "name") == 0 ||
            strcmp(plain->data, "ten") == 0 ||
            strcmp(plain->data, "ten don vi") == 0);
}

static parcheck_status read_heading(reading *r, const pc_csv_record *record)
{
    for (size_t i = record->count; i > 0; i--) {
        const char *text = record->fields[i - 1].text;
        bool sure;
        pc_column column = pc_heading_column(text, &r->store->scratch, &sure);

        if (column == PC_COLUMN_UNIT)
            r->unit = i - 1;
        else if (column == PC_COLUMN_PARENT)
            r->parent = i - 1;
        else if (is_name(r, text))
            r->name = i - 1;
    }
    if (r->store->scratch.failed)
        return pc_no_memory(r->error);
    if (r->unit == PC_NONE || r->parent == PC_NONE)
        return pc_fail(r->error, PARCHECK_EINVAL,
                       place_of(r, record->line, PC_NONE),
                       "danh mục đơn vị cần các cột unit và parent",
                       "the hierarchy needs the columns unit and parent");
    return PARCHECK_OK;
}

static const char *field(const pc_csv_record *record, size_t column)
{
    return column < record->count ? record->fields[column].text : "";
}

static parcheck_status take_unit(reading *r, const pc_csv_record *record)
{
    const char *name = field(record, r->unit);
    const char *above = field(record, r->parent);
    const char *title = field(record, r->name);
    pc_archive_unit *unit;
    placing *placed;
    size_t number;
    size_t parent = PC_NONE;

    if (name[0] == '\0')
        return PARCHECK_OK;
    if (!pc_store_unit(r->store, name, strlen(name), &number) ||
        (above[0] != '\0' &&
         !pc_store_unit(r->store, above, strlen(above), &parent)))
        return pc_no_memory(r->error);
    unit = pc_store_at(r->store, number);
    if (unit->placed)
        return pc_fail(r->error, PARCHECK_EINVAL,
                       place_of(r, record->line, r->unit),
                       "đơn vị “%s” đã có ở trên",
                       "the unit “%s” stands further up already", name);
    placed = pc_list_add(&r->placings, &r->arena, sizeof *placed);
    if (placed == NULL)
        return pc_no_memory(r->error);
    *placed = (placing){number, record->line};
    unit->placed = true;
    unit->parent = parent;
    if (title[0] != '\0') {
        unit->title = pc_arena_string(&r->store->arena, title);
        if (unit->title == NULL)
            return pc_no_memory(r->error);
    }
    return PARCHECK_OK;
}

static parcheck_status read_records(reading *r)
{
    parcheck_status status = PARCHECK_OK;
    bool heading = true;

    while (status == PARCHECK_OK) {
        pc_csv_record record;
        pc_csv_event event = pc_csv_next(r->reader, &record);

        if (event == PC_CSV_END)
            break;
        if (event == PC_CSV_NO_MEMORY)
            return pc_no_memory(r->error);
        if (event != PC_CSV_RECORD)
            return pc_fail(
                r->error, PARCHECK_EINVAL, place_of(r, record.line, PC_NONE),
                "không đọc được bản ghi CSV", "the CSV record cannot be read");
        status = heading ? read_heading(r, &record) : take_unit(r, &record);
        heading = false;
    }
    if (status == PARCHECK_OK && heading)
        status = pc_fail(r->error, PARCHECK_EINVAL, place_of(r, 1, PC_NONE),
                         "danh mục đơn vị trống", "the hierarchy is empty");
    return status;
}

/* ---- rings --------------------------------------------------------------- */

typedef struct closing {
    const pc_store *store;
    size_t *nth;  /* by unit: which placing it is, from 1 */
    size_t first; /* the first that closes a ring, or SIZE_MAX */
} closing;

/* A ring is closed by the last of the records that it consists of. */
static bool on_ring(void *context, size_t unit)
{
    closing *c = context;
    size_t last = c->nth[unit];

    for (size_t at = pc_store_at(c->store, unit)->parent; at != unit;
         at = pc_store_at(c->store, at)->parent)
        if (c->nth[at] > last)
            last = c->nth[at];
    if (last > 0 && last < c->first)
        c->first = last;
    return true;
}

/* A unit must not stand above itself, over however many steps. That is looked
 * for once, at the end, and told of the record where it became so. */
static parcheck_status check_rings(reading *r)
{
    const placing *all = r->placings.data;
    closing c = {.store = r->store, .first = SIZE_MAX};
    const placing *found;

    c.nth = pc_arena_array(&r->arena, r->store->units.count, sizeof *c.nth);
    if (c.nth == NULL)
        return pc_no_memory(r->error);
    for (size_t i = 0; i < r->placings.count; i++)
        c.nth[all[i].unit] = i + 1;
    if (!pc_rings_find(r->store, on_ring, &c))
        return pc_no_memory(r->error);
    if (c.first == SIZE_MAX)
        return PARCHECK_OK;
    found = &all[c.first - 1];
    return pc_fail(r->error, PARCHECK_EINVAL,
                   place_of(r, found->line, r->parent),
                   "đơn vị “%s” không thể là cấp trên của chính nó",
                   "the unit “%s” cannot be above itself",
                   pc_store_at(r->store, found->unit)->name);
}

/* A ring stands before what else is wrong, as reading stopped there. */
static parcheck_status read_all(reading *r)
{
    parcheck_status status;
    parcheck_status rings = PARCHECK_OK;

    pc_arena_init(&r->arena, &r->store->arena.allocator);
    status = read_records(r);
    if (status != PARCHECK_ENOMEM)
        rings = check_rings(r);
    pc_arena_free(&r->arena);
    return rings != PARCHECK_OK ? rings : status;
}

parcheck_status pc_hierarchy_read(pc_store *store, const char *source,
                                  const char *text, size_t length, bool cut,
                                  parcheck_error *error)
{
    reading r = {.store = store,
                 .source = source,
                 .error = error,
                 .unit = PC_NONE,
                 .parent = PC_NONE,
                 .name = PC_NONE};
    pc_csv_options options = {.field_bytes = FIELD_BYTES, .fields = FIELDS};
    pc_dialect dialect;
    parcheck_status status;

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (length == 0)
        text = "";
    if (cut || pc_utf_8_front(text, length) < length ||
        memchr(text, 0, length) != NULL)
        return pc_fail(error, PARCHECK_EINVAL, place_of(&r, 1, PC_NONE),
                       "danh mục đơn vị phải là UTF-8, không quá 256 MiB",
                       "the hierarchy must be UTF-8 of at most 256 MiB");
    dialect = pc_dialect_find(text, length, 0);
    options.delimiter = dialect.delimiter;
    options.lines_before = dialect.skip > 0 ? 1 : 0;
    r.reader = pc_csv_open(text + dialect.skip, length - dialect.skip, &options,
                           &store->arena.allocator);
    if (r.reader == NULL)
        return pc_no_memory(error);
    status = read_all(&r);
    pc_csv_close(r.reader);
    store->has_hierarchy = true;
    store->listed = store->units.count;
    return status;
}
