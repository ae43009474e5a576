/* A whole run over an archive: from bytes to what is to be told. */
#ifndef PC_ARCHIVE_RUN_H
#define PC_ARCHIVE_RUN_H

#include "archive/blocks.h"
#include "archive/held.h"
#include "archive/opening.h"
#include "archive/kept.h"

typedef struct pc_run_options {
    const pc_charset *encoding; /* NULL to find it */
    char delimiter;             /* 0 to find it */
    bool unsorted;              /* rows come in any order */
    size_t jobs;                /* threads that read */
} pc_run_options;

/* Gets the findings about one submission, or about the file, in their order.
 * False stops the run. */
typedef bool (*pc_on_told)(void *context, const pc_told *told);

typedef struct pc_run_counts {
    size_t submissions;
    size_t rows;
    size_t outcomes[4];
    size_t severities[3];
} pc_run_counts;

struct pc_rollup;

typedef struct pc_run {
    parcheck_allocator allocator;
    pc_run_options options;
    pc_archive archive;
    pc_arena arena; /* of the heading */
    pc_on_told on_told;
    void *context;
    pc_buffer window; /* the first bytes, until there are enough */
    bool opened;
    bool by_rows; /* these are given, and may leave unit and period out */
    bool found; /* there is a heading */
    bool heard; /* there is a row, or something to tell of one */
    bool stopped;
    size_t cut; /* the line within whose record the input ended, or 0 */
    pc_engine *engine;
    pc_blocks *blocks; /* NULL: the engine reads all */
    pc_store store;
    pc_keeping keeping; /* for the rules across submissions */
    struct pc_rollup *rollup; /* the totals of the units below, or NULL */
    pc_run_counts counts;
    size_t unlisted_line; /* the first of a unit that no hierarchy has, or 0 */
    /* Decoding. */
    pc_charset charset;
    pc_buffer undecoded;
    pc_buffer decoded;
    pc_bad_bytes bad;
    size_t bytes; /* taken so far */
    /* Rows in any order. */
    bool holding;
    pc_held held;
    size_t held_before; /* bytes before those that are read again */
    bool reads_held;
} pc_run;

/* `archive` has its options set. False without memory. */
bool pc_run_init(pc_run *run, const pc_run_options *options,
                 const pc_archive *archive, pc_on_told on_told, void *context,
                 const parcheck_allocator *allocator);
void pc_run_free(pc_run *run);

/* False without memory, if it was stopped (`stopped`), or at the end if the
 * input was `cut`. */
bool pc_run_feed(pc_run *run, const char *bytes, size_t length);
/* A row of the table with the columns unit, parent, period, form, code and
 * value instead, as a line of CSV. */
bool pc_run_row(pc_run *run, size_t line, const char *text, size_t length);
bool pc_run_finish(pc_run *run);

/* Tells of a line of the input; `told` is freed. */
bool pc_run_tell(pc_run *run, pc_told *told);
/* Tells one thing of a line. */
bool pc_run_tell_line(pc_run *run, pc_code code, size_t line,
                      const char *const *arguments);
/* places.c: tells of units that the hierarchy does not have, and of those that
 * stand above themselves. */
bool pc_run_tell_places(pc_run *run);

/* across.c: judges the rules across submissions over all that is kept, and
 * forgets it. */
bool pc_run_across(pc_run *run);

#endif
