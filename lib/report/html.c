/*
 * One page for people, without scripts and without anything from elsewhere:
 * a summary, the findings, and the forms themselves as they were sent.
 */
#include "report/html.h"

#include <string.h>

#include "report/markup.h"
#include "report/words.h"
#include "value/literal.h"

enum { MOST_CELLS = 200000, MOST_OPERANDS = 200 };

const char *pc_html_say(const pc_html *html, const char *vi, const char *en)
{
    return html->language == PARCHECK_VIETNAMESE ? vi : en;
}

void pc_html_raw(pc_html *html, const char *markup)
{
    pc_buffer_text(html->out, markup);
}

void pc_html_text(pc_html *html, const char *text)
{
    pc_markup(html->out, text, "<code class=\"cp\">", "</code>");
}

void pc_html_number(pc_html *html, size_t number)
{
    pc_buffer_format(html->out, "%zu", number);
}

const char *pc_html_sign(parcheck_severity severity)
{
    static const char *const signs[] = {"✖", "▲", "●"};

    return signs[severity];
}

char pc_html_class(parcheck_severity severity)
{
    return "ewn"[severity];
}

void pc_html_finding_link(pc_html *html, size_t finding)
{
    parcheck_severity severity =
        pc_report_finding(html->report, finding)->severity;

    pc_buffer_format(html->out,
                     "<a class=\"k k%c\" href=\"#f%zu\">"
                     "<span aria-hidden=\"true\">%s</span>"
                     "<span class=\"vh\">%s</span> %zu</a>",
                     pc_html_class(severity), finding + 1,
                     pc_html_sign(severity),
                     pc_severity_word(severity, html->language), finding + 1);
}

void pc_html_place(pc_html *html, const parcheck_cell *cell)
{
    size_t column = cell->column > 0 ? cell->column : 1;
    pc_marks marks = pc_html_marks_at(html, cell->input, cell->line);
    /* Only a marked cell has an anchor; those that no finding and no likeliest
     * explanation speaks of have none. */
    bool shown = pc_html_shows(html, cell) &&
                 pc_html_marks_on(marks, column).count > 0;

    if (shown)
        pc_buffer_format(html->out, "<a class=\"go\" href=\"#c%zu-%zu-%zu\">",
                         cell->input + 1, cell->line, column);
    pc_cell_place(html->out, html->report, cell, html->language);
    if (shown)
        pc_html_raw(html, "</a>");
}

/* A number with the mark of the language; "" is a cell to be left blank. */
static void write_decimal(pc_html *html, const char *text)
{
    const char *point = strchr(text, '.');

    if (text[0] == '\0') {
        pc_html_raw(html, pc_html_say(html, "(trống)", "(blank)"));
    } else if (point != NULL && html->language == PARCHECK_VIETNAMESE) {
        pc_buffer_append(html->out, text, (size_t)(point - text));
        pc_buffer_char(html->out, ',');
        pc_html_text(html, point + 1);
    } else {
        pc_html_text(html, text);
    }
}

void pc_html_change(pc_html *html, const pc_change *change)
{
    if (change->value != NULL) {
        write_decimal(html, change->value);
        return;
    }
    if (change->low != NULL && change->high != NULL) {
        write_decimal(html, change->low);
        pc_html_raw(html, "–");
        write_decimal(html, change->high);
        return;
    }
    if (change->low != NULL || change->high != NULL) {
        pc_html_raw(html, change->low != NULL ? "≥ " : "≤ ");
        write_decimal(html, change->low != NULL ? change->low : change->high);
        return;
    }
    pc_html_raw(html, pc_html_say(html, "một số khác", "another number"));
}

/* ---- the head -------------------------------------------------------------
 */

static void write_title_text(pc_html *html)
{
    const size_t *counts = html->report->severities;

    if (!html->report->judged)
        pc_html_raw(html, pc_html_say(html, "Kết quả kiểm tra bảng quy tắc",
                                      "Examination of the schema"));
    else if (counts[PARCHECK_ERROR] == 0)
        pc_html_raw(html, pc_html_say(html, "Không tìm thấy lỗi trong số liệu",
                                      "No errors found in the figures"));
    else if (html->language == PARCHECK_VIETNAMESE)
        pc_buffer_format(html->out, "Tìm thấy %zu lỗi trong số liệu",
                         counts[PARCHECK_ERROR]);
    else
        pc_buffer_format(html->out, "%zu error%s found in the figures",
                         counts[PARCHECK_ERROR],
                         counts[PARCHECK_ERROR] == 1 ? "" : "s");
}

/* Nothing is loaded and nothing runs; the style sheet below is allowed by its
 * digest alone. */
static void write_head(pc_html *html)
{
    pc_buffer_format(html->out,
                     "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                     "<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" "
                     "content=\"default-src 'none'; style-src 'sha256-",
                     pc_html_say(html, "vi", "en"));
    pc_html_style_digest(html);
    pc_html_raw(html, "'; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, "
                      "initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n"
                      "<meta name=\"generator\" content=\"parcheck ");
    pc_html_raw(html, parcheck_version());
    pc_html_raw(html, "\">\n<title>");
    write_title_text(html);
    if (html->report->input_count > 0) {
        pc_html_raw(html, " – ");
        pc_markup(html->out, html->report->inputs[0].name, "", "");
    }
    pc_html_raw(html, "</title>\n<style>");
    pc_html_style(html->out);
    pc_html_raw(html, "</style>\n</head>\n<body>\n");
}

/* ---- the summary -----------------------------------------------------------
 */

static void write_tile(pc_html *html, parcheck_severity severity)
{
    static const char *const words[][2] = {
        {"lỗi", "errors"}, {"cảnh báo", "warnings"}, {"ghi chú", "notes"}};
    size_t count = html->report->severities[severity];
    char kind = pc_html_class(severity);

    pc_buffer_format(html->out, "<li class=\"tile k%c%s\">", kind,
                     count == 0 ? " none" : "");
    if (count > 0)
        pc_buffer_format(html->out, "<a href=\"#s%c\">", kind);
    pc_buffer_format(html->out,
                     "<span class=\"big\"><span aria-hidden=\"true\">%s</span> "
                     "%zu</span> %s",
                     pc_html_sign(severity), count,
                     words[severity][html->language]);
    pc_html_raw(html, count > 0 ? "</a></li>\n" : "</li>\n");
}

static void write_rules_line(pc_html *html)
{
    const size_t *counts = html->report->verdicts.counts;
    size_t total = counts[PARCHECK_HOLDS] + counts[PARCHECK_ROUNDING] +
                   counts[PARCHECK_FAILS] + counts[PARCHECK_UNKNOWN];

    pc_html_raw(html, "<p class=\"rules\">");
    pc_buffer_format(html->out,
                     pc_html_say(html,
                                 "Đã đối chiếu %zu lượt quy tắc: "
                                 "%zu đúng, %zu làm tròn khác, %zu sai, "
                                 "%zu không kiểm tra được vì ô trống "
                                 "hoặc thiếu số liệu.",
                                 "%zu rules were applied: %zu hold, %zu hold "
                                 "by another rounding, %zu fail, %zu could "
                                 "not be checked because cells are blank or "
                                 "missing."),
                     total, counts[PARCHECK_HOLDS], counts[PARCHECK_ROUNDING],
                     counts[PARCHECK_FAILS], counts[PARCHECK_UNKNOWN]);
    pc_html_raw(html, "</p>\n");
}

static size_t count_in(const pc_html *html, size_t input,
                       parcheck_severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < html->report->findings.list.count; i++) {
        const parcheck_finding *finding = pc_report_finding(html->report, i);

        count += finding->severity == severity && finding->input == input;
    }
    return count;
}

static void write_input_item(pc_html *html, size_t input)
{
    const pc_report_input *about = &html->report->inputs[input];
    static const char *const layouts[][3] = {
        {"form", "biểu mẫu", "form"},
        {"table", "bảng theo đơn vị", "table by unit"},
        {"series", "nhiều kỳ", "series of periods"},
        {"long", "bảng dài", "long table"}};

    pc_html_raw(html, "<li>");
    if (about->source != NULL)
        pc_buffer_format(html->out, "<a href=\"#i%zu\">", input + 1);
    if (html->report->input_count > 1)
        pc_buffer_format(html->out, "[%zu] ", input + 1);
    pc_html_text(html, about->name);
    if (about->source != NULL)
        pc_html_raw(html, "</a>");
    pc_html_raw(html, "<br><span class=\"sub\">");
    if (about->edition != NULL) {
        pc_html_text(html, about->edition->family->title[html->language]);
        pc_html_raw(html, " · ");
        pc_html_text(html, about->edition->name);
    } else if (html->report->judged) {
        pc_html_raw(html, pc_html_say(html, "không nhận ra biểu mẫu",
                                      "form not recognised"));
    }
    for (size_t i = 0; about->layout != NULL && i < 4; i++)
        if (strcmp(layouts[i][0], about->layout) == 0)
            pc_buffer_format(html->out, " · %s",
                             layouts[i][1 + html->language]);
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++)
        if (count_in(html, input, i) > 0)
            pc_buffer_format(html->out,
                             " · <span class=\"k k%c\"><span "
                             "aria-hidden=\"true\">%s</span> %zu "
                             "<span class=\"vh\">%s</span></span>",
                             pc_html_class(i), pc_html_sign(i),
                             count_in(html, input, i),
                             pc_severity_word(i, html->language));
    pc_html_raw(html, "</span></li>\n");
}

static void write_legend(pc_html *html)
{
    pc_html_raw(html, "<p class=\"legend\">");
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++)
        pc_buffer_format(html->out, "<span class=\"k k%c\">%s</span> %s  ",
                         pc_html_class(i), pc_html_sign(i),
                         pc_severity_word(i, html->language));
    pc_html_raw(html, "<span class=\"mo\">12</span> ");
    pc_html_raw(html, pc_html_say(html,
                                  "ô có mặt trong một phép tính không khớp; "
                                  "bấm vào số để xem",
                                  "a cell of arithmetic that does not come "
                                  "out; follow the number"));
    pc_html_raw(html, "</p>\n");
}

static void write_summary(pc_html *html)
{
    pc_html_raw(html, "<a class=\"skip\" href=\"#findings\">");
    pc_html_raw(
        html, pc_html_say(html, "Đến phần phát hiện", "Skip to the findings"));
    pc_html_raw(html, "</a>\n<header>\n<h1>");
    write_title_text(html);
    pc_html_raw(html, "</h1>\n<ul class=\"tiles\">\n");
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++)
        write_tile(html, i);
    pc_html_raw(html, "</ul>\n");
    if (html->report->judged)
        write_rules_line(html);
    pc_html_raw(html, "<nav aria-label=\"");
    pc_html_raw(html, pc_html_say(html, "Các tệp", "Files"));
    pc_html_raw(html, "\"><ul class=\"files\">\n");
    for (size_t i = 0; i < html->report->input_count; i++)
        write_input_item(html, i);
    pc_html_raw(html, "</ul></nav>\n</header>\n");
}

/* ---- a finding --------------------------------------------------------------
 */

static void write_literal(pc_html *html, const parcheck_cell *cell)
{
    if (cell->literal[0] != '\0') {
        pc_html_text(html, cell->literal);
        return;
    }
    pc_html_raw(html, "<i>");
    pc_html_raw(html, pc_html_say(html, "(trống)", "(blank)"));
    pc_html_raw(html, "</i>");
}

/* "Biểu 3 · 1.4 Tổng số …" */
static void write_meaning(pc_html *html, const parcheck_cell *cell)
{
    if (cell->form[0] != '\0') {
        pc_html_raw(html, "<span class=\"sub\">");
        pc_html_raw(html, pc_html_say(html, "Biểu ", "Form "));
        pc_html_text(html, cell->form);
        if (cell->code[0] != '\0') {
            pc_html_raw(html, " · ");
            pc_html_text(html, cell->code);
        }
        pc_html_raw(html, "</span> ");
    }
    pc_html_text(html, cell->label);
}

static bool differs(const char *text, const char *own)
{
    return text != NULL && (own == NULL || strcmp(text, own) != 0);
}

/* Whose cell it is, if that is not said of the finding. */
static void write_owner(pc_html *html, const pc_owner *owner,
                        const parcheck_finding *of)
{
    pc_buffer *title = &html->scratch;

    if (owner == NULL || (!differs(owner->unit, of->unit) &&
                          !differs(owner->unit_code, of->unit_code) &&
                          !differs(owner->period, of->period)))
        return;
    pc_buffer_clear(title);
    pc_unit_title(title, owner->unit, owner->unit_code, owner->period);
    if (title->failed)
        html->out->failed = true;
    pc_html_raw(html, "<br><span class=\"sub\">");
    if (!title->failed && title->length > 0)
        pc_html_text(html, title->data);
    pc_html_raw(html, "</span>");
}

static void write_operand(pc_html *html, const parcheck_cell *cell,
                          const parcheck_finding *of)
{
    pc_html_raw(html, "<tr><td class=\"v\">");
    write_literal(html, cell);
    pc_html_raw(html, "</td><td class=\"c\">");
    pc_html_place(html, cell);
    pc_html_raw(html, "</td><td>");
    write_meaning(html, cell);
    write_owner(html, cell->owner, of);
    pc_html_raw(html, "</td></tr>\n");
}

static void write_operands(pc_html *html, const parcheck_finding *finding)
{
    pc_buffer_format(html->out,
                     pc_html_say(html,
                                 "<details><summary>%zu ô trong phép tính"
                                 "</summary>\n<table class=\"ops\"><thead><tr>"
                                 "<th scope=\"col\">Số liệu</th>"
                                 "<th scope=\"col\">Ô</th>"
                                 "<th scope=\"col\">Chỉ tiêu</th></tr></thead>"
                                 "<tbody>\n",
                                 "<details><summary>The %zu cells of this"
                                 "</summary>\n<table class=\"ops\"><thead><tr>"
                                 "<th scope=\"col\">Value</th>"
                                 "<th scope=\"col\">Cell</th>"
                                 "<th scope=\"col\">Indicator</th></tr></thead>"
                                 "<tbody>\n"),
                     finding->cell_count);
    for (size_t i = 0; i < finding->cell_count && i < MOST_OPERANDS; i++)
        write_operand(html, finding->cells[i], finding);
    pc_html_raw(html, "</tbody></table>\n");
    if (finding->cell_count > MOST_OPERANDS)
        pc_buffer_format(html->out,
                         pc_html_say(html, "<p>… và %zu ô nữa</p>\n",
                                     "<p>… and %zu more</p>\n"),
                         finding->cell_count - MOST_OPERANDS);
    pc_html_raw(html, "</details>\n");
}

static void write_change_item(pc_html *html, const pc_change *change)
{
    pc_html_raw(html, "<li>");
    pc_html_place(html, change->cell);
    pc_html_raw(html, ": <s>");
    write_literal(html, change->cell);
    pc_html_raw(html, "</s> → <b>");
    pc_html_change(html, change);
    pc_html_raw(html, "</b></li>\n");
}

static void write_explanation(pc_html *html, const parcheck_explanation *e)
{
    pc_html_raw(html, "<li><p>");
    pc_html_text(html, e->message[html->language]);
    pc_html_raw(html, "</p>\n");
    if (e->change_count > 0) {
        pc_html_raw(html, "<ul class=\"changes\">\n");
        for (size_t i = 0; i < e->change_count; i++)
            write_change_item(html, &e->changes[i]);
        pc_html_raw(html, "</ul>\n");
    }
    pc_html_raw(html, "</li>\n");
}

static void write_explanations(pc_html *html, const parcheck_finding *finding)
{
    if (finding->explanation_count == 0)
        return;
    pc_buffer_format(html->out,
                     pc_html_say(html,
                                 "<details><summary>Có thể là do (%zu)"
                                 "</summary><ol>\n",
                                 "<details><summary>What it may be (%zu)"
                                 "</summary><ol>\n"),
                     finding->explanation_count);
    for (size_t i = 0; i < finding->explanation_count; i++)
        write_explanation(html, finding->explanations[i]);
    pc_html_raw(html, "</ol></details>\n");
}

static void write_where(pc_html *html, const parcheck_finding *finding)
{
    const parcheck_cell *cell;

    if (finding->cell_count == 0)
        return;
    cell = finding->cells[0];
    pc_html_raw(html, "<p class=\"where\">");
    pc_html_place(html, cell);
    pc_html_raw(html, " · ");
    if (cell->form[0] != '\0' || cell->label[0] != '\0') {
        write_meaning(html, cell);
    } else {
        pc_html_text(html, html->report->inputs[cell->input].name);
        pc_buffer_format(html->out,
                         pc_html_say(html, ", dòng %zu", ", line %zu"),
                         cell->line);
    }
    if (finding->unit != NULL || finding->period != NULL) {
        pc_buffer_clear(&html->scratch);
        pc_unit_title(&html->scratch, finding->unit, finding->unit_code,
                      finding->period);
        if (html->scratch.failed)
            html->out->failed = true;
        pc_html_raw(html, "<br>");
        if (!html->scratch.failed && html->scratch.length > 0)
            pc_html_text(html, html->scratch.data);
    }
    pc_html_raw(html, "</p>\n");
}

static void write_source(pc_html *html, const parcheck_finding *finding)
{
    pc_html_raw(html, "<p class=\"src\"><code>");
    pc_html_raw(html, pc_code_text(finding->code));
    pc_html_raw(html, "</code>");
    if (finding->rule != NULL) {
        pc_html_raw(html, " <code>");
        pc_html_text(html, finding->rule->id);
        pc_html_raw(html, "</code>");
        if (finding->rule->basis[0] != '\0') {
            pc_html_raw(html, pc_html_say(html, " · Căn cứ: ", " · Basis: "));
            pc_html_text(html, finding->rule->basis);
        }
    }
    if (finding->cause > 0)
        pc_buffer_format(html->out,
                         pc_html_say(html, " · Nguyên nhân chung số %zu",
                                     " · Common cause %zu"),
                         finding->cause);
    pc_html_raw(html, "</p>\n");
}

static void write_finding(pc_html *html, size_t index)
{
    const parcheck_finding *finding = pc_report_finding(html->report, index);
    char kind = pc_html_class(finding->severity);

    pc_buffer_format(html->out,
                     "<article class=\"f f%c\" id=\"f%zu\">\n<h4>"
                     "<span class=\"k k%c\"><span aria-hidden=\"true\">%s"
                     "</span><span class=\"vh\">%s</span> %zu</span> ",
                     kind, index + 1, kind, pc_html_sign(finding->severity),
                     pc_severity_word(finding->severity, html->language),
                     index + 1);
    pc_html_raw(html, "<span class=\"msg\">");
    pc_html_text(html, finding->rule != NULL
                           ? finding->rule->text[html->language]
                           : finding->message[html->language]);
    pc_html_raw(html, "</span></h4>\n");
    if (finding->rule != NULL) {
        pc_html_raw(html, "<p class=\"sum\">");
        pc_html_text(html, finding->detail[html->language]);
        pc_html_raw(html, "</p>\n");
    }
    write_where(html, finding);
    write_explanations(html, finding);
    if (finding->cell_count > 1)
        write_operands(html, finding);
    write_source(html, finding);
    pc_html_raw(html, "</article>\n");
    pc_writer_flush(html->writer, false);
}

/* Findings come sorted by severity: one section for each. */
static void write_findings(pc_html *html)
{
    static const char *const titles[][2] = {{"Lỗi cần sửa", "Errors"},
                                            {"Cảnh báo", "Warnings"},
                                            {"Ghi chú", "Notes"}};
    size_t count = html->report->findings.list.count;
    size_t next = 0;

    pc_html_raw(html, "<section aria-labelledby=\"findings\">\n"
                      "<h2 id=\"findings\">");
    pc_html_raw(html, pc_html_say(html, "Phát hiện", "Findings"));
    pc_html_raw(html, "</h2>\n");
    if (count == 0)
        pc_html_raw(html, pc_html_say(html, "<p>Không có gì cần lưu ý.</p>\n",
                                      "<p>There is nothing to tell.</p>\n"));
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++) {
        if (html->report->severities[i] == 0)
            continue;
        pc_buffer_format(html->out, "<h3 id=\"s%c\">%s (%zu)</h3>\n",
                         pc_html_class(i), titles[i][html->language],
                         html->report->severities[i]);
        while (next < count &&
               pc_report_finding(html->report, next)->severity == i)
            write_finding(html, next++);
    }
    pc_html_raw(html, "</section>\n");
}

/* ---- verdicts ---------------------------------------------------------------
 */

static void write_verdict(pc_html *html, const parcheck_verdict *verdict)
{
    const char *reason = pc_reason_word(verdict->reason, html->language);

    pc_html_raw(html, "<tr><th scope=\"row\">");
    pc_html_text(html, verdict->rule->text[html->language]);
    pc_html_raw(html, "</th><td>");
    pc_buffer_clear(&html->scratch);
    pc_unit_title(&html->scratch, verdict->unit, verdict->unit_code,
                  verdict->period);
    if (html->scratch.failed)
        html->out->failed = true;
    else if (html->scratch.length > 0)
        pc_html_text(html, html->scratch.data);
    pc_html_raw(html, "</td><td>");
    pc_html_raw(html, pc_outcome_word(verdict->outcome, 1, html->language));
    if (reason[0] != '\0')
        pc_buffer_format(html->out, " (%s)", reason);
    pc_html_raw(html, "</td><td><code>");
    pc_html_text(html, verdict->rule->id);
    pc_html_raw(html, "</code></td></tr>\n");
    pc_writer_flush(html->writer, false);
}

static void write_verdicts(pc_html *html)
{
    pc_html_raw(html, "<section aria-labelledby=\"verdicts\">\n"
                      "<h2 id=\"verdicts\">");
    pc_html_raw(html, pc_html_say(html, "Từng quy tắc", "Every rule"));
    pc_html_raw(html, "</h2>\n<div class=\"scroll\" role=\"region\" "
                      "tabindex=\"0\" aria-labelledby=\"verdicts\">"
                      "<table class=\"ops\"><thead><tr><th scope=\"col\">");
    pc_html_raw(html, pc_html_say(html,
                                  "Quy tắc</th><th scope=\"col\">Đơn vị</th>"
                                  "<th scope=\"col\">Kết quả</th>"
                                  "<th scope=\"col\">Tên",
                                  "Rule</th><th scope=\"col\">Unit</th>"
                                  "<th scope=\"col\">Verdict</th>"
                                  "<th scope=\"col\">Id"));
    pc_html_raw(html, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < html->report->verdicts.list.count; i++)
        write_verdict(html, pc_report_verdict(html->report, i));
    pc_html_raw(html, "</tbody></table></div>\n</section>\n");
}

/* ---- the page
 * ----------------------------------------------------------------
 */

static void write_footer(pc_html *html)
{
    pc_buffer_format(html->out, "<footer>\n<p>parcheck %s", parcheck_version());
    for (size_t i = 0; i < html->report->edition_count; i++) {
        const parcheck_edition *edition = html->report->editions[i];

        pc_html_raw(html, "<br>");
        pc_html_raw(html, pc_html_say(html, "Bảng quy tắc ", "Schema "));
        pc_html_text(html, edition->family->name);
        pc_html_raw(html, "/");
        pc_html_text(html, edition->name);
        pc_html_raw(html, " <code>");
        pc_html_text(html, edition->digest);
        pc_html_raw(html, "</code>");
    }
    pc_html_raw(html, "</p>\n</footer>\n");
}

static bool has_source(const parcheck_report *report)
{
    for (size_t i = 0; i < report->input_count; i++)
        if (report->inputs[i].source != NULL)
            return true;
    return false;
}

/* The forms as they were sent, or that there are none to show. The schema
 * that is examined alone was not sent at all. */
static void write_sent(pc_html *html)
{
    bool files = has_source(html->report);

    if (!files && !html->report->judged)
        return;
    pc_html_raw(html, "<section aria-labelledby=\"forms\">\n"
                      "<h2 id=\"forms\">");
    pc_html_raw(html, pc_html_say(html, "Số liệu đã gửi", "What was sent"));
    pc_html_raw(html, "</h2>\n");
    if (files) {
        write_legend(html);
        pc_html_forms(html);
    } else {
        pc_html_raw(html,
                    pc_html_say(html,
                                "<p>Số liệu không được gửi bằng tệp nên không "
                                "có biểu nào để hiện ở đây; các số liệu của "
                                "từng phép tính có ở mỗi phát hiện.</p>\n",
                                "<p>The figures came without a file, so there "
                                "is no form to show; each finding has the "
                                "figures of its arithmetic.</p>\n"));
    }
    pc_html_raw(html, "</section>\n");
}

static void write_page(pc_html *html)
{
    write_head(html);
    write_summary(html);
    pc_html_raw(html, "<main>\n");
    write_findings(html);
    write_sent(html);
    if (html->writer->options->verdicts != 0)
        write_verdicts(html);
    pc_html_raw(html, "</main>\n");
    write_footer(html);
    pc_html_raw(html, "</body>\n</html>\n");
}

void pc_write_html(pc_writer *writer, const parcheck_report *report)
{
    pc_html html = {.writer = writer,
                    .out = &writer->text,
                    .report = report,
                    .language = writer->options->language,
                    .cells_left = MOST_CELLS};

    pc_arena_init(&html.arena, &writer->text.allocator);
    pc_buffer_init(&html.scratch, &writer->text.allocator, SIZE_MAX / 8);
    if (pc_html_collect_marks(&html))
        write_page(&html);
    else
        writer->text.failed = true;
    pc_buffer_free(&html.scratch);
    pc_arena_free(&html.arena);
}
