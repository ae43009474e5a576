"""The package keeps up with the header."""

from __future__ import annotations

import re
import unittest

import parcheck
from parcheck import _native, library_version
from support import ROOT

UNUSED = ROOT / "tests" / "bindings" / "unused.txt"


def unused() -> set[str]:
    """The names that unused.txt lists for Python, each with a reason."""
    found = set()
    for line in UNUSED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, bindings, reason = line.split(maxsplit=2)
            assert bindings in ("python", "node", "both") and reason, line
            if bindings != "node":
                found.add(name)
    return found


class Exports(unittest.TestCase):
    def test_every_exported_name_is_bound_or_unused(self) -> None:
        exported = set((ROOT / "tests" / "build" / "symbols.txt").read_text(
            encoding="utf-8").split())
        self.assertGreater(len(exported), 50)
        self.assertEqual(sorted(exported - _native.BOUND - unused()), [],
                         "neither bound in bindings/python/src/parcheck/"
                         f"_native.py nor listed with a reason in {UNUSED}")
        self.assertEqual(sorted((_native.BOUND | unused()) - exported), [],
                         "not exported")
        self.assertEqual(sorted(_native.BOUND & unused()), [],
                         "bound, and listed as unused")

    def test_versions(self) -> None:
        project = (ROOT / "bindings" / "python" / "pyproject.toml").read_text(
            encoding="utf-8")
        match = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
        assert match is not None
        self.assertEqual(parcheck.__version__, match[1])
        self.assertEqual(library_version(), match[1])
        self.assertEqual(_native.NEEDED,
                         tuple(int(n) for n in match[1].split(".")[:2]))


if __name__ == "__main__":
    unittest.main()
