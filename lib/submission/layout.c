#include <string.h>

#include "submission/steps.h"

static const char *const form_columns[PC_FORM_COLUMNS] = {
    "form", "code", "label", "unit", "value", "note"};

static size_t find_field(const pc_row *row, const char *name)
{
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(row->fields[i].text, name) == 0)
            return i;
    return PC_NONE;
}

/* A form names at least its codes or labels, and its values. */
static bool is_form(pc_input *input, const pc_row *heading)
{
    for (size_t i = 0; i < PC_FORM_COLUMNS; i++)
        input->form_columns[i] = find_field(heading, form_columns[i]);
    return input->form_columns[PC_COLUMN_VALUE] != PC_NONE &&
           (input->form_columns[PC_COLUMN_CODE] != PC_NONE ||
            input->form_columns[PC_COLUMN_LABEL] != PC_NONE);
}

static size_t count_names(const parcheck_edition *edition,
                          const pc_row *heading)
{
    size_t names = 0;

    for (size_t i = 0; i < edition->count; i++)
        names += find_field(heading, edition->indicators[i].name) != PC_NONE;
    return names;
}

/* The edition of a table family of which the heading names most columns,
 * the row's code and half of all among them. The first of several wins:
 * editions of a table that name the same columns judge alike. */
static bool is_table(pc_submission *s, pc_input *input, const pc_row *heading)
{
    size_t best = 0;

    if (find_field(heading, "stt") == PC_NONE)
        return false;
    for (size_t i = 0; i < s->schema->family_count; i++) {
        const parcheck_family *family = &s->schema->families[i];

        for (size_t j = 0; family->role_count > 0 && j < family->edition_count;
             j++) {
            const parcheck_edition *edition = &family->editions[j];
            size_t names = count_names(edition, heading);

            if (names > best && names * 2 >= edition->count) {
                best = names;
                input->family = family;
                input->edition = edition;
            }
        }
    }
    return best > 0;
}

static void report_no_heading(pc_submission *s, size_t input,
                              const pc_row *heading)
{
    pc_report_cell(s, PC_FILE_NO_HEADING,
                   pc_place_cell(s->arena, input, heading, 1),
                   (const char *[]){"form,code,label,unit,value,note; "
                                    "stt,unit_name,…",
                                    NULL});
}

bool pc_find_layouts(pc_submission *s)
{
    for (size_t i = 0; i < s->input_count; i++) {
        pc_input *input = &s->inputs[i];
        const pc_row *heading = pc_sheet_row(&input->sheet, 0);

        if (input->sheet.rows.count == 0)
            continue;
        if (is_form(input, heading))
            input->layout = PC_LAYOUT_FORM;
        else if (is_table(s, input, heading))
            input->layout = PC_LAYOUT_TABLE;
        else
            report_no_heading(s, i, heading);
        if (input->layout != PC_LAYOUT_NONE && input->sheet.rows.count == 1)
            pc_report_cell(s, PC_FILE_EMPTY,
                           pc_place_cell(s->arena, i, heading, 1), NULL);
    }
    return !s->findings->failed;
}
