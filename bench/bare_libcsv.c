/*
 * The limit: libcsv reads a file and calls back for every field and record,
 * and nothing is done with them.
 *
 * usage: bare_libcsv FILE
 */
#include <csv.h>
#include <stdio.h>

static void on_field(void *field, size_t size, void *context)
{
    (void)field;
    (void)size;
    (void)context;
}

static void on_record(int end, void *context)
{
    (void)end;
    (void)context;
}

int main(int argc, char **argv)
{
    static char buffer[65536];
    struct csv_parser parser;
    FILE *file;
    size_t got;

    if (argc != 2 || (file = fopen(argv[1], "rb")) == NULL ||
        csv_init(&parser, 0) != 0) {
        fputs("usage: bare_libcsv FILE\n", stderr);
        return 2;
    }
    while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0) {
        if (csv_parse(&parser, buffer, got, on_field, on_record, NULL) != got)
            return 2;
    }
    if (ferror(file) || csv_fini(&parser, on_field, on_record, NULL) != 0)
        return 2;
    csv_free(&parser);
    fclose(file);
    return 0;
}
