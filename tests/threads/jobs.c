/*
 * An archive on several threads says what one thread says: byte for byte, for
 * 1, 2 and 8 jobs, whole or in pieces, whatever is broken in it. The preset
 * `tsan` runs it under ThreadSanitizer.
 */
#include <parcheck/parcheck.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Over the 256 KiB that are looked at first, and then some blocks. */
enum { LENGTH = 1500000 };

typedef struct text {
    char *data;
    size_t length;
    size_t room;
} text;

static int add(void *context, const void *bytes, size_t size)
{
    text *t = context;

    if (t->length + size + 1 > t->room) {
        t->room = (t->length + size + 1) * 2;
        t->data = realloc(t->data, t->room);
        if (t->data == NULL)
            exit(EXIT_FAILURE);
    }
    memcpy(t->data + t->length, bytes, size);
    t->length += size;
    t->data[t->length] = '\0';
    return 0;
}

static void add_text(text *t, const char *words)
{
    (void)add(t, words, strlen(words));
}

/* ---- a form of five rows ------------------------------------------------- */

static const char family[] = "key,value\nversion,1\nvi,F\nen,F\n";
static const char rows[] = "form,code,name,label,unit,kind,level,choices\n"
                           "6,2.1,a,Tất cả,Cái,count,,\n"
                           "6,2.2,b,Loại b,Cái,count,,\n"
                           "6,2.3,c,Loại c,Cái,count,,\n"
                           "6,2.4,d,Loại d,Cái,count,,\n"
                           "6,2.5,e,Loại e,Cái,count,,\n";
static const char rules[] = "id,check,severity,vi,en,basis\n"
                            "sum,a = b + c + d + e,error,Tổng,The sum,x\n"
                            "below,b = children(b),error,Xã,Below,x\n";

static parcheck_schema *load(void)
{
    const parcheck_table tables[] = {
        {"f", "family.csv", family, sizeof family - 1},
        {"f", "e.csv", rows, sizeof rows - 1},
        {"f", "rules.csv", rules, sizeof rules - 1}};
    parcheck_schema *schema;

    return parcheck_schema_load_tables(&schema, tables, 3, NULL, NULL) ==
                   PARCHECK_OK
               ? schema
               : NULL;
}

/* ---- archives that are made -------------------------------------------------
 */

typedef enum trouble {
    NO_TROUBLE,
    RETURNS, /* CR LF, and now and then CR alone */
    CR_ONLY,
    QUOTES,  /* and blank lines, and lines within fields */
    BROKEN,  /* quotes that are never closed, rows that are too short */
    LARGE,   /* submissions of more than a block, over the ceiling, too */
    ENDLESS, /* fields longer than a block */
    NOISY,   /* short submissions that all are told of */
    TROUBLES
} trouble;

static const char *const names[TROUBLES] = {
    "plain lines",        "CR LF",           "CR", "quotes", "broken rows",
    "a large submission", "an endless field",
    "noise"};

typedef struct maker {
    text *out;
    trouble trouble;
    uint64_t state;
} maker;

/* From 0 to below `many`. */
static unsigned random_below(maker *m, unsigned many)
{
    m->state = m->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(m->state >> 33) % many;
}

static void end_line(maker *m)
{
    if (m->trouble == CR_ONLY)
        add_text(m->out, "\r");
    else if (m->trouble == RETURNS)
        add_text(m->out, random_below(m, 50) == 0 ? "\r" : "\r\n");
    else
        add_text(m->out, "\n");
}

static void add_oddity(maker *m)
{
    static const char *const quoted[] = {
        "\n", "  \n\n", "\"Xã \"\"Q\"\"\n2\",T,2023-Q1,6,2.1,\"5\"\n",
        "\"Xã R\",\"T\",\"2023-Q1\",6,2.1,\"4\n4\"\n"};
    static const char *const broken[] = {"A\n",
                                         "\"A,T,2023-Q1,6,2.1,5\n",
                                         "A,T,2023-Q1,6,2.1,5\"6\n",
                                         ",,\n",
                                         "unit,parent,period,form,code,value\n",
                                         "A,T,2023-Q1,6,2.1,\xFF\n",
                                         "A,\"T\"x,2023-Q1,6,2.2,1\n"};

    if (m->trouble == QUOTES)
        add_text(m->out, quoted[random_below(m, 4)]);
    else if (m->trouble == BROKEN)
        add_text(m->out, broken[random_below(m, 7)]);
}

/* Each 50th unit is above the others. */
static void add_row(maker *m, unsigned unit, const char *code, unsigned value)
{
    char row[128];

    if (unit % 50 == 0)
        (void)snprintf(row, sizeof row, "H %03u,,2023-Q1,6,%s,%u", unit / 50,
                       code, value);
    else
        (void)snprintf(row, sizeof row, "Xã %05u,H %03u,2023-Q1,6,%s,%u", unit,
                       unit / 50, code, value);
    add_text(m->out, row);
    if (m->trouble == ENDLESS && random_below(m, 4000) == 0)
        for (unsigned i = 0; i < 80000; i++)
            add_text(m->out, "0123456789");
    end_line(m);
}

static void add_submission(maker *m, unsigned unit)
{
    static const char *const codes[] = {"2.1", "2.2", "2.3", "2.4", "2.5"};
    unsigned values[5] = {0, random_below(m, 9), random_below(m, 9),
                          random_below(m, 9), random_below(m, 9)};

    if (unit % 50 == 0)
        values[1] = 196; /* what 49 others have, as a mean */
    values[0] = values[1] + values[2] + values[3] + values[4] +
                (random_below(m, 200) == 0);
    for (unsigned i = 0; i < (m->trouble == NOISY ? 1 : 5); i++) {
        if (random_below(m, 200) == 0)
            add_oddity(m);
        add_row(m, unit, codes[i], values[i]);
    }
    if (m->trouble == LARGE && random_below(m, 5000) == 0)
        for (unsigned i = 0; i < 15000; i++)
            add_row(m, unit, codes[i % 5], i);
}

static void make(text *out, trouble kind, uint64_t seed)
{
    maker m = {out, kind, seed};

    add_text(out, "unit,parent,period,form,code,value");
    end_line(&m);
    for (unsigned unit = 0; out->length < LENGTH; unit++)
        add_submission(&m, unit);
}

/* ASCII letters and all others as they come, in UTF-16. */
static void widen(text *wide, const text *narrow)
{
    (void)add(wide, "\xFF\xFE", 2);
    for (size_t i = 0; i < narrow->length; i++) {
        const char two[2] = {narrow->data[i], '\0'};

        (void)add(wide, two, 2);
    }
}

/* ---- runs ---------------------------------------------------------------- */

typedef struct way {
    size_t jobs;
    size_t step; /* bytes given at once */
} way;

static void run(text *out, const parcheck_schema *schema, const text *in,
                const way *how)
{
    parcheck_stream_options options;
    parcheck_stream *s;
    parcheck_status status;

    parcheck_stream_options_init(&options, sizeof options);
    options.jobs = how->jobs;
    options.explain = 0; /* it would take most of the time */
    options.max_submission_bytes = 200000;
    options.write = add;
    options.write_context = out;
    status = parcheck_stream_new(&s, schema, &options, NULL);
    for (size_t at = 0; at < in->length && status == PARCHECK_OK;
         at += how->step) {
        size_t left = in->length - at;

        status = parcheck_stream_feed(
            s, in->data + at, left < how->step ? left : how->step, NULL);
    }
    if (status == PARCHECK_OK)
        status = parcheck_stream_finish(s, NULL);
    if (status != PARCHECK_OK)
        add_text(out, "it did not come to its end");
    parcheck_stream_free(s);
}

static int compare(const char *name, const parcheck_schema *schema,
                   const text *in)
{
    const way ways[] = {{1, SIZE_MAX / 2},
                        {2, SIZE_MAX / 2},
                        {8, 65536},
                        {2, 4099},
                        {1, 100003}};
    text expected = {NULL, 0, 0};
    int wrong = 0;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        text out = {NULL, 0, 0};

        run(i == 0 ? &expected : &out, schema, in, &ways[i]);
        if (i > 0 && (out.length != expected.length ||
                      memcmp(out.data, expected.data, out.length) != 0)) {
            (void)printf("FAIL %s: %zu jobs, %zu bytes at once\n", name,
                         ways[i].jobs, ways[i].step);
            wrong++;
        }
        free(out.data);
    }
    if (strstr(expected.data, "\"summary\"") == NULL ||
        strstr(expected.data, "\"finding\"") == NULL) {
        (void)printf("FAIL %s: a run that tells nothing\n", name);
        wrong++;
    }
    (void)printf("%s: %zu bytes, report of %zu\n", name, in->length,
                 expected.length);
    free(expected.data);
    return wrong;
}

/* What comes after the callback has had enough. */
static int refuse(void *context, const parcheck_finding *finding)
{
    (void)finding;
    return --*(int *)context < 0;
}

static int stop_early(const parcheck_schema *schema, const text *in)
{
    for (int after = 0; after < 120; after += 17) {
        parcheck_stream_options options;
        parcheck_status status;
        parcheck_stream *s;
        int left = after;

        parcheck_stream_options_init(&options, sizeof options);
        options.jobs = 3;
        options.finding = refuse;
        options.finding_context = &left;
        if (parcheck_stream_new(&s, schema, &options, NULL) != PARCHECK_OK)
            return 1;
        status = parcheck_stream_feed(s, in->data, in->length, NULL);
        if (status == PARCHECK_OK)
            status = parcheck_stream_finish(s, NULL);
        if (status != PARCHECK_ECANCELLED) {
            (void)printf("FAIL a refusal is not told\n");
            parcheck_stream_free(s);
            return 1;
        }
        parcheck_stream_free(s);
    }
    return 0;
}

int main(void)
{
    parcheck_schema *schema = load();
    int wrong = schema == NULL;

    for (trouble kind = NO_TROUBLE; kind < TROUBLES && schema != NULL; kind++) {
        text in = {NULL, 0, 0};
        text wide = {NULL, 0, 0};

        make(&in, kind, 2023 + kind);
        wrong += compare(names[kind], schema, &in);
        if (kind == NO_TROUBLE) {
            wrong += stop_early(schema, &in);
            widen(&wide, &in);
            wrong += compare("UTF-16", schema, &wide);
        }
        free(in.data);
        free(wide.data);
    }
    parcheck_schema_free(schema);
    return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
