#include "report/words.h"

const char *pc_severity_word(parcheck_severity severity,
                             parcheck_language language)
{
    static const char *const words[][2] = {
        {"Lỗi", "Error"}, {"Cảnh báo", "Warning"}, {"Ghi chú", "Note"}};

    return words[severity][language];
}

/* Vietnamese has no plural. */
static const char *choose(const char *const words[3], size_t count,
                          parcheck_language language)
{
    return language == PARCHECK_VIETNAMESE ? words[0]
                                           : words[count == 1 ? 1 : 2];
}

const char *pc_severity_count(parcheck_severity severity, size_t count,
                              parcheck_language language)
{
    static const char *const words[][3] = {{"lỗi", "error", "errors"},
                                           {"cảnh báo", "warning", "warnings"},
                                           {"ghi chú", "note", "notes"}};

    return choose(words[severity], count, language);
}

const char *pc_outcome_word(parcheck_outcome outcome, size_t count,
                            parcheck_language language)
{
    static const char *const words[][3] = {
        {"đúng", "holds", "hold"},
        {"làm tròn khác", "holds by other rounding", "hold by other rounding"},
        {"sai", "fails", "fail"},
        {"không kiểm tra được", "could not be checked",
         "could not be checked"}};

    return choose(words[outcome], count, language);
}

const char *pc_reason_word(pc_reason reason, parcheck_language language)
{
    static const char *const words[][2] = {
        [PC_REASON_NONE] = {"", ""},
        [PC_REASON_BLANK] = {"ô trống", "blank"},
        [PC_REASON_BLANK_AS_ZERO] = {"coi ô trống là 0", "if blanks are 0"},
        [PC_REASON_ZERO_DENOMINATOR] = {"mẫu số bằng 0", "denominator 0"},
        [PC_REASON_UNREADABLE] = {"không đọc được", "unreadable"},
        [PC_REASON_MISSING] = {"thiếu dòng, tệp hoặc báo cáo",
                               "row, file or report missing"},
        [PC_REASON_TRUNCATED] = {"cắt bớt", "cut off"},
        [PC_REASON_ROUNDED_UP] = {"làm tròn lên", "rounded up"},
        [PC_REASON_ADDENDS_ROUNDED] = {"các số đã làm tròn",
                                       "numbers rounded"}};

    return words[reason][language];
}

void pc_unit_title(pc_buffer *out, const char *unit, const char *code,
                   const char *period)
{
    if (code != NULL)
        pc_buffer_format(out, "%s. ", code);
    if (unit != NULL)
        pc_buffer_text(out, unit);
    if (period != NULL)
        pc_buffer_format(out, "%s%s", unit != NULL ? ", " : "", period);
}

void pc_cell_place(pc_buffer *out, const parcheck_report *report,
                   const parcheck_cell *cell, parcheck_language language)
{
    if (report->input_count > 1)
        pc_buffer_format(out, "[%zu] ", cell->input + 1);
    if (cell->address[0] != '\0')
        pc_buffer_text(out, cell->address);
    else if (cell->line == 0)
        pc_buffer_text(out, cell->name);
    else
        pc_buffer_format(out, "%s %zu",
                         language == PARCHECK_VIETNAMESE ? "dòng" : "line",
                         cell->line);
}
