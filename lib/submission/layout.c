#include <string.h>

#include "submission/steps.h"

/* A heading stands among the first rows; titles may stand above it. */
enum {
    MOST_TITLES = 60,
    LEAST_NUMBERS = 3,
    MOST_NUMBERS = 255, /* columns of a printed table */
    TITLE_LINES = 3     /* between a title and the heading below it */
};

typedef struct finder {
    pc_submission *s;
    size_t index;
    pc_input *input;
    pc_layout wanted; /* PC_LAYOUT_NONE to find it */
    pc_buffer scratch;
} finder;

static bool may_be(const finder *f, pc_layout layout)
{
    return f->wanted == PC_LAYOUT_NONE || f->wanted == layout;
}

/* ---- headings of forms, series and long tables --------------------------- */

/* What one or two lines of a heading say of its columns. */
typedef struct heading {
    size_t columns[PC_COLUMNS];
    bool sure[PC_COLUMNS];
    pc_list periods; /* of pc_value_column */
} heading;

static void take_column(heading *h, pc_column column, bool sure, size_t at)
{
    if (column == PC_COLUMNS)
        return;
    if (h->columns[column] == PC_NONE || (sure && !h->sure[column])) {
        h->columns[column] = at;
        h->sure[column] = sure;
    }
}

static bool take_period(finder *f, heading *h, const char *text, size_t at)
{
    pc_value_column *column;
    pc_period period;

    if (!pc_heading_period(text, &period, &f->scratch))
        return true;
    column = pc_list_add(&h->periods, f->s->arena, sizeof *column);
    if (column == NULL)
        return false;
    column->column = at;
    column->period = period;
    return true;
}

static bool read_line(finder *f, heading *h, const pc_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->fields[i].text;
        bool sure;
        pc_column column = pc_heading_column(text, &f->scratch, &sure);

        take_column(h, column, sure, i);
        if (column == PC_COLUMNS && !take_period(f, h, text, i))
            return false;
    }
    return !f->scratch.failed;
}

static void start_heading(heading *h)
{
    memset(h, 0, sizeof *h);
    for (size_t i = 0; i < PC_COLUMNS; i++)
        h->columns[i] = PC_NONE;
}

static pc_layout layout_of(const heading *h)
{
    bool named = h->columns[PC_COLUMN_CODE] != PC_NONE ||
                 h->columns[PC_COLUMN_LABEL] != PC_NONE;
    bool valued = h->columns[PC_COLUMN_VALUE] != PC_NONE;

    if (named && valued && h->columns[PC_COLUMN_PERIOD] != PC_NONE)
        return PC_LAYOUT_LONG;
    if (named && h->periods.count >= 2)
        return PC_LAYOUT_SERIES;
    return named && valued ? PC_LAYOUT_FORM : PC_LAYOUT_NONE;
}

static bool accept(finder *f, const heading *h, pc_layout layout)
{
    pc_input *input = f->input;
    pc_value_column *only;

    input->layout = layout;
    memcpy(input->columns, h->columns, sizeof input->columns);
    input->values = h->periods;
    if (layout == PC_LAYOUT_SERIES)
        return true;
    memset(&input->values, 0, sizeof input->values);
    only = pc_list_add(&input->values, f->s->arena, sizeof *only);
    if (only == NULL)
        return false;
    only->column = h->columns[PC_COLUMN_VALUE];
    return true;
}

/* ---- tables ---------------------------------------------------------------
 */

static size_t find_field(const pc_row *row, const char *name)
{
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(row->fields[i].text, name) == 0)
            return i;
    return PC_NONE;
}

static size_t count_names(const parcheck_edition *edition, const pc_row *row)
{
    size_t names = 0;

    for (size_t i = 0; i < edition->count; i++)
        names += find_field(row, edition->indicators[i].name) != PC_NONE;
    return names;
}

size_t pc_leading_number(const char *text)
{
    size_t number = 0;

    for (size_t i = 0; i < 4 && text[i] >= '0' && text[i] <= '9'; i++)
        number = number * 10 + (size_t)(text[i] - '0');
    return number;
}

size_t pc_column_number(const char *text)
{
    while (*text == '(' || *text == ' ')
        text++;
    if (text[strspn(text, " =+-0123456789()")] != '\0')
        return 0;
    return pc_leading_number(text);
}

/* "1,2,3= 4+5+6,4,...": the numbers from 1 up, each over one column, in any
 * order. Returns how many, 0 if there is anything else. */
static size_t count_numbers(const pc_row *row)
{
    bool seen[MOST_NUMBERS + 1] = {false};
    size_t count = 0;
    size_t largest = 0;

    for (size_t i = 0; i < row->count; i++) {
        size_t number;

        if (row->fields[i].length == 0)
            continue;
        number = pc_column_number(row->fields[i].text);
        if (number == 0 || number > MOST_NUMBERS || seen[number])
            return 0;
        seen[number] = true;
        largest = number > largest ? number : largest;
        count++;
    }
    return count == largest ? count : 0;
}

/* How many columns of the edition the row names, by machine name or by the
 * number that the printed sheet gives them. */
static size_t count_columns(const parcheck_edition *edition, const pc_row *row)
{
    size_t numbers = count_numbers(row);

    if (numbers >= LEAST_NUMBERS)
        return numbers == edition->count ? numbers : 0;
    if (find_field(row, "stt") == PC_NONE)
        return 0;
    return count_names(edition, row);
}

/* The edition of a table family of which the row names most columns, and at
 * least half. The first of several wins: editions of a table that name the
 * same columns judge alike. */
static bool is_table(finder *f, const pc_row *row)
{
    const parcheck_schema *schema = f->s->schema;
    size_t best = 0;

    for (size_t i = 0; i < schema->family_count; i++) {
        const parcheck_family *family = &schema->families[i];

        for (size_t j = 0; family->role_count > 0 && j < family->edition_count;
             j++) {
            const parcheck_edition *edition = &family->editions[j];
            size_t columns = count_columns(edition, row);

            if (columns > best && columns * 2 >= edition->count) {
                best = columns;
                f->input->family = family;
                f->input->edition = edition;
            }
        }
    }
    if (best > 0)
        f->input->layout = PC_LAYOUT_TABLE;
    return best > 0;
}

/* ---- finding the heading ---------------------------------------------------
 */

/* Looks at the row, and at the one below it for a heading of two lines. */
static bool try_heading(finder *f, size_t at, size_t *lines)
{
    const pc_sheet *sheet = &f->input->sheet;
    heading h;
    pc_layout layout;

    start_heading(&h);
    *lines = 0;
    if (!read_line(f, &h, pc_sheet_row(sheet, at)))
        return false;
    layout = layout_of(&h);
    *lines = 1;
    if (layout == PC_LAYOUT_NONE && at + 1 < sheet->rows.count &&
        (h.columns[PC_COLUMN_CODE] != PC_NONE ||
         h.columns[PC_COLUMN_LABEL] != PC_NONE)) {
        if (!read_line(f, &h, pc_sheet_row(sheet, at + 1)))
            return false;
        layout = layout_of(&h);
        *lines = 2;
    }
    if (layout == PC_LAYOUT_NONE || !may_be(f, layout)) {
        *lines = 0;
        return true;
    }
    return accept(f, &h, layout);
}

static void set_heading(finder *f, size_t at, size_t lines)
{
    f->input->heading = pc_sheet_row(&f->input->sheet, at + lines - 1);
    f->input->heading_lines = lines;
    f->input->first_row = at + lines;
}

/* Sets the layout and the first row behind the heading. The columns of a
 * table are unmistakable, so they are looked for first: the words above them
 * may look like those of a form. */
static bool find_heading(finder *f)
{
    const pc_sheet *sheet = &f->input->sheet;
    size_t rows = sheet->rows.count < MOST_TITLES ? sheet->rows.count
                                                  : MOST_TITLES;

    for (size_t i = 0; i < rows && may_be(f, PC_LAYOUT_TABLE); i++) {
        if (is_table(f, pc_sheet_row(sheet, i))) {
            set_heading(f, i, 1);
            return true;
        }
    }
    for (size_t i = 0; i < rows; i++) {
        size_t lines;

        if (!try_heading(f, i, &lines))
            return false;
        if (lines > 0) {
            set_heading(f, i, lines);
            return true;
        }
    }
    return true;
}

/* ---- the rows behind it -----------------------------------------------------
 */

static bool is_same_row(const pc_row *a, const pc_row *b)
{
    size_t same = 0;

    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->fields[i].text, b->fields[i].text) != 0)
            return false;
        same += a->fields[i].length > 0;
    }
    return same > 1;
}

/* A line of the heading again, at a page break. */
static bool is_heading(const pc_input *input, const pc_row *row)
{
    for (size_t i = 1; i <= input->heading_lines; i++)
        if (is_same_row(row, pc_sheet_row(&input->sheet, input->first_row - i)))
            return true;
    return false;
}

static size_t count_filled(const pc_row *row)
{
    size_t filled = 0;

    for (size_t i = 0; i < row->count; i++)
        filled += row->fields[i].length > 0;
    return filled;
}

/* The line that numbers the columns, "(1) (2) (3)". */
static bool is_numbering(const pc_input *input, const pc_row *row)
{
    return pc_column_number(pc_input_text(input, row, PC_COLUMN_LABEL)) > 0 &&
           count_numbers(row) >= LEAST_NUMBERS;
}

/* A title that names a form. A Roman number counts where codes stand or in
 * front of a title that stands alone. */
static bool is_title(finder *f, const pc_row *row, char form[8])
{
    const char *code = pc_input_text(f->input, row, PC_COLUMN_CODE);
    size_t filled = count_filled(row);

    if (filled == 0 || filled > 2)
        return false;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->fields[i].text;
        bool roman = filled == 1 || text == code;

        if (text[0] != '\0' && pc_heading_form(text, roman, form, &f->scratch))
            return true;
    }
    return false;
}

/* A line of words above a heading or another title, such as "CẢI CÁCH THỂ
 * CHẾ" below "Biểu mẫu 2". */
static bool is_title_text(finder *f, size_t at)
{
    const pc_sheet *sheet = &f->input->sheet;
    const pc_row *row = pc_sheet_row(sheet, at);
    char form[8];

    if (count_filled(row) != 1 ||
        (pc_row_text(row, 0)[0] == '\0' &&
         pc_input_text(f->input, row, PC_COLUMN_CODE)[0] == '\0'))
        return false;
    for (size_t i = at + 1; i <= at + TITLE_LINES && i < sheet->rows.count;
         i++) {
        const pc_row *below = pc_sheet_row(sheet, i);

        if (is_heading(f->input, below) || is_title(f, below, form))
            return true;
        if (count_filled(below) > 1)
            return false;
    }
    return false;
}

/* The form of a row: what its column says, "Biểu mẫu 3" being "3". */
static const char *form_of(finder *f, const pc_row *row, const char *section)
{
    const char *text = pc_input_text(f->input, row, PC_COLUMN_FORM);
    char form[8];

    if (f->input->columns[PC_COLUMN_FORM] == PC_NONE)
        return section;
    if (text[0] >= '0' && text[0] <= '9')
        return text;
    if (!pc_heading_form(text, true, form, &f->scratch))
        return text;
    return pc_arena_string(f->s->arena, form);
}

static bool add_body(finder *f, const pc_row *row, const char *section)
{
    pc_body_row *body = pc_list_add(&f->input->body, f->s->arena, sizeof *body);

    if (body == NULL)
        return false;
    body->row = row;
    body->form = form_of(f, row, section);
    return body->form != NULL && !f->scratch.failed;
}

/* Walks over the rows; titles above the heading count, too. */
static bool read_body(finder *f)
{
    const pc_input *input = f->input;
    bool sections = input->columns[PC_COLUMN_FORM] == PC_NONE;
    const char *section = "";

    for (size_t i = 0; i < input->sheet.rows.count; i++) {
        const pc_row *row = pc_sheet_row(&input->sheet, i);
        char form[8];

        if (!pc_bind_goes_on(f->s, 0, i, 0))
            return false;
        if (sections && is_title(f, row, form)) {
            section = pc_arena_string(f->s->arena, form);
            if (section == NULL)
                return false;
            continue;
        }
        if (i < input->first_row || pc_row_is_empty(row) ||
            is_heading(input, row) || is_numbering(input, row) ||
            (sections && is_title_text(f, i)))
            continue;
        if (!add_body(f, row, section))
            return false;
    }
    return true;
}

static void report(finder *f, pc_code code, size_t row,
                   const char *const *arguments)
{
    pc_report_cell(f->s, code,
                   pc_place_cell(f->s->arena, f->index,
                                 pc_sheet_row(&f->input->sheet, row), 1),
                   arguments);
}

/* ---- no heading ----------------------------------------------------------
 */

/* What a long table needs; a label does for a code. */
typedef struct needed {
    pc_column column;
    const char *name;
} needed;

static const needed long_columns[] = {{PC_COLUMN_UNIT, "Đơn vị (unit)"},
                                      {PC_COLUMN_PERIOD, "Kỳ báo cáo (period)"},
                                      {PC_COLUMN_FORM, "Biểu (form)"},
                                      {PC_COLUMN_CODE, "Mã số (code)"},
                                      {PC_COLUMN_VALUE, "Giá trị (value)"}};
enum { LONG_COLUMNS = sizeof long_columns / sizeof *long_columns };

static bool has_needed(const heading *h, pc_column column)
{
    return h->columns[column] != PC_NONE ||
           (column == PC_COLUMN_CODE && h->columns[PC_COLUMN_LABEL] != PC_NONE);
}

static size_t count_needed(const heading *h)
{
    size_t count = 0;

    for (size_t i = 0; i < LONG_COLUMNS; i++)
        count += has_needed(h, long_columns[i].column);
    return count;
}

/* The line that comes nearest to the heading of a long table. */
static bool find_nearest(finder *f, size_t *at, heading *nearest)
{
    const pc_sheet *sheet = &f->input->sheet;
    size_t most = 0;

    *at = 0;
    start_heading(nearest);
    for (size_t i = 0; i < sheet->rows.count && i < MOST_TITLES; i++) {
        heading h;

        start_heading(&h);
        if (!read_line(f, &h, pc_sheet_row(sheet, i)))
            return false;
        if (count_needed(&h) > most) {
            most = count_needed(&h);
            *nearest = h;
            *at = i;
        }
    }
    return true;
}

static const char *list_lacking(finder *f, const heading *h)
{
    pc_buffer *list = &f->scratch;

    pc_buffer_clear(list);
    for (size_t i = 0; i < LONG_COLUMNS; i++) {
        if (has_needed(h, long_columns[i].column))
            continue;
        pc_buffer_text(list, list->length > 0 ? ", " : "");
        pc_buffer_text(list, long_columns[i].name);
    }
    return list->failed ? NULL : list->data;
}

/* A single known word is more likely one of a title. */
static bool report_no_long_heading(finder *f)
{
    const char *lacking;
    heading h;
    size_t at;

    if (!find_nearest(f, &at, &h))
        return false;
    if (count_needed(&h) < 2) {
        report(f, PC_FILE_NO_HEADING, 0,
               (const char *[]){PC_LONG_COLUMNS, NULL});
        return true;
    }
    lacking = list_lacking(f, &h);
    if (lacking != NULL)
        report(f, PC_FILE_NO_HEADING, at,
               (const char *[]){PC_LONG_COLUMNS, "1", lacking, NULL});
    return lacking != NULL;
}

static bool report_no_heading(finder *f)
{
    if (f->wanted == PC_LAYOUT_LONG)
        return report_no_long_heading(f);
    report(f, PC_FILE_NO_HEADING, 0,
           (const char *[]){"STT, Chỉ tiêu, Đơn vị tính, Số liệu, Ghi chú; "
                            "form,code,label,unit,value,note; stt,unit_name,…",
                            NULL});
    return true;
}

/* ---- an input ------------------------------------------------------------
 */

static bool is_empty(const pc_input *input)
{
    return input->layout == PC_LAYOUT_TABLE
               ? input->first_row >= input->sheet.rows.count
               : input->body.count == 0;
}

static bool find_layout(finder *f)
{
    if (f->input->sheet.rows.count == 0)
        return true;
    if (!find_heading(f))
        return false;
    if (f->input->layout == PC_LAYOUT_NONE)
        return report_no_heading(f);
    if (f->input->layout != PC_LAYOUT_TABLE && !read_body(f))
        return false;
    if (!f->input->more && is_empty(f->input))
        report(f, PC_FILE_EMPTY, 0, NULL);
    return true;
}

bool pc_find_layouts(pc_submission *s, pc_layout wanted)
{
    bool done = true;

    for (size_t i = 0; done && i < s->input_count; i++) {
        finder f = {
            .s = s, .index = i, .input = &s->inputs[i], .wanted = wanted};

        pc_buffer_init(&f.scratch, &s->arena->allocator, SIZE_MAX / 8);
        done = find_layout(&f);
        pc_buffer_free(&f.scratch);
    }
    return done && !s->findings->failed;
}

bool pc_read_bodies(pc_submission *s)
{
    bool done = true;

    for (size_t i = 0; done && i < s->input_count; i++) {
        finder f = {.s = s, .index = i, .input = &s->inputs[i]};

        pc_buffer_init(&f.scratch, &s->arena->allocator, SIZE_MAX / 8);
        done = read_body(&f);
        pc_buffer_free(&f.scratch);
    }
    return done && !s->findings->failed;
}
