#!/usr/bin/env python3
"""The real submissions against what is known to be true of them.

tests/data/identities.csv lists every identity between the numbers of three
submissions with its verdict, worked out by hand; tests/data/truth-rules.csv
says which rule, on which row, stands for which identity. Here the program
and the oracle are both held against that table, row by row.
"""

import csv
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import facts  # noqa: E402
import oracle  # noqa: E402
import program  # noqa: E402

# Submission name in identities.csv -> the run that checks it.
RUNS = {"kong-chro-2022-h1": "kong-chro", "hoa-an-2023-q1": "hoa-an",
        "hoa-an-2023-q1-dossiers": "hoa-an"}
FILES = {"kong-chro": ["kong-chro-2022-h1.csv"],
         "hoa-an": ["hoa-an-2023-q1.csv", "hoa-an-2023-q1-dossiers.csv"]}

# What each class of identities.csv must come to: verdict and reasons.
CLASSES = {
    "holds": (oracle.HOLDS, {""}),
    "holds-rounded": (oracle.HOLDS, {""}),
    "holds-if-blank-zero": (oracle.HOLDS, {"blank-as-zero"}),
    "violated": (oracle.FAILS, {""}),
    "undefined": (oracle.UNKNOWN, {"zero-denominator"}),
    "unknown": (oracle.UNKNOWN, {"blank", "missing", "unreadable"}),
}
NOT_RULES = {"note", "alternative"}
WRONG_CODE = "H4-02"


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def load_parts(families, paths):
    """The submissions as the oracle reads them."""
    parts = {"kong-chro": [facts.read_form_file(
        paths["kong-chro"][0], families["cchc"], "gia-lai-2022")]}
    table = families["dossiers"]
    parts["hoa-an"] = [
        facts.read_form_file(paths["hoa-an"][0], families["cchc"],
                              "cao-bang-2022"),
        facts.read_table_file(paths["hoa-an"][1], table,
                               next(iter(table.editions)))]
    return parts


def check_coverage(tally, identities, truth):
    """Every identity that is a rule has a row of its own class."""
    rows = {}
    for row in truth:
        rows.setdefault(row["identity"], []).append(row)
    for name, identity in identities.items():
        if identity["class"] in NOT_RULES:
            tally.check(name not in rows, name + ": not a rule, but listed")
            continue
        if not tally.check(name in rows, name + ": no rule is named"):
            continue
        if name == WRONG_CODE:
            continue
        verdict, reasons = CLASSES[identity["class"]]
        for row in rows[name]:
            tally.check(row["verdict"] == verdict and
                        row["reason"] in reasons,
                        "%s: %s %s is not its class %s" % (
                            name, row["verdict"], row["reason"],
                            identity["class"]))
    for name in rows:
        tally.check(name in identities, name + ": no such identity")


def check_rows(tally, who, verdicts, truth, run_of):
    """Each row of the table has its verdict and its reason."""
    for row in truth:
        if row["identity"] == WRONG_CODE:
            continue
        run = run_of.get(row["identity"])
        key = (row["rule"], row["unit"] or None)
        wanted = (row["verdict"], row["reason"] or None)
        got = verdicts.get(run, {}).get(key)
        tally.check(got == wanted, "%s: %s: %s is %s, not %s" % (
            who, row["identity"], program.named(key), program.said(got),
            program.said(wanted)))


def check_failing(tally, who, run, failing, truth, run_of):
    """Nothing fails but what the table says."""
    wanted = {(row["rule"], row["unit"] or None) for row in truth
              if run_of.get(row["identity"]) == run
              and row["verdict"] == oracle.FAILS}
    for key in sorted(failing ^ wanted, key=str):
        tally.check(False, "%s: %s: %s %s" % (
            who, run, program.named(key), "does not fail"
            if key in wanted else "fails, against the table"))
    tally.check(failing == wanted, "%s: %s: what fails" % (who, run))


def check_report(tally, run, report, parts, paths):
    """All of a report: verdicts as the oracle's, arithmetic, places."""
    for lines in (program.differences(report, parts),
                  program.arithmetic_differences(report, parts),
                  program.place_differences(report, paths)):
        for line in lines:
            tally.check(False, "%s: %s" % (run, line))
        tally.check(not lines, run)


def check_arithmetic(tally, report, rule, unit, wanted):
    """A finding whose numbers are known by heart."""
    for each in report.findings("rule.fails"):
        if each["rule"] == rule and each.get("unit_code") == unit:
            got = [each[key] for key in
                   ("left", "relation", "right", "difference")]
            tally.check(got == wanted, "%s: %s, not %s" % (
                program.named((rule, unit)), got, wanted))
            return
    tally.check(False, "%s: no finding" % program.named((rule, unit)))


def check_wrong_code(tally, report, path):
    """Form 4 prints 1.2.1 twice; the second row is still understood."""
    found = report.findings("row.wrong-code")
    tally.check(len(found) == 1, "row.wrong-code: %d findings" % len(found))
    line = [number for number, fields in program.records(path).items()
            if fields[:2] == ["4", "1.2.1"]][1:]
    for finding in found:
        tally.check(finding["severity"] == "warning",
                    "row.wrong-code is no warning")
        lines = [cell["line"] for cell in finding["cells"]]
        tally.check(set(line) <= set(lines),
                    "row.wrong-code: lines %s, not %s" % (lines, line))
    bound = {(cell["name"], cell["line"]) for row in report.verdict_rows()
             for cell in row["cells"]}
    for number in line:
        tally.check(("public_units_department", number) in bound,
                    "line %d is not public_units_department" % number)


def main():
    options = program.options(__doc__.split("\n")[0])
    tally = program.Tally()
    data = os.path.join(options.root, "tests", "data")
    families = facts.load_families(os.path.join(options.root, "schemas"))
    identities = {row["id"]: row for row in read_rows(
        os.path.join(data, "identities.csv")) if row["submission"] in RUNS}
    truth = read_rows(os.path.join(data, "truth-rules.csv"))
    run_of = {name: RUNS[row["submission"]]
              for name, row in identities.items()}
    paths = {run: [os.path.join(data, name) for name in names]
             for run, names in FILES.items()}

    check_coverage(tally, identities, truth)
    parts = load_parts(families, paths)
    by_oracle = {run: program.expected_verdicts(parts[run]) for run in FILES}
    check_rows(tally, "oracle", by_oracle, truth, run_of)
    for run, verdicts in by_oracle.items():
        check_failing(tally, "oracle", run, {
            key for key, answer in verdicts.items()
            if answer[0] == oracle.FAILS}, truth, run_of)

    reports = {run: program.check_files(options.parcheck, paths[run])
               for run in FILES}
    if all(tally.usable(report, run) for run, report in reports.items()):
        check_rows(tally, "program",
                   {run: report.verdicts() for run, report in
                    reports.items()}, truth, run_of)
        for run, report in reports.items():
            check_failing(tally, "program", run, report.found("rule.fails"),
                          truth, run_of)
            check_report(tally, run, report, parts[run], paths[run])
        check_wrong_code(tally, reports["hoa-an"], paths["hoa-an"][0])
        check_arithmetic(tally, reports["hoa-an"], "received-accounted-for",
                         "I", ["129", "=", "131", "-2"])
        check_arithmetic(tally, reports["kong-chro"],
                         "autonomy-units-equal-public-units", None,
                         ["38", "=", "33", "5"])
        check_arithmetic(tally, reports["kong-chro"],
                         "district-online-payment-pct", None,
                         ["100", "=", "5600/81", "2500/81"])
    tally.finish()


if __name__ == "__main__":
    main()
