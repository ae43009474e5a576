/* parcheck_stream: an archive from pieces to findings. */
#include <string.h>
#include <unistd.h>

#include "api/inputs.h"
#include "api/options.h"
#include "archive/hierarchy.h"
#include "archive/run.h"
#include "base/error.h"
#include "report/report.h"
#include "report/rolled.h"

enum { MAX_HIERARCHY = 256 << 20 };

typedef enum source { SOURCE_NONE, SOURCE_BYTES, SOURCE_VALUES } source;

struct parcheck_stream {
    parcheck_allocator allocator;
    parcheck_stream_options options;
    parcheck_write_options writing;
    pc_charset charset;
    pc_run run;
    pc_writer writer;
    pc_rollup rollup;
    pc_writer table; /* the totals */
    source source;
    size_t calls;   /* of parcheck_stream_set() */
    pc_buffer line; /* the row of a call */
    bool refused;   /* the callback did not want the finding */
    bool finished;
    bool failed;
};

/* ---- telling ----------------------------------------------------------------- */

static bool on_told(void *context, const pc_told *told)
{
    parcheck_stream *s = context;
    const parcheck_finding *all = told->findings.list.data;

    for (size_t i = 0; i < told->findings.list.count; i++) {
        if (s->options.finding != NULL &&
            s->options.finding(s->options.finding_context, &all[i]) != 0) {
            s->refused = true;
            return false;
        }
        if (s->options.write != NULL)
            pc_write_archive_finding(&s->writer, &all[i]);
    }
    return !s->writer.refused && !s->writer.text.failed;
}

static bool on_rolled(void *context, const pc_rolled *rolled)
{
    parcheck_stream *s = context;

    pc_write_rolled(&s->table, rolled);
    return !s->table.refused && !s->table.text.failed;
}

static parcheck_status invalid(parcheck_error *error, const char *vi,
                               const char *en)
{
    return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0}, "%s%.0s",
                   "%.0s%s", vi, en);
}

/* The ceiling at which rows were left out that a total would lack. */
static parcheck_status cut_totals(const parcheck_stream *s,
                                  parcheck_error *error)
{
    const parcheck_stream_options *o = &s->options;
    size_t line = s->rollup.ceiling_line;
    bool field = s->rollup.ceiling == PC_LIMIT_FIELD;

    if (line == 0)
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "số liệu vượt giới hạn max_held_bytes = %zu nên các "
                       "tổng sẽ thiếu; không ghi tổng nào",
                       "the rows are over the ceiling max_held_bytes = %zu and "
                       "the totals would not be whole; there are none",
                       o->max_held_bytes);
    return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", line, 0},
                   "số liệu ở đây vượt giới hạn %s = %zu nên bị bỏ qua và các "
                   "tổng sẽ thiếu; không ghi tổng nào",
                   "what stands here is over the ceiling %s = %zu and was left "
                   "out; the totals would not be whole, so there are none",
                   field ? "max_field_bytes" : "max_submission_bytes",
                   field ? o->max_field_bytes : o->max_submission_bytes);
}

/* Why there are no totals. */
static parcheck_status no_totals(const parcheck_stream *s,
                                 parcheck_error *error)
{
    switch (s->rollup.lack) {
    case PC_ROLLUP_OVER:
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "các tổng cần nhiều hơn giới hạn max_held_bytes = %zu; "
                       "hãy nâng giới hạn hoặc cộng từng kỳ",
                       "the totals need more than the ceiling max_held_bytes "
                       "= %zu; raise it, or add up one period at a time",
                       s->options.max_held_bytes);
    case PC_ROLLUP_CUT:
        return cut_totals(s, error);
    case PC_ROLLUP_EMPTY:
        return invalid(error, "không có báo cáo nào để cộng",
                       "there is no submission to add up");
    case PC_ROLLUP_UNUSABLE:
        return invalid(error,
                       "không báo cáo nào cần cộng mà dùng được, nên không có "
                       "tổng",
                       "none of the submissions to add up could be used, so "
                       "there are no totals");
    case PC_ROLLUP_FLAT:
        return invalid(error,
                       "không báo cáo nào là của một đơn vị nằm dưới đơn vị "
                       "khác: cần cột parent hoặc danh mục đơn vị",
                       "no submission is of a unit that is below another: a "
                       "column parent or a hierarchy is needed");
    default:
        return invalid(error,
                       "không báo cáo nào nằm dưới đơn vị này hoặc thuộc kỳ "
                       "này",
                       "no submission is below this unit or of this period");
    }
}

/* Why the run gave up. */
static parcheck_status stopped(parcheck_stream *s, parcheck_error *error)
{
    s->failed = true;
    if (s->refused)
        return pc_cancelled(error);
    if (s->writer.refused || s->table.refused)
        return pc_fail(error, PARCHECK_EWRITE, (pc_place){"", 0, 0},
                       "không ghi được báo cáo",
                       "the report cannot be written");
    if (s->run.cut > 0)
        return pc_fail(error, PARCHECK_EIO, (pc_place){"", s->run.cut, 0},
                       "dữ liệu kết thúc giữa chừng một dòng, có lẽ tệp đã bị "
                       "cắt; chưa kiểm tra hết",
                       "the input ends within a record, as if it had been cut; "
                       "not all of it was checked");
    if (s->rollup.lack != PC_ROLLUP_FINE)
        return no_totals(s, error);
    return pc_no_memory(error);
}

/* ---- birth -------------------------------------------------------------------- */

void parcheck_stream_free(parcheck_stream *s)
{
    parcheck_allocator allocator;

    if (s == NULL)
        return;
    allocator = s->allocator;
    pc_run_free(&s->run);
    pc_rollup_free(&s->rollup);
    pc_buffer_free(&s->table.text);
    pc_buffer_free(&s->writer.text);
    pc_buffer_free(&s->line);
    pc_release(&allocator, s);
}

static bool is_delimiter(char c)
{
    return c == '\0' || c == '\t' || strchr(",;|:/!#$&*^~@", c) != NULL;
}

static parcheck_status check(parcheck_stream *s, const parcheck_schema *schema,
                             parcheck_error *error)
{
    const parcheck_stream_options *o = &s->options;

    if (o->max_field_bytes == 0 || o->max_fields == 0 ||
        o->max_findings == 0 || o->max_submission_bytes == 0 ||
        o->max_held_bytes == 0 || o->max_across_bytes == 0)
        return invalid(error, "mọi giới hạn phải từ 1",
                       "every ceiling is at least 1");
    if (!is_delimiter(o->delimiter))
        return invalid(error, "dấu phân cách không hợp lệ",
                       "the delimiter makes no sense");
    if (o->edition != NULL && !pc_schema_has_edition(schema, o->edition))
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "không có ấn bản “%s”", "there is no edition “%s”",
                       o->edition);
    if (o->encoding != NULL && !pc_charset_find(&s->charset, o->encoding))
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "không biết bảng mã “%s”", "unknown encoding “%s”",
                       o->encoding);
    return PARCHECK_OK;
}

/* The editions that a row of a form can be of. */
static void number_editions(pc_archive *archive)
{
    const parcheck_schema *schema = archive->schema;

    for (size_t i = 0; i < schema->family_count; i++) {
        const parcheck_family *family = &schema->families[i];

        for (size_t j = 0; family->role_count == 0 && j < family->edition_count;
             j++) {
            if (archive->edition_count == PC_ARCHIVE_EDITIONS)
                archive->too_many = true;
            else
                archive->editions[archive->edition_count++] =
                    &family->editions[j];
        }
    }
}

static size_t processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count > 0 ? (size_t)count : 1;
}

static bool start(parcheck_stream *s, const parcheck_schema *schema)
{
    const parcheck_stream_options *o = &s->options;
    pc_archive archive;
    const pc_run_options running = {
        .encoding = o->encoding != NULL ? &s->charset : NULL,
        .delimiter = o->delimiter,
        .unsorted = o->unsorted != 0,
        .jobs = o->jobs != 0 ? o->jobs : processors()};

    memset(&archive, 0, sizeof archive);
    archive.schema = schema;
    archive.edition = o->edition;
    archive.field_bytes = o->max_field_bytes;
    archive.fields = o->max_fields;
    archive.findings = o->max_findings;
    archive.submission_bytes = o->max_submission_bytes;
    archive.held_bytes = o->max_held_bytes;
    archive.across_bytes = o->max_across_bytes;
    archive.explain = o->explain != 0;
    number_editions(&archive);
    parcheck_write_options_init(&s->writing, sizeof s->writing);
    s->writer.write = o->write;
    s->writer.context = o->write_context;
    s->writer.options = &s->writing;
    if (!pc_run_init(&s->run, &running, &archive, on_told, s, &s->allocator))
        return false;
    if (o->write != NULL)
        pc_write_archive_start(&s->writer, schema);
    return !s->writer.text.failed;
}

/* A text that has to outlive the caller's. */
static bool keep(parcheck_stream *s, const char **text)
{
    if (*text == NULL)
        return true;
    *text = pc_arena_string(&s->run.arena, *text);
    return *text != NULL;
}

static bool keep_names(parcheck_stream *s)
{
    s->run.archive.edition = s->options.edition;
    s->options.edition = NULL;
    s->options.encoding = NULL;
    return keep(s, &s->run.archive.edition) &&
           keep(s, &s->options.rollup_unit);
}

/* The period as the data will have it. False without memory. */
static bool read_period(parcheck_stream *s)
{
    pc_period period;
    pc_buffer scratch;
    bool done;

    if (s->options.rollup_period == NULL)
        return true;
    pc_buffer_init(&scratch, &s->allocator, SIZE_MAX / 8);
    period = pc_period_read(s->options.rollup_period, &scratch);
    done = !scratch.failed;
    pc_buffer_free(&scratch);
    s->options.rollup_period = period.text;
    return done && keep(s, &s->options.rollup_period);
}

static bool start_rollup(parcheck_stream *s)
{
    pc_rollup_options options = {.bytes = s->options.max_held_bytes};

    if (s->options.rollup == NULL)
        return true;
    if (!read_period(s))
        return false;
    options.unit = s->options.rollup_unit;
    options.period = s->options.rollup_period;
    s->table.write = s->options.rollup;
    s->table.context = s->options.rollup_context;
    pc_rollup_free(&s->rollup);
    pc_rollup_init(&s->rollup, &options, on_rolled, s, &s->allocator);
    s->run.rollup = &s->rollup;
    pc_write_rolled_heading(&s->table);
    return !s->table.text.failed;
}

parcheck_status parcheck_stream_new(parcheck_stream **stream,
                                    const parcheck_schema *schema,
                                    const parcheck_stream_options *options,
                                    parcheck_error *error)
{
    parcheck_stream_options taken;
    parcheck_allocator allocator;
    parcheck_stream *s;
    parcheck_status status;

    *stream = NULL;
    status = pc_stream_options_take(&taken, options, error);
    if (status != PARCHECK_OK)
        return status;
    allocator = pc_allocator(taken.allocator);
    s = pc_resize(&allocator, NULL, sizeof *s);
    if (s == NULL)
        return pc_no_memory(error);
    memset(s, 0, sizeof *s);
    s->allocator = allocator;
    s->options = taken;
    pc_buffer_init(&s->writer.text, &allocator, SIZE_MAX / 8);
    pc_buffer_init(&s->table.text, &allocator, SIZE_MAX / 8);
    pc_arena_init(&s->rollup.arena, &allocator);
    pc_buffer_init(&s->line, &allocator, SIZE_MAX / 8);
    status = check(s, schema, error);
    if (status != PARCHECK_OK) {
        pc_buffer_free(&s->writer.text);
        pc_release(&allocator, s);
        return status;
    }
    if (!start(s, schema) || !keep_names(s) || !start_rollup(s)) {
        parcheck_stream_free(s);
        return pc_no_memory(error);
    }
    *stream = s;
    return PARCHECK_OK;
}

parcheck_status parcheck_stream_hierarchy(parcheck_stream *s,
                                          const parcheck_input *input,
                                          parcheck_error *error)
{
    pc_bytes bytes;
    parcheck_status status;

    if (s->source != SOURCE_NONE || s->finished || s->failed)
        return invalid(error, "danh mục đơn vị phải được đưa vào trước số liệu",
                       "the hierarchy has to be given before the data");
    memset(&bytes, 0, sizeof bytes);
    status = pc_inputs_read(&bytes, input, 1, MAX_HIERARCHY, &s->allocator,
                            NULL, error);
    if (status == PARCHECK_OK)
        status = pc_hierarchy_read(&s->run.store, bytes.name, bytes.data,
                                   bytes.length, bytes.cut, error);
    pc_bytes_free(&bytes);
    return status;
}

/* ---- data ----------------------------------------------------------------------- */

static parcheck_status take_source(parcheck_stream *s, source wanted,
                                   parcheck_error *error)
{
    if (s->finished || s->failed)
        return invalid(error, "luồng đã kết thúc", "the stream has ended");
    if (s->source != SOURCE_NONE && s->source != wanted)
        return invalid(error, "một luồng chỉ nhận byte hoặc chỉ nhận giá trị",
                       "a stream takes either bytes or values");
    s->source = wanted;
    return PARCHECK_OK;
}

parcheck_status parcheck_stream_feed(parcheck_stream *s, const void *bytes,
                                     size_t size, parcheck_error *error)
{
    parcheck_status status = take_source(s, SOURCE_BYTES, error);

    if (status != PARCHECK_OK)
        return status;
    return pc_run_feed(&s->run, bytes, size) ? PARCHECK_OK : stopped(s, error);
}

static void put_field(pc_buffer *line, const char *text, char behind)
{
    pc_buffer_char(line, '"');
    for (const char *at = text != NULL ? text : ""; *at != '\0'; at++) {
        if (*at == '"')
            pc_buffer_char(line, '"');
        pc_buffer_char(line, *at);
    }
    pc_buffer_char(line, '"');
    pc_buffer_char(line, behind);
}

/* A row that needs no quotes is faster without. */
static void put_row(pc_buffer *line, const char *const fields[6])
{
    static const char quoted[] = "\",\n\r \t";
    bool plain = true;

    for (size_t i = 0; i < 6; i++)
        plain = plain && (fields[i] == NULL ||
                          fields[i][strcspn(fields[i], quoted)] == '\0');
    pc_buffer_clear(line);
    for (size_t i = 0; i < 6; i++) {
        char behind = i < 5 ? ',' : '\n';

        if (!plain) {
            put_field(line, fields[i], behind);
            continue;
        }
        pc_buffer_text(line, fields[i] != NULL ? fields[i] : "");
        pc_buffer_char(line, behind);
    }
}

parcheck_status parcheck_stream_set(parcheck_stream *s, const char *unit,
                                    const char *parent, const char *period,
                                    const char *form, const char *code,
                                    const char *literal, parcheck_error *error)
{
    parcheck_status status = take_source(s, SOURCE_VALUES, error);

    if (status != PARCHECK_OK)
        return status;
    put_row(&s->line,
            (const char *const[6]){unit, parent, period, form, code, literal});
    s->calls++;
    if (s->line.failed ||
        !pc_run_row(&s->run, s->calls, s->line.data, s->line.length))
        return stopped(s, error);
    return PARCHECK_OK;
}

static bool end_table(parcheck_stream *s)
{
    if (s->run.rollup == NULL)
        return true;
    pc_writer_flush(&s->table, true);
    return !s->table.refused && !s->table.text.failed;
}

static bool write_summary(parcheck_stream *s)
{
    const pc_run_counts *counts = &s->run.counts;
    const pc_archive_summary summary = {counts->submissions, counts->rows,
                                        counts->outcomes, counts->severities};

    if (s->options.write == NULL)
        return true;
    pc_write_archive_summary(&s->writer, &summary);
    pc_writer_flush(&s->writer, true);
    return !s->writer.refused && !s->writer.text.failed;
}

parcheck_status parcheck_stream_finish(parcheck_stream *s,
                                       parcheck_error *error)
{
    if (s->finished || s->failed)
        return invalid(error, "luồng đã kết thúc", "the stream has ended");
    if (!pc_run_finish(&s->run) || !end_table(s) || !write_summary(s))
        return stopped(s, error);
    s->finished = true;
    return PARCHECK_OK;
}

/* ---- counters -------------------------------------------------------------------- */

size_t parcheck_stream_submission_count(const parcheck_stream *s)
{
    return s->run.counts.submissions;
}

size_t parcheck_stream_row_count(const parcheck_stream *s)
{
    return s->run.counts.rows;
}

size_t parcheck_stream_outcome_count(const parcheck_stream *s,
                                     parcheck_outcome outcome)
{
    return (size_t)outcome <= PARCHECK_UNKNOWN ? s->run.counts.outcomes[outcome]
                                               : 0;
}

size_t parcheck_stream_severity_count(const parcheck_stream *s,
                                      parcheck_severity severity)
{
    return (size_t)severity <= PARCHECK_NOTE
               ? s->run.counts.severities[severity]
               : 0;
}
