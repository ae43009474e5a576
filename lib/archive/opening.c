#include "archive/opening.h"

#include <string.h>

#include "submission/steps.h"
#include "text/detect.h"

/* Records among which the heading is looked for. */
enum { FIRST_RECORDS = 100 };

typedef struct opener {
    pc_opening *opening;
    pc_archive *archive;
    const pc_opening_options *options;
    pc_told *told;
    pc_arena *arena;
    const char *text; /* UTF-8 */
    size_t length;
    pc_input input;
} opener;

static void report(opener *o, pc_code code, size_t line,
                   const char *const *arguments)
{
    pc_findings *findings = &o->told->findings;
    const parcheck_cell *cell = pc_line_cell(&o->told->arena, 0, line);

    if (cell == NULL)
        findings->failed = true;
    pc_finding_at(findings, pc_findings_add(findings, code, arguments), cell);
}

/* What the guess of the encoding rests on. */
static void report_encoding(opener *o, const pc_detected *found)
{
    pc_digits score = pc_number_text(found->score / 10);
    pc_digits other = pc_number_text(found->runner_up_score / 10);
    const char *const arguments[] = {
        pc_charset_name(found->charset), score.text,
        pc_charset_name(found->runner_up), other.text, NULL};

    if (found->by == PC_BY_SCORE)
        report(o, found->unsure ? PC_FILE_ENCODING_UNSURE : PC_FILE_ENCODING, 1,
               arguments);
}

static bool detect(opener *o, pc_detected *found, const char *bytes,
                   size_t length)
{
    if (!o->options->at_end)
        length = pc_whole_characters(bytes, length);
    if (o->options->encoding == NULL)
        return pc_detect(found, bytes, length, &o->arena->allocator);
    pc_detect_given(found, *o->options->encoding, bytes, length);
    return true;
}

/* The bytes as text; `o->text` stays NULL if they cannot be decoded. */
static bool decode(opener *o, const char *bytes, size_t length)
{
    pc_opening *opening = o->opening;
    pc_detected found;
    size_t mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    if (!detect(o, &found, bytes, length))
        return false;
    opening->charset = found.charset;
    opening->bytes = o->options->at_end
                         ? length
                         : pc_whole_lines(found.charset, bytes, length);
    report_encoding(o, &found);
    if (found.charset == PC_UTF_8 &&
        pc_utf_8_front(bytes, opening->bytes) == opening->bytes) {
        o->text = bytes + mark;
        o->length = opening->bytes > mark ? opening->bytes - mark : 0;
        opening->offset = mark;
        return true;
    }
    switch (pc_charset_decode(found.charset, bytes, opening->bytes,
                              &opening->text, &opening->bad)) {
    case PC_CHARSET_UNAVAILABLE:
        report(o, PC_FILE_ENCODING_UNAVAILABLE, 1,
               (const char *[]){pc_charset_name(found.charset), NULL});
        return true;
    case PC_CHARSET_OK:
        o->text = opening->text.length > 0 ? opening->text.data : "";
        o->length = opening->text.length;
        return true;
    default:
        return false;
    }
}

static void find_dialect(opener *o)
{
    pc_dialect dialect = pc_dialect_find(o->text, o->length,
                                         o->options->delimiter);
    const char name[2] = {dialect.delimiter, '\0'};

    if (dialect.source == PC_DIALECT_COUNTED && dialect.delimiter != ',')
        report(
            o, PC_FILE_DELIMITER, 1,
            (const char *[]){dialect.delimiter == '\t' ? "TAB" : name, NULL});
    o->input.sheet.dialect = dialect;
    o->archive->delimiter = dialect.delimiter;
}

/* Records from the beginning of the text on. */
typedef struct extent {
    size_t records;   /* so many at most */
    size_t last_line; /* up to the one that begins here; 0 for all */
} extent;

static bool split(opener *o, pc_sheet *sheet, extent of, pc_findings *findings,
                  pc_arena *arena)
{
    const pc_sheet_options options = {.delimiter = o->archive->delimiter,
                                      .field_bytes = o->archive->field_bytes,
                                      .fields = o->archive->fields,
                                      .records = of.records,
                                      .last_line = of.last_line};
    size_t skip = o->input.sheet.dialect.skip;

    sheet->dialect = o->input.sheet.dialect;
    return pc_sheet_split(sheet, o->text + skip, o->length - skip, skip > 0,
                          &options, findings, arena);
}

/* What cannot be read is told of where the rows are read, or by
 * tell_front(). `*all`: nothing was left out. */
static bool split_unheard(opener *o, pc_sheet *sheet, size_t records, bool *all,
                          pc_arena *arena)
{
    const extent of = {records, 0};
    pc_findings unheard;

    pc_findings_init(&unheard, arena, 1);
    if (!split(o, sheet, of, &unheard, arena))
        return false;
    *all = o->options->at_end && unheard.list.count == 0;
    return true;
}

static bool split_first(opener *o)
{
    bool all;

    if (!split_unheard(o, &o->input.sheet, FIRST_RECORDS, &all, o->arena))
        return false;
    o->input.more = !all;
    return true;
}

/* Tells of what cannot be read up to the row that begins on a line. */
static bool tell_front(opener *o, pc_sheet *front, size_t last_line)
{
    const extent of = {SIZE_MAX, last_line};

    memset(front, 0, sizeof *front);
    return split(o, front, of, &o->told->findings, &o->told->arena) &&
           !o->told->findings.failed;
}

static bool find_heading(opener *o)
{
    pc_submission s;
    bool done;

    memset(&s, 0, sizeof s);
    s.schema = o->archive->schema;
    s.arena = o->arena;
    s.findings = &o->told->findings;
    s.inputs = &o->input;
    s.input_count = 1;
    if (o->input.sheet.rows.count == 0) {
        report(o, o->input.more ? PC_FILE_NO_HEADING : PC_FILE_EMPTY, 1,
               (const char *[]){PC_LONG_COLUMNS, NULL});
        return !o->told->findings.failed;
    }
    done = pc_find_layouts(&s, PC_LAYOUT_LONG);
    o->opening->found = o->input.layout == PC_LAYOUT_LONG;
    o->opening->more = o->input.more;
    return done && !o->told->findings.failed;
}

/* The rows begin right behind the heading: whatever stands there is read by
 * who reads the rows. */
static bool find_rows(opener *o)
{
    pc_opening *opening = o->opening;
    pc_sheet front;
    size_t at;

    if (!tell_front(o, &front, o->input.heading->line))
        return false;
    at = o->input.sheet.dialect.skip + front.end;
    opening->rows = o->text + at;
    opening->length = o->length - at;
    opening->line = front.end_line;
    opening->offset += at;
    return true;
}

static void take_heading(opener *o)
{
    pc_archive *archive = o->archive;
    const pc_input *input = &o->input;

    archive->heading = pc_sheet_row(&input->sheet,
                                    input->first_row - input->heading_lines);
    archive->heading_lines = input->heading_lines;
    memcpy(archive->columns, input->columns, sizeof archive->columns);
}

/* Without a heading it is told what cannot be read of the records in which it
 * was looked for. Nobody knows whether the last quote is closed further on. */
static bool tell_first(opener *o)
{
    const pc_sheet *sheet = &o->input.sheet;
    size_t count = sheet->rows.count;
    size_t last_line = 0;
    pc_sheet front;

    if (count == FIRST_RECORDS || (!o->options->at_end && count > 0))
        last_line = pc_sheet_row(sheet, count - 1)->line;
    else if (!o->options->at_end)
        return true;
    return tell_front(o, &front, last_line);
}

static const char *key_of(const opener *o, const pc_row *row, pc_buffer *key)
{
    pc_buffer_clear(key);
    pc_buffer_text(key, pc_input_text(&o->input, row, PC_COLUMN_UNIT));
    pc_buffer_char(key, '\n');
    pc_buffer_text(key, pc_input_text(&o->input, row, PC_COLUMN_PERIOD));
    return key->failed ? NULL : key->data;
}

/* Whether no submission among the rows comes again behind another one. */
static bool look_for_order(opener *o, const pc_sheet *sheet, pc_buffer *key,
                           pc_arena *arena)
{
    pc_map seen;
    const char *last = NULL;
    const char *heading;
    size_t unused;

    pc_map_init(&seen, arena);
    o->opening->grouped = true;
    if (key_of(o, o->input.heading, key) == NULL)
        return false;
    heading = pc_buffer_copy(key, arena);
    if (heading == NULL)
        return false;
    for (size_t i = o->input.first_row; i < sheet->rows.count; i++) {
        const pc_row *row = pc_sheet_row(sheet, i);
        const char *text = key_of(o, row, key);

        if (text == NULL)
            return false;
        if (pc_row_is_empty(row))
            continue;
        if (strcmp(heading, text) == 0 ||
            (last != NULL && strcmp(last, text) == 0))
            continue;
        if (pc_map_get(&seen, text, key->length, &unused)) {
            o->opening->grouped = false;
            return true;
        }
        last = pc_buffer_copy(key, arena);
        if (last == NULL || !pc_map_set(&seen, last, key->length, i))
            return false;
    }
    return true;
}

static bool find_order(opener *o)
{
    pc_arena arena;
    pc_sheet sheet;
    pc_buffer key;
    bool all;
    bool done;

    memset(&sheet, 0, sizeof sheet);
    pc_arena_init(&arena, &o->arena->allocator);
    pc_buffer_init(&key, &o->arena->allocator, SIZE_MAX / 8);
    done = split_unheard(o, &sheet, SIZE_MAX, &all, &arena) &&
           look_for_order(o, &sheet, &key, &arena);
    pc_buffer_free(&key);
    pc_arena_free(&arena);
    return done;
}

bool pc_opening_read(pc_opening *opening, pc_archive *archive,
                     const char *bytes, size_t length,
                     const pc_opening_options *options, pc_told *told,
                     pc_arena *arena)
{
    opener o = {opening, archive, options, told, arena, NULL, 0, {0}};

    memset(opening, 0, sizeof *opening);
    pc_buffer_init(&opening->text, &arena->allocator, SIZE_MAX / 8);
    o.input.name = "";
    if (!decode(&o, bytes, length))
        return false;
    if (o.text == NULL)
        return !told->findings.failed;
    if (memchr(o.text, 0, o.length) != NULL) {
        report(&o, PC_FILE_BINARY, 1, NULL);
        return !told->findings.failed;
    }
    find_dialect(&o);
    if (!split_first(&o) || !find_heading(&o))
        return false;
    if (!opening->found)
        return tell_first(&o);
    take_heading(&o);
    return find_rows(&o) && find_order(&o);
}

void pc_opening_free(pc_opening *opening)
{
    pc_buffer_free(&opening->text);
}
