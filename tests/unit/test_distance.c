/* How far two texts are from each other. */
#include "text/distance.h"

#include <string.h>

#include "runner.h"

static const struct {
    const char *a;
    const char *b;
    size_t distance;
} pairs[] = {
    {"", "", 0},
    {"a", "", 1},
    {"abc", "abc", 0},
    {"abc", "abd", 1},
    {"abc", "ac", 1},
    {"abc", "acb", 2},
    {"kitten", "sitting", 3},
    {"flaw", "lawn", 2},
    {"abcdef", "fedcba", 6},
    {"số", "sô", 1},
    {"đơn vị", "đon vi", 2},
    {"aaaa", "bbbb", 4},
    {"ab", "ba", 2},
    {"abcdefgh", "bcdefghi", 2},
};

/* With every ceiling: the distance itself, or one more than the ceiling. */
START_TEST(distances)
{
    const char *a = pairs[_i].a;
    const char *b = pairs[_i].b;

    for (size_t most = 0; most < 9; most++) {
        size_t expected = pairs[_i].distance <= most ? pairs[_i].distance
                                                     : most + 1;

        ck_assert_uint_eq(pc_text_distance(a, strlen(a), b, strlen(b), most),
                          expected);
        ck_assert_uint_eq(pc_text_distance(b, strlen(b), a, strlen(a), most),
                          expected);
    }
}
END_TEST

/* A sketch may only call far what is far. */
static void check_sketch(const char *a, const char *b)
{
    pc_sketch left = pc_text_sketch(a, strlen(a));
    pc_sketch right = pc_text_sketch(b, strlen(b));

    for (size_t most = 0; most < 9; most++)
        if (pc_sketch_is_far(&left, &right, most) ||
            pc_sketch_is_far(&right, &left, most))
            ck_assert_uint_gt(
                pc_text_distance(a, strlen(a), b, strlen(b), most), most);
}

START_TEST(a_sketch_never_calls_far_what_is_near)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        check_sketch(pairs[_i].a, pairs[i].b);
}
END_TEST

START_TEST(a_sketch_tells_other_labels_apart)
{
    static const char a[] = "số thủ tục cấp tỉnh";
    static const char b[] = "số thủ tục cấp huyện";
    static const char c[] = "số thủ tục cấp tỉnf";
    pc_sketch left = pc_text_sketch(a, strlen(a));
    pc_sketch right = pc_text_sketch(b, strlen(b));
    pc_sketch slip = pc_text_sketch(c, strlen(c));

    ck_assert_uint_eq(left.letters, 19);
    ck_assert(pc_sketch_is_far(&left, &right, 0));
    ck_assert(!pc_sketch_is_far(&left, &slip, 1));
    ck_assert(!pc_sketch_is_far(&left, &left, 0));
}
END_TEST

START_TEST(a_text_that_is_too_long_is_never_near)
{
    static char text[PC_DISTANCE_LETTERS + 2];

    memset(text, 'a', PC_DISTANCE_LETTERS + 1);
    ck_assert_uint_eq(pc_text_distance(text, PC_DISTANCE_LETTERS, text,
                                       PC_DISTANCE_LETTERS, 2),
                      0);
    ck_assert_uint_eq(pc_text_distance(text, PC_DISTANCE_LETTERS + 1, text,
                                       PC_DISTANCE_LETTERS + 1, 2),
                      3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("distance");
    TCase *tests = tcase_create("distance");

    tcase_add_loop_test(tests, distances, 0, sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, a_sketch_never_calls_far_what_is_near, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_test(tests, a_sketch_tells_other_labels_apart);
    tcase_add_test(tests, a_text_that_is_too_long_is_never_near);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
