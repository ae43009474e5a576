#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "progress.h"

typedef struct check {
    parcheck_input *inputs;
    size_t count;
    const char *schema;
    const char *output;
    const char *format;
    parcheck_options options;
    parcheck_write_options writing;
} check;

static const char help_vi[] =
    "Cách dùng: parcheck check TỆP... [tùy chọn]\n"
    "\n"
    "Kiểm tra số liệu trong các tệp CSV của một báo cáo. “-” là đầu\n"
    "vào chuẩn.\n"
    "\n"
    "  --edition TÊN   ấn bản của biểu mẫu (xem parcheck schema list); nếu\n"
    "                  không ghi thì tự tìm ấn bản khớp nhất\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục thay cho bảng có sẵn\n"
    "  --layout LOẠI   form, table, series hoặc long (nếu không ghi: tự tìm)\n"
    "  --encoding TÊN  bảng mã, như UTF-8, TCVN3, VNI (nếu không ghi: tự tìm)\n"
    "  --delimiter C   dấu phân cách cột, “tab” là dấu tab (nếu không: tự "
    "tìm)\n"
    "  --format DẠNG   text (mặc định), json, ndjson, csv (mở bằng bảng\n"
    "                  tính), junit, sarif hoặc html (trang để xem và in)\n"
    "  --lang vi|en    ngôn ngữ của báo cáo\n"
    "  --verdicts      liệt kê kết quả của từng quy tắc\n"
    "  --no-explain    không tìm nguyên nhân của các quy tắc sai\n"
    "  -o TỆP          ghi báo cáo vào tệp\n"
    "  --max-file-bytes, --max-field-bytes, --max-fields, --max-records,\n"
    "  --max-findings N  giới hạn; cái cuối là cho mỗi mã\n"
    "\n"
    "Mã kết thúc: 0 không có lỗi, 1 có lỗi trong số liệu, 2 không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck check FILE... [options]\n"
    "\n"
    "Checks the numbers in the CSV files of one submission. \"-\" is\n"
    "standard input.\n"
    "\n"
    "  --edition NAME  the edition of the forms (see parcheck schema list);\n"
    "                  without it, the one that fits best\n"
    "  --schema DIR    use the tables of a folder, not the built-in ones\n"
    "  --layout KIND   form, table, series or long; found if not given\n"
    "  --encoding NAME such as UTF-8, TCVN3, VNI; found if not given\n"
    "  --delimiter C   between fields, \"tab\" for a tab; found if not given\n"
    "  --format FORM   text (default), json, ndjson, csv (for a\n"
    "                  spreadsheet), junit, sarif or html (a page to read)\n"
    "  --lang vi|en    the language of the report\n"
    "  --verdicts      list what came of every rule\n"
    "  --no-explain    do not look for causes of rules that fail\n"
    "  -o FILE         write the report to a file\n"
    "  --max-file-bytes, --max-field-bytes, --max-fields, --max-records,\n"
    "  --max-findings N  ceilings; the last one for each code\n"
    "\n"
    "Exit code: 0 nothing wrong, 1 errors in the data, 2 could not run.\n";

static int read_stdin(void *context, void *buffer, size_t size, size_t *got)
{
    (void)context;
    *got = fread(buffer, 1, size, stdin);
    return ferror(stdin) != 0 ? -1 : 0;
}

/* False if standard input is asked for twice. */
static bool add_input(check *c, const char *path)
{
    parcheck_input *input = &c->inputs[c->count++];

    parcheck_input_init(input, sizeof *input);
    if (strcmp(path, "-") != 0) {
        input->path = path;
        return true;
    }
    input->read = read_stdin;
    for (size_t i = 0; i + 1 < c->count; i++)
        if (c->inputs[i].read != NULL)
            return false;
    return true;
}

static bool set_format(check *c, const arguments *args)
{
    return c->format == NULL ||
           parse_format(&c->writing.format, args, c->format);
}

/* "--max-findings 100" and the other ceilings. */
static bool take_ceiling(check *c, arguments *args, const char **value,
                         bool *bad)
{
    const struct {
        const char *name;
        size_t *ceiling;
    } ceilings[] = {{"--max-file-bytes", &c->options.max_file_bytes},
                    {"--max-field-bytes", &c->options.max_field_bytes},
                    {"--max-fields", &c->options.max_fields},
                    {"--max-records", &c->options.max_records},
                    {"--max-findings", &c->options.max_findings}};

    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
        if (!take_option(args, ceilings[i].name, value))
            continue;
        *bad = *value != NULL && !parse_count(*value, ceilings[i].ceiling);
        if (*bad)
            complain_text(say(args->language, "cần một số nguyên từ 1",
                              "expected a whole number from 1 up"),
                          *value);
        return true;
    }
    return false;
}

/* An option with its value; `*bad` if the value is missing or wrong. */
static bool take_value(check *c, arguments *args, bool *bad)
{
    const char *value = NULL;

    if (take_option(args, "--lang", &value)) {
        *bad = !parse_language(args, value);
        return true;
    }
    if (take_option(args, "--edition", &value))
        c->options.edition = value;
    else if (take_option(args, "--schema", &value))
        c->schema = value;
    else if (take_option(args, "--layout", &value))
        c->options.layout = value;
    else if (take_option(args, "--encoding", &value))
        c->options.encoding = value;
    else if (take_option(args, "--delimiter", &value))
        *bad = value != NULL &&
               !parse_delimiter(&c->options.delimiter, args->language, value);
    else if (take_ceiling(c, args, &value, bad))
        ; /* has set it */
    else if (take_option(args, "--format", &value))
        c->format = value;
    else if (take_option(args, "-o", &value) ||
             take_option(args, "--output", &value))
        c->output = value;
    else
        return false;
    if (value == NULL)
        wrong_argument(args);
    *bad = *bad || value == NULL;
    return true;
}

/* The report must not take the place of what it is about. */
static bool spares_inputs(const check *c, const arguments *args)
{
    for (size_t i = 0; c->output != NULL && i < c->count; i++) {
        if (c->inputs[i].path != NULL &&
            is_same_file(c->inputs[i].path, c->output)) {
            complain_text(say(args->language, "-o sẽ ghi đè tệp cần kiểm tra",
                              "-o would overwrite a file to check"),
                          c->output);
            return false;
        }
    }
    return true;
}

/* Returns false when the command line is wrong, and has said so. */
static bool parse(check *c, arguments *args)
{
    while (args->next < args->count) {
        const char *operand;
        bool bad = false;

        if (take_flag(args, "--verdicts")) {
            c->writing.verdicts = 1;
            continue;
        }
        if (take_flag(args, "--no-explain")) {
            c->options.explain = 0;
            continue;
        }
        if (take_value(c, args, &bad)) {
            if (bad)
                return false;
            continue;
        }
        operand = take_operand(args);
        if (operand == NULL) {
            wrong_argument(args);
            return false;
        }
        if (!add_input(c, operand)) {
            complain_text(say(args->language, "“-” chỉ được ghi một lần",
                              "“-” can be given only once"),
                          NULL);
            return false;
        }
    }
    if (c->count == 0)
        wrong_argument(args);
    return c->count > 0 && spares_inputs(c, args) && set_format(c, args);
}

static bool wants_color(const check *c)
{
    const char *no_color = getenv("NO_COLOR");

    return c->output == NULL && isatty(STDOUT_FILENO) != 0 &&
           (no_color == NULL || no_color[0] == '\0');
}

static int run(check *c, parcheck_language language)
{
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_status status;
    progress bar;
    parcheck_error error;
    int code = EXIT_FAILED;

    c->writing.language = language;
    c->writing.color = wants_color(c) ? 1 : 0;
    if (!load_schema(&schema, c->schema, language))
        return EXIT_FAILED;
    progress_begin(&bar, &c->options, language);
    status = parcheck_validate(&report, schema, c->inputs, c->count,
                               &c->options, &error);
    progress_end(&bar);
    if (status != PARCHECK_OK) {
        complain(language, &error);
        if (error.status == PARCHECK_EINVAL && c->options.edition != NULL)
            suggest_edition(schema, c->options.edition, language);
    }
    if (report != NULL && write_report(report, &c->writing, c->output))
        code = parcheck_report_severity_count(report, PARCHECK_ERROR) > 0
                   ? EXIT_FINDINGS
                   : EXIT_CLEAN;
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return code;
}

int command_check(arguments *args)
{
    check c;
    int code = EXIT_FAILED;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    memset(&c, 0, sizeof c);
    parcheck_options_init(&c.options, sizeof c.options);
    parcheck_write_options_init(&c.writing, sizeof c.writing);
    c.inputs = calloc((size_t)args->count + 1, sizeof *c.inputs);
    if (c.inputs == NULL)
        return complain_text(say(args->language, "hết bộ nhớ", "out of memory"),
                             NULL);
    if (parse(&c, args))
        code = run(&c, args->language);
    free(c.inputs);
    return code;
}
