#include "cli.h"

int command_version(arguments *args)
{
    const char *value = NULL;

    if (take_option(args, "--lang", &value) && !parse_language(args, value))
        return EXIT_FAILED;
    if (args->next < args->count)
        return wrong_argument(args);
    printf("parcheck %s\n", parcheck_version());
    return finish_output(args->language) ? EXIT_CLEAN : EXIT_FAILED;
}
