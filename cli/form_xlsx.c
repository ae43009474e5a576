#include "form_xlsx.h"

#include "cli.h"

#ifndef PARCHECK_XLSX

bool form_has_xlsx(void)
{
    return false;
}

bool form_write_xlsx(const form *f, const char *path)
{
    (void)f;
    (void)path;
    return false;
}

#else

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include <xlsxwriter.h>

/*
 * The library is loaded when a workbook is asked for, and not with the
 * program: it brings a cryptographic library along, which would make every
 * check take twice its time.
 */
#define XLSX_FUNCTIONS(F)                                                      \
    F(format_set_align)                                                        \
    F(format_set_bg_color)                                                     \
    F(format_set_bold)                                                         \
    F(format_set_border)                                                       \
    F(format_set_num_format)                                                   \
    F(format_set_text_wrap)                                                    \
    F(format_set_unlocked)                                                     \
    F(workbook_add_format)                                                     \
    F(workbook_add_worksheet)                                                  \
    F(workbook_close)                                                          \
    F(workbook_new)                                                            \
    F(workbook_set_properties)                                                 \
    F(worksheet_data_validation_range)                                         \
    F(worksheet_fit_to_pages)                                                  \
    F(worksheet_freeze_panes)                                                  \
    F(worksheet_protect)                                                       \
    F(worksheet_repeat_rows)                                                   \
    F(worksheet_set_column)                                                    \
    F(worksheet_set_landscape)                                                 \
    F(worksheet_set_paper)                                                     \
    F(worksheet_write_blank)                                                   \
    F(worksheet_write_string)

static struct xlsx_library {
#define MEMBER(name) __typeof__(name) *name;
    XLSX_FUNCTIONS(MEMBER)
#undef MEMBER
} xlsx;

/* A pointer to a function out of one to an object, as POSIX has it. */
static bool find_function(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);

    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static bool load_library(void)
{
    void *library = dlopen(PARCHECK_XLSX, RTLD_NOW | RTLD_LOCAL);

    return library != NULL
#define FIND(name) &&find_function(library, #name, &xlsx.name)
                          XLSX_FUNCTIONS(FIND)
#undef FIND
        ;
}

enum {
    MOST_SHEET_NAME = 31, /* what Excel allows */
    MOST_CHOICES = 64,
    MOST_CHOICE_TEXT = 200,
    LINES_MORE = 1000,   /* below a table, for lines that are added */
    CREATED = 1704067200 /* the same form gives the same bytes */
};

typedef struct book {
    const form *form;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *formats[FORM_FREE + 1];
    lxw_row_t line;
    lxw_col_t column;
} book;

bool form_has_xlsx(void)
{
    return load_library();
}

static lxw_format *make_format(lxw_workbook *workbook, form_style style)
{
    lxw_format *format = xlsx.workbook_add_format(workbook);

    if (format == NULL)
        return NULL;
    xlsx.format_set_border(format, LXW_BORDER_THIN);
    xlsx.format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    xlsx.format_set_text_wrap(format);
    if (style == FORM_HEADING) {
        xlsx.format_set_bold(format);
        xlsx.format_set_align(format, LXW_ALIGN_CENTER);
        xlsx.format_set_bg_color(format, 0xD9E1F2);
    } else if (style == FORM_GROUP) {
        xlsx.format_set_bold(format);
        xlsx.format_set_bg_color(format, 0xF2F2F2);
    } else if (style == FORM_VALUE || style == FORM_FREE) {
        xlsx.format_set_unlocked(format);
    }
    if (style == FORM_VALUE) {
        xlsx.format_set_align(format, LXW_ALIGN_RIGHT);
        xlsx.format_set_bg_color(format, 0xFFF9E5);
    } else {
        xlsx.format_set_num_format(format, "@"); /* 1.10 stays 1.10 */
    }
    return format;
}

/* ---- what may be typed into a value -------------------------------------- */

/* "0 = Không; 1 = Có" becomes {"0", "1", NULL} in `texts`. Returns false if
 * it is too long for a list. */
static bool split_choices(const char *choices, char *texts, char **list)
{
    size_t used = 0;
    size_t count = 0;

    while (*choices != '\0') {
        size_t whole = strcspn(choices, ";");
        size_t length = strcspn(choices, "=;");

        while (length > 0 && *choices == ' ') {
            choices++;
            length--;
            whole--;
        }
        while (length > 0 && choices[length - 1] == ' ')
            length--;
        if (used + length + 1 > MOST_CHOICE_TEXT || count >= MOST_CHOICES)
            return false;
        memcpy(texts + used, choices, length);
        texts[used + length] = '\0';
        list[count++] = texts + used;
        used += length + 1;
        choices += whole + (choices[whole] == ';');
    }
    list[count] = NULL;
    return count > 0;
}

/* Fills what is typed into the cell has to satisfy. Returns NULL or what to
 * say if it does not. */
static const char *restrict_value(lxw_data_validation *v,
                                  const parcheck_indicator *row,
                                  parcheck_language language)
{
    switch (parcheck_indicator_kind(row)) {
    case PARCHECK_COUNT:
        v->validate = LXW_VALIDATION_TYPE_INTEGER;
        v->criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        return say(language, "Cần một số nguyên từ 0 trở lên.",
                   "Expected a whole number from 0 up.");
    case PARCHECK_AMOUNT:
        v->validate = LXW_VALIDATION_TYPE_DECIMAL;
        v->criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        return say(language, "Cần một số từ 0 trở lên.",
                   "Expected a number from 0 up.");
    case PARCHECK_PERCENT:
        v->validate = LXW_VALIDATION_TYPE_DECIMAL;
        v->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        v->maximum_number = 100;
        return say(language, "Cần một tỷ lệ từ 0 đến 100.",
                   "Expected a percentage from 0 to 100.");
    default:
        return NULL;
    }
}

/* The library copies what it is given. */
static bool add_validation(book *b, lxw_row_t last,
                           const parcheck_indicator *row)
{
    lxw_data_validation v;
    char texts[MOST_CHOICE_TEXT];
    char *list[MOST_CHOICES + 1];
    const char *message;

    memset(&v, 0, sizeof v);
    message = restrict_value(&v, row, b->form->language);
    if (parcheck_indicator_kind(row) == PARCHECK_CHOICE &&
        split_choices(parcheck_indicator_choices(row), texts, list)) {
        v.validate = LXW_VALIDATION_TYPE_LIST;
        v.value_list = list;
        message = say(b->form->language, "Cần một số trong danh sách.",
                      "Expected a number of the list.");
    }
    if (message == NULL)
        return true;
    v.error_title = (char *)say(b->form->language, "Số liệu", "Value");
    v.error_message = (char *)message;
    return xlsx.worksheet_data_validation_range(b->sheet, b->line, b->column,
                                                last, b->column,
                                                &v) == LXW_NO_ERROR;
}

/* ---- the cells ------------------------------------------------------------
 */

static bool put_cell(void *context, const form_cell *cell)
{
    book *b = context;
    lxw_error error = LXW_NO_ERROR;

    if (cell->text[0] != '\0')
        error = xlsx.worksheet_write_string(
            b->sheet, b->line, b->column, cell->text, b->formats[cell->style]);
    else
        error = xlsx.worksheet_write_blank(b->sheet, b->line, b->column,
                                           b->formats[cell->style]);
    if (error == LXW_NO_ERROR && cell->style == FORM_VALUE &&
        !form_is_table(b->form) && !add_validation(b, b->line, cell->row))
        return false;
    b->column++;
    return error == LXW_NO_ERROR;
}

static bool end_line(void *context)
{
    book *b = context;

    b->line++;
    b->column = 0;
    return true;
}

/* One rule for a whole column, so that it holds for lines added below, too. */
static bool restrict_columns(book *b)
{
    lxw_row_t last = b->line + LINES_MORE;

    b->line = (lxw_row_t)form_heading_lines(b->form);
    for (size_t i = 0; i < form_column_count(b->form); i++) {
        b->column = (lxw_col_t)i;
        if (!add_validation(b, last,
                            parcheck_edition_indicator(b->form->edition, i)))
            return false;
    }
    return true;
}

static void arrange(book *b)
{
    lxw_row_t lines = (lxw_row_t)form_heading_lines(b->form);
    lxw_col_t labels = (lxw_col_t)form_label_columns(b->form);

    for (size_t i = 0; i < form_column_count(b->form); i++)
        xlsx.worksheet_set_column(b->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                  form_column_width(b->form, i), NULL);
    xlsx.worksheet_freeze_panes(b->sheet, lines, labels);
    xlsx.worksheet_set_paper(b->sheet, 9); /* A4 */
    xlsx.worksheet_set_landscape(b->sheet);
    xlsx.worksheet_fit_to_pages(b->sheet, 1, 0);
    xlsx.worksheet_repeat_rows(b->sheet, 0, lines - 1);
    /* Lines are added to a table; a form keeps its own. */
    if (!form_is_table(b->form))
        xlsx.worksheet_protect(b->sheet, NULL, NULL);
}

static bool describe(book *b)
{
    lxw_doc_properties about;

    memset(&about, 0, sizeof about);
    about.title = (char *)parcheck_family_title(b->form->family,
                                                b->form->language);
    about.comments = (char *)parcheck_edition_name(b->form->edition);
    about.created = CREATED;
    return xlsx.workbook_set_properties(b->workbook, &about) == LXW_NO_ERROR;
}

static bool fill(book *b)
{
    const form_writer writer = {put_cell, end_line, b};
    char name[MOST_SHEET_NAME + 1];

    (void)snprintf(name, sizeof name, "%s",
                   parcheck_edition_name(b->form->edition));
    b->sheet = xlsx.workbook_add_worksheet(b->workbook, name);
    for (form_style i = FORM_HEADING; i <= FORM_FREE; i++) {
        b->formats[i] = make_format(b->workbook, i);
        if (b->formats[i] == NULL)
            return false;
    }
    if (b->sheet == NULL || !describe(b))
        return false;
    arrange(b);
    return form_write(b->form, &writer) &&
           (!form_is_table(b->form) || restrict_columns(b));
}

bool form_write_xlsx(const form *f, const char *path)
{
    book b;
    bool filled;
    FILE *file = fopen(path, "wb");

    /* The library would tell it in its own words. */
    if (file == NULL || fclose(file) != 0)
        return false;
    memset(&b, 0, sizeof b);
    b.form = f;
    b.workbook = xlsx.workbook_new(path);
    if (b.workbook == NULL)
        return false;
    filled = fill(&b);
    return xlsx.workbook_close(b.workbook) == LXW_NO_ERROR && filled;
}

#endif
