/* The parts of the HTML page, one file each. */
#ifndef PC_REPORT_HTML_H
#define PC_REPORT_HTML_H

#include "report/report.h"

/* What a finding says of a cell. */
typedef enum pc_role_of_cell {
    PC_CELL_SUBJECT,  /* the first of the finding: it is told there */
    PC_CELL_OPERAND,  /* another one that it rests on */
    PC_CELL_SUSPECTED /* the likeliest explanation would change it */
} pc_role_of_cell;

typedef struct pc_mark {
    size_t input;
    size_t line;
    size_t column; /* from 1 */
    pc_role_of_cell role;
    size_t finding;
    const pc_change *change; /* of a suspected cell */
} pc_mark;

/* The marks on neighbouring cells. */
typedef struct pc_marks {
    const pc_mark *data;
    size_t count;
} pc_marks;

typedef struct pc_html {
    pc_writer *writer;
    pc_buffer *out;
    const parcheck_report *report;
    parcheck_language language;
    pc_arena arena; /* given back when the page is written */
    pc_buffer scratch;
    pc_marks marks;    /* by input, line and column */
    size_t cells_left; /* that may still be shown without a mark */
} pc_html;

/* The text in the language of the page. */
const char *pc_html_say(const pc_html *html, const char *vi, const char *en);
/* Markup as it is. */
void pc_html_raw(pc_html *html, const char *markup);
/* Text that was read or that may hold such: never markup. */
void pc_html_text(pc_html *html, const char *text);
/* Takes away the tags of the language and of the input. */
void pc_html_number(pc_html *html, size_t number);

/* "✖", "▲" or "●", and the letter of its class. */
const char *pc_html_sign(parcheck_severity severity);
char pc_html_class(parcheck_severity severity);
/* A link to a finding that shows its sign and number. */
void pc_html_finding_link(pc_html *html, size_t finding);
/* The place of a cell, as a link where the page shows the cell. */
void pc_html_place(pc_html *html, const parcheck_cell *cell);
/* "131", "0–5", "≥ 3": what an explanation would put into a cell. */
void pc_html_change(pc_html *html, const pc_change *change);

/* html_marks.c. False without memory. */
bool pc_html_collect_marks(pc_html *html);
pc_marks pc_html_marks_at(const pc_html *html, size_t input, size_t line);
/* Those of the marks that are on this column. */
pc_marks pc_html_marks_on(pc_marks marks, size_t column);

/* html_form.c: everything that was sent. */
void pc_html_forms(pc_html *html);
/* Whether the page shows this cell. */
bool pc_html_shows(const pc_html *html, const parcheck_cell *cell);

/* html_style.c: the style sheet, and what it is called in the policy. */
void pc_html_style(pc_buffer *out);
void pc_html_style_digest(pc_html *html);

#endif
