/* Options of the sanitizers, linked into every program of such a build. The
 * exit code must not be one that a program has a meaning for. */

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
    return "exitcode=99:detect_stack_use_after_return=1:"
           "strict_string_checks=1";
}

const char *__ubsan_default_options(void)
{
    return "exitcode=99:print_stacktrace=1";
}
