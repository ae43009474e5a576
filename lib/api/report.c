/* The public functions on reports: reading and writing. */
#include "api/report.h"
#include "api/options.h"

#include <string.h>

enum { NARROWEST = 40, WIDEST = 1000 };

parcheck_report *pc_report_new(const parcheck_allocator *allocator,
                               size_t max_findings)
{
    parcheck_report *report = pc_resize(allocator, NULL, sizeof *report);

    if (report == NULL)
        return NULL;
    memset(report, 0, sizeof *report);
    pc_arena_init(&report->arena, allocator);
    pc_findings_init(&report->findings, &report->arena, max_findings);
    return report;
}

void parcheck_report_free(parcheck_report *report)
{
    parcheck_allocator allocator;

    if (report == NULL)
        return;
    allocator = report->arena.allocator;
    pc_arena_free(&report->arena);
    pc_release(&allocator, report);
}

size_t parcheck_report_input_count(const parcheck_report *report)
{
    return report->input_count;
}

const char *parcheck_report_input_name(const parcheck_report *report,
                                       size_t index)
{
    return index < report->input_count ? report->inputs[index].name : NULL;
}

const parcheck_edition *
parcheck_report_input_edition(const parcheck_report *report, size_t index)
{
    return index < report->input_count ? report->inputs[index].edition : NULL;
}

size_t parcheck_report_edition_count(const parcheck_report *report)
{
    return report->edition_count;
}

const parcheck_edition *parcheck_report_edition(const parcheck_report *report,
                                                size_t index)
{
    return index < report->edition_count ? report->editions[index] : NULL;
}

const parcheck_family *
parcheck_report_edition_family(const parcheck_report *report, size_t index)
{
    return index < report->edition_count ? report->editions[index]->family
                                         : NULL;
}

size_t parcheck_report_finding_count(const parcheck_report *report)
{
    return report->findings.list.count;
}

const parcheck_finding *parcheck_report_finding(const parcheck_report *report,
                                                size_t index)
{
    return index < report->findings.list.count
               ? pc_report_finding(report, index)
               : NULL;
}

size_t parcheck_report_severity_count(const parcheck_report *report,
                                      parcheck_severity severity)
{
    return (size_t)severity < 3 ? report->severities[severity] : 0;
}

const char *parcheck_finding_code(const parcheck_finding *finding)
{
    return pc_code_text(finding->code);
}

parcheck_severity parcheck_finding_severity(const parcheck_finding *finding)
{
    return finding->severity;
}

const parcheck_rule *parcheck_finding_rule(const parcheck_finding *finding)
{
    return finding->rule;
}

const char *parcheck_finding_unit(const parcheck_finding *finding)
{
    return finding->unit;
}

const char *parcheck_finding_unit_code(const parcheck_finding *finding)
{
    return finding->unit_code;
}

const char *parcheck_finding_period(const parcheck_finding *finding)
{
    return finding->period;
}

const char *parcheck_finding_message(const parcheck_finding *finding,
                                     parcheck_language language)
{
    return finding->message[language == PARCHECK_ENGLISH];
}

const char *parcheck_finding_left(const parcheck_finding *finding)
{
    return finding->arithmetic.left;
}

const char *parcheck_finding_relation(const parcheck_finding *finding)
{
    return finding->arithmetic.relation;
}

const char *parcheck_finding_right(const parcheck_finding *finding)
{
    return finding->arithmetic.right;
}

const char *parcheck_finding_difference(const parcheck_finding *finding)
{
    return finding->arithmetic.difference;
}

size_t parcheck_finding_cell_count(const parcheck_finding *finding)
{
    return finding->cell_count;
}

const parcheck_cell *parcheck_finding_cell(const parcheck_finding *finding,
                                           size_t index)
{
    return index < finding->cell_count ? finding->cells[index] : NULL;
}

size_t parcheck_finding_explanation_count(const parcheck_finding *finding)
{
    return finding->explanation_count;
}

const parcheck_explanation *
parcheck_finding_explanation(const parcheck_finding *finding, size_t index)
{
    return index < finding->explanation_count ? finding->explanations[index]
                                              : NULL;
}

size_t parcheck_finding_cause(const parcheck_finding *finding)
{
    return finding->cause;
}

const char *parcheck_explanation_id(const parcheck_explanation *explanation)
{
    return explanation->id;
}

const char *parcheck_explanation_kind(const parcheck_explanation *explanation)
{
    return explanation->kind;
}

const char *
parcheck_explanation_message(const parcheck_explanation *explanation,
                             parcheck_language language)
{
    return explanation->message[language == PARCHECK_ENGLISH];
}

size_t parcheck_explanation_support(const parcheck_explanation *explanation)
{
    return explanation->support;
}

size_t
parcheck_explanation_repair_count(const parcheck_explanation *explanation)
{
    return explanation->repair_count;
}

const parcheck_rule *
parcheck_explanation_repair(const parcheck_explanation *explanation,
                            size_t index)
{
    return index < explanation->repair_count ? explanation->repairs[index]
                                             : NULL;
}

size_t
parcheck_explanation_change_count(const parcheck_explanation *explanation)
{
    return explanation->change_count;
}

static const pc_change *change_at(const parcheck_explanation *explanation,
                                  size_t index)
{
    static const pc_change none;

    return index < explanation->change_count ? &explanation->changes[index]
                                             : &none;
}

const parcheck_cell *
parcheck_explanation_change_cell(const parcheck_explanation *explanation,
                                 size_t index)
{
    return change_at(explanation, index)->cell;
}

const char *
parcheck_explanation_change_value(const parcheck_explanation *explanation,
                                  size_t index)
{
    return change_at(explanation, index)->value;
}

const char *
parcheck_explanation_change_low(const parcheck_explanation *explanation,
                                size_t index)
{
    return change_at(explanation, index)->low;
}

const char *
parcheck_explanation_change_high(const parcheck_explanation *explanation,
                                 size_t index)
{
    return change_at(explanation, index)->high;
}

const char *parcheck_cell_name(const parcheck_cell *cell)
{
    return cell->name;
}

const char *parcheck_cell_form(const parcheck_cell *cell)
{
    return cell->form;
}

const char *parcheck_cell_code(const parcheck_cell *cell)
{
    return cell->code;
}

const char *parcheck_cell_label(const parcheck_cell *cell)
{
    return cell->label;
}

const char *parcheck_cell_literal(const parcheck_cell *cell)
{
    return cell->literal;
}

size_t parcheck_cell_input(const parcheck_cell *cell)
{
    return cell->input;
}

size_t parcheck_cell_line(const parcheck_cell *cell)
{
    return cell->line;
}

size_t parcheck_cell_column(const parcheck_cell *cell)
{
    return cell->column;
}

const char *parcheck_cell_address(const parcheck_cell *cell)
{
    return cell->address;
}

const char *parcheck_cell_unit(const parcheck_cell *cell)
{
    return cell->owner != NULL ? cell->owner->unit : NULL;
}

const char *parcheck_cell_unit_code(const parcheck_cell *cell)
{
    return cell->owner != NULL ? cell->owner->unit_code : NULL;
}

const char *parcheck_cell_period(const parcheck_cell *cell)
{
    return cell->owner != NULL ? cell->owner->period : NULL;
}

size_t parcheck_report_verdict_count(const parcheck_report *report)
{
    return report->verdicts.list.count;
}

const parcheck_verdict *parcheck_report_verdict(const parcheck_report *report,
                                                size_t index)
{
    return index < report->verdicts.list.count
               ? pc_report_verdict(report, index)
               : NULL;
}

size_t parcheck_report_outcome_count(const parcheck_report *report,
                                     parcheck_outcome outcome)
{
    return (size_t)outcome < 4 ? report->verdicts.counts[outcome] : 0;
}

const parcheck_rule *parcheck_verdict_rule(const parcheck_verdict *verdict)
{
    return verdict->rule;
}

parcheck_outcome parcheck_verdict_outcome(const parcheck_verdict *verdict)
{
    return verdict->outcome;
}

const char *parcheck_verdict_reason(const parcheck_verdict *verdict)
{
    return pc_reason_name(verdict->reason);
}

const parcheck_finding *
parcheck_verdict_finding(const parcheck_verdict *verdict)
{
    return verdict->finding;
}

static const pc_arithmetic *arithmetic_of(const parcheck_verdict *verdict)
{
    static const pc_arithmetic none;

    if (verdict->arithmetic != NULL)
        return verdict->arithmetic;
    return verdict->finding != NULL ? &verdict->finding->arithmetic : &none;
}

const char *parcheck_verdict_left(const parcheck_verdict *verdict)
{
    return arithmetic_of(verdict)->left;
}

const char *parcheck_verdict_relation(const parcheck_verdict *verdict)
{
    return arithmetic_of(verdict)->relation;
}

const char *parcheck_verdict_right(const parcheck_verdict *verdict)
{
    return arithmetic_of(verdict)->right;
}

const char *parcheck_verdict_difference(const parcheck_verdict *verdict)
{
    return arithmetic_of(verdict)->difference;
}

size_t parcheck_verdict_unit_index(const parcheck_verdict *verdict)
{
    return verdict->unit_index;
}

const char *parcheck_verdict_unit(const parcheck_verdict *verdict)
{
    return verdict->unit;
}

const char *parcheck_verdict_unit_code(const parcheck_verdict *verdict)
{
    return verdict->unit_code;
}

const char *parcheck_verdict_period(const parcheck_verdict *verdict)
{
    return verdict->period;
}

size_t parcheck_verdict_cell_count(const parcheck_verdict *verdict)
{
    return verdict->cell_count;
}

const parcheck_cell *parcheck_verdict_cell(const parcheck_verdict *verdict,
                                           size_t index)
{
    return index < verdict->cell_count ? verdict->cells[index] : NULL;
}

const char *parcheck_format_name(parcheck_format format)
{
    const pc_format *found = pc_format_at((size_t)format);

    return found != NULL ? found->name : NULL;
}

int parcheck_format_find(const char *name, parcheck_format *format)
{
    size_t index;

    if (pc_format_named(name, &index) == NULL)
        return 0;
    *format = (parcheck_format)index;
    return 1;
}

static bool make_sense(const parcheck_write_options *options)
{
    return pc_format_at((size_t)options->format) != NULL &&
           (options->language == PARCHECK_VIETNAMESE ||
            options->language == PARCHECK_ENGLISH) &&
           options->width >= NARROWEST && options->width <= WIDEST;
}

parcheck_status parcheck_report_write(const parcheck_report *report,
                                      const parcheck_write_options *options,
                                      parcheck_write_fn write, void *context,
                                      parcheck_error *error)
{
    const pc_place nowhere = {"", 0, 0};
    parcheck_write_options taken;
    pc_writer writer = {.write = write, .context = context};
    parcheck_status status = pc_write_options_take(&taken, options, error);
    bool no_memory;

    if (status != PARCHECK_OK)
        return status;
    writer.options = &taken;
    if (!make_sense(writer.options) || write == NULL)
        return pc_fail(error, PARCHECK_EINVAL, nowhere,
                       "tùy chọn ghi báo cáo không hợp lệ",
                       "the options for writing make no sense");
    pc_buffer_init(&writer.text, &report->arena.allocator, SIZE_MAX / 8);
    pc_format_at((size_t)writer.options->format)->write(&writer, report);
    pc_writer_flush(&writer, true);
    no_memory = writer.text.failed;
    pc_buffer_free(&writer.text);
    if (no_memory)
        return pc_no_memory(error);
    if (writer.refused)
        return pc_fail(error, PARCHECK_EWRITE, nowhere,
                       "không ghi được báo cáo",
                       "the report cannot be written");
    return PARCHECK_OK;
}
