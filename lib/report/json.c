#include <string.h>

#include "report/report.h"
#include "text/show.h"

/* A value is written behind its key; commas and line breaks go in front of
 * what follows. Objects that are one thing to the eye (a cell) stay on one
 * line. */
typedef struct json {
    pc_writer *writer;
    pc_buffer *out;
    unsigned depth;
    bool first;   /* nothing stands in the innermost bracket yet */
    bool inline_; /* no line breaks */
} json;

static void break_line(json *j)
{
    if (j->inline_) {
        if (!j->first)
            pc_buffer_char(j->out, ' ');
        return;
    }
    pc_buffer_char(j->out, '\n');
    for (unsigned i = 0; i < j->depth; i++)
        pc_buffer_text(j->out, "  ");
}

static void next(json *j)
{
    if (!j->first)
        pc_buffer_char(j->out, ',');
    if (j->depth > 0)
        break_line(j);
    j->first = false;
}

static void open(json *j, char bracket)
{
    pc_buffer_char(j->out, bracket);
    j->depth++;
    j->first = true;
}

static void close(json *j, char bracket)
{
    bool empty = j->first;

    j->depth--;
    j->first = true;
    if (!empty && !j->inline_)
        break_line(j);
    pc_buffer_char(j->out, bracket);
    j->first = false;
}

static void escape(json *j, uint32_t point)
{
    switch (point) {
    case '"':
        pc_buffer_text(j->out, "\\\"");
        break;
    case '\\':
        pc_buffer_text(j->out, "\\\\");
        break;
    case '\n':
        pc_buffer_text(j->out, "\\n");
        break;
    case '\t':
        pc_buffer_text(j->out, "\\t");
        break;
    default:
        if (point < 0x10000)
            pc_buffer_format(j->out, "\\u%04x", (unsigned)point);
        else
            pc_buffer_format(j->out, "\\u%04x\\u%04x",
                             (unsigned)(0xD800 + ((point - 0x10000) >> 10)),
                             (unsigned)(0xDC00 + (point & 0x3FF)));
        break;
    }
}

static void text(json *j, const char *value)
{
    size_t length;

    if (value == NULL) {
        pc_buffer_text(j->out, "null");
        return;
    }
    length = strlen(value);
    pc_buffer_char(j->out, '"');
    for (size_t at = 0; at < length;) {
        uint32_t point;
        bool safe;
        size_t step = pc_text_next(value + at, length - at, &point, &safe);

        if (safe && point != '"' && point != '\\')
            pc_buffer_append(j->out, value + at, step);
        else
            escape(j, point);
        at += step;
    }
    pc_buffer_char(j->out, '"');
}

static void key(json *j, const char *name)
{
    next(j);
    text(j, name);
    pc_buffer_text(j->out, ": ");
}

static void text_at(json *j, const char *name, const char *value)
{
    key(j, name);
    text(j, value);
}

static void number_at(json *j, const char *name, size_t value)
{
    key(j, name);
    pc_buffer_format(j->out, "%zu", value);
}

static void write_schemas(json *j, const parcheck_report *report)
{
    key(j, "schemas");
    open(j, '[');
    for (size_t i = 0; i < report->edition_count; i++) {
        const parcheck_edition *edition = report->editions[i];

        next(j);
        open(j, '{');
        text_at(j, "family", edition->family->name);
        text_at(j, "edition", edition->name);
        text_at(j, "version", edition->family->version);
        text_at(j, "digest", edition->digest);
        close(j, '}');
    }
    close(j, ']');
}

static void write_inputs(json *j, const parcheck_report *report)
{
    key(j, "inputs");
    open(j, '[');
    for (size_t i = 0; i < report->input_count; i++) {
        const pc_report_input *input = &report->inputs[i];

        next(j);
        open(j, '{');
        text_at(j, "name", input->name);
        if (input->edition != NULL)
            number_at(j, "schema", input->edition_index);
        else
            text_at(j, "schema", NULL);
        text_at(j, "encoding", input->encoding);
        text_at(j, "delimiter", input->delimiter);
        text_at(j, "layout", input->layout);
        close(j, '}');
    }
    close(j, ']');
}

static void write_summary(json *j, const parcheck_report *report)
{
    key(j, "summary");
    open(j, '{');
    key(j, "rules");
    open(j, '{');
    for (parcheck_outcome i = PARCHECK_HOLDS; i <= PARCHECK_UNKNOWN; i++)
        number_at(j, parcheck_outcome_name(i), report->verdicts.counts[i]);
    close(j, '}');
    key(j, "findings");
    open(j, '{');
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++)
        number_at(j, parcheck_severity_name(i), report->severities[i]);
    close(j, '}');
    close(j, '}');
}

static void write_cell(json *j, const parcheck_cell *cell)
{
    bool outer = j->inline_;

    j->inline_ = true;
    open(j, '{');
    text_at(j, "name", cell->name);
    text_at(j, "form", cell->form);
    text_at(j, "code", cell->code);
    text_at(j, "label", cell->label);
    text_at(j, "literal", cell->literal);
    number_at(j, "input", cell->input);
    number_at(j, "line", cell->line);
    number_at(j, "column", cell->column);
    text_at(j, "address", cell->address);
    close(j, '}');
    j->inline_ = outer;
}

static void write_cells(json *j, const parcheck_cell *const *cells,
                        size_t count)
{
    key(j, "cells");
    open(j, '[');
    for (size_t i = 0; i < count; i++) {
        next(j);
        write_cell(j, cells[i]);
    }
    close(j, ']');
}

static void write_message(json *j, const char *const message[2])
{
    key(j, "message");
    open(j, '{');
    text_at(j, "vi", message[PARCHECK_VIETNAMESE]);
    text_at(j, "en", message[PARCHECK_ENGLISH]);
    close(j, '}');
}

static void write_change(json *j, const pc_change *change)
{
    next(j);
    open(j, '{');
    key(j, "cell");
    write_cell(j, change->cell);
    text_at(j, "value", change->value);
    text_at(j, "low", change->low);
    text_at(j, "high", change->high);
    close(j, '}');
}

static void write_explanation(json *j, const parcheck_explanation *e)
{
    next(j);
    open(j, '{');
    text_at(j, "id", e->id);
    text_at(j, "kind", e->kind);
    write_message(j, e->message);
    key(j, "changes");
    open(j, '[');
    for (size_t i = 0; i < e->change_count; i++)
        write_change(j, &e->changes[i]);
    close(j, ']');
    number_at(j, "support", e->support);
    key(j, "repairs");
    open(j, '[');
    for (size_t i = 0; i < e->repair_count; i++) {
        next(j);
        text(j, e->repairs[i]->id);
    }
    close(j, ']');
    close(j, '}');
}

static void write_finding(json *j, const parcheck_finding *finding)
{
    next(j);
    open(j, '{');
    text_at(j, "code", pc_code_text(finding->code));
    text_at(j, "severity", parcheck_severity_name(finding->severity));
    text_at(j, "rule", finding->rule != NULL ? finding->rule->id : NULL);
    text_at(j, "unit", finding->unit);
    text_at(j, "unit_code", finding->unit_code);
    text_at(j, "period", finding->period);
    write_message(j, finding->message);
    text_at(j, "left", finding->arithmetic.left);
    text_at(j, "relation", finding->arithmetic.relation);
    text_at(j, "right", finding->arithmetic.right);
    text_at(j, "difference", finding->arithmetic.difference);
    write_cells(j, finding->cells, finding->cell_count);
    if (finding->cause > 0)
        number_at(j, "cause", finding->cause);
    else
        text_at(j, "cause", NULL);
    key(j, "explanations");
    open(j, '[');
    for (size_t i = 0; i < finding->explanation_count; i++)
        write_explanation(j, finding->explanations[i]);
    close(j, ']');
    close(j, '}');
    pc_writer_flush(j->writer, false);
}

static void write_verdict(json *j, const parcheck_verdict *verdict)
{
    next(j);
    open(j, '{');
    text_at(j, "rule", verdict->rule->id);
    text_at(j, "verdict", parcheck_outcome_name(verdict->outcome));
    text_at(j, "unit", verdict->unit);
    text_at(j, "unit_code", verdict->unit_code);
    text_at(j, "period", verdict->period);
    text_at(j, "reason", pc_reason_name(verdict->reason));
    write_cells(j, verdict->cells, verdict->cell_count);
    close(j, '}');
    pc_writer_flush(j->writer, false);
}

void pc_write_json(pc_writer *writer, const parcheck_report *report)
{
    json j = {.writer = writer, .out = &writer->text, .first = true};

    open(&j, '{');
    text_at(&j, "parcheck", parcheck_version());
    write_schemas(&j, report);
    write_inputs(&j, report);
    write_summary(&j, report);
    key(&j, "findings");
    open(&j, '[');
    for (size_t i = 0; i < report->findings.list.count; i++)
        write_finding(&j, pc_report_finding(report, i));
    close(&j, ']');
    if (writer->options->verdicts != 0) {
        key(&j, "verdicts");
        open(&j, '[');
        for (size_t i = 0; i < report->verdicts.list.count; i++)
            write_verdict(&j, pc_report_verdict(report, i));
        close(&j, ']');
    }
    close(&j, '}');
    pc_buffer_char(j.out, '\n');
}
