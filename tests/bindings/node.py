"""Runs the tests of the npm package against a library of the build.

usage: node.py [tests|types|soak] --library PATH --root DIR [--runs N]

  tests  all of bindings/node/test
  types  the TypeScript compiler on index.d.ts and its use
  soak   the memory over many validations

What the package needs is installed first, as its lock says ("npm ci"), unless
it is there already; that it cannot be installed is a failure. Ends with 77,
which ctest reports as "not run", where there is no Node.js.
"""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

NOT_RUN = 77
INSTALL = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]


def install(package):
    """Brings node_modules to what package-lock.json says. Several tests may
    want that at the same time."""
    with open(package / "package-lock.json", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = package / "node_modules" / ".installed-lock.json"
        wanted = lock.read()
        if done.exists() and done.read_text(encoding="utf-8") == wanted:
            return 0
        print("$", *INSTALL, flush=True)
        code = subprocess.run(INSTALL, cwd=package, check=False).returncode
        if code == 0:
            done.write_text(wanted, encoding="utf-8")
        return code


def command(args, package):
    tests = package / "test"
    if args.what == "types":
        return ["node", str(package / "node_modules" / "typescript" / "bin" /
                            "tsc"), "-p", str(package)]
    if args.what == "soak":
        return ["node", "--expose-gc", str(tests / "soak.js"),
                str(args.runs)]
    return ["node", "--test", *sorted(map(str, tests.glob("*.test.js")))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", default="tests",
                        choices=["tests", "types", "soak"])
    parser.add_argument("--library", required=True)
    parser.add_argument("--root", required=True, type=Path)
    parser.add_argument("--runs", type=int, default=1000)
    args = parser.parse_args()
    package = args.root / "bindings" / "node"
    if shutil.which("node") is None:
        print("NOT RUN: there is no Node.js")
        return NOT_RUN
    if install(package) != 0:
        return 1
    environment = dict(os.environ, PARCHECK_LIBRARY=args.library)
    run = command(args, package)
    print("$", *run, flush=True)
    return 1 if subprocess.run(run, env=environment, cwd=package,
                               check=False).returncode else 0


if __name__ == "__main__":
    sys.exit(main())
