/*
 * Everything that was sent, as tables: a row for each record and a column for
 * each field, with the letters and numbers that a spreadsheet gives them.
 * Below a row stands what was found there.
 */
#include <string.h>

#include "report/html.h"
#include "report/words.h"

/* Links in one cell; a cell of a large sum has one for each of its rows. */
enum { MOST_LINKS = 8 };

typedef struct table {
    pc_html *html;
    size_t input;
    const pc_input *source;
    size_t columns; /* of the widest record */
    bool *shown;    /* by column, from 0, in the part that is open */
    size_t shown_count;
    size_t body;      /* the next row of the body */
    size_t left_out;  /* rows */
    size_t parts;     /* tables so far */
    const char *form; /* of the part that is open */
    bool open;        /* a part is */
} table;

/* ---- which columns ------------------------------------------------------- */

static size_t widest(const pc_input *source)
{
    size_t most = 0;

    for (size_t i = 0; i < source->sheet.rows.count; i++)
        if (pc_sheet_row(&source->sheet, i)->count > most)
            most = pc_sheet_row(&source->sheet, i)->count;
    return most;
}

static bool is_heading(const pc_input *source, const pc_row *row)
{
    return source->heading != NULL && row <= source->heading &&
           row + source->heading_lines > source->heading;
}

/* The form stands above its part. */
static bool is_form_column(const pc_input *source, size_t column)
{
    return source->layout != PC_LAYOUT_TABLE &&
           source->layout != PC_LAYOUT_NONE &&
           source->columns[PC_COLUMN_FORM] == column;
}

static void show_marked(table *t, size_t line)
{
    pc_marks marks = pc_html_marks_at(t->html, t->input, line);

    for (size_t i = 0; i < marks.count; i++)
        if (marks.data[i].column <= t->columns)
            t->shown[marks.data[i].column - 1] = true;
}

static void show_filled(table *t, const pc_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].length > 0 && !is_form_column(t->source, i))
            t->shown[i] = true;
    show_marked(t, row->line);
}

static const char *form_at(table *t, const pc_row *row);

/* The columns of the part that begins with row number `from`: those in which
 * nothing stands are not shown, unless something is said about them. */
static void choose_columns(table *t, size_t from)
{
    table ahead = *t;

    memset(t->shown, 0, t->columns * sizeof *t->shown);
    for (size_t i = from; i < t->source->sheet.rows.count; i++) {
        const pc_row *row = pc_sheet_row(&t->source->sheet, i);

        if (is_heading(t->source, row))
            continue;
        if (strcmp(form_at(&ahead, row), t->form) != 0)
            break;
        show_filled(t, row);
    }
    for (size_t i = 0; t->parts == 0 && i < t->source->heading_lines; i++)
        show_marked(t, (t->source->heading - i)->line);
    t->shown_count = 0;
    for (size_t i = 0; i < t->columns; i++)
        t->shown_count += t->shown[i];
}

/* ---- a cell -------------------------------------------------------------- */

/* ' id="c1-47-5"' where something points to it. */
static void write_id(table *t, pc_marks marks, size_t line, size_t column)
{
    if (marks.count > 0)
        pc_buffer_format(t->html->out, " id=\"c%zu-%zu-%zu\"", t->input + 1,
                         line, column);
}

static parcheck_severity severity_of(const table *t, const pc_mark *mark)
{
    return pc_report_finding(t->html->report, mark->finding)->severity;
}

/* What the cell is marked as: the worst that it is the subject of, else that
 * it belongs to something. */
static void write_mark_class(table *t, pc_marks marks)
{
    parcheck_severity worst = PARCHECK_NOTE;
    bool subject = false;

    if (marks.count == 0)
        return;
    for (size_t i = 0; i < marks.count; i++) {
        if (marks.data[i].role != PC_CELL_SUBJECT)
            continue;
        subject = true;
        if (severity_of(t, &marks.data[i]) < worst)
            worst = severity_of(t, &marks.data[i]);
    }
    pc_buffer_format(t->html->out, " m%c",
                     subject ? pc_html_class(worst) : 'o');
}

static void write_links(table *t, pc_marks marks)
{
    size_t last = PC_NONE;
    size_t links = 0;

    if (marks.count == 0)
        return;
    pc_html_raw(t->html, " <span class=\"refs\">");
    for (size_t i = 0; i < marks.count && links < MOST_LINKS; i++) {
        if (marks.data[i].role == PC_CELL_SUSPECTED ||
            marks.data[i].finding == last)
            continue;
        last = marks.data[i].finding;
        pc_html_finding_link(t->html, last);
        links++;
    }
    pc_html_raw(t->html, "</span>");
}

/* "131?" beside the number that is probably wrong: the first of the marks. */
static void write_suggestion(table *t, pc_marks marks)
{
    for (size_t i = 0; i < marks.count; i++) {
        if (marks.data[i].role != PC_CELL_SUSPECTED)
            continue;
        pc_html_raw(t->html, " <span class=\"may\">");
        pc_html_raw(t->html, pc_html_say(t->html, "có thể là ", "may be "));
        pc_html_change(t->html, marks.data[i].change);
        pc_html_raw(t->html, "</span>");
        return;
    }
}

static void write_content(table *t, const char *text, pc_marks marks)
{
    bool blank = text[0] == '\0' && marks.count > 0;

    if (blank) {
        pc_html_raw(t->html, "<i>");
        pc_html_raw(t->html, pc_html_say(t->html, "(trống)", "(blank)"));
        pc_html_raw(t->html, "</i>");
    } else if (marks.count > 0) {
        pc_html_raw(t->html, "<b>");
        pc_html_text(t->html, text);
        pc_html_raw(t->html, "</b>");
    } else {
        pc_html_text(t->html, text);
    }
    write_links(t, marks);
    write_suggestion(t, marks);
}

/* What a column holds: c code, l label (it heads the row), u unit of measure,
 * v value, or x for anything else. */
static char column_class(const table *t, size_t column)
{
    const pc_input *source = t->source;
    const pc_value_column *values = source->values.data;

    if (source->layout == PC_LAYOUT_NONE)
        return 'x';
    if (source->layout == PC_LAYOUT_TABLE) {
        const parcheck_indicator *indicator = column < source->indicator_count
                                                  ? source->indicators[column]
                                                  : NULL;

        if (indicator == NULL)
            return 'x';
        if (strcmp(indicator->name, "unit_name") == 0)
            return 'l';
        return indicator->kind == PARCHECK_TEXT ? 'c' : 'v';
    }
    if (column == source->columns[PC_COLUMN_CODE])
        return 'c';
    if (column == source->columns[PC_COLUMN_LABEL])
        return 'l';
    if (column == source->columns[PC_COLUMN_UNIT])
        return 'u';
    for (size_t i = 0; i < source->values.count; i++)
        if (values[i].column == column)
            return 'v';
    return 'x';
}

static void write_cell(table *t, const pc_row *row, size_t column, pc_marks all)
{
    pc_marks marks = pc_html_marks_on(all, column + 1);
    char kind = column_class(t, column);
    const char *tag = kind == 'l' ? "th" : "td";

    pc_buffer_format(t->html->out, "<%s class=\"%c", tag, kind);
    write_mark_class(t, marks);
    pc_html_raw(t->html, kind == 'l' ? "\" scope=\"row\"" : "\"");
    write_id(t, marks, row->line, column + 1);
    pc_html_raw(t->html, ">");
    write_content(t, pc_row_text(row, column), marks);
    pc_buffer_format(t->html->out, "</%s>", tag);
}

/* ---- what was found in a row --------------------------------------------- */

static void write_why(table *t, const parcheck_finding *finding)
{
    pc_html *html = t->html;

    if (finding->explanation_count == 0)
        return;
    pc_html_raw(html, "<details><summary>");
    pc_html_raw(html, pc_html_say(html, "Có thể là do", "What it may be"));
    pc_html_raw(html, "</summary><ol>");
    for (size_t i = 0; i < finding->explanation_count; i++) {
        pc_html_raw(html, "<li>");
        pc_html_text(html, finding->explanations[i]->message[html->language]);
        pc_html_raw(html, "</li>");
    }
    pc_html_raw(html, "</ol></details>");
}

static void write_remark(table *t, size_t index)
{
    pc_html *html = t->html;
    const parcheck_finding *finding = pc_report_finding(html->report, index);
    char kind = pc_html_class(finding->severity);

    pc_buffer_format(html->out,
                     "<tr class=\"a a%c\"><td class=\"r\"></td><td "
                     "colspan=\"%zu\"><div class=\"at\">",
                     kind, t->shown_count);
    pc_html_finding_link(html, index);
    pc_html_raw(html, "<div><p class=\"sum\">");
    pc_html_text(html, finding->rule != NULL
                           ? finding->detail[html->language]
                           : finding->message[html->language]);
    pc_html_raw(html, "</p>");
    if (finding->rule != NULL) {
        pc_html_raw(html, "<p class=\"must\">");
        pc_html_text(html, finding->rule->text[html->language]);
        pc_html_raw(html, "</p>");
    }
    write_why(t, finding);
    pc_html_raw(html, "</div></div></td></tr>\n");
}

static void write_remarks(table *t, pc_marks marks)
{
    for (size_t i = 0; i < marks.count; i++)
        if (marks.data[i].role == PC_CELL_SUBJECT)
            write_remark(t, marks.data[i].finding);
}

/* ---- rows ---------------------------------------------------------------- */

static void write_number(table *t, const pc_row *row)
{
    pc_buffer_format(t->html->out, "<td class=\"r\">%zu</td>", row->number);
}

static bool may_show(table *t, pc_marks marks)
{
    if (marks.count > 0)
        return true;
    if (t->html->cells_left < t->shown_count) {
        t->left_out++;
        return false;
    }
    t->html->cells_left -= t->shown_count;
    return true;
}

static void write_row(table *t, const pc_row *row)
{
    pc_marks marks = pc_html_marks_at(t->html, t->input, row->line);

    if ((pc_row_is_empty(row) && marks.count == 0) || !may_show(t, marks))
        return;
    pc_html_raw(t->html, "<tr>");
    write_number(t, row);
    for (size_t i = 0; i < t->columns; i++)
        if (t->shown[i])
            write_cell(t, row, i, marks);
    pc_html_raw(t->html, "</tr>\n");
    write_remarks(t, marks);
    pc_writer_flush(t->html->writer, false);
}

/* A title or remark among the rows: its fields one behind the other. */
static void write_title(table *t, const pc_row *row)
{
    pc_marks all = pc_html_marks_at(t->html, t->input, row->line);

    if ((pc_row_is_empty(row) && all.count == 0) || !may_show(t, all))
        return;
    pc_html_raw(t->html, "<tr class=\"t\">");
    write_number(t, row);
    pc_buffer_format(t->html->out, "<td colspan=\"%zu\">", t->shown_count);
    for (size_t i = 0; i < t->columns; i++) {
        pc_marks marks = pc_html_marks_on(all, i + 1);

        if (marks.count == 0 && pc_row_text(row, i)[0] == '\0')
            continue;
        pc_html_raw(t->html, "<span class=\"p");
        write_mark_class(t, marks);
        pc_html_raw(t->html, "\"");
        write_id(t, marks, row->line, i + 1);
        pc_html_raw(t->html, ">");
        write_content(t, pc_row_text(row, i), marks);
        pc_html_raw(t->html, "</span> ");
    }
    pc_html_raw(t->html, "</td></tr>\n");
    write_remarks(t, all);
    pc_writer_flush(t->html->writer, false);
}

/* ---- the heading of a part ------------------------------------------------
 */

/* The words for a column, where the file has only our short name. */
static const char *column_title(const table *t, size_t column, const char *sent)
{
    static const struct {
        const char *name;
        pc_column column;
        const char *title[2];
    } titles[] = {
        {"code", PC_COLUMN_CODE, {"Mã số", "Code"}},
        {"label", PC_COLUMN_LABEL, {"Chỉ tiêu", "Indicator"}},
        {"unit", PC_COLUMN_UNIT, {"Đơn vị tính", "Unit"}},
        {"value", PC_COLUMN_VALUE, {"Số liệu", "Value"}},
        {"note", PC_COLUMN_NOTE, {"Ghi chú", "Note"}},
        {"period", PC_COLUMN_PERIOD, {"Kỳ", "Period"}},
        {"parent", PC_COLUMN_PARENT, {"Đơn vị cấp trên", "Unit above"}},
    };
    const pc_input *source = t->source;

    if (source->layout == PC_LAYOUT_TABLE)
        return column < source->indicator_count &&
                       source->indicators[column] != NULL
                   ? source->indicators[column]->label
                   : sent;
    if (source->layout == PC_LAYOUT_LONG &&
        column == source->columns[PC_COLUMN_UNIT])
        return sent;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (source->columns[titles[i].column] == column &&
            strcmp(sent, titles[i].name) == 0)
            return titles[i].title[t->html->language];
    return sent;
}

static void write_letters(table *t)
{
    pc_html_raw(t->html, "<tr class=\"abc\" aria-hidden=\"true\">"
                         "<td class=\"r\"></td>");
    for (size_t i = 0; i < t->columns; i++) {
        parcheck_cell cell;

        if (!t->shown[i])
            continue;
        pc_cell_address(&cell, 1, i + 1);
        cell.address[strlen(cell.address) - 1] = '\0';
        pc_buffer_format(t->html->out, "<td>%s</td>", cell.address);
    }
    pc_html_raw(t->html, "</tr>\n");
}

static void write_column_heads(table *t, const pc_row *heading, bool first)
{
    pc_marks all = pc_html_marks_at(t->html, t->input, heading->line);

    pc_html_raw(t->html, "<tr>");
    write_number(t, heading);
    for (size_t i = 0; i < t->columns; i++) {
        pc_marks marks = first ? pc_html_marks_on(all, i + 1)
                               : (pc_marks){NULL, 0};

        if (!t->shown[i])
            continue;
        pc_buffer_format(t->html->out, "<th scope=\"col\" class=\"%c",
                         column_class(t, i));
        write_mark_class(t, marks);
        pc_html_raw(t->html, "\"");
        write_id(t, marks, heading->line, i + 1);
        pc_html_raw(t->html, ">");
        write_content(t, column_title(t, i, pc_row_text(heading, i)), marks);
        pc_html_raw(t->html, "</th>");
    }
    pc_html_raw(t->html, "</tr>\n");
    if (first)
        write_remarks(t, all);
}

static void write_head(table *t)
{
    const pc_row *heading = t->source->heading;

    pc_html_raw(t->html, "<thead>\n");
    write_letters(t);
    if (heading != NULL)
        for (size_t i = t->source->heading_lines; i-- > 0;)
            write_column_heads(t, heading - i, t->parts == 1);
    pc_html_raw(t->html, "</thead>\n<tbody>\n");
}

static void write_part_name(table *t)
{
    pc_html *html = t->html;

    if (t->form != NULL && t->form[0] != '\0') {
        pc_html_raw(html, pc_html_say(html, "Biểu ", "Form "));
        pc_html_text(html, t->form);
        return;
    }
    pc_html_raw(html, pc_html_say(html, "Các dòng đã gửi", "The rows sent"));
}

static void close_part(table *t)
{
    if (t->open)
        pc_html_raw(t->html, "</tbody>\n</table></div>\n");
    t->open = false;
}

/* The region scrolls where the table is wider than the page, so it can be
 * reached by the keyboard. */
static void open_part(table *t, const char *form, size_t from)
{
    bool wide;

    close_part(t);
    t->open = true;
    t->form = form;
    choose_columns(t, from);
    wide = t->shown_count > 7;
    t->parts++;
    pc_buffer_format(t->html->out,
                     "<div class=\"scroll%s\" role=\"region\" tabindex=\"0\" "
                     "aria-labelledby=\"p%zu-%zu\"><table class=\"form\">"
                     "<caption id=\"p%zu-%zu\">",
                     wide ? " wide" : "", t->input + 1, t->parts, t->input + 1,
                     t->parts);
    write_part_name(t);
    pc_html_raw(t->html, "</caption>\n");
    write_head(t);
}

/* ---- a sheet --------------------------------------------------------------
 */

static const pc_body_row *next_body(const table *t)
{
    return t->body < t->source->body.count
               ? (const pc_body_row *)t->source->body.data + t->body
               : NULL;
}

static const char *form_of(const table *t, const pc_body_row *row)
{
    if (row == NULL)
        return t->form != NULL ? t->form : "";
    return t->source->only_form != NULL ? t->source->only_form : row->form;
}

/* The form that the row belongs to: titles belong to what follows them. */
static const char *form_at(table *t, const pc_row *row)
{
    const pc_body_row *next = next_body(t);

    while (next != NULL && next->row < row) {
        t->body++;
        next = next_body(t);
    }
    if (t->source->layout == PC_LAYOUT_TABLE && t->source->edition != NULL)
        return t->source->edition->indicators[0].form;
    return form_of(t, next);
}

static bool is_body(const table *t, const pc_row *row)
{
    const pc_body_row *next = next_body(t);

    if (t->source->layout == PC_LAYOUT_TABLE)
        return t->source->heading != NULL && row > t->source->heading;
    return t->source->layout == PC_LAYOUT_NONE ||
           (next != NULL && next->row == row);
}

static void write_rows(table *t)
{
    for (size_t i = 0; i < t->source->sheet.rows.count; i++) {
        const pc_row *row = pc_sheet_row(&t->source->sheet, i);
        const char *form;

        if (is_heading(t->source, row))
            continue;
        form = form_at(t, row);
        if (!t->open || strcmp(form, t->form) != 0)
            open_part(t, form, i);
        if (is_body(t, row))
            write_row(t, row);
        else
            write_title(t, row);
    }
}

static void write_sheet(pc_html *html, size_t input)
{
    const pc_report_input *about = &html->report->inputs[input];
    table t = {.html = html, .input = input, .source = about->source};

    pc_buffer_format(html->out,
                     "<section aria-labelledby=\"i%zu\">\n"
                     "<h3 id=\"i%zu\">",
                     input + 1, input + 1);
    if (html->report->input_count > 1)
        pc_buffer_format(html->out, "[%zu] ", input + 1);
    pc_html_text(html, about->name);
    pc_html_raw(html, "</h3>\n");
    t.columns = widest(t.source);
    t.shown = pc_arena_array(&html->arena, t.columns + 1, sizeof *t.shown);
    if (t.shown == NULL) {
        html->out->failed = true;
        return;
    }
    if (t.columns > 0) {
        write_rows(&t);
        if (!t.open)
            open_part(&t, "", t.source->sheet.rows.count);
        close_part(&t);
    }
    if (t.left_out > 0)
        pc_buffer_format(html->out,
                         pc_html_say(html,
                                     "<p class=\"cut\">Còn %zu dòng "
                                     "không có vấn đề gì, không "
                                     "hiện ở đây.</p>\n",
                                     "<p class=\"cut\">%zu more "
                                     "rows, with nothing to tell, "
                                     "are not shown.</p>\n"),
                         t.left_out);
    pc_html_raw(html, "</section>\n");
}

void pc_html_forms(pc_html *html)
{
    for (size_t i = 0; i < html->report->input_count; i++)
        if (html->report->inputs[i].source != NULL)
            write_sheet(html, i);
}

/* ---- where a link leads ----------------------------------------------------
 */

/* Every row and every column with a mark is shown. Of a cell behind the
 * widest record there is no column. */
bool pc_html_shows(const pc_html *html, const parcheck_cell *cell)
{
    const pc_input *source = html->report->inputs[cell->input].source;
    const pc_row *row;

    if (source == NULL)
        return false;
    row = pc_sheet_find(&source->sheet, cell->line);
    return row != NULL && cell->column <= row->count;
}
