/* parcheck explain: what a code, a rule or a kind of explanation means. */
#include <string.h>

#include "cli.h"
#include "kinds.h"
#include "suggest.h"
#include "wrap.h"

enum { INDENT = 2, DEEPER = 4 };

static const char help_vi[] =
    "Cách dùng: parcheck explain [MÃ] [tùy chọn]\n"
    "\n"
    "Giải thích một mã phát hiện như row.duplicate, một quy tắc như\n"
    "procedures-total, hoặc một loại lời giải thích như counted-twice: nghĩa\n"
    "là gì, cần làm gì hay nhận biết thế nào. Ghi như báo cáo ghi, có hay\n"
    "không có dấu ngoặc vuông. Không ghi mã thì liệt kê mọi mã và mọi loại.\n"
    "\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục thay cho bảng có sẵn\n"
    "  --lang vi|en    ngôn ngữ\n"
    "\n"
    "Mã kết thúc: 0 đã giải thích, 2 không có mã này hoặc không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck explain [CODE] [options]\n"
    "\n"
    "Explains a code of a finding such as row.duplicate, a rule such as\n"
    "procedures-total, or a kind of explanation such as counted-twice: what "
    "it\n"
    "means, and what to do or how it is recognised. Write it as a report "
    "does,\n"
    "with or without the square brackets. Without a code all codes and kinds "
    "are\n"
    "listed.\n"
    "\n"
    "  --schema DIR    use the tables of a folder, not the built-in ones\n"
    "  --lang vi|en    the language\n"
    "\n"
    "Exit code: 0 explained, 2 no such code, or could not run.\n";

typedef struct request {
    const char *name;
    const char *schema;
} request;

static bool parse(request *r, arguments *args)
{
    while (args->next < args->count) {
        const char *value = NULL;

        if (take_option(args, "--lang", &value)) {
            if (!parse_language(args, value))
                return false;
        } else if (take_option(args, "--schema", &value)) {
            r->schema = value;
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

static const char *severity_word(parcheck_severity severity,
                                 parcheck_language language)
{
    static const char *const words[] = {"lỗi", "cảnh báo", "ghi chú"};

    return say(language, words[severity], parcheck_severity_name(severity));
}

/* "What to do: ..." */
static void put_part(const char *title, const char *text)
{
    printf("%*s%s: ", INDENT, "", title);
    wrap_text(stdout, text, INDENT + text_columns(title) + 2, DEEPER);
}

static bool is_called(const char *name, const char *given, size_t length)
{
    return strncmp(name, given, length) == 0 && name[length] == '\0';
}

/* ---- kinds of explanations --------------------------------------------------
 */

static void put_kind(const explanation_kind *kind, parcheck_language language)
{
    printf("%s (%s)\n", kind->name,
           say(language, "lời giải thích", "explanation"));
    wrap_indented(stdout, kind->meaning[language], INDENT);
}

static bool find_kind(const char *given, size_t length,
                      parcheck_language language)
{
    for (size_t i = 0; i < kind_count(); i++) {
        const explanation_kind *kind = kind_at(i);

        if (is_called(kind->name, given, length)) {
            put_kind(kind, language);
            put_part(say(language, "Nhận biết", "Recognised"),
                     kind->sign[language]);
            return true;
        }
    }
    return false;
}

/* ---- codes ------------------------------------------------------------------
 */

static void explain_code(size_t index, parcheck_language language)
{
    printf("%s (%s)\n", parcheck_code_name(index),
           severity_word(parcheck_code_severity(index), language));
    wrap_indented(stdout, parcheck_code_text(index, language), INDENT);
    put_part(say(language, "Cần làm", "What to do"),
             parcheck_code_advice(index, language));
    put_part(say(language, "Ví dụ", "Example"),
             parcheck_code_example(index, language));
}

/* The codes, then the kinds. */
static void list_codes(parcheck_language language)
{
    for (size_t i = 0; i < parcheck_code_count(); i++) {
        printf("%s (%s)\n", parcheck_code_name(i),
               severity_word(parcheck_code_severity(i), language));
        wrap_indented(stdout, parcheck_code_text(i, language), INDENT);
    }
    for (size_t i = 0; i < kind_count(); i++)
        put_kind(kind_at(i), language);
    printf("\n%s\n", say(language, "Quy tắc: parcheck schema show ẤN-BẢN",
                         "Rules: parcheck schema show EDITION"));
}

static bool find_code(const char *given, size_t length,
                      parcheck_language language)
{
    for (size_t i = 0; i < parcheck_code_count(); i++) {
        if (is_called(parcheck_code_name(i), given, length)) {
            explain_code(i, language);
            return true;
        }
    }
    return false;
}

/* ---- rules ------------------------------------------------------------------
 */

/* The row of the edition that has the name, or NULL. */
static const parcheck_indicator *find_row(const parcheck_edition *edition,
                                          const char *name)
{
    for (size_t i = 0; i < parcheck_edition_indicator_count(edition); i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(edition, i);

        if (strcmp(parcheck_indicator_name(row), name) == 0)
            return row;
    }
    return NULL;
}

/* "3:1.4 procedures_total: Tổng số ..." for each row that the rule names. */
static void put_rows(const parcheck_edition *edition, const parcheck_rule *rule)
{
    const parcheck_family *family = parcheck_rule_family(rule);

    for (size_t i = 0; i < parcheck_rule_indicator_count(rule); i++) {
        const char *name = parcheck_rule_indicator_name(rule, i);
        const parcheck_indicator *row = find_row(edition, name);
        size_t used = DEEPER;

        if (row == NULL || parcheck_rule_indicator_family(rule, i) != family)
            continue;
        printf("%*s", DEEPER, "");
        used += put_text(stdout, parcheck_indicator_form(row));
        used += put_text(stdout, ":");
        used += put_text(stdout, parcheck_indicator_code(row));
        used += put_text(stdout, " ");
        used += put_text(stdout, name);
        used += put_text(stdout, " ");
        wrap_text(stdout, parcheck_indicator_label(row), used, DEEPER + INDENT);
    }
}

static void explain_rule(const parcheck_rule *rule, parcheck_language language)
{
    const parcheck_family *family = parcheck_rule_family(rule);

    printf("%s/%s (%s)\n", parcheck_family_name(family), parcheck_rule_id(rule),
           severity_word(parcheck_rule_severity(rule), language));
    wrap_indented(stdout, parcheck_rule_text(rule, language), INDENT);
    put_part(say(language, "Quy tắc", "Rule"), parcheck_rule_check(rule));
    put_part(say(language, "Căn cứ", "Basis"), parcheck_rule_basis(rule));
    for (size_t i = 0; i < parcheck_family_edition_count(family); i++) {
        const parcheck_edition *edition = parcheck_family_edition(family, i);

        if (parcheck_edition_applies(edition, rule) == 0)
            continue;
        printf("%*s%s\n", INDENT, "", parcheck_edition_name(edition));
        put_rows(edition, rule);
    }
}

/* "procedures-total" in any family, or "cchc/procedures-total". */
static bool rule_is_called(const parcheck_rule *rule, const char *given,
                           size_t length)
{
    const char *family = parcheck_family_name(parcheck_rule_family(rule));
    size_t before = strlen(family);

    if (is_called(parcheck_rule_id(rule), given, length))
        return true;
    return length > before && strncmp(given, family, before) == 0 &&
           given[before] == '/' &&
           is_called(parcheck_rule_id(rule), given + before + 1,
                     length - before - 1);
}

static size_t find_rules(const parcheck_schema *schema, const char *given,
                         size_t length, bool behind_other,
                         parcheck_language language)
{
    size_t found = 0;

    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t j = 0; j < parcheck_family_rule_count(family); j++) {
            const parcheck_rule *rule = parcheck_family_rule(family, j);

            if (!rule_is_called(rule, given, length))
                continue;
            if (behind_other || found > 0)
                putchar('\n');
            explain_rule(rule, language);
            found++;
        }
    }
    return found;
}

/* ---- either -------------------------------------------------------------- */

static int no_such_code(const parcheck_schema *schema, const char *given,
                        parcheck_language language)
{
    suggestion s;

    complain_text(
        say(language,
            "không có mã, quy tắc hay loại này (xem parcheck explain)",
            "no such code, rule or kind (see parcheck explain)"),
        given);
    suggest_begin(&s, given);
    for (size_t i = 0; i < parcheck_code_count(); i++)
        suggest_try(&s, parcheck_code_name(i), strlen(parcheck_code_name(i)));
    for (size_t i = 0; i < kind_count(); i++)
        suggest_try(&s, kind_at(i)->name, strlen(kind_at(i)->name));
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t j = 0; j < parcheck_family_rule_count(family); j++) {
            const char *id = parcheck_rule_id(parcheck_family_rule(family, j));

            suggest_try(&s, id, strlen(id));
        }
    }
    suggest_say(&s, language);
    return EXIT_FAILED;
}

/* A kind, rules, or both: a schema may name its rules as it likes. */
static bool find_other(const parcheck_schema *schema, const char *given,
                       size_t length, parcheck_language language)
{
    bool is_kind = find_kind(given, length, language);

    return find_rules(schema, given, length, is_kind, language) > 0 || is_kind;
}

/* Explains what a report writes: a code, a rule, both with a colon between
 * them, or a kind of explanation, with or without brackets around. */
static int explain(const parcheck_schema *schema, const char *given,
                   parcheck_language language)
{
    size_t length = strlen(given);
    bool brackets = length > 2 && given[0] == '[' && given[length - 1] == ']';
    const char *name = given + brackets;
    size_t size = length - (brackets ? 2 : 0);
    const char *colon = memchr(name, ':', size);
    size_t code = colon != NULL ? (size_t)(colon - name) : size;
    bool is_code = find_code(name, code, language);
    bool is_rule = true;

    if (colon != NULL)
        is_rule = find_rules(schema, colon + 1, size - code - 1, is_code,
                             language) > 0;
    else if (!is_code)
        is_rule = find_other(schema, name, size, language);
    if (!is_rule || (colon != NULL && !is_code))
        return no_such_code(schema, given, language);
    return finish_output(language) ? EXIT_CLEAN : EXIT_FAILED;
}

int command_explain(arguments *args)
{
    request r = {NULL, NULL};
    parcheck_schema *schema = NULL;
    int code;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    if (!parse(&r, args))
        return EXIT_FAILED;
    if (r.name == NULL) {
        list_codes(args->language);
        return finish_output(args->language) ? EXIT_CLEAN : EXIT_FAILED;
    }
    if (!load_schema(&schema, r.schema, args->language))
        return EXIT_FAILED;
    code = explain(schema, r.name, args->language);
    parcheck_schema_free(schema);
    return code;
}
