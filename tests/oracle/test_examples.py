#!/usr/bin/env python3
"""The meaning of rules by example: each line a rule, some cells, a verdict.

The verdicts are written by hand, so they hold the oracle as well as the
program. A cell that is not named is missing; `_` is a blank, `?` no number.
"""

import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import facts  # noqa: E402
import generate  # noqa: E402
import program  # noqa: E402
from test_language import KINDS, write_family  # noqa: E402

# Names: c1.. are counts, m1.. amounts, p1.. percentages, o1.. choices.
EXAMPLES = """
c1 = c2 + c3            | c1=5 c2=1 c3=4       | holds
c1 = c2 + c3            | c1=5 c2=1 c3=5       | fails
c1 = c2 + c3            | c1=6.011 c2=6,006 c3=05 | holds
c1 = c2 + c3 + c4 + c5  | c1=5 c2=_ c3=1 c4=_ c5=4 | holds blank-as-zero
c1 = c2 + c3            | c1=3 c2=_ c3=4       | fails
c1 = c2 + c3            | c1=9 c2=_ c3=4       | unknown blank
c1 = c2 + c3            | c1=_ c2=0 c3=0       | unknown blank
c1 = c2 + c3            | c1=4 c3=4            | unknown missing
c1 = c2 + c3            | c1=3 c3=4            | fails
c1 = c2 + c3            | c1=9 c2=_            | unknown missing
c1 = c2 + c3            | c1=3 c2=? c3=4       | unknown unreadable
c1 = c2 + c3            | c2=? c3=_            | unknown unreadable
c1 = c2 - c3            | c1=4 c2=4 c3=_       | holds blank-as-zero
c1 = c2 - c3            | c1=0 c2=_ c3=_       | unknown blank
c1 <= c2                | c1=4 c2=4            | holds
c1 < c2                 | c1=4 c2=4            | fails
c1 <= c2                | c1=0 c2=_            | holds
c1 <= c2                | c1=0                 | holds
c1 <= c2                | c1=1 c2=_            | unknown blank
c1 < c2                 | c1=0 c2=_            | unknown blank
c1 <= c2                | c1=_ c2=9            | unknown blank
c1 + c3 <= c2           | c1=_ c2=3 c3=4       | fails
c1 >= c2                | c1=0 c2=_            | unknown blank
c1 != c2                | c1=0 c2=0            | fails
c1 != c2 + 1            | c1=0 c2=_            | holds
2 * c1 = c2             | c1=2 c2=4            | holds
p1 = percent(c1, c2)    | p1=16.3 c1=7 c2=43   | holds
p1 = percent(c1, c2)    | p1=16,3% c1=07 c2=43 | holds
p1 = percent(c1, c2)    | p1=16.2 c1=7 c2=43   | rounding truncated
p1 = percent(c1, c2)    | p1=17.79 c1=61 c2=343 | rounding rounded-up
p1 = percent(c1, c2)    | p1=17.80 c1=61 c2=343 | fails
p1 = percent(c1, c2)    | p1=12 c1=1 c2=8      | holds
p1 = percent(c1, c2)    | p1=13 c1=1 c2=8      | holds
p1 = percent(c1, c2)    | p1=38 c1=3 c2=8      | holds
p1 = percent(c1, c2)    | p1=37 c1=3 c2=8      | rounding truncated
p1 = percent(c1, c2)    | p1=99.9 c1=999 c2=1.000 | holds
p1 = percent(c1, c2)    | p1=100 c1=999 c2=1000 | holds
p1 = percent(c1, c2)    | p1=100.0 c1=999 c2=1000 | fails
p1 = percent(c1, c2)    | p1=0 c1=0 c2=0       | unknown zero-denominator
p1 = percent(c1, c2)    | p1=100 c1=1 c2=0     | unknown zero-denominator
p1 = percent(c1, c2)    | p1=_ c1=1 c2=0       | unknown blank
p1 = percent(c1, c2)    | p1=50 c1=1 c2=_      | unknown blank
p1 = percent(c1, c2)    | p1=50 c1=_ c2=2      | unknown blank
p1 = percent(c1, c2)    | p1=0 c1=_ c2=2       | holds blank-as-zero
p1 = percent(c1 + c3, c2) | p1=50 c1=1 c2=2 c3=_ | holds blank-as-zero
p1 = percent(c1 + c3, c2) | p1=25 c1=1 c2=2 c3=_ | fails
p1 = percent(c1 + c3, c2) | p1=50 c1=1 c2=2    | unknown missing
p1 = percent(c1, c2)    | p1=_ c1=? c2=0       | unknown unreadable
p1 = percent(c1, c2)    | p1=50 c1=_ c2=0      | unknown zero-denominator
p1 = percent(c1, c2)    | p1=50 c1=_ c2=-3     | fails
m1 = m2 + m3            | m1=3 m2=1.2 m3=1.4   | rounding addends-rounded
m1 = m2 + m3            | m1=3.0 m2=1.2 m3=1.4 | fails
m1 = m2 + m3            | m1=10.1 m2=5.0 m3=5.0 | rounding addends-rounded
m1 = m2                 | m1=2 m2=1            | fails
m1 = m2                 | m1=2 m2=1.5          | rounding addends-rounded
c1 = c2                 | c1=2 c2=1            | fails
p1 = percent(m1, m2)    | p1=44 m1=14.4 m2=32.7 | holds
p1 = percent(m1, m2)    | p1=45 m1=14.4 m2=32.7 | rounding rounded-up
p1 = percent(m1, m2)    | p1=45.0 m1=14.4 m2=32 | holds
p1 = percent(m1, m2)    | p1=45.4 m1=14.4 m2=32 | rounding addends-rounded
p1 = percent(m1, m2)    | p1=48.0 m1=14.4 m2=32 | fails
p1 = percent(c1, m2 - m3) | p1=50 c1=1 m2=2 m3=1 | rounding addends-rounded
p1 = percent(c1, m2 - m3) | p1=50 c1=0 m2=2 m3=1.5 | fails
p1 = percent(-m1, m2)   | p1=50 m1=1 m2=1      | fails
o1 in {0, 1}            | o1=1                 | holds
o1 in {0, 1}            | o1=2                 | fails
o1 in {0, 1}            | o1=_                 | unknown blank
o1 in {0, 1}            | o1=?                 | unknown unreadable
reported(c1)            | c1=0                 | holds
reported(c1)            | c1=?                 | holds
reported(c1)            | c1=_                 | fails
reported(c1)            | c2=1                 | unknown missing
blank(c1)               | c1=_                 | holds
if o1 = 1 then c1 > 0   | o1=0 c1=?            | holds
if o1 = 1 then c1 > 0   | o1=1 c1=0            | fails
if o1 = 1 then c1 > 0   | o1=1 c1=_            | unknown blank
if o1 = 1 then c1 > 0   | o1=_ c1=0            | unknown blank
if o1 = 1 then c1 > 0   | o1=? c1=_            | unknown unreadable
if o1 = 1 then c1 > 0 and reported(c2) | o1=1 c1=_ c2=_ | fails
if o1 = 1 or c2 = 1 then c1 > 0 | o1=_ c2=1 c1=0 | fails
if not o1 = 1 then c1 > 0 | o1=0 c1=0          | fails
if o1 = 1 then p1 = percent(c1, c2) | o1=1 p1=66 c1=2 c2=3 | rounding truncated
if o1 = 1 then m1 = m2  | o1=1 m1=2 m2=1.5     | rounding addends-rounded
if m1 = m2 then c1 > 0  | m1=2 m2=1.5 c1=0     | holds
c1 = c2 or c1 = c3      | c1=0 c2=_ c3=1       | holds blank-as-zero
c1 = c2 or c1 = c3      | c1=0 c2=_ c3=0       | holds
c1 = c2 and c1 = c3     | c1=0 c2=_ c3=0       | holds blank-as-zero
not c1 = c2             | c1=0 c2=_            | unknown blank
if c1 = c2 then c3 > 0  | c1=0 c2=_ c3=0       | unknown blank
c1 >= previous(c1)      | c1=3                 | unknown missing
c1 >= previous(c1)      | c1=-3                | unknown missing
c1 <= year_before(c1)   | c1=3                 | unknown missing
"""


def parse(text):
    """[(rule, {name: literal}, (verdict, reason))]"""
    examples = []
    for line in text.strip().splitlines():
        check, cells, answer = (part.strip() for part in line.split("|"))
        literals = dict(cell.split("=") for cell in cells.split())
        words = answer.split() + [None]
        examples.append((check, {
            name: {"_": "", "?": "abc"}.get(literal, literal)
            for name, literal in literals.items()}, tuple(words[:2])))
    return examples


def write_schema(folder, checks):
    rows = [("1", str(place), "%s%d" % (letter, number),
             "Chỉ tiêu %s%d" % (letter, number), "", kind, "",
             "0 = Không; 1 = Có" if kind == "choice" else "")
            for place, (letter, kind, number) in enumerate(
                ((letter, kind, number) for letter, kind in KINDS.items()
                 for number in range(1, 6)), 1)]
    write_family(folder, "examples", "by-hand", rows, checks)


def main():
    options = program.options(__doc__.split("\n")[0])
    tally = program.Tally()
    examples = parse(EXAMPLES)
    checks = list(dict.fromkeys(check for check, _, _ in examples))
    with tempfile.TemporaryDirectory() as folder:
        schema = os.path.join(folder, "schemas")
        write_schema(schema, checks)
        family = facts.load_families(schema)["examples"]
        for number, (check, literals, wanted) in enumerate(examples):
            unit = generate.DraftUnit()
            part = generate.DraftPart(
                family, family.editions["by-hand"], [unit])
            for name, literal in literals.items():
                unit.put(name, literal, part.edition.kind(name))
            key = ("examples-%d" % checks.index(check), None)
            what = "%s with %s" % (check, literals)
            got = program.expected_verdicts([part])[key]
            tally.check(got == wanted, "oracle: %s is %s, not %s" % (
                what, program.said(got), program.said(wanted)))

            path = os.path.join(folder, "%d.csv" % number)
            part.write(path)
            report = program.check_files(options.parcheck, [path], "by-hand",
                                         schema)
            if tally.usable(report, what):
                got = report.verdicts().get(key)
                tally.check(got == wanted, "program: %s is %s, not %s" % (
                    what, program.said(got), program.said(wanted)))
    tally.finish()


if __name__ == "__main__":
    main()
