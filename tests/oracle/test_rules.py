#!/usr/bin/env python3
"""Every rule of every edition, on submissions made for it.

A consistent, fully filled submission must give no finding at all. And for
each rule there must be a submission that breaks it and is reported for it,
with every other verdict as the oracle has it. A rule that is added to a
schema is covered by this test without another line.
"""

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

SEEDS = 4


def partners(families, family, edition):
    """Editions that the rules of this one look into by name@role."""
    found = []
    for rule in family.rules:
        if not facts.applies(rule, family, edition):
            continue
        for operand in language.operands(rule.tree):
            if operand[0] != "ref" or operand[2] is None:
                continue
            pair = edition_with(families, operand)
            if pair and pair[0] != family.name and pair not in found:
                found.append(pair)
    return found


def edition_with(families, operand):
    _, name, role = operand
    for family in families.values():
        if role in [each.role for each in family.roles]:
            for edition in family.editions.values():
                if name in edition.by_name:
                    return family.name, edition.name
    return None


def check_consistent(tally, options, draft, edition, what):
    with tempfile.TemporaryDirectory() as folder:
        paths = draft.write(folder)
        report = program.check_files(options.parcheck, paths, edition)
        if not tally.usable(report, what):
            return
        for finding in report.findings():
            tally.check(False, "%s: finding %s: %s" % (
                what, finding["code"], finding["message"]["en"]))
        tally.check(not report.findings(), what + ": has findings")
        lines = program.differences(report, draft.parts)
        lines += program.place_differences(report, paths)
        for line in lines:
            tally.check(False, "%s: %s" % (what, line))
        tally.check(not lines, what)


def targets(draft, family):
    """One place for each rule of the family and each role it applies to:
    [(index in oracle.instances, instance)]."""
    found = {}
    for index, instance in enumerate(oracle.instances(draft.parts)):
        if instance.part.family is family:
            found.setdefault((instance.rule.id, instance.unit.role),
                             []).append((index, instance))
    return found


def broken_submission(drafts, family, place, random):
    """A submission that breaks the rule at this place, and where."""
    for draft in drafts:
        index, instance = random.choice(targets(draft, family)[place])
        broken = generate.break_rule(draft, index, random)
        if broken:
            return broken, (instance.rule.id, instance.unit.code)
    return None, None


def check_broken(tally, options, broken, key, edition):
    what = "%s: breaking %s" % (edition, program.named(key))
    with tempfile.TemporaryDirectory() as folder:
        paths = broken.write(folder)
        report = program.check_files(options.parcheck, paths, edition)
        if not tally.usable(report, what):
            return
        tally.check(key in report.found("rule.fails"), what + ": unnoticed")
        lines = program.differences(report, broken.parts)
        lines += program.arithmetic_differences(report, broken.parts)
        lines += program.place_differences(report, paths)
        for line in lines:
            tally.check(False, "%s: %s" % (what, line))
        tally.check(not lines, what)


def looks_back(family, rule_id):
    """Rules that look at other periods: see test_series.py."""
    tree = next(rule.tree for rule in family.rules if rule.id == rule_id)
    return any(operand[0] in ("previous", "year_before") for operand in
               language.operands(tree))


def check_edition(tally, options, families, family, edition):
    alone = [(family.name, edition.name)]
    together = alone + partners(families, family, edition)
    for editions in ([alone] if together == alone else [alone, together]):
        drafts = [generate.consistent(families, editions, Random(seed))
                  for seed in range(SEEDS)]
        for seed, draft in enumerate(drafts):
            what = "%s, consistent %d" % (
                " with ".join(name for _, name in editions), seed)
            check_consistent(tally, options, draft, edition.name, what)

    random = Random(edition.name)
    places = targets(drafts[0], family)
    applied = {rule for rule, _ in places}
    for rule in family.rules:
        tally.check(rule.id in applied or not facts.applies(
            rule, family, edition), rule.id + ": applies to no row")
    for place in sorted(places, key=str):
        if looks_back(family, place[0]):
            continue
        broken, key = broken_submission(drafts, family, place, random)
        if tally.check(broken, "%s: %s cannot be broken" % (
                edition.name, place[0])):
            check_broken(tally, options, broken, key, edition.name)


def main():
    options = program.options(__doc__.split("\n")[0])
    tally = program.Tally()
    families = facts.load_families(os.path.join(options.root, "schemas"))
    for family in families.values():
        used = {rule.id for rule in family.rules
                if any(facts.applies(rule, family, edition)
                       for edition in family.editions.values())}
        for rule in family.rules:
            tally.check(rule.id in used, rule.id + ": fits no edition")
        for edition in family.editions.values():
            check_edition(tally, options, families, family, edition)
    tally.finish()


if __name__ == "__main__":
    main()
