/* What the commands share. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include <parcheck/parcheck.h>

enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_FAILED = 2 };

/* The arguments of a command, taken one by one. */
typedef struct arguments {
    int count;
    char **values;
    int next;
    bool only_operands; /* behind "--" */
    parcheck_language language;
    const char *help; /* of the command: it names the options there are */
} arguments;

/* Vietnamese if the environment asks for it, else English. */
parcheck_language language_of_environment(void);
/* The text in the language of the user. */
const char *say(parcheck_language language, const char *vi, const char *en);

/* Whether the next argument is the option `name` ("--edition"); takes it. */
bool take_flag(arguments *args, const char *name);
/* Likewise with a value, "--edition X" or "--edition=X". `*value` is NULL if
 * the value is missing. */
bool take_option(arguments *args, const char *name, const char **value);
/* Takes the next argument if it is no option; NULL if it is one or none. */
const char *take_operand(arguments *args);
/* Whether the next argument asks for help; takes it. */
bool wants_help(arguments *args);
/* Prints `args->help`; returns the exit code. */
int print_help(const arguments *args);
/* Says what is wrong with the next argument; returns EXIT_FAILED. */
int wrong_argument(const arguments *args);
/* "--lang" with its value. Returns false and says so if it is neither. */
bool parse_language(arguments *args, const char *value);

/* "--delimiter" with its value: one character, or "tab". Returns false and
 * says so if it is neither. */
bool parse_delimiter(char *delimiter, parcheck_language language,
                     const char *value);
/* Whether both are names of one file that is there. */
bool is_same_file(const char *one, const char *other);
/* A whole number from 1 up. */
bool parse_count(const char *text, size_t *number);

/* "--format" with its value. Returns false and says so if it is none. */
bool parse_format(parcheck_format *format, const arguments *args,
                  const char *value);

/* "parcheck: place: message" on standard error; returns EXIT_FAILED. */
int complain(parcheck_language language, const parcheck_error *error);
int complain_text(const char *text, const char *detail);

/* Loads the folder, or the built-in schemas if it is NULL. Returns false and
 * says why if it cannot. */
bool load_schema(parcheck_schema **schema, const char *folder,
                 parcheck_language language);

/* Whether the user's name means the edition: its name, with its family or
 * without, or the family's name for all of its editions. */
bool edition_is_named(const char *name, const parcheck_family *family,
                      const parcheck_edition *edition);
/* Says which one may have been meant, if there is none of that name. */
void suggest_edition(const parcheck_schema *schema, const char *name,
                     parcheck_language language);
/* Says that there is none; returns EXIT_FAILED. */
int no_such_edition(const parcheck_schema *schema, const char *name,
                    parcheck_language language);

/* Lets `write` write to a file, or to standard output if `path` is NULL.
 * Returns false and says so if it cannot be written whole; `write` itself
 * tells of other errors than of writing. */
bool write_output(const char *path, parcheck_language language,
                  bool (*write)(void *context, FILE *file), void *context);
/* Says that the file could not be written, and takes away what there is of
 * it. */
void complain_unwritten(const char *path, parcheck_language language);
/* Writes a report to a file, or to standard output if `path` is NULL. */
bool write_report(const parcheck_report *report,
                  const parcheck_write_options *options, const char *path);
/* Ends what was written to standard output; false if it could not be. */
bool finish_output(parcheck_language language);

/* power.c: the table of `parcheck schema power`. Returns false and says why
 * if it cannot. */
bool show_power(const parcheck_schema *schema, const parcheck_family *family,
                const parcheck_edition *edition, bool exact,
                parcheck_language language);

int command_archive(arguments *args);
int command_check(arguments *args);
int command_diff(arguments *args);
int command_explain(arguments *args);
int command_fill(arguments *args);
int command_fix(arguments *args);
int command_rollup(arguments *args);
int command_schema(arguments *args);
int command_template(arguments *args);
int command_version(arguments *args);

#endif
