#!/usr/bin/env python3
"""Random faults, and the program's verdicts on them against the oracle's.

Starts from consistent submissions and changes a few or many cells: blanks,
other numbers and styles of numbers, cells that are no number, percentages
rounded the wrong way, rows that are missing or come twice. On a difference
the files are kept and their folder is named.
"""

import concurrent.futures
import os
import sys
import tempfile
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import facts  # noqa: E402
import generate  # noqa: E402
import mutate  # noqa: E402
import program  # noqa: E402
from test_rules import partners  # noqa: E402

DRAFTS = 4


def check_mutated(options, draft, edition):
    """The lines to print on one submission; the folder if there are any."""
    folder = tempfile.mkdtemp(prefix="parcheck-oracle-")
    paths = draft.write(folder)
    report = program.check_files(options.parcheck, paths, edition)
    if report.usable():
        lines = program.differences(report, draft.parts)
        lines += program.arithmetic_differences(report, draft.parts)
        lines += program.place_differences(report, paths)
    else:
        lines = ["exit %d, %s" % (report.exit_code,
                                  report.errors or "no JSON")]
    if not lines:
        for path in paths:
            os.remove(path)
        os.rmdir(folder)
    return lines, folder


def mutations(families, editions, options):
    """So many mutated submissions, each from its own seed."""
    drafts = [generate.consistent(families, editions, Random(
        "%d %s %d" % (options.seed, editions, number)))
        for number in range(DRAFTS)]
    for number in range(options.count):
        random = Random("%d %s mutation %d" % (
            options.seed, editions, number))
        yield number, mutate.mutate(random.choice(drafts), random)


def check_editions(tally, pool, options, families, editions):
    edition = editions[0][1]
    waiting = [(number, pool.submit(check_mutated, options, draft, edition))
               for number, draft in mutations(families, editions, options)]
    for number, future in waiting:
        lines, folder = future.result()
        for line in lines:
            print("FAIL: " + line)
        tally.check(not lines, "seed %d, %s, number %d: see %s" % (
            options.seed, " with ".join(name for _, name in editions),
            number, folder))


def main():
    options = program.options(__doc__.split("\n")[0], seed=1, count=150)
    print("seed %d, %d submissions an edition" % (
        options.seed, options.count))
    tally = program.Tally()
    families = facts.load_families(os.path.join(options.root, "schemas"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for family in families.values():
            for edition in family.editions.values():
                alone = [(family.name, edition.name)]
                together = alone + partners(families, family, edition)
                for editions in [alone] + [together] * (together != alone):
                    check_editions(tally, pool, options, families, editions)
    tally.finish()


if __name__ == "__main__":
    main()
