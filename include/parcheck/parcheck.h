/*
 * parcheck - checks official statistics for internal consistency
 *
 * SPDX-License-Identifier: MIT
 *
 * This header is the whole public interface and its manual; parcheck(3) is
 * made from it. docs/API-STABILITY.md says how it may change.
 *
 *     parcheck_schema *schema = NULL;
 *     parcheck_report *report = NULL;
 *     parcheck_error error;
 *     parcheck_input input;
 *
 *     parcheck_input_init(&input, sizeof input);
 *     input.path = "quarter.csv";
 *     if (parcheck_schema_load_builtin(&schema, NULL, &error) == PARCHECK_OK &&
 *         parcheck_validate(&report, schema, &input, 1, NULL, &error) ==
 *             PARCHECK_OK)
 *         ... read the report ...
 *     parcheck_report_free(report);
 *     parcheck_schema_free(schema);
 *
 * Conventions, for every function unless its own comment says otherwise:
 *
 *   Results     A function that can fail returns a parcheck_status; what it
 *               makes comes back through its first parameter, which is set
 *               to NULL when it fails. A status says that the run could not
 *               be done. What is wrong with the data is never a status: it
 *               is a finding of the report. Any function that returns a
 *               status can fail with PARCHECK_ENOMEM.
 *   Errors      `error` may be NULL. If it is not, it is filled when the
 *               status is not PARCHECK_OK and left alone otherwise.
 *   Ownership   What comes back through a first parameter belongs to the
 *               caller, who gives it back with the `_free` of its type, once
 *               and in any order: a report does not need its schema to be
 *               freed. `_free(NULL)` does nothing. Every pointer that a
 *               function returns is borrowed: it lives as long as the object
 *               it was taken from, and what names a schema's things (rules,
 *               editions, indicators) as long as the schema. Arguments are
 *               only borrowed for the time of the call, unless the comment
 *               of the function says that something must outlive it.
 *   Arguments   No pointer may be NULL unless the comment of the function or
 *               field allows it.
 *   Text        UTF-8, terminated by a zero byte. A literal of a cell is
 *               the text of the field without the blanks around it.
 *   Numbers     Sizes and lengths are in bytes, without the zero at the end.
 *               An `int` that answers a question is 0 or 1. Values of the
 *               data are never floating point: they are texts.
 *   Indexes     Start at 0 and must be below the count that belongs to
 *               them; otherwise the function returns NULL or 0. Lines and
 *               columns start at 1; 0 stands for "no place".
 *   Enumerations
 *               Are as large as `int`, with fixed numbers. New values may be
 *               added behind the last one of each: treat a number that you do
 *               not know as "something else". A number that the library does
 *               not know has the name "" and no text.
 *   Callbacks   Are called from the thread that made the call, and get the
 *               `context` that was given with them. They return 0 to go on.
 *               They may call any function on other objects, and must return:
 *               neither longjmp() nor an exception may pass through.
 *   Versions    A struct that begins with `size` may get fields at its end.
 *               Its `_init` takes the size of the struct that the caller was
 *               compiled with, writes no more than that, and notes it in
 *               `size`. A library that knows more fields gives those the
 *               caller lacks their defaults; a size that is 0, or larger
 *               than what the library knows, is PARCHECK_EINVAL.
 *   Threads     There is no global state. A schema and a report never change
 *               once they are made: any number of threads may use one. An
 *               object that is not `const` in a function is for one thread
 *               at a time. The allocator and the callbacks must stand as many
 *               threads as call.
 *   Environment Nothing reads the environment or the locale, prints, exits
 *               or aborts. The same input gives the same report, to the
 *               byte, whatever the order in which inputs are given.
 */
#ifndef PARCHECK_PARCHECK_H
#define PARCHECK_PARCHECK_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(PARCHECK_BUILDING)
#define PARCHECK_API __declspec(dllexport)
#elif defined(_WIN32) && !defined(PARCHECK_STATIC)
#define PARCHECK_API __declspec(dllimport)
#elif defined(__GNUC__)
#define PARCHECK_API __attribute__((visibility("default")))
#else
#define PARCHECK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- version ---------------------------------------------------------- */

/* The version that a program is compiled against. */
#define PARCHECK_VERSION_MAJOR 0
#define PARCHECK_VERSION_MINOR 1
#define PARCHECK_VERSION_PATCH 0
#define PARCHECK_VERSION "0.1.0"

/* The same as one number that grows, for #if: 100 is 0.1.0. */
#define PARCHECK_VERSION_NUMBER                                                \
    (PARCHECK_VERSION_MAJOR * 10000 + PARCHECK_VERSION_MINOR * 100 +           \
     PARCHECK_VERSION_PATCH)

/* The version of the library that runs, such as "0.1.0"; compare it with
 * PARCHECK_VERSION, the version that was compiled against. */
PARCHECK_API const char *parcheck_version(void);

/* ---- status and error -------------------------------------------------- */

/* Why a run could not be done. */
typedef enum parcheck_status {
    PARCHECK_OK = 0,
    PARCHECK_ENOMEM = 1,    /* the allocator returned NULL */
    PARCHECK_EINVAL = 2,    /* an argument or option makes no sense */
    PARCHECK_EIO = 3,       /* a file or folder cannot be opened or read */
    PARCHECK_ESCHEMA = 4,   /* a schema table or a rule is wrong */
    PARCHECK_EWRITE = 5,    /* the write callback returned non-zero */
    PARCHECK_ECANCELLED = 6 /* the progress callback returned non-zero */
} parcheck_status;

/* A fixed name such as "out of memory"; "unknown status" for any other number.
 */
PARCHECK_API const char *parcheck_status_name(parcheck_status status);

/* Where and why a run could not be done. Owned by the caller, who need not
 * initialise it; all texts are UTF-8, terminated, without control characters,
 * and cut at the end, between two characters, if too long. This struct, the
 * allocator and the table do not change: they have no `size`. */
typedef struct parcheck_error {
    parcheck_status status;
    size_t line;      /* in `source`, 0 if there is none */
    size_t column;    /* for a rule: the byte of its `check` text, from 1 */
    char source[256]; /* file, folder or table, "" if there is none */
    char vi[512];     /* what happened, in Vietnamese, without the place */
    char en[512];     /* the same in English */
} parcheck_error;

/* ---- memory ------------------------------------------------------------ */

/*
 * Where all memory comes from. `resize` works like realloc(): `block` is
 * NULL for a new block; it returns NULL if it cannot, and then `block` stays
 * valid. `release` works like free() and accepts NULL. Both get `context`.
 * Blocks are aligned for any type. A NULL allocator stands for realloc() and
 * free() of the C library. The struct is copied; `context` must outlive
 * everything that was made with it. The two functions must not fail in any
 * other way, nor call the library.
 */
typedef struct parcheck_allocator {
    void *(*resize)(void *context, void *block, size_t size);
    void (*release)(void *context, void *block);
    void *context;
} parcheck_allocator;

/* ---- schemas ----------------------------------------------------------- */

/* A set of form families with their editions and rules, compiled. */
typedef struct parcheck_schema parcheck_schema;
/* One family (such as `cchc`, the seven forms), borrowed from a schema. */
typedef struct parcheck_family parcheck_family;
/* One edition of a family: the rows of one province's guidance. */
typedef struct parcheck_edition parcheck_edition;
/* One row of an edition. */
typedef struct parcheck_indicator parcheck_indicator;
/* One rule of a family. */
typedef struct parcheck_rule parcheck_rule;

/* One schema table in memory: the bytes of `family`/`file`. */
typedef struct parcheck_table {
    const char *family; /* lower-case name, such as "cchc" */
    const char *file;   /* "rules.csv", "roles.csv", "family.csv" or the
                           name of an edition followed by ".csv" */
    const void *data;   /* UTF-8 CSV; may be NULL if length is 0 */
    size_t length;      /* in bytes */
} parcheck_table;

/*
 * Loads the schemas that are built into the library, a folder, or tables in
 * memory. docs/SCHEMA.md describes the tables.
 *
 * `folder` is either one family (it holds rules.csv) or holds one folder for
 * each family; what it holds replaces the built-in schemas.
 *
 * Fails with PARCHECK_EIO if the folder or a file in it cannot be read, and
 * with PARCHECK_ESCHEMA for the first thing that is not a schema: `source`
 * is then the table, `line` the line on which its record begins and
 * `column` the field (for a rule: the byte of the check).
 */
PARCHECK_API parcheck_status parcheck_schema_load_builtin(
    parcheck_schema **schema, const parcheck_allocator *allocator,
    parcheck_error *error);
PARCHECK_API parcheck_status parcheck_schema_load_folder(
    parcheck_schema **schema, const char *folder,
    const parcheck_allocator *allocator, parcheck_error *error);
PARCHECK_API parcheck_status parcheck_schema_load_tables(
    parcheck_schema **schema, const parcheck_table *tables, size_t count,
    const parcheck_allocator *allocator, parcheck_error *error);
/* No report made with the schema may be read or written after this, only
 * freed. */
PARCHECK_API void parcheck_schema_free(parcheck_schema *schema);

/* The families, in the order of their names. */
PARCHECK_API size_t parcheck_schema_family_count(const parcheck_schema *schema);
PARCHECK_API const parcheck_family *
parcheck_schema_family(const parcheck_schema *schema, size_t index);

/* The first edition with a name, which may say the family as well:
 * "gia-lai-2022" or "cchc/gia-lai-2022". NULL if there is none. */
PARCHECK_API const parcheck_edition *
parcheck_schema_edition(const parcheck_schema *schema, const char *name);

/* The languages in which a message can be had. Any other number stands for
 * Vietnamese. */
typedef enum parcheck_language {
    PARCHECK_VIETNAMESE = 0,
    PARCHECK_ENGLISH = 1
} parcheck_language;

/* The name ("cchc"), by which tables and editions are found, and the title for
 * people. */
PARCHECK_API const char *parcheck_family_name(const parcheck_family *family);
PARCHECK_API const char *parcheck_family_title(const parcheck_family *family,
                                               parcheck_language language);
/* The version of the tables, a whole number as text; "" if they give none. */
PARCHECK_API const char *parcheck_family_version(const parcheck_family *family);
/* The editions, in the order of their names, and the rules, in the order of
 * their table. */
PARCHECK_API size_t
parcheck_family_edition_count(const parcheck_family *family);
PARCHECK_API const parcheck_edition *
parcheck_family_edition(const parcheck_family *family, size_t index);
PARCHECK_API size_t parcheck_family_rule_count(const parcheck_family *family);
PARCHECK_API const parcheck_rule *
parcheck_family_rule(const parcheck_family *family, size_t index);

/* The roles that a line of a table can have (docs/SCHEMA.md, roles.csv); none
 * in a family of forms. The code is what stands in the column `stt`, "#" for
 * any whole number. */
PARCHECK_API size_t parcheck_family_role_count(const parcheck_family *family);
PARCHECK_API const char *
parcheck_family_role_name(const parcheck_family *family, size_t index);
PARCHECK_API const char *
parcheck_family_role_code(const parcheck_family *family, size_t index);
PARCHECK_API const char *
parcheck_family_role_title(const parcheck_family *family, size_t index,
                           parcheck_language language);

/* The name ("gia-lai-2022") and the family it is one of. */
PARCHECK_API const char *parcheck_edition_name(const parcheck_edition *edition);
PARCHECK_API const parcheck_family *
parcheck_edition_family(const parcheck_edition *edition);
/* "sha256:" and 64 hexadecimal digits over the names and bytes of all tables
 * that this edition is judged by. */
PARCHECK_API const char *
parcheck_edition_digest(const parcheck_edition *edition);
/* The rows, in the order of the forms. */
PARCHECK_API size_t
parcheck_edition_indicator_count(const parcheck_edition *edition);
PARCHECK_API const parcheck_indicator *
parcheck_edition_indicator(const parcheck_edition *edition, size_t index);
/* The row with a machine name, or NULL. */
PARCHECK_API const parcheck_indicator *
parcheck_edition_indicator_named(const parcheck_edition *edition,
                                 const char *name);
/* 1 if the edition has every indicator of its family that the rule names,
 * and both are of one family; 0 otherwise. */
PARCHECK_API int parcheck_edition_applies(const parcheck_edition *edition,
                                          const parcheck_rule *rule);

/* What kind of value a row asks for. */
typedef enum parcheck_kind {
    PARCHECK_COUNT = 0,   /* a whole number from 0 up */
    PARCHECK_AMOUNT = 1,  /* a rounded quantity from 0 up, such as money */
    PARCHECK_PERCENT = 2, /* a rounded percentage from 0 to 100 */
    PARCHECK_CHOICE = 3,  /* one of a list of codes */
    PARCHECK_TEXT = 4,    /* not a number; no rule can use it */
    PARCHECK_GROUP = 5    /* a heading without a value of its own */
} parcheck_kind;

/* The name of a kind as the tables write it, such as "count". */
PARCHECK_API const char *parcheck_kind_name(parcheck_kind kind);

/* The machine name, which all editions share ("inspection_total"), and the
 * form that the row stands in ("3"). */
PARCHECK_API const char *
parcheck_indicator_name(const parcheck_indicator *indicator);
PARCHECK_API const char *
parcheck_indicator_form(const parcheck_indicator *indicator);
/* The code (STT) that the edition prints, "" for a row without one. */
PARCHECK_API const char *
parcheck_indicator_code(const parcheck_indicator *indicator);
/* What the edition prints: the label, and the unit of measure or "". */
PARCHECK_API const char *
parcheck_indicator_label(const parcheck_indicator *indicator);
PARCHECK_API const char *
parcheck_indicator_unit(const parcheck_indicator *indicator);
/* What a value of the row is. */
PARCHECK_API parcheck_kind
parcheck_indicator_kind(const parcheck_indicator *indicator);
/* Who reports the row: "province", "district", "commune", "none" or "". */
PARCHECK_API const char *
parcheck_indicator_level(const parcheck_indicator *indicator);
/* The list of codes as the table writes it, "" if there is none. */
PARCHECK_API const char *
parcheck_indicator_choices(const parcheck_indicator *indicator);

/* How much a finding weighs. Only an error makes a submission wrong. */
typedef enum parcheck_severity {
    PARCHECK_ERROR = 0,
    PARCHECK_WARNING = 1,
    PARCHECK_NOTE = 2
} parcheck_severity;

/* "error", "warning" or "note". */
PARCHECK_API const char *parcheck_severity_name(parcheck_severity severity);

/* The stable id, such as "received-accounted-for"; no two rules of a family
 * share one. */
PARCHECK_API const char *parcheck_rule_id(const parcheck_rule *rule);
/* The rule in the rule language, as its table writes it. */
PARCHECK_API const char *parcheck_rule_check(const parcheck_rule *rule);
/* What a finding weighs when the rule fails. */
PARCHECK_API parcheck_severity
parcheck_rule_severity(const parcheck_rule *rule);
/* One sentence that says what must hold. */
PARCHECK_API const char *parcheck_rule_text(const parcheck_rule *rule,
                                            parcheck_language language);
/* The form and row on which the rule rests: its source. */
PARCHECK_API const char *parcheck_rule_basis(const parcheck_rule *rule);
/* The family whose units it judges. */
PARCHECK_API const parcheck_family *
parcheck_rule_family(const parcheck_rule *rule);

/* Of which unit an indicator in a rule is meant. */
typedef enum parcheck_reach {
    PARCHECK_REACH_OWN = 0,        /* the unit that is judged: `x` */
    PARCHECK_REACH_ROLE = 1,       /* the one unit with a role: `x@role` */
    PARCHECK_REACH_CHILDREN = 2,   /* all below it: `children(x)` */
    PARCHECK_REACH_PREVIOUS = 3,   /* it earlier in the year: `previous(x)` */
    PARCHECK_REACH_YEAR_BEFORE = 4 /* a year ago: `year_before(x)` */
} parcheck_reach;

/* The indicators that a rule names: each once, those of what must hold first,
 * its left side in front, and behind them those of its condition alone. */
PARCHECK_API size_t parcheck_rule_indicator_count(const parcheck_rule *rule);
PARCHECK_API const char *parcheck_rule_indicator_name(const parcheck_rule *rule,
                                                      size_t index);
/* The family it belongs to: a rule can name a role of another family. */
PARCHECK_API const parcheck_family *
parcheck_rule_indicator_family(const parcheck_rule *rule, size_t index);
PARCHECK_API parcheck_reach
parcheck_rule_indicator_reach(const parcheck_rule *rule, size_t index);
/* The role, or NULL where none is named. */
PARCHECK_API const char *parcheck_rule_indicator_role(const parcheck_rule *rule,
                                                      size_t index);

/* ---- the codes of findings ---------------------------------------------- */

/* Every code that a finding can have, in a fixed order; each of its texts is
 * whole sentences. New codes may be added. */
PARCHECK_API size_t parcheck_code_count(void);
/* Such as "row.duplicate". */
PARCHECK_API const char *parcheck_code_name(size_t index);
/* That of its findings; for "rule.fails" the rule says it. */
PARCHECK_API parcheck_severity parcheck_code_severity(size_t index);
/* What was found, and what was made of it. */
PARCHECK_API const char *parcheck_code_text(size_t index,
                                            parcheck_language language);
/* What to do about it. */
PARCHECK_API const char *parcheck_code_advice(size_t index,
                                              parcheck_language language);
/* How it comes about. */
PARCHECK_API const char *parcheck_code_example(size_t index,
                                               parcheck_language language);

/* ---- a run ------------------------------------------------------------- */

/*
 * Where one file of a submission comes from: exactly one of `path`, `data`
 * and `read` is set. Initialise with parcheck_input_init(); the inputs of one
 * call have the same size.
 */
typedef struct parcheck_input {
    size_t size;      /* sizeof(parcheck_input) */
    const char *name; /* for the report; NULL: `path`, or "-" without one */
    const char *path; /* a file, as open() takes it; closed by the call */
    const void *data; /* the bytes of a file, borrowed for the call */
    size_t length;    /* of `data`, in bytes */
    /* Fills `buffer` with up to `size` bytes, at most 64 KiB at a time, and
     * sets `*got`; `*got` = 0 means the end. Returns 0, or anything else to
     * report a read error (PARCHECK_EIO). */
    int (*read)(void *context, void *buffer, size_t size, size_t *got);
    void *context; /* for `read` */
} parcheck_input;

/* Sets `size` to the given one, sizeof(parcheck_input), all else to nothing. */
PARCHECK_API void parcheck_input_init(parcheck_input *input, size_t size);

/*
 * How to run. Initialise with parcheck_options_init(); a NULL pointer to
 * options stands for the defaults below.
 *
 * A ceiling that is reached is reported as a finding `limit.*`: what lies
 * beyond it was not checked.
 */
typedef struct parcheck_options {
    size_t size;                         /* sizeof(parcheck_options) */
    const parcheck_allocator *allocator; /* NULL: the C library's */
    /* An edition's name ("gia-lai-2022" or "cchc/gia-lai-2022"), or NULL to
     * choose the one that fits codes and labels best. Families that have no
     * edition of that name still find theirs by themselves; PARCHECK_EINVAL
     * if no family has it. */
    const char *edition;
    /* The encoding of all inputs by name ("UTF-8", "TCVN3", "windows-1258",
     * ...; docs/ENCODINGS.md lists them), or NULL to find it for each. */
    const char *encoding;
    /* "form", "table", "series" or "long", or NULL to find it for each. */
    const char *layout;
    char delimiter;         /* of fields, ASCII; 0 to find it for each input */
    size_t max_file_bytes;  /* of one input; default 256 MiB */
    size_t max_field_bytes; /* of one field; default 1 MiB */
    size_t max_fields;      /* in one record; default 4096 */
    size_t max_records;     /* in one input; default 5,000,000 */
    size_t max_findings;    /* of one code, in one run; default 10,000 */
    /*
     * Called again and again while the run goes on, from the thread that
     * called, at least once for some 1000 records or rules: `done` of `total`
     * steps are done. What a step is has no meaning; `total` stays the same
     * in a run, `done` never goes down and is `total` in the last call of a
     * run that succeeds. Anything but 0 stops the run, which fails with
     * PARCHECK_ECANCELLED. NULL: not called.
     */
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context; /* for `progress` */
    /* 1: look for explanations of rules that fail; 0: do not, which is
     * faster. Default 1. */
    int explain;
    /* 1: keep the arithmetic of every verdict that was decided, for
     * parcheck_verdict_left() and its kin; 0: only of those with a finding.
     * Default 0. */
    int arithmetic;
} parcheck_options;

/* Sets `size` to the given one, sizeof(parcheck_options), and all else to the
 * defaults. */
PARCHECK_API void parcheck_options_init(parcheck_options *options, size_t size);

/* Everything that came of one run; owns all its strings. */
typedef struct parcheck_report parcheck_report;

/*
 * Checks one submission: reads the inputs, finds the edition, binds each
 * number to its indicator and judges every rule that applies. This is the
 * one call behind everything else.
 *
 * The rules are those of the schema's tables, each with its basis; how cells
 * are read and verdicts reached is in docs/ARCHITECTURE.md.
 *
 * Fails with PARCHECK_EINVAL (no input, an input with no or several sources,
 * an unknown edition), PARCHECK_EIO (an input cannot be read),
 * PARCHECK_ECANCELLED and PARCHECK_ENOMEM. `count` must be at least 1. The
 * report keeps a pointer to `schema`, which must outlive it.
 */
PARCHECK_API parcheck_status parcheck_validate(parcheck_report **report,
                                               const parcheck_schema *schema,
                                               const parcheck_input *inputs,
                                               size_t count,
                                               const parcheck_options *options,
                                               parcheck_error *error);

/*
 * Facts that a program has at hand, without a file: first parcheck_facts_new(),
 * then for each unit parcheck_facts_unit() and a call for each value, then
 * parcheck_validate_facts(). One set is for one thread at a time.
 */
typedef struct parcheck_facts parcheck_facts;

/*
 * Begins a set of facts of an edition, named as in parcheck_schema_edition().
 * The schema must outlive it. Of the options (NULL: the defaults) it takes
 * `allocator` and the ceilings `max_field_bytes` (of each text) and
 * `max_records` (of the units, and of the values).
 *
 * This and all the functions on facts below fail with PARCHECK_EINVAL if there
 * is no such edition, unit, name or code, if a text is not UTF-8, or if it is
 * over a ceiling, and with PARCHECK_ENOMEM; the set is then as it was before.
 */
PARCHECK_API parcheck_status parcheck_facts_new(parcheck_facts **facts,
                                                const parcheck_schema *schema,
                                                const char *edition,
                                                const parcheck_options *options,
                                                parcheck_error *error);

/* Goes on with the edition of another family, so that rules between families
 * can be judged. There can be one edition of each family. */
PARCHECK_API parcheck_status parcheck_facts_edition(parcheck_facts *facts,
                                                    const char *edition,
                                                    parcheck_error *error);

/*
 * Begins a unit, or goes on with one that was begun with the same words. Each
 * text may be NULL or "" for none; blanks around it do not count.
 *
 *   code    Of the row of a table: it decides the role ("I", "II", "1"), as
 *           roles.csv says. Forms have none.
 *   name    Of the unit.
 *   parent  The code or name of the unit above, which was begun before, in
 *           the same edition and period. None: in a table, the last unit of
 *           the role above; of forms, no unit.
 *   period  As in a heading ("2023-Q1", "Quý I/2023", "Năm 2022"), or any
 *           other text, of which more than 79 bytes are shown as their
 *           beginning and a digest. All units of a table have the same.
 *
 * Forms of one unit need no call: without one the unit has no name.
 */
PARCHECK_API parcheck_status parcheck_facts_unit(
    parcheck_facts *facts, const char *code, const char *name,
    const char *parent, const char *period, parcheck_error *error);

/*
 * Gives the unit a value, by the machine name of its indicator or by form and
 * code as the edition prints them. `literal` is read as a cell is: "1.234,5",
 * "12 %", "-" or "" for a blank (as is NULL). Text that is no number, and a
 * value that is given twice, are findings, not failures. Values of text rows
 * are not read, values of headings are noted.
 */
PARCHECK_API parcheck_status parcheck_facts_set(parcheck_facts *facts,
                                                const char *name,
                                                const char *literal,
                                                parcheck_error *error);
PARCHECK_API parcheck_status parcheck_facts_set_code(parcheck_facts *facts,
                                                     const char *form,
                                                     const char *code,
                                                     const char *literal,
                                                     parcheck_error *error);

/*
 * Judges the facts as parcheck_validate() judges the same values in a file.
 * The set is not changed: it can be added to and judged again. The report
 * does not need it. It has one input named "facts" for each edition; cells
 * have no place (line, column 0, address ""), their findings name the unit.
 * Of the options `allocator`, `max_findings`, the progress and what concerns
 * explanations count.
 *
 * Fails with PARCHECK_EINVAL (no value was given, options that make no sense),
 * PARCHECK_ECANCELLED and PARCHECK_ENOMEM.
 */
PARCHECK_API parcheck_status
parcheck_validate_facts(parcheck_report **report, const parcheck_facts *facts,
                        const parcheck_options *options, parcheck_error *error);

/* The schema and the reports stay as they are. */
PARCHECK_API void parcheck_facts_free(parcheck_facts *facts);

/*
 * Examines the schema itself and reports, as findings `schema.*`, rules that
 * contradict each other, rules that follow from others, indicators that no
 * rule guards and names that differ in one letter only. A schema that was
 * loaded has no syntax errors any more. The inputs of this report are the
 * tables. Fails with PARCHECK_ENOMEM.
 */
PARCHECK_API parcheck_status parcheck_schema_lint(
    parcheck_report **report, const parcheck_schema *schema,
    const parcheck_allocator *allocator, parcheck_error *error);

/* Findings, cells, units and all other things of the report end with it. */
PARCHECK_API void parcheck_report_free(parcheck_report *report);

/* ---- what rules notice -------------------------------------------------- */

/* The slips that are tried on each cell. */
typedef enum parcheck_slip {
    PARCHECK_SLIP_REPLACED = 0,   /* one digit by each of the nine others */
    PARCHECK_SLIP_TRANSPOSED = 1, /* two digits that stand side by side */
    PARCHECK_SLIP_BY_ONE = 2      /* one more or less in the last place */
} parcheck_slip;

/* How surely the rules of an edition notice a slip in a cell. */
typedef struct parcheck_power parcheck_power;

/*
 * Measures how surely a slip in one cell of an edition is noticed: which
 * share of all slips makes at least one rule fail. That tells where a rule is
 * missing.
 *
 * The edition is filled with random numbers that violate no rule, 100 times,
 * by a generator with a fixed seed, so that the result is the same in every
 * run. In each filling every cell that has a number is given every number
 * that a slip can make of it, the other cells as they are, and the rules on
 * it are judged: both counts are exact. Counts have one to three digits
 * unless rules want more, percentages and amounts up to two decimals. Only
 * the rules of the family count: neither rules on rows of other families nor
 * the range of a cell. Of a table, rows of one role share a line and the role
 * that stands for any number of rows has three; where a rule looks at the
 * period before there are three periods, and the middle one is measured.
 *
 * `edition` is one of the schema. The result keeps pointers to the schema and
 * is given back with parcheck_power_free(). Fails with PARCHECK_EINVAL and
 * PARCHECK_ENOMEM. Cells for which no consistent numbers are found after a
 * fixed number of steps are not measured, and say so.
 */
PARCHECK_API parcheck_status parcheck_schema_power(
    parcheck_power **power, const parcheck_schema *schema,
    const parcheck_edition *edition, const parcheck_allocator *allocator,
    parcheck_error *error);
PARCHECK_API void parcheck_power_free(parcheck_power *power);

/* How many times the edition was filled. */
PARCHECK_API size_t parcheck_power_filling_count(const parcheck_power *power);
/* The cells in the order of the edition, of a table by role. */
PARCHECK_API size_t parcheck_power_cell_count(const parcheck_power *power);
PARCHECK_API const parcheck_indicator *
parcheck_power_indicator(const parcheck_power *power, size_t index);
/* The name of the role, NULL where the family has none. */
PARCHECK_API const char *parcheck_power_role(const parcheck_power *power,
                                             size_t index);
/* How many rules rest on the cell; with 0 it is unguarded. */
PARCHECK_API size_t parcheck_power_rule_count(const parcheck_power *power,
                                              size_t index);
/* Why the cell could not be measured: "no-filling" (no numbers were found
 * that violate no rule) or "always-blank" (the rules left it blank each
 * time); NULL if it was. */
PARCHECK_API const char *parcheck_power_reason(const parcheck_power *power,
                                               size_t index);
/* How many slips there were in all fillings together, and how many of them
 * made a rule fail. */
PARCHECK_API uint64_t parcheck_power_possible(const parcheck_power *power,
                                              size_t index, parcheck_slip slip);
PARCHECK_API uint64_t parcheck_power_detected(const parcheck_power *power,
                                              size_t index, parcheck_slip slip);

/* ---- reading a report -------------------------------------------------- */

/* One thing to tell about the data. */
typedef struct parcheck_finding parcheck_finding;
/* One field of one record of an input, with what it stands for. */
typedef struct parcheck_cell parcheck_cell;
/* What came of one rule on one set of facts. */
typedef struct parcheck_verdict parcheck_verdict;

/* The inputs, in the order of their names. */
PARCHECK_API size_t parcheck_report_input_count(const parcheck_report *report);
PARCHECK_API const char *
parcheck_report_input_name(const parcheck_report *report, size_t index);
/* The edition that judged the input; NULL if none could be found. */
PARCHECK_API const parcheck_edition *
parcheck_report_input_edition(const parcheck_report *report, size_t index);

/* The editions that judged, in the order of the JSON report. */
PARCHECK_API size_t
parcheck_report_edition_count(const parcheck_report *report);
PARCHECK_API const parcheck_edition *
parcheck_report_edition(const parcheck_report *report, size_t index);
PARCHECK_API const parcheck_family *
parcheck_report_edition_family(const parcheck_report *report, size_t index);

/* Findings, errors first, then by input, line, column and rule; and how many
 * there are of a severity. */
PARCHECK_API size_t
parcheck_report_finding_count(const parcheck_report *report);
PARCHECK_API const parcheck_finding *
parcheck_report_finding(const parcheck_report *report, size_t index);
PARCHECK_API size_t parcheck_report_severity_count(
    const parcheck_report *report, parcheck_severity severity);

/* The stable code, such as "rule.fails". */
PARCHECK_API const char *parcheck_finding_code(const parcheck_finding *finding);
/* How much it weighs. */
PARCHECK_API parcheck_severity
parcheck_finding_severity(const parcheck_finding *finding);
/* The rule behind it, or NULL. */
PARCHECK_API const parcheck_rule *
parcheck_finding_rule(const parcheck_finding *finding);
/* The reporting unit and its code, where the input carries them, or NULL. */
PARCHECK_API const char *parcheck_finding_unit(const parcheck_finding *finding);
PARCHECK_API const char *
parcheck_finding_unit_code(const parcheck_finding *finding);
/* The period of that unit ("2023-Q1"), where the input carries it, or NULL. */
PARCHECK_API const char *
parcheck_finding_period(const parcheck_finding *finding);
/* What is wrong, in one sentence without a full stop, with the numbers as they
 * were printed. It may quote any character of the input. */
PARCHECK_API const char *
parcheck_finding_message(const parcheck_finding *finding,
                         parcheck_language language);
/* The arithmetic of a failed rule as exact numbers ("131", "-2", "650/19"):
 * the left side, the relation that should hold, the right side, and left
 * minus right. NULL where there is no such arithmetic. */
PARCHECK_API const char *parcheck_finding_left(const parcheck_finding *finding);
PARCHECK_API const char *
parcheck_finding_relation(const parcheck_finding *finding);
PARCHECK_API const char *
parcheck_finding_right(const parcheck_finding *finding);
PARCHECK_API const char *
parcheck_finding_difference(const parcheck_finding *finding);
/* The cells it rests on, those of the left side first. */
PARCHECK_API size_t
parcheck_finding_cell_count(const parcheck_finding *finding);
PARCHECK_API const parcheck_cell *
parcheck_finding_cell(const parcheck_finding *finding, size_t index);

/* A hypothesis about what is wrong: which cells, which values, and why. */
typedef struct parcheck_explanation parcheck_explanation;

/* The explanations of a finding, the likeliest first; several findings may
 * share one. docs/EXPLANATIONS.md has the kinds and the ranking. */
PARCHECK_API size_t
parcheck_finding_explanation_count(const parcheck_finding *finding);
PARCHECK_API const parcheck_explanation *
parcheck_finding_explanation(const parcheck_finding *finding, size_t index);
/* A number from 1 that the findings of one cause share, or 0. */
PARCHECK_API size_t parcheck_finding_cause(const parcheck_finding *finding);

/* A short name that the same hypothesis has in every run. */
PARCHECK_API const char *
parcheck_explanation_id(const parcheck_explanation *explanation);
/* The kind, such as "other-base". New kinds may be added. */
PARCHECK_API const char *
parcheck_explanation_kind(const parcheck_explanation *explanation);
/* The hypothesis in one sentence, with the values. */
PARCHECK_API const char *
parcheck_explanation_message(const parcheck_explanation *explanation,
                             parcheck_language language);
/* How many independent equations give the values. */
PARCHECK_API size_t
parcheck_explanation_support(const parcheck_explanation *explanation);
/* The rules that fail and would hold after the changes. */
PARCHECK_API size_t
parcheck_explanation_repair_count(const parcheck_explanation *explanation);
PARCHECK_API const parcheck_rule *
parcheck_explanation_repair(const parcheck_explanation *explanation,
                            size_t index);
/* The cells that would change. The value is an exact decimal, or "" for a cell
 * that should be blank; it is NULL where only its ends are determined, and an
 * end is NULL where it is open. */
PARCHECK_API size_t
parcheck_explanation_change_count(const parcheck_explanation *explanation);
PARCHECK_API const parcheck_cell *
parcheck_explanation_change_cell(const parcheck_explanation *explanation,
                                 size_t index);
PARCHECK_API const char *
parcheck_explanation_change_value(const parcheck_explanation *explanation,
                                  size_t index);
PARCHECK_API const char *
parcheck_explanation_change_low(const parcheck_explanation *explanation,
                                size_t index);
PARCHECK_API const char *
parcheck_explanation_change_high(const parcheck_explanation *explanation,
                                 size_t index);

/* The indicator's name, form, code and label; "" where the cell has none
 * (a row that could not be placed). */
PARCHECK_API const char *parcheck_cell_name(const parcheck_cell *cell);
PARCHECK_API const char *parcheck_cell_form(const parcheck_cell *cell);
PARCHECK_API const char *parcheck_cell_code(const parcheck_cell *cell);
PARCHECK_API const char *parcheck_cell_label(const parcheck_cell *cell);
/* What stands in the field, "" for nothing. */
PARCHECK_API const char *parcheck_cell_literal(const parcheck_cell *cell);
/* Index of the input; for a finding of parcheck_schema_lint(), of a table. */
PARCHECK_API size_t parcheck_cell_input(const parcheck_cell *cell);
/* The line on which the record begins, and the field in the record. */
PARCHECK_API size_t parcheck_cell_line(const parcheck_cell *cell);
PARCHECK_API size_t parcheck_cell_column(const parcheck_cell *cell);
/* What a spreadsheet that opens the file calls the cell, such as "D27": the
 * column's letters and the number of the record, empty lines counted. */
PARCHECK_API const char *parcheck_cell_address(const parcheck_cell *cell);
/* The reporting unit that sent it, its code and the period, where the input
 * carries them, or NULL. They need not be those of the finding: a rule may
 * name cells of the units below, or of the period before. */
PARCHECK_API const char *parcheck_cell_unit(const parcheck_cell *cell);
PARCHECK_API const char *parcheck_cell_unit_code(const parcheck_cell *cell);
PARCHECK_API const char *parcheck_cell_period(const parcheck_cell *cell);

/* What came of a rule. */
typedef enum parcheck_outcome {
    PARCHECK_HOLDS = 0,
    PARCHECK_ROUNDING = 1, /* holds only by a rounding that is not half up */
    PARCHECK_FAILS = 2,
    PARCHECK_UNKNOWN = 3 /* cannot be decided; the reason says why */
} parcheck_outcome;

/* "holds", "rounding", "fails" or "unknown". */
PARCHECK_API const char *parcheck_outcome_name(parcheck_outcome outcome);

/* Verdicts, by unit in the order of the inputs, then by rule; and how many
 * there are of an outcome. */
PARCHECK_API size_t
parcheck_report_verdict_count(const parcheck_report *report);
PARCHECK_API const parcheck_verdict *
parcheck_report_verdict(const parcheck_report *report, size_t index);
PARCHECK_API size_t parcheck_report_outcome_count(const parcheck_report *report,
                                                  parcheck_outcome outcome);

/* The rule that was judged, and what came of it. */
PARCHECK_API const parcheck_rule *
parcheck_verdict_rule(const parcheck_verdict *verdict);
PARCHECK_API parcheck_outcome
parcheck_verdict_outcome(const parcheck_verdict *verdict);
/* One of "blank", "blank-as-zero", "zero-denominator", "unreadable",
 * "missing", "truncated", "rounded-up", "addends-rounded"; or NULL. */
PARCHECK_API const char *
parcheck_verdict_reason(const parcheck_verdict *verdict);
/* The finding with the message and the arithmetic; NULL if the verdict gave
 * none (it holds, or cannot be decided) or if it was over `max_findings`. */
PARCHECK_API const parcheck_finding *
parcheck_verdict_finding(const parcheck_verdict *verdict);
/* The arithmetic, as parcheck_finding_left() has it, of a verdict that holds,
 * too, if the option `arithmetic` asked for it. All NULL where it did not,
 * where the verdict is unknown and where no single relation between numbers
 * decided. */
PARCHECK_API const char *parcheck_verdict_left(const parcheck_verdict *verdict);
PARCHECK_API const char *
parcheck_verdict_relation(const parcheck_verdict *verdict);
PARCHECK_API const char *
parcheck_verdict_right(const parcheck_verdict *verdict);
PARCHECK_API const char *
parcheck_verdict_difference(const parcheck_verdict *verdict);
/* The unit that it was judged on, for parcheck_report_unit(). */
PARCHECK_API size_t
parcheck_verdict_unit_index(const parcheck_verdict *verdict);
/* The name, code and period of that unit, as parcheck_finding_unit() has it. */
PARCHECK_API const char *parcheck_verdict_unit(const parcheck_verdict *verdict);
PARCHECK_API const char *
parcheck_verdict_unit_code(const parcheck_verdict *verdict);
PARCHECK_API const char *
parcheck_verdict_period(const parcheck_verdict *verdict);
/* The cells of the indicators that the rule names, in the order of the rule;
 * those that are missing have none. */
PARCHECK_API size_t
parcheck_verdict_cell_count(const parcheck_verdict *verdict);
PARCHECK_API const parcheck_cell *
parcheck_verdict_cell(const parcheck_verdict *verdict, size_t index);

/* ---- the facts of a report ---------------------------------------------- */

/* A reporting unit in one period: what rules are judged on. */
typedef struct parcheck_unit parcheck_unit;
/* What one indicator has for one unit. */
typedef struct parcheck_fact parcheck_fact;

/* What became of the value of an indicator. */
typedef enum parcheck_state {
    PARCHECK_MISSING = 0,   /* no such row, column or file */
    PARCHECK_BLANK = 1,     /* left empty, or a word that stands for that */
    PARCHECK_VALUE = 2,     /* a number */
    PARCHECK_UNREADABLE = 3 /* something is there, but no number that counts */
} parcheck_state;

/* "missing", "blank", "value" or "unreadable". */
PARCHECK_API const char *parcheck_state_name(parcheck_state state);

/* The units, in the order of the inputs. One submission of forms is one unit
 * a period; in a table each row is one. */
PARCHECK_API size_t parcheck_report_unit_count(const parcheck_report *report);
PARCHECK_API const parcheck_unit *
parcheck_report_unit(const parcheck_report *report, size_t index);

/* Stands for "no unit". */
#define PARCHECK_NO_UNIT SIZE_MAX

/* The index of the unit above a unit (of a table); of the same unit in the last
 * period of the same year that ends earlier; and of the same unit in the same
 * part of the year before. PARCHECK_NO_UNIT if there is none. */
PARCHECK_API size_t parcheck_report_unit_parent(const parcheck_report *report,
                                                size_t index);
PARCHECK_API size_t parcheck_report_unit_previous(const parcheck_report *report,
                                                  size_t index);
PARCHECK_API size_t
parcheck_report_unit_year_before(const parcheck_report *report, size_t index);

/* What the input says of the unit, or NULL where it does not: its name, its
 * code (of a table), its period ("2023-Q1"). */
PARCHECK_API const char *parcheck_unit_name(const parcheck_unit *unit);
PARCHECK_API const char *parcheck_unit_code(const parcheck_unit *unit);
PARCHECK_API const char *parcheck_unit_period(const parcheck_unit *unit);
/* The role of the row of a table, as its roles.csv names it; NULL for forms. */
PARCHECK_API const char *parcheck_unit_role(const parcheck_unit *unit);
/* The edition whose rows are the indicators of the unit. */
PARCHECK_API const parcheck_edition *
parcheck_unit_edition(const parcheck_unit *unit);
/* The fact of an indicator; NULL if it is not one of the unit's edition. */
PARCHECK_API const parcheck_fact *
parcheck_unit_fact(const parcheck_unit *unit,
                   const parcheck_indicator *indicator);

/* Whether there is a value, and if not, why. */
PARCHECK_API parcheck_state parcheck_fact_state(const parcheck_fact *fact);
/* The cell it came from, the first of several; NULL if it is missing. */
PARCHECK_API const parcheck_cell *parcheck_fact_cell(const parcheck_fact *fact);

/* Room for any value, with its end. */
#define PARCHECK_VALUE_SIZE 32

/* Writes the value as an exact decimal ("453", "-0.08") with its end into
 * `text`, which has room for `size` bytes, and returns its length. Where the
 * state is not PARCHECK_VALUE or the room is not enough it writes "". `text`
 * may be NULL if `size` is 0. */
PARCHECK_API size_t parcheck_fact_value(const parcheck_fact *fact, char *text,
                                        size_t size);

/* ---- blanks that the other cells determine ------------------------------ */

/* Blank cells of a report with the values that they must have. */
typedef struct parcheck_deductions parcheck_deductions;

/*
 * Finds the blank totals and percentages that the other cells determine: a
 * rule without a condition says "x = sum" or "p = percent(a, b)", and all
 * other cells in it have values or were themselves deduced. A percentage is
 * rounded half away from zero to the decimals that most percentages of its
 * edition in the submission have; of equally many to the more decimals, and to
 * two where there is none. A value that its kind does not allow (a negative
 * count, more than 100 %) is not deduced. Rows that are not there at all stay
 * so.
 *
 * The result points into the report and is given back with
 * parcheck_deductions_free() before it. Fails with PARCHECK_ENOMEM.
 */
PARCHECK_API parcheck_status parcheck_report_deduce(
    parcheck_deductions **deductions, const parcheck_report *report,
    const parcheck_allocator *allocator, parcheck_error *error);
PARCHECK_API void parcheck_deductions_free(parcheck_deductions *deductions);

/* In the order of their cells. */
PARCHECK_API size_t
parcheck_deductions_count(const parcheck_deductions *deductions);
PARCHECK_API const parcheck_cell *
parcheck_deductions_cell(const parcheck_deductions *deductions, size_t index);
PARCHECK_API const parcheck_indicator *
parcheck_deductions_indicator(const parcheck_deductions *deductions,
                              size_t index);
/* As a parcheck_edit takes it: the decimals to print and, if most percentages
 * of the edition have one, a percent sign. */
PARCHECK_API const char *
parcheck_deductions_value(const parcheck_deductions *deductions, size_t index);
/* The rule that gives the value. */
PARCHECK_API const parcheck_rule *
parcheck_deductions_rule(const parcheck_deductions *deductions, size_t index);
/* A rule that would fail with the value and does not without it: then the
 * cells contradict each other and the value should not be used. NULL if there
 * is none. */
PARCHECK_API const parcheck_rule *
parcheck_deductions_contradiction(const parcheck_deductions *deductions,
                                  size_t index);

/* ---- writing a report -------------------------------------------------- */

/* How a report looks. Whatever the format, the text is UTF-8, and characters
 * of the input that could steer a terminal or turn the direction of writing
 * are escaped or made visible. */
typedef enum parcheck_format {
    PARCHECK_TEXT_REPORT = 0, /* for a terminal */
    PARCHECK_JSON_REPORT = 1, /* for tools; both languages are in it */
    /* The same as one object a line: "report", each "finding", each "verdict"
     * if they are asked for, and "summary", which is the last. */
    PARCHECK_NDJSON_REPORT = 2,
    /* One record a finding, for a spreadsheet: with a byte order mark, commas
     * and CR LF. No field can become a formula. */
    PARCHECK_CSV_REPORT = 3,
    /* XML for build servers: a suite for each input and each unit, a case for
     * each rule. Only errors fail; what could not be checked is skipped. */
    PARCHECK_JUNIT_REPORT = 4,
    /* The Static Analysis Results Interchange Format 2.1.0: cells as
     * locations, explanations as fixes, fingerprints that outlive a change of
     * other lines. */
    PARCHECK_SARIF_REPORT = 5,
    /* One page for people that shows the forms as they were sent; of facts
     * without a file there are none, which it says. It has no script, and
     * needs nothing from elsewhere. */
    PARCHECK_HTML_REPORT = 6
} parcheck_format;

/* The name of a format, such as "json"; NULL for a number that is none. They
 * are numbered from 0 on without gaps. */
PARCHECK_API const char *parcheck_format_name(parcheck_format format);
/* Sets `*format` to the format of this name and returns 1; returns 0 and
 * leaves it alone if there is none. */
PARCHECK_API int parcheck_format_find(const char *name,
                                      parcheck_format *format);

/*
 * How to write. Initialise with parcheck_write_options_init(); NULL stands for
 * the defaults below.
 */
typedef struct parcheck_write_options {
    size_t size;                /* sizeof(parcheck_write_options) */
    parcheck_format format;     /* default PARCHECK_TEXT_REPORT */
    parcheck_language language; /* default Vietnamese; JSON has both */
    int verdicts;   /* 1: list every verdict; default 0: only their totals */
    int color;      /* 1: mark severities with ANSI colours; default 0 */
    unsigned width; /* of the text report in columns, 40 to 1000; default 80 */
} parcheck_write_options;

/* Sets `size` to the given one, sizeof(parcheck_write_options), and all else to
 * the defaults. */
PARCHECK_API void parcheck_write_options_init(parcheck_write_options *options,
                                              size_t size);

/* Takes `size` bytes of a report, in order. Returns 0, or anything else to
 * stop the writing with PARCHECK_EWRITE. */
typedef int (*parcheck_write_fn)(void *context, const void *bytes, size_t size);

/* Writes the report through `write`. Fails with PARCHECK_EINVAL for options
 * that make no sense, PARCHECK_EWRITE and PARCHECK_ENOMEM; what was written
 * before a failure is not a whole report. */
PARCHECK_API parcheck_status parcheck_report_write(
    const parcheck_report *report, const parcheck_write_options *options,
    parcheck_write_fn write, void *context, parcheck_error *error);

/* ---- rewriting an input ------------------------------------------------ */

/*
 * A cell that is to have another number. Initialise with
 * parcheck_edit_init(); the edits of one call have the same size.
 */
typedef struct parcheck_edit {
    size_t size;   /* sizeof(parcheck_edit) */
    size_t line;   /* of parcheck_cell_line() */
    size_t column; /* of parcheck_cell_column() */
    /* Of the indicator, by which "2.531" is read: parcheck_indicator_kind();
     * default PARCHECK_COUNT. */
    parcheck_kind kind;
    /* The unit of the indicator, which may stand behind the number; NULL if
     * it has none. */
    const char *unit;
    /* The number: "6006", "-2", "98.50". A cell that was blank gets all the
     * decimals that are given, and a percent sign if one stands behind. */
    const char *value;
} parcheck_edit;

/* Sets `size` to the given one, sizeof(parcheck_edit), `kind` to its default,
 * and all else to nothing. */
PARCHECK_API void parcheck_edit_init(parcheck_edit *edit, size_t size);

/*
 * Copies one input through `write`, byte for byte but for the numbers of the
 * cells that are named: in its encoding, with its byte order mark, delimiter,
 * quotes and line ends. A new number is written as the old one was: with its
 * grouping ("6,011", "6.011", "6011"), decimal mark, percent sign, leading
 * zeros, words ("129 hồ sơ"), and with its decimals unless the value has
 * more. Where the old number shows no grouping, and in a cell that was blank,
 * most cells of the column decide. Quotes are added only where the delimiter
 * would now stand in the cell.
 *
 * Of `options` the allocator, the encoding, the delimiter and the ceilings
 * count; they have to be those of the check that named the places. NULL
 * stands for the defaults.
 *
 * Fails with PARCHECK_EINVAL, and the place in `error`, for a cell that is
 * not there or is named twice, one without a number that could be replaced,
 * a number that cannot be written in the style of its cell (it is read again
 * before it is accepted), and a value that is no number; and with
 * PARCHECK_EIO, PARCHECK_EWRITE and PARCHECK_ENOMEM. `write` is called only
 * if all edits could be made. `edits` may be NULL if `count` is 0.
 */
PARCHECK_API parcheck_status
parcheck_rewrite(const parcheck_input *input, const parcheck_options *options,
                 const parcheck_edit *edits, size_t count,
                 parcheck_write_fn write, void *context, parcheck_error *error);

/* ---- archives ----------------------------------------------------------- */

/*
 * Many submissions in one long table ("unit,parent,period,form,code,value"),
 * judged while they come: parcheck_stream_new(), then parcheck_stream_feed()
 * for each piece of the file or parcheck_stream_set() for each value, then
 * parcheck_stream_finish(). Memory does not grow with the length of an input
 * in which the rows of each submission stand together: what is known of a
 * submission is forgotten once another one begins, but for its name and the
 * facts that rules across submissions name.
 *
 * The findings about one submission are those that parcheck_validate() has
 * for its rows alone. Forms of a family with roles, which is read from tables
 * with a line for each unit, cannot be given ("file.table-form"). Rules with
 * children() and previous() are judged at the end, where all submissions are
 * known, or when `max_across_bytes` is reached. docs/ARCHIVE.md has the layout,
 * the order of the findings and what is kept.
 *
 * One stream is for one thread at a time.
 */
typedef struct parcheck_stream parcheck_stream;

/* How to run. Initialise with parcheck_stream_options_init(), which sets
 * `size` and the defaults below; NULL stands for the defaults. */
typedef struct parcheck_stream_options {
    size_t size; /* sizeof(parcheck_stream_options) */
    const parcheck_allocator *allocator; /* NULL: the C library's */
    /* As in parcheck_options; each submission has an edition of its own, which
     * a column `edition` may name. */
    const char *edition;
    const char *encoding;
    char delimiter;
    /* 1: the rows come in any order, and nothing is judged before the end.
     * Default 0: whether they do is seen in the first 256 KiB. */
    int unsorted;
    int explain;               /* default 1: look for causes */
    size_t max_field_bytes;    /* of one field; default 1 MiB */
    size_t max_fields;         /* in one record; default 4096 */
    size_t max_findings;       /* of one code and submission; default 10,000 */
    size_t max_submission_bytes; /* of its rows; default 16 MiB */
    /* Of rows in any order; and, each counted apart, of what `rollup` adds up
     * and of what rules across submissions need. Default 1 GiB. */
    size_t max_held_bytes;
    /* Gets each finding as it arises, on the thread that called; it is
     * borrowed for the call. Returns 0, or anything else to stop the run with
     * PARCHECK_ECANCELLED. NULL: none. */
    int (*finding)(void *context, const parcheck_finding *finding);
    void *finding_context;
    /* Gets the report as NDJSON while it is made: the line "archive", a line
     * for each finding and, if the run came to its end, the line "summary".
     * NULL: none. */
    parcheck_write_fn write;
    void *write_context;
    /*
     * Gets the totals of the units below, from parcheck_stream_finish(): CSV in
     * UTF-8 with the columns unit, parent, period, edition, form, code, label
     * and value, a submission for each unit that has units below it and each
     * period, by unit and period. Counts and amounts are added exactly,
     * percentages worked out from the sums by the rules of the edition, with
     * two decimals, and choices left blank. What is missing in a total is
     * among the findings ("unit.children-missing", "rollup.blank" and so on).
     * It is the whole table only if parcheck_stream_finish() was PARCHECK_OK.
     * NULL: nothing is added up.
     */
    parcheck_write_fn rollup;
    void *rollup_context;
    const char *rollup_unit;   /* only of this unit; NULL: of all */
    const char *rollup_period; /* only for this one ("2023-Q1"); NULL: all */
    /* Threads that read and judge; default 1, the one that calls. 0: as many as
     * there are processors. What is told, and in which order, does not depend
     * on it. Several are used for bytes whose rows do not come in any order;
     * then the allocator, if one is given, is called by all of them. A thread
     * that cannot be had is done without. */
    size_t jobs;
    /*
     * Of the facts that rules across submissions name, kept until these rules
     * are judged. Once there are so many bytes of them, those that no further
     * submission is compared with are judged and forgotten: for rules over
     * other periods that is, where the submissions of each unit stand together,
     * when the next unit begins, and where those of each year do, when the next
     * year begins. In any other order, or with children(), they go on being
     * kept, up to `max_held_bytes`. Default 8 MiB.
     */
    size_t max_across_bytes;
} parcheck_stream_options;

/* Sets the defaults; `size` is sizeof *options. */
PARCHECK_API void
parcheck_stream_options_init(parcheck_stream_options *options, size_t size);

/* Fails with PARCHECK_EINVAL (options that make no sense, an unknown edition
 * or encoding) and PARCHECK_ENOMEM. The schema must outlive the stream; the
 * texts of the options need not. */
PARCHECK_API parcheck_status parcheck_stream_new(
    parcheck_stream **stream, const parcheck_schema *schema,
    const parcheck_stream_options *options, parcheck_error *error);

/*
 * Says which unit is above which: a CSV file in UTF-8 with the columns unit,
 * parent and name (which may be missing). It counts more than a column
 * `parent` of the data. Before anything else is given. Fails with
 * PARCHECK_EIO, PARCHECK_EINVAL (no such columns, a unit twice, a unit above
 * itself) and PARCHECK_ENOMEM.
 */
PARCHECK_API parcheck_status parcheck_stream_hierarchy(
    parcheck_stream *stream, const parcheck_input *input,
    parcheck_error *error);

/*
 * The next bytes of the table, cut anywhere. After a failure of any of these
 * functions but for PARCHECK_EINVAL the stream can only be freed.
 * PARCHECK_ECANCELLED if a finding was refused, PARCHECK_EWRITE if a line was.
 */
PARCHECK_API parcheck_status parcheck_stream_feed(parcheck_stream *stream,
                                                  const void *bytes,
                                                  size_t size,
                                                  parcheck_error *error);
/*
 * One value instead, as the next row of a table. NULL is "" for every text.
 * The line of its cell is the number of the call, from 1. A stream takes
 * either bytes or values (PARCHECK_EINVAL).
 */
PARCHECK_API parcheck_status parcheck_stream_set(
    parcheck_stream *stream, const char *unit, const char *parent,
    const char *period, const char *form, const char *code,
    const char *literal, parcheck_error *error);
/* The end of the input. Nothing can be given after it. Fails as they do, with
 * PARCHECK_EIO if the input ends within a record (its last line has no line end
 * and lacks fields of the heading, or a quote is open in it: as if it had been cut; the line
 * is in `error`, and what was judged before has been told), and with
 * PARCHECK_EINVAL if there are no totals for `rollup`, which then gets nothing:
 * the input has no submission, no unit is below another, the unit or period
 * that was asked for has none, none that is to be added up could be used, the
 * totals would need more than `max_held_bytes`, or rows were left out at this
 * ceiling, `max_submission_bytes` or `max_field_bytes`, of whichever unit and
 * period ("limit.held-bytes" and so on in the findings; the line is in
 * `error`). */
PARCHECK_API parcheck_status parcheck_stream_finish(parcheck_stream *stream,
                                                    parcheck_error *error);

/* What was read and judged so far. */
PARCHECK_API size_t
parcheck_stream_submission_count(const parcheck_stream *stream);
PARCHECK_API size_t parcheck_stream_row_count(const parcheck_stream *stream);
PARCHECK_API size_t parcheck_stream_outcome_count(const parcheck_stream *stream,
                                                  parcheck_outcome outcome);
PARCHECK_API size_t parcheck_stream_severity_count(
    const parcheck_stream *stream, parcheck_severity severity);

/* Whether it was finished or not. */
PARCHECK_API void parcheck_stream_free(parcheck_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
