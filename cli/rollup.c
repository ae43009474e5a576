#include <string.h>

#include "reading.h"
#include "stream.h"

static const char help_vi[] =
    "Cách dùng: parcheck rollup TỆP [-o KẾT-QUẢ] [tùy chọn]\n"
    "\n"
    "Kiểm tra bảng dài như parcheck archive (“-”: đầu vào chuẩn) và cộng báo "
    "cáo\n"
    "lên các đơn vị cấp trên; những gì các tổng còn thiếu được ghi ra đầu ra "
    "lỗi.\n"
    "\n"
    "  -o TỆP          ghi các tổng vào tệp, không ra đầu ra chuẩn\n"
    "  --force         ghi đè tệp ấy nếu đã có\n"
    "  --unit TÊN      chỉ tổng của đơn vị này\n"
    "  --period KỲ     chỉ tổng của kỳ này, như 2023-Q1\n"
    "  --hierarchy TỆP danh mục đơn vị: CSV có các cột unit, parent, name\n"
    "  --unsorted      các dòng theo thứ tự bất kỳ\n"
    "  --jobs N        số luồng đọc (nếu không ghi: mọi bộ xử lý)\n"
    "  --edition TÊN   ấn bản; nếu không ghi: ở cột edition, hoặc tự tìm\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục thay cho bảng có sẵn\n"
    "  --encoding TÊN  bảng mã, như UTF-8, TCVN3, VNI (nếu không ghi: tự tìm)\n"
    "  --delimiter C   dấu phân cách cột, “tab” là dấu tab (nếu không: tự "
    "tìm)\n"
    "  --report TỆP    ghi các phát hiện vào tệp; tệp có sẵn bị ghi đè\n"
    "  --format DẠNG   của các phát hiện: text (mặc định) hoặc ndjson\n"
    "  --lang vi|en    ngôn ngữ của dạng text\n"
    "  --max-field-bytes, --max-fields, --max-findings,\n"
    "  --max-submission-bytes, --max-held-bytes, --max-across-bytes N  giới "
    "hạn\n"
    "\n"
    "Mã kết thúc: 0 không có lỗi, 1 có lỗi trong số liệu, 2 không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck rollup FILE [-o RESULT] [options]\n"
    "\n"
    "Checks a long table as parcheck archive does (\"-\" is standard input) "
    "and\n"
    "adds submissions up to the units above; what the totals lack goes to "
    "stderr.\n"
    "\n"
    "  -o FILE          write the totals to a file, not to standard output\n"
    "  --force          write over that file if it exists\n"
    "  --unit NAME      only the totals of this unit\n"
    "  --period P       only those for this period, such as 2023-Q1\n"
    "  --hierarchy F    the units: CSV with the columns unit, parent, name\n"
    "  --unsorted       the rows come in any order\n"
    "  --jobs N         threads that read (default: one for each processor)\n"
    "  --edition NAME   the edition; else from the column edition, or found\n"
    "  --schema DIR     use the tables of a folder, not the built-in ones\n"
    "  --encoding NAME  such as UTF-8, TCVN3, VNI; found if not given\n"
    "  --delimiter C    between fields, \"tab\" for a tab; found if not given\n"
    "  --report FILE    write the findings to a file, over one that exists\n"
    "  --format FORM    of the findings: text (default) or ndjson\n"
    "  --lang vi|en     the language of the text\n"
    "  --max-field-bytes, --max-fields, --max-findings,\n"
    "  --max-submission-bytes, --max-held-bytes, --max-across-bytes N  "
    "ceilings\n"
    "\n"
    "Exit code: 0 nothing wrong, 1 errors in the data, 2 could not run.\n";

typedef struct rollup {
    stream_run run;
    const char *report; /* where the findings go; NULL: standard error */
    bool force;
    const parcheck_schema *schema;
} rollup;

static bool take_option_of(void *context, arguments *args, bool *bad)
{
    rollup *r = context;
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"--unit", &r->run.options.rollup_unit},
                 {"--period", &r->run.options.rollup_period},
                 {"--report", &r->report}};

    if (take_flag(args, "--force")) {
        r->force = true;
        return true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!take_option(args, texts[i].name, texts[i].text))
            continue;
        *bad = *texts[i].text == NULL;
        if (*bad)
            wrong_argument(args);
        return true;
    }
    return false;
}

static int write_totals(void *context, const void *bytes, size_t size)
{
    const rollup *r = context;

    return fwrite(bytes, 1, size, r->run.table) == size ? 0 : -1;
}

static bool write_findings(void *context, FILE *file)
{
    rollup *r = context;

    return stream_judge(&r->run, r->schema, file);
}

/* Thousands of findings are not written letter by letter. */
static void buffer_errors(void)
{
    static char buffer[1 << 16];

    (void)setvbuf(stderr, buffer, _IOLBF, sizeof buffer);
}

static bool write_table(void *context, FILE *file)
{
    rollup *r = context;
    bool done;

    r->run.table = file;
    r->run.options.rollup = write_totals;
    r->run.options.rollup_context = r;
    if (r->report != NULL)
        done = stream_write(&r->run, r->report, write_findings, r);
    else
        done = write_findings(r, stderr);
    if (!done && file != stdout && ferror(file) != 0)
        complain_text(
            say(r->run.language, "không ghi được tệp", "cannot write the file"),
            r->run.output);
    return done;
}

/* The findings must not take the place of the totals. */
static bool check_report(const rollup *r)
{
    const char *output = r->run.output;

    if (r->report == NULL)
        return true;
    if (!stream_spares(&r->run, r->report))
        return false;
    if (output == NULL ||
        (strcmp(output, r->report) != 0 && !is_same_file(output, r->report)))
        return true;
    complain_text(say(r->run.language, "-o và --report là cùng một tệp",
                      "-o and --report are one file"),
                  output);
    return false;
}

int command_rollup(arguments *args)
{
    rollup r = {.report = NULL};
    parcheck_schema *schema = NULL;
    bool done;

    stream_begin(&r.run, args);
    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    r.run.text = true;
    r.run.has_summary = true;
    r.run.options.explain = 0;
    if (!stream_parse(&r.run, args, take_option_of, &r) || !check_report(&r) ||
        !load_schema(&schema, r.run.schema, args->language))
        return EXIT_FAILED;
    r.schema = schema;
    buffer_errors();
    if (r.run.output != NULL)
        done = write_whole(r.run.output, r.force, args->language, write_table,
                           &r);
    else
        done = write_output(NULL, args->language, write_table, &r);
    parcheck_schema_free(schema);
    return done ? r.run.code : EXIT_FAILED;
}
