/* The public functions on the units of a report and their facts. */
#include <string.h>

#include "report/report.h"

size_t parcheck_report_unit_count(const parcheck_report *report)
{
    return report->unit_count;
}

const parcheck_unit *parcheck_report_unit(const parcheck_report *report,
                                          size_t index)
{
    return index < report->unit_count ? &report->units[index] : NULL;
}

size_t parcheck_report_unit_parent(const parcheck_report *report, size_t index)
{
    return index < report->unit_count ? report->units[index].parent
                                      : PARCHECK_NO_UNIT;
}

size_t parcheck_report_unit_previous(const parcheck_report *report,
                                     size_t index)
{
    return index < report->unit_count ? report->units[index].previous
                                      : PARCHECK_NO_UNIT;
}

size_t parcheck_report_unit_year_before(const parcheck_report *report,
                                        size_t index)
{
    return index < report->unit_count ? report->units[index].year_before
                                      : PARCHECK_NO_UNIT;
}

const char *parcheck_unit_name(const parcheck_unit *unit)
{
    return unit->name;
}

const char *parcheck_unit_code(const parcheck_unit *unit)
{
    return unit->code;
}

const char *parcheck_unit_period(const parcheck_unit *unit)
{
    return unit->period.text[0] != '\0' ? unit->period.text : NULL;
}

const char *parcheck_unit_role(const parcheck_unit *unit)
{
    return unit->role != PC_NONE ? unit->edition->family->roles[unit->role].name
                                 : NULL;
}

const parcheck_edition *parcheck_unit_edition(const parcheck_unit *unit)
{
    return unit->edition;
}

const parcheck_fact *parcheck_unit_fact(const parcheck_unit *unit,
                                        const parcheck_indicator *indicator)
{
    if (indicator->symbol >= unit->edition->family->symbols.count ||
        pc_edition_row(unit->edition, indicator->symbol) != indicator)
        return NULL;
    return &unit->facts[indicator->symbol];
}

parcheck_state parcheck_fact_state(const parcheck_fact *fact)
{
    return (parcheck_state)fact->state;
}

const parcheck_cell *parcheck_fact_cell(const parcheck_fact *fact)
{
    return fact->cell;
}

size_t parcheck_fact_value(const parcheck_fact *fact, char *text, size_t size)
{
    char number[PC_DECIMAL_TEXT] = "";
    size_t length = 0;

    if (fact->state == PC_FACT_VALUE)
        length = pc_decimal_write(number, fact->value);
    if (length < size)
        memcpy(text, number, length + 1);
    else if (size > 0)
        text[0] = '\0';
    return length;
}

const char *parcheck_state_name(parcheck_state state)
{
    static const char *const names[] = {"missing", "blank", "value",
                                        "unreadable"};

    return (size_t)state < sizeof names / sizeof *names ? names[state] : "";
}
