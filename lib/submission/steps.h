/* The steps of pc_submission_bind(), one file each. */
#ifndef PC_SUBMISSION_STEPS_H
#define PC_SUBMISSION_STEPS_H

#include "submission/match.h"
#include "submission/submission.h"
#include "value/literal.h"

/* A cell that was bound to an indicator of a unit. */
typedef struct pc_binding {
    size_t unit;
    const parcheck_indicator *indicator;
    parcheck_cell *cell;
} pc_binding;

/* The bindings of one input, in the order of its cells. */
typedef struct pc_bindings {
    pc_list list; /* of pc_binding */
} pc_bindings;

/* The columns that a long table needs, for messages. */
#define PC_LONG_COLUMNS                                                        \
    "Đơn vị, Kỳ báo cáo, Biểu, Mã số, Giá trị; unit,period,form,code,value"

/* layout.c: the heading of each input, and the rows behind it. */
bool pc_find_layouts(pc_submission *s, pc_layout wanted);
/* The rows alone, where the heading is known. */
bool pc_read_bodies(pc_submission *s);

/* The number that begins a heading such as "3= 4+5+6" in which nothing but
 * numbers stands, or 0; the number at the front of any text, or 0. */
size_t pc_column_number(const char *text);
size_t pc_leading_number(const char *text);

/* choose.c: the edition of each family of forms, and so of its inputs. */
bool pc_choose_editions(pc_submission *s, const char *wanted);
/* The comparable form of a row of a form, once pc_choose_editions() has made
 * the keys of all labels. */
pc_row_key pc_row_key_of(const pc_input *input, const pc_body_row *body);

/* form.c, table.c: rows or columns to bindings. */
bool pc_bind_form(pc_submission *s, size_t input, pc_bindings *bindings);
bool pc_bind_table(pc_submission *s, size_t input, pc_bindings *bindings);
/* table.c: the role of a row by its code, in which case and dots at the end do
 * not count, or PC_NONE; puts a unit below another. */
size_t pc_role_of(const parcheck_family *family, const char *code);
void pc_link_child(pc_submission *s, size_t parent, size_t child);
/* form.c: tells which rows a form that was sent does not have. */
bool pc_report_missing_rows(pc_submission *s);
/* table.c: tells which rows a table lacks of which there should be one: the
 * rules that speak of them have nothing to speak of. */
bool pc_report_missing_units(pc_submission *s);

/* fact.c: literals to values. */
bool pc_read_facts(pc_submission *s, const pc_bindings *bindings);

/* bind.c */
/* What comes before the first unit, and behind the last fact. */
bool pc_submission_start(pc_submission *s, const parcheck_schema *schema,
                         pc_progress *progress, pc_findings *findings,
                         pc_arena *arena);
bool pc_submission_finish(pc_submission *s);
/* Tells that `done` of `of` rows of an input are bound, once in many. False
 * if the caller wants no more. */
bool pc_bind_goes_on(const pc_submission *s, size_t input, size_t done,
                     size_t of);
/* The text of a row in a column, "" where there is none. */
const char *pc_input_text(const pc_input *input, const pc_row *row,
                          pc_column column);
/* A row of the body, and the first one behind it that is of another form. */
const pc_body_row *pc_body(const pc_input *input, size_t index);
size_t pc_form_end(const pc_input *input, size_t index);
/* Says of a cell which indicator it is for. */
void pc_describe_cell(parcheck_cell *cell, const parcheck_indicator *indicator);
/* Says of a cell whose it is; false without memory. */
bool pc_own_cell(parcheck_cell *cell, pc_unit *unit, pc_arena *arena);
pc_unit *pc_add_unit(pc_submission *s, const parcheck_edition *edition);
/* Adds a binding for a field of a row; NULL without memory. */
pc_binding *pc_add_binding(pc_submission *s, pc_bindings *bindings,
                           size_t input, const pc_row *row, size_t column,
                           const parcheck_indicator *indicator, size_t unit);
/* Adds a finding about a cell, which may be NULL only without memory. */
void pc_report_cell(pc_submission *s, pc_code code, const parcheck_cell *cell,
                    const char *const *arguments);
/* The same for a cell of a unit: where it has no place, the unit is named. */
void pc_report_of_unit(pc_submission *s, size_t unit, pc_code code,
                       const parcheck_cell *cell, const char *const *arguments);
/* Tells why the rows of a form are not checked: no edition has it, or only one
 * that is read from tables. */
void pc_report_form(pc_submission *s, const parcheck_cell *cell,
                    const char *form, size_t rows);
void pc_name_unit(parcheck_finding *finding, const pc_unit *unit);
/* Tells of a record with more fields than the heading, or fewer than it
 * needs. */
void pc_report_width(pc_submission *s, size_t input, const pc_row *row,
                     size_t least);
/* The code of a row or, where it has none, its label. */
const char *pc_row_title(const parcheck_indicator *indicator);

#endif
