/* How far two texts are from each other. */
#ifndef PC_TEXT_DISTANCE_H
#define PC_TEXT_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer texts are never near each other. */
enum { PC_DISTANCE_LETTERS = 512 };

/*
 * The least number of letters to add, drop or replace that makes one UTF-8
 * text the other (Levenshtein 1966), or `most` + 1 if it is more than `most`.
 * Costs as many steps as the shorter text has letters, times 2 * `most` + 1.
 */
size_t pc_text_distance(const char *a, size_t a_length, const char *b,
                        size_t b_length, size_t most);

/*
 * What is known of a text without its order: how many letters it has, and a
 * set of the letters, of 64 kinds. One letter that is added, dropped or
 * replaced changes the number by one and the set by two at most, which tells
 * most texts apart at no cost.
 */
typedef struct pc_sketch {
    size_t letters;
    uint64_t kinds;
} pc_sketch;

/* The text must be valid UTF-8. */
pc_sketch pc_text_sketch(const char *text, size_t length);

/* Whether two texts are certain to be more than `most` apart. */
bool pc_sketch_is_far(const pc_sketch *a, const pc_sketch *b, size_t most);

#endif
