/* What happens when a run is interrupted by a signal (SIGINT, SIGTERM, SIGHUP):
 * files that are not whole are removed, it is said, and the exit code is that
 * of a run that could not be done. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "cli.h"

/* From now on. A signal that the caller has ignored, as nohup does, stays so. */
void interrupt_begin(parcheck_language language);
/* Has the file removed; the name must stay until it is kept again. */
void interrupt_removes(const char *name);
void interrupt_keeps(const char *name);

#endif
