#include "cli.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "suggest.h"

parcheck_language language_of_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return strncmp(value, "vi", 2) == 0 ? PARCHECK_VIETNAMESE
                                                : PARCHECK_ENGLISH;
    }
    return PARCHECK_ENGLISH;
}

const char *say(parcheck_language language, const char *vi, const char *en)
{
    return language == PARCHECK_VIETNAMESE ? vi : en;
}

static const char *peek(const arguments *args)
{
    return args->next < args->count ? args->values[args->next] : NULL;
}

bool take_flag(arguments *args, const char *name)
{
    const char *value = peek(args);

    if (value == NULL || args->only_operands || strcmp(value, name) != 0)
        return false;
    args->next++;
    return true;
}

bool take_option(arguments *args, const char *name, const char **value)
{
    const char *given = peek(args);
    size_t length = strlen(name);

    if (given == NULL || args->only_operands ||
        strncmp(given, name, length) != 0)
        return false;
    if (given[length] == '=') {
        args->next++;
        *value = given + length + 1;
        return true;
    }
    if (given[length] != '\0')
        return false;
    args->next++;
    *value = peek(args);
    if (*value != NULL)
        args->next++;
    return true;
}

const char *take_operand(arguments *args)
{
    const char *value = peek(args);

    if (value == NULL)
        return NULL;
    if (!args->only_operands && strcmp(value, "--") == 0) {
        args->only_operands = true;
        args->next++;
        value = peek(args);
    }
    if (value == NULL ||
        (!args->only_operands && value[0] == '-' && value[1] != '\0'))
        return NULL;
    args->next++;
    return value;
}

int complain_text(const char *text, const char *detail)
{
    fprintf(stderr, "parcheck: %s%s%s\n", text, detail != NULL ? ": " : "",
            detail != NULL ? detail : "");
    return EXIT_FAILED;
}

bool wants_help(arguments *args)
{
    return take_flag(args, "--help") || take_flag(args, "-h");
}

int print_help(const arguments *args)
{
    fputs(args->help, stdout);
    return finish_output(args->language) ? EXIT_CLEAN : EXIT_FAILED;
}

static void suggest_option(const arguments *args, const char *value)
{
    char name[MOST_NAME + 1];
    size_t length = strcspn(value, "=");
    suggestion s;

    if (value[0] != '-' || args->help == NULL || length > MOST_NAME)
        return;
    memcpy(name, value, length);
    name[length] = '\0';
    suggest_begin(&s, name);
    suggest_options(&s, args->help);
    suggest_say(&s, args->language);
}

int wrong_argument(const arguments *args)
{
    const char *value = peek(args);

    if (value == NULL)
        return complain_text(say(args->language,
                                 "thiếu đối số; xem parcheck --help",
                                 "an argument is missing; see parcheck "
                                 "--help"),
                             NULL);
    complain_text(say(args->language,
                      "không hiểu đối số này (xem parcheck --help)",
                      "unknown argument (see parcheck --help)"),
                  value);
    suggest_option(args, value);
    return EXIT_FAILED;
}

bool parse_count(const char *text, size_t *number)
{
    size_t value = 0;

    for (; *text >= '0' && *text <= '9'; text++) {
        size_t digit = (size_t)(*text - '0');

        if (value > (SIZE_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return *text == '\0' && value > 0;
}

bool parse_delimiter(char *delimiter, parcheck_language language,
                     const char *value)
{
    if (strcmp(value, "tab") == 0)
        *delimiter = '\t';
    else if (value[0] != '\0' && value[1] == '\0')
        *delimiter = value[0];
    else {
        complain_text(say(language, "--delimiter cần một ký tự hoặc tab",
                          "--delimiter needs one character or tab"),
                      value);
        return false;
    }
    return true;
}

bool is_same_file(const char *one, const char *other)
{
    struct stat a;
    struct stat b;

    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

bool parse_language(arguments *args, const char *value)
{
    if (value != NULL && strcmp(value, "vi") == 0)
        args->language = PARCHECK_VIETNAMESE;
    else if (value != NULL && strcmp(value, "en") == 0)
        args->language = PARCHECK_ENGLISH;
    else {
        complain_text(say(args->language, "--lang cần vi hoặc en",
                          "--lang needs vi or en"),
                      value);
        return false;
    }
    return true;
}

/* " text json ...": all there are. */
static const char *format_names(char *names, size_t size)
{
    size_t used = 0;

    for (int i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++) {
        const char *name = parcheck_format_name((parcheck_format)i);
        int length = snprintf(names + used, size - used, " %s", name);

        used += length > 0 && (size_t)length < size - used ? (size_t)length : 0;
    }
    return names;
}

bool parse_format(parcheck_format *format, const arguments *args,
                  const char *value)
{
    char names[128];
    char text[256];

    if (parcheck_format_find(value, format) != 0)
        return true;
    (void)snprintf(text, sizeof text, "%s%s",
                   say(args->language, "--format cần một trong các dạng",
                       "--format needs one of"),
                   format_names(names, sizeof names));
    complain_text(text, value);
    return false;
}

int complain(parcheck_language language, const parcheck_error *error)
{
    fprintf(stderr, "parcheck: ");
    if (error->source[0] != '\0')
        fprintf(stderr, "%s", error->source);
    if (error->line > 0)
        fprintf(stderr, ":%zu", error->line);
    if (error->column > 0)
        fprintf(stderr, ":%zu", error->column);
    fprintf(stderr, "%s%s\n", error->source[0] != '\0' ? ": " : "",
            say(language, error->vi, error->en));
    return EXIT_FAILED;
}

bool load_schema(parcheck_schema **schema, const char *folder,
                 parcheck_language language)
{
    parcheck_error error;
    parcheck_status status = folder != NULL
                                 ? parcheck_schema_load_folder(schema, folder,
                                                               NULL, &error)
                                 : parcheck_schema_load_builtin(schema, NULL,
                                                                &error);

    if (status != PARCHECK_OK)
        complain(language, &error);
    return status == PARCHECK_OK;
}

bool edition_is_named(const char *name, const parcheck_family *family,
                      const parcheck_edition *edition)
{
    const char *family_name = parcheck_family_name(family);
    const char *edition_name = parcheck_edition_name(edition);
    size_t length = strlen(family_name);

    if (strcmp(name, edition_name) == 0 || strcmp(name, family_name) == 0)
        return true;
    return strncmp(name, family_name, length) == 0 && name[length] == '/' &&
           strcmp(name + length + 1, edition_name) == 0;
}

void suggest_edition(const parcheck_schema *schema, const char *name,
                     parcheck_language language)
{
    suggestion s;

    suggest_begin(&s, name);
    suggest_editions(&s, schema);
    suggest_say(&s, language);
}

int no_such_edition(const parcheck_schema *schema, const char *name,
                    parcheck_language language)
{
    complain_text(say(language,
                      "không có ấn bản này (xem parcheck schema list)",
                      "no such edition (see parcheck schema list)"),
                  name);
    suggest_edition(schema, name, language);
    return EXIT_FAILED;
}

static int write_bytes(void *context, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, context) == size ? 0 : -1;
}

bool finish_output(parcheck_language language)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return true;
    complain_text(say(language, "không ghi được ra đầu ra chuẩn",
                      "cannot write to standard output"),
                  NULL);
    return false;
}

static bool is_regular_file(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0 && S_ISREG(about.st_mode);
}

void complain_unwritten(const char *path, parcheck_language language)
{
    complain_text(say(language, "không ghi được tệp", "cannot write the file"),
                  path);
    /* A device or a link stays. */
    if (is_regular_file(path))
        (void)remove(path);
}

bool write_output(const char *path, parcheck_language language,
                  bool (*write)(void *context, FILE *file), void *context)
{
    FILE *file;
    bool done;

    if (path == NULL) {
        done = write(context, stdout);
        return (done || ferror(stdout) != 0) && finish_output(language);
    }
    file = fopen(path, "wb");
    if (file == NULL) {
        complain_text(
            say(language, "không ghi được tệp", "cannot write the file"), path);
        return false;
    }
    done = write(context, file);
    done = fclose(file) == 0 && done;
    if (!done)
        complain_unwritten(path, language);
    return done;
}

typedef struct report_output {
    const parcheck_report *report;
    const parcheck_write_options *options;
} report_output;

static bool write_report_to(void *context, FILE *file)
{
    const report_output *output = context;
    parcheck_error error;

    if (parcheck_report_write(output->report, output->options, write_bytes,
                              file, &error) == PARCHECK_OK)
        return true;
    if (ferror(file) == 0)
        complain(output->options->language, &error);
    return false;
}

bool write_report(const parcheck_report *report,
                  const parcheck_write_options *options, const char *path)
{
    report_output output = {report, options};

    return write_output(path, options->language, write_report_to, &output);
}
