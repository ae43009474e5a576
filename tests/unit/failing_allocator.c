#include "failing_allocator.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* An archive may be read on several threads. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *resize(void *context, void *block, size_t size)
{
    failing_allocator *fa = context;
    void *result = NULL;
    bool fails;

    (void)pthread_mutex_lock(&lock);
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
    (void)pthread_mutex_unlock(&lock);
    return result;
}

static void release(void *context, void *block)
{
    failing_allocator *fa = context;

    (void)pthread_mutex_lock(&lock);
    if (block != NULL)
        fa->live--;
    (void)pthread_mutex_unlock(&lock);
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
