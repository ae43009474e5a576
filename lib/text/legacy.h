/* The encodings of fonts that iconv does not know, TCVN3 (ABC) and VNI. */
#ifndef PC_TEXT_LEGACY_H
#define PC_TEXT_LEGACY_H

#include <stdbool.h>
#include <stdint.h>

typedef enum pc_legacy { PC_LEGACY_TCVN3, PC_LEGACY_VNI } pc_legacy;

/* Each byte is a character, and two of them together may be one letter. */

/* The character of a byte; 0 with `*bad` set if there is none. */
uint32_t pc_legacy_byte(pc_legacy legacy, unsigned char byte, bool *bad);

/* The letter that two characters make, or 0. */
uint32_t pc_legacy_pair(pc_legacy legacy, uint32_t first, uint32_t second);

/* What a character that is not part of such a pair stands for. */
uint32_t pc_legacy_single(pc_legacy legacy, uint32_t point);

#endif
