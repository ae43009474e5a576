"""Facts that a program has at hand, judged without a file."""

from __future__ import annotations

import ctypes
import threading
from typing import Mapping, Optional, Union

from ._native import Error, Handle, check, library, to_text
from ._read import Catalogue
from ._report import Report
from ._run import Progress, Settings, load

#: A value: a whole number, text as it would stand in a cell ("1.234,5",
#: "12 %"), or None for a blank. Not float: "0.1" is a number of the report,
#: 0.1 is not.
Value = Union[int, str, None]


class Facts:
    """A set of facts of an edition, begun with Schema.facts().

    Values that are set belong to the unit that was begun last; forms of one
    unit need none. The set can be added to and judged again. close(), or the
    end of a `with`, gives it back.
    """

    def __init__(self, schema: Handle, catalogue: Catalogue,
                 edition: str) -> None:
        self._schema = schema
        self._catalogue = catalogue
        self._lock = threading.Lock()
        name = to_text(edition, "edition")
        self._handle: Handle | None = load(
            lambda out, error: library().facts_new(
                out, schema.pointer, name, None, error),
            library().facts_free, schema)

    def close(self) -> None:
        """Gives the set back; reports made of it stay good."""
        self._handle = None

    def __enter__(self) -> Facts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def edition(self, name: str) -> None:
        """Goes on with the edition of another family."""
        self._call("edition", name)

    def unit(self, name: str | None = None, *, code: str | None = None,
             parent: str | None = None, period: str | None = None) -> None:
        """Begins a unit, or goes on with one begun with the same words.

        `code` is that of the row of a table ("I", "II", "1") and decides its
        role; `parent` is the code or name of the unit above; `period` is as
        in a heading ("2023-Q1").
        """
        self._call("unit", code, name, parent, period)

    def set(self, name: str, value: Value) -> None:
        """Gives the unit the value of the indicator with a machine name."""
        self._call("set", name, _literal(value))

    def set_code(self, form: str, code: str, value: Value) -> None:
        """The same by form and code, as the edition prints them."""
        self._call("set_code", form, code, _literal(value))

    def update(self, values: Mapping[str, Value]) -> None:
        """set() for each."""
        for name, value in values.items():
            self.set(name, value)

    def validate(self, *, max_findings: int | None = None, explain: bool = True,
                 progress: Progress | None = None) -> Report:
        """Judges the facts as the same values in a file are judged.

        Cells of the report have no place. Raises as Schema.validate() does.
        """
        settings = Settings()
        settings.set_sizes(max_findings=max_findings)
        settings.set_explain(explain)
        settings.set_progress(progress)
        with self._lock, settings.raising():
            held = self._held()
            handle = load(
                lambda out, error: library().validate_facts(
                    out, held.pointer, settings.address, error),
                library().report_free, self._schema)
        return Report(handle, self._catalogue)

    def _held(self) -> Handle:
        handle = self._handle
        if handle is None:
            raise ValueError("the facts are closed")
        return handle

    def _call(self, name: str, *texts: Optional[str]) -> None:
        error = Error()
        function = getattr(library(), f"facts_{name}")
        data = [None if text is None else to_text(text, name)
                for text in texts]
        with self._lock:
            check(function(self._held().pointer, *data,
                           ctypes.addressof(error)), error)


def _literal(value: Value) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError("a value is an int, a str or None, not "
                    f"{type(value).__name__}")
