#include "suggest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

void suggest_begin(suggestion *s, const char *wanted)
{
    memset(s, 0, sizeof *s);
    s->wanted = wanted;
    s->distance = SIZE_MAX;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* How many letters have to be added, taken away, replaced or swapped with the
 * next to make one of the other. Both have at most MOST_NAME. */
static size_t distance(const char *a, size_t a_length, const char *b,
                       size_t b_length)
{
    size_t rows[3][MOST_NAME + 1];

    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = smallest(row[j - 1] + 1, above[j] + 1,
                              above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && rows[(i + 1) % 3][j - 2] + 1 < row[j])
                row[j] = rows[(i + 1) % 3][j - 2] + 1;
        }
    }
    return rows[a_length % 3][b_length];
}

void suggest_try(suggestion *s, const char *name, size_t length)
{
    size_t wanted = strlen(s->wanted);
    size_t far;

    if (wanted > MOST_NAME || length > MOST_NAME || length == 0)
        return;
    far = distance(s->wanted, wanted, name, length);
    if (far >= s->distance)
        return;
    s->distance = far;
    memcpy(s->best, name, length);
    s->best[length] = '\0';
}

void suggest_options(suggestion *s, const char *help)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";

    for (const char *at = help; *at != '\0'; at++) {
        size_t length;

        if (at == help || *at != '-' || (at[-1] != ' ' && at[-1] != '['))
            continue;
        length = strspn(at, letters);
        if (length > 1)
            suggest_try(s, at, length);
        at += length - 1;
    }
}

void suggest_editions(suggestion *s, const parcheck_schema *schema)
{
    for (size_t i = 0; i < parcheck_schema_family_count(schema); i++) {
        const parcheck_family *family = parcheck_schema_family(schema, i);
        const char *name = parcheck_family_name(family);
        size_t count = parcheck_family_edition_count(family);

        suggest_try(s, name, strlen(name));
        for (size_t j = 0; j < count; j++) {
            const char *edition = parcheck_edition_name(
                parcheck_family_edition(family, j));
            char full[MOST_NAME + 1];
            int length = snprintf(full, sizeof full, "%s/%s", name, edition);

            suggest_try(s, edition, strlen(edition));
            if (length > 0)
                suggest_try(s, full, (size_t)length);
        }
    }
}

void suggest_say(const suggestion *s, parcheck_language language)
{
    size_t length = strlen(s->wanted);

    /* At most one slip in three letters: never another word altogether. */
    if (s->distance == 0 || s->distance > 3 || s->distance * 3 > length)
        return;
    fprintf(stderr,
            say(language, "parcheck: có phải ý bạn là “%s”?\n",
                "parcheck: did you mean “%s”?\n"),
            s->best);
}
