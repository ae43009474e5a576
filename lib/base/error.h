/* Filling the caller's error. */
#ifndef PC_BASE_ERROR_H
#define PC_BASE_ERROR_H

#include "base/buffer.h"
#include "parcheck/parcheck.h"

/* Where something went wrong. */
typedef struct pc_place {
    const char *source; /* file or table, "" for none */
    size_t line;        /* 0 for none */
    size_t column;      /* 0 for none */
} pc_place;

/* Control characters in the texts become "?". Both formats take the same
 * arguments in the same order. Returns `status`,
 * so that a caller can fail in one line. `error` may be NULL. */
parcheck_status pc_fail(parcheck_error *error, parcheck_status status,
                        pc_place place, const char *vi, const char *en, ...)
    PC_PRINTF(4, 6) PC_PRINTF(5, 6);
parcheck_status pc_no_memory(parcheck_error *error);
parcheck_status pc_cancelled(parcheck_error *error);

#endif
