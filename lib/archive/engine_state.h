/* What the two halves of the engine share: engine.c knows submissions,
 * engine_text.c where they stand. */
#ifndef PC_ARCHIVE_ENGINE_STATE_H
#define PC_ARCHIVE_ENGINE_STATE_H

#include "archive/codes.h"
#include "archive/engine.h"
#include "csv/feed.h"

enum { MOST_FORMS = 64 };

/* What a column holds, as a small number. */
typedef enum role {
    ROLE_NONE,
    ROLE_UNIT,
    ROLE_PERIOD,
    ROLE_PARENT,
    ROLE_EDITION,
    ROLE_FORM,
    ROLE_CODE,
    ROLE_LABEL,
    ROLE_VALUE,
    ROLES
} role;

/* A column, and the text that its next field will nearly always have. */
typedef struct field {
    const char *text;
    size_t length; /* SIZE_MAX: every text has to be looked at */
    role role;
} field;

/* Lines that libcsv reads at once: none has a quote, so that each is a record
 * or blank. Where one begins is not followed, but may be asked. */
typedef struct plain_lines {
    bool reading;
    bool after_return; /* a LF here belongs to the CR before it */
    bool returns;      /* there are CRs */
    const char *at;    /* the last line that was asked for */
    size_t line;       /* its number */
    const char *end;
} plain_lines;

/* The compiled rules of an edition, with the rows that each form has. */
typedef struct ready {
    pc_quick quick;
    uint32_t expected[MOST_FORMS];
    size_t forms;
    bool usable;
    bool made;
} ready;

struct pc_engine {
    const pc_archive *archive;
    parcheck_allocator allocator;
    pc_arena arena;
    pc_feed *feed;
    pc_on_group on_group;
    void *context;
    bool failed; /* no memory, or stopped */

    /* ---- the record that is read ---- */
    field *fields; /* those of the columns, and a last one for all others */
    field *next;
    field *of_role[ROLES]; /* `nowhere` if no column has it */
    field nowhere;
    size_t width;   /* columns of the heading */
    size_t least;   /* columns that a row needs */
    bool beyond;    /* there are more */
    unsigned other; /* roles whose text is not the expected one, as bits */
    pc_buffer texts[ROLES]; /* of those */
    int64_t value;
    /* Apart: two bytes that were just stored are slow to load as one word. */
    uint8_t scale;
    bool odd_value; /* has to be read by value/literal.h */
    uint8_t state;  /* pc_fact_state */
    bool ambiguous;
    bool ended; /* the record callback has come */
    bool bad;   /* it was too short, or cannot be read */

    /* ---- what is expected of the next one ---- */
    pc_entry *expected;
    pc_entry *last;

    /* ---- the submission that is open ---- */
    bool open;
    bool leading; /* nothing but records that could not be read */
    pc_buffer unit;
    pc_buffer period; /* as it is written */
    bool period_is_text;
    pc_buffer parent;
    pc_buffer edition; /* as its column says */
    pc_period read_period;
    size_t group_line;
    size_t group_offset;
    size_t rows;
    bool plain; /* nothing in it needs to be told, so far */
    size_t parent_line;     /* where it is named */
    pc_buffer other_parent; /* what a row names otherwise than the first */
    pc_buffer other_edition;
    size_t other_parent_line; /* 0: none does */
    size_t other_edition_line;
    bool over;           /* beyond the ceiling: its text is not kept */
    uint64_t editions;   /* that have every row, and may be meant */
    uint64_t candidates; /* the editions that may be meant */
    pc_quick_fact *facts;
    size_t symbols;            /* room in `facts` */
    uint32_t seen[MOST_FORMS]; /* rows by form */

    /* ---- editions ---- */
    pc_codes codes;
    ready *editions_ready;
    size_t guess;        /* number of the edition by which facts are kept */
    pc_submission empty; /* for the wide evaluation */
    pc_judging judging;

    /* ---- the text: the open submission and what is read stand in one
     * piece, which is `carry` or the caller's ---- */
    const char *group_at;  /* where the open submission begins; NULL: in the
                              plain lines, at its line */
    const char *record_at; /* where the record that is read begins */
    const char *base;      /* byte number `base_offset` of the input */
    size_t base_offset;
    size_t line; /* of the next line */
    size_t record_line;
    plain_lines lines;
    pc_buffer carry; /* between two calls: the open submission and behind it
                        what was not read */
    size_t unread;   /* bytes of `carry` */
    size_t retry;    /* with fewer of them nothing is tried */
    enum { SKIP_NOTHING, SKIP_LINE, SKIP_FEED } skips; /* before more is read:
                    the rest of a line, or the LF of a CR that ended it */
    size_t cut; /* the last line if the text ended within its record, or 0 */
    uint64_t reread; /* bytes that were read again */
    uint64_t earlier; /* bytes before the text that its place says nothing of */
    pc_buffer scratch;
    pc_buffer breaks; /* of pc_break, in the open submission */
    bool holds;
};

/* ---- engine.c ---- */

/* Ends the open submission, before the record that is read. */
bool pc_engine_finish_group(pc_engine *engine);
/* Forgets it. */
void pc_engine_clear_group(pc_engine *engine);

/* Forgets the fields of the record that is read. */
void pc_engine_begin_record(pc_engine *engine);
/* A record that is too short to say what it is about, or cannot be read,
 * belongs to the one before it. */
void pc_engine_bad_record(pc_engine *engine);

/* ---- engine_text.c ---- */

/* Finds out where the open submission and the record behind it begin. */
void pc_engine_locate(pc_engine *engine);

#endif
