/* An empty form: what stands in which cell, for every way to write it. */
#ifndef CLI_FORM_H
#define CLI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include <parcheck/parcheck.h>

/* Of which edition, and how much of it. */
typedef struct form {
    const parcheck_family *family;
    const parcheck_edition *edition;
    const char *only; /* the one form of the edition to write; NULL: all */
    size_t units;     /* of a table: lines for a role that can have many */
    parcheck_language language;
} form;

typedef enum form_style {
    FORM_HEADING, /* names a column */
    FORM_GROUP,   /* a text in a row that only heads others */
    FORM_TEXT,    /* a code, label or unit that stays as it is */
    FORM_VALUE,   /* the value of `row`, to fill in */
    FORM_FREE     /* words to fill in, such as a note */
} form_style;

typedef struct form_cell {
    form_style style;
    const char *text; /* "" where there is nothing yet */
    const parcheck_indicator *row;
} form_cell;

/* Takes the cells in order, line by line. Both return false to stop. */
typedef struct form_writer {
    bool (*cell)(void *context, const form_cell *cell);
    bool (*end_line)(void *context);
    void *context;
} form_writer;

/* Whether it has a line for each unit and a column for each indicator. */
bool form_is_table(const form *f);
/* The lines of headings, and the columns on the left that name a line. */
size_t form_heading_lines(const form *f);
size_t form_label_columns(const form *f);
/* How wide a column should be, in characters. */
int form_column_width(const form *f, size_t column);
size_t form_column_count(const form *f);
/* Whether `only` is a form of the edition. */
bool form_exists(const form *f);

/* False if the writer stopped. */
bool form_write(const form *f, const form_writer *writer);

#endif
