#include "text/distance.h"

#include "text/show.h"

typedef struct letters {
    uint32_t all[PC_DISTANCE_LETTERS];
    const uint32_t *points; /* those that are compared */
    size_t count;
} letters;

static bool split(letters *into, const char *text, size_t length)
{
    into->points = into->all;
    into->count = 0;
    for (size_t at = 0; at < length;) {
        if (into->count == PC_DISTANCE_LETTERS)
            return false;
        at += pc_text_next(text + at, length - at, &into->all[into->count++],
                           NULL);
    }
    return true;
}

/* What both begin and end with does not count. */
static void leave_out_same(letters *a, letters *b)
{
    while (a->count > 0 && b->count > 0 && a->points[0] == b->points[0]) {
        a->points++;
        b->points++;
        a->count--;
        b->count--;
    }
    while (a->count > 0 && b->count > 0 &&
           a->points[a->count - 1] == b->points[b->count - 1]) {
        a->count--;
        b->count--;
    }
}

pc_sketch pc_text_sketch(const char *text, size_t length)
{
    pc_sketch sketch = {0, 0};
    bool last = true; /* of its character; they are looked at from behind */

    /* The last byte of a character has the last six bits of its number. */
    for (size_t at = length; at > 0; at--) {
        unsigned char byte = (unsigned char)text[at - 1];

        sketch.kinds |= (uint64_t)last << (byte % 64);
        last = (byte & 0xC0) != 0x80;
        sketch.letters += last;
    }
    return sketch;
}

bool pc_sketch_is_far(const pc_sketch *a, const pc_sketch *b, size_t most)
{
    uint64_t other = a->kinds ^ b->kinds;
    size_t count = 0;

    if (a->letters > b->letters ? a->letters - b->letters > most
                                : b->letters - a->letters > most)
        return true;
    for (; other != 0 && count <= 2 * most; count++)
        other &= other - 1;
    return count > 2 * most;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* One row of the table of distances, only near its diagonal. */
static size_t next_row(const letters *a, const letters *b, size_t i,
                       size_t *row, size_t most)
{
    size_t from = i > most ? i - most : 1;
    size_t to = i + most < b->count ? i + most : b->count;
    size_t diagonal = row[from - 1];
    size_t best = most + 1;

    row[from - 1] = from == 1 ? i : most + 1;
    for (size_t j = from; j <= to; j++) {
        size_t above = j == i + most ? most + 1 : row[j];
        size_t replaced = diagonal +
                          (a->points[i - 1] != b->points[j - 1] ? 1 : 0);

        diagonal = row[j];
        row[j] = least(above + 1, row[j - 1] + 1, replaced);
        if (row[j] < best)
            best = row[j];
    }
    return best;
}

size_t pc_text_distance(const char *a, size_t a_length, const char *b,
                        size_t b_length, size_t most)
{
    letters left;
    letters right;
    size_t row[PC_DISTANCE_LETTERS + 1];
    size_t gap;

    if (!split(&left, a, a_length) || !split(&right, b, b_length))
        return most + 1;
    gap = left.count > right.count ? left.count - right.count
                                   : right.count - left.count;
    if (gap > most)
        return most + 1;
    leave_out_same(&left, &right);
    for (size_t j = 0; j <= right.count; j++)
        row[j] = j;
    for (size_t i = 1; i <= left.count; i++)
        if (next_row(&left, &right, i, row, most) > most && row[0] > most)
            return most + 1;
    return row[right.count] <= most ? row[right.count] : most + 1;
}
