/* The encodings that submissions come in, and their way to UTF-8. */
#ifndef PC_TEXT_CHARSET_H
#define PC_TEXT_CHARSET_H

#include "base/buffer.h"

typedef enum pc_charset {
    PC_UTF_8 = 0,
    PC_UTF_16, /* byte order by its mark, little-endian without one */
    PC_UTF_16LE,
    PC_UTF_16BE,
    PC_WINDOWS_1258,
    PC_TCVN_5712, /* TCVN 5712:1993 VN1 */
    PC_TCVN3,     /* VN3, the "ABC" fonts */
    PC_VISCII,
    PC_VNI, /* VNI Windows */
    PC_CHARSETS
} pc_charset;

/* The name that reports and options use, such as "windows-1258". */
const char *pc_charset_name(pc_charset charset);

/* Finds an encoding by its name or an alias of it, whatever the case and
 * with or without hyphens and the like ("utf8", "CP1258", "abc"). */
bool pc_charset_find(pc_charset *charset, const char *name);

/* The length of the valid UTF-8 at the front of a text. */
size_t pc_utf_8_front(const char *text, size_t length);

/* Of bytes that end anywhere: their length without the beginning of a character
 * of UTF-8, and that of the whole lines of an encoding. */
size_t pc_whole_characters(const char *bytes, size_t length);
size_t pc_whole_lines(pc_charset charset, const char *bytes, size_t length);

/* Bytes that stand for nothing in the encoding. */
typedef struct pc_bad_bytes {
    size_t count;
    size_t offset; /* of the first in the bytes given */
    size_t line;   /* of the first, from 1; 0 if there is none */
} pc_bad_bytes;

typedef enum pc_charset_status {
    PC_CHARSET_OK = 0,
    PC_CHARSET_NO_MEMORY,
    PC_CHARSET_TOO_LONG,   /* over the maximum of `out`, which is full */
    PC_CHARSET_UNAVAILABLE /* the system cannot decode it */
} pc_charset_status;

/*
 * Appends the text in UTF-8 to `out`, without a byte order mark, and fills
 * `bad`. Letters and tone marks that the encoding keeps apart are put
 * together (NFC); UTF-8 and UTF-16 are left as they are composed. A byte that
 * cannot be decoded becomes U+FFFD, and so does a unit of UTF-16 (which
 * counts as its two bytes). A zero character is text like any other.
 *
 * Whatever the status, what is in `out` is valid UTF-8.
 */
pc_charset_status pc_charset_decode(pc_charset charset, const char *bytes,
                                    size_t length, pc_buffer *out,
                                    pc_bad_bytes *bad);

#endif
