"""What came of one run."""

from __future__ import annotations

import ctypes
import os
from functools import cached_property
from typing import Any, BinaryIO, Callable

from ._model import (Cell, Deduction, Edition, Finding, Input, Unit,
                     Verdict)
from ._native import (WRITE_FUNCTION, Error, Handle, Sized, WriteOptions,
                      check, library, text, to_text)
from ._read import Catalogue, Reader

LANGUAGES = {"vi": 0, "en": 1}


def formats() -> tuple[str, ...]:
    """The names of the formats in which a report can be written."""
    names: list[str] = []
    while (name := library().format_name(len(names))) is not None:
        names.append(text(name))
    return tuple(names)


def _format(name: str) -> int:
    number = ctypes.c_int()
    if not library().format_find(to_text(name, "format"),
                                 ctypes.addressof(number)):
        raise ValueError(f"format: {name!r} is not one of "
                         f"{', '.join(formats())}")
    return number.value


def _language(name: str) -> int:
    if name not in LANGUAGES:
        raise ValueError(f"language: {name!r} is not one of "
                         f"{', '.join(LANGUAGES)}")
    return LANGUAGES[name]


class Report:
    """Everything that came of one run.

    Findings, verdicts and units are read from the library when they are first asked
    for, and stay. close(), or the end of a `with`, gives back the memory of
    the library at once; otherwise that happens when the report is garbage.
    What was not read before then raises ValueError.
    """

    #: The inputs, in the order of their names.
    inputs: tuple[Input, ...]
    #: The editions that judged.
    editions: tuple[Edition, ...]
    #: How many findings there are of each severity.
    counts: dict[str, int]
    #: How many verdicts there are of each outcome.
    outcomes: dict[str, int]

    def __init__(self, handle: Handle, catalogue: Catalogue) -> None:
        self._handle: Handle | None = handle
        self._reader = reader = Reader(handle.pointer, catalogue)
        self.inputs = reader.inputs()
        self.editions = reader.editions()
        self.counts = reader.counts()
        self.outcomes = reader.outcomes()

    def close(self) -> None:
        """Gives back what the library holds for this report."""
        self._handle = None

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._handle is None:
            return "<parcheck.Report closed>"
        counts = ", ".join(f"{n} {name}" for name, n in self.counts.items())
        return f"<parcheck.Report {counts}>"

    def _held(self) -> Handle:
        # Whoever calls this keeps the handle while it uses the pointer:
        # another thread may close the report meanwhile.
        handle = self._handle
        if handle is None:
            raise ValueError("the report is closed")
        return handle

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Errors first, then by input, line, column and rule."""
        _held = self._held()
        return self._reader.findings()

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """By unit in the order of the inputs, then by rule."""
        _held = self._held()
        return self._reader.verdicts()

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units with all their facts, in the order of the inputs."""
        _held = self._held()
        return self._reader.units()

    def deduce(self) -> tuple[Deduction, ...]:
        """The blank totals and percentages that the other cells determine.

        In the order of their cells. rewrite() can write the values.
        """
        held, out, error = self._held(), ctypes.c_void_p(), Error()
        lib = library()
        check(lib.report_deduce(ctypes.addressof(out), held.pointer, None,
                                ctypes.addressof(error)), error)
        assert out.value is not None
        made = Handle(out.value, lib.deductions_free, held)
        return self._reader.deductions(made.pointer)

    @property
    def ok(self) -> bool:
        """True if there is no error; there may be warnings and notes."""
        return self.counts["error"] == 0

    def write(self, file: str | os.PathLike[str] | BinaryIO,
              format: str = "text", *, language: str = "vi",
              verdicts: bool = False, color: bool = False,
              width: int = 80) -> None:
        """Writes the report to a path or to a file opened for bytes.

        `language`, `color` and `width` (40 to 1000 columns) are those of a
        text; `verdicts` lists every verdict instead of their totals only.
        """
        options = self._write_options(format, language, verdicts, color,
                                      width)
        if isinstance(file, (str, os.PathLike)):
            with open(file, "wb") as opened:
                self._write(opened, options)
        else:
            self._write(file, options)

    def render(self, format: str = "text", *, language: str = "vi",
               verdicts: bool = False, color: bool = False,
               width: int = 80) -> str:
        """The report as write() writes it, as one text."""
        chunks = Chunks()
        self._write(chunks, self._write_options(format, language, verdicts,
                                                color, width))
        return bytes(chunks).decode("utf-8")

    def to_json(self, verdicts: bool = False) -> str:
        """The report for tools; both languages are in it."""
        return self.render("json", verdicts=verdicts)

    def findings_frame(self) -> Any:
        """A pandas DataFrame with a row for each finding.

        The place is that of its first cell. Numbers stay exact texts.
        """
        return _frame([_finding_row(finding, self.inputs)
                       for finding in self.findings], _FINDING_COLUMNS)

    def cells_frame(self) -> Any:
        """A pandas DataFrame with a row for each cell of each finding.

        `finding` is the index of the row in findings_frame().
        """
        return _frame([(i, finding.code, *_cell_row(cell, self.inputs))
                       for i, finding in enumerate(self.findings)
                       for cell in finding.cells],
                      ("finding", "code", *_CELL_COLUMNS))

    def verdicts_frame(self) -> Any:
        """A pandas DataFrame with a row for each verdict."""
        return _frame([(verdict.rule.id, verdict.outcome, verdict.reason,
                        verdict.unit, verdict.unit_code, verdict.period)
                       for verdict in self.verdicts],
                      ("rule", "outcome", "reason", "unit", "unit_code",
                       "period"))

    def _write_options(self, format: str, language: str, verdicts: bool,
                       color: bool, width: int) -> Sized[WriteOptions]:
        made = Sized(WriteOptions, library().write_options_init)
        options = made.structs[0]
        options.format = _format(format)
        options.language = _language(language)
        options.verdicts = int(verdicts)
        options.color = int(color)
        if not 0 <= width < 2 ** 31:
            raise ValueError(f"width: {width} columns")
        options.width = width
        return made

    def _write(self, file: Any, options: Sized[WriteOptions]) -> None:
        held = self._held()
        write_to(file, lambda take, error: library().report_write(
            held.pointer, options.address, take, None, error))


def write_to(file: Any, call: Callable[[Any, int], Any]) -> None:
    """Lets `call` write to a file; what the file raises comes through."""
    error, raised = Error(), []

    def take(_: int | None, data: int, size: int) -> int:
        try:
            file.write(ctypes.string_at(data, size))
            return 0
        except BaseException as exception:
            raised.append(exception)
            return 1

    status = call(WRITE_FUNCTION(take), ctypes.addressof(error))
    if raised:
        raise raised[0]
    check(status, error)


class Chunks:
    """Keeps what is written to it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> None:
        self._held.append(data)

    def __bytes__(self) -> bytes:
        return b"".join(self._held)


_CELL_COLUMNS = ("input", "line", "column", "address", "form", "row_code",
                 "name", "label", "literal")
_FINDING_COLUMNS = ("code", "severity", "rule", "unit", "unit_code",
                    "period", *_CELL_COLUMNS, "left", "relation", "right",
                    "difference", "message_vi", "message_en", "cause",
                    "explanations")


def _cell_row(cell: Cell, inputs: tuple[Input, ...]) -> tuple[Any, ...]:
    name = inputs[cell.input].name if cell.input < len(inputs) else None
    return (name, cell.line, cell.column, cell.address, cell.form, cell.code,
            cell.name, cell.label, cell.literal)


def _finding_row(finding: Finding,
                 inputs: tuple[Input, ...]) -> tuple[Any, ...]:
    place = (_cell_row(finding.cells[0], inputs) if finding.cells
             else (None,) * len(_CELL_COLUMNS))
    return (finding.code, finding.severity,
            finding.rule.id if finding.rule else None, finding.unit,
            finding.unit_code, finding.period, *place, finding.left,
            finding.relation, finding.right, finding.difference,
            finding.message.vi, finding.message.en, finding.cause,
            len(finding.explanations))


def _frame(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> Any:
    try:
        import pandas
    except ImportError:
        raise ImportError("a DataFrame needs pandas, which is not "
                          "installed") from None
    return pandas.DataFrame.from_records(rows, columns=list(columns))
