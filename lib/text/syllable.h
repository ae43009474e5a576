/* Whether a word can be a Vietnamese syllable. */
#ifndef PC_TEXT_SYLLABLE_H
#define PC_TEXT_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * `points` is one word in lower case and NFC. True if it is an onset, a
 * nucleus and a coda that go together, with at most one tone mark on the
 * nucleus (wherever it stands there: both "hoà" and "hòa"), which before c,
 * ch, p and t is sắc or nặng. It is a measure for how Vietnamese a text looks
 * and a little generous: what it accepts need not be a word.
 */
bool pc_is_syllable(const uint32_t *points, size_t count);

#endif
