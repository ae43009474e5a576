/*
 * usage: pathological [CASE...]
 *
 * Files that nobody would send on purpose, made while they are read. Each runs
 * in a process of its own under a ceiling of memory and of processor time, and
 * must end with a report that names certain findings. Then some are run with n
 * and with 2n errors: the cost may not grow faster than the errors.
 *
 * Prints a line for each case and "N passed, M failed".
 */
#include <parcheck/parcheck.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum {
    PIECE = 1 << 16,
    MEMORY_MIB = 1536,
    SECONDS = SANITIZED ? 240 : 60,
    SMALLER = SANITIZED ? 8 : 1, /* what sizes are divided by */
    SMALL_FILE = 32 << 20,       /* the ceiling with sanitizers */
    MANY_FINDINGS = 1000000,     /* more than there are errors */
    MOST_CODES = 4,
    RUNS = 3,
    GROWTH_PERCENT = 260 /* of the cost of n errors, with 2n */
};

/* ---- streams ------------------------------------------------------------- */

/* Writes piece `index` of a file into `out`, of PIECE bytes; its length. */
typedef size_t piece_fn(size_t index, char *out);

typedef struct stream {
    piece_fn *piece;
    size_t next;
    size_t count; /* of pieces */
    size_t at;    /* in the piece */
    size_t length;
    char bytes[PIECE];
} stream;

static int read_stream(void *context, void *buffer, size_t size, size_t *got)
{
    stream *s = context;

    while (s->at == s->length && s->next < s->count) {
        s->length = s->piece(s->next++, s->bytes);
        s->at = 0;
    }
    *got = s->length - s->at < size ? s->length - s->at : size;
    memcpy(buffer, s->bytes + s->at, *got);
    s->at += *got;
    return 0;
}

static const char heading[] = "form,code,label,unit,value,note\n";

static size_t put(char *out, const char *text)
{
    size_t length = strlen(text);

    memcpy(out, text, length);
    return length;
}

/* Rows of a real submission, so that the edition is clear. */
static size_t real_rows(char *out)
{
    FILE *file = fopen(PARCHECK_TEST_DATA "/kong-chro-2022-h1.csv", "rb");
    size_t length = file != NULL ? fread(out, 1, PIECE, file) : 0;

    if (length == 0 || length == PIECE) {
        perror("kong-chro-2022-h1.csv");
        _exit(2);
    }
    fclose(file);
    return length;
}

static size_t long_field(size_t index, char *out)
{
    if (index == 0)
        return put(out, "form,code,label,unit,value,note\n1,1,");
    memset(out, 'a', PIECE);
    return PIECE;
}

static size_t long_quoted_field(size_t index, char *out)
{
    size_t length = long_field(index, out);

    if (index == 0)
        out[length++] = '"';
    else
        for (size_t i = 100; i < length; i += 100)
            out[i] = '\n';
    return length;
}

static size_t columns(size_t index, char *out)
{
    if (index == 0)
        return put(out, "form,code,label,unit,value,note\n1,1,x,y,5,");
    for (size_t i = 0; i < 1000; i++)
        memcpy(out + 2 * i, "1,", 2);
    return 2000;
}

static size_t heading_columns(size_t index, char *out)
{
    if (index == 0)
        return put(out, "form,code,label,unit,value,note");
    for (size_t i = 0; i < 1000; i++)
        memcpy(out + 6 * i, ",y2015", 6);
    return 6000;
}

static size_t open_quote(size_t index, char *out)
{
    size_t length = index == 0 ? put(out, "\"form,code,value\n") : 0;

    while (length + 32 < PIECE)
        length += put(out + length, "1,1,some label,unit,5,\n");
    return length;
}

/* Each line opens a quote that none closes in its record. */
static size_t open_quotes(size_t index, char *out)
{
    return put(out, index == 0 ? heading : "1,1,x,y,\"5\n");
}

static size_t quotes_only(size_t index, char *out)
{
    (void)index;
    memset(out, '"', PIECE - 1);
    return PIECE - 1;
}

static size_t nul_bytes(size_t index, char *out)
{
    if (index == 0)
        return put(out, heading);
    memset(out, 0, PIECE);
    return PIECE;
}

static size_t nul_in_text(size_t index, char *out)
{
    size_t length = real_rows(out);

    (void)index;
    out[length / 2] = 0;
    return length;
}

static size_t wide(char *out, const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++) {
        out[2 * i] = text[i];
        out[2 * i + 1] = 0;
    }
    return 2 * length;
}

/* Half pairs: low ones, high ones, and both in the wrong order. */
static size_t lone_surrogates(size_t index, char *out)
{
    size_t length = 2;

    if (index == 0) {
        memcpy(out, "\xFF\xFE", 2);
        return length + wide(out + 2, heading);
    }
    length = wide(out, "1,1,");
    memcpy(out + length, "\x00\xDC\x01\xD8\x02\xD8\x03\xDC\x04\xDC", 10);
    return length + 10 + wide(out + length + 10, ",u,5,\n");
}

static size_t odd_length(size_t index, char *out)
{
    size_t length = lone_surrogates(0, out);

    (void)index;
    length += wide(out + length, "1,1,x,u,5,\n");
    return length - 1;
}

static size_t surrogates_to_the_end(size_t index, char *out)
{
    size_t length = index == 0 ? lone_surrogates(0, out) : 0;

    for (; length + 2 <= PIECE; length += 2)
        memcpy(out + length, "\x00\xD8", 2);
    return length;
}

static size_t broken_utf_8(size_t index, char *out)
{
    if (index == 0)
        return put(out, heading);
    memset(out, '\xC3', PIECE);
    return PIECE;
}

/* Bytes that are letters in every old encoding, in no order. */
static size_t high_bytes(size_t index, char *out)
{
    unsigned state = (unsigned)index * 2654435761U + 1;

    for (size_t i = 0; i < PIECE; i++) {
        state = state * 1103515245U + 12345U;
        out[i] = (char)(0x80 | (state >> 16 & 0x7F));
        if (state >> 28 == 0)
            out[i] = (state >> 24 & 1) != 0 ? ',' : '\n';
    }
    return PIECE;
}

static size_t broken_lines(size_t index, char *out)
{
    return put(out, index == 0 ? heading : "1,1,\"x\"y,u,5,\n");
}

static size_t unknown_rows(size_t index, char *out)
{
    if (index == 0)
        return real_rows(out);
    return (size_t)sprintf(out,
                           "3,77.%zu,Số thủ tục không ai biết tới %zu,u,5,\n",
                           index, index);
}

static size_t similar_rows(size_t index, char *out)
{
    if (index == 0)
        return real_rows(out);
    return (size_t)sprintf(
        out, "1,88.%zu,Tỷ lệ hoàn thành Ke hoạch CCHC nam (Lũy kế)%zu,u,5,\n",
        index, index % 10);
}

static size_t duplicate_rows(size_t index, char *out)
{
    if (index == 0)
        return real_rows(out);
    return (size_t)sprintf(out, "1,2.1,,,%zu,\n", index);
}

static size_t repeated_rows(size_t index, char *out)
{
    return index == 0 ? real_rows(out) : put(out, "1,2.1,,,43,\n");
}

static size_t bad_numbers(size_t index, char *out)
{
    if (index == 0)
        return real_rows(out);
    return (size_t)sprintf(out, "1,2.1,,,four%zu,\n", index);
}

static size_t short_rows(size_t index, char *out)
{
    return index == 0 ? real_rows(out) : put(out, "1\n");
}

static size_t headings(size_t index, char *out)
{
    if (index == 0)
        return real_rows(out);
    return put(out, "Biểu mẫu 3\nIII CẢI CÁCH THỦ TỤC HÀNH CHÍNH\n"
                    "form,code,label,unit,value,note\n");
}

static size_t titles(size_t index, char *out)
{
    (void)index;
    return put(out, "STT,Nội dung\n");
}

static size_t form_titles(size_t index, char *out)
{
    if (index == 0)
        return put(out, "STT,Chỉ tiêu,Số liệu\n");
    return (size_t)sprintf(out, "Biểu mẫu %zu,,\n1,x,5\n", index % 900 + 1);
}

/* A unit for each row of a long table. */
static size_t units(size_t index, char *out)
{
    if (index == 0)
        return put(out, "unit,parent,period,form,code,value\n");
    return (size_t)sprintf(out, "u%zu,p,2023-Q%zu,1,2.1,5\n", index / 4,
                           index % 4 + 1);
}

/* And a commune for each row of a dossier table. */
static size_t communes(size_t index, char *out)
{
    if (index == 0)
        return put(out, "stt,unit_name,received_total,received_online,"
                        "received_direct,received_carried,resolved_total,"
                        "resolved_early,resolved_ontime,resolved_late,"
                        "pending_total,pending_in_time,pending_late,returned,"
                        "cancelled\nI,a,1,1,0,0,1,0,1,0,0,0,0,0,0\n"
                        "II,b,1,1,0,0,1,0,1,0,0,0,0,0,0\n");
    return (size_t)sprintf(out, "%zu,c%zu,2,1,0,0,1,0,1,0,0,0,0,0,0\n", index,
                           index);
}

static size_t empty_lines(size_t index, char *out)
{
    (void)index;
    memset(out, '\n', PIECE);
    return PIECE;
}

static size_t empty_records(size_t index, char *out)
{
    if (index == 0)
        return real_rows(out);
    return put(out, ",,,,,\n");
}

/* ---- cases --------------------------------------------------------------- */

typedef struct path_case {
    const char *name;
    piece_fn *piece;
    size_t pieces;
    const char *codes[MOST_CODES]; /* findings that must be among them */
    bool grows;                    /* judged for 2n errors as well */
    const char *layout;
    const char *edition;
} path_case;

/* 100 MB and 1 GiB in pieces of 64 KiB. */
enum { MB_100 = 1600, GIB = 16384 + 1 };

static const path_case cases[] = {
    {.name = "long-field", .piece = long_field, .pieces = GIB,
     .codes = {"limit.file-bytes"}},
    {.name = "long-field-below-the-file", .piece = long_field, .pieces = MB_100,
     .codes = {"limit.field-bytes"}},
    {.name = "long-quoted-field", .piece = long_quoted_field, .pieces = GIB,
     .codes = {"limit.file-bytes"}},
    {.name = "columns", .piece = columns, .pieces = 1001,
     .codes = {"limit.fields"}},
    {.name = "heading-columns", .piece = heading_columns, .pieces = 1001,
     .codes = {"limit.fields"}},
    {.name = "open-quote", .piece = open_quote, .pieces = MB_100,
     .codes = {"limit.field-bytes"}},
    {.name = "open-quotes", .piece = open_quotes, .pieces = 100001,
     .codes = {"limit.findings"}, .grows = true},
    {.name = "quotes-only", .piece = quotes_only, .pieces = 401},
    {.name = "nul-bytes", .piece = nul_bytes, .pieces = MB_100,
     .codes = {"file.binary"}},
    {.name = "nul-in-text", .piece = nul_in_text, .pieces = 1,
     .codes = {"file.binary"}},
    {.name = "lone-surrogates", .piece = lone_surrogates, .pieces = 100001,
     .codes = {"file.undecodable"}, .grows = true},
    {.name = "odd-length", .piece = odd_length, .pieces = 1,
     .codes = {"file.undecodable"}},
    {.name = "surrogates-to-the-end", .piece = surrogates_to_the_end,
     .pieces = 401,
     .codes = {"file.undecodable"}},
    {.name = "broken-utf-8", .piece = broken_utf_8, .pieces = 401},
    {.name = "high-bytes", .piece = high_bytes, .pieces = 401},
    {.name = "broken-lines", .piece = broken_lines, .pieces = 100001,
     .codes = {"csv.broken-record", "limit.findings"}, .grows = true},
    {.name = "unknown-rows", .piece = unknown_rows, .pieces = 100001,
     .codes = {"row.unknown", "limit.findings"}, .grows = true,
     .edition = "gia-lai-2022"},
    {.name = "similar-rows", .piece = similar_rows, .pieces = 100001,
     .grows = true, .edition = "gia-lai-2022"},
    {.name = "duplicate-rows", .piece = duplicate_rows, .pieces = 100001,
     .codes = {"row.duplicate"}, .grows = true, .edition = "gia-lai-2022"},
    {.name = "repeated-rows", .piece = repeated_rows, .pieces = 100001,
     .codes = {"row.repeated"}, .grows = true, .edition = "gia-lai-2022"},
    {.name = "bad-numbers", .piece = bad_numbers, .pieces = 100001,
     .grows = true, .edition = "gia-lai-2022"},
    {.name = "short-rows", .piece = short_rows, .pieces = 100001,
     .codes = {"record.short"}, .grows = true, .edition = "gia-lai-2022"},
    {.name = "headings", .piece = headings, .pieces = 100001, .grows = true,
     .edition = "gia-lai-2022"},
    {.name = "titles", .piece = titles, .pieces = 100001,
     .codes = {"file.no-heading"}, .grows = true},
    {.name = "form-titles", .piece = form_titles, .pieces = 300001,
     .grows = true},
    {.name = "form-titles-forced", .piece = form_titles, .pieces = 50001,
     .layout = "form"},
    {.name = "units", .piece = units, .pieces = 10001, .grows = true,
     .edition = "gia-lai-2022"},
    {.name = "communes", .piece = communes, .pieces = 10001, .grows = true},
    {.name = "empty-lines", .piece = empty_lines, .pieces = 401,
     .codes = {"file.empty"}},
    {.name = "empty-records", .piece = empty_records, .pieces = 100001,
     .grows = true},
};

/* ---- one run ------------------------------------------------------------- */

static int count_bytes(void *context, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)context += size;
    return 0;
}

static bool has_code(const parcheck_report *report, const char *code)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++)
        if (strcmp(parcheck_finding_code(parcheck_report_finding(report, i)),
                   code) == 0)
            return true;
    return false;
}

/* In a process of its own: the exit code. Only a whole file has the findings
 * that the case names; otherwise the cost counts, of all findings. */
static int run(const path_case *c, size_t pieces, bool whole)
{
    static stream source;
    parcheck_write_options writing;
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_options options;
    parcheck_input input;
    parcheck_error error;
    size_t written = 0;
    int result = 0;

    memset(&source, 0, sizeof source);
    source.piece = c->piece;
    source.count = pieces;
    parcheck_input_init(&input, sizeof input);
    input.read = read_stream;
    input.context = &source;
    parcheck_options_init(&options, sizeof options);
    options.layout = c->layout;
    options.edition = c->edition;
    if (SANITIZED)
        options.max_file_bytes = SMALL_FILE;
    if (!whole)
        options.max_findings = MANY_FINDINGS;
    if (parcheck_schema_load_builtin(&schema, NULL, &error) != PARCHECK_OK ||
        parcheck_validate(&report, schema, &input, 1, &options, &error) !=
            PARCHECK_OK) {
        printf("%s: no report: %s\n", c->name, error.en);
        return 1;
    }
    for (size_t i = 0; whole && i < MOST_CODES && c->codes[i] != NULL; i++)
        if (!has_code(report, c->codes[i])) {
            printf("%s: no %s\n", c->name, c->codes[i]);
            result = 1;
        }
    parcheck_write_options_init(&writing, sizeof writing);
    writing.format = PARCHECK_JSON_REPORT;
    if (parcheck_report_write(report, &writing, count_bytes, &written, NULL) !=
            PARCHECK_OK ||
        written == 0)
        result = 1;
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return result;
}

static void set_limits(void)
{
    struct rlimit seconds = {SECONDS, SECONDS};
    struct rlimit memory = {(rlim_t)MEMORY_MIB << 20, (rlim_t)MEMORY_MIB << 20};

    setrlimit(RLIMIT_CPU, &seconds);
    if (!SANITIZED)
        setrlimit(RLIMIT_AS, &memory);
}

static double user_seconds(int who)
{
    struct rusage usage;

    getrusage(who, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

/* False if it did not end well; `*cost` is its time. */
static bool run_apart(const path_case *c, size_t pieces, bool whole,
                      double *cost)
{
    double before = user_seconds(RUSAGE_CHILDREN);
    int status = 0;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child < 0) {
        perror("fork");
        exit(EXIT_FAILURE);
    }
    if (child == 0) {
        set_limits();
        status = run(c, pieces, whole);
        fflush(stdout);
        _exit(status);
    }
    waitpid(child, &status, 0);
    *cost = user_seconds(RUSAGE_CHILDREN) - before;
    if (WIFSIGNALED(status))
        printf("%s: signal %d after %.1f s\n", c->name, WTERMSIG(status),
               *cost);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The least of some runs, which other load on the machine disturbs least; a
 * long run is not disturbed much. */
static double least_cost(const path_case *c, size_t pieces)
{
    double least = 0;

    for (int i = 0; i < RUNS && least < 1; i++) {
        double cost;

        (void)run_apart(c, pieces, false, &cost);
        if (i == 0 || cost < least)
            least = cost;
    }
    return least;
}

/* What does not depend on the errors is taken off by a run without any; and
 * a hundredth of a second is no measure. */
static bool check_growth(const path_case *c, size_t pieces)
{
    double none = least_cost(c, 1);
    double once = least_cost(c, pieces) - none;
    double twice = least_cost(c, 2 * pieces) - none;
    double grown = once > 0.01 ? twice / once * 100 : twice > 0.05 ? 999 : 100;

    printf("%s: %.3f s, twice as many %.3f s\n", c->name, once, twice);
    return grown <= GROWTH_PERCENT;
}

static bool is_chosen(const path_case *c, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], c->name) == 0)
            return true;
    return argc == 1;
}

int main(int argc, char **argv)
{
    size_t passed = 0;
    size_t failed = 0;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const path_case *c = &cases[i];
        size_t pieces = c->pieces > SMALLER ? c->pieces / SMALLER : c->pieces;
        double cost;
        bool well;

        if (!is_chosen(c, argc, argv))
            continue;
        well = run_apart(c, pieces, true, &cost);
        printf("%s %s: %.2f s\n", well ? "ok" : "FAIL", c->name, cost);
        *(well ? &passed : &failed) += 1;
        if (!well || !c->grows || SANITIZED)
            continue;
        well = check_growth(c, pieces / 2);
        if (!well)
            printf("FAIL %s: the cost grows faster than the errors\n",
                   c->name);
        *(well ? &passed : &failed) += 1;
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 && passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
