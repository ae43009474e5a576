/* The rows that an archive names, each looked up once. */
#ifndef PC_ARCHIVE_CODES_H
#define PC_ARCHIVE_CODES_H

#include "archive/archive.h"

/* What form, code and label together stand for. */
typedef struct pc_entry {
    const char *key; /* form, code and label, a zero behind each */
    const char *code;
    const char *label;
    size_t form_length;
    size_t code_length;
    size_t label_length;
    uint64_t editions; /* that have just this row, as bits */
    const parcheck_indicator **rows; /* by number of the edition */
    struct pc_entry *next;           /* the one that came behind it last */
    bool is_heading;                 /* it is the heading again */
    /* In the edition that is guessed: */
    int32_t fact; /* its symbol; -1 if it is none of its rows */
    uint32_t form; /* number of the form */
    parcheck_kind kind;
    uint64_t allowed; /* values below 64 that a choice may have, as bits */
    bool any_value;   /* a rule lists the values */
} pc_entry;

typedef struct pc_codes {
    const pc_archive *archive;
    pc_arena arena;
    pc_map by_key; /* to the index in `list` */
    pc_list list;  /* of pc_entry * */
    pc_buffer scratch;
    pc_buffer label;
    pc_entry unknown; /* once there are too many */
    pc_entry heading; /* the heading again, behind them */
    const parcheck_edition *guess;
} pc_codes;

void pc_codes_init(pc_codes *codes, const pc_archive *archive,
                   const parcheck_allocator *allocator);
void pc_codes_free(pc_codes *codes);

/* A field of a row; the text need not be terminated. */
typedef struct pc_span {
    const char *text;
    size_t length;
} pc_span;

/* The entry of a row; NULL without memory. */
pc_entry *pc_codes_find(pc_codes *codes, pc_span form, pc_span code,
                        pc_span label);

/* Lets the entries speak of an edition. */
void pc_codes_guess(pc_codes *codes, const parcheck_edition *edition);

#endif
