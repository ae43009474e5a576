/* A loaded schema: families, editions, indicators, compiled rules. */
#ifndef PC_SCHEMA_SCHEMA_H
#define PC_SCHEMA_SCHEMA_H

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "parcheck/parcheck.h"
#include "text/distance.h"
#include "value/decimal.h"

#define PC_NONE ((size_t)-1)

/* A name that some edition of a family has. Facts are kept by symbol, so a
 * rule is compiled once for all editions. */
typedef struct pc_symbol {
    const char *name;
    parcheck_kind kind; /* the same in every edition */
    bool listed;        /* an `in` rule says which values it may have */
    const struct parcheck_indicator *first; /* where it is defined */
    pc_list readers;                        /* of pc_reader */
} pc_symbol;

/* What a row of a table family stands for. */
typedef struct pc_role {
    const char *name;
    const char *code; /* of the row; "#" for any whole number */
    size_t parent;    /* index of the role above, or PC_NONE */
    bool has_children;
    const char *title[2];
} pc_role;

/* A form of an edition: all its rows are in [first, end). */
typedef struct pc_form {
    const char *name;
    size_t first;
    size_t end;
} pc_form;

struct parcheck_indicator {
    const char *name;
    const char *form;
    const char *code;
    const char *label;
    const char *unit;
    const char *level;
    const char *choices;
    parcheck_kind kind;
    const pc_decimal *choice_values;
    size_t choice_count;
    const char *key; /* the label as it is compared */
    size_t key_length;
    pc_sketch sketch;  /* of the key */
    size_t form_index; /* in the edition */
    size_t symbol;
    size_t line; /* in the table */
};

struct parcheck_edition {
    const char *name;
    const char *source; /* the table, for messages */
    const struct parcheck_family *family;
    parcheck_indicator *indicators;
    size_t count;
    pc_list forms;           /* of pc_form */
    pc_map by_code;          /* form, '\n', code -> index */
    const size_t *of_symbol; /* symbol -> index or PC_NONE */
    const char *digest;      /* see pc_digest_of() */
};

/* How a rule refers to facts: the numbers are those of parcheck_reach. */
typedef enum pc_reach {
    PC_REACH_OWN = PARCHECK_REACH_OWN, /* the same unit and period */
    /* The one unit with a role, in any family. */
    PC_REACH_ROLE = PARCHECK_REACH_ROLE,
    /* The sum over the units below. */
    PC_REACH_CHILDREN = PARCHECK_REACH_CHILDREN,
    /* the same unit earlier in the year */
    PC_REACH_PREVIOUS = PARCHECK_REACH_PREVIOUS,
    /* the same unit in the same part of the year before */
    PC_REACH_YEAR_BEFORE = PARCHECK_REACH_YEAR_BEFORE
} pc_reach;

typedef struct pc_operand {
    pc_reach reach;
    const char *name;
    const char *role_name;                /* NULL without a role */
    size_t column;                        /* byte in the check, from 1 */
    const struct parcheck_family *family; /* these three are linked */
    size_t symbol;
    size_t role;
} pc_operand;

/* A rule that reads an indicator, and how. */
typedef struct pc_reader {
    const parcheck_rule *rule;
    const pc_operand *operand;
} pc_reader;

/* factor * operand, or the factor alone if the operand is NULL. */
typedef struct pc_term {
    pc_decimal factor;
    pc_operand *operand;
} pc_term;

typedef struct pc_linear {
    pc_term *terms;
    size_t count;
} pc_linear;

typedef enum pc_relation {
    PC_EQUAL,
    PC_NOT_EQUAL,
    PC_LESS,
    PC_LESS_EQUAL,
    PC_GREATER,
    PC_GREATER_EQUAL
} pc_relation;

typedef enum pc_node_kind {
    PC_NODE_AND,
    PC_NODE_OR,
    PC_NODE_NOT,
    PC_NODE_REPORTED, /* left: the operand */
    PC_NODE_BLANK,    /* likewise */
    PC_NODE_COMPARE,  /* left relation right */
    PC_NODE_PERCENT,  /* left = percent(right, base) */
    PC_NODE_IN        /* left in set */
} pc_node_kind;

typedef struct pc_node {
    pc_node_kind kind;
    pc_relation relation;
    pc_linear left;
    pc_linear right;
    pc_linear base;
    const pc_decimal *set;
    size_t set_count;
    struct pc_node *a; /* of and, or, not */
    struct pc_node *b; /* of and, or */
} pc_node;

struct parcheck_rule {
    const char *id;
    const char *check;
    const char *text[2];
    const char *basis;
    parcheck_severity severity;
    const struct parcheck_family *family;
    size_t order;  /* among all rules of the schema */
    size_t line;   /* in the table */
    pc_node *when; /* NULL without "if" */
    pc_node *then;
    /* Each once: those of `then`, left sides first, and behind them what
     * only `when` names. */
    pc_operand *const *operands;
    size_t operand_count;
    size_t then_count; /* how many of them `then` names */
    bool uses_children;
    bool looks_across; /* at other units: by all words but name@role */
};

struct parcheck_family {
    const char *name;
    const char *title[2];
    const char *version;
    const char *rules_source; /* the table, for messages */
    pc_role *roles;
    size_t role_count; /* 0 for a family of forms */
    pc_list symbols;   /* of pc_symbol */
    pc_map symbol_by_name;
    parcheck_edition *editions;
    size_t edition_count;
    parcheck_rule *rules;
    size_t rule_count;
    size_t index; /* in the schema */
};

struct parcheck_schema {
    pc_arena arena;
    parcheck_family *families;
    size_t family_count;
    size_t rule_count; /* of all families */
};

pc_symbol *pc_family_symbol(const parcheck_family *family, size_t symbol);
/* PC_NONE if the family has no such name or role. */
size_t pc_family_find(const parcheck_family *family, const char *name);
size_t pc_family_role(const parcheck_family *family, const char *name);
/* The edition's row for a symbol, or NULL. */
const parcheck_indicator *pc_edition_row(const parcheck_edition *edition,
                                         size_t symbol);
/* The edition's form of that name, or NULL. */
const pc_form *pc_edition_form(const parcheck_edition *edition,
                               const char *name);
/* Whether a user means this edition by "edition" or "family/edition". */
bool pc_edition_is_named(const parcheck_edition *edition, const char *name);
/* Where the edition asked for is of a family, the others of that family are
 * no candidates. `wanted` may be NULL. */
bool pc_edition_is_candidate(const parcheck_edition *edition,
                             const char *wanted);
/* Whether any edition has the name. */
bool pc_schema_has_edition(const parcheck_schema *schema, const char *wanted);
/* Whether a rule, if there is one, names something of that kind of unit. */
bool pc_rule_reaches(const parcheck_rule *rule, pc_reach reach);
/* The edition has every indicator of its family that the rule names. */
bool pc_edition_applies(const parcheck_edition *edition,
                        const parcheck_rule *rule);

#endif
