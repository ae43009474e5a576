#include "report/report.h"

enum { ENOUGH = 1 << 16 };

const parcheck_finding *pc_report_finding(const parcheck_report *report,
                                          size_t index)
{
    return (const parcheck_finding *)report->findings.list.data + index;
}

const parcheck_verdict *pc_report_verdict(const parcheck_report *report,
                                          size_t index)
{
    return (const parcheck_verdict *)report->verdicts.list.data + index;
}

/* Findings were told apart by their sequence until they were sorted. */
static bool link_verdicts(parcheck_report *report)
{
    parcheck_verdict *verdicts = report->verdicts.list.data;
    size_t count = report->findings.list.count;
    const parcheck_finding **by_sequence = pc_arena_array(
        &report->arena, count + 1, sizeof(*by_sequence));

    if (by_sequence == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        by_sequence[pc_report_finding(report, i)->sequence] = pc_report_finding(
            report, i);
    for (size_t i = 0; i < report->verdicts.list.count; i++)
        verdicts[i].finding = by_sequence[verdicts[i].sequence];
    return true;
}

bool pc_report_finish(parcheck_report *report)
{
    pc_findings_finish(&report->findings);
    for (size_t i = 0; i < report->findings.list.count; i++)
        report->severities[pc_report_finding(report, i)->severity]++;
    return !report->findings.failed && link_verdicts(report);
}

void pc_writer_flush(pc_writer *writer, bool all)
{
    if (!all && writer->text.length < ENOUGH)
        return;
    if (!writer->refused && !writer->text.failed && writer->text.length > 0)
        writer->refused = writer->write(writer->context, writer->text.data,
                                        writer->text.length) != 0;
    if (!writer->text.failed)
        pc_buffer_clear(&writer->text);
}
