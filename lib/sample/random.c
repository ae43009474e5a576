#include "sample/random.h"

uint64_t pc_random_next(pc_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* Numbers of the last, incomplete round are drawn again. */
uint64_t pc_random_below(pc_random *random, uint64_t end)
{
    uint64_t most = UINT64_MAX - UINT64_MAX % end;
    uint64_t drawn;

    do
        drawn = pc_random_next(random);
    while (drawn >= most);
    return drawn % end;
}

int64_t pc_random_between(pc_random *random, int64_t low, int64_t high)
{
    return low + (int64_t)pc_random_below(random, (uint64_t)(high - low) + 1);
}
