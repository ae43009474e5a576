/*
 * Whole numbers that look random and are the same in every run: the generator
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014).
 */
#ifndef PC_SAMPLE_RANDOM_H
#define PC_SAMPLE_RANDOM_H

#include <stdint.h>

typedef struct pc_random {
    uint64_t state;
} pc_random;

uint64_t pc_random_next(pc_random *random);
/* A number from 0 up and below `end`, which is not 0. */
uint64_t pc_random_below(pc_random *random, uint64_t end);
/* One from `low` to `high`, both included. */
int64_t pc_random_between(pc_random *random, int64_t low, int64_t high);

#endif
