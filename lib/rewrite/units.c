#include "rewrite/units.h"

#include <string.h>

pc_units pc_units_of(pc_charset charset, const char *bytes, size_t length)
{
    bool wide = charset == PC_UTF_16LE || charset == PC_UTF_16BE;
    pc_units units = {(const unsigned char *)bytes, length, 1, false};

    if (wide) {
        units.width = 2;
        units.count = length / 2;
        units.big = charset == PC_UTF_16BE;
    }
    return units;
}

unsigned pc_unit_at(const pc_units *units, size_t index)
{
    const unsigned char *at = units->bytes + index * units->width;

    if (units->width == 1)
        return at[0];
    return units->big ? at[0] * 256u + at[1] : at[1] * 256u + at[0];
}

bool pc_unit_is_digit(unsigned unit)
{
    return unit >= '0' && unit <= '9';
}

void pc_units_copy(pc_buffer *out, const pc_units *units, size_t from,
                   size_t to)
{
    if (from < to)
        pc_buffer_append(out, (const char *)units->bytes + from * units->width,
                         (to - from) * units->width);
}

void pc_units_write(pc_buffer *out, const pc_units *units, const char *text)
{
    for (; *text != '\0'; text++) {
        if (units->width == 2 && units->big)
            pc_buffer_append(out, "", 1);
        pc_buffer_char(out, *text);
        if (units->width == 2 && !units->big)
            pc_buffer_append(out, "", 1);
    }
}

static bool is_mark(const pc_units *units)
{
    if (units->width == 2)
        return units->count > 0 && pc_unit_at(units, 0) == 0xFEFF;
    return units->count >= 3 && memcmp(units->bytes, "\xEF\xBB\xBF", 3) == 0;
}

pc_locator pc_locator_start(const pc_units *units)
{
    pc_locator locator = {units, 0, 1};

    if (is_mark(units))
        locator.at = units->width == 2 ? 1 : 3;
    return locator;
}

/* Where the line behind the one at `at` begins, as csv/reader.c ends lines:
 * by LF, CR or CR LF; the end of the text if there is none. */
static size_t next_line(const pc_units *units, size_t at)
{
    for (; at < units->count; at++) {
        unsigned unit = pc_unit_at(units, at);

        if (unit == '\n')
            return at + 1;
        if (unit == '\r')
            return at + 1 < units->count && pc_unit_at(units, at + 1) == '\n'
                       ? at + 2
                       : at + 1;
    }
    return at;
}

bool pc_locator_seek(pc_locator *locator, size_t line)
{
    while (locator->line < line && locator->at < locator->units->count) {
        locator->at = next_line(locator->units, locator->at);
        locator->line++;
    }
    return locator->line == line && locator->at < locator->units->count;
}

/* A walk over the fields of one record. */
typedef struct walk {
    const pc_units *units;
    size_t at;
    unsigned delimiter;
} walk;

/* What ends a field: 0 at the end of the text. */
static bool ends_field(const walk *w, size_t at)
{
    unsigned unit = at < w->units->count ? pc_unit_at(w->units, at) : '\n';

    return unit == w->delimiter || unit == '\n' || unit == '\r';
}

static bool is_blank(const walk *w, size_t at)
{
    unsigned unit = at < w->units->count ? pc_unit_at(w->units, at) : 0;

    return unit != w->delimiter && (unit == ' ' || unit == '\t');
}

static bool is_quote(const walk *w, size_t at)
{
    return at < w->units->count && pc_unit_at(w->units, at) == '"';
}

static void read_quoted(walk *w, pc_span *span)
{
    span->quoted = true;
    span->from = ++w->at;
    while (w->at < w->units->count) {
        if (!is_quote(w, w->at))
            w->at++;
        else if (is_quote(w, w->at + 1))
            w->at += 2; /* a quote in the text */
        else
            break;
    }
    span->to = w->at;
    while (!ends_field(w, w->at))
        w->at++;
}

static void read_field(walk *w, pc_span *span)
{
    span->quoted = false;
    while (is_blank(w, w->at))
        w->at++;
    if (is_quote(w, w->at)) {
        read_quoted(w, span);
        return;
    }
    span->from = w->at;
    while (!ends_field(w, w->at))
        w->at++;
    span->to = w->at;
    while (span->to > span->from && is_blank(w, span->to - 1))
        span->to--;
}

bool pc_locator_field(const pc_locator *locator, char delimiter, size_t column,
                      pc_span *span)
{
    walk w = {locator->units, locator->at, (unsigned char)delimiter};

    for (;; column--) {
        read_field(&w, span);
        if (column == 1)
            return true;
        if (w.at >= w.units->count || pc_unit_at(w.units, w.at) != w.delimiter)
            return false;
        w.at++;
    }
}
