#include "csv/feed.h"

#include "csv/parser.h"

struct pc_feed {
    parcheck_allocator allocator;
    struct csv_parser parser;
    pc_feed_field field;
    pc_feed_record record;
    void *context;
    char delimiter;
};

void pc_feed_reset(pc_feed *feed)
{
    pc_parser_reset(&feed->parser, feed->delimiter);
    (void)csv_set_opts(&feed->parser,
                       (unsigned char)(csv_get_opts(&feed->parser) |
                                       CSV_REPALL_NL));
}

pc_feed *pc_feed_open(char delimiter, size_t field_bytes, pc_feed_field field,
                      pc_feed_record record, void *context,
                      const parcheck_allocator *allocator)
{
    pc_feed *feed = pc_resize(allocator, NULL, sizeof *feed);

    if (feed == NULL)
        return NULL;
    feed->allocator = *allocator;
    feed->field = field;
    feed->record = record;
    feed->context = context;
    feed->delimiter = delimiter;
    if (!pc_parser_open(&feed->parser, delimiter, field_bytes, allocator)) {
        pc_release(allocator, feed);
        return NULL;
    }
    pc_feed_reset(feed);
    return feed;
}

static pc_feed_event problem(pc_feed *feed)
{
    pc_feed_event event = PC_FEED_NO_MEMORY;

    if (csv_error(&feed->parser) == CSV_EPARSE)
        event = PC_FEED_BROKEN;
    else if (pc_parser_is_full(&feed->parser))
        event = PC_FEED_LONG_FIELD;
    pc_feed_reset(feed);
    return event;
}

pc_feed_event pc_feed_lines(pc_feed *feed, const char *text, size_t length)
{
    if (csv_parse(&feed->parser, text, length, feed->field, feed->record,
                  feed->context) == length)
        return PC_FEED_OK;
    return problem(feed);
}

pc_feed_event pc_feed_end(pc_feed *feed)
{
    if (csv_fini(&feed->parser, feed->field, feed->record, feed->context) == 0)
        return PC_FEED_OK;
    return problem(feed);
}

void pc_feed_close(pc_feed *feed)
{
    if (feed == NULL)
        return;
    pc_parser_close(&feed->parser);
    pc_release(&feed->allocator, feed);
}
