/* The writers of reports: JSON for tools, text for a terminal. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"
#include "text/show.h"

/* ---- a small reader of JSON, strict about everything --------------------- */

enum { MOST_KEYS = 128, PATH = 256, FORMATS = 7 };

typedef struct reader {
    const char *at;
    char path[PATH]; /* "findings[].cells[].name" of the value being read */
    char keys[MOST_KEYS][PATH]; /* each path once, in the order met */
    size_t key_count;
} reader;

static void keep_key(reader *r)
{
    for (size_t i = 0; i < r->key_count; i++)
        if (strcmp(r->keys[i], r->path) == 0)
            return;
    ck_assert_uint_lt(r->key_count, MOST_KEYS);
    strcpy(r->keys[r->key_count++], r->path);
}

static void skip(reader *r)
{
    r->at += strspn(r->at, " \n");
}

static void take(reader *r, char c)
{
    skip(r);
    ck_assert_msg(*r->at == c, "expected %c at: %.40s", c, r->at);
    r->at++;
}

static bool accept(reader *r, char c)
{
    skip(r);
    if (*r->at != c)
        return false;
    r->at++;
    return true;
}

static void read_escape(reader *r)
{
    r->at++;
    if (*r->at == 'u') {
        ck_assert_uint_eq(strspn(r->at + 1, "0123456789abcdef") >= 4, 1);
        r->at += 4;
    } else {
        ck_assert_msg(*r->at != '\0' && strchr("\"\\nt", *r->at) != NULL,
                      "an escape that is not known: \\%.4s", r->at);
    }
    r->at++;
}

/* The raw text between the quotes. */
static void read_text(reader *r, char *out, size_t size)
{
    const char *from;

    take(r, '"');
    from = r->at;
    while (*r->at != '"') {
        ck_assert_msg((unsigned char)*r->at >= 0x20, "a control in a string");
        if (*r->at == '\\')
            read_escape(r);
        else
            r->at++;
    }
    if (out != NULL)
        (void)snprintf(out, size, "%.*s", (int)(r->at - from), from);
    r->at++;
}

static void read_value(reader *r);

static void read_object(reader *r)
{
    size_t outer = strlen(r->path);
    char seen[64][PATH];
    size_t count = 0;

    if (accept(r, '}'))
        return;
    do {
        char key[64];

        read_text(r, key, sizeof key);
        for (size_t i = 0; i < count; i++)
            ck_assert_msg(strcmp(seen[i], key) != 0, "%s twice", key);
        ck_assert_uint_lt(count, 64);
        strcpy(seen[count++], key);
        (void)snprintf(r->path + outer, PATH - outer, "%s%s",
                       outer > 0 ? "." : "", key);
        keep_key(r);
        take(r, ':');
        read_value(r);
        r->path[outer] = '\0';
    } while (accept(r, ','));
    take(r, '}');
}

static void read_array(reader *r)
{
    size_t outer = strlen(r->path);

    strcat(r->path, "[]");
    if (!accept(r, ']')) {
        do
            read_value(r);
        while (accept(r, ','));
        take(r, ']');
    }
    r->path[outer] = '\0';
}

static void read_value(reader *r)
{
    skip(r);
    if (accept(r, '{')) {
        read_object(r);
    } else if (accept(r, '[')) {
        read_array(r);
    } else if (*r->at == '"') {
        read_text(r, NULL, 0);
    } else if (strncmp(r->at, "null", 4) == 0) {
        r->at += 4;
    } else {
        size_t digits = strspn(r->at, "0123456789");

        ck_assert_msg(digits == 1 || (digits > 1 && *r->at != '0'),
                      "no value: %.40s", r->at);
        r->at += digits;
    }
}

static void read_json(reader *r, const char *json)
{
    memset(r, 0, sizeof *r);
    r->at = json;
    read_value(r);
    ck_assert_str_eq(r->at, "\n");
}

/* ---- reports to write ---------------------------------------------------- */

static parcheck_report *hoa_an(const parcheck_schema *schema)
{
    static char forms[FIXTURE_TEXT];
    static char units[FIXTURE_TEXT];
    const char *texts[] = {forms, units};

    strcpy(forms, fixture_data("hoa-an-2023-q1.csv"));
    strcpy(units, fixture_data("hoa-an-2023-q1-dossiers.csv"));
    return fixture_validate(schema, texts, 2, NULL);
}

static parcheck_report *kong_chro(const parcheck_schema *schema)
{
    return fixture_check(schema, fixture_data("kong-chro-2022-h1.csv"));
}

/* ---- JSON ---------------------------------------------------------------- */

/* All keys in the order of the first value that has them. */
static const char *const keys[] = {"parcheck",
                                   "schemas",
                                   "schemas[].family",
                                   "schemas[].edition",
                                   "schemas[].version",
                                   "schemas[].digest",
                                   "inputs",
                                   "inputs[].name",
                                   "inputs[].schema",
                                   "inputs[].encoding",
                                   "inputs[].delimiter",
                                   "inputs[].layout",
                                   "summary",
                                   "summary.rules",
                                   "summary.rules.holds",
                                   "summary.rules.rounding",
                                   "summary.rules.fails",
                                   "summary.rules.unknown",
                                   "summary.findings",
                                   "summary.findings.error",
                                   "summary.findings.warning",
                                   "summary.findings.note",
                                   "findings",
                                   "findings[].code",
                                   "findings[].severity",
                                   "findings[].rule",
                                   "findings[].unit",
                                   "findings[].unit_code",
                                   "findings[].period",
                                   "findings[].message",
                                   "findings[].message.vi",
                                   "findings[].message.en",
                                   "findings[].left",
                                   "findings[].relation",
                                   "findings[].right",
                                   "findings[].difference",
                                   "findings[].cells",
                                   "findings[].cells[].name",
                                   "findings[].cells[].form",
                                   "findings[].cells[].code",
                                   "findings[].cells[].label",
                                   "findings[].cells[].literal",
                                   "findings[].cells[].input",
                                   "findings[].cells[].line",
                                   "findings[].cells[].column",
                                   "findings[].cells[].address",
                                   "findings[].cause",
                                   "findings[].explanations",
                                   "findings[].explanations[].id",
                                   "findings[].explanations[].kind",
                                   "findings[].explanations[].message",
                                   "findings[].explanations[].message.vi",
                                   "findings[].explanations[].message.en",
                                   "findings[].explanations[].changes",
                                   "findings[].explanations[].changes[].cell",
                                   "findings[].explanations[].changes[].cell.name",
                                   "findings[].explanations[].changes[].cell.form",
                                   "findings[].explanations[].changes[].cell.code",
                                   "findings[].explanations[].changes[].cell.label",
                                   "findings[].explanations[].changes[].cell.literal",
                                   "findings[].explanations[].changes[].cell.input",
                                   "findings[].explanations[].changes[].cell.line",
                                   "findings[].explanations[].changes[].cell.column",
                                   "findings[].explanations[].changes[].cell.address",
                                   "findings[].explanations[].changes[].value",
                                   "findings[].explanations[].changes[].low",
                                   "findings[].explanations[].changes[].high",
                                   "findings[].explanations[].support",
                                   "findings[].explanations[].repairs",
                                   "verdicts",
                                   "verdicts[].rule",
                                   "verdicts[].verdict",
                                   "verdicts[].unit",
                                   "verdicts[].unit_code",
                                   "verdicts[].period",
                                   "verdicts[].reason",
                                   "verdicts[].cells",
                                   "verdicts[].cells[].name",
                                   "verdicts[].cells[].form",
                                   "verdicts[].cells[].code",
                                   "verdicts[].cells[].label",
                                   "verdicts[].cells[].literal",
                                   "verdicts[].cells[].input",
                                   "verdicts[].cells[].line",
                                   "verdicts[].cells[].column",
                                   "verdicts[].cells[].address"};
enum { KEYS = sizeof keys / sizeof *keys, KEYS_WITHOUT_VERDICTS = 69 };

/* Whose a cell is, where that is not said of the finding: no cell need have
 * it. */
static bool is_owner(const char *key)
{
    const char *last = strrchr(key, '.');

    return last != NULL && strstr(key, "cell") != NULL &&
           (strcmp(last, ".unit") == 0 || strcmp(last, ".unit_code") == 0 ||
            strcmp(last, ".period") == 0);
}

/* The number of those of owners. */
static size_t expect_keys(const char *json, size_t count)
{
    size_t owners = 0;
    reader *r = malloc(sizeof *r);

    ck_assert_ptr_nonnull(r);
    read_json(r, json);
    for (size_t i = 0; i < r->key_count; i++) {
        if (is_owner(r->keys[i])) {
            owners++;
            continue;
        }
        ck_assert_uint_lt(i - owners, count);
        ck_assert_str_eq(r->keys[i], keys[i - owners]);
    }
    ck_assert_uint_eq(r->key_count - owners, count);
    free(r);
    return owners;
}

START_TEST(json_has_its_keys_in_their_order)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = _i == 0 ? kong_chro(schema) : hoa_an(schema);
    parcheck_write_options options;
    char *json = fixture_json(report);

    /* The communes of the table of Hòa An have names and codes. */
    ck_assert_uint_eq(expect_keys(json, KEYS), _i == 0 ? 0 : 4);
    free(json);
    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_JSON_REPORT;
    json = fixture_write(report, &options);
    ck_assert_uint_eq(expect_keys(json, KEYS_WITHOUT_VERDICTS),
                      _i == 0 ? 0 : 2);
    free(json);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Every byte of a small report. */
START_TEST(json_of_a_small_report)
{
    static const fixture_table tables[] = {
        {"f", "e.csv",
         FIXTURE_EDITION "1,1,a,Tổng,,count,,\n1,1.1,b,Phần,,count,,\n"},
        {"f", "family.csv", "key,value\nversion,3\n"},
        {"f", "rules.csv", FIXTURE_RULES "r,a = b,error,Bằng,Equal,B\n"}};
    parcheck_schema *schema = fixture_load(tables, 3);
    parcheck_report *report = fixture_judge(schema, FIXTURE_FORM
                                            "1,1,Tổng,,5,\n\n1,1.1,Phần,,3,\n");
    char *json = fixture_json(report);
    char expected[4096];

    (void)snprintf(
        expected, sizeof expected,
        "{\n"
        "  \"parcheck\": \"%s\",\n"
        "  \"schemas\": [\n"
        "    {\n"
        "      \"family\": \"f\",\n"
        "      \"edition\": \"e\",\n"
        "      \"version\": \"3\",\n"
        "      \"digest\": \"%s\"\n"
        "    }\n"
        "  ],\n"
        "  \"inputs\": [\n"
        "    {\n"
        "      \"name\": \"1.csv\",\n"
        "      \"schema\": 0,\n"
        "      \"encoding\": \"UTF-8\",\n"
        "      \"delimiter\": \",\",\n"
        "      \"layout\": \"form\"\n"
        "    }\n"
        "  ],\n"
        "  \"summary\": {\n"
        "    \"rules\": {\n"
        "      \"holds\": 0,\n"
        "      \"rounding\": 0,\n"
        "      \"fails\": 1,\n"
        "      \"unknown\": 0\n"
        "    },\n"
        "    \"findings\": {\n"
        "      \"error\": 1,\n"
        "      \"warning\": 0,\n"
        "      \"note\": 0\n"
        "    }\n"
        "  },\n"
        "  \"findings\": [\n"
        "    {\n"
        "      \"code\": \"rule.fails\",\n"
        "      \"severity\": \"error\",\n"
        "      \"rule\": \"r\",\n"
        "      \"unit\": null,\n"
        "      \"unit_code\": null,\n"
        "      \"period\": null,\n"
        "      \"message\": {\n"
        "        \"vi\": \"Bằng: 5 ≠ 3, lệch 2\",\n"
        "        \"en\": \"Equal: 5 ≠ 3, off by 2\"\n"
        "      },\n"
        "      \"left\": \"5\",\n"
        "      \"relation\": \"=\",\n"
        "      \"right\": \"3\",\n"
        "      \"difference\": \"2\",\n"
        "      \"cells\": [\n"
        "        {\"name\": \"a\", \"form\": \"1\", \"code\": \"1\", "
        "\"label\": \"Tổng\", \"literal\": \"5\", \"input\": 0, \"line\": 2, "
        "\"column\": 5, \"address\": \"E2\"},\n"
        "        {\"name\": \"b\", \"form\": \"1\", \"code\": \"1.1\", "
        "\"label\": \"Phần\", \"literal\": \"3\", \"input\": 0, \"line\": 4, "
        "\"column\": 5, \"address\": \"E4\"}\n"
        "      ],\n"
        "      \"cause\": null,\n"
        "      \"explanations\": []\n"
        "    }\n"
        "  ],\n"
        "  \"verdicts\": [\n"
        "    {\n"
        "      \"rule\": \"r\",\n"
        "      \"verdict\": \"fails\",\n"
        "      \"unit\": null,\n"
        "      \"unit_code\": null,\n"
        "      \"period\": null,\n"
        "      \"reason\": null,\n"
        "      \"cells\": [\n"
        "        {\"name\": \"a\", \"form\": \"1\", \"code\": \"1\", "
        "\"label\": \"Tổng\", \"literal\": \"5\", \"input\": 0, \"line\": 2, "
        "\"column\": 5, \"address\": \"E2\"},\n"
        "        {\"name\": \"b\", \"form\": \"1\", \"code\": \"1.1\", "
        "\"label\": \"Phần\", \"literal\": \"3\", \"input\": 0, \"line\": 4, "
        "\"column\": 5, \"address\": \"E4\"}\n"
        "      ]\n"
        "    }\n"
        "  ]\n"
        "}\n",
        parcheck_version(),
        parcheck_edition_digest(parcheck_report_edition(report, 0)));
    ck_assert_str_eq(json, expected);
    free(json);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(json_of_an_input_that_is_not_known)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report = fixture_check(schema, "x,y\n1,2\n");
    char *json = fixture_json(report);
    reader *r = malloc(sizeof *r);

    ck_assert_ptr_nonnull(r);
    read_json(r, json);
    free(r);
    ck_assert_ptr_nonnull(strstr(json, "\"schemas\": []"));
    ck_assert_ptr_nonnull(strstr(json, "\"schema\": null,"));
    ck_assert_ptr_nonnull(strstr(json, "\"layout\": null"));
    ck_assert_ptr_nonnull(strstr(json, "\"verdicts\": []"));
    free(json);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* What is in a label, in JSON and on a terminal. */
static const struct {
    const char *label; /* as a quoted field */
    const char *json;
    const char *text;
} escapes[] = {
    {"a\"\"b", "“a\\\"b”", "“a\"b”"},
    {"a\\b", "“a\\\\b”", "“a\\b”"},
    {"a\nb", "“a\\nb”", "“a b”"},
    {"a\r\nb", "“a\\u000d\\nb”", "“a  b”"},
    {"a\tb", "“a\\tb”", "“a b”"},
    {"a\001b", "“a\\u0001b”", "“a<U+0001>b”"},
    {"a\033[31mb", "“a\\u001b[31mb”", "“a<U+001B>[31mb”"},
    {"a\x7F"
     "b",
     "“a\\u007fb”", "“a<U+007F>b”"},
    {"a\xC2\x9B"
     "b", /* CSI of the eight-bit set */
     "“a\\u009bb”", "“a<U+009B>b”"},
    {"a\xE2\x80\xAE"
     "b", /* right-to-left override */
     "“a\\u202eb”", "“a<U+202E>b”"},
    {"a\xE2\x81\xA6"
     "b", /* left-to-right isolate */
     "“a\\u2066b”", "“a<U+2066>b”"},
    {"a\xE2\x80\xA8"
     "b", /* line separator */
     "“a\\u2028b”", "“a<U+2028>b”"},
    {"a\xF3\xA0\x80\x81"
     "b", /* a tag character, beyond the first plane */
     "“a\\udb40\\udc01b”", "“a<U+E0001>b”"},
    {"đ𝟙", "“đ𝟙”", "“đ𝟙”"},
    {"</script>", "“</script>”", "“</script>”"},
    {"100%s%n", "“100%s%n”", "“100%s%n”"},
    {"{1}{2}", "“{1}{2}”", "“{1}{2}”"},
};

static bool has_control(const char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < 0x20 && *text != '\n') || *text == 0x7F)
            return true;
    return false;
}

START_TEST(texts_are_made_harmless)
{
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_write_options options;
    parcheck_report *report;
    char input[1024];
    char *json;
    char *text;
    reader *r = malloc(sizeof *r);

    (void)snprintf(input, sizeof input,
                   FIXTURE_FORM "1,11,Row z,,1,\n1,99,\"%s\",,5,\n",
                   escapes[_i].label);
    report = fixture_check(schema, input);
    ck_assert_str_eq(fixture_findings(report),
                     "row.unknown@3:5 row.missing@2:5");
    json = fixture_json(report);
    ck_assert_ptr_nonnull(r);
    read_json(r, json);
    ck_assert_msg(strstr(json, escapes[_i].json) != NULL, "%s not in %s",
                  escapes[_i].json, json);
    ck_assert(!has_control(json));
    parcheck_write_options_init(&options, sizeof options);
    options.width = 1000;
    text = fixture_write(report, &options);
    ck_assert_msg(strstr(text, escapes[_i].text) != NULL, "%s not in %s",
                  escapes[_i].text, text);
    ck_assert(!has_control(text));
    free(r);
    free(json);
    free(text);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- text ---------------------------------------------------------------- */

static void expect_width(const char *text, size_t width)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        ck_assert_msg(pc_text_width(text, length) <= width,
                      "wider than %zu: %.*s", width, (int)length, text);
        ck_assert_msg(text[length] == '\n', "the last line has no end");
        text += length + 1;
    }
}

START_TEST(text_is_never_wider_than_asked)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = _i == 0 ? kong_chro(schema) : hoa_an(schema);
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    for (options.width = 40; options.width <= 120; options.width++) {
        for (int language = 0; language < 2; language++) {
            char *text;

            options.language = (parcheck_language)language;
            text = fixture_write(report, &options);
            expect_width(text, options.width);
            free(text);
        }
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Long words of every kind: names, labels, literals, codes. */
START_TEST(long_words_are_broken)
{
    char input[2048];
    char word[201];
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report;
    parcheck_write_options options;

    memset(word, 'w', 200);
    word[200] = '\0';
    (void)snprintf(input, sizeof input,
                   FIXTURE_FORM "1,1,%s,,%s,\n1,2,Row b,,1,\n1,%s,%s,,5,\n"
                                "1,11,Row z,,1,\n",
                   word, word, word, word);
    report = fixture_check(schema, input);
    parcheck_write_options_init(&options, sizeof options);
    for (options.width = 40; options.width <= 120; options.width += 10) {
        char *text = fixture_write(report, &options);

        expect_width(text, options.width);
        free(text);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Every byte of a small report, in both languages. */
START_TEST(text_of_a_small_report)
{
    static const char *const expected[] = {
        "parcheck %s\n"
        "  1.csv — t/e\n"
        "\n"
        "LỖI 1.csv:3 [r]\n"
        "  II. Phần\n"
        "  VI\n"
        "    7 ≠ 2 + 4 = 6, lệch 1\n"
        "           7  C3  1:3 Column u\n"
        "           2  C4  1:3 Column u\n"
        "           4  C5  1:3 Column u\n"
        "\n"
        "CẢNH BÁO 1.csv:1:1 [row.missing]\n"
        "  biểu 1 thiếu 1 dòng: I\n"
        "\n"
        "Từng quy tắc:\n"
        "  r: sai — II. Phần\n"
        "\n"
        "Quy tắc: 0 đúng, 0 làm tròn khác, 1 sai, 0 không kiểm tra được\n"
        "Phát hiện: 1 lỗi, 1 cảnh báo, 0 ghi chú\n"
        "Lược đồ: t/e\n"
        "  %s\n",
        "parcheck %s\n"
        "  1.csv — t/e\n"
        "\n"
        "ERROR 1.csv:3 [r]\n"
        "  II. Phần\n"
        "  EN\n"
        "    7 ≠ 2 + 4 = 6, off by 1\n"
        "           7  C3  1:3 Column u\n"
        "           2  C4  1:3 Column u\n"
        "           4  C5  1:3 Column u\n"
        "\n"
        "WARNING 1.csv:1:1 [row.missing]\n"
        "  form 1 lacks 1 of its rows: I\n"
        "\n"
        "Every rule:\n"
        "  r: fails — II. Phần\n"
        "\n"
        "Rules: 0 hold, 0 hold by other rounding, 1 fails, 0 could not be "
        "checked\n"
        "Findings: 1 error, 1 warning, 0 notes\n"
        "Schema: t/e\n"
        "  %s\n"};
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    parcheck_report *report = fixture_judge(
        schema, "stt,unit_name,u,v,w\n\nII,Phần,7,,\n1,A,2,,\n2,B,4,,\n");
    parcheck_write_options options;
    char *text;
    char filled[2048];
    const char *digest = parcheck_edition_digest(
        parcheck_report_edition(report, 0));

    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    options.language = (parcheck_language)_i;
    text = fixture_write(report, &options);
    if (_i == 0)
        (void)snprintf(filled, sizeof filled, expected[0], parcheck_version(),
                       digest);
    else
        (void)snprintf(filled, sizeof filled, expected[1], parcheck_version(),
                       digest);
    ck_assert_str_eq(text, filled);
    free(text);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Takes the colours out again. */
static void strip_colors(char *text)
{
    char *to = text;

    while (*text != '\0') {
        if (text[0] == '\033' && text[1] == '[') {
            text += strcspn(text, "m") + 1;
            continue;
        }
        *to++ = *text++;
    }
    *to = '\0';
}

START_TEST(colors_only_when_asked)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = hoa_an(schema);
    parcheck_write_options options;
    char *plain;
    char *colored;

    parcheck_write_options_init(&options, sizeof options);
    plain = fixture_write(report, &options);
    options.color = 1;
    colored = fixture_write(report, &options);
    ck_assert_ptr_null(strchr(plain, '\033'));
    ck_assert_ptr_nonnull(strstr(colored, "\033[1;31mLỖI\033[0m "));
    ck_assert_ptr_nonnull(strstr(colored, "\033[1;33mCẢNH BÁO\033[0m "));
    ck_assert_ptr_nonnull(strstr(colored, "\033[1;36mGHI CHÚ\033[0m "));
    strip_colors(colored);
    ck_assert(strcmp(colored, plain) == 0);
    free(colored);
    options.format = PARCHECK_JSON_REPORT;
    colored = fixture_write(report, &options);
    ck_assert_ptr_null(strchr(colored, '\033'));
    free(plain);
    free(colored);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(the_default_is_vietnamese_text_of_80_columns)
{
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report = kong_chro(schema);
    parcheck_write_options options;
    char *expected;
    char *text = fixture_write(report, NULL);

    memset(&options, 0x5A, sizeof options);
    parcheck_write_options_init(&options, sizeof options);
    ck_assert_uint_eq(options.size, sizeof options);
    ck_assert_int_eq(options.format, PARCHECK_TEXT_REPORT);
    ck_assert_int_eq(options.language, PARCHECK_VIETNAMESE);
    ck_assert_int_eq(options.verdicts, 0);
    ck_assert_int_eq(options.color, 0);
    ck_assert_uint_eq(options.width, 80);
    expected = fixture_write(report, &options);
    ck_assert(strcmp(text, expected) == 0);
    expect_width(text, 80);
    ck_assert_ptr_nonnull(strstr(text, "\nQuy tắc: "));
    ck_assert_ptr_null(strstr(text, "Từng quy tắc:"));
    free(text);
    free(expected);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- the callback -------------------------------------------------------- */

typedef struct sink {
    size_t calls;
    size_t refuses_at; /* from 1; 0 for never */
    size_t bytes;
} sink;

static int refuse(void *context, const void *bytes, size_t size)
{
    sink *s = context;

    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_gt(size, 0);
    s->calls++;
    s->bytes += size;
    return s->calls == s->refuses_at ? 7 : 0;
}

/* A report that is handed over in several pieces. */
static parcheck_report *large_report(const parcheck_schema *schema)
{
    char *text = malloc(1 << 20);
    size_t used;
    parcheck_report *report;

    ck_assert_ptr_nonnull(text);
    used = (size_t)sprintf(text,
                           "stt,unit_name,u,v,w\nI,H,1,1,1\nII,P,1,1,1\n");
    for (int i = 1; i <= 2000; i++)
        used += (size_t)sprintf(text + used, "%d,Unit %d,2,1,1\n", i, i);
    report = fixture_check(schema, text);
    free(text);
    return report;
}

START_TEST(a_callback_that_refuses_stops_the_writing)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_report *report = large_report(schema);
    parcheck_write_options options;
    sink all = {0, 0, 0};

    parcheck_write_options_init(&options, sizeof options);
    options.format = (parcheck_format)_i;
    options.verdicts = 1;
    ck_assert_int_eq(
        parcheck_report_write(report, &options, refuse, &all, NULL),
        PARCHECK_OK);
    ck_assert_uint_ge(all.calls, 4);
    for (size_t i = 1; i <= all.calls; i++) {
        sink s = {0, i, 0};
        parcheck_error error;

        memset(&error, 0x5A, sizeof error);
        ck_assert_int_eq(
            parcheck_report_write(report, &options, refuse, &s, &error),
            PARCHECK_EWRITE);
        ck_assert_uint_eq(s.calls, i);
        ck_assert_uint_le(s.bytes, all.bytes);
        ck_assert_int_eq(error.status, PARCHECK_EWRITE);
        ck_assert_str_eq(error.source, "");
        ck_assert_uint_eq(error.line, 0);
        ck_assert_str_eq(error.en, "the report cannot be written");
        ck_assert_str_eq(error.vi, "không ghi được báo cáo");
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

static void expect_invalid(const parcheck_report *report,
                           const parcheck_write_options *options,
                           parcheck_write_fn write)
{
    sink s = {0, 0, 0};
    parcheck_error error;

    memset(&error, 0x5A, sizeof error);
    ck_assert_int_eq(parcheck_report_write(report, options, write, &s, &error),
                     PARCHECK_EINVAL);
    ck_assert_int_eq(error.status, PARCHECK_EINVAL);
    ck_assert_str_eq(error.en, "the options for writing make no sense");
    ck_assert_str_eq(error.vi, "tùy chọn ghi báo cáo không hợp lệ");
    ck_assert_uint_eq(s.calls, 0);
    ck_assert_int_eq(parcheck_report_write(report, options, write, &s, NULL),
                     PARCHECK_EINVAL);
}

START_TEST(options_that_make_no_sense)
{
    static const unsigned widths[] = {0, 39, 1001, 4294967295u};
    parcheck_schema *schema = fixture_schema("f", "a = b");
    parcheck_report *report = fixture_check(schema, "");
    parcheck_write_options good;
    parcheck_write_options bad;

    parcheck_write_options_init(&good, sizeof good);
    expect_invalid(report, &good, NULL);
    expect_invalid(report, NULL, NULL);
    bad = good;
    bad.format = (parcheck_format)FORMATS;
    expect_invalid(report, &bad, refuse);
    bad = good;
    bad.language = (parcheck_language)2;
    expect_invalid(report, &bad, refuse);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        bad = good;
        bad.width = widths[i];
        expect_invalid(report, &bad, refuse);
    }
    good.width = 40;
    free(fixture_write(report, &good));
    good.width = 1000;
    free(fixture_write(report, &good));
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(formats_have_names)
{
    for (int i = 0; i < FORMATS; i++) {
        const char *name = parcheck_format_name((parcheck_format)i);
        parcheck_format format = (parcheck_format)FORMATS;

        ck_assert_ptr_nonnull(name);
        ck_assert_int_eq(parcheck_format_find(name, &format), 1);
        ck_assert_int_eq(format, i);
    }
    ck_assert_ptr_null(parcheck_format_name((parcheck_format)FORMATS));
    ck_assert_ptr_null(parcheck_format_name((parcheck_format)-1));
    for (size_t i = 0; i < 3; i++) {
        parcheck_format format = PARCHECK_JSON_REPORT;
        static const char *const none[] = {"", "JSON", "xml"};

        ck_assert_int_eq(parcheck_format_find(none[i], &format), 0);
        ck_assert_int_eq(format, PARCHECK_JSON_REPORT);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *json = tcase_create("json");
    TCase *text = tcase_create("text");
    TCase *write = tcase_create("write");

    tcase_add_loop_test(json, json_has_its_keys_in_their_order, 0, 2);
    tcase_add_test(json, json_of_a_small_report);
    tcase_add_test(json, json_of_an_input_that_is_not_known);
    tcase_add_loop_test(json, texts_are_made_harmless, 0,
                        sizeof escapes / sizeof *escapes);
    suite_add_tcase(suite, json);
    tcase_set_timeout(text, 120);
    tcase_add_loop_test(text, text_is_never_wider_than_asked, 0, 2);
    tcase_add_test(text, long_words_are_broken);
    tcase_add_loop_test(text, text_of_a_small_report, 0, 2);
    tcase_add_test(text, colors_only_when_asked);
    tcase_add_test(text, the_default_is_vietnamese_text_of_80_columns);
    suite_add_tcase(suite, text);
    tcase_set_timeout(write, 120);
    tcase_add_loop_test(write, a_callback_that_refuses_stops_the_writing, 0,
                        FORMATS);
    tcase_add_test(write, formats_have_names);
    tcase_add_test(write, options_that_make_no_sense);
    suite_add_tcase(suite, write);
    return pc_run_suite(suite);
}
