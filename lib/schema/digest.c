#include "schema/digest.h"

#include <string.h>

bool pc_is_edition_table(const parcheck_table *table)
{
    const char *file = table->file;
    size_t length = strlen(file);

    return length > 4 && strcmp(file + length - 4, ".csv") == 0 &&
           strcmp(file, "family.csv") != 0 && strcmp(file, "roles.csv") != 0 &&
           strcmp(file, "rules.csv") != 0;
}

static void add_table(pc_sha256 *hash, const parcheck_table *table)
{
    /* The length in between keeps tables from running into each other. */
    uint64_t length = table->length;
    unsigned char bytes[8];

    for (size_t i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(length >> (56 - 8 * i));
    pc_sha256_add(hash, table->file, strlen(table->file) + 1);
    pc_sha256_add(hash, bytes, sizeof bytes);
    if (table->length > 0)
        pc_sha256_add(hash, table->data, table->length);
}

void pc_digest_of(char text[PC_DIGEST], const parcheck_table *edition,
                  const parcheck_table *const *tables, size_t count)
{
    pc_sha256 hash;

    pc_sha256_init(&hash);
    for (size_t i = 0; i < count; i++)
        if (tables[i] == edition || !pc_is_edition_table(tables[i]))
            add_table(&hash, tables[i]);
    memcpy(text, "sha256:", 7);
    pc_sha256_finish(&hash, text + 7);
}
