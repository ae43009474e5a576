#include "explain/explain.h"

#include <string.h>

#include "base/sha256.h"
#include "explain/say.h"
#include "text/key.h"

/* ---- the order of explanations ---------------------------------------------
 */

static int order(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static bool is_determined(const pc_hypothesis *h)
{
    for (size_t i = 0; i < h->change_count; i++)
        if (!h->changes[i].determined && !h->changes[i].blank)
            return false;
    return true;
}

/* Odds are compared roughly, by steps of four. */
static uint64_t step_of(uint64_t odds)
{
    uint64_t step = 0;

    for (; odds >= 4; odds /= 4)
        step++;
    return step;
}

/* The likelier one first; docs/EXPLANATIONS.md says why. */
static int compare(const void *left, const void *right)
{
    const pc_hypothesis *a = *(const pc_hypothesis *const *)left;
    const pc_hypothesis *b = *(const pc_hypothesis *const *)right;
    const int keys[] = {order(b->repair_count, a->repair_count),
                        order(a->change_count, b->change_count),
                        order(b->support, a->support),
                        order(a->open_count, b->open_count),
                        order(step_of(a->odds), step_of(b->odds)),
                        order(a->weight, b->weight),
                        order(a->odds, b->odds),
                        order(is_determined(b), is_determined(a)),
                        order(a->kind, b->kind)};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i] != 0)
            return keys[i];
    return order(a->order, b->order);
}

/* ---- from hypotheses to explanations ---------------------------------------
 */

static void hash_number(pc_sha256 *hash, size_t number)
{
    pc_digits digits = pc_number_text(number);

    pc_sha256_add(hash, digits.text, strlen(digits.text) + 1);
}

static void hash_text(pc_sha256 *hash, const char *text)
{
    pc_sha256_add(hash, text != NULL ? text : "-",
                  text != NULL ? strlen(text) + 1 : 2);
}

/* A name as it is compared: it may be composed in another way. */
static void hash_name(pc_thinking *t, pc_sha256 *hash, const char *name)
{
    pc_buffer key;

    pc_buffer_init(&key, &t->model.arena->allocator, SIZE_MAX / 8);
    if (name != NULL && !pc_text_key(&key, name, strlen(name)))
        t->model.failed = true;
    hash_text(hash, key.data);
    pc_buffer_free(&key);
}

/* By what the fact is, not by where it stands: the same figures sent in
 * another layout have the same explanations. */
static void hash_slot(pc_thinking *t, pc_sha256 *hash, const pc_slot *slot)
{
    const pc_unit *unit = pc_submission_unit(t->model.submission, slot->unit);

    hash_text(hash, unit->edition->family->name);
    hash_text(hash, slot->indicator->name);
    hash_text(hash, unit->code);
    hash_name(t, hash, unit->name);
    hash_text(hash, unit->period.text);
}

/* The same for the same kind, cells and values; `salt` tells two apart that
 * have the same digest by chance. */
static const char *make_id(pc_thinking *t, const pc_hypothesis *h,
                           const parcheck_explanation *e, size_t salt)
{
    enum { LENGTH = 8 };
    char hex[PC_SHA256_HEX];
    pc_sha256 hash;

    pc_sha256_init(&hash);
    hash_text(&hash, e->kind);
    for (size_t i = 0; i < e->change_count; i++) {
        const pc_change *change = &e->changes[i];
        const char *const texts[] = {change->value, change->low, change->high};

        hash_slot(t, &hash, h->changes[i].slot);
        for (size_t k = 0; k < 3; k++)
            hash_text(&hash, texts[k]);
    }
    if (h->numerator != NULL)
        hash_slot(t, &hash, h->numerator);
    if (h->base != NULL)
        hash_slot(t, &hash, h->base);
    if (salt > 0)
        hash_number(&hash, salt);
    pc_sha256_finish(&hash, hex);
    return pc_arena_copy(t->model.arena, hex, LENGTH);
}

static bool fill_change(pc_thinking *t, pc_change *change,
                        const pc_proposal *proposal)
{
    pc_arena *arena = t->model.arena;

    change->cell = proposal->slot->fact->cell;
    if (proposal->blank) {
        change->value = "";
        return true;
    }
    if (proposal->determined) {
        change->value = pc_say_decimal(arena, proposal->value);
        return change->value != NULL;
    }
    if (proposal->has_low)
        change->low = pc_say_decimal(arena, proposal->low);
    if (proposal->has_high)
        change->high = pc_say_decimal(arena, proposal->high);
    return (!proposal->has_low || change->low != NULL) &&
           (!proposal->has_high || change->high != NULL);
}

static bool fill_repairs(pc_thinking *t, parcheck_explanation *e,
                         const pc_hypothesis *h)
{
    const parcheck_rule **rules = pc_arena_array(
        t->model.arena, h->repair_count, sizeof(*rules));

    if (rules == NULL)
        return false;
    for (size_t i = 0; i < h->repair_count; i++)
        rules[i] = h->repairs[i]->verdict->rule;
    e->repairs = rules;
    e->repair_count = h->repair_count;
    return true;
}

typedef struct telling {
    pc_thinking *t;
    pc_map ids;
    size_t causes; /* that were numbered */
    size_t beyond; /* findings that were not looked at */
} telling;

static bool give_id(telling *tell, const pc_hypothesis *h,
                    parcheck_explanation *e)
{
    size_t other;

    for (size_t salt = 0;; salt++) {
        e->id = make_id(tell->t, h, e, salt);
        if (e->id == NULL)
            return false;
        if (!pc_map_get(&tell->ids, e->id, strlen(e->id), &other))
            return pc_map_set(&tell->ids, e->id, strlen(e->id), 0);
    }
}

static bool put_into_words(telling *tell, pc_hypothesis *h)
{
    pc_thinking *t = tell->t;
    parcheck_explanation *e = pc_arena_alloc(t->model.arena, sizeof *e);
    pc_change *changes = pc_arena_array(t->model.arena, h->change_count,
                                        sizeof *changes);

    if (e == NULL || changes == NULL)
        return false;
    for (size_t i = 0; i < h->change_count; i++)
        if (!fill_change(t, &changes[i], &h->changes[i]))
            return false;
    e->kind = pc_hypothesis_name(h->kind);
    e->changes = changes;
    e->change_count = h->change_count;
    e->support = h->support;
    for (int language = 0; language < 2; language++) {
        e->message[language] = pc_say(t, h, !h->has_others,
                                      (parcheck_language)language);
        if (e->message[language] == NULL)
            return false;
    }
    h->told = e;
    return fill_repairs(t, e, h) && give_id(tell, h, e);
}

/* ---- findings --------------------------------------------------------------
 */

static parcheck_finding *finding_of(pc_thinking *t, const pc_case *of)
{
    return (parcheck_finding *)t->model.findings->list.data +
           of->verdict->sequence - 1;
}

/* Whether two hypotheses change the same cells. */
static bool same_cells(const pc_hypothesis *a, const pc_hypothesis *b)
{
    if (a->change_count != b->change_count)
        return false;
    for (size_t i = 0; i < a->change_count; i++) {
        bool found = false;

        for (size_t k = 0; k < b->change_count; k++)
            found = found || a->changes[i].slot == b->changes[k].slot;
        if (!found)
            return false;
    }
    return true;
}

/* Whether some cells of the rule could not be tried. */
static bool has_fixed(const pc_case *of)
{
    for (size_t i = 0; i < of->slots.count; i++)
        if (((pc_slot **)of->slots.data)[i]->fact->fixed)
            return true;
    return false;
}

/* Tells for each whether something else repairs the case with as few cells:
 * that is one of the smallest, or another of the smallest. */
static void look_for_others(pc_case *of)
{
    pc_hypothesis **all = of->thought.data;
    size_t least = 0;
    bool another = has_fixed(of);

    for (size_t i = 1; i < of->thought.count; i++)
        if (all[i]->change_count < all[least]->change_count)
            least = i;
    for (size_t i = 0; i < of->thought.count && !another; i++)
        another = all[i]->change_count == all[least]->change_count &&
                  !same_cells(all[i], all[least]);
    for (size_t i = 0; i < of->thought.count; i++)
        all[i]->has_others = all[i]->has_others || another ||
                             !same_cells(all[i], all[least]);
}

static bool explain_finding(telling *tell, pc_case *of)
{
    pc_thinking *t = tell->t;
    parcheck_finding *finding = finding_of(t, of);
    pc_hypothesis **all = of->thought.data;
    const parcheck_explanation **told;
    size_t count = of->thought.count;

    if (count == 0)
        return true;
    if (count > PC_EXPLAIN_MOST) {
        count = PC_EXPLAIN_MOST;
        pc_cut_short(t, of);
    }
    told = pc_arena_array(t->model.arena, count, sizeof(*told));
    if (told == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (all[i]->told == NULL && !put_into_words(tell, all[i]))
            return false;
        told[i] = all[i]->told;
    }
    finding->explanations = told;
    finding->explanation_count = count;
    return true;
}

/* Findings that have their first explanation in common have one cause. */
static bool share_cause(telling *tell, pc_case *of)
{
    pc_hypothesis *first = of->thought.count > 0
                               ? *(pc_hypothesis **)of->thought.data
                               : NULL;

    if (first == NULL || finding_of(tell->t, of)->cause > 0)
        return true;
    for (size_t i = 0; i < first->repair_count; i++) {
        pc_case *other = first->repairs[i];
        size_t *cause;

        if (other == of || other->verdict->sequence == 0 ||
            other->thought.count == 0 ||
            *(pc_hypothesis **)other->thought.data != first)
            continue;
        cause = &finding_of(tell->t, of)->cause;
        if (*cause == 0)
            *cause = ++tell->causes;
        finding_of(tell->t, other)->cause = *cause;
    }
    return true;
}

/* ---- all of it -------------------------------------------------------------
 */

/* The findings beyond the ceiling are not looked at. */
static bool for_each_case(telling *tell, bool (*act)(telling *, pc_case *))
{
    pc_model *model = &tell->t->model;
    size_t seen = 0;

    for (size_t i = 0; i < model->verdicts->list.count; i++) {
        const parcheck_verdict *verdict =
            (const parcheck_verdict *)model->verdicts->list.data + i;
        pc_case *of;

        if ((verdict->outcome != PARCHECK_FAILS &&
             verdict->outcome != PARCHECK_ROUNDING) ||
            verdict->sequence == 0)
            continue;
        if (seen++ >= PC_EXPLAIN_FINDINGS)
            continue;
        if (!pc_progress_at(model->submission->progress, PC_PHASE_EXPLAIN, i,
                            model->verdicts->list.count))
            return false;
        of = pc_model_case_of(model, verdict);
        if (of == NULL || !act(tell, of) || model->failed)
            return false;
    }
    tell->beyond = seen > PC_EXPLAIN_FINDINGS ? seen - PC_EXPLAIN_FINDINGS : 0;
    return true;
}

static bool think(telling *tell, pc_case *of)
{
    if (!pc_case_fails(of))
        return true;
    if (tell->t->model.verdicts->incomplete)
        pc_cut_short(tell->t, of);
    if (!pc_model_spend(&tell->t->model, 1)) {
        pc_cut_short(tell->t, of);
        return true;
    }
    pc_think_single(tell->t, of);
    pc_think_base(tell->t, of);
    pc_think_moves(tell->t, of);
    pc_think_sets(tell->t, of);
    return true;
}

static bool rank(telling *tell, pc_case *of)
{
    (void)tell;
    pc_sort(of->thought.data, of->thought.count, sizeof(pc_hypothesis *),
            compare);
    look_for_others(of);
    return true;
}

/* How many decimals most percentages of the submission show. */
static unsigned usual_decimals(const pc_submission *submission)
{
    size_t counts[PC_DIGITS + 1] = {0};
    unsigned most = 0;

    for (size_t i = 0; i < submission->units.count; i++) {
        const pc_unit *unit = pc_submission_unit(submission, i);
        const parcheck_family *family = unit->edition->family;

        for (size_t k = 0; k < family->symbols.count; k++)
            if (pc_family_symbol(family, k)->kind == PARCHECK_PERCENT &&
                unit->facts[k].state == PC_FACT_VALUE)
                counts[unit->facts[k].value.scale]++;
    }
    for (unsigned scale = 1; scale <= PC_DIGITS; scale++)
        if (counts[scale] > (most > 0 ? counts[most] : 0))
            most = scale;
    return most;
}

/* A finding for each blank, which its explanation goes with. */
static bool tell_blank(telling *tell, pc_hypothesis *h)
{
    pc_thinking *t = tell->t;
    const pc_slot *slot = h->changes[0].slot;
    const pc_unit *unit = pc_submission_unit(t->model.submission, slot->unit);
    const parcheck_explanation **told;
    parcheck_finding *finding;

    if (pc_findings_full(t->model.findings, PC_CELL_DEDUCIBLE))
        return true;
    told = pc_arena_array(t->model.arena, 1, sizeof(*told));
    if (told == NULL || !put_into_words(tell, h))
        return false;
    told[0] = h->told;
    finding = pc_findings_add(
        t->model.findings, PC_CELL_DEDUCIBLE,
        (const char *[]){h->told->changes[0].value, NULL});
    if (finding == NULL)
        return false;
    pc_finding_at(t->model.findings, finding, slot->fact->cell);
    finding->unit = unit->name;
    finding->unit_code = unit->code;
    finding->period = unit->period.text[0] != '\0' ? unit->period.text : NULL;
    finding->explanations = told;
    finding->explanation_count = 1;
    return !t->model.findings->failed;
}

static bool tell_blanks(telling *tell)
{
    const pc_list *blanks = &tell->t->blanks;

    for (size_t i = 0; i < blanks->count; i++)
        if (!tell_blank(tell, ((pc_hypothesis **)blanks->data)[i]))
            return false;
    return true;
}

static bool tell_ceiling(telling *tell)
{
    pc_findings *findings = tell->t->model.findings;

    size_t count = tell->t->cut_short + tell->beyond;

    if (count > 0)
        (void)pc_findings_add(
            findings, PC_LIMIT_EXPLANATIONS,
            (const char *[]){pc_number_text(count).text, NULL});
    return !findings->failed;
}

static bool run(telling *tell)
{
    pc_model *model = &tell->t->model;

    pc_think_whole(tell->t);
    if (model->failed || !for_each_case(tell, think))
        return false;
    pc_think_rounding(tell->t);
    pc_think_blanks(tell->t);
    if (!for_each_case(tell, rank) || !for_each_case(tell, explain_finding) ||
        !for_each_case(tell, share_cause))
        return false;
    return tell_blanks(tell) && tell_ceiling(tell) && !model->failed;
}

bool pc_explain(const pc_submission *submission, const pc_verdicts *verdicts,
                pc_findings *findings, pc_arena *arena)
{
    pc_arena work;
    pc_thinking t;
    telling tell = {.t = &t};
    bool done;

    memset(&t, 0, sizeof t);
    pc_arena_init(&work, &arena->allocator);
    t.decimals = usual_decimals(submission);
    t.nodes_left = PC_EXPLAIN_ALL;
    pc_map_init(&tell.ids, &work);
    done = pc_model_init(&t.model, submission, verdicts, findings, arena,
                         &work);
    t.model.work_left = PC_EXPLAIN_WORK;
    done = done && run(&tell);
    pc_arena_free(&work);
    return done;
}
