/*
 * What one call costs inside a process: compiling the built-in schema, and
 * checking one submission whose bytes are in memory by a schema that is
 * compiled.
 *
 * usage: in_process REPEATS FILE EXPLAIN     (EXPLAIN: 0 or 1)
 *
 * Prints the medians in nanoseconds: of the one, and of the other.
 */
#include <parcheck/parcheck.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void check(parcheck_status status, const parcheck_error *error)
{
    if (status != PARCHECK_OK) {
        fprintf(stderr, "in_process: %s\n", error->en);
        exit(2);
    }
}

static long long compile_once(void)
{
    parcheck_schema *schema;
    parcheck_error error;
    long long begin = now(), end;

    check(parcheck_schema_load_builtin(&schema, NULL, &error), &error);
    end = now();
    parcheck_schema_free(schema);
    return end - begin;
}

static long long validate_once(const parcheck_schema *schema,
                               const parcheck_input *input,
                               const parcheck_options *options)
{
    parcheck_report *report;
    parcheck_error error;
    long long begin = now(), end;

    check(parcheck_validate(&report, schema, input, 1, options, &error),
          &error);
    parcheck_report_free(report);
    end = now();
    return end - begin;
}

static int compare(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;

    return x < y ? -1 : x > y;
}

static long long median(long long *times, size_t count)
{
    qsort(times, count, sizeof(*times), compare);
    return times[count / 2];
}

static size_t read_file(const char *path, char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    size_t got = file == NULL ? 0 : fread(bytes, 1, size, file);

    if (got == 0 || got == size) {
        fprintf(stderr, "in_process: cannot read %s\n", path);
        exit(2);
    }
    fclose(file);
    return got;
}

int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    size_t repeats;
    long long *times, compiling;
    parcheck_schema *schema;
    parcheck_error error;
    parcheck_input input;
    parcheck_options options;

    if (argc != 4 || (repeats = strtoul(argv[1], NULL, 10)) == 0 ||
        (times = malloc(repeats * sizeof(*times))) == NULL) {
        fputs("usage: in_process REPEATS FILE EXPLAIN\n", stderr);
        return 2;
    }
    parcheck_options_init(&options, sizeof(options));
    options.explain = argv[3][0] == '1';
    parcheck_input_init(&input, sizeof(input));
    input.name = argv[2];
    input.data = bytes;
    input.length = read_file(argv[2], bytes, sizeof(bytes));

    for (size_t i = 0; i < repeats; i++)
        times[i] = compile_once();
    compiling = median(times, repeats);
    check(parcheck_schema_load_builtin(&schema, NULL, &error), &error);
    for (size_t i = 0; i < repeats; i++)
        times[i] = validate_once(schema, &input, &options);
    printf("%lld %lld\n", compiling, median(times, repeats));
    parcheck_schema_free(schema);
    free(times);
    return 0;
}
