/* parcheck_rewrite(): a copy of an input with other numbers. */
#include "rewrite/rewrite.h"

#include <stdint.h>

#include "api/inputs.h"
#include "api/options.h"

typedef struct run {
    parcheck_options options; /* what was given, over the defaults */
    pc_charset charset;
    pc_rewriting how;
    pc_edit *edits;
    size_t count;
    pc_bytes bytes;
    pc_buffer out;
    parcheck_error *error;
} run;

static parcheck_status invalid(const run *r, const char *vi, const char *en)
{
    return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0}, "%s%.0s",
                   "%.0s%s", vi, en);
}

/* "-12.50", and "%" behind it: nothing else, so that no reading is needed. */
static bool read_value(pc_new_number *number, const char *text)
{
    bool negative = *text == '-';
    bool behind = false;
    unsigned digits = 0;

    for (text += negative ? 1 : 0; *text != '\0' && *text != '%'; text++) {
        if (*text == '.' && !behind && digits > 0) {
            behind = true;
            continue;
        }
        if (*text < '0' || *text > '9' || ++digits > PC_DIGITS)
            return false;
        number->value.coefficient = number->value.coefficient * 10 +
                                    (*text - '0');
        number->value.scale += behind ? 1 : 0;
    }
    if (negative)
        number->value.coefficient = -number->value.coefficient;
    number->percent_sign = *text == '%';
    return digits > 0 && (!behind || number->value.scale > 0) &&
           (*text == '\0' || text[1] == '\0');
}

static parcheck_status take_edits(run *r, const parcheck_edit *edits,
                                  pc_arena *arena)
{
    r->edits = pc_arena_array(arena, r->count, sizeof *r->edits);
    if (r->edits == NULL)
        return pc_no_memory(r->error);
    for (size_t i = 0; i < r->count; i++) {
        pc_edit *edit = &r->edits[i];
        parcheck_edit given;
        parcheck_status status = pc_edit_take(&given, edits, i, r->error);

        if (status != PARCHECK_OK)
            return status;
        if (given.value == NULL)
            return invalid(r, "ô cần sửa không có giá trị mới",
                           "an edit has no value");
        edit->line = given.line;
        edit->column = given.column;
        edit->number.kind = given.kind;
        edit->number.unit = given.unit != NULL ? given.unit : "";
        if (!read_value(&edit->number, given.value))
            return pc_fail(r->error, PARCHECK_EINVAL,
                           (pc_place){r->how.name, edit->line, edit->column},
                           "“%s” không phải là một số như -12.5",
                           "“%s” is no number such as -12.5", given.value);
    }
    return PARCHECK_OK;
}

static parcheck_status take_options(run *r, const parcheck_input *input)
{
    const parcheck_options *options = &r->options;

    r->how.name = input->name != NULL ? input->name : input->path;
    if (r->how.name == NULL)
        r->how.name = "-";
    r->how.delimiter = options->delimiter;
    r->how.field_bytes = options->max_field_bytes;
    r->how.fields = options->max_fields;
    r->how.records = options->max_records;
    if (options->encoding == NULL)
        return PARCHECK_OK;
    r->how.encoding = &r->charset;
    if (pc_charset_find(&r->charset, options->encoding))
        return PARCHECK_OK;
    return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                   "không biết bảng mã “%s”", "unknown encoding “%s”",
                   options->encoding);
}

static parcheck_status check_arguments(const run *r,
                                       const parcheck_input *input)
{
    int sources = (input->path != NULL) + (input->data != NULL) +
                  (input->read != NULL);

    if (sources != 1)
        return invalid(r, "đầu vào cần đúng một trong path, data, read",
                       "the input needs exactly one of path, data, read");
    if (r->options.max_file_bytes == 0 || r->options.max_field_bytes == 0 ||
        r->options.max_fields == 0 || r->options.max_records == 0)
        return invalid(r, "tùy chọn không hợp lệ (mọi giới hạn phải từ 1)",
                       "the options make no sense (every ceiling is at "
                       "least 1)");
    return PARCHECK_OK;
}

static parcheck_status copy(run *r, const parcheck_input *input,
                            const parcheck_allocator *allocator)
{
    parcheck_status status = pc_inputs_read(&r->bytes, input, 1,
                                            r->options.max_file_bytes,
                                            allocator, NULL, r->error);

    if (status != PARCHECK_OK)
        return status;
    if (r->bytes.cut)
        return pc_fail(r->error, PARCHECK_EINVAL, (pc_place){r->how.name, 0, 0},
                       "tệp lớn hơn giới hạn %zu byte",
                       "it is larger than the ceiling of %zu bytes",
                       r->options.max_file_bytes);
    return pc_rewrite(&r->out, r->bytes.data, r->bytes.length, r->edits,
                      r->count, &r->how, allocator, r->error);
}

static parcheck_status hand_over(const run *r, parcheck_write_fn write,
                                 void *context)
{
    if (r->out.length == 0 || write(context, r->out.data, r->out.length) == 0)
        return PARCHECK_OK;
    return pc_fail(r->error, PARCHECK_EWRITE, (pc_place){r->how.name, 0, 0},
                   "không ghi được bản sao", "its copy cannot be written");
}

static parcheck_status take_arguments(run *r, const parcheck_input *given,
                                      const parcheck_options *options,
                                      parcheck_input *input)
{
    parcheck_status status = pc_options_take(&r->options, options, r->error);

    if (status == PARCHECK_OK)
        status = pc_input_take(input, given, 0, r->error);
    if (status == PARCHECK_OK)
        status = check_arguments(r, input);
    return status == PARCHECK_OK ? take_options(r, input) : status;
}

parcheck_status parcheck_rewrite(const parcheck_input *input,
                                 const parcheck_options *options,
                                 const parcheck_edit *edits, size_t count,
                                 parcheck_write_fn write, void *context,
                                 parcheck_error *error)
{
    parcheck_input taken;
    parcheck_allocator allocator;
    pc_arena arena;
    parcheck_status status;
    run r = {.count = count, .error = error};

    status = take_arguments(&r, input, options, &taken);
    if (status != PARCHECK_OK)
        return status;
    allocator = pc_allocator(r.options.allocator);
    pc_arena_init(&arena, &allocator);
    pc_buffer_init(&r.bytes.buffer, &allocator, 0);
    pc_buffer_init(&r.out, &allocator, SIZE_MAX / 8);
    status = take_edits(&r, edits, &arena);
    if (status == PARCHECK_OK)
        status = copy(&r, &taken, &allocator);
    if (status == PARCHECK_OK)
        status = hand_over(&r, write, context);
    pc_bytes_free(&r.bytes);
    pc_buffer_free(&r.out);
    pc_arena_free(&arena);
    return status;
}
