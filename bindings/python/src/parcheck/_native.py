"""The shared library: where it is, and what its functions take and give.

The rest of the package sees handles as plain integers. Functions that read
one value are called without giving up the interpreter's lock, which would
cost more than they do; those that work are called without holding it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
import threading
import weakref
from ctypes import (c_char, c_char_p, c_int, c_size_t, c_uint, c_uint64,
                    c_void_p)
from pathlib import Path
from typing import Any, Callable, Generic, TypeVar

from ._errors import BY_STATUS, LibraryError, ParcheckError

#: The oldest library that will do: this version of the package needs it.
NEEDED = (0, 1)

READ_FUNCTION = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t,
                                 ctypes.POINTER(c_size_t))
PROGRESS_FUNCTION = ctypes.CFUNCTYPE(c_int, c_void_p, c_uint64, c_uint64)
WRITE_FUNCTION = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)


class Error(ctypes.Structure):
    """parcheck_error, with room for what later versions add."""

    _fields_ = [("status", c_int), ("line", c_size_t), ("column", c_size_t),
                ("source", c_char * 256), ("vi", c_char * 512),
                ("en", c_char * 512), ("_room", c_char * 2048)]


class Table(ctypes.Structure):
    """parcheck_table."""

    _fields_ = [("family", c_char_p), ("file", c_char_p), ("data", c_char_p),
                ("length", c_size_t)]


class Input(ctypes.Structure):
    """parcheck_input."""

    _fields_ = [("size", c_size_t), ("name", c_char_p), ("path", c_char_p),
                ("data", c_char_p), ("length", c_size_t),
                ("read", READ_FUNCTION), ("context", c_void_p)]


class Options(ctypes.Structure):
    """parcheck_options."""

    _fields_ = [("size", c_size_t), ("allocator", c_void_p),
                ("edition", c_char_p), ("encoding", c_char_p),
                ("layout", c_char_p), ("delimiter", c_char),
                ("max_file_bytes", c_size_t), ("max_field_bytes", c_size_t),
                ("max_fields", c_size_t), ("max_records", c_size_t),
                ("max_findings", c_size_t), ("progress", PROGRESS_FUNCTION),
                ("progress_context", c_void_p), ("explain", c_int),
                ("arithmetic", c_int)]


class WriteOptions(ctypes.Structure):
    """parcheck_write_options."""

    _fields_ = [("size", c_size_t), ("format", c_int), ("language", c_int),
                ("verdicts", c_int), ("color", c_int), ("width", c_uint)]


class Edit(ctypes.Structure):
    """parcheck_edit."""

    _fields_ = [("size", c_size_t), ("line", c_size_t), ("column", c_size_t),
                ("kind", c_int), ("unit", c_char_p), ("value", c_char_p)]


# What a function gives and takes, one letter each:
#   h a handle   s a text or NULL   z a size   i an int   v nothing
#   u an unsigned number of 64 bits   p a pointer to a struct
#   w the function that takes a report's bytes
_TYPES: dict[str, Any] = {
    "h": c_void_p, "s": c_char_p, "z": c_size_t, "i": c_int, "v": None,
    "u": c_uint64, "p": c_void_p, "w": WRITE_FUNCTION,
}

# Every function of the header that the package calls: "RESULT ARGUMENTS".
_QUICK = {
    "version": "s",
    "status_name": "s i",
    "schema_family_count": "z h",
    "schema_family": "h hz",
    "family_name": "s h",
    "family_title": "s hi",
    "family_version": "s h",
    "family_role_count": "z h",
    "family_role_name": "s hz",
    "family_role_code": "s hz",
    "family_role_title": "s hzi",
    "family_edition_count": "z h",
    "family_edition": "h hz",
    "family_rule_count": "z h",
    "family_rule": "h hz",
    "edition_name": "s h",
    "edition_digest": "s h",
    "edition_indicator_count": "z h",
    "edition_indicator": "h hz",
    "edition_applies": "i hh",
    "kind_name": "s i",
    "indicator_name": "s h",
    "indicator_form": "s h",
    "indicator_code": "s h",
    "indicator_label": "s h",
    "indicator_unit": "s h",
    "indicator_kind": "i h",
    "indicator_level": "s h",
    "indicator_choices": "s h",
    "severity_name": "s i",
    "rule_id": "s h",
    "rule_check": "s h",
    "rule_severity": "i h",
    "rule_text": "s hi",
    "rule_basis": "s h",
    "code_count": "z",
    "code_name": "s z",
    "code_severity": "i z",
    "code_text": "s zi",
    "code_advice": "s zi",
    "code_example": "s zi",
    "input_init": "v pz",
    "options_init": "v pz",
    "report_input_count": "z h",
    "report_input_name": "s hz",
    "report_input_edition": "h hz",
    "report_edition_count": "z h",
    "report_edition": "h hz",
    "report_finding_count": "z h",
    "report_finding": "h hz",
    "report_severity_count": "z hi",
    "finding_code": "s h",
    "finding_severity": "i h",
    "finding_rule": "h h",
    "finding_unit": "s h",
    "finding_unit_code": "s h",
    "finding_period": "s h",
    "finding_message": "s hi",
    "finding_left": "s h",
    "finding_relation": "s h",
    "finding_right": "s h",
    "finding_difference": "s h",
    "finding_cell_count": "z h",
    "finding_cell": "h hz",
    "finding_explanation_count": "z h",
    "finding_explanation": "h hz",
    "finding_cause": "z h",
    "explanation_id": "s h",
    "explanation_kind": "s h",
    "explanation_message": "s hi",
    "explanation_support": "z h",
    "explanation_repair_count": "z h",
    "explanation_repair": "h hz",
    "explanation_change_count": "z h",
    "explanation_change_cell": "h hz",
    "explanation_change_value": "s hz",
    "explanation_change_low": "s hz",
    "explanation_change_high": "s hz",
    "cell_name": "s h",
    "cell_form": "s h",
    "cell_code": "s h",
    "cell_label": "s h",
    "cell_literal": "s h",
    "cell_input": "z h",
    "cell_line": "z h",
    "cell_column": "z h",
    "cell_address": "s h",
    "cell_unit": "s h",
    "cell_unit_code": "s h",
    "cell_period": "s h",
    "outcome_name": "s i",
    "report_verdict_count": "z h",
    "report_verdict": "h hz",
    "report_outcome_count": "z hi",
    "verdict_rule": "h h",
    "verdict_outcome": "i h",
    "verdict_reason": "s h",
    "verdict_unit": "s h",
    "verdict_unit_code": "s h",
    "verdict_period": "s h",
    "verdict_cell_count": "z h",
    "verdict_cell": "h hz",
    "verdict_finding": "h h",
    "rule_family": "h h",
    "rule_indicator_count": "z h",
    "rule_indicator_name": "s hz",
    "rule_indicator_family": "h hz",
    "rule_indicator_reach": "i hz",
    "rule_indicator_role": "s hz",
    "report_unit_count": "z h",
    "report_unit": "h hz",
    "report_unit_parent": "z hz",
    "report_unit_previous": "z hz",
    "report_unit_year_before": "z hz",
    "unit_name": "s h",
    "unit_code": "s h",
    "unit_period": "s h",
    "unit_role": "s h",
    "unit_edition": "h h",
    "unit_fact": "h hh",
    "fact_state": "i h",
    "fact_cell": "h h",
    "fact_value": "z hpz",
    "state_name": "s i",
    "deductions_count": "z h",
    "deductions_cell": "h hz",
    "deductions_indicator": "h hz",
    "deductions_value": "s hz",
    "deductions_rule": "h hz",
    "deductions_contradiction": "h hz",
    "format_find": "i sp",
    "format_name": "s i",
    "edit_init": "v pz",
    "facts_edition": "i hsp",
    "facts_unit": "i hssssp",
    "facts_set": "i hssp",
    "facts_set_code": "i hsssp",
    "power_filling_count": "z h",
    "power_cell_count": "z h",
    "power_indicator": "h hz",
    "power_role": "s hz",
    "power_rule_count": "z hz",
    "power_reason": "s hz",
    "power_possible": "u hzi",
    "power_detected": "u hzi",
    "write_options_init": "v pz",
}
_SLOW = {
    "schema_load_builtin": "i ppp",
    "schema_load_folder": "i pspp",
    "schema_load_tables": "i ppzpp",
    "schema_free": "v h",
    "schema_lint": "i phpp",
    "validate": "i phpzpp",
    "facts_new": "i phspp",
    "validate_facts": "i phpp",
    "facts_free": "v h",
    "report_free": "v h",
    "schema_power": "i phhpp",
    "power_free": "v h",
    "report_write": "i hpwpp",
    "report_deduce": "i phpp",
    "deductions_free": "v h",
    "rewrite": "i pppzwpp",
}

#: The exported names that the package binds, for the test that compares them
#: with those of the library.
BOUND = frozenset(f"parcheck_{name}" for name in (*_QUICK, *_SLOW))


def _abi() -> str:
    """The number in the file name: within 0.x each minor version's own."""
    return f"0.{NEEDED[1]}" if NEEDED[0] == 0 else str(NEEDED[0])


def _file_name() -> str:
    if sys.platform == "win32":
        return "parcheck.dll"
    if sys.platform == "darwin":
        return f"libparcheck.{_abi()}.dylib"
    return f"libparcheck.so.{_abi()}"


def _candidates() -> list[str]:
    """Where the library may be, in the order in which it is looked for."""
    given = os.environ.get("PARCHECK_LIBRARY")
    if given:
        return [given]
    name = _file_name()
    beside = Path(__file__).with_name(name)
    found = [str(beside)] if beside.exists() else []
    found.append(name)
    system = ctypes.util.find_library("parcheck")
    return found + ([system] if system else [])


def _open() -> str:
    """The name by which the library can be opened."""
    tried = []
    for candidate in _candidates():
        try:
            ctypes.CDLL(candidate)
            return candidate
        except OSError as error:
            tried.append(f"{candidate}: {error}")
    raise LibraryError(
        "the shared library of parcheck was not found; install it or set "
        "PARCHECK_LIBRARY to its path (" + "; ".join(tried) + ")")


def _check_version(version: str, name: str) -> None:
    """Within 0.x a minor version may break what was there before it."""
    try:
        major, minor = (int(part) for part in version.split(".")[:2])
    except ValueError:
        raise LibraryError(f"{name}: has no version: {version!r}") from None
    if (major, minor) < NEEDED or major != NEEDED[0]:
        needed = ".".join(map(str, NEEDED))
        raise LibraryError(f"{name}: is parcheck {version}, but this package "
                           f"needs {needed} or a later {NEEDED[0]}.x")


class Library:
    """The functions of the header as attributes, without "parcheck_"."""

    def __init__(self) -> None:
        name = _open()
        quick, slow = ctypes.PyDLL(name), ctypes.CDLL(name)
        self.path = name
        self._bind(quick, {"version": _QUICK["version"]})
        _check_version(text(self.version()), name)
        self._bind(quick, _QUICK)
        self._bind(slow, _SLOW)

    def _bind(self, library: ctypes.CDLL, prototypes: dict[str, str]) -> None:
        for name, prototype in prototypes.items():
            result, _, arguments = prototype.partition(" ")
            try:
                function = library[f"parcheck_{name}"]
            except AttributeError:
                raise LibraryError(f"{self.path}: is too old, it lacks "
                                   f"parcheck_{name}") from None
            function.restype = _TYPES[result]
            function.argtypes = [_TYPES[letter] for letter in arguments]
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(name)  # it is here for the type checker


_library: Library | None = None
_lock = threading.Lock()


def library() -> Library:
    """The library, opened the first time it is needed."""
    global _library
    if _library is None:
        with _lock:
            if _library is None:
                _library = Library()
    return _library


S = TypeVar("S", bound=ctypes.Structure)


class Sized(Generic[S]):
    """`count` structs that begin with their size, initialised by the library.

    The library may be newer and know longer ones: it takes the size from here.
    """

    def __init__(self, kind: type[S], init: Callable[[int, int], None],
                 count: int = 1) -> None:
        size = ctypes.sizeof(kind)
        self.structs = (kind * count)()
        self.address = ctypes.addressof(self.structs)
        for i in range(count):
            init(self.address + i * size, size)


def text(value: bytes | None) -> str:
    """A text of the library. A name of a file need not be UTF-8."""
    return value.decode("utf-8", "replace") if value else ""


def maybe_text(value: bytes | None) -> str | None:
    """The same for one that may be missing."""
    return None if value is None else text(value)


def to_text(value: str, what: str) -> bytes:
    """A text for the library, which ends at the first zero byte."""
    data = value.encode("utf-8")
    if b"\0" in data:
        raise ValueError(f"{what}: a zero character in {value!r}")
    return data


def check(status: int, error: Error) -> None:
    """Raises what `error` says unless the status is that of success."""
    if status == 0:
        return
    kind = BY_STATUS.get(status, ParcheckError)
    raise kind(status, text(library().status_name(status)),
               text(error.source), error.line, error.column, text(error.vi),
               text(error.en))


class Handle:
    """Something of the library's that is given back when nobody holds it.

    `keep` is what it needs: it is let go after the handle itself.
    """

    def __init__(self, pointer: int, release: Callable[[int], None],
                 keep: object = None) -> None:
        self.pointer = pointer
        self._finalizer = weakref.finalize(self, _release, release, pointer,
                                           keep)


def _release(release: Callable[[int], None], pointer: int,
             keep: object) -> None:
    release(pointer)
