#include "rule/normal.h"

#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "rule/row.h"

typedef struct writer {
    pc_arena *arena;
    bool failed; /* no memory */
    bool lost;   /* a number did not fit */
} writer;

static const char *text_of(writer *w, const pc_node *node);

static pc_buffer start(const writer *w)
{
    pc_buffer out;

    pc_buffer_init(&out, &w->arena->allocator, SIZE_MAX / 8);
    return out;
}

static const char *finish(writer *w, pc_buffer *out)
{
    const char *text = pc_buffer_copy(out, w->arena);

    pc_buffer_free(out);
    if (text == NULL)
        w->failed = true;
    return text != NULL ? text : "";
}

/* ---- sums --------------------------------------------------------------- */

static void write_ratio(writer *w, pc_buffer *out, pc_ratio ratio)
{
    if (pc_ratio_is_lost(ratio))
        w->lost = true;
    pc_buffer_format(out, "%" PRId64 "/%" PRId64, ratio.numerator,
                     ratio.denominator);
}

static void write_operand(pc_buffer *out, const pc_operand *operand)
{
    static const char *const reaches[] = {"", "", "children ", "previous ",
                                          "year_before "};

    pc_buffer_format(out, "%s%s", reaches[operand->reach], operand->name);
    if (operand->role_name != NULL)
        pc_buffer_format(out, "@%s", operand->role_name);
}

static pc_row row_of(writer *w, const pc_linear *left, const pc_linear *right)
{
    pc_row row = {0};

    if (!pc_row_make(&row, left, right, w->arena))
        w->failed = true;
    return row;
}

/* The entries times `factor`, each with a blank behind. */
static void write_entries(writer *w, pc_buffer *out, const pc_row *row,
                          pc_ratio factor)
{
    for (size_t i = 0; i < row->count; i++) {
        write_ratio(w, out, pc_ratio_multiply(row->entries[i].factor, factor));
        pc_buffer_char(out, '*');
        write_operand(out, row->entries[i].operand);
        pc_buffer_char(out, ' ');
    }
}

/* Only = != < and <= are written, the others being turned round; the first
 * factor is made 1, or -1 where the relation has a direction. */
static const char *compare_text(writer *w, const pc_node *node)
{
    static const char *const names[] = {"=", "!=", "<", "<=", "<", "<="};
    bool turn = node->relation == PC_GREATER ||
                node->relation == PC_GREATER_EQUAL;
    bool directed = node->relation != PC_EQUAL &&
                    node->relation != PC_NOT_EQUAL;
    pc_row row = row_of(w, &node->left, &node->right);
    pc_ratio factor = {1, 1};
    pc_buffer out = start(w);

    if (row.count > 0)
        factor = pc_ratio_invert(row.entries[0].factor);
    if (directed && (pc_ratio_sign(factor) < 0) != turn)
        factor = pc_ratio_negate(factor);
    write_entries(w, &out, &row, factor);
    pc_buffer_format(&out, "%s ", names[node->relation]);
    write_ratio(w, &out, pc_ratio_multiply(row.constant, factor));
    return finish(w, &out);
}

/* A side as it stands: the sum and then the number in it. */
static void write_side(writer *w, pc_buffer *out, const pc_linear *side)
{
    const pc_linear nothing = {0};
    pc_row row = row_of(w, side, &nothing);

    write_entries(w, out, &row, (pc_ratio){1, 1});
    write_ratio(w, out, pc_ratio_negate(row.constant));
}

static const char *percent_text(writer *w, const pc_node *node)
{
    pc_buffer out = start(w);

    write_operand(&out, node->left.terms[0].operand);
    pc_buffer_text(&out, " = percent(");
    write_side(w, &out, &node->right);
    pc_buffer_text(&out, ", ");
    write_side(w, &out, &node->base);
    pc_buffer_char(&out, ')');
    return finish(w, &out);
}

/* ---- lists -------------------------------------------------------------- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_text(writer *w, pc_list *texts, const char *text)
{
    const char **place = pc_list_add(texts, w->arena, sizeof(*place));

    if (place == NULL)
        w->failed = true;
    else
        *place = text;
}

/* "(a, b, c)" in order, each once. */
static void write_sorted(pc_buffer *out, pc_list *texts)
{
    const char **all = texts->data;

    pc_sort(all, texts->count, sizeof(*all), compare_texts);
    pc_buffer_char(out, '(');
    for (size_t i = 0; i < texts->count; i++)
        if (i == 0 || strcmp(all[i], all[i - 1]) != 0)
            pc_buffer_format(out, "%s, ", all[i]);
    pc_buffer_char(out, ')');
}

static const char *in_text(writer *w, const pc_node *node)
{
    pc_buffer out = start(w);
    pc_list texts = {0};

    for (size_t i = 0; i < node->set_count; i++) {
        pc_buffer number = start(w);

        write_ratio(w, &number, pc_ratio_of(node->set[i]));
        add_text(w, &texts, finish(w, &number));
    }
    write_operand(&out, node->left.terms[0].operand);
    pc_buffer_text(&out, " in ");
    write_sorted(&out, &texts);
    return finish(w, &out);
}

/* The parts of nested nodes of one kind: "a and (b and c)" has three. */
static void add_parts(writer *w, pc_list *texts, const pc_node *node,
                      pc_node_kind kind)
{
    if (node->kind != kind) {
        add_text(w, texts, text_of(w, node));
        return;
    }
    add_parts(w, texts, node->a, kind);
    add_parts(w, texts, node->b, kind);
}

static const char *join_text(writer *w, const pc_node *node)
{
    pc_buffer out = start(w);
    pc_list texts = {0};

    add_parts(w, &texts, node, node->kind);
    pc_buffer_text(&out, node->kind == PC_NODE_AND ? "and" : "or");
    write_sorted(&out, &texts);
    return finish(w, &out);
}

/* ---- nodes -------------------------------------------------------------- */

static const char *call_text(writer *w, const char *name, const char *inner)
{
    pc_buffer out = start(w);

    pc_buffer_format(&out, "%s(%s)", name, inner);
    return finish(w, &out);
}

static const char *blank_text(writer *w, const pc_node *node)
{
    pc_buffer out = start(w);

    pc_buffer_text(&out, "blank ");
    write_operand(&out, node->left.terms[0].operand);
    return finish(w, &out);
}

/* reported() is written as the negation of blank(). */
static const char *not_text(writer *w, const pc_node *negated)
{
    if (negated->kind == PC_NODE_NOT)
        return text_of(w, negated->a);
    if (negated->kind == PC_NODE_REPORTED)
        return blank_text(w, negated);
    return call_text(w, "not", text_of(w, negated));
}

/* The depth is bounded: see schema/parse.c. */
static const char *text_of(writer *w, const pc_node *node)
{
    switch (node->kind) {
    case PC_NODE_AND:
    case PC_NODE_OR:
        return join_text(w, node);
    case PC_NODE_NOT:
        return not_text(w, node->a);
    case PC_NODE_REPORTED:
        return call_text(w, "not", blank_text(w, node));
    case PC_NODE_BLANK:
        return blank_text(w, node);
    case PC_NODE_PERCENT:
        return percent_text(w, node);
    case PC_NODE_IN:
        return in_text(w, node);
    default:
        return compare_text(w, node);
    }
}

bool pc_normalise(pc_normal *normal, const parcheck_rule *rule, pc_arena *arena)
{
    writer w = {.arena = arena};

    normal->when = rule->when != NULL ? text_of(&w, rule->when) : "";
    normal->then = text_of(&w, rule->then);
    /* Then only a rule that is written the same is the same. */
    if (w.lost) {
        normal->when = "?";
        normal->then = rule->check;
    }
    return !w.failed;
}
