#include <string.h>

#include "cli.h"
#include "wrap.h"

static const char help_vi[] =
    "Cách dùng: parcheck schema list | show TÊN | power TÊN | lint "
    "[THƯMỤC]\n"
    "\n"
    "  list            các họ biểu mẫu và ấn bản có sẵn\n"
    "  show TÊN        chỉ tiêu và quy tắc của một ấn bản\n"
    "  power TÊN       tỷ lệ lỗi gõ trong từng ô mà quy tắc phát hiện được;\n"
    "                  --exact: số lỗi phát hiện trên tổng số lỗi\n"
    "  lint [THƯMỤC]   kiểm tra các bảng lược đồ trong thư mục;\n"
    "                  --format DẠNG: như của parcheck check\n"
    "\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục (với list, show, power)\n"
    "  --lang vi|en    ngôn ngữ\n";

static const char help_en[] =
    "Usage: parcheck schema list | show NAME | power NAME | lint [DIR]\n"
    "\n"
    "  list            the families of forms and their editions\n"
    "  show NAME       the indicators and rules of an edition\n"
    "  power NAME      which share of slips in each cell the rules notice;\n"
    "                  --exact: slips noticed / all slips\n"
    "  lint [DIR]      examine the schema tables of a folder;\n"
    "                  --format FORM: one of those of parcheck check\n"
    "\n"
    "  --schema DIR    use the tables of a folder (with list, show, power)\n"
    "  --lang vi|en    the language\n";

enum { DEEP = 6 };

/* "cchc/gia-lai-2022 — The seven statistics forms" */
static void put_title(const char *name, const char *edition,
                      const parcheck_family *family, parcheck_language language)
{
    size_t used = put_text(stdout, name);

    if (edition != NULL)
        used += put_text(stdout, "/") + put_text(stdout, edition);
    used += put_text(stdout, " — ");
    wrap_text(stdout, parcheck_family_title(family, language), used, 2);
}

static void list_edition(const parcheck_family *family,
                         const parcheck_edition *edition,
                         parcheck_language language)
{
    size_t rows = parcheck_edition_indicator_count(edition);
    size_t rules = 0;

    for (size_t k = 0; k < parcheck_family_rule_count(family); k++)
        rules += (size_t)parcheck_edition_applies(
            edition, parcheck_family_rule(family, k));
    printf("  %s/%s: %zu %s, %zu %s\n", parcheck_family_name(family),
           parcheck_edition_name(edition), rows,
           say(language, "dòng", rows == 1 ? "row" : "rows"), rules,
           say(language, "quy tắc", rules == 1 ? "rule" : "rules"));
}

static void list(const parcheck_schema *schema, parcheck_language language)
{
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        put_title(parcheck_family_name(family), NULL, family, language);
        for (size_t j = 0; j < parcheck_family_edition_count(family); j++)
            list_edition(family, parcheck_family_edition(family, j), language);
    }
}

static void show_rows(const parcheck_edition *edition)
{
    for (size_t i = 0; i < parcheck_edition_indicator_count(edition); i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(edition, i);
        const char *code = parcheck_indicator_code(row);
        const char *level = parcheck_indicator_level(row);
        const char *choices = parcheck_indicator_choices(row);

        printf("  ");
        put_text(stdout, parcheck_indicator_form(row));
        printf("  ");
        put_text(stdout, code[0] != '\0' ? code : "·");
        printf("  %s  (%s%s%s)\n", parcheck_indicator_name(row),
               parcheck_kind_name(parcheck_indicator_kind(row)),
               level[0] != '\0' ? ", " : "", level);
        wrap_indented(stdout, parcheck_indicator_label(row), DEEP);
        if (choices[0] != '\0')
            wrap_indented(stdout, choices, DEEP);
    }
}

static void show_rules(const parcheck_family *family,
                       const parcheck_edition *edition,
                       parcheck_language language)
{
    for (size_t i = 0; i < parcheck_family_rule_count(family); i++) {
        const parcheck_rule *rule = parcheck_family_rule(family, i);

        if (parcheck_edition_applies(edition, rule) == 0)
            continue;
        printf("  %s (%s)\n", parcheck_rule_id(rule),
               parcheck_severity_name(parcheck_rule_severity(rule)));
        wrap_indented(stdout, parcheck_rule_check(rule), DEEP);
        wrap_indented(stdout, parcheck_rule_text(rule, language), DEEP);
        wrap_indented(stdout, parcheck_rule_basis(rule), DEEP);
    }
}

static void show_edition(const parcheck_family *family,
                         const parcheck_edition *edition,
                         parcheck_language language)
{
    put_title(parcheck_family_name(family), parcheck_edition_name(edition),
              family, language);
    printf("%s\n\n%s\n", parcheck_edition_digest(edition),
           say(language, "Chỉ tiêu", "Indicators"));
    show_rows(edition);
    printf("\n%s\n", say(language, "Quy tắc", "Rules"));
    show_rules(family, edition, language);
}

typedef struct request {
    const char *verb;
    const char *name;
    const char *folder;
    bool exact;
    parcheck_format format; /* of lint */
} request;

static bool is_verb(const request *r, const char *verb)
{
    return r->verb != NULL && strcmp(r->verb, verb) == 0;
}

/* Shows an edition, or its power. */
static bool show_one(const request *r, const parcheck_schema *schema,
                     const parcheck_family *family,
                     const parcheck_edition *edition,
                     parcheck_language language)
{
    if (is_verb(r, "power"))
        return show_power(schema, family, edition, r->exact, language);
    show_edition(family, edition, language);
    return true;
}

static bool show(const parcheck_schema *schema, const request *r,
                 parcheck_language language)
{
    size_t shown = 0;

    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t j = 0; j < parcheck_family_edition_count(family); j++) {
            const parcheck_edition *edition = parcheck_family_edition(family,
                                                                      j);

            if (!edition_is_named(r->name, family, edition))
                continue;
            if (shown++ > 0)
                putchar('\n');
            if (!show_one(r, schema, family, edition, language))
                return false;
        }
    }
    if (shown == 0)
        no_such_edition(schema, r->name, language);
    return shown > 0;
}

/* A schema that is wrong is here the data, so it ends with 1, not 2. */
static int lint(const request *r, parcheck_language language)
{
    const char *folder = r->name != NULL ? r->name : r->folder;
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_write_options options;
    parcheck_error error;
    parcheck_status status = folder != NULL
                                 ? parcheck_schema_load_folder(&schema, folder,
                                                               NULL, &error)
                                 : parcheck_schema_load_builtin(&schema, NULL,
                                                                &error);
    int code = EXIT_FAILED;

    if (status == PARCHECK_OK)
        status = parcheck_schema_lint(&report, schema, NULL, &error);
    if (status != PARCHECK_OK) {
        complain(language, &error);
        return status == PARCHECK_ESCHEMA ? EXIT_FINDINGS : EXIT_FAILED;
    }
    parcheck_write_options_init(&options, sizeof options);
    options.language = language;
    options.format = r->format;
    if (write_report(report, &options, NULL))
        code = parcheck_report_severity_count(report, PARCHECK_ERROR) > 0
                   ? EXIT_FINDINGS
                   : EXIT_CLEAN;
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return code;
}

static bool parse(request *r, arguments *args)
{
    while (args->next < args->count) {
        const char *value = NULL;

        if (is_verb(r, "power") && take_flag(args, "--exact")) {
            r->exact = true;
            continue;
        }
        if (take_option(args, "--lang", &value)) {
            if (!parse_language(args, value))
                return false;
        } else if (take_option(args, "--schema", &value)) {
            r->folder = value;
        } else if (is_verb(r, "lint") &&
                   take_option(args, "--format", &value)) {
            if (value != NULL && !parse_format(&r->format, args, value))
                return false;
        } else if (r->name == NULL && (value = take_operand(args)) != NULL) {
            r->name = value;
        }
        if (value == NULL) {
            wrong_argument(args);
            return false;
        }
    }
    return true;
}

static int look(const request *r, parcheck_language language)
{
    parcheck_schema *schema = NULL;
    bool done = load_schema(&schema, r->folder, language);

    if (done && r->name == NULL)
        list(schema, language);
    else if (done)
        done = show(schema, r, language);
    parcheck_schema_free(schema);
    return done && finish_output(language) ? EXIT_CLEAN : EXIT_FAILED;
}

int command_schema(arguments *args)
{
    request r = {NULL, NULL, NULL, false, PARCHECK_TEXT_REPORT};

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    r.verb = take_operand(args);
    if (r.verb != NULL && wants_help(args))
        return print_help(args);
    if (!parse(&r, args))
        return EXIT_FAILED;
    if (is_verb(&r, "lint"))
        return lint(&r, args->language);
    if ((is_verb(&r, "list") && r.name == NULL) ||
        ((is_verb(&r, "show") || is_verb(&r, "power")) && r.name != NULL))
        return look(&r, args->language);
    return complain_text(
        say(args->language, "cần list, show TÊN, power TÊN hoặc lint [THƯMỤC]",
            "expected list, show NAME, power NAME or lint [DIR]"),
        NULL);
}
