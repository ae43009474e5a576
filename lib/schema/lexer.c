#include "schema/lexer.h"

#include <stdbool.h>
#include <string.h>

typedef struct spelling {
    const char *text;
    pc_token_kind kind;
} spelling;

static const spelling words[] = {{"if", PC_TOKEN_IF},
                                 {"then", PC_TOKEN_THEN},
                                 {"and", PC_TOKEN_AND},
                                 {"or", PC_TOKEN_OR},
                                 {"not", PC_TOKEN_NOT},
                                 {"in", PC_TOKEN_IN},
                                 {"reported", PC_TOKEN_REPORTED},
                                 {"blank", PC_TOKEN_BLANK},
                                 {"children", PC_TOKEN_CHILDREN},
                                 {"previous", PC_TOKEN_PREVIOUS},
                                 {"year_before", PC_TOKEN_YEAR_BEFORE},
                                 {"percent", PC_TOKEN_PERCENT}};

/* The longer ones first. */
static const spelling signs[] = {{"!=", PC_TOKEN_NOT_EQUAL},
                                 {"<=", PC_TOKEN_LESS_EQUAL},
                                 {">=", PC_TOKEN_GREATER_EQUAL},
                                 {"=", PC_TOKEN_EQUAL},
                                 {"<", PC_TOKEN_LESS},
                                 {">", PC_TOKEN_GREATER},
                                 {"+", PC_TOKEN_PLUS},
                                 {"-", PC_TOKEN_MINUS},
                                 {"*", PC_TOKEN_TIMES},
                                 {",", PC_TOKEN_COMMA},
                                 {"@", PC_TOKEN_AT},
                                 {"(", PC_TOKEN_OPEN},
                                 {")", PC_TOKEN_CLOSE},
                                 {"{", PC_TOKEN_OPEN_SET},
                                 {"}", PC_TOKEN_CLOSE_SET}};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void pc_lexer_init(pc_lexer *lexer, const char *text)
{
    lexer->text = text;
    lexer->at = 0;
}

static size_t name_length(const char *text)
{
    size_t n = 0;

    while (is_letter(text[n]) || is_digit(text[n]) || text[n] == '_')
        n++;
    return n;
}

/* digits ["." digits] */
static size_t number_length(const char *text)
{
    size_t n = 0;

    while (is_digit(text[n]))
        n++;
    if (text[n] == '.' && is_digit(text[n + 1]))
        for (n++; is_digit(text[n]);)
            n++;
    return n;
}

/* Most differ in the first letter. */
static bool begins_with(const char *text, const char *start)
{
    return text[0] == start[0] && strncmp(text, start, strlen(start)) == 0;
}

static pc_token_kind word_kind(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins_with(text, words[i].text) && strlen(words[i].text) == length)
            return words[i].kind;
    return PC_TOKEN_NAME;
}

static void take_sign(pc_token *token)
{
    token->kind = PC_TOKEN_WRONG;
    token->length = 1;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (begins_with(token->text, signs[i].text)) {
            token->kind = signs[i].kind;
            token->length = strlen(signs[i].text);
            return;
        }
    }
    /* Take a whole character, for the message. */
    while (((unsigned char)token->text[token->length] & 0xC0) == 0x80)
        token->length++;
}

pc_token pc_lexer_next(pc_lexer *lexer)
{
    pc_token token = {PC_TOKEN_END, NULL, 0, 0};

    while (is_space(lexer->text[lexer->at]))
        lexer->at++;
    token.text = lexer->text + lexer->at;
    token.column = lexer->at + 1;
    if (token.text[0] == '\0')
        return token;
    if (is_letter(token.text[0])) {
        token.length = name_length(token.text);
        token.kind = word_kind(token.text, token.length);
    } else if (is_digit(token.text[0])) {
        token.length = number_length(token.text);
        token.kind = PC_TOKEN_NUMBER;
    } else {
        take_sign(&token);
    }
    lexer->at += token.length;
    return token;
}
