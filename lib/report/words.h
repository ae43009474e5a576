/* Words that the reports for people have in common. */
#ifndef PC_REPORT_WORDS_H
#define PC_REPORT_WORDS_H

#include "report/report.h"

const char *pc_severity_word(parcheck_severity severity,
                             parcheck_language language);
/* "lỗi", "error" or "errors" and so on, behind that number. */
const char *pc_severity_count(parcheck_severity severity, size_t count,
                              parcheck_language language);
/* "đúng", "holds" or "hold" and so on: what that many rules do. */
const char *pc_outcome_word(parcheck_outcome outcome, size_t count,
                            parcheck_language language);
/* "" where there is no reason. */
const char *pc_reason_word(pc_reason reason, parcheck_language language);
/* "II. UBND xã Nam Tuấn, 2023-Q1", of which each part may be NULL. */
void pc_unit_title(pc_buffer *out, const char *unit, const char *code,
                   const char *period);
/* "[1] E47" where there are several inputs, else "E47"; without an address
 * the line, or of a fact without a file its name. */
void pc_cell_place(pc_buffer *out, const parcheck_report *report,
                   const parcheck_cell *cell, parcheck_language language);

#endif
