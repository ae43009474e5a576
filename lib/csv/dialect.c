#include "csv/dialect.h"

#include <limits.h>
#include <string.h>

/* How much of the text is looked at, and the most fields told apart. */
enum { MOST_BYTES = 1 << 16, MOST_RECORDS = 400, MOST_FIELDS = 256 };

enum { DELIMITERS = 3 };
static const char delimiters[DELIMITERS] = {',', ';', '\t'};

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

/* The fields of one record, by each delimiter. */
typedef struct counted {
    size_t fields[DELIMITERS];
    bool empty;
} counted;

static const counted nothing = {{1, 1, 1}, true};

static void count_record(tally *t, const counted *record)
{
    for (size_t d = 0; d < DELIMITERS; d++)
        if (record->fields[d] < MOST_FIELDS)
            t[d].records[record->fields[d]]++;
}

/* How many characters from `at` on are none that counts. */
static size_t count_others(const char *text, size_t length, size_t at)
{
    static const bool counts[UCHAR_MAX + 1] = {
        ['"'] = true, ['\n'] = true, ['\r'] = true,
        [','] = true, [';'] = true,  ['\t'] = true};
    size_t from = at;

    while (at < length && !counts[(unsigned char)text[at]])
        at++;
    return at - from;
}

static void count_char(counted *record, char c)
{
    for (size_t d = 0; d < DELIMITERS; d++)
        record->fields[d] += c == delimiters[d];
}

/* Fills a tally for each delimiter: quotes, line ends and so the records are
 * the same for all. */
static void count_fields(tally *t, const char *text, size_t length)
{
    bool quoted = false;
    counted record = nothing;
    size_t records = 0;

    for (size_t i = 0; i < length && records < MOST_RECORDS; i++) {
        size_t others = count_others(text, length, i);
        char c;

        record.empty = record.empty && others == 0;
        i += others;
        if (i == length)
            break;
        c = text[i];
        if (c == '"')
            quoted = !quoted;
        if (quoted || !is_end(c)) {
            record.empty = false;
            if (!quoted)
                count_char(&record, c);
        } else {
            if (!record.empty) {
                count_record(t, &record);
                records++;
            }
            record = nothing;
        }
    }
    if (!record.empty && records < MOST_RECORDS)
        count_record(t, &record);
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
    tally t[DELIMITERS];
    size_t best = 0;
    size_t best_fields = 0;

    memset(t, 0, sizeof t);
    count_fields(t, text, length);
    for (size_t i = 0; i < DELIMITERS; i++) {
        size_t fields = 0;
        size_t records = agreement(&t[i], &fields);

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
