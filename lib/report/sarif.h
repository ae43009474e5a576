/* The parts of the SARIF log, one file each. */
#ifndef PC_REPORT_SARIF_H
#define PC_REPORT_SARIF_H

#include "report/json.h"

typedef struct pc_sarif {
    pc_json json;
    const parcheck_report *report;
    parcheck_language language;
    pc_arena arena; /* given back when the log is written */
    pc_buffer text;
    pc_buffer message;
    pc_map rules;         /* id of a rule -> its index */
    pc_map fingerprints;  /* how often each was given out */
    const char **rule_of; /* by finding */
} pc_sarif;

/* "artifactLocation" of an input, or of what it belongs to. */
void pc_sarif_artifact(pc_sarif *sarif, size_t input);
/* {"text": ...} under a key. */
void pc_sarif_text_at(pc_sarif *sarif, const char *name, const char *text);
/* The same for a message, in which braces and links mean something: here they
 * mean themselves. */
void pc_sarif_message_at(pc_sarif *sarif, const char *name, const char *text);

/* sarif_print.c: what stays the same when other lines of the file come, go or
 * change places. */
void pc_sarif_fingerprint(pc_sarif *sarif, const parcheck_finding *finding);

/* sarif_fix.c: explanations as changes of the file. */
void pc_sarif_fixes(pc_sarif *sarif, const parcheck_finding *finding);

#endif
