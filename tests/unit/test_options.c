/* Structs of the caller's that begin with `size`, and the progress callback,
 * by the public interface alone. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

#define END_OF(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))
#define FORMS "hoa-an-2023-q1.csv"
#define UNITS "hoa-an-2023-q1-dossiers.csv"

enum {
    FIRST_OPTIONS = END_OF(parcheck_options, max_findings),
    FIRST_INPUT = END_OF(parcheck_input, context),
    FIRST_WRITE_OPTIONS = END_OF(parcheck_write_options, width)
};

static void take_init(void *block, size_t size, char what)
{
    if (what == 'o')
        parcheck_options_init(block, size);
    else if (what == 'w')
        parcheck_write_options_init(block, size);
    else
        parcheck_input_init(block, size);
}

/* Whatever the size, no byte behind it is touched. */
START_TEST(init_keeps_within_the_size_it_was_given)
{
    static const char kinds[] = {'o', 'w', 'i'};
    size_t block[64];

    for (size_t k = 0; k < sizeof kinds; k++) {
        for (size_t size = 0; size <= sizeof block; size += sizeof *block) {
            memset(block, 0x5A, sizeof block);
            take_init(block, size, kinds[k]);
            if (size > 0)
                ck_assert_uint_eq(block[0], size);
            for (size_t i = size; i < sizeof block; i++)
                ck_assert_int_eq(((unsigned char *)block)[i], 0x5A);
        }
    }
}
END_TEST

static parcheck_input text_input(const char *text)
{
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.data = text;
    input.length = strlen(text);
    return input;
}

static parcheck_status run(const parcheck_input *input,
                           const parcheck_options *options,
                           parcheck_error *error)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report;
    parcheck_status status = parcheck_validate(&report, schema, input, 1,
                                               options, error);

    ck_assert((report != NULL) == (status == PARCHECK_OK));
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return status;
}

/* A caller of an earlier version has a shorter struct, and behind it lies
 * what is none of our business. */
START_TEST(options_of_the_first_version)
{
    parcheck_options options;
    parcheck_input input = text_input("form,code,value\n1,1,2\n");
    parcheck_error error = {0};

    parcheck_options_init(&options, sizeof options);
    memset((char *)&options + FIRST_OPTIONS, 0x5A,
           sizeof options - FIRST_OPTIONS);
    options.size = FIRST_OPTIONS;
    ck_assert_msg(run(&input, &options, &error) == PARCHECK_OK, "%s", error.en);
    /* what such a caller did set still counts */
    options.layout = "nonsense";
    ck_assert_int_eq(run(&input, &options, NULL), PARCHECK_EINVAL);
}
END_TEST

START_TEST(sizes_that_no_version_had)
{
    const size_t wrong[] = {0, 1, FIRST_OPTIONS - 1, FIRST_OPTIONS + 1,
                            sizeof(parcheck_options) + sizeof(void *)};
    parcheck_options options;
    parcheck_input input = text_input("form,code,value\n1,1,2\n");
    parcheck_error error;
    char expected[128];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        parcheck_options_init(&options, sizeof options);
        options.size = wrong[i];
        ck_assert_int_eq(run(&input, &options, &error), PARCHECK_EINVAL);
        (void)snprintf(expected, sizeof expected,
                       "parcheck_options.size is %zu, this version of the "
                       "library takes %d to %zu",
                       wrong[i], FIRST_OPTIONS, sizeof options);
        ck_assert_ptr_nonnull(strstr(error.en, expected));
        ck_assert_ptr_nonnull(strstr(error.vi, "parcheck_options_init()"));
    }
    for (size_t i = 0; i < 2; i++) {
        input.size = i * (sizeof input + sizeof(void *));
        ck_assert_int_eq(run(&input, NULL, &error), PARCHECK_EINVAL);
        ck_assert_ptr_nonnull(strstr(error.en, "parcheck_input.size is "));
    }
}
END_TEST

/* An array of a shorter struct has its elements closer together. */
START_TEST(inputs_lie_as_far_apart_as_they_say)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report;
    parcheck_error error;
    size_t step = FIRST_INPUT;
    char *block = malloc(2 * step);

    ck_assert_ptr_nonnull(block);
    for (size_t i = 0; i < 2; i++) {
        parcheck_input input = text_input("form,code,value\n1,1,2\n");

        input.size = step;
        input.name = i == 0 ? "a" : "b";
        memcpy(block + i * step, &input, step);
    }
    ck_assert_int_eq(
        parcheck_validate(&report, schema, (void *)block, 2, NULL, NULL),
        PARCHECK_OK);
    ck_assert_str_eq(parcheck_report_input_name(report, 1), "b");
    parcheck_report_free(report);
    *(size_t *)(void *)(block + step) = step + sizeof(void *);
    ck_assert_int_eq(
        parcheck_validate(&report, schema, (void *)block, 2, NULL, &error),
        PARCHECK_EINVAL);
    ck_assert_ptr_null(report);
    free(block);
    parcheck_schema_free(schema);
}
END_TEST

static int forget(void *context, const void *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return 0;
}

START_TEST(write_options_of_another_version)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_input input = text_input("form,code,value\n1,1,2\n");
    parcheck_write_options options;
    parcheck_report *report;
    parcheck_error error;

    ck_assert_int_eq(parcheck_validate(&report, schema, &input, 1, NULL, NULL),
                     PARCHECK_OK);
    parcheck_write_options_init(&options, sizeof options);
    ck_assert_int_eq(
        parcheck_report_write(report, &options, forget, NULL, NULL),
        PARCHECK_OK);
    for (size_t i = 0; i < 2; i++) {
        options.size = i * (sizeof options + sizeof(void *));
        ck_assert_int_eq(
            parcheck_report_write(report, &options, forget, NULL, &error),
            PARCHECK_EINVAL);
        ck_assert_ptr_nonnull(strstr(error.en, "parcheck_write_options.size"));
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- progress ------------------------------------------------------------ */

typedef struct watcher {
    size_t calls;
    size_t stops_at; /* the call that cancels, from 1; 0 for none */
    size_t calls_after;
    uint64_t done;
    uint64_t total;
} watcher;

static int watch(void *context, uint64_t done, uint64_t total)
{
    watcher *w = context;

    ck_assert(done >= w->done && done <= total && total > 0);
    ck_assert(w->calls == 0 || total == w->total);
    w->done = done;
    w->total = total;
    w->calls_after += w->stops_at > 0 && w->calls >= w->stops_at;
    return ++w->calls == w->stops_at ? 7 : 0;
}

static parcheck_status watched(watcher *w, const parcheck_schema *schema,
                               const parcheck_input *inputs, size_t count,
                               parcheck_error *error)
{
    parcheck_options options;
    parcheck_report *report;
    parcheck_status status;

    parcheck_options_init(&options, sizeof options);
    options.progress = watch;
    options.progress_context = w;
    status = parcheck_validate(&report, schema, inputs, count, &options, error);
    ck_assert((report != NULL) == (status == PARCHECK_OK));
    parcheck_report_free(report);
    return status;
}

/* Stops a run at each of its calls; returns how many there are. */
static size_t stop_everywhere(const parcheck_input *inputs, size_t count)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_error error;
    watcher all = {0};

    ck_assert_int_eq(watched(&all, schema, inputs, count, NULL), PARCHECK_OK);
    ck_assert_uint_eq(all.done, all.total);
    for (size_t call = 1; call <= all.calls; call++) {
        watcher w = {.stops_at = call};

        ck_assert_int_eq(watched(&w, schema, inputs, count, &error),
                         PARCHECK_ECANCELLED);
        ck_assert_uint_eq(w.calls, call);
        ck_assert_uint_eq(w.calls_after, 0);
        ck_assert_str_eq(error.en, "it was cancelled");
        ck_assert_str_eq(error.vi, "đã dừng theo yêu cầu");
        ck_assert_int_eq(error.status, PARCHECK_ECANCELLED);
    }
    parcheck_schema_free(schema);
    return all.calls;
}

START_TEST(a_run_can_be_stopped_at_every_call)
{
    char path[1024];
    parcheck_input inputs[2];

    inputs[0] = text_input(fixture_data(UNITS));
    parcheck_input_init(&inputs[1], sizeof inputs[1]);
    (void)snprintf(path, sizeof path, "%s/%s", PARCHECK_TEST_DATA, FORMS);
    inputs[1].path = path;
    ck_assert_uint_ge(stop_everywhere(inputs, 2), 10);
}
END_TEST

/* Hands out one row many times. */
typedef struct rows {
    size_t left;
    bool begun;
} rows;

static int read_rows(void *context, void *buffer, size_t size, size_t *got)
{
    rows *r = context;
    char line[32] = "form,code,value\n";
    size_t used = 0;

    if (!r->begun) {
        used = strlen(line);
        memcpy(buffer, line, used);
        r->begun = true;
    }
    while (r->left > 0 && size - used >= sizeof line) {
        int length = snprintf(line, sizeof line, "1,99.%zu,1\n", r->left--);

        memcpy((char *)buffer + used, line, (size_t)length);
        used += (size_t)length;
    }
    *got = used;
    return 0;
}

/* The more there is to do, the more calls, in every phase. */
START_TEST(calls_come_at_bounded_intervals)
{
    enum { ROWS = 20000 };
    parcheck_schema *schema = fixture_schema("f", "a = b");
    rows r = {ROWS, false};
    parcheck_input input;
    watcher w = {0};

    parcheck_input_init(&input, sizeof input);
    input.read = read_rows;
    input.context = &r;
    ck_assert_int_eq(watched(&w, schema, &input, 1, NULL), PARCHECK_OK);
    ck_assert_uint_eq(r.left, 0);
    /* splitting, choosing the edition and binding: each once in 1024 */
    ck_assert_uint_ge(w.calls, 3 * (ROWS / 1024));
    ck_assert_uint_eq(w.done, w.total);
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *sizes = tcase_create("sizes");
    TCase *progress = tcase_create("progress");

    tcase_add_test(sizes, init_keeps_within_the_size_it_was_given);
    tcase_add_test(sizes, options_of_the_first_version);
    tcase_add_test(sizes, sizes_that_no_version_had);
    tcase_add_test(sizes, inputs_lie_as_far_apart_as_they_say);
    tcase_add_test(sizes, write_options_of_another_version);
    suite_add_tcase(suite, sizes);
    tcase_set_timeout(progress, 60);
    tcase_add_test(progress, a_run_can_be_stopped_at_every_call);
    tcase_add_test(progress, calls_come_at_bounded_intervals);
    suite_add_tcase(suite, progress);
    return pc_run_suite(suite);
}
