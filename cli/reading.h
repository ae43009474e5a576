/* What the commands that change files share: how their inputs are read, and
 * writing copies that are whole or not there. */
#ifndef CLI_READING_H
#define CLI_READING_H

#include "cli.h"

/* The files of a submission and how to read them. */
typedef struct reading {
    parcheck_input *inputs; /* room for all arguments */
    size_t count;
    const char *folder; /* of the schema, or NULL */
    parcheck_options options;
    parcheck_schema *schema;
    parcheck_report *report;
} reading;

/* False without memory, which it says. */
bool reading_begin(reading *r, const arguments *args);
void reading_end(reading *r);

/* Takes an option on how to read (--edition, --schema, --layout, --encoding,
 * --delimiter, --lang). False if the next argument is none; `*bad` if it is
 * wrong, which has been said. */
bool reading_take(reading *r, arguments *args, bool *bad);
/* Adds a file; false if it is "-", which has been said: its copy would have
 * no name. */
bool reading_add(reading *r, const arguments *args, const char *path);
/* Loads the schema and checks the files. False if it cannot, and says so. */
bool reading_check(reading *r, parcheck_language language);

/* One changed cell. */
typedef struct change {
    const parcheck_cell *cell;
    const char *value; /* as a parcheck_edit takes it */
} change;

/*
 * Writes a copy of input number `input` of the report with the changes that
 * are in it to `path`: first beside it under another name, then renamed. An
 * existing file stays unless `force`. False if it cannot, and says so.
 */
bool write_copy(const reading *r, size_t input, const change *changes,
                size_t count, const char *path, bool force,
                parcheck_language language);
/* The same for a text that `write` writes. */
bool write_whole(const char *path, bool force, parcheck_language language,
                 bool (*write)(void *context, FILE *file), void *context);
/* "a/b.csv" -> "b.csv" */
const char *base_name(const char *path);

/* Writes a text that came from a file, what could steer a terminal as "?". */
void put_visible(FILE *out, const char *text);
/* "hoa-an.csv:5 (D5) 3 1.4 Tổng số": what cell it is. */
void put_cell(FILE *out, const parcheck_report *report,
              const parcheck_cell *cell);

/* EXIT_FINDINGS if there are errors, else EXIT_CLEAN. */
int exit_code(const parcheck_report *report);
/* Checks the files again, `paths` in place of the inputs of the report where
 * they are not NULL, and says what is found now. Returns the exit code. */
int check_again(const reading *r, char *const *paths,
                parcheck_language language);

#endif
