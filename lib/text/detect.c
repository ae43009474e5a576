#include "text/detect.h"

#include <stdint.h>
#include <string.h>
#include <uchar.h>
#include <utf8proc.h>

#include "text/letter.h"
#include "text/syllable.h"

enum {
    WINDOW = 64 * 1024,  /* bytes that are scored */
    BEFORE = 4096,       /* of them before the first beyond ASCII */
    ENOUGH_LETTERS = 20, /* below that a guess is unsure */
    ENOUGH_SCORE = 800,  /* below that, too */
    ENOUGH_LEAD = 150,   /* and with a smaller lead */
    LEAST_SCORE = 500,   /* below that nothing fits */
    ENOUGH_UNITS = 16,   /* of UTF-16 to be sure by their zeros */
    LONGEST_WORD = 24,   /* in characters; marks count */
    LONGEST_START = 64   /* how far back a word is searched for */
};

/* ---- words --------------------------------------------------------------- */

/* What came of reading the bytes in one encoding. */
typedef struct tally {
    size_t good; /* words with letters beyond ASCII that are syllables */
    size_t bad;  /* and that are not */
    size_t letters;
} tally;

/* A run of what is neither a space, a digit nor punctuation of ASCII. */
typedef struct word {
    uint32_t points[LONGEST_WORD];
    size_t count;
    bool too_long;
    bool beyond_ascii;
} word;

static bool is_ascii_letter(uint32_t point)
{
    return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

/* Controls other than white space are part of a word, which they spoil. */
static bool is_separator(uint32_t point)
{
    if (point == 0x00A0)
        return true;
    if (point >= 0x7F || is_ascii_letter(point))
        return false;
    return point >= ' ' || (point >= '\t' && point <= '\r');
}

/* Dashes, dots and the like, which stand on both sides of a word. */
static bool is_punctuation(uint32_t point, bool at_front)
{
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PO:
        return true;
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PI:
        return at_front;
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
        return !at_front;
    default:
        return false;
    }
}

static uint32_t lower(uint32_t point)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

static bool is_vietnamese_letter(uint32_t small)
{
    uint32_t letter;
    pc_tone tone;

    return is_ascii_letter(small) || small == 0x0111 ||
           pc_vowel_split(small, &letter, &tone);
}

/* Takes punctuation beyond ASCII, such as quotation marks, off the ends. */
static void trim(word *w)
{
    size_t front = 0;

    while (w->count > 0 && is_punctuation(w->points[w->count - 1], false))
        w->count--;
    while (front < w->count && is_punctuation(w->points[front], true))
        front++;
    w->count -= front;
    memmove(w->points, w->points + front, w->count * sizeof w->points[0]);
}

/* The cases of a word: how many letters of which sort it has. */
typedef struct cases {
    size_t capitals;
    size_t small;
    size_t small_ascii;
    size_t vowels;
    size_t beyond_ascii;
    bool first_is_capital;
} cases;

/* Turns the word into lower case and counts; false if it has a character
 * that Vietnamese words do not have. */
static bool lower_word(word *w, cases *c)
{
    memset(c, 0, sizeof *c);
    for (size_t i = 0; i < w->count; i++) {
        uint32_t small = lower(w->points[i]);
        bool capital = small != w->points[i];
        uint32_t letter;
        pc_tone tone;

        if (!is_vietnamese_letter(small))
            return false;
        c->capitals += capital;
        c->small += !capital;
        c->small_ascii += !capital && small < 0x80;
        c->vowels += pc_vowel_split(small, &letter, &tone);
        c->beyond_ascii += small >= 0x80;
        if (i == 0)
            c->first_is_capital = capital;
        w->points[i] = small;
    }
    return true;
}

/* A capital inside a word of small letters is a sign of a wrong reading. In
 * TCVN3 the capitals with a tone are small letters in another font. */
static bool has_fitting_case(const cases *c, pc_charset charset)
{
    if (c->capitals == 0 || c->small == 0)
        return true;
    if (c->capitals == 1 && c->first_is_capital)
        return true;
    return charset == PC_TCVN3 && c->small_ascii == 0;
}

/* Vowels that do not stand alone in Vietnamese, but do so in a TCVN3 text
 * that is read as TCVN 5712: the bytes of its dashes, dots and quotes. */
static bool is_lone_vowel(const word *w)
{
    static const char16_t vowels[] = u"òóỏõọộịặ";

    if (w->count != 1)
        return false;
    for (size_t i = 0; vowels[i] != 0; i++)
        if (vowels[i] == w->points[0])
            return true;
    return false;
}

/* Puts letters and marks together, for UTF-8 that keeps them apart. */
static void compose(word *w)
{
    utf8proc_int32_t points[LONGEST_WORD];
    utf8proc_ssize_t count;

    for (size_t i = 0; i < w->count; i++)
        points[i] = (utf8proc_int32_t)w->points[i];
    count = utf8proc_normalize_utf32(points, (utf8proc_ssize_t)w->count,
                                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        w->points[i] = (uint32_t)points[i];
    w->count = count > 0 ? (size_t)count : 0;
}

static bool is_good(word *w, pc_charset charset, cases *c)
{
    if (w->too_long || !lower_word(w, c) || !has_fitting_case(c, charset))
        return false;
    /* An abbreviation such as HĐND. */
    if (c->vowels == 0)
        return c->small == 0;
    return !is_lone_vowel(w) && pc_is_syllable(w->points, w->count);
}

/* Judges the word, if it has letters beyond ASCII, and begins a new one. */
static void end_word(tally *t, word *w, pc_charset charset)
{
    cases c = {0};

    if (w->beyond_ascii) {
        trim(w);
        compose(w);
        if (w->count > 0) {
            if (is_good(w, charset, &c))
                t->good++;
            else
                t->bad++;
            t->letters += c.beyond_ascii;
        }
    }
    w->count = 0;
    w->too_long = false;
    w->beyond_ascii = false;
}

static void add_to_word(word *w, uint32_t point)
{
    if (point >= 0x7F || point < ' ')
        w->beyond_ascii = true;
    if (w->count < LONGEST_WORD)
        w->points[w->count++] = point;
    else
        w->too_long = true;
}

static tally count_words(const char *text, size_t length, pc_charset charset)
{
    tally t = {0};
    word w = {0};

    for (size_t at = 0; at < length;) {
        utf8proc_int32_t point = 0xFFFD;
        utf8proc_ssize_t n = utf8proc_iterate(
            (const utf8proc_uint8_t *)text + at,
            (utf8proc_ssize_t)(length - at), &point);

        if (is_separator((uint32_t)point))
            end_word(&t, &w, charset);
        else
            add_to_word(&w, (uint32_t)point);
        at += n > 0 ? (size_t)n : 1;
    }
    end_word(&t, &w, charset);
    return t;
}

/* ---- the candidates ------------------------------------------------------ */

/* In the order that decides between equal scores. UTF-8 is among them for a
 * text with some bytes in it that are not. */
static const pc_charset candidates[] = {
    PC_TCVN3, PC_TCVN_5712, PC_VNI, PC_WINDOWS_1258, PC_VISCII, PC_UTF_8,
};

enum { CANDIDATES = sizeof candidates / sizeof candidates[0] };

typedef struct contest {
    const char *bytes;
    size_t length;
    size_t start;     /* of the window */
    pc_buffer buffer; /* the window decoded, one candidate after the other */
    tally tallies[PC_CHARSETS];
    bool out[PC_CHARSETS]; /* not a candidate, or no longer one */
    bool twins_are_even;
    unsigned untried;
} contest;

static unsigned score_of(const contest *c, pc_charset charset)
{
    const tally *t = &c->tallies[charset];

    if (c->out[charset] || t->good == 0)
        return 0;
    return (unsigned)(t->good * PC_SCORE_FULL / (t->good + t->bad));
}

/* Reads the window that begins at `start`. False without memory. */
static bool read_as(contest *c, pc_charset charset, size_t start, tally *t)
{
    size_t length = c->length - start < WINDOW ? c->length - start : WINDOW;
    pc_bad_bytes bad;
    pc_charset_status status;

    pc_buffer_clear(&c->buffer);
    status = pc_charset_decode(charset, c->bytes + start, length, &c->buffer,
                               &bad);
    if (status == PC_CHARSET_UNAVAILABLE) {
        c->untried |= 1U << charset;
        c->out[charset] = true;
        return true;
    }
    if (status != PC_CHARSET_OK)
        return false;
    *t = count_words(c->buffer.data, c->buffer.length, charset);
    return true;
}

/* The beginning of the word that the byte at `at` is in, or near it. */
static size_t start_of_word(const char *bytes, size_t at)
{
    size_t least = at > LONGEST_START ? at - LONGEST_START : 0;

    while (at > least && bytes[at - 1] != ' ' && bytes[at - 1] != '\n' &&
           bytes[at - 1] != ',')
        at--;
    return at;
}

/* Bytes that TCVN 5712 and TCVN3 read differently: capitals with a tone. */
static bool tells_twins_apart(unsigned char byte)
{
    if (byte >= 0x80)
        return byte < 0xA0;
    return byte == 0x01 || byte == 0x02 || (byte >= 0x04 && byte <= 0x06) ||
           (byte >= 0x11 && byte <= 0x17);
}

/* Leaves one of TCVN 5712 and TCVN3 in the contest. The bytes that tell them
 * apart are rare and may stand behind the window, so it is read anew from
 * the first of them. */
static bool choose_twin(contest *c)
{
    size_t at = 0;
    tally vn1 = {0};
    tally vn3 = {0};

    while (at < c->length && !tells_twins_apart((unsigned char)c->bytes[at]))
        at++;
    if (at == c->length) {
        c->out[PC_TCVN_5712] = true;
        return true;
    }
    at = start_of_word(c->bytes, at);
    if (!read_as(c, PC_TCVN_5712, at, &vn1) || !read_as(c, PC_TCVN3, at, &vn3))
        return false;
    if (c->out[PC_TCVN_5712]) /* unavailable */
        return true;
    c->twins_are_even = vn1.bad == vn3.bad;
    c->out[vn1.bad < vn3.bad ? PC_TCVN3 : PC_TCVN_5712] = true;
    return true;
}

static bool score_all(contest *c)
{
    if (!choose_twin(c))
        return false;
    for (size_t i = 0; i < CANDIDATES; i++) {
        pc_charset charset = candidates[i];

        if (!c->out[charset] &&
            !read_as(c, charset, c->start, &c->tallies[charset]))
            return false;
    }
    return true;
}

/* The candidate with the best score but for one. */
static pc_charset best_but(const contest *c, pc_charset other)
{
    pc_charset best = PC_CHARSETS;

    for (size_t i = 0; i < CANDIDATES; i++) {
        pc_charset charset = candidates[i];

        if (charset != other && !c->out[charset] &&
            (best == PC_CHARSETS || score_of(c, charset) > score_of(c, best)))
            best = charset;
    }
    return best;
}

static void judge(pc_detected *detected, const contest *c)
{
    pc_charset best = best_but(c, PC_CHARSETS);
    bool is_twin = best == PC_TCVN3 || best == PC_TCVN_5712;

    detected->by = PC_BY_SCORE;
    if (score_of(c, best) < LEAST_SCORE) {
        detected->by = PC_BY_DEFAULT;
        best = PC_UTF_8;
    }
    detected->charset = best;
    detected->letters = c->tallies[best].letters;
    detected->score = score_of(c, best);
    detected->runner_up = best_but(c, best);
    detected->runner_up_score = score_of(c, detected->runner_up);
    detected->untried = c->untried;
    detected->unsure = detected->by == PC_BY_DEFAULT || c->untried != 0 ||
                       detected->letters < ENOUGH_LETTERS ||
                       detected->score < ENOUGH_SCORE ||
                       detected->score <
                           detected->runner_up_score + ENOUGH_LEAD ||
                       (is_twin && c->twins_are_even);
}

static bool detect_by_score(pc_detected *detected, const char *bytes,
                            size_t length, size_t first,
                            const parcheck_allocator *allocator)
{
    contest c;
    bool done;

    memset(&c, 0, sizeof c);
    c.bytes = bytes;
    c.length = length;
    /* VISCII and TCVN 5712 have some letters among the controls of ASCII,
     * so the window begins before the first byte beyond it. */
    c.start = start_of_word(bytes, first > BEFORE ? first - BEFORE : 0);
    /* No byte becomes more than three. */
    pc_buffer_init(&c.buffer, allocator, WINDOW * 3);
    done = score_all(&c);
    pc_buffer_free(&c.buffer);
    if (done)
        judge(detected, &c);
    return done;
}

/* ---- marks and zeros ----------------------------------------------------- */

static bool detect_by_mark(pc_detected *detected, const char *bytes,
                           size_t length)
{
    detected->by = PC_BY_MARK;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        detected->charset = PC_UTF_8;
    else if (length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        detected->charset = PC_UTF_16LE;
    else if (length >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        detected->charset = PC_UTF_16BE;
    else
        return false;
    return true;
}

/* The high bytes of letters, digits, commas and line feeds of ASCII are zero
 * in UTF-16 and stand all at even or all at odd places. A low byte is zero in
 * U+0300, which is the tone huyền where letters and marks are kept apart. */
static bool detect_by_zeros(pc_detected *detected, const char *bytes,
                            size_t length)
{
    size_t units = (length < WINDOW ? length : WINDOW) / 2;
    size_t first = 0;  /* units whose first byte is zero */
    size_t second = 0; /* whose second byte is */
    size_t more;
    size_t less;

    if (units == 0 || memchr(bytes, 0, 2 * units) == NULL)
        return false;
    for (size_t i = 0; i < units; i++) {
        first += bytes[2 * i] == 0 && bytes[2 * i + 1] != 0;
        second += bytes[2 * i + 1] == 0 && bytes[2 * i] != 0;
    }
    more = first > second ? first : second;
    less = first > second ? second : first;
    if (more == 0 || more < (units + 1) / 2 || less > more / 4)
        return false;
    detected->by = PC_BY_ZEROS;
    detected->charset = first > second ? PC_UTF_16BE : PC_UTF_16LE;
    detected->unsure = units < ENOUGH_UNITS;
    return true;
}

static size_t ascii_front(const char *bytes, size_t length)
{
    size_t at = 0;

    while (at < length && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

bool pc_detect(pc_detected *detected, const char *bytes, size_t length,
               const parcheck_allocator *allocator)
{
    size_t first;

    memset(detected, 0, sizeof *detected);
    if (detect_by_mark(detected, bytes, length) ||
        detect_by_zeros(detected, bytes, length))
        return true;
    first = ascii_front(bytes, length);
    detected->charset = PC_UTF_8;
    detected->by = first == length ? PC_BY_ASCII : PC_BY_VALIDITY;
    if (first == length || pc_utf_8_front(bytes, length) == length)
        return true;
    return detect_by_score(detected, bytes, length, first, allocator);
}

void pc_detect_given(pc_detected *detected, pc_charset charset,
                     const char *bytes, size_t length)
{
    memset(detected, 0, sizeof *detected);
    if (charset == PC_UTF_16) {
        charset = PC_UTF_16LE;
        if ((detect_by_mark(detected, bytes, length) ||
             detect_by_zeros(detected, bytes, length)) &&
            detected->charset == PC_UTF_16BE)
            charset = PC_UTF_16BE;
    }
    detected->charset = charset;
    detected->by = PC_BY_OPTION;
    detected->unsure = false;
}
