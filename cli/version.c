#include "cli.h"

static const char help_vi[] = "Cách dùng: parcheck version\n"
                              "\n"
                              "Cho biết phiên bản của chương trình.\n"
                              "\n"
                              "  --lang vi|en    ngôn ngữ\n";

static const char help_en[] = "Usage: parcheck version\n"
                              "\n"
                              "Tells the version of the program.\n"
                              "\n"
                              "  --lang vi|en    the language\n";

int command_version(arguments *args)
{
    const char *value = NULL;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    if (take_option(args, "--lang", &value) && !parse_language(args, value))
        return EXIT_FAILED;
    if (args->next < args->count)
        return wrong_argument(args);
    printf("parcheck %s\n", parcheck_version());
    return finish_output(args->language) ? EXIT_CLEAN : EXIT_FAILED;
}
