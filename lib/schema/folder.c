#define _XOPEN_SOURCE 700

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "schema/load.h"

enum { MOST_TABLE_BYTES = 16 << 20 };

typedef struct reading {
    pc_arena *arena;
    parcheck_error *error;
    pc_list sources; /* of pc_source */
} reading;

static bool is_table(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

static const char *join(reading *r, const char *folder, const char *name)
{
    pc_buffer path;
    const char *copy;

    pc_buffer_init(&path, &r->arena->allocator, SIZE_MAX / 8);
    pc_buffer_format(&path, "%s/%s", folder, name);
    copy = pc_buffer_copy(&path, r->arena);
    pc_buffer_free(&path);
    return copy;
}

static parcheck_status read_table(reading *r, const char *family,
                                  const char *folder, const char *file)
{
    pc_source *source = pc_list_add(&r->sources, r->arena, sizeof *source);
    const char *path = join(r, folder, file);
    parcheck_status status;
    pc_buffer bytes;

    if (source == NULL || path == NULL)
        return pc_no_memory(r->error);
    source->name = path;
    source->table.family = family;
    source->table.file = file;
    pc_buffer_init(&bytes, &r->arena->allocator, MOST_TABLE_BYTES);
    status = pc_read_file(&bytes, path, NULL, r->error);
    if (status == PARCHECK_OK && bytes.overflow)
        status = pc_fail(r->error, PARCHECK_ESCHEMA, (pc_place){path, 0, 0},
                         "bảng lớn hơn %d byte",
                         "the table is larger than %d bytes", MOST_TABLE_BYTES);
    if (status == PARCHECK_OK) {
        source->table.length = bytes.length;
        source->table.data = pc_arena_copy(r->arena, bytes.data, bytes.length);
        if (source->table.data == NULL)
            status = pc_no_memory(r->error);
    }
    pc_buffer_free(&bytes);
    return status;
}

static parcheck_status read_tables(reading *r, const char *family,
                                   const char *folder, const pc_list *entries)
{
    const pc_entry *entry = entries->data;
    parcheck_status status = PARCHECK_OK;

    for (size_t i = 0; status == PARCHECK_OK && i < entries->count; i++)
        if (!entry[i].is_folder && is_table(entry[i].name))
            status = read_table(r, family, folder, entry[i].name);
    return status;
}

static bool holds_rules(const pc_list *entries)
{
    const pc_entry *entry = entries->data;

    for (size_t i = 0; i < entries->count; i++)
        if (!entry[i].is_folder && strcmp(entry[i].name, "rules.csv") == 0)
            return true;
    return false;
}

/* A folder below: a family if it holds rules.csv, else none of ours. */
static parcheck_status read_family(reading *r, const char *folder,
                                   const char *name)
{
    pc_list entries = {0};
    const char *path = join(r, folder, name);
    parcheck_status status;

    if (path == NULL)
        return pc_no_memory(r->error);
    status = pc_read_folder(&entries, path, r->arena, r->error);
    if (status == PARCHECK_OK && holds_rules(&entries))
        status = read_tables(r, name, path, &entries);
    return status;
}

/* The last part of a path, without the slashes at its end. */
static const char *last_part(const char *path, size_t *length)
{
    size_t end = strlen(path);
    size_t start;

    while (end > 1 && path[end - 1] == '/')
        end--;
    for (start = end; start > 0 && path[start - 1] != '/';)
        start--;
    *length = end - start;
    return path + start;
}

/* The name of the family in a folder; "." is looked up. */
static const char *family_name(reading *r, const char *path)
{
    char full[PATH_MAX];
    size_t length;
    const char *name = last_part(path, &length);

    if (length > 0 && name[0] == '.' && realpath(path, full) != NULL)
        name = last_part(full, &length);
    return pc_arena_copy(r->arena, name, length);
}

static parcheck_status read_folder(reading *r, const char *folder)
{
    pc_list entries = {0};
    const pc_entry *entry;
    parcheck_status status = pc_read_folder(&entries, folder, r->arena,
                                            r->error);

    if (status != PARCHECK_OK)
        return status;
    if (holds_rules(&entries)) {
        const char *family = family_name(r, folder);
        return family != NULL ? read_tables(r, family, folder, &entries)
                              : pc_no_memory(r->error);
    }
    entry = entries.data;
    for (size_t i = 0; status == PARCHECK_OK && i < entries.count; i++)
        if (entry[i].is_folder)
            status = read_family(r, folder, entry[i].name);
    if (status == PARCHECK_OK && r->sources.count == 0)
        status = pc_fail(r->error, PARCHECK_ESCHEMA, (pc_place){folder, 0, 0},
                         "thư mục không chứa họ biểu mẫu nào (cần rules.csv)",
                         "the folder holds no family (no rules.csv)");
    return status;
}

parcheck_status pc_schema_load_folder(parcheck_schema **schema,
                                      const char *folder,
                                      const parcheck_allocator *allocator,
                                      parcheck_error *error)
{
    parcheck_allocator memory = pc_allocator(allocator);
    pc_arena arena;
    reading r = {.arena = &arena, .error = error};
    parcheck_status status;

    *schema = NULL;
    pc_arena_init(&arena, &memory);
    status = read_folder(&r, folder);
    if (status == PARCHECK_OK)
        status = pc_schema_load(schema, r.sources.data, r.sources.count,
                                &memory, error);
    pc_arena_free(&arena);
    return status;
}
