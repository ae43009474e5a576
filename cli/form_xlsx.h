/* An empty form as a workbook, where libxlsxwriter is. */
#ifndef CLI_FORM_XLSX_H
#define CLI_FORM_XLSX_H

#include "form.h"

/* Whether workbooks can be written; loads the library. */
bool form_has_xlsx(void);
/* False if it could not be written whole. */
bool form_write_xlsx(const form *f, const char *path);

#endif
