/* What can be a Vietnamese syllable. */
#include "text/syllable.h"

#include <stddef.h>
#include <uchar.h>

#include "runner.h"
#include "text/letter.h"

static bool is_syllable(const char16_t *word)
{
    uint32_t points[32];
    size_t count = 0;

    while (word[count] != 0) {
        points[count] = word[count];
        count++;
    }
    return pc_is_syllable(points, count);
}

static const char16_t *const syllables[] = {
    u"a",      u"à",       u"ở",     u"ý",     u"y",      u"yêu",   u"yến",
    u"số",     u"lượng",   u"hồ",    u"sơ",    u"đã",     u"tiếp",  u"nhận",
    u"thủ",    u"tục",     u"hành",  u"chính", u"giải",   u"quyết", u"đúng",
    u"hạn",    u"không",   u"báo",   u"nghĩa", u"ngành",  u"quốc",  u"gia",
    u"giữ",    u"gì",      u"giếng", u"giấy",  u"quý",    u"quỹ",   u"quỳnh",
    u"quýt",   u"nghiêng", u"khuya", u"khuỷu", u"khuynh", u"tuyến", u"thuyết",
    u"thuở",   u"huệ",     u"huân",  u"xuất",  u"khuây",  u"hoặc",  u"xoong",
    u"toàn",   u"hoạch",   u"hoài",  u"xoáy",  u"khoẻ",   u"ngoéo", u"kỹ",
    u"kỷ",     u"mười",    u"rượu",  u"hươu",  u"bưu",    u"gửi",   u"lịch",
    u"êm",     u"ếch",     u"ủy",    u"oanh",  u"ước",    u"đặng",  u"phương",
    u"trưởng", u"chuyên",  u"pin",   u"ghế",   u"nghỉ",   u"vượt",  u"ngoằng",
};

/* The tone mark may stand on either vowel. */
static const char16_t *const placements[] = {
    u"hòa", u"hoà", u"thúy", u"thuý", u"ủy", u"uỷ", u"khỏe", u"khoẻ",
};

static const char16_t *const others[] = {
    u"",          u"b",      u"ng",     u"qu",    u"hđ",       u"z",
    u"baûn",      u"vaên",   u"cấpp",   u"được1", u"ệ t",      u"xmã",
    u"été",       u"où",     u"straße", u"für",   u"niño",     u"não\u0301",
    u"số\u0301",  u"hòà",    u"cáć",    u"cac",   u"càc",      u"cảc",
    u"hãp",       u"mật́",    u"tich",   u"đt",    u"ă",        u"â",
    u"ăi",        u"ươ",     u"iê",     u"uô",    u"nghiêngg", u"krông",
    u"chrò",      u"plỗi",   u"ấo",     u"ềi",    u"tiểuu",    u"Số",
    u"ưi\u0323c", u"dươngn", u"ốy",
};

START_TEST(these_are_syllables)
{
    for (size_t i = 0; i < sizeof syllables / sizeof syllables[0]; i++)
        ck_assert_msg(is_syllable(syllables[i]), "number %zu", i);
    for (size_t i = 0; i < sizeof placements / sizeof placements[0]; i++)
        ck_assert_msg(is_syllable(placements[i]), "placement %zu", i);
}
END_TEST

START_TEST(these_are_not)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_msg(!is_syllable(others[i]), "number %zu", i);
}
END_TEST

START_TEST(a_stop_takes_two_tones_only)
{
    static const char16_t *const words[6] = {u"cat", u"càt", u"cát",
                                             u"cảt", u"cãt", u"cạt"};

    for (int tone = PC_TONE_LEVEL; tone <= PC_TONE_DOT; tone++)
        ck_assert_int_eq(is_syllable(words[tone]),
                         tone == PC_TONE_ACUTE || tone == PC_TONE_DOT);
}
END_TEST

START_TEST(vowels_come_apart_and_together)
{
    size_t vowels = 0;

    for (uint32_t point = 0; point < 0x2000; point++) {
        uint32_t letter = 0;
        pc_tone tone = PC_TONE_LEVEL;

        if (!pc_vowel_split(point, &letter, &tone))
            continue;
        vowels++;
        ck_assert_uint_eq(pc_vowel_join(letter, tone), point);
    }
    ck_assert_uint_eq(vowels, 72);
    ck_assert_uint_eq(pc_vowel_join('b', PC_TONE_ACUTE), 0);
    ck_assert_uint_eq(pc_vowel_join(u'á', PC_TONE_ACUTE), 0);
    ck_assert_uint_eq(pc_vowel_join('A', PC_TONE_LEVEL), 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("syllable");
    TCase *c = tcase_create("syllable");

    tcase_add_test(c, these_are_syllables);
    tcase_add_test(c, these_are_not);
    tcase_add_test(c, a_stop_takes_two_tones_only);
    tcase_add_test(c, vowels_come_apart_and_together);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return pc_run_suite(suite());
}
