#include "rule/lint_steps.h"

#include <string.h>

#include "rule/normal.h"
#include "rule/system.h"

typedef struct rules {
    pc_linting *lint;
    const parcheck_family *family;
    const bool *applies;      /* by rule, then by edition */
    const pc_normal *normals; /* by rule, and so are the other two */
    bool *refuted;            /* taken out because of a contradiction */
    bool *spared;             /* reported to follow: no premise any more */
    pc_system system;
    pc_list conflicts; /* of const char *, as they were reported */
} rules;

static size_t place_of(const rules *r, const parcheck_rule *rule)
{
    return (size_t)(rule - r->family->rules);
}

static bool applies(const rules *r, const parcheck_rule *rule, size_t edition)
{
    return r->applies[place_of(r, rule) * r->family->edition_count + edition];
}

/* ---- getting ready ------------------------------------------------------ */

static bool make_tables(rules *r)
{
    pc_arena *scratch = r->lint->scratch;
    size_t count = r->family->rule_count;
    size_t editions = r->family->edition_count;
    bool *table = pc_arena_array(scratch, count * editions, sizeof *table);
    pc_normal *normals = pc_arena_array(scratch, count, sizeof *normals);

    r->refuted = pc_arena_array(scratch, count, sizeof *r->refuted);
    r->spared = pc_arena_array(scratch, count, sizeof *r->spared);
    if (table == NULL || normals == NULL || r->refuted == NULL ||
        r->spared == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const parcheck_rule *rule = &r->family->rules[i];

        for (size_t j = 0; j < editions; j++)
            table[i * editions + j] = pc_edition_applies(
                &r->family->editions[j], rule);
        if (!pc_normalise(&normals[i], rule, scratch))
            return false;
    }
    r->applies = table;
    r->normals = normals;
    return pc_system_build(&r->system, r->family, scratch);
}

/* ---- what could not be decided ------------------------------------------ */

static void report_undecided(rules *r, const parcheck_rule *rule)
{
    pc_lint_at_rule(r->lint, rule);
    pc_lint_add(r->lint, PC_SCHEMA_UNDECIDED, (const char *[]){rule->id, NULL});
}

/* Reports all rules of a component and examines none of them further. */
static void give_up(rules *r, const pc_component *component)
{
    for (size_t i = 0; i < component->count; i++) {
        const parcheck_rule *rule = component->premises[i]->rule;

        report_undecided(r, rule);
        r->refuted[place_of(r, rule)] = true;
    }
}

static void report_lost(rules *r)
{
    for (size_t i = 0; i < r->family->rule_count; i++)
        if (r->system.of_rule[i] != NULL && r->system.of_rule[i]->lost)
            report_undecided(r, &r->family->rules[i]);
}

/* ---- contradictions ----------------------------------------------------- */

/* The ids of the premises in use, which also become places. */
static const char *name_used(rules *r, const pc_component *component,
                             size_t *count)
{
    pc_list names = {0};

    for (size_t i = 0; i < component->count; i++) {
        const pc_premise *premise = component->premises[i];

        if (!premise->used)
            continue;
        pc_lint_list(r->lint, &names, premise->rule->id);
        pc_lint_at_rule(r->lint, premise->rule);
    }
    *count = names.count;
    return pc_lint_join(r->lint, &names);
}

/* Editions share rules, so they can share a contradiction. */
static bool is_known(rules *r, const char *conflict)
{
    const char *const *known = r->conflicts.data;

    for (size_t i = 0; i < r->conflicts.count; i++)
        if (strcmp(known[i], conflict) == 0)
            return true;
    pc_lint_list(r->lint, &r->conflicts, conflict);
    return false;
}

static void report_conflict(rules *r, const pc_component *component)
{
    pc_linting *lint = r->lint;
    size_t count;
    const char *ids = name_used(r, component, &count);

    if (is_known(r, ids)) {
        lint->cells = (pc_list){0};
        return;
    }
    pc_lint_add(
        lint, PC_SCHEMA_CONTRADICTION,
        (const char *[]){
            pc_lint_text(
                lint, count > 1 ? "đồng thời các quy tắc " : "quy tắc ", ids),
            pc_lint_text(lint, count > 1 ? "all of the rules " : "rule ", ids),
            NULL});
}

/* Takes out the last premise in use, so that the search for contradictions
 * can go on. */
static void take_out_last(rules *r, const pc_component *component,
                          bool *taken_out)
{
    for (size_t i = component->count; i > 0; i--) {
        const pc_premise *premise = component->premises[i - 1];

        if (!premise->used)
            continue;
        taken_out[i - 1] = true;
        r->refuted[place_of(r, premise->rule)] = true;
        return;
    }
}

static void use_applying(const rules *r, const pc_component *component,
                         size_t edition, const bool *taken_out)
{
    for (size_t i = 0; i < component->count; i++)
        component->premises[i]->used = applies(r, component->premises[i]->rule,
                                               edition) &&
                                       !taken_out[i];
}

/* All contradictions of an edition; false if one question stayed open. */
static bool refute(rules *r, pc_component *component, size_t edition)
{
    bool *taken_out = pc_arena_array(r->lint->scratch, component->count,
                                     sizeof *taken_out);
    pc_answer answer = PC_NO;

    if (taken_out == NULL)
        r->lint->failed = true;
    while (!r->lint->failed) {
        use_applying(r, component, edition, taken_out);
        answer = pc_component_clash(component);
        if (answer != PC_YES)
            break;
        pc_component_minimise(component, NULL);
        report_conflict(r, component);
        take_out_last(r, component, taken_out);
    }
    return answer == PC_NO;
}

static void find_contradictions(rules *r)
{
    for (size_t i = 0; i < r->system.component_count; i++) {
        pc_component *component = &r->system.components[i];
        bool decided = !component->too_large;

        for (size_t j = 0; decided && j < r->family->edition_count; j++)
            decided = refute(r, component, j);
        if (!decided && !r->lint->failed)
            give_up(r, component);
    }
}

/* ---- rules that follow from others -------------------------------------- */

static bool reaches(const parcheck_rule *rule, const pc_operand *operand)
{
    for (size_t i = 0; i < rule->operand_count; i++) {
        const pc_operand *own = rule->operands[i];

        if (own->reach == operand->reach && own->family == operand->family &&
            own->role == operand->role)
            return true;
    }
    return false;
}

/* Whether `other` is judged wherever `rule` is (in the same editions, on the
 * same rows, from no more files) and weighs as much: else the schema would
 * be weaker without `rule`. */
static bool stands_in(const rules *r, const parcheck_rule *other,
                      const parcheck_rule *rule)
{
    if (other == rule || r->spared[place_of(r, other)] ||
        r->refuted[place_of(r, other)] || other->severity > rule->severity)
        return false;
    for (size_t i = 0; i < r->family->edition_count; i++)
        if (applies(r, rule, i) && !applies(r, other, i))
            return false;
    for (size_t i = 0; i < other->operand_count; i++)
        if (other->operands[i]->reach != PC_REACH_OWN &&
            !reaches(rule, other->operands[i]))
            return false;
    return true;
}

/* `reasons` is how the rules are called that it follows from. */
static void report_implied(rules *r, const parcheck_rule *rule,
                           size_t reason_count, const char *reasons)
{
    pc_linting *lint = r->lint;
    const char *vi = "việc mọi số đều từ 0 trở lên, tỷ lệ không quá 100";
    const char *en = "all numbers being 0 or more, percentages up to 100";

    if (reason_count > 0) {
        bool one = reason_count == 1;

        vi = pc_lint_text(lint, one ? "quy tắc " : "các quy tắc ", reasons);
        en = pc_lint_text(lint, one ? "rule " : "rules ", reasons);
    }
    pc_lint_add(lint, PC_SCHEMA_IMPLIED,
                (const char *[]){rule->id, vi, en, NULL});
    r->spared[place_of(r, rule)] = true;
}

/* A rule that says the same, or says it without a condition; or NULL. */
static const parcheck_rule *find_equal(const rules *r,
                                       const parcheck_rule *rule)
{
    const pc_normal *normal = &r->normals[place_of(r, rule)];

    for (size_t i = 0; i < r->family->rule_count; i++) {
        const pc_normal *other = &r->normals[i];
        bool same_when = other->when[0] == '\0' ||
                         strcmp(other->when, normal->when) == 0;

        if (same_when && strcmp(other->then, normal->then) == 0 &&
            stands_in(r, &r->family->rules[i], rule))
            return &r->family->rules[i];
    }
    return NULL;
}

static pc_component *component_of(const rules *r, const pc_premise *premise)
{
    for (size_t i = 0; i < r->system.component_count; i++) {
        pc_component *component = &r->system.components[i];

        if (premise->at < component->count &&
            component->premises[premise->at] == premise)
            return component;
    }
    return NULL;
}

static void examine_linear(rules *r, const pc_premise *premise)
{
    pc_component *component = component_of(r, premise);
    const char *reasons;
    size_t count;

    if (component == NULL)
        return;
    for (size_t i = 0; i < component->count; i++)
        component->premises[i]->used = stands_in(
            r, component->premises[i]->rule, premise->rule);
    switch (pc_component_follows(component, premise)) {
    case PC_YES:
        pc_lint_at_rule(r->lint, premise->rule);
        pc_component_minimise(component, premise);
        reasons = name_used(r, component, &count);
        report_implied(r, premise->rule, count, reasons);
        break;
    case PC_UNDECIDED:
        report_undecided(r, premise->rule);
        break;
    default:
        break;
    }
}

static void examine(rules *r, const parcheck_rule *rule)
{
    const parcheck_rule *equal = find_equal(r, rule);
    const pc_premise *premise = r->system.of_rule[place_of(r, rule)];

    if (equal != NULL) {
        pc_lint_at_rule(r->lint, rule);
        pc_lint_at_rule(r->lint, equal);
        report_implied(r, rule, 1, equal->id);
    } else if (premise != NULL) {
        examine_linear(r, premise);
    }
}

static bool applies_somewhere(const rules *r, const parcheck_rule *rule)
{
    for (size_t i = 0; i < r->family->edition_count; i++)
        if (applies(r, rule, i))
            return true;
    return false;
}

/* From the last rule to the first, so that of two that say the same the
 * later one is named. A rule that was named is no premise any more: all of
 * those named can be left out together. */
static void find_implied(rules *r)
{
    for (size_t i = r->family->rule_count; i > 0 && !r->lint->failed; i--) {
        const parcheck_rule *rule = &r->family->rules[i - 1];

        if (!r->refuted[i - 1] && applies_somewhere(r, rule))
            examine(r, rule);
    }
}

void pc_lint_rules(pc_linting *lint)
{
    rules r = {.lint = lint, .family = lint->family};

    if (!make_tables(&r)) {
        lint->failed = true;
        return;
    }
    report_lost(&r);
    find_contradictions(&r);
    find_implied(&r);
}
