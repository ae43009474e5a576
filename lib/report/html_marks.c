#include "report/html.h"

static void set_mark(pc_mark *mark, const parcheck_cell *cell,
                     pc_role_of_cell role, size_t finding)
{
    mark->input = cell->input;
    mark->line = cell->line;
    mark->column = cell->column > 0 ? cell->column : 1;
    mark->role = role;
    mark->finding = finding;
}

static const parcheck_explanation *likeliest(const parcheck_finding *finding)
{
    return finding->explanation_count > 0 ? finding->explanations[0] : NULL;
}

static size_t count_marks(const pc_html *html)
{
    size_t count = 0;

    for (size_t i = 0; i < html->report->findings.list.count; i++) {
        const parcheck_finding *finding = pc_report_finding(html->report, i);
        const parcheck_explanation *e = likeliest(finding);

        count += finding->cell_count + (e != NULL ? e->change_count : 0);
    }
    return count;
}

static size_t add_marks(pc_mark *marks, const parcheck_finding *finding,
                        size_t index)
{
    const parcheck_explanation *e = likeliest(finding);
    size_t count = 0;

    for (size_t i = 0; i < finding->cell_count; i++)
        set_mark(&marks[count++], finding->cells[i],
                 i == 0 ? PC_CELL_SUBJECT : PC_CELL_OPERAND, index);
    for (size_t i = 0; e != NULL && i < e->change_count; i++) {
        set_mark(&marks[count], e->changes[i].cell, PC_CELL_SUSPECTED, index);
        marks[count++].change = &e->changes[i];
    }
    return count;
}

static int order(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

/* Marks that are alike in all this are alike. */
static int compare(const void *left, const void *right)
{
    const pc_mark *a = left;
    const pc_mark *b = right;
    const int keys[] = {order(a->input, b->input), order(a->line, b->line),
                        order(a->column, b->column), order(a->role, b->role),
                        order(a->finding, b->finding)};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i] != 0)
            return keys[i];
    return 0;
}

bool pc_html_collect_marks(pc_html *html)
{
    size_t count = count_marks(html);
    pc_mark *marks = pc_arena_array(&html->arena, count, sizeof *marks);

    if (marks == NULL)
        return false;
    html->marks.count = 0;
    for (size_t i = 0; i < html->report->findings.list.count; i++)
        html->marks.count += add_marks(marks + html->marks.count,
                                       pc_report_finding(html->report, i), i);
    pc_sort(marks, count, sizeof *marks, compare);
    html->marks.data = marks;
    return true;
}

/* The first mark that is not before the place. */
static size_t lower_bound(pc_marks marks, size_t input, size_t line)
{
    size_t from = 0;
    size_t to = marks.count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const pc_mark *mark = &marks.data[middle];

        if (mark->input < input || (mark->input == input && mark->line < line))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

pc_marks pc_html_marks_at(const pc_html *html, size_t input, size_t line)
{
    size_t from = lower_bound(html->marks, input, line);

    return (pc_marks){html->marks.data + from,
                      lower_bound(html->marks, input, line + 1) - from};
}

pc_marks pc_html_marks_on(pc_marks marks, size_t column)
{
    size_t from = 0;
    size_t to;

    while (from < marks.count && marks.data[from].column < column)
        from++;
    to = from;
    while (to < marks.count && marks.data[to].column == column)
        to++;
    return (pc_marks){marks.data + from, to - from};
}
