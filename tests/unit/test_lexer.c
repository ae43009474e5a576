/* The words of the rule language. */
#include "schema/lexer.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runner.h"
#include "schema/parse.h"

static const char *const names[] = {
    "end",  "wrong",   "name", "number",   "if",    "then",     "and",
    "or",   "not",     "in",   "reported", "blank", "children", "previous",
    "year", "percent", "=",    "!=",       "<",     "<=",       ">",
    ">=",   "+",       "-",    "*",        ",",     "@",        "(",
    ")",    "{",       "}"};

/* "1:name:a 3:=:= 5:number:2": all tokens with column, kind and text. */
static const char *all_tokens(const char *text)
{
    static char out[4096];
    size_t used = 0;
    pc_lexer lexer;
    pc_token token;

    out[0] = '\0';
    pc_lexer_init(&lexer, text);
    while ((token = pc_lexer_next(&lexer)).kind != PC_TOKEN_END) {
        int length = snprintf(out + used, sizeof out - used, "%s%zu:%s:%.*s",
                              used > 0 ? " " : "", token.column,
                              names[token.kind], (int)token.length, token.text);
        ck_assert_int_gt(length, 0);
        used += (size_t)length;
        ck_assert_uint_lt(used, sizeof out);
    }
    return out;
}

static const struct {
    const char *text;
    const char *tokens;
} cases[] = {
    {"", ""},
    {" \t\r\n ", ""},
    {"a = b", "1:name:a 3:=:= 5:name:b"},
    {"a=b", "1:name:a 2:=:= 3:name:b"},
    {"  a\n=\tb", "3:name:a 5:=:= 7:name:b"},
    /* words and names */
    {"if then and or not in", "1:if:if 4:then:then 9:and:and 13:or:or "
                              "16:not:not 20:in:in"},
    {"reported blank children", "1:reported:reported 10:blank:blank "
                                "16:children:children"},
    {"previous percent", "1:previous:previous 10:percent:percent"},
    {"year_before year", "1:year:year_before 13:name:year"},
    {"iff and_ or2 percent_total", "1:name:iff 5:name:and_ 10:name:or2 "
                                   "14:name:percent_total"},
    {"a_1 a__ z9", "1:name:a_1 5:name:a__ 9:name:z9"},
    {"i ifa", "1:name:i 3:name:ifa"},
    {"If AND", "1:wrong:I 2:name:f 4:wrong:A 5:wrong:N 6:wrong:D"},
    {"_a", "1:wrong:_ 2:name:a"},
    /* numbers */
    {"0 07 12.50", "1:number:0 3:number:07 6:number:12.50"},
    {"1.", "1:number:1 2:wrong:."},
    {".5", "1:wrong:. 2:number:5"},
    {"1.2.3", "1:number:1.2 4:wrong:. 5:number:3"},
    {"1,5", "1:number:1 2:,:, 3:number:5"},
    {"2a", "1:number:2 2:name:a"},
    {"a2", "1:name:a2"},
    {"1e5", "1:number:1 2:name:e5"},
    /* signs, the longer ones first */
    {"= != < <= > >=", "1:=:= 3:!=:!= 6:<:< 8:<=:<= 11:>:> 13:>=:>="},
    {"<==", "1:<=:<= 3:=:="},
    {"=<", "1:=:= 2:<:<"},
    {"<>", "1:<:< 2:>:>"},
    {"!", "1:wrong:!"},
    {"! =", "1:wrong:! 3:=:="},
    {"+-*,@(){}", "1:+:+ 2:-:- 3:*:* 4:,:, 5:@:@ 6:(:( 7:):) 8:{:{ 9:}:}"},
    {"a@b", "1:name:a 2:@:@ 3:name:b"},
    /* what has no place is taken as whole characters */
    {"a ≤ b", "1:name:a 3:wrong:≤ 7:name:b"},
    {"đa", "1:wrong:đ 3:name:a"},
    {"a − 1", "1:name:a 3:wrong:− 7:number:1"},
    {"/;\"'", "1:wrong:/ 2:wrong:; 3:wrong:\" 4:wrong:'"},
    {"a\xC2\xA0", "1:name:a 2:wrong:\xC2\xA0"},
};

START_TEST(texts_to_tokens)
{
    ck_assert_str_eq(all_tokens(cases[_i].text), cases[_i].tokens);
}
END_TEST

START_TEST(the_end_goes_on_for_ever)
{
    pc_lexer lexer;

    pc_lexer_init(&lexer, "a ");
    ck_assert_int_eq(pc_lexer_next(&lexer).kind, PC_TOKEN_NAME);
    for (int i = 0; i < 3; i++) {
        pc_token token = pc_lexer_next(&lexer);
        ck_assert_int_eq(token.kind, PC_TOKEN_END);
        ck_assert_uint_eq(token.column, 3);
        ck_assert_uint_eq(token.length, 0);
    }
}
END_TEST

START_TEST(names_of_indicators)
{
    static const struct {
        const char *text;
        bool is_name;
    } texts[] = {
        {"a", true},         {"a1_b", true},         {"", false},
        {"1a", false},       {"_a", false},          {"A", false},
        {"a b", false},      {" a", false},          {"a ", false},
        {"a-b", false},      {"if", false},          {"then", false},
        {"and", false},      {"or", false},          {"not", false},
        {"in", false},       {"blank", false},       {"reported", false},
        {"children", false}, {"previous", false},    {"percent", false},
        {"percents", true},  {"year_before", false}, {"year", true},
        {"số", false}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(pc_is_name(texts[i].text) == texts[i].is_name, "“%s”",
                      texts[i].text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lexer");
    TCase *tests = tcase_create("lexer");

    tcase_add_loop_test(tests, texts_to_tokens, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, the_end_goes_on_for_ever);
    tcase_add_test(tests, names_of_indicators);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
