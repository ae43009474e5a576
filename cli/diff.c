/* parcheck diff: which findings came and went between two versions of a
 * submission. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "reading.h"
#include "wrap.h"

static const char help_vi[] =
    "Cách dùng: parcheck diff CŨ MỚI [tùy chọn]\n"
    "\n"
    "Cho biết lỗi nào mới có, lỗi nào đã hết giữa hai bản của một báo cáo. CŨ\n"
    "và MỚI là hai tệp, hoặc hai thư mục có các tệp .csv của báo cáo.\n"
    "\n"
    "  --format DẠNG   text (mặc định) hoặc json\n"
    "  -o TỆP, --output TỆP\n"
    "                  ghi kết quả vào tệp\n"
    "  --edition, --schema, --layout, --encoding, --delimiter, --lang\n"
    "                  như của parcheck check\n"
    "\n"
    "Hai mục là một nếu cùng mã, quy tắc, đơn vị, kỳ và chỉ tiêu, dù ở dòng\n"
    "nào.\n"
    "\n"
    "Mã kết thúc: 0 không có lỗi mới, 1 có lỗi mới, 2 không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck diff OLD NEW [options]\n"
    "\n"
    "Tells which findings came and which went between two versions of a\n"
    "submission. OLD and NEW are files, or folders that hold its .csv files.\n"
    "\n"
    "  --format FORM   text (default) or json\n"
    "  -o FILE, --output FILE\n"
    "                  write the result to a file\n"
    "  --edition, --schema, --layout, --encoding, --delimiter, --lang\n"
    "                  as of parcheck check\n"
    "\n"
    "Two findings are the same if code, rule, unit, period and indicator are,\n"
    "on whatever line they stand.\n"
    "\n"
    "Exit code: 0 no new errors, 1 new errors, 2 could not run.\n";

/* ---- the files -------------------------------------------------------------
 */

typedef struct version {
    const char *path;
    char **names; /* of the files, owned */
    size_t count;
    parcheck_report *report;
    size_t *partner; /* by index in the report, or SIZE_MAX */
} version;

typedef struct diff {
    version old;
    version new;
    reading reading;
    const char *output;
    bool json;
    parcheck_language language;
} diff;

static bool no_memory(parcheck_language language)
{
    complain_text(say(language, "hết bộ nhớ", "out of memory"), NULL);
    return false;
}

static bool add_name(version *v, const char *folder, const char *name)
{
    size_t size = strlen(name) + (folder != NULL ? strlen(folder) + 1 : 0) + 1;
    char **names = realloc(v->names, (v->count + 1) * sizeof *names);
    const char *between;

    if (names == NULL)
        return false;
    v->names = names;
    names[v->count] = malloc(size);
    if (names[v->count] == NULL)
        return false;
    between = folder != NULL && folder[strlen(folder) - 1] != '/' ? "/" : "";
    (void)snprintf(names[v->count], size, "%s%s%s",
                   folder != NULL ? folder : "", between, name);
    v->count++;
    return true;
}

static bool is_csv(const char *name)
{
    size_t length = strlen(name);

    return name[0] != '.' && length > 4 &&
           strcmp(name + length - 4, ".csv") == 0;
}

static bool add_folder(version *v, parcheck_language language)
{
    DIR *folder = opendir(v->path);
    bool done = true;

    if (folder == NULL) {
        complain_text(strerror(errno), v->path);
        return false;
    }
    for (struct dirent *entry; done && (entry = readdir(folder)) != NULL;)
        if (is_csv(entry->d_name))
            done = add_name(v, v->path, entry->d_name) || no_memory(language);
    (void)closedir(folder);
    if (done && v->count == 0) {
        complain_text(say(language, "thư mục không có tệp .csv nào",
                          "the folder holds no .csv file"),
                      v->path);
        return false;
    }
    return done;
}

static bool find_files(version *v, parcheck_language language)
{
    struct stat about;

    if (stat(v->path, &about) == 0 && S_ISDIR(about.st_mode))
        return add_folder(v, language);
    return add_name(v, NULL, v->path) || no_memory(language);
}

/* ---- findings by what they are about ----------------------------------------
 */

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

static int compare_cells(const parcheck_cell *a, const parcheck_cell *b)
{
    int order;

    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    if ((order = compare_texts(parcheck_cell_form(a), parcheck_cell_form(b))))
        return order;
    if ((order = compare_texts(parcheck_cell_name(a), parcheck_cell_name(b))))
        return order;
    if ((order = compare_texts(parcheck_cell_code(a), parcheck_cell_code(b))))
        return order;
    /* A row that could not be placed has its label only. */
    return parcheck_cell_name(a)[0] != '\0'
               ? 0
               : compare_texts(parcheck_cell_label(a), parcheck_cell_label(b));
}

static const char *rule_of(const parcheck_finding *finding)
{
    const parcheck_rule *rule = parcheck_finding_rule(finding);

    return rule != NULL ? parcheck_rule_id(rule) : NULL;
}

/* 0 for two findings about the same thing. */
static int compare_keys(const parcheck_finding *a, const parcheck_finding *b)
{
    int order;

    if ((order = strcmp(parcheck_finding_code(a), parcheck_finding_code(b))))
        return order;
    if ((order = compare_texts(rule_of(a), rule_of(b))))
        return order;
    if ((order = compare_texts(parcheck_finding_unit_code(a),
                               parcheck_finding_unit_code(b))))
        return order;
    if ((order = compare_texts(parcheck_finding_unit(a),
                               parcheck_finding_unit(b))))
        return order;
    if ((order = compare_texts(parcheck_finding_period(a),
                               parcheck_finding_period(b))))
        return order;
    return compare_cells(parcheck_finding_cell(a, 0),
                         parcheck_finding_cell(b, 0));
}

typedef struct place {
    const parcheck_finding *finding;
    size_t index;
} place;

/* Several of one key keep the order of the report. */
static int compare_places(const void *left, const void *right)
{
    const place *a = left;
    const place *b = right;
    int order = compare_keys(a->finding, b->finding);

    if (order != 0)
        return order;
    return a->index < b->index ? -1 : a->index > b->index;
}

static place *sort_findings(version *v)
{
    size_t count = parcheck_report_finding_count(v->report);
    place *places = calloc(count + 1, sizeof *places);

    v->partner = calloc(count + 1, sizeof *v->partner);
    if (places == NULL || v->partner == NULL) {
        free(places);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        places[i].finding = parcheck_report_finding(v->report, i);
        places[i].index = i;
        v->partner[i] = SIZE_MAX;
    }
    qsort(places, count, sizeof *places, compare_places);
    return places;
}

/* Pairs the findings of both that are about the same thing. */
static bool match(diff *d)
{
    place *old = sort_findings(&d->old);
    place *new = sort_findings(&d->new);
    size_t old_count = parcheck_report_finding_count(d->old.report);
    size_t new_count = parcheck_report_finding_count(d->new.report);
    bool done = old != NULL && new != NULL;

    for (size_t i = 0, j = 0; done && i < old_count && j < new_count;) {
        int order = compare_keys(old[i].finding, new[j].finding);

        if (order == 0) {
            d->old.partner[old[i].index] = new[j].index;
            d->new.partner[new[j].index] = old[i].index;
        }
        i += order <= 0;
        j += order >= 0;
    }
    free(old);
    free(new);
    return done || no_memory(d->language);
}

/* ---- as text ------------------------------------------------------------- */

typedef struct group {
    const version *of;
    bool paired;
    const char *name; /* in JSON */
    const char *vi;
    const char *en;
} group;

/* Fills the three groups: came, went and stayed. */
static void make_groups(const diff *d, group groups[3])
{
    const group all[3] = {{&d->new, false, "came", "Mới có", "Came"},
                          {&d->old, false, "went", "Đã hết", "Went"},
                          {&d->new, true, "stayed", "Còn lại", "Stayed"}};

    memcpy(groups, all, sizeof all);
}

static bool is_in(const group *g, size_t index)
{
    return (g->of->partner[index] != SIZE_MAX) == g->paired;
}

static size_t count_in(const group *g, bool errors_only)
{
    size_t count = 0;

    for (size_t i = 0; i < parcheck_report_finding_count(g->of->report); i++)
        count += is_in(g, i) &&
                 (!errors_only ||
                  parcheck_finding_severity(parcheck_report_finding(
                      g->of->report, i)) == PARCHECK_ERROR);
    return count;
}

static void put_finding(FILE *file, const group *g, size_t index,
                        parcheck_language language)
{
    static const char *const severities[][2] = {
        {"LỖI", "ERROR"}, {"CẢNH BÁO", "WARNING"}, {"GHI CHÚ", "NOTE"}};
    const parcheck_finding *finding = parcheck_report_finding(g->of->report,
                                                              index);
    const parcheck_cell *cell = parcheck_finding_cell(finding, 0);
    const char *rule = rule_of(finding);

    fprintf(file, "  %s ",
            severities[parcheck_finding_severity(finding)][language]);
    if (cell != NULL) {
        put_text(file, parcheck_report_input_name(g->of->report,
                                                  parcheck_cell_input(cell)));
        fprintf(file, ":%zu ", parcheck_cell_line(cell));
    }
    /* As the report writes it: a rule that fails is known by its id. */
    if (strcmp(parcheck_finding_code(finding), "rule.fails") == 0)
        fprintf(file, "[%s]\n", rule);
    else
        fprintf(file, "[%s%s%s]\n", parcheck_finding_code(finding),
                rule != NULL ? ":" : "", rule != NULL ? rule : "");
    wrap_indented(file, parcheck_finding_message(finding, language), 4);
}

static bool write_text(void *context, FILE *file)
{
    const diff *d = context;
    group groups[3];

    make_groups(d, groups);
    for (size_t g = 0; g < 3; g++) {
        fprintf(file, "%s: %zu\n", say(d->language, groups[g].vi, groups[g].en),
                count_in(&groups[g], false));
        for (size_t i = 0;
             i < parcheck_report_finding_count(groups[g].of->report); i++)
            if (is_in(&groups[g], i))
                put_finding(file, &groups[g], i, d->language);
    }
    return ferror(file) == 0;
}

/* ---- as JSON ------------------------------------------------------------- */

static void put_string(FILE *file, const char *text)
{
    if (text == NULL) {
        fputs("null", file);
        return;
    }
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fprintf(file, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            fprintf(file, "\\u%04x", (unsigned)*text);
        else
            fputc(*text, file);
    }
    fputc('"', file);
}

static void put_member(FILE *file, const char *name, const char *text)
{
    fprintf(file, ", \"%s\": ", name);
    put_string(file, text);
}

static void put_place(FILE *file, const version *v,
                      const parcheck_finding *finding)
{
    const parcheck_cell *cell = parcheck_finding_cell(finding, 0);

    if (cell == NULL) {
        fputs("null", file);
        return;
    }
    fputs("{\"input\": ", file);
    put_string(
        file, parcheck_report_input_name(v->report, parcheck_cell_input(cell)));
    fprintf(file, ", \"line\": %zu, \"column\": %zu", parcheck_cell_line(cell),
            parcheck_cell_column(cell));
    put_member(file, "address", parcheck_cell_address(cell));
    put_member(file, "name", parcheck_cell_name(cell));
    put_member(file, "form", parcheck_cell_form(cell));
    put_member(file, "code", parcheck_cell_code(cell));
    put_member(file, "label", parcheck_cell_label(cell));
    put_member(file, "literal", parcheck_cell_literal(cell));
    fputc('}', file);
}

/* Of one that stayed, the place in the old version is "old_cell". */
static void put_object(FILE *file, const diff *d, const group *g, size_t index)
{
    const parcheck_finding *finding = parcheck_report_finding(g->of->report,
                                                              index);

    fputs("{\"code\": ", file);
    put_string(file, parcheck_finding_code(finding));
    put_member(file, "severity",
               parcheck_severity_name(parcheck_finding_severity(finding)));
    put_member(file, "rule", rule_of(finding));
    put_member(file, "unit", parcheck_finding_unit(finding));
    put_member(file, "unit_code", parcheck_finding_unit_code(finding));
    put_member(file, "period", parcheck_finding_period(finding));
    fputs(", \"message\": {\"vi\": ", file);
    put_string(file, parcheck_finding_message(finding, PARCHECK_VIETNAMESE));
    put_member(file, "en", parcheck_finding_message(finding, PARCHECK_ENGLISH));
    fputs("}, \"cell\": ", file);
    put_place(file, g->of, finding);
    if (g->paired) {
        fputs(", \"old_cell\": ", file);
        put_place(
            file, &d->old,
            parcheck_report_finding(d->old.report, g->of->partner[index]));
    }
    fputc('}', file);
}

static bool write_json(void *context, FILE *file)
{
    const diff *d = context;
    group groups[3];

    make_groups(d, groups);
    fprintf(file, "{\"parcheck\": \"%s\"", parcheck_version());
    for (size_t g = 0; g < 3; g++) {
        const char *between = "\n  ";

        fprintf(file, ",\n\"%s\": [", groups[g].name);
        for (size_t i = 0;
             i < parcheck_report_finding_count(groups[g].of->report); i++) {
            if (!is_in(&groups[g], i))
                continue;
            fputs(between, file);
            put_object(file, d, &groups[g], i);
            between = ",\n  ";
        }
        fputc(']', file);
    }
    fputs("}\n", file);
    return ferror(file) == 0;
}

/* ---- the command --------------------------------------------------------- */

static bool set_format(diff *d, const char *value)
{
    d->json = value != NULL && strcmp(value, "json") == 0;
    if (d->json || (value != NULL && strcmp(value, "text") == 0))
        return true;
    complain_text(say(d->language, "--format cần text hoặc json",
                      "--format needs text or json"),
                  value);
    return false;
}

static bool add_version(diff *d, const char *path)
{
    if (path == NULL || d->new.path != NULL)
        return false;
    if (d->old.path == NULL)
        d->old.path = path;
    else
        d->new.path = path;
    return true;
}

static bool parse(diff *d, arguments *args)
{
    while (args->next < args->count) {
        const char *value = NULL;
        bool bad = false;

        if (take_option(args, "--format", &value)) {
            if (!set_format(d, value))
                return false;
        } else if (take_option(args, "-o", &value) ||
                   take_option(args, "--output", &value)) {
            d->output = value;
            bad = value == NULL;
        } else if (reading_take(&d->reading, args, &bad)) {
            if (bad)
                return false;
        } else {
            bad = d->new.path != NULL || !add_version(d, take_operand(args));
        }
        if (bad) {
            wrong_argument(args);
            return false;
        }
    }
    if (d->new.path == NULL)
        wrong_argument(args);
    return d->new.path != NULL;
}

static bool spares(const diff *d, const version *v)
{
    for (size_t i = 0; d->output != NULL && i < v->count; i++) {
        if (is_same_file(v->names[i], d->output)) {
            complain_text(say(d->language, "-o sẽ ghi đè tệp cần kiểm tra",
                              "-o would overwrite a file to check"),
                          d->output);
            return false;
        }
    }
    return true;
}

static bool check(diff *d, version *v)
{
    parcheck_input *inputs = calloc(v->count, sizeof *inputs);
    parcheck_error error;
    bool done;

    if (inputs == NULL)
        return no_memory(d->language);
    for (size_t i = 0; i < v->count; i++) {
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        inputs[i].path = v->names[i];
    }
    done = parcheck_validate(&v->report, d->reading.schema, inputs, v->count,
                             &d->reading.options, &error) == PARCHECK_OK;
    if (!done) {
        complain(d->language, &error);
        if (error.status == PARCHECK_EINVAL &&
            d->reading.options.edition != NULL)
            suggest_edition(d->reading.schema, d->reading.options.edition,
                            d->language);
    }
    free(inputs);
    return done;
}

static int run(diff *d)
{
    group groups[3];

    if (!find_files(&d->old, d->language) || !find_files(&d->new, d->language))
        return EXIT_FAILED;
    if (!spares(d, &d->old) || !spares(d, &d->new) ||
        !load_schema(&d->reading.schema, d->reading.folder, d->language))
        return EXIT_FAILED;
    if (!check(d, &d->old) || !check(d, &d->new) || !match(d))
        return EXIT_FAILED;
    if (!write_output(d->output, d->language, d->json ? write_json : write_text,
                      d))
        return EXIT_FAILED;
    make_groups(d, groups);
    return count_in(&groups[0], true) > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

static void end(version *v)
{
    for (size_t i = 0; i < v->count; i++)
        free(v->names[i]);
    free(v->names);
    free(v->partner);
    parcheck_report_free(v->report);
}

int command_diff(arguments *args)
{
    diff d;
    int code = EXIT_FAILED;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    memset(&d, 0, sizeof d);
    d.language = args->language;
    if (!reading_begin(&d.reading, args))
        return EXIT_FAILED;
    d.reading.options.explain = 0; /* only the findings are compared */
    if (parse(&d, args)) {
        d.language = args->language;
        code = run(&d);
    }
    end(&d.old);
    end(&d.new);
    reading_end(&d.reading);
    return code;
}
