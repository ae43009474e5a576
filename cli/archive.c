#include "stream.h"

static const char help_vi[] =
    "Cách dùng: parcheck archive TỆP [tùy chọn]\n"
    "\n"
    "Kiểm tra nhiều báo cáo trong một bảng dài có các cột unit, parent,\n"
    "period, form, code, value. Đọc một lượt; bảng sắp theo đơn vị và kỳ thì\n"
    "bộ nhớ không tăng theo độ dài. “-” là đầu vào chuẩn.\n"
    "\n"
    "  --hierarchy TỆP danh mục đơn vị: CSV có các cột unit, parent, name\n"
    "  --unsorted      các dòng theo thứ tự bất kỳ\n"
    "  --jobs N        số luồng (nếu không ghi: mọi bộ xử lý); kết quả như nhau\n"
    "  --edition TÊN   ấn bản của biểu mẫu; nếu không ghi thì tự tìm cho từng\n"
    "                  báo cáo, hoặc lấy ở cột edition\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục thay cho bảng có sẵn\n"
    "  --encoding TÊN  bảng mã, như UTF-8, TCVN3, VNI (nếu không ghi: tự tìm)\n"
    "  --delimiter C   dấu phân cách cột, “tab” là dấu tab (nếu không: tự\n"
    "                  tìm)\n"
    "  --format DẠNG   ndjson (mặc định) hoặc text\n"
    "  --lang vi|en    ngôn ngữ của dạng text\n"
    "  --no-explain    không tìm nguyên nhân của các quy tắc sai\n"
    "  -o TỆP          ghi kết quả vào tệp; tệp có sẵn bị ghi đè\n"
    "  --max-field-bytes, --max-fields, --max-findings,\n"
    "  --max-submission-bytes, --max-held-bytes, --max-across-bytes N  giới "
    "hạn\n"
    "\n"
    "Mã kết thúc: 0 không có lỗi, 1 có lỗi trong số liệu, 2 không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck archive FILE [options]\n"
    "\n"
    "Checks many submissions in one long table with the columns unit, parent,\n"
    "period, form, code, value. It is read once; if it is sorted by unit and\n"
    "period, memory does not grow with its length. \"-\" is standard input.\n"
    "\n"
    "  --hierarchy F   the units: CSV with the columns unit, parent, name\n"
    "  --unsorted      the rows come in any order\n"
    "  --jobs N        threads (default: one for each processor); the result\n"
    "                  is the same\n"
    "  --edition NAME  the edition of the forms; without it, the one that\n"
    "                  fits each submission, or that its column edition names\n"
    "  --schema DIR    use the tables of a folder, not the built-in ones\n"
    "  --encoding NAME such as UTF-8, TCVN3, VNI; found if not given\n"
    "  --delimiter C   between fields, \"tab\" for a tab; found if not given\n"
    "  --format FORM   ndjson (default) or text\n"
    "  --lang vi|en    the language of the text\n"
    "  --no-explain    do not look for causes of rules that fail\n"
    "  -o FILE         write the result to a file, over one that exists\n"
    "  --max-field-bytes, --max-fields, --max-findings,\n"
    "  --max-submission-bytes, --max-held-bytes, --max-across-bytes N  "
    "ceilings\n"
    "\n"
    "Exit code: 0 nothing wrong, 1 errors in the data, 2 could not run.\n";

typedef struct archive {
    stream_run run;
    const parcheck_schema *schema;
} archive;

static bool take_option_of(void *context, arguments *args, bool *bad)
{
    archive *a = context;

    (void)bad;
    if (!take_flag(args, "--no-explain"))
        return false;
    a->run.options.explain = 0;
    return true;
}

static bool write_archive(void *context, FILE *file)
{
    archive *a = context;

    return stream_judge(&a->run, a->schema, file);
}

int command_archive(arguments *args)
{
    archive a;
    parcheck_schema *schema = NULL;

    stream_begin(&a.run, args);
    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    a.run.has_summary = true;
    if (!stream_parse(&a.run, args, take_option_of, &a) ||
        !load_schema(&schema, a.run.schema, args->language))
        return EXIT_FAILED;
    a.schema = schema;
    if (!stream_write(&a.run, a.run.output, write_archive, &a))
        a.run.code = EXIT_FAILED;
    parcheck_schema_free(schema);
    return a.run.code;
}
