/* Which delimiter a text uses. */
#include "csv/dialect.h"

#include <string.h>

#include "runner.h"

static const struct {
    const char *text;
    char given;
    char delimiter;
    pc_dialect_source source;
    size_t skip;
} texts[] = {
    {"", 0, ',', PC_DIALECT_DEFAULT, 0},
    {"a\nb\n", 0, ',', PC_DIALECT_DEFAULT, 0},
    {"a,b\nc,d\n", 0, ',', PC_DIALECT_COUNTED, 0},
    {"a;b\nc;d\n", 0, ';', PC_DIALECT_COUNTED, 0},
    {"a\tb\r\nc\td\r\n", 0, '\t', PC_DIALECT_COUNTED, 0},
    {"a;b\rc;d\r", 0, ';', PC_DIALECT_COUNTED, 0},
    /* a decimal comma in some cells, a semicolon in all records */
    {"x;1,5\ny;2,5\nz;3\n", 0, ';', PC_DIALECT_COUNTED, 0},
    {"x;1,5;a\ny;2,5;b\n", 0, ';', PC_DIALECT_COUNTED, 0},
    /* what is quoted divides nothing */
    {"\"a;b;c\",1\n\"d;e;f\",2\n", 0, ',', PC_DIALECT_COUNTED, 0},
    {"\"a\n;b\";1\n\"c,\n\";2\n", 0, ';', PC_DIALECT_COUNTED, 0},
    {"sep=;\na,b;c\n", 0, ';', PC_DIALECT_SEP, 6},
    {"SEP=\t\r\na,b\n", 0, '\t', PC_DIALECT_SEP, 7},
    {"sep=|\ra,b\n", 0, '|', PC_DIALECT_SEP, 6},
    {"sep=;;\na,b\n", 0, ';', PC_DIALECT_COUNTED, 0},
    {"sep=\na,b\n", 0, ',', PC_DIALECT_COUNTED, 0},
    {"a,b\nc,d\n", ';', ';', PC_DIALECT_GIVEN, 0},
    {"sep=;\na,b;c\n", ',', ',', PC_DIALECT_GIVEN, 6},
};

START_TEST(delimiters)
{
    pc_dialect d = pc_dialect_find(texts[_i].text, strlen(texts[_i].text),
                                   texts[_i].given);

    ck_assert_int_eq(d.delimiter, texts[_i].delimiter);
    ck_assert_int_eq(d.source, texts[_i].source);
    ck_assert_uint_eq(d.skip, texts[_i].skip);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dialect");
    TCase *tests = tcase_create("dialect");

    tcase_add_loop_test(tests, delimiters, 0, sizeof texts / sizeof *texts);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
