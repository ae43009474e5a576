/*
 * Bytes of CSV files to a report in every format.
 *
 * The first byte says how: bit 0 the small schemas of a library, else the
 * built-in ones; bit 1 two files, cut where the second byte says; bit 2 very
 * low ceilings; bit 3 the edition is given. The rest is the files.
 */
#include <parcheck/parcheck.h>

#include "json.h"
#include "text/show.h"

enum { BUILT_IN, SMALL, SCHEMAS };
enum { USE_SMALL = 1, TWO_FILES = 2, LOW = 4, GIVEN = 8 };

static const parcheck_schema *schema_of(int which)
{
    static parcheck_schema *schemas[SCHEMAS];

    if (schemas[which] != NULL)
        return schemas[which];
    if (which == BUILT_IN)
        EXPECT(parcheck_schema_load_builtin(&schemas[which], NULL, NULL) ==
               PARCHECK_OK);
    else
        EXPECT(parcheck_schema_load_folder(
                   &schemas[which], PARCHECK_SOURCE_DIR "/tests/cases/schemas",
                   NULL, NULL) == PARCHECK_OK);
    return schemas[which];
}

/* Hands out bytes in odd pieces. */
typedef struct source {
    const uint8_t *bytes;
    size_t left;
    size_t calls;
} source;

static int read_piece(void *context, void *buffer, size_t size, size_t *got)
{
    source *s = context;
    size_t piece = s->calls++ % 5 * 97 + 1;

    *got = s->left < size ? s->left : size;
    *got = *got < piece ? *got : piece;
    if (*got > 0)
        memcpy(buffer, s->bytes, *got);
    s->bytes += *got;
    s->left -= *got;
    return 0;
}

static void set_options(parcheck_options *options, uint8_t how)
{
    parcheck_options_init(options, sizeof *options);
    options->max_file_bytes = (how & LOW) != 0 ? 700 : 64 << 10;
    options->max_field_bytes = (how & LOW) != 0 ? 40 : 4096;
    options->max_fields = (how & LOW) != 0 ? 5 : 64;
    options->max_records = (how & LOW) != 0 ? 9 : 1000;
    options->max_findings = (how & LOW) != 0 ? 1 : 100;
    if ((how & GIVEN) != 0)
        options->edition = (how & USE_SMALL) != 0 ? "town-2024"
                                                  : "gia-lai-2022";
}

static void check_cell(const parcheck_report *report, const parcheck_cell *cell)
{
    EXPECT(parcheck_cell_input(cell) < parcheck_report_input_count(report));
    EXPECT(parcheck_cell_line(cell) > 0);
}

/* What must hold of every report. */
static void check_report(const parcheck_report *report)
{
    size_t outcomes = 0;
    size_t findings = 0;

    for (int i = 0; i < 4; i++)
        outcomes += parcheck_report_outcome_count(report, (parcheck_outcome)i);
    EXPECT(outcomes == parcheck_report_verdict_count(report));
    for (int i = 0; i < 3; i++)
        findings += parcheck_report_severity_count(report,
                                                   (parcheck_severity)i);
    EXPECT(findings == parcheck_report_finding_count(report));
    for (size_t i = 0; i < findings; i++) {
        const parcheck_finding *finding = parcheck_report_finding(report, i);

        EXPECT(parcheck_finding_message(finding, PARCHECK_ENGLISH)[0] != '\0');
        for (size_t j = 0; j < parcheck_finding_cell_count(finding); j++)
            check_cell(report, parcheck_finding_cell(finding, j));
    }
    for (size_t i = 0; i < outcomes; i++) {
        const parcheck_verdict *verdict = parcheck_report_verdict(report, i);

        for (size_t j = 0; j < parcheck_verdict_cell_count(verdict); j++)
            check_cell(report, parcheck_verdict_cell(verdict, j));
    }
}

static void check_width(const text *out, size_t width)
{
    const char *line = out->data;
    const char *end = out->data + out->length;

    while (line < end) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));

        EXPECT(feed != NULL);
        EXPECT(pc_text_width(line, (size_t)(feed - line)) <= width);
        line = feed + 1;
    }
}

static void write_text(const parcheck_report *report,
                       parcheck_language language, unsigned width, text *out)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.language = language;
    options.width = width;
    options.verdicts = 1;
    out->length = 0;
    EXPECT(parcheck_report_write(report, &options, text_add, out, NULL) ==
           PARCHECK_OK);
    EXPECT(is_clean(out->data, out->length));
    check_width(out, width);
}

static void write_json(const parcheck_report *report, text *out)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.format = PARCHECK_JSON_REPORT;
    options.verdicts = 1;
    out->length = 0;
    EXPECT(parcheck_report_write(report, &options, text_add, out, NULL) ==
           PARCHECK_OK);
}

/* Records of CSV end with two characters; leaves the second. */
static void join_ends(text *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->length; i++)
        if (out->data[i] != '\r' || i + 1 == out->length ||
            out->data[i + 1] != '\n')
            out->data[kept++] = out->data[i];
    out->length = kept;
}

static void write_all(const parcheck_report *report,
                      parcheck_language language, text *out)
{
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.language = language;
    options.verdicts = 1;
    for (int i = 0; parcheck_format_name((parcheck_format)i) != NULL; i++) {
        options.format = (parcheck_format)i;
        out->length = 0;
        EXPECT(parcheck_report_write(report, &options, text_add, out, NULL) ==
               PARCHECK_OK);
        if (options.format == PARCHECK_CSV_REPORT)
            join_ends(out);
        EXPECT(is_clean(out->data, out->length));
    }
}

static parcheck_report *validate(uint8_t how, const parcheck_input *inputs,
                                 size_t count)
{
    parcheck_report *report = NULL;
    parcheck_options options;

    set_options(&options, how);
    EXPECT(parcheck_validate(
               &report, schema_of((how & USE_SMALL) != 0 ? SMALL : BUILT_IN),
               inputs, count, &options, NULL) == PARCHECK_OK);
    return report;
}

/* The same files in another order, and through a callback. */
static void check_same(uint8_t how, const parcheck_input *inputs, size_t count,
                       const text *json)
{
    static text again;
    parcheck_input turned[2];
    source sources[2];
    parcheck_report *report;

    for (size_t i = 0; i < count; i++) {
        const parcheck_input *from = &inputs[count - 1 - i];

        sources[i] = (source){from->data, from->length, 0};
        parcheck_input_init(&turned[i], sizeof turned[i]);
        turned[i].name = from->name;
        turned[i].read = read_piece;
        turned[i].context = &sources[i];
    }
    report = validate(how, turned, count);
    write_json(report, &again);
    parcheck_report_free(report);
    EXPECT(again.length == json->length &&
           memcmp(again.data, json->data, json->length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static text out;
    static text json;
    static const char *const names[] = {"a.csv", "b.csv"};
    parcheck_input inputs[2];
    parcheck_report *report;
    size_t count;
    size_t cut;

    if (size < 2)
        return 0;
    count = (data[0] & TWO_FILES) != 0 ? 2 : 1;
    cut = count == 2 ? (size - 2) * data[1] / 255 : size - 2;
    for (size_t i = 0; i < count; i++) {
        parcheck_input_init(&inputs[i], sizeof inputs[i]);
        inputs[i].name = names[i];
        inputs[i].data = i == 0 ? data + 2 : data + 2 + cut;
        inputs[i].length = i == 0 ? cut : size - 2 - cut;
    }
    report = validate(data[0], inputs, count);
    check_report(report);
    write_text(report, PARCHECK_VIETNAMESE, 80, &out);
    write_text(report, PARCHECK_ENGLISH, 40, &out);
    write_json(report, &json);
    EXPECT(is_json(json.data, json.length));
    write_all(report, PARCHECK_VIETNAMESE, &out);
    write_all(report, PARCHECK_ENGLISH, &out);
    parcheck_report_free(report);
    check_same(data[0], inputs, count, &json);
    return 0;
}
