#include "schema/parse.h"

#include <string.h>

#include "schema/lexer.h"
#include "value/literal.h"

/* Deepest nesting of brackets and "not", and most nodes of a tree and operands
 * of a rule: they keep the recursion and the work bounded. */
enum { DEEPEST = 64, MOST_NODES = 512, MOST_OPERANDS = 8192 };

/* Numbers of a rule have at most 12 digits, which bounds what judging it
 * can need (see value/wide.h). */
enum { MOST_DECIMALS = 12 };
static const int64_t LARGEST_NUMBER = INT64_C(1000000000000);

typedef struct parser {
    pc_lexer lexer;
    pc_token token; /* the one not used yet */
    pc_arena *arena;
    parcheck_error *error;
    pc_place place;
    parcheck_status status;
    pc_list operands; /* of pc_operand * */
    unsigned depth;
    unsigned nodes;
    size_t percent_column; /* of the first "percent" */
} parser;

static pc_node *condition(parser *p);

/* Records the first error; the rest of the parser then runs out quickly as
 * every token is the end. */
static void *expected(parser *p, const char *vi, const char *en)
{
    pc_place place = p->place;

    if (p->status != PARCHECK_OK)
        return NULL;
    place.column = p->token.column;
    if (p->token.kind == PC_TOKEN_END)
        p->status = pc_fail(p->error, PARCHECK_ESCHEMA, place,
                            "quy tắc kết thúc sớm, cần %s%.0s",
                            "the rule ends early, expected %.0s%s", vi, en);
    else
        p->status = pc_fail(p->error, PARCHECK_ESCHEMA, place,
                            "cần %s%.0s, nhưng gặp “%.*s”",
                            "expected %.0s%s, found “%.*s”", vi, en,
                            (int)p->token.length, p->token.text);
    p->token.kind = PC_TOKEN_END;
    return NULL;
}

/* What was read is of the language but may not be. */
static void *refuse_at(parser *p, size_t column, const char *vi, const char *en)
{
    pc_place place = p->place;

    if (p->status != PARCHECK_OK)
        return NULL;
    place.column = column;
    p->status = pc_fail(p->error, PARCHECK_ESCHEMA, place, "%s%.0s", "%.0s%s",
                        vi, en);
    p->token.kind = PC_TOKEN_END;
    return NULL;
}

static void *refuse(parser *p, const char *vi, const char *en)
{
    return refuse_at(p, p->token.column, vi, en);
}

static void *no_memory(parser *p)
{
    if (p->status == PARCHECK_OK)
        p->status = pc_no_memory(p->error);
    p->token.kind = PC_TOKEN_END;
    return NULL;
}

static void advance(parser *p)
{
    if (p->status == PARCHECK_OK)
        p->token = pc_lexer_next(&p->lexer);
}

static bool at(const parser *p, pc_token_kind kind)
{
    return p->status == PARCHECK_OK && p->token.kind == kind;
}

static bool accept(parser *p, pc_token_kind kind)
{
    if (!at(p, kind))
        return false;
    advance(p);
    return true;
}

static bool expect(parser *p, pc_token_kind kind, const char *text)
{
    if (accept(p, kind))
        return true;
    expected(p, text, text);
    return false;
}

static pc_node *new_node(parser *p, pc_node_kind kind)
{
    pc_node *node;

    if (++p->nodes > MOST_NODES)
        return refuse(p, "quy tắc quá dài", "the rule is too long");
    node = pc_arena_alloc(p->arena, sizeof *node);
    if (node == NULL)
        return no_memory(p);
    node->kind = kind;
    return node;
}

static const char *take_name(parser *p)
{
    const char *name;

    if (!at(p, PC_TOKEN_NAME))
        return expected(p, "tên chỉ tiêu", "an indicator's name");
    name = pc_arena_copy(p->arena, p->token.text, p->token.length);
    if (name == NULL)
        return no_memory(p);
    advance(p);
    return name;
}

static bool take_number(parser *p, pc_decimal *number)
{
    pc_literal literal;

    if (!at(p, PC_TOKEN_NUMBER)) {
        expected(p, "một số", "a number");
        return false;
    }
    literal = pc_literal_read(p->token.text, p->token.length);
    if (literal.state == PC_LITERAL_AMBIGUOUS)
        *number = literal.other; /* here "." is always the decimal mark */
    else
        *number = literal.value;
    if (literal.state == PC_LITERAL_TOO_LONG ||
        number->coefficient >= LARGEST_NUMBER ||
        number->scale > MOST_DECIMALS) {
        expected(p, "số có nhiều nhất 12 chữ số",
                 "a number of at most 12 digits");
        return false;
    }
    advance(p);
    return true;
}

static pc_operand *add_operand(parser *p, pc_reach reach, size_t column)
{
    pc_operand *operand;
    pc_operand **place;

    if (p->operands.count == MOST_OPERANDS)
        return refuse(p, "quy tắc quá dài", "the rule is too long");
    operand = pc_arena_alloc(p->arena, sizeof *operand);
    if (operand == NULL)
        return no_memory(p);
    place = pc_list_add(&p->operands, p->arena, sizeof(*place));
    if (place == NULL)
        return no_memory(p);
    *place = operand;
    operand->reach = reach;
    operand->column = column;
    operand->role = PC_NONE;
    return operand;
}

/* name ["@" role] */
static pc_operand *reference(parser *p)
{
    pc_operand *operand = add_operand(p, PC_REACH_OWN, p->token.column);

    if (operand == NULL)
        return NULL;
    operand->name = take_name(p);
    if (accept(p, PC_TOKEN_AT)) {
        operand->reach = PC_REACH_ROLE;
        operand->role_name = take_name(p);
    }
    return p->status == PARCHECK_OK ? operand : NULL;
}

/* Of which unit the word at hand speaks. */
static pc_reach reach_of(const parser *p)
{
    switch (p->token.kind) {
    case PC_TOKEN_CHILDREN:
        return PC_REACH_CHILDREN;
    case PC_TOKEN_PREVIOUS:
        return PC_REACH_PREVIOUS;
    case PC_TOKEN_YEAR_BEFORE:
        return PC_REACH_YEAR_BEFORE;
    default:
        return PC_REACH_OWN;
    }
}

/* ref | ("children" | "previous" | "year_before") "(" name ")" */
static pc_operand *operand(parser *p)
{
    pc_reach reach = reach_of(p);
    pc_operand *result;

    if (reach == PC_REACH_OWN)
        return reference(p);
    result = add_operand(p, reach, p->token.column);
    advance(p);
    expect(p, PC_TOKEN_OPEN, "“(”");
    if (result != NULL)
        result->name = take_name(p);
    expect(p, PC_TOKEN_CLOSE, "“)”");
    return p->status == PARCHECK_OK ? result : NULL;
}

static bool starts_operand(const parser *p)
{
    return at(p, PC_TOKEN_NAME) || reach_of(p) != PC_REACH_OWN;
}

/* number | number "*" operand | operand */
static bool term(parser *p, pc_term *result)
{
    pc_decimal one = {1, 0};

    if (starts_operand(p)) {
        result->factor = one;
        result->operand = operand(p);
        return result->operand != NULL;
    }
    if (!at(p, PC_TOKEN_NUMBER)) {
        expected(p, "tên chỉ tiêu hoặc một số",
                 "an indicator's name or a number");
        return false;
    }
    if (!take_number(p, &result->factor))
        return false;
    if (accept(p, PC_TOKEN_TIMES))
        result->operand = operand(p);
    return p->status == PARCHECK_OK;
}

/* ["-"] term { ("+" | "-") term } */
static bool linear(parser *p, pc_linear *result)
{
    bool negative = accept(p, PC_TOKEN_MINUS);
    pc_list terms = {0};

    for (;;) {
        pc_term *next = pc_list_add(&terms, p->arena, sizeof *next);

        if (next == NULL) {
            no_memory(p);
            return false;
        }
        if (!term(p, next))
            return false;
        if (negative)
            next->factor.coefficient = -next->factor.coefficient;
        negative = at(p, PC_TOKEN_MINUS);
        if (!accept(p, PC_TOKEN_PLUS) && !accept(p, PC_TOKEN_MINUS))
            break;
    }
    result->terms = terms.data;
    result->count = terms.count;
    return true;
}

/* Whether the side is one reference to a fact and nothing else. */
static bool is_reference(const pc_linear *side)
{
    const pc_term *only = side->terms;

    return side->count == 1 && only->operand != NULL &&
           (only->operand->reach == PC_REACH_OWN ||
            only->operand->reach == PC_REACH_ROLE) &&
           only->factor.coefficient == 1 && only->factor.scale == 0;
}

/* "percent" "(" linear "," linear ")" behind "ref =" */
static pc_node *percent(parser *p, const pc_linear *left)
{
    pc_node *node = new_node(p, PC_NODE_PERCENT);

    if (node == NULL)
        return NULL;
    if (!is_reference(left))
        return refuse(p, "bên trái của “percent” phải là đúng một chỉ tiêu",
                      "the left of “percent” must be one indicator alone");
    if (p->percent_column == 0)
        p->percent_column = p->token.column;
    advance(p);
    node->left = *left;
    expect(p, PC_TOKEN_OPEN, "“(”");
    if (!linear(p, &node->right) || !expect(p, PC_TOKEN_COMMA, "“,”") ||
        !linear(p, &node->base) || !expect(p, PC_TOKEN_CLOSE, "“)”"))
        return NULL;
    return node;
}

/* "{" number { "," number } "}" behind "ref in" */
static pc_node *membership(parser *p, const pc_linear *left)
{
    pc_node *node = new_node(p, PC_NODE_IN);
    pc_list set = {0};

    if (node == NULL)
        return NULL;
    if (!is_reference(left))
        return refuse(p, "bên trái của “in” phải là đúng một chỉ tiêu",
                      "the left of “in” must be one indicator alone");
    advance(p);
    node->left = *left;
    expect(p, PC_TOKEN_OPEN_SET, "“{”");
    do {
        bool negative = accept(p, PC_TOKEN_MINUS);
        pc_decimal *number = pc_list_add(&set, p->arena, sizeof *number);

        if (number == NULL)
            return no_memory(p);
        if (!take_number(p, number))
            return NULL;
        if (negative)
            number->coefficient = -number->coefficient;
    } while (accept(p, PC_TOKEN_COMMA));
    node->set = set.data;
    node->set_count = set.count;
    return expect(p, PC_TOKEN_CLOSE_SET, "“,” “}”") ? node : NULL;
}

static bool take_relation(parser *p, pc_relation *relation)
{
    static const struct {
        pc_token_kind token;
        pc_relation relation;
    } relations[] = {{PC_TOKEN_EQUAL, PC_EQUAL},
                     {PC_TOKEN_NOT_EQUAL, PC_NOT_EQUAL},
                     {PC_TOKEN_LESS, PC_LESS},
                     {PC_TOKEN_LESS_EQUAL, PC_LESS_EQUAL},
                     {PC_TOKEN_GREATER, PC_GREATER},
                     {PC_TOKEN_GREATER_EQUAL, PC_GREATER_EQUAL}};

    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
        if (accept(p, relations[i].token)) {
            *relation = relations[i].relation;
            return true;
        }
    }
    expected(p, "một phép so sánh (= != < <= > >= in)",
             "a relation (= != < <= > >= in)");
    return false;
}

/* linear relop linear | ref "=" percent | ref "in" set */
static pc_node *relation(parser *p)
{
    pc_linear left = {0};
    pc_relation relop;
    pc_node *node;

    if (!linear(p, &left))
        return NULL;
    if (at(p, PC_TOKEN_IN))
        return membership(p, &left);
    if (!take_relation(p, &relop))
        return NULL;
    if (at(p, PC_TOKEN_PERCENT) && relop == PC_EQUAL)
        return percent(p, &left);
    node = new_node(p, PC_NODE_COMPARE);
    if (node == NULL)
        return NULL;
    node->relation = relop;
    node->left = left;
    return linear(p, &node->right) ? node : NULL;
}

/* ("reported" | "blank") "(" ref ")" */
static pc_node *question(parser *p, pc_node_kind kind)
{
    pc_node *node = new_node(p, kind);
    pc_term *only = pc_arena_alloc(p->arena, sizeof *only);

    if (node == NULL || only == NULL)
        return no_memory(p);
    advance(p);
    expect(p, PC_TOKEN_OPEN, "“(”");
    only->factor.coefficient = 1;
    only->operand = reference(p);
    node->left.terms = only;
    node->left.count = 1;
    return expect(p, PC_TOKEN_CLOSE, "“)”") ? node : NULL;
}

/* "not" x | "(" condition ")" | question | relation */
static pc_node *primary(parser *p)
{
    pc_node *node;

    if (at(p, PC_TOKEN_REPORTED))
        return question(p, PC_NODE_REPORTED);
    if (at(p, PC_TOKEN_BLANK))
        return question(p, PC_NODE_BLANK);
    if (!at(p, PC_TOKEN_NOT) && !at(p, PC_TOKEN_OPEN))
        return relation(p);
    if (++p->depth > DEEPEST)
        return refuse(p, "quá nhiều ngoặc lồng nhau",
                      "too many brackets inside each other");
    if (accept(p, PC_TOKEN_NOT)) {
        node = new_node(p, PC_NODE_NOT);
        if (node != NULL)
            node->a = primary(p);
    } else {
        advance(p);
        node = condition(p);
        expect(p, PC_TOKEN_CLOSE, "“)”");
    }
    p->depth--;
    return p->status == PARCHECK_OK ? node : NULL;
}

static pc_node *join(parser *p, pc_node_kind kind, pc_node *a, pc_node *b)
{
    pc_node *node = new_node(p, kind);

    if (node == NULL)
        return NULL;
    node->a = a;
    node->b = b;
    return node;
}

static pc_node *conjunction(parser *p)
{
    pc_node *node = primary(p);

    while (accept(p, PC_TOKEN_AND))
        node = join(p, PC_NODE_AND, node, primary(p));
    return node;
}

static pc_node *condition(parser *p)
{
    pc_node *node = conjunction(p);

    while (accept(p, PC_TOKEN_OR))
        node = join(p, PC_NODE_OR, node, conjunction(p));
    return node;
}

static bool holds_percent(const pc_node *node)
{
    if (node == NULL)
        return false;
    return node->kind == PC_NODE_PERCENT || holds_percent(node->a) ||
           holds_percent(node->b);
}

static void check_percent_place(parser *p, const parcheck_rule *rule)
{
    const pc_node *then = rule->then;

    if (p->status != PARCHECK_OK)
        return;
    if (holds_percent(rule->when) || holds_percent(then->a) ||
        holds_percent(then->b))
        refuse_at(p, p->percent_column,
                  "“percent” phải là cả quy tắc hoặc cả vế sau “then”",
                  "“percent” must be the whole rule or all behind “then”");
}

static bool same(const pc_operand *a, const pc_operand *b)
{
    bool same_role = (a->role_name == NULL) == (b->role_name == NULL) &&
                     (a->role_name == NULL ||
                      strcmp(a->role_name, b->role_name) == 0);

    return a->reach == b->reach && same_role && strcmp(a->name, b->name) == 0;
}

/* Adds an operand to the rule's unless it is there already. */
static void keep_operand(parcheck_rule *rule, pc_operand **kept,
                         pc_operand *operand)
{
    if (operand->reach == PC_REACH_CHILDREN)
        rule->uses_children = true;
    if (operand->reach != PC_REACH_OWN && operand->reach != PC_REACH_ROLE)
        rule->looks_across = true;
    for (size_t i = 0; i < rule->operand_count; i++)
        if (same(kept[i], operand))
            return;
    kept[rule->operand_count++] = operand;
}

/* `then` begins at operand number `then_from` in the order of the text. */
static void finish_operands(parser *p, parcheck_rule *rule, size_t then_from)
{
    pc_operand **all = p->operands.data;
    pc_operand **kept = pc_arena_array(p->arena, p->operands.count,
                                       sizeof(*kept));

    if (kept == NULL) {
        no_memory(p);
        return;
    }
    for (size_t i = then_from; i < p->operands.count; i++)
        keep_operand(rule, kept, all[i]);
    rule->then_count = rule->operand_count;
    for (size_t i = 0; i < then_from; i++)
        keep_operand(rule, kept, all[i]);
    rule->operands = kept;
}

parcheck_status pc_rule_parse(parcheck_rule *rule, pc_place place,
                              pc_arena *arena, parcheck_error *error)
{
    parser p = {.arena = arena, .error = error, .place = place};
    size_t then_from;

    pc_lexer_init(&p.lexer, rule->check);
    advance(&p);
    if (accept(&p, PC_TOKEN_IF)) {
        rule->when = condition(&p);
        expect(&p, PC_TOKEN_THEN, "“and”, “or”, “then”");
    }
    then_from = p.operands.count;
    rule->then = condition(&p);
    check_percent_place(&p, rule);
    if (p.status == PARCHECK_OK && !at(&p, PC_TOKEN_END))
        expected(&p, "hết quy tắc", "the end of the rule");
    if (p.status == PARCHECK_OK && p.operands.count == 0)
        refuse(&p, "quy tắc không nêu chỉ tiêu nào",
               "the rule names no indicator");
    if (p.status == PARCHECK_OK)
        finish_operands(&p, rule, then_from);
    return p.status;
}

bool pc_is_name(const char *text)
{
    pc_lexer lexer;
    pc_token token;

    pc_lexer_init(&lexer, text);
    token = pc_lexer_next(&lexer);
    return token.kind == PC_TOKEN_NAME && token.length == strlen(text);
}
