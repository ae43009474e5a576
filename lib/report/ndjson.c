/* One JSON object a line: "report" first, then each "finding" and, if they
 * are asked for, each "verdict", and "summary" last. Who has read the last
 * line has read the whole report. */
#include "report/json.h"

static void open_line(pc_json *json, const char *type)
{
    json->first = true;
    pc_json_open(json, '{');
    pc_json_text_at(json, "type", type);
}

static void close_line(pc_json *json)
{
    pc_json_close(json, '}');
    pc_buffer_char(json->out, '\n');
    pc_writer_flush(json->writer, false);
}

void pc_write_ndjson(pc_writer *writer, const parcheck_report *report)
{
    pc_json json;

    pc_json_init(&json, writer);
    json.inline_ = true;
    open_line(&json, "report");
    pc_json_text_at(&json, "parcheck", parcheck_version());
    pc_json_schemas(&json, report);
    pc_json_inputs(&json, report);
    close_line(&json);
    for (size_t i = 0; i < report->findings.list.count; i++) {
        open_line(&json, "finding");
        pc_json_finding(&json, pc_report_finding(report, i));
        close_line(&json);
    }
    for (size_t i = 0;
         writer->options->verdicts != 0 && i < report->verdicts.list.count;
         i++) {
        open_line(&json, "verdict");
        pc_json_verdict(&json, pc_report_verdict(report, i));
        close_line(&json);
    }
    open_line(&json, "summary");
    pc_json_summary(&json, report);
    close_line(&json);
}

void pc_write_archive_start(pc_writer *writer, const parcheck_schema *schema)
{
    pc_json json;

    pc_json_init(&json, writer);
    json.inline_ = true;
    open_line(&json, "archive");
    pc_json_text_at(&json, "parcheck", parcheck_version());
    pc_json_open_at(&json, "schemas", '[');
    for (size_t i = 0; i < schema->family_count; i++)
        for (size_t j = 0; j < schema->families[i].edition_count; j++)
            pc_json_schema(&json, &schema->families[i].editions[j]);
    pc_json_close(&json, ']');
    close_line(&json);
}

void pc_write_archive_finding(pc_writer *writer,
                              const parcheck_finding *finding)
{
    pc_json json;

    pc_json_init(&json, writer);
    json.inline_ = true;
    open_line(&json, "finding");
    pc_json_finding(&json, finding);
    close_line(&json);
}

void pc_write_archive_summary(pc_writer *writer,
                              const pc_archive_summary *summary)
{
    pc_json json;

    pc_json_init(&json, writer);
    json.inline_ = true;
    open_line(&json, "summary");
    pc_json_number_at(&json, "submissions", summary->submissions);
    pc_json_number_at(&json, "rows", summary->rows);
    pc_json_counts(&json, summary->outcomes, summary->severities);
    close_line(&json);
}
