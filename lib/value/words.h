/* Words in a cell, as they are compared. */
#ifndef PC_VALUE_WORDS_H
#define PC_VALUE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { PC_WORDS = 256 };

/* The key of a short text (text/key.h), which needs no memory. */
typedef struct pc_words {
    char text[PC_WORDS];
    size_t length; /* 0 if there are no words, or too many */
} pc_words;

pc_words pc_words_of(const char *text, size_t length);

/* Whether both are the same words; without words they never are. */
bool pc_words_equal(const pc_words *a, const pc_words *b);
bool pc_words_are(const pc_words *words, const char *text);

#endif
