#include "explain/model.h"

#include <string.h>

static const pc_ratio zero = {0, 1};

/* ---- numbers ------------------------------------------------------------- */

bool pc_ratio_decimal(pc_ratio number, pc_decimal *decimal)
{
    pc_ratio ten = {10, 1};
    unsigned scale = 0;

    while (number.denominator > 1 && scale < PC_DIGITS) {
        number = pc_ratio_multiply(number, ten);
        scale++;
    }
    decimal->coefficient = number.numerator;
    decimal->scale = scale;
    return number.denominator == 1;
}

static bool is_small(pc_ratio a)
{
    return a.numerator <= INT32_MAX && a.numerator >= -INT32_MAX &&
           a.denominator <= INT32_MAX && a.denominator > 0;
}

int pc_ratio_compare(pc_ratio a, pc_ratio b)
{
    if (is_small(a) && is_small(b)) { /* nothing gets lost */
        int64_t left = a.numerator * b.denominator;
        int64_t right = b.numerator * a.denominator;

        return left < right ? -1 : left > right;
    }
    return pc_ratio_sign(pc_ratio_subtract(a, b));
}

/* ---- the model ----------------------------------------------------------- */

static pc_unit *unit_of(const pc_model *model, size_t unit)
{
    return pc_submission_unit(model->submission, unit);
}

static const parcheck_verdict *verdict_at(const pc_model *model, size_t index)
{
    return (const parcheck_verdict *)model->verdicts->list.data + index;
}

static void add_later(pc_later *later, size_t earlier, size_t unit)
{
    if (earlier == PC_NONE)
        return;
    later->next[unit] = later->first[earlier];
    later->first[earlier] = unit;
}

static void index_units(pc_model *model)
{
    size_t units = model->submission->units.count;
    size_t verdict = 0;

    for (size_t i = 0; i <= units; i++) {
        while (verdict < model->verdicts->list.count &&
               verdict_at(model, verdict)->unit_index < i)
            verdict++;
        model->first[i] = verdict;
    }
    for (size_t i = 0; i < units; i++)
        model->previous.first[i] = model->year_before.first[i] = PC_NONE;
    for (size_t i = units; i > 0; i--) {
        add_later(&model->previous, unit_of(model, i - 1)->previous, i - 1);
        add_later(&model->year_before, unit_of(model, i - 1)->year_before,
                  i - 1);
    }
}

static bool make_later(pc_later *later, size_t units, pc_arena *arena)
{
    later->first = pc_arena_array(arena, units, sizeof *later->first);
    later->next = pc_arena_array(arena, units, sizeof *later->next);
    return later->first != NULL && later->next != NULL;
}

bool pc_model_init(pc_model *model, const pc_submission *submission,
                   const pc_verdicts *verdicts, pc_findings *findings,
                   pc_arena *arena, pc_arena *work)
{
    size_t units = submission->units.count;

    memset(model, 0, sizeof *model);
    model->submission = submission;
    model->verdicts = verdicts;
    model->findings = findings;
    model->arena = arena;
    model->work = work;
    model->judging.submission = submission;
    model->judging.arena = work;
    model->first = pc_arena_array(work, units + 1, sizeof *model->first);
    model->slots = pc_arena_array(work, units, sizeof(*model->slots));
    model->cases = pc_arena_array(work, units, sizeof(*model->cases));
    if (model->first == NULL || model->slots == NULL || model->cases == NULL ||
        !make_later(&model->previous, units, work) ||
        !make_later(&model->year_before, units, work))
        return false;
    index_units(model);
    return true;
}

bool pc_model_spend(pc_model *model, size_t work)
{
    model->work_left -= work < model->work_left ? work : model->work_left;
    return model->work_left > 0;
}

/* Adds a pointer to a list; remembers a failure. */
static void push(pc_model *model, pc_list *list, void *pointer)
{
    void **place = pc_list_add(list, model->work, sizeof(*place));

    if (place == NULL)
        model->failed = true;
    else
        *place = pointer;
}

/* ---- slots --------------------------------------------------------------- */

bool pc_slot_has_value(const pc_slot *slot)
{
    return slot->fact->state == PC_FACT_VALUE;
}

bool pc_slot_may_change(const pc_slot *slot)
{
    return slot->fact->cell != NULL && !slot->fact->fixed &&
           slot->indicator != NULL;
}

static pc_slot *make_slot(pc_model *model, size_t unit, size_t symbol)
{
    pc_unit *of = unit_of(model, unit);
    pc_slot *slot = pc_arena_alloc(model->work, sizeof *slot);

    if (slot == NULL)
        return NULL;
    slot->unit = unit;
    slot->symbol = symbol;
    slot->fact = &of->facts[symbol];
    slot->kind = pc_family_symbol(of->edition->family, symbol)->kind;
    slot->indicator = pc_edition_row(of->edition, symbol);
    if (pc_slot_has_value(slot))
        slot->value = pc_ratio_of(slot->fact->value);
    return slot;
}

pc_slot *pc_model_slot(pc_model *model, size_t unit, size_t symbol)
{
    pc_slot ***slots = &model->slots[unit];

    if (*slots == NULL)
        *slots = pc_arena_array(
            model->work, unit_of(model, unit)->edition->family->symbols.count,
            sizeof(**slots));
    if (*slots != NULL && (*slots)[symbol] == NULL)
        (*slots)[symbol] = make_slot(model, unit, symbol);
    if (*slots == NULL || (*slots)[symbol] == NULL) {
        model->failed = true;
        return NULL;
    }
    return (*slots)[symbol];
}

/* ---- atoms --------------------------------------------------------------- */

/* The slots that an operand reaches from a unit, one after another. */
typedef struct reach {
    const pc_operand *operand;
    size_t child;
    size_t unit;
} reach;

static reach reach_start(const pc_model *model, size_t unit,
                         const pc_operand *operand)
{
    const pc_unit *of = unit_of(model, unit);
    reach r = {operand, PC_NONE, PC_NONE};

    switch (operand->reach) {
    case PC_REACH_OWN:
        r.unit = unit;
        break;
    case PC_REACH_ROLE:
        r.unit = model->submission->presence[operand->family->index]
                     .role_units[operand->role];
        break;
    case PC_REACH_CHILDREN:
        r.child = of->first_child;
        break;
    case PC_REACH_PREVIOUS:
        r.unit = of->previous;
        break;
    case PC_REACH_YEAR_BEFORE:
        r.unit = of->year_before;
        break;
    }
    return r;
}

/* PC_NONE at the end. */
static size_t reach_next(const pc_model *model, reach *r)
{
    size_t unit = r->unit;

    if (r->operand->reach == PC_REACH_CHILDREN) {
        unit = r->child;
        if (unit != PC_NONE)
            r->child = unit_of(model, unit)->next_sibling;
        return unit;
    }
    r->unit = PC_NONE;
    return unit;
}

static pc_ratio half_unit(const pc_fact *fact)
{
    pc_ratio unit = {1, 2};
    pc_ratio ten = {10, 1};

    for (unsigned i = 0; i < fact->zeros; i++)
        unit = pc_ratio_multiply(unit, ten);
    for (unsigned i = 0; i < fact->value.scale; i++)
        unit = pc_ratio_multiply(unit, (pc_ratio){1, 10});
    return unit;
}

/* Of a unit that has sent nothing nothing follows, as of what cannot be
 * read. */
static void add_open(const pc_model *model, pc_total *total, pc_slot *slot,
                     pc_ratio factor)
{
    total->open++;
    if (slot != NULL && (slot->fact->state == PC_FACT_UNREADABLE ||
                         unit_of(model, slot->unit)->absent))
        total->unreadable = true;
    if (slot != NULL && slot->fact->state == PC_FACT_BLANK)
        total->blank = (pc_entry){slot, factor};
    total->rises = total->rises || pc_ratio_sign(factor) > 0;
    total->falls = total->falls || pc_ratio_sign(factor) < 0;
}

/* The entry of the slot in a sum that is being made. */
static pc_entry *entry_of(pc_model *model, pc_list *entries, pc_slot *slot)
{
    pc_entry *entry;

    if (slot->mark == model->mark)
        return (pc_entry *)entries->data + slot->at;
    slot->mark = model->mark;
    slot->at = entries->count;
    entry = pc_list_add(entries, model->work, sizeof *entry);
    if (entry == NULL) {
        model->failed = true;
        return NULL;
    }
    entry->slot = slot;
    entry->factor = zero;
    return entry;
}

static void add_slot(pc_model *model, pc_list *entries, pc_total *total,
                     pc_slot *slot, pc_ratio factor)
{
    pc_entry *entry;
    pc_ratio rounding;

    if (slot == NULL || !pc_slot_has_value(slot)) {
        add_open(model, total, slot, factor);
        return;
    }
    entry = entry_of(model, entries, slot);
    if (entry == NULL)
        return;
    entry->factor = pc_ratio_add(entry->factor, factor);
    total->value = pc_ratio_add(total->value,
                                pc_ratio_multiply(factor, slot->value));
    if (slot->kind != PARCHECK_AMOUNT)
        return;
    rounding = pc_ratio_multiply(factor, half_unit(slot->fact));
    if (pc_ratio_sign(rounding) < 0)
        rounding = pc_ratio_negate(rounding);
    total->tolerance = pc_ratio_add(total->tolerance, rounding);
}

static void add_term(pc_model *model, size_t unit, pc_list *entries,
                     pc_total *total, const pc_term *term, bool negate)
{
    pc_ratio factor = pc_ratio_of(term->factor);
    size_t found = 0;
    size_t other;
    reach r;

    if (negate)
        factor = pc_ratio_negate(factor);
    if (term->operand == NULL) {
        total->constant = pc_ratio_add(total->constant, factor);
        total->value = pc_ratio_add(total->value, factor);
        return;
    }
    r = reach_start(model, unit, term->operand);
    while ((other = reach_next(model, &r)) != PC_NONE) {
        add_slot(model, entries, total,
                 pc_model_slot(model, other, term->operand->symbol), factor);
        found++;
    }
    if (found == 0)
        add_open(model, total, NULL, factor);
}

/* left - right, each side may be NULL. */
static void make_total(pc_model *model, size_t unit, pc_total *total,
                       const pc_linear *left, const pc_linear *right)
{
    pc_list entries = {0};

    total->constant = zero;
    total->value = zero;
    total->tolerance = zero;
    model->mark++;
    for (size_t i = 0; left != NULL && i < left->count; i++)
        add_term(model, unit, &entries, total, &left->terms[i], false);
    for (size_t i = 0; right != NULL && i < right->count; i++)
        add_term(model, unit, &entries, total, &right->terms[i], true);
    total->entries = entries.data;
    total->count = entries.count;
}

/* The slot of a side that is one reference with the factor 1. */
static pc_slot *only_slot(pc_model *model, size_t unit, const pc_linear *side)
{
    const pc_term *term = side->terms;
    size_t other;
    reach r;

    if (side->count != 1 || term->operand == NULL ||
        term->operand->reach == PC_REACH_CHILDREN ||
        term->factor.coefficient != 1 || term->factor.scale != 0)
        return NULL;
    r = reach_start(model, unit, term->operand);
    other = reach_next(model, &r);
    return other != PC_NONE ? pc_model_slot(model, other, term->operand->symbol)
                            : NULL;
}

/* "=" with one fact on the left and a sum on the right says how the fact
 * comes about. */
static bool adds_up(const pc_node *node)
{
    return node->relation == PC_EQUAL &&
           (node->right.count > 1 ||
            (node->right.terms[0].operand != NULL &&
             node->right.terms[0].operand->reach == PC_REACH_CHILDREN));
}

static void add_link(pc_model *model, pc_slot *slot, pc_link link)
{
    pc_link *place = pc_list_add(&slot->links, model->work, sizeof *place);

    if (place == NULL)
        model->failed = true;
    else
        *place = link;
}

/* A slot stands at most once in the sum and once in the base. */
static void link_atom(pc_model *model, pc_atom *atom)
{
    model->mark++;
    for (size_t i = 0; i < atom->base.count; i++) {
        atom->base.entries[i].slot->mark = model->mark;
        atom->base.entries[i].slot->at = i;
    }
    for (size_t i = 0; i < atom->sum.count; i++) {
        pc_slot *slot = atom->sum.entries[i].slot;
        pc_link link = {atom, atom->sum.entries[i].factor, zero, false};

        if (slot->mark == model->mark) {
            link.base_factor = atom->base.entries[slot->at].factor;
            slot->mark = 0;
        }
        add_link(model, slot, link);
    }
    for (size_t i = 0; i < atom->base.count; i++) {
        pc_entry *entry = &atom->base.entries[i];

        if (entry->slot->mark == model->mark)
            add_link(model, entry->slot,
                     (pc_link){atom, zero, entry->factor, false});
    }
    if (atom->percent != NULL && pc_slot_has_value(atom->percent))
        add_link(model, atom->percent, (pc_link){atom, zero, zero, true});
}

static void make_atom(pc_model *model, pc_case *of, const pc_node *node,
                      bool whole)
{
    pc_atom *atom = pc_arena_alloc(model->work, sizeof *atom);

    if (atom == NULL) {
        model->failed = true;
        return;
    }
    atom->of = of;
    atom->node = node;
    atom->whole = whole;
    if (node->kind == PC_NODE_PERCENT) {
        atom->percent = only_slot(model, of->unit, &node->left);
        atom->result = whole ? atom->percent : NULL;
        make_total(model, of->unit, &atom->sum, &node->right, NULL);
        make_total(model, of->unit, &atom->base, &node->base, NULL);
    } else {
        make_total(model, of->unit, &atom->sum, &node->left,
                   node->kind == PC_NODE_COMPARE ? &node->right : NULL);
        if (whole && node->kind == PC_NODE_COMPARE && adds_up(node))
            atom->result = only_slot(model, of->unit, &node->left);
    }
    if (atom->result != NULL)
        atom->result->result = true;
    link_atom(model, atom);
    push(model, &of->atoms, atom);
}

static void make_atoms(pc_model *model, pc_case *of, const pc_node *node,
                       bool whole)
{
    if (node == NULL)
        return;
    switch (node->kind) {
    case PC_NODE_AND:
    case PC_NODE_OR:
        make_atoms(model, of, node->a, false);
        make_atoms(model, of, node->b, false);
        break;
    case PC_NODE_NOT:
        make_atoms(model, of, node->a, false);
        break;
    case PC_NODE_REPORTED:
    case PC_NODE_BLANK:
        break;
    default:
        make_atom(model, of, node, whole);
        break;
    }
}

/* ---- cases --------------------------------------------------------------- */

static void collect_slots(pc_model *model, pc_case *of)
{
    const parcheck_rule *rule = of->verdict->rule;

    for (size_t i = 0; i < rule->operand_count; i++) {
        reach r = reach_start(model, of->unit, rule->operands[i]);
        size_t unit;

        while ((unit = reach_next(model, &r)) != PC_NONE) {
            pc_slot *slot = pc_model_slot(model, unit,
                                          rule->operands[i]->symbol);
            if (slot == NULL)
                return;
            push(model, &of->slots, slot);
        }
    }
    /* x and x@role may be one fact. */
    model->mark++;
    for (size_t i = 0, kept = 0; i < of->slots.count; i++) {
        pc_slot **all = of->slots.data;

        if (all[i]->mark != model->mark)
            all[kept++] = all[i];
        all[i]->mark = model->mark;
        if (i + 1 == of->slots.count)
            of->slots.count = kept;
    }
    for (size_t i = 0; i < of->slots.count; i++)
        push(model, &((pc_slot **)of->slots.data)[i]->cases, of);
}

static pc_case *make_case(pc_model *model, const parcheck_verdict *verdict)
{
    pc_case *of = pc_arena_alloc(model->work, sizeof *of);

    if (of == NULL)
        return NULL;
    of->verdict = verdict;
    of->unit = verdict->unit_index;
    of->order = (size_t)(verdict - verdict_at(model, 0));
    collect_slots(model, of);
    make_atoms(model, of, verdict->rule->then, true);
    make_atoms(model, of, verdict->rule->when, false);
    return of;
}

pc_case *pc_model_case_of(pc_model *model, const parcheck_verdict *verdict)
{
    size_t unit = verdict->unit_index;
    size_t first = model->first[unit];
    size_t at = (size_t)(verdict - verdict_at(model, first));
    pc_case ***cases = &model->cases[unit];

    if (*cases == NULL)
        *cases = pc_arena_array(model->work, model->first[unit + 1] - first,
                                sizeof(**cases));
    if (*cases != NULL && (*cases)[at] == NULL)
        (*cases)[at] = make_case(model, verdict);
    if (*cases == NULL || (*cases)[at] == NULL) {
        model->failed = true;
        return NULL;
    }
    return (*cases)[at];
}

/* Verdicts of a unit are in the order of the rules. */
pc_case *pc_model_case(pc_model *model, size_t unit, const parcheck_rule *rule)
{
    size_t low = model->first[unit];
    size_t high = model->first[unit + 1];

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (verdict_at(model, middle)->rule->order < rule->order)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == model->first[unit + 1] || verdict_at(model, low)->rule != rule)
        return NULL;
    return pc_model_case_of(model, verdict_at(model, low));
}

static void read_from(pc_model *model, size_t unit, const pc_reader *reader)
{
    if (unit != PC_NONE &&
        unit_of(model, unit)->edition->family == reader->rule->family)
        (void)pc_model_case(model, unit, reader->rule);
}

/* A row with a role is read from every unit of the rule's family. */
static void read_role(pc_model *model, const pc_slot *slot,
                      const pc_reader *reader)
{
    const pc_operand *operand = reader->operand;
    size_t row = model->submission->presence[operand->family->index]
                     .role_units[operand->role];

    if (row != slot->unit)
        return;
    for (size_t i = 0; i < model->submission->units.count; i++)
        read_from(model, i, reader);
}

static void read_later(pc_model *model, const pc_later *later,
                       const pc_slot *slot, const pc_reader *reader)
{
    for (size_t unit = later->first[slot->unit]; unit != PC_NONE;
         unit = later->next[unit])
        read_from(model, unit, reader);
}

static void read_by(pc_model *model, const pc_slot *slot,
                    const pc_reader *reader)
{
    switch (reader->operand->reach) {
    case PC_REACH_OWN:
        read_from(model, slot->unit, reader);
        break;
    case PC_REACH_ROLE:
        read_role(model, slot, reader);
        break;
    case PC_REACH_CHILDREN:
        read_from(model, unit_of(model, slot->unit)->parent, reader);
        break;
    case PC_REACH_PREVIOUS:
        read_later(model, &model->previous, slot, reader);
        break;
    case PC_REACH_YEAR_BEFORE:
        read_later(model, &model->year_before, slot, reader);
        break;
    }
}

void pc_model_read(pc_model *model, pc_slot *slot)
{
    const parcheck_family *family = unit_of(model, slot->unit)->edition->family;
    const pc_list *readers = &pc_family_symbol(family, slot->symbol)->readers;

    if (slot->read)
        return;
    slot->read = true;
    for (size_t i = 0; i < readers->count; i++)
        read_by(model, slot, (const pc_reader *)readers->data + i);
}

bool pc_case_fails(const pc_case *of)
{
    return of->verdict->outcome == PARCHECK_FAILS;
}

bool pc_atom_is_equation(const pc_atom *atom)
{
    return atom->node->kind == PC_NODE_PERCENT ||
           (atom->node->kind == PC_NODE_COMPARE &&
            atom->node->relation == PC_EQUAL);
}

pc_atom *pc_case_only_atom(const pc_case *of)
{
    pc_atom *atom = of->atoms.count > 0 ? *(pc_atom **)of->atoms.data : NULL;

    return atom != NULL && atom->whole ? atom : NULL;
}

/* ---- trials -------------------------------------------------------------- */

static void touch(pc_model *model, const pc_setting *settings, size_t count)
{
    model->touched.count = 0;
    model->mark++;
    for (size_t i = 0; i < count; i++) {
        pc_slot *slot = settings[i].slot;

        pc_model_read(model, slot);
    }
    model->mark++; /* making cases uses marks of its own */
    for (size_t i = 0; i < count; i++) {
        const pc_list *cases = &settings[i].slot->cases;

        for (size_t k = 0; k < cases->count; k++) {
            pc_case *of = ((pc_case **)cases->data)[k];

            if (of->mark == model->mark)
                continue;
            of->mark = model->mark;
            push(model, &model->touched, of);
        }
    }
}

static void set_fact(const pc_setting *setting)
{
    pc_fact *fact = setting->slot->fact;

    fact->state = setting->blank ? PC_FACT_BLANK : PC_FACT_VALUE;
    fact->value = setting->value;
    fact->zeros = 0;
}

/* What the changes add to each sum that they stand in; false if that cannot
 * be told. */
static bool move_sums(pc_model *model, const pc_setting *settings, size_t count)
{
    model->mark++;
    for (size_t i = 0; i < count; i++) {
        const pc_slot *slot = settings[i].slot;
        const pc_link *links = slot->links.data;
        pc_ratio by;

        if (settings[i].blank || !pc_slot_has_value(slot))
            return false;
        by = pc_ratio_subtract(pc_ratio_of(settings[i].value), slot->value);
        for (size_t k = 0; k < slot->links.count; k++) {
            pc_atom *atom = links[k].atom;

            if (atom->mark != model->mark)
                atom->moved = zero;
            atom->mark = model->mark;
            atom->moved = pc_ratio_add(atom->moved,
                                       pc_ratio_multiply(links[k].factor, by));
        }
    }
    return true;
}

/* The rule is nothing but a relation of sums in which all is known and nothing
 * is rounded: its sum tells what comes of it, without adding up anew. Otherwise
 * a sum over n rows would cost n for each change of one of them. */
static bool judge_quickly(const pc_model *model, const pc_case *of,
                          pc_result *result)
{
    const pc_atom *atom = pc_case_only_atom(of);
    pc_ratio sum;
    bool right;

    if (atom == NULL || of->verdict->rule->when != NULL ||
        atom->node->kind != PC_NODE_COMPARE || atom->mark != model->mark ||
        atom->sum.open > 0 || pc_ratio_sign(atom->sum.tolerance) != 0)
        return false;
    sum = pc_ratio_add(atom->sum.value, atom->moved);
    if (pc_ratio_is_lost(sum))
        return false;
    right = pc_relates(atom->node->relation, pc_ratio_sign(sum));
    *result = pc_result_of(right ? PARCHECK_HOLDS : PARCHECK_FAILS,
                           PC_REASON_NONE, atom->node);
    return true;
}

static bool holds(parcheck_outcome outcome)
{
    return outcome == PARCHECK_HOLDS || outcome == PARCHECK_ROUNDING;
}

/* A rule in which other cells are blank cannot hold for certain: it is enough
 * that it may. Without a base a rate only ceases to be judged. */
static bool may_hold(const pc_result *result)
{
    return holds(result->outcome) || (result->outcome == PARCHECK_UNKNOWN &&
                                      (result->reason == PC_REASON_BLANK ||
                                       result->reason == PC_REASON_MISSING));
}

/* Sorts the case into the trial by its outcome before and now. A cell that
 * is left blank repairs nothing by that. */
static void weigh(pc_trial *trial, pc_case *of, const pc_result *result,
                  bool filled)
{
    parcheck_outcome before = of->verdict->outcome;
    bool was_odd = before == PARCHECK_UNKNOWN &&
                   of->verdict->reason == PC_REASON_ZERO_DENOMINATOR;

    if (before == PARCHECK_FAILS &&
        (filled ? may_hold(result) : holds(result->outcome))) {
        trial->repaired[trial->repaired_count++] = of;
        trial->open_count += !holds(result->outcome);
    } else if (before != PARCHECK_FAILS && result->outcome == PARCHECK_FAILS)
        trial->broken = of;
    else if (result->suspicious && !was_odd)
        trial->broken = of;
    else if (before != PARCHECK_HOLDS && before != PARCHECK_FAILS &&
             result->outcome == PARCHECK_HOLDS)
        trial->better[trial->better_count++] = of;
}

static pc_result judge(pc_model *model, const pc_case *of, bool moved)
{
    pc_result result;

    if (moved && judge_quickly(model, of, &result)) {
        (void)pc_model_spend(model, 1);
        return result;
    }
    (void)pc_model_spend(model, of->slots.count);
    model->judging.unit = unit_of(model, of->unit);
    return pc_evaluate(&model->judging, of->verdict->rule);
}

/* `moved`: the changes have been added to the sums; `filled`: none of them
 * leaves a cell blank. */
static void judge_touched(pc_model *model, pc_trial *trial, bool moved,
                          bool filled, bool strict)
{
    size_t count = model->touched.count;
    pc_case **touched = model->touched.data;

    trial->repaired = pc_arena_array(model->work, 2 * count,
                                     sizeof(*trial->repaired));
    if (trial->repaired == NULL) {
        model->failed = true;
        return;
    }
    trial->better = trial->repaired + count;
    for (size_t i = 0; i < count; i++) {
        pc_result result = judge(model, touched[i], moved);

        weigh(trial, touched[i], &result, filled);
        if (trial->broken != NULL && strict)
            break;
    }
    model->failed = model->failed || model->judging.failed;
}

pc_trial pc_model_try(pc_model *model, const pc_setting *settings, size_t count,
                      bool strict)
{
    pc_trial trial = {0};
    pc_fact *kept = pc_arena_array(model->work, count, sizeof *kept);
    bool filled = true;
    bool moved;

    if (kept == NULL) {
        model->failed = true;
        return trial;
    }
    touch(model, settings, count);
    moved = move_sums(model, settings, count);
    for (size_t i = 0; i < count; i++) {
        kept[i] = *settings[i].slot->fact;
        set_fact(&settings[i]);
        filled = filled && !settings[i].blank;
    }
    judge_touched(model, &trial, moved, filled, strict);
    for (size_t i = 0; i < count; i++)
        *settings[i].slot->fact = kept[i];
    return trial;
}
