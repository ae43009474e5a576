"""Where the tests find the project and its copies of real submissions."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Iterator

import parcheck

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "data"

#: The real submissions, each a list of files.
SUBMISSIONS: dict[str, list[Path]] = {
    "Hòa An": [DATA / "hoa-an-2023-q1.csv",
               DATA / "hoa-an-2023-q1-dossiers.csv"],
    "Kông Chro": [DATA / "kong-chro-2022-h1.csv"],
    "Đak Pơ": [DATA / "dak-po-2015-2020.csv"],
}


def rows(name: str) -> Iterator[dict[str, str]]:
    """The records of a file of tests/data."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def as_json(value: Any) -> Any:
    """A value of the package in the shape of the JSON report."""
    if isinstance(value, parcheck.Rule):
        return value.id
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {("verdict" if name == "outcome" else name):
                as_json(getattr(value, name))
                for name in value.__dataclass_fields__
                if not (name == "finding" and
                        isinstance(value, parcheck.Verdict))}
    return value
