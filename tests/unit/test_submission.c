/* From rows of text to facts: layouts, editions, binding, reading. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "runner.h"

/* A text and the findings that must come of it, as fixture_findings(). */
typedef struct text_case {
    const char *text;
    const char *findings;
} text_case;

static void expect_findings(const parcheck_schema *schema, const char *text,
                            const char *findings)
{
    parcheck_report *report = fixture_check(schema, text);
    const char *found = fixture_findings(report);

    ck_assert_msg(strcmp(found, findings) == 0,
                  "found “%s”, but it should be “%s”, in\n%s", found, findings,
                  text);
    parcheck_report_free(report);
}

static void expect_all(parcheck_schema *schema, const text_case *cases,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_findings(schema, cases[i].text, cases[i].findings);
    parcheck_schema_free(schema);
}

#define EXPECT_ALL(schema, cases)                                              \
    expect_all(schema, cases, sizeof(cases) / sizeof *(cases))

static void expect_message(const parcheck_report *report, const char *code,
                           const char *vi, const char *en)
{
    const parcheck_finding *finding = fixture_finding(report, code);

    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_VIETNAMESE),
                     vi);
    ck_assert_str_eq(parcheck_finding_message(finding, PARCHECK_ENGLISH), en);
}

/* ---- forms --------------------------------------------------------------- */

static const char form_rows[] = FIXTURE_EDITION
    "1,1,count_row,First row,,count,,\n"
    "1,2,amount_row,Second row,,amount,,\n"
    "1,2.1,rate_row,Third row,%,percent,,\n"
    "1,,heading,Heading,,group,,\n"
    "1,,bare_row,Bare row,,count,,\n"
    "1,3,choice_row,Choice,,choice,,0 = No; 1 = Yes\n"
    "1,4,text_row,Words,,text,,\n"
    "2,1,other_row,Other form,,count,,\n";

static parcheck_schema *form_schema(const char *rules)
{
    const fixture_table tables[] = {{"s", "only.csv", form_rows},
                                    {"s", "rules.csv", rules}};

    return fixture_load(tables, 2);
}

/* Lines of a whole form 1 in its order; what cases change or add. */
#define ROW_1 "1,1,First row,,5,\n"
#define ROW_2 "1,2,Second row,,1.5,\n"
#define ROW_21 "1,2.1,Third row,%,50,\n"
#define HEADING "1,,Heading,,,\n"
#define BARE "1,,Bare row,,3,\n"
#define CHOICE "1,3,Choice,,1,\n"
#define WORDS "1,4,Words,,some,\n"
#define FROM_2 ROW_2 ROW_21 HEADING BARE CHOICE WORDS
#define ALL FIXTURE_FORM ROW_1 FROM_2
#define UP_TO_21 FIXTURE_FORM ROW_1 ROW_2 ROW_21

static const text_case row_cases[] = {
    {ALL, ""},
    /* any order, a dot behind the code, another way to write the label */
    {FIXTURE_FORM FROM_2 ROW_1, ""},
    {FIXTURE_FORM "1,1.,First row,,5,\n" FROM_2, ""},
    {FIXTURE_FORM "1,1,\"  FIRST  row: \",,5,\n" FROM_2, ""},
    {FIXTURE_FORM "1,1,,,5,\n" FROM_2, ""},
    {ALL "\n , ,,,,\n", ""},
    /* the label wins over the code */
    {FIXTURE_FORM "1,9,First row,,5,\n" FROM_2, "row.wrong-code@2:2"},
    {FIXTURE_FORM "1,2,First row,,5,\n" FROM_2, "row.wrong-code@2:2"},
    {FIXTURE_FORM "1,,First row,,5,\n" FROM_2, "row.wrong-code@2:2"},
    {UP_TO_21 HEADING "1,5,Bare row,,3,\n" CHOICE, "row.wrong-code@6:2"},
    /* only the code is known */
    {FIXTURE_FORM "1,1,Some row,,5,\n" FROM_2, "row.other-label@2:3"},
    /* neither is */
    {ALL "1,9,Some row,,5,\n", "row.unknown@9:5"},
    {ALL "1,,Some row,,5,\n", "row.unknown@9:5"},
    {ALL "1,9,,,5,\n", "row.unknown@9:5"},
    {ALL "1,,,,5,\n", "row.unknown@9:5"},
    /* a form that no edition has is told once */
    {ALL "7,1,First row,,5,\n7,2,Second row,,6,\n", "file.unknown-form@9:1"},
    {ALL "7,1,First row,,5,\n8,2,Second row,,6,\n",
     "file.unknown-form@9:1 file.unknown-form@10:1"},
    /* twice */
    {ALL ROW_1, "row.repeated@2:5"},
    {ALL "1,1,First row,,5.0,\n", "row.repeated@2:5"},
    {ALL "1,1,First row,,6,\n", "row.duplicate@2:5"},
    {ALL "1,1,First row,,,\n", "row.duplicate@2:5"},
    {ALL ROW_1 ROW_1, "row.repeated@2:5 row.repeated@2:5"},
    {FIXTURE_FORM "1,1,First row,,,\n" FROM_2 "1,1,First row,,-,\n",
     "row.repeated@2:5"},
    {ALL HEADING WORDS, ""},
    /* not there: only rows that ask for a number, only of a form that is */
    {FIXTURE_FORM ROW_1, "row.missing@2:5"},
    {FIXTURE_FORM FROM_2, "row.missing@2:5"},
    {UP_TO_21 BARE CHOICE, ""},
    {ALL "2,1,Other form,,1,\n", ""},
    /* a heading with a value */
    {UP_TO_21 "1,,Heading,,7,\n" BARE CHOICE, "cell.heading-value@5:5"},
    {UP_TO_21 "1,,Heading,,y,\n" BARE CHOICE, "cell.heading-value@5:5"},
    {UP_TO_21 "1,,Heading,,x,\n" BARE CHOICE, ""},
    {UP_TO_21 "1,,Heading,,,7\n" BARE CHOICE, ""},
};

START_TEST(rows_of_a_form)
{
    EXPECT_ALL(form_schema(FIXTURE_RULES), row_cases);
}
END_TEST

START_TEST(messages_about_rows)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    parcheck_report *report = fixture_check(schema,
                                            FIXTURE_FORM "1,9,First row,,5,\n"
                                                         "1,2,Two,,6,\n"
                                                         "1,3,Choice,,1,\n"
                                                         "1,8,Ghost,,1,\n"
                                                         "1,3,Choice,,0,\n"
                                                         "1,,Heading,,12,\n"
                                                         "9,1,a,,1,\n"
                                                         "9,2,b,,1,\n");

    ck_assert_str_eq(fixture_findings(report),
                     "row.duplicate@4:5 row.unknown@5:5 "
                     "file.unknown-form@8:1 row.wrong-code@2:2 "
                     "row.missing@2:5 row.other-label@3:3 "
                     "cell.heading-value@7:5");
    expect_message(report, "row.wrong-code",
                   "dòng ghi mã 9, nhưng tên là của mã 1 (“First row”); được "
                   "đọc là mã 1",
                   "the row is coded 9, but its label is that of 1 (“First "
                   "row”); it is read as 1");
    expect_message(report, "row.other-label",
                   "dòng mã 2 có tên khác với biểu mẫu: “Two”",
                   "row 2 has another label than the form: “Two”");
    expect_message(report, "row.duplicate",
                   "3 có hai giá trị khác nhau, 1 và 0; không giá trị nào "
                   "được dùng",
                   "3 has two different values, 1 and 0; neither is used");
    expect_message(report, "row.unknown",
                   "biểu mẫu không có dòng này (biểu 1, mã “8”, tên “Ghost”); "
                   "số liệu của dòng không được kiểm tra",
                   "the form has no such row (form 1, code “8”, label "
                   "“Ghost”); its value was not checked");
    expect_message(report, "row.missing", "biểu 1 thiếu 2 dòng: 2.1; Bare row",
                   "form 1 lacks 2 of its rows: 2.1; Bare row");
    expect_message(report, "file.unknown-form",
                   "không ấn bản nào có biểu “9”; 2 dòng của biểu này không "
                   "được kiểm tra",
                   "no edition has a form “9”; its 2 rows were not checked");
    expect_message(report, "cell.heading-value",
                   "dòng tiêu đề có giá trị “12”; giá trị này không được dùng",
                   "a heading carries the value “12”, which is not used");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(a_duplicate_names_both_cells)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    parcheck_report *report = fixture_check(schema, ALL "1,1,First row,,6,\n");
    const parcheck_finding *finding = fixture_finding(report, "row.duplicate");
    const parcheck_cell *cell;

    ck_assert_uint_eq(parcheck_finding_cell_count(finding), 2);
    ck_assert_str_eq(parcheck_cell_address(parcheck_finding_cell(finding, 0)),
                     "E2");
    cell = parcheck_finding_cell(finding, 1);
    ck_assert_str_eq(parcheck_cell_address(cell), "E9");
    ck_assert_str_eq(parcheck_cell_literal(cell), "6");
    ck_assert_str_eq(parcheck_cell_name(cell), "count_row");
    ck_assert_str_eq(parcheck_cell_form(cell), "1");
    ck_assert_str_eq(parcheck_cell_code(cell), "1");
    ck_assert_str_eq(parcheck_cell_label(cell), "First row");
    ck_assert_uint_eq(parcheck_cell_input(cell), 0);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Values that do not differ are not told to differ. */
START_TEST(a_duplicate_has_two_different_values)
{
    static const text_case cases[] = {
        {ALL "1,1,First row,,6,\n" ROW_1, "row.duplicate@2:5 row.repeated@2:5"},
        {FIXTURE_FORM "1,1,First row,,abc,\n" FROM_2 "1,1,First row,,abc,\n",
         "cell.not-a-number@2:5 cell.not-a-number@9:5 row.repeated@2:5"},
    };

    EXPECT_ALL(form_schema(FIXTURE_RULES), cases);
}
END_TEST

/* "-" says that there is nothing, in a heading too. */
START_TEST(a_heading_may_be_blank_with_a_word)
{
    static const text_case cases[] = {
        {UP_TO_21 "1,,Heading,,-,\n" BARE CHOICE, ""},
        {UP_TO_21 "1,,Heading,,Không báo,\n" BARE CHOICE, ""},
    };

    EXPECT_ALL(form_schema(FIXTURE_RULES), cases);
}
END_TEST

/* A comma that is not quoted moves the value to another column. */
START_TEST(records_as_wide_as_the_heading)
{
    static const text_case cases[] = {
        {FIXTURE_FORM "1,1,First row,,,5,\n" FROM_2, "record.long@2:1"},
        {FIXTURE_FORM "1,1,First row\n" FROM_2, "record.short@2:1"},
    };

    EXPECT_ALL(form_schema(FIXTURE_RULES), cases);
}
END_TEST

START_TEST(a_label_is_compared_by_its_letters)
{
    static const char edition[] = FIXTURE_EDITION
        "1,1,a,Số hồ sơ đã giải quyết (đúng hạn),,count,,\n";
    const fixture_table tables[] = {{"s", "only.csv", edition},
                                    {"s", "rules.csv", FIXTURE_RULES}};
    static const text_case cases[] = {
        {FIXTURE_FORM "1,1,SỐ HỒ SƠ ĐÃ GIẢI QUYẾT - ĐÚNG HẠN,,1,\n", ""},
        /* the same letters, decomposed */
        {FIXTURE_FORM "1,1,So\xCC\x82\xCC\x81 ho\xCC\x82\xCC\x80 so\xCC\x9B "
                      "\xC4\x91"
                      "a\xCC\x83 gia\xCC\x89i quye\xCC\x82\xCC\x81t "
                      "\xC4\x91u\xCC\x81ng ha\xCC\xA3n,,1,\n",
         ""},
        {FIXTURE_FORM "1,1,So ho so da giai quyet dung han,,1,\n",
         "row.other-label@2:3"},
    };

    EXPECT_ALL(fixture_load(tables, 2), cases);
}
END_TEST

/* ---- headings of columns ------------------------------------------------- */

static const text_case heading_cases[] = {
    /* any order, with others among them */
    {"x,value,label,y,code,form\n,5,First row,,1,1\n,2,Second row,,2,1\n"
     ",3,Third row,,2.1,1\n,4,Bare row,,,1\n,0,Choice,,3,1\n",
     ""},
    /* the least: value, and label or code */
    {"label,value\nFirst row,5\nSecond row,2\nThird row,3\nBare row,4\n"
     "Choice,1\n",
     /* no codes at all: labels are enough, and nothing is wrong */
     ""},
    {"form,code,value\n1,1,5\n1,2,2\n1,2.1,3\n1,3,1\n", "row.missing@2:3"},
    {"form,code,label\n1,1,First row\n", "file.no-heading@1:1"},
    {"form,value\n1,5\n", "file.no-heading@1:1"},
    {"one,two,three\n1,2,3\n", "file.no-heading@1:1"},
    /* nothing below, nothing at all */
    {FIXTURE_FORM, "file.empty@1:1"},
    {"", "file.empty@1:1"},
    {"\n\n \n", "file.empty@1:1"},
    /* quotes */
    {FIXTURE_FORM "\"1\",\"1\",\"First row\",\"\",\"5\",\"a\nb\"\n" FROM_2, ""},
    {ALL "1,9,\"never closed,,5,\n", "csv.unclosed-quote@9:1"},
    {ALL "1,9,\"a\"b,,5,\n", "csv.broken-record@9:1"},
    {FIXTURE_FORM "1,1,\"First\nrow\",,y,\n" FROM_2 "1,8,,,1,\n",
     "cell.not-a-number@2:5 row.unknown@10:5"},
};

START_TEST(headings_and_bytes)
{
    EXPECT_ALL(form_schema(FIXTURE_RULES), heading_cases);
}
END_TEST

/* Records without a single value name no form. */
START_TEST(empty_records_are_no_data)
{
    static const text_case cases[] = {
        {FIXTURE_FORM ",,,,,\n", "file.empty@1:1"},
        {FIXTURE_FORM "7,1,Row,,5,\n,,,,,\n", "file.unknown-form@2:1"},
    };

    EXPECT_ALL(form_schema(FIXTURE_RULES), cases);
}
END_TEST

START_TEST(a_file_with_zero_bytes_is_not_read)
{
    static const char bytes[] = FIXTURE_FORM "1,1,First row,,5,\0\n";
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    parcheck_report *report;
    parcheck_input input;

    parcheck_input_init(&input, sizeof input);
    input.data = bytes;
    input.length = sizeof bytes - 1;
    ck_assert_int_eq(parcheck_validate(&report, schema, &input, 1, NULL, NULL),
                     PARCHECK_OK);
    ck_assert_str_eq(fixture_findings(report), "file.binary@1:1");
    ck_assert_ptr_null(parcheck_report_input_edition(report, 0));
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- values -------------------------------------------------------------- */

/* Values of the rows 1 (count), 2 (amount), 2.1 (percent) and 3 (choice). */
static const struct {
    const char *count;
    const char *amount;
    const char *percent;
    const char *choice;
    const char *findings;
} value_cases[] = {
    {"5", "1.5", "50", "1", ""},
    {"", "", "", "", ""},
    {"-", "Không báo", "–", "Chưa giao", ""},
    {" 5 ", "1,5", "50,5 %", "0", ""},
    {"2.531", "1.5", "50%", "1.0", ""},
    {"1,234,567", "1,234,567.8", "0.001", "0", ""},
    {"07", "007.50", "099", "00", ""},
    {"999999999999999999", "0.99999999999999999", "100", "1", ""},
    /* no numbers */
    {"abc", "1.5", "50", "1", "cell.not-a-number@2:5"},
    {"5", "1.5x", "50", "1", "cell.not-a-number@3:5"},
    {"5", "1.5", "%", "1", "cell.not-a-number@4:5"},
    {"5", "1.5", "50", "perhaps", "cell.not-a-number@5:5"},
    {"1 00", "1.5", "50", "1", "cell.not-a-number@2:5"},
    {"1.2.3", "1..5", "5,0,0", "1",
     "cell.not-a-number@2:5 cell.not-a-number@3:5 cell.not-a-number@4:5"},
    {"5%", "1.5%", "50", "1%",
     "cell.not-a-number@2:5 cell.not-a-number@3:5 cell.not-a-number@5:5"},
    {"+5", "1e3", "0x1", "1",
     "cell.not-a-number@2:5 cell.not-a-number@3:5 "
     "cell.not-a-number@4:5"},
    /* read with a note, and without one */
    {"1 000", "12 345,6", "５０", "1", ""},
    {"3 (1)", "5,65 nghìn", "≈ 50 %", "yes",
     "cell.interpreted@2:5 cell.interpreted@3:5 cell.interpreted@4:5 "
     "cell.interpreted@5:5"},
    {"(5)", "1.5", "50", "NO",
     "cell.negative@2:5 cell.interpreted@2:5 "
     "cell.interpreted@5:5"},
    {"Không có", "x", "…", "Không", ""},
    {"5", "2.531 nghìn", "50", "1", "cell.ambiguous@3:5"},
    {"2.531 nghìn", "1.5", "50", "1", "cell.interpreted@2:5"},
    /* too many digits */
    {"1000000000000000000", "1.5", "50", "1", "cell.too-long@2:5"},
    {"000000000000000000005", "1.5", "50", "1", ""},
    {"5", "0.0000000000000000001", "50", "1", "cell.too-long@3:5"},
    /* below 0 */
    {"-5", "1.5", "50", "1", "cell.negative@2:5"},
    {"−5", "-1.5", "-50", "1",
     "cell.negative@2:5 cell.negative@3:5 cell.negative@4:5"},
    {"-0", "-0.0", "-0", "1", ""},
    {"5", "1.5", "50", "-1", "cell.out-of-range@5:5"},
    /* not whole */
    {"1.5", "1.5", "50", "1", "cell.not-whole@2:5"},
    {"1.50", "1.5", "50", "1", "cell.not-whole@2:5"},
    {"1.0", "1.5", "50", "1", ""},
    {"-1.5", "1.5", "50", "1", "cell.negative@2:5 cell.not-whole@2:5"},
    /* above 100, or not in the list */
    {"5", "1.5", "100.0", "1", ""},
    {"5", "1.5", "100.1", "1", "cell.out-of-range@4:5"},
    {"5", "1.5", "50", "2", "cell.out-of-range@5:5"},
    {"5", "1.5", "50", "0.5", "cell.out-of-range@5:5"},
};

static const char *with_values(char text[1024], size_t i)
{
    (void)snprintf(text, 1024,
                   FIXTURE_FORM "1,1,First row,,\"%s\",\n"
                                "1,2,Second row,,\"%s\",\n"
                                "1,2.1,Third row,%%,\"%s\",\n"
                                "1,3,Choice,,\"%s\",\n" BARE,
                   value_cases[i].count, value_cases[i].amount,
                   value_cases[i].percent, value_cases[i].choice);
    return text;
}

START_TEST(values_of_each_kind)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);

    for (size_t i = 0; i < sizeof value_cases / sizeof *value_cases; i++) {
        char text[1024];

        expect_findings(schema, with_values(text, i), value_cases[i].findings);
    }
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(messages_about_values)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    parcheck_report *report = fixture_check(
        schema, FIXTURE_FORM "1,1,First row,,-1.5,\n1,2,Second row,,abc,\n"
                             "1,2.1,Third row,%,101,\n1,3,Choice,,2,\n"
                             "1,,Bare row,,1234567890123456789,\n");

    expect_message(report, "cell.negative",
                   "“-1.5” là số âm, trong khi chỉ tiêu này không thể âm",
                   "“-1.5” is negative, which this indicator cannot be");
    expect_message(report, "cell.not-whole",
                   "“-1.5” không phải là số nguyên, trong khi chỉ tiêu này là "
                   "số đếm",
                   "“-1.5” is not a whole number, but this indicator counts");
    expect_message(report, "cell.not-a-number", "“abc” không phải là một số",
                   "“abc” is not a number");
    expect_message(report, "cell.out-of-range",
                   "“101” nằm ngoài phạm vi cho phép (0–100 %)",
                   "“101” is out of range (0–100 %)");
    expect_message(report, "cell.too-long",
                   "“1234567890123456789” có hơn 18 chữ số nên không được đọc",
                   "“1234567890123456789” has more than 18 digits and was not "
                   "read");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* A rule that lists the values of a choice says it better. */
START_TEST(a_choice_is_left_to_its_rule)
{
    parcheck_schema *schema = form_schema(
        FIXTURE_RULES "r,\"choice_row in {0, 1}\",warning,VI,EN,B\n");
    parcheck_report *report = fixture_check(schema,
                                            UP_TO_21 BARE "1,3,Choice,,2,\n");

    ck_assert_str_eq(fixture_findings(report), "rule.fails:r@6:5");
    ck_assert_int_eq(
        parcheck_finding_severity(parcheck_report_finding(report, 0)),
        PARCHECK_WARNING);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- number styles ------------------------------------------------------- */

/* How the amount "2.531" or "2,531" is read beside other cells. */
static const struct {
    const char *amount;
    const char *count;
    const char *bare; /* a count, too */
    const char *percent;
    const char *read;
    const char *findings; /* but that the rule fails */
} style_cases[] = {
    /* nothing else: the mark groups, and it is told */
    {"2.531", "5", "1", "50", "2531", "cell.ambiguous@3:5"},
    {"2,531", "5", "1", "50", "2531", "cell.ambiguous@3:5"},
    /* the literal alone decides */
    {"2.53", "5", "1", "50", "2.53", ""},
    {"2.5310", "5", "1", "50", "2.531", ""},
    {"0.531", "5", "1", "50", "0.531", ""},
    {"1.002.531", "5", "1", "50", "1002531", ""},
    {"1,002.531", "5", "1", "50", "1002.531", ""},
    {"1.002,531", "5", "1", "50", "1002.531", ""},
    /* cells that show that "." groups, or that it does not */
    {"2.531", "1.234.567", "1", "50", "2531", ""},
    {"2.531", "1.234", "1", "50", "2531", ""},
    {"2.531", "1,234,567", "1", "50", "2.531", ""},
    {"2.531", "1,234", "1", "50", "2.531", ""},
    {"2,531", "1.234", "1", "50", "2.531", ""},
    {"2,531", "1,234", "1", "50", "2531", ""},
    /* cells that contradict each other show nothing */
    {"2.531", "1.234", "1,234", "50", "2531", "cell.ambiguous@3:5"},
    /* percentages are asked last */
    {"2.531", "5", "1", "16.3", "2531", "cell.ambiguous@3:5"},
    {"2.531", "5", "1", "16,3", "2531", "cell.ambiguous@3:5"},
    {"2.531", "5", "1", "32.780", "2531", "cell.ambiguous@3:5"},
    {"2.531", "1.234", "1", "16.3", "2531", ""},
    {"2.531", "1.234", "1,234", "16.3", "2531", "cell.ambiguous@3:5"},
};

static void expect_style(const parcheck_schema *schema, size_t i)
{
    char text[1024];
    parcheck_report *report;
    const parcheck_finding *fails;
    const char *read;

    (void)snprintf(text, sizeof text,
                   FIXTURE_FORM "1,1,First row,,\"%s\",\n"
                                "1,2,Second row,,\"%s\",\n"
                                "1,2.1,Third row,%%,\"%s\",\n"
                                "1,,Bare row,,\"%s\",\n" CHOICE,
                   style_cases[i].count, style_cases[i].amount,
                   style_cases[i].percent, style_cases[i].bare);
    report = fixture_check(schema, text);
    fails = fixture_finding(report, "rule.fails");
    read = parcheck_finding_left(fails);
    ck_assert_msg(strcmp(read, style_cases[i].read) == 0,
                  "case %zu: read as %s, but it should be %s", i, read,
                  style_cases[i].read);
    (void)snprintf(text, sizeof text, "rule.fails:r@3:5%s%s",
                   style_cases[i].findings[0] != '\0' ? " " : "",
                   style_cases[i].findings);
    ck_assert_str_eq(fixture_findings(report), text);
    parcheck_report_free(report);
}

START_TEST(marks_are_read_as_the_file_writes_them)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES
                                          "r,amount_row = 0,error,VI,EN,B\n");

    for (size_t i = 0; i < sizeof style_cases / sizeof *style_cases; i++)
        expect_style(schema, i);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(an_ambiguous_cell_shows_both_readings)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    parcheck_report *report = fixture_check(
        schema,
        FIXTURE_FORM ROW_1 "1,2,Second row,,2.500,\n" ROW_21 BARE CHOICE);

    ck_assert_str_eq(fixture_findings(report), "cell.ambiguous@3:5");
    expect_message(report, "cell.ambiguous",
                   "“2.500” có thể là 2500 hoặc 2.5; được đọc là 2500",
                   "“2.500” can be 2500 or 2.5; it is read as 2500");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* The style of one file says nothing of another. */
START_TEST(each_input_has_its_own_style)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    const char *texts[] = {
        FIXTURE_FORM "1,1,First row,,1.234,\n" BARE CHOICE ROW_21,
        FIXTURE_FORM "1,2,Second row,,2.531,\n2,1,Other form,,1,\n"};
    parcheck_report *report = fixture_validate(schema, texts, 2, NULL);

    ck_assert_str_eq(fixture_findings(report), "cell.ambiguous@2:5");
    ck_assert_uint_eq(parcheck_cell_input(parcheck_finding_cell(
                          parcheck_report_finding(report, 0), 0)),
                      1);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- editions ------------------------------------------------------------ */

static parcheck_schema *two_editions(void)
{
    static const fixture_table tables[] = {
        {"f", "e1.csv",
         FIXTURE_EDITION "1,1,a,Alpha,,count,,\n1,2,b,Beta,,count,,\n"
                         "1,3,c,Gamma,,count,,\n2,1,d,Delta,,count,,\n"},
        {"f", "e2.csv",
         FIXTURE_EDITION "1,1,a,Alpha,,count,,\n1,2,b,Beta,,count,,\n"
                         "1,3,d,Delta,,count,,\n2,1,e,Epsilon,,count,,\n"},
        {"f", "rules.csv",
         FIXTURE_RULES "ab,a <= b,error,VI,EN,B\nc,c >= a,error,VI,EN,B\n"
                       "e,e >= a,error,VI,EN,B\n"}};

    return fixture_load(tables, 3);
}

#define ALPHA "1,1,Alpha,,1,\n"
#define BETA "1,2,Beta,,2,\n"
#define GAMMA "1,3,Gamma,,3,\n"
#define DELTA_1 "2,1,Delta,,4,\n"
#define DELTA_2 "1,3,Delta,,4,\n"
#define EPSILON "2,1,Epsilon,,5,\n"
#define GHOST "1,9,Ghost,,5,\n"

/* One or two inputs, the edition asked for, and what comes of it. */
static const struct {
    const char *texts[2];
    const char *wanted;
    const char *edition; /* of the first input, NULL for none */
    const char *findings;
    size_t verdicts;
} edition_cases[] = {
    {{FIXTURE_FORM ALPHA BETA GAMMA DELTA_1, NULL}, NULL, "e1", "", 2},
    {{FIXTURE_FORM ALPHA BETA DELTA_2 EPSILON, NULL}, NULL, "e2", "", 2},
    /* one row is enough */
    {{FIXTURE_FORM ALPHA BETA GAMMA, NULL}, NULL, "e1", "", 2},
    /* two fit alike */
    {{FIXTURE_FORM ALPHA BETA, NULL}, NULL, NULL, "edition.unclear@1:1", 0},
    {{FIXTURE_FORM ALPHA BETA, NULL}, "e1", "e1", "row.missing@2:5", 2},
    {{FIXTURE_FORM ALPHA BETA, NULL}, "e2", "e2", "row.missing@2:5", 2},
    {{FIXTURE_FORM ALPHA BETA, NULL}, "f/e2", "e2", "row.missing@2:5", 2},
    /* asked for, whatever fits better */
    {{FIXTURE_FORM ALPHA BETA GAMMA, NULL},
     "e2",
     "e2",
     "row.other-label@4:3",
     2},
    /* half of the rows must fit */
    {{FIXTURE_FORM GAMMA GHOST, NULL},
     NULL,
     "e1",
     "row.unknown@3:5 row.missing@2:5",
     2},
    {{FIXTURE_FORM GAMMA GHOST GHOST, NULL},
     NULL,
     NULL,
     "edition.unclear@1:1",
     0},
    {{FIXTURE_FORM GAMMA GHOST GHOST, NULL},
     "e1",
     "e1",
     "row.unknown@3:5 row.unknown@4:5 row.missing@2:5",
     2},
    /* nothing fits */
    {{FIXTURE_FORM GHOST, NULL}, NULL, NULL, "edition.unclear@2:1", 0},
    {{FIXTURE_FORM GHOST, NULL}, "e1", NULL, "edition.unfit@2:1", 0},
    {{FIXTURE_FORM GHOST, NULL}, "f/e2", NULL, "edition.unfit@2:1", 0},
    {{FIXTURE_FORM "7,1,Ghost,,5,\n", NULL},
     NULL,
     NULL,
     "file.unknown-form@2:1",
     0},
    /* all files together decide */
    {{FIXTURE_FORM ALPHA BETA, FIXTURE_FORM GAMMA}, NULL, "e1", "", 2},
    {{FIXTURE_FORM ALPHA BETA, FIXTURE_FORM EPSILON},
     NULL,
     "e2",
     "row.missing@2:5",
     2},
    /* unless each is clearly of another edition */
    {{FIXTURE_FORM ALPHA BETA GAMMA, FIXTURE_FORM EPSILON},
     NULL,
     NULL,
     "edition.mixed@1:1 edition.mixed@1:1",
     0},
    {{FIXTURE_FORM ALPHA BETA GAMMA, FIXTURE_FORM EPSILON},
     "e1",
     "e1",
     "row.other-label@2:3",
     2},
};

START_TEST(editions_are_chosen_by_fit)
{
    parcheck_schema *schema = two_editions();

    for (size_t i = 0; i < sizeof edition_cases / sizeof *edition_cases; i++) {
        parcheck_options options;
        parcheck_report *report;
        const parcheck_edition *edition;
        const char *name;

        parcheck_options_init(&options, sizeof options);
        options.edition = edition_cases[i].wanted;
        report = fixture_validate(schema, edition_cases[i].texts,
                                  edition_cases[i].texts[1] != NULL ? 2 : 1,
                                  &options);
        edition = parcheck_report_input_edition(report, 0);
        name = edition != NULL ? parcheck_edition_name(edition) : NULL;
        ck_assert_pstr_eq(name, edition_cases[i].edition);
        ck_assert_str_eq(fixture_findings(report), edition_cases[i].findings);
        ck_assert_uint_eq(parcheck_report_verdict_count(report),
                          edition_cases[i].verdicts);
        parcheck_report_free(report);
    }
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(messages_about_editions)
{
    parcheck_schema *schema = two_editions();
    const char *texts[] = {FIXTURE_FORM ALPHA BETA GAMMA GHOST,
                           FIXTURE_FORM EPSILON};
    parcheck_report *report = fixture_check(schema,
                                            FIXTURE_FORM ALPHA BETA "\n");

    expect_message(report, "edition.unclear",
                   "không xác định được ấn bản của biểu mẫu (số dòng khớp: "
                   "f/e1 2/2; f/e2 2/2); hãy chọn bằng --edition",
                   "the edition of the form is not clear (rows that fit: "
                   "f/e1 2/2; f/e2 2/2); choose one with --edition");
    parcheck_report_free(report);
    report = fixture_validate(schema, texts, 2, NULL);
    expect_message(report, "edition.mixed",
                   "các tệp thuộc những ấn bản khác nhau (tệp này, số dòng "
                   "khớp: f/e1 3/4; f/e2 3/4); hãy kiểm tra riêng từng báo cáo",
                   "the files are of different editions (this one, rows that "
                   "fit: f/e1 3/4; f/e2 3/4); check each submission by itself");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Who has chosen an edition need not be told to choose one. */
START_TEST(messages_about_a_chosen_edition)
{
    parcheck_schema *schema = two_editions();
    const char *texts[] = {FIXTURE_FORM GHOST GHOST};
    parcheck_report *report;
    parcheck_options options;

    parcheck_options_init(&options, sizeof options);
    options.edition = "e1";
    report = fixture_validate(schema, texts, 1, &options);
    expect_message(report, "edition.unfit",
                   "không dòng nào khớp với ấn bản “e1” đã chọn; 2 dòng không "
                   "được kiểm tra: hãy sửa số biểu và mã số, hoặc chọn ấn bản "
                   "khác",
                   "no row fits the edition “e1” that was chosen; 2 rows were "
                   "not checked: correct form and code, or choose another "
                   "edition");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(only_rules_whose_rows_the_edition_has)
{
    parcheck_schema *schema = two_editions();
    parcheck_report *report = fixture_check(
        schema, FIXTURE_FORM ALPHA BETA GAMMA DELTA_1);

    ck_assert_str_eq(fixture_verdict(report, "ab", NULL), "holds");
    ck_assert_str_eq(fixture_verdict(report, "c", NULL), "holds");
    ck_assert_str_eq(fixture_verdict(report, "e", NULL), "none");
    parcheck_report_free(report);
    report = fixture_check(schema, FIXTURE_FORM ALPHA BETA DELTA_2 EPSILON);
    ck_assert_str_eq(fixture_verdict(report, "ab", NULL), "holds");
    ck_assert_str_eq(fixture_verdict(report, "c", NULL), "none");
    ck_assert_str_eq(fixture_verdict(report, "e", NULL), "holds");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- a file of one form -------------------------------------------------- */

static const text_case single_form_cases[] = {
    /* by the labels: forms 1 and 2 have the same codes */
    {"code,label,value\n1,First row,5\n2,Second row,1\n", "row.missing@2:3"},
    {"code,label,value\n1,Other form,5\n", ""},
    {"code,label,value\n1,Other form,5\n9,Ghost,1\n", "row.unknown@3:3"},
    {"label,value,code\nOther form,y,1\n", "cell.not-a-number@2:2"},
};

START_TEST(files_of_a_single_form)
{
    EXPECT_ALL(form_schema(FIXTURE_RULES), single_form_cases);
}
END_TEST

/* Two forms fit alike: to take one of them would be a guess. */
START_TEST(a_single_form_may_be_unclear)
{
    static const text_case cases[] = {
        {"code,value\n1,5\n", "edition.unclear@1:1"},
        {"code,label,value\n9,Ghost,5\n", "edition.unclear@2:1"},
    };

    EXPECT_ALL(form_schema(FIXTURE_RULES), cases);
}
END_TEST

/* A chosen edition does not say which form it is. */
START_TEST(a_single_form_of_a_chosen_edition_may_be_unclear)
{
    parcheck_schema *schema = form_schema(FIXTURE_RULES);
    const char *texts[] = {"code,value\n1,5\n"};
    parcheck_report *report;
    parcheck_options options;

    parcheck_options_init(&options, sizeof options);
    options.edition = "only";
    report = fixture_validate(schema, texts, 1, &options);

    expect_message(
        report, "form.unclear",
        "các dòng khớp như nhau với nhiều biểu (số dòng khớp: s/only "
        "1/1); hãy ghi số biểu vào một cột hoặc một tiêu đề",
        "the rows fit several forms alike (rows that fit: s/only "
        "1/1); say in a column or a title which form it is");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- tables -------------------------------------------------------------- */

#define TABLE "stt,unit_name,u,v,w\n"
#define ROW_I "I,Head,9,1,1.5\n"
#define ROW_II "II,Parts,6,1,1.5\n"

static const text_case table_cases[] = {
    {TABLE ROW_I ROW_II "1,A,2,1,1\n2,B,4,0,0.5\n", ""},
    {TABLE ROW_I ROW_II "\n,,,,\n", ""},
    /* rows */
    {TABLE ROW_I ROW_II "III,X,1,1,1\n", "row.unknown@4:1"},
    {TABLE ROW_I ROW_II ",X,1,1,1\n", "row.unknown@4:1"},
    {TABLE ROW_I ROW_II "1a,X,1,1,1\n", "row.unknown@4:1"},
    {TABLE ROW_I ROW_II "-1,X,1,1,1\n", "row.unknown@4:1"},
    {TABLE ROW_II, "row.missing@1:1"},
    {TABLE "1,A,1,1,1\n", "row.missing@1:1"},
    {TABLE ROW_I ROW_II ROW_I,
     "row.repeated@2:3 row.repeated@2:4 row.repeated@2:5"},
    {TABLE ROW_I ROW_II "I,Head,8,1,1.50\n",
     "row.duplicate@2:3 row.repeated@2:4 row.repeated@2:5"},
    {TABLE ROW_I ROW_II "1,A,1,1,1\n2,A,2,2,2\n", "unit.repeated@5:0"},
    {TABLE ROW_I ROW_II "1,A,1,1,1\n1,B,2,2,2\n", ""},
    {TABLE ROW_I ROW_II "1,,1,1,1\n2,,2,2,2\n", ""},
    {TABLE ROW_I ROW_II "1,A,1,1,1\n2,A,2,2,2\n3,A,2,2,2\n",
     "unit.repeated@5:0 unit.repeated@6:0"},
    /* columns */
    {"w,v,u,unit_name,stt\n1,1,9,H,I\n1,1,6,P,II\n", ""},
    {"stt,unit_name,u,v,w,x\nI,H,1,1,1,1\nII,P,1,1,1,1\n",
     "column.unknown@1:6"},
    {"stt,unit_name,u,v,w,\nI,H,1,1,1,\nII,P,1,1,1,\n", ""},
    {"stt,unit_name,u,v\nI,H,1,1\nII,P,1,1\n", "column.missing@1:1"},
    {"stt,u,v\nI,1,1\nII,1,1\n", "column.missing@1:1"},
    {"stt,unit_name,u,v,w,u\nI,H,1,1,1,x\nII,P,1,1,1,x\n",
     "column.duplicate@1:6"},
    /* a table is known by its codes and half of its columns */
    {"stt,u\nI,1\n", "file.no-heading@1:1"},
    {"unit_name,u,v,w\nH,1,1,1\n", "file.no-heading@1:1"},
    {TABLE, "file.empty@1:1 row.missing@1:1"},
    /* records */
    {TABLE "I,Head,9,1,1.5,7\n" ROW_II, "record.long@2:1"},
    {TABLE "I,Head,9,1\n" ROW_II, "record.short@2:1"},
    {TABLE "I\n" ROW_II, "record.short@2:1"},
    /* values */
    {TABLE "I,Head,y,-1,1.5\n" ROW_II,
     "cell.not-a-number@2:3 cell.negative@2:4"},
    {TABLE "I,Head,1.5,1,1.5\n" ROW_II, "cell.not-whole@2:3"},
};

START_TEST(tables_of_units)
{
    EXPECT_ALL(fixture_schema("t", NULL), table_cases);
}
END_TEST

START_TEST(messages_about_tables)
{
    parcheck_schema *schema = fixture_schema("t", NULL);
    parcheck_report *report = fixture_check(
        schema, "stt,u,x,unit_name,u\nI,1,1,Head,1\n1,1,1,A,1,1\n2,1,1,A\n"
                "V,1,1,B,1\n");

    ck_assert_str_eq(fixture_findings(report),
                     "column.duplicate@1:5 row.unknown@5:1 row.missing@1:1 "
                     "column.missing@1:1 column.unknown@1:3 record.long@3:1 "
                     "unit.repeated@4:0 record.short@4:1");
    expect_message(report, "column.duplicate",
                   "cột “u” có hai lần; chỉ cột đầu được dùng",
                   "column “u” stands twice; only the first is used");
    expect_message(report, "row.unknown",
                   "biểu mẫu không có dòng này (biểu 1, mã “V”, tên “B”); số "
                   "liệu của dòng không được kiểm tra",
                   "the form has no such row (form 1, code “V”, label “B”); "
                   "its value was not checked");
    expect_message(report, "column.missing", "thiếu 2 cột: v, w",
                   "2 columns are missing: v, w");
    expect_message(report, "row.missing", "biểu 1 thiếu 1 dòng: II",
                   "form 1 lacks 1 of its rows: II");
    expect_message(report, "column.unknown",
                   "không có chỉ tiêu nào tên “x”; cột không được kiểm tra",
                   "no indicator is named “x”; the column was not checked");
    expect_message(report, "record.long",
                   "dòng có 6 ô, nhiều hơn 5 cột của tiêu đề; phần thừa không "
                   "được dùng",
                   "the record has 6 fields, the heading 5 columns; the rest "
                   "is not used");
    expect_message(report, "record.short",
                   "dòng có 4 ô, ít hơn 5 cột của tiêu đề",
                   "the record has 4 fields, the heading 5 columns");
    expect_message(report, "unit.repeated",
                   "đơn vị “A” đã có ở dòng 3; cả hai dòng đều được tính",
                   "the unit “A” stands on line 3 already; both rows count");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* The row of all communes often bears the name of the district, too. */
START_TEST(units_of_different_roles_may_share_a_name)
{
    static const text_case cases[] = {
        {TABLE "I,Town,9,1,1\nII,Town,6,1,1\n1,A,2,1,1\n", ""},
    };

    EXPECT_ALL(fixture_schema("t", NULL), cases);
}
END_TEST

START_TEST(a_verdict_names_its_unit)
{
    parcheck_schema *schema = fixture_schema("t", "u <= v");
    parcheck_report *report = fixture_check(schema, TABLE ROW_I "1,A,2,1,1\n");
    const parcheck_verdict *verdict = parcheck_report_verdict(report, 1);
    const parcheck_finding *finding = parcheck_report_finding(report, 0);

    ck_assert_str_eq(parcheck_verdict_unit(verdict), "A");
    ck_assert_str_eq(parcheck_verdict_unit_code(verdict), "1");
    ck_assert_str_eq(parcheck_finding_unit(finding), "Head");
    ck_assert_str_eq(parcheck_finding_unit_code(finding), "I");
    parcheck_report_free(report);
    report = fixture_check(schema, "stt,u,v,w\nI,2,1,1\n");
    ck_assert_str_eq(parcheck_verdict_unit(parcheck_report_verdict(report, 0)),
                     "I");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Parts in a file of their own still belong to the row above them. */
START_TEST(a_table_in_two_files)
{
    parcheck_schema *schema = fixture_schema("t", "u = children(u)");
    const char *texts[] = {TABLE ROW_I ROW_II "1,A,2,1,1\n",
                           TABLE "2,B,4,1,1\n"};
    parcheck_report *report = fixture_validate(schema, texts, 2, NULL);

    ck_assert_str_eq(fixture_findings(report), "");
    ck_assert_str_eq(fixture_verdict(report, "r", "II"), "holds");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* Both families of the fixture at once, each in its layout. */
START_TEST(forms_and_tables_together)
{
    char csv[FIXTURE_TEXT];
    parcheck_schema *schema = fixture_schema("f", "a = u@head");
    const char *texts[] = {fixture_form(csv, "a=9"), TABLE ROW_I ROW_II};
    parcheck_report *report = fixture_validate(schema, texts, 2, NULL);

    ck_assert_str_eq(fixture_verdict(report, "r", NULL), "holds");
    ck_assert_uint_eq(parcheck_report_edition_count(report), 2);
    ck_assert_str_eq(
        parcheck_family_name(parcheck_report_edition_family(report, 0)), "f");
    ck_assert_str_eq(
        parcheck_family_name(parcheck_report_edition_family(report, 1)), "t");
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

static TCase *form_tests(void)
{
    TCase *tests = tcase_create("forms");

    tcase_add_test(tests, rows_of_a_form);
    tcase_add_test(tests, messages_about_rows);
    tcase_add_test(tests, a_duplicate_names_both_cells);
    tcase_add_test(tests, a_duplicate_has_two_different_values);
    tcase_add_test(tests, a_heading_may_be_blank_with_a_word);
    tcase_add_test(tests, records_as_wide_as_the_heading);
    tcase_add_test(tests, a_label_is_compared_by_its_letters);
    tcase_add_test(tests, headings_and_bytes);
    tcase_add_test(tests, empty_records_are_no_data);
    tcase_add_test(tests, a_file_with_zero_bytes_is_not_read);
    return tests;
}

static TCase *value_tests(void)
{
    TCase *tests = tcase_create("values");

    tcase_add_test(tests, values_of_each_kind);
    tcase_add_test(tests, messages_about_values);
    tcase_add_test(tests, a_choice_is_left_to_its_rule);
    tcase_add_test(tests, marks_are_read_as_the_file_writes_them);
    tcase_add_test(tests, an_ambiguous_cell_shows_both_readings);
    tcase_add_test(tests, each_input_has_its_own_style);
    return tests;
}

static TCase *edition_tests(void)
{
    TCase *tests = tcase_create("editions");

    tcase_add_test(tests, editions_are_chosen_by_fit);
    tcase_add_test(tests, messages_about_editions);
    tcase_add_test(tests, messages_about_a_chosen_edition);
    tcase_add_test(tests, only_rules_whose_rows_the_edition_has);
    tcase_add_test(tests, files_of_a_single_form);
    tcase_add_test(tests, a_single_form_may_be_unclear);
    tcase_add_test(tests, a_single_form_of_a_chosen_edition_may_be_unclear);
    return tests;
}

static TCase *table_tests(void)
{
    TCase *tests = tcase_create("tables");

    tcase_add_test(tests, tables_of_units);
    tcase_add_test(tests, messages_about_tables);
    tcase_add_test(tests, units_of_different_roles_may_share_a_name);
    tcase_add_test(tests, a_verdict_names_its_unit);
    tcase_add_test(tests, a_table_in_two_files);
    tcase_add_test(tests, forms_and_tables_together);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("submission");

    suite_add_tcase(suite, form_tests());
    suite_add_tcase(suite, value_tests());
    suite_add_tcase(suite, edition_tests());
    suite_add_tcase(suite, table_tests());
    return pc_run_suite(suite);
}
