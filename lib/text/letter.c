#include "text/letter.h"

#include <stddef.h>
#include <uchar.h>

enum { VOWELS = 12, TONES = 6 };

/* One row a letter, its tones in the order of pc_tone. */
static const char16_t vowels[VOWELS][TONES + 1] = {
    u"aàáảãạ", u"ăằắẳẵặ", u"âầấẩẫậ", u"eèéẻẽẹ", u"êềếểễệ", u"iìíỉĩị",
    u"oòóỏõọ", u"ôồốổỗộ", u"ơờớởỡợ", u"uùúủũụ", u"ưừứửữự", u"yỳýỷỹỵ",
};

bool pc_vowel_split(uint32_t point, uint32_t *letter, pc_tone *tone)
{
    for (size_t v = 0; v < VOWELS; v++)
        for (unsigned t = 0; t < TONES; t++)
            if (vowels[v][t] == point) {
                *letter = vowels[v][0];
                *tone = (pc_tone)t;
                return true;
            }
    return false;
}

uint32_t pc_vowel_join(uint32_t letter, pc_tone tone)
{
    for (size_t v = 0; v < VOWELS; v++)
        if (vowels[v][0] == letter)
            return vowels[v][tone];
    return 0;
}
