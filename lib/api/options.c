#include "api/options.h"

#include <string.h>

/* The size of a struct that ends with a field, as all are aligned. */
#define UP_TO(type, field)                                                     \
    ((offsetof(type, field) + sizeof(((type *)0)->field) + ALIGNED - 1) /      \
     ALIGNED * ALIGNED)

/* The sizes of the first version: what is shorter was never initialised. */
enum {
    ALIGNED = sizeof(void *),
    FIRST_OPTIONS = UP_TO(parcheck_options, max_findings),
    FIRST_WRITE_OPTIONS = UP_TO(parcheck_write_options, width),
    FIRST_STREAM_OPTIONS = UP_TO(parcheck_stream_options, write_context),
    FIRST_INPUT = UP_TO(parcheck_input, context),
    FIRST_EDIT = UP_TO(parcheck_edit, value)
};

/* ---- defaults ------------------------------------------------------------ */

static parcheck_options default_options(void)
{
    parcheck_options options;

    memset(&options, 0, sizeof options);
    options.max_file_bytes = (size_t)256 << 20;
    options.max_field_bytes = (size_t)1 << 20;
    options.max_fields = 4096;
    options.max_records = 5000000;
    options.max_findings = 10000;
    options.explain = 1;
    return options;
}

static parcheck_write_options default_write_options(void)
{
    parcheck_write_options options;

    memset(&options, 0, sizeof options);
    options.format = PARCHECK_TEXT_REPORT;
    options.language = PARCHECK_VIETNAMESE;
    options.width = 80;
    return options;
}

static parcheck_stream_options default_stream_options(void)
{
    parcheck_stream_options options;

    memset(&options, 0, sizeof options);
    options.explain = 1;
    options.max_field_bytes = (size_t)1 << 20;
    options.max_fields = 4096;
    options.max_findings = 10000;
    options.max_submission_bytes = (size_t)16 << 20;
    options.max_held_bytes = (size_t)1 << 30;
    options.jobs = 1;
    options.max_across_bytes = (size_t)8 << 20;
    return options;
}

/* ---- initialising -------------------------------------------------------- */

/* Never writes beyond the caller's struct. One that is longer than what is
 * known keeps its size, so that its use is refused and not half obeyed. */
static void initialise(void *given, size_t size, void *defaults, size_t known)
{
    memset(given, 0, size);
    *(size_t *)defaults = size;
    memcpy(given, defaults, size < known ? size : known);
}

void parcheck_options_init(parcheck_options *options, size_t size)
{
    parcheck_options defaults = default_options();

    initialise(options, size, &defaults, sizeof defaults);
}

void parcheck_write_options_init(parcheck_write_options *options, size_t size)
{
    parcheck_write_options defaults = default_write_options();

    initialise(options, size, &defaults, sizeof defaults);
}

void parcheck_input_init(parcheck_input *input, size_t size)
{
    parcheck_input defaults;

    memset(&defaults, 0, sizeof defaults);
    initialise(input, size, &defaults, sizeof defaults);
}

void parcheck_edit_init(parcheck_edit *edit, size_t size)
{
    parcheck_edit defaults;

    memset(&defaults, 0, sizeof defaults);
    initialise(edit, size, &defaults, sizeof defaults);
}

void parcheck_stream_options_init(parcheck_stream_options *options, size_t size)
{
    parcheck_stream_options defaults = default_stream_options();

    initialise(options, size, &defaults, sizeof defaults);
}

/* ---- taking -------------------------------------------------------------- */

/* Copies a struct of the caller's over the defaults, if some version had its
 * size: all are multiples of the alignment. */
static parcheck_status take(void *taken, size_t known, const void *given,
                            size_t first, const char *name,
                            parcheck_error *error)
{
    size_t size;

    memcpy(&size, given, sizeof size);
    if (size < first || size > known || size % ALIGNED != 0)
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "%s.size là %zu, bản này của thư viện cần từ %zu đến "
                       "%zu: hãy gọi %s_init()",
                       "%s.size is %zu, this version of the library takes "
                       "%zu to %zu: call %s_init()",
                       name, size, first, known, name);
    memcpy(taken, given, size);
    memcpy(taken, &known, sizeof known);
    return PARCHECK_OK;
}

static parcheck_status check_ceilings(const parcheck_options *options,
                                      parcheck_error *error)
{
    if (options->max_file_bytes > 0 && options->max_field_bytes > 0 &&
        options->max_fields > 0 && options->max_records > 0 &&
        options->max_findings > 0)
        return PARCHECK_OK;
    return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                   "tùy chọn không hợp lệ (mọi giới hạn phải từ 1)",
                   "the options make no sense (every ceiling is at least 1)");
}

parcheck_status pc_options_take(parcheck_options *taken,
                                const parcheck_options *given,
                                parcheck_error *error)
{
    parcheck_status status;

    *taken = default_options();
    if (given == NULL)
        return PARCHECK_OK;
    status = take(taken, sizeof *taken, given, FIRST_OPTIONS,
                  "parcheck_options", error);
    return status == PARCHECK_OK ? check_ceilings(taken, error) : status;
}

parcheck_status pc_write_options_take(parcheck_write_options *taken,
                                      const parcheck_write_options *given,
                                      parcheck_error *error)
{
    *taken = default_write_options();
    if (given == NULL)
        return PARCHECK_OK;
    return take(taken, sizeof *taken, given, FIRST_WRITE_OPTIONS,
                "parcheck_write_options", error);
}

/* Element number `index` of an array; the first one says how long each is. */
static parcheck_status take_element(void *taken, size_t known,
                                    const void *given, size_t index,
                                    size_t first, const char *name,
                                    parcheck_error *error)
{
    const char *at = given;
    size_t step;
    size_t size;
    parcheck_status status;

    memset(taken, 0, known);
    memcpy(&step, at, sizeof step);
    status = take(taken, known, at, first, name, error);
    if (status != PARCHECK_OK || index == 0)
        return status;
    at += index * step;
    memcpy(&size, at, sizeof size);
    status = take(taken, known, at, first, name, error);
    if (status == PARCHECK_OK && size != step)
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "các %s của một lần gọi có size khác nhau",
                       "the %s of one call differ in their size", name);
    return status;
}

parcheck_status pc_input_take(parcheck_input *taken,
                              const parcheck_input *given, size_t index,
                              parcheck_error *error)
{
    return take_element(taken, sizeof *taken, given, index, FIRST_INPUT,
                        "parcheck_input", error);
}

parcheck_status pc_edit_take(parcheck_edit *taken, const parcheck_edit *given,
                             size_t index, parcheck_error *error)
{
    return take_element(taken, sizeof *taken, given, index, FIRST_EDIT,
                        "parcheck_edit", error);
}

parcheck_status pc_stream_options_take(parcheck_stream_options *taken,
                                       const parcheck_stream_options *given,
                                       parcheck_error *error)
{
    *taken = default_stream_options();
    if (given == NULL)
        return PARCHECK_OK;
    return take(taken, sizeof *taken, given, FIRST_STREAM_OPTIONS,
                "parcheck_stream_options", error);
}
