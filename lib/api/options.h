/* Structs of the caller's that begin with their size: one that was compiled
 * against an earlier header is shorter, and what it lacks has its default. */
#ifndef PC_API_OPTIONS_H
#define PC_API_OPTIONS_H

#include "base/error.h"

/* Each fills the first with what the caller gave, which may be NULL for the
 * options. Fail with PARCHECK_EINVAL for a size that no version had. */
parcheck_status pc_options_take(parcheck_options *taken,
                                const parcheck_options *given,
                                parcheck_error *error);
parcheck_status pc_write_options_take(parcheck_write_options *taken,
                                      const parcheck_write_options *given,
                                      parcheck_error *error);
parcheck_status pc_stream_options_take(parcheck_stream_options *taken,
                                       const parcheck_stream_options *given,
                                       parcheck_error *error);
/* Input number `index` of an array whose elements are as long as the first
 * one says. */
parcheck_status pc_input_take(parcheck_input *taken,
                              const parcheck_input *given, size_t index,
                              parcheck_error *error);
parcheck_status pc_edit_take(parcheck_edit *taken, const parcheck_edit *given,
                             size_t index, parcheck_error *error);

#endif
