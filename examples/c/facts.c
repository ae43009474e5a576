/* Facts that a program has at hand, such as the rows of a database, are judged
 * without writing a file first: one table of units, by machine name, and one
 * form, by form and code.
 *
 * usage: facts
 */
#include <parcheck/parcheck.h>
#include <stdio.h>

/* The values are texts, and are read as the cells of a file are. */
static const struct {
    const char *code;
    const char *unit;
    const char *received;
    const char *resolved;
} rows[] = {{"I", "UBND huyện", "129", "124"},
            {"II", "UBND các xã", "289", "289"},
            {"1", "UBND xã Hồng Nam", "72", "72"},
            {"2", "UBND xã Nam Tuấn", "217", "216"}};

static parcheck_status give_table(parcheck_facts *facts, parcheck_error *error)
{
    parcheck_status status = PARCHECK_OK;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (status == PARCHECK_OK)
            status = parcheck_facts_unit(facts, rows[i].code, rows[i].unit,
                                         NULL, NULL, error);
        if (status == PARCHECK_OK)
            status = parcheck_facts_set(facts, "received_total",
                                        rows[i].received, error);
        if (status == PARCHECK_OK)
            status = parcheck_facts_set(facts, "resolved_total",
                                        rows[i].resolved, error);
    }
    return status;
}

/* Form 3 of the other family says how many dossiers the district received:
 * a rule compares it with the table. */
static parcheck_status give_form(parcheck_facts *facts, parcheck_error *error)
{
    parcheck_status status = parcheck_facts_edition(facts, "cchc/cao-bang-2022",
                                                    error);

    if (status == PARCHECK_OK)
        status = parcheck_facts_set_code(facts, "3", "3.2.1", "130", error);
    return status;
}

/* What came of the rules that could be decided. */
static void print_verdicts(const parcheck_report *report)
{
    for (size_t i = 0; i < parcheck_report_verdict_count(report); i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);
        const parcheck_finding *finding = parcheck_verdict_finding(verdict);
        const char *unit = parcheck_verdict_unit(verdict);

        if (parcheck_verdict_outcome(verdict) == PARCHECK_UNKNOWN)
            continue;
        printf("%s, %s: %s\n", parcheck_rule_id(parcheck_verdict_rule(verdict)),
               unit != NULL ? unit : "the form",
               parcheck_outcome_name(parcheck_verdict_outcome(verdict)));
        if (finding != NULL)
            printf("    %s\n",
                   parcheck_finding_message(finding, PARCHECK_VIETNAMESE));
    }
}

int main(void)
{
    parcheck_schema *schema = NULL;
    parcheck_facts *facts = NULL;
    parcheck_report *report = NULL;
    parcheck_error error;
    int code = 2;

    if (parcheck_schema_load_builtin(&schema, NULL, &error) == PARCHECK_OK &&
        parcheck_facts_new(&facts, schema, "dossiers/cao-bang-2023", NULL,
                           &error) == PARCHECK_OK &&
        give_table(facts, &error) == PARCHECK_OK &&
        give_form(facts, &error) == PARCHECK_OK &&
        parcheck_validate_facts(&report, facts, NULL, &error) == PARCHECK_OK) {
        print_verdicts(report);
        code = parcheck_report_severity_count(report, PARCHECK_ERROR) > 0;
    } else {
        fprintf(stderr, "%s\n", error.en);
    }
    parcheck_report_free(report);
    parcheck_facts_free(facts);
    parcheck_schema_free(schema);
    return code;
}
