/* Whether bytes are one well-formed JSON value and a line feed. */
#ifndef FUZZ_JSON_H
#define FUZZ_JSON_H

#include "expect.h"

typedef struct json_text {
    const char *at;
    const char *end;
} json_text;

static inline void json_space(json_text *j)
{
    while (j->at < j->end && (*j->at == ' ' || *j->at == '\n'))
        j->at++;
}

static inline bool json_take(json_text *j, char c)
{
    json_space(j);
    if (j->at == j->end || *j->at != c)
        return false;
    j->at++;
    return true;
}

static inline bool json_escape(json_text *j)
{
    if (j->at < j->end && *j->at == 'u') {
        for (int i = 0; i < 4; i++)
            if (++j->at >= j->end ||
                strchr("0123456789abcdefABCDEF", *j->at) == NULL)
                return false;
        j->at++;
        return true;
    }
    if (j->at >= j->end || strchr("\"\\/bfnrt", *j->at) == NULL)
        return false;
    j->at++;
    return true;
}

static inline bool json_string(json_text *j)
{
    if (!json_take(j, '"'))
        return false;
    while (j->at < j->end && *j->at != '"') {
        bool escaped = *j->at == '\\';

        if ((unsigned char)*j->at < 0x20)
            return false;
        j->at++;
        if (escaped && !json_escape(j))
            return false;
    }
    return json_take(j, '"');
}

/* A whole number, true, false or null: parcheck writes no other. */
static inline bool json_word(json_text *j)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t left = (size_t)(j->end - j->at);
    const char *from = j->at;

    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);

        if (left >= length && memcmp(j->at, words[i], length) == 0) {
            j->at += length;
            return true;
        }
    }
    while (j->at < j->end && *j->at >= '0' && *j->at <= '9')
        j->at++;
    return j->at > from && (*from != '0' || j->at == from + 1);
}

static inline bool json_value(json_text *j, int depth)
{
    bool object = false;
    char close;

    json_space(j);
    if (j->at == j->end || depth == 0)
        return false;
    if (*j->at == '"')
        return json_string(j);
    if (*j->at != '{' && *j->at != '[')
        return json_word(j);
    object = *j->at++ == '{';
    close = object ? '}' : ']';
    if (json_take(j, close))
        return true;
    do {
        if (object && (!json_string(j) || !json_take(j, ':')))
            return false;
        if (!json_value(j, depth - 1))
            return false;
    } while (json_take(j, ','));
    return json_take(j, close);
}

static inline bool is_json(const char *data, size_t length)
{
    json_text j = {data, data + length};

    return is_clean(data, length) && json_value(&j, 16) && j.at + 1 == j.end &&
           *j.at == '\n';
}

#endif
