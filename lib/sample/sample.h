/*
 * A submission that nobody sent: every cell of an edition with a random
 * number, such that no rule is violated. It shows what the rules of a schema
 * would notice, and what an explanation makes of a slip whose cause is known.
 *
 * A form family is one unit or, if a rule of it looks at another period, three
 * periods of one unit. A table family has a row for each role; a role
 * that stands for any number of rows has three.
 */
#ifndef PC_SAMPLE_SAMPLE_H
#define PC_SAMPLE_SAMPLE_H

#include "rule/judge.h"
#include "sample/random.h"

enum { PC_SAMPLE_ROWS = 3, PC_SAMPLE_PERIODS = 3, PC_SAMPLE_YEAR = 2022 };

/* A cell that has a number: of a count, amount, percent or choice. */
typedef struct pc_sample_cell {
    pc_fact *fact;
    const parcheck_indicator *indicator;
    size_t unit;
    pc_list rules; /* of size_t: those that rest on it */
    size_t component;
} pc_sample_cell;

/* A rule on a unit, with the cells it rests on. */
typedef struct pc_sample_rule {
    const parcheck_rule *rule;
    size_t unit;
    pc_list cells; /* of size_t */
    bool bad;      /* violated, as things stand */
} pc_sample_rule;

/* Cells and rules that hang together; others have no influence on them. */
typedef struct pc_sample_component {
    pc_list cells; /* of size_t */
    pc_list rules; /* of size_t */
    bool filled;   /* has numbers that violate no rule */
    bool hopeless; /* no such numbers were found once */
} pc_sample_component;

typedef struct pc_sample {
    pc_arena *arena;
    pc_submission submission;
    pc_judging judging;
    pc_sample_cell *cells;
    size_t cell_count;
    pc_sample_rule *rules;
    size_t rule_count;
    pc_sample_component *components;
    size_t component_count;
    pc_random random;
    pc_list moves; /* scratch */
} pc_sample;

/* Makes the units of an edition, without numbers. Rules that reach into other
 * families find nothing there. False without memory. */
bool pc_sample_make(pc_sample *sample, const parcheck_schema *schema,
                    const parcheck_edition *edition, uint64_t seed,
                    pc_arena *arena);

/*
 * Gives every component other numbers. For each it starts with random ones
 * and, as long as a rule is violated, changes a cell of such a rule to what
 * the rule asks for, the change that leaves the fewest rules violated; now
 * and then any change, so that it does not go in circles. A rule is violated
 * if it fails, holds by rounding only, or divides by 0. After PC_SAMPLE_STEPS
 * changes it starts again, PC_SAMPLE_TRIES times; a component for which that
 * was in vain is hopeless from then on and not tried again. False without
 * memory.
 */
enum { PC_SAMPLE_STEPS = 600, PC_SAMPLE_TRIES = 12 };
bool pc_sample_fill(pc_sample *sample);

/* The first rule on the cell that fails as things stand, or PC_NONE. */
size_t pc_sample_failing(pc_sample *sample, size_t cell);
parcheck_outcome pc_sample_judge(pc_sample *sample, size_t rule);

/* Scratch of pc_sample_fill(): a change that a rule asks for. */
typedef struct pc_move {
    size_t cell;
    pc_fact_state state;
    pc_decimal value;
} pc_move;

/* moves.c: fills `sample->moves` with what may mend the rule. */
bool pc_sample_moves(pc_sample *sample, size_t rule);
/* A number that the cell may have, not 0 where that can be helped. */
pc_decimal pc_sample_value(pc_sample *sample, size_t cell);
/* The cell of a fact, PC_NONE for one that has no number. */
size_t pc_sample_cell_of(const pc_fact *fact);

#endif
