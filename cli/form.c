#include "form.h"

#include <stdio.h>
#include <string.h>

#include "cli.h"

enum { FORM_COLUMNS = 6 };

static const struct {
    const char *vi;
    const char *en;
    int width;
} form_columns[FORM_COLUMNS] = {
    {"Biểu", "form", 7},       {"STT", "code", 9},
    {"Chỉ tiêu", "label", 60}, {"Đơn vị tính", "unit", 14},
    {"Số liệu", "value", 14},  {"Ghi chú", "note", 30},
};

bool form_is_table(const form *f)
{
    return parcheck_family_role_count(f->family) > 0;
}

size_t form_heading_lines(const form *f)
{
    return form_is_table(f) ? 2 : 1;
}

static bool is_named(const parcheck_indicator *row, const char *name)
{
    return strcmp(parcheck_indicator_name(row), name) == 0;
}

size_t form_label_columns(const form *f)
{
    size_t count = 0;

    if (!form_is_table(f))
        return 3;
    while (count < parcheck_edition_indicator_count(f->edition) &&
           parcheck_indicator_kind(
               parcheck_edition_indicator(f->edition, count)) == PARCHECK_TEXT)
        count++;
    return count;
}

size_t form_column_count(const form *f)
{
    return form_is_table(f) ? parcheck_edition_indicator_count(f->edition)
                            : FORM_COLUMNS;
}

int form_column_width(const form *f, size_t column)
{
    const parcheck_indicator *row;

    if (!form_is_table(f))
        return form_columns[column].width;
    row = parcheck_edition_indicator(f->edition, column);
    if (is_named(row, "stt"))
        return 7;
    return parcheck_indicator_kind(row) == PARCHECK_TEXT ? 36 : 14;
}

bool form_exists(const form *f)
{
    for (size_t i = 0; i < parcheck_edition_indicator_count(f->edition); i++)
        if (strcmp(f->only, parcheck_indicator_form(parcheck_edition_indicator(
                                f->edition, i))) == 0)
            return true;
    return false;
}

static bool put(const form_writer *w, form_style style, const char *text,
                const parcheck_indicator *row)
{
    const form_cell cell = {style, text, row};

    return w->cell(w->context, &cell);
}

/* ---- a form: a line for each indicator ---------------------------------- */

static bool put_form_heading(const form *f, const form_writer *w)
{
    for (size_t i = 0; i < FORM_COLUMNS; i++)
        if (!put(w, FORM_HEADING,
                 say(f->language, form_columns[i].vi, form_columns[i].en),
                 NULL))
            return false;
    return w->end_line(w->context);
}

/* The choices, unless the unit of measurement says them already. */
static const char *note(const parcheck_indicator *row)
{
    return strchr(parcheck_indicator_unit(row), '=') == NULL
               ? parcheck_indicator_choices(row)
               : "";
}

static bool put_form_line(const form_writer *w, const parcheck_indicator *row)
{
    bool group = parcheck_indicator_kind(row) == PARCHECK_GROUP;
    form_style style = group ? FORM_GROUP : FORM_TEXT;

    return put(w, style, parcheck_indicator_form(row), row) &&
           put(w, style, parcheck_indicator_code(row), row) &&
           put(w, style, parcheck_indicator_label(row), row) &&
           put(w, style, parcheck_indicator_unit(row), row) &&
           put(w, group ? FORM_GROUP : FORM_VALUE, "", row) &&
           put(w, FORM_FREE, note(row), row) && w->end_line(w->context);
}

static bool put_form(const form *f, const form_writer *w)
{
    bool done = put_form_heading(f, w);

    for (size_t i = 0; done && i < parcheck_edition_indicator_count(f->edition);
         i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(f->edition,
                                                                   i);

        if (f->only == NULL ||
            strcmp(f->only, parcheck_indicator_form(row)) == 0)
            done = put_form_line(w, row);
    }
    return done;
}

/* ---- a table: a column for each indicator -------------------------------- */

/* The labels, and below them the numbers of the columns, by which a table is
 * known. */
static bool put_table_heading(const form *f, const form_writer *w)
{
    size_t count = form_column_count(f);
    bool done = true;

    for (size_t i = 0; done && i < count; i++)
        done = put(
            w, FORM_HEADING,
            parcheck_indicator_label(parcheck_edition_indicator(f->edition, i)),
            NULL);
    done = done && w->end_line(w->context);
    for (size_t i = 0; done && i < count; i++)
        done = put(
            w, FORM_HEADING,
            parcheck_indicator_code(parcheck_edition_indicator(f->edition, i)),
            NULL);
    return done && w->end_line(w->context);
}

/* `number` is 0 for a role of which there is one line. */
static bool put_table_line(const form *f, const form_writer *w, size_t role,
                           size_t number)
{
    char digits[24];
    bool done = true;

    (void)snprintf(digits, sizeof digits, "%zu", number);
    for (size_t i = 0; done && i < form_column_count(f); i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(f->edition,
                                                                   i);

        if (is_named(row, "stt"))
            done = put(w, FORM_TEXT,
                       number > 0 ? digits
                                  : parcheck_family_role_code(f->family, role),
                       row);
        else if (parcheck_indicator_kind(row) != PARCHECK_TEXT)
            done = put(w, FORM_VALUE, "", row);
        else
            done = put(
                w, FORM_FREE,
                number == 0 && is_named(row, "unit_name")
                    ? parcheck_family_role_title(f->family, role, f->language)
                    : "",
                row);
    }
    return done && w->end_line(w->context);
}

static bool put_table(const form *f, const form_writer *w)
{
    bool done = put_table_heading(f, w);

    for (size_t i = 0; done && i < parcheck_family_role_count(f->family); i++) {
        bool many = strcmp(parcheck_family_role_code(f->family, i), "#") == 0;

        if (!many)
            done = put_table_line(f, w, i, 0);
        for (size_t k = 1; done && many && k <= f->units; k++)
            done = put_table_line(f, w, i, k);
    }
    return done;
}

bool form_write(const form *f, const form_writer *writer)
{
    return form_is_table(f) ? put_table(f, writer) : put_form(f, writer);
}
