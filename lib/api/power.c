/* parcheck_schema_power() and reading what it found. */
#include "sample/power.h"

#include <string.h>

#include "base/error.h"

static bool is_of(const parcheck_schema *schema,
                  const parcheck_edition *edition)
{
    for (size_t i = 0; i < schema->family_count; i++)
        if (edition->family == &schema->families[i])
            return true;
    return false;
}

parcheck_status parcheck_schema_power(parcheck_power **power,
                                      const parcheck_schema *schema,
                                      const parcheck_edition *edition,
                                      const parcheck_allocator *allocator,
                                      parcheck_error *error)
{
    parcheck_allocator memory = pc_allocator(allocator);
    parcheck_power *made;

    *power = NULL;
    if (!is_of(schema, edition))
        return pc_fail(error, PARCHECK_EINVAL, (pc_place){"", 0, 0},
                       "ấn bản không thuộc lược đồ này",
                       "the edition is not one of the schema");
    made = pc_resize(&memory, NULL, sizeof *made);
    if (made == NULL)
        return pc_no_memory(error);
    memset(made, 0, sizeof *made);
    pc_arena_init(&made->arena, &memory);
    if (!pc_power_measure(made, schema, edition)) {
        parcheck_power_free(made);
        return pc_no_memory(error);
    }
    *power = made;
    return PARCHECK_OK;
}

void parcheck_power_free(parcheck_power *power)
{
    parcheck_allocator allocator;

    if (power == NULL)
        return;
    allocator = power->arena.allocator;
    pc_arena_free(&power->arena);
    pc_release(&allocator, power);
}

size_t parcheck_power_filling_count(const parcheck_power *power)
{
    (void)power;
    return PC_POWER_FILLINGS;
}

size_t parcheck_power_cell_count(const parcheck_power *power)
{
    return power->count;
}

const parcheck_indicator *parcheck_power_indicator(const parcheck_power *power,
                                                   size_t index)
{
    return index < power->count ? power->cells[index].indicator : NULL;
}

const char *parcheck_power_role(const parcheck_power *power, size_t index)
{
    return index < power->count ? power->cells[index].role : NULL;
}

size_t parcheck_power_rule_count(const parcheck_power *power, size_t index)
{
    return index < power->count ? power->cells[index].rules : 0;
}

const char *parcheck_power_reason(const parcheck_power *power, size_t index)
{
    static const char *const reasons[] = {NULL, "no-filling", "always-blank"};

    return index < power->count ? reasons[power->cells[index].unmeasured]
                                : NULL;
}

uint64_t parcheck_power_possible(const parcheck_power *power, size_t index,
                                 parcheck_slip slip)
{
    return index < power->count && (size_t)slip < PC_SLIPS
               ? power->cells[index].possible[slip]
               : 0;
}

uint64_t parcheck_power_detected(const parcheck_power *power, size_t index,
                                 parcheck_slip slip)
{
    return index < power->count && (size_t)slip < PC_SLIPS
               ? power->cells[index].detected[slip]
               : 0;
}
