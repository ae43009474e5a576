/* Making and taking apart reports, for the public functions that do. */
#ifndef PC_API_REPORT_H
#define PC_API_REPORT_H

#include "report/report.h"

/* An empty report; NULL without memory. */
parcheck_report *pc_report_new(const parcheck_allocator *allocator,
                               size_t max_findings);

#endif
