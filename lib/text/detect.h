/* Which encoding bytes are in. */
#ifndef PC_TEXT_DETECT_H
#define PC_TEXT_DETECT_H

#include "text/charset.h"

typedef enum pc_detected_by {
    PC_BY_OPTION = 0, /* the user said so */
    PC_BY_ASCII,      /* nothing but ASCII, which all of them share */
    PC_BY_MARK,       /* a byte order mark */
    PC_BY_ZEROS,      /* every second byte is zero: UTF-16 without a mark */
    PC_BY_VALIDITY,   /* valid UTF-8 beyond ASCII */
    PC_BY_SCORE,      /* read so, it is Vietnamese */
    PC_BY_DEFAULT     /* nothing fits: UTF-8, with undecodable bytes */
} pc_detected_by;

/* Scores are the thousandth parts of the words with letters beyond ASCII
 * that are Vietnamese syllables if the bytes are read so. */
enum { PC_SCORE_FULL = 1000 };

typedef struct pc_detected {
    pc_charset charset; /* never PC_UTF_16: the byte order is settled */
    pc_detected_by by;
    bool unsure;
    /* From here on for PC_BY_SCORE and PC_BY_DEFAULT. */
    size_t letters;       /* beyond ASCII that the decision rests on */
    unsigned score;       /* of `charset` */
    pc_charset runner_up; /* the next best that gives another text */
    unsigned runner_up_score;
    /* Encodings that were not tried because the system cannot decode them,
     * as bits (1 << charset): with any, the result is unsure. */
    unsigned untried;
} pc_detected;

/*
 * Finds the encoding. A guess by score is unsure if it rests on fewer than
 * 20 letters beyond ASCII, if fewer than four fifths of the words fit, if the
 * runner-up comes close, or if some encoding could not be tried. Between
 * TCVN 5712 and TCVN3, which share their lower-case letters, TCVN3 is named
 * unless the bytes that differ between them make more sense in TCVN 5712;
 * where no byte differs, both give the same text.
 *
 * Looks at all bytes for validity and at 64 KiB from the first byte beyond
 * ASCII on for the score. False without memory.
 */
bool pc_detect(pc_detected *detected, const char *bytes, size_t length,
               const parcheck_allocator *allocator);

/* The result for an encoding that was given; it settles the byte order of
 * PC_UTF_16 by the mark, else by where the zero bytes stand. */
void pc_detect_given(pc_detected *detected, pc_charset charset,
                     const char *bytes, size_t length);

#endif
