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

void pc_report_finish(parcheck_report *report)
{
    pc_findings_finish(&report->findings);
    for (size_t i = 0; i < report->findings.list.count; i++)
        report->severities[pc_report_finding(report, i)->severity]++;
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
