#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "progress.h"

enum { BLOCK = 1 << 18 };

typedef struct archive {
    const char *input; /* "-" is standard input */
    const char *schema;
    const char *hierarchy;
    const char *output;
    bool text;
    parcheck_language language;
    parcheck_stream_options options;
    FILE *file; /* what is written */
    int code;
} archive;

static const char help_vi[] =
    "Cách dùng: parcheck archive TỆP [tùy chọn]\n"
    "\n"
    "Kiểm tra nhiều báo cáo trong một bảng dài có các cột unit, parent,\n"
    "period, form, code, value. Đọc một lượt; bảng sắp theo đơn vị và kỳ thì\n"
    "bộ nhớ không tăng theo độ dài. “-” là đầu vào chuẩn.\n"
    "\n"
    "  --hierarchy TỆP danh mục đơn vị: CSV có các cột unit, parent, name\n"
    "  --unsorted      các dòng theo thứ tự bất kỳ\n"
    "  --edition TÊN   ấn bản của biểu mẫu; nếu không ghi thì tự tìm cho từng\n"
    "                  báo cáo, hoặc lấy ở cột edition\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục thay cho bảng có sẵn\n"
    "  --encoding TÊN  bảng mã, như UTF-8, TCVN3, VNI (nếu không ghi: tự tìm)\n"
    "  --delimiter C   dấu phân cách cột, “tab” là dấu tab (nếu không: tự\n"
    "                  tìm)\n"
    "  --format DẠNG   ndjson (mặc định) hoặc text\n"
    "  --lang vi|en    ngôn ngữ của dạng text\n"
    "  --no-explain    không tìm nguyên nhân của các quy tắc sai\n"
    "  -o TỆP          ghi kết quả vào tệp\n"
    "  --max-field-bytes, --max-fields, --max-findings,\n"
    "  --max-submission-bytes, --max-held-bytes N  giới hạn\n"
    "\n"
    "Mã kết thúc: 0 không có lỗi, 1 có lỗi trong số liệu, 2 không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck archive FILE [options]\n"
    "\n"
    "Checks many submissions in one long table with the columns unit, parent,\n"
    "period, form, code, value. It is read once; if it is sorted by unit and\n"
    "period, memory does not grow with its length. \"-\" is standard input.\n"
    "\n"
    "  --hierarchy F   the units: CSV with the columns unit, parent, name\n"
    "  --unsorted      the rows come in any order\n"
    "  --edition NAME  the edition of the forms; without it, the one that\n"
    "                  fits each submission, or that its column edition names\n"
    "  --schema DIR    use the tables of a folder, not the built-in ones\n"
    "  --encoding NAME such as UTF-8, TCVN3, VNI; found if not given\n"
    "  --delimiter C   between fields, \"tab\" for a tab; found if not given\n"
    "  --format FORM   ndjson (default) or text\n"
    "  --lang vi|en    the language of the text\n"
    "  --no-explain    do not look for causes of rules that fail\n"
    "  -o FILE         write the result to a file\n"
    "  --max-field-bytes, --max-fields, --max-findings,\n"
    "  --max-submission-bytes, --max-held-bytes N  ceilings\n"
    "\n"
    "Exit code: 0 nothing wrong, 1 errors in the data, 2 could not run.\n";

/* ---- arguments ------------------------------------------------------------
 */

static bool set_delimiter(archive *a, const char *value)
{
    if (strcmp(value, "tab") == 0)
        a->options.delimiter = '\t';
    else if (value[0] != '\0' && value[1] == '\0')
        a->options.delimiter = value[0];
    else {
        complain_text(say(a->language, "--delimiter cần một ký tự hoặc tab",
                          "--delimiter needs one character or tab"),
                      value);
        return false;
    }
    return true;
}

static bool set_format(archive *a, const char *value)
{
    a->text = strcmp(value, "text") == 0;
    if (a->text || strcmp(value, "ndjson") == 0)
        return true;
    complain_text(say(a->language, "--format cần ndjson hoặc text",
                      "--format needs ndjson or text"),
                  value);
    return false;
}

static bool set_number(const archive *a, size_t *number, const char *value)
{
    if (parse_count(value, number))
        return true;
    complain_text(say(a->language, "cần một số nguyên từ 1",
                      "expected a whole number from 1 up"),
                  value);
    return false;
}

/* The number that an option sets, or NULL. */
static size_t *ceiling_of(archive *a, arguments *args, const char **value)
{
    const struct {
        const char *name;
        size_t *ceiling;
    } ceilings[] = {
        {"--max-field-bytes", &a->options.max_field_bytes},
        {"--max-fields", &a->options.max_fields},
        {"--max-findings", &a->options.max_findings},
        {"--max-submission-bytes", &a->options.max_submission_bytes},
        {"--max-held-bytes", &a->options.max_held_bytes}};

    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++)
        if (take_option(args, ceilings[i].name, value))
            return ceilings[i].ceiling;
    return NULL;
}

/* An option whose value is kept as it is. */
static bool take_text(archive *a, arguments *args, const char **value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"--edition", &a->options.edition},
                 {"--schema", &a->schema},
                 {"--hierarchy", &a->hierarchy},
                 {"--encoding", &a->options.encoding},
                 {"--output", &a->output},
                 {"-o", &a->output}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!take_option(args, texts[i].name, value))
            continue;
        *texts[i].text = *value;
        return true;
    }
    return false;
}

/* An option with its value; `*bad` if it is missing or wrong. */
static bool take_value(archive *a, arguments *args, bool *bad)
{
    const char *value = NULL;
    size_t *ceiling;

    if (take_option(args, "--lang", &value)) {
        *bad = !parse_language(args, value);
        a->language = args->language;
        return true;
    }
    ceiling = ceiling_of(a, args, &value);
    if (ceiling != NULL)
        *bad = value != NULL && !set_number(a, ceiling, value);
    else if (take_option(args, "--delimiter", &value))
        *bad = value != NULL && !set_delimiter(a, value);
    else if (take_option(args, "--format", &value))
        *bad = value != NULL && !set_format(a, value);
    else if (!take_text(a, args, &value))
        return false;
    if (value == NULL)
        wrong_argument(args);
    *bad = *bad || value == NULL;
    return true;
}

static bool is_same_file(const char *one, const char *other)
{
    struct stat a;
    struct stat b;

    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/* The output must not take the place of what it is about. */
static bool spares_inputs(const archive *a)
{
    if (a->output == NULL ||
        (!is_same_file(a->input, a->output) &&
         (a->hierarchy == NULL || !is_same_file(a->hierarchy, a->output))))
        return true;
    complain_text(say(a->language, "-o sẽ ghi đè tệp cần kiểm tra",
                      "-o would overwrite a file to check"),
                  a->output);
    return false;
}

/* Returns false when the command line is wrong, and has said so. */
static bool parse(archive *a, arguments *args)
{
    while (args->next < args->count) {
        bool bad = false;
        const char *operand;

        if (take_flag(args, "--unsorted")) {
            a->options.unsorted = 1;
            continue;
        }
        if (take_flag(args, "--no-explain")) {
            a->options.explain = 0;
            continue;
        }
        if (take_value(a, args, &bad)) {
            if (bad)
                return false;
            continue;
        }
        operand = a->input == NULL ? take_operand(args) : NULL;
        if (operand == NULL) {
            wrong_argument(args);
            return false;
        }
        a->input = operand;
    }
    if (a->input == NULL)
        wrong_argument(args);
    return a->input != NULL && spares_inputs(a);
}

/* ---- output ---------------------------------------------------------------
 */

static int write_bytes(void *context, const void *bytes, size_t size)
{
    archive *a = context;

    return fwrite(bytes, 1, size, a->file) == size ? 0 : -1;
}

static const char *severity_text(const archive *a, parcheck_severity severity)
{
    switch (severity) {
    case PARCHECK_ERROR:
        return say(a->language, "LỖI", "ERROR");
    case PARCHECK_WARNING:
        return say(a->language, "CẢNH BÁO", "WARNING");
    default:
        return say(a->language, "GHI CHÚ", "NOTE");
    }
}

/* What steers a terminal is not printed. */
static void print_text(FILE *file, const char *text)
{
    for (; *text != '\0'; text++)
        (void)fputc((unsigned char)*text < 0x20 || *text == 0x7F ? ' ' : *text,
                    file);
}

/* "ERROR line 12 [rule] unit, period: message" */
static int print_finding(void *context, const parcheck_finding *finding)
{
    const archive *a = context;
    const parcheck_rule *rule = parcheck_finding_rule(finding);
    const char *unit = parcheck_finding_unit(finding);
    const char *period = parcheck_finding_period(finding);
    const char *code = parcheck_finding_code(finding);

    (void)fputs(severity_text(a, parcheck_finding_severity(finding)), a->file);
    if (parcheck_finding_cell_count(finding) > 0)
        (void)fprintf(a->file, " %s %zu", say(a->language, "dòng", "line"),
                      parcheck_cell_line(parcheck_finding_cell(finding, 0)));
    if (rule != NULL && strcmp(code, "rule.fails") == 0)
        code = parcheck_rule_id(rule);
    (void)fprintf(a->file, " [%s] ", code);
    if (unit != NULL) {
        print_text(a->file, unit);
        if (period != NULL) {
            (void)fputs(", ", a->file);
            print_text(a->file, period);
        }
        (void)fputs(": ", a->file);
    }
    print_text(a->file, parcheck_finding_message(finding, a->language));
    return fputc('\n', a->file) == EOF ? -1 : 0;
}

static void print_summary(const archive *a, const parcheck_stream *s)
{
    (void)fprintf(
        a->file,
        say(a->language,
            "Báo cáo: %zu (%zu dòng)\n"
            "Quy tắc: %zu đúng, %zu làm tròn khác, %zu sai, %zu không kiểm "
            "tra được\n"
            "Phát hiện: %zu lỗi, %zu cảnh báo, %zu ghi chú\n",
            "Submissions: %zu (%zu rows)\n"
            "Rules: %zu hold, %zu hold by other rounding, %zu fail, %zu could "
            "not be checked\n"
            "Findings: %zu errors, %zu warnings, %zu notes\n"),
        parcheck_stream_submission_count(s), parcheck_stream_row_count(s),
        parcheck_stream_outcome_count(s, PARCHECK_HOLDS),
        parcheck_stream_outcome_count(s, PARCHECK_ROUNDING),
        parcheck_stream_outcome_count(s, PARCHECK_FAILS),
        parcheck_stream_outcome_count(s, PARCHECK_UNKNOWN),
        parcheck_stream_severity_count(s, PARCHECK_ERROR),
        parcheck_stream_severity_count(s, PARCHECK_WARNING),
        parcheck_stream_severity_count(s, PARCHECK_NOTE));
}

/* ---- the run --------------------------------------------------------------
 */

static bool cannot_read(const archive *a)
{
    complain_text(say(a->language, "không đọc được", "it cannot be read"),
                  a->input);
    return false;
}

/* How many bytes there are to read, 0 where nobody knows. */
static uint64_t size_of(int input)
{
    struct stat about;

    if (fstat(input, &about) != 0 || !S_ISREG(about.st_mode))
        return 0;
    return about.st_size > 0 ? (uint64_t)about.st_size : 0;
}

/* False and says why if the input cannot be read or the run ends early. */
static bool feed(const archive *a, parcheck_stream *s, int input,
                 const parcheck_options *watch)
{
    static char block[BLOCK];
    uint64_t size = size_of(input);
    uint64_t done = 0;
    parcheck_error error;
    ssize_t got;

    for (;;) {
        if (watch->progress != NULL)
            (void)watch->progress(watch->progress_context, done, size);
        got = read(input, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot_read(a);
        if (got == 0)
            break;
        done += (uint64_t)got;
        if (parcheck_stream_feed(s, block, (size_t)got, &error) !=
            PARCHECK_OK) {
            if (ferror(a->file) == 0)
                complain(a->language, &error);
            return false;
        }
    }
    if (parcheck_stream_finish(s, &error) == PARCHECK_OK)
        return true;
    if (ferror(a->file) == 0)
        complain(a->language, &error);
    return false;
}

static bool feed_input(const archive *a, parcheck_stream *s)
{
    int input = STDIN_FILENO;
    progress bar = {.drawn = 0};
    parcheck_options options;
    bool done;

    if (strcmp(a->input, "-") != 0)
        input = open(a->input, O_RDONLY);
    if (input < 0) {
        complain_text(
            errno == ENOENT
                ? say(a->language, "không tìm thấy", "not found")
                : say(a->language, "không đọc được", "it cannot be read"),
            a->input);
        return false;
    }
    parcheck_options_init(&options, sizeof options);
    /* A bar among the findings would only be in their way. */
    if (a->file != stdout || isatty(STDOUT_FILENO) == 0)
        progress_begin(&bar, &options, a->language);
    done = feed(a, s, input, &options);
    progress_end(&bar);
    if (input != STDIN_FILENO)
        (void)close(input);
    return done;
}

static bool give_hierarchy(const archive *a, parcheck_stream *s)
{
    parcheck_input input;
    parcheck_error error;

    if (a->hierarchy == NULL)
        return true;
    parcheck_input_init(&input, sizeof input);
    input.path = a->hierarchy;
    if (parcheck_stream_hierarchy(s, &input, &error) == PARCHECK_OK)
        return true;
    complain(a->language, &error);
    return false;
}

typedef struct work {
    archive *a;
    const parcheck_schema *schema;
} work;

static bool write_archive(void *context, FILE *file)
{
    const work *w = context;
    archive *a = w->a;
    parcheck_stream *s = NULL;
    parcheck_error error;
    bool done = false;

    a->file = file;
    if (a->text) {
        a->options.finding = print_finding;
        a->options.finding_context = a;
    } else {
        a->options.write = write_bytes;
        a->options.write_context = a;
    }
    if (parcheck_stream_new(&s, w->schema, &a->options, &error) != PARCHECK_OK)
        complain(a->language, &error);
    else
        done = give_hierarchy(a, s) && feed_input(a, s);
    if (done && a->text)
        print_summary(a, s);
    if (done)
        a->code = parcheck_stream_severity_count(s, PARCHECK_ERROR) > 0
                      ? EXIT_FINDINGS
                      : EXIT_CLEAN;
    parcheck_stream_free(s);
    return done;
}

int command_archive(arguments *args)
{
    archive a;
    work w = {&a, NULL};
    parcheck_schema *schema = NULL;

    memset(&a, 0, sizeof a);
    a.code = EXIT_FAILED;
    a.language = args->language;
    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    parcheck_stream_options_init(&a.options, sizeof a.options);
    if (!parse(&a, args) || !load_schema(&schema, a.schema, args->language))
        return EXIT_FAILED;
    w.schema = schema;
    if (!write_output(a.output, args->language, write_archive, &w))
        a.code = EXIT_FAILED;
    parcheck_schema_free(schema);
    return a.code;
}
