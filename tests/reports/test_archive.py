#!/usr/bin/env python3
"""What `parcheck archive` and `parcheck rollup` write as NDJSON is valid.

usage: test_archive.py --parcheck PATH --root DIR

Runs each case of tests/cases that judges an archive with --format ndjson. Each
line is valid by docs/report.schema.json: by $defs/line as it stands, which
others use, and by the same with no room for keys that it does not name. The
first line is "archive", the last one "summary", which counts what stands
between them, and its numbers are those of the text.

Prints a line for each thing that is wrong and a last line "N passed, M failed".
"""

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import readers
import test_formats
import validators
from readers import Wrong
from test_formats import want


class Tool(test_formats.Tool):
    def __init__(self, options):
        self.parcheck = os.path.abspath(options.parcheck)
        self.root = Path(options.root).resolve()
        self.lines = validators.line_validators()
        self.line = validators.line_validator()


class Case(test_formats.Case):
    def is_archive(self):
        code = (self.folder / "exit").read_text().strip()
        return (self.arguments[:1] in (["archive"], ["rollup"])
                and code != "2"
                and "--help" not in self.arguments
                and not (self.folder / "variants").exists()
                and not (self.folder / "stdout").exists()
                and not any(a in ("-o", "--report") for a in self.arguments))

    def verify(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = self.copy(Path(scratch))
            return verify(self.tool, folder, self.arguments[:1], self.plain(),
                          self.stdin)


def findings_of(tool, folder, command, arguments, form, stdin):
    """The findings, which are not what a roll-up writes to its output."""
    arguments = command + ["--format", form, "--lang", "en"] + arguments
    if command == ["archive"]:
        return tool.run(folder, arguments, stdin)
    code, _ = tool.run(folder, arguments + ["--report", "found"], stdin)
    return code, (folder / "found").read_text("utf-8")


def numbers(lines):
    """What the text says below the findings."""
    summary = lines[-1]
    rules = summary["summary"]["rules"]
    found = summary["summary"]["findings"]
    return [summary["submissions"], summary["rows"], rules["holds"],
            rules["rounding"], rules["fails"], rules["unknown"],
            found["error"], found["warning"], found["note"]]


def check_lines(tool, lines):
    for number, line in enumerate(lines, 1):
        error = validators.first_error(tool.line, line) or \
            validators.first_error(tool.lines[line["type"]], line)
        want(error is None, "line %d: %s" % (number, error))
    types = [line["type"] for line in lines]
    want(types[0] == "archive" and types[-1] == "summary" and
         set(types[1:-1]) <= {"finding"}, "lines %s" % types)
    for severity in readers.SEVERITIES:
        count = sum(line["severity"] == severity for line in lines[1:-1])
        want(count == lines[-1]["summary"]["findings"][severity],
             "%d findings are %ss, and the summary has others" % (count,
                                                                  severity))


def verify(tool, folder, command, arguments, stdin):
    code, out = findings_of(tool, folder, command, arguments, "ndjson", stdin)
    want(code in (0, 1), "exit code %d" % code)
    readers.check_harmless(out)
    want(out.endswith("\n"), "the last line has no end")
    lines = [json.loads(line) for line in out[:-1].split("\n")]
    check_lines(tool, lines)
    other, text = findings_of(tool, folder, command, arguments, "text", stdin)
    want(other == code, "exit code %d as text" % other)
    shown = [int(n) for line in text.splitlines()[-3:]
             for n in re.findall(r"[0-9]+", line)]
    want(shown == numbers(lines), "%s as text, %s" % (shown, numbers(lines)))
    return []


def must_refuse(tool):
    """That the schema refuses anything at all."""
    good = {"type": "archive", "parcheck": "1.2.3", "schemas": []}
    return [("%s is valid" % line) for line in (
        dict(good, type="other"), dict(good, parcheck=1), {"type": "archive"},
        {"type": "summary", "submissions": 1, "rows": 0})
        if tool.line.is_valid(line)] + \
        ([] if tool.line.is_valid(good) else ["the first line is not valid"])


def main():
    parser = argparse.ArgumentParser(description="Archives as NDJSON.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    tool = Tool(options)
    folders = sorted(p.parent for p in
                     (tool.root / "tests" / "cases").glob("*/cmd"))
    cases = [case for case in (Case(tool, folder) for folder in folders)
             if case.is_archive() and
             (not options.cases or case.folder.name in options.cases)]
    wrong = [("schema", each) for each in must_refuse(tool)]
    for case in cases:
        try:
            case.verify()
        except Wrong as error:
            wrong.append((case.folder.name, str(error)))
        except Exception as error:
            wrong.append((case.folder.name, test_formats.described(error)))
    for name, each in wrong:
        print("FAIL %s: %s" % (name, each))
    failed = len({name for name, _ in wrong})
    print("%d passed, %d failed" % (len(cases) + 1 - failed, failed))
    return 1 if wrong or len(cases) < (1 if options.cases else 20) else 0


if __name__ == "__main__":
    sys.exit(main())
