#include "submission/steps.h"

#include <string.h>

#include "value/words.h"

/* How the cells of one input write numbers. Percentages teach nothing: "16.3"
 * beside "2.531" does not say how amounts are written. */
static void learn_style(pc_number_style *style, parcheck_kind kind,
                        const pc_literal *literal)
{
    if (kind == PARCHECK_PERCENT)
        return;
    if (literal->state == PC_LITERAL_NUMBER) {
        pc_style_groups(style, literal->group_mark);
        pc_style_decimals(style, literal->decimal_mark);
    } else if (literal->state == PC_LITERAL_AMBIGUOUS &&
               kind != PARCHECK_AMOUNT) {
        pc_style_groups(style, literal->group_mark);
    }
}

typedef struct reading {
    pc_submission *s;
    const pc_binding *binding;
    pc_literal literal;
    pc_fact fact;
} reading;

static void report(reading *r, pc_code code, const char *argument)
{
    pc_report_of_unit(
        r->s, r->binding->unit, code, r->binding->cell,
        (const char *[]){r->binding->cell->literal, argument, NULL});
}

/* The number as the report writes it. */
static const char *decimal_text(reading *r, pc_decimal number)
{
    char digits[PC_DECIMAL_TEXT];
    const char *copy = pc_arena_copy(r->s->arena, digits,
                                     pc_decimal_write(digits, number));

    if (copy == NULL)
        r->s->findings->failed = true;
    return copy != NULL ? copy : "";
}

/* Says how a literal is read that is not simply a number. */
static void report_interpreted(reading *r)
{
    if (r->literal.interpreted)
        report(r, PC_CELL_INTERPRETED, decimal_text(r, r->fact.value));
}

/* What the literal leaves open the kind decides, then the style of the
 * file, then the default: that the mark groups thousands. */
/* Reports both readings, and keeps the one that was not taken: once all facts
 * are there, the rules may tell which of them is meant. */
static void report_ambiguous(reading *r)
{
    pc_findings *findings = r->s->findings;
    size_t before = findings->list.count;
    pc_ambiguous *kept = pc_list_add(&r->s->ambiguous, r->s->arena,
                                     sizeof *kept);

    pc_report_of_unit(
        r->s, r->binding->unit, PC_CELL_AMBIGUOUS, r->binding->cell,
        (const char *[]){r->binding->cell->literal,
                         decimal_text(r, r->literal.value),
                         decimal_text(r, r->literal.other), NULL});
    if (kept == NULL) {
        findings->failed = true;
        return;
    }
    kept->unit = r->binding->unit;
    kept->symbol = r->binding->indicator->symbol;
    kept->other = r->literal.other;
    kept->other_zeros = r->literal.other_zeros;
    kept->finding = findings->list.count > before ? before : PC_NONE;
}

static void settle_ambiguous(reading *r, const pc_number_style *style)
{
    pc_style_answer answer = PC_STYLE_GROUPS;

    if (r->binding->indicator->kind == PARCHECK_PERCENT)
        answer = PC_STYLE_DECIMAL;
    else if (r->binding->indicator->kind == PARCHECK_AMOUNT)
        answer = pc_style_ask(style, r->literal.group_mark);
    if (answer == PC_STYLE_DECIMAL) {
        r->fact.value = r->literal.other;
        r->fact.zeros = r->literal.other_zeros;
    } else {
        r->fact.value = r->literal.value;
        r->fact.zeros = r->literal.zeros;
    }
    if (answer != PC_STYLE_OPEN)
        report_interpreted(r);
    else
        report_ambiguous(r);
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

static void read_value(reading *r, const pc_number_style *style)
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
        r->fact.zeros = r->literal.zeros;
        report_interpreted(r);
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
    if (first->cell->line == 0)
        pc_name_unit(finding, pc_submission_unit(r->s, r->binding->unit));
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

/* The label in "code = label" is in `words`. */
static bool is_labelled(const char *choice, size_t length,
                        const pc_words *words)
{
    const char *sign = memchr(choice, '=', length);
    pc_words label = pc_words_of(sign, length - (size_t)(sign - choice));

    return pc_words_equal(&label, words);
}

/* Reads a label of the list as its code. */
static void read_label(pc_literal *literal, const pc_binding *binding)
{
    const parcheck_indicator *indicator = binding->indicator;
    const char *text = binding->cell->literal;
    pc_words words = pc_words_of(text, strlen(text));
    const char *choice = indicator->choices;

    for (size_t i = 0; i < indicator->choice_count; i++) {
        size_t length = strcspn(choice, ";");

        if (is_labelled(choice, length, &words)) {
            literal->state = PC_LITERAL_NUMBER;
            literal->interpreted = true;
            literal->value = indicator->choice_values[i];
            return;
        }
        choice += length + 1;
    }
}

static pc_literal read_literal(const pc_binding *binding)
{
    const char *text = binding->cell->literal;
    pc_literal literal = pc_literal_interpret(text, strlen(text),
                                              binding->indicator->unit);

    /* "Không" is a blank, unless it is one of the answers. */
    if (binding->indicator->kind == PARCHECK_CHOICE &&
        (literal.state == PC_LITERAL_BLANK ||
         literal.state == PC_LITERAL_NOT_A_NUMBER))
        read_label(&literal, binding);
    return literal;
}

bool pc_read_facts(pc_submission *s, const pc_bindings *bindings)
{
    const pc_binding *all = bindings->list.data;
    pc_number_style style;

    memset(&style, 0, sizeof style);
    for (size_t i = 0; i < bindings->list.count; i++) {
        pc_literal literal = read_literal(&all[i]);

        learn_style(&style, all[i].indicator->kind, &literal);
    }
    for (size_t i = 0; i < bindings->list.count; i++) {
        reading r = {.s = s, .binding = &all[i]};

        if (i % PC_PROGRESS_STEP == 0 &&
            !pc_progress_at(s->progress, PC_PHASE_BIND, 0, 0))
            return false;
        r.literal = read_literal(&all[i]);
        read_value(&r, &style);
        keep_fact(&r);
    }
    return !s->findings->failed;
}
