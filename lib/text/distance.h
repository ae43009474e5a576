/* How far two texts are from each other. */
#ifndef PC_TEXT_DISTANCE_H
#define PC_TEXT_DISTANCE_H

#include <stddef.h>

/* Longer texts are never near each other. */
enum { PC_DISTANCE_LETTERS = 512 };

/*
 * The least number of letters to add, drop or replace that makes one UTF-8
 * text the other (Levenshtein 1966), or `most` + 1 if it is more than `most`.
 * Costs as many steps as the shorter text has letters, times 2 * `most` + 1.
 */
size_t pc_text_distance(const char *a, size_t a_length, const char *b,
                        size_t b_length, size_t most);

/* How many letters a text has, which must be valid UTF-8. Two texts are at
 * least as far from each other as their numbers of letters. */
size_t pc_text_letters(const char *text, size_t length);

#endif
