"""Runs the tests of the Python package against a library of the build.

usage: python.py [tests|frames|types|soak] --library PATH --root DIR
                 [--preload PATH] [--runs N]

  tests   all of bindings/python/tests; without pandas, all but what needs it
  frames  those that need pandas
  types   mypy
  soak    the memory over many validations

Ends with 77, which ctest reports as "not run", where there is no pandas or
no mypy. The Python is this one or the system's, whichever has pandas. With
--preload (the run-time library of AddressSanitizer) it runs under that.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

NOT_RUN = 77


def has_module(python, module):
    return subprocess.run([python, "-c", f"import {module}"],
                          stderr=subprocess.DEVNULL, check=False
                          ).returncode == 0


def pythons():
    """The interpreters that may do, this one first."""
    found = [sys.executable, "/usr/bin/python3", shutil.which("python3")]
    return list(dict.fromkeys(p for p in found if p and os.path.exists(p)))


def tests(args, environment, package):
    """The command that runs the tests of args.what."""
    python = next((p for p in pythons() if has_module(p, "pandas")), None)
    if python is None:
        if args.what == "frames":
            return None
        python = pythons()[0]
        environment["PARCHECK_WITHOUT_PANDAS"] = "1"
        print("NOT RUN: what needs pandas, which is not there")
    if args.preload:
        # Python itself leaves memory behind at its end; what the library
        # leaves behind is seen by test_leaks.py.
        environment.update(
            LD_PRELOAD=args.preload, PYTHONMALLOC="malloc",
            ASAN_OPTIONS="detect_leaks=1:leak_check_at_exit=0:exitcode=99")
    folder = package / "tests"
    if args.what == "soak":
        return [python, str(folder / "soak.py"), str(args.runs)]
    names = "test_[df]*.py" if args.what == "frames" else "test_*.py"
    return [python, "-m", "unittest", "discover", "-s", str(folder), "-p",
            names]


def types():
    """The command that checks the types, None without mypy."""
    python = next((p for p in pythons() if has_module(p, "mypy")), None)
    return python and [python, "-m", "mypy", "--cache-dir", os.devnull]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", default="tests",
                        choices=["tests", "frames", "types", "soak"])
    parser.add_argument("--library", required=True)
    parser.add_argument("--root", required=True, type=Path)
    parser.add_argument("--preload")
    parser.add_argument("--runs", type=int, default=2000)
    args = parser.parse_args()
    package = args.root / "bindings" / "python"
    environment = dict(os.environ, PARCHECK_LIBRARY=args.library,
                       PYTHONPATH=str(package / "src"),
                       PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8")
    command = (types() if args.what == "types"
               else tests(args, environment, package))
    if command is None:
        print(f"NOT RUN: {args.what}: what it needs is not installed")
        return NOT_RUN
    print("$", *command, flush=True)
    return 1 if subprocess.run(command, env=environment, cwd=package,
                               check=False).returncode else 0


if __name__ == "__main__":
    sys.exit(main())
