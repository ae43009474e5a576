/* An empty form as CSV. */
#ifndef CLI_FORM_CSV_H
#define CLI_FORM_CSV_H

#include <stdio.h>

#include "form.h"

typedef struct csv_style {
    char delimiter;
    bool mark; /* begin with a byte order mark, as a spreadsheet wants it */
} csv_style;

/* False if it could not be written whole. */
bool form_write_csv(const form *f, const csv_style *style, FILE *file);

#endif
