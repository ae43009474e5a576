#include "report/json.h"

#include <string.h>

void pc_json_schema(pc_json *json, const parcheck_edition *edition)
{
    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_text_at(json, "family", edition->family->name);
    pc_json_text_at(json, "edition", edition->name);
    pc_json_text_at(json, "version", edition->family->version);
    pc_json_text_at(json, "digest", edition->digest);
    pc_json_close(json, '}');
}

void pc_json_schemas(pc_json *json, const parcheck_report *report)
{
    pc_json_open_at(json, "schemas", '[');
    for (size_t i = 0; i < report->edition_count; i++)
        pc_json_schema(json, report->editions[i]);
    pc_json_close(json, ']');
}

void pc_json_inputs(pc_json *json, const parcheck_report *report)
{
    pc_json_open_at(json, "inputs", '[');
    for (size_t i = 0; i < report->input_count; i++) {
        const pc_report_input *input = &report->inputs[i];

        pc_json_next(json);
        pc_json_open(json, '{');
        pc_json_text_at(json, "name", input->name);
        if (input->edition != NULL)
            pc_json_number_at(json, "schema", input->edition_index);
        else
            pc_json_text_at(json, "schema", NULL);
        pc_json_text_at(json, "encoding", input->encoding);
        pc_json_text_at(json, "delimiter", input->delimiter);
        pc_json_text_at(json, "layout", input->layout);
        pc_json_close(json, '}');
    }
    pc_json_close(json, ']');
}

void pc_json_counts(pc_json *json, const size_t *outcomes,
                    const size_t *severities)
{
    pc_json_open_at(json, "summary", '{');
    pc_json_open_at(json, "rules", '{');
    for (parcheck_outcome i = PARCHECK_HOLDS; i <= PARCHECK_UNKNOWN; i++)
        pc_json_number_at(json, parcheck_outcome_name(i), outcomes[i]);
    pc_json_close(json, '}');
    pc_json_open_at(json, "findings", '{');
    for (parcheck_severity i = PARCHECK_ERROR; i <= PARCHECK_NOTE; i++)
        pc_json_number_at(json, parcheck_severity_name(i), severities[i]);
    pc_json_close(json, '}');
    pc_json_close(json, '}');
}

void pc_json_summary(pc_json *json, const parcheck_report *report)
{
    pc_json_counts(json, report->verdicts.counts, report->severities);
}

static void write_other(pc_json *json, const char *key, const char *text,
                        const char *own)
{
    if (text != NULL && (own == NULL || strcmp(text, own) != 0))
        pc_json_text_at(json, key, text);
}

/* What is not said already: `own` is whose the finding or verdict is. */
static void write_owner(pc_json *json, const pc_owner *owner,
                        const pc_owner *own)
{
    if (owner == NULL)
        return;
    write_other(json, "unit", owner->unit, own->unit);
    write_other(json, "unit_code", owner->unit_code, own->unit_code);
    write_other(json, "period", owner->period, own->period);
}

static void write_cell(pc_json *json, const parcheck_cell *cell,
                       const pc_owner *own)
{
    bool outer = json->inline_;

    json->inline_ = true;
    pc_json_open(json, '{');
    pc_json_text_at(json, "name", cell->name);
    pc_json_text_at(json, "form", cell->form);
    pc_json_text_at(json, "code", cell->code);
    pc_json_text_at(json, "label", cell->label);
    pc_json_text_at(json, "literal", cell->literal);
    pc_json_number_at(json, "input", cell->input);
    pc_json_number_at(json, "line", cell->line);
    pc_json_number_at(json, "column", cell->column);
    pc_json_text_at(json, "address", cell->address);
    write_owner(json, cell->owner, own);
    pc_json_close(json, '}');
    json->inline_ = outer;
}

static void write_cells(pc_json *json, const parcheck_cell *const *cells,
                        size_t count, const pc_owner *own)
{
    pc_json_open_at(json, "cells", '[');
    for (size_t i = 0; i < count; i++) {
        pc_json_next(json);
        write_cell(json, cells[i], own);
    }
    pc_json_close(json, ']');
}

static void write_message(pc_json *json, const char *const message[2])
{
    pc_json_open_at(json, "message", '{');
    pc_json_text_at(json, "vi", message[PARCHECK_VIETNAMESE]);
    pc_json_text_at(json, "en", message[PARCHECK_ENGLISH]);
    pc_json_close(json, '}');
}

static void write_change(pc_json *json, const pc_change *change,
                         const pc_owner *own)
{
    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_key(json, "cell");
    write_cell(json, change->cell, own);
    pc_json_text_at(json, "value", change->value);
    pc_json_text_at(json, "low", change->low);
    pc_json_text_at(json, "high", change->high);
    pc_json_close(json, '}');
}

static void write_explanation(pc_json *json, const parcheck_explanation *e,
                              const pc_owner *own)
{
    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_text_at(json, "id", e->id);
    pc_json_text_at(json, "kind", e->kind);
    write_message(json, e->message);
    pc_json_open_at(json, "changes", '[');
    for (size_t i = 0; i < e->change_count; i++)
        write_change(json, &e->changes[i], own);
    pc_json_close(json, ']');
    pc_json_number_at(json, "support", e->support);
    pc_json_open_at(json, "repairs", '[');
    for (size_t i = 0; i < e->repair_count; i++) {
        pc_json_next(json);
        pc_json_text(json, e->repairs[i]->id);
    }
    pc_json_close(json, ']');
    pc_json_close(json, '}');
}

void pc_json_finding(pc_json *json, const parcheck_finding *finding)
{
    const pc_owner own = {finding->unit, finding->unit_code, finding->period};

    pc_json_text_at(json, "code", pc_code_text(finding->code));
    pc_json_text_at(json, "severity",
                    parcheck_severity_name(finding->severity));
    pc_json_text_at(json, "rule",
                    finding->rule != NULL ? finding->rule->id : NULL);
    pc_json_text_at(json, "unit", finding->unit);
    pc_json_text_at(json, "unit_code", finding->unit_code);
    pc_json_text_at(json, "period", finding->period);
    write_message(json, finding->message);
    pc_json_text_at(json, "left", finding->arithmetic.left);
    pc_json_text_at(json, "relation", finding->arithmetic.relation);
    pc_json_text_at(json, "right", finding->arithmetic.right);
    pc_json_text_at(json, "difference", finding->arithmetic.difference);
    write_cells(json, finding->cells, finding->cell_count, &own);
    if (finding->cause > 0)
        pc_json_number_at(json, "cause", finding->cause);
    else
        pc_json_text_at(json, "cause", NULL);
    pc_json_open_at(json, "explanations", '[');
    for (size_t i = 0; i < finding->explanation_count; i++)
        write_explanation(json, finding->explanations[i], &own);
    pc_json_close(json, ']');
}

void pc_json_verdict(pc_json *json, const parcheck_verdict *verdict)
{
    const pc_owner own = {verdict->unit, verdict->unit_code, verdict->period};

    pc_json_text_at(json, "rule", verdict->rule->id);
    pc_json_text_at(json, "verdict", parcheck_outcome_name(verdict->outcome));
    pc_json_text_at(json, "unit", verdict->unit);
    pc_json_text_at(json, "unit_code", verdict->unit_code);
    pc_json_text_at(json, "period", verdict->period);
    pc_json_text_at(json, "reason", pc_reason_name(verdict->reason));
    write_cells(json, verdict->cells, verdict->cell_count, &own);
}
