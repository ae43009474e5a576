/* usage: builtin_tables SCHEMAS
 * Every embedded table is its file in SCHEMAS/FAMILY/, byte for byte, and they
 * stand in the order of family and file name. */

#include "schema/builtin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int same_bytes(const char *dir, const parcheck_table *table)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s", dir, table->family, table->file);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 0;
    }
    const unsigned char *data = table->data;
    size_t i = 0;
    int byte = getc(file);
    while (i < table->length && byte == data[i]) {
        byte = getc(file);
        i++;
    }
    fclose(file);
    if (i < table->length || byte != EOF) {
        fprintf(stderr, "%s: differs at byte %zu\n", path, i);
        return 0;
    }
    return 1;
}

static int in_order(const parcheck_table *a, const parcheck_table *b)
{
    int order = strcmp(a->family, b->family);
    return order < 0 || (order == 0 && strcmp(a->file, b->file) < 0);
}

int main(int argc, char **argv)
{
    if (argc != 2 || pc_builtin_table_count == 0) {
        fprintf(stderr, "no folder, or no table\n");
        return EXIT_FAILURE;
    }
    int good = 1;
    for (size_t i = 0; i < pc_builtin_table_count; i++) {
        const parcheck_table *table = &pc_builtin_tables[i];
        good = same_bytes(argv[1], table) && good;
        if (i > 0 && !in_order(table - 1, table)) {
            fprintf(stderr, "%s/%s: out of order\n", table->family,
                    table->file);
            good = 0;
        }
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
