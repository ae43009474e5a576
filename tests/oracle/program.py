"""What the tests of this folder share: they run parcheck, read its JSON
report, compare it with the oracle, and count what passed."""

import argparse
import csv
import json
import os
import subprocess
import sys
from fractions import Fraction

import oracle

TIME_LIMIT = 120


class Report:
    """One run of `parcheck check`."""

    def __init__(self, arguments):
        self.arguments = arguments
        done = subprocess.run(arguments, capture_output=True,
                              timeout=TIME_LIMIT)
        self.exit_code = done.returncode
        self.errors = done.stderr.decode("utf-8", "replace").strip()
        try:
            self.data = json.loads(done.stdout.decode("utf-8"))
        except ValueError:
            self.data = None

    def usable(self):
        return self.data is not None and self.exit_code in (0, 1)

    def verdict_rows(self):
        return self.data["verdicts"]

    def verdicts(self):
        """{(rule, unit code or None): (verdict, reason)}"""
        return {(row["rule"], row.get("unit_code")):
                (row["verdict"], row["reason"])
                for row in self.verdict_rows()}

    def findings(self, code=None):
        return [each for each in self.data["findings"]
                if code is None or each["code"] == code]

    def found(self, code):
        """The rules and units that findings of this code name."""
        return {(each["rule"], each.get("unit_code"))
                for each in self.findings(code)}


def check_files(parcheck, paths, edition=None, schema=None):
    arguments = [parcheck, "check"] + list(paths)
    arguments += ["--format", "json", "--verdicts", "--lang", "en"]
    if edition:
        arguments += ["--edition", edition]
    if schema:
        arguments += ["--schema", schema]
    return Report(arguments)


class Tally:
    """Counts checks and prints the ones that fail."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, condition, message):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL: " + message)
        return bool(condition)

    def usable(self, report, what):
        return self.check(report.usable(), "%s: exit %d, %s" % (
            what, report.exit_code, report.errors or "no JSON"))

    def finish(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        sys.exit(1 if self.failed or not self.passed else 0)


def options(about, **more):
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--parcheck", required=True,
                        help="the program to test")
    parser.add_argument("--root", required=True,
                        help="the source folder of the project")
    for name, default in more.items():
        parser.add_argument("--" + name.replace("_", "-"),
                            type=type(default), default=default)
    return parser.parse_args()


# ------------------------------------------------ program against oracle ----


def expected_verdicts(parts):
    return {(each.rule, each.unit): (each.verdict, each.reason)
            for each in oracle.judge(parts)}


def differences(report, parts):
    """One line for each point on which program and oracle differ."""
    wanted, got = expected_verdicts(parts), report.verdicts()
    lines = []
    for key in sorted(set(wanted) | set(got), key=str):
        if wanted.get(key) != got.get(key):
            lines.append("%s: oracle %s, program %s" % (
                named(key), said(wanted.get(key)), said(got.get(key))))
    if len(report.verdict_rows()) != len(got):
        lines.append("two verdicts on one rule and unit")
    lines += finding_differences(report, parts, wanted)
    return lines


def finding_differences(report, parts, wanted):
    """The findings that follow from the verdicts, and what follows from
    the findings."""
    failing = {key for key, (verdict, _) in wanted.items()
               if verdict == oracle.FAILS}
    rounded = {key for key, (verdict, _) in wanted.items()
               if verdict == oracle.ROUNDING}
    empty = {(each.rule.id, each.unit.code)
             for each in oracle.instances(parts)
             if wanted[each.rule.id, each.unit.code][1] == "zero-denominator"
             and oracle.odd_zero(each, parts)}
    lines = []
    for code, keys in (("rule.fails", failing), ("rule.rounding", rounded),
                       ("rule.zero-denominator", empty)):
        for key in sorted(keys ^ report.found(code), key=str):
            lines.append("%s: %s %s" % (
                named(key), "no" if key in keys else "unwanted", code))
    errors = any(each["severity"] == "error" for each in report.findings())
    if report.exit_code != (1 if errors else 0):
        lines.append("exit code %d" % report.exit_code)
    return lines + summary_differences(report)


def summary_differences(report):
    lines = []
    for word, count in report.data["summary"]["rules"].items():
        real = sum(row["verdict"] == word for row in report.verdict_rows())
        if count != real:
            lines.append("summary: %s %d, not %d" % (word, real, count))
    for word, count in report.data["summary"]["findings"].items():
        real = sum(each["severity"] == word for each in report.findings())
        if count != real:
            lines.append("summary: %s %d, not %d" % (word, real, count))
    return lines


def named(key):
    return key[0] + (" of row %s" % key[1] if key[1] else "")


def said(answer):
    if answer is None:
        return "nothing"
    return answer[0] + (" (%s)" % answer[1] if answer[1] else "")


def arithmetic_differences(report, parts):
    """left, relation, right and difference of the findings on rules that are
    one relation or percentage of known numbers."""
    lines = []
    instances = {(each.rule.id, each.unit.code): each
                 for each in oracle.instances(parts)}
    for finding in report.findings("rule.fails"):
        key = (finding["rule"], finding.get("unit_code"))
        wanted = (oracle.arithmetic(instances[key], parts)
                  if key in instances else None)
        if wanted is None:
            continue
        if instances[key].rule.tree[0] == "if" and finding["left"] is None:
            continue
        left, sign, right = wanted
        try:
            got = (Fraction(finding["left"]), finding["relation"],
                   Fraction(finding["right"]),
                   Fraction(finding["difference"]))
        except (TypeError, ValueError):
            got = None
        if got != (left, sign, right, left - right):
            lines.append("%s: %s %s %s, difference %s in the finding, not "
                         "%s %s %s, difference %s" % (
                             named(key), finding["left"],
                             finding["relation"], finding["right"],
                             finding["difference"], left, sign, right,
                             left - right))
    return lines


# ---------------------------------------------------------------- places ----


def records(path):
    """{line on which a record begins: its fields}"""
    found, line = {}, 1
    with open(path, encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        for fields in reader:
            found[line] = fields
            line = reader.line_num + 1
    return found


def place_differences(report, paths):
    """Cells whose literal does not stand where the report says."""
    by_name = {os.path.basename(path): records(path) for path in paths}
    files = [by_name[os.path.basename(each["name"])]
             for each in report.data["inputs"]]
    lines = set()
    for row in report.findings() + report.verdict_rows():
        for cell in row["cells"]:
            if not cell["line"]:
                continue
            fields = files[cell["input"]].get(cell["line"], [])
            column = cell["column"]
            here = fields[column - 1] if 0 < column <= len(fields) else None
            address = "%s%d" % (chr(64 + column), cell["line"])
            if here != cell["literal"] or cell["address"] != address:
                lines.add("%s: %r is not at %s, line %d, column %d" % (
                    cell["name"], cell["literal"], cell["address"],
                    cell["line"], column))
    return sorted(lines)
