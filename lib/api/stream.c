/* parcheck_stream: an archive from pieces to findings. */
#include <string.h>

#include "api/inputs.h"
#include "api/options.h"
#include "archive/hierarchy.h"
#include "archive/run.h"
#include "base/error.h"
#include "report/report.h"

enum { MAX_HIERARCHY = 256 << 20 };

typedef enum source { SOURCE_NONE, SOURCE_BYTES, SOURCE_VALUES } source;

struct parcheck_stream {
    parcheck_allocator allocator;
    parcheck_stream_options options;
    parcheck_write_options writing;
    pc_charset charset;
    pc_run run;
    pc_writer writer;
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

static parcheck_status invalid(parcheck_error *error, const char *vi,
                               const char *en)
{
    return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0}, "%s%.0s",
                   "%.0s%s", vi, en);
}

/* Why the run gave up. */
static parcheck_status stopped(parcheck_stream *s, parcheck_error *error)
{
    s->failed = true;
    if (s->refused)
        return pc_cancelled(error);
    if (s->writer.refused)
        return pc_fail(error, PARCHECK_EWRITE, (pc_place){"", 0, 0},
                       "không ghi được báo cáo",
                       "the report cannot be written");
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
        o->max_held_bytes == 0)
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

static bool start(parcheck_stream *s, const parcheck_schema *schema)
{
    const parcheck_stream_options *o = &s->options;
    pc_archive archive;
    const pc_run_options running = {
        .encoding = o->encoding != NULL ? &s->charset : NULL,
        .delimiter = o->delimiter,
        .unsorted = o->unsorted != 0,
        .held_bytes = o->max_held_bytes};

    memset(&archive, 0, sizeof archive);
    archive.schema = schema;
    archive.edition = o->edition;
    archive.field_bytes = o->max_field_bytes;
    archive.fields = o->max_fields;
    archive.findings = o->max_findings;
    archive.submission_bytes = o->max_submission_bytes;
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

/* The name of the edition has to outlive the caller's. */
static bool keep_names(parcheck_stream *s)
{
    if (s->options.edition == NULL)
        return true;
    s->run.archive.edition = pc_arena_string(&s->run.arena,
                                             s->options.edition);
    s->options.edition = NULL;
    s->options.encoding = NULL;
    return s->run.archive.edition != NULL;
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
    pc_buffer_init(&s->line, &allocator, SIZE_MAX / 8);
    status = check(s, schema, error);
    if (status != PARCHECK_OK) {
        pc_buffer_free(&s->writer.text);
        pc_release(&allocator, s);
        return status;
    }
    if (!start(s, schema) || !keep_names(s)) {
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
    if (!pc_run_finish(&s->run) || !write_summary(s))
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
