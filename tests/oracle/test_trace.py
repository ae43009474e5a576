#!/usr/bin/env python3
"""Wrong figures in archives of communes, districts and provinces, and whether
they are what is told first of the rules across submissions.

Each trial is a province of two districts of five communes, whose dossiers keep
every rule; one figure of a commune or of a district is made wrong, in each
place and in each of several ways. All trials are one archive, made from a seed.
docs/ARCHIVE.md has the counts, and they are held against it.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import program  # noqa: E402

SEED = 20230331
PERIOD = "2023-Q1"
DISTRICTS = 2
COMMUNES = 5
SLIPS = ["transposed", "replaced", "dropped", "tenfold", "random"]


def write_schema(root, folder):
    """The dossiers as a form for each unit, with the same rules."""
    source = root / "schemas" / "dossiers"
    tables = [path for path in source.glob("*.csv")
              if path.name not in ("family.csv", "roles.csv", "rules.csv")]
    target = folder / "schema" / "dossiers"
    target.mkdir(parents=True)
    for name in ("family.csv", "rules.csv"):
        (target / name).write_bytes((source / name).read_bytes())
    with open(tables[0], encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        heading = reader.fieldnames
        rows = [row for row in reader if row["kind"] != "text"]
    with open(target / tables[0].name, "w", encoding="utf-8",
              newline="") as stream:
        writer = csv.DictWriter(stream, heading, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def commune(rng):
    """Figures that keep all rules, in the order of the form."""
    online, direct, carried = (rng.randint(5, 400), rng.randint(50, 900),
                               rng.randint(0, 60))
    received = online + direct + carried
    returned, cancelled = rng.randint(0, 9), rng.randint(0, 5)
    pending = rng.randint(0, min(80, received - returned - cancelled))
    late = rng.randint(0, min(5, pending))
    resolved = received - returned - cancelled - pending
    resolved_late = rng.randint(0, min(20, resolved))
    early = rng.randint(0, resolved - resolved_late)
    return [received, online, direct, carried, resolved, early,
            resolved - early - resolved_late, resolved_late, pending,
            pending - late, late, returned, cancelled]


def total(units):
    return [sum(column) for column in zip(*units)]


def slip(rng, value, kind):
    """Another number; None where the slip cannot be made."""
    digits = list(str(value))
    at = rng.randrange(len(digits))
    if kind == "transposed":
        if len(digits) < 2:
            return None
        at = rng.randrange(len(digits) - 1)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    elif kind == "replaced":
        digits[at] = rng.choice([d for d in "0123456789" if d != digits[at]])
    elif kind == "dropped":
        if len(digits) < 2:
            return None
        del digits[at]
    elif kind == "tenfold":
        digits.append("0")
    else:
        digits = list(str(rng.randint(0, 2 * value + 10)))
    wrong = int("".join(digits))
    return wrong if wrong != value else None


class Trial:
    """A province with one wrong figure."""

    def __init__(self, number, rng, level, place, kind):
        self.level = level
        self.province = f"T{number:04}"
        self.units = {}
        self.parents = {self.province: ""}
        for d in range(DISTRICTS):
            district = f"{self.province}.H{d}"
            self.parents[district] = self.province
            for c in range(COMMUNES):
                name = f"{district}.X{c}"
                self.parents[name] = district
                self.units[name] = commune(rng)
            self.units[district] = total(
                [self.units[f"{district}.X{c}"] for c in range(COMMUNES)])
        self.units[self.province] = total(
            [self.units[f"{self.province}.H{d}"] for d in range(DISTRICTS)])
        district = f"{self.province}.H{rng.randrange(DISTRICTS)}"
        self.unit = (district if level == "district"
                     else f"{district}.X{place // 13}")
        self.figure = place % 13
        self.right = self.units[self.unit][self.figure]
        self.wrong = slip(rng, self.right, kind)
        if self.wrong is not None:
            self.units[self.unit][self.figure] = self.wrong


def make_trials(rng):
    trials = []
    for level, places in (("commune", 13 * COMMUNES), ("district", 13)):
        for place in range(places):
            for kind in SLIPS:
                trial = Trial(len(trials), rng, level, place, kind)
                if trial.wrong is not None:
                    trials.append(trial)
    return trials


def rows_of(trials, codes):
    for trial in trials:
        for unit in sorted(trial.units):
            for code, value in zip(codes, trial.units[unit]):
                yield unit, trial.parents[unit], code, value


def write_archive(path, rows, with_parent=True):
    """The line of each figure."""
    lines = {}
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("unit,parent,period,form,code,value\n" if with_parent
                     else "unit,period,form,code,value\n")
        for number, (unit, parent, code, value) in enumerate(rows, start=2):
            above = f"{parent}," if with_parent else ""
            stream.write(f"{unit},{above}{PERIOD},PL2,{code},{value}\n")
            lines[unit, code] = number
    return lines


def run(args, folder, *arguments):
    done = subprocess.run(
        [args.parcheck, "archive", *arguments, "--schema",
         str(folder / "schema"), "--format", "ndjson"],
        capture_output=True, timeout=program.TIME_LIMIT)
    if done.returncode != 1:
        raise SystemExit(f"exit code {done.returncode}: {done.stderr}")
    return done.stdout


def findings(output):
    """Those of rules across submissions."""
    for line in output.decode("utf-8").splitlines():
        finding = json.loads(line)
        if finding.get("code") == "rule.fails" and \
                finding["rule"].endswith("-of-communes"):
            yield finding


def essence(output):
    """What must not depend on where the rows stand."""
    return sorted((f["unit"], f["rule"],
                   tuple((e["id"], e["kind"], e["support"],
                          tuple(c["value"] for c in e["changes"]))
                         for e in f["explanations"]))
                  for f in findings(output))


class Count:
    def __init__(self):
        self.failing = self.first = self.right = self.among = 0

    def add(self, trial, line, finding):
        explained = finding["explanations"]
        self.failing += 1

        def is_it(explanation):
            changes = explanation["changes"]
            return len(changes) == 1 and changes[0]["cell"]["line"] == line

        self.among += any(is_it(e) for e in explained)
        if explained and is_it(explained[0]):
            self.first += 1
            self.right += explained[0]["changes"][0]["value"] == \
                str(trial.right)


def tally(trials, codes, lines, output):
    by_province = {trial.province: trial for trial in trials}
    counts = {"commune": Count(), "district": Count()}
    told = set()
    for finding in findings(output):
        trial = by_province[finding["unit"].split(".")[0]]
        told.add(trial.province)
        counts[trial.level].add(
            trial, lines[trial.unit, codes[trial.figure]], finding)
    return counts, told


def main():
    args = program.options(__doc__)
    check = program.Tally()
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = [row["code"] for row in write_schema(Path(args.root), folder)]
        trials = make_trials(rng)
        rows = list(rows_of(trials, codes))
        sorted_file, mixed = folder / "a.csv", folder / "b.csv"
        lines = write_archive(sorted_file, rows)
        output = run(args, folder, str(sorted_file))
        counts, told = tally(trials, codes, lines, output)
        text = (Path(args.root) / "docs" / "ARCHIVE.md").read_text("utf-8")
        check.check(len(told) == len(trials),
                   f"{len(trials) - len(told)} wrong figures made no rule "
                   "across submissions fail")
        for level, count in counts.items():
            row = (f"| {level} | {count.failing} | {count.among} | "
                   f"{count.first} | {count.right} |")
            print(row)
            check.check(row in text, f"docs/ARCHIVE.md does not have: {row}")
        check.check(run(args, folder, str(sorted_file)) == output,
                   "a second run tells something else")
        rng.shuffle(rows)
        write_archive(mixed, rows)
        check.check(essence(run(args, folder, str(mixed), "--unsorted")) ==
                   essence(output), "rows in any order are explained otherwise")
        units = folder / "units.csv"
        units.write_text("unit,parent\n" + "".join(
            f"{unit},{parent}\n" for trial in trials
            for unit, parent in trial.parents.items()), "utf-8")
        write_archive(mixed, rows_of(trials, codes), with_parent=False)
        check.check(essence(run(args, folder, str(mixed), "--hierarchy",
                               str(units))) == essence(output),
                   "units of a hierarchy are explained otherwise")
        plain = list(findings(run(args, folder, str(sorted_file),
                                  "--no-explain")))
        check.check(len(plain) == sum(c.failing for c in counts.values()) and
                   not any(f["explanations"] for f in plain),
                   "--no-explain does not leave out explanations alone")
    check.finish()


if __name__ == "__main__":
    main()
