#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum { PATIENCE = 1000, REDRAW = 100, BAR = 30 }; /* milliseconds; columns */

static int64_t now(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        return 0;
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Nobody knows how much a pipe still has. */
static void draw_bytes(const progress *p, uint64_t done)
{
    fprintf(stderr, "\r%s %llu MB",
            say(p->language, "Đang kiểm tra", "Checking"),
            (unsigned long long)(done / 1000000));
    fflush(stderr);
}

static void draw(const progress *p, uint64_t done, uint64_t total)
{
    uint64_t percent = total > 0 ? done / (total / 100 + 1) : 0;
    int full;

    if (total > 0 && total < UINT64_MAX / 100)
        percent = done * 100 / total;
    if (percent > 100)
        percent = 100;
    full = (int)(percent * BAR / 100);
    fprintf(stderr, "\r%s [%.*s%*s] %3d %%",
            say(p->language, "Đang kiểm tra", "Checking"), full,
            "##############################", BAR - full, "", (int)percent);
    fflush(stderr);
}

static int report(void *context, uint64_t done, uint64_t total)
{
    progress *p = context;
    int64_t time = now();

    if (time - p->begun < PATIENCE || time - p->drawn < REDRAW)
        return 0;
    p->drawn = time;
    if (total > 0)
        draw(p, done, total);
    else
        draw_bytes(p, done);
    return 0;
}

void progress_begin(progress *p, parcheck_options *options,
                    parcheck_language language)
{
    const char *terminal = getenv("TERM");

    memset(p, 0, sizeof *p);
    p->language = language;
    if (isatty(STDERR_FILENO) == 0 ||
        (terminal != NULL && strcmp(terminal, "dumb") == 0))
        return;
    p->begun = now();
    options->progress = report;
    options->progress_context = p;
}

void progress_end(progress *p)
{
    if (p->drawn == 0)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    p->drawn = 0;
}
