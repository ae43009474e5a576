#include <string.h>

#include "rule/lint_steps.h"

/* ---- indicators that no rule guards ------------------------------------- */

static bool applies_somewhere(const parcheck_rule *rule)
{
    for (size_t i = 0; i < rule->family->edition_count; i++)
        if (pc_edition_applies(&rule->family->editions[i], rule))
            return true;
    return false;
}

static void mark(bool *guarded, const parcheck_family *family,
                 const parcheck_rule *rule)
{
    for (size_t i = 0; i < rule->operand_count; i++)
        if (rule->operands[i]->family == family)
            guarded[rule->operands[i]->symbol] = true;
}

/* What the rules say of an edition's names: its own family's that apply to
 * it, and those of other families that reach it through a role. */
static void mark_guarded(const pc_linting *lint, bool *guarded,
                         const parcheck_edition *edition)
{
    for (size_t i = 0; i < lint->schema->family_count; i++) {
        const parcheck_family *family = &lint->schema->families[i];

        for (size_t j = 0; j < family->rule_count; j++) {
            const parcheck_rule *rule = &family->rules[j];

            if (family == edition->family ? pc_edition_applies(edition, rule)
                                          : applies_somewhere(rule))
                mark(guarded, edition->family, rule);
        }
    }
}

static bool has_number(const pc_symbol *symbol)
{
    return symbol->kind != PARCHECK_TEXT && symbol->kind != PARCHECK_GROUP;
}

/* One finding for all editions that have the name and no rule for it. */
static void check_guard(pc_linting *lint, const bool *guarded, size_t symbol)
{
    const parcheck_family *family = lint->family;
    const char *name = pc_family_symbol(family, symbol)->name;
    pc_list editions = {0};

    for (size_t i = 0; i < family->edition_count; i++) {
        const parcheck_edition *edition = &family->editions[i];
        const parcheck_indicator *row = pc_edition_row(edition, symbol);

        if (row == NULL || guarded[i * family->symbols.count + symbol])
            continue;
        pc_lint_at_row(lint, i, row);
        pc_lint_list(lint, &editions, edition->name);
    }
    if (editions.count > 0)
        pc_lint_add(
            lint, PC_SCHEMA_UNGUARDED,
            (const char *[]){name, pc_lint_join(lint, &editions), NULL});
}

static void find_unguarded(pc_linting *lint)
{
    const parcheck_family *family = lint->family;
    size_t symbols = family->symbols.count;
    bool *guarded = pc_arena_array(
        lint->scratch, family->edition_count * symbols, sizeof *guarded);

    if (guarded == NULL) {
        lint->failed = true;
        return;
    }
    for (size_t i = 0; i < family->edition_count; i++)
        mark_guarded(lint, guarded + i * symbols, &family->editions[i]);
    for (size_t i = 0; i < symbols && !lint->failed; i++)
        if (has_number(pc_family_symbol(family, i)))
            check_guard(lint, guarded, i);
}

/* ---- names that look alike ---------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether one letter changed, added or taken away makes one name of the
 * other (their Levenshtein distance is 1). Where it is a digit the names
 * count something and are meant to be alike. */
static bool are_similar(const char *longer, const char *shorter)
{
    size_t difference = strlen(longer) - strlen(shorter);
    size_t at = 0;

    while (shorter[at] != '\0' && longer[at] == shorter[at])
        at++;
    if (difference > 1 || longer[at] == '\0' ||
        strcmp(longer + at + 1, shorter + at + (difference == 0)) != 0)
        return false;
    if (difference == 1)
        return !is_digit(longer[at]);
    return !is_digit(longer[at]) || !is_digit(shorter[at]);
}

/* The first row that has the name. */
static void at_name(pc_linting *lint, size_t symbol)
{
    const parcheck_family *family = lint->family;

    for (size_t i = 0; i < family->edition_count; i++) {
        const parcheck_indicator *row = pc_edition_row(&family->editions[i],
                                                       symbol);

        if (row == NULL)
            continue;
        pc_lint_at_row(lint, i, row);
        return;
    }
}

static void compare_names(pc_linting *lint, size_t symbol, size_t other)
{
    const char *a = pc_family_symbol(lint->family, symbol)->name;
    const char *b = pc_family_symbol(lint->family, other)->name;
    bool swap = strlen(a) < strlen(b);

    if (!are_similar(swap ? b : a, swap ? a : b))
        return;
    at_name(lint, symbol);
    at_name(lint, other);
    pc_lint_add(lint, PC_SCHEMA_SIMILAR, (const char *[]){a, b, NULL});
}

static void find_similar(pc_linting *lint)
{
    for (size_t i = 1; i < lint->family->symbols.count; i++)
        for (size_t j = 0; j < i && !lint->failed; j++)
            compare_names(lint, i, j);
}

void pc_lint_names(pc_linting *lint)
{
    find_unguarded(lint);
    find_similar(lint);
}
