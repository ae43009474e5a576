/* A progress bar on standard error, for work that takes longer than a second
 * in front of a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <parcheck/parcheck.h>

typedef struct progress {
    parcheck_language language;
    int64_t begun; /* milliseconds of a clock that only goes on */
    int64_t drawn; /* when it was last drawn; 0: not yet */
} progress;

/* Lets the run report to `p`, which must outlive it; does nothing where
 * standard error is no terminal. */
void progress_begin(progress *p, parcheck_options *options,
                    parcheck_language language);
/* Takes the bar away again. */
void progress_end(progress *p);

#endif
