/*
 * Rows to submissions: the part of a run that sees every cell.
 *
 * Whether there is anything to tell of a submission is decided in 64 bits,
 * without memory, while its rows come. Where there may be, its text is read
 * again by pc_judge_piece(): what is told is always what one submission alone
 * would be told.
 */
#ifndef PC_ARCHIVE_ENGINE_H
#define PC_ARCHIVE_ENGINE_H

#include "archive/archive.h"

/* Gets each submission, in the order in which they end. The group is borrowed
 * but for `told`. False stops the run. */
typedef bool (*pc_on_group)(void *context, pc_group *group);

typedef struct pc_engine pc_engine;

/* The archive must outlive it. NULL without memory. */
pc_engine *pc_engine_open(const pc_archive *archive, pc_on_group on_group,
                          void *context, const parcheck_allocator *allocator);
void pc_engine_close(pc_engine *engine);

/* Lets the submissions go on unjudged, with their text. */
void pc_engine_hold(pc_engine *engine, bool hold);
/* What line and byte of the input the next text begins with; it must begin a
 * record. False without memory. */
bool pc_engine_set_place(pc_engine *engine, size_t line, size_t offset);
/* The next text was held; before it stand so many bytes in the order in which
 * it is read now. How often lines may be read again depends on that. */
void pc_engine_set_held(pc_engine *engine, size_t before, bool first);
/*
 * Takes the next piece of the text, cut anywhere. The functions return false
 * without memory or if `on_group` has stopped them.
 */
bool pc_engine_feed(pc_engine *engine, const char *text, size_t length);
/* Reads what has no line end yet as the last line. */
bool pc_engine_end_text(pc_engine *engine);
/* The number of its last line if that has no line end and is no whole record,
 * or 0. */
size_t pc_engine_cut(const pc_engine *engine);
/* Ends the submission that is open, if any. */
bool pc_engine_end_group(pc_engine *engine);
/* Whether all text so far was read, and this is the number of the next line. */
bool pc_engine_is_at(const pc_engine *engine, size_t line);

/* What pc_engine_read_block() leaves. */
typedef struct pc_engine_left {
    size_t at;   /* where in the block the submission that is open begins */
    size_t line; /* the number of that line */
    bool reread; /* a record could not be read, and lines of it were again */
} pc_engine_left;

/* Reads a text by itself, which stays the caller's: what was open before it is
 * forgotten, what is open behind it is left. False as above; then the next one
 * may be read nevertheless. */
bool pc_engine_read_block(pc_engine *engine, const pc_piece *block,
                          pc_engine_left *left);

/* The ends of lines in a text. */
size_t pc_count_lines(const char *text, size_t length);

#endif
