#!/usr/bin/env python3
"""The manual pages say all there is, and are well made.

usage: test_man.py --pages DIR --parcheck PATH --root DIR

parcheck.1 has every command and every option of every --help; parcheck.3 every
function, type, constant and field of the header. mandoc and groff find nothing
to warn of; where neither is installed that is said, and not checked.
"""

import argparse
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

OPTIONS = None


def plain(page):
    """The text of a page without its markup."""
    text = re.sub(r"\\f[BIPR]|\\&", "", page)
    text = re.sub(r"\\\[u([0-9A-F]{4,5})\]",
                  lambda match: chr(int(match.group(1), 16)), text)
    for escape, char in (("\\-", "-"), ("\\(ha", "^"), ("\\(ti", "~"),
                         ("\\(ga", "`"), ("\\(aq", "'"), ("\\e", "\\")):
        text = text.replace(escape, char)
    return text


def read_page(section):
    path = Path(OPTIONS.pages) / ("parcheck.%d" % section)
    return path.read_text(encoding="ascii")


def help_of(*command):
    done = subprocess.run([OPTIONS.parcheck, *command, "--help", "--lang",
                           "en"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=60)
    return done.stdout.decode("utf-8") if done.returncode == 0 else ""


def commands():
    return re.findall(r"^  ([a-z]+) ", help_of(), re.MULTILINE)


class Command(unittest.TestCase):
    def setUp(self):
        self.page = plain(read_page(1))

    def test_commands(self):
        self.assertIn("check", commands())
        for command in commands():
            self.assertTrue(re.search(r"(?m)^%s\b" % command, self.page),
                            command)

    def test_options(self):
        found = 0
        for command in commands():
            for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*",
                                     help_of(command)):
                found += 1
                self.assertTrue(option in self.page, option)
        self.assertGreater(found, 10)

    def test_what_options_do(self):
        """Nothing of a help text is lost."""
        page = " ".join(self.page.split())
        for command in commands():
            for paragraph in help_of(command).split("\n\n"):
                if paragraph.startswith(("  ", "Usage: ")):
                    continue
                self.assertTrue(" ".join(paragraph.split()) in page, paragraph)

    def test_tags(self):
        """Each option stands apart from what it does."""
        page = read_page(1)
        self.assertGreater(len(re.findall(r"(?m)^\.TP\n\\fB\\-", page)), 50)
        self.assertEqual([], re.findall(
            r"(?m)^\.TP\n(\\fB\\-.*\\fB\\fP.*|\\fB\\-.*\n\\&)$", page))

    def test_exit_codes(self):
        for code in (0, 1, 2):
            self.assertRegex(self.page, r"(?m)^\.TP\n%d$" % code)


class Library(unittest.TestCase):
    def setUp(self):
        root = Path(OPTIONS.root)
        self.header = (root / "include/parcheck/parcheck.h").read_text(
            encoding="utf-8")
        self.symbols = (root / "tests/build/symbols.txt").read_text().split()
        self.page = plain(read_page(3))

    def test_functions(self):
        self.assertGreater(len(self.symbols), 100)
        for symbol in self.symbols:
            self.assertTrue(re.search(r"\b%s\(" % symbol, self.page), symbol)

    def test_types_and_constants(self):
        code = re.sub(r"/\*.*?\*/", "", self.header, flags=re.DOTALL)
        names = set(re.findall(r"\bPARCHECK_[A-Z0-9_]+\b|\bparcheck_[a-z_]+\b",
                               code))
        names -= {"PARCHECK_API", "PARCHECK_PARCHECK_H", "PARCHECK_STATIC",
                  "PARCHECK_BUILDING"}
        self.assertGreater(len(names), 200)
        for name in sorted(names):
            self.assertTrue(re.search(r"\b%s\b" % name, self.page), name)

    def test_comments(self):
        """Each word of the comments is there, in its order."""
        page = re.sub(r"\W+", " ", self.page)
        for comment in re.findall(r"(?m)^/\*(?! --)(.*?)\*/", self.header,
                                  re.DOTALL):
            if "SPDX" in comment:
                continue
            # Of lists and examples only the beginning stands in one piece.
            first = re.sub(r"(?m)^ \*", "", comment).split("\n\n")[0]
            words = re.sub(r"\W+", " ", first).strip()
            self.assertTrue(words in page, words)


class Lint(unittest.TestCase):
    def lint(self, *command):
        for section in (1, 3):
            page = str(Path(OPTIONS.pages) / ("parcheck.%d" % section))
            done = subprocess.run([*command, page], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=60)
            output = done.stdout.decode("utf-8", "replace")
            self.assertEqual((0, ""), (done.returncode, output))

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc(self):
        self.lint("mandoc", "-T", "lint", "-W", "warning")

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_groff(self):
        self.lint("groff", "-man", "-ww", "-z", "-T", "utf8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", required=True)
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1], verbosity=2)
