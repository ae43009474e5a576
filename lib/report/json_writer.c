#include <string.h>

#include "report/json.h"
#include "text/show.h"

void pc_json_init(pc_json *json, pc_writer *writer)
{
    memset(json, 0, sizeof *json);
    json->writer = writer;
    json->out = &writer->text;
    json->first = true;
}

static void break_line(pc_json *json)
{
    if (json->inline_) {
        if (!json->first)
            pc_buffer_char(json->out, ' ');
        return;
    }
    pc_buffer_char(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        pc_buffer_text(json->out, "  ");
}

void pc_json_next(pc_json *json)
{
    if (!json->first)
        pc_buffer_char(json->out, ',');
    if (json->depth > 0)
        break_line(json);
    json->first = false;
}

void pc_json_open(pc_json *json, char bracket)
{
    pc_buffer_char(json->out, bracket);
    json->depth++;
    json->first = true;
}

void pc_json_close(pc_json *json, char bracket)
{
    bool empty = json->first;

    json->depth--;
    json->first = true;
    if (!empty && !json->inline_)
        break_line(json);
    pc_buffer_char(json->out, bracket);
    json->first = false;
}

static void escape(pc_json *json, uint32_t point)
{
    switch (point) {
    case '"':
        pc_buffer_text(json->out, "\\\"");
        break;
    case '\\':
        pc_buffer_text(json->out, "\\\\");
        break;
    case '\n':
        pc_buffer_text(json->out, "\\n");
        break;
    case '\t':
        pc_buffer_text(json->out, "\\t");
        break;
    default:
        if (point < 0x10000)
            pc_buffer_format(json->out, "\\u%04x", (unsigned)point);
        else
            pc_buffer_format(json->out, "\\u%04x\\u%04x",
                             (unsigned)(0xD800 + ((point - 0x10000) >> 10)),
                             (unsigned)(0xDC00 + (point & 0x3FF)));
        break;
    }
}

void pc_json_text(pc_json *json, const char *value)
{
    size_t length;

    if (value == NULL) {
        pc_buffer_text(json->out, "null");
        return;
    }
    length = strlen(value);
    pc_buffer_char(json->out, '"');
    for (size_t at = 0; at < length;) {
        uint32_t point;
        bool safe;
        size_t step = pc_text_next(value + at, length - at, &point, &safe);

        if (safe && point != '"' && point != '\\')
            pc_buffer_append(json->out, value + at, step);
        else
            escape(json, point);
        at += step;
    }
    pc_buffer_char(json->out, '"');
}

void pc_json_key(pc_json *json, const char *name)
{
    pc_json_next(json);
    pc_json_text(json, name);
    pc_buffer_text(json->out, ": ");
}

void pc_json_text_at(pc_json *json, const char *name, const char *value)
{
    pc_json_key(json, name);
    pc_json_text(json, value);
}

void pc_json_number(pc_json *json, size_t value)
{
    pc_buffer_format(json->out, "%zu", value);
}

void pc_json_number_at(pc_json *json, const char *name, size_t value)
{
    pc_json_key(json, name);
    pc_json_number(json, value);
}

void pc_json_open_at(pc_json *json, const char *name, char bracket)
{
    pc_json_key(json, name);
    pc_json_open(json, bracket);
}
