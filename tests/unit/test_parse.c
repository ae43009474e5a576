/* The rule language: trees of what is right, columns of what is not. */
#include "schema/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "runner.h"

/* ---- a tree as text ------------------------------------------------------ */

static parcheck_allocator allocator;
static pc_arena arena;

static void setup(void)
{
    allocator = pc_allocator(NULL);
    pc_arena_init(&arena, &allocator);
}

static void teardown(void)
{
    pc_arena_free(&arena);
}

static void show_number(pc_buffer *out, pc_decimal number)
{
    pc_buffer_format(out, "%lld", (long long)number.coefficient);
    if (number.scale > 0)
        pc_buffer_format(out, "e-%u", number.scale);
}

static void show_operand(pc_buffer *out, const pc_operand *operand)
{
    switch (operand->reach) {
    case PC_REACH_OWN:
        pc_buffer_text(out, operand->name);
        break;
    case PC_REACH_ROLE:
        pc_buffer_format(out, "%s@%s", operand->name, operand->role_name);
        break;
    case PC_REACH_CHILDREN:
        pc_buffer_format(out, "children:%s", operand->name);
        break;
    case PC_REACH_PREVIOUS:
        pc_buffer_format(out, "previous:%s", operand->name);
        break;
    case PC_REACH_YEAR_BEFORE:
        pc_buffer_format(out, "year_before:%s", operand->name);
        break;
    }
}

/* "[1*a -25e-1*b 3]" */
static void show_side(pc_buffer *out, const pc_linear *side)
{
    pc_buffer_char(out, '[');
    for (size_t i = 0; i < side->count; i++) {
        if (i > 0)
            pc_buffer_char(out, ' ');
        show_number(out, side->terms[i].factor);
        if (side->terms[i].operand != NULL) {
            pc_buffer_char(out, '*');
            show_operand(out, side->terms[i].operand);
        }
    }
    pc_buffer_char(out, ']');
}

static void show_set(pc_buffer *out, const pc_node *node)
{
    pc_buffer_char(out, '{');
    for (size_t i = 0; i < node->set_count; i++) {
        if (i > 0)
            pc_buffer_char(out, ' ');
        show_number(out, node->set[i]);
    }
    pc_buffer_char(out, '}');
}

static void show(pc_buffer *out, const pc_node *node)
{
    static const char *const kinds[] = {"and",   "or", "not",     "reported",
                                        "blank", "",   "percent", "in"};
    static const char *const relations[] = {"=", "!=", "<", "<=", ">", ">="};

    pc_buffer_format(out, "(%s",
                     node->kind == PC_NODE_COMPARE ? relations[node->relation]
                                                   : kinds[node->kind]);
    if (node->left.count > 0)
        show_side(out, &node->left);
    if (node->right.count > 0)
        show_side(out, &node->right);
    if (node->base.count > 0)
        show_side(out, &node->base);
    if (node->kind == PC_NODE_IN)
        show_set(out, node);
    if (node->a != NULL)
        show(out, node->a);
    if (node->b != NULL)
        show(out, node->b);
    pc_buffer_char(out, ')');
}

static const char *shown(const parcheck_rule *rule)
{
    pc_buffer out;
    const char *text;

    pc_buffer_init(&out, &allocator, 1 << 20);
    if (rule->when != NULL) {
        pc_buffer_text(&out, "if ");
        show(&out, rule->when);
        pc_buffer_text(&out, " then ");
    }
    show(&out, rule->then);
    text = pc_buffer_copy(&out, &arena);
    pc_buffer_free(&out);
    ck_assert_ptr_nonnull(text);
    return text;
}

static parcheck_status parse(parcheck_rule *rule, const char *check,
                             parcheck_error *error)
{
    const pc_place place = {"f/rules.csv", 7, 2};

    memset(rule, 0, sizeof *rule);
    rule->check = check;
    return pc_rule_parse(rule, place, &arena, error);
}

/* ---- what is right ------------------------------------------------------- */

static const struct {
    const char *check;
    const char *tree;
} rules[] = {
    /* linear relations */
    {"a = b", "(=[1*a][1*b])"},
    {"a != b", "(!=[1*a][1*b])"},
    {"a < b", "(<[1*a][1*b])"},
    {"a <= b", "(<=[1*a][1*b])"},
    {"a > b", "(>[1*a][1*b])"},
    {"a >= b", "(>=[1*a][1*b])"},
    {"a=b+c-d", "(=[1*a][1*b 1*c -1*d])"},
    {"-a = -b", "(=[-1*a][-1*b])"},
    {"- a - b = - 2 * c - 3", "(=[-1*a -1*b][-2*c -3])"},
    {"a = 0", "(=[1*a][0])"},
    {"1 = a", "(=[1][1*a])"},
    {"a + 1 = b", "(=[1*a 1][1*b])"},
    {"2.50 * a = 0.5", "(=[250e-2*a][5e-1])"},
    {"a = 1.500", "(=[1*a][1500e-3])"},
    {"a = 007", "(=[1*a][7])"},
    {"a = 999999999999", "(=[1*a][999999999999])"},
    {"a = 0.000000000001", "(=[1*a][1e-12])"},
    {"a = 999999.999999", "(=[1*a][999999999999e-6])"},
    /* operands */
    {"a@r = b", "(=[1*a@r][1*b])"},
    {"a @ r = b", "(=[1*a@r][1*b])"},
    {"a = children(a)", "(=[1*a][1*children:a])"},
    {"a >= previous(a)", "(>=[1*a][1*previous:a])"},
    {"a >= year_before(a)", "(>=[1*a][1*year_before:a])"},
    {"a = 2 * children ( b ) - 3 * c@r", "(=[1*a][2*children:b -3*c@r])"},
    /* in */
    {"a in {0}", "(in[1*a]{0})"},
    {"a in {0, 1, 2.5}", "(in[1*a]{0 1 25e-1})"},
    {"a@r in {1,2}", "(in[1*a@r]{1 2})"},
    {"a in {-1, 1}", "(in[1*a]{-1 1})"},
    /* percent */
    {"p = percent(a, b)", "(percent[1*p][1*a][1*b])"},
    {"p = percent(a + b, 2 * c - 1)", "(percent[1*p][1*a 1*b][2*c -1])"},
    {"p@r = percent(a@r, children(b))",
     "(percent[1*p@r][1*a@r][1*children:b])"},
    {"(p = percent(a, b))", "(percent[1*p][1*a][1*b])"},
    {"if a = 1 then p = percent(a, b)",
     "if (=[1*a][1]) then (percent[1*p][1*a][1*b])"},
    /* questions */
    {"reported(a)", "(reported[1*a])"},
    {"blank(a@r)", "(blank[1*a@r])"},
    /* joining: not binds tightest, then and, then or */
    {"not a = b", "(not(=[1*a][1*b]))"},
    {"not not blank(a)", "(not(not(blank[1*a])))"},
    {"not blank(a) and blank(b)", "(and(not(blank[1*a]))(blank[1*b]))"},
    {"blank(a) and blank(b) and blank(c)",
     "(and(and(blank[1*a])(blank[1*b]))(blank[1*c]))"},
    {"blank(a) or blank(b) and blank(c)",
     "(or(blank[1*a])(and(blank[1*b])(blank[1*c])))"},
    {"blank(a) and blank(b) or blank(c)",
     "(or(and(blank[1*a])(blank[1*b]))(blank[1*c]))"},
    {"(blank(a) or blank(b)) and blank(c)",
     "(and(or(blank[1*a])(blank[1*b]))(blank[1*c]))"},
    {"not (a = b or a > c)", "(not(or(=[1*a][1*b])(>[1*a][1*c])))"},
    {"((a = b))", "(=[1*a][1*b])"},
    {"a in {1} and b = 2", "(and(in[1*a]{1})(=[1*b][2]))"},
    /* if, then */
    {"if a = 1 then b = 2", "if (=[1*a][1]) then (=[1*b][2])"},
    {"if a = 1 or blank(b) then c = 2 and d = 3",
     "if (or(=[1*a][1])(blank[1*b])) then (and(=[1*c][2])(=[1*d][3]))"},
    {"if (a = 1) then not b = 2", "if (=[1*a][1]) then (not(=[1*b][2]))"},
    {"\tif a=1 then\nb=2 ", "if (=[1*a][1]) then (=[1*b][2])"},
};

START_TEST(every_production)
{
    parcheck_rule rule;
    parcheck_error error = {0};
    parcheck_status status = parse(&rule, rules[_i].check, &error);

    ck_assert_msg(status == PARCHECK_OK, "%s: column %zu: %s", rules[_i].check,
                  error.column, error.en);
    ck_assert_str_eq(shown(&rule), rules[_i].tree);
}
END_TEST

static const struct {
    const char *check;
    const char *operands;
    size_t then_count;
    bool uses_children;
} operand_cases[] = {
    {"a = b + c", "a b c", 3, false},
    {"a = b + a - b", "a b", 2, false},
    {"a = a@r + children(a) + previous(a)", "a a@r children:a previous:a", 4,
     true},
    {"a <= year_before(a) + previous(a)", "a year_before:a previous:a", 3,
     false},
    {"a@r = a@s + a@r", "a@r a@s", 2, false},
    {"p = percent(a, b)", "p a b", 3, false},
    {"a in {1} or blank(b)", "a b", 2, false},
    /* those of the consequence first, then what only the condition names */
    {"if a = b then c = d", "c d a b", 2, false},
    {"if a = b then b = c", "b c a", 2, false},
    {"if children(a) = 1 then b = 2", "b children:a", 1, true},
    {"1 = a", "a", 1, false},
};

START_TEST(operands_are_listed_once)
{
    parcheck_rule rule;
    pc_buffer out;

    ck_assert_int_eq(parse(&rule, operand_cases[_i].check, NULL), PARCHECK_OK);
    pc_buffer_init(&out, &allocator, 1 << 16);
    for (size_t i = 0; i < rule.operand_count; i++) {
        if (i > 0)
            pc_buffer_char(&out, ' ');
        show_operand(&out, rule.operands[i]);
    }
    ck_assert_str_eq(out.data, operand_cases[_i].operands);
    ck_assert_uint_eq(rule.then_count, operand_cases[_i].then_count);
    ck_assert(rule.uses_children == operand_cases[_i].uses_children);
    pc_buffer_free(&out);
}
END_TEST

START_TEST(operands_know_their_column)
{
    parcheck_rule rule;

    ck_assert_int_eq(
        parse(&rule, "if aa = 1 then b@r <= 2 * children(c) + previous(d)",
              NULL),
        PARCHECK_OK);
    ck_assert_uint_eq(rule.operand_count, 4);
    ck_assert_uint_eq(rule.operands[0]->column, 16);
    ck_assert_uint_eq(rule.operands[1]->column, 27);
    ck_assert_uint_eq(rule.operands[2]->column, 41);
    ck_assert_uint_eq(rule.operands[3]->column, 4);
}
END_TEST

/* ---- what is not --------------------------------------------------------- */

#define OPERAND "an indicator's name or a number"
#define NAME "an indicator's name"
#define RELATION "a relation (= != < <= > >= in)"
#define NUMBER "a number"
#define ENDS "the rule ends early, expected "
#define END "expected the end of the rule, found "
#define DIGITS "expected a number of at most 12 digits, found "

static const struct {
    const char *check;
    size_t column;
    const char *en;
} mistakes[] = {
    /* nothing, and half a relation */
    {"", 1, ENDS OPERAND},
    {"   ", 4, ENDS OPERAND},
    {"a", 2, ENDS RELATION},
    {"a ", 3, ENDS RELATION},
    {"a =", 4, ENDS OPERAND},
    {"= a", 1, "expected " OPERAND ", found “=”"},
    {"a b", 3, "expected " RELATION ", found “b”"},
    {"a == b", 4, "expected " OPERAND ", found “=”"},
    {"a =< b", 4, "expected " OPERAND ", found “<”"},
    {"a <> b", 4, "expected " OPERAND ", found “>”"},
    {"a = b = c", 7, END "“=”"},
    {"a = b c", 7, END "“c”"},
    {"a = b,", 6, END "“,”"},
    /* sums */
    {"a = b +", 8, ENDS OPERAND},
    {"a = + b", 5, "expected " OPERAND ", found “+”"},
    {"a = - - b", 7, "expected " OPERAND ", found “-”"},
    {"a = b + - c", 9, "expected " OPERAND ", found “-”"},
    {"a = b -", 8, ENDS OPERAND},
    {"a = 2 *", 8, ENDS NAME},
    {"a = 2 * 3", 9, "expected " NAME ", found “3”"},
    {"a = 2 * -b", 9, "expected " NAME ", found “-”"},
    {"a = 2 b", 7, END "“b”"},
    {"a = 2b", 6, END "“b”"},
    {"a = b * 2", 7, END "“*”"},
    {"a = b / 2", 7, END "“/”"},
    {"a = (b)", 5, "expected " OPERAND ", found “(”"},
    {"(a + b) = c", 7, "expected " RELATION ", found “)”"},
    /* characters */
    {"A = b", 1, "expected " OPERAND ", found “A”"},
    {"a = _b", 5, "expected " OPERAND ", found “_”"},
    {"a ≤ b", 3, "expected " RELATION ", found “≤”"},
    {"a = b & c", 7, END "“&”"},
    {"a = đ", 5, "expected " OPERAND ", found “đ”"},
    /* numbers */
    {"a = 1.", 6, END "“.”"},
    {"a = .5", 5, "expected " OPERAND ", found “.”"},
    {"a = 1,5", 6, END "“,”"},
    {"a = 1000000000000", 5, DIGITS "“1000000000000”"},
    {"a = 123456789.0123", 5, DIGITS "“123456789.0123”"},
    {"a = 0.0000000000001", 5, DIGITS "“0.0000000000001”"},
    {"a = 99999999999999999999", 5, DIGITS "“99999999999999999999”"},
    {"a = 2 * b + 1000000000000 * c", 13, DIGITS "“1000000000000”"},
    {"a in {1, 1000000000000}", 10, DIGITS "“1000000000000”"},
    /* roles */
    {"a@ = b", 4, "expected " NAME ", found “=”"},
    {"@r = b", 1, "expected " OPERAND ", found “@”"},
    {"a@r@s = b", 4, "expected " RELATION ", found “@”"},
    {"a@1 = b", 3, "expected " NAME ", found “1”"},
    {"children(a)@r = b", 12, "expected " RELATION ", found “@”"},
    /* children, previous */
    {"children a = 1", 10, "expected “(”, found “a”"},
    {"children(a = 1", 12, "expected “)”, found “=”"},
    {"children(1) = 1", 10, "expected " NAME ", found “1”"},
    {"children() = 1", 10, "expected " NAME ", found “)”"},
    {"children(a@r) = 1", 11, "expected “)”, found “@”"},
    {"children(a + b) = 1", 12, "expected “)”, found “+”"},
    {"previous", 9, ENDS "“(”"},
    {"previous(a", 11, ENDS "“)”"},
    {"year_before + a = 1", 13, "expected “(”, found “+”"},
    {"a = children(children(a))", 14, "expected " NAME ", found “children”"},
    /* in */
    {"a in", 5, ENDS "“{”"},
    {"a in 1", 6, "expected “{”, found “1”"},
    {"a in (1)", 6, "expected “{”, found “(”"},
    {"a in {}", 7, "expected " NUMBER ", found “}”"},
    {"a in {1", 8, ENDS "“,” “}”"},
    {"a in {1,}", 9, "expected " NUMBER ", found “}”"},
    {"a in {1 2}", 9, "expected “,” “}”, found “2”"},
    {"a in {b}", 7, "expected " NUMBER ", found “b”"},
    {"a in {1} + 1", 10, END "“+”"},
    {"a + b in {1}", 7, "the left of “in” must be one indicator alone"},
    {"2 * a in {1}", 7, "the left of “in” must be one indicator alone"},
    {"-a in {1}", 4, "the left of “in” must be one indicator alone"},
    {"1 in {1}", 3, "the left of “in” must be one indicator alone"},
    {"children(a) in {1}", 13, "the left of “in” must be one indicator alone"},
    {"previous(a) in {1}", 13, "the left of “in” must be one indicator alone"},
    {"year_before(a) in {1}", 16,
     "the left of “in” must be one indicator alone"},
    /* percent */
    {"p = percent", 12, ENDS "“(”"},
    {"p = percent a, b", 13, "expected “(”, found “a”"},
    {"p = percent(a)", 14, "expected “,”, found “)”"},
    {"p = percent(a, b", 17, ENDS "“)”"},
    {"p = percent(a, b, c)", 17, "expected “)”, found “,”"},
    {"p = percent(, b)", 13, "expected " OPERAND ", found “,”"},
    {"p = percent(a, b) + 1", 19, END "“+”"},
    {"p = 1 + percent(a, b)", 9, "expected " OPERAND ", found “percent”"},
    {"p <= percent(a, b)", 6, "expected " OPERAND ", found “percent”"},
    {"percent(a, b) = p", 1, "expected " OPERAND ", found “percent”"},
    {"p + q = percent(a, b)", 9,
     "the left of “percent” must be one indicator alone"},
    {"2 * p = percent(a, b)", 9,
     "the left of “percent” must be one indicator alone"},
    {"children(p) = percent(a, b)", 15,
     "the left of “percent” must be one indicator alone"},
    {"1 = percent(a, b)", 5,
     "the left of “percent” must be one indicator alone"},
    /* questions */
    {"reported a", 10, "expected “(”, found “a”"},
    {"reported()", 10, "expected " NAME ", found “)”"},
    {"reported(1)", 10, "expected " NAME ", found “1”"},
    {"reported(a", 11, ENDS "“)”"},
    {"reported(a + b)", 12, "expected “)”, found “+”"},
    {"reported(children(a))", 10, "expected " NAME ", found “children”"},
    {"blank(a) = 1", 10, END "“=”"},
    {"a = reported(b)", 5, "expected " OPERAND ", found “reported”"},
    /* and, or, not, brackets */
    {"and a = 1", 1, "expected " OPERAND ", found “and”"},
    {"a = 1 and", 10, ENDS OPERAND},
    {"a = 1 or or b = 1", 10, "expected " OPERAND ", found “or”"},
    {"a and b", 3, "expected " RELATION ", found “and”"},
    {"not", 4, ENDS OPERAND},
    {"a = 1 not b = 1", 7, END "“not”"},
    {"(a = 1", 7, ENDS "“)”"},
    {"a = 1)", 6, END "“)”"},
    {"()", 2, "expected " OPERAND ", found “)”"},
    {"(a = 1))", 8, END "“)”"},
    /* if, then */
    {"if", 3, ENDS OPERAND},
    {"if a = 1", 9, ENDS "“and”, “or”, “then”"},
    {"if a = 1 b = 2", 10, "expected “and”, “or”, “then”, found “b”"},
    {"if then a = 1", 4, "expected " OPERAND ", found “then”"},
    {"if a = 1 then", 14, ENDS OPERAND},
    {"if a = 1 then b = 2 then c = 3", 21, END "“then”"},
    {"if a = 1 then if b = 2 then c = 3", 15,
     "expected " OPERAND ", found “if”"},
    {"a = 1 then b = 1", 7, END "“then”"},
    {"(if a = 1 then b = 2)", 2, "expected " OPERAND ", found “if”"},
    {"then a = 1", 1, "expected " OPERAND ", found “then”"},
    /* words of the language are no names */
    {"in = 1", 1, "expected " OPERAND ", found “in”"},
    {"a = not", 5, "expected " OPERAND ", found “not”"},
    {"a@in = 1", 3, "expected " NAME ", found “in”"},
    /* nothing to check */
    {"1 = 1", 6, "the rule names no indicator"},
    {"if 1 = 1 then 2 > 1", 20, "the rule names no indicator"},
};

static void expect_mistake(const char *check, size_t column, const char *en)
{
    parcheck_rule rule;
    parcheck_error error;

    memset(&error, 0x5A, sizeof error);
    ck_assert_msg(parse(&rule, check, &error) == PARCHECK_ESCHEMA,
                  "“%s” should be wrong", check);
    ck_assert_int_eq(error.status, PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.source, "f/rules.csv");
    ck_assert_uint_eq(error.line, 7);
    ck_assert_msg(strcmp(error.en, en) == 0, "“%s”: “%s”, should be “%s”",
                  check, error.en, en);
    ck_assert_msg(error.column == column, "“%s”: column %zu, should be %zu",
                  check, error.column, column);
    ck_assert(error.vi[0] != '\0' && strcmp(error.vi, error.en) != 0);
    ck_assert_int_eq(parse(&rule, check, NULL), PARCHECK_ESCHEMA);
}

START_TEST(every_mistake)
{
    expect_mistake(mistakes[_i].check, mistakes[_i].column, mistakes[_i].en);
}
END_TEST

/* The column is that of "percent", not the end of the rule. */
START_TEST(percent_stands_alone)
{
    static const char en[] = "“percent” must be the whole rule or all behind "
                             "“then”";
    static const struct {
        const char *check;
        size_t column;
    } checks[] = {{"a = 1 and p = percent(b, c)", 15},
                  {"p = percent(b, c) and a = 1", 5},
                  {"a = 1 or p = percent(b, c)", 14},
                  {"not p = percent(b, c)", 9},
                  {"a = 1 and (b = 1 or not p = percent(b, c))", 29},
                  {"if p = percent(b, c) then a = 1", 8},
                  {"if a = 1 and p = percent(b, c) then a = 1", 18},
                  {"if a = 1 then b = 1 or p = percent(b, c)", 28}};

    expect_mistake(checks[_i].check, checks[_i].column, en);
}
END_TEST

START_TEST(messages_in_vietnamese)
{
    static const struct {
        const char *check;
        const char *vi;
    } checks[] = {
        {"a = ", "quy tắc kết thúc sớm, cần tên chỉ tiêu hoặc một số"},
        {"a = *", "cần tên chỉ tiêu hoặc một số, nhưng gặp “*”"},
        {"a in {b}", "cần một số, nhưng gặp “b”"},
        {"a b", "cần một phép so sánh (= != < <= > >= in), nhưng gặp “b”"},
        {"a = 1 b", "cần hết quy tắc, nhưng gặp “b”"},
        {"a = 1000000000000",
         "cần số có nhiều nhất 12 chữ số, nhưng gặp “1000000000000”"},
        {"a + b in {1}", "bên trái của “in” phải là đúng một chỉ tiêu"},
        {"p + q = percent(a, b)",
         "bên trái của “percent” phải là đúng một chỉ tiêu"},
        {"1 = 1", "quy tắc không nêu chỉ tiêu nào"},
        {"not p = percent(a, b)",
         "“percent” phải là cả quy tắc hoặc cả vế sau “then”"}};

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        parcheck_rule rule;
        parcheck_error error;

        ck_assert_int_eq(parse(&rule, checks[i].check, &error),
                         PARCHECK_ESCHEMA);
        ck_assert_str_eq(error.vi, checks[i].vi);
    }
}
END_TEST

/* ---- sizes --------------------------------------------------------------- */

/* `text` with `front` before it and `back` behind it, `count` times each. */
static const char *wrapped(const char *front, const char *text,
                           const char *back, size_t count)
{
    pc_buffer out;
    const char *copy;

    pc_buffer_init(&out, &allocator, 1 << 20);
    for (size_t i = 0; i < count; i++)
        pc_buffer_text(&out, front);
    pc_buffer_text(&out, text);
    for (size_t i = 0; i < count; i++)
        pc_buffer_text(&out, back);
    copy = pc_buffer_copy(&out, &arena);
    pc_buffer_free(&out);
    ck_assert_ptr_nonnull(copy);
    return copy;
}

START_TEST(deep_nesting)
{
    static const struct {
        const char *front;
        const char *back;
    } ways[] = {{"(", ")"}, {"not ", ""}, {"not(", ")"}};
    static const size_t deepest[] = {64, 64, 32};
    static const char en[] = "too many brackets inside each other";
    static const size_t columns[] = {65, 257, 129};
    parcheck_rule rule;

    for (size_t i = 0; i < 3; i++) {
        const char *check = wrapped(ways[i].front, "a = 1", ways[i].back,
                                    deepest[i]);

        ck_assert_int_eq(parse(&rule, check, NULL), PARCHECK_OK);
        check = wrapped(ways[i].front, "a = 1", ways[i].back, deepest[i] + 1);
        expect_mistake(check, columns[i], en);
        check = wrapped(ways[i].front, "a = 1", ways[i].back, 100000);
        expect_mistake(check, columns[i], en);
    }
}
END_TEST

START_TEST(brackets_beside_each_other_are_not_deep)
{
    parcheck_rule rule;

    ck_assert_int_eq(
        parse(&rule, wrapped("(a = 1) and ", "a = 1", "", 200), NULL),
        PARCHECK_OK);
}
END_TEST

START_TEST(long_rules)
{
    parcheck_rule rule;
    parcheck_error error;

    /* 256 relations and the 255 that join them */
    ck_assert_int_eq(parse(&rule, wrapped("a = 1 or ", "a = 1", "", 255), NULL),
                     PARCHECK_OK);
    ck_assert_int_eq(
        parse(&rule, wrapped("a = 1 or ", "a = 1", "", 256), &error),
        PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.en, "the rule is too long");
    ck_assert_str_eq(error.vi, "quy tắc quá dài");
    ck_assert_uint_ge(error.column, 2300);
    ck_assert_int_eq(
        parse(&rule, wrapped("reported(a) and ", "a = 1", "", 256), &error),
        PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.en, "the rule is too long");
    /* a long sum is one relation */
    ck_assert_int_eq(parse(&rule, wrapped("2 * a + ", "b = 1", "", 5000), NULL),
                     PARCHECK_OK);
    ck_assert_uint_eq(rule.then->left.count, 5001);
    ck_assert_uint_eq(rule.operand_count, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parse");
    TCase *right = tcase_create("right");
    TCase *wrong = tcase_create("wrong");

    tcase_add_checked_fixture(right, setup, teardown);
    tcase_add_loop_test(right, every_production, 0,
                        sizeof rules / sizeof *rules);
    tcase_add_loop_test(right, operands_are_listed_once, 0,
                        sizeof operand_cases / sizeof *operand_cases);
    tcase_add_test(right, operands_know_their_column);
    tcase_add_test(right, brackets_beside_each_other_are_not_deep);
    suite_add_tcase(suite, right);
    tcase_add_checked_fixture(wrong, setup, teardown);
    tcase_add_loop_test(wrong, every_mistake, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_loop_test(wrong, percent_stands_alone, 0, 8);
    tcase_add_test(wrong, messages_in_vietnamese);
    tcase_add_test(wrong, deep_nesting);
    tcase_add_test(wrong, long_rules);
    suite_add_tcase(suite, wrong);
    return pc_run_suite(suite);
}
