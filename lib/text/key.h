/* Text as it is compared: what labels and headings are looked up by. */
#ifndef PC_TEXT_KEY_H
#define PC_TEXT_KEY_H

#include "base/buffer.h"

/*
 * Replaces the content of `key` by the comparable form of `text`: letters
 * and digits only, in lower case and decomposed, runs of anything else as
 * one space, none at the ends. The tone mark of a word stands behind the
 * word, so that it does not matter over which vowel it was written ("hoà",
 * "hòa"). Two labels that differ in punctuation, white space, case,
 * composition or the place of tone marks have the same key. `text` must be
 * valid UTF-8. False without memory (`key` has failed then).
 */
bool pc_text_key(pc_buffer *key, const char *text, size_t length);

/* The same without any marks, and "đ" as "d": what remains of a heading that
 * was typed without accents. */
bool pc_text_plain(pc_buffer *key, const char *text, size_t length);

#endif
