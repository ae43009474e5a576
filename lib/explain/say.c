#include "explain/say.h"

#include <string.h>

enum { MOST_NAMED = 8, LABEL = 60 };

typedef struct speech {
    pc_thinking *t;
    const pc_hypothesis *h;
    pc_buffer text;
    parcheck_language language;
} speech;

static const char *in_language(const speech *s, const char *vi, const char *en)
{
    return s->language == PARCHECK_VIETNAMESE ? vi : en;
}

static void say(speech *s, const char *vi, const char *en)
{
    pc_buffer_text(&s->text, in_language(s, vi, en));
}

static void say_number(speech *s, pc_decimal number)
{
    char digits[PC_DECIMAL_TEXT];
    size_t length = pc_decimal_write(digits, number);
    char *mark = memchr(digits, '.', length);

    if (mark != NULL)
        *mark = in_language(s, ",", ".")[0];
    pc_buffer_append(&s->text, digits, length);
}

static void say_ratio(speech *s, pc_ratio number, unsigned decimals)
{
    pc_fraction value = {pc_wide_from(number.numerator),
                         pc_wide_from(number.denominator)};

    (void)pc_fraction_show(&s->text, value, decimals,
                           in_language(s, ",", ".")[0]);
}

/* ---- cells ----------------------------------------------------------------
 */

/* As much of a long name as says what it is. */
static void say_short(speech *s, const char *label)
{
    size_t length = strlen(label);

    if (length > LABEL) {
        length = LABEL;
        while (length > 0 && label[length] != ' ')
            length--;
        if (length == 0)
            length = LABEL;
        while (length > 0 && ((unsigned char)label[length] & 0xC0) == 0x80)
            length--;
        pc_buffer_append(&s->text, label, length);
        pc_buffer_text(&s->text, "…");
    } else {
        pc_buffer_append(&s->text, label, length);
    }
}

static void say_label(speech *s, const char *label)
{
    pc_buffer_text(&s->text, "“");
    say_short(s, label);
    pc_buffer_text(&s->text, "”");
}

/* The unit goes without saying where all is about one. */
static bool is_elsewhere(const speech *s, const pc_slot *slot)
{
    const pc_hypothesis *h = s->h;

    for (size_t i = 0; i < h->repair_count; i++)
        if (h->repairs[i]->unit != slot->unit)
            return true;
    for (size_t i = 0; i < h->change_count; i++)
        if (h->changes[i].slot->unit != slot->unit)
            return true;
    return false;
}

/* "2. UBND xã Nam Tuấn", "X2 [Xã D]" */
static void say_name(speech *s, const pc_unit *unit)
{
    if (unit->code != NULL)
        pc_buffer_format(&s->text, "%s.", unit->code);
    if (unit->name != NULL) {
        if (unit->code != NULL)
            pc_buffer_char(&s->text, ' ');
        say_short(s, unit->name);
    }
    if (unit->title != NULL) {
        pc_buffer_text(&s->text, " [");
        say_short(s, unit->title);
        pc_buffer_char(&s->text, ']');
    }
}

static void say_unit(speech *s, const pc_unit *unit)
{
    if (unit->code != NULL || unit->name != NULL)
        pc_buffer_text(&s->text, ", ");
    say_name(s, unit);
    if (unit->period.text[0] != '\0')
        pc_buffer_format(&s->text, ", %s", unit->period.text);
}

static bool has_address(const parcheck_cell *cell)
{
    return cell != NULL && cell->address[0] != '\0';
}

/* "E49 (3:3.3)", "K5 (PL2:11, 2. UBND xã Nam Tuấn)" */
static void say_cell(speech *s, const pc_slot *slot)
{
    const parcheck_cell *cell = slot->fact->cell;
    const pc_unit *unit = pc_submission_unit(s->t->model.submission,
                                             slot->unit);
    const parcheck_indicator *row = slot->indicator;

    if (has_address(cell)) {
        pc_buffer_text(&s->text, cell->address);
        pc_buffer_text(&s->text, " (");
    }
    pc_buffer_text(&s->text, row->form);
    pc_buffer_char(&s->text, ':');
    if (row->code[0] != '\0')
        pc_buffer_text(&s->text, row->code);
    else
        say_label(s, row->label);
    if (is_elsewhere(s, slot))
        say_unit(s, unit);
    if (has_address(cell))
        pc_buffer_char(&s->text, ')');
}

static void say_printed(speech *s, const pc_slot *slot)
{
    const parcheck_cell *cell = slot->fact->cell;

    if (cell == NULL && pc_slot_has_value(slot))
        say_number(s, slot->fact->value);
    else if (cell == NULL || cell->literal[0] == '\0')
        say(s, "(trống)", "(blank)");
    else
        pc_buffer_text(&s->text, cell->literal);
}

/* What a cell should be. */
static void say_value(speech *s, const pc_proposal *change)
{
    if (change->blank) {
        say(s, "(trống)", "(blank)");
    } else if (change->determined) {
        say_number(s, change->value);
    } else if (change->has_low && change->has_high) {
        say(s, "một số từ ", "a number from ");
        say_number(s, change->low);
        say(s, " đến ", " to ");
        say_number(s, change->high);
    } else {
        say(s, "một số từ ", "a number from ");
        say_number(s, change->low);
        say(s, " trở lên", " up");
    }
}

/* "E49 (3:3.3): 99.92 → 100" */
static void say_change(speech *s, const pc_proposal *change)
{
    say_cell(s, change->slot);
    pc_buffer_text(&s->text, ": ");
    say_printed(s, change->slot);
    pc_buffer_text(&s->text, " → ");
    say_value(s, change);
}

static void say_changes(speech *s, const pc_slot *but)
{
    size_t told = 0;

    for (size_t i = 0; i < s->h->change_count; i++) {
        if (s->h->changes[i].slot == but)
            continue;
        if (told == MOST_NAMED) {
            pc_buffer_text(&s->text, "; …");
            return;
        }
        if (told++ > 0)
            pc_buffer_text(&s->text, "; ");
        say_change(s, &s->h->changes[i]);
    }
}

static const pc_proposal *change_of(const pc_hypothesis *h, const pc_slot *slot)
{
    for (size_t i = 0; i < h->change_count; i++)
        if (h->changes[i].slot == slot)
            return &h->changes[i];
    return NULL;
}

/* What else has to change along. */
static void say_others(speech *s, const pc_slot *but)
{
    if (s->h->change_count < 2)
        return;
    say(s, "; các ô cùng phải sửa: ", "; what changes along: ");
    say_changes(s, but);
}

/* ---- the kinds ------------------------------------------------------------
 */

static void say_minimal(speech *s, bool alone)
{
    if (s->h->change_count == 1) {
        say(s, "chỉ cần sửa một ô là đúng: ", "one cell is enough: ");
        say_changes(s, NULL);
    } else {
        pc_buffer_format(&s->text,
                         in_language(s, "cần sửa ít nhất %zu ô: ",
                                     "at least %zu cells have to change: "),
                         s->h->change_count);
        say_changes(s, NULL);
    }
    if (alone)
        say(s, "; không có cách sửa nào khác ít như vậy",
            "; nothing else so small will do");
}

/* "129 = 124 + 5": the sum without the part. */
static void say_sum_without(speech *s, const pc_atom *atom, const pc_slot *part)
{
    bool first = true;

    say_printed(s, atom->result);
    pc_buffer_text(&s->text, " = ");
    for (size_t i = 0; i < atom->sum.count; i++) {
        const pc_entry *entry = &atom->sum.entries[i];

        if (entry->slot == atom->result || entry->slot == part ||
            pc_ratio_sign(entry->slot->value) == 0)
            continue;
        if (pc_ratio_sign(entry->factor) > 0)
            pc_buffer_text(&s->text, first ? "−" : " − ");
        else if (!first)
            pc_buffer_text(&s->text, " + ");
        say_printed(s, entry->slot);
        first = false;
    }
    if (first)
        pc_buffer_char(&s->text, '0');
}

/* "the totals of H1 seem to leave out all figures of X2: C2: 162 → 438; ..." */
static void say_whole(speech *s)
{
    const pc_hypothesis *h = s->h;
    const pc_submission *submission = s->t->model.submission;
    const pc_unit *above = pc_submission_unit(submission, h->about->unit);
    const pc_unit *below = pc_submission_unit(submission, h->part->unit);

    say(s, "các tổng của ", "the totals of ");
    say_name(s, above);
    if (h->kind == PC_LEFT_OUT)
        say(s, " có lẽ đã bỏ sót mọi số liệu của ",
            " seem to leave out all figures of ");
    else
        say(s, " có lẽ đã tính hai lần mọi số liệu của ",
            " seem to count twice all figures of ");
    say_name(s, below);
    pc_buffer_text(&s->text, ": ");
    say_changes(s, NULL);
}

static void say_counted_twice(speech *s)
{
    const pc_hypothesis *h = s->h;
    const pc_atom *atom = pc_case_only_atom(h->about);
    const pc_proposal *change = change_of(h, h->part);

    if (change != NULL) {
        say(s, "có lẽ ", "the ");
        say_printed(s, h->part);
        say(s, " ở ô ", " of ");
        say_cell(s, h->part);
        say(s, " đã được tính trong các số khác: ",
            " seem to be counted in the other figures already: ");
        say_sum_without(s, atom, h->part);
        say(s, "; nếu vậy ô này là ", "; then this cell is ");
        say_value(s, change);
        say_others(s, h->part);
        return;
    }
    say(s, "tổng ở ô ", "the total of ");
    say_cell(s, atom->result);
    say(s, " có lẽ đã tính hai lần ", " seems to count twice the ");
    say_printed(s, h->part);
    say(s, " của ô ", " of ");
    say_cell(s, h->part);
    say(s, "; tính một lần thì được ", "; counted once it is ");
    say_value(s, change_of(h, atom->result));
    say_others(s, atom->result);
}

static void say_left_out(speech *s)
{
    const pc_hypothesis *h = s->h;
    const pc_atom *atom = pc_case_only_atom(h->about);

    say(s, "tổng ở ô ", "the total of ");
    say_cell(s, atom->result);
    say(s, " có lẽ đã bỏ sót ", " seems to leave out the ");
    say_printed(s, h->part);
    say(s, " của ô ", " of ");
    say_cell(s, h->part);
    say(s, "; cộng thêm thì được ", "; with it the total is ");
    say_value(s, change_of(h, atom->result));
    say_others(s, atom->result);
}

static void say_slip(speech *s)
{
    static const char *const names[][2] = {
        [PC_SLIP_TRANSPOSED] = {"có lẽ hai chữ số cạnh nhau bị gõ đảo chỗ: ",
                                "two digits side by side seem to have changed "
                                "places: "},
        [PC_SLIP_DROPPED] = {"có lẽ gõ thiếu một chữ số: ",
                             "a digit seems to be missing: "},
        [PC_SLIP_ADDED] = {"có lẽ gõ thừa một chữ số: ",
                           "there seems to be a digit too many: "},
        [PC_SLIP_REPLACED] = {"có lẽ gõ nhầm một chữ số: ",
                              "one digit seems to be wrong: "},
        [PC_SLIP_SIGN] = {"có lẽ sai dấu: ", "the sign seems to be wrong: "}};
    const char *const *name = names[s->h->slip.kind];

    say(s, name[0], name[1]);
    say_change(s, change_of(s->h, s->h->part));
    say_others(s, s->h->part);
}

/* One mark with three digits behind it, in a number 1000 times off. */
static bool is_misread_mark(const pc_hypothesis *h)
{
    const parcheck_cell *cell = h->part->fact->cell;
    const char *mark = cell != NULL ? strpbrk(cell->literal, ".,") : NULL;

    return (h->slip.power == 3 || h->slip.power == -3) && mark != NULL &&
           strlen(mark) == 4 && strpbrk(mark + 1, ".,") == NULL;
}

static void say_scale(speech *s)
{
    static const char *const times[] = {"", "10", "100", "1000"};
    int power = s->h->slip.power;

    if (is_misread_mark(s->h))
        say(s, "có lẽ dấu phân cách bị hiểu sai: ",
            "its mark seems to have been misread: ");
    else
        pc_buffer_format(
            &s->text,
            power > 0 ? in_language(s, "có lẽ số ghi lớn gấp %s lần: ",
                                    "it seems to be %s times too large: ")
                      : in_language(s, "có lẽ số ghi nhỏ đi %s lần: ",
                                    "it seems to be %s times too small: "),
            times[power > 0 ? power : -power]);
    say_change(s, change_of(s->h, s->h->part));
    say_others(s, s->h->part);
}

static void say_cumulative(speech *s)
{
    const pc_proposal *change = &s->h->changes[0];

    say(s, "ô ", "");
    say_cell(s, change->slot);
    say(s, " có lẽ ghi số lũy kế từ đầu năm: ",
        " seems to give the figure since the start of the year: ");
    say_printed(s, change->slot);
    say(s, " gồm cả các kỳ trước (", " includes the periods before (");
    say_cell(s, s->h->part);
    say(s, "); số của riêng kỳ này là ", "); that of the period alone is ");
    say_value(s, change);
    say_others(s, change->slot);
}

static void say_swapped(speech *s)
{
    say(s, "có lẽ hai số bị ghi đổi chỗ cho nhau: ",
        "two figures seem to have changed places: ");
    say_changes(s, NULL);
}

static void say_shifted(speech *s)
{
    say(s, "có lẽ các số bị ghi lệch một dòng: ",
        "the figures seem to stand one row off: ");
    say_changes(s, NULL);
}

/* "6.006 (E51) / 6.011 (E50)", of which either may be the rule's own. */
static void say_side(speech *s, const pc_slot *other, const pc_total *own)
{
    if (other == NULL && own->count == 1)
        other = own->entries[0].slot;
    if (other == NULL) {
        say_ratio(s, own->value, PC_DIGITS);
        return;
    }
    say_printed(s, other);
    if (has_address(other->fact->cell))
        pc_buffer_format(&s->text, " (%s)", other->fact->cell->address);
}

static const char *rounding_words(const speech *s, pc_reason mode)
{
    if (mode == PC_REASON_TRUNCATED)
        return in_language(s, ", cắt bớt", ", cut off");
    if (mode == PC_REASON_ROUNDED_UP)
        return in_language(s, ", làm tròn lên", ", rounded up");
    return "";
}

static pc_ratio rate_of(const pc_hypothesis *h, const pc_atom *atom)
{
    pc_ratio a = h->numerator != NULL ? h->numerator->value : atom->sum.value;
    pc_ratio b = h->base != NULL ? h->base->value : atom->base.value;

    return pc_ratio_multiply(pc_ratio_multiply((pc_ratio){100, 1}, a),
                             pc_ratio_invert(b));
}

/* "17,79 = 61 (E115) / 343 (E42) ≈ 17,784 %, làm tròn lên" */
static void say_other_ratio(speech *s, const pc_hypothesis *h, bool mode)
{
    const pc_atom *atom = pc_case_only_atom(h->about);

    say_printed(s, atom->percent);
    say(s, " là ", " is ");
    say_side(s, h->numerator, &atom->sum);
    pc_buffer_text(&s->text, " / ");
    say_side(s, h->base, &atom->base);
    pc_buffer_text(&s->text, " ≈ ");
    say_ratio(s, rate_of(h, atom), atom->percent->fact->value.scale + 1);
    pc_buffer_text(&s->text, " %");
    if (mode)
        pc_buffer_text(&s->text, rounding_words(s, h->mode));
}

static void say_which(speech *s, const pc_slot *slot, const char *vi,
                      const char *en)
{
    if (slot == NULL)
        return;
    say(s, vi, en);
    say_label(s, slot->indicator->label);
    pc_buffer_format(&s->text, " (%s:%s)", slot->indicator->form,
                     slot->indicator->code);
}

static void say_other_base(speech *s)
{
    const pc_atom *atom = pc_case_only_atom(s->h->about);

    say_other_ratio(s, s->h, true);
    say_which(s, s->h->numerator, "; có lẽ đã lấy tử số là ",
              "; the numerator seems to have been ");
    if (s->h->numerator != NULL)
        say_which(s, s->h->base, " và mẫu số là ", " and the base ");
    else
        say_which(s, s->h->base, "; có lẽ đã lấy mẫu số là ",
                  "; the base seems to have been ");
    say(s, "; theo biểu mẫu, tỷ lệ này là ", "; by the form the rate is ");
    say_side(s, NULL, &atom->sum);
    pc_buffer_text(&s->text, " / ");
    say_side(s, NULL, &atom->base);
    pc_buffer_text(&s->text, " = ");
    say_value(s, &s->h->changes[0]);
    pc_buffer_text(&s->text, " %");
}

/* "3 tỷ lệ đều được làm tròn lên: ...; ..." */
static void say_rounding(speech *s)
{
    const pc_hypothesis *h = s->h;
    bool up = h->mode == PC_REASON_ROUNDED_UP;

    pc_buffer_format(
        &s->text,
        up ? in_language(s, "%zu tỷ lệ có lẽ cùng được làm tròn lên: ",
                         "%zu rates seem to have been rounded up alike: ")
           : in_language(s, "%zu tỷ lệ có lẽ cùng bị cắt bớt: ",
                         "%zu rates seem to have been cut off alike: "),
        h->of_count);
    for (size_t i = 0; i < h->of_count && i < MOST_NAMED; i++) {
        if (i > 0)
            pc_buffer_text(&s->text, "; ");
        say_other_ratio(s, h->of[i], false);
    }
    if (h->of_count > MOST_NAMED)
        pc_buffer_text(&s->text, "; …");
    say(s, "; không tỷ lệ nào khác của báo cáo trái với cách làm tròn này",
        "; no other rate of the submission contradicts this");
}

/* "377 = 0 + 240 + 137" */
static void say_deduced(speech *s)
{
    const pc_atom *atom = pc_case_only_atom(s->h->about);
    const pc_slot *slot = s->h->changes[0].slot;
    bool first = true;

    say_cell(s, slot);
    pc_buffer_text(&s->text, " = ");
    if (atom->percent != NULL) {
        say_side(s, NULL, &atom->sum);
        pc_buffer_text(&s->text, " / ");
        say_side(s, NULL, &atom->base);
        pc_buffer_text(&s->text, " = ");
        say_value(s, &s->h->changes[0]);
        pc_buffer_text(&s->text, " %");
        return;
    }
    for (size_t i = 0; i < atom->sum.count; i++) {
        const pc_entry *entry = &atom->sum.entries[i];
        bool minus = pc_ratio_sign(entry->factor) ==
                     pc_ratio_sign(atom->sum.blank.factor);

        if (minus)
            pc_buffer_text(&s->text, first ? "−" : " − ");
        else if (!first)
            pc_buffer_text(&s->text, " + ");
        say_printed(s, entry->slot);
        first = false;
    }
    pc_buffer_text(&s->text, " = ");
    say_value(s, &s->h->changes[0]);
}

static void say_kind(speech *s, bool alone)
{
    switch (s->h->kind) {
    case PC_ROUNDING_MODE:
        say_rounding(s);
        break;
    case PC_DEDUCED_BLANK:
        say_deduced(s);
        break;
    case PC_OTHER_BASE:
        say_other_base(s);
        break;
    case PC_COUNTED_TWICE:
    case PC_LEFT_OUT:
        if (s->h->whole)
            say_whole(s);
        else if (s->h->kind == PC_LEFT_OUT)
            say_left_out(s);
        else
            say_counted_twice(s);
        break;
    case PC_CUMULATIVE:
        say_cumulative(s);
        break;
    case PC_SWAPPED:
        say_swapped(s);
        break;
    case PC_SHIFTED_ROW:
        say_shifted(s);
        break;
    case PC_SCALE:
        say_scale(s);
        break;
    case PC_SIGN:
    case PC_DIGIT_SLIP:
        say_slip(s);
        break;
    default:
        say_minimal(s, alone);
        break;
    }
}

const char *pc_say(pc_thinking *t, const pc_hypothesis *h, bool alone,
                   parcheck_language language)
{
    speech s = {.t = t, .h = h, .language = language};
    const char *copy;

    pc_buffer_init(&s.text, &t->model.arena->allocator, SIZE_MAX / 8);
    say_kind(&s, alone);
    copy = pc_buffer_copy(&s.text, t->model.arena);
    pc_buffer_free(&s.text);
    t->model.failed = t->model.failed || copy == NULL;
    return copy;
}

const char *pc_say_decimal(pc_arena *arena, pc_decimal number)
{
    char digits[PC_DECIMAL_TEXT];

    return pc_arena_copy(arena, digits, pc_decimal_write(digits, number));
}
