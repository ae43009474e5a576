/*
 * The rules of a family that are linear, as systems of relations: what
 * cannot hold together, and what follows from what.
 *
 * A rule takes part if it has no condition and is one comparison or one `in`.
 * Every fact that a rule can reach is an unknown of its own: x, x@role,
 * children(x), previous(x) and year_before(x) are five. Unknowns are 0 or more,
 * percentages 100 or less. That counts are whole numbers is not used: rules
 * that only whole numbers bring into contradiction are not found, and what
 * follows only for whole numbers does not follow here.
 *
 * Rules that share an unknown, directly or through others, are a component;
 * each is examined for itself (see rule/simplex.h for the method, its cost
 * and its ceilings).
 */
#ifndef PC_RULE_SYSTEM_H
#define PC_RULE_SYSTEM_H

#include "rule/row.h"
#include "rule/simplex.h"

/*
 * A rule as a sum that must lie in one of several pieces: one for most
 * relations, two for "!=", one for each number of an `in`. As a premise it
 * only says that the sum lies between the ends of the pieces, but
 * pc_component_clash() also tries the pieces of one premise at a time.
 */
typedef struct pc_premise {
    const parcheck_rule *rule;
    pc_row row;
    pc_range *pieces;
    size_t piece_count;
    pc_range hull;
    size_t *unknowns; /* of the entries, numbered in the system */
    size_t at;        /* row in the simplex of its component */
    bool lost;        /* a factor did not fit: is in no component */
    bool used;        /* set by the caller: counts as a premise */
    bool blamed;      /* an answer PC_YES may rest on it */
} pc_premise;

typedef struct pc_component {
    pc_premise **premises; /* in the order of the rules */
    size_t count;
    bool too_large; /* over PC_SIMPLEX_CELLS: no question may be asked */
    pc_simplex simplex;
} pc_component;

typedef struct pc_system {
    pc_premise **of_rule; /* by the rule's place in its family, or NULL */
    pc_component *components;
    size_t component_count;
} pc_system;

/* False without memory. */
bool pc_system_build(pc_system *system, const parcheck_family *family,
                     pc_arena *arena);

/*
 * Both answer for the premises that are `used`, and set `blamed` for those
 * that an answer PC_YES rests on. Two `in` rules on the same fact clash, too,
 * if they have no number in common; an `in` rule follows, too, from another
 * one whose numbers are among its own.
 */
pc_answer pc_component_clash(pc_component *component);
/* `premise` must not be `used`, and the premises must not clash. */
pc_answer pc_component_follows(pc_component *component,
                               const pc_premise *premise);

/* Takes `used` from premises until no more can be spared for PC_YES.
 * `conclusion` NULL stands for the clash. */
void pc_component_minimise(pc_component *component,
                           const pc_premise *conclusion);

#endif
