/* The whole report as one JSON object, in both languages. */
#include "report/json.h"

static void write_findings(pc_json *json, const parcheck_report *report)
{
    pc_json_open_at(json, "findings", '[');
    for (size_t i = 0; i < report->findings.list.count; i++) {
        pc_json_next(json);
        pc_json_open(json, '{');
        pc_json_finding(json, pc_report_finding(report, i));
        pc_json_close(json, '}');
        pc_writer_flush(json->writer, false);
    }
    pc_json_close(json, ']');
}

static void write_verdicts(pc_json *json, const parcheck_report *report)
{
    pc_json_open_at(json, "verdicts", '[');
    for (size_t i = 0; i < report->verdicts.list.count; i++) {
        pc_json_next(json);
        pc_json_open(json, '{');
        pc_json_verdict(json, pc_report_verdict(report, i));
        pc_json_close(json, '}');
        pc_writer_flush(json->writer, false);
    }
    pc_json_close(json, ']');
}

void pc_write_json(pc_writer *writer, const parcheck_report *report)
{
    pc_json json;

    pc_json_init(&json, writer);
    pc_json_open(&json, '{');
    pc_json_text_at(&json, "parcheck", parcheck_version());
    pc_json_schemas(&json, report);
    pc_json_inputs(&json, report);
    pc_json_summary(&json, report);
    write_findings(&json, report);
    if (writer->options->verdicts != 0)
        write_verdicts(&json, report);
    pc_json_close(&json, '}');
    pc_buffer_char(json.out, '\n');
}
