/* parcheck_schema_lint(): a report whose inputs are the schema's tables. */
#include "rule/lint.h"
#include "api/report.h"

static size_t edition_count(const parcheck_schema *schema)
{
    size_t count = 0;

    for (size_t i = 0; i < schema->family_count; i++)
        count += schema->families[i].edition_count;
    return count;
}

static void add_edition(parcheck_report *report,
                        const parcheck_edition *edition)
{
    pc_report_input *input = &report->inputs[report->input_count++];

    input->name = edition->source;
    input->edition = edition;
    input->edition_index = report->edition_count;
    report->editions[report->edition_count++] = edition;
}

/* In the order that rule/lint.h gives to the tables. */
static bool describe_tables(parcheck_report *report,
                            const parcheck_schema *schema)
{
    size_t editions = edition_count(schema);

    report->inputs = pc_arena_array(&report->arena,
                                    schema->family_count + editions,
                                    sizeof *report->inputs);
    report->editions = pc_arena_array(&report->arena, editions,
                                      sizeof(*report->editions));
    if (report->inputs == NULL || report->editions == NULL)
        return false;
    for (size_t i = 0; i < schema->family_count; i++) {
        const parcheck_family *family = &schema->families[i];

        report->inputs[report->input_count++].name = family->rules_source;
        for (size_t j = 0; j < family->edition_count; j++)
            add_edition(report, &family->editions[j]);
    }
    return true;
}

static bool examine(parcheck_report *report, const parcheck_schema *schema)
{
    if (!describe_tables(report, schema) ||
        !pc_lint(schema, &report->findings, &report->arena))
        return false;
    return pc_report_finish(report);
}

parcheck_status parcheck_schema_lint(parcheck_report **report,
                                     const parcheck_schema *schema,
                                     const parcheck_allocator *allocator,
                                     parcheck_error *error)
{
    parcheck_allocator memory = pc_allocator(allocator);
    parcheck_options defaults;

    parcheck_options_init(&defaults, sizeof defaults);
    *report = pc_report_new(&memory, defaults.max_findings);
    if (*report == NULL)
        return pc_no_memory(error);
    if (examine(*report, schema))
        return PARCHECK_OK;
    parcheck_report_free(*report);
    *report = NULL;
    return pc_no_memory(error);
}
