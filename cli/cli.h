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
/* Says what is wrong with the next argument; returns EXIT_FAILED. */
int wrong_argument(const arguments *args);
/* "--lang" with its value. Returns false and says so if it is neither. */
bool parse_language(arguments *args, const char *value);

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

int command_check(arguments *args);
int command_schema(arguments *args);
int command_version(arguments *args);

#endif
