/* The command line: parcheck COMMAND ... */
#include <signal.h>
#include <string.h>

#include "cli.h"
#include "interrupt.h"
#include "suggest.h"

typedef struct command {
    const char *name;
    int (*run)(arguments *args);
    const char *vi;
    const char *en;
} command;

static const command commands[] = {
    {"check", command_check, "kiểm tra số liệu của một báo cáo",
     "check the numbers of a submission"},
    {"archive", command_archive, "kiểm tra nhiều báo cáo trong một bảng dài",
     "check many submissions in one long table"},
    {"diff", command_diff, "so sánh hai bản của một báo cáo",
     "which findings came and went between two versions"},
    {"explain", command_explain, "giải thích một mã hoặc một quy tắc",
     "what a code or a rule means"},
    {"fill", command_fill, "điền ô trống mà các ô khác đã quyết định",
     "fill in blanks that the other cells determine"},
    {"fix", command_fix, "ghi bản sao đã sửa theo giải thích được chấp nhận",
     "write copies corrected by accepted explanations"},
    {"rollup", command_rollup, "cộng báo cáo của các đơn vị lên cấp trên",
     "add submissions up to those of the units above"},
    {"schema", command_schema, "xem và kiểm tra lược đồ biểu mẫu",
     "look at and examine the schemas of forms"},
    {"template", command_template, "ghi ra một biểu mẫu trống",
     "write an empty form to fill in"},
    {"version", command_version, "phiên bản", "the version"},
};

static int help(parcheck_language language)
{
    printf("%s\n\n",
           say(language, "Cách dùng: parcheck LỆNH ... [--lang vi|en]",
               "Usage: parcheck COMMAND ... [--lang vi|en]"));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        printf("  %-9s %s\n", commands[i].name,
               say(language, commands[i].vi, commands[i].en));
    printf("\n%s\n", say(language, "Chi tiết: parcheck LỆNH --help",
                         "More: parcheck COMMAND --help"));
    return finish_output(language) ? EXIT_CLEAN : EXIT_FAILED;
}

static int no_such_command(const char *name, parcheck_language language)
{
    suggestion s;

    complain_text(say(language, "không có lệnh này (xem parcheck --help)",
                      "no such command (see parcheck --help)"),
                  name);
    suggest_begin(&s, name);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        suggest_try(&s, commands[i].name, strlen(commands[i].name));
    suggest_say(&s, language);
    return EXIT_FAILED;
}

/* Messages about the command line itself come in the language that it asks
 * for, wherever it does so. */
static parcheck_language find_language(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *value = NULL;

        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            value = argv[i + 1];
        if (value != NULL && strcmp(value, "vi") == 0)
            return PARCHECK_VIETNAMESE;
        if (value != NULL && strcmp(value, "en") == 0)
            return PARCHECK_ENGLISH;
    }
    return language_of_environment();
}

int main(int argc, char **argv)
{
    arguments args = {argc, argv, 1, false, PARCHECK_ENGLISH, NULL};
    const char *value = NULL;
    const char *name;

    /* A reader that closes the pipe is an error of writing, not a death. */
    (void)signal(SIGPIPE, SIG_IGN);
    args.language = find_language(argc, argv);
    if (take_option(&args, "--lang", &value) && !parse_language(&args, value))
        return EXIT_FAILED;
    interrupt_begin(args.language);
    if (take_flag(&args, "--help") || take_flag(&args, "-h"))
        return help(args.language);
    if (take_flag(&args, "--version"))
        return command_version(&args);
    name = take_operand(&args);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (name != NULL && strcmp(name, commands[i].name) == 0)
            return commands[i].run(&args);
    if (name == NULL && args.next == args.count)
        return complain_text(say(args.language,
                                 "thiếu lệnh (xem parcheck --help)",
                                 "a command is missing (see parcheck --help)"),
                             NULL);
    return no_such_command(name != NULL ? name : argv[args.next],
                           args.language);
}
