/* The public functions on the catalogue of findings. */
#include "finding/finding.h"

size_t parcheck_code_count(void)
{
    return PC_CODE_COUNT;
}

const char *parcheck_code_name(size_t index)
{
    return index < PC_CODE_COUNT ? pc_code_text((pc_code)index) : NULL;
}

parcheck_severity parcheck_code_severity(size_t index)
{
    return index < PC_CODE_COUNT ? pc_code_severity((pc_code)index)
                                 : PARCHECK_ERROR;
}

const char *parcheck_code_text(size_t index, parcheck_language language)
{
    return index < PC_CODE_COUNT
               ? pc_code_meaning((pc_code)index)->text[language]
               : NULL;
}

const char *parcheck_code_advice(size_t index, parcheck_language language)
{
    return index < PC_CODE_COUNT
               ? pc_code_meaning((pc_code)index)->advice[language]
               : NULL;
}

const char *parcheck_code_example(size_t index, parcheck_language language)
{
    return index < PC_CODE_COUNT
               ? pc_code_meaning((pc_code)index)->example[language]
               : NULL;
}
