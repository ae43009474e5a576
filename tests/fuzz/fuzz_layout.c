/*
 * Bytes of a file to a report, in each layout: found, and forced one after
 * the other.
 *
 * The first byte says how: bit 0 the ceilings are very low; bits 1 and 2
 * which delimiter is given, if any. The rest is the file.
 */
#include <parcheck/parcheck.h>

#include "json.h"

enum { LOW = 1, MOST_BYTES = 64 << 10, DELIMITERS = 4 };

static const char delimiters[DELIMITERS] = {0, ',', ';', '\t'};

static const parcheck_schema *schema(void)
{
    static parcheck_schema *built_in;

    if (built_in == NULL)
        EXPECT(parcheck_schema_load_builtin(&built_in, NULL, NULL) ==
               PARCHECK_OK);
    return built_in;
}

static void set_options(parcheck_options *options, uint8_t how)
{
    parcheck_options_init(options, sizeof *options);
    options->delimiter = delimiters[(how >> 1) % DELIMITERS];
    options->max_file_bytes = (how & LOW) != 0 ? 2000 : 32 << 10;
    options->max_field_bytes = (how & LOW) != 0 ? 60 : 1000;
    options->max_fields = (how & LOW) != 0 ? 8 : 64;
    options->max_records = (how & LOW) != 0 ? 12 : 300;
    options->max_findings = (how & LOW) != 0 ? 2 : 50;
}

static void check_cell(const parcheck_cell *cell)
{
    EXPECT(parcheck_cell_input(cell) == 0);
    EXPECT(parcheck_cell_line(cell) > 0 ||
           parcheck_cell_literal(cell)[0] == '\0');
    EXPECT(parcheck_cell_column(cell) > 0 ||
           parcheck_cell_address(cell)[0] == '\0');
}

/* No more findings of one code than the ceiling; and units and periods are
 * named where there are several. */
static void check_report(const parcheck_report *report,
                         const parcheck_options *options)
{
    size_t findings = parcheck_report_finding_count(report);
    size_t verdicts = parcheck_report_verdict_count(report);

    for (size_t i = 0; i < findings; i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        size_t same = 0;

        for (size_t j = 0; j < findings; j++)
            same += strcmp(parcheck_finding_code(finding),
                           parcheck_finding_code(
                               parcheck_report_finding(report, j))) == 0;
        EXPECT(same <= options->max_findings ||
               strcmp(parcheck_finding_code(finding), "limit.findings") == 0);
        for (size_t j = 0; j < parcheck_finding_cell_count(finding); j++)
            check_cell(parcheck_finding_cell(finding, j));
    }
    for (size_t i = 0; i < verdicts; i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);

        EXPECT(parcheck_edition_applies(parcheck_report_edition(report, 0),
                                        parcheck_verdict_rule(verdict)));
        for (size_t j = 0; j < parcheck_verdict_cell_count(verdict); j++)
            check_cell(parcheck_verdict_cell(verdict, j));
    }
}

static void validate(const uint8_t *data, size_t size,
                     const parcheck_options *options, text *json)
{
    parcheck_write_options writing;
    parcheck_report *report = NULL;
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.name = "a.csv";
    input.data = data;
    input.length = size;
    EXPECT(parcheck_validate(&report, schema(), &input, 1, options, NULL) ==
           PARCHECK_OK);
    check_report(report, options);
    parcheck_write_options_init(&writing, sizeof writing);
    writing.format = PARCHECK_JSON_REPORT;
    writing.verdicts = 1;
    json->length = 0;
    EXPECT(parcheck_report_write(report, &writing, text_add, json, NULL) ==
           PARCHECK_OK);
    EXPECT(is_json(json->data, json->length));
    parcheck_report_free(report);
}

static bool is_same(const text *a, const text *b)
{
    return a->length == b->length && memcmp(a->data, b->data, a->length) == 0;
}

/* What is found is what one of the layouts gives when it is forced, unless
 * no layout was found. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const layouts[] = {"form", "table", "series", "long"};
    static text found;
    static text forced;
    parcheck_options options;
    size_t same = 0;

    if (size == 0 || size > MOST_BYTES)
        return 0;
    set_options(&options, data[0]);
    validate(data + 1, size - 1, &options, &found);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        options.layout = layouts[i];
        validate(data + 1, size - 1, &options, &forced);
        same += is_same(&found, &forced);
    }
    EXPECT(same > 0);
    return 0;
}
