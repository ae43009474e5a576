/* SHA-256: the examples of FIPS 180-4, and input in pieces. */
#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

#include "runner.h"

static void check_hash(pc_sha256 *hash, const char *expected)
{
    char hex[PC_SHA256_HEX];

    pc_sha256_finish(hash, hex);
    ck_assert_str_eq(hex, expected);
}

static const struct {
    const char *text;
    const char *digest;
} vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb924"
         "27ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223"
            "b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039"
     "a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b049237"
     "0b249b11e8f07a51afac45037afee9d1"},
    {"Xã Hồng Phong", "b6f0869b4eaa0e708015cff70146895c"
                      "16736ce82e32e8aa34353ba08fc3cbb6"},
};

START_TEST(known_texts_have_known_digests)
{
    pc_sha256 hash;

    pc_sha256_init(&hash);
    pc_sha256_add(&hash, vectors[_i].text, strlen(vectors[_i].text));
    check_hash(&hash, vectors[_i].digest);
}
END_TEST

/* A million times 'a', in pieces of a size that is no power of two. */
START_TEST(a_million_letters)
{
    static const size_t sizes[] = {1, 61, 64, 1000, 4099, 1000000};
    const size_t size = sizes[_i];
    size_t left = 1000000;
    char *piece = malloc(size);
    pc_sha256 hash;

    ck_assert_ptr_nonnull(piece);
    memset(piece, 'a', size);
    pc_sha256_init(&hash);
    while (left > 0) {
        size_t take = left < size ? left : size;
        pc_sha256_add(&hash, piece, take);
        left -= take;
    }
    free(piece);
    check_hash(&hash, "cdc76e5c9914fb9281a1c7e284d73e67"
                      "f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

enum { MESSAGE = 200 };

static void fill(unsigned char message[MESSAGE])
{
    for (size_t i = 0; i < MESSAGE; i++)
        message[i] = (unsigned char)(i * 7 + 3);
}

/* The digest of the digests of every front part: the padding at every
 * length of the last block. The expected value was made with Python. */
START_TEST(every_length_is_padded_right)
{
    unsigned char message[MESSAGE];
    pc_sha256 all;

    fill(message);
    pc_sha256_init(&all);
    for (size_t length = 0; length < MESSAGE; length++) {
        char hex[PC_SHA256_HEX];
        pc_sha256 hash;

        pc_sha256_init(&hash);
        pc_sha256_add(&hash, message, length);
        pc_sha256_finish(&hash, hex);
        pc_sha256_add(&all, hex, 64);
    }
    check_hash(&all, "466ee381bbc4a6de34133ad71e2d19bd"
                     "7ac1efe7fbd78829b39564fb7a8e7d20");
}
END_TEST

START_TEST(how_the_input_is_cut_does_not_matter)
{
    unsigned char message[MESSAGE];
    char whole[PC_SHA256_HEX];
    pc_sha256 hash;

    fill(message);
    pc_sha256_init(&hash);
    pc_sha256_add(&hash, message, MESSAGE);
    pc_sha256_finish(&hash, whole);
    for (size_t first = 0; first <= MESSAGE; first++)
        for (size_t second = first; second <= MESSAGE; second += 9) {
            pc_sha256_init(&hash);
            pc_sha256_add(&hash, message, first);
            pc_sha256_add(&hash, message + first, second - first);
            pc_sha256_add(&hash, message + second, MESSAGE - second);
            check_hash(&hash, whole);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sha256");
    TCase *tests = tcase_create("sha256");

    tcase_add_loop_test(tests, known_texts_have_known_digests, 0,
                        sizeof vectors / sizeof *vectors);
    tcase_add_loop_test(tests, a_million_letters, 0, 6);
    tcase_add_test(tests, every_length_is_padded_right);
    tcase_add_test(tests, how_the_input_is_cut_does_not_matter);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
