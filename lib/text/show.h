/* Text as a person sees it: how wide it is and what may reach a terminal. */
#ifndef PC_TEXT_SHOW_H
#define PC_TEXT_SHOW_H

#include <stdint.h>

#include "base/buffer.h"

/* Columns that the text takes on a terminal. */
size_t pc_text_width(const char *text, size_t length);

/* Length in bytes of the longest front part that is at most `width` columns
 * wide and ends at a character. */
size_t pc_text_fit(const char *text, size_t length, size_t width);

/* Decodes the character at the front of a text that is not empty and returns
 * its length in bytes. `*safe` tells that it cannot steer a terminal or turn
 * the direction of writing; `safe` may be NULL. */
size_t pc_text_next(const char *text, size_t length, uint32_t *point,
                    bool *safe);

/* Appends the text with line breaks as spaces and every character that could
 * steer a terminal or turn the direction of writing made visible. */
void pc_text_visible(pc_buffer *out, const char *text, size_t length);

#endif
