/*
 * usage: digests OUTPUT
 *
 * Writes the digests of the built-in editions as C. The build runs it, because
 * hashing the tables takes longer than judging a submission by them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/builtin.h"
#include "schema/digest.h"

/* The tables stand in the order of families and files. */
static size_t end_of_family(size_t from)
{
    size_t end = from;

    while (end < pc_builtin_table_count &&
           strcmp(pc_builtin_tables[end].family,
                  pc_builtin_tables[from].family) == 0)
        end++;
    return end;
}

static void write_family(FILE *file, const parcheck_table *const *tables,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char digest[PC_DIGEST];

        if (pc_is_edition_table(tables[i])) {
            pc_digest_of(digest, tables[i], tables, count);
            fprintf(file, "    \"%s\",\n", digest);
        } else {
            fprintf(file, "    0, /* %s/%s */\n", tables[i]->family,
                    tables[i]->file);
        }
    }
}

static int write_all(FILE *file)
{
    const parcheck_table **tables = calloc(pc_builtin_table_count,
                                           sizeof *tables);
    size_t end;

    if (tables == NULL)
        return -1;
    for (size_t i = 0; i < pc_builtin_table_count; i++)
        tables[i] = &pc_builtin_tables[i];
    fputs(
        "/* Written by cmake/digests.c. */\n\n#include \"schema/builtin.h\"\n\n"
        "const char *const pc_builtin_digests[] = {\n",
        file);
    for (size_t from = 0; from < pc_builtin_table_count; from = end) {
        end = end_of_family(from);
        write_family(file, tables + from, end - from);
    }
    fputs("};\n", file);
    free(tables);
    return ferror(file);
}

int main(int argc, char **argv)
{
    FILE *file;
    int failed;

    if (argc != 2) {
        fputs("usage: digests OUTPUT\n", stderr);
        return EXIT_FAILURE;
    }
    file = fopen(argv[1], "w");
    failed = file == NULL || write_all(file) != 0;
    if (file != NULL)
        failed = fclose(file) != 0 || failed;
    if (failed)
        perror(argv[1]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
