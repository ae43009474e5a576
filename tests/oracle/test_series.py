#!/usr/bin/env python3
"""Several periods in one file: the ten-year appendices, and rules over time.

The appendices of huyện Đak Pơ are held against tests/data/truth-decade.csv,
row by row, as tests/data/identities.csv has them. And every rule of the
schemas that looks back by previous() or year_before() is kept and broken on
series made for it: on some that were worked out by hand, and on random ones
with the oracle.
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
import oracle  # noqa: E402
import program  # noqa: E402

# Periods and how a heading may name them.
PERIODS = {
    (2021, ""): ("2021", "Năm 2021"), (2022, "-Q1"): ("2022-Q1", "Quý I/2022"),
    (2022, "-H1"): ("2022-H1", "6 tháng đầu năm 2022"),
    (2022, "-H2"): ("2022-H2", "6 tháng cuối năm 2022"),
    (2022, ""): ("2022", "y2022"), (2023, "-Q1"): ("2023-Q1", "q1 2023"),
    (2023, "-Q2"): ("2023-Q2", "Quý 2 năm 2023"),
    (2023, "-Q3"): ("2023-Q3", "Quý III/2023"),
    (2023, "-9M"): ("2023-9M", "9 tháng đầu năm 2023"),
    (2023, "-Q4"): ("2023-Q4", "Quý IV 2023"), (2023, ""): ("2023", "Năm 2023"),
    (2025, ""): ("2025", "2025")}
SERIES = 12
MOST_SERIES = 60

# By hand: periods in the order of the file, the figure in each, and the
# verdict there. "?" is unknown, because nothing came before.
WITHIN = [
    ("2023-Q1 2023-H1 2023", "2 2 5", "? holds holds"),
    ("2023-Q1 2023-H1 2023", "2 1 5", "? fails holds"),
    ("2023-Q1 2023-H1 2023", "2 4 3", "? holds fails"),
    ("2023-Q1 2023-H1 2023-9M 2023", "1 3 2 3", "? holds fails holds"),
    ("2023 2023-9M 2023-H1 2023-Q1", "4 5 3 3", "fails holds holds ?"),
    ("2023-Q1 2023-Q2 2023-Q3 2023-Q4", "1 2 1 2", "? holds fails holds"),
    ("2023-Q1 2023-Q4", "5 4", "? fails"),
    ("2022 2023-Q1 2023", "9 2 3", "? ? holds"),
    ("2022 2023", "9 2", "? ?"),
    ("2022-Q4 2023-Q1", "9 2", "? ?"),
    ("2023-Q2 2023-H1 2023-Q3 2023-H2", "7 3 5 4", "? ? fails fails"),
]
BETWEEN = [
    ("2021 2022 2024", "5 5 0", "? holds ?"),
    ("2021 2022 2024", "6 5 0", "? fails ?"),
    ("2022 2021", "6 5", "holds ?"),
    ("2021-Q1 2021-Q2 2022-Q1 2022-Q2", "5 1 5 0", "? ? holds fails"),
    ("2021 2022-Q1 2022-H1", "9 8 7", "? ? ?"),
]


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
            if operand[0] in ("previous", "year_before")]


def write_series(path, edition, headings, series):
    """`series`: for each period the literals by indicator name."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["form", "code", "label"] + headings)
        for row in edition.indicators:
            writer.writerow([row.form, row.code, row.label] +
                            [each.get(row.name, "") for each in series])


def judge(tally, options, edition, headings, series, what):
    """{(rule, period): (verdict, reason)} as the program has it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "series.csv")
        write_series(path, edition, headings, series)
        report = program.check_files(options.parcheck, [path], edition.name)
        if not tally.usable(report, what):
            return {}
        return {(each["rule"], each["period"]):
                (each["verdict"], each["reason"])
                for each in report.data["verdicts"]}


def check_by_hand(tally, options, edition, rule, literals):
    """Rules of the form x >= previous(x) or x >= year_before(x)."""
    name = looks_back(rule.tree)[0]
    text = rule.check.replace(" ", "")
    examples = {"%s>=previous(%s)" % (name, name): WITHIN,
                "%s>=year_before(%s)" % (name, name): BETWEEN}.get(text, [])
    for periods, figures, wanted in examples:
        headings = periods.split()
        series = [dict(literals, **{name: figure})
                  for figure in figures.split()]
        found = judge(tally, options, edition, headings, series, rule.id)
        for heading, verdict in zip(headings, wanted.split()):
            got = found.get((rule.id, heading))
            tally.check(
                got == (("unknown", "missing") if verdict == "?"
                        else (verdict, None)),
                "%s %s: %s in %s is %s, not %s" % (
                    edition.name, rule.id, figures, periods, got, verdict))
    return bool(examples)


def random_literal(edition, name, random):
    """A small number, so that it often falls, or a blank."""
    if random.random() < 0.1:
        return ""
    figure = str(random.randint(0, 3))
    if edition.kind(name) == "percent" and random.random() < 0.5:
        figure += random.choice((".5", ",4", ".26"))
    return figure


def check_at_random(tally, options, family, edition, rule, literals, random):
    """All verdicts of program and oracle agree, on series in which what the
    rule names goes up and down. It must fire, and be silent, somewhere."""
    seen = set()
    names = {operand[1] for operand in language.operands(rule.tree)}
    for turn in range(MOST_SERIES):
        if turn >= SERIES and {"holds", "fails"} <= seen:
            break
        what = "%s, %s, series %d" % (edition.name, rule.id, turn)
        periods = random.sample(sorted(PERIODS), random.randint(2, 9))
        series = [dict(literals, **{
            name: random_literal(edition, name, random) for name in names})
            for _ in periods]
        found = judge(tally, options, edition,
                      [random.choice(PERIODS[each]) for each in periods],
                      series, what)
        wanted = oracle_verdicts(family, edition, periods, series)
        tally.check(found == wanted, "%s: %s" % (what, sorted(
            (key, wanted.get(key), found.get(key))
            for key in set(wanted) | set(found)
            if wanted.get(key) != found.get(key))[:3]))
        seen |= {verdict for (name, _), (verdict, _) in found.items()
                 if name == rule.id}
    tally.check({"holds", "fails", "unknown"} <= seen,
                "%s, %s: only %s" % (edition.name, rule.id, sorted(seen)))


def oracle_verdicts(family, edition, periods, series):
    units = []
    for period, literals in zip(periods, series):
        unit = facts.Unit(period=period)
        unit.cells = {row.name: facts.read_cell(literals.get(row.name, ""),
                                                row.kind)
                      for row in edition.indicators if row.kind != "group"}
        units.append(unit)
    part = facts.Part(family, edition, units)
    return {(each.rule.id, "%d%s" % each.unit.period):
            oracle.decide(each, [part]) for each in oracle.instances([part])}


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
            by_hand = [check_by_hand(tally, options, edition, rule, literals)
                       for rule in rules]
            tally.check(any(by_hand), edition.name + ": nothing by hand")
            random = Random(edition.name)
            for rule in rules:
                check_at_random(tally, options, family, edition, rule,
                                literals, random)
    tally.finish()


if __name__ == "__main__":
    main()
