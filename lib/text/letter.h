/* The vowel letters of Vietnamese: a letter without a tone, and its tone. */
#ifndef PC_TEXT_LETTER_H
#define PC_TEXT_LETTER_H

#include <stdbool.h>
#include <stdint.h>

typedef enum pc_tone {
    PC_TONE_LEVEL = 0, /* ngang: no mark */
    PC_TONE_GRAVE = 1, /* huyền */
    PC_TONE_ACUTE = 2, /* sắc */
    PC_TONE_HOOK = 3,  /* hỏi */
    PC_TONE_TILDE = 4, /* ngã */
    PC_TONE_DOT = 5    /* nặng */
} pc_tone;

/* Takes a lower-case vowel apart: ế is ê with PC_TONE_ACUTE, a is a with
 * PC_TONE_LEVEL. False for anything else, capitals among it. */
bool pc_vowel_split(uint32_t point, uint32_t *letter, pc_tone *tone);

/* The lower-case vowel `letter` with a tone; 0 if there is no such vowel. */
uint32_t pc_vowel_join(uint32_t letter, pc_tone tone);

#endif
