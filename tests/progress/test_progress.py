#!/usr/bin/env python3
"""The progress bar: on a terminal only, and taken away again.

usage: test_progress.py --parcheck PATH --root DIR

The run takes longer than a second because its input does.
"""

import argparse
import os
import pty
import subprocess
import sys
import time
import unittest
from pathlib import Path

OPTIONS = None
DELAY = 1.3


ARCHIVE = b"unit,period,form,code,value\nA,2022,3,1.4,7\nA,2022,3,1.4.2,9\n"


def slow_run(stderr, language="en", command="check", **env):
    """Checks a submission that comes late; returns standard output."""
    data = (Path(OPTIONS.root) / "examples" / "hoa-an" /
            "hoa-an-2023-q1-dossiers.csv").read_bytes()
    words = [command, "-", "--lang", language]
    if command == "archive":
        data = ARCHIVE
        words += ["--edition", "cao-bang-2022"]
    process = subprocess.Popen(
        [OPTIONS.parcheck, *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
        env={**os.environ, "TERM": "xterm", **env})
    time.sleep(DELAY)
    return process.communicate(data, timeout=60)[0]


def on_terminal(**options):
    master, slave = pty.openpty()
    out = slow_run(slave, **options)
    os.close(slave)
    told = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            piece = b""
        if not piece:
            break
        told += piece
    os.close(master)
    return out, told.decode()


class Progress(unittest.TestCase):
    def test_on_a_terminal_it_comes_and_goes(self):
        for language, word in (("en", "Checking"), ("vi", "Đang kiểm tra")):
            out, told = on_terminal(language=language)
            self.assertIn(word, told)
            self.assertTrue(told.endswith("\r\x1b[K"), repr(told))
            self.assertNotIn(word.encode(), out)

    def test_an_archive_from_a_pipe_tells_what_was_read(self):
        out, told = on_terminal(command="archive")
        self.assertIn("Checking 0 MB", told)
        self.assertTrue(told.endswith("\r\x1b[K"), repr(told))
        self.assertIn(b"procedures-total", out)

    def test_nowhere_else(self):
        self.assertEqual("", on_terminal(TERM="dumb")[1])
        with open(os.devnull, "wb") as null:
            plain = slow_run(null)
        self.assertEqual(plain, on_terminal()[0])
        errors, writer = os.pipe()
        slow_run(writer)
        os.close(writer)
        self.assertEqual(b"", os.read(errors, 100))
        os.close(errors)


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    for name in ("--parcheck", "--root"):
        parser.add_argument(name, required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
