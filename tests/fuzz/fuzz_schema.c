/*
 * Bytes of a table to a schema; what loads is examined, and judges a small
 * submission.
 *
 * The first byte says what the rest is: 0 rules of a family of forms, one a
 * line, in the rule language alone; 1 likewise of a family of tables; 2 to 5
 * the bytes of rules.csv, of an edition, of roles.csv, of family.csv.
 */
#include <parcheck/parcheck.h>

#include "json.h"

enum { FORM_CHECKS, TABLE_CHECKS, RULES, EDITION, ROLES, FAMILY, WAYS };
enum { MOST_BYTES = 4096 };

#define HEADING "id,check,severity,vi,en,basis\n"

static const char form_rules[] = HEADING
    "total,total = part + rest,error,Tổng,Total,A\n"
    "pct,\"part_pct = percent(part, total)\",error,Tỷ lệ,Rate,A\n";
static const char form_edition[] =
    "form,code,name,label,unit,kind,level,choices\n"
    "A,1,total,Tổng số,Hồ sơ,count,,\n"
    "A,2,part,Một phần,Hồ sơ,count,,\n"
    "A,3,rest,Còn lại,Hồ sơ,count,,\n"
    "A,4,part_pct,Tỷ lệ,%,percent,,\n"
    "A,5,money,Kinh phí,Triệu đồng,amount,,\n"
    "A,6,spent,Đã chi,Triệu đồng,amount,,\n"
    "A,7,mode,Hình thức,,choice,,0 = Không; 1 = Có\n"
    "A,8,none,Để trống,,count,,\n";
static const char table_rules[] = HEADING
    "all,people = children(people),error,Tổng,Total,C\n";
static const char table_edition[] =
    "form,code,name,label,unit,kind,level,choices\n"
    "C,1,stt,STT,,text,,\n"
    "C,2,unit_name,Đơn vị,,text,,\n"
    "C,3,people,Người,Người,count,,\n"
    "C,4,women,Nữ,Người,count,,\n";
static const char table_roles[] = "role,code,parent,vi,en\n"
                                  "all,T,,Cả,All\n"
                                  "unit,#,all,Đơn vị,Unit\n";
static const char family[] = "key,value\nversion,1\nvi,Thử\nen,Trial\n";

static const char form_file[] = "form,code,label,value\n"
                                "A,1,Tổng số,1.013\n"
                                "A,2,Một phần,\"1,000\"\n"
                                "A,3,Còn lại,13\n"
                                "A,4,Tỷ lệ,\"98,7\"\n"
                                "A,5,Kinh phí,\"12,5\"\n"
                                "A,6,Đã chi,0.25\n"
                                "A,7,Hình thức,1\n"
                                "A,8,Để trống,-\n";
static const char table_file[] = "stt,unit_name,people,women\n"
                                 "T,Cả,9,4\n"
                                 "1,Bắc,5,\n"
                                 "2,Nam,4,4\n";

/* A table of rules, one for each line of the data. */
static void add_checks(text *out, const uint8_t *data, size_t size)
{
    size_t number = 0;

    text_add(out, HEADING, strlen(HEADING));
    while (size > 0) {
        const uint8_t *feed = memchr(data, '\n', size);
        size_t length = feed != NULL ? (size_t)(feed - data) : size;
        char id[32];

        (void)snprintf(id, sizeof id, "r%zu,\"", number++);
        text_add(out, id, strlen(id));
        for (size_t i = 0; i < length; i++) {
            if (data[i] == '"')
                text_add(out, "\"", 1);
            text_add(out, data + i, 1);
        }
        text_add(out, "\",error,Một,One,A\n", strlen("\",error,Một,One,A\n"));
        length += feed != NULL;
        data += length;
        size -= length;
    }
}

static parcheck_table table(const char *of, const char *file, const char *data)
{
    parcheck_table t = {of, file, data, strlen(data)};

    return t;
}

/* An error says what and where, whatever the table holds. */
static void check_error(parcheck_status status, const parcheck_error *error)
{
    EXPECT(status == PARCHECK_ESCHEMA && error->status == status);
    EXPECT(error->vi[0] != '\0' && error->en[0] != '\0');
    EXPECT(is_clean(error->vi, strlen(error->vi)));
    EXPECT(is_clean(error->en, strlen(error->en)));
    EXPECT(error->line <= MOST_BYTES + 2);
    EXPECT(error->column <= MOST_BYTES + 2);
}

static void check_output(const parcheck_report *report, bool json)
{
    static text out;
    parcheck_write_options options;

    parcheck_write_options_init(&options, sizeof options);
    options.verdicts = 1;
    options.format = json ? PARCHECK_JSON_REPORT : PARCHECK_TEXT_REPORT;
    out.length = 0;
    EXPECT(parcheck_report_write(report, &options, text_add, &out, NULL) ==
           PARCHECK_OK);
    EXPECT(json ? is_json(out.data, out.length)
                : is_clean(out.data, out.length));
}

static void judge_by(const parcheck_schema *schema)
{
    parcheck_report *report = NULL;
    parcheck_input inputs[2];

    parcheck_input_init(&inputs[0], sizeof inputs[0]);
    inputs[0].name = "form.csv";
    inputs[0].data = form_file;
    inputs[0].length = strlen(form_file);
    parcheck_input_init(&inputs[1], sizeof inputs[1]);
    inputs[1].name = "table.csv";
    inputs[1].data = table_file;
    inputs[1].length = strlen(table_file);
    EXPECT(parcheck_validate(&report, schema, inputs, 2, NULL, NULL) ==
           PARCHECK_OK);
    check_output(report, true);
    check_output(report, false);
    parcheck_report_free(report);
}

static void examine(const parcheck_schema *schema)
{
    parcheck_report *report = NULL;

    EXPECT(parcheck_schema_lint(&report, schema, NULL, NULL) == PARCHECK_OK);
    check_output(report, true);
    check_output(report, false);
    parcheck_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static text rules;
    parcheck_table tables[] = {table("forms", "rules.csv", form_rules),
                               table("forms", "town.csv", form_edition),
                               table("forms", "family.csv", family),
                               table("units", "rules.csv", table_rules),
                               table("units", "town.csv", table_edition),
                               table("units", "roles.csv", table_roles)};
    static const size_t replaced[WAYS] = {0, 3, 0, 1, 5, 2};
    parcheck_schema *schema = NULL;
    parcheck_error error;
    parcheck_status status;
    size_t way;

    if (size < 1 || size > MOST_BYTES)
        return 0;
    way = data[0] % WAYS;
    rules.length = 0;
    if (way == FORM_CHECKS || way == TABLE_CHECKS)
        add_checks(&rules, data + 1, size - 1);
    else
        text_add(&rules, data + 1, size - 1);
    tables[replaced[way]].data = rules.data;
    tables[replaced[way]].length = rules.length;
    status = parcheck_schema_load_tables(
        &schema, tables, sizeof tables / sizeof *tables, NULL, &error);
    if (status != PARCHECK_OK) {
        EXPECT(schema == NULL);
        check_error(status, &error);
        return 0;
    }
    examine(schema);
    judge_by(schema);
    parcheck_schema_free(schema);
    return 0;
}
