"""Checks official statistics for internal consistency.

    import parcheck

    with parcheck.validate("quarter.csv") as report:
        for finding in report.findings:
            print(finding.severity, finding.message.en)

What is wrong with the data is a finding of the report. What keeps a run from
being done is an exception, a ParcheckError.
"""

from ._errors import (CancelledError, InvalidArgumentError, LibraryError,
                      OutOfMemoryError, ParcheckError, ReadError, SchemaError,
                      WriteError)
from ._facts import Facts, Value
from ._model import (Cell, Change, Code, Deduction, Edit, Edition,
                     Explanation, Fact, Family, Finding, Indicator, Input,
                     Operand, Power, Role, Rule, Text, Unit, Verdict)
from ._native import library, text
from ._read import codes
from ._report import Report, formats
from ._run import Named, Progress, Source, rewrite
from ._schema import Schema, builtin, validate

__version__ = "0.1.0"

__all__ = [
    "CancelledError", "Cell", "Change", "Code", "Deduction", "Edit",
    "Edition", "Explanation", "Fact", "Facts", "Family", "Finding",
    "Indicator", "Input", "InvalidArgumentError", "LibraryError", "Named",
    "Operand", "OutOfMemoryError", "ParcheckError", "Power", "Progress",
    "ReadError", "Report", "Role", "Rule", "Schema", "SchemaError",
    "Source", "Text", "Unit", "Value", "Verdict", "WriteError", "builtin",
    "codes", "formats", "library_version", "rewrite", "validate",
]


def library_version() -> str:
    """The version of the shared library that runs."""
    return text(library().version())
