#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a text that vsnprintf() cut in the middle of a UTF-8 sequence. */
static void cut_at_character(char *text, size_t size)
{
    size_t length = strlen(text);

    if (length + 1 < size)
        return;
    while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80)
        length--;
    if (length > 0 && ((unsigned char)text[length - 1] & 0x80) != 0)
        length--;
    text[length] = '\0';
}

parcheck_status pc_fail(parcheck_error *error, parcheck_status status,
                        pc_place place, const char *vi, const char *en, ...)
{
    va_list arguments;
    va_list again;

    if (error == NULL)
        return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    error->line = place.line;
    error->column = place.column;
    (void)snprintf(error->source, sizeof error->source, "%s",
                   place.source != NULL ? place.source : "");
    cut_at_character(error->source, sizeof error->source);
    va_start(arguments, en);
    va_copy(again, arguments);
    (void)vsnprintf(error->vi, sizeof error->vi, vi, arguments);
    (void)vsnprintf(error->en, sizeof error->en, en, again);
    va_end(again);
    va_end(arguments);
    cut_at_character(error->vi, sizeof error->vi);
    cut_at_character(error->en, sizeof error->en);
    return status;
}

parcheck_status pc_no_memory(parcheck_error *error)
{
    pc_place nowhere = {"", 0, 0};

    return pc_fail(error, PARCHECK_ENOMEM, nowhere, "hết bộ nhớ",
                   "out of memory");
}
