/* parcheck_validate(): the way of the data from inputs to a report. */
#include <string.h>

#include "api/report.h"
#include "base/file.h"
#include "submission/submission.h"

enum { READ_STEP = 1 << 16 };

typedef struct run {
    const parcheck_schema *schema;
    const parcheck_input **sources; /* in the order of the report */
    size_t count;
    const parcheck_options *options;
    parcheck_error *error;
    parcheck_report *report;
    pc_input *inputs;
    pc_submission submission;
} run;

void parcheck_input_init(parcheck_input *input)
{
    memset(input, 0, sizeof *input);
    input->size = sizeof *input;
}

void parcheck_options_init(parcheck_options *options)
{
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->max_file_bytes = (size_t)256 << 20;
    options->max_field_bytes = (size_t)1 << 20;
    options->max_fields = 4096;
    options->max_records = 5000000;
    options->max_findings = 10000;
}

static const char *name_of(const parcheck_input *input)
{
    if (input->name != NULL)
        return input->name;
    return input->path != NULL ? input->path : "-";
}

/* ---- arguments ---------------------------------------------------------- */

static parcheck_status invalid(run *r, const char *vi, const char *en)
{
    return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0}, "%s%.0s",
                   "%.0s%s", vi, en);
}

static parcheck_status check_inputs(run *r, const parcheck_input *inputs)
{
    if (inputs == NULL || r->count == 0)
        return invalid(r, "không có tệp nào", "there is no input");
    for (size_t i = 0; i < r->count; i++) {
        int sources = (inputs[i].path != NULL) + (inputs[i].data != NULL) +
                      (inputs[i].read != NULL);

        if (inputs[i].size != sizeof inputs[i] || sources != 1)
            return invalid(r, "mỗi đầu vào cần đúng một trong path, data, read",
                           "each input needs exactly one of path, data, read");
    }
    return PARCHECK_OK;
}

static bool has_edition(const parcheck_schema *schema, const char *wanted)
{
    for (size_t i = 0; i < schema->family_count; i++) {
        const parcheck_family *family = &schema->families[i];

        for (size_t j = 0; j < family->edition_count; j++)
            if (pc_edition_is_named(&family->editions[j], wanted))
                return true;
    }
    return false;
}

static parcheck_status check_options(run *r)
{
    const parcheck_options *options = r->options;

    if (options->size != sizeof *options || options->max_file_bytes == 0 ||
        options->max_field_bytes == 0 || options->max_fields == 0 ||
        options->max_records == 0 || options->max_findings == 0)
        return invalid(r, "tùy chọn không hợp lệ (mọi giới hạn phải từ 1)",
                       "the options make no sense (every ceiling is at "
                       "least 1)");
    if (options->edition != NULL && !has_edition(r->schema, options->edition))
        return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "không có ấn bản “%s”", "there is no edition “%s”",
                       options->edition);
    return PARCHECK_OK;
}

/* ---- inputs ------------------------------------------------------------- */

static int compare_inputs(const void *left, const void *right)
{
    const parcheck_input *a = *(const parcheck_input *const *)left;
    const parcheck_input *b = *(const parcheck_input *const *)right;
    int names = strcmp(name_of(a), name_of(b));

    if (names != 0)
        return names;
    /* The same name twice: memory is told apart by content, so that the
     * order of the arguments does not show. */
    if (a->data != NULL && b->data != NULL) {
        size_t shorter = a->length < b->length ? a->length : b->length;
        int bytes = memcmp(a->data, b->data, shorter);

        if (bytes != 0)
            return bytes;
        return a->length < b->length ? -1 : a->length > b->length;
    }
    return a < b ? -1 : a > b;
}

static parcheck_status sort_inputs(run *r, const parcheck_input *inputs)
{
    pc_arena *arena = &r->report->arena;

    r->sources = pc_arena_array(arena, r->count, sizeof(*r->sources));
    r->inputs = pc_arena_array(arena, r->count, sizeof *r->inputs);
    if (r->sources == NULL || r->inputs == NULL)
        return pc_no_memory(r->error);
    for (size_t i = 0; i < r->count; i++)
        r->sources[i] = &inputs[i];
    pc_sort(r->sources, r->count, sizeof(*r->sources), compare_inputs);
    return PARCHECK_OK;
}

static parcheck_status read_callback(run *r, const parcheck_input *input,
                                     pc_buffer *bytes)
{
    for (;;) {
        size_t room = bytes->maximum - bytes->length;
        size_t got = 0;
        char probe;

        if (room > READ_STEP)
            room = READ_STEP;
        if (!pc_buffer_reserve(bytes, room))
            return pc_no_memory(r->error);
        if (input->read(input->context,
                        room > 0 ? bytes->data + bytes->length : &probe,
                        room > 0 ? room : 1, &got) != 0 ||
            got > (room > 0 ? room : 1))
            return pc_fail(r->error, PARCHECK_EIO,
                           (pc_place){name_of(input), 0, 0}, "không đọc được",
                           "it cannot be read");
        bytes->overflow = room == 0 && got > 0;
        if (got == 0 || room == 0)
            return PARCHECK_OK;
        bytes->length += got;
    }
}

static void report_file_limit(run *r, size_t index)
{
    parcheck_finding *finding = pc_findings_add(
        &r->report->findings, PC_LIMIT_FILE,
        (const char *[]){pc_number_text(r->options->max_file_bytes).text,
                         NULL});
    const pc_row row = {1, 0, 0, NULL};

    pc_finding_at(&r->report->findings, finding,
                  pc_place_cell(&r->report->arena, index, &row, 0));
}

/* A file in memory that is over the ceiling is read up to it, too. */
static parcheck_status read_sheet(run *r, size_t index, const char *bytes,
                                  size_t length, bool overflow)
{
    const parcheck_options *options = r->options;
    pc_sheet_limits limits = {{options->max_field_bytes, options->max_fields},
                              options->max_records};

    if (length > options->max_file_bytes) {
        length = options->max_file_bytes;
        overflow = true;
    }
    if (overflow)
        report_file_limit(r, index);
    if (!pc_sheet_read(&r->inputs[index].sheet, index, bytes, length, &limits,
                       &r->report->findings, &r->report->arena) ||
        r->report->findings.failed)
        return pc_no_memory(r->error);
    return PARCHECK_OK;
}

static parcheck_status read_input(run *r, size_t index)
{
    const parcheck_input *input = r->sources[index];
    parcheck_status status;
    pc_buffer bytes;

    r->inputs[index].name = pc_arena_string(&r->report->arena, name_of(input));
    if (r->inputs[index].name == NULL)
        return pc_no_memory(r->error);
    if (input->data != NULL)
        return read_sheet(r, index, input->data, input->length, false);
    pc_buffer_init(&bytes, &r->report->arena.allocator,
                   r->options->max_file_bytes);
    status = input->path != NULL ? pc_read_file(&bytes, input->path, r->error)
                                 : read_callback(r, input, &bytes);
    if (status == PARCHECK_OK)
        status = read_sheet(r, index, bytes.data, bytes.length, bytes.overflow);
    pc_buffer_free(&bytes);
    return status;
}

/* ---- the report ---------------------------------------------------------- */

static size_t edition_index(parcheck_report *report,
                            const parcheck_edition *edition)
{
    size_t i = 0;

    while (i < report->edition_count && report->editions[i] != edition)
        i++;
    if (i == report->edition_count)
        report->editions[report->edition_count++] = edition;
    return i;
}

static parcheck_status describe_inputs(run *r)
{
    static const char *const layouts[] = {NULL, "form", "table"};
    parcheck_report *report = r->report;

    report->inputs = pc_arena_array(&report->arena, r->count,
                                    sizeof *report->inputs);
    report->editions = pc_arena_array(&report->arena, r->count,
                                      sizeof(*report->editions));
    if (report->inputs == NULL || report->editions == NULL)
        return pc_no_memory(r->error);
    report->input_count = r->count;
    for (size_t i = 0; i < r->count; i++) {
        pc_report_input *input = &report->inputs[i];

        input->name = r->inputs[i].name;
        input->layout = layouts[r->inputs[i].layout];
        input->edition = r->inputs[i].edition;
        if (input->edition != NULL)
            input->edition_index = edition_index(report, input->edition);
    }
    return PARCHECK_OK;
}

static parcheck_status judge(run *r)
{
    parcheck_report *report = r->report;

    if (!pc_submission_bind(&r->submission, r->schema, r->inputs, r->count,
                            r->options->edition, &report->findings,
                            &report->arena) ||
        !pc_judge(&report->verdicts, &r->submission, &report->findings,
                  &report->arena))
        return pc_no_memory(r->error);
    report->judged = true;
    pc_report_finish(report);
    return report->findings.failed ? pc_no_memory(r->error) : PARCHECK_OK;
}

static parcheck_status run_all(run *r, const parcheck_input *inputs)
{
    parcheck_status status = sort_inputs(r, inputs);

    for (size_t i = 0; status == PARCHECK_OK && i < r->count; i++)
        status = read_input(r, i);
    if (status == PARCHECK_OK)
        status = judge(r);
    return status == PARCHECK_OK ? describe_inputs(r) : status;
}

parcheck_status parcheck_validate(parcheck_report **report,
                                  const parcheck_schema *schema,
                                  const parcheck_input *inputs, size_t count,
                                  const parcheck_options *options,
                                  parcheck_error *error)
{
    parcheck_options defaults;
    parcheck_allocator allocator;
    parcheck_status status;
    run r = {.schema = schema, .count = count, .error = error};

    *report = NULL;
    parcheck_options_init(&defaults);
    r.options = options != NULL ? options : &defaults;
    status = check_inputs(&r, inputs);
    if (status == PARCHECK_OK)
        status = check_options(&r);
    if (status != PARCHECK_OK)
        return status;
    allocator = pc_allocator(r.options->allocator);
    r.report = pc_report_new(&allocator, r.options->max_findings);
    if (r.report == NULL)
        return pc_no_memory(error);
    status = run_all(&r, inputs);
    if (status != PARCHECK_OK) {
        parcheck_report_free(r.report);
        return status;
    }
    *report = r.report;
    return PARCHECK_OK;
}
