/* The beginning of an archive: encoding, delimiter, heading, order. */
#ifndef PC_ARCHIVE_OPENING_H
#define PC_ARCHIVE_OPENING_H

#include "archive/archive.h"
#include "text/charset.h"

/* How much of an input is looked at before anything of it is judged. */
enum { PC_OPENING = 1 << 18 };

typedef struct pc_opening_options {
    const pc_charset *encoding; /* NULL to find it */
    char delimiter;             /* 0 to find it */
    bool at_end;                /* the bytes are the whole input */
} pc_opening_options;

typedef struct pc_opening {
    pc_charset charset;
    bool found;    /* there is a heading; else the findings say why not */
    bool more;     /* nobody knows yet whether there are rows */
    bool grouped;  /* no submission comes again behind another one */
    size_t bytes;  /* of those given that are decoded */
    pc_buffer text; /* what they are in UTF-8, if they are not it */
    const char *rows; /* the text behind the heading */
    size_t length;
    size_t line;   /* of its first line */
    size_t offset; /* of its first byte, in the text */
    pc_bad_bytes bad;
} pc_opening;

/*
 * Looks at the first bytes of an input. Fills the heading of `archive` (in
 * `arena`), and adds to the findings what is to be said of the file. False
 * without memory. The bytes must outlive the opening.
 */
bool pc_opening_read(pc_opening *opening, pc_archive *archive,
                     const char *bytes, size_t length,
                     const pc_opening_options *options, pc_told *told,
                     pc_arena *arena);
void pc_opening_free(pc_opening *opening);

#endif
