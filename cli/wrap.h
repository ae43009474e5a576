/* Text in lines of 80 columns. */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* Columns that the text takes on a terminal. */
size_t text_columns(const char *text);

/* Writes the text as it is, but for what could steer a terminal or turn the
 * direction of writing: that is shown as <U+...>. Returns its columns. */
size_t put_text(FILE *out, const char *text);

/* Writes the text and ends the line. The first line has `used` columns
 * already, the others begin behind `indent` spaces. Spaces and line breaks
 * stand for one space; otherwise it is written like put_text(). */
void wrap_text(FILE *out, const char *text, size_t used, size_t indent);
/* The same on a line of its own. */
void wrap_indented(FILE *out, const char *text, size_t indent);

#endif
