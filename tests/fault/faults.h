/*
 * What the programs of this folder share: a growing text, and the loop that
 * makes every allocation of a scenario fail in turn. Static, because each
 * program is one file.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <parcheck/parcheck.h>

#include "failing_allocator.h"

/* ---- text --------------------------------------------------------------- */

typedef struct text {
    char *data;
    size_t length;
    size_t room;
} text;

/* A parcheck_write_fn; `context` is a text. */
static inline int text_add(void *context, const void *bytes, size_t size)
{
    text *t = context;

    if (t->length + size > t->room) {
        t->room = (t->length + size) * 2;
        t->data = realloc(t->data, t->room);
        if (t->data == NULL)
            exit(EXIT_FAILURE);
    }
    if (size > 0)
        memcpy(t->data + t->length, bytes, size);
    t->length += size;
    return 0;
}

static inline void text_line(text *t, const char *line)
{
    text_add(t, line, strlen(line));
    text_add(t, "\n", 1);
}

/* ---- failing in turn ---------------------------------------------------- */

static int faults_wrong; /* what was found, in all scenarios */
/* On threads, as many allocations are not needed each time. */
static bool faults_vary;

static inline void wrong(const char *scenario, const failing_allocator *fa,
                         const char *what)
{
    printf("FAIL %s, allocation %zu%s: %s\n", scenario, fa->fail_at,
           fa->persistent ? " and all behind it" : "", what);
    faults_wrong++;
}

/*
 * A scenario does one piece of work with the allocator and writes what came
 * of it. It gives back everything it was given. `result_is_null` tells
 * whether the handle of the call that failed was set to NULL.
 */
typedef parcheck_status (*scenario)(const void *context,
                                    const parcheck_allocator *allocator,
                                    text *out, bool *result_is_null,
                                    parcheck_error *error);

typedef struct trial {
    const char *name;
    scenario run;
    const void *context;
    size_t step; /* 0: each allocation in turn; n: each n-th, n odd */
} trial;

static inline parcheck_status try_once(const trial *t, failing_allocator *fa,
                                       text *out, bool *result_is_null,
                                       parcheck_error *error)
{
    parcheck_allocator allocator = failing_allocator_get(fa);

    out->length = 0;
    *result_is_null = true;
    memset(error, 0x5A, sizeof *error);
    return t->run(t->context, &allocator, out, result_is_null, error);
}

/* Out of memory, or all as if nothing had happened. */
static inline void judge(const trial *t, const failing_allocator *fa,
                         parcheck_status status, const parcheck_error *error,
                         bool result_is_null, const text *out, const text *good,
                         parcheck_status good_status)
{
    if (fa->live != 0)
        wrong(t->name, fa, "blocks were not given back");
    if (status == PARCHECK_ENOMEM) {
        if (!result_is_null)
            wrong(t->name, fa, "the result is not NULL");
        if (error->status != PARCHECK_ENOMEM || error->en[0] == '\0')
            wrong(t->name, fa, "the error was not filled");
    } else if (status != good_status) {
        wrong(t->name, fa, parcheck_status_name(status));
    } else if (out->length != good->length ||
               memcmp(out->data, good->data, good->length) != 0) {
        wrong(t->name, fa, "another result, and no error");
    }
}

/* Returns how many allocations were made to fail. */
static inline size_t fail_in_turn(const trial *t)
{
    failing_allocator fa;
    text good = {NULL, 0, 0};
    text out = {NULL, 0, 0};
    parcheck_error error;
    bool result_is_null;
    parcheck_status good_status;
    size_t failed = 0;
    size_t calls;

    /* An odd n: allocation (n + 1) / 2 fails once; an even n: for good. */
    failing_allocator_init(&fa, 0, false);
    good_status = try_once(t, &fa, &good, &result_is_null, &error);
    if (fa.live != 0 || good_status == PARCHECK_ENOMEM || good.length == 0)
        wrong(t->name, &fa, "it does not even work undisturbed");
    calls = fa.calls;
    for (size_t n = 1; n <= 2 * calls; n += t->step > 0 ? t->step : 1) {
        parcheck_status status;

        failing_allocator_init(&fa, (n + 1) / 2, n % 2 == 0);
        status = try_once(t, &fa, &out, &result_is_null, &error);
        if (fa.failures == 0 && !faults_vary)
            wrong(t->name, &fa, "it was never asked for");
        judge(t, &fa, status, &error, result_is_null, &out, &good, good_status);
        failed++;
    }
    free(good.data);
    free(out.data);
    printf("%s: %zu allocations, %zu times one was made to fail\n", t->name,
           calls, failed);
    fflush(stdout);
    return failed;
}

/* Tries all; what main() returns. */
static inline int fail_all(const trial *trials, size_t count)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++) {
        size_t here = fail_in_turn(&trials[i]);

        if (here == 0)
            printf("FAIL %s: nothing was tried\n", trials[i].name);
        faults_wrong += here == 0;
        failed += here;
    }
    printf("%zu allocations made to fail, %d findings\n", failed, faults_wrong);
    return failed > 0 && faults_wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
