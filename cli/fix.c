/* parcheck fix: corrected copies, by explanations that the user accepts. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "reading.h"

enum { CERTAIN = 3 };

static const char help_vi[] =
    "Cách dùng: parcheck fix TỆP... [-o THƯ_MỤC] [--accept MÃ]... [--certain]\n"
    "\n"
    "Ghi bản sao đã sửa theo những giải thích được chấp nhận. Không có\n"
    "--accept hay --certain thì chỉ liệt kê các giải thích, không ghi gì.\n"
    "\n"
    "  --accept MÃ     chấp nhận giải thích có mã này (có thể ghi nhiều lần)\n"
    "  --certain       chấp nhận giải thích mà ít nhất ba phép tính độc lập\n"
    "                  cùng cho một giá trị\n"
    "  -o THƯ_MỤC      nơi ghi bản sao và tệp .changes.txt ghi rõ sửa gì, vì "
    "sao\n"
    "  --force         ghi đè tệp đã có trong thư mục đó\n"
    "  --edition, --schema, --layout, --encoding, --delimiter, --lang\n"
    "                  như của parcheck check\n"
    "\n"
    "Tệp gốc không bao giờ bị sửa; mọi byte khác của bản sao giữ nguyên.\n"
    "\n"
    "Mã kết thúc: 0 không còn lỗi, 1 còn lỗi trong số liệu, 2 không chạy "
    "được.\n";

static const char help_en[] =
    "Usage: parcheck fix FILE... [-o DIR] [--accept ID]... [--certain]\n"
    "\n"
    "Writes copies that are corrected by the explanations you accept. Without\n"
    "--accept or --certain it lists the explanations and writes nothing.\n"
    "\n"
    "  --accept ID     accept the explanation of this ID; may be repeated\n"
    "  --certain       accept explanations whose values at least three\n"
    "                  independent equations agree on\n"
    "  -o DIR          where the copies go, and beside each a .changes.txt\n"
    "                  that says what was changed and why\n"
    "  --force         overwrite files that are there\n"
    "  --edition, --schema, --layout, --encoding, --delimiter, --lang\n"
    "                  as of parcheck check\n"
    "\n"
    "An input is never changed; every other byte of a copy stays as it is.\n"
    "\n"
    "Exit code: 0 no errors, 1 errors in the data, 2 could not run.\n";

typedef struct fix {
    reading reading;
    parcheck_language language;
    const char *output;
    bool force;
    bool certain;
    const char **wanted; /* IDs, with room for all arguments */
    size_t wanted_count;
    const parcheck_explanation **accepted;
    size_t accepted_count;
    change *changes;
    size_t change_count;
    const parcheck_explanation **reasons; /* of each change */
} fix;

static int complain_memory(const fix *f)
{
    return complain_text(say(f->language, "hết bộ nhớ", "out of memory"), NULL);
}

/* ---- the command line ---------------------------------------------------- */

static bool take_value(fix *f, arguments *args, bool *bad)
{
    const char *value = NULL;

    if (take_option(args, "-o", &value) ||
        take_option(args, "--output", &value))
        f->output = value;
    else if (take_option(args, "--accept", &value))
        f->wanted[f->wanted_count++] = value;
    else
        return reading_take(&f->reading, args, bad);
    *bad = value == NULL;
    if (*bad)
        wrong_argument(args);
    return true;
}

static bool parse(fix *f, arguments *args)
{
    while (args->next < args->count) {
        const char *operand;
        bool bad = false;

        if (take_flag(args, "--force")) {
            f->force = true;
            continue;
        }
        if (take_flag(args, "--certain")) {
            f->certain = true;
            continue;
        }
        if (take_value(f, args, &bad)) {
            if (bad)
                return false;
            continue;
        }
        operand = take_operand(args);
        if (operand == NULL) {
            wrong_argument(args);
            return false;
        }
        if (!reading_add(&f->reading, args, operand))
            return false;
    }
    f->language = args->language;
    if (f->reading.count == 0)
        wrong_argument(args);
    return f->reading.count > 0;
}

static bool writes(const fix *f)
{
    return f->wanted_count > 0 || f->certain;
}

/* ---- explanations -------------------------------------------------------- */

typedef bool (*visit)(fix *f, const parcheck_finding *finding,
                      const parcheck_explanation *explanation);

/* Visits each explanation once, in the order of the findings. */
static bool each(fix *f, visit visitor)
{
    const parcheck_report *report = f->reading.report;

    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        size_t count = parcheck_finding_explanation_count(finding);

        for (size_t j = 0; j < count; j++)
            if (!visitor(f, finding, parcheck_finding_explanation(finding, j)))
                return false;
    }
    return true;
}

static bool has_id(const parcheck_explanation *explanation, const char *id)
{
    return strcmp(parcheck_explanation_id(explanation), id) == 0;
}

static bool is_accepted(const fix *f, const parcheck_explanation *explanation)
{
    for (size_t i = 0; i < f->accepted_count; i++)
        if (has_id(f->accepted[i], parcheck_explanation_id(explanation)))
            return true;
    return false;
}

/* The first cell that it would change without saying to what. */
static const parcheck_cell *open_cell(const parcheck_explanation *explanation)
{
    for (size_t i = 0; i < parcheck_explanation_change_count(explanation); i++)
        if (parcheck_explanation_change_value(explanation, i) == NULL)
            return parcheck_explanation_change_cell(explanation, i);
    return NULL;
}

static bool is_certain(const parcheck_explanation *explanation)
{
    return parcheck_explanation_support(explanation) >= CERTAIN &&
           parcheck_explanation_change_count(explanation) > 0 &&
           open_cell(explanation) == NULL;
}

/* ---- listing ------------------------------------------------------------- */

static void put_changes(FILE *out, const fix *f,
                        const parcheck_explanation *explanation)
{
    for (size_t i = 0; i < parcheck_explanation_change_count(explanation);
         i++) {
        const parcheck_cell *cell = parcheck_explanation_change_cell(
            explanation, i);
        const char *value = parcheck_explanation_change_value(explanation, i);
        const char *low = parcheck_explanation_change_low(explanation, i);
        const char *high = parcheck_explanation_change_high(explanation, i);

        fprintf(out, "      ");
        put_cell(out, f->reading.report, cell);
        fprintf(out, ": “");
        put_visible(out, parcheck_cell_literal(cell));
        if (value != NULL)
            fprintf(out, "” → %s\n", value);
        else
            fprintf(out, "” → %s … %s\n", low != NULL ? low : "",
                    high != NULL ? high : "");
    }
}

static void put_explanation(FILE *out, const fix *f,
                            const parcheck_explanation *explanation)
{
    fprintf(out, "%s  %s, ", parcheck_explanation_id(explanation),
            parcheck_explanation_kind(explanation));
    fprintf(out,
            say(f->language, "%zu phép tính độc lập\n      ",
                "independent equations: %zu\n      "),
            parcheck_explanation_support(explanation));
    put_visible(out, parcheck_explanation_message(explanation, f->language));
    (void)putc('\n', out);
    put_changes(out, f, explanation);
}

/* `accepted` serves to tell those that were listed. */
static bool list_one(fix *f, const parcheck_finding *finding,
                     const parcheck_explanation *explanation)
{
    (void)finding;
    if (is_accepted(f, explanation))
        return true;
    f->accepted[f->accepted_count++] = explanation;
    put_explanation(stdout, f, explanation);
    return true;
}

static int list(fix *f)
{
    (void)each(f, list_one);
    if (f->accepted_count == 0)
        puts(say(f->language, "Không có giải thích nào.",
                 "There are no explanations."));
    return exit_code(f->reading.report);
}

/* ---- accepting ----------------------------------------------------------- */

static bool accept_wanted(fix *f, const parcheck_finding *finding,
                          const parcheck_explanation *explanation)
{
    (void)finding;
    for (size_t i = 0; i < f->wanted_count; i++)
        if (has_id(explanation, f->wanted[i]) && !is_accepted(f, explanation))
            f->accepted[f->accepted_count++] = explanation;
    return true;
}

static bool is_known(const fix *f, const char *id)
{
    for (size_t i = 0; i < f->accepted_count; i++)
        if (has_id(f->accepted[i], id))
            return true;
    complain_text(say(f->language,
                      "không có giải thích nào mang mã này (parcheck fix TỆP "
                      "liệt kê)",
                      "there is no explanation of this ID (parcheck fix FILE "
                      "lists them)"),
                  id);
    return false;
}

static bool is_one_cell(const parcheck_cell *a, const parcheck_cell *b)
{
    return parcheck_cell_input(a) == parcheck_cell_input(b) &&
           parcheck_cell_line(a) == parcheck_cell_line(b) &&
           parcheck_cell_column(a) == parcheck_cell_column(b);
}

static bool changes_to(const parcheck_explanation *explanation,
                       const parcheck_cell *cell, const char *value)
{
    for (size_t i = 0; i < parcheck_explanation_change_count(explanation);
         i++) {
        const char *other = parcheck_explanation_change_value(explanation, i);

        if (is_one_cell(parcheck_explanation_change_cell(explanation, i),
                        cell) &&
            value != NULL && other != NULL && strcmp(value, other) == 0)
            return true;
    }
    return false;
}

/* Whether they change the same cells to the same values: two reasons for one
 * correction. */
static bool is_one_correction(const parcheck_explanation *a,
                              const parcheck_explanation *b)
{
    size_t count = parcheck_explanation_change_count(a);

    if (count != parcheck_explanation_change_count(b))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!changes_to(b, parcheck_explanation_change_cell(a, i),
                        parcheck_explanation_change_value(a, i)))
            return false;
    return true;
}

/* Those that the user named speak first: of a finding that one of them is for
 * no other is taken. Of several certain ones for a finding none is. */
static bool accept_certain(fix *f, const parcheck_finding *finding,
                           const parcheck_explanation *explanation)
{
    size_t count = parcheck_finding_explanation_count(finding);

    if (!is_certain(explanation) || is_accepted(f, explanation))
        return true;
    for (size_t i = 0; i < count; i++) {
        const parcheck_explanation *other = parcheck_finding_explanation(
            finding, i);

        if (is_one_correction(other, explanation))
            continue;
        if (is_accepted(f, other))
            return true;
        if (!is_certain(other))
            continue;
        printf(say(f->language,
                   "Không sửa theo %s: %s cũng chắc chắn như vậy\n",
                   "Not corrected by %s: %s is as certain\n"),
               parcheck_explanation_id(explanation),
               parcheck_explanation_id(other));
        return true;
    }
    f->accepted[f->accepted_count++] = explanation;
    return true;
}

static bool accept(fix *f)
{
    (void)each(f, accept_wanted);
    for (size_t i = 0; i < f->wanted_count; i++)
        if (!is_known(f, f->wanted[i]))
            return false;
    return !f->certain || each(f, accept_certain);
}

/* ---- changes ------------------------------------------------------------- */

static bool conflict(const fix *f, const parcheck_explanation *a,
                     const parcheck_explanation *b, const char *vi,
                     const char *en)
{
    fprintf(stderr, "parcheck: %s, %s: %s\n", parcheck_explanation_id(a),
            parcheck_explanation_id(b), say(f->language, vi, en));
    return false;
}

/* False if another change gives the cell another value, and says so. */
static bool add_change(fix *f, const parcheck_explanation *explanation,
                       size_t index)
{
    const parcheck_cell *cell = parcheck_explanation_change_cell(explanation,
                                                                 index);
    const char *value = parcheck_explanation_change_value(explanation, index);

    for (size_t i = 0; i < f->change_count; i++) {
        if (!is_one_cell(f->changes[i].cell, cell))
            continue;
        return strcmp(f->changes[i].value, value) == 0 ||
               conflict(f, f->reasons[i], explanation,
                        "hai giải thích cho cùng một ô hai giá trị khác nhau",
                        "they give one cell two values");
    }
    f->reasons[f->change_count] = explanation;
    f->changes[f->change_count].cell = cell;
    f->changes[f->change_count++].value = value;
    return true;
}

/* Two ways to mend one rule: together they would break it again. */
static bool check_alternatives(fix *f)
{
    const parcheck_report *report = f->reading.report;

    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        const parcheck_explanation *taken = NULL;
        size_t count = parcheck_finding_explanation_count(finding);

        for (size_t j = 0; j < count; j++) {
            const parcheck_explanation *one = parcheck_finding_explanation(
                finding, j);

            if (!is_accepted(f, one))
                continue;
            if (taken != NULL && !is_one_correction(taken, one))
                return conflict(f, taken, one,
                                "hai giải thích khác nhau cho cùng một lỗi",
                                "they explain one finding in two ways");
            taken = one;
        }
    }
    return true;
}

static bool collect(fix *f)
{
    if (!check_alternatives(f))
        return false;
    for (size_t i = 0; i < f->accepted_count; i++) {
        const parcheck_explanation *one = f->accepted[i];

        if (open_cell(one) != NULL) {
            complain_text(say(f->language,
                              "giải thích này không cho biết một giá trị duy "
                              "nhất",
                              "this explanation does not tell one value"),
                          parcheck_explanation_id(one));
            return false;
        }
        for (size_t j = 0; j < parcheck_explanation_change_count(one); j++)
            if (!add_change(f, one, j))
                return false;
    }
    return true;
}

static bool make_room(fix *f)
{
    const parcheck_report *report = f->reading.report;
    size_t explanations = 0;
    size_t changes = 0;

    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);
        size_t count = parcheck_finding_explanation_count(finding);

        explanations += count;
        for (size_t j = 0; j < count; j++)
            changes += parcheck_explanation_change_count(
                parcheck_finding_explanation(finding, j));
    }
    f->accepted = calloc(explanations + 1, sizeof(*f->accepted));
    f->changes = calloc(changes + 1, sizeof *f->changes);
    f->reasons = calloc(changes + 1, sizeof(*f->reasons));
    if (f->accepted == NULL || f->changes == NULL || f->reasons == NULL) {
        complain_memory(f);
        return false;
    }
    return true;
}

/* ---- writing ------------------------------------------------------------- */

typedef struct log_job {
    const fix *fix;
    size_t input;
} log_job;

static size_t changes_of(const fix *f, size_t input)
{
    size_t count = 0;

    for (size_t i = 0; i < f->change_count; i++)
        count += parcheck_cell_input(f->changes[i].cell) == input;
    return count;
}

static bool write_log(void *context, FILE *file)
{
    const log_job *job = context;
    const fix *f = job->fix;

    fprintf(file, "parcheck %s\n", parcheck_version());
    put_visible(file,
                parcheck_report_input_name(f->reading.report, job->input));
    fprintf(file,
            say(f->language, ": %zu ô được sửa\n", ": cells changed: %zu\n"),
            changes_of(f, job->input));
    for (size_t i = 0; i < f->accepted_count; i++) {
        bool here = false;

        for (size_t j = 0; j < f->change_count; j++)
            here = here ||
                   (f->reasons[j] == f->accepted[i] &&
                    parcheck_cell_input(f->changes[j].cell) == job->input);
        if (!here)
            continue;
        (void)putc('\n', file);
        put_explanation(file, f, f->accepted[i]);
    }
    return true;
}

static char *join(const char *folder, const char *name, const char *suffix)
{
    size_t size = strlen(folder) + strlen(name) + strlen(suffix) + 2;
    char *path = malloc(size);

    if (path != NULL)
        (void)snprintf(path, size, "%s/%s%s", folder, name, suffix);
    return path;
}

/* The copy of an input, and its log; `*path` is the copy. */
static bool write_one(const fix *f, size_t input, char **path)
{
    const char *name = base_name(
        parcheck_report_input_name(f->reading.report, input));
    char *log_path = join(f->output, name, ".changes.txt");
    log_job job = {f, input};
    bool done;

    *path = join(f->output, name, "");
    if (*path == NULL || log_path == NULL) {
        complain_memory(f);
        free(log_path);
        return false;
    }
    done = write_copy(&f->reading, input, f->changes, f->change_count, *path,
                      f->force, f->language) &&
           write_whole(log_path, f->force, f->language, write_log, &job);
    if (done)
        printf(say(f->language, "%s: %zu ô được sửa\n",
                   "%s: cells changed: %zu\n"),
               *path, changes_of(f, input));
    free(log_path);
    return done;
}

static bool make_folder(const fix *f)
{
    struct stat about;

    if (mkdir(f->output, 0777) == 0 ||
        (errno == EEXIST && stat(f->output, &about) == 0 &&
         S_ISDIR(about.st_mode)))
        return true;
    complain_text(
        say(f->language, "không tạo được thư mục", "cannot make the folder"),
        f->output);
    return false;
}

/* Two inputs of one name would have one copy. */
static bool check_names(const fix *f)
{
    const parcheck_report *report = f->reading.report;

    for (size_t i = 0; i < f->reading.count; i++)
        for (size_t j = 0; j < i; j++) {
            const char *name = base_name(parcheck_report_input_name(report, i));

            if (strcmp(name,
                       base_name(parcheck_report_input_name(report, j))) == 0) {
                complain_text(say(f->language, "hai tệp cùng tên",
                                  "two files have the same name"),
                              name);
                return false;
            }
        }
    return true;
}

static int write_all(fix *f)
{
    char **paths = calloc(f->reading.count, sizeof(*paths));
    bool done = paths != NULL;
    int code = EXIT_FAILED;

    if (!done)
        complain_memory(f);
    for (size_t i = 0; done && i < f->reading.count; i++)
        if (changes_of(f, i) > 0)
            done = write_one(f, i, &paths[i]);
    if (done)
        code = check_again(&f->reading, paths, f->language);
    for (size_t i = 0; paths != NULL && i < f->reading.count; i++)
        free(paths[i]);
    free(paths);
    return code;
}

static int run(fix *f)
{
    if (!writes(f) && f->output != NULL)
        return complain_text(say(f->language, "-o cần --accept hoặc --certain",
                                 "-o needs --accept or --certain"),
                             NULL);
    if (writes(f) && f->output == NULL)
        return complain_text(
            say(f->language, "thiếu -o THƯ_MỤC", "-o DIR is missing"), NULL);
    if (!reading_check(&f->reading, f->language) || !make_room(f))
        return EXIT_FAILED;
    if (!writes(f))
        return list(f);
    if (!accept(f) || !collect(f) || !check_names(f))
        return EXIT_FAILED;
    if (f->change_count > 0)
        return make_folder(f) ? write_all(f) : EXIT_FAILED;
    puts(say(f->language, "Không có gì chắc chắn để sửa.",
             "There is nothing certain to correct."));
    return exit_code(f->reading.report);
}

int command_fix(arguments *args)
{
    fix f = {.language = args->language};
    int code = EXIT_FAILED;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    if (!reading_begin(&f.reading, args))
        return EXIT_FAILED;
    f.wanted = calloc((size_t)args->count + 1, sizeof(*f.wanted));
    if (f.wanted == NULL)
        complain_memory(&f);
    else if (parse(&f, args))
        code = run(&f);
    if (!finish_output(args->language))
        code = EXIT_FAILED;
    free(f.wanted);
    free(f.accepted);
    free(f.changes);
    free(f.reasons);
    reading_end(&f.reading);
    return code;
}
