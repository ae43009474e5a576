/* What the kinds of explanations mean. */
#ifndef CLI_KINDS_H
#define CLI_KINDS_H

#include <stddef.h>

#include <parcheck/parcheck.h>

/* Texts are whole sentences, by parcheck_language. */
typedef struct explanation_kind {
    const char *name;       /* as parcheck_explanation_kind() gives it */
    const char *meaning[2]; /* what is probably wrong */
    const char *sign[2];    /* how it is recognised */
} explanation_kind;

/* In the order in which the library prefers them, other things being equal. */
size_t kind_count(void);
const explanation_kind *kind_at(size_t index);

#endif
