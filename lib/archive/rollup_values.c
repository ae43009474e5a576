/* The numbers of a total: the sums, and the percentages worked out of them. */
#include <string.h>

#include "archive/rollup.h"
#include "rule/sum.h"

enum { RATE_DECIMALS = 2 };

typedef struct working {
    pc_rolling *r;
    const pc_tally *tally;
    pc_told *told;
    const parcheck_edition *edition;
    const pc_total *totals;
    pc_fact *facts; /* by symbol: the sums as a rule sees them */
    pc_unit unit;
    pc_judging judging;
    const char **values; /* by row */
    pc_names no_rates;
    pc_names uneven;
    pc_names too_long;
} working;

/* ---- sums ---------------------------------------------------------------- */

/*
 * The number with all its decimals. Three behind up to three others could be a
 * group of thousands: then one more, a zero, makes clear that they are not.
 */
static const char *number_text(pc_decimal number, pc_arena *arena)
{
    char text[2 * PC_DIGITS + 4];
    char *at = text + sizeof text;
    bool negative = number.coefficient < 0;
    uint64_t rest = negative ? (uint64_t)0 - (uint64_t)number.coefficient
                             : (uint64_t)number.coefficient;

    if (number.scale == 3 && rest >= 1000 && rest < 1000000)
        *--at = '0';
    for (unsigned i = 0; i <= number.scale || rest > 0; i++, rest /= 10) {
        if (i == number.scale && i > 0)
            *--at = '.';
        *--at = (char)('0' + rest % 10);
    }
    if (negative)
        *--at = '-';
    return pc_arena_copy(arena, at, (size_t)(text + sizeof text - at));
}

static bool set_sum(working *w, size_t row)
{
    const parcheck_indicator *indicator = &w->edition->indicators[row];
    const pc_total *total = &w->totals[indicator->symbol];
    pc_fact *fact = &w->facts[indicator->symbol];

    w->values[row] = "";
    if (total->count == 0) {
        fact->state = PC_FACT_BLANK;
        return true;
    }
    if (!pc_total_decimal(total, &w->r->rollup->wides, &fact->value)) {
        fact->state = PC_FACT_UNREADABLE;
        pc_names_row(&w->too_long, indicator);
        return true;
    }
    fact->state = PC_FACT_VALUE;
    w->values[row] = number_text(fact->value, &w->told->arena);
    return w->values[row] != NULL;
}

/* ---- percentages --------------------------------------------------------- */

static bool is_own(const pc_linear *side)
{
    for (size_t i = 0; i < side->count; i++)
        if (side->terms[i].operand != NULL &&
            side->terms[i].operand->reach != PC_REACH_OWN)
            return false;
    return true;
}

/* What gives the percentage: "p = percent(a, b)", alone or joined by "and". The
 * depth is bounded: see schema/parse.c. */
static const pc_node *rate_in(const pc_node *node, size_t symbol)
{
    const pc_node *found = NULL;

    if (node->kind == PC_NODE_AND) {
        found = rate_in(node->a, symbol);
        return found != NULL ? found : rate_in(node->b, symbol);
    }
    if (node->kind == PC_NODE_PERCENT && is_own(&node->left) &&
        node->left.terms[0].operand->symbol == symbol && is_own(&node->right) &&
        is_own(&node->base))
        found = node;
    return found;
}

static const pc_node *next_rate(const parcheck_edition *edition, size_t symbol,
                                size_t *rule)
{
    const parcheck_family *family = edition->family;

    while (*rule < family->rule_count) {
        const parcheck_rule *one = &family->rules[(*rule)++];
        const pc_node *node = NULL;

        if (one->when == NULL && pc_edition_applies(edition, one))
            node = rate_in(one->then, symbol);
        if (node != NULL)
            return node;
    }
    return NULL;
}

static bool find_rates(pc_rolling *r, const parcheck_edition *edition)
{
    if (r->rates_of == edition)
        return true;
    r->rates_of = edition;
    r->rates.count = 0;
    for (size_t i = 0; i < edition->count; i++) {
        const parcheck_indicator *row = &edition->indicators[i];
        size_t rule = 0;
        const pc_node *node = row->kind == PARCHECK_PERCENT
                                  ? next_rate(edition, row->symbol, &rule)
                                  : NULL;
        pc_rate *rate = node != NULL
                            ? pc_list_add(&r->rates, &r->arena, sizeof *rate)
                            : NULL;

        if (node != NULL && rate == NULL)
            return false;
        if (rate != NULL)
            *rate = (pc_rate){row->symbol, node};
    }
    return true;
}

static bool make_lacks(pc_rolling *r)
{
    const parcheck_schema *schema = r->run->archive.schema;
    size_t most = 0;

    for (size_t i = 0; i < schema->family_count; i++)
        if (schema->families[i].symbols.count > most)
            most = schema->families[i].symbols.count;
    if (r->lacks == NULL)
        r->lacks = pc_arena_array(&r->arena, most, sizeof *r->lacks);
    return r->lacks != NULL;
}

/* A share and what it adds to the total. */
typedef struct adding {
    const pc_rolling *r;
    const pc_tally *tally;
    const pc_share *share;
    const pc_tally *from; /* that stands in for it, or NULL */
} adding;

static bool gives_nothing(const adding *a, size_t symbol)
{
    const parcheck_indicator *row = pc_edition_row(a->tally->total->edition,
                                                   symbol);

    return row == NULL || !pc_is_addable(row, a->share->edition) ||
           a->r->lacks[symbol] ||
           (a->from != NULL && a->from->total->totals[symbol].count == 0);
}

/* Counts the numbers that a side takes, and those that are not given. */
static void count_given(const adding *a, const pc_linear *side, size_t *all,
                        size_t *lacking)
{
    for (size_t i = 0; i < side->count; i++) {
        if (side->terms[i].operand == NULL)
            continue;
        ++*all;
        *lacking += gives_nothing(a, side->terms[i].operand->symbol);
    }
}

static void mark_gaps(bool *lacks, const pc_gaps *gaps, bool mark)
{
    for (size_t i = 0; gaps != NULL && i < gaps->count; i++)
        lacks[gaps->gaps[i].symbol] = mark;
}

static void mark_share(pc_rolling *r, const adding *a)
{
    const pc_rate *rates = r->rates.data;

    mark_gaps(r->lacks, a->share->gaps, true);
    for (size_t i = 0; i < r->rates.count; i++) {
        size_t all = 0;
        size_t lacking = 0;

        count_given(a, &rates[i].node->right, &all, &lacking);
        count_given(a, &rates[i].node->base, &all, &lacking);
        if (lacking > 0 && lacking < all)
            a->tally->total->totals[rates[i].symbol].uneven = true;
    }
    mark_gaps(r->lacks, a->share->gaps, false);
}

/* What stands in for units below has marks of its own already. */
bool pc_rollup_mark_uneven(pc_rolling *r, pc_tally *tally)
{
    const parcheck_edition *edition = tally->total->edition;

    if (!find_rates(r, edition) || !make_lacks(r))
        return false;
    for (const pc_share *s = tally->shares; s != NULL; s = s->next) {
        adding a = {r, tally, s, NULL};

        if (s->edition == NULL || s->edition->family != edition->family ||
            (s->gaps == NULL && s->edition == edition && !s->from_below))
            continue;
        if (s->from_below)
            a.from = pc_tally_find(r->rollup, s->unit, tally->period);
        mark_share(r, &a);
    }
    return true;
}

static bool is_closed(const pc_sum *sum)
{
    return !pc_sum_is_open(sum) && !sum->unreadable;
}

/* 100 a / b rounded half up; false if there is none from 0 to 100. */
static bool work_out(working *w, const pc_node *node, pc_decimal *rate)
{
    const pc_wide most = pc_wide_power10(RATE_DECIMALS + 2);
    pc_fraction percent;
    pc_wide rounded;
    pc_sum a;
    pc_sum b;

    pc_add_up_ratio(&w->judging, node, &a, &b);
    if (w->judging.failed)
        return false;
    if (!is_closed(&a) || !is_closed(&b) || pc_wide_sign(&b.known) <= 0 ||
        pc_wide_sign(&a.known) < 0)
        return false;
    percent.numerator = pc_wide_multiply(a.known, pc_wide_from(100));
    percent.denominator = b.known;
    rounded = pc_fraction_round(&percent, RATE_DECIMALS);
    if (pc_wide_compare(&rounded, &most) > 0)
        return false;
    rate->coefficient = rounded.limb[0];
    rate->scale = RATE_DECIMALS;
    return true;
}

static bool has_any(const working *w, const pc_linear *side)
{
    for (size_t i = 0; i < side->count; i++)
        if (side->terms[i].operand != NULL &&
            w->totals[side->terms[i].operand->symbol].count > 0)
            return true;
    return false;
}

/* Marks a row that somebody has filled in and that no sum can stand for. */
static bool mark_odd(working *w, size_t row)
{
    pc_list *list = &w->r->odd_rows;
    pc_odd_rows *all = list->data;
    pc_odd_rows *made;

    for (size_t i = 0; i < list->count; i++)
        if (all[i].edition == w->edition) {
            all[i].rows[row] = true;
            return true;
        }
    made = pc_list_add(list, &w->r->arena, sizeof *made);
    if (made == NULL)
        return false;
    made->edition = w->edition;
    made->rows = pc_arena_array(&w->r->arena, w->edition->count,
                                sizeof *made->rows);
    if (made->rows == NULL)
        return false;
    made->rows[row] = true;
    return true;
}

static bool set_rate(working *w, size_t row)
{
    const parcheck_indicator *indicator = &w->edition->indicators[row];
    bool filled = w->totals[indicator->symbol].count > 0;
    bool any = filled;
    bool ruled = false; /* by one that was looked at */
    size_t rule = 0;
    const pc_node *node;
    pc_decimal rate;

    w->values[row] = "";
    while ((node = next_rate(w->edition, indicator->symbol, &rule)) != NULL) {
        if (work_out(w, node, &rate)) {
            if (!ruled && w->totals[indicator->symbol].uneven)
                pc_names_row(&w->uneven, indicator);
            w->values[row] = number_text(rate, &w->told->arena);
            return w->values[row] != NULL;
        }
        ruled = true;
        any = any || has_any(w, &node->right) || has_any(w, &node->base);
    }
    if (!ruled)
        return !filled || mark_odd(w, row);
    if (any)
        pc_names_row(&w->no_rates, indicator);
    return !w->judging.failed;
}

/* ---- all rows ------------------------------------------------------------ */

static bool set_row(working *w, size_t row, bool rates)
{
    const parcheck_indicator *indicator = &w->edition->indicators[row];

    switch (indicator->kind) {
    case PARCHECK_COUNT:
    case PARCHECK_AMOUNT:
        return rates || set_sum(w, row);
    case PARCHECK_PERCENT:
        return !rates || set_rate(w, row);
    case PARCHECK_CHOICE:
        w->values[row] = "";
        return w->totals[indicator->symbol].count == 0 || mark_odd(w, row);
    case PARCHECK_TEXT:
        return mark_odd(w, row);
    default:
        return true;
    }
}

static bool is_present(const working *w, const pc_form *form)
{
    for (size_t i = form->first; i < form->end; i++)
        if (w->totals[w->edition->indicators[i].symbol].present)
            return true;
    return false;
}

/* Forms that nobody has sent are left out. */
static bool set_rows(working *w, bool rates)
{
    const pc_form *forms = w->edition->forms.data;

    for (size_t i = 0; i < w->edition->forms.count; i++) {
        if (!is_present(w, &forms[i]))
            continue;
        for (size_t j = forms[i].first; j < forms[i].end; j++)
            if (!set_row(w, j, rates))
                return false;
    }
    return true;
}

static bool tell_names(working *w, pc_code code, pc_names *names)
{
    const pc_archive_unit *unit = pc_store_at(&w->r->run->store,
                                              w->tally->unit);
    const char *list = pc_names_end(names);

    if (list != NULL && names->count > 0)
        (void)pc_rollup_finding(
            w->r, w->told, code, w->tally->unit, w->tally->line,
            (const char *[]){unit->name, pc_number_text(names->count).text,
                             list, NULL});
    return list != NULL;
}

static bool prepare(working *w)
{
    size_t symbols = w->edition->family->symbols.count;

    w->facts = pc_arena_array(&w->told->arena, symbols, sizeof *w->facts);
    w->values = pc_arena_array(&w->told->arena, w->edition->count,
                               sizeof(*w->values));
    w->unit.edition = w->edition;
    w->unit.facts = w->facts;
    w->judging.unit = &w->unit;
    w->judging.arena = &w->told->arena;
    pc_names_init(&w->no_rates, &w->r->run->allocator);
    pc_names_init(&w->uneven, &w->r->run->allocator);
    pc_names_init(&w->too_long, &w->r->run->allocator);
    return w->facts != NULL && w->values != NULL;
}

const char *const *pc_rollup_values(pc_rolling *r, const pc_tally *tally,
                                    pc_told *told)
{
    working w = {.r = r,
                 .tally = tally,
                 .told = told,
                 .edition = tally->total->edition,
                 .totals = tally->total->totals};
    bool done = prepare(&w) && set_rows(&w, false) && set_rows(&w, true) &&
                tell_names(&w, PC_ROLLUP_TOO_LONG, &w.too_long) &&
                tell_names(&w, PC_ROLLUP_NO_RATE, &w.no_rates) &&
                tell_names(&w, PC_ROLLUP_UNEVEN, &w.uneven);

    pc_buffer_free(&w.no_rates.text);
    pc_buffer_free(&w.uneven.text);
    pc_buffer_free(&w.too_long.text);
    return done && !told->findings.failed ? w.values : NULL;
}

static bool tell_odd(pc_rolling *r, const pc_odd_rows *odd, pc_told *told)
{
    const parcheck_edition *edition = odd->edition;
    const char *list;
    pc_names names;

    pc_names_init(&names, &r->run->allocator);
    for (size_t i = 0; i < edition->count; i++)
        if (odd->rows[i])
            pc_names_row(&names, &edition->indicators[i]);
    list = pc_names_end(&names);
    if (list != NULL)
        pc_told_line(told, PC_ROLLUP_NOT_ADDED, 1,
                     (const char *[]){edition->name,
                                      pc_number_text(names.count).text, list,
                                      NULL});
    pc_buffer_free(&names.text);
    return list != NULL;
}

bool pc_rollup_tell_rows(pc_rolling *r)
{
    const pc_odd_rows *all = r->odd_rows.data;
    pc_told *told = pc_told_new(&r->run->archive, &r->run->allocator);
    bool done = told != NULL;

    for (size_t i = 0; done && i < r->odd_rows.count; i++)
        done = tell_odd(r, &all[i], told);
    if (!done) {
        pc_told_free(told);
        return false;
    }
    (void)pc_told_finish(told);
    return pc_run_tell(r->run, told);
}
