/* What the commands share that read an archive: their options, the way from a
 * file to its findings, and findings as lines of text. */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include "cli.h"

typedef struct stream_run {
    const char *input; /* "-" is standard input */
    const char *schema;
    const char *hierarchy;
    const char *output;
    bool text;        /* the findings, else NDJSON */
    bool has_summary; /* the text ends with the totals */
    parcheck_language language;
    parcheck_stream_options options;
    FILE *file;  /* where the findings go */
    FILE *table; /* where totals go, or NULL */
    int code;
} stream_run;

/* An option of one command alone. False if the next argument is none; `*bad`
 * if it is wrong, which has been said. */
typedef bool (*stream_option)(void *context, arguments *args, bool *bad);

void stream_begin(stream_run *r, const arguments *args);
/* Takes all arguments. False if the command line is wrong, and has said so.
 * `more` may be NULL. */
bool stream_parse(stream_run *r, arguments *args, stream_option more,
                  void *context);
/* Whether the file is none of those that are read; says so. */
bool stream_spares(const stream_run *r, const char *output);

/* Reads and judges the input; the findings go to `file`. Sets `code`. False
 * and says why if it cannot. */
bool stream_judge(stream_run *r, const parcheck_schema *schema, FILE *file);

/* Writes to `path`, NULL for standard output, what `write` writes. A file gets
 * its name once it is whole, so that a run that is killed leaves none that
 * looks so, and one that was there stays until then. A device, a pipe or a link
 * stays what it is. False if it cannot, and says so. */
bool stream_write(const stream_run *r, const char *path,
                  bool (*write)(void *context, FILE *file), void *context);

#endif
