/* An allocator that counts its blocks and can refuse one or all calls. */
#ifndef PC_TEST_FAILING_ALLOCATOR_H
#define PC_TEST_FAILING_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "parcheck/parcheck.h"

/*
 * To let every allocation of a piece of code fail in turn:
 *
 *     for (size_t n = 1; !done; n++) {
 *         failing_allocator_init(&fa, n, persistent);
 *         parcheck_allocator allocator = failing_allocator_get(&fa);
 *         ... run with &allocator; `done` once fa.calls < n ...
 *         ... fa.live must be 0 when everything was given back ...
 *     }
 */
typedef struct failing_allocator {
    size_t fail_at;  /* the call that fails, from 1; 0 for none */
    bool persistent; /* the calls after it fail, too */
    size_t calls;    /* of resize, those that failed among them */
    size_t failures; /* calls that were refused */
    size_t live;     /* blocks handed out and not yet released */
} failing_allocator;

void failing_allocator_init(failing_allocator *fa, size_t fail_at,
                            bool persistent);
/* It keeps a pointer to `fa`. */
parcheck_allocator failing_allocator_get(failing_allocator *fa);

#endif
