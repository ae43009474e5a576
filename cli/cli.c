#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

int wrong_argument(const arguments *args)
{
    const char *value = peek(args);

    if (value == NULL)
        return complain_text(say(args->language,
                                 "thiếu đối số; xem parcheck --help",
                                 "an argument is missing; see parcheck "
                                 "--help"),
                             NULL);
    return complain_text(say(args->language,
                             "không hiểu đối số này (xem parcheck --help)",
                             "unknown argument (see parcheck --help)"),
                         value);
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

/* A report that could not be written whole is taken away again, if it is a
 * file and not a device or a link. */
static bool write_file(const parcheck_report *report,
                       const parcheck_write_options *options, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool done = file != NULL &&
                parcheck_report_write(report, options, write_bytes, file,
                                      NULL) == PARCHECK_OK;

    if (file != NULL && fclose(file) != 0)
        done = false;
    if (!done) {
        complain_text(say(options->language, "không ghi được tệp",
                          "cannot write the file"),
                      path);
        if (file != NULL && is_regular_file(path))
            (void)remove(path);
    }
    return done;
}

bool write_report(const parcheck_report *report,
                  const parcheck_write_options *options, const char *path)
{
    parcheck_error error;
    parcheck_status status;

    if (path != NULL)
        return write_file(report, options, path);
    status = parcheck_report_write(report, options, write_bytes, stdout,
                                   &error);
    if (status == PARCHECK_OK)
        return finish_output(options->language);
    complain(options->language, &error);
    return false;
}
