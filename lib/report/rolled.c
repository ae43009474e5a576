/* Totals as the long table that an archive is: who reads one reads the other.
 */
#include <string.h>

#include "report/rolled.h"

/* What a reader could take for the end of the field, or lose. */
static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);

    return text[strcspn(text, "\",;\t\r\n")] != '\0' ||
           (length > 0 && ((unsigned char)text[0] <= ' ' ||
                           (unsigned char)text[length - 1] <= ' '));
}

static void put_field(pc_buffer *out, const char *text, char behind)
{
    bool quoted = needs_quotes(text);

    if (quoted)
        pc_buffer_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            pc_buffer_char(out, '"');
        pc_buffer_char(out, *text);
    }
    if (quoted)
        pc_buffer_char(out, '"');
    pc_buffer_char(out, behind);
}

void pc_write_rolled_heading(pc_writer *writer)
{
    pc_buffer_text(&writer->text,
                   "unit,parent,period,edition,form,code,label,value\n");
}

static void write_row(pc_buffer *out, const pc_rolled *rolled,
                      const parcheck_indicator *row, const char *value)
{
    put_field(out, rolled->unit, ',');
    put_field(out, rolled->parent, ',');
    put_field(out, rolled->period, ',');
    pc_buffer_format(out, "%s/%s,", rolled->edition->family->name,
                     rolled->edition->name);
    put_field(out, row->form, ',');
    put_field(out, row->code, ',');
    put_field(out, row->label, ',');
    put_field(out, value, '\n');
}

void pc_write_rolled(pc_writer *writer, const pc_rolled *rolled)
{
    for (size_t i = 0; i < rolled->edition->count; i++)
        if (rolled->values[i] != NULL)
            write_row(&writer->text, rolled, &rolled->edition->indicators[i],
                      rolled->values[i]);
    pc_writer_flush(writer, false);
}
