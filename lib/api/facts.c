/* The public functions that take facts without a file. */
#include "api/facts.h"

#include <string.h>

#include "api/options.h"
#include "submission/steps.h"

static const pc_place nowhere = {"", 0, 0};

/* A text of the caller's without the blanks around it. */
typedef struct span {
    const char *text;
    size_t length;
} span;

/* A failure leaves the set as it was, to go on with when there is memory. */
static parcheck_status no_memory(parcheck_facts *facts, parcheck_error *error)
{
    pc_buffer_free(&facts->scratch);
    return pc_no_memory(error);
}

/* The text with its end, in the scratch buffer; NULL without memory. */
static const char *terminated(parcheck_facts *facts, span text)
{
    pc_buffer_clear(&facts->scratch);
    pc_buffer_append(&facts->scratch, text.text, text.length);
    return facts->scratch.failed ? NULL : facts->scratch.data;
}

/* ---- a set of facts ------------------------------------------------------ */

static bool use_family(parcheck_facts *facts, pc_facts_family *used,
                       const parcheck_edition *edition)
{
    size_t roles = edition->family->role_count;

    used->last_of_role = pc_arena_array(&facts->arena, roles,
                                        sizeof *used->last_of_role);
    if (used->last_of_role == NULL)
        return false;
    for (size_t i = 0; i < roles; i++)
        used->last_of_role[i] = PC_NONE;
    used->first = PC_NONE;
    used->edition = edition;
    return true;
}

static parcheck_status choose(parcheck_facts *facts, const char *name,
                              parcheck_error *error)
{
    const parcheck_edition *found = parcheck_schema_edition(facts->schema,
                                                            name);
    pc_facts_family *used;

    if (found == NULL)
        return pc_fail(error, PARCHECK_EINVAL, nowhere, "không có ấn bản “%s”",
                       "there is no edition “%s”", name);
    used = &facts->families[found->family->index];
    if (used->edition != NULL && used->edition != found)
        return pc_fail(error, PARCHECK_EINVAL, nowhere,
                       "“%s” và “%s” cùng một họ biểu mẫu; mỗi họ chỉ dùng một "
                       "ấn bản",
                       "“%s” and “%s” are of one family, of which one edition "
                       "can be used",
                       used->edition->name, found->name);
    if (used->edition == NULL && !use_family(facts, used, found))
        return no_memory(facts, error);
    facts->edition = found;
    facts->unit = PC_NONE;
    return PARCHECK_OK;
}

static parcheck_facts *new_facts(const parcheck_schema *schema,
                                 const parcheck_options *options)
{
    parcheck_allocator allocator = pc_allocator(options->allocator);
    parcheck_facts *facts = pc_resize(&allocator, NULL, sizeof *facts);

    if (facts == NULL)
        return NULL;
    memset(facts, 0, sizeof *facts);
    pc_arena_init(&facts->arena, &allocator);
    pc_buffer_init(&facts->scratch, &allocator, SIZE_MAX / 8);
    pc_map_init(&facts->units, &facts->arena);
    facts->schema = schema;
    facts->unit = PC_NONE;
    facts->max_bytes = options->max_field_bytes;
    facts->max_values = options->max_records;
    facts->parent = PC_NONE;
    facts->families = pc_arena_array(&facts->arena, schema->family_count,
                                     sizeof *facts->families);
    if (facts->families != NULL)
        return facts;
    parcheck_facts_free(facts);
    return NULL;
}

parcheck_status parcheck_facts_new(parcheck_facts **facts,
                                   const parcheck_schema *schema,
                                   const char *edition,
                                   const parcheck_options *options,
                                   parcheck_error *error)
{
    parcheck_options taken;
    parcheck_status status = pc_options_take(&taken, options, error);

    *facts = NULL;
    if (status != PARCHECK_OK)
        return status;
    *facts = new_facts(schema, &taken);
    if (*facts == NULL)
        return pc_no_memory(error);
    status = choose(*facts, edition, error);
    if (status == PARCHECK_OK)
        return PARCHECK_OK;
    parcheck_facts_free(*facts);
    *facts = NULL;
    return status;
}

void parcheck_facts_free(parcheck_facts *facts)
{
    parcheck_allocator allocator;

    if (facts == NULL)
        return;
    allocator = facts->arena.allocator;
    pc_buffer_free(&facts->scratch);
    pc_arena_free(&facts->arena);
    pc_release(&allocator, facts);
}

parcheck_status parcheck_facts_edition(parcheck_facts *facts,
                                       const char *edition,
                                       parcheck_error *error)
{
    return choose(facts, edition, error);
}

/* ---- texts --------------------------------------------------------------- */

static parcheck_status check_text(const parcheck_facts *facts, const char *text,
                                  parcheck_error *error)
{
    size_t length = text != NULL ? strlen(text) : 0;

    if (length > facts->max_bytes)
        return pc_fail(error, PARCHECK_EINVAL, nowhere,
                       "văn bản dài %zu byte, vượt giới hạn max_field_bytes = "
                       "%zu",
                       "a text of %zu bytes is over the ceiling "
                       "max_field_bytes = %zu",
                       length, facts->max_bytes);
    if (length > 0 && pc_utf_8_front(text, length) < length)
        return pc_fail(error, PARCHECK_EINVAL, nowhere,
                       "văn bản không phải UTF-8, từ byte thứ %zu",
                       "a text is not UTF-8 from byte %zu on",
                       pc_utf_8_front(text, length) + 1);
    return PARCHECK_OK;
}

static parcheck_status take_text(const parcheck_facts *facts, span *taken,
                                 const char *text, parcheck_error *error)
{
    size_t length = text != NULL ? strlen(text) : 0;
    parcheck_status status = check_text(facts, text, error);
    size_t front;

    if (status != PARCHECK_OK)
        return status;
    front = length > 0 ? pc_space_in_front(text, length) : 0;
    taken->text = length > 0 ? text + front : "";
    taken->length = length - front;
    if (taken->length > 0)
        taken->length -= pc_space_behind(taken->text, taken->length);
    return PARCHECK_OK;
}

/* NULL for an empty text; false without memory. */
static bool keep_text(parcheck_facts *facts, const char **kept, span text)
{
    *kept = NULL;
    if (text.length > 0)
        *kept = pc_arena_copy(&facts->arena, text.text, text.length);
    return text.length == 0 || *kept != NULL;
}

static parcheck_status over_ceiling(const parcheck_facts *facts,
                                    parcheck_error *error)
{
    return pc_fail(
        error, PARCHECK_EINVAL, nowhere, "vượt giới hạn max_records = %zu",
        "this is over the ceiling max_records = %zu", facts->max_values);
}

/* ---- units --------------------------------------------------------------- */

static pc_given_unit *unit_at(const parcheck_facts *facts, size_t index)
{
    return (pc_given_unit *)facts->given.units.data + index;
}

/* What was said of a unit that begins. */
typedef struct beginning {
    parcheck_facts *facts;
    span code;
    span name;
    span parent;
    span period;
    pc_given_unit unit;
    parcheck_error *error;
} beginning;

static parcheck_status take_role(beginning *b)
{
    const parcheck_edition *edition = b->facts->edition;
    const parcheck_family *family = edition->family;
    const char *code;

    b->unit.role = PC_NONE;
    if (family->role_count == 0 && b->code.length == 0)
        return PARCHECK_OK;
    code = terminated(b->facts, b->code);
    if (code == NULL)
        return no_memory(b->facts, b->error);
    if (family->role_count > 0)
        b->unit.role = pc_role_of(family, code);
    if (b->unit.role != PC_NONE)
        return PARCHECK_OK;
    if (family->role_count == 0)
        return pc_fail(b->error, PARCHECK_EINVAL, nowhere,
                       "đơn vị của biểu mẫu “%s/%s” không có mã, nhưng nhận "
                       "được “%s”",
                       "units of the forms “%s/%s” have no code, but “%s” was "
                       "given",
                       family->name, edition->name, code);
    return pc_fail(b->error, PARCHECK_EINVAL, nowhere,
                   "bảng “%s/%s” không có dòng nào mang mã “%s”",
                   "the table “%s/%s” has no row with the code “%s”",
                   family->name, edition->name, code);
}

static parcheck_status take_period(beginning *b)
{
    pc_buffer text;
    bool failed;

    if (b->period.length == 0)
        return PARCHECK_OK;
    pc_buffer_init(&text, &b->facts->arena.allocator, SIZE_MAX / 8);
    pc_buffer_append(&text, b->period.text, b->period.length);
    if (!text.failed)
        b->unit.period = pc_period_read(text.data, &b->facts->scratch);
    failed = text.failed || b->facts->scratch.failed;
    pc_buffer_free(&text);
    return failed ? no_memory(b->facts, b->error) : PARCHECK_OK;
}

static bool is_text(const char *text, span wanted)
{
    return text != NULL && strlen(text) == wanted.length &&
           memcmp(text, wanted.text, wanted.length) == 0;
}

/* Whether a unit may stand above the one that begins. */
static bool may_be_above(const beginning *b, const pc_given_unit *unit)
{
    const parcheck_family *family = unit->edition->family;

    if (unit->edition != b->facts->edition ||
        strcmp(unit->period.text, b->unit.period.text) != 0)
        return false;
    return b->unit.role == PC_NONE ||
           unit->role == family->roles[b->unit.role].parent;
}

/* Whether the unit may be above and has the code or name that was given. */
static bool is_parent(const beginning *b, size_t index)
{
    const pc_given_unit *unit = unit_at(b->facts, index);

    return may_be_above(b, unit) &&
           (is_text(unit->code, b->parent) || is_text(unit->name, b->parent));
}

/* The last one that is; many units have the parent that the one before them
 * has. */
static size_t find_parent(const beginning *b)
{
    size_t i = b->facts->given.units.count;

    if (b->facts->parent != PC_NONE && is_parent(b, b->facts->parent))
        return b->facts->parent;
    while (i > 0 && !is_parent(b, i - 1))
        i--;
    return i > 0 ? i - 1 : PC_NONE;
}

static pc_facts_family *family_of(const beginning *b)
{
    return &b->facts->families[b->facts->edition->family->index];
}

/* Without a name it is the last unit of the role above, and none of forms. */
static size_t usual_parent(const beginning *b)
{
    size_t above;

    if (b->unit.role == PC_NONE)
        return PC_NONE;
    above = b->facts->edition->family->roles[b->unit.role].parent;
    return above != PC_NONE ? family_of(b)->last_of_role[above] : PC_NONE;
}

static parcheck_status take_parent(beginning *b)
{
    const char *name;

    b->unit.parent = b->parent.length > 0 ? find_parent(b) : usual_parent(b);
    if (b->parent.length == 0)
        return PARCHECK_OK;
    b->facts->parent = b->unit.parent;
    if (b->unit.parent != PC_NONE)
        return PARCHECK_OK;
    name = terminated(b->facts, b->parent);
    if (name == NULL)
        return no_memory(b->facts, b->error);
    return pc_fail(b->error, PARCHECK_EINVAL, nowhere,
                   "chưa có đơn vị cấp trên “%s” trong kỳ này",
                   "there is no unit “%s” above in this period yet", name);
}

/* Rules name the one row of a role, whatever the period. */
static parcheck_status check_periods(const beginning *b)
{
    size_t first = family_of(b)->first;

    if (b->unit.role == PC_NONE || first == PC_NONE ||
        strcmp(unit_at(b->facts, first)->period.text, b->unit.period.text) == 0)
        return PARCHECK_OK;
    return pc_fail(b->error, PARCHECK_EINVAL, nowhere,
                   "bảng đã có kỳ “%s”; một bảng chỉ có một kỳ",
                   "the table is of the period “%s”; it has one only",
                   unit_at(b->facts, first)->period.text);
}

/* What tells one unit from another, in the scratch buffer. A role that has
 * one row only is told by itself. */
static bool make_key(beginning *b)
{
    const parcheck_family *family = b->facts->edition->family;
    pc_buffer *key = &b->facts->scratch;
    bool one = b->unit.role != PC_NONE &&
               strcmp(family->roles[b->unit.role].code, "#") != 0;

    pc_buffer_clear(key);
    pc_buffer_format(key, "%zu\n%zu\n%s", family->index, b->unit.role,
                     b->unit.period.text);
    pc_buffer_char(key, '\0'); /* which no text has */
    if (!one) {
        pc_buffer_format(key, "%zu\n",
                         b->unit.role != PC_NONE ? b->unit.parent : PC_NONE);
        pc_buffer_append(key, b->code.text, b->code.length);
        pc_buffer_char(key, '\0');
        pc_buffer_append(key, b->name.text, b->name.length);
    }
    return !key->failed;
}

static parcheck_status add_unit(beginning *b)
{
    parcheck_facts *facts = b->facts;
    const char *key = pc_buffer_copy(&facts->scratch, &facts->arena);
    size_t length = facts->scratch.length;
    size_t index = facts->given.units.count;
    pc_given_unit *unit;

    if (index >= facts->max_values)
        return over_ceiling(facts, b->error);
    if (key == NULL || !keep_text(facts, &b->unit.code, b->code) ||
        !keep_text(facts, &b->unit.name, b->name))
        return pc_no_memory(b->error);
    if (b->unit.role != PC_NONE && b->unit.name == NULL)
        b->unit.name = b->unit.code;
    b->unit.edition = facts->edition;
    unit = pc_list_add(&facts->given.units, &facts->arena, sizeof *unit);
    if (unit == NULL)
        return pc_no_memory(b->error);
    *unit = b->unit;
    if (!pc_map_set(&facts->units, key, length, index)) {
        facts->given.units.count--;
        return pc_no_memory(b->error);
    }
    facts->unit = index;
    return PARCHECK_OK;
}

/* A unit of the role above that comes later is the parent from then on. */
static void note_unit(beginning *b)
{
    pc_facts_family *family = family_of(b);
    size_t index = b->facts->unit;
    size_t role = b->unit.role;

    if (family->first == PC_NONE)
        family->first = index;
    if (role == PC_NONE)
        return;
    family->last_of_role[role] = index;
    if (b->facts->parent != PC_NONE &&
        unit_at(b->facts, b->facts->parent)->role == role)
        b->facts->parent = PC_NONE;
}

static parcheck_status begin(beginning *b)
{
    parcheck_status status = take_role(b);

    if (status == PARCHECK_OK)
        status = take_period(b);
    if (status == PARCHECK_OK)
        status = check_periods(b);
    if (status == PARCHECK_OK)
        status = take_parent(b);
    if (status != PARCHECK_OK)
        return status;
    if (!make_key(b))
        return no_memory(b->facts, b->error);
    if (!pc_map_get(&b->facts->units, b->facts->scratch.data,
                    b->facts->scratch.length, &b->facts->unit))
        status = add_unit(b);
    if (status == PARCHECK_OK)
        note_unit(b);
    return status;
}

parcheck_status parcheck_facts_unit(parcheck_facts *facts, const char *code,
                                    const char *name, const char *parent,
                                    const char *period, parcheck_error *error)
{
    beginning b = {.facts = facts, .error = error};
    const char *const texts[] = {code, name, parent, period};
    span *const spans[] = {&b.code, &b.name, &b.parent, &b.period};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        parcheck_status status = take_text(facts, spans[i], texts[i], error);

        if (status != PARCHECK_OK)
            return status;
    }
    return begin(&b);
}

/* ---- values -------------------------------------------------------------- */

static parcheck_status need_unit(parcheck_facts *facts, parcheck_error *error)
{
    if (facts->unit != PC_NONE)
        return PARCHECK_OK;
    return parcheck_facts_unit(facts, NULL, NULL, NULL, NULL, error);
}

static parcheck_status set_value(parcheck_facts *facts,
                                 const parcheck_indicator *indicator,
                                 const char *literal, parcheck_error *error)
{
    parcheck_status status = need_unit(facts, error);
    pc_given_value *value;
    const char *kept;
    span text;

    if (status == PARCHECK_OK)
        status = take_text(facts, &text, literal, error);
    if (status != PARCHECK_OK)
        return status;
    if (facts->given.values.count >= facts->max_values)
        return over_ceiling(facts, error);
    kept = pc_arena_copy(&facts->arena, text.text, text.length);
    if (kept == NULL)
        return pc_no_memory(error);
    value = pc_list_add(&facts->given.values, &facts->arena, sizeof *value);
    if (value == NULL)
        return pc_no_memory(error);
    value->unit = facts->unit;
    value->indicator = indicator;
    value->literal = kept;
    value->sequence = facts->given.values.count;
    return PARCHECK_OK;
}

parcheck_status parcheck_facts_set(parcheck_facts *facts, const char *name,
                                   const char *literal, parcheck_error *error)
{
    const parcheck_edition *edition = facts->edition;
    const parcheck_indicator *indicator;
    parcheck_status status = check_text(facts, name, error);

    if (status != PARCHECK_OK)
        return status;
    indicator = parcheck_edition_indicator_named(edition, name);
    if (indicator == NULL)
        return pc_fail(error, PARCHECK_EINVAL, nowhere,
                       "ấn bản “%s/%s” không có chỉ tiêu “%s”",
                       "the edition “%s/%s” has no indicator “%s”",
                       edition->family->name, edition->name, name);
    return set_value(facts, indicator, literal, error);
}

parcheck_status parcheck_facts_set_code(parcheck_facts *facts, const char *form,
                                        const char *code, const char *literal,
                                        parcheck_error *error)
{
    const parcheck_edition *edition = facts->edition;
    pc_buffer *key = &facts->scratch;
    parcheck_status status = check_text(facts, form, error);
    size_t index;

    if (status == PARCHECK_OK)
        status = check_text(facts, code, error);
    if (status != PARCHECK_OK)
        return status;
    pc_buffer_clear(key);
    pc_buffer_format(key, "%s\n%s", form, code);
    if (key->failed)
        return no_memory(facts, error);
    if (code[0] == '\0' ||
        !pc_map_get(&edition->by_code, key->data, key->length, &index))
        return pc_fail(error, PARCHECK_EINVAL, nowhere,
                       "ấn bản “%s/%s” không có mã “%s” trong biểu “%s”",
                       "the edition “%s/%s” has no code “%s” in the form “%s”",
                       edition->family->name, edition->name, code, form);
    return set_value(facts, &edition->indicators[index], literal, error);
}
