/*
 * The smallest sets of cells whose change repairs a rule and breaks none, in
 * the sense of Fellegi and Holt ("A systematic approach to automatic edit and
 * imputation", 1976).
 *
 * A set is built cell by cell, the lightest first. Every cell of a smallest
 * set does change, for otherwise it could be spared; so an equation that held
 * cannot have just one changed cell, and a set that has such an equation must
 * have another of its cells (de Waal branches on rules that fail in the same
 * way). Where no equation demands a cell, the set is a system of linear
 * relations for rule/simplex.h: if it has a solution the set is one of the
 * smallest, and if not, one of the cells of the relations that contradict
 * each other must join (a conflict that every set has to hit, see Reiter, "A
 * theory of diagnosis from first principles", 1987). Of the cells that may
 * join each later one goes on without the earlier ones, so that no set is
 * seen twice.
 *
 * The cells that equations without a cell in common demand are a bound on
 * what is still to come. The work is bounded by PC_EXPLAIN_NODES, the memory
 * by PC_EXPLAIN_QUEUE.
 */
#include <string.h>

#include "explain/hypothesis.h"

enum { HEAVIEST = PC_EXPLAIN_CELLS * PC_WEIGHT_COUNTED, MOST_LINES = 96 };

typedef struct node {
    struct node *next; /* in its queue */
    struct node *parent;
    pc_slot *const *choice; /* what could have joined the parent */
    size_t rank;            /* the one that did */
    pc_slot *slots[PC_EXPLAIN_CELLS];
    size_t count;
    unsigned weight;
    bool bounded; /* its bound has been looked at */
} node;

typedef struct problem {
    pc_line lines[MOST_LINES];
    pc_case *cases[MOST_LINES];
    size_t count;
    unsigned decimals[PC_EXPLAIN_CELLS];
    pc_simplex simplex;
} problem;

typedef struct search {
    pc_thinking *t;
    pc_case *of;
    pc_arena arena;
    node *queues[HEAVIEST + 1]; /* by weight and bound */
    node **ends[HEAVIEST + 1];
    problem *problem; /* scratch */
    unsigned weight;  /* that is being looked at */
    size_t nodes;
    size_t begun; /* work that was left at the beginning */
    size_t queued;
    size_t found;
    bool cut;  /* larger sets were not looked at */
    bool full; /* a ceiling was reached */
} search;

/* What follows from a set is no lighter than the bound of that set. */
static void push(search *s, node *n, unsigned weight)
{
    if (weight < s->weight)
        weight = s->weight;
    if (weight > HEAVIEST) {
        s->cut = true;
        return;
    }
    n->next = NULL;
    if (s->queues[weight] == NULL)
        s->queues[weight] = n;
    else
        *s->ends[weight] = n;
    s->ends[weight] = &n->next;
}

/* ---- what may join ---------------------------------------------------------
 */

/* Marks what must not join, by the choices that led to the set. */
static void mark_barred(search *s, const node *n)
{
    s->t->model.mark++;
    for (const node *at = n; at->parent != NULL; at = at->parent)
        for (size_t i = 0; i < at->rank; i++)
            at->choice[i]->mark = s->t->model.mark;
    for (size_t i = 0; i < n->count; i++)
        n->slots[i]->mark = s->t->model.mark;
}

static bool may_join(const search *s, const pc_slot *slot)
{
    return slot->mark != s->t->model.mark && pc_slot_has_value(slot) &&
           pc_slot_may_change(slot);
}

/* Reading a slot makes cases, which uses marks: to be done before marking. */
static void read_all(search *s, const pc_case *of)
{
    (void)pc_model_spend(&s->t->model, of->slots.count);
    for (size_t i = 0; i < of->slots.count; i++)
        pc_model_read(&s->t->model, ((pc_slot **)of->slots.data)[i]);
}

/* The lighter ones first. */
static void add_choice(search *s, pc_list *choice, const pc_case *of)
{
    for (unsigned weight = PC_WEIGHT_COMPUTED; weight <= PC_WEIGHT_COUNTED;
         weight++)
        for (size_t i = 0; i < of->slots.count; i++) {
            pc_slot *slot = ((pc_slot **)of->slots.data)[i];
            pc_slot **place;

            if (!may_join(s, slot) || pc_slot_weight(slot) != weight)
                continue;
            place = pc_list_add(choice, &s->arena, sizeof(*place));
            if (place == NULL) {
                s->t->model.failed = true;
                return;
            }
            *place = slot;
        }
}

static void branch(search *s, node *parent, const pc_list *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        pc_slot *slot = ((pc_slot **)choice->data)[i];
        node *n;

        if (s->queued++ == PC_EXPLAIN_QUEUE) {
            s->full = true;
            return;
        }
        n = pc_arena_alloc(&s->arena, sizeof *n);
        if (n == NULL) {
            s->t->model.failed = true;
            return;
        }
        *n = *parent;
        n->parent = parent;
        n->choice = choice->data;
        n->rank = i;
        n->bounded = false;
        n->slots[n->count++] = slot;
        n->weight += pc_slot_weight(slot);
        push(s, n, n->weight);
    }
}

/* ---- equations that demand a cell -------------------------------------------
 */

static bool is_touched(const node *n, const pc_node *part, const pc_case *of)
{
    for (size_t i = 0; i < n->count; i++) {
        const pc_link *links = n->slots[i]->links.data;

        for (size_t k = 0; k < n->slots[i]->links.count; k++)
            if (links[k].atom->of == of && links[k].atom->node == part)
                return true;
    }
    return false;
}

/* Whether any cell of the set stands in the condition. */
static bool touches(const node *n, const pc_node *part, const pc_case *of)
{
    if (part == NULL)
        return false;
    if (part->kind == PC_NODE_NOT)
        return touches(n, part->a, of);
    if (part->kind == PC_NODE_AND || part->kind == PC_NODE_OR)
        return touches(n, part->a, of) || touches(n, part->b, of);
    return is_touched(n, part, of);
}

/* The condition is what it was, and asks for the rest of the rule. */
static bool is_in_force(search *s, const node *n, const pc_case *of)
{
    const pc_node *when = of->verdict->rule->when;
    pc_result result;

    if (when == NULL)
        return true;
    (void)pc_model_spend(&s->t->model, of->slots.count);
    if (touches(n, when, of))
        return false;
    s->t->model.judging.unit = pc_submission_unit(s->t->model.submission,
                                                  of->unit);
    result = pc_evaluate_node(&s->t->model.judging, when, false);
    return result.outcome == PARCHECK_HOLDS &&
           result.reason != PC_REASON_BLANK_AS_ZERO;
}

static size_t changed_in(const node *n, const pc_atom *atom)
{
    size_t changed = 0;

    for (size_t i = 0; i < n->count; i++) {
        const pc_link *links = n->slots[i]->links.data;

        for (size_t k = 0; k < n->slots[i]->links.count; k++)
            changed += links[k].atom == atom &&
                       pc_ratio_sign(links[k].factor) != 0;
    }
    return changed;
}

/* An equation that held, with one cell of the set in it. */
static bool demands(search *s, const node *n, const pc_case *of)
{
    const pc_atom *atom = pc_case_only_atom(of);

    return atom != NULL && of->verdict->outcome == PARCHECK_HOLDS &&
           atom->node->kind == PC_NODE_COMPARE &&
           atom->node->relation == PC_EQUAL && atom->sum.open == 0 &&
           pc_ratio_sign(atom->sum.tolerance) == 0 &&
           changed_in(n, atom) == 1 && is_in_force(s, n, of);
}

/* How often the cells of the set stand in rules. */
static size_t links_of(const node *n)
{
    size_t links = 0;

    for (size_t i = 0; i < n->count; i++)
        links += n->slots[i]->links.count;
    return links;
}

/* The next of the cases that look at a cell of the set, each once. */
typedef struct around {
    size_t slot;
    size_t at;
    size_t mark;
} around;

static pc_case *next_case(const node *n, around *a)
{
    while (a->slot < n->count) {
        const pc_list *cases = &n->slots[a->slot]->cases;

        while (a->at < cases->count) {
            pc_case *of = ((pc_case **)cases->data)[a->at++];

            if (of->mark == a->mark)
                continue;
            of->mark = a->mark;
            return of;
        }
        a->at = 0;
        a->slot++;
    }
    return NULL;
}

static size_t choices_of(const search *s, const pc_case *of, unsigned *least)
{
    size_t count = 0;

    (void)pc_model_spend(&s->t->model, 2 * of->slots.count);
    *least = PC_WEIGHT_COUNTED;
    for (size_t i = 0; i < of->slots.count; i++) {
        const pc_slot *slot = ((pc_slot **)of->slots.data)[i];

        if (!may_join(s, slot))
            continue;
        count++;
        if (pc_slot_weight(slot) < *least)
            *least = pc_slot_weight(slot);
    }
    return count;
}

/* Whether the case has no cell in common with those that were counted. */
static bool is_apart(const search *s, const pc_case *of, size_t mark)
{
    for (size_t i = 0; i < of->slots.count; i++) {
        pc_slot *slot = ((pc_slot **)of->slots.data)[i];

        if (may_join(s, slot) && slot->at == mark)
            return false;
    }
    for (size_t i = 0; i < of->slots.count; i++)
        ((pc_slot **)of->slots.data)[i]->at = mark;
    return true;
}

typedef struct demand {
    pc_case *of;    /* the one with the fewest cells, or NULL */
    unsigned bound; /* weight that all of them ask for at least */
    bool dead;      /* one cannot be met */
} demand;

static demand find_demand(search *s, const node *n)
{
    demand d = {NULL, 0, false};
    around a = {0, 0, 0};
    size_t fewest = SIZE_MAX;
    size_t links = links_of(n);
    pc_case *of;

    mark_barred(s, n);
    a.mark = s->t->model.mark;
    while ((of = next_case(n, &a)) != NULL) {
        unsigned least;
        size_t count;

        if (!pc_model_spend(&s->t->model, links)) {
            s->full = true;
            d.dead = true;
            return d;
        }
        if (!demands(s, n, of))
            continue;
        count = choices_of(s, of, &least);
        d.dead = d.dead || count == 0;
        if (count < fewest) {
            fewest = count;
            d.of = of;
        }
        /* `at` of a slot is free between the making of atoms. */
        if (is_apart(s, of, SIZE_MAX - s->t->model.mark))
            d.bound += least;
    }
    return d;
}

/* ---- solving ----------------------------------------------------------------
 */

static bool is_conjunction(const pc_node *part)
{
    if (part->kind == PC_NODE_AND)
        return is_conjunction(part->a) && is_conjunction(part->b);
    return part->kind == PC_NODE_COMPARE || part->kind == PC_NODE_PERCENT;
}

static bool stands_in_then(const pc_node *part, const pc_node *wanted)
{
    if (part->kind == PC_NODE_AND)
        return stands_in_then(part->a, wanted) ||
               stands_in_then(part->b, wanted);
    return part == wanted;
}

/* False if there are too many of them. */
static bool add_lines(search *s, const node *n, problem *p, pc_case *of)
{
    const parcheck_rule *rule = of->verdict->rule;
    bool exactly = pc_case_fails(of);

    /* What demands a cell says nothing until that has joined. */
    if (!is_conjunction(rule->then) || !is_in_force(s, n, of) ||
        demands(s, n, of))
        return true;
    for (size_t i = 0; i < of->atoms.count; i++) {
        pc_atom *atom = ((pc_atom **)of->atoms.data)[i];
        size_t lines;

        if (!stands_in_then(rule->then, atom->node))
            continue;
        if (p->count + PC_ATOM_LINES > MOST_LINES)
            return false;
        lines = pc_atom_lines(atom, n->slots, p->decimals, n->count, exactly,
                              &p->lines[p->count]);
        while (lines-- > 0)
            p->cases[p->count++] = of;
    }
    return true;
}

static bool state(search *s, const node *n, problem *p)
{
    around a = {0, 0, ++s->t->model.mark};
    size_t links = links_of(n);
    pc_case *of;

    p->count = 0;
    for (size_t i = 0; i < n->count; i++)
        p->decimals[i] = pc_slot_decimals(s->t, n->slots[i]);
    while ((of = next_case(n, &a)) != NULL) {
        if (!pc_model_spend(&s->t->model, links)) {
            s->full = true;
            return false;
        }
        if (!add_lines(s, n, p, of))
            return false;
    }
    if (!pc_simplex_init(&p->simplex, p->count, n->count, &s->arena)) {
        s->t->model.failed = true;
        return false;
    }
    for (size_t i = 0; i < n->count; i++)
        *pc_simplex_column_range(&p->simplex,
                                 i) = pc_allowed_kind(n->slots[i]).at[0];
    for (size_t i = 0; i < p->count; i++) {
        for (size_t k = 0; k < n->count; k++)
            pc_simplex_set(&p->simplex, i, k, p->lines[i].factors[k]);
        *pc_simplex_row_range(&p->simplex, i) = p->lines[i].range;
    }
    return true;
}

/* Whether the column can lie in the range, too. */
static bool can_be(problem *p, size_t column, pc_range range)
{
    pc_range *place = pc_simplex_column_range(&p->simplex, column);
    pc_ranges was = pc_ranges_one(*place);
    pc_ranges more = pc_ranges_one(range);
    pc_ranges both = pc_ranges_intersect(&was, &more);
    pc_range kept = *place;
    bool can;

    if (both.count == 0 || both.lost)
        return false;
    *place = both.at[0];
    can = pc_simplex_solve(&p->simplex) == PC_YES;
    *place = kept;
    return can;
}

static pc_range from(int64_t low, unsigned decimals)
{
    return (pc_range){pc_limit_at(pc_ratio_of((pc_decimal){low, decimals}), 0),
                      pc_limit_none()};
}

static pc_range up_to(int64_t high, unsigned decimals)
{
    return (pc_range){
        pc_limit_none(),
        pc_limit_at(pc_ratio_of((pc_decimal){high, decimals}), 0)};
}

/* The last step from `known` on that the column can have; it cannot be
 * `beyond`. By strides that double, because it is mostly near. */
static int64_t last_step(problem *p, size_t column, int64_t known,
                         int64_t beyond)
{
    unsigned decimals = p->decimals[column];
    bool up = beyond > known;
    int64_t stride = 1;

    for (;;) {
        int64_t gap = up ? beyond - known : known - beyond;
        int64_t by = stride < gap / 2 ? stride : gap / 2;
        int64_t at = up ? known + by : known - by;

        if (by == 0)
            return known;
        if (can_be(p, column, up ? from(at, decimals) : up_to(at, decimals)))
            known = at;
        else
            beyond = at;
        stride = 2 * by;
    }
}

/* The least step that the column can have, of those from 0 to `known`. */
static int64_t least(problem *p, size_t column, int64_t known)
{
    return last_step(p, column, known, -1);
}

/* The largest, INT64_MAX for none. */
static int64_t largest(problem *p, size_t column, int64_t known)
{
    const int64_t far = (int64_t)1 << 40;
    unsigned decimals = p->decimals[column];

    if (known < far && !can_be(p, column, from(known + 1, decimals)))
        return known;
    if (can_be(p, column, from(far, decimals)))
        return INT64_MAX;
    return known < far ? last_step(p, column, known + 1, far) : known;
}

/* Steps of the column's last decimal at or below its value. */
static bool step_at(const problem *p, size_t column, int64_t *step)
{
    pc_ratio value = p->simplex.at[column].value;
    pc_ratio scaled = pc_ratio_multiply(
        value, pc_ratio_invert(pc_unit_of(p->decimals[column])));

    if (pc_ratio_is_lost(scaled) || scaled.numerator < 0)
        return false;
    *step = scaled.numerator / scaled.denominator;
    return *step < INT64_MAX; /* there is a next one */
}

/* Finds the ends of a column and fixes it at the number that is nearest to
 * what was printed. */
static bool fix_column(const node *n, problem *p, size_t column,
                       pc_proposal *proposal)
{
    unsigned decimals = p->decimals[column];
    pc_decimal printed = n->slots[column]->fact->value;
    int64_t at;
    int64_t low;
    int64_t high;
    pc_ratio fixed;

    if (pc_simplex_solve(&p->simplex) != PC_YES || !step_at(p, column, &at))
        return false;
    if (can_be(p, column, up_to(at, decimals)))
        low = least(p, column, at);
    else if (can_be(p, column, up_to(at + 1, decimals)))
        low = at + 1;
    else
        return false;
    high = largest(p, column, low);
    proposal->slot = n->slots[column];
    proposal->determined = low == high;
    proposal->has_low = true;
    proposal->has_high = high != INT64_MAX;
    proposal->low = (pc_decimal){low, decimals};
    proposal->high = (pc_decimal){high, decimals};
    proposal->value = printed;
    if (pc_decimal_compare(printed, proposal->low) < 0)
        proposal->value = proposal->low;
    else if (proposal->has_high &&
             pc_decimal_compare(printed, proposal->high) > 0)
        proposal->value = proposal->high;
    fixed = pc_ratio_of(proposal->value);
    *pc_simplex_column_range(&p->simplex, column) = (pc_range){
        pc_limit_at(fixed, 0), pc_limit_at(fixed, 0)};
    return true;
}

/* Whether the numbers are a solution, whole ones where they must be. */
static bool offer(search *s, const node *n, problem *p)
{
    pc_hypothesis *h = pc_think(s->t, PC_MINIMAL_CHANGE, n->count);

    if (h == NULL)
        return false;
    for (size_t i = 0; i < n->count; i++)
        if (!fix_column(n, p, i, &h->changes[i]))
            return false;
    for (size_t i = 0; i < n->count; i++)
        if (pc_decimal_compare(h->changes[i].value, n->slots[i]->fact->value) ==
            0)
            return false;
    if (!pc_prove(s->t, h))
        return false;
    pc_interpret(s->t, h);
    return true;
}

/* The cells of the relations that contradict each other. */
static pc_list conflict_of(search *s, const node *n, const problem *p)
{
    pc_list choice = {0};

    for (size_t i = 0; i < p->count; i++)
        if (p->simplex.blamed[n->count + i])
            read_all(s, p->cases[i]);
    mark_barred(s, n);
    for (size_t i = 0; i < p->count; i++) {
        if (!p->simplex.blamed[n->count + i])
            continue;
        add_choice(s, &choice, p->cases[i]);
        for (size_t k = 0; k < choice.count; k++)
            ((pc_slot **)choice.data)[k]->mark = s->t->model.mark;
    }
    return choice;
}

static pc_list demanded_by(search *s, const node *n, const pc_case *of)
{
    pc_list choice = {0};

    read_all(s, of);
    mark_barred(s, n);
    add_choice(s, &choice, of);
    return choice;
}

/* ---- the search -------------------------------------------------------------
 */

/* A set that contradicts itself goes on with what could resolve that, one
 * with a demand with what could meet it; of both the narrower. */
static void go_on(search *s, node *n, const problem *p, const pc_case *asks,
                  bool contradicts)
{
    pc_list choice = {0};
    pc_list other = {0};

    if (n->count == PC_EXPLAIN_CELLS) {
        s->cut = true;
        return;
    }
    if (asks != NULL)
        choice = demanded_by(s, n, asks);
    if (contradicts)
        other = conflict_of(s, n, p);
    if (asks == NULL || (contradicts && other.count < choice.count))
        choice = other;
    branch(s, n, &choice);
}

static void look_at(search *s, node *n)
{
    demand d = find_demand(s, n);
    problem *p = s->problem;
    pc_answer answer;

    if (d.dead)
        return;
    if (!n->bounded && d.bound > 0) {
        n->bounded = true;
        push(s, n, n->weight + d.bound);
        return;
    }
    if (!state(s, n, p))
        return;
    answer = pc_simplex_solve(&p->simplex);
    if (answer == PC_YES && d.of == NULL) {
        if (offer(s, n, p))
            s->found++;
        return;
    }
    if (answer == PC_NO || d.of != NULL)
        go_on(s, n, p, d.of, answer == PC_NO);
}

/* False when a ceiling is reached. */
static bool spend(search *s)
{
    size_t done = s->begun - s->t->model.work_left;

    if (s->nodes == PC_EXPLAIN_NODES || s->t->nodes_left == 0 ||
        done >= PC_EXPLAIN_SET_WORK ||
        s->t->sets_work + done >= PC_EXPLAIN_SETS_WORK)
        return false;
    s->nodes++;
    s->t->nodes_left--;
    return true;
}

static void run(search *s)
{
    for (unsigned weight = 0; weight <= HEAVIEST; weight++) {
        s->weight = weight;
        while (s->queues[weight] != NULL && !s->t->model.failed) {
            node *n = s->queues[weight];

            s->queues[weight] = n->next;
            if (!spend(s) || s->found == PC_EXPLAIN_SETS) {
                s->full = true;
                return;
            }
            look_at(s, n);
        }
        if (s->found > 0)
            return;
    }
}

static bool start(search *s)
{
    node *root = pc_arena_alloc(&s->arena, sizeof *root);
    pc_list choice = {0};

    if (root == NULL)
        return false;
    read_all(s, s->of);
    mark_barred(s, root);
    add_choice(s, &choice, s->of);
    branch(s, root, &choice);
    return true;
}

/* Whether one hypothesis repairs all failing rules that share a cell with
 * this one. */
static bool is_settled(pc_model *model, const pc_case *of)
{
    const pc_list *thought = &of->thought;

    for (size_t i = 0; i < thought->count; i++) {
        const pc_hypothesis *h = ((pc_hypothesis **)thought->data)[i];
        bool all = true;

        for (size_t k = 0; k < of->slots.count && all; k++) {
            const pc_slot *slot = ((pc_slot **)of->slots.data)[k];

            (void)pc_model_spend(model, slot->cases.count);
            for (size_t m = 0; m < slot->cases.count && all; m++) {
                const pc_case *other = ((pc_case **)slot->cases.data)[m];
                bool repaired = !pc_case_fails(other);

                for (size_t r = 0; r < h->repair_count; r++)
                    repaired = repaired || h->repairs[r] == other;
                all = repaired;
            }
        }
        if (all)
            return true;
    }
    return false;
}

void pc_think_sets(pc_thinking *t, pc_case *of)
{
    problem scratch; /* large, and mostly not used: not zeroed */
    search s = {.t = t, .of = of, .problem = &scratch};

    if (is_settled(&t->model, of) || !is_conjunction(of->verdict->rule->then))
        return;
    s.begun = t->model.work_left;
    pc_arena_init(&s.arena, &t->model.arena->allocator);
    if (!start(&s))
        t->model.failed = true;
    run(&s);
    t->sets_work += s.begun - t->model.work_left;
    if (s.full || (s.cut && s.found == 0))
        pc_cut_short(t, of);
    pc_arena_free(&s.arena);
}
