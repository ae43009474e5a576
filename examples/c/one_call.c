/* The whole of it: check files, and print what is wrong and why.
 *
 * usage: one_call FILE...
 */
#include <parcheck/parcheck.h>
#include <stdio.h>
#include <stdlib.h>

static void print_finding(const parcheck_report *report,
                          const parcheck_finding *finding)
{
    printf("%s: %s\n",
           parcheck_severity_name(parcheck_finding_severity(finding)),
           parcheck_finding_message(finding, PARCHECK_ENGLISH));
    for (size_t i = 0; i < parcheck_finding_cell_count(finding); i++) {
        const parcheck_cell *cell = parcheck_finding_cell(finding, i);

        printf("    %s: %s = \"%s\"\n",
               parcheck_report_input_name(report, parcheck_cell_input(cell)),
               parcheck_cell_address(cell), parcheck_cell_literal(cell));
    }
    for (size_t i = 0; i < parcheck_finding_explanation_count(finding); i++)
        printf("    perhaps: %s\n",
               parcheck_explanation_message(
                   parcheck_finding_explanation(finding, i), PARCHECK_ENGLISH));
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    parcheck_input *inputs = calloc(count + 1, sizeof *inputs);
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_error error;
    int code = 2;

    if (inputs == NULL)
        return 2;
    for (size_t i = 0; i < count; i++) {
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        inputs[i].path = argv[i + 1];
    }
    if (parcheck_schema_load_builtin(&schema, NULL, &error) == PARCHECK_OK &&
        parcheck_validate(&report, schema, inputs, count, NULL, &error) ==
            PARCHECK_OK) {
        for (size_t i = 0; i < parcheck_report_finding_count(report); i++)
            print_finding(report, parcheck_report_finding(report, i));
        code = parcheck_report_severity_count(report, PARCHECK_ERROR) > 0;
    } else {
        fprintf(stderr, "%s: %s\n", error.source, error.en);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    free(inputs);
    return code;
}
