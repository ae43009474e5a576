#!/usr/bin/env python3
"""Whatever stands in a submission, every report stays valid and harmless.

usage: test_hostile.py --parcheck PATH --root DIR

Writes submissions with script tags, quotes, formulas, escape sequences,
direction marks, very long texts, bytes that are no text and more as labels,
codes, values, notes, units, forms, headings and file names, and checks each
report of them as test_formats.py does: that is, by parsers, schemas and a
list of the elements, attributes and characters that may be in it.
"""

import argparse
import concurrent.futures
import os
import sys
import tempfile
from pathlib import Path

import hostile
import test_formats


def verify(tool, submission):
    name, file, content = submission
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(os.fsencode(scratch), file)
        with open(path, "wb") as out:
            out.write(content)
        schemas = str(tool.root / "tests" / "cases" / "schemas")
        try:
            return test_formats.verify_all(
                tool, scratch, ["--schema", schemas, "--encoding", "UTF-8",
                                file])
        except Exception as error:
            return [test_formats.described(error)]


def main():
    parser = argparse.ArgumentParser(description="Hostile submissions.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    tool = test_formats.Tool(options)
    all_of_them = [s for s in hostile.submissions()
                   if not options.names or s[0] in options.names]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda s: verify(tool, s), all_of_them)
        for (name, _, _), wrong in zip(all_of_them, results):
            for each in wrong:
                print("FAIL %s: %.400s" % (name, each))
            failed += bool(wrong)
    print("%d passed, %d failed" % (len(all_of_them) - failed, failed))
    return 1 if failed or not all_of_them else 0


if __name__ == "__main__":
    sys.exit(main())
