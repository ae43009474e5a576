#!/usr/bin/env python3
"""Several periods in one file: the ten-year appendices, and previous().

The appendices of huyện Đak Pơ are held against tests/data/truth-decade.csv,
row by row, as tests/data/identities.csv has them. And every rule of the
schemas that looks back by previous() is kept and broken once, on a series
made for it.
"""

import csv
import os
import sys
import tempfile
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import facts  # noqa: E402
import generate  # noqa: E402
import language  # noqa: E402
import program  # noqa: E402

YEARS = ["2021", "2022", "2024"]  # with a gap: 2024 has no year before


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_truth(tally, options):
    data = os.path.join(options.root, "tests", "data")
    rows = read(os.path.join(data, "truth-decade.csv"))
    known = {row["identity"] for row in rows}
    for row in read(os.path.join(data, "identities.csv")):
        if (row["submission"] == "dak-po-2015-2020" and
                row["class"] not in ("note", "alternative")):
            tally.check(row["id"] in known, row["id"] + ": not in the table")
    report = program.check_files(
        options.parcheck, [os.path.join(data, "dak-po-2015-2020.csv")])
    if not tally.usable(report, "dak-po"):
        return
    found = {(each["rule"], each["period"]):
             (each["verdict"], each["reason"] or "")
             for each in report.data["verdicts"]}
    for row in rows:
        key = row["rule"], row["period"]
        tally.check(found.get(key) == (row["verdict"], row["reason"]),
                    "%s %s: %s" % (row["identity"], key, found.get(key)))
    failed = {(each["rule"], each["period"])
              for each in report.findings("rule.fails")}
    wanted = {(row["rule"], row["period"]) for row in rows
              if row["verdict"] == "fails"}
    tally.check(failed == wanted, "dak-po: fails %s" % sorted(failed))


def looks_back(tree):
    return [operand[1] for operand in language.operands(tree)
            if operand[0] == "previous"]


def write_series(path, edition, years):
    """`years`: for each year the literals by indicator name."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["form", "code", "label"] + YEARS)
        for row in edition.indicators:
            writer.writerow([row.form, row.code, row.label] +
                            [year.get(row.name, "") for year in years])


def judge(tally, options, edition, years, what):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "series.csv")
        write_series(path, edition, years)
        report = program.check_files(options.parcheck, [path], edition.name)
        if not tally.usable(report, what):
            return {}
        return {(each["rule"], each["period"]):
                (each["verdict"], each["reason"])
                for each in report.data["verdicts"]}


def check_rule(tally, options, edition, rule, literals):
    """The rules that look back all have the form x >= previous(x)."""
    name = looks_back(rule.tree)[0]
    what = "%s: %s" % (edition.name, rule.id)
    text = rule.check.replace(" ", "")
    if not tally.check(text == "%s>=previous(%s)" % (name, name),
                       what + ": this test must learn this form"):
        return
    for before, after, verdict in (("5", "5", "holds"), ("5", "6", "holds"),
                                   ("6", "5", "fails")):
        years = [dict(literals, **{name: before}),
                 dict(literals, **{name: after}),
                 dict(literals, **{name: "0"})]
        found = judge(tally, options, edition, years, what)
        tally.check(found.get((rule.id, "2021")) == ("unknown", "missing"),
                    what + ": the first year has none before")
        tally.check(found.get((rule.id, "2022")) == (verdict, None),
                    "%s: %s then %s is %s" % (
                        what, before, after, found.get((rule.id, "2022"))))
        tally.check(found.get((rule.id, "2024")) == ("unknown", "missing"),
                    what + ": 2024 does not follow 2022")


def main():
    options = program.options(__doc__.split("\n")[0])
    tally = program.Tally()
    families = facts.load_families(os.path.join(options.root, "schemas"))
    check_truth(tally, options)
    for family in families.values():
        for edition in family.editions.values():
            rules = [rule for rule in family.rules if looks_back(rule.tree)
                     and facts.applies(rule, family, edition)]
            if not rules:
                continue
            draft = generate.consistent(
                families, [(family.name, edition.name)], Random(1))
            literals = {key[-1]: draft.literal(key) for key in draft.keys()}
            for rule in rules:
                check_rule(tally, options, edition, rule, literals)
    tally.finish()


if __name__ == "__main__":
    main()
