#include "submission/steps.h"

#include <string.h>

/* The number styles that the cells of one input show. Percentages are kept
 * apart: "16.3" beside "2.531" says nothing about how counts are written. */
typedef struct styles {
    pc_number_style numbers;
    pc_number_style percents;
} styles;

static void learn_style(styles *style, parcheck_kind kind,
                        const pc_literal *literal)
{
    pc_number_style *of_kind = kind == PARCHECK_PERCENT ? &style->percents
                                                        : &style->numbers;

    if (literal->state == PC_LITERAL_NUMBER) {
        pc_style_groups(of_kind, literal->group_mark);
        pc_style_decimals(of_kind, literal->decimal_mark);
    } else if (literal->state == PC_LITERAL_AMBIGUOUS) {
        if (kind == PARCHECK_PERCENT)
            pc_style_decimals(of_kind, literal->decimal_mark);
        else if (kind != PARCHECK_AMOUNT)
            pc_style_groups(of_kind, literal->group_mark);
    }
}

static pc_style_answer ask_style(const styles *style, char mark)
{
    pc_style_answer answer = pc_style_ask(&style->numbers, mark);
    const pc_number_style *numbers = &style->numbers;
    bool shows_nothing = numbers->dot_groups + numbers->comma_groups +
                             numbers->dot_decimals + numbers->comma_decimals ==
                         0;

    return answer == PC_STYLE_OPEN && shows_nothing
               ? pc_style_ask(&style->percents, mark)
               : answer;
}

typedef struct reading {
    pc_submission *s;
    const pc_binding *binding;
    pc_literal literal;
    pc_fact fact;
} reading;

static void report(reading *r, pc_code code, const char *argument)
{
    pc_report_cell(r->s, code, r->binding->cell,
                   (const char *[]){r->binding->cell->literal, argument, NULL});
}

/* The number as the report writes it. */
static const char *decimal_text(reading *r, pc_decimal number)
{
    pc_buffer text;
    const char *copy;

    pc_buffer_init(&text, &r->s->arena->allocator, SIZE_MAX / 8);
    pc_fraction_write(&text, pc_fraction_of(number));
    copy = pc_buffer_copy(&text, r->s->arena);
    pc_buffer_free(&text);
    if (copy == NULL)
        r->s->findings->failed = true;
    return copy != NULL ? copy : "";
}

/* What the literal leaves open the kind decides, then the style of the
 * file, then the default: that the mark groups thousands. */
static void settle_ambiguous(reading *r, const styles *style)
{
    pc_style_answer answer = PC_STYLE_GROUPS;

    if (r->binding->indicator->kind == PARCHECK_PERCENT)
        answer = PC_STYLE_DECIMAL;
    else if (r->binding->indicator->kind == PARCHECK_AMOUNT)
        answer = ask_style(style, r->literal.group_mark);
    r->fact.value = answer == PC_STYLE_DECIMAL ? r->literal.other
                                               : r->literal.value;
    if (answer == PC_STYLE_OPEN)
        pc_report_cell(r->s, PC_CELL_AMBIGUOUS, r->binding->cell,
                       (const char *[]){r->binding->cell->literal,
                                        decimal_text(r, r->literal.value),
                                        decimal_text(r, r->literal.other),
                                        NULL});
}

static bool is_whole(pc_decimal number)
{
    int64_t rest = number.coefficient;

    for (unsigned i = 0; i < number.scale; i++) {
        if (rest % 10 != 0)
            return false;
        rest /= 10;
    }
    return true;
}

static bool is_choice(const parcheck_indicator *indicator, pc_decimal value)
{
    for (size_t i = 0; i < indicator->choice_count; i++)
        if (pc_decimal_compare(indicator->choice_values[i], value) == 0)
            return true;
    return false;
}

/* Values that the kind does not allow are told, and still judged by: they
 * are what was sent. A choice is left to the rule that lists its values. */
static void check_value(reading *r)
{
    const parcheck_indicator *indicator = r->binding->indicator;
    const pc_symbol *symbol = pc_family_symbol(
        r->s->inputs[r->binding->cell->input].family, indicator->symbol);
    const pc_decimal hundred = {100, 0};
    pc_decimal value = r->fact.value;

    if (indicator->kind == PARCHECK_CHOICE) {
        if (!symbol->listed && !is_choice(indicator, value))
            report(r, PC_CELL_OUT_OF_RANGE, indicator->choices);
        return;
    }
    if (value.coefficient < 0)
        report(r, PC_CELL_NEGATIVE, NULL);
    if (indicator->kind == PARCHECK_COUNT && !is_whole(value))
        report(r, PC_CELL_NOT_WHOLE, NULL);
    if (indicator->kind == PARCHECK_PERCENT &&
        pc_decimal_compare(value, hundred) > 0)
        report(r, PC_CELL_OUT_OF_RANGE, "0–100 %");
}

static void read_value(reading *r, const styles *style)
{
    pc_literal_state state = r->literal.state;

    if (r->literal.percent_sign &&
        r->binding->indicator->kind != PARCHECK_PERCENT)
        state = PC_LITERAL_NOT_A_NUMBER;
    r->fact.cell = r->binding->cell;
    r->fact.state = PC_FACT_UNREADABLE;
    switch (state) {
    case PC_LITERAL_BLANK:
        r->fact.state = PC_FACT_BLANK;
        return;
    case PC_LITERAL_NOT_A_NUMBER:
        report(r, PC_CELL_NOT_A_NUMBER, NULL);
        return;
    case PC_LITERAL_TOO_LONG:
        report(r, PC_CELL_TOO_LONG, NULL);
        return;
    case PC_LITERAL_AMBIGUOUS:
        settle_ambiguous(r, style);
        break;
    case PC_LITERAL_NUMBER:
        r->fact.value = r->literal.value;
        break;
    }
    r->fact.state = PC_FACT_VALUE;
    check_value(r);
}

/* Whether a value that came again is the one that came first. */
static bool is_same(const pc_fact *first, const pc_fact *again)
{
    if (first->first != again->state)
        return false;
    if (again->state == PC_FACT_UNREADABLE)
        return strcmp(first->cell->literal, again->cell->literal) == 0;
    return again->state == PC_FACT_BLANK ||
           pc_decimal_compare(first->value, again->value) == 0;
}

static const char *shown_literal(const parcheck_cell *cell)
{
    return cell->literal[0] != '\0' ? cell->literal : "“”";
}

static void report_twice(reading *r, pc_code code, const pc_fact *first)
{
    parcheck_finding *finding = pc_findings_add(
        r->s->findings, code,
        (const char *[]){pc_row_title(r->binding->indicator),
                         shown_literal(first->cell),
                         shown_literal(r->fact.cell), NULL});
    const parcheck_cell **cells;

    if (finding == NULL)
        return;
    cells = pc_arena_array(r->s->arena, 2, sizeof(*cells));
    if (cells == NULL) {
        r->s->findings->failed = true;
        return;
    }
    cells[0] = first->cell;
    cells[1] = r->fact.cell;
    finding->cells = cells;
    finding->cell_count = 2;
}

/* Of two values that differ neither counts: to take one would be a guess. */
static void keep_fact(reading *r)
{
    pc_unit *unit = pc_submission_unit(r->s, r->binding->unit);
    pc_fact *known = &unit->facts[r->binding->indicator->symbol];

    if (known->state == PC_FACT_MISSING) {
        *known = r->fact;
        known->first = known->state;
    } else if (is_same(known, &r->fact)) {
        report_twice(r, PC_ROW_REPEATED, known);
    } else {
        report_twice(r, PC_ROW_DUPLICATE, known);
        known->state = PC_FACT_UNREADABLE;
    }
}

bool pc_read_facts(pc_submission *s, const pc_bindings *bindings)
{
    const pc_binding *all = bindings->list.data;
    styles style;

    memset(&style, 0, sizeof style);
    for (size_t i = 0; i < bindings->list.count; i++) {
        const char *text = all[i].cell->literal;
        pc_literal literal = pc_literal_read(text, strlen(text));

        learn_style(&style, all[i].indicator->kind, &literal);
    }
    for (size_t i = 0; i < bindings->list.count; i++) {
        reading r = {.s = s, .binding = &all[i]};

        r.literal = pc_literal_read(all[i].cell->literal,
                                    strlen(all[i].cell->literal));
        read_value(&r, &style);
        keep_fact(&r);
    }
    return !s->findings->failed;
}
