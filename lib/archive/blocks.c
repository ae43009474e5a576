#define _POSIX_C_SOURCE 200809L

#include "archive/blocks.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

enum {
    BLOCK = 1 << 19,
    BLOCKS_EACH = 2, /* for each thread: one that is read and one that waits */
    MOST_JOBS = 256,
    MOST_TOLD = 1 << 22 /* bytes that wait, for each block */
};

/* A piece of the text with what a thread found in it. */
typedef struct block {
    char *text;
    size_t length;
    size_t line;
    size_t offset;
    /* What follows belongs to the thread that reads it, until it `is_read`. */
    bool is_read;
    bool done;   /* there was memory */
    bool full;   /* there is so much to tell that the rest was not read */
    bool split;  /* it has the end of one submission and the begin of another */
    size_t head; /* where the first of them ends */
    size_t told; /* bytes */
    pc_engine_left left;
    pc_arena arena;
    pc_list groups; /* of pc_group: those that are whole */
} block;

typedef struct worker {
    pc_blocks *blocks;
    pc_engine *engine;
    block *block;
    pthread_t thread;
} worker;

struct pc_blocks {
    const pc_archive *archive;
    parcheck_allocator allocator;
    pc_engine *engine;
    pc_on_group on_group;
    void *context;
    bool facts;
    bool failed;
    worker *workers;
    size_t engines; /* workers that have one */
    size_t threads; /* workers that are threads; 0: the caller is the worker */
    /* Blocks are numbered, and number n stands in the ring at n % room. */
    block *ring;
    size_t room;
    size_t merged; /* those before it are forgotten */
    pthread_mutex_t lock;
    pthread_cond_t work; /* there is some, or it is over */
    pthread_cond_t read; /* a block is */
    /* Under the lock, as is `is_read`: */
    size_t filled; /* those before it can be taken; it is being filled */
    size_t taken;
    bool closing;
};

static block *block_at(const pc_blocks *bs, size_t number)
{
    return &bs->ring[number % bs->room];
}

/* ---- reading, on any thread ------------------------------------------------
 */

static bool keep_other(block *b, pc_other *other)
{
    if (other->text != NULL)
        other->text = pc_arena_copy(&b->arena, other->text, other->length);
    return other->line == 0 || other->text != NULL;
}

static bool keep_group(const worker *w, const pc_group *group)
{
    block *b = w->block;
    pc_group *kept = pc_list_add(&b->groups, &b->arena, sizeof *kept);
    pc_quick_fact *facts = NULL;
    size_t count;

    if (kept == NULL)
        return false;
    *kept = *group;
    kept->facts = NULL;
    kept->told = NULL; /* until all of it is there */
    kept->unit = pc_arena_copy(&b->arena, group->unit, group->unit_length);
    kept->parent = pc_arena_copy(&b->arena, group->parent,
                                 group->parent_length);
    kept->asked = pc_arena_copy(&b->arena, group->asked, group->asked_length);
    if (kept->unit == NULL || kept->parent == NULL || kept->asked == NULL ||
        !keep_other(b, &kept->other_parent) ||
        !keep_other(b, &kept->other_edition))
        return false;
    if (w->blocks->facts && group->facts != NULL) {
        count = group->edition->family->symbols.count;
        facts = pc_arena_array(&b->arena, count, sizeof *facts);
        if (facts == NULL)
            return false;
        memcpy(facts, group->facts, count * sizeof *facts);
    }
    kept->facts = facts;
    kept->told = group->told;
    return true;
}

/* What is told has to wait for the blocks before; that must not take any
 * amount of memory. */
static void leave_rest(block *b, size_t at)
{
    b->full = true;
    b->left.at = at;
    b->left.line = b->line + pc_count_lines(b->text, at);
}

/* The first submission may have begun before the block: it is not judged. */
static bool on_worker_group(void *context, pc_group *group)
{
    worker *w = context;
    block *b = w->block;

    if (!b->split) {
        b->split = true;
        b->head = (size_t)(group->text + group->length - b->text);
        pc_engine_hold(w->engine, false);
        return true;
    }
    if (!keep_group(w, group)) {
        pc_told_free(group->told);
        return false;
    }
    if (group->told != NULL)
        b->told += group->told->arena.bytes;
    if (b->told < MOST_TOLD)
        return true;
    leave_rest(b, (size_t)(group->text + group->length - b->text));
    return false;
}

static void read_block(worker *w, block *b)
{
    const pc_piece piece = {.text = b->text,
                            .length = b->length,
                            .line = b->line,
                            .offset = b->offset};

    pc_engine_left left;

    w->block = b;
    b->split = false;
    b->full = false;
    b->told = 0;
    memset(&b->groups, 0, sizeof b->groups);
    pc_arena_init(&b->arena, &w->blocks->allocator);
    pc_engine_hold(w->engine, true);
    b->done = pc_engine_read_block(w->engine, &piece, &left) || b->full;
    b->left.reread = left.reread;
    if (!b->full)
        b->left = left;
}

static void *work(void *context)
{
    worker *w = context;
    pc_blocks *bs = w->blocks;

    (void)pthread_mutex_lock(&bs->lock);
    for (;;) {
        block *b;

        while (!bs->closing && bs->taken == bs->filled)
            (void)pthread_cond_wait(&bs->work, &bs->lock);
        if (bs->closing)
            break;
        b = block_at(bs, bs->taken++);
        (void)pthread_mutex_unlock(&bs->lock);
        read_block(w, b);
        (void)pthread_mutex_lock(&bs->lock);
        b->is_read = true;
        (void)pthread_cond_signal(&bs->read);
    }
    (void)pthread_mutex_unlock(&bs->lock);
    return NULL;
}

/* ---- taking what was read, in order -------------------------------------- */

static void forget_block(block *b)
{
    pc_group *groups = b->groups.data;

    for (size_t i = 0; i < b->groups.count; i++)
        pc_told_free(groups[i].told);
    pc_arena_free(&b->arena);
    memset(&b->groups, 0, sizeof b->groups);
    b->is_read = false;
    b->length = 0;
}

static bool hand_over(const pc_blocks *bs, block *b)
{
    pc_group *groups = b->groups.data;

    for (size_t i = 0; i < b->groups.count; i++) {
        pc_group group = groups[i];

        groups[i].told = NULL;
        if (!bs->on_group(bs->context, &group))
            return false;
    }
    return true;
}

static bool merge_block(const pc_blocks *bs, block *b)
{
    pc_engine *engine = bs->engine;
    const char *tail = b->text + b->left.at;

    if (!b->done)
        return false;
    if (!b->split || b->left.reread || !pc_engine_is_at(engine, b->line))
        return pc_engine_feed(engine, b->text, b->length);
    /* A CR at the end of the head stands alone. */
    return pc_engine_feed(engine, b->text, b->head) &&
           pc_engine_end_text(engine) && pc_engine_end_group(engine) &&
           hand_over(bs, b) &&
           pc_engine_set_place(engine, b->left.line, b->offset + b->left.at) &&
           pc_engine_feed(engine, tail, b->length - b->left.at);
}

static bool is_read(pc_blocks *bs, block *b, bool wait)
{
    bool read;

    (void)pthread_mutex_lock(&bs->lock);
    while (wait && !b->is_read)
        (void)pthread_cond_wait(&bs->read, &bs->lock);
    read = b->is_read;
    (void)pthread_mutex_unlock(&bs->lock);
    return read;
}

/* Takes the blocks that are read; waits for those before number `until`. */
static bool merge(pc_blocks *bs, size_t until)
{
    while (bs->merged < bs->filled && !bs->failed) {
        block *b = block_at(bs, bs->merged);

        if (!is_read(bs, b, bs->merged < until))
            break;
        bs->failed = !merge_block(bs, b);
        forget_block(b);
        bs->merged++;
    }
    return !bs->failed;
}

/* ---- filling ------------------------------------------------------------- */

static bool prepare_block(pc_blocks *bs, block *b)
{
    if (b->text == NULL)
        b->text = pc_resize(&bs->allocator, NULL, BLOCK);
    b->length = 0;
    return b->text != NULL;
}

/* Where a block is best cut: behind a line. Anywhere else it is right, too. */
static size_t whole_lines(const block *b)
{
    size_t length = b->length;

    while (length > 0 && b->text[length - 1] != '\n')
        length--;
    return length > 0 ? length : b->length;
}

/* Lets the block that was filled be read. */
static void submit(pc_blocks *bs)
{
    block *b = block_at(bs, bs->filled);

    (void)pthread_mutex_lock(&bs->lock);
    bs->filled++;
    (void)pthread_cond_signal(&bs->work);
    (void)pthread_mutex_unlock(&bs->lock);
    if (bs->threads > 0)
        return;
    read_block(&bs->workers[0], b);
    b->is_read = true;
}

/* Begins another block with what is behind the last line of the full one. */
static bool next_block(pc_blocks *bs)
{
    block *full = block_at(bs, bs->filled);
    block *next = block_at(bs, bs->filled + 1);
    size_t length = whole_lines(full);

    if (bs->filled + 1 - bs->merged == bs->room && !merge(bs, bs->merged + 1))
        return false;
    if (!prepare_block(bs, next))
        return false;
    next->length = full->length - length;
    memcpy(next->text, full->text + length, next->length);
    full->length = length;
    next->line = full->line + pc_count_lines(full->text, length);
    next->offset = full->offset + length;
    submit(bs);
    return merge(bs, 0);
}

bool pc_blocks_feed(pc_blocks *bs, const char *text, size_t length)
{
    while (length > 0 && !bs->failed) {
        block *b = block_at(bs, bs->filled);
        size_t room = BLOCK - b->length;

        room = room < length ? room : length;
        memcpy(b->text + b->length, text, room);
        b->length += room;
        text += room;
        length -= room;
        if (b->length == BLOCK && !next_block(bs))
            bs->failed = true;
    }
    return !bs->failed;
}

bool pc_blocks_end(pc_blocks *bs)
{
    if (bs->failed)
        return false;
    if (block_at(bs, bs->filled)->length > 0)
        submit(bs);
    return merge(bs, bs->filled);
}

/* ---- birth and death ----------------------------------------------------- */

/* Signals are for the threads of the caller. */
static void start_threads(pc_blocks *bs)
{
    sigset_t all;
    sigset_t before;

    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return;
    while (bs->threads < bs->engines &&
           pthread_create(&bs->workers[bs->threads].thread, NULL, work,
                          &bs->workers[bs->threads]) == 0)
        bs->threads++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool open_engines(pc_blocks *bs, size_t jobs)
{
    for (; bs->engines < jobs; bs->engines++) {
        worker *w = &bs->workers[bs->engines];

        w->blocks = bs;
        w->engine = pc_engine_open(bs->archive, on_worker_group, w,
                                   &bs->allocator);
        if (w->engine == NULL)
            return false;
    }
    return true;
}

static bool prepare(pc_blocks *bs, const pc_blocks_options *options)
{
    size_t jobs = options->jobs < MOST_JOBS ? options->jobs : MOST_JOBS;
    size_t room = jobs * BLOCKS_EACH + 2;

    bs->ring = pc_resize(&bs->allocator, NULL, room * sizeof *bs->ring);
    bs->workers = pc_resize(&bs->allocator, NULL, jobs * sizeof *bs->workers);
    if (bs->ring == NULL || bs->workers == NULL)
        return false;
    memset(bs->ring, 0, room * sizeof *bs->ring);
    memset(bs->workers, 0, jobs * sizeof *bs->workers);
    bs->room = room;
    if (!prepare_block(bs, &bs->ring[0]) || !open_engines(bs, jobs))
        return false;
    bs->ring[0].line = options->line;
    bs->ring[0].offset = options->offset;
    return pc_engine_set_place(bs->engine, options->line, options->offset);
}

/* False without the means; then there is nothing to close. */
static bool open_locks(pc_blocks *bs)
{
    if (pthread_mutex_init(&bs->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&bs->work, NULL) == 0) {
        if (pthread_cond_init(&bs->read, NULL) == 0)
            return true;
        (void)pthread_cond_destroy(&bs->work);
    }
    (void)pthread_mutex_destroy(&bs->lock);
    return false;
}

pc_blocks *pc_blocks_open(const pc_archive *archive, pc_engine *engine,
                          const pc_blocks_options *options,
                          pc_on_group on_group, void *context,
                          const parcheck_allocator *allocator)
{
    pc_blocks *bs = pc_resize(allocator, NULL, sizeof *bs);

    if (bs == NULL)
        return NULL;
    memset(bs, 0, sizeof *bs);
    bs->archive = archive;
    bs->allocator = *allocator;
    bs->engine = engine;
    bs->on_group = on_group;
    bs->context = context;
    bs->facts = options->facts;
    if (!open_locks(bs)) {
        pc_release(allocator, bs);
        return NULL;
    }
    if (prepare(bs, options)) {
        start_threads(bs);
        return bs;
    }
    pc_blocks_close(bs);
    return NULL;
}

static void join_threads(pc_blocks *bs)
{
    (void)pthread_mutex_lock(&bs->lock);
    bs->closing = true;
    (void)pthread_cond_broadcast(&bs->work);
    (void)pthread_mutex_unlock(&bs->lock);
    for (size_t i = 0; i < bs->threads; i++)
        (void)pthread_join(bs->workers[i].thread, NULL);
    (void)pthread_cond_destroy(&bs->work);
    (void)pthread_cond_destroy(&bs->read);
    (void)pthread_mutex_destroy(&bs->lock);
}

void pc_blocks_close(pc_blocks *bs)
{
    parcheck_allocator allocator;

    if (bs == NULL)
        return;
    allocator = bs->allocator;
    join_threads(bs);
    for (size_t i = 0; i < bs->engines; i++)
        pc_engine_close(bs->workers[i].engine);
    for (size_t i = 0; i < bs->room; i++) {
        if (bs->ring[i].is_read)
            forget_block(&bs->ring[i]);
        pc_release(&allocator, bs->ring[i].text);
    }
    pc_release(&allocator, bs->workers);
    pc_release(&allocator, bs->ring);
    pc_release(&allocator, bs);
}
