/* Schemas from a folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "runner.h"

#define EDITION FIXTURE_EDITION "1,1,a,Alpha,,count,,\n"
#define UNITS FIXTURE_EDITION "1,1,stt,Code,,text,,\n1,2,u,U,,count,,\n"
#define ROLES FIXTURE_ROLES "head,I,,Đầu,Head\n"

static char root[] = "folder-XXXXXX";
static char made[32][128]; /* files and folders, in the order of making */
static size_t made_count;

static void setup(void)
{
    strcpy(root, "folder-XXXXXX");
    made_count = 0;
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static void teardown(void)
{
    while (made_count > 0)
        (void)remove(made[--made_count]);
    ck_assert_int_eq(rmdir(root), 0);
}

/* A path below the folder of the test, to be removed behind it. */
static const char *path_of(const char *name)
{
    static char path[128];

    (void)snprintf(path, sizeof path, "%s%s%s", root, name[0] ? "/" : "", name);
    return path;
}

static void make_folder(const char *name)
{
    strcpy(made[made_count++], path_of(name));
    ck_assert_int_eq(mkdir(path_of(name), 0700), 0);
}

static void make_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "wb");

    strcpy(made[made_count++], path_of(name));
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

static parcheck_schema *load(const char *name)
{
    parcheck_schema *schema;
    parcheck_error error = {0};

    ck_assert_msg(parcheck_schema_load_folder(&schema, path_of(name), NULL,
                                              &error) == PARCHECK_OK,
                  "%s: %s", error.source, error.en);
    return schema;
}

static void expect_failure(const char *name, parcheck_status status,
                           const char *source, size_t line, const char *en)
{
    parcheck_schema *schema;
    parcheck_error error;

    memset(&error, 0x5A, sizeof error);
    schema = (parcheck_schema *)&error;
    ck_assert_int_eq(
        parcheck_schema_load_folder(&schema, path_of(name), NULL, &error),
        status);
    ck_assert_ptr_null(schema);
    ck_assert_int_eq(error.status, status);
    ck_assert_str_eq(error.en, en);
    ck_assert_str_eq(error.source, path_of(source));
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_gt(strlen(error.vi), 0);
    ck_assert_int_eq(
        parcheck_schema_load_folder(&schema, path_of(name), NULL, NULL),
        status);
}

static void make_family(void)
{
    make_folder("fam");
    make_file("fam/e-1.csv", EDITION);
    make_file("fam/rules.csv", FIXTURE_RULES "r,a = 1,error,VI,EN,B\n");
}

static void expect_family(const char *folder)
{
    parcheck_schema *schema = load(folder);
    const parcheck_family *family = parcheck_schema_family(schema, 0);

    ck_assert_uint_eq(parcheck_schema_family_count(schema), 1);
    ck_assert_str_eq(parcheck_family_name(family), "fam");
    ck_assert_uint_eq(parcheck_family_rule_count(family), 1);
    ck_assert_uint_eq(parcheck_family_edition_count(family), 1);
    ck_assert_str_eq(parcheck_edition_name(parcheck_family_edition(family, 0)),
                     "e-1");
    parcheck_schema_free(schema);
}

START_TEST(a_folder_that_is_a_family)
{
    make_family();
    expect_family("fam");
    expect_family("fam/");
    expect_family("fam///");
}
END_TEST

START_TEST(a_family_in_the_current_folder_has_its_name)
{
    char before[1024];

    make_family();
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(root), 0);
    for (size_t i = 0; i < 2; i++) {
        parcheck_schema *schema;

        ck_assert_int_eq(parcheck_schema_load_folder(
                             &schema, i == 0 ? "fam" : "./fam/", NULL, NULL),
                         PARCHECK_OK);
        ck_assert_str_eq(
            parcheck_family_name(parcheck_schema_family(schema, 0)), "fam");
        parcheck_schema_free(schema);
    }
    ck_assert_int_eq(chdir(before), 0);
}
END_TEST

START_TEST(a_folder_of_families)
{
    parcheck_schema *schema;

    make_family();
    make_folder("units");
    make_file("units/e.csv", UNITS);
    make_file("units/roles.csv", ROLES);
    make_file("units/rules.csv", FIXTURE_RULES "r,u = 1,error,VI,EN,B\n");
    schema = load("");
    ck_assert_uint_eq(parcheck_schema_family_count(schema), 2);
    ck_assert_str_eq(parcheck_family_name(parcheck_schema_family(schema, 0)),
                     "fam");
    ck_assert_str_eq(parcheck_family_name(parcheck_schema_family(schema, 1)),
                     "units");
    parcheck_schema_free(schema);
}
END_TEST

/* Whatever else an office keeps beside its tables. */
START_TEST(other_files_are_left_alone)
{
    make_family();
    make_file("notes.txt", "notes");
    make_file("stray.csv", "no table");
    make_file("fam/README.md", "notes");
    make_file("fam/e-1.csv~", "an old copy");
    make_file("fam/.hidden.csv", "no table");
    make_file("fam/.csv", "no table");
    make_folder("fam/old.csv");
    make_folder("drafts");
    make_file("drafts/e.csv", "no table");
    expect_family("");
    expect_family("fam");
}
END_TEST

/* The digest is the one of the same tables in memory. */
START_TEST(a_folder_and_memory_give_the_same_digest)
{
    static const fixture_table tables[] = {
        {"fam", "rules.csv", FIXTURE_RULES "r,a = 1,error,VI,EN,B\n"},
        {"fam", "e-1.csv", EDITION}};
    parcheck_schema *memory = fixture_load(tables, 2);
    parcheck_schema *folder;

    make_family();
    folder = load("fam");
    ck_assert_str_eq(parcheck_edition_digest(parcheck_family_edition(
                         parcheck_schema_family(folder, 0), 0)),
                     parcheck_edition_digest(parcheck_family_edition(
                         parcheck_schema_family(memory, 0), 0)));
    parcheck_schema_free(folder);
    parcheck_schema_free(memory);
}
END_TEST

START_TEST(the_source_folder_is_the_built_in_schema)
{
    parcheck_schema *builtin = fixture_builtin();
    parcheck_schema *folder;

    ck_assert_int_eq(parcheck_schema_load_folder(
                         &folder, PARCHECK_SOURCE_DIR "/schemas", NULL, NULL),
                     PARCHECK_OK);
    ck_assert_uint_eq(parcheck_schema_family_count(folder),
                      parcheck_schema_family_count(builtin));
    for (size_t i = 0; i < parcheck_schema_family_count(folder); i++) {
        const parcheck_family *a = parcheck_schema_family(folder, i);
        const parcheck_family *b = parcheck_schema_family(builtin, i);

        ck_assert_str_eq(parcheck_family_name(a), parcheck_family_name(b));
        ck_assert_uint_eq(parcheck_family_edition_count(a),
                          parcheck_family_edition_count(b));
        for (size_t k = 0; k < parcheck_family_edition_count(a); k++)
            ck_assert_str_eq(
                parcheck_edition_digest(parcheck_family_edition(a, k)),
                parcheck_edition_digest(parcheck_family_edition(b, k)));
    }
    parcheck_schema_free(folder);
    parcheck_schema_free(builtin);
}
END_TEST

START_TEST(folders_that_are_not_there)
{
    make_file("file", "text");
    expect_failure("nowhere", PARCHECK_EIO, "nowhere", 0, "not found");
    expect_failure("file", PARCHECK_EIO, "file", 0, "not found");
    expect_failure("file/below", PARCHECK_EIO, "file/below", 0, "not found");
}
END_TEST

START_TEST(folders_without_a_family)
{
    static const char en[] = "the folder holds no family (no rules.csv)";

    make_folder("empty");
    make_folder("other");
    make_file("other/e.csv", EDITION);
    make_folder("deep");
    make_folder("deep/deeper");
    make_folder("deep/deeper/fam");
    make_file("deep/deeper/fam/rules.csv", FIXTURE_RULES);
    expect_failure("empty", PARCHECK_ESCHEMA, "empty", 0, en);
    expect_failure("other", PARCHECK_ESCHEMA, "other", 0, en);
    expect_failure("deep", PARCHECK_ESCHEMA, "deep", 0, en);
    expect_failure("", PARCHECK_ESCHEMA, "", 0, en);
}
END_TEST

START_TEST(a_wrong_table_is_named_by_its_path)
{
    make_family();
    make_file("fam/f.csv", FIXTURE_EDITION "1,1,a,Alpha,,count,,\n"
                                           "1,1,b,Beta,,count,,\n");
    expect_failure("", PARCHECK_ESCHEMA, "fam/f.csv", 3,
                   "the code “1” stands twice in form 1");
    expect_failure("fam", PARCHECK_ESCHEMA, "fam/f.csv", 3,
                   "the code “1” stands twice in form 1");
}
END_TEST

START_TEST(rules_alone_are_no_family)
{
    parcheck_schema *schema;
    parcheck_error error;

    make_folder("bare");
    make_file("bare/rules.csv", FIXTURE_RULES);
    ck_assert_int_eq(
        parcheck_schema_load_folder(&schema, path_of("bare"), NULL, &error),
        PARCHECK_ESCHEMA);
    ck_assert_str_eq(error.en,
                     "a family needs rules.csv and at least one edition");
    ck_assert_str_eq(error.source, "bare");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("folder");
    TCase *tests = tcase_create("folder");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_folder_that_is_a_family);
    tcase_add_test(tests, a_family_in_the_current_folder_has_its_name);
    tcase_add_test(tests, a_folder_of_families);
    tcase_add_test(tests, other_files_are_left_alone);
    tcase_add_test(tests, a_folder_and_memory_give_the_same_digest);
    tcase_add_test(tests, the_source_folder_is_the_built_in_schema);
    tcase_add_test(tests, folders_that_are_not_there);
    tcase_add_test(tests, folders_without_a_family);
    tcase_add_test(tests, a_wrong_table_is_named_by_its_path);
    tcase_add_test(tests, rules_alone_are_no_family);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
