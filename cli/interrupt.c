#include "interrupt.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILES = 4 }; /* that are written at a time */

static const char *volatile files[MOST_FILES];
static const char *volatile message;

/* Nothing but what a signal may do at any time. */
static void on_signal(int number)
{
    (void)number;
    for (size_t i = 0; i < MOST_FILES; i++)
        if (files[i] != NULL)
            (void)unlink(files[i]);
    (void)!write(STDERR_FILENO, message, strlen(message));
    _exit(EXIT_FAILED);
}

void interrupt_begin(parcheck_language language)
{
    const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    message = say(language, "parcheck: bị ngắt giữa chừng; kết quả không đầy đủ\n",
                  "parcheck: interrupted; the result is not whole\n");
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction action;

        if (sigaction(signals[i], NULL, &action) != 0 ||
            action.sa_handler == SIG_IGN)
            continue;
        memset(&action, 0, sizeof action);
        action.sa_handler = on_signal;
        (void)sigfillset(&action.sa_mask);
        (void)sigaction(signals[i], &action, NULL);
    }
}

static void replace(const char *from, const char *to)
{
    size_t i = 0;

    while (i < MOST_FILES && files[i] != from)
        i++;
    if (i < MOST_FILES)
        files[i] = to;
}

void interrupt_removes(const char *name)
{
    replace(NULL, name);
}

void interrupt_keeps(const char *name)
{
    replace(name, NULL);
}
