/*
 * The report as the XML that build servers read: a suite for each file, with
 * what was found while reading it, and one for each unit, with a test case
 * for each rule. Only an error fails its case; a rule that could not be
 * checked is skipped, and what is less than an error is told in a case that
 * passes. No time is measured, so that the same input gives the same report.
 */
#include <string.h>

#include "report/markup.h"
#include "report/report.h"
#include "report/words.h"
#include "value/literal.h"

typedef struct suites {
    pc_writer *writer;
    pc_buffer *out;
    const parcheck_report *report;
    parcheck_language language;
    pc_buffer text;
} suites;

typedef struct counts {
    size_t tests;
    size_t failures;
    size_t skipped;
} counts;

static void raw(suites *s, const char *markup)
{
    pc_buffer_text(s->out, markup);
}

static void text(suites *s, const char *value)
{
    pc_markup(s->out, value, "&lt;", "&gt;");
}

static pc_buffer *compose(suites *s)
{
    pc_buffer_clear(&s->text);
    return &s->text;
}

static void composed(suites *s)
{
    if (s->text.failed)
        s->out->failed = true;
    else if (s->text.length > 0)
        text(s, s->text.data);
}

static void attribute(suites *s, const char *name, const char *value)
{
    pc_buffer_format(s->out, " %s=\"", name);
    text(s, value);
    pc_buffer_char(s->out, '"');
}

static void write_counts(suites *s, const counts *c)
{
    pc_buffer_format(s->out,
                     " tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
                     "skipped=\"%zu\" time=\"0\"",
                     c->tests, c->failures, c->skipped);
}

/* ---- a finding ------------------------------------------------------------
 */

/* "[1] E47 = 6,006  3:3.3.3 label" */
static void write_cell(suites *s, const parcheck_cell *cell)
{
    pc_buffer *line = compose(s);

    pc_cell_place(line, s->report, cell, s->language);
    pc_buffer_format(line, " = %s",
                     cell->literal[0] != '\0' ? cell->literal : "–");
    if (cell->label[0] != '\0')
        pc_buffer_format(line, "  %s:%s %s", cell->form, cell->code,
                         cell->label);
    composed(s);
    pc_buffer_char(s->out, '\n');
}

static void write_lines(suites *s, const parcheck_finding *finding)
{
    pc_buffer_format(s->out, "%s %s\n",
                     parcheck_severity_name(finding->severity),
                     pc_code_text(finding->code));
    text(s, finding->message[s->language]);
    pc_buffer_char(s->out, '\n');
    for (size_t i = 0; i < finding->cell_count; i++)
        write_cell(s, finding->cells[i]);
    for (size_t i = 0; i < finding->explanation_count; i++) {
        pc_buffer_format(s->out, "(%zu) ", i + 1);
        text(s, finding->explanations[i]->message[s->language]);
        pc_buffer_char(s->out, '\n');
    }
}

static void write_finding(suites *s, const parcheck_finding *finding)
{
    if (finding->severity != PARCHECK_ERROR) {
        raw(s, "<system-out>");
        write_lines(s, finding);
        raw(s, "</system-out>");
        return;
    }
    raw(s, "<failure");
    attribute(s, "type", pc_code_text(finding->code));
    attribute(s, "message",
              finding->rule != NULL && finding->detail[s->language] != NULL
                  ? finding->detail[s->language]
                  : finding->message[s->language]);
    raw(s, ">");
    write_lines(s, finding);
    raw(s, "</failure>");
}

static void write_place(suites *s, const parcheck_cell *const *cells,
                        size_t count)
{
    if (count == 0 || cells[0]->input >= s->report->input_count)
        return;
    attribute(s, "file", s->report->inputs[cells[0]->input].name);
    if (cells[0]->line > 0)
        pc_buffer_format(s->out, " line=\"%zu\"", cells[0]->line);
}

/* ---- a file ---------------------------------------------------------------
 */

/* Whether the finding is told with the verdict of its rule. */
static bool is_of_verdict(const suites *s, const parcheck_finding *finding)
{
    return s->report->judged && finding->rule != NULL;
}

static bool is_of_input(const suites *s, const parcheck_finding *finding,
                        size_t input)
{
    return finding->input == input && !is_of_verdict(s, finding);
}

static counts count_input(const suites *s, size_t input)
{
    counts c = {0, 0, 0};

    for (size_t i = 0; i < s->report->findings.list.count; i++) {
        const parcheck_finding *finding = pc_report_finding(s->report, i);

        if (!is_of_input(s, finding, input))
            continue;
        c.tests++;
        c.failures += finding->severity == PARCHECK_ERROR;
    }
    return c;
}

static void write_input_case(suites *s, const parcheck_finding *finding,
                             const char *suite)
{
    pc_buffer *name = compose(s);

    pc_buffer_text(name, pc_code_text(finding->code));
    if (finding->cell_count > 0) {
        pc_buffer_char(name, ' ');
        pc_cell_place(name, s->report, finding->cells[0], s->language);
    }
    raw(s, "<testcase name=\"");
    composed(s);
    raw(s, "\"");
    attribute(s, "classname", suite);
    raw(s, " time=\"0\"");
    write_place(s, finding->cells, finding->cell_count);
    raw(s, ">");
    write_finding(s, finding);
    raw(s, "</testcase>\n");
    pc_writer_flush(s->writer, false);
}

/* A file without findings has one case, that it was read. */
static void write_input(suites *s, size_t input, const char *name)
{
    counts c = count_input(s, input);
    bool clean = c.tests == 0;

    c.tests += clean;
    raw(s, "<testsuite");
    attribute(s, "name", name);
    write_counts(s, &c);
    raw(s, ">\n");
    if (clean) {
        raw(s, "<testcase name=\"read\"");
        attribute(s, "classname", name);
        raw(s, " time=\"0\"/>\n");
    }
    for (size_t i = 0; i < s->report->findings.list.count; i++)
        if (is_of_input(s, pc_report_finding(s->report, i), input))
            write_input_case(s, pc_report_finding(s->report, i), name);
    raw(s, "</testsuite>\n");
}

/* ---- a unit ----------------------------------------------------------------
 */

static bool is_same_unit(const parcheck_verdict *a, const parcheck_verdict *b)
{
    return a->unit == b->unit && a->unit_code == b->unit_code &&
           a->period == b->period && a->rule->family == b->rule->family;
}

/* The verdict behind the last one of the unit. */
static size_t unit_end(const suites *s, size_t from)
{
    size_t count = s->report->verdicts.list.count;
    size_t end = from;

    while (end < count && is_same_unit(pc_report_verdict(s->report, from),
                                       pc_report_verdict(s->report, end)))
        end++;
    return end;
}

/* Over the ceiling there is no finding: then the rule itself says how much a
 * failure weighs. */
static bool is_failure(const parcheck_verdict *verdict)
{
    if (verdict->finding != NULL)
        return verdict->finding->severity == PARCHECK_ERROR;
    return verdict->outcome == PARCHECK_FAILS &&
           verdict->rule->severity == PARCHECK_ERROR;
}

static counts count_verdicts(const suites *s, size_t from, size_t end)
{
    counts c = {end - from, 0, 0};

    for (size_t i = from; i < end; i++) {
        const parcheck_verdict *verdict = pc_report_verdict(s->report, i);

        c.failures += is_failure(verdict);
        c.skipped += verdict->outcome == PARCHECK_UNKNOWN &&
                     !is_failure(verdict);
    }
    return c;
}

/* "ô trống: E99, E100" */
static void write_skipped(suites *s, const parcheck_verdict *verdict)
{
    pc_buffer *reason = compose(s);
    size_t blanks = 0;

    pc_buffer_text(reason, pc_reason_word(verdict->reason, s->language));
    for (size_t i = 0; i < verdict->cell_count; i++) {
        const parcheck_cell *cell = verdict->cells[i];

        if (verdict->reason != PC_REASON_BLANK ||
            pc_literal_read(cell->literal, strlen(cell->literal)).state !=
                PC_LITERAL_BLANK)
            continue;
        pc_buffer_text(reason, blanks++ > 0 ? ", " : ": ");
        pc_cell_place(reason, s->report, cell, s->language);
    }
    raw(s, "<skipped message=\"");
    composed(s);
    raw(s, "\"/>");
}

static void write_outcome(suites *s, const parcheck_verdict *verdict)
{
    if (verdict->outcome == PARCHECK_UNKNOWN && !is_failure(verdict))
        write_skipped(s, verdict);
    if (verdict->finding != NULL) {
        write_finding(s, verdict->finding);
    } else if (is_failure(verdict)) {
        raw(s, "<failure type=\"rule.fails\"");
        attribute(s, "message", verdict->rule->text[s->language]);
        raw(s, "/>");
    }
}

static void write_verdict(suites *s, const parcheck_verdict *verdict,
                          const char *suite)
{
    raw(s, "<testcase");
    attribute(s, "name", verdict->rule->id);
    attribute(s, "classname", suite);
    raw(s, " time=\"0\"");
    write_place(s, verdict->cells, verdict->cell_count);
    raw(s, ">");
    write_outcome(s, verdict);
    raw(s, "</testcase>\n");
    pc_writer_flush(s->writer, false);
}

/* "cchc II. UBND xã Nam Tuấn, 2023-Q1" */
static char *unit_name(suites *s, pc_arena *arena,
                       const parcheck_verdict *verdict)
{
    pc_buffer *name = compose(s);

    pc_buffer_text(name, verdict->rule->family->name);
    if (verdict->unit != NULL || verdict->unit_code != NULL ||
        verdict->period != NULL)
        pc_buffer_char(name, ' ');
    pc_unit_title(name, verdict->unit, verdict->unit_code, verdict->period);
    return pc_buffer_copy(name, arena);
}

static void write_unit(suites *s, size_t from, size_t end)
{
    counts c = count_verdicts(s, from, end);
    pc_arena arena;
    const char *name;

    pc_arena_init(&arena, &s->out->allocator);
    name = unit_name(s, &arena, pc_report_verdict(s->report, from));
    if (name == NULL) {
        s->out->failed = true;
    } else {
        raw(s, "<testsuite");
        attribute(s, "name", name);
        write_counts(s, &c);
        raw(s, ">\n");
        for (size_t i = from; i < end; i++)
            write_verdict(s, pc_report_verdict(s->report, i), name);
        raw(s, "</testsuite>\n");
    }
    pc_arena_free(&arena);
}

/* ---- the document ----------------------------------------------------------
 */

static counts count_all(const suites *s)
{
    counts all = count_verdicts(s, 0, s->report->verdicts.list.count);
    size_t inputs = s->report->input_count > 0 ? s->report->input_count : 1;

    for (size_t i = 0; i < inputs; i++) {
        counts c = count_input(s, i);

        all.tests += c.tests > 0 ? c.tests : 1;
        all.failures += c.failures;
    }
    return all;
}

void pc_write_junit(pc_writer *writer, const parcheck_report *report)
{
    suites s = {.writer = writer,
                .out = &writer->text,
                .report = report,
                .language = writer->options->language};
    size_t count = report->verdicts.list.count;
    counts all = count_all(&s);

    pc_buffer_init(&s.text, &writer->text.allocator, SIZE_MAX / 8);
    raw(&s, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"parcheck\"");
    write_counts(&s, &all);
    raw(&s, ">\n");
    for (size_t i = 0; i < report->input_count; i++)
        write_input(&s, i, report->inputs[i].name);
    if (report->input_count == 0)
        write_input(&s, 0, "parcheck");
    for (size_t from = 0, end; from < count; from = end) {
        end = unit_end(&s, from);
        write_unit(&s, from, end);
    }
    raw(&s, "</testsuites>\n");
    pc_buffer_free(&s.text);
}
