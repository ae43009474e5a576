/*
 * Writes UTF-8 text in the encodings that the library reads: the way back,
 * made from tables of its own where iconv does not know the encoding.
 */
#ifndef PC_TEST_ENCODE_H
#define PC_TEST_ENCODE_H

#include <check.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/charset.h"

typedef enum style {
    STYLE_UTF_8,
    STYLE_UTF_8_NFD,
    STYLE_UTF_16LE,
    STYLE_UTF_16BE,
    STYLE_UTF_16LE_NFD,
    STYLE_1258,
    STYLE_1258_MARKS, /* every tone a mark, as Windows types it */
    STYLE_TCVN,
    STYLE_TCVN_MARKS,
    STYLE_TCVN3_FONT, /* capitals with a tone are in another font */
    STYLE_TCVN3_PAIR, /* and here a letter and a small letter */
    STYLE_VISCII,
    STYLE_VNI,
    STYLES
} style;

static const struct {
    const char *name;
    pc_charset charset;
    const char *iconv_name; /* NULL: the text is in the encoding already */
} styles[STYLES] = {
    [STYLE_UTF_8] = {"UTF-8", PC_UTF_8, NULL},
    [STYLE_UTF_8_NFD] = {"UTF-8 NFD", PC_UTF_8, NULL},
    [STYLE_UTF_16LE] = {"UTF-16LE", PC_UTF_16LE, "UTF-16LE"},
    [STYLE_UTF_16BE] = {"UTF-16BE", PC_UTF_16BE, "UTF-16BE"},
    [STYLE_UTF_16LE_NFD] = {"UTF-16LE NFD", PC_UTF_16LE, "UTF-16LE"},
    [STYLE_1258] = {"CP1258", PC_WINDOWS_1258, "CP1258"},
    [STYLE_1258_MARKS] = {"CP1258 marks", PC_WINDOWS_1258, "CP1258"},
    [STYLE_TCVN] = {"TCVN", PC_TCVN_5712, "TCVN5712-1"},
    [STYLE_TCVN_MARKS] = {"TCVN marks", PC_TCVN_5712, "TCVN5712-1"},
    [STYLE_TCVN3_FONT] = {"TCVN3 font", PC_TCVN3, "TCVN5712-1"},
    [STYLE_TCVN3_PAIR] = {"TCVN3 pair", PC_TCVN3, "TCVN5712-1"},
    [STYLE_VISCII] = {"VISCII", PC_VISCII, "VISCII"},
    [STYLE_VNI] = {"VNI", PC_VNI, NULL},
};

/* The letters beyond ASCII, the VNI ones after the sources that legacy.c
 * names. VNI and NFD are given in lower case. */
static const struct {
    const char *small;
    const char *capital;
    const char *small_base; /* without its tone */
    const char *capital_base;
    const char *mark; /* the tone, "" for none */
    const char *nfd;
    const char *vni;
} letters[] = {
    {"à", "À", "a", "A", "\xCC\x80", "a\xCC\x80", "a\xF8"},
    {"á", "Á", "a", "A", "\xCC\x81", "a\xCC\x81", "a\xF9"},
    {"ả", "Ả", "a", "A", "\xCC\x89", "a\xCC\x89", "a\xFB"},
    {"ã", "Ã", "a", "A", "\xCC\x83", "a\xCC\x83", "a\xF5"},
    {"ạ", "Ạ", "a", "A", "\xCC\xA3", "a\xCC\xA3", "a\xEF"},
    {"ă", "Ă", "ă", "Ă", "", "a\xCC\x86", "a\xEA"},
    {"ằ", "Ằ", "ă", "Ă", "\xCC\x80", "a\xCC\x86\xCC\x80", "a\xE8"},
    {"ắ", "Ắ", "ă", "Ă", "\xCC\x81", "a\xCC\x86\xCC\x81", "a\xE9"},
    {"ẳ", "Ẳ", "ă", "Ă", "\xCC\x89", "a\xCC\x86\xCC\x89", "a\xFA"},
    {"ẵ", "Ẵ", "ă", "Ă", "\xCC\x83", "a\xCC\x86\xCC\x83", "a\xFC"},
    {"ặ", "Ặ", "ă", "Ă", "\xCC\xA3", "a\xCC\xA3\xCC\x86", "a\xEB"},
    {"â", "Â", "â", "Â", "", "a\xCC\x82", "a\xE2"},
    {"ầ", "Ầ", "â", "Â", "\xCC\x80", "a\xCC\x82\xCC\x80", "a\xE0"},
    {"ấ", "Ấ", "â", "Â", "\xCC\x81", "a\xCC\x82\xCC\x81", "a\xE1"},
    {"ẩ", "Ẩ", "â", "Â", "\xCC\x89", "a\xCC\x82\xCC\x89", "a\xE5"},
    {"ẫ", "Ẫ", "â", "Â", "\xCC\x83", "a\xCC\x82\xCC\x83", "a\xE3"},
    {"ậ", "Ậ", "â", "Â", "\xCC\xA3", "a\xCC\xA3\xCC\x82", "a\xE4"},
    {"è", "È", "e", "E", "\xCC\x80", "e\xCC\x80", "e\xF8"},
    {"é", "É", "e", "E", "\xCC\x81", "e\xCC\x81", "e\xF9"},
    {"ẻ", "Ẻ", "e", "E", "\xCC\x89", "e\xCC\x89", "e\xFB"},
    {"ẽ", "Ẽ", "e", "E", "\xCC\x83", "e\xCC\x83", "e\xF5"},
    {"ẹ", "Ẹ", "e", "E", "\xCC\xA3", "e\xCC\xA3", "e\xEF"},
    {"ê", "Ê", "ê", "Ê", "", "e\xCC\x82", "e\xE2"},
    {"ề", "Ề", "ê", "Ê", "\xCC\x80", "e\xCC\x82\xCC\x80", "e\xE0"},
    {"ế", "Ế", "ê", "Ê", "\xCC\x81", "e\xCC\x82\xCC\x81", "e\xE1"},
    {"ể", "Ể", "ê", "Ê", "\xCC\x89", "e\xCC\x82\xCC\x89", "e\xE5"},
    {"ễ", "Ễ", "ê", "Ê", "\xCC\x83", "e\xCC\x82\xCC\x83", "e\xE3"},
    {"ệ", "Ệ", "ê", "Ê", "\xCC\xA3", "e\xCC\xA3\xCC\x82", "e\xE4"},
    {"ì", "Ì", "i", "I", "\xCC\x80", "i\xCC\x80", "\xEC"},
    {"í", "Í", "i", "I", "\xCC\x81", "i\xCC\x81", "\xED"},
    {"ỉ", "Ỉ", "i", "I", "\xCC\x89", "i\xCC\x89", "\xE6"},
    {"ĩ", "Ĩ", "i", "I", "\xCC\x83", "i\xCC\x83", "\xF3"},
    {"ị", "Ị", "i", "I", "\xCC\xA3", "i\xCC\xA3", "\xF2"},
    {"ò", "Ò", "o", "O", "\xCC\x80", "o\xCC\x80", "o\xF8"},
    {"ó", "Ó", "o", "O", "\xCC\x81", "o\xCC\x81", "o\xF9"},
    {"ỏ", "Ỏ", "o", "O", "\xCC\x89", "o\xCC\x89", "o\xFB"},
    {"õ", "Õ", "o", "O", "\xCC\x83", "o\xCC\x83", "o\xF5"},
    {"ọ", "Ọ", "o", "O", "\xCC\xA3", "o\xCC\xA3", "o\xEF"},
    {"ô", "Ô", "ô", "Ô", "", "o\xCC\x82", "o\xE2"},
    {"ồ", "Ồ", "ô", "Ô", "\xCC\x80", "o\xCC\x82\xCC\x80", "o\xE0"},
    {"ố", "Ố", "ô", "Ô", "\xCC\x81", "o\xCC\x82\xCC\x81", "o\xE1"},
    {"ổ", "Ổ", "ô", "Ô", "\xCC\x89", "o\xCC\x82\xCC\x89", "o\xE5"},
    {"ỗ", "Ỗ", "ô", "Ô", "\xCC\x83", "o\xCC\x82\xCC\x83", "o\xE3"},
    {"ộ", "Ộ", "ô", "Ô", "\xCC\xA3", "o\xCC\xA3\xCC\x82", "o\xE4"},
    {"ơ", "Ơ", "ơ", "Ơ", "", "o\xCC\x9B", "\xF4"},
    {"ờ", "Ờ", "ơ", "Ơ", "\xCC\x80", "o\xCC\x9B\xCC\x80", "\xF4\xF8"},
    {"ớ", "Ớ", "ơ", "Ơ", "\xCC\x81", "o\xCC\x9B\xCC\x81", "\xF4\xF9"},
    {"ở", "Ở", "ơ", "Ơ", "\xCC\x89", "o\xCC\x9B\xCC\x89", "\xF4\xFB"},
    {"ỡ", "Ỡ", "ơ", "Ơ", "\xCC\x83", "o\xCC\x9B\xCC\x83", "\xF4\xF5"},
    {"ợ", "Ợ", "ơ", "Ơ", "\xCC\xA3", "o\xCC\x9B\xCC\xA3", "\xF4\xEF"},
    {"ù", "Ù", "u", "U", "\xCC\x80", "u\xCC\x80", "u\xF8"},
    {"ú", "Ú", "u", "U", "\xCC\x81", "u\xCC\x81", "u\xF9"},
    {"ủ", "Ủ", "u", "U", "\xCC\x89", "u\xCC\x89", "u\xFB"},
    {"ũ", "Ũ", "u", "U", "\xCC\x83", "u\xCC\x83", "u\xF5"},
    {"ụ", "Ụ", "u", "U", "\xCC\xA3", "u\xCC\xA3", "u\xEF"},
    {"ư", "Ư", "ư", "Ư", "", "u\xCC\x9B", "\xF6"},
    {"ừ", "Ừ", "ư", "Ư", "\xCC\x80", "u\xCC\x9B\xCC\x80", "\xF6\xF8"},
    {"ứ", "Ứ", "ư", "Ư", "\xCC\x81", "u\xCC\x9B\xCC\x81", "\xF6\xF9"},
    {"ử", "Ử", "ư", "Ư", "\xCC\x89", "u\xCC\x9B\xCC\x89", "\xF6\xFB"},
    {"ữ", "Ữ", "ư", "Ư", "\xCC\x83", "u\xCC\x9B\xCC\x83", "\xF6\xF5"},
    {"ự", "Ự", "ư", "Ư", "\xCC\xA3", "u\xCC\x9B\xCC\xA3", "\xF6\xEF"},
    {"ỳ", "Ỳ", "y", "Y", "\xCC\x80", "y\xCC\x80", "y\xF8"},
    {"ý", "Ý", "y", "Y", "\xCC\x81", "y\xCC\x81", "y\xF9"},
    {"ỷ", "Ỷ", "y", "Y", "\xCC\x89", "y\xCC\x89", "y\xFB"},
    {"ỹ", "Ỹ", "y", "Y", "\xCC\x83", "y\xCC\x83", "y\xF5"},
    {"ỵ", "Ỵ", "y", "Y", "\xCC\xA3", "y\xCC\xA3", "\xEE"},
    {"đ", "Đ", "đ", "Đ", "", "đ", "\xF1"},
};

enum { LETTERS = sizeof letters / sizeof letters[0] };

typedef struct text {
    char *bytes;
    size_t length;
    size_t room;
} text;

static inline void text_add(text *t, const char *bytes, size_t length)
{
    if (t->length + length >= t->room) {
        t->room = (t->length + length) * 2 + 64;
        t->bytes = realloc(t->bytes, t->room);
        ck_assert_ptr_nonnull(t->bytes);
    }
    memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    t->bytes[t->length] = '\0';
}

static inline text text_of(const char *string)
{
    text t = {NULL, 0, 0};

    text_add(&t, string, strlen(string));
    return t;
}

/* `small`, or its capitals: ASCII in the first place, Latin-1 behind. */
static inline void add_cased(text *t, const char *small, bool capital,
                             bool latin_1)
{
    for (size_t i = 0; small[i] != '\0'; i++) {
        char c = small[i];

        if (capital &&
            ((c >= 'a' && c <= 'z') || (latin_1 && (unsigned char)c >= 0xE0)))
            c = (char)(c - 0x20);
        text_add(t, &c, 1);
    }
}

static inline void add_letter(text *t, style s, size_t n, bool capital)
{
    const char *whole = capital ? letters[n].capital : letters[n].small;
    const char *base = capital ? letters[n].capital_base
                               : letters[n].small_base;
    bool toned = letters[n].mark[0] != '\0';

    if ((s == STYLE_UTF_8_NFD || s == STYLE_UTF_16LE_NFD) &&
        strcmp(letters[n].nfd, letters[n].small) != 0) {
        add_cased(t, letters[n].nfd, capital, false);
    } else if (s == STYLE_1258_MARKS || s == STYLE_TCVN_MARKS) {
        text_add(t, base, strlen(base));
        text_add(t, letters[n].mark, strlen(letters[n].mark));
    } else if (s == STYLE_TCVN3_FONT && toned) {
        text_add(t, letters[n].small, strlen(letters[n].small));
    } else if (s == STYLE_TCVN3_PAIR && toned && capital) {
        text_add(t, base, strlen(base));
        text_add(t, letters[n].small, strlen(letters[n].small));
    } else if (s == STYLE_VNI) {
        add_cased(t, letters[n].vni, capital, true);
    } else {
        text_add(t, whole, strlen(whole));
    }
}

static inline bool begins_with(const char *bytes, const char *front)
{
    return *bytes == *front && strncmp(bytes, front, strlen(front)) == 0;
}

static inline bool is_ascii(char c)
{
    return ((unsigned char)c & 0x80) == 0;
}

/* Adds the character at the front and returns its length. */
static inline size_t add_character(text *t, style s, const char *from)
{
    for (size_t n = 0; !is_ascii(*from) && n < LETTERS; n++) {
        bool capital = begins_with(from, letters[n].capital);

        if (capital || begins_with(from, letters[n].small)) {
            add_letter(t, s, n, capital);
            return strlen(capital ? letters[n].capital : letters[n].small);
        }
    }
    text_add(t, from, 1);
    return 1;
}

static inline text by_iconv(text given, const char *name)
{
    iconv_t cd = iconv_open(name, "UTF-8");
    size_t room = given.length * 2 + 8;
    text t = {malloc(room), 0, room};
    char *from = given.bytes;
    char *to = t.bytes;
    size_t left = given.length;

    ck_assert_ptr_ne(cd, (iconv_t)-1);
    ck_assert_uint_eq(iconv(cd, &from, &left, &to, &room), 0);
    ck_assert_uint_eq(iconv(cd, NULL, NULL, &to, &room), 0);
    t.length = (size_t)(to - t.bytes);
    iconv_close(cd);
    return t;
}

/* The caller frees `bytes`. The text must be one that the style can carry. */
static inline text encode(style s, const char *utf_8)
{
    text t = text_of("");
    text result;

    while (*utf_8 != '\0')
        utf_8 += add_character(&t, s, utf_8);
    if (styles[s].iconv_name == NULL)
        return t;
    result = by_iconv(t, styles[s].iconv_name);
    free(t.bytes);
    return result;
}

/* What reading it gives: the same text, but NFD stays so and TCVN3 has lost
 * the capitals that only a font made. */
static inline text expected(style s, const char *utf_8)
{
    bool other = s == STYLE_UTF_8_NFD || s == STYLE_UTF_16LE_NFD ||
                 s == STYLE_TCVN3_FONT;
    text t = text_of("");

    while (*utf_8 != '\0')
        utf_8 += add_character(&t, other ? s : STYLE_UTF_8, utf_8);
    return t;
}

/* The text in capitals, or a copy of it. */
static inline text in_case(const char *utf_8, bool capitals)
{
    text t = text_of("");

    while (*utf_8 != '\0') {
        size_t n = is_ascii(*utf_8) ? LETTERS : 0;

        while (n < LETTERS && !begins_with(utf_8, letters[n].small))
            n++;
        if (n < LETTERS) {
            const char *letter = capitals ? letters[n].capital
                                          : letters[n].small;
            text_add(&t, letter, strlen(letter));
            utf_8 += strlen(letters[n].small);
        } else {
            char c = *utf_8++;

            if (capitals && c >= 'a' && c <= 'z')
                c = (char)(c - 0x20);
            text_add(&t, &c, 1);
        }
    }
    return t;
}

/* A file of tests/data, with "..." for the ellipsis, which not every
 * encoding has. */
static inline text data_file(const char *name)
{
    char path[1024];
    text t = text_of("");
    FILE *file;
    int c;

    snprintf(path, sizeof path, "%s/%s", PARCHECK_TEST_DATA, name);
    file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    while ((c = fgetc(file)) != EOF) {
        char byte = (char)c;

        text_add(&t, &byte, 1);
        if (t.length >= 3 &&
            memcmp(t.bytes + t.length - 3, "\xE2\x80\xA6", 3) == 0)
            memcpy(t.bytes + t.length - 3, "...", 3);
    }
    fclose(file);
    return t;
}

#endif
