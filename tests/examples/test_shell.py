#!/usr/bin/env python3
"""The examples of the shell and of an office's own form do what they say.

usage: test_shell.py --parcheck PATH --root DIR
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

OPTIONS = None


class Shell(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="parcheck-shell-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.examples = Path(OPTIONS.root) / "examples"

    def submission(self, name, *files):
        (self.folder / name).mkdir()
        for file in files:
            shutil.copy(file, self.folder / name)

    def run_script(self, *options):
        return subprocess.run(
            [self.examples / "shell" / "check-folder.sh", self.folder,
             *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            timeout=60, text=True,
            env={**os.environ, "PARCHECK": OPTIONS.parcheck, "LC_ALL": "C"})

    def test_a_line_for_each_submission(self):
        hoa_an = self.examples / "hoa-an"
        self.submission("clean")
        subprocess.run([OPTIONS.parcheck, "template", "dossiers", "-o",
                        self.folder / "clean" / "form.csv"], check=True)
        self.submission("hoa-an", *hoa_an.glob("*.csv"))
        done = self.run_script("--no-explain")
        self.assertEqual(1, done.returncode)
        self.assertEqual("clean: errors 0, warnings 0\n"
                         "hoa-an: errors 7, warnings 1\n"
                         "checked 2, with errors 1, not checked 0\n",
                         done.stdout)

    def test_one_that_cannot_be_checked(self):
        self.submission("empty")
        done = self.run_script()
        self.assertEqual(2, done.returncode)
        self.assertIn("empty: could not be checked\n", done.stdout)
        self.assertIn("not checked 1", done.stdout)

    def test_no_submission_is_no_success(self):
        self.assertEqual(2, self.run_script().returncode)

    def test_form_of_an_office(self):
        self.submission("q1", self.examples / "office-form" / "quarter-1.csv")
        done = self.run_script("--schema",
                               self.examples / "office-form" / "documents")
        self.assertEqual(1, done.returncode)
        self.assertTrue(done.stdout.startswith("q1: errors 1,"), done.stdout)


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    for name in ("--parcheck", "--root"):
        parser.add_argument(name, required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
