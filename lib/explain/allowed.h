/* Which values of one cell let a rule hold, all others being as they are. */
#ifndef PC_EXPLAIN_ALLOWED_H
#define PC_EXPLAIN_ALLOWED_H

#include "explain/model.h"
#include "explain/ranges.h"

/*
 * The values of the slot with which the case does not fail. `exactly`: with
 * which it holds without leave for roundings, so that a sum gives one value.
 * `decimals` are those of a percentage that would be printed anew.
 */
pc_ranges pc_allowed(pc_model *model, const pc_case *of, const pc_slot *slot,
                     unsigned decimals, bool exactly);
/* Likewise for one atom alone. */
pc_ranges pc_allowed_by(const pc_atom *atom, const pc_slot *slot,
                        unsigned decimals, bool exactly);
/* The values that its kind allows: 0 and more, percentages up to 100. */
pc_ranges pc_allowed_kind(const pc_slot *slot);

/* The rates with which a percentage of this numerator and base is right, with
 * so many decimals; base above 0. */
pc_ranges pc_rates(pc_ratio numerator, pc_ratio base, unsigned decimals,
                   bool exactly);
/* A condition on several slots: the sum of factor * slot lies in the range. */
enum { PC_LINE_SLOTS = 8, PC_ATOM_LINES = 3 };
typedef struct pc_line {
    pc_ratio factors[PC_LINE_SLOTS];
    pc_range range;
} pc_line;

/*
 * What the atom says of these slots, all others being as they are; as above.
 * Returns the number of lines: 0 where it says nothing that is linear. A
 * percentage and a part of its ratio together say nothing.
 */
size_t pc_atom_lines(const pc_atom *atom, pc_slot *const *slots,
                     const unsigned *decimals, size_t count, bool exactly,
                     pc_line lines[PC_ATOM_LINES]);

/* 10^-decimals */
pc_ratio pc_unit_of(unsigned decimals);

#endif
