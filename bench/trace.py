#!/usr/bin/env python3
"""What it costs to explain rules across the submissions of an archive.

usage: trace.py --build DIR [--runs N] [--write docs/PERFORMANCE.md]

Makes archives of dossiers by unit from a seed, with figures of communes that
are wrong, and runs `parcheck archive` over them with explanations and without:
processor time, the median of the runs, and the peak of memory. With --write
the table takes the place of the one between the marks in that document.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "oracle"))

import test_trace  # noqa: E402

SEED = 20230630
FIGURES = 13
BEGIN = "<!-- bench-trace -->"
END = "<!-- end of bench-trace -->"
# Provinces, districts in each, communes in each of these, the share of the
# districts of which a commune is wrong, and whether each of its communes is.
SHAPES = [(63, 11, 16, 0, False), (63, 11, 16, 0.01, False),
          (63, 11, 16, 0.1, False), (63, 11, 16, 1, False),
          (63, 11, 16, 1, True), (1, 1, 11000, 1, False),
          (1, 1, 11000, 1, True), (1, 2750, 1, 1, False),
          (1, 5500, 1, 1, False), (1, 11000, 1, 1, False)]


def make(shape):
    """The figures of each unit and the unit above it."""
    provinces, districts, communes, share, all_wrong = shape
    rng = random.Random(SEED)
    units, parents = {}, {}
    of_district = {}
    for p in range(provinces):
        province = f"T{p:02}"
        parents[province] = ""
        for d in range(districts):
            district = f"{province}.H{d:05}"
            parents[district] = province
            names = [f"{district}.X{c:05}" for c in range(communes)]
            of_district[district] = names
            for name in names:
                parents[name] = district
                units[name] = test_trace.commune(rng)
            units[district] = test_trace.total([units[n] for n in names])
        units[province] = test_trace.total(
            [units[u] for u, above in parents.items() if above == province])
    for district in rng.sample(sorted(of_district),
                               round(share * len(of_district))):
        names = of_district[district]
        for name in names if all_wrong else [rng.choice(names)]:
            units[name][rng.randrange(FIGURES)] += rng.choice([1, 9, 90, 450])
    return units, parents


def write(path, units, parents, codes):
    test_trace.write_archive(path, (
        (unit, parents[unit], code, value) for unit in sorted(units)
        for code, value in zip(codes, units[unit])))


def run(build, folder, *more):
    """Processor time in seconds, peak memory in MB, rules that fail."""
    out = folder / "out"
    done = subprocess.run(
        [build / "bench" / "bench_measure", out, build / "parcheck", "archive",
         folder / "a.csv", "--schema", folder / "schema", *more],
        stdout=subprocess.PIPE, check=True)
    _, processor, peak, code = map(int, done.stdout.split())
    if code not in (0, 1):
        raise SystemExit(f"exit code {code}")
    fails = out.read_bytes().count(b'"code": "rule.fails"')
    return processor / 1e6, peak / 1024, fails


def measure(build, folder, runs, *more):
    done = [run(build, folder, *more) for _ in range(runs)]
    return (statistics.median(time for time, _, _ in done),
            max(peak for _, peak, _ in done), done[0][2])


def row_of(shape, plain, explained):
    provinces, districts, communes, share, all_wrong = shape
    wrong = "each commune" if all_wrong else f"{share * 100:g} %"
    return (f"| {provinces} × {districts:,} × {communes:,} | {wrong} | "
            f"{explained[2]:,} | {plain[0]:.2f} s | {explained[0]:.2f} s | "
            f"{plain[1]:.0f} MB | {explained[1]:.0f} MB |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write")
    args = parser.parse_args()
    rows = ["| provinces × districts × communes | districts with a wrong "
            "commune | rules that fail | `--no-explain` | with explanations | "
            "memory | with explanations |",
            "| --- | --: | --: | --: | --: | --: | --: |"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = [row["code"] for row in test_trace.write_schema(ROOT, folder)]
        for shape in SHAPES:
            write(folder / "a.csv", *make(shape), codes)
            plain = measure(args.build, folder, args.runs, "--no-explain")
            explained = measure(args.build, folder, args.runs)
            if plain[2] != explained[2]:
                raise SystemExit("other rules fail with explanations")
            rows.append(row_of(shape, plain, explained))
            print(rows[-1], flush=True)
    if args.write:
        text = Path(args.write).read_text("utf-8")
        before, rest = text.split(BEGIN)
        _, after = rest.split(END)
        Path(args.write).write_text(
            before + BEGIN + "\n\n" + "\n".join(rows) + "\n\n" + END + after,
            "utf-8")


if __name__ == "__main__":
    main()
