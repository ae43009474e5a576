/* The public names of closed sets, and of the library's version. */
#include "parcheck/parcheck.h"
#include "version.h"

const char *parcheck_version(void)
{
    return PC_VERSION;
}

const char *parcheck_status_name(parcheck_status status)
{
    switch (status) {
    case PARCHECK_OK:
        return "ok";
    case PARCHECK_ENOMEM:
        return "out of memory";
    case PARCHECK_EINVAL:
        return "invalid argument";
    case PARCHECK_EIO:
        return "cannot read";
    case PARCHECK_ESCHEMA:
        return "wrong schema";
    case PARCHECK_EWRITE:
        return "cannot write";
    case PARCHECK_ECANCELLED:
        return "cancelled";
    }
    return "unknown status";
}

const char *parcheck_severity_name(parcheck_severity severity)
{
    switch (severity) {
    case PARCHECK_ERROR:
        return "error";
    case PARCHECK_WARNING:
        return "warning";
    case PARCHECK_NOTE:
        return "note";
    }
    return "";
}

const char *parcheck_outcome_name(parcheck_outcome outcome)
{
    switch (outcome) {
    case PARCHECK_HOLDS:
        return "holds";
    case PARCHECK_ROUNDING:
        return "rounding";
    case PARCHECK_FAILS:
        return "fails";
    case PARCHECK_UNKNOWN:
        return "unknown";
    }
    return "";
}
