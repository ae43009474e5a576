/* The digest of everything that an edition is judged by. */
#ifndef PC_SCHEMA_DIGEST_H
#define PC_SCHEMA_DIGEST_H

#include <stdbool.h>

#include "base/sha256.h"
#include "parcheck/parcheck.h"

enum { PC_DIGEST = 7 + PC_SHA256_HEX }; /* "sha256:" and the digits */

/* Whether a table is an edition, by the name of its file. */
bool pc_is_edition_table(const parcheck_table *table);

/* Writes the digest of `edition`, one of a family's tables, which stand in
 * the order of their files: its own and those that are no editions count. */
void pc_digest_of(char text[PC_DIGEST], const parcheck_table *edition,
                  const parcheck_table *const *tables, size_t count);

#endif
