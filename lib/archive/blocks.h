/* The text of an archive on several threads, with what one would tell. */
#ifndef PC_ARCHIVE_BLOCKS_H
#define PC_ARCHIVE_BLOCKS_H

#include "archive/engine.h"

/*
 * The text is cut into blocks, behind a line where there is one; threads read
 * them, each with an engine of its own, and what they found is taken in the
 * order of the text. The submissions at both ends of a block are not whole:
 * they are left to the engine that a single thread would have. So is a block
 * that could not be read as if nothing stood before it: one that begins within
 * a record, or in which records had to be read again.
 */
typedef struct pc_blocks pc_blocks;

typedef struct pc_blocks_options {
    size_t jobs;    /* threads that read; at least 1 */
    bool facts;     /* whether groups need them */
    size_t line;    /* where the text begins in the input */
    size_t offset;
} pc_blocks_options;

/*
 * `engine` takes what is left over, and must not be used before
 * pc_blocks_end(). Groups go to `on_group`, on the thread that calls. The
 * allocator is used by all threads. NULL without memory; if there are no
 * threads to be had, the work is done without.
 */
pc_blocks *pc_blocks_open(const pc_archive *archive, pc_engine *engine,
                          const pc_blocks_options *options,
                          pc_on_group on_group, void *context,
                          const parcheck_allocator *allocator);
/* The next piece of the text, cut anywhere. False without memory or if
 * `on_group` has stopped it. */
bool pc_blocks_feed(pc_blocks *blocks, const char *text, size_t length);
/* Gives all that is left to the engine. */
bool pc_blocks_end(pc_blocks *blocks);
/* Waits for the threads. */
void pc_blocks_close(pc_blocks *blocks);

#endif
