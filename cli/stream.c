#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "progress.h"
#include "reading.h"

enum { BLOCK = 1 << 18 };

void stream_begin(stream_run *r, const arguments *args)
{
    memset(r, 0, sizeof *r);
    r->code = EXIT_FAILED;
    r->language = args->language;
    parcheck_stream_options_init(&r->options, sizeof r->options);
    r->options.jobs = 0; /* all processors */
}

/* ---- arguments ------------------------------------------------------------
 */

static bool set_format(stream_run *r, const char *value)
{
    r->text = strcmp(value, "text") == 0;
    if (r->text || strcmp(value, "ndjson") == 0)
        return true;
    complain_text(say(r->language, "--format cần ndjson hoặc text",
                      "--format needs ndjson or text"),
                  value);
    return false;
}

static bool set_number(const stream_run *r, size_t *number, const char *value)
{
    if (parse_count(value, number))
        return true;
    complain_text(say(r->language, "cần một số nguyên từ 1",
                      "expected a whole number from 1 up"),
                  value);
    return false;
}

/* The number that an option sets, or NULL. */
static size_t *number_of(stream_run *r, arguments *args, const char **value)
{
    const struct {
        const char *name;
        size_t *number;
    } numbers[] = {
        {"--jobs", &r->options.jobs},
        {"--max-field-bytes", &r->options.max_field_bytes},
        {"--max-fields", &r->options.max_fields},
        {"--max-findings", &r->options.max_findings},
        {"--max-submission-bytes", &r->options.max_submission_bytes},
        {"--max-held-bytes", &r->options.max_held_bytes},
        {"--max-across-bytes", &r->options.max_across_bytes}};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (take_option(args, numbers[i].name, value))
            return numbers[i].number;
    return NULL;
}

/* An option whose value is kept as it is. */
static bool take_text(stream_run *r, arguments *args, const char **value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"--edition", &r->options.edition},
                 {"--schema", &r->schema},
                 {"--hierarchy", &r->hierarchy},
                 {"--encoding", &r->options.encoding},
                 {"--output", &r->output},
                 {"-o", &r->output}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!take_option(args, texts[i].name, value))
            continue;
        *texts[i].text = *value;
        return true;
    }
    return false;
}

/* An option with its value; `*bad` if it is missing or wrong. */
static bool take_value(stream_run *r, arguments *args, bool *bad)
{
    const char *value = NULL;
    size_t *number;

    if (take_option(args, "--lang", &value)) {
        *bad = !parse_language(args, value);
        r->language = args->language;
        return true;
    }
    number = number_of(r, args, &value);
    if (number != NULL)
        *bad = value != NULL && !set_number(r, number, value);
    else if (take_option(args, "--delimiter", &value))
        *bad = value != NULL &&
               !parse_delimiter(&r->options.delimiter, r->language, value);
    else if (take_option(args, "--format", &value))
        *bad = value != NULL && !set_format(r, value);
    else if (!take_text(r, args, &value))
        return false;
    if (value == NULL)
        wrong_argument(args);
    *bad = *bad || value == NULL;
    return true;
}

bool stream_spares(const stream_run *r, const char *output)
{
    if (output == NULL ||
        (!is_same_file(r->input, output) &&
         (r->hierarchy == NULL || !is_same_file(r->hierarchy, output))))
        return true;
    complain_text(say(r->language, "kết quả sẽ ghi đè tệp được đọc",
                      "the result would overwrite a file that is read"),
                  output);
    return false;
}

/* An option of any of the commands. */
static bool take_any(stream_run *r, arguments *args, stream_option more,
                     void *context, bool *bad)
{
    if (take_flag(args, "--unsorted")) {
        r->options.unsorted = 1;
        return true;
    }
    return take_value(r, args, bad) ||
           (more != NULL && more(context, args, bad));
}

bool stream_parse(stream_run *r, arguments *args, stream_option more,
                  void *context)
{
    while (args->next < args->count) {
        bool bad = false;
        const char *operand;

        if (take_any(r, args, more, context, &bad)) {
            if (bad)
                return false;
            continue;
        }
        operand = r->input == NULL ? take_operand(args) : NULL;
        if (operand == NULL) {
            wrong_argument(args);
            return false;
        }
        r->input = operand;
    }
    if (r->input == NULL)
        wrong_argument(args);
    return r->input != NULL && stream_spares(r, r->output);
}

/* ---- output ---------------------------------------------------------------
 */

static int write_bytes(void *context, const void *bytes, size_t size)
{
    stream_run *r = context;

    return fwrite(bytes, 1, size, r->file) == size ? 0 : -1;
}

static const char *severity_text(const stream_run *r,
                                 parcheck_severity severity)
{
    switch (severity) {
    case PARCHECK_ERROR:
        return say(r->language, "LỖI", "ERROR");
    case PARCHECK_WARNING:
        return say(r->language, "CẢNH BÁO", "WARNING");
    default:
        return say(r->language, "GHI CHÚ", "NOTE");
    }
}

/* What steers a terminal is not printed. */
static void print_text(FILE *file, const char *text)
{
    for (; *text != '\0'; text++)
        (void)fputc((unsigned char)*text < 0x20 || *text == 0x7F ? ' ' : *text,
                    file);
}

/* "  → [e51434f1] what is probably wrong", the likeliest of all. */
static void print_explanation(const stream_run *r,
                              const parcheck_finding *finding)
{
    const parcheck_explanation *first;

    if (parcheck_finding_explanation_count(finding) == 0)
        return;
    first = parcheck_finding_explanation(finding, 0);
    (void)fprintf(r->file, "\n  → [%s] ", parcheck_explanation_id(first));
    print_text(r->file, parcheck_explanation_message(first, r->language));
}

/* "ERROR line 12 [rule] unit, period: message" */
static int print_finding(void *context, const parcheck_finding *finding)
{
    const stream_run *r = context;
    const parcheck_rule *rule = parcheck_finding_rule(finding);
    const char *unit = parcheck_finding_unit(finding);
    const char *period = parcheck_finding_period(finding);
    const char *code = parcheck_finding_code(finding);

    (void)fputs(severity_text(r, parcheck_finding_severity(finding)), r->file);
    if (parcheck_finding_cell_count(finding) > 0)
        (void)fprintf(r->file, " %s %zu", say(r->language, "dòng", "line"),
                      parcheck_cell_line(parcheck_finding_cell(finding, 0)));
    if (rule != NULL && strcmp(code, "rule.fails") == 0)
        code = parcheck_rule_id(rule);
    (void)fprintf(r->file, " [%s] ", code);
    if (unit != NULL) {
        print_text(r->file, unit);
        if (period != NULL) {
            (void)fputs(", ", r->file);
            print_text(r->file, period);
        }
        (void)fputs(": ", r->file);
    }
    print_text(r->file, parcheck_finding_message(finding, r->language));
    print_explanation(r, finding);
    return fputc('\n', r->file) == EOF ? -1 : 0;
}

/* The "s" of "0 errors"; Vietnamese has none. */
static const char *plural(const stream_run *r, size_t count)
{
    return r->language == PARCHECK_ENGLISH && count != 1 ? "s" : "";
}

static void print_counts(const stream_run *r, const parcheck_stream *s)
{
    const size_t errors = parcheck_stream_severity_count(s, PARCHECK_ERROR);
    const size_t warnings = parcheck_stream_severity_count(s,
                                                           PARCHECK_WARNING);
    const size_t notes = parcheck_stream_severity_count(s, PARCHECK_NOTE);

    (void)fprintf(r->file,
                  say(r->language,
                      "Phát hiện: %zu lỗi%s, %zu cảnh báo%s, %zu ghi chú%s\n",
                      "Findings: %zu error%s, %zu warning%s, %zu note%s\n"),
                  errors, plural(r, errors), warnings, plural(r, warnings),
                  notes, plural(r, notes));
}

static void print_summary(const stream_run *r, const parcheck_stream *s)
{
    const size_t rows = parcheck_stream_row_count(s);

    (void)fprintf(r->file,
                  say(r->language, "Báo cáo: %zu (%zu dòng%s)\n",
                      "Submissions: %zu (%zu row%s)\n"),
                  parcheck_stream_submission_count(s), rows, plural(r, rows));
    (void)fprintf(
        r->file,
        say(r->language,
            "Quy tắc: %zu đúng, %zu làm tròn khác, %zu sai, %zu không kiểm "
            "tra được\n",
            "Rules: %zu hold, %zu hold by other rounding, %zu fail, %zu could "
            "not be checked\n"),
        parcheck_stream_outcome_count(s, PARCHECK_HOLDS),
        parcheck_stream_outcome_count(s, PARCHECK_ROUNDING),
        parcheck_stream_outcome_count(s, PARCHECK_FAILS),
        parcheck_stream_outcome_count(s, PARCHECK_UNKNOWN));
    print_counts(r, s);
}

/* ---- the run --------------------------------------------------------------
 */

/* What could not be written is said where the file is closed. */
static bool can_write(const stream_run *r)
{
    return ferror(r->file) == 0 && (r->table == NULL || ferror(r->table) == 0);
}

/* Says why the input cannot be read, in the words that the library has for
 * other files. Always false. */
static bool cannot_read(const stream_run *r, int number)
{
    const char *why = say(r->language, "không đọc được", "it cannot be read");

    if (number == ENOENT || number == ENOTDIR)
        why = say(r->language, "không tìm thấy", "not found");
    if (number == EACCES || number == EPERM)
        why = say(r->language, "không có quyền đọc", "no permission to read it");
    if (number == EISDIR)
        why = say(r->language, "là một thư mục, không phải tệp",
                  "it is a folder, not a file");
    complain_text(why, r->input);
    return false;
}

/* A line that the stream names is one of the input, whose name it does not
 * know. Always false. */
static bool cannot_go_on(const stream_run *r, parcheck_error *error)
{
    if (error->line > 0 && error->source[0] == '\0')
        (void)snprintf(error->source, sizeof error->source, "%s", r->input);
    if (can_write(r))
        complain(r->language, error);
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
static bool feed(const stream_run *r, parcheck_stream *s, int input,
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
            return cannot_read(r, errno);
        if (got == 0)
            break;
        done += (uint64_t)got;
        if (parcheck_stream_feed(s, block, (size_t)got, &error) !=
            PARCHECK_OK)
            return cannot_go_on(r, &error);
    }
    return parcheck_stream_finish(s, &error) == PARCHECK_OK ||
           cannot_go_on(r, &error);
}

static bool feed_input(const stream_run *r, parcheck_stream *s)
{
    int input = STDIN_FILENO;
    progress bar = {.drawn = 0};
    parcheck_options options;
    bool done;

    if (strcmp(r->input, "-") != 0)
        input = open(r->input, O_RDONLY);
    if (input < 0)
        return cannot_read(r, errno);
    parcheck_options_init(&options, sizeof options);
    /* A bar among the findings would only be in their way. */
    if (isatty(fileno(r->file)) == 0)
        progress_begin(&bar, &options, r->language);
    done = feed(r, s, input, &options);
    progress_end(&bar);
    if (input != STDIN_FILENO)
        (void)close(input);
    return done;
}

static bool give_hierarchy(const stream_run *r, parcheck_stream *s)
{
    parcheck_input input;
    parcheck_error error;

    if (r->hierarchy == NULL)
        return true;
    parcheck_input_init(&input, sizeof input);
    input.path = r->hierarchy;
    if (parcheck_stream_hierarchy(s, &input, &error) == PARCHECK_OK)
        return true;
    complain(r->language, &error);
    return false;
}

bool stream_judge(stream_run *r, const parcheck_schema *schema, FILE *file)
{
    parcheck_stream *s = NULL;
    parcheck_error error;
    bool done = false;

    r->file = file;
    if (r->text) {
        r->options.finding = print_finding;
        r->options.finding_context = r;
    } else {
        r->options.write = write_bytes;
        r->options.write_context = r;
    }
    if (parcheck_stream_new(&s, schema, &r->options, &error) != PARCHECK_OK)
        complain(r->language, &error);
    else
        done = give_hierarchy(r, s) && feed_input(r, s);
    if (done && r->text && r->has_summary)
        print_summary(r, s);
    if (done)
        r->code = parcheck_stream_severity_count(s, PARCHECK_ERROR) > 0
                      ? EXIT_FINDINGS
                      : EXIT_CLEAN;
    parcheck_stream_free(s);
    return done;
}

/* ---- where it goes --------------------------------------------------------
 */

typedef struct draft_job {
    const stream_run *run;
    const char *path;
    bool (*write)(void *context, FILE *file);
    void *context;
} draft_job;

/* A disk that is full before the end is said here; any other failure has been.
 */
static bool write_draft(void *context, FILE *file)
{
    const draft_job *job = context;
    bool done = job->write(job->context, file);

    if (!done && ferror(file) != 0)
        complain_text(say(job->run->language, "không ghi được tệp",
                          "cannot write the file"),
                      job->path);
    return done;
}

static bool is_no_file(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

bool stream_write(const stream_run *r, const char *path,
                  bool (*write)(void *context, FILE *file), void *context)
{
    draft_job job = {r, path, write, context};

    if (path == NULL || is_no_file(path))
        return write_output(path, r->language, write, context);
    return write_whole(path, true, r->language, write_draft, &job);
}
