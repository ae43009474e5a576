/*
 * Blanks that the other cells determine: a total whose parts are all given, a
 * part that is the rest of its total, a rate whose ratio is given. A part
 * that would be 0 is not told: it is blank because nothing happened.
 */
#include "explain/hypothesis.h"

/* The blank of the atom and its value; false if it has none, or more. */
static bool deduce(pc_thinking *t, pc_atom *atom, pc_proposal *proposal)
{
    pc_slot *slot = atom->sum.blank.slot;
    pc_ratio value;
    pc_ranges set;

    if (atom->node->kind == PC_NODE_PERCENT) {
        slot = atom->percent;
        if (slot == NULL || slot->fact->state != PC_FACT_BLANK ||
            atom->sum.open > 0 || atom->base.open > 0 ||
            pc_ratio_sign(atom->base.value) <= 0)
            return false;
        set = pc_rates(atom->sum.value, atom->base.value,
                       pc_slot_decimals(t, slot), true);
        return pc_settle(t, slot, &set, proposal);
    }
    if (slot == NULL || atom->sum.open != 1 || !pc_atom_is_equation(atom))
        return false;
    value = pc_ratio_negate(pc_ratio_multiply(
        atom->sum.value, pc_ratio_invert(atom->sum.blank.factor)));
    if (pc_ratio_is_lost(value) || pc_ratio_sign(value) < 0 ||
        (pc_ratio_sign(value) == 0 && slot != atom->result) ||
        !pc_ratio_decimal(value, &proposal->value))
        return false;
    proposal->slot = slot;
    proposal->determined = true;
    return slot->kind != PARCHECK_COUNT || proposal->value.scale == 0;
}

static void look_at(pc_thinking *t, pc_case *of)
{
    pc_atom *atom = pc_case_only_atom(of);
    pc_proposal proposal = {0};
    pc_hypothesis *h;

    if (atom == NULL || !deduce(t, atom, &proposal) || proposal.slot->tried ||
        !pc_slot_may_change(proposal.slot))
        return;
    proposal.slot->tried = true;
    pc_model_read(&t->model, proposal.slot);
    h = pc_think(t, PC_DEDUCED_BLANK, 1);
    if (h == NULL)
        return;
    h->changes[0] = proposal;
    h->about = of;
    if (pc_prove_better(t, h)) {
        pc_hypothesis **place = pc_list_add(&t->blanks, t->model.work,
                                            sizeof(*place));

        if (place == NULL)
            t->model.failed = true;
        else
            *place = h;
    }
}

/* Whether the rule may determine a blank: told before a case is made, for most
 * rules with blanks have several. */
static bool may_determine(pc_thinking *t, const parcheck_verdict *verdict)
{
    pc_judging *judging = &t->model.judging;

    if (verdict->outcome != PARCHECK_UNKNOWN ||
        verdict->reason != PC_REASON_BLANK ||
        !pc_rule_is_equation(verdict->rule))
        return false;
    judging->unit = pc_submission_unit(t->model.submission,
                                       verdict->unit_index);
    return pc_rule_has_one_blank(judging, verdict->rule);
}

/* What a rule determines that is told elsewhere is told there, too. */
static void leave_out(pc_thinking *t, pc_case *of)
{
    pc_atom *atom = pc_case_only_atom(of);
    pc_proposal proposal = {0};

    if (atom != NULL && deduce(t, atom, &proposal))
        proposal.slot->tried = true;
}

/* False without memory or if a ceiling was reached. */
static bool for_each_case(pc_thinking *t, bool evidence,
                          void (*act)(pc_thinking *, pc_case *))
{
    for (size_t i = 0; i < t->model.verdicts->list.count; i++) {
        const parcheck_verdict *verdict =
            (const parcheck_verdict *)t->model.verdicts->list.data + i;
        pc_case *of;

        if (verdict->evidence != evidence || !may_determine(t, verdict))
            continue;
        if (t->blanks.count == PC_EXPLAIN_BLANKS) {
            t->cut_short++;
            return false;
        }
        of = pc_model_case_of(&t->model, verdict);
        if (of == NULL || t->model.failed)
            return false;
        act(t, of);
    }
    return true;
}

void pc_think_blanks(pc_thinking *t)
{
    if (for_each_case(t, true, leave_out))
        (void)for_each_case(t, false, look_at);
}
