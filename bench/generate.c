/*
 * Makes an archive: a long table of the submissions of many districts over
 * forty quarters, sorted by unit and period, or with "period" by period and
 * unit. The same arguments give the same bytes on every system.
 *
 * usage: generate SUBMISSIONS EVERY SEED DATA FAILURES [period]
 *
 * One of every EVERY submissions gets one wrong number (0: none). DATA is the
 * table; FAILURES lists the rule that each wrong number breaks for certain,
 * which every program of the benchmark must find. Others may break with it.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUARTERS = 40, FIRST_YEAR = 2014, UNITS_OF_PARENT = 11 };

/* SplitMix64; each submission has a sequence of its own. */
typedef struct random_state {
    uint64_t state;
} random_state;

static uint64_t next(random_state *r)
{
    uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static random_state sequence(uint64_t seed, uint64_t stream, uint64_t index)
{
    random_state r = {seed ^ (stream << 56)};

    r.state = next(&r) + index;
    r.state = next(&r);
    return r;
}

/* A number from low to high, both included. */
static long pick(random_state *r, long low, long high)
{
    return low + (long)(next(r) % (uint64_t)(high - low + 1));
}

/* a of b in hundredths of a percent, rounded half up. */
static long percent(long a, long b)
{
    return (20000 * a + b) / (2 * b);
}

#include "model.h"

/* What begins the line of each value, "unit,parent,period". */
typedef struct head {
    char text[128];
    size_t length;
} head;

static char *put_number(char *p, long value)
{
    char digits[24];
    size_t n = 0;

    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    while (n > 0)
        *p++ = digits[--n];
    return p;
}

static char *put_value(char *p, const fact *f, long value)
{
    if (!f->percent)
        return put_number(p, value);
    p = put_number(p, value / 100);
    *p++ = '.';
    *p++ = (char)('0' + value / 10 % 10);
    *p++ = (char)('0' + value % 10);
    return p;
}

static void name_submission(head *h, long index, FILE *failures, int which)
{
    long unit = index / QUARTERS, quarter = index % QUARTERS;
    char period[32];

    snprintf(period, sizeof(period), "%ld-Q%ld", FIRST_YEAR + quarter / 4,
             quarter % 4 + 1);
    h->length = (size_t)snprintf(h->text, sizeof(h->text),
                                 "Huyện %04ld,Tỉnh %02ld,%s", unit + 1,
                                 unit / UNITS_OF_PARENT + 1, period);
    if (which >= 0)
        fprintf(failures, "%s,Huyện %04ld,%s\n", spoiled_rules[which], unit + 1,
                period);
}

/* The rule to break in this submission, or -1: one of each `every` in a row,
 * at a place of its own. */
static int wrong_rule(long index, long every, uint64_t seed)
{
    random_state r;

    if (every == 0)
        return -1;
    r = sequence(seed, 1, (uint64_t)(index / every));
    if (index % every != pick(&r, 0, every - 1))
        return -1;
    return (int)pick(&r, 0, SPOILERS - 1);
}

static void write_submission(const head *h, const long *v, const char *blank,
                             FILE *data)
{
    static char buffer[FACTS * 192];
    char *p = buffer;

    for (size_t i = 0; i < FACTS; i++) {
        size_t length = strlen(facts[i].place);

        memcpy(p, h->text, h->length);
        memcpy(p + h->length, facts[i].place, length);
        p += h->length + length;
        if (!blank[i])
            p = put_value(p, &facts[i], v[i]);
        *p++ = '\n';
    }
    fwrite(buffer, 1, (size_t)(p - buffer), data);
}

/* The submission that stands at a place in the order of periods. */
static long by_period(long place, long submissions)
{
    long units = submissions / QUARTERS;

    return place < units * QUARTERS ? place % units * QUARTERS + place / units
                                    : place;
}

static void generate(long submissions, long every, uint64_t seed, bool periods,
                     FILE *data, FILE *failures)
{
    fputs("unit,parent,period,form,code,value\n", data);
    fputs("rule,unit,period\n", failures);
    for (long place = 0; place < submissions; place++) {
        long i = periods ? by_period(place, submissions) : place;
        random_state r = sequence(seed, 0, (uint64_t)i);
        int which = wrong_rule(i, every, seed);
        long v[FACTS];
        char blank[FACTS] = {0};
        head h;

        make(&r, i % QUARTERS % 4, v, blank);
        if (which >= 0)
            spoil(which, pick(&r, 1, 9), v, blank);
        name_submission(&h, i, failures, which);
        write_submission(&h, v, blank, data);
    }
}

static FILE *open_output(const char *path)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

static void close_output(FILE *file, const char *path)
{
    if (ferror(file) || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    FILE *data, *failures;

    bool periods = argc == 7 && strcmp(argv[6], "period") == 0;

    if (argc != 6 && !periods) {
        fputs("usage: generate SUBMISSIONS EVERY SEED DATA FAILURES [period]\n",
              stderr);
        return 2;
    }
    data = open_output(argv[4]);
    failures = open_output(argv[5]);
    generate(strtol(argv[1], NULL, 10), strtol(argv[2], NULL, 10),
             strtoull(argv[3], NULL, 10), periods, data, failures);
    close_output(data, argv[4]);
    close_output(failures, argv[5]);
    return 0;
}
