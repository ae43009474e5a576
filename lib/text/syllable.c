#include "text/syllable.h"

#include <uchar.h>

#include "text/letter.h"

enum { LONGEST = 7 /* nghiêng */, LONGEST_ONSET = 3, LONGEST_NUCLEUS = 3 };

/* "gi" and "qu" are onsets: their vowel letter belongs to the consonant. */
static const char16_t onsets[][LONGEST_ONSET + 1] = {
    u"ngh", u"ch", u"gh", u"gi", u"kh", u"ng", u"nh", u"ph", u"qu", u"th",
    u"tr",  u"b",  u"c",  u"d",  u"đ",  u"g",  u"h",  u"k",  u"l",  u"m",
    u"n",   u"p",  u"r",  u"s",  u"t",  u"v",  u"x",  u"",
};

/* Codas as bits, with the glides i, o, u and y among them. */
enum {
    OPEN = 1 << 0,
    C = 1 << 1,
    CH = 1 << 2,
    I = 1 << 3,
    M = 1 << 4,
    N = 1 << 5,
    NG = 1 << 6,
    NH = 1 << 7,
    O = 1 << 8,
    P = 1 << 9,
    T = 1 << 10,
    U = 1 << 11,
    Y = 1 << 12,
    STOPS = C | CH | P | T
};

static const struct {
    char16_t letters[3];
    unsigned bit;
} codas[] = {
    {u"", OPEN}, {u"c", C},   {u"ch", CH}, {u"i", I}, {u"m", M},
    {u"n", N},   {u"ng", NG}, {u"nh", NH}, {u"o", O}, {u"p", P},
    {u"t", T},   {u"u", U},   {u"y", Y},
};

/* A nucleus with the rounding glide before it, and the codas it takes. */
static const struct {
    char16_t letters[LONGEST_NUCLEUS + 1];
    unsigned codas;
} nuclei[] = {
    {u"a", OPEN | C | CH | I | M | N | NG | NH | O | P | T | U | Y},
    {u"ă", C | M | N | NG | P | T},
    {u"â", C | M | N | NG | P | T | U | Y},
    {u"e", OPEN | C | M | N | NG | O | P | T},
    {u"ê", OPEN | CH | M | N | NH | P | T | U},
    {u"i", OPEN | CH | M | N | NH | P | T | U},
    {u"o", OPEN | C | I | M | N | NG | P | T},
    {u"ô", OPEN | C | I | M | N | NG | P | T},
    {u"ơ", OPEN | I | M | N | P | T},
    {u"u", OPEN | C | I | M | N | NG | P | T},
    {u"ư", OPEN | C | I | M | N | NG | T | U},
    {u"y", OPEN | CH | N | NH | P | T | U},
    {u"ia", OPEN},
    {u"iê", C | M | N | NG | P | T | U},
    {u"yê", M | N | NG | T | U},
    {u"ua", OPEN},
    {u"uô", C | I | M | N | NG | T},
    {u"ưa", OPEN},
    {u"ươ", C | I | M | N | NG | P | T | U},
    {u"oa", OPEN | C | CH | I | M | N | NG | NH | O | P | T | Y},
    {u"oă", C | M | N | NG | T},
    {u"oe", OPEN | N | O | T},
    {u"oo", C | NG},
    {u"uâ", N | NG | T | Y},
    {u"uê", OPEN | CH | N | NH},
    {u"uơ", OPEN},
    {u"uy", OPEN | CH | N | NH | P | T | U},
    {u"uya", OPEN},
    {u"uyê", N | T},
};

/* The length of `front` if the word begins with it, or SIZE_MAX. */
static size_t front_length(const uint32_t *word, size_t count,
                           const char16_t *front)
{
    size_t length = 0;

    while (front[length] != 0) {
        if (length == count || word[length] != front[length])
            return SIZE_MAX;
        length++;
    }
    return length;
}

/* The bit of the coda that the letters are, or 0. */
static unsigned find_coda(const uint32_t *word, size_t count)
{
    for (size_t i = 0; i < sizeof codas / sizeof codas[0]; i++)
        if (front_length(word, count, codas[i].letters) == count)
            return codas[i].bit;
    return 0;
}

/* Whether the letters are a nucleus and a coda that may bear the tone. */
static bool is_rhyme(const uint32_t *word, size_t count, pc_tone tone)
{
    for (size_t i = 0; i < sizeof nuclei / sizeof nuclei[0]; i++) {
        size_t length = front_length(word, count, nuclei[i].letters);
        unsigned coda;

        if (length == SIZE_MAX)
            continue;
        coda = find_coda(word + length, count - length) & nuclei[i].codas;
        if (coda == 0)
            continue;
        return (coda & STOPS) == 0 || tone == PC_TONE_ACUTE ||
               tone == PC_TONE_DOT;
    }
    return false;
}

/* Copies the word without its tone; false if it bears two. */
static bool strip_tone(uint32_t *word, const uint32_t *points, size_t count,
                       pc_tone *tone)
{
    *tone = PC_TONE_LEVEL;
    for (size_t i = 0; i < count; i++) {
        pc_tone one = PC_TONE_LEVEL;

        word[i] = points[i];
        (void)pc_vowel_split(points[i], &word[i], &one);
        if (one == PC_TONE_LEVEL)
            continue;
        if (*tone != PC_TONE_LEVEL)
            return false;
        *tone = one;
    }
    return true;
}

bool pc_is_syllable(const uint32_t *points, size_t count)
{
    uint32_t word[LONGEST];
    pc_tone tone;

    if (count > LONGEST || !strip_tone(word, points, count, &tone))
        return false;
    for (size_t i = 0; i < sizeof onsets / sizeof onsets[0]; i++) {
        size_t length = front_length(word, count, onsets[i]);

        if (length != SIZE_MAX && length < count &&
            is_rhyme(word + length, count - length, tone))
            return true;
    }
    return false;
}
