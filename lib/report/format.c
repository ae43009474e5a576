#include <string.h>

#include "report/report.h"

/* By parcheck_format. */
static const pc_format formats[] = {
    {"text", pc_write_text},     {"json", pc_write_json},
    {"ndjson", pc_write_ndjson}, {"csv", pc_write_csv},
    {"junit", pc_write_junit},   {"sarif", pc_write_sarif},
    {"html", pc_write_html},
};

enum { FORMATS = sizeof formats / sizeof *formats };

const pc_format *pc_format_at(size_t index)
{
    return index < FORMATS ? &formats[index] : NULL;
}

const pc_format *pc_format_named(const char *name, size_t *index)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            *index = i;
            return &formats[i];
        }
    }
    return NULL;
}
