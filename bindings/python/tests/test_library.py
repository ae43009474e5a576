"""Where the library is looked for, and what is said if it is not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from parcheck import LibraryError, _native
from support import ROOT

PACKAGE = ROOT / "bindings" / "python"
PROGRAM = "import parcheck; print(parcheck.library_version())"
LIBRARY = Path(_native.library().path)
# The sanitizer of a build comes with the tests, not with these programs.
FILE = _native._file_name()


def run(program: str, *, path: Path, python: str = sys.executable,
        **changes: str) -> "subprocess.CompletedProcess[str]":
    """Runs a program in a clean environment with the package at `path`."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("PARCHECK_LIBRARY", "PYTHONPATH")}
    environment.update(PYTHONPATH=str(path), **changes)
    return subprocess.run([python, "-c", program], env=environment, text=True,
                          capture_output=True, timeout=300)


class Finding(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def package(self) -> Path:
        """A copy of the package, to lay a library beside."""
        shutil.copytree(PACKAGE / "src", self.folder / "src")
        return self.folder / "src"

    def assert_found(self, done: "subprocess.CompletedProcess[str]") -> None:
        self.assertEqual((done.returncode, done.stdout.strip()),
                         (0, _native.text(_native.library().version())),
                         done.stderr)

    def assert_refused(self, done: "subprocess.CompletedProcess[str]",
                       *words: str) -> None:
        self.assertEqual(done.returncode, 1)
        for word in ("LibraryError", *words):
            self.assertIn(word, done.stderr)

    def test_in_the_variable(self) -> None:
        self.assert_found(run(PROGRAM, path=PACKAGE / "src",
                              PARCHECK_LIBRARY=str(LIBRARY)))

    def test_beside_the_package(self) -> None:
        path = self.package()
        shutil.copy(LIBRARY, path / "parcheck" / FILE)
        self.assert_found(run(PROGRAM, path=path))

    def test_in_the_system(self) -> None:
        shutil.copy(LIBRARY, self.folder / FILE)
        self.assert_found(run(PROGRAM, path=PACKAGE / "src",
                              LD_LIBRARY_PATH=str(self.folder)))

    def test_not_there(self) -> None:
        missing = str(self.folder / "none.so")
        self.assert_refused(run(PROGRAM, path=PACKAGE / "src",
                                PARCHECK_LIBRARY=missing), missing,
                            "PARCHECK_LIBRARY")

    def test_not_a_library_not_parcheck(self) -> None:
        text = self.folder / "text.so"
        text.write_text("no library")
        self.assert_refused(run(PROGRAM, path=PACKAGE / "src",
                                PARCHECK_LIBRARY=str(text)), str(text))
        self.assert_refused(run(PROGRAM, path=PACKAGE / "src",
                                PARCHECK_LIBRARY="libc.so.6"),
                            "it lacks parcheck_version")

    def test_versions(self) -> None:
        major, minor = _native.NEEDED
        for good in (f"{major}.{minor}.0", f"{major}.{minor}.9",
                     f"{major}.{minor + 1}.0"):
            _native._check_version(good, "x")
        for wrong in (f"{major}.{minor - 1}.0", f"{major + 1}.0.0", "",
                      "one.two"):
            with self.subTest(wrong), self.assertRaises(LibraryError):
                _native._check_version(wrong, "x")


class Installing(unittest.TestCase):
    def test_pip_installs_from_the_tree_without_a_network(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copytree(PACKAGE, folder / "python")
            subprocess.run([sys.executable, "-m", "venv", "--without-pip",
                            "--system-site-packages", str(folder / "env")],
                           check=True, timeout=300)
            python = str(folder / "env" / "bin" / "python")
            done = run("import sys, runpy; sys.argv = ['pip', 'install', "
                       "'--no-build-isolation', '--no-index', '--no-deps', "
                       f"{str(folder / 'python')!r}]; "
                       "runpy.run_module('pip', run_name='__main__')",
                       path=folder / "none", python=python)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            done = run("import parcheck, os; print(parcheck.__file__, "
                       "parcheck.library_version(), os.path.exists(os.path."
                       "join(os.path.dirname(parcheck.__file__), "
                       "'py.typed')))", path=folder / "none", python=python,
                       PARCHECK_LIBRARY=str(LIBRARY))
            self.assertEqual(done.returncode, 0, done.stderr)
            where, version, typed = done.stdout.split()
            self.assertTrue(where.startswith(str(folder / "env")))
            self.assertEqual((version, typed), (
                _native.text(_native.library().version()), "True"))


if __name__ == "__main__":
    unittest.main()
