"""The public header and the program carry the version of the project."""

import argparse
import re
import subprocess
import sys


def header_versions(path):
    """What the macros of the header say, as two version strings."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    macros = dict(re.findall(
        r'^#define PARCHECK_VERSION(\w*) "?([0-9.]+)"?$', text, re.MULTILINE))
    numbers = [macros["_MAJOR"], macros["_MINOR"], macros["_PATCH"]]
    return macros[""], ".".join(numbers)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--header", required=True)
    parser.add_argument("--parcheck", required=True)
    args = parser.parse_args()

    said = subprocess.run([args.parcheck, "version"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    string, numbers = header_versions(args.header)
    wrong = 0
    for where, good in [
            ("PARCHECK_VERSION", string == args.version),
            ("PARCHECK_VERSION_MAJOR, _MINOR, _PATCH",
             numbers == args.version),
            ("parcheck version", args.version in said.split())]:
        if not good:
            print(f"{where}: is not {args.version}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
