#include "form_csv.h"

#include <string.h>

typedef struct csv_writer {
    FILE *file;
    char delimiter;
    bool behind_first; /* of the line */
} csv_writer;

static bool needs_quotes(const char *text, char delimiter)
{
    const char special[] = {delimiter, '"', '\n', '\r', '\0'};
    size_t length = strlen(text);

    return strpbrk(text, special) != NULL || text[0] == ' ' ||
           (length > 0 && text[length - 1] == ' ');
}

/* A spreadsheet takes "- of the province" for a formula and shows an error in
 * its place. Behind an apostrophe it is a text; when rows are found, neither
 * counts. */
static bool looks_like_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

static void put_quoted(FILE *file, const char *apostrophe, const char *text)
{
    fprintf(file, "\"%s", apostrophe);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

static bool put_cell(void *context, const form_cell *cell)
{
    csv_writer *w = context;
    const char *apostrophe = looks_like_formula(cell->text) ? "'" : "";

    if (w->behind_first)
        fputc(w->delimiter, w->file);
    w->behind_first = true;
    if (needs_quotes(cell->text, w->delimiter))
        put_quoted(w->file, apostrophe, cell->text);
    else
        fprintf(w->file, "%s%s", apostrophe, cell->text);
    return ferror(w->file) == 0;
}

static bool end_line(void *context)
{
    csv_writer *w = context;

    w->behind_first = false;
    return fputs("\r\n", w->file) >= 0;
}

bool form_write_csv(const form *f, const csv_style *style, FILE *file)
{
    csv_writer w = {file, style->delimiter, false};
    const form_writer writer = {put_cell, end_line, &w};

    if (style->mark)
        fputs("\xEF\xBB\xBF", file);
    return form_write(f, &writer) && ferror(file) == 0;
}
