#include "base/progress.h"

#include <stddef.h>

/* Where each phase begins: shares of the time of a long run, in thousandths.
 * They need not be right, only in order. */
static const uint64_t begins[] = {0, 50, 350, 600, 800, 1000};

static uint64_t within(pc_phase phase, uint64_t done, uint64_t of)
{
    uint64_t length;

    if (phase >= PC_PHASE_END)
        return begins[PC_PHASE_END];
    length = begins[phase + 1] - begins[phase];
    /* So that the product cannot overflow. */
    for (; of > UINT32_MAX; of >>= 1)
        done >>= 1;
    if (of == 0 || done >= of)
        return begins[phase] + (of == 0 ? 0 : length);
    return begins[phase] + length * done / of;
}

bool pc_progress_at(pc_progress *progress, pc_phase phase, uint64_t done,
                    uint64_t of)
{
    uint64_t at;

    if (progress == NULL || progress->call == NULL || progress->cancelled)
        return progress == NULL || !progress->cancelled;
    at = within(phase, done, of);
    if (at > progress->told)
        progress->told = at;
    progress->cancelled = progress->call(progress->context, progress->told,
                                         begins[PC_PHASE_END]) != 0;
    return !progress->cancelled;
}

bool pc_progress_step(pc_progress *progress, pc_phase phase, uint64_t done,
                      uint64_t of)
{
    if (progress == NULL || done % PC_PROGRESS_STEP != 0)
        return progress == NULL || !progress->cancelled;
    return pc_progress_at(progress, phase, done, of);
}
