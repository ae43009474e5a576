"""Validates many times and sees to it that the memory does not grow.

usage: soak.py [RUNS]                                      (default 100,000)

Goes through the real submissions, from paths, bytes, files and with errors,
reads all that came of them, and half the time leaves it to the garbage. It
prints the memory at a tenth of the runs and at their end, and ends with 1 if
it grew by more than LIMIT.
"""

from __future__ import annotations

import gc
import io
import os
import sys

import parcheck
from support import SUBMISSIONS

LIMIT = 1024 * 1024


def resident() -> int:
    """The bytes that this process has in memory."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def read_all(report: parcheck.Report) -> int:
    return (len(report.findings) + len(report.verdicts) +
            len(report.to_json()))


def once(turn: int) -> None:
    files = list(SUBMISSIONS.values())[turn % len(SUBMISSIONS)]
    kind = turn % 4
    if kind == 0:
        with parcheck.validate(*files) as report:
            read_all(report)
    elif kind == 1:
        read_all(parcheck.validate(*[file.read_bytes() for file in files]))
    elif kind == 2:
        parcheck.validate(*[io.BytesIO(f.read_bytes()) for f in files])
    else:
        try:
            parcheck.validate(*files, edition="nowhere")
        except parcheck.InvalidArgumentError:
            pass
        if turn % 400 == 3:
            parcheck.Schema.builtin().families


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = 0
    for turn in range(runs):
        if turn == runs // 10:
            start = resident()
        once(turn)
    grown = resident() - start
    print(f"{runs} runs: {start // 1024} KiB after a tenth of them, "
          f"{grown // 1024:+} KiB at the end")
    return 1 if grown > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
