#include "text/legacy.h"

#include <uchar.h>
#include <utf8proc.h>

#include "text/letter.h"

/* Windows-1252 from 0x80 to 0x9F, for those that leave it so; 0: nothing. */
static const char16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/*
 * TCVN3 from 0xA0. VN3 has the letters without a tone and the lower-case ones
 * with it; its capitals with tones are those letters in another font. What it
 * leaves free is filled from VN2 (tone marks, 0xB0 to 0xB4) and VN1
 * (capitals). Below 0xA0 the ABC fonts are Windows fonts, and so the dashes
 * and quotation marks of Windows-1252 occur among their text.
 */
static const char16_t tcvn3[] = u"\u00A0ĂÂÊÔƠƯĐăâêôơưđẰ"
                                u"\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
                                u"ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
                                u"éẹềểễếệìỉỄẾỒĩíịò"
                                u"Ổỏõóọồổỗốộờởỡớợù"
                                u"ỖủũúụừửữứựỳỷỹýỵỐ";

uint32_t pc_legacy_byte(pc_legacy legacy, unsigned char byte, bool *bad)
{
    uint32_t point = byte;

    if (byte >= 0x80 && byte < 0xA0)
        point = windows_1252[byte - 0x80];
    else if (byte >= 0xA0 && legacy == PC_LEGACY_TCVN3)
        point = tcvn3[byte - 0xA0];
    *bad = point == 0 && byte != 0;
    return point;
}

/*
 * VNI writes a base letter and behind it, as a character of Windows-1252, the
 * tone alone or the shape (circumflex, breve) with the tone. The tables below
 * are the lower case; capitals differ by 0x20 as everywhere in Latin-1.
 * Written after three public sources that agree: the VNI table of the input
 * method xvnkb (vni.h), the comparison of encodings "Bảng đối chiếu encoding
 * các bộ chữ hiện hành với Unicode", and the charset tables of the package
 * vietnamese-conversion.
 */
enum { PLAIN, CIRCUMFLEX, BREVE, SHAPES };

static const struct {
    char16_t base;
    char16_t letters[SHAPES]; /* 0: no such letter */
} vni_bases[] = {
    {u'a', {u'a', u'â', u'ă'}}, {u'e', {u'e', u'ê', 0}},
    {u'o', {u'o', u'ô', 0}},    {u'u', {u'u', 0, 0}},
    {u'y', {u'y', 0, 0}},       {u'ô', {u'ơ', 0, 0}},
    {u'ö', {u'ư', 0, 0}},
};

static const struct {
    char16_t mark;
    unsigned char shape;
    unsigned char tone;
} vni_marks[] = {
    {u'ø', PLAIN, PC_TONE_GRAVE},      {u'ù', PLAIN, PC_TONE_ACUTE},
    {u'û', PLAIN, PC_TONE_HOOK},       {u'õ', PLAIN, PC_TONE_TILDE},
    {u'ï', PLAIN, PC_TONE_DOT},        {u'â', CIRCUMFLEX, PC_TONE_LEVEL},
    {u'à', CIRCUMFLEX, PC_TONE_GRAVE}, {u'á', CIRCUMFLEX, PC_TONE_ACUTE},
    {u'å', CIRCUMFLEX, PC_TONE_HOOK},  {u'ã', CIRCUMFLEX, PC_TONE_TILDE},
    {u'ä', CIRCUMFLEX, PC_TONE_DOT},   {u'ê', BREVE, PC_TONE_LEVEL},
    {u'è', BREVE, PC_TONE_GRAVE},      {u'é', BREVE, PC_TONE_ACUTE},
    {u'ú', BREVE, PC_TONE_HOOK},       {u'ü', BREVE, PC_TONE_TILDE},
    {u'ë', BREVE, PC_TONE_DOT},
};

/* Letters that are one character by themselves; í and ì are what they are. */
static const char16_t vni_singles[][2] = {
    {u'ô', u'ơ'}, {u'ö', u'ư'}, {u'æ', u'ỉ'}, {u'ó', u'ĩ'},
    {u'ò', u'ị'}, {u'î', u'ỵ'}, {u'ñ', u'đ'},
};

static uint32_t lower(uint32_t point)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

static uint32_t upper(uint32_t point)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)point);
}

/* `letter` in the case of `model`. */
static uint32_t like(uint32_t letter, uint32_t model)
{
    return lower(model) == model ? letter : upper(letter);
}

static uint32_t vni_single(uint32_t point)
{
    uint32_t small = lower(point);

    for (size_t i = 0; i < sizeof vni_singles / sizeof vni_singles[0]; i++)
        if (vni_singles[i][0] == small)
            return like(vni_singles[i][1], point);
    return point;
}

/* The base with the shape of a mark; 0 if it has no such shape. */
static uint32_t vni_letter(uint32_t base, unsigned shape)
{
    for (size_t i = 0; i < sizeof vni_bases / sizeof vni_bases[0]; i++)
        if (vni_bases[i].base == base)
            return vni_bases[i].letters[shape];
    return 0;
}

/* The letter that both make, or 0. Base and mark may differ in case, because
 * a spreadsheet turns the first letter of a word only into a capital. */
static uint32_t vni_pair(uint32_t base, uint32_t mark)
{
    uint32_t small = lower(mark);

    for (size_t i = 0; i < sizeof vni_marks / sizeof vni_marks[0]; i++)
        if (vni_marks[i].mark == small) {
            uint32_t letter = vni_letter(lower(base), vni_marks[i].shape);
            pc_tone tone = (pc_tone)vni_marks[i].tone;

            return letter != 0 ? like(pc_vowel_join(letter, tone), base) : 0;
        }
    return 0;
}

/* Without the font for capitals, TCVN3 writes one as the letter without a
 * tone, which has a capital, and the lower-case letter with it: "Aà" is À. */
static uint32_t tcvn3_pair(uint32_t capital, uint32_t toned)
{
    uint32_t letter;
    pc_tone tone;

    if (!pc_vowel_split(toned, &letter, &tone) || tone == PC_TONE_LEVEL ||
        lower(capital) != letter || capital == letter)
        return 0;
    return upper(toned);
}

uint32_t pc_legacy_single(pc_legacy legacy, uint32_t point)
{
    return legacy == PC_LEGACY_VNI ? vni_single(point) : point;
}

uint32_t pc_legacy_pair(pc_legacy legacy, uint32_t first, uint32_t second)
{
    if (first == 0 || second < 0x80)
        return 0;
    return legacy == PC_LEGACY_VNI ? vni_pair(first, second)
                                   : tcvn3_pair(first, second);
}
