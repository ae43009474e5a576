/* Checks one file and prints what was found: code, place and message. */
#include <stdio.h>

#include <parcheck/parcheck.h>

static void print_findings(const parcheck_report *report)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        const parcheck_cell *cell = parcheck_finding_cell(finding, 0);

        printf("%s %s %s\n", parcheck_finding_code(finding),
               cell != NULL ? parcheck_cell_address(cell) : "-",
               parcheck_finding_message(finding, PARCHECK_ENGLISH));
    }
}

int main(int argc, char **argv)
{
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_error error;
    parcheck_input input;
    int code = 2;

    if (argc != 2)
        return 2;
    parcheck_input_init(&input, sizeof input);
    input.path = argv[1];
    if (parcheck_schema_load_builtin(&schema, NULL, &error) == PARCHECK_OK &&
        parcheck_validate(&report, schema, &input, 1, NULL, &error) ==
            PARCHECK_OK) {
        printf("parcheck %s\n", parcheck_version());
        print_findings(report);
        code = 0;
    } else {
        fprintf(stderr, "%s\n", error.en);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return code;
}
