/* What the text of a cell says: a number, a blank, or neither. */
#ifndef PC_VALUE_LITERAL_H
#define PC_VALUE_LITERAL_H

#include "value/decimal.h"

typedef enum pc_literal_state {
    PC_LITERAL_BLANK,     /* empty, or a word that stands for a blank */
    PC_LITERAL_NUMBER,    /* `value` */
    PC_LITERAL_AMBIGUOUS, /* `value` if the mark groups thousands, `other` if
                             it is the decimal mark: "2.531" */
    PC_LITERAL_TOO_LONG,  /* a number of more than PC_DIGITS digits */
    PC_LITERAL_NOT_A_NUMBER
} pc_literal_state;

typedef struct pc_literal {
    pc_literal_state state;
    bool percent_sign;
    pc_decimal value;
    pc_decimal other;
    char group_mark;   /* '.' or ',' where the literal shows it, else 0 */
    char decimal_mark; /* likewise; of an ambiguous literal both are set */
} pc_literal;

pc_literal pc_literal_read(const char *text, size_t length);

/* How a file writes its numbers, as its cells show it. */
typedef struct pc_number_style {
    unsigned dot_groups; /* cells in which "." groups thousands */
    unsigned comma_groups;
    unsigned dot_decimals; /* cells in which "." is the decimal mark */
    unsigned comma_decimals;
} pc_number_style;

void pc_style_groups(pc_number_style *style, char mark);
void pc_style_decimals(pc_number_style *style, char mark);

typedef enum pc_style_answer {
    PC_STYLE_OPEN,   /* it shows nothing, or both */
    PC_STYLE_GROUPS, /* the mark groups thousands */
    PC_STYLE_DECIMAL /* the mark is the decimal mark */
} pc_style_answer;

pc_style_answer pc_style_ask(const pc_number_style *style, char mark);

#endif
