/* Text to fields as it comes, some lines at a time: for inputs that are never
 * whole in memory. csv/reader.h is for those that are. */
#ifndef PC_CSV_FEED_H
#define PC_CSV_FEED_H

#include "base/memory.h"

/* What libcsv calls for each field, and behind the last one of a record: also
 * behind none, for a blank line or the LF of CR LF. The terminator is CR, LF
 * or, at the end of the text, negative. The text lives until the callback
 * returns, and a zero stands behind it. */
typedef void (*pc_feed_field)(void *text, size_t length, void *context);
typedef void (*pc_feed_record)(int terminator, void *context);

typedef enum pc_feed_event {
    PC_FEED_OK,
    PC_FEED_NO_MEMORY,
    PC_FEED_BROKEN,    /* a quote where none may stand, or never closed */
    PC_FEED_LONG_FIELD /* a field over the ceiling */
} pc_feed_event;

typedef struct pc_feed pc_feed;

/* NULL without memory. */
pc_feed *pc_feed_open(char delimiter, size_t field_bytes, pc_feed_field field,
                      pc_feed_record record, void *context,
                      const parcheck_allocator *allocator);
/* Lines with their ends. After an event that is not PC_FEED_OK the next one
 * given begins a record. */
pc_feed_event pc_feed_lines(pc_feed *feed, const char *text, size_t length);
/* The end of the text. */
pc_feed_event pc_feed_end(pc_feed *feed);
/* Forgets a record that has begun. */
void pc_feed_reset(pc_feed *feed);
void pc_feed_close(pc_feed *feed);

#endif
