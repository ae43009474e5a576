#include "finding/finding.h"

static const pc_meaning meanings[] = {
#define PC_MEANING(name, vi, vi_advice, vi_example, en, en_advice, en_example) \
    [PC_##name] = {{vi, en}, {vi_advice, en_advice}, {vi_example, en_example}},
#include "finding/meanings.def"
#undef PC_MEANING
};

enum {
#define PC_MEANING(name, vi, vi_advice, vi_example, en, en_advice, en_example) \
    MEANING_OF_##name,
#include "finding/meanings.def"
#undef PC_MEANING
    MEANING_COUNT
};

_Static_assert((int)MEANING_COUNT == (int)PC_CODE_COUNT,
               "every finding of catalogue.def needs a line in meanings.def");

const pc_meaning *pc_code_meaning(pc_code code)
{
    return &meanings[code];
}
