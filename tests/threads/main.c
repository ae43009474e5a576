/*
 * 64 threads on one schema and one report: every one validates, judges facts,
 * lints and writes, and must see what a single thread sees. The preset `tsan`
 * runs it under ThreadSanitizer, which fails it for a race.
 *
 * usage: threads FILE...
 */
#include <parcheck/parcheck.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 64, ROUNDS = 1, MOST_FILES = 8 };

/* What all threads share, and none changes. */
typedef struct shared {
    parcheck_schema *schema;
    parcheck_input inputs[MOST_FILES];
    size_t count;
    parcheck_report *report;
    const parcheck_facts *facts;
    uint64_t of_run; /* what each of these writes, as a hash */
    uint64_t of_facts;
    uint64_t of_lint;
} shared;

static atomic_size_t failures;
static atomic_size_t runs;

static void fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    atomic_fetch_add(&failures, 1);
}

/* ---- what a report says -------------------------------------------------- */

static int hash(void *context, const void *bytes, size_t size)
{
    uint64_t *sum = context;

    for (size_t i = 0; i < size; i++)
        *sum = (*sum ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
    return 0;
}

/* Over what it writes in every format. */
static uint64_t hash_of(const parcheck_report *report)
{
    uint64_t sum = 14695981039346656037u;
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    for (int i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++) {
        options.format = (parcheck_format)i;
        if (parcheck_report_write(report, &options, hash, &sum, NULL) !=
            PARCHECK_OK)
            fail("format %d cannot be written", i);
    }
    return sum;
}

/* Takes a report apart and gives it back. */
static uint64_t finish(parcheck_report *report, parcheck_status status,
                       const parcheck_error *error)
{
    uint64_t sum;

    if (status != PARCHECK_OK) {
        fail("%s: %s", error->source, error->en);
        return 0;
    }
    sum = hash_of(report);
    parcheck_report_free(report);
    atomic_fetch_add(&runs, 1);
    return sum;
}

static uint64_t run_inputs(const shared *s)
{
    parcheck_report *report;
    parcheck_error error;
    parcheck_status status = parcheck_validate(&report, s->schema, s->inputs,
                                               s->count, NULL, &error);

    return finish(report, status, &error);
}

static uint64_t run_facts(const shared *s)
{
    parcheck_report *report;
    parcheck_error error;
    parcheck_status status = parcheck_validate_facts(&report, s->facts, NULL,
                                                     &error);

    return finish(report, status, &error);
}

static uint64_t run_lint(const shared *s)
{
    parcheck_report *report;
    parcheck_error error;
    parcheck_status status = parcheck_schema_lint(&report, s->schema, NULL,
                                                  &error);

    return finish(report, status, &error);
}

/* ---- threads ------------------------------------------------------------- */

static void expect(uint64_t found, uint64_t expected, const char *what)
{
    if (found != expected)
        fail("%s: another report in a thread", what);
}

static void *work(void *argument)
{
    const shared *s = argument;

    for (size_t i = 0; i < ROUNDS; i++) {
        expect(run_inputs(s), s->of_run, "inputs");
        expect(run_facts(s), s->of_facts, "facts");
        expect(hash_of(s->report), s->of_run, "shared report");
    }
    return NULL;
}

/* The lint takes longer: one thread of many does it beside the others. */
static void *lint(void *argument)
{
    const shared *s = argument;

    expect(run_lint(s), s->of_lint, "lint");
    return work(argument);
}

static void run_threads(shared *s)
{
    pthread_t threads[THREADS];
    size_t started = 0;

    for (size_t i = 0; i < THREADS; i++)
        if (pthread_create(&threads[started], NULL, i % 32 == 0 ? lint : work,
                           s) == 0)
            started++;
    for (size_t i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    if (started != THREADS)
        fail("%zu threads started", started);
}

/* ---- what they share ----------------------------------------------------- */

/* The first value of each unit of the report. */
static void give_facts(parcheck_facts *facts, const parcheck_report *report)
{
    for (size_t i = 0; i < parcheck_report_unit_count(report); i++) {
        const parcheck_unit *unit = parcheck_report_unit(report, i);
        const parcheck_edition *edition = parcheck_unit_edition(unit);
        parcheck_error error;

        if (parcheck_facts_edition(facts, parcheck_edition_name(edition),
                                   &error) != PARCHECK_OK ||
            parcheck_facts_unit(
                facts, parcheck_unit_code(unit), parcheck_unit_name(unit), NULL,
                parcheck_unit_period(unit), &error) != PARCHECK_OK)
            fail("%s", error.en);
        for (size_t j = 0; j < parcheck_edition_indicator_count(edition); j++) {
            const parcheck_indicator *row = parcheck_edition_indicator(edition,
                                                                       j);
            const parcheck_cell *cell = parcheck_fact_cell(
                parcheck_unit_fact(unit, row));

            if (cell != NULL &&
                parcheck_facts_set(facts, parcheck_indicator_name(row),
                                   parcheck_cell_literal(cell),
                                   &error) != PARCHECK_OK)
                fail("%s", error.en);
        }
    }
}

static int prepare(shared *s, int argc, char **argv, parcheck_facts **facts)
{
    parcheck_error error;

    for (int i = 1; i < argc && s->count < MOST_FILES; i++) {
        parcheck_input_init(&s->inputs[s->count], sizeof *s->inputs);
        s->inputs[s->count++].path = argv[i];
    }
    if (parcheck_schema_load_builtin(&s->schema, NULL, &error) != PARCHECK_OK ||
        parcheck_validate(&s->report, s->schema, s->inputs, s->count, NULL,
                          &error) != PARCHECK_OK ||
        parcheck_facts_new(
            facts, s->schema,
            parcheck_edition_name(parcheck_report_edition(s->report, 0)), NULL,
            &error) != PARCHECK_OK) {
        fail("%s: %s", error.source, error.en);
        return 0;
    }
    give_facts(*facts, s->report);
    s->facts = *facts;
    s->of_run = run_inputs(s);
    s->of_facts = run_facts(s);
    s->of_lint = run_lint(s);
    return 1;
}

int main(int argc, char **argv)
{
    shared s = {0};
    parcheck_facts *facts = NULL;

    if (prepare(&s, argc, argv, &facts))
        run_threads(&s);
    parcheck_facts_free(facts);
    parcheck_report_free(s.report);
    parcheck_schema_free(s.schema);
    printf("%zu runs, %zu failures\n", atomic_load(&runs),
           atomic_load(&failures));
    /* each thread inputs and facts, two a lint, three before */
    return atomic_load(&failures) == 0 &&
                   atomic_load(&runs) == THREADS * ROUNDS * 2 + 2 + 3
               ? 0
               : 1;
}
