/* Schemas, submissions and reports in a few words, for the unit tests. */
#ifndef PC_TEST_FIXTURE_H
#define PC_TEST_FIXTURE_H

#include <stddef.h>

#include "parcheck/parcheck.h"

/* ---- schemas ------------------------------------------------------------- */

/* One schema table; `text` is its CSV. */
typedef struct fixture_table {
    const char *family;
    const char *file;
    const char *text;
} fixture_table;

parcheck_status fixture_try_load(parcheck_schema **schema,
                                 const fixture_table *tables, size_t count,
                                 parcheck_error *error);
/* Fails the test if the tables are not a schema. */
parcheck_schema *fixture_load(const fixture_table *tables, size_t count);

/* The first line of each kind of table. */
#define FIXTURE_EDITION "form,code,name,label,unit,kind,level,choices\n"
#define FIXTURE_RULES "id,check,severity,vi,en,basis\n"
#define FIXTURE_ROLES "role,code,parent,vi,en\n"
#define FIXTURE_FORM "form,code,label,unit,value,note\n"

/*
 * Two families. `f` has form 1 with the counts a, b, c, d (codes 1 to 4), the
 * amounts m, n, o (5 to 7), the percentages p, q (8, 9), the choice x (10: 0
 * or 1), the count z (11), the text t (12) and the heading g (13); the label
 * of a row is "Row" and its name. `t` is a table with the columns stt,
 * unit_name, u and v (counts) and w (an amount); its rows are head (I),
 * parts (II) and below parts any number of part (#). `check` is the one rule,
 * of the family whose rules.csv is not empty otherwise: its id is "r", its
 * texts are "VI" and "EN".
 */
parcheck_schema *fixture_schema(const char *family, const char *check);
/* A built-in schema, or a failed test. */
parcheck_schema *fixture_builtin(void);

/* ---- submissions --------------------------------------------------------- */

enum { FIXTURE_TEXT = 1 << 16 };

/*
 * Writes form 1 of `f` as CSV: "a=5; b=; c=abc" gives the rows a, b and c, in
 * this order, with these values. Rows without a value are blank, rows that
 * are not named are not there. A row z = 1 always is.
 */
const char *fixture_form(char csv[FIXTURE_TEXT], const char *cells);

/* Validates texts, in this order, as inputs 1.csv, 2.csv, ... */
parcheck_report *fixture_validate(const parcheck_schema *schema,
                                  const char *const *texts, size_t count,
                                  const parcheck_options *options);
/* The same for one text and the default options. */
parcheck_report *fixture_check(const parcheck_schema *schema, const char *text);
/* The same without explanations. */
parcheck_report *fixture_judge(const parcheck_schema *schema, const char *text);
/* The submissions of tests/data; `name` is a file. Static, terminated. */
const char *fixture_data(const char *name);

/* ---- reports ------------------------------------------------------------- */

/* "holds", "unknown blank" and so on for a rule; `unit` is the code of a
 * unit or NULL for forms; "none" if there is no such verdict. Static. */
const char *fixture_verdict(const parcheck_report *report, const char *rule,
                            const char *unit);
/* "row.unknown@3:5 rule.fails:r@2:5": the findings in their order, each with
 * its rule and the line and column of its first cell. Static. */
const char *fixture_findings(const parcheck_report *report);
/* The first finding with a code, or a failed test. */
const parcheck_finding *fixture_finding(const parcheck_report *report,
                                        const char *code);

/* What the report writes; belongs to the caller, free(). */
char *fixture_write(const parcheck_report *report,
                    const parcheck_write_options *options);
char *fixture_json(const parcheck_report *report);

#endif
