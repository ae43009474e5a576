/*
 * The report as a log in the Static Analysis Results Interchange Format
 * 2.1.0, in one language. A result has the cell that it is about as its
 * location and the others as related locations; explanations are fixes. A
 * field has no column of characters, so a region is a line, and the cell is
 * named as a logical location.
 */
#include "report/sarif.h"

#include <string.h>

#include "report/words.h"

static const char *say(const pc_sarif *sarif, const char *vi, const char *en)
{
    return sarif->language == PARCHECK_VIETNAMESE ? vi : en;
}

void pc_sarif_text_at(pc_sarif *sarif, const char *name, const char *text)
{
    pc_json_open_at(&sarif->json, name, '{');
    pc_json_text_at(&sarif->json, "text", text);
    pc_json_close(&sarif->json, '}');
}

void pc_sarif_message_at(pc_sarif *sarif, const char *name, const char *text)
{
    pc_buffer *message = &sarif->message;

    pc_buffer_clear(message);
    pc_buffer_text(message, "");
    for (; *text != '\0'; text++) {
        if (*text == '{' || *text == '}')
            pc_buffer_char(message, *text);
        if (text[0] == ']' && text[1] == '(')
            pc_buffer_char(message, '\\');
        pc_buffer_char(message, *text);
    }
    if (message->failed)
        sarif->json.out->failed = true;
    else
        pc_sarif_text_at(sarif, name, message->data);
}

static pc_buffer *compose(pc_sarif *sarif)
{
    pc_buffer_clear(&sarif->text);
    return &sarif->text;
}

static const char *composed(pc_sarif *sarif)
{
    if (sarif->text.failed)
        sarif->json.out->failed = true;
    return sarif->text.failed || sarif->text.data == NULL ? ""
                                                          : sarif->text.data;
}

static const char *level(parcheck_severity severity)
{
    return parcheck_severity_name(severity);
}

/* ---- places -----------------------------------------------------------------
 */

static bool is_plain_in_uri(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL;
}

/* The name of a file as a reference; a name from the root of the file system
 * gets its scheme. */
static const char *uri_of(pc_sarif *sarif, const char *name)
{
    pc_buffer *uri = compose(sarif);

    pc_buffer_text(uri, name[0] == '/' ? "file://" : "");
    for (; *name != '\0'; name++) {
        if (is_plain_in_uri(*name))
            pc_buffer_char(uri, *name);
        else
            pc_buffer_format(uri, "%%%02X", (unsigned)(unsigned char)*name);
    }
    return composed(sarif);
}

void pc_sarif_artifact(pc_sarif *sarif, size_t input)
{
    pc_json *json = &sarif->json;

    pc_json_open_at(json, "artifactLocation", '{');
    pc_json_text_at(json, "uri",
                    uri_of(sarif, sarif->report->inputs[input].name));
    pc_json_number_at(json, "index", input);
    pc_json_close(json, '}');
}

static void write_logical(pc_sarif *sarif, const parcheck_cell *cell)
{
    pc_json *json = &sarif->json;

    if (cell->address[0] == '\0')
        return;
    pc_json_open_at(json, "logicalLocations", '[');
    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_text_at(json, "name", cell->address);
    pc_buffer_format(compose(sarif), "%s!%s",
                     sarif->report->inputs[cell->input].name, cell->address);
    pc_json_text_at(json, "fullyQualifiedName", composed(sarif));
    pc_json_text_at(json, "kind", "cell");
    pc_json_close(json, '}');
    pc_json_close(json, ']');
}

/* The members of a location that is open. */
static void write_location(pc_sarif *sarif, const parcheck_cell *cell)
{
    pc_json *json = &sarif->json;

    if (cell->input < sarif->report->input_count) {
        pc_json_open_at(json, "physicalLocation", '{');
        pc_sarif_artifact(sarif, cell->input);
        if (cell->line > 0) {
            pc_json_open_at(json, "region", '{');
            pc_json_number_at(json, "startLine", cell->line);
            pc_json_close(json, '}');
        }
        pc_json_close(json, '}');
        write_logical(sarif, cell);
    }
}

static void write_related(pc_sarif *sarif, const parcheck_finding *finding)
{
    pc_json *json = &sarif->json;

    if (finding->cell_count < 2)
        return;
    pc_json_open_at(json, "relatedLocations", '[');
    for (size_t i = 1; i < finding->cell_count; i++) {
        const parcheck_cell *cell = finding->cells[i];

        pc_json_next(json);
        pc_json_open(json, '{');
        pc_json_number_at(json, "id", i);
        write_location(sarif, cell);
        pc_buffer_format(compose(sarif), "%s: %s %s",
                         cell->literal[0] != '\0'
                             ? cell->literal
                             : say(sarif, "(trống)", "(blank)"),
                         cell->code, cell->label);
        pc_sarif_message_at(sarif, "message", composed(sarif));
        pc_json_close(json, '}');
    }
    pc_json_close(json, ']');
}

/* ---- rules --------------------------------------------------------------- */

/* "rule.fails/procedures-total" or "row.unknown". */
static const char *make_rule_id(pc_sarif *sarif,
                                const parcheck_finding *finding)
{
    pc_buffer *id = compose(sarif);

    pc_buffer_text(id, pc_code_text(finding->code));
    if (finding->rule != NULL)
        pc_buffer_format(id, "/%s", finding->rule->id);
    return pc_buffer_copy(id, &sarif->arena);
}

static void write_rule_help(pc_sarif *sarif, const parcheck_rule *rule)
{
    pc_buffer *help = compose(sarif);

    pc_buffer_format(help, "%s\n%s: %s\n%s: %s", rule->text[sarif->language],
                     say(sarif, "Quy tắc", "Rule"), rule->check,
                     say(sarif, "Căn cứ", "Basis"), rule->basis);
    pc_sarif_text_at(sarif, "help", composed(sarif));
}

static void write_descriptor(pc_sarif *sarif, const char *id,
                             const parcheck_finding *finding)
{
    pc_json *json = &sarif->json;

    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_text_at(json, "id", id);
    if (finding->rule != NULL) {
        pc_sarif_text_at(sarif, "shortDescription",
                         finding->rule->text[sarif->language]);
        write_rule_help(sarif, finding->rule);
    } else {
        pc_buffer_format(compose(sarif),
                         say(sarif, "Xem giải thích: parcheck explain %s",
                             "Explained by: parcheck explain %s"),
                         pc_code_text(finding->code));
        pc_sarif_text_at(sarif, "help", composed(sarif));
    }
    pc_json_open_at(json, "defaultConfiguration", '{');
    pc_json_text_at(json, "level", level(finding->severity));
    pc_json_close(json, '}');
    pc_json_close(json, '}');
}

/* Each rule once, in the order of the findings. */
static bool write_rules(pc_sarif *sarif)
{
    size_t count = sarif->report->findings.list.count;

    sarif->rule_of = pc_arena_array(&sarif->arena, count + 1,
                                    sizeof *sarif->rule_of);
    if (sarif->rule_of == NULL)
        return false;
    pc_json_open_at(&sarif->json, "rules", '[');
    for (size_t i = 0; i < count; i++) {
        const parcheck_finding *finding = pc_report_finding(sarif->report, i);
        const char *id = make_rule_id(sarif, finding);
        size_t index;

        if (id == NULL)
            return false;
        sarif->rule_of[i] = id;
        if (pc_map_get(&sarif->rules, id, strlen(id), &index))
            continue;
        if (!pc_map_set(&sarif->rules, id, strlen(id), sarif->rules.count))
            return false;
        write_descriptor(sarif, id, finding);
        pc_writer_flush(sarif->json.writer, false);
    }
    pc_json_close(&sarif->json, ']');
    return true;
}

/* ---- results ------------------------------------------------------------- */

static void write_properties(pc_sarif *sarif, const parcheck_finding *finding)
{
    pc_json *json = &sarif->json;

    pc_json_open_at(json, "properties", '{');
    pc_json_text_at(json, "code", pc_code_text(finding->code));
    pc_json_text_at(json, "unit", finding->unit);
    pc_json_text_at(json, "unitCode", finding->unit_code);
    pc_json_text_at(json, "period", finding->period);
    if (finding->cause > 0)
        pc_json_number_at(json, "cause", finding->cause);
    if (finding->explanation_count > 0) {
        pc_json_open_at(json, "explanations", '[');
        for (size_t i = 0; i < finding->explanation_count; i++) {
            pc_json_next(json);
            pc_json_text(json,
                         finding->explanations[i]->message[sarif->language]);
        }
        pc_json_close(json, ']');
    }
    pc_json_close(json, '}');
}

static void write_result(pc_sarif *sarif, size_t number)
{
    const parcheck_finding *finding = pc_report_finding(sarif->report, number);
    const char *id = sarif->rule_of[number];
    pc_json *json = &sarif->json;
    size_t index = 0;

    (void)pc_map_get(&sarif->rules, id, strlen(id), &index);
    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_text_at(json, "ruleId", id);
    pc_json_number_at(json, "ruleIndex", index);
    pc_json_text_at(json, "level", level(finding->severity));
    pc_sarif_message_at(sarif, "message", finding->message[sarif->language]);
    pc_json_open_at(json, "locations", '[');
    if (finding->cell_count > 0) {
        pc_json_next(json);
        pc_json_open(json, '{');
        write_location(sarif, finding->cells[0]);
        pc_json_close(json, '}');
    }
    pc_json_close(json, ']');
    write_related(sarif, finding);
    pc_sarif_fingerprint(sarif, finding);
    pc_sarif_fixes(sarif, finding);
    write_properties(sarif, finding);
    pc_json_close(json, '}');
    pc_writer_flush(json->writer, false);
}

/* ---- the run ------------------------------------------------------------- */

static void write_schemas(pc_sarif *sarif)
{
    pc_json *json = &sarif->json;

    pc_json_open_at(json, "extensions", '[');
    for (size_t i = 0; i < sarif->report->edition_count; i++) {
        const parcheck_edition *edition = sarif->report->editions[i];

        pc_json_next(json);
        pc_json_open(json, '{');
        pc_buffer_format(compose(sarif), "%s/%s", edition->family->name,
                         edition->name);
        pc_json_text_at(json, "name", composed(sarif));
        pc_json_text_at(json, "fullName",
                        edition->family->title[sarif->language]);
        if (edition->family->version[0] != '\0')
            pc_json_text_at(json, "version", edition->family->version);
        pc_json_open_at(json, "properties", '{');
        pc_json_text_at(json, "digest", edition->digest);
        pc_json_close(json, '}');
        pc_json_close(json, '}');
    }
    pc_json_close(json, ']');
}

static bool write_tool(pc_sarif *sarif)
{
    pc_json *json = &sarif->json;

    pc_json_open_at(json, "tool", '{');
    pc_json_open_at(json, "driver", '{');
    pc_json_text_at(json, "name", "parcheck");
    pc_json_text_at(json, "version", parcheck_version());
    pc_json_text_at(json, "semanticVersion", parcheck_version());
    pc_json_text_at(json, "language", say(sarif, "vi", "en"));
    if (!write_rules(sarif))
        return false;
    pc_json_close(json, '}');
    write_schemas(sarif);
    pc_json_close(json, '}');
    return true;
}

static void write_artifacts(pc_sarif *sarif)
{
    pc_json *json = &sarif->json;

    pc_json_open_at(json, "artifacts", '[');
    for (size_t i = 0; i < sarif->report->input_count; i++) {
        const pc_report_input *input = &sarif->report->inputs[i];

        pc_json_next(json);
        pc_json_open(json, '{');
        pc_json_open_at(json, "location", '{');
        pc_json_text_at(json, "uri", uri_of(sarif, input->name));
        pc_json_close(json, '}');
        pc_json_open_at(json, "roles", '[');
        pc_json_next(json);
        pc_json_text(json, "analysisTarget");
        pc_json_close(json, ']');
        if (input->encoding != NULL)
            pc_json_text_at(json, "encoding", input->encoding);
        pc_json_text_at(json, "mimeType", "text/csv");
        /* The same file may be given twice, and artifacts must differ. */
        pc_json_open_at(json, "properties", '{');
        pc_json_number_at(json, "input", i);
        pc_json_close(json, '}');
        pc_json_close(json, '}');
    }
    pc_json_close(json, ']');
}

/* A run that could not be done hands out no report. */
static void write_invocation(pc_sarif *sarif)
{
    pc_json *json = &sarif->json;

    pc_json_open_at(json, "invocations", '[');
    pc_json_next(json);
    pc_json_open(json, '{');
    pc_json_key(json, "executionSuccessful");
    pc_buffer_text(json->out, "true");
    pc_json_close(json, '}');
    pc_json_close(json, ']');
}

static bool write_run(pc_sarif *sarif)
{
    pc_json *json = &sarif->json;

    pc_json_next(json);
    pc_json_open(json, '{');
    if (!write_tool(sarif))
        return false;
    write_invocation(sarif);
    pc_json_text_at(json, "language", say(sarif, "vi", "en"));
    pc_json_text_at(json, "columnKind", "unicodeCodePoints");
    write_artifacts(sarif);
    pc_json_open_at(json, "results", '[');
    for (size_t i = 0; i < sarif->report->findings.list.count; i++)
        write_result(sarif, i);
    pc_json_close(json, ']');
    pc_json_close(json, '}');
    return true;
}

void pc_write_sarif(pc_writer *writer, const parcheck_report *report)
{
    pc_sarif sarif = {.report = report, .language = writer->options->language};

    pc_json_init(&sarif.json, writer);
    pc_arena_init(&sarif.arena, &writer->text.allocator);
    pc_buffer_init(&sarif.text, &writer->text.allocator, SIZE_MAX / 8);
    pc_buffer_init(&sarif.message, &writer->text.allocator, SIZE_MAX / 8);
    pc_map_init(&sarif.rules, &sarif.arena);
    pc_map_init(&sarif.fingerprints, &sarif.arena);
    pc_json_open(&sarif.json, '{');
    pc_json_text_at(&sarif.json, "$schema",
                    "https://json.schemastore.org/sarif-2.1.0.json");
    pc_json_text_at(&sarif.json, "version", "2.1.0");
    pc_json_open_at(&sarif.json, "runs", '[');
    if (!write_run(&sarif))
        writer->text.failed = true;
    pc_json_close(&sarif.json, ']');
    pc_json_close(&sarif.json, '}');
    pc_buffer_char(sarif.json.out, '\n');
    pc_buffer_free(&sarif.text);
    pc_buffer_free(&sarif.message);
    pc_arena_free(&sarif.arena);
}
