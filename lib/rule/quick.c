#include "rule/quick.h"

#include <string.h>

#include "rule/judge.h"

/* Bounds that keep every sum below 2^63: 2^40 * 2^8 * 2^8 = 2^56. */
enum { MOST_FACTOR = 1 << 8, MOST_TERMS = 1 << 8, MOST_SCALE = 6 };

/* Of a percentage: X < 2^36 * 10^8 < 2^63, p * b < 2^27 * 2^33 = 2^60. */
#define MOST_PART ((int64_t)1 << 33)
#define MOST_PERCENT ((int64_t)1 << 27)

static const int64_t powers[] = {1,      10,      100,      1000,     10000,
                                 100000, 1000000, 10000000, 100000000};

/* ---- compiling ------------------------------------------------------------
 */

typedef struct building {
    pc_quick *quick;
    pc_arena *arena;
    bool failed;
} building;

static bool fits_factor(const pc_decimal *factor)
{
    return factor->scale == 0 && factor->coefficient <= MOST_FACTOR &&
           factor->coefficient >= -MOST_FACTOR;
}

static bool add_term(building *b, const pc_term *term, bool left, int sign)
{
    const pc_operand *operand = term->operand;
    pc_quick_term *quick = pc_list_add(&b->quick->terms, b->arena,
                                       sizeof *quick);

    if (quick == NULL) {
        b->failed = true;
        return false;
    }
    quick->left = left;
    quick->factor = (int32_t)term->factor.coefficient * sign;
    quick->fact = (uint32_t)(operand->reach == PC_REACH_OWN
                                 ? operand->symbol
                                 : b->quick->symbols);
    quick->amount = pc_family_symbol(operand->family, operand->symbol)->kind ==
                    PARCHECK_AMOUNT;
    return true;
}

/* Adds the terms of a side, and its numbers to `constant`; false if one is
 * beyond the bounds. */
static bool add_side(building *b, const pc_linear *side, bool left, int sign,
                     int64_t *constant)
{
    if (side->count > MOST_TERMS)
        return false;
    for (size_t i = 0; i < side->count; i++) {
        const pc_term *term = &side->terms[i];

        if (!fits_factor(&term->factor))
            return false;
        if (term->operand == NULL)
            *constant += term->factor.coefficient * sign;
        else if (!add_term(b, term, left, sign))
            return false;
    }
    return true;
}

static uint32_t add_node(building *b, const pc_node *node, bool whole)
{
    uint32_t index = (uint32_t)b->quick->nodes.count;
    pc_quick_node *quick = pc_list_add(&b->quick->nodes, b->arena,
                                       sizeof *quick);
    pc_quick_node made;
    bool percent = node->kind == PC_NODE_PERCENT;
    bool fits;

    if (quick == NULL) {
        b->failed = true;
        return 0;
    }
    memset(&made, 0, sizeof made);
    made.kind = node->kind;
    made.relation = node->relation;
    made.whole = whole;
    made.node = node;
    made.first = (uint32_t)b->quick->terms.count;
    fits = add_side(b, &node->left, true, 1, &made.constant) &&
           add_side(b, &node->right, false, percent ? 1 : -1, &made.constant);
    made.base = (uint32_t)b->quick->terms.count;
    fits = fits && add_side(b, &node->base, false, 1, &made.base_constant);
    made.count = (uint32_t)b->quick->terms.count - made.first;
    made.wide = !fits || made.count > MOST_TERMS;
    if (node->a != NULL && !b->failed)
        made.a = add_node(b, node->a, false);
    if (node->b != NULL && !b->failed)
        made.b = add_node(b, node->b, false);
    /* The list may have moved. */
    ((pc_quick_node *)b->quick->nodes.data)[index] = made;
    return index;
}

static void add_rule(building *b, const parcheck_rule *rule)
{
    pc_quick_rule *quick = pc_list_add(&b->quick->rules, b->arena,
                                       sizeof *quick);

    if (quick == NULL) {
        b->failed = true;
        return;
    }
    quick->rule = rule;
    quick->when = rule->when != NULL ? add_node(b, rule->when, false)
                                     : PC_QUICK_NONE;
    quick->then = add_node(b, rule->then, true);
}

bool pc_quick_build(pc_quick *quick, const parcheck_edition *edition,
                    pc_arena *arena)
{
    const parcheck_family *family = edition->family;
    building b = {quick, arena, false};

    memset(quick, 0, sizeof *quick);
    quick->edition = edition;
    quick->symbols = family->symbols.count;
    quick->wide_facts = pc_arena_array(arena, quick->symbols + 1,
                                       sizeof *quick->wide_facts);
    b.failed = quick->wide_facts == NULL;
    for (size_t i = 0; i < family->rule_count && !b.failed; i++)
        if (pc_edition_applies(edition, &family->rules[i]) &&
            !family->rules[i].looks_across)
            add_rule(&b, &family->rules[i]);
    return !b.failed;
}

/* ---- judging --------------------------------------------------------------
 */

/* What a node comes to; `wide` if 64 bits cannot tell. */
typedef struct answer {
    uint8_t outcome;
    uint8_t reason;
    bool suspicious;
    bool wide;
} answer;

/* A sum with what is not known of it; see rule/sum.h. */
typedef struct sum {
    int64_t known;
    bool amounts;
    bool unreadable;
    bool missing;
    bool blank;
    bool rises;
    bool falls;
    bool left_unknown;
    bool wide;
} sum;

typedef struct judge {
    const pc_quick_term *terms;
    const pc_quick_node *nodes;
    const pc_quick_fact *facts;
} judge;

static answer told(parcheck_outcome outcome, pc_reason reason)
{
    answer result = {(uint8_t)outcome, (uint8_t)reason, false, false};

    return result;
}

static answer too_wide(void)
{
    answer result = {PARCHECK_UNKNOWN, PC_REASON_NONE, false, true};

    return result;
}

static answer decided(bool holds)
{
    return told(holds ? PARCHECK_HOLDS : PARCHECK_FAILS, PC_REASON_NONE);
}

static void add_unknown(sum *s, const pc_quick_term *term, unsigned state)
{
    if (state == PC_FACT_UNREADABLE) {
        s->unreadable = true;
        return;
    }
    if (state == PC_FACT_BLANK)
        s->blank = true;
    else
        s->missing = true;
    s->rises = s->rises || term->factor > 0;
    s->falls = s->falls || term->factor < 0;
    s->left_unknown = s->left_unknown || term->left;
}

static unsigned common_scale(const judge *j, uint32_t from, uint32_t end)
{
    unsigned scale = 0;

    for (uint32_t i = from; i < end; i++) {
        const pc_quick_fact *fact = &j->facts[j->terms[i].fact];

        if (fact->state == PC_FACT_VALUE && fact->scale > scale)
            scale = fact->scale;
    }
    return scale;
}

/* The constant and terms [from, end) at a scale that no fact of them is
 * above. */
static sum add_up(const judge *j, uint32_t from, uint32_t end, unsigned scale,
                  int64_t constant)
{
    sum s = {0};

    s.wide = scale > MOST_SCALE;
    if (s.wide)
        return s;
    s.known = constant * powers[scale];
    for (uint32_t i = from; i < end; i++) {
        const pc_quick_term *term = &j->terms[i];
        const pc_quick_fact *fact = &j->facts[term->fact];
        int64_t power;

        if (fact->state != PC_FACT_VALUE) {
            add_unknown(&s, term, fact->state);
            continue;
        }
        power = powers[scale - fact->scale];
        s.amounts = s.amounts || term->amount;
        if (fact->value >= PC_QUICK_MOST / power ||
            fact->value <= -(PC_QUICK_MOST / power)) {
            s.wide = true;
            return s;
        }
        s.known += fact->value * power * term->factor;
    }
    return s;
}

static uint64_t size_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/*
 * The same if all terms are small values of scale 0, as nearly all are: with
 * no branch that depends on a fact. The sum may wrap, but is not used then.
 */
static bool add_plainly(const judge *j, uint32_t from, uint32_t end,
                        int64_t constant, int64_t *known)
{
    uint64_t total = (uint64_t)constant;
    uint64_t size = 0;
    unsigned odd = 0;

    for (uint32_t i = from; i < end; i++) {
        const pc_quick_term *term = &j->terms[i];
        const pc_quick_fact *fact = &j->facts[term->fact];

        odd |= (fact->state ^ (unsigned)PC_FACT_VALUE) | fact->scale;
        size |= size_of(fact->value);
        total += (uint64_t)fact->value * (uint64_t)(int64_t)term->factor;
    }
    *known = (int64_t)total;
    return odd == 0 && size < PC_QUICK_MOST;
}

/* As always() in rule/relation.c. */
static bool always(pc_relation relation, const sum *d, bool expected)
{
    if (pc_relates(relation, d->known) != expected)
        return false;
    if (d->rises && (pc_relates(relation, 1) != expected ||
                     (d->known < 0 && pc_relates(relation, 0) != expected)))
        return false;
    return !(d->falls &&
             (pc_relates(relation, -1) != expected ||
              (d->known > 0 && pc_relates(relation, 0) != expected)));
}

static answer open_relation(const pc_quick_node *node, const sum *d)
{
    if (node->relation == PC_EQUAL && d->known == 0 && !d->missing &&
        d->rises != d->falls && !d->left_unknown)
        return told(PARCHECK_HOLDS, PC_REASON_BLANK_AS_ZERO);
    if (always(node->relation, d, true))
        return decided(true);
    if (always(node->relation, d, false)) {
        if (d->amounts && node->whole)
            return too_wide();
        return decided(false);
    }
    return told(PARCHECK_UNKNOWN,
                d->missing ? PC_REASON_MISSING : PC_REASON_BLANK);
}

static answer judge_relation(const judge *j, const pc_quick_node *node)
{
    uint32_t end = node->first + node->count;
    int64_t known;
    sum d;

    if (add_plainly(j, node->first, end, node->constant, &known) &&
        pc_relates(node->relation, known))
        return decided(true);
    d = add_up(j, node->first, end, common_scale(j, node->first, end),
               node->constant);
    if (d.wide)
        return too_wide();
    if (d.unreadable)
        return told(PARCHECK_UNKNOWN, PC_REASON_UNREADABLE);
    if (d.blank || d.missing)
        return open_relation(node, &d);
    if (pc_relates(node->relation, d.known))
        return decided(true);
    /* It may hold by the rounding of its amounts. */
    return d.amounts && node->whole ? too_wide() : decided(false);
}

static bool is_rounded_half(int64_t x, int64_t p, int64_t b)
{
    int64_t rest;

    if (x < 0) {
        x = -x;
        p = -p;
    }
    rest = 2 * (x - p * b);
    if (rest < -b)
        return false;
    return rest < b || (rest == b && p % 2 == 0);
}

static bool fits_percent(const pc_quick_fact *p, const sum *a, const sum *b)
{
    return p->scale <= MOST_SCALE && p->value < MOST_PERCENT &&
           p->value > -MOST_PERCENT && a->known < MOST_PART &&
           a->known > -MOST_PART && b->known < MOST_PART &&
           b->known > -MOST_PART;
}

static answer zero_base(const pc_quick_fact *p, const sum *a)
{
    answer result = told(PARCHECK_UNKNOWN, PC_REASON_ZERO_DENOMINATOR);

    result.suspicious = p->value != 0 || a->known != 0;
    return result;
}

/* As open() in rule/percent.c. */
static answer open_percent(const sum *a, int64_t x, int64_t p, int64_t b)
{
    answer unknown = told(PARCHECK_UNKNOWN,
                          a->missing ? PC_REASON_MISSING : PC_REASON_BLANK);

    if (b < 0)
        return decided(false);
    if (a->falls)
        return unknown;
    if (x >= (p + 1) * b)
        return decided(false);
    if (!a->missing && is_rounded_half(x, p, b))
        return told(PARCHECK_HOLDS, PC_REASON_BLANK_AS_ZERO);
    return unknown;
}

/* Whether all of it is known and simply right. */
static bool is_plain_percent(const judge *j, const pc_quick_node *node,
                             const pc_quick_fact *p)
{
    sum a = {0};
    sum b = {0};

    return p->state == PC_FACT_VALUE &&
           add_plainly(j, node->first + 1, node->base, node->constant,
                       &a.known) &&
           add_plainly(j, node->base, node->first + node->count,
                       node->base_constant, &b.known) &&
           b.known > 0 && fits_percent(p, &a, &b) &&
           is_rounded_half(powers[p->scale + 2] * a.known, p->value, b.known);
}

static answer judge_percent(const judge *j, const pc_quick_node *node)
{
    uint32_t end = node->first + node->count;
    const pc_quick_fact *p = &j->facts[j->terms[node->first].fact];
    unsigned scale;
    sum a;
    sum b;
    int64_t x;

    if (is_plain_percent(j, node, p))
        return decided(true);
    scale = common_scale(j, node->first + 1, end);
    a = add_up(j, node->first + 1, node->base, scale, node->constant);
    b = add_up(j, node->base, end, scale, node->base_constant);
    if (a.wide || b.wide)
        return too_wide();
    if (p->state == PC_FACT_UNREADABLE || a.unreadable || b.unreadable)
        return told(PARCHECK_UNKNOWN, PC_REASON_UNREADABLE);
    if (p->state != PC_FACT_VALUE || b.blank || b.missing)
        return told(PARCHECK_UNKNOWN,
                    p->state == PC_FACT_MISSING || a.missing || b.missing
                        ? PC_REASON_MISSING
                        : PC_REASON_BLANK);
    if (b.known == 0)
        return zero_base(p, &a);
    if (!fits_percent(p, &a, &b))
        return too_wide();
    x = powers[p->scale + 2] * a.known;
    if (a.blank || a.missing)
        return open_percent(&a, x, p->value, b.known);
    if (b.known < 0)
        return decided(false);
    /* What is not simply right may be another rounding: rare, and the wide
     * evaluation knows them all. */
    return is_rounded_half(x, p->value, b.known) ? decided(true) : too_wide();
}

static answer judge_question(const judge *j, const pc_quick_node *node)
{
    unsigned state = j->facts[j->terms[node->first].fact].state;

    if (state == PC_FACT_MISSING)
        return told(PARCHECK_UNKNOWN, PC_REASON_MISSING);
    return decided((state == PC_FACT_BLANK) == (node->kind == PC_NODE_BLANK));
}

static answer judge_in(const judge *j, const pc_quick_node *node)
{
    const pc_quick_fact *fact = &j->facts[j->terms[node->first].fact];

    switch (fact->state) {
    case PC_FACT_UNREADABLE:
        return told(PARCHECK_UNKNOWN, PC_REASON_UNREADABLE);
    case PC_FACT_MISSING:
        return told(PARCHECK_UNKNOWN, PC_REASON_MISSING);
    case PC_FACT_BLANK:
        return told(PARCHECK_UNKNOWN, PC_REASON_BLANK);
    default:
        break;
    }
    for (size_t i = 0; i < node->node->set_count; i++) {
        const pc_decimal *one = &node->node->set[i];

        if (one->scale != fact->scale)
            return too_wide();
        if (one->coefficient == fact->value)
            return decided(true);
    }
    return decided(false);
}

static answer judge_node(const judge *j, uint32_t index);

/* Of two reasons why something is unknown, the one that weighs more. */
static uint8_t weightier(uint8_t a, uint8_t b)
{
    if (a == PC_REASON_UNREADABLE || b == PC_REASON_UNREADABLE)
        return PC_REASON_UNREADABLE;
    if (a == PC_REASON_MISSING || b == PC_REASON_MISSING)
        return PC_REASON_MISSING;
    return a;
}

/* As evaluate_both() in rule/evaluate.c. */
static answer judge_both(const judge *j, const pc_quick_node *node,
                         uint8_t decides)
{
    answer a = judge_node(j, node->a);
    answer b = judge_node(j, node->b);

    if (a.wide || b.wide)
        return too_wide();
    if (a.outcome == decides && b.outcome == decides)
        return a.reason == PC_REASON_NONE ? a : b;
    if (a.outcome == decides)
        return a;
    if (b.outcome == decides)
        return b;
    if (a.outcome == PARCHECK_UNKNOWN && b.outcome == PARCHECK_UNKNOWN)
        a.reason = weightier(a.reason, b.reason);
    else if (b.outcome == PARCHECK_UNKNOWN)
        a = b;
    else if (a.outcome != PARCHECK_UNKNOWN && a.reason == PC_REASON_NONE)
        a.reason = b.reason;
    return a;
}

static answer judge_not(const judge *j, const pc_quick_node *node)
{
    answer a = judge_node(j, node->a);

    if (a.wide || a.outcome == PARCHECK_UNKNOWN)
        return a;
    if (a.reason == PC_REASON_BLANK_AS_ZERO)
        return told(PARCHECK_UNKNOWN, PC_REASON_BLANK);
    a.outcome = a.outcome == PARCHECK_HOLDS ? PARCHECK_FAILS : PARCHECK_HOLDS;
    return a;
}

static answer judge_node(const judge *j, uint32_t index)
{
    const pc_quick_node *node = &j->nodes[index];

    if (node->wide)
        return too_wide();
    switch (node->kind) {
    case PC_NODE_AND:
        return judge_both(j, node, PARCHECK_FAILS);
    case PC_NODE_OR:
        return judge_both(j, node, PARCHECK_HOLDS);
    case PC_NODE_NOT:
        return judge_not(j, node);
    case PC_NODE_REPORTED:
    case PC_NODE_BLANK:
        return judge_question(j, node);
    case PC_NODE_IN:
        return judge_in(j, node);
    case PC_NODE_PERCENT:
        return judge_percent(j, node);
    default:
        return judge_relation(j, node);
    }
}

static answer judge_rule(const judge *j, const pc_quick_rule *rule)
{
    if (rule->when != PC_QUICK_NONE) {
        answer condition = judge_node(j, rule->when);

        if (condition.wide || condition.outcome == PARCHECK_UNKNOWN)
            return condition;
        if (condition.outcome == PARCHECK_FAILS)
            return decided(true);
        if (condition.reason == PC_REASON_BLANK_AS_ZERO)
            return told(PARCHECK_UNKNOWN, PC_REASON_BLANK);
    }
    return judge_node(j, rule->then);
}

bool pc_quick_rule_result(const pc_quick *quick, size_t index,
                          const pc_quick_fact *facts, pc_result *result)
{
    const judge j = {quick->terms.data, quick->nodes.data, facts};
    answer a = judge_rule(&j, (const pc_quick_rule *)quick->rules.data + index);

    *result = pc_result_of((parcheck_outcome)a.outcome, (pc_reason)a.reason,
                           NULL);
    result->suspicious = a.suspicious;
    return !a.wide;
}

void pc_quick_widen(pc_fact *wide, const pc_quick_fact *facts, size_t count)
{
    memset(wide, 0, count * sizeof *wide);
    for (size_t i = 0; i < count; i++) {
        wide[i].state = (pc_fact_state)facts[i].state;
        wide[i].first = wide[i].state;
        wide[i].value.coefficient = facts[i].value;
        wide[i].value.scale = facts[i].scale;
        wide[i].zeros = facts[i].zeros;
    }
}

/* The wide evaluation of a rule on facts that were widened. */
static answer judge_wide(pc_quick *quick, const pc_quick_rule *rule,
                         pc_judging *judging)
{
    pc_unit unit;
    pc_result result;
    answer a;

    memset(&unit, 0, sizeof unit);
    unit.edition = quick->edition;
    unit.previous = unit.year_before = unit.role = unit.parent = PC_NONE;
    unit.first_child = unit.last_child = unit.next_sibling = PC_NONE;
    unit.facts = quick->wide_facts;
    judging->unit = &unit;
    result = pc_evaluate(judging, rule->rule);
    judging->unit = NULL;
    a = told(result.outcome, result.reason);
    a.suspicious = result.suspicious;
    return a;
}

bool pc_quick_judge(pc_quick *quick, const pc_quick_fact *facts,
                    pc_judging *judging, size_t counts[4], bool *quiet)
{
    const judge j = {quick->terms.data, quick->nodes.data, facts};
    const pc_quick_rule *rules = quick->rules.data;
    bool widened = false;

    *quiet = true;
    for (size_t i = 0; i < quick->rules.count; i++) {
        answer a = judge_rule(&j, &rules[i]);

        if (a.wide) {
            if (!widened)
                pc_quick_widen(quick->wide_facts, facts, quick->symbols);
            widened = true;
            a = judge_wide(quick, &rules[i], judging);
        }
        counts[a.outcome]++;
        if (a.outcome == PARCHECK_FAILS || a.outcome == PARCHECK_ROUNDING ||
            a.suspicious)
            *quiet = false;
    }
    return !judging->failed;
}

static bool has_one_blank(const parcheck_rule *rule, const pc_quick_fact *facts)
{
    size_t blanks = 0;

    for (size_t i = 0; i < rule->operand_count; i++) {
        const pc_operand *operand = rule->operands[i];
        unsigned state = PC_FACT_MISSING;

        if (operand->reach == PC_REACH_OWN)
            state = facts[operand->symbol].state;
        blanks += state == PC_FACT_BLANK;
        if ((state != PC_FACT_BLANK && state != PC_FACT_VALUE) || blanks > 1)
            return false;
    }
    return blanks == 1;
}

/* A percentage tells only what it is itself. As explain/blanks.c. */
static bool may_determine(const pc_quick *quick, const pc_quick_rule *rule,
                          const pc_quick_fact *facts)
{
    const pc_quick_node *node = (const pc_quick_node *)quick->nodes.data +
                                rule->then;
    const pc_quick_term *terms = quick->terms.data;

    if (!pc_rule_is_equation(rule->rule))
        return false;
    return node->kind != PC_NODE_PERCENT || node->wide ||
           facts[terms[node->first].fact].state == PC_FACT_BLANK;
}

bool pc_quick_leaves_blank(const pc_quick *quick, const pc_quick_fact *facts)
{
    const pc_quick_rule *rules = quick->rules.data;

    for (size_t i = 0; i < quick->rules.count; i++) {
        pc_result result;

        if (may_determine(quick, &rules[i], facts) &&
            has_one_blank(rules[i].rule, facts) &&
            (!pc_quick_rule_result(quick, i, facts, &result) ||
             (result.outcome == PARCHECK_UNKNOWN &&
              result.reason == PC_REASON_BLANK)))
            return true;
    }
    return false;
}
