/* Text that goes into HTML or XML. */
#ifndef PC_REPORT_MARKUP_H
#define PC_REPORT_MARKUP_H

#include "base/buffer.h"

/* Appends the text so that no character of it is markup, neither between tags
 * nor in an attribute with double quotes. Line breaks become spaces; what
 * could steer a terminal or turn the direction of writing, and what XML does
 * not allow, becomes "U+202E" between `before` and `after`, which are
 * markup. */
void pc_markup(pc_buffer *out, const char *text, const char *before,
               const char *after);

#endif
