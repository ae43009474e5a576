#include <string.h>

#include "schema/tables.h"

typedef struct linking {
    pc_loader *loader;
    parcheck_schema *schema;
    parcheck_family *family;
    parcheck_rule *rule;
} linking;

static pc_place place_of(const linking *l, size_t column)
{
    pc_place place = {l->family->rules_source, l->rule->line, column};

    return place;
}

static parcheck_status link_own(linking *l, pc_operand *operand)
{
    operand->family = l->family;
    operand->symbol = pc_family_find(l->family, operand->name);
    if (operand->symbol == PC_NONE)
        return pc_fail(l->loader->error, PARCHECK_ESCHEMA,
                       place_of(l, operand->column),
                       "không ấn bản nào của “%s” có chỉ tiêu “%s”",
                       "no edition of “%s” has an indicator “%s”",
                       l->family->name, operand->name);
    return PARCHECK_OK;
}

/* Finds the one family that has a role and a name. */
static parcheck_status link_role(linking *l, pc_operand *operand)
{
    const parcheck_family *found = NULL;

    for (size_t i = 0; i < l->schema->family_count; i++) {
        const parcheck_family *family = &l->schema->families[i];

        if (pc_family_role(family, operand->role_name) == PC_NONE ||
            pc_family_find(family, operand->name) == PC_NONE)
            continue;
        if (found != NULL)
            return pc_fail(l->loader->error, PARCHECK_ESCHEMA,
                           place_of(l, operand->column),
                           "“%s@%s” có trong cả hai họ “%s” và “%s”",
                           "“%s@%s” is in both families “%s” and “%s”",
                           operand->name, operand->role_name, found->name,
                           family->name);
        found = family;
    }
    if (found == NULL)
        return pc_fail(l->loader->error, PARCHECK_ESCHEMA,
                       place_of(l, operand->column),
                       "không họ biểu mẫu nào đã nạp có chỉ tiêu “%s” và vai "
                       "trò “%s” (hãy nạp thư mục chứa tất cả các họ)",
                       "no family that was loaded has an indicator “%s” and "
                       "a role “%s” (load the folder that holds all families)",
                       operand->name, operand->role_name);
    operand->family = found;
    operand->symbol = pc_family_find(found, operand->name);
    operand->role = pc_family_role(found, operand->role_name);
    return PARCHECK_OK;
}

static parcheck_status link_operand(linking *l, pc_operand *operand)
{
    parcheck_status status = operand->reach == PC_REACH_ROLE
                                 ? link_role(l, operand)
                                 : link_own(l, operand);
    parcheck_kind kind;

    if (status != PARCHECK_OK)
        return status;
    kind = pc_family_symbol(operand->family, operand->symbol)->kind;
    if (kind == PARCHECK_TEXT || kind == PARCHECK_GROUP)
        return pc_fail(
            l->loader->error, PARCHECK_ESCHEMA, place_of(l, operand->column),
            "“%s” không có giá trị số để kiểm tra",
            "“%s” has no number that could be checked", operand->name);
    return PARCHECK_OK;
}

static parcheck_status link_side(linking *l, const pc_linear *side)
{
    parcheck_status status = PARCHECK_OK;

    for (size_t i = 0; status == PARCHECK_OK && i < side->count; i++)
        if (side->terms[i].operand != NULL)
            status = link_operand(l, side->terms[i].operand);
    return status;
}

/* The left of a percentage must be a percentage: only such a cell is a
 * rounded quantity. */
static parcheck_status check_percent(linking *l, const pc_node *node)
{
    const pc_operand *left = node->left.terms[0].operand;

    if (pc_family_symbol(left->family, left->symbol)->kind == PARCHECK_PERCENT)
        return PARCHECK_OK;
    return pc_fail(l->loader->error, PARCHECK_ESCHEMA,
                   place_of(l, left->column), "“%s” không thuộc loại percent",
                   "“%s” is not of kind percent", left->name);
}

static void note_list(const pc_node *node)
{
    const pc_operand *left = node->left.terms[0].operand;

    pc_family_symbol(left->family, left->symbol)->listed = true;
}

static parcheck_status link_node(linking *l, const pc_node *node)
{
    parcheck_status status;

    if (node == NULL)
        return PARCHECK_OK;
    status = link_side(l, &node->left);
    if (status == PARCHECK_OK)
        status = link_side(l, &node->right);
    if (status == PARCHECK_OK)
        status = link_side(l, &node->base);
    if (status == PARCHECK_OK && node->kind == PC_NODE_PERCENT)
        status = check_percent(l, node);
    if (status == PARCHECK_OK && node->kind == PC_NODE_IN)
        note_list(node);
    if (status == PARCHECK_OK)
        status = link_node(l, node->a);
    return status == PARCHECK_OK ? link_node(l, node->b) : status;
}

/* Makes the rule a reader of all that it names. */
static parcheck_status note_readers(linking *l)
{
    for (size_t i = 0; i < l->rule->operand_count; i++) {
        const pc_operand *operand = l->rule->operands[i];
        pc_symbol *symbol = pc_family_symbol(operand->family, operand->symbol);
        pc_reader *reader = pc_list_add(&symbol->readers, l->loader->arena,
                                        sizeof *reader);

        if (reader == NULL)
            return pc_no_memory(l->loader->error);
        *reader = (pc_reader){l->rule, operand};
    }
    return PARCHECK_OK;
}

parcheck_status pc_link_rules(pc_loader *loader, parcheck_schema *schema)
{
    linking l = {.loader = loader, .schema = schema};
    parcheck_status status = PARCHECK_OK;

    for (size_t i = 0; i < schema->family_count; i++) {
        l.family = &schema->families[i];
        for (size_t j = 0; j < l.family->rule_count; j++) {
            l.rule = &l.family->rules[j];
            l.rule->order = schema->rule_count++;
            status = link_node(&l, l.rule->when);
            if (status == PARCHECK_OK)
                status = link_node(&l, l.rule->then);
            if (status == PARCHECK_OK)
                status = note_readers(&l);
            if (status != PARCHECK_OK)
                return status;
        }
    }
    return PARCHECK_OK;
}
