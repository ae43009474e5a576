"""What can keep a run from being done, as exceptions."""

from __future__ import annotations


class LibraryError(ImportError):
    """The shared library of parcheck is not there, or is too old."""


class ParcheckError(Exception):
    """A run could not be done.

    What is wrong with the data is never an exception: it is a finding.
    """

    #: The number of the status and its name, such as "out of memory".
    status: int
    status_name: str
    #: Where it happened: a file, folder or table, "" if there is none; the
    #: line and column in it, 0 if there is none.
    source: str
    line: int
    column: int
    #: What happened, in Vietnamese and in English, without the place.
    vi: str
    en: str

    def __init__(self, status: int, status_name: str, source: str = "",
                 line: int = 0, column: int = 0, vi: str = "",
                 en: str = "") -> None:
        super().__init__(status, status_name, source, line, column, vi, en)
        self.status = status
        self.status_name = status_name
        self.source = source
        self.line = line
        self.column = column
        self.vi = vi
        self.en = en

    @property
    def place(self) -> str:
        """The place as "source:line:column", as far as it is known."""
        parts = [self.source] if self.source else []
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        text = self.en or self.status_name
        return f"{self.place}: {text}" if self.place else text


class OutOfMemoryError(ParcheckError, MemoryError):
    """There was not enough memory."""


class InvalidArgumentError(ParcheckError, ValueError):
    """An argument or option makes no sense."""


class ReadError(ParcheckError):
    """A file or folder cannot be opened or read."""


class SchemaError(ParcheckError):
    """A schema table or a rule is wrong."""


class WriteError(ParcheckError):
    """The report could not be written."""


class CancelledError(ParcheckError):
    """The progress callback asked to stop."""


#: The class for each status of the library; ParcheckError for any other.
BY_STATUS: dict[int, type[ParcheckError]] = {
    1: OutOfMemoryError,
    2: InvalidArgumentError,
    3: ReadError,
    4: SchemaError,
    5: WriteError,
    6: CancelledError,
}
