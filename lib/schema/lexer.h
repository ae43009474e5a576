/* The words of the rule language. */
#ifndef PC_SCHEMA_LEXER_H
#define PC_SCHEMA_LEXER_H

#include <stddef.h>

typedef enum pc_token_kind {
    PC_TOKEN_END,
    PC_TOKEN_WRONG, /* a character that has no place in a rule */
    PC_TOKEN_NAME,
    PC_TOKEN_NUMBER,
    PC_TOKEN_IF,
    PC_TOKEN_THEN,
    PC_TOKEN_AND,
    PC_TOKEN_OR,
    PC_TOKEN_NOT,
    PC_TOKEN_IN,
    PC_TOKEN_REPORTED,
    PC_TOKEN_BLANK,
    PC_TOKEN_CHILDREN,
    PC_TOKEN_PREVIOUS,
    PC_TOKEN_YEAR_BEFORE,
    PC_TOKEN_PERCENT,
    PC_TOKEN_EQUAL,
    PC_TOKEN_NOT_EQUAL,
    PC_TOKEN_LESS,
    PC_TOKEN_LESS_EQUAL,
    PC_TOKEN_GREATER,
    PC_TOKEN_GREATER_EQUAL,
    PC_TOKEN_PLUS,
    PC_TOKEN_MINUS,
    PC_TOKEN_TIMES,
    PC_TOKEN_COMMA,
    PC_TOKEN_AT,
    PC_TOKEN_OPEN,
    PC_TOKEN_CLOSE,
    PC_TOKEN_OPEN_SET,
    PC_TOKEN_CLOSE_SET
} pc_token_kind;

typedef struct pc_token {
    pc_token_kind kind;
    const char *text; /* in the check, not terminated */
    size_t length;
    size_t column; /* byte in the check, from 1 */
} pc_token;

typedef struct pc_lexer {
    const char *text; /* terminated UTF-8 */
    size_t at;
} pc_lexer;

void pc_lexer_init(pc_lexer *lexer, const char *text);
/* Behind the last token it gives PC_TOKEN_END for ever. */
pc_token pc_lexer_next(pc_lexer *lexer);

#endif
