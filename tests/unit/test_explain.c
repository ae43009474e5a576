/* Explanations: each kind where it must be found and where it must not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failing_allocator.h"
#include "fixture.h"
#include "runner.h"

/* ---- small schemas and submissions -----------------------------------------
 */

static const char edition[] = FIXTURE_EDITION "1,1,t,Row t,Files,count,,\n"
                                              "1,1.1,a,Row a,Files,count,,\n"
                                              "1,1.2,b,Row b,Files,count,,\n"
                                              "1,1.3,c,Row c,Files,count,,\n"
                                              "1,2,p,Row p,,percent,,\n"
                                              "1,2.1,d,Row d,Files,count,,\n"
                                              "1,2.2,e,Row e,Files,count,,\n"
                                              "1,2.3,g,Row g,Files,count,,\n"
                                              "1,3,q,Row q,,percent,,\n"
                                              "1,3.1,h,Row h,People,count,,\n"
                                              "1,3.2,i,Row i,People,count,,\n"
                                              "1,4,m,Row m,Money,amount,,\n"
                                              "1,4.1,n,Row n,Money,amount,,\n"
                                              "1,4.2,o,Row o,Money,amount,,\n"
                                              "1,5,u,Row u,Files,count,,\n"
                                              "1,6,v,Row v,Files,count,,\n"
                                              "1,7,w,Row w,Files,count,,\n"
                                              "1,8,x,Row x,Files,count,,\n"
                                              "1,9,y,Row y,Files,count,,\n";

static void add(char *text, const char *format, const char *a, size_t n)
{
    size_t used = strlen(text);

    (void)snprintf(text + used, FIXTURE_TEXT - used, format, (int)n, a);
}

/* Rules "t = a + b; a <= b" are r1, r2, ... */
static parcheck_schema *schema_of(const char *checks)
{
    static char rules[FIXTURE_TEXT];
    const fixture_table tables[] = {{"f", "e.csv", edition},
                                    {"f", "rules.csv", rules}};

    strcpy(rules, FIXTURE_RULES);
    for (size_t i = 1; *checks != '\0'; i++) {
        size_t length = strcspn(checks, ";");
        char id[32];

        (void)snprintf(id, sizeof id, "r%zu", i);
        add(rules, "%.*s,", id, strlen(id));
        add(rules, "\"%.*s\",error,VI,EN,Form 1\n", checks, length);
        checks += length;
        checks += strspn(checks, "; ");
    }
    return fixture_load(tables, 2);
}

static const char *line_of(char name)
{
    static char row[128];
    const char *at = edition;

    while ((at = strchr(at, '\n')) != NULL && *++at != '\0') {
        const char *code = strchr(at, ',') + 1;
        const char *end = strchr(code, ',');

        if (end[1] == name && end[2] == ',') {
            (void)snprintf(row, sizeof row, "1,%.*s,Row %c,,",
                           (int)(end - code), code, name);
            return row;
        }
    }
    ck_abort_msg("no row %c", name);
}

/* "t=453 a=0 b=_": a row for each, "_" blank. */
static const char *form_of(char csv[FIXTURE_TEXT], const char *cells)
{
    strcpy(csv, FIXTURE_FORM);
    while (*cells != '\0') {
        size_t length = strcspn(cells, " ");
        bool blank = cells[2] == '_';

        add(csv, "%.*s\"", line_of(cells[0]), strlen(line_of(cells[0])));
        add(csv, "%.*s\",\n", cells + 2, blank ? 0 : length - 2);
        cells += length;
        cells += strspn(cells, " ");
    }
    return csv;
}

/* ---- what comes of it ---------------------------------------------------- */

static void tell_end(char *text, const char *end)
{
    add(text, "%.*s", end != NULL ? end : "", end != NULL ? strlen(end) : 0);
}

/* "digit-slip t=453", "minimal-change a=[0,5]", "shifted-row a=_ b=1" */
static const char *told(const parcheck_explanation *e)
{
    static char text[FIXTURE_TEXT];

    strcpy(text, parcheck_explanation_kind(e));
    for (size_t i = 0; i < parcheck_explanation_change_count(e); i++) {
        const char *value = parcheck_explanation_change_value(e, i);

        tell_end(text, " ");
        tell_end(text,
                 parcheck_cell_name(parcheck_explanation_change_cell(e, i)));
        tell_end(text, "=");
        if (value != NULL) {
            tell_end(text, value[0] != '\0' ? value : "_");
            continue;
        }
        tell_end(text, "[");
        tell_end(text, parcheck_explanation_change_low(e, i));
        tell_end(text, ",");
        tell_end(text, parcheck_explanation_change_high(e, i));
        tell_end(text, "]");
    }
    return text;
}

static const parcheck_finding *finding_of(const parcheck_report *report,
                                          const char *rule)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *f = parcheck_report_finding(report, i);

        if (parcheck_finding_rule(f) != NULL &&
            strcmp(parcheck_rule_id(parcheck_finding_rule(f)), rule) == 0)
            return f;
    }
    ck_abort_msg("no finding of %s", rule);
}

static bool has_kind(const parcheck_finding *finding, const char *kind)
{
    for (size_t i = 0; i < parcheck_finding_explanation_count(finding); i++)
        if (strcmp(parcheck_explanation_kind(
                       parcheck_finding_explanation(finding, i)),
                   kind) == 0)
            return true;
    return false;
}

typedef struct example {
    const char *checks;
    const char *cells;
    const char *first; /* explanation of r1, "" for none */
    const char *no;    /* a kind that must not be offered, or NULL */
} example;

static parcheck_report *check(const parcheck_schema *schema, const char *cells)
{
    char csv[FIXTURE_TEXT];

    return fixture_check(schema, form_of(csv, cells));
}

static void expect(const example *x)
{
    parcheck_schema *schema = schema_of(x->checks);
    parcheck_report *report = check(schema, x->cells);
    const parcheck_finding *finding = finding_of(report, "r1");
    const parcheck_explanation *e = parcheck_finding_explanation(finding, 0);
    const char *first = e != NULL ? told(e) : "";

    if (x->first != NULL)
        ck_assert_msg(strcmp(first, x->first) == 0,
                      "%s with %s: first is \"%s\", not \"%s\"", x->checks,
                      x->cells, first, x->first);
    if (x->no != NULL)
        ck_assert_msg(!has_kind(finding, x->no), "%s with %s: %s is offered",
                      x->checks, x->cells, x->no);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}

/* ---- the kinds ----------------------------------------------------------- */

static const example examples[] = {
    /* The rule cannot hold for certain without the other rows. */
    {"t = a + b + c", "t=-3 a=1", "minimal-change t=[1,]", NULL},
    /* one cell that three rules agree on */
    {"t = a + b; t = u; t = v", "t=500 a=231 b=222 u=453 v=453",
     "minimal-change t=453", NULL},
    /* ... and none that would break another rule */
    {"t = a + b; t = u; t = v; a = w", "t=453 a=231 b=111 u=453 v=453 w=231",
     "minimal-change b=222", NULL},
    {"t = a + b; a = u; b = v; t = w", "t=453 a=231 b=111 u=231 v=111 w=453",
     NULL, "digit-slip"},
    /* ... nor where every value does */
    {"a <= 100; a >= 900", "a=900", "", "minimal-change"},
    /* an interval where the value is not determined */
    {"a <= b", "a=777 b=700 u=1", "minimal-change a=[0,700]", NULL},
    /* both of two, because each alone breaks another */
    {"t = a; t = u + v; u = w; v = x", "t=345 a=123 u=130 v=215 w=130 x=215",
     "minimal-change a=345", NULL},
    {"t = a + b; t = u; a = v + w; b = x; v = y; u = e",
     "t=453 a=231 b=111 u=453 v=131 w=100 x=111 y=131 e=453",
     "minimal-change a=342 w=211", NULL},

    /* slips of the keyboard */
    {"t = a + b; t = u", "t=435 a=231 b=222 u=453", "digit-slip t=453", NULL},
    {"t = a + b; t = u", "t=45 a=231 b=222 u=453", "digit-slip t=453", NULL},
    {"t = a + b; t = u", "t=4533 a=231 b=222 u=453", "digit-slip t=453", NULL},
    {"t = a + b; t = u", "t=753 a=231 b=222 u=453", "digit-slip t=453", NULL},
    {"t = a + b; t = u", "t=762 a=231 b=222 u=453", "minimal-change t=453",
     "digit-slip"},
    /* one of ten numbers says nothing about keys */
    {"t = a + b; t = u", "t=7 a=2 b=1 u=3", "minimal-change t=3", "digit-slip"},
    {"t = a + b; t = u", "t=-453 a=231 b=222 u=453", "sign t=453", NULL},
    {"t = a + b; t = u", "t=-435 a=231 b=222 u=453", "minimal-change t=453",
     "sign"},
    {"t = a + b; t = u", "t=4530 a=231 b=222 u=453", "scale t=453", NULL},
    {"m = n + o", "m=2.531 n=1.5 o=2529.5", "scale m=2531", NULL},
    {"t = a + b; t = u", "t=4540 a=231 b=222 u=453", "minimal-change t=453",
     "scale"},

    /* parts of a sum */
    {"t = a + b + c; a = u; b = v; t = w",
     "t=453 a=231 b=222 c=137 u=231 v=222 w=453", "counted-twice c=0", NULL},
    {"t = a + b + c; a = u; b = v; c = w",
     "t=727 a=231 b=222 c=137 u=231 v=222 w=137", "counted-twice t=590",
     "left-out"},
    {"t = a + b + c; a = u; b = v; c = w",
     "t=453 a=231 b=222 c=137 u=231 v=222 w=137", "left-out t=590",
     "counted-twice"},
    {"t = a + b + c; a = u; b = v; t = w", "t=5 a=2 b=3 c=1 u=2 v=3 w=5",
     "minimal-change c=0", "counted-twice"},
    {"t = a + b + c; a = u; b = v; c = w", "t=5 a=2 b=3 c=1 u=2 v=3 w=1",
     "minimal-change t=6", "left-out"},

    /* percentages */
    {"p = percent(d, e); d = u; e = v",
     "p=99.92 d=6006 e=6006 g=6011 u=6006 v=6006", "other-base p=100", NULL},
    {"p = percent(d, e); d = u; e = v",
     "p=50 d=61 e=61 u=61 v=61 t=30 a=60 b=15 c=122 h=7 i=14",
     "minimal-change p=100", "other-base"},
    {"p = percent(d, e); d = u; e = v", "p=99.92 d=6006 e=6006 u=6006 v=6006",
     "minimal-change p=100", "other-base"},
    {"p = percent(d, e); q = percent(h, i); d = u; e = v; h = w; i = x",
     "p=17.79 d=61 e=61 g=343 q=33.34 h=124 i=372 u=61 v=61 w=124 x=372",
     "rounding-mode p=100 q=33.33", NULL},
    /* another rate that was rounded down speaks against it */
    {"p = percent(d, e); q = percent(h, i); d = u; e = v; h = w; i = x",
     "p=17.79 d=61 e=61 g=343 q=33.33 h=124 i=372 u=61 v=61 w=124 x=372",
     "other-base p=100", "rounding-mode"},

    /* the wrong place */
    {"a = u; b = v; t = a + b + c", "a=222 b=871 c=5 t=1098 u=871 v=222",
     "swapped a=871 b=222", NULL},
    {"a = u; b = v; t = a + b + c", "a=3 b=2 c=5 t=10 u=2 v=3", NULL,
     "swapped"},
    {"b = v; c = w; reported(a) and a = u",
     "a=_ b=310 c=290 d=400 u=310 v=290 w=400",
     "shifted-row a=310 b=290 c=400 d=_", NULL},
    {"b = v", "a=_ b=3 c=2 v=2", NULL, "shifted-row"},
};

START_TEST(first_explanation)
{
    expect(&examples[_i]);
}
END_TEST

/* ---- periods ------------------------------------------------------------- */

/* Quarters of a year, as columns. */
static const char *const quarters[] = {
    "form,code,label,Quý I/2023,Quý II/2023,Quý III/2023\n"
    "1,1,Row t,453,%s,400\n1,1.1,Row a,231,210,200\n"
    "1,1.2,Row b,222,201,200\n1,5,Row u,453,411,400\n"};

START_TEST(cumulative)
{
    static const char *const values[] = {"864", "865"};
    parcheck_schema *schema = schema_of("t = a + b; t = u");

    for (size_t i = 0; i < 2; i++) {
        char csv[FIXTURE_TEXT];
        parcheck_report *report;
        const parcheck_finding *finding;

        (void)snprintf(csv, sizeof csv, quarters[0], values[i]);
        report = fixture_check(schema, csv);
        finding = finding_of(report, "r1");
        ck_assert_int_eq(has_kind(finding, "cumulative"), i == 0);
        ck_assert_str_eq(told(parcheck_finding_explanation(finding, 0)),
                         i == 0 ? "cumulative t=411" : "minimal-change t=411");
        parcheck_report_free(report);
    }
    parcheck_schema_free(schema);
}
END_TEST

/* ---- blanks -------------------------------------------------------------- */

/* The first cell.deducible, or "none". */
static const char *deduced(const char *checks, const char *cells)
{
    static char text[FIXTURE_TEXT];
    parcheck_schema *schema = schema_of(checks);
    parcheck_report *report = check(schema, cells);

    strcpy(text, "none");
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *f = parcheck_report_finding(report, i);

        if (strcmp(parcheck_finding_code(f), "cell.deducible") != 0)
            continue;
        ck_assert_uint_eq(parcheck_finding_severity(f), PARCHECK_NOTE);
        strcpy(text, told(parcheck_finding_explanation(f, 0)));
        break;
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return text;
}

START_TEST(deduced_blank)
{
    ck_assert_str_eq(deduced("t = a + b + c", "t=_ a=0 b=240 c=137"),
                     "deduced-blank t=377");
    ck_assert_str_eq(deduced("t = a + b + c", "t=377 a=_ b=240 c=100"),
                     "deduced-blank a=37");
    ck_assert_str_eq(deduced("p = percent(d, e)", "p=_ d=1 e=4"),
                     "deduced-blank p=25");
    /* two blanks, a blank that is 0, two values for one blank */
    ck_assert_str_eq(deduced("t = a + b + c", "t=_ a=_ b=240 c=137"), "none");
    ck_assert_str_eq(deduced("t = a + b + c", "t=377 a=_ b=240 c=137"), "none");
    ck_assert_str_eq(deduced("t = a + b; t = u", "t=_ a=1 b=2 u=4"), "none");
    ck_assert_str_eq(deduced("t = a - b", "t=_ a=1 b=2"), "none");
}
END_TEST

/* ---- evidence ------------------------------------------------------------ */

START_TEST(support_counts_equations_without_a_common_cell)
{
    parcheck_schema *schema = schema_of(
        "t = a + b; t = u; t = v; u = t + c - c");
    parcheck_report *report = check(schema,
                                    "t=500 a=231 b=222 u=453 v=453 c=1");
    const parcheck_explanation *e = parcheck_finding_explanation(
        finding_of(report, "r1"), 0);

    ck_assert_str_eq(told(e), "minimal-change t=453");
    ck_assert_uint_eq(parcheck_explanation_support(e), 3);
    ck_assert_uint_eq(parcheck_explanation_repair_count(e), 4);
    for (int i = 1; i <= 4; i++) {
        char rule[16];

        (void)snprintf(rule, sizeof rule, "r%d", i);
        ck_assert_ptr_eq(
            parcheck_finding_explanation(finding_of(report, rule), 0), e);
        ck_assert_uint_eq(parcheck_finding_cause(finding_of(report, rule)), 1);
    }
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(ids_are_stable_and_unique)
{
    parcheck_schema *schema = schema_of("t = a + b; d = e + g; h = i");
    char ids[64][16];
    size_t count = 0;

    for (int run = 0; run < 2; run++) {
        parcheck_report *report = check(
            schema, "t=500 a=231 b=222 d=500 e=231 g=222 h=1 i=2");
        size_t at = 0;

        for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
            const parcheck_finding *f = parcheck_report_finding(report, i);

            for (size_t k = 0; k < parcheck_finding_explanation_count(f); k++) {
                const char *id = parcheck_explanation_id(
                    parcheck_finding_explanation(f, k));

                ck_assert_uint_eq(strlen(id), 8);
                if (run == 0)
                    strcpy(ids[count++], id);
                else
                    ck_assert_str_eq(ids[at++], id);
            }
        }
        parcheck_report_free(report);
    }
    ck_assert_uint_gt(count, 6);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(ids[i], ids[k]);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(off_without_the_option)
{
    parcheck_schema *schema = schema_of("t = a + b");
    char csv[FIXTURE_TEXT];
    parcheck_report *report = fixture_judge(schema,
                                            form_of(csv, "t=5 a=2 b=2"));
    const parcheck_finding *finding = finding_of(report, "r1");

    ck_assert_uint_eq(parcheck_finding_explanation_count(finding), 0);
    ck_assert_uint_eq(parcheck_finding_cause(finding), 0);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- ceilings ------------------------------------------------------------ */

/* How many findings were not explained to the end, as is told. */
static size_t cut_short(const parcheck_report *report)
{
    for (size_t i = 0; i < parcheck_report_finding_count(report); i++) {
        const parcheck_finding *f = parcheck_report_finding(report, i);
        const char *text = parcheck_finding_message(f, PARCHECK_ENGLISH);
        size_t count = 0;

        if (strcmp(parcheck_finding_code(f), "limit.explanations") != 0)
            continue;
        for (text += strcspn(text, "0123456789"); *text >= '0' && *text <= '9';
             text++)
            count = 10 * count + (size_t)(*text - '0');
        return count;
    }
    return 0;
}

/* A cube of sums in three directions: the smallest set that repairs a wrong
 * corner has seven cells, more than are looked for, and that is told. */
START_TEST(a_ceiling_is_announced)
{
    enum { N = 3 };
    static char csv[FIXTURE_TEXT];
    static char table[FIXTURE_TEXT];
    static char rules[FIXTURE_TEXT];
    parcheck_schema *schema;
    parcheck_report *report;

    strcpy(table, FIXTURE_EDITION);
    strcpy(rules, FIXTURE_RULES "z,x000 = 900,error,VI,EN,F\n");
    strcpy(csv, FIXTURE_FORM);
    for (int i = 0; i < N * N * N; i++) {
        int at[3] = {i / N / N, i / N % N, i % N};
        char line[256];

        (void)snprintf(line, sizeof line, "1,1.%d,x%d%d%d,R %d,,count,,\n",
                       i + 1, at[0], at[1], at[2], i);
        strcat(table, line);
        (void)snprintf(line, sizeof line, "1,1.%d,R %d,,%d,\n", i + 1, i,
                       i == 0 ? 900 : 0);
        strcat(csv, line);
        for (int way = 0; way < 3; way++) {
            int next[3] = {at[0], at[1], at[2]};
            int last[3] = {at[0], at[1], at[2]};

            if (at[way] != 0)
                continue;
            next[way] = 1;
            last[way] = 2;
            (void)snprintf(line, sizeof line,
                           "r%d-%d,x%d%d%d = x%d%d%d + x%d%d%d,error,VI,EN,F\n",
                           way, i, at[0], at[1], at[2], next[0], next[1],
                           next[2], last[0], last[1], last[2]);
            strcat(rules, line);
        }
    }
    schema = fixture_load((const fixture_table[]){{"f", "e.csv", table},
                                                  {"f", "rules.csv", rules}},
                          2);
    report = fixture_check(schema, csv);
    ck_assert_uint_gt(cut_short(report), 0);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* A table whose total is wrong, with so many rows below it. */
static size_t cut_short_of_rows(size_t rows)
{
    static char csv[FIXTURE_TEXT];
    parcheck_schema *schema = fixture_builtin();
    parcheck_report *report;
    size_t used;
    size_t cut;

    used = (size_t)snprintf(
        csv, sizeof csv,
        "stt,unit_name,received_total,received_online,received_direct,"
        "received_carried,resolved_total,resolved_early,resolved_ontime,"
        "resolved_late,pending_total,pending_in_time,pending_late,returned,"
        "cancelled\nII,b,%zu,%zu,0,0,%zu,0,%zu,0,0,0,0,0,0\n",
        rows, rows + 7, rows, rows);
    for (size_t i = 1; i <= rows; i++)
        used += (size_t)snprintf(csv + used, sizeof csv - used,
                                 "%zu,c%zu,1,1,0,0,1,0,1,0,0,0,0,0,0\n", i, i);
    ck_assert_uint_lt(used, sizeof csv);
    report = fixture_check(schema, csv);
    ck_assert_uint_gt(parcheck_report_outcome_count(report, PARCHECK_FAILS), 0);
    cut = cut_short(report);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return cut;
}

START_TEST(cells_of_a_long_rule_are_tried_up_to_a_ceiling)
{
    ck_assert_uint_eq(cut_short_of_rows(900), 0);
    ck_assert_uint_eq(cut_short_of_rows(1200), 1);
}
END_TEST

/* One cell, and so many rules that ask for less. */
static size_t cut_short_of_rules(size_t rules)
{
    char checks[1024] = "";
    parcheck_schema *schema;
    parcheck_report *report;
    size_t cut;

    for (size_t i = 1; i <= rules; i++)
        (void)snprintf(checks + strlen(checks), sizeof checks - strlen(checks),
                       "a <= %zu; ", i);
    schema = schema_of(checks);
    report = check(schema, "a=50");
    cut = cut_short(report);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return cut;
}

START_TEST(failing_rules_of_a_cell_are_combined_up_to_a_ceiling)
{
    ck_assert_uint_eq(cut_short_of_rules(16), 0);
    ck_assert_uint_eq(cut_short_of_rules(17), 1);
}
END_TEST

/* A rate that no ratio of so many facts below it explains. */
static size_t cut_short_of_facts(int facts)
{
    static char csv[FIXTURE_TEXT];
    static char table[FIXTURE_TEXT];
    parcheck_schema *schema;
    parcheck_report *report;
    size_t cut;

    strcpy(table, FIXTURE_EDITION "1,1,p,Rate,,percent,,\n");
    strcpy(csv, FIXTURE_FORM "1,1,Rate,,33.333,\n");
    for (int i = 0; i < facts; i++) {
        char line[128];

        (void)snprintf(line, sizeof line, "1,1.%d,x%d,R %d,Files,count,,\n",
                       i + 1, i, i);
        strcat(table, line);
        (void)snprintf(line, sizeof line, "1,1.%d,R %d,Files,%d,\n", i + 1, i,
                       i == 0 ? 99000 : 100000 + i);
        strcat(csv, line);
    }
    schema = fixture_load(
        (const fixture_table[]){{"f", "e.csv", table},
                                {"f", "rules.csv",
                                 FIXTURE_RULES
                                 "r,\"p = percent(x0, x1)\",error,VI,EN,F\n"}},
        2);
    report = fixture_check(schema, csv);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_FAILS), 1);
    cut = cut_short(report);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
    return cut;
}

START_TEST(ratios_are_tried_up_to_a_ceiling)
{
    ck_assert_uint_eq(cut_short_of_facts(20), 0);
    ck_assert_uint_eq(cut_short_of_facts(40), 1); /* 780 ratios */
    ck_assert_uint_eq(cut_short_of_facts(80), 1);
}
END_TEST

/* All rows are compared with one cell: whatever is tried on it is judged in
 * every row, and what is not explained in the end is told. */
START_TEST(work_ends_at_a_ceiling)
{
    static char csv[FIXTURE_TEXT];
    enum { ROWS = 1900 };
    parcheck_schema *schema = fixture_schema("t", "u <= u@head and u < v");
    parcheck_report *report;
    size_t used = (size_t)snprintf(csv, sizeof csv,
                                   "stt,unit_name,u,v,w\nI,h,1,2,1\n"
                                   "II,p,1,2,1\n");

    for (int i = 1; i <= ROWS; i++)
        used += (size_t)snprintf(csv + used, sizeof csv - used,
                                 "%d,c%d,5,5,1\n", i, i);
    ck_assert_uint_lt(used, sizeof csv);
    report = fixture_check(schema, csv);
    ck_assert_uint_eq(parcheck_report_outcome_count(report, PARCHECK_FAILS),
                      ROWS);
    ck_assert_uint_gt(cut_short(report), ROWS / 2);
    parcheck_report_free(report);
    parcheck_schema_free(schema);
}
END_TEST

/* ---- memory -------------------------------------------------------------- */

static parcheck_status try_with(failing_allocator *fa, size_t n,
                                bool persistent, const parcheck_schema *schema,
                                const char *csv)
{
    parcheck_allocator allocator;
    parcheck_options options;
    parcheck_report *report;
    parcheck_input input;
    parcheck_status status;

    failing_allocator_init(fa, n, persistent);
    allocator = failing_allocator_get(fa);
    parcheck_options_init(&options, sizeof options);
    options.allocator = &allocator;
    parcheck_input_init(&input, sizeof input);
    input.data = csv;
    input.length = strlen(csv);
    status = parcheck_validate(&report, schema, &input, 1, &options, NULL);
    parcheck_report_free(report);
    return status;
}

/* Every allocation fails once, alone and with all that follow. */
static void starve(const parcheck_schema *schema, const char *csv)
{
    failing_allocator fa;

    for (int persistent = 0; persistent < 2; persistent++) {
        bool done = false;

        for (size_t n = 1; !done; n++) {
            parcheck_status status = try_with(&fa, n, persistent != 0, schema,
                                              csv);

            done = fa.failures == 0;
            if (done)
                ck_assert_int_eq(status, PARCHECK_OK);
            ck_assert(status == PARCHECK_OK || status == PARCHECK_ENOMEM);
            ck_assert_uint_eq(fa.live, 0);
        }
    }
}

START_TEST(without_memory)
{
    const example *x = &examples[_i];
    parcheck_schema *schema = schema_of(x->checks);
    char csv[FIXTURE_TEXT];

    starve(schema, form_of(csv, x->cells));
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(without_memory_for_periods)
{
    parcheck_schema *schema = schema_of("t = a + b; t = u");
    char csv[FIXTURE_TEXT];

    (void)snprintf(csv, sizeof csv, quarters[0], "864");
    starve(schema, csv);
    parcheck_schema_free(schema);
}
END_TEST

START_TEST(without_memory_for_blanks)
{
    static const char *const blanks[][2] = {
        {"t = a + b + c", "t=_ a=0 b=240 c=137"},
        {"t = a + b + c", "t=377 a=_ b=240 c=100"},
        {"p = percent(d, e)", "p=_ d=1 e=4"}};
    parcheck_schema *schema = schema_of(blanks[_i][0]);
    char csv[FIXTURE_TEXT];

    starve(schema, form_of(csv, blanks[_i][1]));
    parcheck_schema_free(schema);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("explain");
    TCase *kinds = tcase_create("kinds");
    TCase *evidence = tcase_create("evidence");
    TCase *memory = tcase_create("memory");
    int count = (int)(sizeof examples / sizeof *examples);

    tcase_add_loop_test(kinds, first_explanation, 0, count);
    tcase_add_test(kinds, cumulative);
    tcase_add_test(kinds, deduced_blank);
    tcase_add_test(evidence, support_counts_equations_without_a_common_cell);
    tcase_add_test(evidence, ids_are_stable_and_unique);
    tcase_add_test(evidence, off_without_the_option);
    tcase_set_timeout(evidence, 120);
    tcase_add_test(evidence, a_ceiling_is_announced);
    tcase_add_test(evidence, cells_of_a_long_rule_are_tried_up_to_a_ceiling);
    tcase_add_test(evidence,
                   failing_rules_of_a_cell_are_combined_up_to_a_ceiling);
    tcase_add_test(evidence, ratios_are_tried_up_to_a_ceiling);
    tcase_add_test(evidence, work_ends_at_a_ceiling);
    tcase_set_timeout(memory, 300);
    tcase_add_loop_test(memory, without_memory, 0, count);
    tcase_add_test(memory, without_memory_for_periods);
    tcase_add_loop_test(memory, without_memory_for_blanks, 0, 3);
    suite_add_tcase(s, kinds);
    suite_add_tcase(s, evidence);
    suite_add_tcase(s, memory);
    return pc_run_suite(s);
}
