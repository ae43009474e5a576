/* The words by which offices head their columns and title their forms. */
#ifndef PC_SUBMISSION_HEADING_H
#define PC_SUBMISSION_HEADING_H

#include "base/buffer.h"

typedef enum pc_column {
    PC_COLUMN_FORM,
    PC_COLUMN_CODE,
    PC_COLUMN_LABEL,
    PC_COLUMN_UNIT, /* of measure; of a long table, the reporting unit */
    PC_COLUMN_VALUE,
    PC_COLUMN_NOTE,
    PC_COLUMN_PARENT,
    PC_COLUMN_PERIOD,
    PC_COLUMN_EDITION, /* of an archive */
    PC_COLUMNS
} pc_column;

/* What a column is by the words over it, or PC_COLUMNS. `*sure` tells that
 * the words are exactly those of a known heading, not only their beginning.
 * `scratch` is overwritten; if it has failed there was no memory. */
pc_column pc_heading_column(const char *text, pc_buffer *scratch, bool *sure);

enum {
    PC_PERIOD_PARTS = 8,
    PC_PERIOD_TEXT = 80,  /* with a zero byte */
    PC_PERIOD_DIGITS = 32 /* of the digest of a longer text */
};

/* A part of a year, as a heading names it, or any other text. Two are the same
 * if their texts are. */
typedef struct pc_period {
    unsigned year; /* 0 for any other text */
    /* 1 to 4 for a quarter, 5 or 6 for a half, 7 for nine months, 0 for all */
    unsigned part;
    char text[PC_PERIOD_TEXT]; /* "2022", "2022-Q1", "2022-H1", "2022-9M" */
} pc_period;

/* Whether a heading is a period ("y2015", "Năm 2015", "Quý I/2023", "6 tháng
 * đầu năm 2022"). */
bool pc_heading_period(const char *text, pc_period *period, pc_buffer *scratch);

/*
 * The same; a text that is none of those known is kept as it is. One too long
 * for that becomes its beginning and a digest of all of it, so that two that
 * differ stay two; read again this gives itself.
 */
pc_period pc_period_read(const char *text, pc_buffer *scratch);

/*
 * How near `a` comes to being the period before `b`, for what is counted from
 * the start of the year: 0 if it ends no earlier or in another year, otherwise
 * the more the later it ends. Of two that end together the one as long as `b`
 * comes nearer, else the longer one. Only equal periods come equally near.
 */
unsigned pc_period_nearness(const pc_period *a, const pc_period *b);
/* Whether `b` is the same part of the year behind that of `a`. */
bool pc_period_is_year_after(const pc_period *a, const pc_period *b);
/* Whether `b` begins where `a` ends and is as long, in one year. */
bool pc_period_adjoins(const pc_period *a, const pc_period *b);

/*
 * The number of the form that a title names ("Biểu mẫu số 3", "Phụ lục II",
 * "III. CẢI CÁCH ..."), written to `form` as digits; false if it names none.
 * `roman` allows a Roman number in front of other words.
 */
bool pc_heading_form(const char *text, bool roman, char form[8],
                     pc_buffer *scratch);

/* The value of a Roman number from 1 to 39 in lower case, or 0. */
unsigned pc_roman(const char *text, size_t length);

#endif
