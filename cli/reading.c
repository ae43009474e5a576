#include "reading.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interrupt.h"

/* ---- reading ------------------------------------------------------------- */

bool reading_begin(reading *r, const arguments *args)
{
    memset(r, 0, sizeof *r);
    parcheck_options_init(&r->options, sizeof r->options);
    r->inputs = calloc((size_t)args->count + 1, sizeof *r->inputs);
    if (r->inputs == NULL)
        complain_text(say(args->language, "hết bộ nhớ", "out of memory"), NULL);
    return r->inputs != NULL;
}

void reading_end(reading *r)
{
    parcheck_report_free(r->report);
    parcheck_schema_free(r->schema);
    free(r->inputs);
}

bool reading_take(reading *r, arguments *args, bool *bad)
{
    const char *value = NULL;

    if (take_option(args, "--lang", &value)) {
        *bad = !parse_language(args, value);
        return true;
    }
    if (take_option(args, "--edition", &value))
        r->options.edition = value;
    else if (take_option(args, "--schema", &value))
        r->folder = value;
    else if (take_option(args, "--layout", &value))
        r->options.layout = value;
    else if (take_option(args, "--encoding", &value))
        r->options.encoding = value;
    else if (take_option(args, "--delimiter", &value))
        *bad = value != NULL &&
               !parse_delimiter(&r->options.delimiter, args->language, value);
    else
        return false;
    if (value == NULL)
        wrong_argument(args);
    *bad = *bad || value == NULL;
    return true;
}

bool reading_add(reading *r, const arguments *args, const char *path)
{
    parcheck_input *input = &r->inputs[r->count];

    if (strcmp(path, "-") == 0) {
        complain_text(say(args->language, "cần tệp, không phải đầu vào chuẩn",
                          "files are needed, not standard input"),
                      path);
        return false;
    }
    parcheck_input_init(input, sizeof *input);
    input->path = path;
    r->count++;
    return true;
}

bool reading_check(reading *r, parcheck_language language)
{
    parcheck_error error;

    if (!load_schema(&r->schema, r->folder, language))
        return false;
    if (parcheck_validate(&r->report, r->schema, r->inputs, r->count,
                          &r->options, &error) == PARCHECK_OK)
        return true;
    complain(language, &error);
    return false;
}

/* ---- writing ------------------------------------------------------------- */

const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* A file beside the one to be, until it is whole. */
typedef struct draft {
    const char *path;
    char *name;
    FILE *file;
} draft;

/* With the rights that a new file gets, not those of a secret one. */
static void open_rights(int file)
{
    mode_t mask = umask(0);

    (void)umask(mask);
    (void)fchmod(file, 0666 & ~mask);
}

static bool draft_begin(draft *d, const char *path)
{
    const char suffix[] = ".XXXXXX";
    size_t length = strlen(path);
    int file;

    d->path = path;
    d->file = NULL;
    d->name = malloc(length + sizeof suffix);
    if (d->name == NULL)
        return false;
    memcpy(d->name, path, length);
    memcpy(d->name + length, suffix, sizeof suffix);
    file = mkstemp(d->name);
    if (file < 0) {
        free(d->name);
        d->name = NULL;
        return false;
    }
    interrupt_removes(d->name);
    open_rights(file);
    d->file = fdopen(file, "wb");
    if (d->file == NULL)
        (void)close(file);
    return d->file != NULL;
}

/* Gives the draft its name. Without `force` a link does that, which fails
 * where a file is, even one that came about meanwhile. */
static bool draft_rename(const draft *d, bool force)
{
    struct stat about;

    if (force)
        return rename(d->name, d->path) == 0;
    if (link(d->name, d->path) == 0) {
        (void)unlink(d->name);
        return true;
    }
    /* Some file systems have no links. */
    return errno != EEXIST && lstat(d->path, &about) != 0 &&
           rename(d->name, d->path) == 0;
}

static bool draft_end(draft *d, bool whole, bool force)
{
    if (d->file != NULL &&
        (fflush(d->file) != 0 || fsync(fileno(d->file)) != 0 ||
         ferror(d->file) != 0))
        whole = false;
    if (d->file != NULL && fclose(d->file) != 0)
        whole = false;
    whole = whole && draft_rename(d, force);
    if (d->name != NULL && !whole)
        (void)unlink(d->name);
    if (d->name != NULL)
        interrupt_keeps(d->name);
    free(d->name);
    return whole;
}

/* A device is never replaced by a file of its name. */
static bool is_free(const char *path, bool force, parcheck_language language)
{
    struct stat about;

    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode) &&
        !S_ISDIR(about.st_mode)) {
        complain_text(say(language, "không phải là tệp thông thường",
                          "not an ordinary file"),
                      path);
        return false;
    }
    if (force || lstat(path, &about) != 0)
        return true;
    complain_text(say(language, "tệp đã có; --force để ghi đè",
                      "the file exists; --force overwrites it"),
                  path);
    return false;
}

bool write_whole(const char *path, bool force, parcheck_language language,
                 bool (*write)(void *context, FILE *file), void *context)
{
    draft d;
    bool begun;
    bool written;

    if (!is_free(path, force, language))
        return false;
    begun = draft_begin(&d, path);
    written = begun && write(context, d.file);
    if (draft_end(&d, written, force))
        return true;
    if (!begun || written) /* else it has been said */
        complain_text(
            say(language, "không ghi được tệp", "cannot write the file"), path);
    return false;
}

typedef struct copy_job {
    const reading *reading;
    size_t input;
    const change *changes;
    size_t count;
    parcheck_language language;
} copy_job;

static const parcheck_indicator *row_of(const parcheck_report *report,
                                        const parcheck_cell *cell)
{
    const parcheck_edition *edition = parcheck_report_input_edition(
        report, parcheck_cell_input(cell));
    size_t rows = edition != NULL ? parcheck_edition_indicator_count(edition)
                                  : 0;

    for (size_t i = 0; i < rows; i++) {
        const parcheck_indicator *row = parcheck_edition_indicator(edition, i);

        if (strcmp(parcheck_indicator_name(row), parcheck_cell_name(cell)) == 0)
            return row;
    }
    return NULL;
}

static size_t make_edits(const copy_job *job, parcheck_edit *edits)
{
    const parcheck_report *report = job->reading->report;
    size_t count = 0;

    for (size_t i = 0; i < job->count; i++) {
        const parcheck_cell *cell = job->changes[i].cell;
        const parcheck_indicator *row = row_of(report, cell);
        parcheck_edit *edit = &edits[count];

        if (parcheck_cell_input(cell) != job->input)
            continue;
        parcheck_edit_init(edit, sizeof *edit);
        edit->line = parcheck_cell_line(cell);
        edit->column = parcheck_cell_column(cell);
        edit->value = job->changes[i].value;
        if (row != NULL) {
            edit->kind = parcheck_indicator_kind(row);
            edit->unit = parcheck_indicator_unit(row);
        }
        count++;
    }
    return count;
}

static int put_bytes(void *context, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, context) == size ? 0 : -1;
}

static bool copy(void *context, FILE *file)
{
    const copy_job *job = context;
    const parcheck_report *report = job->reading->report;
    parcheck_edit *edits = calloc(job->count + 1, sizeof *edits);
    parcheck_input input;
    parcheck_error error;
    parcheck_status status = PARCHECK_ENOMEM;

    if (edits == NULL) {
        complain_text(say(job->language, "hết bộ nhớ", "out of memory"), NULL);
        return false;
    }
    parcheck_input_init(&input, sizeof input);
    input.path = parcheck_report_input_name(report, job->input);
    status = parcheck_rewrite(&input, &job->reading->options, edits,
                              make_edits(job, edits), put_bytes, file, &error);
    free(edits);
    if (status != PARCHECK_OK)
        complain(job->language, &error);
    return status == PARCHECK_OK;
}

bool write_copy(const reading *r, size_t input, const change *changes,
                size_t count, const char *path, bool force,
                parcheck_language language)
{
    copy_job job = {r, input, changes, count, language};

    for (size_t i = 0; i < r->count; i++)
        if (is_same_file(r->inputs[i].path, path)) {
            complain_text(say(language, "sẽ không ghi đè tệp gốc",
                              "an input is never overwritten"),
                          path);
            return false;
        }
    return write_whole(path, force, language, copy, &job);
}

/* ---- saying -------------------------------------------------------------- */

void put_visible(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        unsigned char next = (unsigned char)text[1];

        if (c < 0x20 || c == 0x7F) {
            (void)putc('?', out);
        } else if (c == 0xC2 && next < 0xA0) { /* control characters, too */
            (void)putc('?', out);
            text++;
        } else {
            (void)putc(c, out);
        }
    }
}

void put_cell(FILE *out, const parcheck_report *report,
              const parcheck_cell *cell)
{
    const char *code = parcheck_cell_code(cell);

    put_visible(out,
                parcheck_report_input_name(report, parcheck_cell_input(cell)));
    fprintf(out, ":%zu (%s) ", parcheck_cell_line(cell),
            parcheck_cell_address(cell));
    put_visible(out, parcheck_cell_form(cell));
    (void)putc(code[0] != '\0' ? ':' : ' ', out);
    put_visible(out, code);
    if (code[0] != '\0')
        (void)putc(' ', out);
    put_visible(out, parcheck_cell_label(cell));
}

static size_t errors_of(const parcheck_report *report)
{
    return parcheck_report_severity_count(report, PARCHECK_ERROR);
}

int exit_code(const parcheck_report *report)
{
    return errors_of(report) > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

static void say_findings(const parcheck_report *before,
                         const parcheck_report *now, parcheck_language language)
{
    printf(say(language,
               "Kiểm tra lại: %zu lỗi, %zu cảnh báo (trước đó %zu lỗi, %zu "
               "cảnh báo)\n",
               "Checked again: errors: %zu, warnings: %zu (before: errors: "
               "%zu, warnings: %zu)\n"),
           errors_of(now),
           parcheck_report_severity_count(now, PARCHECK_WARNING),
           errors_of(before),
           parcheck_report_severity_count(before, PARCHECK_WARNING));
}

int check_again(const reading *r, char *const *paths,
                parcheck_language language)
{
    parcheck_input *inputs = calloc(r->count, sizeof *inputs);
    parcheck_report *now = NULL;
    parcheck_error error;
    int code = EXIT_FAILED;

    if (inputs == NULL)
        return complain_text(say(language, "hết bộ nhớ", "out of memory"),
                             NULL);
    for (size_t i = 0; i < r->count; i++) {
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        inputs[i].path = paths[i] != NULL
                             ? paths[i]
                             : parcheck_report_input_name(r->report, i);
    }
    if (parcheck_validate(&now, r->schema, inputs, r->count, &r->options,
                          &error) != PARCHECK_OK) {
        complain(language, &error);
    } else {
        say_findings(r->report, now, language);
        code = exit_code(now);
    }
    parcheck_report_free(now);
    free(inputs);
    return code;
}
