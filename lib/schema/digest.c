/* The digest of everything that an edition is judged by. */
#include <stdatomic.h>
#include <string.h>

#include "schema/tables.h"

enum { UNKNOWN, BEING_WRITTEN, KNOWN };

/*
 * Hashing costs more than all the rest of loading, and most schemas are asked
 * for one digest or none. So where the tables stay, the digest waits until
 * somebody asks. Whoever does so first writes it; to everybody else a schema
 * does not change.
 */
typedef struct pc_digest {
    atomic_int state;
    char text[PC_DIGEST];
    const pc_source *const *sources;
    size_t count;
} pc_digest;

bool pc_is_edition_table(const pc_source *source)
{
    const char *file = source->table.file;
    size_t length = strlen(file);

    return length > 4 && strcmp(file + length - 4, ".csv") == 0 &&
           strcmp(file, "family.csv") != 0 && strcmp(file, "roles.csv") != 0 &&
           strcmp(file, "rules.csv") != 0;
}

static void add_source(pc_sha256 *hash, const pc_source *source)
{
    /* The length in between keeps tables from running into each other. */
    uint64_t length = source->table.length;
    unsigned char bytes[8];

    for (size_t i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(length >> (56 - 8 * i));
    pc_sha256_add(hash, source->table.file, strlen(source->table.file) + 1);
    pc_sha256_add(hash, bytes, sizeof bytes);
    if (source->table.length > 0)
        pc_sha256_add(hash, source->table.data, source->table.length);
}

static void compute(char text[PC_DIGEST], const pc_digest *digest)
{
    pc_sha256 hash;

    pc_sha256_init(&hash);
    for (size_t i = 0; i < digest->count; i++)
        add_source(&hash, digest->sources[i]);
    memcpy(text, "sha256:", 7);
    pc_sha256_finish(&hash, text + 7);
}

/* The sources that count. */
static bool choose(pc_digest *digest, const parcheck_edition *edition,
                   const pc_source *const *sources, size_t count,
                   pc_arena *arena)
{
    const pc_source **chosen = pc_arena_array(arena, count, sizeof *chosen);

    if (chosen == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!pc_is_edition_table(sources[i]) ||
            sources[i]->name == edition->source)
            chosen[digest->count++] = sources[i];
    digest->sources = chosen;
    return true;
}

static bool all_last(const pc_digest *digest)
{
    for (size_t i = 0; i < digest->count; i++)
        if (!digest->sources[i]->lasting)
            return false;
    return true;
}

parcheck_status pc_digest_prepare(pc_loader *loader, parcheck_edition *edition,
                                  const pc_source *const *sources, size_t count)
{
    pc_digest *digest = pc_arena_alloc(loader->arena, sizeof *digest);

    if (digest == NULL ||
        !choose(digest, edition, sources, count, loader->arena))
        return pc_no_memory(loader->error);
    atomic_init(&digest->state, UNKNOWN);
    if (!all_last(digest)) {
        compute(digest->text, digest);
        atomic_init(&digest->state, KNOWN);
    }
    edition->digest = digest;
    return PARCHECK_OK;
}

const char *pc_edition_digest(const parcheck_edition *edition)
{
    pc_digest *digest = edition->digest;
    char text[PC_DIGEST];
    int expected = UNKNOWN;

    if (atomic_load(&digest->state) == KNOWN)
        return digest->text;
    compute(text, digest);
    if (atomic_compare_exchange_strong(&digest->state, &expected,
                                       BEING_WRITTEN)) {
        memcpy(digest->text, text, sizeof text);
        atomic_store(&digest->state, KNOWN);
    }
    /* Somebody else is copying some seventy bytes. */
    while (atomic_load(&digest->state) != KNOWN)
        continue;
    return digest->text;
}
