#include "schema/schema.h"

#include <string.h>

pc_symbol *pc_family_symbol(const parcheck_family *family, size_t symbol)
{
    return (pc_symbol *)family->symbols.data + symbol;
}

size_t pc_family_find(const parcheck_family *family, const char *name)
{
    size_t symbol;

    if (pc_map_get(&family->symbol_by_name, name, strlen(name), &symbol))
        return symbol;
    return PC_NONE;
}

size_t pc_family_role(const parcheck_family *family, const char *name)
{
    for (size_t i = 0; i < family->role_count; i++)
        if (strcmp(family->roles[i].name, name) == 0)
            return i;
    return PC_NONE;
}

const parcheck_indicator *pc_edition_row(const parcheck_edition *edition,
                                         size_t symbol)
{
    size_t index = edition->of_symbol[symbol];

    return index != PC_NONE ? &edition->indicators[index] : NULL;
}

const pc_form *pc_edition_form(const parcheck_edition *edition,
                               const char *name)
{
    const pc_form *forms = edition->forms.data;

    for (size_t i = 0; i < edition->forms.count; i++)
        if (forms[i].name[0] == name[0] && strcmp(forms[i].name, name) == 0)
            return &forms[i];
    return NULL;
}

bool pc_edition_is_named(const parcheck_edition *edition, const char *name)
{
    const char *family = edition->family->name;
    size_t length = strlen(family);

    if (strcmp(edition->name, name) == 0)
        return true;
    return strncmp(name, family, length) == 0 && name[length] == '/' &&
           strcmp(edition->name, name + length + 1) == 0;
}

bool pc_edition_is_candidate(const parcheck_edition *edition,
                             const char *wanted)
{
    const parcheck_family *family = edition->family;

    if (wanted == NULL || pc_edition_is_named(edition, wanted))
        return true;
    for (size_t i = 0; i < family->edition_count; i++)
        if (pc_edition_is_named(&family->editions[i], wanted))
            return false;
    return true;
}

bool pc_schema_has_edition(const parcheck_schema *schema, const char *wanted)
{
    for (size_t i = 0; i < schema->family_count; i++) {
        const parcheck_family *family = &schema->families[i];

        for (size_t j = 0; j < family->edition_count; j++)
            if (pc_edition_is_named(&family->editions[j], wanted))
                return true;
    }
    return false;
}

bool pc_rule_reaches(const parcheck_rule *rule, pc_reach reach)
{
    for (size_t i = 0; rule != NULL && i < rule->operand_count; i++)
        if (rule->operands[i]->reach == reach)
            return true;
    return false;
}

bool pc_edition_applies(const parcheck_edition *edition,
                        const parcheck_rule *rule)
{
    if (edition->family != rule->family)
        return false;
    for (size_t i = 0; i < rule->operand_count; i++) {
        const pc_operand *operand = rule->operands[i];

        if (operand->family == edition->family &&
            edition->of_symbol[operand->symbol] == PC_NONE)
            return false;
    }
    return true;
}
