/* An archive: many submissions in one long table, judged as they come. */
#ifndef PC_ARCHIVE_ARCHIVE_H
#define PC_ARCHIVE_ARCHIVE_H

#include "rule/judge.h"
#include "rule/quick.h"

/* More, and every submission is read whole. */
enum { PC_ARCHIVE_EDITIONS = 64 };

/* What all parts of a run share; it does not change once it is made. */
typedef struct pc_archive {
    const parcheck_schema *schema;
    const char *edition; /* asked for, or NULL */
    size_t field_bytes;
    size_t fields;
    size_t findings;         /* of one code in one submission */
    size_t submission_bytes; /* of one submission in the input */
    size_t held_bytes; /* of rows that wait for the end */
    size_t across_bytes; /* of what rules across submissions need */
    bool explain;
    /* The heading, once it is found. */
    char delimiter;
    const pc_row *heading; /* its lines */
    size_t heading_lines;
    size_t columns[PC_COLUMNS];
    /* The editions of forms, numbered; PC_ARCHIVE_EDITIONS at most. */
    const parcheck_edition *editions[PC_ARCHIVE_EDITIONS];
    size_t edition_count;
    bool too_many; /* there are more */
} pc_archive;

/* What is to be told of one submission; owns it all. */
typedef struct pc_told {
    const char *unit; /* whose it is; NULL: it is of the file */
    const char *period;
    size_t line; /* where its rows begin, or 0 */
    pc_arena arena;
    pc_findings findings;
    pc_verdicts verdicts;
} pc_told;

/* For rules that name a role: here nothing has one. NULL without memory. */
pc_presence *pc_no_roles(const parcheck_schema *schema, pc_arena *arena);

/* NULL without memory. */
pc_told *pc_told_new(const pc_archive *archive,
                     const parcheck_allocator *allocator);
void pc_told_free(pc_told *told);
/* Says whose submission it is of, and where that begins. Bytes of the unit that
 * are not UTF-8 are U+FFFD; "" stands for none. False without memory. */
bool pc_told_about(pc_told *told, const char *unit, size_t length,
                   const char *period, size_t line);
/* A text of the input as it is shown. NULL without memory. */
const char *pc_told_text(pc_told *told, const char *text, size_t length);
/* Adds a finding about a line. */
void pc_told_line(pc_told *told, pc_code code, size_t line,
                  const char *const *arguments);
/* Gives each finding its unit, period and place, and all their order. False
 * without memory. */
bool pc_told_finish(pc_told *told);

/* What a row of a submission says otherwise than the rows before it. */
typedef struct pc_other {
    const char *text; /* not terminated; NULL: none does */
    size_t length;
    size_t line;
} pc_other;

/* What came of one submission. */
typedef struct pc_group {
    const char *unit; /* not terminated */
    size_t unit_length;
    const char *parent; /* likewise */
    size_t parent_length;
    size_t parent_line;
    const char *asked; /* the edition that its rows name, likewise */
    size_t asked_length;
    pc_other other_parent;
    pc_other other_edition;
    pc_period period;
    size_t line; /* where it begins */
    size_t rows;
    const parcheck_edition *edition; /* NULL: none could be found */
    const pc_quick_fact *facts;      /* by symbol, NULL without edition */
    size_t counts[4];                /* rules by outcome */
    pc_told *told; /* NULL if there is nothing to tell; the receiver's */
    const char *text; /* of an engine that only holds: not judged */
    size_t length;
    bool over; /* there was more of it than may be held */
} pc_group;

/* At byte `offset` of a piece line number `line` of the input begins. */
typedef struct pc_break {
    size_t offset;
    size_t line;
} pc_break;

/* A piece of an input that holds the rows of one submission. */
typedef struct pc_piece {
    const char *text; /* whole lines */
    size_t length;
    size_t line;         /* of the first */
    size_t offset;       /* of its first byte in the input, for messages */
    const struct pc_break *breaks; /* where another line follows */
    size_t break_count;
    const char *edition; /* asked for, or NULL */
} pc_piece;

/*
 * Reads and judges one submission as parcheck_validate() does, with every
 * finding. Fills edition, counts and `told` of the group, and its facts if
 * `facts` is not NULL (as many as any family has symbols). False without
 * memory.
 */
bool pc_judge_piece(pc_group *group, const pc_archive *archive,
                    const pc_piece *piece, pc_quick_fact *facts,
                    const parcheck_allocator *allocator);

#endif
