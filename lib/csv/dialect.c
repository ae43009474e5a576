#include "csv/dialect.h"

#include <string.h>

/* How much of the text is looked at, and the most fields told apart. */
enum { MOST_BYTES = 1 << 16, MOST_RECORDS = 400, MOST_FIELDS = 256 };

static const char delimiters[] = {',', ';', '\t'};

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

/* "sep=;" as spreadsheets write and understand it, on the first line. */
static bool read_sep_line(const char *text, size_t length, pc_dialect *d)
{
    size_t at = 4;

    if (length < 5 ||
        (memcmp(text, "sep=", 4) != 0 && memcmp(text, "SEP=", 4) != 0))
        return false;
    if (is_end(text[at]))
        return false;
    d->delimiter = text[at++];
    if (at < length && !is_end(text[at]))
        return false;
    if (at < length && text[at] == '\r')
        at++;
    if (at < length && text[at] == '\n')
        at++;
    d->skip = at;
    d->source = PC_DIALECT_SEP;
    return true;
}

/* How many records have how many fields. */
typedef struct tally {
    unsigned short records[MOST_FIELDS];
} tally;

static void count_record(tally *t, size_t fields)
{
    if (fields < MOST_FIELDS)
        t->records[fields]++;
}

static void count_fields(tally *t, const char *text, size_t length,
                         char delimiter)
{
    bool quoted = false;
    bool empty = true;
    size_t fields = 1;
    size_t records = 0;

    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < length && records < MOST_RECORDS; i++) {
        char c = text[i];

        if (c == '"')
            quoted = !quoted;
        if (!quoted && is_end(c)) {
            if (!empty) {
                count_record(t, fields);
                records++;
            }
            fields = 1;
            empty = true;
            continue;
        }
        empty = false;
        fields += !quoted && c == delimiter;
    }
    if (!empty && records < MOST_RECORDS)
        count_record(t, fields);
}

/* The largest number of records that agree on a count above one; of equal
 * numbers the larger count. */
static size_t agreement(const tally *t, size_t *fields)
{
    size_t most = 0;

    for (size_t i = 2; i < MOST_FIELDS; i++) {
        if (t->records[i] > 0 && t->records[i] >= most) {
            most = t->records[i];
            *fields = i;
        }
    }
    return most;
}

static void count_delimiters(const char *text, size_t length, pc_dialect *d)
{
    size_t best = 0;
    size_t best_fields = 0;

    for (size_t i = 0; i < sizeof delimiters; i++) {
        tally t;
        size_t fields = 0;
        size_t records;

        count_fields(&t, text, length, delimiters[i]);
        records = agreement(&t, &fields);
        if (records > best || (records == best && fields > best_fields)) {
            best = records;
            best_fields = fields;
            d->delimiter = delimiters[i];
            d->source = PC_DIALECT_COUNTED;
        }
    }
}

pc_dialect pc_dialect_find(const char *text, size_t length, char given)
{
    pc_dialect d = {',', PC_DIALECT_DEFAULT, 0};
    size_t looked = length < MOST_BYTES ? length : MOST_BYTES;

    if (!read_sep_line(text, length, &d))
        count_delimiters(text, looked, &d);
    if (given != '\0') {
        d.delimiter = given;
        d.source = PC_DIALECT_GIVEN;
    }
    return d;
}
