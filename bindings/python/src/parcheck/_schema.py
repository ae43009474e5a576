"""Schemas, and the runs that judge by them."""

from __future__ import annotations

import ctypes
import os
import threading
from typing import Any, Mapping

from ._facts import Facts
from ._model import Edition, Family, Power
from ._native import Handle, Table, library, to_text
from ._read import Catalogue, read_power
from ._report import Report
from ._run import Progress, Run, Source, load, path_bytes


class Schema:
    """A set of form families with their editions and rules.

    It never changes, so that any number of threads may use one. close(), or
    the end of a `with`, gives it back as soon as no report needs it any
    more; otherwise that happens when it is garbage.
    """

    def __init__(self, handle: Handle) -> None:
        if not isinstance(handle, Handle):
            raise TypeError("a schema is made by Schema.builtin(), "
                            "Schema.folder() or Schema.tables()")
        self._handle: Handle | None = handle
        self._catalogue: Catalogue | None = None
        self._lock = threading.Lock()

    @classmethod
    def builtin(cls) -> Schema:
        """The schemas that are built into the library."""
        return cls(load(lambda out, error: library().schema_load_builtin(
            out, None, error)))

    @classmethod
    def folder(cls, path: str | os.PathLike[str]) -> Schema:
        """One family (a folder with rules.csv), or a folder of families."""
        name = path_bytes(path)
        return cls(load(lambda out, error: library().schema_load_folder(
            out, name, None, error)))

    @classmethod
    def tables(cls, tables: Mapping[str, bytes | str]) -> Schema:
        """Tables in memory under names such as "cchc/rules.csv".

        Each is CSV, as UTF-8 bytes or as a text.
        """
        array = (Table * max(len(tables), 1))()
        for table, (name, data) in zip(array, tables.items()):
            family, _, file = to_text(name, "table").rpartition(b"/")
            table.family, table.file = family, file
            if isinstance(data, str):
                data = data.encode("utf-8")
            table.data, table.length = data, len(data)
        return cls(load(lambda out, error: library().schema_load_tables(
            out, ctypes.addressof(array), len(tables), None, error)))

    def close(self) -> None:
        """Lets go of the schema; reports made with it stay good."""
        self._handle = None

    def __enter__(self) -> Schema:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._handle is None:
            return "<parcheck.Schema closed>"
        names = ", ".join(family.name for family in self.families)
        return f"<parcheck.Schema {names}>"

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of forms."""
        return self._read().families

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions of all families."""
        return tuple(edition for family in self.families
                     for edition in family.editions)

    def edition(self, name: str) -> Edition:
        """The edition of a name such as "gia-lai-2022" or
        "cchc/gia-lai-2022"; KeyError if there is none."""
        for edition in self.editions:
            if name in (edition.name, edition.full_name):
                return edition
        raise KeyError(name)

    def validate(self, *sources: Source, edition: str | None = None,
                 encoding: str | None = None, layout: str | None = None,
                 delimiter: str | None = None,
                 max_file_bytes: int | None = None,
                 max_field_bytes: int | None = None,
                 max_fields: int | None = None,
                 max_records: int | None = None,
                 max_findings: int | None = None, explain: bool = True,
                 progress: Progress | None = None) -> Report:
        """Checks one submission, which may have several files.

        `edition`, `encoding`, `layout` ("form", "table", "series" or "long")
        and `delimiter` are found for each file if they are not given. The
        ceilings have the defaults of the library; one that is reached is
        reported as a finding "limit.*".

        `explain` looks for explanations of rules that fail; False is faster.

        `progress` is called while the run goes on, in this thread.

        Other threads run meanwhile. Raises a ParcheckError if the run cannot
        be done, and whatever `progress` or the read() of a file raises.
        """
        held, catalogue = self._held(), self._read()
        run = Run(sources)
        run.set_texts(edition=edition, encoding=encoding, layout=layout)
        run.set_delimiter(delimiter)
        run.set_sizes(max_file_bytes=max_file_bytes,
                      max_field_bytes=max_field_bytes, max_fields=max_fields,
                      max_records=max_records, max_findings=max_findings)
        run.set_explain(explain)
        run.set_progress(progress)
        return Report(run.validate(held), catalogue)

    def facts(self, edition: str) -> Facts:
        """An empty set of facts of an edition, to be judged without a file.

        The edition is named as for edition().
        """
        return Facts(self._held(), self._read(), edition)

    def power(self, edition: str) -> tuple[Power, ...]:
        """How surely a slip in each cell of an edition is noticed.

        The edition is filled with random numbers that violate no rule, by a
        generator with a fixed seed; every slip that can be made of a number
        is tried. KeyError if there is no such edition.
        """
        held, catalogue = self._held(), self._read()
        pointer = catalogue.pointer(self.edition(edition))
        handle = load(
            lambda out, error: library().schema_power(
                out, held.pointer, pointer, None, error),
            library().power_free, held)
        return read_power(handle.pointer, catalogue)

    def lint(self) -> Report:
        """Examines the schema itself; its findings are `schema.*`."""
        held = self._held()
        handle = load(
            lambda out, error: library().schema_lint(
                out, held.pointer, None, error),
            library().report_free, held)
        return Report(handle, self._read())

    def _held(self) -> Handle:
        handle = self._handle
        if handle is None:
            raise ValueError("the schema is closed")
        return handle

    def _read(self) -> Catalogue:
        with self._lock:
            if self._catalogue is None:
                self._catalogue = Catalogue(self._held().pointer)
            return self._catalogue


_builtin: Schema | None = None
_builtin_lock = threading.Lock()


def builtin() -> Schema:
    """The built-in schemas, loaded once for the whole process."""
    global _builtin
    with _builtin_lock:
        if _builtin is None or _builtin._handle is None:
            _builtin = Schema.builtin()
        return _builtin


def validate(*sources: Source, schema: Schema | None = None,
             **options: Any) -> Report:
    """Schema.validate() by the built-in schemas, or by `schema`."""
    return (schema or builtin()).validate(*sources, **options)
