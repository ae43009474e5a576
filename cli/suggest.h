/* "Did you mean": the known name that is nearest to a mistyped one. */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include <stddef.h>

#include <parcheck/parcheck.h>

enum { MOST_NAME = 64 }; /* longer names are not compared */

typedef struct suggestion {
    const char *wanted;
    size_t distance; /* of the best so far, SIZE_MAX without one */
    char best[MOST_NAME + 1];
} suggestion;

void suggest_begin(suggestion *s, const char *wanted);
/* Offers a known name of `length` bytes. */
void suggest_try(suggestion *s, const char *name, size_t length);
/* Offers every word that begins with "-" in a help text. */
void suggest_options(suggestion *s, const char *help);
/* Offers the families of the schema and their editions. */
void suggest_editions(suggestion *s, const parcheck_schema *schema);
/* Says the best on standard error, if one is near enough. */
void suggest_say(const suggestion *s, parcheck_language language);

#endif
