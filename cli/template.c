/* parcheck template: an empty form to fill in. */
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "form.h"
#include "form_csv.h"
#include "form_xlsx.h"

enum { MOST_UNITS = 10000 };

typedef struct request {
    const char *name;
    const char *schema;
    const char *output;
    csv_style style;
    bool xlsx;
    bool force;
    form form;
} request;

static const char help_vi[] =
    "Cách dùng: parcheck template TÊN [tùy chọn]\n"
    "\n"
    "Ghi ra một biểu mẫu trống để điền số liệu. TÊN là một ấn bản (xem\n"
    "parcheck schema list), ví dụ cchc/gia-lai-2022.\n"
    "\n"
    "  --form N        chỉ một biểu của ấn bản\n"
    "  --units N       số dòng đơn vị của một bảng (mặc định 1)\n"
    "  --bom           mở đầu bằng dấu BOM, để Excel đọc đúng tiếng Việt\n"
    "  --delimiter C   dấu phân cách cột: “,” (mặc định), “;” hoặc tab\n"
    "  --xlsx          ghi tệp .xlsx (cần -o); điền xong thì lưu dạng CSV\n"
    "  -o TỆP, --output TỆP\n"
    "                  ghi vào tệp; không ghi đè tệp đã có\n"
    "  --force         ghi đè tệp đã có\n"
    "  --schema THƯMỤC dùng các bảng trong thư mục thay cho bảng có sẵn\n"
    "  --lang vi|en    ngôn ngữ của tiêu đề cột\n"
    "\n"
    "Mã kết thúc: 0 đã ghi xong, 2 không chạy được.\n";

static const char help_en[] =
    "Usage: parcheck template NAME [options]\n"
    "\n"
    "Writes an empty form to fill in. NAME is an edition (see parcheck schema\n"
    "list), such as cchc/gia-lai-2022.\n"
    "\n"
    "  --form N        one form of the edition only\n"
    "  --units N       how many lines for units a table gets (default 1)\n"
    "  --bom           begin with a byte order mark, for Excel\n"
    "  --delimiter C   between fields: \",\" (default), \";\" or tab\n"
    "  --xlsx          write a workbook (needs -o); once filled in, save it "
    "as\n"
    "                  CSV\n"
    "  -o FILE, --output FILE\n"
    "                  write to a file, which must not exist yet\n"
    "  --force         write over a file that exists\n"
    "  --schema DIR    use the tables of a folder, not the built-in ones\n"
    "  --lang vi|en    the language of the column headings\n"
    "\n"
    "Exit code: 0 written, 2 could not run.\n";

static bool wrong(const arguments *args, const char *vi, const char *en,
                  const char *detail)
{
    complain_text(say(args->language, vi, en), detail);
    return false;
}

static bool set_delimiter(request *r, const arguments *args, const char *value)
{
    if (strcmp(value, "tab") == 0)
        r->style.delimiter = '\t';
    else if (strcmp(value, ",") == 0 || strcmp(value, ";") == 0)
        r->style.delimiter = value[0];
    else
        return wrong(args, "--delimiter cần “,”, “;” hoặc tab",
                     "--delimiter needs \",\", \";\" or tab", value);
    return true;
}

static bool set_units(request *r, const arguments *args, const char *value)
{
    if (parse_count(value, &r->form.units) && r->form.units <= MOST_UNITS)
        return true;
    return wrong(args, "--units cần một số nguyên từ 1 đến 10000",
                 "--units needs a whole number from 1 to 10000", value);
}

/* An option with its value; `*bad` if the value is missing or wrong. */
static bool take_value(request *r, arguments *args, bool *bad)
{
    const char *value = NULL;

    if (take_option(args, "--lang", &value)) {
        *bad = !parse_language(args, value);
        return true;
    }
    if (take_option(args, "--form", &value))
        r->form.only = value;
    else if (take_option(args, "--schema", &value))
        r->schema = value;
    else if (take_option(args, "-o", &value) ||
             take_option(args, "--output", &value))
        r->output = value;
    else if (take_option(args, "--units", &value))
        *bad = value != NULL && !set_units(r, args, value);
    else if (take_option(args, "--delimiter", &value))
        *bad = value != NULL && !set_delimiter(r, args, value);
    else
        return false;
    if (value == NULL)
        wrong_argument(args);
    *bad = *bad || value == NULL;
    return true;
}

static bool take_switch(request *r, arguments *args)
{
    const struct {
        const char *name;
        bool *set;
    } switches[] = {{"--bom", &r->style.mark},
                    {"--xlsx", &r->xlsx},
                    {"--force", &r->force}};

    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (take_flag(args, switches[i].name))
            return *switches[i].set = true;
    return false;
}

/* Returns false when the command line is wrong, and has said so. */
static bool parse(request *r, arguments *args)
{
    while (args->next < args->count) {
        bool bad = false;

        if (take_switch(r, args))
            continue;
        if (!take_value(r, args, &bad))
            bad = r->name != NULL || (r->name = take_operand(args)) == NULL;
        else if (bad)
            return false;
        if (bad) {
            wrong_argument(args);
            return false;
        }
    }
    if (r->name == NULL)
        return wrong_argument(args) == EXIT_CLEAN;
    if (r->xlsx && !form_has_xlsx())
        return wrong(args, "không có libxlsxwriter để ghi dạng .xlsx",
                     "there is no libxlsxwriter to write a workbook with", "--xlsx");
    if (r->xlsx && r->output == NULL)
        return wrong(args, "cần tên tệp (-o) để ghi dạng .xlsx",
                     "a workbook needs a file to be written to (-o)", "--xlsx");
    return true;
}

/* ---- which edition ------------------------------------------------------- */

/* Names the editions that the name stands for, since it must be one. */
static bool say_several(const request *r, const parcheck_schema *schema,
                        parcheck_language language)
{
    complain_text(say(language, "tên này có nhiều ấn bản, hãy chọn một",
                      "several editions have this name, choose one"),
                  r->name);
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t j = 0; j < parcheck_family_edition_count(family); j++)
            if (edition_is_named(r->name, family,
                                 parcheck_family_edition(family, j)))
                fprintf(
                    stderr, "  %s/%s\n", parcheck_family_name(family),
                    parcheck_edition_name(parcheck_family_edition(family, j)));
    }
    return false;
}

static size_t count_named(request *r, const parcheck_schema *schema)
{
    size_t found = 0;

    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);

        for (size_t j = 0; j < parcheck_family_edition_count(family); j++) {
            const parcheck_edition *edition = parcheck_family_edition(family,
                                                                      j);

            if (!edition_is_named(r->name, family, edition))
                continue;
            r->form.family = family;
            r->form.edition = edition;
            found++;
        }
    }
    return found;
}

static bool choose_edition(request *r, const parcheck_schema *schema,
                           const arguments *args)
{
    size_t found = count_named(r, schema);

    if (found > 1)
        return say_several(r, schema, args->language);
    if (found == 0) {
        no_such_edition(schema, r->name, args->language);
        return false;
    }
    if (r->form.only != NULL && !form_exists(&r->form))
        return wrong(args, "ấn bản không có biểu này",
                     "the edition has no such form", r->form.only);
    return true;
}

/* ---- writing ---------------------------------------------------------------
 */

/* A filled form must not be lost to an empty one. */
static bool may_write(const request *r, const arguments *args)
{
    struct stat about;

    if (r->output == NULL || r->force || stat(r->output, &about) != 0 ||
        !S_ISREG(about.st_mode))
        return true;
    return wrong(args, "tệp đã có (dùng --force để ghi đè)",
                 "the file exists (--force writes over it)", r->output);
}

static bool write_csv(void *context, FILE *file)
{
    const request *r = context;

    return form_write_csv(&r->form, &r->style, file);
}

static bool write_xlsx(const request *r, parcheck_language language)
{
    if (form_write_xlsx(&r->form, r->output))
        return true;
    complain_unwritten(r->output, language);
    return false;
}

int command_template(arguments *args)
{
    request r;
    parcheck_schema *schema = NULL;
    bool done;

    args->help = say(args->language, help_vi, help_en);
    if (wants_help(args))
        return print_help(args);
    memset(&r, 0, sizeof r);
    r.style.delimiter = ',';
    r.form.units = 1;
    if (!parse(&r, args) || !may_write(&r, args) ||
        !load_schema(&schema, r.schema, args->language))
        return EXIT_FAILED;
    r.form.language = args->language;
    done = choose_edition(&r, schema, args) &&
           (r.xlsx ? write_xlsx(&r, args->language)
                   : write_output(r.output, args->language, write_csv, &r));
    parcheck_schema_free(schema);
    return done ? EXIT_CLEAN : EXIT_FAILED;
}
