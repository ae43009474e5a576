#include "finding/finding.h"

#include <stdio.h>
#include <string.h>

typedef struct catalogue_entry {
    const char *code;
    parcheck_severity severity;
    const char *message[2];
} catalogue_entry;

static const catalogue_entry catalogue[] = {
#define PC_FINDING(name, code, severity, vi, en)                               \
    {code, PARCHECK_##severity, {vi, en}},
#include "finding/catalogue.def"
#undef PC_FINDING
};

const char *pc_code_text(pc_code code)
{
    return catalogue[code].code;
}

parcheck_severity pc_code_severity(pc_code code)
{
    return catalogue[code].severity;
}

/* Every cell has an address, so that it is written from its end without the
 * printing functions: at most 15 digits, behind at most 15 letters. */
void pc_cell_address(parcheck_cell *cell, size_t row, size_t column)
{
    enum { MOST = 15 };
    char text[2 * MOST + 1];
    size_t at = sizeof text - 1;
    size_t digits = 0;

    text[at] = '\0';
    do {
        text[--at] = (char)('0' + (char)(row % 10));
        row /= 10;
    } while (row > 0 && ++digits < MOST);
    for (size_t i = 0; column > 0 && i < MOST; i++, column = (column - 1) / 26)
        text[--at] = (char)('A' + (char)((column - 1) % 26));
    memcpy(cell->address, text + at, sizeof text - at);
}

pc_digits pc_number_text(size_t number)
{
    pc_digits digits;

    (void)snprintf(digits.text, sizeof digits.text, "%zu", number);
    return digits;
}

void pc_findings_init(pc_findings *findings, pc_arena *arena, size_t most)
{
    memset(findings, 0, sizeof *findings);
    findings->arena = arena;
    findings->most = most;
}

static size_t argument_count(const char *const *arguments)
{
    size_t count = 0;

    while (arguments != NULL && arguments[count] != NULL)
        count++;
    return count;
}

/* "{2?row|rows}", of which `at` is the "?": adds the first word if the
 * argument is "1" and the second if not. Returns the closing brace. */
static const char *add_plural(pc_buffer *text, const char *at,
                              const char *argument)
{
    const char *middle = strchr(at, '|');
    const char *end = strchr(middle, '}');

    if (argument != NULL && strcmp(argument, "1") == 0)
        pc_buffer_append(text, at + 1, (size_t)(middle - at - 1));
    else
        pc_buffer_append(text, middle + 1, (size_t)(end - middle - 1));
    return end;
}

/* The template with its {n} replaced. */
static const char *expand(pc_arena *arena, const char *template,
                          const char *const *arguments)
{
    size_t count = argument_count(arguments);
    pc_buffer text;
    char *copy;

    pc_buffer_init(&text, &arena->allocator, SIZE_MAX / 8);
    for (const char *at = template; *at != '\0'; at++) {
        const char *argument;

        if (at[0] != '{') {
            pc_buffer_char(&text, *at);
            continue;
        }
        argument = (size_t)(at[1] - '1') < count ? arguments[at[1] - '1']
                                                 : NULL;
        if (at[2] == '?') {
            at = add_plural(&text, at + 2, argument);
            continue;
        }
        if (argument != NULL)
            pc_buffer_text(&text, argument);
        at += 2;
    }
    copy = pc_buffer_copy(&text, arena);
    pc_buffer_free(&text);
    return copy;
}

static parcheck_finding *add(pc_findings *findings, pc_code code,
                             const char *const *arguments)
{
    parcheck_finding *finding = pc_list_add(&findings->list, findings->arena,
                                            sizeof *finding);

    if (finding == NULL) {
        findings->failed = true;
        return NULL;
    }
    finding->code = code;
    finding->severity = catalogue[code].severity;
    finding->sequence = findings->list.count;
    for (size_t language = 0; language < 2; language++) {
        finding->message[language] = expand(
            findings->arena, catalogue[code].message[language], arguments);
        if (finding->message[language] == NULL)
            findings->failed = true;
    }
    return finding;
}

parcheck_finding *pc_findings_add(pc_findings *findings, pc_code code,
                                  const char *const *arguments)
{
    if (findings->counts[code]++ >= findings->most)
        return NULL;
    return add(findings, code, arguments);
}

bool pc_findings_full(pc_findings *findings, pc_code code)
{
    if (findings->counts[code] < findings->most)
        return false;
    findings->counts[code]++;
    return true;
}

void pc_finding_at(pc_findings *findings, parcheck_finding *finding,
                   const parcheck_cell *cell)
{
    const parcheck_cell **cells;

    if (finding == NULL || cell == NULL)
        return;
    cells = pc_arena_array(findings->arena, 1, sizeof(*cells));
    if (cells == NULL) {
        findings->failed = true;
        return;
    }
    cells[0] = cell;
    finding->cells = cells;
    finding->cell_count = 1;
}

void pc_finding_extend(pc_findings *findings, size_t index, const char *vi,
                       const char *en)
{
    parcheck_finding *finding = (parcheck_finding *)findings->list.data + index;
    const char *const more[2] = {vi, en};

    for (size_t language = 0; language < 2; language++) {
        const char *message = expand(
            findings->arena, "{1}{2}",
            (const char *[]){finding->message[language], more[language], NULL});

        if (message == NULL)
            findings->failed = true;
        else
            finding->message[language] = message;
    }
}

static void report_ceilings(pc_findings *findings)
{
    for (size_t code = 0; code < PC_CODE_COUNT; code++) {
        size_t count = findings->counts[code];

        if (count <= findings->most)
            continue;
        (void)add(findings, PC_LIMIT_FINDINGS,
                  (const char *[]){
                      pc_number_text(findings->most).text, catalogue[code].code,
                      pc_number_text(count - findings->most).text, NULL});
    }
}

static void set_place(parcheck_finding *finding)
{
    if (finding->cell_count == 0)
        return;
    finding->input = finding->cells[0]->input;
    finding->line = finding->cells[0]->line;
    finding->column = finding->cells[0]->column;
}

static int order(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int compare(const void *left, const void *right)
{
    const parcheck_finding *a = left;
    const parcheck_finding *b = right;
    const int keys[] = {order(a->severity, b->severity),
                        order(a->input, b->input),
                        order(a->line, b->line),
                        order(a->column, b->column),
                        order(a->rule_order, b->rule_order),
                        order(a->code, b->code)};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i] != 0)
            return keys[i];
    return order(a->sequence, b->sequence);
}

/* The last finding of a cause so far, and the number of the cause by the
 * order of the findings. */
typedef struct cause {
    parcheck_finding *last;
    size_t number;
} cause;

/* Numbers the causes anew as they come, and links their findings. */
static void link_causes(pc_findings *findings)
{
    parcheck_finding *all = findings->list.data;
    size_t most = 0;
    size_t count = 0;
    cause *causes;

    for (size_t i = 0; i < findings->list.count; i++)
        if (all[i].cause > most)
            most = all[i].cause;
    if (most == 0)
        return;
    causes = pc_arena_array(findings->arena, most, sizeof *causes);
    if (causes == NULL) {
        findings->failed = true;
        return;
    }
    for (size_t i = 0; i < findings->list.count; i++) {
        cause *of = all[i].cause > 0 ? &causes[all[i].cause - 1] : NULL;

        if (of == NULL)
            continue;
        if (of->last == NULL)
            of->number = ++count;
        else
            of->last->next = i;
        all[i].follows = of->last != NULL;
        all[i].cause = of->number;
        of->last = &all[i];
    }
}

void pc_findings_finish(pc_findings *findings)
{
    parcheck_finding *all;

    report_ceilings(findings);
    all = findings->list.data;
    for (size_t i = 0; i < findings->list.count; i++)
        set_place(&all[i]);
    pc_sort(all, findings->list.count, sizeof *all, compare);
    link_causes(findings);
}
