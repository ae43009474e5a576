#include "archive/names.h"

#include "submission/steps.h"

void pc_names_init(pc_names *names, const parcheck_allocator *allocator)
{
    names->count = 0;
    pc_buffer_init(&names->text, allocator, SIZE_MAX / 8);
}

/* Whether the next one is still named. */
static bool has_room(pc_names *names)
{
    if (names->count++ >= PC_MOST_NAMED)
        return false;
    if (names->count > 1)
        pc_buffer_text(&names->text, "; ");
    return true;
}

void pc_names_row(pc_names *names, const parcheck_indicator *row)
{
    if (has_room(names))
        pc_buffer_format(&names->text, "%s:%s", row->form, pc_row_title(row));
}

void pc_names_unit(pc_names *names, const pc_archive_unit *unit)
{
    if (!has_room(names))
        return;
    pc_buffer_text(&names->text, unit->name);
    if (unit->title != NULL)
        pc_buffer_format(&names->text, " (%s)", unit->title);
}

const char *pc_names_end(pc_names *names)
{
    if (names->count > PC_MOST_NAMED)
        pc_buffer_text(&names->text, "; …");
    pc_buffer_append(&names->text, "", 0);
    return names->text.failed         ? NULL
           : names->text.data != NULL ? names->text.data
                                      : "";
}
