#include "rule/system.h"

/* ---- rules to premises -------------------------------------------------- */

static pc_limit limit_at(pc_ratio value, int side)
{
    return (pc_limit){true, side, value};
}

static pc_range point(pc_ratio value)
{
    return (pc_range){limit_at(value, 0), limit_at(value, 0)};
}

static void set_relation(pc_premise *premise, pc_relation relation)
{
    pc_ratio value = premise->row.constant;
    pc_range *range = premise->pieces;

    premise->piece_count = 1;
    switch (relation) {
    case PC_EQUAL:
        range[0] = point(value);
        break;
    case PC_NOT_EQUAL:
        range[0].high = limit_at(value, -1);
        range[1].low = limit_at(value, 1);
        premise->piece_count = 2;
        return;
    case PC_LESS:
    case PC_LESS_EQUAL:
        range[0].high = limit_at(value, relation == PC_LESS ? -1 : 0);
        break;
    default:
        range[0].low = limit_at(value, relation == PC_GREATER ? 1 : 0);
        break;
    }
    premise->hull = range[0];
}

static void set_list(pc_premise *premise, const pc_node *node)
{
    size_t least = 0;
    size_t most = 0;

    premise->piece_count = node->set_count;
    for (size_t i = 0; i < node->set_count; i++) {
        premise->pieces[i] = point(pc_ratio_of(node->set[i]));
        if (pc_decimal_compare(node->set[i], node->set[least]) < 0)
            least = i;
        if (pc_decimal_compare(node->set[i], node->set[most]) > 0)
            most = i;
    }
    premise->hull.low = premise->pieces[least].low;
    premise->hull.high = premise->pieces[most].high;
}

static bool is_linear(const parcheck_rule *rule)
{
    return rule->when == NULL && (rule->then->kind == PC_NODE_COMPARE ||
                                  rule->then->kind == PC_NODE_IN);
}

static pc_premise *make_premise(const parcheck_rule *rule, pc_arena *arena)
{
    const pc_node *node = rule->then;
    size_t pieces = node->kind == PC_NODE_IN ? node->set_count : 2;
    pc_premise *premise = pc_arena_alloc(arena, sizeof *premise);

    if (premise == NULL ||
        !pc_row_make(&premise->row, &node->left, &node->right, arena))
        return NULL;
    premise->rule = rule;
    premise->lost = pc_row_is_lost(&premise->row);
    premise->pieces = pc_arena_array(arena, pieces, sizeof(pc_range));
    premise->unknowns = pc_arena_array(arena, premise->row.count,
                                       sizeof(size_t));
    if (premise->pieces == NULL || premise->unknowns == NULL)
        return NULL;
    if (node->kind == PC_NODE_IN)
        set_list(premise, node);
    else
        set_relation(premise, node->relation);
    return premise;
}

/* ---- premises to components --------------------------------------------- */

/* A fact that rules speak of. */
typedef struct unknown {
    const pc_operand *operand;
    size_t leader; /* of a tree of unknowns that belong together */
    size_t column; /* in the simplex of its component */
} unknown;

typedef struct builder {
    pc_system *system;
    const parcheck_family *family;
    pc_arena *arena;
    pc_list unknowns;
} builder;

static unknown *unknown_at(const builder *b, size_t index)
{
    return (unknown *)b->unknowns.data + index;
}

/* PC_NONE without memory. */
static size_t find_unknown(builder *b, const pc_operand *operand)
{
    size_t i = 0;
    unknown *added;

    while (i < b->unknowns.count &&
           pc_operand_compare(unknown_at(b, i)->operand, operand) != 0)
        i++;
    if (i < b->unknowns.count)
        return i;
    added = pc_list_add(&b->unknowns, b->arena, sizeof *added);
    if (added == NULL)
        return PC_NONE;
    added->operand = operand;
    added->leader = i;
    return i;
}

static size_t leader_of(const builder *b, size_t index)
{
    unknown *u = unknown_at(b, index);

    /* Every step also shortens the way for the next time. */
    while (u->leader != index) {
        u->leader = unknown_at(b, u->leader)->leader;
        index = u->leader;
        u = unknown_at(b, index);
    }
    return index;
}

/* The lower number leads, so that the result has one order. */
static void unite(const builder *b, size_t left, size_t right)
{
    left = leader_of(b, left);
    right = leader_of(b, right);
    if (left < right)
        unknown_at(b, right)->leader = left;
    else
        unknown_at(b, left)->leader = right;
}

static bool add_premise(builder *b, size_t rule)
{
    pc_premise *premise = make_premise(&b->family->rules[rule], b->arena);

    if (premise == NULL)
        return false;
    for (size_t i = 0; i < premise->row.count; i++) {
        size_t index = find_unknown(b, premise->row.entries[i].operand);

        if (index == PC_NONE)
            return false;
        premise->unknowns[i] = index;
        unite(b, premise->unknowns[0], index);
    }
    b->system->of_rule[rule] = premise;
    return true;
}

/* The premises led by an unknown; those of no unknown by PC_NONE. */
static bool gather(builder *b, size_t leader, pc_list *premises)
{
    for (size_t i = 0; i < b->family->rule_count; i++) {
        pc_premise *premise = b->system->of_rule[i];
        pc_premise **place;
        size_t led;

        if (premise == NULL || premise->lost)
            continue;
        led = premise->row.count > 0 ? leader_of(b, premise->unknowns[0])
                                     : PC_NONE;
        if (led != leader)
            continue;
        place = pc_list_add(premises, b->arena, sizeof(*place));
        if (place == NULL)
            return false;
        premise->at = premises->count - 1;
        *place = premise;
    }
    return true;
}

static size_t number_columns(const builder *b, size_t leader)
{
    size_t columns = 0;

    for (size_t i = 0; leader != PC_NONE && i < b->unknowns.count; i++)
        if (leader_of(b, i) == leader)
            unknown_at(b, i)->column = columns++;
    return columns;
}

/* A sum over units can be above 100 even if the addends cannot. */
static pc_range values_of(const pc_operand *operand)
{
    pc_range range = {.low = limit_at((pc_ratio){0, 1}, 0)};

    if (operand->reach != PC_REACH_CHILDREN &&
        pc_family_symbol(operand->family, operand->symbol)->kind ==
            PARCHECK_PERCENT)
        range.high = limit_at((pc_ratio){100, 1}, 0);
    return range;
}

static void fill(const builder *b, pc_component *component)
{
    for (size_t i = 0; i < component->count; i++) {
        const pc_premise *premise = component->premises[i];

        for (size_t j = 0; j < premise->row.count; j++) {
            const unknown *column = unknown_at(b, premise->unknowns[j]);

            pc_simplex_set(&component->simplex, i, column->column,
                           premise->row.entries[j].factor);
            *pc_simplex_column_range(
                &component->simplex,
                column->column) = values_of(column->operand);
        }
    }
}

static bool add_component(builder *b, size_t leader)
{
    pc_component *component =
        &b->system->components[b->system->component_count];
    size_t columns = number_columns(b, leader);
    pc_list premises = {0};

    if (!gather(b, leader, &premises))
        return false;
    if (premises.count == 0)
        return true;
    b->system->component_count++;
    component->premises = premises.data;
    component->count = premises.count;
    if (columns > PC_SIMPLEX_CELLS / component->count) {
        component->too_large = true;
        return true;
    }
    if (!pc_simplex_init(&component->simplex, component->count, columns,
                         b->arena))
        return false;
    fill(b, component);
    return true;
}

bool pc_system_build(pc_system *system, const parcheck_family *family,
                     pc_arena *arena)
{
    builder b = {.system = system, .family = family, .arena = arena};

    system->component_count = 0;
    system->of_rule = pc_arena_array(arena, family->rule_count,
                                     sizeof(*system->of_rule));
    if (system->of_rule == NULL)
        return false;
    for (size_t i = 0; i < family->rule_count; i++)
        if (is_linear(&family->rules[i]) && !add_premise(&b, i))
            return false;
    system->components = pc_arena_array(arena, b.unknowns.count + 1,
                                        sizeof *system->components);
    if (system->components == NULL || !add_component(&b, PC_NONE))
        return false;
    for (size_t i = 0; i < b.unknowns.count; i++)
        if (leader_of(&b, i) == i && !add_component(&b, i))
            return false;
    return true;
}
