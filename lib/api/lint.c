/* placeholder until the lint helper writes it */
#include "parcheck/parcheck.h"
parcheck_status parcheck_schema_lint(
    parcheck_report **report, const parcheck_schema *schema,
    const parcheck_allocator *allocator, parcheck_error *error)
{ (void)schema; (void)allocator; (void)error; *report = NULL; return PARCHECK_EINVAL; }
