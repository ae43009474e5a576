/* An empty form as a workbook, where libxlsxwriter was built in. */
#ifndef CLI_FORM_XLSX_H
#define CLI_FORM_XLSX_H

#include "form.h"

/* Whether this program can write workbooks. */
bool form_has_xlsx(void);
/* False if it could not be written whole. */
bool form_write_xlsx(const form *f, const char *path);

#endif
