"""One call of the library: the structs, and all that they point to."""

from __future__ import annotations

import contextlib
import ctypes
import os
from dataclasses import dataclass
from typing import (Any, BinaryIO, Callable, Iterable, Iterator, Optional,
                    Union)

from . import _native
from ._errors import ParcheckError
from ._model import Edit
from ._native import (PROGRESS_FUNCTION, READ_FUNCTION, Error, Handle, Input,
                      Options, Sized, check, library, text, to_text)
from ._read import KINDS
from ._report import Chunks, write_to


@dataclass(frozen=True)
class Named:
    """A source under a name of its own, for the report."""

    source: Union[str, os.PathLike[str], bytes, bytearray, memoryview,
                  BinaryIO]
    name: str


#: Where one file of a submission comes from: a path, the bytes of a file, or
#: a file opened for reading bytes.
Source = Union[str, os.PathLike[str], bytes, bytearray, memoryview, BinaryIO,
               Named]

#: Told how much of a run is done, in steps without a meaning, and of how many
#: in all. What it returns, if it is true, stops the run: CancelledError.
Progress = Callable[[int, int], Optional[bool]]


def load(call: Callable[[int, int], Any],
         release: Callable[[int], None] | None = None,
         keep: object = None) -> Handle:
    """What `call` makes through its first parameter."""
    out, error = ctypes.c_void_p(), Error()
    check(call(ctypes.addressof(out), ctypes.addressof(error)), error)
    assert out.value is not None
    return Handle(out.value, release or library().schema_free, keep)


def path_bytes(path: str | os.PathLike[str]) -> bytes:
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError(f"path: a zero character in {path!r}")
    return name


def _size(value: int, what: str) -> int:
    if not 0 <= value <= ctypes.c_size_t(-1).value:
        raise ValueError(f"{what}: {value} is out of range")
    return value


class Settings:
    """The options of a run, and what its callbacks raised."""

    def __init__(self) -> None:
        self._options = Sized(Options, library().options_init)
        self._raised: list[BaseException] = []

    @property
    def address(self) -> int:
        return self._options.address

    @property
    def options(self) -> Options:
        return self._options.structs[0]

    def set_texts(self, **values: str | None) -> None:
        for name, value in values.items():
            if value is not None:
                setattr(self.options, name, to_text(value, name))

    def set_delimiter(self, value: str | None) -> None:
        if value is None:
            return
        if len(value) != 1 or not "\0" < value < "\x80":
            raise ValueError(f"delimiter: not one ASCII character: {value!r}")
        self.options.delimiter = value.encode("ascii")

    def set_sizes(self, **values: int | None) -> None:
        for name, value in values.items():
            if value is not None:
                setattr(self.options, name, _size(value, name))

    def set_explain(self, explain: bool) -> None:
        self.options.explain = int(bool(explain))

    def set_progress(self, progress: Progress | None) -> None:
        if progress is None:
            return
        told = progress

        def call(_: int | None, done: int, total: int) -> int:
            try:
                return 1 if told(done, total) else 0
            except BaseException as exception:
                self._raised.append(exception)
                return 1

        self.options.progress = PROGRESS_FUNCTION(call)

    @contextlib.contextmanager
    def raising(self) -> Iterator[None]:
        """What a callback raised goes before the status it led to."""
        try:
            yield
        except ParcheckError:
            if self._raised:
                raise self._raised[0] from None
            raise


class Run(Settings):
    """A run over sources."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        super().__init__()
        self._inputs = Sized(Input, library().input_init,
                             max(len(sources), 1))
        self._count = len(sources)
        self._keep: list[object] = []
        for struct, source in zip(self._inputs.structs, sources):
            self._fill(struct, source)

    def validate(self, schema: Handle) -> Handle:
        with self.raising():
            return load(
                lambda out, error: library().validate(
                    out, schema.pointer, self._inputs.address, self._count,
                    self.address, error),
                library().report_free, schema)

    def rewrite(self, edits: tuple[Edit, ...], file: Any) -> None:
        lib = library()
        kinds = {text(lib.kind_name(kind)): kind for kind in KINDS}
        made = Sized(_native.Edit, lib.edit_init, max(len(edits), 1))
        for struct, edit in zip(made.structs, edits):
            struct.line = _size(edit.line, "line")
            struct.column = _size(edit.column, "column")
            struct.value = to_text(edit.value, "value")
            if edit.kind not in kinds:
                raise ValueError(f"kind: {edit.kind!r} is not one of "
                                 f"{', '.join(kinds)}")
            struct.kind = kinds[edit.kind]
            if edit.unit is not None:
                struct.unit = to_text(edit.unit, "unit")
        with self.raising():
            write_to(file, lambda take, error: lib.rewrite(
                self._inputs.address, self.address, made.address,
                len(edits), take, None, error))

    def _fill(self, struct: Any, source: Source) -> None:
        if isinstance(source, Named):
            struct.name = to_text(source.name, "name")
            source = source.source
        if isinstance(source, (str, os.PathLike)):
            struct.path = path_bytes(source)
        elif isinstance(source, (bytes, bytearray, memoryview)):
            data = bytes(source)
            self._keep.append(data)
            struct.data, struct.length = data, len(data)
        elif hasattr(source, "read"):
            struct.read = self._reader(source)
            if struct.name is None:
                name = getattr(source, "name", None)
                if isinstance(name, str):
                    struct.name = path_bytes(name)
        else:
            raise TypeError("a source is a path, bytes or a binary file, "
                            f"not {type(source).__name__}")

    def _reader(self, file: Any) -> Any:
        def read(_: int | None, buffer: int, size: int, got: Any) -> int:
            try:
                data = file.read(size)
                if not isinstance(data, (bytes, bytearray)):
                    raise TypeError("read() of a source gave "
                                    f"{type(data).__name__}, not bytes")
                if len(data) > size:
                    raise ValueError("read() of a source gave more than "
                                     "it was asked for")
                ctypes.memmove(buffer, bytes(data), len(data))
                got[0] = len(data)
                return 0
            except BaseException as exception:
                self._raised.append(exception)
                return 1

        function = READ_FUNCTION(read)
        self._keep.append(function)
        return function


def rewrite(source: Source, edits: Iterable[Edit],
            file: BinaryIO | None = None, *, encoding: str | None = None,
            delimiter: str | None = None) -> bytes:
    """Copies one input, byte for byte but for the numbers of some cells.

    A new number is written as the old one was. Returns the copy, or writes it
    to a file that is opened for bytes and returns b"". `encoding` and
    `delimiter` are those of the check that named the places.
    """
    run = Run((source,))
    run.set_texts(encoding=encoding)
    run.set_delimiter(delimiter)
    chunks = Chunks()
    run.rewrite(tuple(edits), chunks if file is None else file)
    return bytes(chunks)
