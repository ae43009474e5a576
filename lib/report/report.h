/* Everything that came of a run, and its writers. */
#ifndef PC_REPORT_REPORT_H
#define PC_REPORT_REPORT_H

#include "rule/judge.h"
#include "submission/submission.h"

typedef struct pc_report_input {
    const char *name;
    const parcheck_edition *edition; /* NULL: not recognised */
    size_t edition_index;            /* in the report */
    const char *layout;     /* "form", "table", "series", "long" or NULL */
    const char *encoding;   /* "UTF-8" */
    char delimiter[2];      /* "," */
    const pc_input *source; /* its rows; NULL where it is no file */
} pc_report_input;

struct parcheck_report {
    pc_arena arena;
    pc_report_input *inputs;
    size_t input_count;
    const parcheck_edition **editions; /* each once */
    size_t edition_count;
    const pc_unit *units; /* with their facts */
    size_t unit_count;
    const pc_presence *presence; /* of the units */
    pc_findings findings;
    pc_verdicts verdicts;
    size_t severities[3];
    bool judged; /* it is about a submission, not about a schema */
};

/* Counts what the writers tell, once all findings are there, and gives each
 * verdict its finding. False without memory. */
bool pc_report_finish(parcheck_report *report);

const parcheck_finding *pc_report_finding(const parcheck_report *report,
                                          size_t index);
const parcheck_verdict *pc_report_verdict(const parcheck_report *report,
                                          size_t index);

/* Bytes on their way to the caller's callback. */
typedef struct pc_writer {
    pc_buffer text;
    parcheck_write_fn write;
    void *context;
    const parcheck_write_options *options;
    bool refused; /* the callback stopped the writing */
} pc_writer;

/* Hands over what has gathered if it is much, or if it is all. */
void pc_writer_flush(pc_writer *writer, bool all);

/* One file a format. */
void pc_write_text(pc_writer *writer, const parcheck_report *report);
void pc_write_json(pc_writer *writer, const parcheck_report *report);
void pc_write_ndjson(pc_writer *writer, const parcheck_report *report);
void pc_write_csv(pc_writer *writer, const parcheck_report *report);
void pc_write_junit(pc_writer *writer, const parcheck_report *report);
void pc_write_sarif(pc_writer *writer, const parcheck_report *report);
void pc_write_html(pc_writer *writer, const parcheck_report *report);

/* The lines of an archive, one after the other: NDJSON that begins with a
 * line "archive" and ends with a line "summary". */
typedef struct pc_archive_summary {
    size_t submissions;
    size_t rows;
    const size_t *outcomes;   /* by parcheck_outcome */
    const size_t *severities; /* by parcheck_severity */
} pc_archive_summary;

void pc_write_archive_start(pc_writer *writer, const parcheck_schema *schema);
void pc_write_archive_finding(pc_writer *writer,
                              const parcheck_finding *finding);
void pc_write_archive_summary(pc_writer *writer,
                              const pc_archive_summary *summary);

typedef struct pc_format {
    const char *name;
    void (*write)(pc_writer *writer, const parcheck_report *report);
} pc_format;

/* The formats by parcheck_format; NULL behind the last. */
const pc_format *pc_format_at(size_t index);
/* NULL if there is none of this name. */
const pc_format *pc_format_named(const char *name, size_t *index);

#endif
