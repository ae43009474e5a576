/* Text as it is compared: what labels and headings are looked up by. */
#ifndef PC_TEXT_KEY_H
#define PC_TEXT_KEY_H

#include "base/buffer.h"

/*
 * Replaces the content of `key` by the comparable form of `text`: letters
 * and digits only, in lower case and Unicode NFC, runs of anything else as
 * one space, none at the ends. Two labels that differ in punctuation, white
 * space, case or composition have the same key. `text` must be valid UTF-8.
 * False without memory (`key` has failed then).
 */
bool pc_text_key(pc_buffer *key, const char *text, size_t length);

#endif
