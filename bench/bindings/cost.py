"""What one validation costs in Python.

usage: cost.py REPEATS FILE...

Prints two medians in nanoseconds: of a validation, and of one with all
findings and their explanations read.
"""

import statistics
import sys
import time
from pathlib import Path

import parcheck


def median(repeats, work):
    times = []
    for _ in range(repeats):
        begin = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - begin)
    return int(statistics.median_high(times))


def main():
    sources = [parcheck.Named(Path(name).read_bytes(), name)
               for name in sys.argv[2:]]
    schema = parcheck.builtin()

    def validate():
        with schema.validate(*sources):
            pass

    def read():
        with schema.validate(*sources) as report:
            return report.findings

    validate()
    repeats = int(sys.argv[1])
    print(median(repeats, validate), median(repeats, read))


main()
