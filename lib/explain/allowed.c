#include "explain/allowed.h"

static const pc_ratio zero = {0, 1};
static const pc_ratio hundred = {100, 1};

pc_ratio pc_unit_of(unsigned decimals)
{
    int64_t power = 1;

    while (decimals-- > 0)
        power *= 10;
    return (pc_ratio){1, power};
}

static pc_ranges between(pc_limit low, pc_limit high)
{
    return pc_ranges_one((pc_range){low, high});
}

/* What is not in (low, high), or not in [low, high] if `touching`. */
static pc_ranges outside(pc_ratio low, pc_ratio high)
{
    pc_ranges below = between(pc_limit_none(), pc_limit_at(low, -1));
    pc_ranges above = between(pc_limit_at(high, 1), pc_limit_none());

    return pc_ranges_unite(&below, &above);
}

/* ---- relations ----------------------------------------------------------- */

static pc_relation opposite(pc_relation relation)
{
    static const pc_relation others[] = {
        [PC_EQUAL] = PC_NOT_EQUAL,    [PC_NOT_EQUAL] = PC_EQUAL,
        [PC_LESS] = PC_GREATER_EQUAL, [PC_LESS_EQUAL] = PC_GREATER,
        [PC_GREATER] = PC_LESS_EQUAL, [PC_GREATER_EQUAL] = PC_LESS};

    return others[relation];
}

/* The differences D with D rel 0; amounts may be off by less than t. */
static pc_ranges closed_range(pc_relation relation, pc_ratio t)
{
    bool rounded = pc_ratio_sign(t) > 0;
    pc_ratio minus = pc_ratio_negate(t);

    switch (relation) {
    case PC_EQUAL:
        return between(pc_limit_at(minus, rounded ? 1 : 0),
                       pc_limit_at(t, rounded ? -1 : 0));
    case PC_NOT_EQUAL:
        return outside(zero, zero);
    case PC_LESS:
        return between(pc_limit_none(), pc_limit_at(t, -1));
    case PC_LESS_EQUAL:
        return between(pc_limit_none(), pc_limit_at(t, rounded ? -1 : 0));
    case PC_GREATER:
        return between(pc_limit_at(minus, 1), pc_limit_none());
    default:
        return between(pc_limit_at(minus, rounded ? 1 : 0), pc_limit_none());
    }
}

/* Blanks can only raise D, or only lower it: the relation must be within
 * reach. */
static pc_ranges open_range(pc_relation relation, const pc_total *sum)
{
    bool up = relation == PC_GREATER || relation == PC_GREATER_EQUAL;
    bool down = relation == PC_LESS || relation == PC_LESS_EQUAL;

    if ((sum->rises && sum->falls) || relation == PC_NOT_EQUAL ||
        (sum->rises && up) || (sum->falls && down))
        return pc_ranges_all();
    if (relation == PC_EQUAL)
        relation = sum->rises ? PC_LESS_EQUAL : PC_GREATER_EQUAL;
    return closed_range(relation, zero);
}

static pc_ranges relation_ranges(const pc_atom *atom, bool exactly, bool negate)
{
    pc_relation relation = negate ? opposite(atom->node->relation)
                                  : atom->node->relation;
    bool rounds = atom->whole && !exactly && !negate;

    if (atom->sum.unreadable)
        return pc_ranges_all();
    if (atom->sum.open > 0)
        return open_range(relation, &atom->sum);
    return closed_range(relation, rounds ? atom->sum.tolerance : zero);
}

/* ---- percentages --------------------------------------------------------- */

static pc_ranges rates_around(pc_ratio rate, unsigned decimals, bool exactly)
{
    pc_ratio unit = pc_unit_of(decimals);
    pc_ratio reach = exactly ? pc_ratio_multiply(unit, (pc_ratio){1, 2}) : unit;

    return between(pc_limit_at(pc_ratio_subtract(rate, reach), exactly ? 0 : 1),
                   pc_limit_at(pc_ratio_add(rate, reach), exactly ? 0 : -1));
}

pc_ranges pc_rates(pc_ratio numerator, pc_ratio base, unsigned decimals,
                   bool exactly)
{
    pc_ratio rate = pc_ratio_multiply(pc_ratio_multiply(hundred, numerator),
                                      pc_ratio_invert(base));

    return rates_around(rate, decimals, exactly);
}

static pc_ratio times_less(pc_ratio a, pc_ratio rate, pc_ratio b)
{
    return pc_ratio_subtract(pc_ratio_multiply(hundred, a),
                             pc_ratio_multiply(rate, b));
}

/* 100 a - rate * b stays on one side of 0. */
static pc_ranges bounded(const pc_link *link, pc_ratio rate, pc_range range)
{
    const pc_atom *atom = link->atom;
    pc_ranges set = pc_ranges_one(range);

    return pc_ranges_solve(
        &set, times_less(link->factor, rate, link->base_factor),
        times_less(atom->sum.value, rate, atom->base.value), zero);
}

/* a or b of p = percent(a, b) for a printed p; about x - old. */
static pc_ranges ratio_ranges(const pc_link *link, bool exactly)
{
    const pc_atom *atom = link->atom;
    pc_ranges rates = rates_around(atom->percent->value,
                                   atom->percent->fact->value.scale, exactly);
    pc_range low = {pc_limit_at(zero, exactly ? 0 : 1), pc_limit_none()};
    pc_range high = {pc_limit_none(), pc_limit_at(zero, exactly ? 0 : -1)};
    pc_ranges positive = between(pc_limit_at(zero, 1), pc_limit_none());
    pc_ranges above = bounded(link, rates.at[0].low.value, low);
    pc_ranges below = bounded(link, rates.at[0].high.value, high);
    pc_ranges both = pc_ranges_intersect(&above, &below);

    positive = pc_ranges_solve(&positive, link->base_factor, atom->base.value,
                               zero);
    return pc_ranges_intersect(&both, &positive);
}

static pc_ranges percent_ranges(const pc_link *link, const pc_slot *slot,
                                unsigned decimals, bool exactly)
{
    const pc_atom *atom = link->atom;
    pc_ranges moved;
    pc_ranges set;

    if (atom->sum.open > 0 || atom->base.open > 0 || atom->percent == NULL ||
        !pc_slot_has_value(atom->percent))
        return pc_ranges_all();
    if (link->is_percent)
        return pc_ratio_sign(atom->base.value) > 0
                   ? pc_rates(atom->sum.value, atom->base.value, decimals,
                              exactly)
                   : pc_ranges_all();
    moved = ratio_ranges(link, exactly);
    /* From x - old to x. */
    set = pc_ranges_solve(&moved, (pc_ratio){1, 1}, zero, slot->value);
    return set;
}

/* ---- rules --------------------------------------------------------------- */

static pc_ranges set_ranges(const pc_node *node, bool negate)
{
    pc_ranges set = negate ? pc_ranges_all() : pc_ranges_none();

    for (size_t i = 0; i < node->set_count; i++) {
        pc_ratio number = pc_ratio_of(node->set[i]);
        pc_ranges one = negate ? outside(number, number)
                               : between(pc_limit_at(number, 0),
                                         pc_limit_at(number, 0));

        set = negate ? pc_ranges_intersect(&set, &one)
                     : pc_ranges_unite(&set, &one);
    }
    return set;
}

static const pc_link *link_to(const pc_slot *slot, const pc_case *of,
                              const pc_node *node)
{
    const pc_link *links = slot->links.data;

    for (size_t i = 0; i < slot->links.count; i++)
        if (links[i].atom->of == of && links[i].atom->node == node)
            return &links[i];
    return NULL;
}

static pc_ranges link_ranges(const pc_link *link, const pc_slot *slot,
                             unsigned decimals, bool exactly, bool negate)
{
    const pc_atom *atom = link->atom;
    pc_ranges set;

    if (atom->node->kind == PC_NODE_IN)
        return set_ranges(atom->node, negate);
    if (atom->node->kind == PC_NODE_PERCENT)
        return negate ? pc_ranges_all()
                      : percent_ranges(link, slot, decimals, exactly);
    set = relation_ranges(atom, exactly, negate);
    return pc_ranges_solve(&set, link->factor, atom->sum.value, slot->value);
}

pc_ranges pc_allowed_by(const pc_atom *atom, const pc_slot *slot,
                        unsigned decimals, bool exactly)
{
    const pc_link *link = link_to(slot, atom->of, atom->node);

    return link != NULL ? link_ranges(link, slot, decimals, exactly, false)
                        : pc_ranges_all();
}

typedef struct asking {
    pc_model *model;
    const pc_case *of;
    const pc_slot *slot;
    unsigned decimals;
    bool exactly;
} asking;

/* A part of the rule that does not look at the slot is as it is. */
static pc_ranges fixed_ranges(const asking *ask, const pc_node *node,
                              bool whole, bool negate)
{
    pc_result result = pc_evaluate_node(&ask->model->judging, node, whole);
    parcheck_outcome wrong = negate ? PARCHECK_HOLDS : PARCHECK_FAILS;

    if (negate && result.reason == PC_REASON_BLANK_AS_ZERO)
        return pc_ranges_all();
    return result.outcome == wrong ? pc_ranges_none() : pc_ranges_all();
}

static bool asks_for(const asking *ask, const pc_node *node)
{
    const pc_operand *operand = node->left.terms[0].operand;

    return operand->reach == PC_REACH_OWN && ask->of->unit == ask->slot->unit &&
           operand->symbol == ask->slot->symbol;
}

static pc_ranges leaf_ranges(const asking *ask, const pc_node *node, bool whole,
                             bool negate)
{
    const pc_link *link;

    if (node->kind == PC_NODE_REPORTED || node->kind == PC_NODE_BLANK) {
        if (!asks_for(ask, node))
            return fixed_ranges(ask, node, whole, negate);
        return (node->kind == PC_NODE_REPORTED) != negate ? pc_ranges_all()
                                                          : pc_ranges_none();
    }
    link = link_to(ask->slot, ask->of, node);
    if (link == NULL)
        return fixed_ranges(ask, node, whole, negate);
    return link_ranges(link, ask->slot, ask->decimals, ask->exactly, negate);
}

static pc_ranges node_ranges(const asking *ask, const pc_node *node, bool whole,
                             bool negate)
{
    pc_ranges a;
    pc_ranges b;

    if (node->kind == PC_NODE_NOT)
        return node_ranges(ask, node->a, false, !negate);
    if (node->kind != PC_NODE_AND && node->kind != PC_NODE_OR)
        return leaf_ranges(ask, node, whole, negate);
    a = node_ranges(ask, node->a, false, negate);
    b = node_ranges(ask, node->b, false, negate);
    return (node->kind == PC_NODE_AND) != negate ? pc_ranges_intersect(&a, &b)
                                                 : pc_ranges_unite(&a, &b);
}

pc_ranges pc_allowed(pc_model *model, const pc_case *of, const pc_slot *slot,
                     unsigned decimals, bool exactly)
{
    const parcheck_rule *rule = of->verdict->rule;
    asking ask = {model, of, slot, decimals, exactly};
    pc_ranges then;
    pc_ranges unless;

    /* Its links are gone through; what stays as it is, is added up. */
    (void)pc_model_spend(model, slot->links.count +
                                    (rule->when != NULL ? of->slots.count : 0));
    model->judging.unit = pc_submission_unit(model->submission, of->unit);
    then = node_ranges(&ask, rule->then, true, false);
    if (rule->when == NULL)
        return then;
    unless = node_ranges(&ask, rule->when, false, true);
    return pc_ranges_unite(&then, &unless);
}

pc_ranges pc_allowed_kind(const pc_slot *slot)
{
    bool percent = slot->kind == PARCHECK_PERCENT;

    return between(pc_limit_at(zero, 0),
                   percent ? pc_limit_at(hundred, 0) : pc_limit_none());
}

/* ---- several slots --------------------------------------------------------
 */

static const pc_link *link_in(const pc_slot *slot, const pc_atom *atom)
{
    const pc_link *links = slot->links.data;

    for (size_t i = 0; i < slot->links.count; i++)
        if (links[i].atom == atom)
            return &links[i];
    return NULL;
}

static pc_limit moved(pc_limit limit, pc_ratio by)
{
    limit.value = pc_ratio_add(limit.value, by);
    return limit;
}

/* sum + (sum of factor * (slot - printed)) in the range. */
static void set_line(pc_line *line, pc_slot *const *slots, size_t count,
                     pc_ratio sum, pc_range range)
{
    pc_ratio by = pc_ratio_negate(sum);

    for (size_t i = 0; i < count; i++)
        by = pc_ratio_add(by,
                          pc_ratio_multiply(line->factors[i], slots[i]->value));
    line->range.low = moved(range.low, by);
    line->range.high = moved(range.high, by);
}

static size_t relation_lines(const pc_atom *atom, pc_slot *const *slots,
                             size_t count, bool exactly, pc_line *line)
{
    pc_ranges set = relation_ranges(atom, exactly, false);

    if (set.count != 1 || set.lost)
        return 0;
    for (size_t i = 0; i < count; i++) {
        const pc_link *link = link_in(slots[i], atom);

        line->factors[i] = link != NULL ? link->factor : zero;
    }
    set_line(line, slots, count, atom->sum.value, set.at[0]);
    return 1;
}

/* 100 a - rate * b, for a rate of NULL the base alone. */
static void ratio_line(const pc_atom *atom, pc_slot *const *slots, size_t count,
                       const pc_ratio *rate, pc_range range, pc_line *line)
{
    for (size_t i = 0; i < count; i++) {
        const pc_link *link = link_in(slots[i], atom);

        line->factors[i] = zero;
        if (link != NULL)
            line->factors[i] = rate != NULL ? times_less(link->factor, *rate,
                                                         link->base_factor)
                                            : link->base_factor;
    }
    set_line(line, slots, count,
             rate != NULL ? times_less(atom->sum.value, *rate, atom->base.value)
                          : atom->base.value,
             range);
}

static size_t ratio_lines(const pc_atom *atom, pc_slot *const *slots,
                          size_t count, bool exactly, pc_line *lines)
{
    pc_ranges rates = rates_around(atom->percent->value,
                                   atom->percent->fact->value.scale, exactly);
    pc_range above = {pc_limit_at(zero, exactly ? 0 : 1), pc_limit_none()};
    pc_range below = {pc_limit_none(), pc_limit_at(zero, exactly ? 0 : -1)};
    pc_range positive = {pc_limit_at(zero, 1), pc_limit_none()};

    ratio_line(atom, slots, count, &rates.at[0].low.value, above, &lines[0]);
    ratio_line(atom, slots, count, &rates.at[0].high.value, below, &lines[1]);
    ratio_line(atom, slots, count, NULL, positive, &lines[2]);
    return 3;
}

static size_t rate_line(const pc_atom *atom, pc_slot *const *slots,
                        const unsigned *decimals, size_t count, bool exactly,
                        pc_line *line)
{
    pc_ranges rates;

    if (pc_ratio_sign(atom->base.value) <= 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        line->factors[i] = zero;
        if (slots[i] != atom->percent)
            continue;
        line->factors[i] = (pc_ratio){1, 1};
        rates = pc_rates(atom->sum.value, atom->base.value, decimals[i],
                         exactly);
        line->range = rates.at[0];
    }
    return 1;
}

size_t pc_atom_lines(const pc_atom *atom, pc_slot *const *slots,
                     const unsigned *decimals, size_t count, bool exactly,
                     pc_line lines[PC_ATOM_LINES])
{
    bool of_percent = false;
    bool of_ratio = false;

    if (atom->node->kind == PC_NODE_COMPARE)
        return relation_lines(atom, slots, count, exactly, lines);
    if (atom->node->kind != PC_NODE_PERCENT || atom->sum.open > 0 ||
        atom->base.open > 0 || atom->percent == NULL ||
        !pc_slot_has_value(atom->percent))
        return 0;
    for (size_t i = 0; i < count; i++) {
        const pc_link *link = link_in(slots[i], atom);

        of_percent = of_percent || slots[i] == atom->percent;
        of_ratio = of_ratio || (link != NULL && !link->is_percent);
    }
    if (of_percent && of_ratio)
        return 0;
    return of_percent ? rate_line(atom, slots, decimals, count, exactly, lines)
                      : ratio_lines(atom, slots, count, exactly, lines);
}
