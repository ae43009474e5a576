#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a text that vsnprintf() cut in the middle of a UTF-8 sequence. */
static void cut_at_character(char *text, size_t size)
{
    size_t length = strlen(text);
    size_t lead = length;
    unsigned char first;

    if (length + 1 < size)
        return;
    do
        lead--;
    while (lead > 0 && ((unsigned char)text[lead] & 0xC0) == 0x80);
    first = (unsigned char)text[lead];
    if (length - lead <
        1u + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0))
        text[lead] = '\0';
}

/* How many bytes at the front steer a terminal or turn the direction of
 * writing: controls (C0, DEL, C1) and the bidirectional format characters. */
static size_t unsafe_length(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;

    if (b[0] < 0x20 || b[0] == 0x7F)
        return 1;
    if (b[0] == 0xC2 && b[1] >= 0x80 && b[1] <= 0x9F)
        return 2;
    if (b[0] == 0xE2 && b[1] == 0x80 &&
        (b[2] == 0x8E || b[2] == 0x8F || (b[2] >= 0xA8 && b[2] <= 0xAE)))
        return 3;
    if (b[0] == 0xE2 && b[1] == 0x81 && b[2] >= 0xA0 && b[2] <= 0xAF)
        return 3;
    return 0;
}

/* Messages go to terminals and quote what may come from anywhere. */
static void make_safe(char *text)
{
    size_t to = 0;

    for (size_t from = 0; text[from] != '\0';) {
        size_t unsafe = unsafe_length(text + from);

        text[to++] = unsafe > 0 ? '?' : text[from];
        from += unsafe > 0 ? unsafe : 1;
    }
    text[to] = '\0';
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
    make_safe(error->source);
    make_safe(error->vi);
    make_safe(error->en);
    return status;
}

parcheck_status pc_no_memory(parcheck_error *error)
{
    pc_place nowhere = {"", 0, 0};

    return pc_fail(error, PARCHECK_ENOMEM, nowhere, "hết bộ nhớ",
                   "out of memory");
}

parcheck_status pc_cancelled(parcheck_error *error)
{
    pc_place nowhere = {"", 0, 0};

    return pc_fail(error, PARCHECK_ECANCELLED, nowhere, "đã dừng theo yêu cầu",
                   "it was cancelled");
}
