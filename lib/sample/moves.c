/* What may mend a rule that is violated. */
#include "rule/ratio.h"
#include "sample/sample.h"

enum { SOME = 20, DECIMALS = 2 };

typedef struct mover {
    pc_sample *sample;
    bool failed; /* no memory */
} mover;

/* ---- values -------------------------------------------------------------- */

static int64_t power10(unsigned exponent)
{
    int64_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* Counts have one to three digits, each as likely. */
static pc_decimal random_count(pc_random *random)
{
    unsigned digits = (unsigned)pc_random_below(random, 3);
    pc_decimal value = {0, 0};

    value.coefficient = pc_random_between(random, power10(digits),
                                          power10(digits + 1) - 1);
    return value;
}

static unsigned random_decimals(pc_random *random)
{
    static const unsigned decimals[] = {0, 1, 1, 2};

    return decimals[pc_random_below(random, 4)];
}

static pc_decimal random_amount(pc_random *random)
{
    pc_decimal value = {0, random_decimals(random)};

    value.coefficient = pc_random_between(random, power10(value.scale + 2),
                                          power10(value.scale + 4));
    return value;
}

static pc_decimal random_percent(pc_random *random)
{
    pc_decimal value = {0, random_decimals(random)};

    value.coefficient = pc_random_between(random, 1,
                                          100 * power10(value.scale) - 1);
    return value;
}

static pc_decimal random_choice(pc_random *random,
                                const parcheck_indicator *indicator)
{
    pc_decimal value = {1, 0};
    uint64_t count = 0;

    for (size_t i = 0; i < indicator->choice_count; i++)
        if (indicator->choice_values[i].coefficient != 0 &&
            pc_random_below(random, ++count) == 0)
            value = indicator->choice_values[i];
    if (count == 0 && indicator->choice_count > 0)
        value = indicator->choice_values[0];
    return value;
}

pc_decimal pc_sample_value(pc_sample *sample, size_t cell)
{
    const parcheck_indicator *indicator = sample->cells[cell].indicator;

    switch (indicator->kind) {
    case PARCHECK_AMOUNT:
        return random_amount(&sample->random);
    case PARCHECK_PERCENT:
        return random_percent(&sample->random);
    case PARCHECK_CHOICE:
        return random_choice(&sample->random, indicator);
    default:
        return random_count(&sample->random);
    }
}

static bool is_choice(const parcheck_indicator *indicator, pc_decimal value)
{
    for (size_t i = 0; i < indicator->choice_count; i++)
        if (pc_decimal_compare(indicator->choice_values[i], value) == 0)
            return true;
    return indicator->choice_count == 0;
}

/* The ratio with the fewest decimals, if two are enough and the indicator
 * may have it. */
static bool fits(const parcheck_indicator *indicator, pc_ratio ratio,
                 pc_decimal *value)
{
    unsigned most = indicator->kind == PARCHECK_COUNT ? 0 : DECIMALS;

    if (pc_ratio_is_lost(ratio) || pc_ratio_sign(ratio) < 0)
        return false;
    for (value->scale = 0; value->scale <= most; value->scale++) {
        pc_ratio scaled = pc_ratio_multiply(
            ratio, pc_ratio_from(power10(value->scale), 1));

        if (!pc_ratio_is_lost(scaled) && scaled.denominator == 1 &&
            scaled.numerator < power10(PC_DIGITS - 3)) {
            value->coefficient = scaled.numerator;
            if (indicator->kind == PARCHECK_CHOICE)
                return is_choice(indicator, *value);
            return indicator->kind != PARCHECK_PERCENT ||
                   pc_decimal_compare(*value, (pc_decimal){100, 0}) <= 0;
        }
    }
    return false;
}

/* ---- moves --------------------------------------------------------------- */

static void add_move(mover *m, size_t cell, pc_fact_state state,
                     pc_decimal value)
{
    const pc_fact *now;
    pc_move *move;

    if (cell == PC_NONE)
        return;
    now = m->sample->cells[cell].fact;
    if (now->state == state &&
        (state != PC_FACT_VALUE || pc_decimal_compare(now->value, value) == 0))
        return;
    move = pc_list_add(&m->sample->moves, m->sample->arena, sizeof *move);
    if (move == NULL) {
        m->failed = true;
        return;
    }
    move->cell = cell;
    move->state = state;
    move->value = value;
}

static void refill(mover *m, size_t cell)
{
    if (cell != PC_NONE)
        add_move(m, cell, PC_FACT_VALUE, pc_sample_value(m->sample, cell));
}

static size_t only_cell(const mover *m, const pc_linear *side)
{
    return pc_sample_cell_of(pc_only_fact(&m->sample->judging, side));
}

/* A cell that is asked about: filled, blanked or one of a list. */
static void cell_moves(mover *m, const pc_node *node)
{
    size_t cell = only_cell(m, &node->left);

    if (cell == PC_NONE)
        return;
    for (size_t i = 0; i < node->set_count; i++)
        add_move(m, cell, PC_FACT_VALUE, node->set[i]);
    if (node->kind != PC_NODE_IN)
        add_move(m, cell, PC_FACT_BLANK, (pc_decimal){0, 0});
    refill(m, cell);
}

/* The sum of the addends; lost if one of them has no number. */
static pc_ratio sum_of(const pc_addend *addends, size_t count)
{
    pc_ratio sum = pc_ratio_from(0, 1);

    for (size_t i = 0; i < count; i++) {
        const pc_fact *fact = addends[i].fact;
        pc_ratio part = pc_ratio_of(addends[i].factor);

        if (fact != NULL && fact->state != PC_FACT_VALUE)
            return pc_ratio_from(1, 0);
        if (fact != NULL)
            part = pc_ratio_multiply(part, pc_ratio_of(fact->value));
        sum = pc_ratio_add(sum, part);
    }
    return sum;
}

/* The values of one addend that bring both sides to a level, and some that
 * are a little or somewhat beyond it. */
static void level(mover *m, const pc_addend *addend, pc_ratio difference,
                  int64_t some)
{
    const int64_t steps[] = {0, 1, -1, some, -some};
    size_t cell = pc_sample_cell_of(addend->fact);
    pc_ratio to;

    if (cell == PC_NONE || addend->factor.coefficient == 0)
        return;
    to = pc_ratio_multiply(difference,
                           pc_ratio_invert(pc_ratio_of(addend->factor)));
    to = pc_ratio_subtract(pc_ratio_of(addend->fact->value), to);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        pc_decimal value;

        if (fits(m->sample->cells[cell].indicator,
                 pc_ratio_add(to, pc_ratio_from(steps[i], 1)), &value))
            add_move(m, cell, PC_FACT_VALUE, value);
    }
}

static void compare_moves(mover *m, const pc_node *node)
{
    pc_judging *judging = &m->sample->judging;
    int64_t some = pc_random_between(&m->sample->random, 2, SOME);
    const pc_addend *addends;
    pc_ratio difference;

    judging->addends.count = 0;
    pc_collect(judging, &node->left, true, false);
    pc_collect(judging, &node->right, false, true);
    addends = judging->addends.data;
    difference = sum_of(addends, judging->addends.count);
    for (size_t i = 0; i < judging->addends.count; i++) {
        if (addends[i].fact == NULL)
            continue;
        if (pc_ratio_is_lost(difference))
            refill(m, pc_sample_cell_of(addends[i].fact));
        else
            level(m, &addends[i], difference, some);
    }
}

/* 100 a / b rounded half away from zero to one or two decimals. */
static void set_percent(mover *m, size_t cell, pc_ratio a, pc_ratio b)
{
    unsigned decimals = 1 + (unsigned)pc_random_below(&m->sample->random, 2);
    pc_ratio rate;

    if (pc_ratio_sign(b) <= 0 || pc_ratio_sign(a) < 0 || cell == PC_NONE)
        return;
    rate = pc_ratio_multiply(a, pc_ratio_invert(b));
    rate = pc_ratio_multiply(rate, pc_ratio_from(100 * power10(decimals), 1));
    rate = pc_ratio_add(rate, pc_ratio_from(1, 2));
    if (pc_ratio_is_lost(rate) ||
        rate.numerator / rate.denominator > 100 * power10(decimals))
        return;
    add_move(m, cell, PC_FACT_VALUE,
             (pc_decimal){rate.numerator / rate.denominator, decimals});
}

static void percent_moves(mover *m, const pc_node *node)
{
    pc_judging *judging = &m->sample->judging;
    size_t count_a;
    pc_ratio a;
    pc_ratio b;

    judging->addends.count = 0;
    pc_collect(judging, &node->right, false, false);
    count_a = judging->addends.count;
    pc_collect(judging, &node->base, false, false);
    for (size_t i = 0; i < judging->addends.count; i++) {
        const pc_addend *addend = (const pc_addend *)judging->addends.data + i;

        if (addend->fact != NULL)
            refill(m, pc_sample_cell_of(addend->fact));
    }
    a = sum_of(judging->addends.data, count_a);
    b = sum_of((const pc_addend *)judging->addends.data + count_a,
               judging->addends.count - count_a);
    if (!pc_ratio_is_lost(a) && !pc_ratio_is_lost(b))
        set_percent(m, only_cell(m, &node->left), a, b);
}

/* The depth is bounded: see schema/parse.c. */
static void node_moves(mover *m, const pc_node *node)
{
    switch (node->kind) {
    case PC_NODE_AND:
    case PC_NODE_OR:
        node_moves(m, node->a);
        node_moves(m, node->b);
        break;
    case PC_NODE_NOT:
        node_moves(m, node->a);
        break;
    case PC_NODE_COMPARE:
        compare_moves(m, node);
        break;
    case PC_NODE_PERCENT:
        percent_moves(m, node);
        break;
    default:
        cell_moves(m, node);
        break;
    }
}

bool pc_sample_moves(pc_sample *sample, size_t rule)
{
    const pc_sample_rule *r = &sample->rules[rule];
    mover m = {sample, false};

    sample->moves.count = 0;
    sample->judging.unit = pc_submission_unit(&sample->submission, r->unit);
    if (r->rule->when != NULL)
        node_moves(&m, r->rule->when);
    node_moves(&m, r->rule->then);
    return !m.failed && !sample->judging.failed;
}
