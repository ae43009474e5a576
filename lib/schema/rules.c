#include <string.h>

#include "schema/parse.h"
#include "schema/table.h"
#include "schema/tables.h"

enum { ID, CHECK, SEVERITY, VI, EN, BASIS, COLUMNS };
static const char *const columns[COLUMNS] = {"id", "check", "severity",
                                             "vi", "en",    "basis"};
static const char *const severities[] = {"error", "warning", "note"};

/* Lower-case letters, digits and "-", a letter first. */
static bool is_id(const char *text)
{
    if (text[0] < 'a' || text[0] > 'z')
        return false;
    for (; *text != '\0'; text++)
        if ((*text < 'a' || *text > 'z') && (*text < '0' || *text > '9') &&
            *text != '-')
            return false;
    return true;
}

static parcheck_status take_id(pc_table *table, pc_map *ids, size_t index)
{
    const char *id = table->values[ID];
    size_t other;

    if (!is_id(id))
        return pc_fail(
            table->error, PARCHECK_ESCHEMA, pc_table_place(table, ID),
            "“%s” không phải là mã quy tắc: cần chữ thường a-z, "
            "chữ số và “-”",
            "“%s” is no id: expected letters a-z, digits and “-”", id);
    if (pc_map_get(ids, id, strlen(id), &other))
        return pc_fail(table->error, PARCHECK_ESCHEMA,
                       pc_table_place(table, ID), "mã quy tắc “%s” có hai lần",
                       "the id “%s” stands twice", id);
    return pc_map_set(ids, id, strlen(id), index) ? PARCHECK_OK
                                                  : pc_no_memory(table->error);
}

static parcheck_status take_severity(pc_table *table, parcheck_rule *rule)
{
    for (size_t i = 0; i < sizeof severities / sizeof *severities; i++) {
        if (strcmp(severities[i], table->values[SEVERITY]) == 0) {
            rule->severity = (parcheck_severity)i;
            return PARCHECK_OK;
        }
    }
    return pc_fail(table->error, PARCHECK_ESCHEMA,
                   pc_table_place(table, SEVERITY),
                   "“%s” không phải là mức độ; cần error, warning hoặc note",
                   "“%s” is no severity; expected error, warning or note",
                   table->values[SEVERITY]);
}

static parcheck_status take_rule(pc_table *table, parcheck_family *family,
                                 pc_list *rules, pc_map *ids)
{
    parcheck_status status = take_id(table, ids, rules->count);
    parcheck_rule *rule;

    if (status != PARCHECK_OK)
        return status;
    rule = pc_list_add(rules, table->arena, sizeof *rule);
    if (rule == NULL)
        return pc_no_memory(table->error);
    rule->family = family;
    rule->line = table->line;
    rule->id = table->values[ID];
    rule->check = table->values[CHECK];
    rule->text[PARCHECK_VIETNAMESE] = table->values[VI];
    rule->text[PARCHECK_ENGLISH] = table->values[EN];
    rule->basis = table->values[BASIS];
    for (size_t column = VI; column <= BASIS; column++)
        if (table->values[column][0] == '\0')
            return pc_fail(
                table->error, PARCHECK_ESCHEMA, pc_table_place(table, column),
                "ô này không được để trống", "this field must not be empty");
    status = take_severity(table, rule);
    if (status == PARCHECK_OK)
        status = pc_rule_parse(rule, pc_table_place(table, CHECK), table->arena,
                               table->error);
    return status;
}

parcheck_status pc_read_rules(pc_loader *loader, parcheck_family *family,
                              const pc_source *source)
{
    pc_table table;
    pc_list rules = {0};
    pc_map ids;
    bool more = true;
    parcheck_status status = pc_table_open(
        &table, source->name, source->table.data, source->table.length, columns,
        COLUMNS, loader->arena, loader->error);

    if (status != PARCHECK_OK)
        return status;
    family->rules_source = source->name;
    pc_map_init(&ids, loader->arena);
    if (!pc_list_reserve(&rules, loader->arena, pc_table_room(&table),
                         sizeof(parcheck_rule)) ||
        !pc_map_reserve(&ids, pc_table_room(&table)))
        status = pc_no_memory(loader->error);
    while (status == PARCHECK_OK && more) {
        status = pc_table_next(&table, &more);
        if (status == PARCHECK_OK && more)
            status = take_rule(&table, family, &rules, &ids);
    }
    family->rules = rules.data;
    family->rule_count = rules.count;
    pc_table_close(&table);
    return status;
}
