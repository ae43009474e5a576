#include "schema/load.h"

#include <string.h>

#include "schema/digest.h"
#include "schema/parse.h"
#include "schema/tables.h"

typedef struct loading {
    parcheck_schema *schema;
    pc_loader loader;
    const pc_source **sources;     /* sorted by family, then file */
    const parcheck_table **tables; /* of the sources */
    size_t count;
} loading;

static int compare_sources(const void *left, const void *right)
{
    const pc_source *a = *(const pc_source *const *)left;
    const pc_source *b = *(const pc_source *const *)right;
    int order = strcmp(a->table.family, b->table.family);

    return order != 0 ? order : strcmp(a->table.file, b->table.file);
}

/* Sorts the sources, with names that live as long as the schema. */
static parcheck_status sort_sources(loading *l, const pc_source *sources)
{
    pc_source *own = pc_arena_array(l->loader.arena, l->count, sizeof *own);

    l->sources = pc_arena_array(l->loader.arena, l->count, sizeof(*l->sources));
    l->tables = pc_arena_array(l->loader.arena, l->count, sizeof(*l->tables));
    if (l->sources == NULL || l->tables == NULL || own == NULL)
        return pc_no_memory(l->loader.error);
    for (size_t i = 0; i < l->count; i++) {
        own[i].table = sources[i].table;
        own[i].digest = sources[i].digest;
        own[i].name = pc_arena_string(l->loader.arena, sources[i].name);
        if (own[i].name == NULL)
            return pc_no_memory(l->loader.error);
        l->sources[i] = &own[i];
    }
    pc_sort(l->sources, l->count, sizeof(*l->sources), compare_sources);
    for (size_t i = 0; i < l->count; i++)
        l->tables[i] = &l->sources[i]->table;
    for (size_t i = 1; i < l->count; i++)
        if (compare_sources(&l->sources[i - 1], &l->sources[i]) == 0)
            return pc_fail(l->loader.error, PARCHECK_ESCHEMA,
                           (pc_place){l->sources[i]->name, 0, 0},
                           "bảng được đưa vào hai lần",
                           "the table is given twice");
    return PARCHECK_OK;
}

static bool is_file(const pc_source *source, const char *name)
{
    return strcmp(source->table.file, name) == 0;
}

static size_t count_editions(const pc_source *const *sources, size_t count)
{
    size_t editions = 0;

    for (size_t i = 0; i < count; i++)
        editions += pc_is_edition_table(&sources[i]->table);
    return editions;
}

/* Rows of the edition by symbol, once all editions of a family are read. */
static parcheck_status index_edition(loading *l, parcheck_family *family,
                                     parcheck_edition *edition)
{
    size_t *of_symbol = pc_arena_array(l->loader.arena, family->symbols.count,
                                       sizeof *of_symbol);

    if (of_symbol == NULL)
        return pc_no_memory(l->loader.error);
    for (size_t i = 0; i < family->symbols.count; i++)
        of_symbol[i] = PC_NONE;
    for (size_t i = 0; i < edition->count; i++)
        of_symbol[edition->indicators[i].symbol] = i;
    edition->of_symbol = of_symbol;
    for (size_t i = 0; i < edition->count; i++) {
        pc_symbol *symbol = pc_family_symbol(family,
                                             edition->indicators[i].symbol);
        if (symbol->first == NULL)
            symbol->first = &edition->indicators[i];
    }
    return PARCHECK_OK;
}

static parcheck_status name_edition(loading *l, parcheck_edition *edition,
                                    const pc_source *source)
{
    edition->name = pc_arena_copy(l->loader.arena, source->table.file,
                                  strlen(source->table.file) - 4);
    return edition->name != NULL ? PARCHECK_OK : pc_no_memory(l->loader.error);
}

static parcheck_status take_digest(loading *l, parcheck_edition *edition,
                                   const pc_source *source,
                                   const parcheck_table *const *tables,
                                   size_t count)
{
    char *text;

    edition->digest = source->digest;
    if (edition->digest != NULL)
        return PARCHECK_OK;
    text = pc_arena_alloc(l->loader.arena, PC_DIGEST);
    if (text == NULL)
        return pc_no_memory(l->loader.error);
    pc_digest_of(text, &source->table, tables, count);
    edition->digest = text;
    return PARCHECK_OK;
}

/* Reads the editions of the sources; their order is that of their names. */
static parcheck_status load_editions(loading *l, parcheck_family *family,
                                     const pc_source *const *sources,
                                     size_t count)
{
    const parcheck_table *const *tables = l->tables + (sources - l->sources);
    parcheck_status status = PARCHECK_OK;

    family->editions = pc_arena_array(l->loader.arena,
                                      count_editions(sources, count) + 1,
                                      sizeof *family->editions);
    if (family->editions == NULL)
        return pc_no_memory(l->loader.error);
    for (size_t i = 0; i < count; i++) {
        parcheck_edition *edition = &family->editions[family->edition_count];

        if (!pc_is_edition_table(&sources[i]->table))
            continue;
        status = name_edition(l, edition, sources[i]);
        if (status == PARCHECK_OK)
            status = pc_read_edition(&l->loader, family, edition, sources[i]);
        if (status != PARCHECK_OK)
            return status;
        status = take_digest(l, edition, sources[i], tables, count);
        if (status != PARCHECK_OK)
            return status;
        family->edition_count++;
    }
    for (size_t i = 0; i < family->edition_count; i++) {
        status = index_edition(l, family, &family->editions[i]);
        if (status != PARCHECK_OK)
            return status;
    }
    return PARCHECK_OK;
}

static const pc_source *find_file(const pc_source *const *sources, size_t count,
                                  const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (is_file(sources[i], name))
            return sources[i];
    return NULL;
}

static parcheck_status load_family(loading *l, parcheck_family *family,
                                   const pc_source *const *sources,
                                   size_t count)
{
    const pc_source *about = find_file(sources, count, "family.csv");
    const pc_source *roles = find_file(sources, count, "roles.csv");
    const pc_source *rules = find_file(sources, count, "rules.csv");
    parcheck_status status = PARCHECK_OK;

    family->name = pc_arena_string(l->loader.arena, sources[0]->table.family);
    if (family->name == NULL)
        return pc_no_memory(l->loader.error);
    family->version = "";
    family->title[0] = family->title[1] = family->name;
    pc_map_init(&family->symbol_by_name, l->loader.arena);
    if (rules == NULL || count_editions(sources, count) == 0)
        return pc_fail(l->loader.error, PARCHECK_ESCHEMA,
                       (pc_place){family->name, 0, 0},
                       "họ biểu mẫu cần rules.csv và ít nhất một ấn bản",
                       "a family needs rules.csv and at least one edition");
    if (about != NULL)
        status = pc_read_family(&l->loader, family, about);
    if (status == PARCHECK_OK && roles != NULL)
        status = pc_read_roles(&l->loader, family, roles);
    if (status == PARCHECK_OK)
        status = load_editions(l, family, sources, count);
    if (status == PARCHECK_OK)
        status = pc_read_rules(&l->loader, family, rules);
    return status;
}

/* Sources are sorted: each run of one family's name is a family. */
static parcheck_status load_families(loading *l)
{
    parcheck_schema *schema = l->schema;
    parcheck_status status = PARCHECK_OK;
    size_t end;

    schema->families = pc_arena_array(l->loader.arena, l->count + 1,
                                      sizeof *schema->families);
    if (schema->families == NULL)
        return pc_no_memory(l->loader.error);
    for (size_t from = 0; from < l->count; from = end) {
        parcheck_family *family = &schema->families[schema->family_count];

        end = from + 1;
        while (end < l->count && strcmp(l->sources[end]->table.family,
                                        l->sources[from]->table.family) == 0)
            end++;
        family->index = schema->family_count++;
        status = load_family(l, family, l->sources + from, end - from);
        if (status != PARCHECK_OK)
            return status;
    }
    return PARCHECK_OK;
}

static parcheck_schema *new_schema(const parcheck_allocator *allocator)
{
    parcheck_schema *schema = pc_resize(allocator, NULL, sizeof *schema);

    if (schema == NULL)
        return NULL;
    memset(schema, 0, sizeof *schema);
    pc_arena_init(&schema->arena, allocator);
    return schema;
}

parcheck_status pc_schema_load(parcheck_schema **schema,
                               const pc_source *sources, size_t count,
                               const parcheck_allocator *allocator,
                               parcheck_error *error)
{
    parcheck_allocator memory = pc_allocator(allocator);
    loading l = {.count = count};
    parcheck_status status;

    *schema = NULL;
    l.schema = new_schema(&memory);
    if (l.schema == NULL)
        return pc_no_memory(error);
    l.loader.arena = &l.schema->arena;
    l.loader.error = error;
    status = sort_sources(&l, sources);
    if (status == PARCHECK_OK)
        status = load_families(&l);
    if (status == PARCHECK_OK && l.schema->family_count == 0)
        status = pc_fail(error, PARCHECK_ESCHEMA, (pc_place){"", 0, 0},
                         "không có bảng nào", "there are no tables");
    if (status == PARCHECK_OK)
        status = pc_link_rules(&l.loader, l.schema);
    if (status != PARCHECK_OK) {
        parcheck_schema_free(l.schema);
        return status;
    }
    *schema = l.schema;
    return PARCHECK_OK;
}

void parcheck_schema_free(parcheck_schema *schema)
{
    parcheck_allocator allocator;

    if (schema == NULL)
        return;
    allocator = schema->arena.allocator;
    pc_arena_free(&schema->arena);
    pc_release(&allocator, schema);
}
