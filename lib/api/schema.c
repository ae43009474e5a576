/* The public functions on schemas: loading and looking. */
#include "schema/schema.h"

#include <string.h>

#include "schema/builtin.h"
#include "schema/load.h"

/* Loads tables, which messages call family/file; `digests` may be NULL. */
static parcheck_status load(parcheck_schema **schema,
                            const parcheck_table *tables,
                            const char *const *digests, size_t count,
                            const parcheck_allocator *allocator,
                            parcheck_error *error)
{
    parcheck_allocator memory = pc_allocator(allocator);
    pc_arena arena;
    pc_source *sources;
    parcheck_status status = PARCHECK_OK;

    pc_arena_init(&arena, &memory);
    sources = pc_arena_array(&arena, count, sizeof *sources);
    if (sources == NULL)
        status = pc_no_memory(error);
    for (size_t i = 0; status == PARCHECK_OK && i < count; i++) {
        pc_buffer name;

        pc_buffer_init(&name, &memory, SIZE_MAX / 8);
        pc_buffer_format(&name, "%s/%s", tables[i].family, tables[i].file);
        sources[i].table = tables[i];
        sources[i].digest = digests != NULL ? digests[i] : NULL;
        sources[i].name = pc_buffer_copy(&name, &arena);
        pc_buffer_free(&name);
        if (sources[i].name == NULL)
            status = pc_no_memory(error);
    }
    if (status == PARCHECK_OK)
        status = pc_schema_load(schema, sources, count, &memory, error);
    pc_arena_free(&arena);
    return status;
}

parcheck_status
parcheck_schema_load_builtin(parcheck_schema **schema,
                             const parcheck_allocator *allocator,
                             parcheck_error *error)
{
    *schema = NULL;
    return load(schema, pc_builtin_tables, pc_builtin_digests,
                pc_builtin_table_count, allocator, error);
}

parcheck_status parcheck_schema_load_folder(parcheck_schema **schema,
                                            const char *folder,
                                            const parcheck_allocator *allocator,
                                            parcheck_error *error)
{
    return pc_schema_load_folder(schema, folder, allocator, error);
}

parcheck_status parcheck_schema_load_tables(parcheck_schema **schema,
                                            const parcheck_table *tables,
                                            size_t count,
                                            const parcheck_allocator *allocator,
                                            parcheck_error *error)
{
    *schema = NULL;
    for (size_t i = 0; i < count; i++)
        if (tables[i].family == NULL || tables[i].file == NULL ||
            (tables[i].data == NULL && tables[i].length > 0))
            return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                           "bảng số %zu không có họ, tên tệp hoặc dữ liệu",
                           "table number %zu has no family, file or data",
                           i + 1);
    return load(schema, tables, NULL, count, allocator, error);
}

size_t parcheck_schema_family_count(const parcheck_schema *schema)
{
    return schema->family_count;
}

const parcheck_family *parcheck_schema_family(const parcheck_schema *schema,
                                              size_t index)
{
    return index < schema->family_count ? &schema->families[index] : NULL;
}

const parcheck_edition *parcheck_schema_edition(const parcheck_schema *schema,
                                                const char *name)
{
    for (size_t i = 0; i < schema->family_count; i++)
        for (size_t j = 0; j < schema->families[i].edition_count; j++)
            if (pc_edition_is_named(&schema->families[i].editions[j], name))
                return &schema->families[i].editions[j];
    return NULL;
}

const char *parcheck_family_name(const parcheck_family *family)
{
    return family->name;
}

const char *parcheck_family_title(const parcheck_family *family,
                                  parcheck_language language)
{
    return family->title[language == PARCHECK_ENGLISH];
}

const char *parcheck_family_version(const parcheck_family *family)
{
    return family->version;
}

size_t parcheck_family_edition_count(const parcheck_family *family)
{
    return family->edition_count;
}

const parcheck_edition *parcheck_family_edition(const parcheck_family *family,
                                                size_t index)
{
    return index < family->edition_count ? &family->editions[index] : NULL;
}

size_t parcheck_family_rule_count(const parcheck_family *family)
{
    return family->rule_count;
}

const parcheck_rule *parcheck_family_rule(const parcheck_family *family,
                                          size_t index)
{
    return index < family->rule_count ? &family->rules[index] : NULL;
}

size_t parcheck_family_role_count(const parcheck_family *family)
{
    return family->role_count;
}

const char *parcheck_family_role_name(const parcheck_family *family,
                                      size_t index)
{
    return index < family->role_count ? family->roles[index].name : NULL;
}

const char *parcheck_family_role_code(const parcheck_family *family,
                                      size_t index)
{
    return index < family->role_count ? family->roles[index].code : NULL;
}

const char *parcheck_family_role_title(const parcheck_family *family,
                                       size_t index, parcheck_language language)
{
    return index < family->role_count ? family->roles[index].title[language]
                                      : NULL;
}

const char *parcheck_edition_name(const parcheck_edition *edition)
{
    return edition->name;
}

const char *parcheck_edition_digest(const parcheck_edition *edition)
{
    return edition->digest;
}

const parcheck_family *parcheck_edition_family(const parcheck_edition *edition)
{
    return edition->family;
}

size_t parcheck_edition_indicator_count(const parcheck_edition *edition)
{
    return edition->count;
}

const parcheck_indicator *
parcheck_edition_indicator(const parcheck_edition *edition, size_t index)
{
    return index < edition->count ? &edition->indicators[index] : NULL;
}

const parcheck_indicator *
parcheck_edition_indicator_named(const parcheck_edition *edition,
                                 const char *name)
{
    size_t symbol = pc_family_find(edition->family, name);

    return symbol != PC_NONE ? pc_edition_row(edition, symbol) : NULL;
}

int parcheck_edition_applies(const parcheck_edition *edition,
                             const parcheck_rule *rule)
{
    return pc_edition_applies(edition, rule) ? 1 : 0;
}

const char *parcheck_kind_name(parcheck_kind kind)
{
    static const char *const names[] = {"count",  "amount", "percent",
                                        "choice", "text",   "group"};

    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "";
}

const char *parcheck_indicator_name(const parcheck_indicator *indicator)
{
    return indicator->name;
}

const char *parcheck_indicator_form(const parcheck_indicator *indicator)
{
    return indicator->form;
}

const char *parcheck_indicator_code(const parcheck_indicator *indicator)
{
    return indicator->code;
}

const char *parcheck_indicator_label(const parcheck_indicator *indicator)
{
    return indicator->label;
}

const char *parcheck_indicator_unit(const parcheck_indicator *indicator)
{
    return indicator->unit;
}

parcheck_kind parcheck_indicator_kind(const parcheck_indicator *indicator)
{
    return indicator->kind;
}

const char *parcheck_indicator_level(const parcheck_indicator *indicator)
{
    return indicator->level;
}

const char *parcheck_indicator_choices(const parcheck_indicator *indicator)
{
    return indicator->choices;
}

const char *parcheck_rule_id(const parcheck_rule *rule)
{
    return rule->id;
}

const char *parcheck_rule_check(const parcheck_rule *rule)
{
    return rule->check;
}

parcheck_severity parcheck_rule_severity(const parcheck_rule *rule)
{
    return rule->severity;
}

const char *parcheck_rule_text(const parcheck_rule *rule,
                               parcheck_language language)
{
    return rule->text[language == PARCHECK_ENGLISH];
}

const char *parcheck_rule_basis(const parcheck_rule *rule)
{
    return rule->basis;
}

const parcheck_family *parcheck_rule_family(const parcheck_rule *rule)
{
    return rule->family;
}

size_t parcheck_rule_indicator_count(const parcheck_rule *rule)
{
    return rule->operand_count;
}

static const pc_operand *operand_at(const parcheck_rule *rule, size_t index)
{
    return index < rule->operand_count ? rule->operands[index] : NULL;
}

const char *parcheck_rule_indicator_name(const parcheck_rule *rule,
                                         size_t index)
{
    const pc_operand *operand = operand_at(rule, index);

    return operand != NULL ? operand->name : NULL;
}

const parcheck_family *parcheck_rule_indicator_family(const parcheck_rule *rule,
                                                      size_t index)
{
    const pc_operand *operand = operand_at(rule, index);

    return operand != NULL ? operand->family : NULL;
}

parcheck_reach parcheck_rule_indicator_reach(const parcheck_rule *rule,
                                             size_t index)
{
    const pc_operand *operand = operand_at(rule, index);

    return operand != NULL ? (parcheck_reach)operand->reach
                           : PARCHECK_REACH_OWN;
}

const char *parcheck_rule_indicator_role(const parcheck_rule *rule,
                                         size_t index)
{
    const pc_operand *operand = operand_at(rule, index);

    return operand != NULL ? operand->role_name : NULL;
}
