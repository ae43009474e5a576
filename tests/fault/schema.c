/* Loading and examining schemas when memory runs out. */
#include "faults.h"

static void describe_edition(text *out, const parcheck_family *family,
                             const parcheck_edition *edition)
{
    text_line(out, parcheck_edition_name(edition));
    text_line(out, parcheck_edition_digest(edition));
    for (size_t i = 0; i < parcheck_edition_indicator_count(edition); i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(edition, i);

        text_line(out, parcheck_indicator_name(row));
        text_line(out, parcheck_indicator_code(row));
        text_line(out, parcheck_kind_name(parcheck_indicator_kind(row)));
    }
    for (size_t i = 0; i < parcheck_family_rule_count(family); i++)
        text_line(out, parcheck_edition_applies(
                           edition, parcheck_family_rule(family, i)) != 0
                           ? "applies"
                           : "does not apply");
}

static void describe(text *out, const parcheck_schema *schema)
{
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        text_line(out, parcheck_family_name(family));
        text_line(out, parcheck_family_version(family));
        text_line(out, parcheck_family_title(family, PARCHECK_VIETNAMESE));
        for (size_t j = 0; j < parcheck_family_edition_count(family); j++)
            describe_edition(out, family, parcheck_family_edition(family, j));
        for (size_t j = 0; j < parcheck_family_rule_count(family); j++) {
            const parcheck_rule *rule = parcheck_family_rule(family, j);

            text_line(out, parcheck_rule_id(rule));
            text_line(out, parcheck_rule_check(rule));
        }
    }
}

/* Ends a scenario: writes the schema and gives it back, or the error. */
static parcheck_status finish(parcheck_status status, parcheck_schema *schema,
                              text *out, bool *result_is_null,
                              const parcheck_error *error)
{
    *result_is_null = schema == NULL;
    if (status == PARCHECK_OK)
        describe(out, schema);
    else if (status != PARCHECK_ENOMEM) {
        char place[64];

        (void)snprintf(place, sizeof place, "%zu:%zu", error->line,
                       error->column);
        text_line(out, error->source);
        text_line(out, place);
        text_line(out, error->vi);
        text_line(out, error->en);
    }
    parcheck_schema_free(schema);
    return status;
}

static parcheck_status load_builtin(const void *context,
                                    const parcheck_allocator *allocator,
                                    text *out, bool *result_is_null,
                                    parcheck_error *error)
{
    parcheck_schema *schema = (parcheck_schema *)&error; /* to be set */
    parcheck_status status = parcheck_schema_load_builtin(&schema, allocator,
                                                          error);

    (void)context;
    return finish(status, schema, out, result_is_null, error);
}

/* `context` is the folder's name. */
static parcheck_status load_folder(const void *context,
                                   const parcheck_allocator *allocator,
                                   text *out, bool *result_is_null,
                                   parcheck_error *error)
{
    parcheck_schema *schema = (parcheck_schema *)&error;
    parcheck_status status = parcheck_schema_load_folder(&schema, context,
                                                         allocator, error);

    return finish(status, schema, out, result_is_null, error);
}

/* Loads a family of one small edition with the rules. */
static parcheck_status load_office(parcheck_schema **schema, const char *rules,
                                   const parcheck_allocator *allocator,
                                   parcheck_error *error)
{
    static const char edition[] =
        "form,code,name,label,unit,kind,level,choices\n"
        "A,1,total,Tổng số,Hồ sơ,count,district,\n"
        "A,2,part,Một phần,Hồ sơ,count,,\n"
        "A,3,part_pct,Tỷ lệ,%,percent,,\n"
        "A,4,mode,Hình thức,,choice,,0 = Không; 1 = Có\n"
        "A,5,parts,Các phần,Hồ sơ,count,,\n";
    const parcheck_table tables[] = {
        {"office", "rules.csv", rules, strlen(rules)},
        {"office", "town-2024.csv", edition, sizeof edition - 1}};

    return parcheck_schema_load_tables(schema, tables, 2, allocator, error);
}

/* `context` is the text of a table of rules. */
static parcheck_status load_tables(const void *context,
                                   const parcheck_allocator *allocator,
                                   text *out, bool *result_is_null,
                                   parcheck_error *error)
{
    parcheck_schema *schema = (parcheck_schema *)&error;
    parcheck_status status = load_office(&schema, context, allocator, error);

    return finish(status, schema, out, result_is_null, error);
}

/* `context` is a schema. */
static parcheck_status lint(const void *context,
                            const parcheck_allocator *allocator, text *out,
                            bool *result_is_null, parcheck_error *error)
{
    parcheck_report *report = (parcheck_report *)&error;
    parcheck_status status = parcheck_schema_lint(&report, context, allocator,
                                                  error);

    *result_is_null = report == NULL;
    text_line(out, parcheck_status_name(status));
    for (size_t i = 0;
         report != NULL && i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);

        text_line(out, parcheck_finding_code(finding));
        text_line(out, parcheck_finding_message(finding, PARCHECK_ENGLISH));
    }
    parcheck_report_free(report);
    return status;
}

#define HEADING "id,check,severity,vi,en,basis\n"

static const char good_rules[] = HEADING
    "a,total = 2 * part + 3,error,Một,One,A\n"
    "b,\"part_pct = percent(part, total)\",error,Một,One,A\n"
    "c,\"if mode in {0, 1} and not blank(part) then part <= total or "
    "reported(mode)\",note,Một,One,A\n";
static const char twice[] = HEADING "a,total > 0,error,Một,One,A\n"
                                    "a,total > 0,error,Một,One,A\n";
static const char wrong_rule[] = HEADING "a,total = = part,error,Một,One,A\n";
static const char wrong_name[] = HEADING "a,total = party,error,Một,One,A\n";
static const char unclosed[] = HEADING "a,\"total = part,error,Một,One,A\n";

static const char odd_rules[] = HEADING "a,total > 5,error,Một,One,A\n"
                                        "b,total < 3,error,Một,One,A\n"
                                        "c,part >= 4,error,Một,One,A\n"
                                        "d,part >= 3,error,Một,One,A\n";

int main(void)
{
    parcheck_schema *builtin = NULL;
    parcheck_schema *small = NULL;
    parcheck_schema *odd = NULL;
    int code;

    if (parcheck_schema_load_builtin(&builtin, NULL, NULL) != PARCHECK_OK ||
        parcheck_schema_load_folder(&small,
                                    PARCHECK_SOURCE_DIR "/tests/cases/schemas",
                                    NULL, NULL) != PARCHECK_OK ||
        load_office(&odd, odd_rules, NULL, NULL) != PARCHECK_OK)
        return EXIT_FAILURE;

    const trial trials[] = {
        {"rules", load_tables, good_rules, 0},
        {"rules, an id twice", load_tables, twice, 0},
        {"rules, a wrong one", load_tables, wrong_rule, 0},
        {"rules, an unknown name", load_tables, wrong_name, 0},
        {"rules, a quote never closed", load_tables, unclosed, 0},
        {"a folder of families", load_folder,
         PARCHECK_SOURCE_DIR "/tests/cases/schemas", 0},
        {"a family's folder", load_folder,
         PARCHECK_SOURCE_DIR "/tests/cases/schemas/branches/", 0},
        {"a folder without a family", load_folder,
         PARCHECK_SOURCE_DIR "/tests/fault", 0},
        {"the folder of the built-in schemas", load_folder,
         PARCHECK_SOURCE_DIR "/schemas", 0},
        {"the built-in schemas", load_builtin, NULL, 0},
        {"lint of a small schema", lint, small, 0},
        {"lint of rules that contradict each other", lint, odd, 0},
        {"lint of the built-in schemas", lint, builtin, 0},
    };
    code = fail_all(trials, sizeof trials / sizeof *trials);
    parcheck_schema_free(odd);
    parcheck_schema_free(small);
    parcheck_schema_free(builtin);
    return code;
}
