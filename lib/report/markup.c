#include "report/markup.h"

#include <string.h>

#include "text/show.h"

/* The entity that stands for a character that means something in markup. */
static const char *entity(uint32_t point)
{
    switch (point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void pc_markup(pc_buffer *out, const char *text, const char *before,
               const char *after)
{
    size_t length = strlen(text);

    for (size_t at = 0; at < length;) {
        uint32_t point;
        bool safe;
        size_t step = pc_text_next(text + at, length - at, &point, &safe);

        if (entity(point) != NULL)
            pc_buffer_text(out, entity(point));
        else if (safe)
            pc_buffer_append(out, text + at, step);
        else if (point == '\n' || point == '\r' || point == '\t')
            pc_buffer_char(out, ' ');
        else
            pc_buffer_format(out, "%sU+%04X%s", before, (unsigned)point, after);
        at += step;
    }
}
