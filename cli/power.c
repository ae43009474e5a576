/* parcheck schema power: what the rules of an edition would notice. */
#include <inttypes.h>
#include <string.h>

#include "cli.h"

enum { SLIPS = 3, COLUMN = 8, WIDE_COLUMN = 13, NAME_MOST = 44 };

typedef struct table {
    const parcheck_power *power;
    parcheck_language language;
    bool exact;
    int form_width;
    int code_width;
    int name_width;
} table;

static size_t cells(const table *t)
{
    return parcheck_power_cell_count(t->power);
}

static const char *name_of(const table *t, size_t i)
{
    return parcheck_indicator_name(parcheck_power_indicator(t->power, i));
}

/* The code and, in a table, the role. */
static void write_place(const table *t, size_t i, char *text, size_t size)
{
    const char *code = parcheck_indicator_code(
        parcheck_power_indicator(t->power, i));
    const char *role = parcheck_power_role(t->power, i);

    (void)snprintf(text, size, "%s%s%s", code[0] != '\0' ? code : "·",
                   role != NULL ? " " : "", role != NULL ? role : "");
}

/* A "·" takes two bytes and one column. */
static int columns(const char *text)
{
    int count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void grow(int *width, int to)
{
    if (to > *width)
        *width = to;
}

static void measure(table *t)
{
    for (size_t i = 0; i < cells(t); i++) {
        char place[256];

        write_place(t, i, place, sizeof place);
        grow(&t->code_width, columns(place));
        grow(&t->name_width, columns(name_of(t, i)));
        grow(&t->form_width, columns(parcheck_indicator_form(
                                 parcheck_power_indicator(t->power, i))));
    }
    if (t->name_width > NAME_MOST)
        t->name_width = NAME_MOST;
}

/* "83.3%", cut off and not rounded, so that 100.0% means all of them; or
 * "25/30". */
static void write_share(const table *t, uint64_t part, uint64_t whole,
                        int width)
{
    char text[64];

    if (whole == 0)
        (void)snprintf(text, sizeof text, "–");
    else if (t->exact)
        (void)snprintf(text, sizeof text, "%" PRIu64 "/%" PRIu64, part, whole);
    else
        (void)snprintf(text, sizeof text, "%" PRIu64 ".%" PRIu64 "%%",
                       part * 100 / whole, part * 1000 / whole % 10);
    printf("%*s%s", width > columns(text) ? width - columns(text) : 1, "",
           text);
}

static void write_padded(const char *text, int width)
{
    printf("%s%*s", text, width > columns(text) ? width - columns(text) : 0,
           "");
}

static void write_front(const table *t, const char *form, const char *place,
                        const char *name)
{
    write_padded(form, t->form_width + 1);
    write_padded(place, t->code_width + 1);
    write_padded(name, t->name_width);
}

static void write_heading(const table *t)
{
    const char *const slips[] = {say(t->language, "thay số", "digit"),
                                 say(t->language, "đảo số", "swapped"), "±1"};
    const char *rules = say(t->language, "q.tắc", "rules");

    write_front(t, "", "", "");
    printf("%*s%s", 7 - columns(rules), "", rules);
    for (int i = 0; i < SLIPS; i++) {
        int width = t->exact ? WIDE_COLUMN : COLUMN;

        printf("%*s%s", width - columns(slips[i]), "", slips[i]);
    }
    putchar('\n');
}

static void write_row(const table *t, size_t i)
{
    const parcheck_indicator *row = parcheck_power_indicator(t->power, i);
    char place[256];

    write_place(t, i, place, sizeof place);
    write_front(t, parcheck_indicator_form(row), place, name_of(t, i));
    printf("%7zu", parcheck_power_rule_count(t->power, i));
    for (int slip = 0; slip < SLIPS; slip++)
        write_share(t,
                    parcheck_power_detected(t->power, i, (parcheck_slip)slip),
                    parcheck_power_possible(t->power, i, (parcheck_slip)slip),
                    t->exact ? WIDE_COLUMN : COLUMN);
    putchar('\n');
}

static void write_total(const table *t)
{
    write_front(t, "", "", say(t->language, "tất cả", "all"));
    printf("%7s", "");
    for (int slip = 0; slip < SLIPS; slip++) {
        uint64_t detected = 0;
        uint64_t possible = 0;

        for (size_t i = 0; i < cells(t); i++) {
            detected += parcheck_power_detected(t->power, i,
                                                (parcheck_slip)slip);
            possible += parcheck_power_possible(t->power, i,
                                                (parcheck_slip)slip);
        }
        write_share(t, detected, possible, t->exact ? WIDE_COLUMN : COLUMN);
    }
    putchar('\n');
}

static const char *reason_text(const table *t, const char *reason)
{
    if (strcmp(reason, "always-blank") == 0)
        return say(t->language, "quy tắc luôn buộc để trống",
                   "the rules leave it blank every time");
    return say(t->language, "không tìm được số liệu nào thỏa mọi quy tắc",
               "no numbers were found that satisfy all rules");
}

static void write_line_of(const table *t, size_t i, const char *behind)
{
    char place[256];

    write_place(t, i, place, sizeof place);
    printf("  ");
    write_padded(parcheck_indicator_form(parcheck_power_indicator(t->power, i)),
                 t->form_width + 1);
    write_padded(place, t->code_width + 1);
    printf("%s%s%s\n", name_of(t, i), behind[0] != '\0' ? ": " : "", behind);
}

static void write_unguarded(const table *t)
{
    size_t count = 0;

    for (size_t i = 0; i < cells(t); i++)
        count += parcheck_power_rule_count(t->power, i) == 0;
    printf(say(t->language, "\nKhông quy tắc nào xét đến: %zu trên %zu ô\n",
               "\nNo rule looks at: %zu of %zu cells\n"),
           count, cells(t));
    for (size_t i = 0; i < cells(t); i++)
        if (parcheck_power_rule_count(t->power, i) == 0)
            write_line_of(t, i, "");
}

static void write_unmeasured(const table *t)
{
    size_t count = 0;

    for (size_t i = 0; i < cells(t); i++)
        count += parcheck_power_reason(t->power, i) != NULL;
    if (count == 0)
        return;
    printf(say(t->language, "\nKhông đo được: %zu ô\n",
               "\nNot measurable: %zu cells\n"),
           count);
    for (size_t i = 0; i < cells(t); i++)
        if (parcheck_power_reason(t->power, i) != NULL)
            write_line_of(t, i,
                          reason_text(t, parcheck_power_reason(t->power, i)));
}

static void write_all(table *t, const parcheck_family *family,
                      const parcheck_edition *edition)
{
    printf("%s/%s\n", parcheck_family_name(family),
           parcheck_edition_name(edition));
    printf(say(t->language,
               "Tỷ lệ lỗi gõ mà quy tắc phát hiện được, qua %zu bộ số liệu "
               "khớp nhau\n\n",
               "The share of slips that the rules notice, in %zu sets of "
               "consistent numbers\n\n"),
           parcheck_power_filling_count(t->power));
    measure(t);
    write_heading(t);
    for (size_t i = 0; i < cells(t); i++)
        if (parcheck_power_rule_count(t->power, i) > 0 &&
            parcheck_power_reason(t->power, i) == NULL)
            write_row(t, i);
    write_total(t);
    write_unguarded(t);
    write_unmeasured(t);
}

bool show_power(const parcheck_schema *schema, const parcheck_family *family,
                const parcheck_edition *edition, bool exact,
                parcheck_language language)
{
    parcheck_power *power = NULL;
    parcheck_error error;
    table t = {NULL, language, exact, 0, 0, 0};

    if (parcheck_schema_power(&power, schema, edition, NULL, &error) !=
        PARCHECK_OK) {
        complain(language, &error);
        return false;
    }
    t.power = power;
    write_all(&t, family, edition);
    parcheck_power_free(power);
    return true;
}
