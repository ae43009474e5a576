#!/usr/bin/env python3
"""The forms that `parcheck template` writes are forms that `check` reads.

usage: test_template.py --parcheck PATH --root DIR --xlsx yes|no

For every edition of the built-in schemas and of tests/cases/schemas:
  - the empty form is read back without a finding about rows or columns, in
    both languages, with each delimiter, with and without a byte order mark;
  - filled in with a mark of its own in each value cell, every mark is read as
    the value of the indicator that the schema table has in that place;
  - the workbook holds the same texts in the same cells, its value cells can be
    written to and refuse what the kind of the indicator does not allow.
"""

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from xml.etree import ElementTree

OPTIONS = None
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VALUE_KINDS = ("count", "amount", "percent", "choice")


class Edition:
    """One edition as its table has it."""

    def __init__(self, table, folder):
        self.folder = folder  # for --schema; None: built in
        self.name = "%s/%s" % (table.parent.name, table.stem)
        with open(table, encoding="utf-8-sig", newline="") as file:
            self.rows = list(csv.DictReader(file))
        roles = table.parent / "roles.csv"
        self.roles = []
        if roles.exists():
            with open(roles, encoding="utf-8-sig", newline="") as file:
                self.roles = list(csv.DictReader(file))

    def options(self):
        return ["--schema", str(self.folder)] if self.folder else []


def editions():
    root = Path(OPTIONS.root)
    for schemas, own in ((root / "schemas", False),
                         (root / "tests" / "cases" / "schemas", True)):
        for rules in sorted(schemas.glob("*/rules.csv")):
            for table in sorted(rules.parent.glob("*.csv")):
                if table.stem not in ("rules", "roles", "family"):
                    yield Edition(table, schemas if own else None)


def run(*arguments, stdin=b"", code=0):
    done = subprocess.run([OPTIONS.parcheck, *map(str, arguments)],
                          input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60)
    if done.returncode != code:
        raise AssertionError("%s: exit code %d\n%s" % (
            arguments, done.returncode, done.stderr.decode()))
    return done.stdout


def template(edition, *options):
    return run("template", edition.name, *edition.options(), *options)


def findings(edition, data, code=0):
    report = json.loads(run("check", "-", "--format", "json", "--edition",
                            edition.name, *edition.options(), stdin=data,
                            code=code))
    return report["findings"]


def grid(data, delimiter=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""),
                           delimiter=delimiter))


def to_csv(lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


class OfEveryEdition(unittest.TestCase):
    def setUp(self):
        self.editions = list(editions())
        self.assertGreater(len(self.editions), 5)

    def value_cells(self, edition, lines):
        """(line, column, row of the schema table) of each value cell."""
        if edition.roles:
            for line in range(2, len(lines)):
                for column, row in enumerate(edition.rows):
                    if row["kind"] in VALUE_KINDS:
                        yield line, column, row
        else:
            self.assertEqual(len(edition.rows) + 1, len(lines))
            for line, row in enumerate(edition.rows, 1):
                if row["kind"] in VALUE_KINDS:
                    yield line, 4, row


class Template(OfEveryEdition):
    def test_empty_form_is_read_back(self):
        for edition in self.editions:
            for options in ([], ["--lang", "vi"], ["--lang", "en", "--bom"],
                            ["--delimiter", ";"], ["--delimiter", "tab"]):
                data = template(edition, *options)
                self.assertEqual("--bom" in options,
                                 data.startswith(b"\xef\xbb\xbf"))
                codes = {f["code"] for f in findings(edition, data)}
                self.assertLessEqual(codes, {"file.delimiter"},
                                     (edition.name, options))

    def test_every_value_lands_on_its_indicator(self):
        for edition in self.editions:
            lines = grid(template(edition, "--units", "2"))
            expected = {}
            for mark, (line, column, row) in enumerate(
                    self.value_cells(edition, lines)):
                lines[line][column] = "x%d" % mark
                expected["x%d" % mark] = row["name"]
            self.assertTrue(expected)
            read = {}
            for finding in findings(edition, to_csv(lines), code=1):
                if finding["code"] == "rule.fails":
                    continue
                self.assertEqual("cell.not-a-number", finding["code"])
                cell = finding["cells"][0]
                read[cell["literal"]] = cell["name"]
            self.assertEqual(expected, read, edition.name)

    def test_table_has_a_line_for_each_role(self):
        for edition in self.editions:
            if not edition.roles:
                continue
            lines = grid(template(edition, "--units", "3"))
            stt = [row["name"] for row in edition.rows].index("stt")
            expected = []
            for role in edition.roles:
                expected += ["1", "2", "3"] if role["code"] == "#" \
                    else [role["code"]]
            self.assertEqual(expected, [line[stt] for line in lines[2:]])

    def test_one_form_alone(self):
        for edition in self.editions:
            if edition.roles:
                continue
            for form in sorted({row["form"] for row in edition.rows}):
                lines = grid(template(edition, "--form", form))
                self.assertEqual(
                    [row["label"] for row in edition.rows
                     if row["form"] == form],
                    [re.sub("^'(?=[-+=@])", "", line[2])
                     for line in lines[1:]])

    def test_formulas_are_texts(self):
        seen = 0
        for edition in self.editions:
            for line in grid(template(edition)):
                for cell in line:
                    self.assertNotIn(cell[:1], set("=+-@\t\r"))
                    seen += cell.startswith("'-")
        self.assertGreater(seen, 0)


class Sheet:
    """The first sheet of a workbook."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            strings = ElementTree.fromstring(
                archive.read("xl/sharedStrings.xml"))
            texts = ["".join(t.text or "" for t in item.iter(MAIN + "t"))
                     for item in strings.iter(MAIN + "si")]
            self.styles = ElementTree.fromstring(
                archive.read("xl/styles.xml"))
            self.sheet = ElementTree.fromstring(
                archive.read("xl/worksheets/sheet1.xml"))
        self.lines = []
        self.style = {}
        for row in self.sheet.iter(MAIN + "row"):
            line = []
            for cell in row.iter(MAIN + "c"):
                value = cell.find(MAIN + "v")
                self.style[cell.get("r")] = int(cell.get("s"))
                line.append("" if value is None else texts[int(value.text)])
            self.lines.append(line)

    def unlocked(self, address):
        formats = self.styles.find(MAIN + "cellXfs")
        lock = formats[self.style[address]].find(MAIN + "protection")
        return lock is not None and lock.get("locked") == "0"

    def validation(self, address):
        """(type, operator, formulas) of what the cell accepts, or None."""
        for rule in self.sheet.iter(MAIN + "dataValidation"):
            if inside(address, rule.get("sqref")):
                return (rule.get("type"), rule.get("operator", "between"),
                        [f.text for f in rule
                         if f.tag in (MAIN + "formula1", MAIN + "formula2")])
        return None


def place(address):
    letters, digits = re.match("([A-Z]+)([0-9]+)$", address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(digits)


def inside(address, area):
    first, _, last = area.partition(":")
    column, line = place(address)
    low, high = place(first), place(last or first)
    return low[0] <= column <= high[0] and low[1] <= line <= high[1]


def address(line, column):
    letters = ""
    column += 1
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return "%s%d" % (letters, line + 1)


class Workbook(OfEveryEdition):
    def setUp(self):
        super().setUp()
        if OPTIONS.xlsx != "yes":
            self.skipTest("built without libxlsxwriter")
        folder = tempfile.TemporaryDirectory(prefix="parcheck-template-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def workbook(self, edition, *options):
        path = self.folder / "form.xlsx"
        self.assertEqual(b"", template(edition, "--xlsx", "--force", "-o",
                                       path, *options))
        return path

    def test_holds_the_same_texts(self):
        for edition in self.editions:
            for language in ("vi", "en"):
                options = ["--units", "2", "--lang", language]
                expected = [[re.sub("^'(?=[-+=@])", "", cell) for cell in line]
                            for line in grid(template(edition, *options))]
                sheet = Sheet(self.workbook(edition, *options))
                self.assertEqual(expected, sheet.lines)

    def test_same_form_same_bytes(self):
        for edition in self.editions:
            first = self.workbook(edition).read_bytes()
            self.assertEqual(first, self.workbook(edition).read_bytes())

    def test_value_cells_accept_what_their_kind_allows(self):
        for edition in self.editions:
            sheet = Sheet(self.workbook(edition))
            for line, column, row in self.value_cells(edition, sheet.lines):
                cell = address(line, column)
                self.assertTrue(sheet.unlocked(cell), cell)
                self.assertEqual(self.accepted(row), sheet.validation(cell),
                                 cell)

    def accepted(self, row):
        if row["kind"] == "choice":
            values = [choice.split("=")[0].strip()
                      for choice in row["choices"].split(";")]
            return ("list", "between", ['"%s"' % ",".join(values)])
        return {"count": ("whole", "greaterThanOrEqual", ["0"]),
                "amount": ("decimal", "greaterThanOrEqual", ["0"]),
                "percent": ("decimal", "between", ["0", "100"])}[row["kind"]]

    def test_headings_stay_in_sight_and_labels_are_locked(self):
        for edition in self.editions:
            sheet = Sheet(self.workbook(edition))
            pane = next(sheet.sheet.iter(MAIN + "pane"))
            self.assertEqual("frozen", pane.get("state"))
            self.assertEqual("2" if edition.roles else "1",
                             pane.get("ySplit"))
            locked = sheet.sheet.find(MAIN + "sheetProtection") is not None
            self.assertEqual(not edition.roles, locked)
            self.assertFalse(sheet.unlocked("A1"))


class WithoutWorkbook(unittest.TestCase):
    def test_says_so(self):
        if OPTIONS.xlsx == "yes":
            self.skipTest("built with libxlsxwriter")
        self.assertEqual(b"", run("template", "dossiers", "--xlsx", "-o",
                                  "form.xlsx", code=2))


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    for name in ("--parcheck", "--root", "--xlsx"):
        parser.add_argument(name, required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
