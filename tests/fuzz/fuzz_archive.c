/*
 * An archive to its report: fed in pieces it must be the same as fed at once.
 *
 * The first byte says how: bit 0 the ceilings are very low; bit 1 the rows
 * come in any order; bit 2 the file begins with more rows than are looked at
 * before the first one is judged, so that the rest is read in pieces indeed;
 * bit 3 they are in UTF-16; bit 4 the totals of the units below are wanted, and
 * must be the same, too; bit 5 the file has no line end put behind it, and may
 * end within a record. The second byte is the size of the pieces, less
 * one. The rest is the file.
 */
#include <parcheck/parcheck.h>

#include "json.h"

enum {
    LOW = 1,
    UNSORTED = 2,
    BEHIND = 4,
    UTF_16 = 8,
    TOTALS = 16,
    CUT = 32
};
enum { MOST_BYTES = 8 << 10, WINDOW = 1 << 18 };

static const char heading[] =
    "unit,parent,period,form,code,value\nA,T,2023-Q1,6,2.1,5\n";

static const parcheck_schema *schema(void)
{
    static parcheck_schema *built_in;

    if (built_in == NULL)
        EXPECT(parcheck_schema_load_builtin(&built_in, NULL, NULL) ==
               PARCHECK_OK);
    return built_in;
}

static void set_options(parcheck_stream_options *options, uint8_t how,
                        text *report, text *totals)
{
    parcheck_stream_options_init(options, sizeof *options);
    options->unsorted = (how & UNSORTED) != 0;
    options->write = text_add;
    options->write_context = report;
    options->explain = 0;
    if ((how & TOTALS) != 0) {
        options->rollup = text_add;
        options->rollup_context = totals;
    }
    if ((how & LOW) == 0)
        return;
    options->max_field_bytes = 60;
    options->max_fields = 8;
    options->max_findings = 2;
    options->max_submission_bytes = 300;
    options->max_held_bytes = 2000;
    options->max_across_bytes = 200;
}

/* The next bytes, in pieces. */
static void feed(parcheck_stream *s, const char *bytes, size_t length,
                 size_t step)
{
    for (size_t at = 0; at < length; at += step)
        EXPECT(parcheck_stream_feed(s, bytes + at,
                                    length - at < step ? length - at : step,
                                    NULL) == PARCHECK_OK);
}

/* Every line of it is JSON, to the last. */
static void check_lines(const text *report)
{
    for (size_t at = 0; at < report->length;) {
        const char *line = report->data + at;
        const char *end = memchr(line, '\n', report->length - at);

        EXPECT(end != NULL);
        EXPECT(is_json(line, (size_t)(end - line) + 1));
        at += (size_t)(end - line) + 1;
    }
}

/* `front` bytes of the file are fed at once in any case. Totals there need not
 * be. */
static parcheck_status run(const text *file, size_t front, size_t step, uint8_t how,
                text *report, text *totals)
{
    parcheck_stream_options options;
    parcheck_stream *s = NULL;
    parcheck_status status;

    report->length = 0;
    totals->length = 0;
    set_options(&options, how, report, totals);
    EXPECT(parcheck_stream_new(&s, schema(), &options, NULL) == PARCHECK_OK);
    feed(s, file->data, front, front > 0 ? front : 1);
    feed(s, file->data + front, file->length - front, step);
    status = parcheck_stream_finish(s, NULL);
    EXPECT(status == PARCHECK_OK ||
           (status == PARCHECK_EINVAL && (how & TOTALS) != 0) ||
           (status == PARCHECK_EIO && (how & CUT) != 0));
    EXPECT(parcheck_stream_submission_count(s) <= parcheck_stream_row_count(s));
    parcheck_stream_free(s);
    check_lines(report);
    return status;
}

static bool is_same(const text *a, const text *b)
{
    return a->length == b->length &&
           (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

static void add_bytes(text *file, const char *bytes, size_t length, bool wide)
{
    for (size_t i = 0; wide && i < length; i++) {
        const char unit[2] = {bytes[i], 0};

        text_add(file, unit, sizeof unit);
    }
    if (!wide)
        text_add(file, bytes, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char lines[WINDOW];
    static text file;
    static text whole;
    static text pieces;
    static text totals;
    static text more_totals;
    size_t front = 0;
    size_t step;
    bool wide;
    parcheck_status status;

    if (size < 2 || size > MOST_BYTES)
        return 0;
    memset(lines, ' ', sizeof lines);
    for (size_t at = 1023; at < sizeof lines; at += 1024)
        lines[at] = '\n';
    step = (size_t)data[1] + 1;
    wide = (data[0] & (BEHIND | UTF_16)) == (BEHIND | UTF_16);
    text_add(&file, "\n", 1); /* no bytes are not no address */
    file.length = 0;
    if ((data[0] & BEHIND) != 0) {
        if (wide)
            text_add(&file, "\xFF\xFE", 2);
        add_bytes(&file, heading, sizeof heading - 1, wide);
        add_bytes(&file, lines, sizeof lines, wide);
        front = file.length;
    }
    add_bytes(&file, (const char *)data + 2, size - 2, wide);
    if ((data[0] & CUT) == 0)
        add_bytes(&file, "\n", 1, wide);
    status = run(&file, front, file.length + 1, data[0], &whole, &totals);
    EXPECT(run(&file, front, step, data[0], &pieces, &more_totals) == status);
    EXPECT(is_same(&whole, &pieces));
    EXPECT(is_same(&totals, &more_totals));
    return 0;
}
