#!/usr/bin/env python3
"""The programs of examples/c do what they say.

usage: test_c.py --programs DIR --root DIR

Runs each of them from DIR, an optimised, sanitized or installed build of
examples/c, and compares with what the command line or the tables say.
"""

import argparse
import json
import subprocess
import sys
import unittest
from pathlib import Path

OPTIONS = None


def run(name, *arguments, stdin=None):
    done = subprocess.run(
        [str(Path(OPTIONS.programs) / ("example_" + name)),
         *map(str, arguments)],
        input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=120)
    return (done.returncode, done.stdout.decode("utf-8"),
            done.stderr.decode("utf-8"))


class Examples(unittest.TestCase):
    def setUp(self):
        self.hoa_an = Path(OPTIONS.root) / "examples" / "hoa-an"

    def test_one_call(self):
        code, out, err = run("one_call", *sorted(self.hoa_an.glob("*.csv")))
        self.assertEqual((1, ""), (code, err))
        self.assertIn("error: The dossiers received are those resolved, "
                      "pending, returned and cancelled together: 129 ≠ 124 + "
                      "5 + 2 + 0 = 131, off by 2\n", out)
        self.assertIn('-dossiers.csv: C2 = "129"\n', out)
        self.assertEqual(7, out.count("error: "))

    def test_one_call_without_a_file(self):
        code, out, err = run("one_call")
        self.assertEqual((2, ""), (code, out))
        self.assertEqual(": there is no input\n", err)

    def test_one_call_with_a_file_that_is_not_there(self):
        code, out, err = run("one_call", "/nowhere/at/all.csv")
        self.assertEqual((2, ""), (code, out))
        self.assertEqual("/nowhere/at/all.csv: not found\n", err)

    def test_facts(self):
        code, out, err = run("facts")
        self.assertEqual((1, ""), (code, err))
        self.assertEqual(
            "received-total-of-communes, UBND các xã: holds\n"
            "resolved-total-of-communes, UBND các xã: fails\n"
            "    Tổng số hồ sơ đã giải quyết của cấp xã bằng tổng của các xã: "
            "289 ≠ 72 + 216 = 288, lệch 1\n"
            "district-dossiers-received-agree, the form: fails\n"
            "    Số hồ sơ đã tiếp nhận ở biểu mẫu 3 bằng tổng số hồ sơ tiếp "
            "nhận trong Phụ lục II (cấp huyện): 130 ≠ 129, lệch 1\n",
            "".join(line for line in out.splitlines(True)
                    if "-of-communes" in line or "-agree" in line
                    or line.startswith(" ")))

    def test_own_schema(self):
        code, out, err = run("own_schema")
        self.assertEqual((1, ""), (code, err))
        self.assertIn("\nERROR reception.csv:2 [visits-total]\n", out)
        self.assertIn("    112 ≠ 95 + 15 = 110, off by 2\n", out)
        self.assertIn("\nRules: 1 hold", out)

    def test_stream_report(self):
        data = (self.hoa_an / "hoa-an-2023-q1-dossiers.csv").read_bytes()
        code, out, err = run("stream_report", stdin=data)
        self.assertEqual(1, code)
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual("report", lines[0]["type"])
        self.assertEqual("summary", lines[-1]["type"])
        self.assertGreater(len(lines), 3)
        percents = [int(line[:-2]) for line in err.splitlines()]
        self.assertEqual(100, percents[-1])
        self.assertEqual(sorted(set(percents)), percents)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True)
    parser.add_argument("--root", required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1])
