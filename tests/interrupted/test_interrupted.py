#!/usr/bin/env python3
"""Runs over an archive that do not come to their end.

usage: test_interrupted.py --parcheck PATH

Killed in the middle, a disk that is full, a reader that has gone, an input
that ends within a record: there is a clear status, and nothing that looks like
a whole result and is none.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

OPTIONS = None
EDITION = ["--edition", "cao-bang-2022", "--lang", "en", "--no-explain"]
HEADING = b"unit,parent,period,form,code,value\n"
UNITS = 8000
LIMIT = 60  # seconds that anything may take


def submission(unit, total):
    """One whose total is wrong unless it is 4."""
    values = (total, 1, 1, 1, 1)
    return b"".join(b"X%05d,T,2023-Q1,6,2.%d,%d\n" % (unit, row + 1, value)
                    for row, value in enumerate(values))


def table(units=UNITS):
    """Each submission has an error, so that something is told all the time."""
    return HEADING + b"".join(submission(i, 5) for i in range(units))


# Only the last one leaves no time to say so.
KILLING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
# All are alike but for the last one; each run takes its time.
JOBS = {signal.SIGINT: "1", signal.SIGHUP: "2",
        signal.SIGTERM: "12", signal.SIGKILL: "12"}


def words(command, *more):
    common = EDITION if command == "archive" else EDITION[:-1]
    return [OPTIONS.parcheck, command, *more, *common]


def is_whole(text):
    """Whether findings have their end, in either form."""
    return b'"type": "summary"' in text or b"Submissions: " in text


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(dir=".")
        self.path = Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)

    def names(self):
        return sorted(entry.name for entry in self.path.iterdir())

    def run_with(self, data, *arguments, **options):
        done = subprocess.run(words(*arguments), input=data, timeout=LIMIT,
                              stderr=subprocess.PIPE, **options)
        return done.returncode, done.stderr.decode()


class Killed(InFolder):
    def kill(self, how, *arguments):
        """Kills a run that has read half of its input and not its end."""
        data = table()
        with tempfile.TemporaryFile(dir=".") as out, \
                tempfile.TemporaryFile(dir=".") as err:
            run = subprocess.Popen(words(*arguments), stdin=subprocess.PIPE,
                                   stdout=out, stderr=err)
            # All but what a pipe holds has been read then.
            run.stdin.write(data[:len(data) // 2])
            run.stdin.flush()
            if "-o" in arguments:
                self.wait_for_draft()
            run.send_signal(how)
            code = run.wait(timeout=LIMIT)
            run.stdin.close()
            err.seek(0)
            if how == signal.SIGKILL:
                self.assertEqual(code, -how)
            else:
                self.assertEqual(code, 2)
                self.assertTrue(err.read().endswith(
                    b"parcheck: interrupted; the result is not whole\n"))
                self.assertEqual(self.drafts(), [])
            out.seek(0)
            return out.read()

    def wait_for_draft(self):
        end = time.monotonic() + LIMIT
        while not self.drafts():
            self.assertLess(time.monotonic(), end, "no draft came about")
            time.sleep(0.01)

    def drafts(self):
        return [name for name in self.names() if name.startswith("out.")]

    def test_a_file_gets_no_name_or_keeps_what_it_had(self):
        for how in KILLING:
            for command in ("archive", "rollup"):
                for jobs in JOBS[how]:
                    with self.subTest(how=how, command=command, jobs=jobs):
                        out = self.path / "out"
                        more = ["-o", str(out), "--jobs", jobs]
                        self.kill(how, command, "-", *more)
                        self.assertFalse(out.exists())
                        for name in self.drafts():
                            draft = self.path / name
                            self.assertFalse(is_whole(draft.read_bytes()))
                            draft.unlink()
                        out.write_bytes(b"before")
                        if command == "rollup":
                            more.append("--force")
                        self.kill(how, command, "-", *more)
                        self.assertEqual(out.read_bytes(), b"before")
                        for name in self.names():
                            (self.path / name).unlink()

    def test_standard_output_has_no_end(self):
        for how in KILLING:
            for form in ("ndjson", "text"):
                for jobs in JOBS[how]:
                    with self.subTest(how=how, form=form, jobs=jobs):
                        out = self.kill(how, "archive", "-", "--format", form,
                                        "--jobs", jobs)
                        self.assertFalse(is_whole(out))
        self.assertEqual(self.kill(signal.SIGTERM, "rollup", "-"), b"")

    def test_two_files_at_a_time(self):
        out, report = self.path / "out", self.path / "out.report"
        self.kill(signal.SIGINT, "rollup", "-", "-o", str(out), "--report",
                  str(report))
        self.assertEqual(self.names(), [])

    def test_a_signal_that_is_ignored(self):
        """As under nohup."""
        run = subprocess.Popen(
            words("archive", "-"), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        run.stdin.write(HEADING)
        run.stdin.flush()
        run.send_signal(signal.SIGHUP)
        out, _ = run.communicate(submission(1, 4), timeout=LIMIT)
        self.assertEqual(run.returncode, 0)
        self.assertTrue(is_whole(out))


class Full(InFolder):
    """No byte more than a tenth of the result can be written to a file."""

    ROOM = 1 << 17

    @staticmethod
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (Full.ROOM, Full.ROOM))

    def test_a_file_on_a_full_disk(self):
        # For totals that are that long, each unit is above another one.
        data = table() + HEADING + b"".join(
            b"Y%05d,P%05d,2023-Q1,6,2.1,1\n" % (i, i) for i in range(4000))
        for command, option in (("archive", "-o"), ("rollup", "-o"),
                                ("rollup", "--report")):
            for jobs in ("1", "2"):
                with self.subTest(command=command, option=option, jobs=jobs):
                    out = self.path / "out"
                    more = [option, str(out), "--jobs", jobs]
                    code, err = self.run_with(
                        data, command, "-", *more, preexec_fn=self.limit,
                        stdout=subprocess.DEVNULL)
                    self.assertEqual(code, 2)
                    self.assertEqual(err.count("cannot write the file"), 1)
                    self.assertEqual(self.names(), [])

    def test_what_was_there_stays(self):
        out = self.path / "out"
        out.write_bytes(b"before")
        code, _ = self.run_with(table(), "archive", "-", "-o", str(out),
                                preexec_fn=self.limit)
        self.assertEqual(code, 2)
        self.assertEqual(out.read_bytes(), b"before")

    def test_standard_output(self):
        for more in (["archive", "-"], ["archive", "-", "--format", "text"],
                     ["rollup", "-"]):
            for jobs in ("1", "2"):
                with self.subTest(more=more, jobs=jobs), \
                        open("/dev/full", "wb") as full:
                    code, err = self.run_with(table(), *more, "--jobs", jobs,
                                              stdout=full)
                    self.assertEqual(code, 2)
                    self.assertIn("cannot write to standard output", err)


class Closed(InFolder):
    def test_the_reader_goes_after_a_line(self):
        (self.path / "in.csv").write_bytes(table() + b"".join(
            b"Y%05d,P%05d,2023-Q1,6,2.1,1\n" % (i, i) for i in range(4000)))
        for more in (["archive"], ["archive", "--format", "text"], ["rollup"]):
            for jobs in ("1", "2"):
                with self.subTest(more=more, jobs=jobs), \
                        open(self.path / "err", "w+b") as err:
                    run = subprocess.Popen(
                        words(*more, str(self.path / "in.csv"), "--jobs", jobs),
                        stdout=subprocess.PIPE, stderr=err)
                    self.assertTrue(run.stdout.readline().endswith(b"\n"))
                    run.stdout.close()
                    self.assertEqual(run.wait(timeout=LIMIT), 2)
                    err.seek(0)
                    self.assertTrue(err.read().endswith(
                        b"parcheck: cannot write to standard output\n"))


class Unread(InFolder):
    """What cannot be read: no file comes about, and one that is there stays."""

    def check(self, *more):
        out = self.path / "out"
        for command in ("archive", "rollup"):
            with self.subTest(command=command, more=more):
                force = ["--force"] if command == "rollup" else []
                code, err = self.run_with(table(10), command, *more, "-o",
                                          str(out), stdout=subprocess.PIPE)
                self.assertEqual(code, 2)
                self.assertEqual(err.count("\n"), 1, err)
                self.assertFalse(out.exists())
                out.write_bytes(b"before")
                code, _ = self.run_with(table(10), command, *more, "-o",
                                        str(out), *force,
                                        stdout=subprocess.PIPE)
                self.assertEqual(code, 2)
                self.assertEqual(out.read_bytes(), b"before")
                out.unlink()

    def test_no_input(self):
        self.check(str(self.path / "none.csv"))

    def test_a_folder(self):
        self.check(str(self.path))

    def test_no_hierarchy(self):
        self.check("-", "--hierarchy", str(self.path / "none.csv"))

    def test_a_hierarchy_that_ends_within_a_record(self):
        units = self.path / "units.csv"
        units.write_bytes(b'unit,parent,name\nX00001,T,"Commune')
        self.check("-", "--hierarchy", str(units))


class Cut(InFolder):
    """An input that ends within a record is one that was not read to its end;
    if its last row is whole, nobody can tell."""

    def run_on(self, data, *options):
        done = subprocess.run(words("archive", "-", *options), input=data,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False, timeout=LIMIT)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode == 2:
            self.assertIn(b"parcheck: -:%d: " % (data.count(b"\n") + 1),
                          done.stderr)
            self.assertNotIn("summary", [line["type"] for line in lines])
        else:
            self.assertEqual(lines[-1]["type"], "summary")
        codes = {line["code"] for line in lines if line["type"] == "finding"}
        return done.returncode, codes - {"row.missing"}, done.stdout

    def test_within_a_record(self):
        # More than one block for each thread.
        whole = HEADING + b"".join(submission(i, 4) for i in range(9000))
        last = whole[:-1].rindex(b"\n") + 1
        for quoted in (False, True):
            text = whole
            if quoted:
                text = whole[:last] + b'"' + whole[last:-1] + b'"\n'
            for cut in (last + 2, last + 7, len(text) - 3, len(text) - 1):
                with self.subTest(quoted=quoted, cut=cut):
                    one = self.run_on(text[:cut], "--jobs", "1")
                    self.assertEqual(one[0], 0 if cut == len(text) - 1
                                     and not quoted else 2)
                    self.assertEqual(one,
                                     self.run_on(text[:cut], "--jobs", "2"))
                    if cut == last + 2:
                        self.assertEqual(
                            self.run_on(text[:cut], "--unsorted")[0], 2)

    def test_where_it_is_cut(self):
        rows = HEADING + submission(1, 4)
        line = rows[:-1].rindex(b"\n") + 1
        for data, cut in {
                rows: False,
                rows[:-1]: False,
                rows[:-3]: True,
                rows[:line + 1]: True,
                rows[:-2] + b'"1': True,
                # A quote that is open over lines is read again by line.
                rows[:line] + b'"a\nb': True,
                rows[:line] + b'"a\nb\n': False,
                # A line that is short but whole, and what is no row at all.
                rows[:-3] + b"\n": False,
                rows[:-3] + b"\r": False,
                rows + b"  ": False,
                rows + b"\x1a": False,
                rows + b',,"",': False}.items():
            for text in data, data.decode().encode("utf-16"):
                with self.subTest(text=text[-12:]):
                    self.assertEqual(self.run_on(text)[0] == 2, cut)


    def test_no_totals(self):
        rows = HEADING + submission(1, 4)
        for data, code in (rows, 0), (rows[:-3], 2):
            done = subprocess.run(words("rollup", "-"), input=data,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=False,
                                  timeout=LIMIT)
            self.assertEqual(done.returncode, code)
            self.assertEqual(done.stdout == b"", code == 2)


def main():
    global OPTIONS
    parser = argparse.ArgumentParser()
    parser.add_argument("--parcheck", required=True)
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.parcheck = os.path.abspath(OPTIONS.parcheck)
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
