#include "fixture.h"

#include <check.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ---------------------------------------------------------------- */

/* Appends to a text of FIXTURE_TEXT bytes. */
static void add(char *text, const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text + used, FIXTURE_TEXT - used, format, arguments);
    va_end(arguments);
    ck_assert_msg(length >= 0 && (size_t)length < FIXTURE_TEXT - used,
                  "the text of a test is too long");
}

/* ---- schemas ------------------------------------------------------------- */

parcheck_status fixture_try_load(parcheck_schema **schema,
                                 const fixture_table *tables, size_t count,
                                 parcheck_error *error)
{
    parcheck_table *all = calloc(count + 1, sizeof *all);
    parcheck_status status;

    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < count; i++) {
        all[i].family = tables[i].family;
        all[i].file = tables[i].file;
        all[i].data = tables[i].text;
        all[i].length = strlen(tables[i].text);
    }
    status = parcheck_schema_load_tables(schema, all, count, NULL, error);
    free(all);
    return status;
}

parcheck_schema *fixture_load(const fixture_table *tables, size_t count)
{
    parcheck_schema *schema;
    parcheck_error error = {0};

    ck_assert_msg(
        fixture_try_load(&schema, tables, count, &error) == PARCHECK_OK,
        "%s:%zu:%zu: %s", error.source, error.line, error.column, error.en);
    return schema;
}

static const char form_edition[] = FIXTURE_EDITION
    "1,1,a,Row a,,count,,\n"
    "1,2,b,Row b,,count,,\n"
    "1,3,c,Row c,,count,,\n"
    "1,4,d,Row d,,count,,\n"
    "1,5,m,Row m,,amount,,\n"
    "1,6,n,Row n,,amount,,\n"
    "1,7,o,Row o,,amount,,\n"
    "1,8,p,Row p,,percent,,\n"
    "1,9,q,Row q,,percent,,\n"
    "1,10,x,Row x,,choice,,0 = No; 1 = Yes\n"
    "1,11,z,Row z,,count,,\n"
    "1,12,t,Row t,,text,,\n"
    "1,13,g,Row g,,group,,\n";

static const char table_edition[] = FIXTURE_EDITION
    "1,1,stt,Code,,text,,\n"
    "1,2,unit_name,Unit,,text,,\n"
    "1,3,u,Column u,,count,,\n"
    "1,4,v,Column v,,count,,\n"
    "1,5,w,Column w,,amount,,\n";

static const char table_roles[] = FIXTURE_ROLES "head,I,,Đầu,Head\n"
                                                "parts,II,,Các phần,Parts\n"
                                                "part,#,parts,Phần,Part\n";

parcheck_schema *fixture_schema(const char *family, const char *check)
{
    static char rules[FIXTURE_TEXT];
    bool of_form = strcmp(family, "f") == 0;
    const fixture_table tables[] = {
        {"f", "e.csv", form_edition},
        {"f", "rules.csv", of_form ? rules : FIXTURE_RULES},
        {"t", "e.csv", table_edition},
        {"t", "roles.csv", table_roles},
        {"t", "rules.csv", of_form ? FIXTURE_RULES : rules}};

    rules[0] = '\0';
    add(rules, FIXTURE_RULES);
    if (check != NULL)
        add(rules, "r,\"%s\",error,VI,EN,Form 1\n", check);
    return fixture_load(tables, sizeof tables / sizeof *tables);
}

parcheck_schema *fixture_builtin(void)
{
    parcheck_schema *schema;
    parcheck_error error = {0};

    ck_assert_msg(parcheck_schema_load_builtin(&schema, NULL, &error) ==
                      PARCHECK_OK,
                  "%s:%zu: %s", error.source, error.line, error.en);
    return schema;
}

/* ---- submissions --------------------------------------------------------- */

static int code_of(char name)
{
    static const char names[] = "abcdmnopqxztg";
    const char *found = strchr(names, name);

    ck_assert_msg(found != NULL && *found != '\0', "there is no row %c", name);
    return (int)(found - names) + 1;
}

const char *fixture_form(char csv[FIXTURE_TEXT], const char *cells)
{
    csv[0] = '\0';
    add(csv, FIXTURE_FORM);
    while (*cells != '\0') {
        int length = (int)strcspn(cells, ";");

        ck_assert_msg(cells[1] == '=', "not a cell: %s", cells);
        add(csv, "1,%d,Row %c,,\"%.*s\",\n", code_of(cells[0]), cells[0],
            length - 2, cells + 2);
        cells += length;
        cells += strspn(cells, "; ");
    }
    add(csv, "1,11,Row z,,1,\n");
    return csv;
}

parcheck_report *fixture_validate(const parcheck_schema *schema,
                                  const char *const *texts, size_t count,
                                  const parcheck_options *options)
{
    enum { MOST = 8 };
    static char names[MOST][16];
    parcheck_input inputs[MOST];
    parcheck_report *report;
    parcheck_error error = {0};

    ck_assert_uint_le(count, MOST);
    for (size_t i = 0; i < count; i++) {
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        (void)snprintf(names[i], sizeof names[i], "%u.csv", (unsigned)i + 1);
        inputs[i].name = names[i];
        inputs[i].data = texts[i];
        inputs[i].length = strlen(texts[i]);
    }
    ck_assert_msg(parcheck_validate(&report, schema, inputs, count, options,
                                    &error) == PARCHECK_OK,
                  "%s", error.en);
    return report;
}

parcheck_report *fixture_check(const parcheck_schema *schema, const char *text)
{
    return fixture_validate(schema, &text, 1, NULL);
}

parcheck_report *fixture_judge(const parcheck_schema *schema, const char *text)
{
    parcheck_options options;

    parcheck_options_init(&options, sizeof options);
    options.explain = 0;
    return fixture_validate(schema, &text, 1, &options);
}

const char *fixture_data(const char *name)
{
    static char text[FIXTURE_TEXT];
    char path[1024];
    FILE *file;
    size_t length;

    (void)snprintf(path, sizeof path, "%s/%s", PARCHECK_TEST_DATA, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    length = fread(text, 1, sizeof text - 1, file);
    ck_assert_msg(fgetc(file) == EOF && !ferror(file), "%s: too long", path);
    (void)fclose(file);
    text[length] = '\0';
    return text;
}

/* ---- reports ------------------------------------------------------------- */

static bool is_of(const parcheck_verdict *verdict, const char *rule,
                  const char *unit)
{
    const char *code = parcheck_verdict_unit_code(verdict);

    if (strcmp(parcheck_rule_id(parcheck_verdict_rule(verdict)), rule) != 0)
        return false;
    if (unit == NULL || code == NULL)
        return unit == code;
    return strcmp(unit, code) == 0;
}

const char *fixture_verdict(const parcheck_report *report, const char *rule,
                            const char *unit)
{
    static char text[FIXTURE_TEXT];

    for (size_t i = 0; i < parcheck_report_verdict_count(report); i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);
        const char *reason = parcheck_verdict_reason(verdict);

        if (!is_of(verdict, rule, unit))
            continue;
        text[0] = '\0';
        add(text, "%s%s%s",
            parcheck_outcome_name(parcheck_verdict_outcome(verdict)),
            reason != NULL ? " " : "", reason != NULL ? reason : "");
        return text;
    }
    return "none";
}

const char *fixture_findings(const parcheck_report *report)
{
    static char text[FIXTURE_TEXT];

    text[0] = '\0';
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        const parcheck_rule *rule = parcheck_finding_rule(finding);

        add(text, "%s%s", i > 0 ? " " : "", parcheck_finding_code(finding));
        if (rule != NULL)
            add(text, ":%s", parcheck_rule_id(rule));
        if (parcheck_finding_cell_count(finding) > 0) {
            const parcheck_cell *cell = parcheck_finding_cell(finding, 0);
            add(text, "@%zu:%zu", parcheck_cell_line(cell),
                parcheck_cell_column(cell));
        }
    }
    return text;
}

const parcheck_finding *fixture_finding(const parcheck_report *report,
                                        const char *code)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);

        if (strcmp(parcheck_finding_code(finding), code) == 0)
            return finding;
    }
    ck_abort_msg("there is no finding %s but: %s", code,
                 fixture_findings(report));
    return NULL;
}

typedef struct output {
    char *text;
    size_t length;
} output;

static int append(void *context, const void *bytes, size_t size)
{
    output *out = context;
    char *text = realloc(out->text, out->length + size + 1);

    ck_assert_ptr_nonnull(text);
    memcpy(text + out->length, bytes, size);
    out->text = text;
    out->length += size;
    text[out->length] = '\0';
    return 0;
}

char *fixture_write(const parcheck_report *report,
                    const parcheck_write_options *options)
{
    output out = {NULL, 0};
    parcheck_error error = {0};

    ck_assert_msg(parcheck_report_write(report, options, append, &out,
                                        &error) == PARCHECK_OK,
                  "%s", error.en);
    ck_assert_ptr_nonnull(out.text);
    return out.text;
}

char *fixture_json(const parcheck_report *report)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_JSON_REPORT;
    options.verdicts = 1;
    return fixture_write(report, &options);
}
