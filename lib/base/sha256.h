/* SHA-256 (FIPS 180-4), for the digest that names a schema. */
#ifndef PC_BASE_SHA256_H
#define PC_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { PC_SHA256_HEX = 65 }; /* 64 digits and a zero byte */

typedef struct pc_sha256 {
    uint32_t state[8];
    uint64_t length; /* in bytes */
    unsigned char block[64];
} pc_sha256;

void pc_sha256_init(pc_sha256 *hash);
void pc_sha256_add(pc_sha256 *hash, const void *bytes, size_t length);
void pc_sha256_finish(pc_sha256 *hash, char hex[PC_SHA256_HEX]);

#endif
