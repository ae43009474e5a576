"""The README and the examples do what they say."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import unittest

from support import ROOT
from test_frames import WITHOUT

README = ROOT / "bindings" / "python" / "README.md"
EXAMPLES = ROOT / "examples" / "python"


class Readme(unittest.TestCase):
    def test_its_program(self) -> None:
        blocks = re.findall(r"^```python\n(.*?)^```$",
                            README.read_text(encoding="utf-8"),
                            re.MULTILINE | re.DOTALL)
        self.assertEqual(len(blocks), 1)
        if WITHOUT in os.environ:
            blocks = [re.sub(r".*_frame\(.*\n", "", blocks[0])]
        printed, here = io.StringIO(), os.getcwd()
        try:
            os.chdir(ROOT)
            with contextlib.redirect_stdout(printed):
                exec(compile(blocks[0], str(README), "exec"), {})
        finally:
            os.chdir(here)
        self.assertTrue(printed.getvalue().startswith(
            "error C2 The dossiers received are those resolved, pending, "
            "returned and cancelled together: 129 ≠"))


class Examples(unittest.TestCase):
    """Each example prints what the file beside it holds.

    A line "[...]" there stands for any lines.
    """

    def assert_printed(self, printed: str, expected: str) -> None:
        first, *others = expected.split("[...]\n")
        self.assertTrue(printed.startswith(first), printed)
        at = len(first)
        for part in others:
            self.assertIn(part, printed[at:])
            at = printed.index(part, at) + len(part)
        if not expected.endswith("[...]\n"):
            self.assertEqual(printed[at:], "")

    def test_all(self) -> None:
        programs = sorted(EXAMPLES.glob("*.py"))
        self.assertGreaterEqual(len(programs), 2)
        for program in programs:
            if program.stem == "frame" and WITHOUT in os.environ:
                continue
            with self.subTest(program.name):
                done = subprocess.run([sys.executable, str(program)],
                                      cwd=ROOT, text=True, timeout=300,
                                      capture_output=True)
                self.assertEqual(done.stderr, "")
                self.assertEqual(done.returncode, 0)
                self.assert_printed(done.stdout,
                                    program.with_suffix(".txt").read_text(
                                        encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
