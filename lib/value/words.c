#include "value/words.h"

#include <stddef.h>
#include <string.h>

#include "text/key.h"

/* An allocator over a few blocks of one size: a text for which they are too
 * small has no words that anything here is compared with. */
enum { BLOCKS = 2, BLOCK_BYTES = 4 * PC_WORDS };

typedef struct block {
    max_align_t align;
    char bytes[BLOCK_BYTES];
} block;

typedef struct blocks {
    block all[BLOCKS];
    bool used[BLOCKS];
} blocks;

static void *resize(void *context, void *old, size_t size)
{
    blocks *b = context;

    if (size > BLOCK_BYTES)
        return NULL;
    for (size_t i = 0; i < BLOCKS && old == NULL; i++) {
        if (!b->used[i]) {
            b->used[i] = true;
            return b->all[i].bytes;
        }
    }
    return old;
}

static void release(void *context, void *old)
{
    blocks *b = context;

    for (size_t i = 0; i < BLOCKS; i++)
        if (old == b->all[i].bytes)
            b->used[i] = false;
}

pc_words pc_words_of(const char *text, size_t length)
{
    blocks b;
    const parcheck_allocator allocator = {resize, release, &b};
    pc_words words;
    pc_buffer key;

    words.length = 0;
    if (length >= PC_WORDS)
        return words;
    memset(b.used, 0, sizeof b.used);
    pc_buffer_init(&key, &allocator, PC_WORDS);
    if (pc_text_key(&key, text, length) && key.length > 0) {
        memcpy(words.text, key.data, key.length);
        words.length = key.length;
    }
    pc_buffer_free(&key);
    return words;
}

bool pc_words_equal(const pc_words *a, const pc_words *b)
{
    return a->length > 0 && a->length == b->length &&
           memcmp(a->text, b->text, a->length) == 0;
}

bool pc_words_are(const pc_words *words, const char *text)
{
    pc_words other = pc_words_of(text, strlen(text));

    return pc_words_equal(words, &other);
}
