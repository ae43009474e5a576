/* Telling the caller how far a run is, who may stop it. */
#ifndef PC_BASE_PROGRESS_H
#define PC_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* What a run does one after the other. */
typedef enum pc_phase {
    PC_PHASE_READ,
    PC_PHASE_SPLIT,
    PC_PHASE_BIND,
    PC_PHASE_JUDGE,
    PC_PHASE_EXPLAIN,
    PC_PHASE_END
} pc_phase;

/* Cheap things (records, rules) are counted up to this between two calls. */
enum { PC_PROGRESS_STEP = 1024 };

typedef struct pc_progress {
    int (*call)(void *context, uint64_t done, uint64_t total); /* or NULL */
    void *context;
    uint64_t told; /* the most `done` that was told */
    bool cancelled;
} pc_progress;

/* Tells that `done` of `of` things of a phase are done. False if the caller
 * wants no more, from then on for good. `progress` may be NULL. */
bool pc_progress_at(pc_progress *progress, pc_phase phase, uint64_t done,
                    uint64_t of);
/* The same for things that come in great numbers: calls once a step. */
bool pc_progress_step(pc_progress *progress, pc_phase phase, uint64_t done,
                      uint64_t of);

#endif
