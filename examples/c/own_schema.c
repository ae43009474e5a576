/* A form of one's own, whose tables stand in the program: they could as well
 * come from a database, or from a folder (parcheck_schema_load_folder()).
 *
 * usage: own_schema
 */
#include <parcheck/parcheck.h>
#include <stdio.h>
#include <string.h>

/* One line for each row of the form. */
static const char edition[] =
    "form,code,name,label,unit,kind,level,choices\n"
    "1,1,visits_total,Tổng số lượt tiếp công dân,Lượt,count,,\n"
    "1,1.1,visits_regular,Tiếp thường xuyên,Lượt,count,,\n"
    "1,1.2,visits_leader,Lãnh đạo tiếp định kỳ,Lượt,count,,\n"
    "1,1.3,visits_regular_pct,Tỷ lệ tiếp thường xuyên,%,percent,,\n";

/* And one for each thing that must hold. */
static const char rules[] =
    "id,check,severity,vi,en,basis\n"
    "visits-total,visits_total = visits_regular + visits_leader,error,"
    "Tổng số lượt tiếp bằng tiếp thường xuyên và lãnh đạo tiếp định kỳ cộng "
    "lại,The visits are the regular ones and those to a leader together,"
    "\"Biểu 1, dòng 1\"\n"
    "visits-regular-pct,"
    "\"visits_regular_pct = percent(visits_regular, visits_total)\",error,"
    "Tỷ lệ tiếp thường xuyên tính trên tổng số lượt tiếp,"
    "The share of the regular visits is of all visits,"
    "\"Biểu 1, dòng 1.3\"\n";

static const char submission[] = "form,code,label,value\n"
                                 "1,1,Tổng số lượt tiếp công dân,112\n"
                                 "1,1.1,Tiếp thường xuyên,95\n"
                                 "1,1.2,Lãnh đạo tiếp định kỳ,15\n"
                                 "1,1.3,Tỷ lệ tiếp thường xuyên,\"84,8\"\n";

static int to_stdout(void *context, const void *bytes, size_t size)
{
    (void)context;
    return fwrite(bytes, 1, size, stdout) == size ? 0 : -1;
}

static parcheck_status load(parcheck_schema **schema, parcheck_error *error)
{
    const parcheck_table tables[] = {
        {"reception", "district-2024.csv", edition, strlen(edition)},
        {"reception", "rules.csv", rules, strlen(rules)}};

    return parcheck_schema_load_tables(schema, tables, 2, NULL, error);
}

int main(void)
{
    parcheck_schema *schema = NULL;
    parcheck_report *report = NULL;
    parcheck_write_options options;
    parcheck_error error;
    parcheck_input input;
    int code = 2;

    parcheck_input_init(&input, sizeof input);
    input.name = "reception.csv";
    input.data = submission;
    input.length = strlen(submission);
    parcheck_write_options_init(&options, sizeof options);
    options.language = PARCHECK_ENGLISH;
    if (load(&schema, &error) == PARCHECK_OK &&
        parcheck_validate(&report, schema, &input, 1, NULL, &error) ==
            PARCHECK_OK &&
        parcheck_report_write(report, &options, to_stdout, NULL, &error) ==
            PARCHECK_OK)
        code = parcheck_report_severity_count(report, PARCHECK_ERROR) > 0;
    else /* where in which table: source, line and column */
        fprintf(stderr, "%s:%zu:%zu: %s\n", error.source, error.line,
                error.column, error.en);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return code;
}
