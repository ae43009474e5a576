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
    bool interpreted; /* not only a number stands there */
    pc_decimal value;
    pc_decimal other;
    /* How many zeros at the end of `value` and `other` were not printed, but
     * come of a word: 1 in "5,65 nghìn". */
    unsigned zeros;
    unsigned other_zeros;
    char group_mark;   /* '.' or ',' where the literal shows it, else 0 */
    char decimal_mark; /* likewise; of an ambiguous literal both are set */
} pc_literal;

/* Nothing but a number of digits and marks, or a blank. */
pc_literal pc_literal_read(const char *text, size_t length);

/*
 * The same, and what else offices write for a number: digits, marks and minus
 * signs in other characters, spaces between groups, "(12)" for -12, "nghìn",
 * "triệu", "tỷ", "khoảng", a remark in brackets, and `unit`, the unit of the
 * indicator, behind it. `text` must be valid UTF-8.
 */
pc_literal pc_literal_interpret(const char *text, size_t length,
                                const char *unit);

/* The length in bytes of the white space, of any script, that the text begins
 * or ends with. */
size_t pc_space_in_front(const char *text, size_t length);
size_t pc_space_behind(const char *text, size_t length);

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
