/* Exact sums of many numbers, in 16 bytes each as long as that is enough. */
#ifndef PC_ARCHIVE_TOTAL_H
#define PC_ARCHIVE_TOTAL_H

#include "value/decimal.h"

typedef struct pc_total {
    int64_t value;  /* the sum times 10^scale; of a wide one, its number */
    uint32_t count; /* numbers in it */
    uint8_t scale;  /* the most decimals of any of them */
    bool wide;      /* it stands among the wide ones */
    bool present;   /* for the user: somebody has the row */
    bool uneven;    /* likewise: of a percentage, see rollup_values.c */
} pc_total;

/* Where sums are kept that 64 bits do not hold. */
typedef struct pc_wides {
    pc_arena *arena;
    pc_list list; /* of pc_wide */
} pc_wides;

/* Adds a number to a sum that begins zeroed. False without memory. */
bool pc_total_add(pc_total *total, pc_decimal number, pc_wides *wides);
/* Adds another sum of the same wide ones. */
bool pc_total_join(pc_total *total, const pc_total *other, pc_wides *wides);

/* The sum with its decimals; false if it has more than PC_DIGITS digits. */
bool pc_total_decimal(const pc_total *total, const pc_wides *wides,
                      pc_decimal *number);

#endif
