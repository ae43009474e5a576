/* parcheck_report_deduce() and reading what it found. */
#include "rule/deduce.h"

#include <string.h>

#include "base/error.h"
#include "report/report.h"

struct parcheck_deductions {
    pc_arena arena;
    pc_list list; /* of pc_deduction */
    const char **values;
};

/* With all its decimals, zeros among them; it is not negative. */
static void write_value(char text[PC_DECIMAL_TEXT], pc_decimal value)
{
    int64_t rest = value.coefficient;
    size_t at = PC_DECIMAL_TEXT - 1;

    text[at] = '\0';
    for (unsigned i = 0; rest > 0 || i <= value.scale; i++, rest /= 10) {
        if (i > 0 && i == value.scale)
            text[--at] = '.';
        text[--at] = (char)('0' + rest % 10);
    }
    memmove(text, text + at, PC_DECIMAL_TEXT - at);
}

static const char *value_text(parcheck_deductions *d, const pc_deduction *of)
{
    char number[PC_DECIMAL_TEXT + 1];
    size_t length;

    write_value(number, of->value);
    length = strlen(number);
    if (of->percent_sign)
        number[length++] = '%';
    return pc_arena_copy(&d->arena, number, length);
}

static bool make(parcheck_deductions *d, const parcheck_report *report)
{
    const pc_deduction *all;

    if (!pc_deduce(&d->list, report->units, report->unit_count,
                   report->presence, &d->arena))
        return false;
    all = d->list.data;
    d->values = pc_arena_array(&d->arena, d->list.count, sizeof(*d->values));
    if (d->values == NULL)
        return false;
    for (size_t i = 0; i < d->list.count; i++) {
        d->values[i] = value_text(d, &all[i]);
        if (d->values[i] == NULL)
            return false;
    }
    return true;
}

parcheck_status parcheck_report_deduce(parcheck_deductions **deductions,
                                       const parcheck_report *report,
                                       const parcheck_allocator *allocator,
                                       parcheck_error *error)
{
    parcheck_allocator memory = pc_allocator(allocator);
    parcheck_deductions *made = pc_resize(&memory, NULL, sizeof *made);

    *deductions = NULL;
    if (made == NULL)
        return pc_no_memory(error);
    memset(made, 0, sizeof *made);
    pc_arena_init(&made->arena, &memory);
    if (!make(made, report)) {
        parcheck_deductions_free(made);
        return pc_no_memory(error);
    }
    *deductions = made;
    return PARCHECK_OK;
}

void parcheck_deductions_free(parcheck_deductions *deductions)
{
    parcheck_allocator allocator;

    if (deductions == NULL)
        return;
    allocator = deductions->arena.allocator;
    pc_arena_free(&deductions->arena);
    pc_release(&allocator, deductions);
}

size_t parcheck_deductions_count(const parcheck_deductions *deductions)
{
    return deductions->list.count;
}

static const pc_deduction *at(const parcheck_deductions *deductions,
                              size_t index)
{
    static const pc_deduction none;

    return index < deductions->list.count
               ? (const pc_deduction *)deductions->list.data + index
               : &none;
}

const parcheck_cell *
parcheck_deductions_cell(const parcheck_deductions *deductions, size_t index)
{
    return at(deductions, index)->cell;
}

const parcheck_indicator *
parcheck_deductions_indicator(const parcheck_deductions *deductions,
                              size_t index)
{
    return at(deductions, index)->indicator;
}

const char *parcheck_deductions_value(const parcheck_deductions *deductions,
                                      size_t index)
{
    return index < deductions->list.count ? deductions->values[index] : NULL;
}

const parcheck_rule *
parcheck_deductions_rule(const parcheck_deductions *deductions, size_t index)
{
    return at(deductions, index)->rule;
}

const parcheck_rule *
parcheck_deductions_contradiction(const parcheck_deductions *deductions,
                                  size_t index)
{
    return at(deductions, index)->contra;
}
