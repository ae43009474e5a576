/*
 * What one validation costs in C: the base for the bindings. The bytes of the
 * files are in memory and the schema is compiled; the report is given back.
 *
 * usage: base REPEATS FILE...
 *
 * Prints the median in nanoseconds.
 */
#include <parcheck/parcheck.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_FILES = 8, MAX_BYTES = 1 << 20 };

static char bytes[MAX_FILES][MAX_BYTES];

static long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void give_up(const char *why)
{
    fprintf(stderr, "base: %s\n", why);
    exit(2);
}

static void read_file(parcheck_input *input, char *room, const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        give_up(path);
    parcheck_input_init(input, sizeof *input);
    input->name = path;
    input->data = room;
    input->length = fread(room, 1, MAX_BYTES, file);
    fclose(file);
}

static long long validate_once(const parcheck_schema *schema,
                               const parcheck_input *inputs, size_t count)
{
    parcheck_report *report;
    parcheck_error error;
    long long begin = now();

    if (parcheck_validate(&report, schema, inputs, count, NULL, &error) !=
        PARCHECK_OK)
        give_up(error.en);
    parcheck_report_free(report);
    return now() - begin;
}

static int compare(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    size_t count = argc > 2 ? (size_t)argc - 2 : 0, repeats = 0;
    parcheck_input inputs[MAX_FILES];
    parcheck_schema *schema;
    parcheck_error error;
    long long *times;

    for (const char *c = argc > 1 ? argv[1] : ""; *c >= '0' && *c <= '9'; c++)
        repeats = repeats * 10 + (size_t)(*c - '0');
    times = calloc(repeats + 1, sizeof *times);
    if (count == 0 || count > MAX_FILES || repeats == 0 || times == NULL)
        give_up("usage: base REPEATS FILE...");
    for (size_t i = 0; i < count; i++)
        read_file(&inputs[i], bytes[i], argv[i + 2]);
    if (parcheck_schema_load_builtin(&schema, NULL, &error) != PARCHECK_OK)
        give_up(error.en);
    for (size_t i = 0; i < repeats; i++)
        times[i] = validate_once(schema, inputs, count);
    qsort(times, repeats, sizeof *times, compare);
    printf("%lld\n", times[repeats / 2]);
    parcheck_schema_free(schema);
    free(times);
    return 0;
}
