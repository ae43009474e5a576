#include <string.h>

#include "report/report.h"
#include "report/words.h"
#include "text/show.h"
#include "value/literal.h"

enum {
    INDENT = 2,
    MOST_CELLS = 24,   /* of one finding */
    LITERAL_WIDTH = 10 /* at least, of the column of literals */
};

typedef struct page {
    pc_writer *writer;
    pc_buffer *out;
    const parcheck_report *report;
    parcheck_language language;
    size_t width;
    pc_buffer scratch;
    pc_buffer visible;
} page;

static const char *say(const page *p, const char *vi, const char *en)
{
    return p->language == PARCHECK_VIETNAMESE ? vi : en;
}

static void spaces(page *p, size_t count)
{
    while (count-- > 0)
        pc_buffer_char(p->out, ' ');
}

static void color(page *p, const char *code)
{
    if (p->writer->options->color != 0)
        pc_buffer_format(p->out, "\033[%sm", code);
}

/* ---- wrapping ---------------------------------------------------------- */

/* The bytes of the text that go on a line of `room` columns, ending at a
 * space where there is one. */
static size_t line_end(const char *text, size_t length, size_t room)
{
    size_t fits = pc_text_fit(text, length, room);
    size_t end = fits;

    if (fits == length)
        return length;
    while (end > 0 && text[end] != ' ')
        end--;
    if (end > 0)
        return end;
    return fits > 0 ? fits : length;
}

/* Writes a paragraph whose first line has `used` columns already; the other
 * lines begin behind `indent` spaces. Ends the line. */
static void paragraph(page *p, const char *text, size_t used, size_t indent)
{
    size_t length;
    const char *rest;

    pc_buffer_clear(&p->visible);
    pc_text_visible(&p->visible, text, strlen(text));
    if (p->visible.failed) {
        p->out->failed = true;
        return;
    }
    rest = p->visible.length > 0 ? p->visible.data : "";
    length = p->visible.length;
    while (length > 0) {
        size_t room = p->width > used + 10 ? p->width - used : 10;
        size_t end = line_end(rest, length, room);

        pc_buffer_append(p->out, rest, end);
        while (end < length && rest[end] == ' ')
            end++;
        rest += end;
        length -= end;
        if (length > 0) {
            pc_buffer_char(p->out, '\n');
            spaces(p, indent);
            used = indent;
        }
    }
    pc_buffer_char(p->out, '\n');
}

static void indented(page *p, const char *text, size_t indent)
{
    spaces(p, indent);
    paragraph(p, text, indent, indent);
}

/* Starts a text in the scratch buffer. */
static pc_buffer *compose(page *p)
{
    pc_buffer_clear(&p->scratch);
    return &p->scratch;
}

static const char *composed(page *p)
{
    if (p->scratch.failed)
        p->out->failed = true;
    return p->scratch.failed || p->scratch.data == NULL ? "" : p->scratch.data;
}

/* ---- the parts of the report -------------------------------------------- */

static void write_inputs(page *p)
{
    pc_buffer *line = compose(p);

    pc_buffer_format(line, "parcheck %s", parcheck_version());
    indented(p, composed(p), 0);
    for (size_t i = 0; i < p->report->input_count; i++) {
        const pc_report_input *input = &p->report->inputs[i];

        line = compose(p);
        if (p->report->input_count > 1)
            pc_buffer_format(line, "[%zu] ", i + 1);
        pc_buffer_text(line, input->name);
        if (input->edition != NULL)
            pc_buffer_format(line, " — %s/%s", input->edition->family->name,
                             input->edition->name);
        indented(p, composed(p), INDENT);
    }
    pc_buffer_char(p->out, '\n');
}

static void write_severity(page *p, const parcheck_finding *finding)
{
    static const char *const colors[] = {"1;31", "1;33", "1;36"};
    static const char *const names[][2] = {
        {"LỖI", "ERROR"}, {"CẢNH BÁO", "WARNING"}, {"GHI CHÚ", "NOTE"}};

    color(p, colors[finding->severity]);
    pc_buffer_text(p->out, names[finding->severity][p->language]);
    color(p, "0");
}

/* Rules are known by their id: "[procedures-total]" for one that fails,
 * "[rule.rounding:plan-completion]", "[row.duplicate]". No spaces, so that it
 * stays on one line. */
static void write_code(pc_buffer *line, const parcheck_finding *finding)
{
    bool fails = finding->code == PC_RULE_FAILS;

    pc_buffer_format(line, " [%s%s%s]",
                     fails ? "" : pc_code_text(finding->code),
                     finding->rule != NULL && !fails ? ":" : "",
                     finding->rule != NULL ? finding->rule->id : "");
}

/* "LỖI file.csv:47 [procedures-total]" */
static void write_heading(page *p, const parcheck_finding *finding)
{
    pc_buffer *line = compose(p);
    static const size_t widths[][2] = {{3, 5}, {8, 7}, {7, 4}};
    size_t used = widths[finding->severity][p->language];

    write_severity(p, finding);
    if (finding->cell_count > 0) {
        const parcheck_cell *cell = finding->cells[0];

        pc_buffer_format(line, " %s", p->report->inputs[cell->input].name);
        if (cell->line > 0) /* facts without a file have no place */
            pc_buffer_format(line, ":%zu", cell->line);
        if (finding->rule == NULL && cell->column > 0)
            pc_buffer_format(line, ":%zu", cell->column);
    }
    write_code(line, finding);
    paragraph(p, composed(p), used, INDENT);
    if (finding->unit != NULL || finding->period != NULL) {
        line = compose(p);
        pc_unit_title(line, finding->unit, finding->unit_code, finding->period);
        indented(p, composed(p), INDENT);
    }
}

/* The literal as it is shown, in the scratch buffer. */
static const char *literal(page *p, const parcheck_cell *cell)
{
    pc_buffer *text = compose(p);

    if (cell->literal[0] == '\0')
        pc_buffer_text(text, say(p, "(trống)", "(blank)"));
    else
        pc_text_visible(text, cell->literal, strlen(cell->literal));
    return composed(p);
}

/* "[1] E47", or "E47" where there is one input. */
static const char *place(page *p, const parcheck_cell *cell)
{
    pc_buffer *text = compose(p);

    if (p->report->input_count > 1)
        pc_buffer_format(text, "[%zu] ", cell->input + 1);
    pc_buffer_text(text, cell->address);
    return composed(p);
}

static size_t width_of(const char *text)
{
    return pc_text_width(text, strlen(text));
}

/* The columns of literals and places of one finding. */
typedef struct columns {
    size_t literal;
    size_t place;
} columns;

static columns measure_cells(page *p, const parcheck_finding *finding)
{
    columns widest = {LITERAL_WIDTH, 0};

    for (size_t i = 0; i < finding->cell_count; i++) {
        size_t width = width_of(literal(p, finding->cells[i]));

        if (width > widest.literal && width <= p->width / 4)
            widest.literal = width;
        width = width_of(place(p, finding->cells[i]));
        if (width > widest.place)
            widest.place = width;
    }
    return widest;
}

/* Right-aligned; cut where it is wider than its column. */
static void write_literal(page *p, const parcheck_cell *cell, size_t room)
{
    const char *text = literal(p, cell);
    size_t width = width_of(text);

    if (width <= room) {
        spaces(p, room - width);
        pc_buffer_text(p->out, text);
        return;
    }
    pc_buffer_append(p->out, text, pc_text_fit(text, strlen(text), room - 1));
    pc_buffer_text(p->out, "…");
}

/* "     6,006  [1] E47  3:3.3.3 label ..." */
static void write_cell(page *p, const parcheck_cell *cell, columns widths)
{
    size_t used = INDENT + widths.literal + 2 + widths.place + 2;
    const char *where;
    pc_buffer *line;

    spaces(p, INDENT);
    write_literal(p, cell, widths.literal);
    spaces(p, 2);
    where = place(p, cell);
    pc_buffer_text(p->out, where);
    spaces(p, widths.place - width_of(where) + 2);
    line = compose(p);
    pc_buffer_format(line, "%s:%s %s", cell->form, cell->code, cell->label);
    paragraph(p, composed(p), used, used);
}

static void write_cells(page *p, const parcheck_finding *finding)
{
    columns widths = measure_cells(p, finding);

    for (size_t i = 0; i < finding->cell_count && i < MOST_CELLS; i++)
        if (finding->cells[i]->label[0] != '\0')
            write_cell(p, finding->cells[i], widths);
    if (finding->cell_count > MOST_CELLS) {
        pc_buffer *line = compose(p);

        pc_buffer_format(line, say(p, "… và %zu ô nữa", "… and %zu more"),
                         finding->cell_count - MOST_CELLS);
        indented(p, composed(p), INDENT + widths.literal);
    }
}

static void write_finding(page *p, const parcheck_finding *finding)
{
    write_heading(p, finding);
    if (finding->rule != NULL) {
        indented(p, finding->rule->text[p->language], INDENT);
        color(p, "1");
        indented(p, finding->detail[p->language], INDENT * 2);
        color(p, "0");
    } else {
        indented(p, finding->message[p->language], INDENT);
    }
    write_cells(p, finding);
}

/* "→ [e51434f1] ...", the likeliest explanation, and for how many findings
 * it is one. */
static void write_explanation(page *p, const parcheck_finding *finding,
                              size_t findings)
{
    const parcheck_explanation *first;
    pc_buffer *line = compose(p);

    if (finding->explanation_count == 0)
        return;
    first = finding->explanations[0];
    pc_buffer_format(line, "→ [%s] ", first->id);
    if (findings > 1)
        pc_buffer_format(line,
                         say(p, "một nguyên nhân cho cả %zu phát hiện trên: ",
                             "one cause of these %zu findings: "),
                         findings);
    pc_buffer_text(line, first->message[p->language]);
    spaces(p, INDENT);
    paragraph(p, composed(p), INDENT, INDENT * 2);
}

/* The finding, and behind it the others of its cause. */
static void write_cause(page *p, size_t index)
{
    const parcheck_finding *finding = pc_report_finding(p->report, index);
    size_t findings = 1;

    if (finding->follows)
        return;
    write_finding(p, finding);
    while (finding->next > 0) {
        pc_buffer_char(p->out, '\n');
        finding = pc_report_finding(p->report, finding->next);
        write_finding(p, finding);
        findings++;
    }
    write_explanation(p, finding, findings);
    pc_buffer_char(p->out, '\n');
    pc_writer_flush(p->writer, false);
}

/* ": 6:2.4 E99, ..." for the blank cells that a verdict speaks of. */
static void write_blanks(pc_buffer *line, const parcheck_verdict *verdict)
{
    size_t blanks = 0;

    if (verdict->reason != PC_REASON_BLANK &&
        verdict->reason != PC_REASON_BLANK_AS_ZERO)
        return;
    for (size_t i = 0; i < verdict->cell_count; i++) {
        const parcheck_cell *cell = verdict->cells[i];

        if (pc_literal_read(cell->literal, strlen(cell->literal)).state !=
            PC_LITERAL_BLANK)
            continue;
        pc_buffer_format(line, "%s%s:%s%s%s", blanks++ > 0 ? ", " : ": ",
                         cell->form, cell->code,
                         cell->address[0] != '\0' ? " " : "", cell->address);
    }
}

static void write_verdicts(page *p)
{
    indented(p, say(p, "Từng quy tắc:", "Every rule:"), 0);
    for (size_t i = 0; i < p->report->verdicts.list.count; i++) {
        const parcheck_verdict *verdict = pc_report_verdict(p->report, i);
        pc_buffer *line = compose(p);

        pc_buffer_format(line, "%s: %s", verdict->rule->id,
                         pc_outcome_word(verdict->outcome, 1, p->language));
        if (verdict->reason != PC_REASON_NONE) {
            pc_buffer_format(line, " (%s",
                             pc_reason_word(verdict->reason, p->language));
            write_blanks(line, verdict);
            pc_buffer_char(line, ')');
        }
        if (verdict->unit != NULL || verdict->period != NULL) {
            pc_buffer_text(line, " — ");
            pc_unit_title(line, verdict->unit, verdict->unit_code,
                          verdict->period);
        }
        indented(p, composed(p), INDENT);
        pc_writer_flush(p->writer, false);
    }
    pc_buffer_char(p->out, '\n');
}

/* "(20 ô trống, 1 mẫu số bằng 0)" for the verdicts of one outcome. */
static void write_reasons(page *p, pc_buffer *line, parcheck_outcome outcome)
{
    size_t counts[PC_REASON_ADDENDS_ROUNDED + 1] = {0};
    bool first = true;

    for (size_t i = 0; i < p->report->verdicts.list.count; i++) {
        const parcheck_verdict *verdict = pc_report_verdict(p->report, i);
        if (verdict->outcome == outcome)
            counts[verdict->reason]++;
    }
    for (pc_reason reason = PC_REASON_BLANK;
         reason <= PC_REASON_ADDENDS_ROUNDED; reason++) {
        if (counts[reason] == 0)
            continue;
        pc_buffer_format(line, "%s%zu %s", first ? " (" : ", ", counts[reason],
                         pc_reason_word(reason, p->language));
        first = false;
    }
    if (!first)
        pc_buffer_char(line, ')');
}

static void write_outcomes(page *p)
{
    pc_buffer *line = compose(p);

    pc_buffer_format(line, "%s: ", say(p, "Quy tắc", "Rules"));
    for (parcheck_outcome i = PARCHECK_HOLDS; i <= PARCHECK_UNKNOWN; i++) {
        size_t count = p->report->verdicts.counts[i];

        pc_buffer_format(line, "%s%zu %s", i > PARCHECK_HOLDS ? ", " : "",
                         count, pc_outcome_word(i, count, p->language));
        write_reasons(p, line, i);
    }
    indented(p, composed(p), 0);
}

static void write_totals(page *p)
{
    const parcheck_report *report = p->report;
    pc_buffer *line;

    if (report->judged)
        write_outcomes(p);
    line = compose(p);
    pc_buffer_text(line, say(p, "Phát hiện: ", "Findings: "));
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++)
        pc_buffer_format(
            line, "%s%zu %s", i > PARCHECK_ERROR ? ", " : "",
            report->severities[i],
            pc_severity_count(i, report->severities[i], p->language));
    indented(p, composed(p), 0);
}

static void write_schemas(page *p)
{
    for (size_t i = 0; i < p->report->edition_count; i++) {
        const parcheck_edition *edition = p->report->editions[i];
        pc_buffer *line = compose(p);

        pc_buffer_format(line, "%s: %s/%s", say(p, "Lược đồ", "Schema"),
                         edition->family->name, edition->name);
        if (edition->family->version[0] != '\0')
            pc_buffer_format(line, ", %s %s", say(p, "phiên bản", "version"),
                             edition->family->version);
        indented(p, composed(p), 0);
        indented(p, edition->digest, INDENT);
    }
}

void pc_write_text(pc_writer *writer, const parcheck_report *report)
{
    page p = {.writer = writer,
              .out = &writer->text,
              .report = report,
              .language = writer->options->language,
              .width = writer->options->width};

    pc_buffer_init(&p.scratch, &writer->text.allocator, SIZE_MAX / 8);
    pc_buffer_init(&p.visible, &writer->text.allocator, SIZE_MAX / 8);
    write_inputs(&p);
    for (size_t i = 0; i < report->findings.list.count; i++)
        write_cause(&p, i);
    if (writer->options->verdicts != 0)
        write_verdicts(&p);
    write_totals(&p);
    write_schemas(&p);
    pc_buffer_free(&p.scratch);
    pc_buffer_free(&p.visible);
}
