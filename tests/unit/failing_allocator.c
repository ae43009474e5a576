#include "failing_allocator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *resize(void *context, void *block, size_t size)
{
    failing_allocator *fa = context;
    void *result = NULL;
    bool fails;

    fa->calls++;
    fails = fa->calls == fa->fail_at ||
            (fa->persistent && fa->fail_at > 0 && fa->calls > fa->fail_at) ||
            size > PTRDIFF_MAX; /* which AddressSanitizer would report */
    if (!fails)
        result = realloc(block, size);
    if (result == NULL)
        fa->failures++;
    else if (block == NULL)
        fa->live++;
    return result;
}

static void release(void *context, void *block)
{
    failing_allocator *fa = context;

    if (block != NULL)
        fa->live--;
    free(block);
}

void failing_allocator_init(failing_allocator *fa, size_t fail_at,
                            bool persistent)
{
    memset(fa, 0, sizeof *fa);
    fa->fail_at = fail_at;
    fa->persistent = persistent;
}

parcheck_allocator failing_allocator_get(failing_allocator *fa)
{
    parcheck_allocator allocator = {resize, release, fa};

    return allocator;
}
