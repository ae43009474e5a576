/* parcheck fill: blanks that the other cells determine. */
#include <stdlib.h>
#include <string.h>

#include "reading.h"

static const char help_vi[] =
    "Cách dùng: parcheck fill TỆP [-o TỆP_MỚI] [tùy chọn]\n"
    "\n"
    "Điền các ô tổng và tỷ lệ bị bỏ trống mà các ô khác đã quyết định. Không\n"
    "có -o thì chỉ liệt kê, không ghi gì.\n"
    "\n"
    "  -o TỆP_MỚI      ghi bản sao đã điền; mọi byte khác giữ nguyên\n"
    "  --force         ghi đè tệp mới nếu đã có\n"
    "  --edition, --schema, --layout, --encoding, --delimiter, --lang\n"
    "                  như của parcheck check\n"
    "\n"
    "Tỷ lệ được làm tròn (từ nửa trở lên thì tròn lên) đến số chữ số thập\n"
    "phân mà đa số tỷ lệ trong báo cáo có. Ô mà điền vào sẽ trái với một quy\n"
    "tắc khác thì không được điền.\n"
    "\n"
    "Mã kết thúc: 0 không còn lỗi, 1 còn lỗi trong số liệu, 2 không chạy "
    "được.\n";

static const char help_en[] =
    "Usage: parcheck fill FILE [-o NEW_FILE] [options]\n"
    "\n"
    "Fills in blank totals and percentages that the other cells determine.\n"
    "Without -o they are only listed and nothing is written.\n"
    "\n"
    "  -o NEW_FILE     write the filled copy; every other byte stays\n"
    "  --force         overwrite the new file if there is one\n"
    "  --edition, --schema, --layout, --encoding, --delimiter, --lang\n"
    "                  as of parcheck check\n"
    "\n"
    "Percentages are rounded half away from zero to the decimals that most\n"
    "percentages of the report have. A cell is not filled in if another rule\n"
    "would then fail.\n"
    "\n"
    "Exit code: 0 no errors, 1 errors in the data, 2 could not run.\n";

typedef struct fill {
    reading reading;
    const char *output;
    bool force;
    parcheck_deductions *deductions;
    change *changes;
    size_t count;
} fill;

static bool parse(fill *f, arguments *args)
{
    while (args->next < args->count) {
        const char *value = NULL;
        bool bad = false;

        if (take_flag(args, "--force")) {
            f->force = true;
            continue;
        }
        if (take_option(args, "-o", &value) ||
            take_option(args, "--output", &value)) {
            f->output = value;
            bad = value == NULL;
        } else if (reading_take(&f->reading, args, &bad)) {
            if (bad)
                return false;
            continue;
        } else {
            value = f->reading.count == 0 ? take_operand(args) : NULL;
            bad = value == NULL;
            if (!bad && !reading_add(&f->reading, args, value))
                return false;
        }
        if (bad) {
            wrong_argument(args);
            return false;
        }
    }
    if (f->reading.count == 0)
        wrong_argument(args);
    return f->reading.count > 0;
}

static void list_one(const fill *f, size_t i, parcheck_language language)
{
    const parcheck_rule *contra = parcheck_deductions_contradiction(
        f->deductions, i);

    printf("  ");
    put_cell(stdout, f->reading.report,
             parcheck_deductions_cell(f->deductions, i));
    printf("\n      %s  [%s] %s\n", parcheck_deductions_value(f->deductions, i),
           parcheck_rule_id(parcheck_deductions_rule(f->deductions, i)),
           parcheck_rule_text(parcheck_deductions_rule(f->deductions, i),
                              language));
    if (contra != NULL)
        printf(say(language, "      không điền: trái với quy tắc [%s] %s\n",
                   "      not filled in: rule [%s] would fail: %s\n"),
               parcheck_rule_id(contra), parcheck_rule_text(contra, language));
}

/* Lists all, and keeps those that no rule contradicts. */
static void choose(fill *f, parcheck_language language)
{
    size_t count = parcheck_deductions_count(f->deductions);

    if (count == 0)
        puts(say(language, "Không có ô trống nào xác định được.",
                 "No blank cell is determined."));
    for (size_t i = 0; i < count; i++) {
        list_one(f, i, language);
        if (parcheck_deductions_contradiction(f->deductions, i) != NULL)
            continue;
        f->changes[f->count].cell = parcheck_deductions_cell(f->deductions, i);
        f->changes[f->count].value = parcheck_deductions_value(f->deductions,
                                                               i);
        f->count++;
    }
}

static int write_filled(fill *f, parcheck_language language)
{
    char *path = strdup(f->output);
    int code = EXIT_FAILED;

    if (path == NULL)
        complain_text(say(language, "hết bộ nhớ", "out of memory"), NULL);
    else if (write_copy(&f->reading, 0, f->changes, f->count, path, f->force,
                        language))
        code = check_again(&f->reading, &path, language);
    free(path);
    return code;
}

static int run(fill *f, parcheck_language language)
{
    parcheck_error error;

    if (!reading_check(&f->reading, language))
        return EXIT_FAILED;
    if (parcheck_report_deduce(&f->deductions, f->reading.report, NULL,
                               &error) != PARCHECK_OK)
        return complain(language, &error);
    f->changes = calloc(parcheck_deductions_count(f->deductions) + 1,
                        sizeof *f->changes);
    if (f->changes == NULL)
        return complain_text(say(language, "hết bộ nhớ", "out of memory"),
                             NULL);
    choose(f, language);
    if (f->output != NULL)
        return write_filled(f, language);
    return exit_code(f->reading.report);
}

int command_fill(arguments *args)
{
    fill f = {.output = NULL};
    int code = EXIT_FAILED;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    if (!reading_begin(&f.reading, args))
        return EXIT_FAILED;
    if (parse(&f, args))
        code = run(&f, args->language);
    if (!finish_output(args->language))
        code = EXIT_FAILED;
    parcheck_deductions_free(f.deductions);
    free(f.changes);
    reading_end(&f.reading);
    return code;
}
