#include "csv/parser.h"

#include <stdint.h>

enum { FIRST_ENTRY = 256, SLACK = 3 };

/*
 * libcsv gives its allocation hooks no context. So it is handed a first entry
 * buffer with this header in front, and the hooks find the allocator there.
 */
typedef struct entry_header {
    parcheck_allocator allocator;
    size_t maximum;
    bool too_long; /* the last growth was refused for the maximum */
    max_align_t data[];
} entry_header;

static entry_header *header_of(void *entry)
{
    return (entry_header *)((char *)entry - offsetof(entry_header, data));
}

static void *resize_entry(void *entry, size_t size)
{
    entry_header *header = header_of(entry);

    header->too_long = size > header->maximum;
    if (header->too_long || size > SIZE_MAX - sizeof *header)
        return NULL;
    header = pc_resize(&header->allocator, header, sizeof *header + size);
    return header != NULL ? header->data : NULL;
}

static void release_entry(void *entry)
{
    entry_header *header;

    if (entry == NULL)
        return;
    header = header_of(entry);
    parcheck_allocator allocator = header->allocator;
    pc_release(&allocator, header);
}

void pc_parser_reset(struct csv_parser *parser, char delimiter)
{
    unsigned char *entry = parser->entry_buf;
    size_t size = parser->entry_size;

    (void)csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_realloc_func(parser, resize_entry);
    csv_set_free_func(parser, release_entry);
    csv_set_blk_size(parser, FIRST_ENTRY);
    csv_set_delim(parser, (unsigned char)delimiter);
    parser->entry_buf = entry;
    parser->entry_size = size;
}

bool pc_parser_open(struct csv_parser *parser, char delimiter,
                    size_t field_bytes, const parcheck_allocator *allocator)
{
    entry_header *header = pc_resize(allocator, NULL,
                                     sizeof *header + FIRST_ENTRY);

    if (header == NULL)
        return false;
    header->allocator = *allocator;
    header->maximum = field_bytes < SIZE_MAX - SLACK ? field_bytes + SLACK
                                                     : SIZE_MAX;
    header->too_long = false;
    parser->entry_buf = (unsigned char *)header->data;
    parser->entry_size = FIRST_ENTRY;
    pc_parser_reset(parser, delimiter);
    return true;
}

bool pc_parser_is_full(const struct csv_parser *parser)
{
    return header_of(parser->entry_buf)->too_long;
}

void pc_parser_close(struct csv_parser *parser)
{
    csv_free(parser);
}
