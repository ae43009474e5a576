#include "rule/row.h"

static const pc_ratio zero = {0, 1};

static int order(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

int pc_operand_compare(const pc_operand *a, const pc_operand *b)
{
    int reach = order(a->reach, b->reach);
    int family = order(a->family->index, b->family->index);
    int symbol = order(a->symbol, b->symbol);

    if (reach != 0)
        return reach;
    if (family != 0)
        return family;
    return symbol != 0 ? symbol : order(a->role, b->role);
}

static int compare_entries(const void *a, const void *b)
{
    return pc_operand_compare(((const pc_row_entry *)a)->operand,
                              ((const pc_row_entry *)b)->operand);
}

/* Terms go to `list` with the given sign, numbers to the constant with the
 * other one. */
static bool collect(pc_list *list, pc_row *row, const pc_linear *side,
                    bool negate, pc_arena *arena)
{
    for (size_t i = 0; i < side->count; i++) {
        pc_ratio factor = pc_ratio_of(side->terms[i].factor);
        pc_row_entry *entry;

        if (negate)
            factor = pc_ratio_negate(factor);
        if (side->terms[i].operand == NULL) {
            row->constant = pc_ratio_subtract(row->constant, factor);
            continue;
        }
        entry = pc_list_add(list, arena, sizeof *entry);
        if (entry == NULL)
            return false;
        entry->operand = side->terms[i].operand;
        entry->factor = factor;
    }
    return true;
}

/* Joins entries of the same operand and drops those that cancel. */
static size_t join(pc_row_entry *entries, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count;) {
        pc_row_entry sum = entries[i++];

        while (i < count && compare_entries(&entries[i], &sum) == 0)
            sum.factor = pc_ratio_add(sum.factor, entries[i++].factor);
        if (pc_ratio_sign(sum.factor) != 0 || pc_ratio_is_lost(sum.factor))
            entries[kept++] = sum;
    }
    return kept;
}

bool pc_row_make(pc_row *row, const pc_linear *left, const pc_linear *right,
                 pc_arena *arena)
{
    pc_list list = {0};

    row->constant = zero;
    if (!collect(&list, row, left, false, arena) ||
        !collect(&list, row, right, true, arena))
        return false;
    row->entries = list.data;
    pc_sort(list.data, list.count, sizeof(pc_row_entry), compare_entries);
    row->count = join(row->entries, list.count);
    return true;
}

bool pc_row_is_lost(const pc_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (pc_ratio_is_lost(row->entries[i].factor))
            return true;
    return pc_ratio_is_lost(row->constant);
}
