/* Slips of the keyboard: how one number becomes another in one go. */
#ifndef PC_EXPLAIN_SLIP_H
#define PC_EXPLAIN_SLIP_H

#include <stdint.h>

#include "value/decimal.h"

typedef enum pc_slip_kind {
    PC_SLIP_NONE,
    PC_SLIP_SIGN,       /* the sign is wrong */
    PC_SLIP_SCALE,      /* 10, 100 or 1000 times as much, or as little */
    PC_SLIP_TRANSPOSED, /* two digits side by side changed places */
    PC_SLIP_DROPPED,    /* a digit is missing */
    PC_SLIP_ADDED,      /* there is a digit too many */
    PC_SLIP_REPLACED    /* one digit is another */
} pc_slip_kind;

typedef struct pc_slip {
    pc_slip_kind kind;
    int power;     /* PC_SLIP_SCALE: the printed one is 10^power times it */
    uint64_t odds; /* how many results the same slip can have */
} pc_slip;

/* The slip that makes `meant` into `printed`; of several the one with the
 * fewest results. */
pc_slip pc_slip_find(pc_decimal meant, pc_decimal printed);

/* 10 to the power of the digits that the longer of the two has: how many
 * numbers there are of that size. */
uint64_t pc_slip_range(pc_decimal a, pc_decimal b);

/* Whether `tried` numbers out of `range` can be taken to meet a given one by
 * chance in less than one of PC_CHANCE cases. */
enum { PC_CHANCE = 20 };
bool pc_is_no_chance(uint64_t tried, uint64_t range);

#endif
