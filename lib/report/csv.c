/*
 * One record a finding, for a spreadsheet: UTF-8 with a byte order mark,
 * commas, every field in quotes, CR LF.
 *
 * A spreadsheet takes a field for a formula by its first character. The
 * field is rather made text by an apostrophe in front of that character. A
 * program that takes another character for the delimiter, or loses count of
 * the quotes, sees fields begin where we see none, so the same is done
 * behind each character that could be a delimiter. Nothing but counts stands
 * alone in a field, so that no code or literal becomes a number or a date.
 */
#include <string.h>

#include "report/report.h"
#include "report/words.h"
#include "text/show.h"

/* What Excel takes into a cell, less a little for the mark that it was cut:
 * a longer field would run over into the cells below it. */
enum { CELL_UNITS = 32000 };

typedef struct record {
    pc_buffer *out;
    const parcheck_report *report;
    parcheck_language language;
    pc_buffer text; /* a field while it is put together */
    pc_buffer visible;
    bool first;
} record;

static const char *say(const record *r, const char *vi, const char *en)
{
    return r->language == PARCHECK_VIETNAMESE ? vi : en;
}

/* + - = @, also those of full width, which some spreadsheets take for them. */
static bool begins_formula(uint32_t point)
{
    return point == '=' || point == '+' || point == '-' || point == '@' ||
           point == 0xFF1D || point == 0xFF0B || point == 0xFF0D ||
           point == 0xFF20 || point == 0x2212;
}

/* Characters behind which another program might see a field begin. */
static bool begins_field(uint32_t point)
{
    return point == '"' || point == ',' || point == ';' || point == '|' ||
           point == '\'';
}

/* Any white space that stands at the beginning of a field is passed over. */
static bool is_space(uint32_t point)
{
    return point == ' ' || point == 0xA0 || point == 0x3000 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x202F;
}

static void add_escaped(record *r, const char *text, size_t length)
{
    bool at_begin = true;
    size_t units = 0;

    for (size_t at = 0; at < length;) {
        uint32_t point;
        bool safe;
        size_t step = pc_text_next(text + at, length - at, &point, &safe);

        units += point > 0xFFFF ? 2 : 1;
        if (units > CELL_UNITS) {
            pc_buffer_text(r->out, "…");
            return;
        }
        if (at_begin && begins_formula(point))
            pc_buffer_char(r->out, '\'');
        if (point == '"')
            pc_buffer_char(r->out, '"');
        pc_buffer_append(r->out, text + at, step);
        at_begin = begins_field(point) || (at_begin && is_space(point));
        at += step;
    }
}

static void field(record *r, const char *text)
{
    if (!r->first)
        pc_buffer_char(r->out, ',');
    r->first = false;
    pc_buffer_char(r->out, '"');
    if (text != NULL) {
        pc_buffer_clear(&r->visible);
        pc_text_visible(&r->visible, text, strlen(text));
        if (r->visible.failed)
            r->out->failed = true;
        else if (r->visible.length > 0)
            add_escaped(r, r->visible.data, r->visible.length);
    }
    pc_buffer_char(r->out, '"');
}

static void number_field(record *r, size_t number)
{
    field(r, number > 0 ? pc_number_text(number).text : "");
}

static pc_buffer *compose(record *r)
{
    pc_buffer_clear(&r->text);
    return &r->text;
}

static void composed_field(record *r)
{
    if (r->text.failed)
        r->out->failed = true;
    field(r, r->text.failed ? NULL : r->text.data);
}

static void end_record(record *r)
{
    pc_buffer_text(r->out, "\r\n");
    r->first = true;
}

static void write_heading(record *r)
{
    static const char *const names[][2] = {
        {"Mức độ", "Severity"},
        {"Mã", "Code"},
        {"Quy tắc", "Rule"},
        {"Đơn vị", "Unit"},
        {"Tệp", "File"},
        {"Dòng", "Line"},
        {"Ô", "Cell"},
        {"Biểu", "Form"},
        {"Chỉ tiêu", "Indicator"},
        {"Nội dung", "Message"},
        {"Các ô liên quan", "Cells"},
        {"Nhóm nguyên nhân", "Cause"},
        {"Có thể là", "Explanations"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        field(r, names[i][r->language]);
    end_record(r);
}

/* "1.4 Tổng số TTHC": together, so that the code stays a text. */
static void write_indicator(record *r, const parcheck_cell *cell)
{
    pc_buffer_format(compose(r), "%s%s%s", cell->code,
                     cell->code[0] != '\0' && cell->label[0] != '\0' ? " " : "",
                     cell->label);
    composed_field(r);
}

static void write_form(record *r, const parcheck_cell *cell)
{
    pc_buffer_text(compose(r), "");
    if (cell->form[0] != '\0')
        pc_buffer_format(&r->text, "%s %s", say(r, "Biểu", "Form"), cell->form);
    composed_field(r);
}

static void write_place(record *r, const parcheck_finding *finding)
{
    const parcheck_cell *cell;

    if (finding->cell_count == 0) {
        for (int i = 0; i < 5; i++)
            field(r, "");
        return;
    }
    cell = finding->cells[0];
    field(r, r->report->inputs[cell->input].name);
    number_field(r, cell->line);
    field(r, cell->address);
    write_form(r, cell);
    write_indicator(r, cell);
}

/* "[1] E47 = 6,006; [1] E48 = (blank)" */
static void write_cells(record *r, const parcheck_finding *finding)
{
    pc_buffer *text = compose(r);

    for (size_t i = 0; i < finding->cell_count; i++) {
        const parcheck_cell *cell = finding->cells[i];

        pc_buffer_text(text, i > 0 ? "; " : "");
        pc_cell_place(text, r->report, cell, r->language);
        pc_buffer_format(text, " = %s",
                         cell->literal[0] != '\0'
                             ? cell->literal
                             : say(r, "(trống)", "(blank)"));
    }
    composed_field(r);
}

static void write_explanations(record *r, const parcheck_finding *finding)
{
    pc_buffer *text = compose(r);

    for (size_t i = 0; i < finding->explanation_count; i++)
        pc_buffer_format(text, "%s(%zu) %s", i > 0 ? "; " : "", i + 1,
                         finding->explanations[i]->message[r->language]);
    composed_field(r);
}

static void write_finding(record *r, const parcheck_finding *finding)
{
    field(r, pc_severity_word(finding->severity, r->language));
    field(r, pc_code_text(finding->code));
    field(r, finding->rule != NULL ? finding->rule->id : NULL);
    pc_unit_title(compose(r), finding->unit, finding->unit_code,
                  finding->period);
    composed_field(r);
    write_place(r, finding);
    field(r, finding->message[r->language]);
    write_cells(r, finding);
    number_field(r, finding->cause);
    write_explanations(r, finding);
    end_record(r);
}

void pc_write_csv(pc_writer *writer, const parcheck_report *report)
{
    record r = {.out = &writer->text,
                .report = report,
                .language = writer->options->language,
                .first = true};

    pc_buffer_init(&r.text, &writer->text.allocator, SIZE_MAX / 8);
    pc_buffer_init(&r.visible, &writer->text.allocator, SIZE_MAX / 8);
    pc_buffer_text(r.out, "\xEF\xBB\xBF");
    write_heading(&r);
    for (size_t i = 0; i < report->findings.list.count; i++) {
        write_finding(&r, pc_report_finding(report, i));
        pc_writer_flush(writer, false);
    }
    pc_buffer_free(&r.text);
    pc_buffer_free(&r.visible);
}
