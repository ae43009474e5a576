/* parcheck_validate(): the way of the data from inputs to a report. */
#include <string.h>

#include "api/facts.h"
#include "api/inputs.h"
#include "api/options.h"
#include "api/report.h"
#include "explain/explain.h"
#include "submission/submission.h"

typedef struct run {
    const parcheck_schema *schema;
    const parcheck_facts *facts; /* instead of inputs, or NULL */
    size_t count;
    parcheck_options options; /* what was given, over the defaults */
    pc_progress progress;
    const pc_charset *encoding; /* asked for, or NULL */
    pc_charset encoding_value;
    pc_layout layout; /* asked for, or PC_LAYOUT_NONE */
    parcheck_error *error;
    parcheck_report *report;
    pc_input *inputs;
    pc_submission submission;
} run;

/* ---- arguments ---------------------------------------------------------- */

static parcheck_status invalid(run *r, const char *vi, const char *en)
{
    return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0}, "%s%.0s",
                   "%.0s%s", vi, en);
}

/* Why a step that knows no status gave up. */
static parcheck_status stopped(run *r)
{
    return r->progress.cancelled ? pc_cancelled(r->error)
                                 : pc_no_memory(r->error);
}

static parcheck_status check_inputs(run *r, const parcheck_input *inputs)
{
    if (inputs == NULL || r->count == 0)
        return invalid(r, "không có tệp nào", "there is no input");
    for (size_t i = 0; i < r->count; i++) {
        parcheck_input input;
        parcheck_status status = pc_input_take(&input, inputs, i, r->error);

        if (status != PARCHECK_OK)
            return status;
        if ((input.path != NULL) + (input.data != NULL) +
                (input.read != NULL) !=
            1)
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

static const char *const layouts[PC_LAYOUTS] = {NULL, "form", "table", "series",
                                                "long"};

static parcheck_status take_layout(run *r)
{
    const char *wanted = r->options.layout;

    while (wanted != NULL && ++r->layout < PC_LAYOUTS)
        if (strcmp(layouts[r->layout], wanted) == 0)
            return PARCHECK_OK;
    return wanted == NULL
               ? PARCHECK_OK
               : invalid(r, "bố cục phải là form, table, series hoặc long",
                         "the layout must be form, table, series or long");
}

static parcheck_status take_encoding(run *r)
{
    if (r->options.encoding == NULL)
        return PARCHECK_OK;
    r->encoding = &r->encoding_value;
    if (pc_charset_find(&r->encoding_value, r->options.encoding))
        return PARCHECK_OK;
    return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                   "không biết bảng mã “%s”", "unknown encoding “%s”",
                   r->options.encoding);
}

/* 0, a tab, or a mark that numbers and quotes do not need. */
static bool is_delimiter(char c)
{
    return c == '\0' || c == '\t' || strchr(",;|:/!#$&*^~@", c) != NULL;
}

static parcheck_status check_options(run *r)
{
    const parcheck_options *options = &r->options;

    if (!is_delimiter(options->delimiter))
        return invalid(r, "dấu phân cách không hợp lệ",
                       "the delimiter makes no sense");
    if (options->edition != NULL && !has_edition(r->schema, options->edition))
        return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "không có ấn bản “%s”", "there is no edition “%s”",
                       options->edition);
    return take_layout(r) == PARCHECK_OK ? take_encoding(r) : PARCHECK_EINVAL;
}

/* ---- inputs ------------------------------------------------------------- */

static void report_cut(run *r, size_t index)
{
    parcheck_finding *finding = pc_findings_add(
        &r->report->findings, PC_LIMIT_FILE,
        (const char *[]){pc_number_text(r->options.max_file_bytes).text, NULL});
    const parcheck_cell *cell = pc_line_cell(&r->report->arena, index, 1);

    if (cell == NULL)
        r->report->findings.failed = true;
    pc_finding_at(&r->report->findings, finding, cell);
}

static parcheck_status read_sheet(run *r, size_t index, const pc_bytes *bytes)
{
    const parcheck_options *options = &r->options;
    pc_sheet_options reading = {.encoding = r->encoding,
                                .delimiter = options->delimiter,
                                .cut = bytes->cut,
                                .field_bytes = options->max_field_bytes,
                                .fields = options->max_fields,
                                .records = options->max_records,
                                .progress = &r->progress,
                                .inputs = r->count};

    r->inputs[index].name = pc_arena_string(&r->report->arena, bytes->name);
    if (bytes->cut)
        report_cut(r, index);
    if (r->inputs[index].name == NULL ||
        !pc_sheet_read(&r->inputs[index].sheet, index, bytes->data,
                       bytes->length, &reading, &r->report->findings,
                       &r->report->arena) ||
        r->report->findings.failed)
        return stopped(r);
    return PARCHECK_OK;
}

static parcheck_status read_sheets(run *r, const parcheck_input *inputs)
{
    pc_arena *arena = &r->report->arena;
    pc_bytes *bytes = pc_arena_array(arena, r->count, sizeof *bytes);
    parcheck_status status;

    r->inputs = pc_arena_array(arena, r->count, sizeof *r->inputs);
    if (bytes == NULL || r->inputs == NULL)
        return pc_no_memory(r->error);
    status = pc_inputs_read(bytes, inputs, r->count, r->options.max_file_bytes,
                            &arena->allocator, &r->progress, r->error);
    for (size_t i = 0; i < r->count; i++) {
        if (status == PARCHECK_OK)
            status = read_sheet(r, i, &bytes[i]);
        pc_bytes_free(&bytes[i]);
    }
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
        input->encoding = pc_charset_name(r->inputs[i].sheet.encoding.charset);
        input->delimiter[0] = r->inputs[i].sheet.dialect.delimiter;
        input->source = r->facts == NULL ? &r->inputs[i] : NULL;
        input->edition = r->inputs[i].edition;
        if (input->edition != NULL)
            input->edition_index = edition_index(report, input->edition);
    }
    return PARCHECK_OK;
}

static bool bind(run *r)
{
    const pc_bind_options options = {.edition = r->options.edition,
                                     .layout = r->layout,
                                     .progress = &r->progress};

    return pc_submission_bind(&r->submission, r->schema, r->inputs, r->count,
                              &options, &r->report->findings,
                              &r->report->arena);
}

static bool take_facts(run *r)
{
    if (!pc_submission_take(&r->submission, r->schema, &r->facts->given,
                            &r->progress, &r->report->findings,
                            &r->report->arena))
        return false;
    r->inputs = r->submission.inputs;
    r->count = r->submission.input_count;
    return true;
}

static parcheck_status judge(run *r)
{
    parcheck_report *report = r->report;

    report->verdicts.arithmetic = r->options.arithmetic != 0;
    if (!(r->facts != NULL ? take_facts(r) : bind(r)) ||
        !pc_judge(&report->verdicts, &r->submission, &report->findings,
                  &report->arena) ||
        (r->options.explain != 0 &&
         !pc_explain(&r->submission, &report->verdicts, &report->findings,
                     &report->arena)))
        return stopped(r);
    report->judged = true;
    report->units = r->submission.units.data;
    report->presence = r->submission.presence;
    report->unit_count = r->submission.units.count;
    if (!pc_report_finish(report))
        return pc_no_memory(r->error);
    return pc_progress_at(&r->progress, PC_PHASE_END, 0, 0) ? PARCHECK_OK
                                                            : stopped(r);
}

static parcheck_status run_all(run *r, const parcheck_input *inputs)
{
    parcheck_status status = PARCHECK_OK;

    if (!pc_progress_at(&r->progress, PC_PHASE_READ, 0, 1))
        status = stopped(r);
    else if (r->facts == NULL)
        status = read_sheets(r, inputs);
    if (status == PARCHECK_OK)
        status = judge(r);
    return status == PARCHECK_OK ? describe_inputs(r) : status;
}

static parcheck_status make_report(run *r, const parcheck_input *inputs,
                                   parcheck_report **report)
{
    parcheck_allocator allocator = pc_allocator(r->options.allocator);
    parcheck_status status = check_options(r);

    if (status != PARCHECK_OK)
        return status;
    r->progress.call = r->options.progress;
    r->progress.context = r->options.progress_context;
    r->report = pc_report_new(&allocator, r->options.max_findings);
    if (r->report == NULL)
        return pc_no_memory(r->error);
    status = run_all(r, inputs);
    if (status == PARCHECK_OK)
        *report = r->report;
    else
        parcheck_report_free(r->report);
    return status;
}

parcheck_status parcheck_validate(parcheck_report **report,
                                  const parcheck_schema *schema,
                                  const parcheck_input *inputs, size_t count,
                                  const parcheck_options *options,
                                  parcheck_error *error)
{
    run r = {.schema = schema, .count = count, .error = error};
    parcheck_status status = pc_options_take(&r.options, options, error);

    *report = NULL;
    if (status == PARCHECK_OK)
        status = check_inputs(&r, inputs);
    return status == PARCHECK_OK ? make_report(&r, inputs, report) : status;
}

parcheck_status parcheck_validate_facts(parcheck_report **report,
                                        const parcheck_facts *facts,
                                        const parcheck_options *options,
                                        parcheck_error *error)
{
    run r = {.schema = facts->schema, .facts = facts, .error = error};
    parcheck_status status = pc_options_take(&r.options, options, error);

    *report = NULL;
    if (status == PARCHECK_OK && facts->given.values.count == 0)
        status = invalid(&r, "không có số liệu nào", "there are no facts");
    return status == PARCHECK_OK ? make_report(&r, NULL, report) : status;
}
