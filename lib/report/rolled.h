/* Totals of the units below, as a long table. */
#ifndef PC_REPORT_ROLLED_H
#define PC_REPORT_ROLLED_H

#include "archive/rollup.h"
#include "report/report.h"

/* The table is all there is once the writer was flushed. */
void pc_write_rolled_heading(pc_writer *writer);
void pc_write_rolled(pc_writer *writer, const pc_rolled *rolled);

#endif
