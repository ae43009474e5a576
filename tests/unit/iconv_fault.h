/*
 * Stands before the C library's iconv, so that a test can make it refuse an
 * encoding or take its output in small pieces. To be included by one file of
 * a program, which defines _GNU_SOURCE first.
 */
#ifndef PC_TEST_ICONV_FAULT_H
#define PC_TEST_ICONV_FAULT_H

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <stddef.h>

static int iconv_open_error; /* what iconv_open() fails with; 0: it works */
static size_t iconv_room;    /* bytes that a call may write; 0: any number */
static int iconv_balance;    /* open descriptors */

iconv_t iconv_open(const char *to, const char *from)
{
    iconv_t (*next)(const char *, const char *);
    iconv_t cd;

    if (iconv_open_error != 0) {
        errno = iconv_open_error;
        return (iconv_t)-1;
    }
    *(void **)&next = dlsym(RTLD_NEXT, "iconv_open");
    cd = next(to, from);
    iconv_balance += cd != (iconv_t)-1;
    return cd;
}

int iconv_close(iconv_t cd)
{
    int (*next)(iconv_t);

    *(void **)&next = dlsym(RTLD_NEXT, "iconv_close");
    iconv_balance--;
    return next(cd);
}

size_t iconv(iconv_t cd, char **from, size_t *left, char **to, size_t *room)
{
    size_t (*next)(iconv_t, char **, size_t *, char **, size_t *);
    size_t given = *room;
    size_t allowed = iconv_room > 0 && iconv_room < given ? iconv_room : given;
    size_t now = allowed;
    size_t result;

    *(void **)&next = dlsym(RTLD_NEXT, "iconv");
    result = next(cd, from, left, to, &now);
    *room = given - (allowed - now);
    return result;
}

#endif
