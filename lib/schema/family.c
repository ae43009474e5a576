#include <string.h>

#include "schema/parse.h"
#include "schema/table.h"
#include "schema/tables.h"

enum { KEY, VALUE };
static const char *const family_columns[] = {"key", "value"};

static parcheck_status take_key(pc_table *table, parcheck_family *family)
{
    const char *key = table->values[KEY];
    const char *value = table->values[VALUE];

    if (strcmp(key, "version") == 0)
        family->version = value;
    else if (strcmp(key, "vi") == 0)
        family->title[PARCHECK_VIETNAMESE] = value;
    else if (strcmp(key, "en") == 0)
        family->title[PARCHECK_ENGLISH] = value;
    else
        return pc_fail(table->error, PARCHECK_ESCHEMA,
                       pc_table_place(table, KEY),
                       "không có khóa “%s”; cần version, vi hoặc en",
                       "there is no key “%s”; expected version, vi or en", key);
    return PARCHECK_OK;
}

parcheck_status pc_read_family(pc_loader *loader, parcheck_family *family,
                               const pc_source *source)
{
    pc_table table;
    bool more = true;
    parcheck_status status = pc_table_open(
        &table, source->name, source->table.data, source->table.length,
        family_columns, 2, loader->arena, loader->error);

    if (status != PARCHECK_OK)
        return status;
    while (status == PARCHECK_OK && more) {
        status = pc_table_next(&table, &more);
        if (status == PARCHECK_OK && more)
            status = take_key(&table, family);
    }
    pc_table_close(&table);
    return status;
}

enum { ROLE, CODE, PARENT, VI, EN };
static const char *const role_columns[] = {"role", "code", "parent", "vi",
                                           "en"};

static parcheck_status take_role(pc_table *table, parcheck_family *family,
                                 pc_list *roles)
{
    const char *parent = table->values[PARENT];
    pc_role *role;

    if (!pc_is_name(table->values[ROLE]) ||
        pc_family_role(family, table->values[ROLE]) != PC_NONE)
        return pc_fail(
            table->error, PARCHECK_ESCHEMA, pc_table_place(table, ROLE),
            "“%s” không phải là tên vai trò, hoặc đã có",
            "“%s” is no name for a role, or stands twice", table->values[ROLE]);
    if (table->values[CODE][0] == '\0')
        return pc_fail(table->error, PARCHECK_ESCHEMA,
                       pc_table_place(table, CODE), "cần mã của dòng",
                       "expected the code of the row");
    role = pc_list_add(roles, table->arena, sizeof *role);
    if (role == NULL)
        return pc_no_memory(table->error);
    role->name = table->values[ROLE];
    role->code = table->values[CODE];
    role->title[PARCHECK_VIETNAMESE] = table->values[VI];
    role->title[PARCHECK_ENGLISH] = table->values[EN];
    role->parent = PC_NONE;
    if (parent[0] != '\0') {
        role->parent = pc_family_role(family, parent);
        if (role->parent == PC_NONE)
            return pc_fail(table->error, PARCHECK_ESCHEMA,
                           pc_table_place(table, PARENT),
                           "chưa có vai trò “%s” ở trên",
                           "there is no role “%s” above", parent);
        ((pc_role *)roles->data)[role->parent].has_children = true;
    }
    family->roles = roles->data;
    family->role_count = roles->count;
    return PARCHECK_OK;
}

parcheck_status pc_read_roles(pc_loader *loader, parcheck_family *family,
                              const pc_source *source)
{
    pc_table table;
    pc_list roles = {0};
    bool more = true;
    parcheck_status status = pc_table_open(
        &table, source->name, source->table.data, source->table.length,
        role_columns, 5, loader->arena, loader->error);

    if (status != PARCHECK_OK)
        return status;
    while (status == PARCHECK_OK && more) {
        status = pc_table_next(&table, &more);
        if (status == PARCHECK_OK && more)
            status = take_role(&table, family, &roles);
    }
    if (status == PARCHECK_OK && roles.count == 0)
        status = pc_fail(
            loader->error, PARCHECK_ESCHEMA, (pc_place){source->name, 0, 0},
            "bảng không có vai trò nào", "the table holds no role");
    pc_table_close(&table);
    return status;
}
