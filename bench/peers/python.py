"""The rules with the csv module, dictionaries and Decimal.

usage: python.py FOLDER DATA     (FOLDER: from prepare.py)

The table is sorted, so that one submission at a time is in memory.
"""

import csv
import itertools
import os
import sys
from decimal import Decimal

folder, data = sys.argv[1:]
sys.path.insert(0, folder)
from rules import failing  # noqa: E402

with open(os.path.join(folder, "names.csv"), encoding="utf-8") as stream:
    names = {(row["form"], row["code"]): row["name"]
             for row in csv.DictReader(stream)}

write = csv.writer(sys.stdout, lineterminator="\n").writerow
with open(data, encoding="utf-8", newline="") as stream:
    rows = csv.reader(stream)
    next(rows)
    for (unit, period), submission in itertools.groupby(
            rows, key=lambda row: (row[0], row[2])):
        values, blank = {}, set()
        for row in submission:
            name = names[row[3], row[4]]
            if row[5]:
                values[name] = Decimal(row[5])
            else:
                values[name] = 0
                blank.add(name)
        for rule in failing(values, blank):
            write((rule, unit, period))
