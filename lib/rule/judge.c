#include "rule/judge.h"

#include "rule/arithmetic.h"

/* Readings that are tried between two calls of the progress: each takes all
 * the rules about an indicator, twice. */
enum { TRIES = 64 };

typedef struct judge {
    pc_judging judging;
    pc_verdicts *verdicts;
    pc_findings *findings;
    uint64_t judged; /* rules on units, for the progress */
} judge;

/* The cells of a rule's operands, in their order; missing ones have none. */
static bool collect_cells(judge *j, parcheck_verdict *verdict)
{
    pc_list cells = {0};

    for (size_t i = 0; i < verdict->rule->operand_count; i++) {
        pc_walk walk;
        const pc_fact *fact;

        pc_walk_start(&walk, &j->judging, verdict->rule->operands[i]);
        while ((fact = pc_walk_next(&walk)) != NULL) {
            const parcheck_cell **cell;

            if (fact->cell == NULL)
                continue;
            cell = pc_list_add(&cells, j->judging.arena, sizeof(*cell));
            if (cell == NULL)
                return false;
            *cell = fact->cell;
        }
    }
    verdict->cells = cells.data;
    verdict->cell_count = cells.count;
    return true;
}

static void report(judge *j, parcheck_verdict *verdict, const pc_result *result,
                   pc_code code)
{
    const parcheck_rule *rule = verdict->rule;
    parcheck_finding *finding;
    const char *vi;
    const char *en;

    if (pc_findings_full(j->findings, code))
        return;
    vi = pc_arithmetic_line(&j->judging, rule, result, PARCHECK_VIETNAMESE);
    en = pc_arithmetic_line(&j->judging, rule, result, PARCHECK_ENGLISH);
    if (vi == NULL || en == NULL)
        return;
    finding = pc_findings_add(j->findings, code,
                              (const char *[]){rule->text[PARCHECK_VIETNAMESE],
                                               vi, rule->text[PARCHECK_ENGLISH],
                                               en, NULL});
    if (finding == NULL)
        return;
    verdict->sequence = finding->sequence;
    if (code == PC_RULE_FAILS)
        finding->severity = rule->severity;
    finding->detail[PARCHECK_VIETNAMESE] = vi;
    finding->detail[PARCHECK_ENGLISH] = en;
    finding->rule = rule;
    finding->rule_order = rule->order;
    finding->unit = verdict->unit;
    finding->unit_code = verdict->unit_code;
    finding->period = verdict->period;
    finding->arithmetic = pc_arithmetic_of(&j->judging, result);
    finding->cells = verdict->cells;
    finding->cell_count = verdict->cell_count;
}

static bool goes_on(const judge *j)
{
    const pc_submission *s = j->judging.submission;

    return pc_progress_step(s->progress, PC_PHASE_JUDGE, j->judged,
                            (uint64_t)s->units.count *
                                j->judging.unit->edition->family->rule_count);
}

/* Of a verdict that could not be decided there is none: blanks would count as
 * 0 in it. */
static bool keep_arithmetic(judge *j, parcheck_verdict *verdict,
                            const pc_result *result)
{
    pc_arithmetic *kept;

    if (!j->verdicts->arithmetic || verdict->outcome == PARCHECK_UNKNOWN)
        return true;
    kept = pc_arena_alloc(j->judging.arena, sizeof *kept);
    if (kept == NULL)
        return false;
    *kept = pc_arithmetic_of(&j->judging, result);
    verdict->arithmetic = kept;
    return !j->judging.failed;
}

/* NULL without memory. */
static parcheck_verdict *add_verdict(judge *j, size_t unit,
                                     const parcheck_rule *rule,
                                     pc_result *result)
{
    parcheck_verdict *verdict;

    *result = pc_evaluate(&j->judging, rule);
    verdict = pc_list_add(&j->verdicts->list, j->judging.arena,
                          sizeof *verdict);
    if (verdict == NULL || j->judging.failed)
        return NULL;
    verdict->rule = rule;
    verdict->unit_index = unit;
    verdict->outcome = result->outcome;
    verdict->reason = result->reason;
    return verdict;
}

static bool judge_rule(judge *j, size_t unit, const parcheck_rule *rule)
{
    pc_result result;
    parcheck_verdict *verdict = add_verdict(j, unit, rule, &result);

    if (verdict == NULL)
        return false;
    verdict->unit = j->judging.unit->name;
    verdict->unit_code = j->judging.unit->code;
    if (j->judging.unit->period.text[0] != '\0')
        verdict->period = j->judging.unit->period.text;
    if (!collect_cells(j, verdict) || !keep_arithmetic(j, verdict, &result))
        return false;
    j->verdicts->counts[result.outcome]++;
    if (result.outcome == PARCHECK_FAILS)
        report(j, verdict, &result, PC_RULE_FAILS);
    else if (result.outcome == PARCHECK_ROUNDING)
        report(j, verdict, &result, PC_RULE_ROUNDING);
    else if (result.suspicious)
        report(j, verdict, &result, PC_RULE_ZERO_DENOMINATOR);
    return !j->judging.failed && !j->findings->failed;
}

bool pc_rule_concerns(const parcheck_rule *rule, const pc_unit *unit)
{
    if (!pc_edition_applies(unit->edition, rule))
        return false;
    if (!rule->uses_children || unit->role == PC_NONE)
        return true;
    return unit->edition->family->roles[unit->role].has_children;
}

static bool names(const parcheck_rule *rule, size_t symbol)
{
    for (size_t i = 0; i < rule->operand_count; i++)
        if (rule->operands[i]->reach == PC_REACH_OWN &&
            rule->operands[i]->symbol == symbol)
            return true;
    return false;
}

/* How many rules about an indicator of the unit fail as its facts are. */
static size_t count_failures(judge *j, const pc_unit *unit, size_t symbol)
{
    const parcheck_family *family = unit->edition->family;
    size_t failures = 0;

    j->judging.unit = unit;
    for (size_t i = 0; i < family->rule_count; i++)
        if (names(&family->rules[i], symbol) &&
            pc_rule_concerns(&family->rules[i], unit))
            failures += pc_evaluate(&j->judging, &family->rules[i]).outcome ==
                        PARCHECK_FAILS;
    return failures;
}

static void report_reading(judge *j, size_t finding, pc_decimal only)
{
    char number[PC_DECIMAL_TEXT];

    (void)pc_decimal_write(number, only);
    if (finding != PC_NONE) {
        pc_finding_extend(j->findings, finding, "; chỉ khi đọc là ",
                          "; the rules hold only if it is ");
        pc_finding_extend(j->findings, finding, number, number);
        pc_finding_extend(j->findings, finding, " thì các quy tắc đúng", "");
    }
}

/* Tries both readings of a number that can be read in two ways, the others
 * being as they are: if the rules hold with one of them only, that is told.
 * The default stays, so that no number is chosen to make rules hold. */
static void try_readings(judge *j, const pc_ambiguous *a)
{
    pc_unit *unit = pc_submission_unit(j->judging.submission, a->unit);
    pc_fact *fact = &unit->facts[a->symbol];
    const pc_fact usual = *fact;
    size_t failures;
    size_t other_failures;

    if (fact->state != PC_FACT_VALUE)
        return;
    failures = count_failures(j, unit, a->symbol);
    fact->value = a->other;
    fact->zeros = a->other_zeros;
    other_failures = count_failures(j, unit, a->symbol);
    *fact = usual;
    if ((failures == 0) != (other_failures == 0))
        report_reading(j, a->finding, failures == 0 ? usual.value : a->other);
}

static bool is_apart(const pc_submission *submission, const parcheck_rule *rule)
{
    return submission->across_apart && rule->looks_across;
}

bool pc_judge(pc_verdicts *verdicts, const pc_submission *submission,
              pc_findings *findings, pc_arena *arena)
{
    judge j = {.verdicts = verdicts, .findings = findings};

    j.judging.submission = submission;
    j.judging.arena = arena;
    for (size_t i = 0; i < submission->ambiguous.count; i++) {
        if (i % TRIES == 0 &&
            !pc_progress_at(submission->progress, PC_PHASE_JUDGE, 0, 0))
            return false;
        try_readings(&j, (const pc_ambiguous *)submission->ambiguous.data + i);
    }
    for (size_t i = 0; i < submission->units.count; i++) {
        const pc_unit *unit = pc_submission_unit(submission, i);
        const parcheck_family *family = unit->edition->family;

        j.judging.unit = unit;
        for (size_t k = 0; k < family->rule_count; k++, j.judged++)
            if (!goes_on(&j) || (pc_rule_concerns(&family->rules[k], unit) &&
                                 !is_apart(submission, &family->rules[k]) &&
                                 !judge_rule(&j, i, &family->rules[k])))
                return false;
    }
    return true;
}

/* Begins to judge one unit. */
static judge judge_of(pc_verdicts *verdicts, const pc_submission *submission,
                      size_t unit, pc_findings *findings, pc_arena *arena)
{
    judge j = {.verdicts = verdicts, .findings = findings};

    j.judging.submission = submission;
    j.judging.arena = arena;
    j.judging.unit = pc_submission_unit(submission, unit);
    return j;
}

/* Of a rule over the units below there must be some. */
static bool has_all_units(const pc_unit *unit, const parcheck_rule *rule)
{
    return !(rule->uses_children && unit->first_child == PC_NONE) &&
           pc_rule_concerns(rule, unit);
}

bool pc_judge_across(pc_verdicts *verdicts, const pc_submission *submission,
                     size_t unit, pc_findings *findings, pc_arena *arena)
{
    judge j = judge_of(verdicts, submission, unit, findings, arena);
    const parcheck_family *family = j.judging.unit->edition->family;

    for (size_t k = 0; k < family->rule_count; k++)
        if (family->rules[k].looks_across &&
            has_all_units(j.judging.unit, &family->rules[k]) &&
            !judge_rule(&j, unit, &family->rules[k]))
            return false;
    return true;
}

static bool add_evidence(judge *j, size_t unit, const parcheck_rule *rule)
{
    pc_result result;
    parcheck_verdict *verdict = add_verdict(j, unit, rule, &result);

    if (verdict == NULL)
        return false;
    verdict->evidence = true;
    return true;
}

bool pc_judge_evidence(pc_verdicts *verdicts, const pc_submission *submission,
                       size_t unit, const bool *rules, pc_arena *arena)
{
    judge j = judge_of(verdicts, submission, unit, NULL, arena);
    const parcheck_family *family = j.judging.unit->edition->family;

    for (size_t k = 0; k < family->rule_count; k++)
        if (rules[k] && has_all_units(j.judging.unit, &family->rules[k]) &&
            !add_evidence(&j, unit, &family->rules[k]))
            return false;
    return true;
}

bool pc_rule_is_equation(const parcheck_rule *rule)
{
    return rule->when == NULL &&
           (rule->then->kind == PC_NODE_PERCENT ||
            (rule->then->kind == PC_NODE_COMPARE &&
             rule->then->relation == PC_EQUAL));
}

bool pc_rule_has_one_blank(pc_judging *judging, const parcheck_rule *rule)
{
    size_t blanks = 0;

    for (size_t i = 0; i < rule->operand_count; i++) {
        const pc_fact *fact;
        pc_walk walk;

        pc_walk_start(&walk, judging, rule->operands[i]);
        while ((fact = pc_walk_next(&walk)) != NULL) {
            blanks += fact->state == PC_FACT_BLANK;
            if (fact->state == PC_FACT_MISSING ||
                fact->state == PC_FACT_UNREADABLE || blanks > 1)
                return false;
        }
    }
    return blanks == 1;
}
