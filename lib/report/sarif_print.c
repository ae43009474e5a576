#include <string.h>

#include "base/sha256.h"
#include "report/sarif.h"

/* With its end, so that two texts are not another two put together. */
static void add(pc_sha256 *hash, const char *text)
{
    pc_sha256_add(hash, text != NULL ? text : "",
                  text != NULL ? strlen(text) : 0);
    pc_sha256_add(hash, "", 1);
}

/* What a finding is about, without numbers, lines and columns. A cell without
 * an indicator is known by what stands in it. */
static void hash_finding(pc_sha256 *hash, const pc_sarif *sarif,
                         const parcheck_finding *finding)
{
    pc_sha256_init(hash);
    add(hash, pc_code_text(finding->code));
    add(hash, finding->rule != NULL ? finding->rule->id : NULL);
    add(hash, finding->unit_code);
    add(hash, finding->unit);
    add(hash, finding->period);
    if (finding->rule != NULL && sarif->report->judged)
        return;
    for (size_t i = 0; i < finding->cell_count; i++) {
        const parcheck_cell *cell = finding->cells[i];

        if (cell->input < sarif->report->input_count)
            add(hash, sarif->report->inputs[cell->input].name);
        add(hash, cell->name);
        add(hash, cell->form);
        add(hash, cell->code);
        add(hash, cell->name[0] == '\0' ? cell->literal : NULL);
    }
}

/* The same for two findings: the second is told apart by a number. */
void pc_sarif_fingerprint(pc_sarif *sarif, const parcheck_finding *finding)
{
    char hex[PC_SHA256_HEX];
    size_t times = 0;
    pc_sha256 hash;
    char *key;

    hash_finding(&hash, sarif, finding);
    pc_sha256_finish(&hash, hex);
    (void)pc_map_get(&sarif->fingerprints, hex, 32, &times);
    key = pc_arena_copy(&sarif->arena, hex, 32);
    if (key == NULL || !pc_map_set(&sarif->fingerprints, key, 32, times + 1)) {
        sarif->json.out->failed = true;
        return;
    }
    pc_buffer_clear(&sarif->text);
    pc_buffer_format(&sarif->text, "%s:%zu", key, times + 1);
    pc_json_open_at(&sarif->json, "partialFingerprints", '{');
    if (sarif->text.failed)
        sarif->json.out->failed = true;
    else
        pc_json_text_at(&sarif->json, "parcheck/v1", sarif->text.data);
    pc_json_close(&sarif->json, '}');
}
