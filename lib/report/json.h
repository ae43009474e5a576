/* Writing JSON: brackets, commas, escapes. */
#ifndef PC_REPORT_JSON_H
#define PC_REPORT_JSON_H

#include "report/report.h"

/* A value is written behind its key; commas and line breaks go in front of
 * what follows. Objects that are one thing to the eye (a cell) stay on one
 * line. */
typedef struct pc_json {
    pc_writer *writer;
    pc_buffer *out;
    unsigned depth;
    bool first;   /* nothing stands in the innermost bracket yet */
    bool inline_; /* no line breaks */
} pc_json;

void pc_json_init(pc_json *json, pc_writer *writer);

void pc_json_open(pc_json *json, char bracket);
void pc_json_close(pc_json *json, char bracket);
/* In front of each element of an array. */
void pc_json_next(pc_json *json);
void pc_json_key(pc_json *json, const char *name);
/* A string, or null for NULL. Bytes that are not UTF-8 become U+FFFD, and
 * what could steer a terminal or turn the direction of writing is escaped. */
void pc_json_text(pc_json *json, const char *value);
void pc_json_number(pc_json *json, size_t value);
/* A key with its value. */
void pc_json_text_at(pc_json *json, const char *name, const char *value);
void pc_json_number_at(pc_json *json, const char *name, size_t value);
/* A key and the bracket behind it. */
void pc_json_open_at(pc_json *json, const char *name, char bracket);

/* The parts that the reports for tools have in common: keys with their
 * values, inside an object that is open. */
void pc_json_schemas(pc_json *json, const parcheck_report *report);
void pc_json_schema(pc_json *json, const parcheck_edition *edition);
void pc_json_inputs(pc_json *json, const parcheck_report *report);
void pc_json_summary(pc_json *json, const parcheck_report *report);
/* The summary by itself: rules by outcome, findings by severity. */
void pc_json_counts(pc_json *json, const size_t *outcomes,
                    const size_t *severities);
void pc_json_finding(pc_json *json, const parcheck_finding *finding);
void pc_json_verdict(pc_json *json, const parcheck_verdict *verdict);

#endif
