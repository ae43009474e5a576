/* Rewriting a file, deducing blanks and measuring rules, when memory runs
 * out. */
#include "faults.h"

static const char form[] = "form;code;label;unit;value;note\r\n"
                           "A;1.1;Tổng số sách;Cuốn;;\r\n"
                           "A;1.2;Sách người lớn;Cuốn;1.052;\r\n"
                           "A;1.3;Sách thiếu nhi;Cuốn;41;\"còn; lại\"\r\n"
                           "A;3;Tỷ lệ sách được mượn;%;-;\r\n"
                           "A;3.1;Số sách được mượn;Cuốn;400;\r\n";

typedef struct job {
    const parcheck_schema *schema;
    const parcheck_report *report; /* of the form, for deducing */
} job;

static void set_input(parcheck_input *input)
{
    parcheck_input_init(input, sizeof *input);
    input->name = "form.csv";
    input->data = form;
    input->length = sizeof form - 1;
}

static parcheck_status rewrite(const void *context,
                               const parcheck_allocator *allocator, text *out,
                               bool *result_is_null, parcheck_error *error)
{
    parcheck_options options;
    parcheck_input input;
    parcheck_edit edits[2];
    parcheck_status status;

    (void)context;
    set_input(&input);
    parcheck_options_init(&options, sizeof options);
    options.allocator = allocator;
    for (size_t i = 0; i < 2; i++)
        parcheck_edit_init(&edits[i], sizeof edits[i]);
    edits[0].line = 4;
    edits[0].column = 5;
    edits[0].value = "2041";
    edits[1].line = 2;
    edits[1].column = 5;
    edits[1].value = "1093";
    status = parcheck_rewrite(&input, &options, edits, 2, text_add, out, error);
    *result_is_null = status == PARCHECK_OK || out->length == 0;
    return status;
}

static parcheck_status deduce(const void *context,
                              const parcheck_allocator *allocator, text *out,
                              bool *result_is_null, parcheck_error *error)
{
    const job *j = context;
    parcheck_deductions *deductions = (parcheck_deductions *)&deductions;
    parcheck_status status = parcheck_report_deduce(&deductions, j->report,
                                                    allocator, error);

    *result_is_null = deductions == NULL;
    if (status != PARCHECK_OK)
        return status;
    for (size_t i = 0; i < parcheck_deductions_count(deductions); i++)
        text_line(out, parcheck_deductions_value(deductions, i));
    parcheck_deductions_free(deductions);
    return status;
}

static parcheck_status power(const void *context,
                             const parcheck_allocator *allocator, text *out,
                             bool *result_is_null, parcheck_error *error)
{
    const job *j = context;
    const parcheck_family *family = parcheck_schema_family(j->schema, 1);
    parcheck_power *measured = (parcheck_power *)&measured;
    parcheck_status status = parcheck_schema_power(
        &measured, j->schema, parcheck_family_edition(family, 0), allocator,
        error);

    *result_is_null = measured == NULL;
    if (status != PARCHECK_OK)
        return status;
    for (size_t i = 0; i < parcheck_power_cell_count(measured); i++) {
        char line[256];

        snprintf(line, sizeof line, "%s %llu",
                 parcheck_indicator_name(parcheck_power_indicator(measured, i)),
                 (unsigned long long)parcheck_power_detected(
                     measured, i, PARCHECK_SLIP_REPLACED));
        text_line(out, line);
    }
    parcheck_power_free(measured);
    return status;
}

int main(void)
{
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_input input;
    int code;

    set_input(&input);
    if (parcheck_schema_load_folder(&schema,
                                    PARCHECK_SOURCE_DIR "/tests/cases/schemas",
                                    NULL, NULL) != PARCHECK_OK ||
        parcheck_validate(&report, schema, &input, 1, NULL, NULL) !=
            PARCHECK_OK)
        return EXIT_FAILURE;

    job j = {schema, report};
    trial trials[] = {{"rewriting a file", rewrite, &j, 0},
                      {"deducing blanks", deduce, &j, 0},
                      {"measuring rules", power, &j, 0}};

    code = fail_all(trials, sizeof trials / sizeof *trials);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return code;
}
