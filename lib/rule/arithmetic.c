#include "rule/arithmetic.h"

#include "rule/sum.h"

/* Longer sums are shown with "…" in the middle. */
enum { MOST_ADDENDS = 8, LAST_ADDENDS = 2, LEAST_DECIMALS = 2 };

static const char *const relation_signs[] = {"=", "!=", "<", "<=", ">", ">="};
/* What is so when the relation does not hold. */
static const char *const broken_signs[] = {"≠", "=", "≥", ">", "≤", "<"};

/* ---- exact values ------------------------------------------------------ */

static pc_fraction side_value(pc_judging *judging, const pc_linear *side)
{
    pc_fraction value;
    pc_sum sum;

    judging->addends.count = 0;
    pc_collect(judging, side, true, false);
    sum = pc_add_up(
        judging->addends.data, judging->addends.count,
        pc_common_scale(judging->addends.data, judging->addends.count));
    value.numerator = sum.known;
    value.denominator = pc_wide_power10(sum.scale);
    return value;
}

/* 100 a / b; b is not zero. */
static pc_fraction percent_value(pc_judging *judging, const pc_node *node)
{
    pc_fraction a = side_value(judging, &node->right);
    pc_fraction b = side_value(judging, &node->base);

    a.numerator = pc_wide_multiply(a.numerator, pc_wide_from(100));
    return pc_fraction_divide(a, b);
}

static bool has_zero_base(pc_judging *judging, const pc_node *node)
{
    pc_fraction b = side_value(judging, &node->base);

    return pc_wide_sign(&b.numerator) == 0;
}

static const char *fraction_text(pc_judging *judging, pc_fraction value)
{
    pc_buffer text;
    const char *copy;

    pc_buffer_init(&text, &judging->arena->allocator, SIZE_MAX / 8);
    pc_fraction_write(&text, value);
    copy = pc_buffer_copy(&text, judging->arena);
    pc_buffer_free(&text);
    judging->failed = judging->failed || copy == NULL;
    return copy;
}

static const char *set_text(pc_judging *judging, const pc_node *node)
{
    pc_buffer text;
    const char *copy;

    pc_buffer_init(&text, &judging->arena->allocator, SIZE_MAX / 8);
    for (size_t i = 0; i < node->set_count; i++) {
        pc_buffer_text(&text, i == 0 ? "{" : ", ");
        pc_fraction_write(&text, pc_fraction_of(node->set[i]));
    }
    pc_buffer_char(&text, '}');
    copy = pc_buffer_copy(&text, judging->arena);
    pc_buffer_free(&text);
    judging->failed = judging->failed || copy == NULL;
    return copy;
}

pc_arithmetic pc_arithmetic_of(pc_judging *judging, const pc_result *result)
{
    pc_arithmetic arithmetic = {NULL, NULL, NULL, NULL};
    const pc_node *node = result->node;
    pc_fraction left;
    pc_fraction right;

    if (node == NULL || node->kind == PC_NODE_REPORTED ||
        node->kind == PC_NODE_BLANK)
        return arithmetic;
    if (node->kind == PC_NODE_PERCENT && has_zero_base(judging, node))
        return arithmetic;
    left = side_value(judging, &node->left);
    arithmetic.left = fraction_text(judging, left);
    if (node->kind == PC_NODE_IN) {
        arithmetic.relation = "in";
        arithmetic.right = set_text(judging, node);
        return arithmetic;
    }
    right = node->kind == PC_NODE_PERCENT ? percent_value(judging, node)
                                          : side_value(judging, &node->right);
    arithmetic.relation = node->kind == PC_NODE_PERCENT
                              ? "="
                              : relation_signs[node->relation];
    arithmetic.right = fraction_text(judging, right);
    arithmetic.difference = fraction_text(judging,
                                          pc_fraction_subtract(left, right));
    return arithmetic;
}

/* ---- the line for people ------------------------------------------------ */

typedef struct line {
    pc_judging *judging;
    pc_buffer text;
    parcheck_language language;
} line;

static const char *in_language(const line *l, const char *vi, const char *en)
{
    return l->language == PARCHECK_VIETNAMESE ? vi : en;
}

static char decimal_mark(const line *l)
{
    return l->language == PARCHECK_VIETNAMESE ? ',' : '.';
}

static void write_fact(line *l, const pc_fact *fact)
{
    if (fact->cell == NULL)
        pc_buffer_text(&l->text, in_language(l, "(thiếu)", "(missing)"));
    else if (fact->cell->literal[0] == '\0')
        pc_buffer_text(&l->text, in_language(l, "(trống)", "(blank)"));
    else
        pc_buffer_text(&l->text, fact->cell->literal);
}

static void write_addend(line *l, const pc_addend *addend, bool first)
{
    pc_decimal factor = addend->factor;
    bool is_one;

    if (factor.coefficient < 0)
        pc_buffer_text(&l->text, first ? "−" : " − ");
    else if (!first)
        pc_buffer_text(&l->text, " + ");
    if (factor.coefficient < 0)
        factor.coefficient = -factor.coefficient;
    is_one = factor.coefficient == 1 && factor.scale == 0;
    if (addend->fact == NULL || !is_one) {
        (void)pc_fraction_show(&l->text, pc_fraction_of(factor), factor.scale,
                               decimal_mark(l));
        if (addend->fact != NULL)
            pc_buffer_text(&l->text, " × ");
    }
    if (addend->fact != NULL)
        write_fact(l, addend->fact);
}

static void write_value(line *l, pc_fraction value, unsigned decimals)
{
    pc_buffer digits;
    bool exact;

    pc_buffer_init(&digits, &l->text.allocator, SIZE_MAX / 8);
    exact = pc_fraction_show(&digits, value, decimals, decimal_mark(l));
    pc_buffer_text(&l->text, exact ? "= " : "≈ ");
    pc_buffer_append(&l->text, digits.data, digits.length);
    l->text.failed = l->text.failed || digits.failed;
    pc_buffer_free(&digits);
}

/* The addends of a side as printed. Returns how many there are. */
static size_t write_side(line *l, const pc_linear *side, bool brackets)
{
    const pc_addend *addends;
    size_t count;

    l->judging->addends.count = 0;
    pc_collect(l->judging, side, true, false);
    addends = l->judging->addends.data;
    count = l->judging->addends.count;
    brackets = brackets && count > 1;
    if (brackets)
        pc_buffer_char(&l->text, '(');
    for (size_t i = 0; i < count; i++) {
        bool skips = count > MOST_ADDENDS && i >= MOST_ADDENDS - LAST_ADDENDS &&
                     i < count - LAST_ADDENDS;

        if (!skips)
            write_addend(l, &addends[i], i == 0);
        else if (i == MOST_ADDENDS - LAST_ADDENDS)
            pc_buffer_text(&l->text, " + …");
    }
    if (brackets)
        pc_buffer_char(&l->text, ')');
    return count;
}

/* The side and, if it is more than one addend, what it comes to. */
static void write_sum(line *l, const pc_linear *side)
{
    if (write_side(l, side, false) <= 1)
        return;
    pc_buffer_char(&l->text, ' ');
    write_value(l, side_value(l->judging, side), PC_DECIMALS);
}

static void write_difference(line *l, pc_fraction left, pc_fraction right)
{
    pc_fraction rest = pc_fraction_subtract(left, right);

    if (pc_wide_sign(&rest.numerator) == 0)
        return;
    if (pc_wide_sign(&rest.numerator) < 0)
        rest.numerator = pc_wide_negate(rest.numerator);
    pc_buffer_text(&l->text, in_language(l, ", lệch ", ", off by "));
    (void)pc_fraction_show(&l->text, rest, PC_DECIMALS, decimal_mark(l));
}

static void write_relation(line *l, const pc_node *node,
                           const pc_result *result)
{
    pc_fraction left = side_value(l->judging, &node->left);
    pc_fraction right = side_value(l->judging, &node->right);

    write_sum(l, &node->left);
    pc_buffer_format(&l->text, " %s ", broken_signs[node->relation]);
    write_sum(l, &node->right);
    write_difference(l, left, right);
    if (result->reason == PC_REASON_ADDENDS_ROUNDED)
        pc_buffer_text(&l->text,
                       in_language(l, ", trong phạm vi làm tròn của các số",
                                   ", within the rounding of the numbers"));
}

static unsigned printed_decimals(const pc_judging *judging, const pc_node *node)
{
    return pc_only_fact(judging, &node->left)->value.scale;
}

static void write_rounding(line *l, const pc_node *node,
                           const pc_result *result, pc_fraction value)
{
    unsigned decimals = printed_decimals(l->judging, node);

    if (result->reason == PC_REASON_TRUNCATED)
        pc_buffer_text(&l->text, in_language(l, "; số ghi là số bị cắt bớt",
                                             "; what is given was cut off"));
    else if (result->reason == PC_REASON_ROUNDED_UP)
        pc_buffer_text(&l->text, in_language(l, "; số ghi là số làm tròn lên",
                                             "; what is given was rounded up"));
    else
        pc_buffer_text(&l->text,
                       in_language(l, "; trong phạm vi làm tròn của các số",
                                   "; within the rounding of the numbers"));
    pc_buffer_text(&l->text, in_language(l, ", làm tròn đúng là ",
                                         ", rounded half up it is "));
    (void)pc_fraction_show(&l->text, value, decimals, decimal_mark(l));
}

static void write_percent(line *l, const pc_node *node, const pc_result *result)
{
    unsigned decimals = printed_decimals(l->judging, node);
    pc_fraction value;

    write_side(l, &node->left, false);
    pc_buffer_text(&l->text, result->outcome == PARCHECK_FAILS ||
                                     result->outcome == PARCHECK_UNKNOWN
                                 ? " ≠ "
                                 : " ≈ ");
    write_side(l, &node->right, true);
    pc_buffer_text(&l->text, " / ");
    write_side(l, &node->base, true);
    if (has_zero_base(l->judging, node)) {
        pc_buffer_text(&l->text, in_language(l, ": mẫu số bằng 0",
                                             ": the denominator is 0"));
        return;
    }
    value = percent_value(l->judging, node);
    /* A value that was cut or rounded up shows so in one more decimal. */
    if (result->outcome == PARCHECK_ROUNDING)
        decimals++;
    pc_buffer_char(&l->text, ' ');
    write_value(l, value,
                decimals > LEAST_DECIMALS ? decimals : LEAST_DECIMALS);
    pc_buffer_text(&l->text, "%");
    if (result->outcome == PARCHECK_ROUNDING)
        write_rounding(l, node, result, value);
}

/* Of two cells of one row, which is that of another period. */
static const char *period_words(const line *l, pc_reach reach)
{
    switch (reach) {
    case PC_REACH_PREVIOUS:
        return in_language(l, " kỳ trước", " before");
    case PC_REACH_YEAR_BEFORE:
        return in_language(l, " năm trước", " the year before");
    default:
        return "";
    }
}

/* "6.1 = (trống), 6.2 = 1" for some of the rule's operands. */
static void write_operands(line *l, const parcheck_rule *rule, size_t from,
                           size_t end)
{
    bool first = true;

    for (size_t i = from; i < end; i++) {
        pc_walk walk;
        const pc_fact *fact;

        pc_walk_start(&walk, l->judging, rule->operands[i]);
        while ((fact = pc_walk_next(&walk)) != NULL) {
            if (fact->cell == NULL)
                continue;
            pc_buffer_format(&l->text, "%s%s%s = ", first ? "" : ", ",
                             fact->cell->code[0] != '\0' ? fact->cell->code
                                                         : fact->cell->label,
                             period_words(l, rule->operands[i]->reach));
            write_fact(l, fact);
            first = false;
        }
    }
}

/* What made the condition of an if/then true. */
static void write_condition(line *l, const parcheck_rule *rule)
{
    if (rule->when == NULL || rule->then_count == rule->operand_count)
        return;
    pc_buffer_text(&l->text, in_language(l, "khi ", "with "));
    write_operands(l, rule, rule->then_count, rule->operand_count);
    pc_buffer_text(&l->text, ": ");
}

static void write_set(line *l, const pc_node *node)
{
    const char *set = set_text(l->judging, node);

    if (set != NULL)
        pc_buffer_format(&l->text, " ∉ %s", set);
}

static void write_line(line *l, const parcheck_rule *rule,
                       const pc_result *result)
{
    const pc_node *node = result->node;

    write_condition(l, rule);
    switch (node != NULL ? node->kind : PC_NODE_AND) {
    case PC_NODE_COMPARE:
        write_relation(l, node, result);
        break;
    case PC_NODE_PERCENT:
        write_percent(l, node, result);
        break;
    case PC_NODE_IN:
        write_side(l, &node->left, false);
        write_set(l, node);
        break;
    default: /* no single relation between numbers decided it */
        write_operands(l, rule, 0, rule->then_count);
        break;
    }
}

const char *pc_arithmetic_line(pc_judging *judging, const parcheck_rule *rule,
                               const pc_result *result,
                               parcheck_language language)
{
    line l = {.judging = judging, .language = language};
    const char *copy;

    pc_buffer_init(&l.text, &judging->arena->allocator, SIZE_MAX / 8);
    write_line(&l, rule, result);
    copy = judging->failed ? NULL : pc_buffer_copy(&l.text, judging->arena);
    pc_buffer_free(&l.text);
    judging->failed = judging->failed || copy == NULL;
    return copy;
}
