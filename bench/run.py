"""Runs the programs of the benchmark side by side and compares them.

usage: run.py --build-dir DIR [--quick] [--update] [--parts LIST]
              [--rounds N] [--smoke]

bench/archive.sh builds what this needs. In each round every program runs
once, one after the other, so that a change in what else the machine does
meets all of them; the tables have the medians. A program that does not find
the same failures as the others, or not all that were put into the data,
ends the run with exit code 1. Without valgrind there are no instruction
counts; a program that is not there is named at the end.

--smoke does all this once over a few submissions: a test of the benchmark.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
DOCUMENT = ROOT / "docs" / "PERFORMANCE.md"
EDITION = "gia-lai-2022"
ROWS = 161                  # of one submission, as prepare.py says
SEED = 20230401
FORM = ROOT / "tests" / "data" / "kong-chro-2022-h1.csv"

# One run: seconds passed, seconds of processor time, MiB at the peak.
Cost = namedtuple("Cost", "wall cpu peak")

# check: does it print the failures it finds?
Program = namedtuple("Program", "name command check")


class Failed(Exception):
    pass


class Bench:
    def __init__(self, options):
        self.options = options
        self.build = Path(options.build_dir).resolve()
        self.programs_dir = self.build / "bench"
        self.prepared = self.programs_dir / "prepared"
        self.work = self.programs_dir / "run"
        self.work.mkdir(exist_ok=True)
        self.parcheck = str(self.build / "parcheck")
        self.missing = []
        self.node = os.environ.get("PARCHECK_BENCH_NODE",
                                   str(self.build / "node"))
        os.environ["PARCHECK_BENCH_NODE"] = self.node

    def built(self, name):
        return str(self.programs_dir / ("bench_" + name))

    # ------------------------------------------------------- programs ----

    def check_command(self, data, explain=True, jobs=1):
        command = [self.parcheck, "archive", data, "--edition", EDITION,
                   "--jobs", str(jobs), "--max-findings", "100000000"]
        return command + ([] if explain else ["--no-explain"])

    def programs(self, data):
        """All programs that are there; names the others."""
        found = [Program("libcsv, empty callbacks",
                         [self.built("libcsv"), data], False)]
        for name, explain, jobs in (
                ("parcheck, 1 job, no explanations", False, 1),
                ("parcheck, 1 job", True, 1),
                ("parcheck, 2 jobs, no explanations", False, 2),
                ("parcheck, 2 jobs", True, 2)):
            found.append(Program(name, self.check_command(data, explain, jobs),
                                 True))
        duckdb = ["node", PEERS / "duckdb.mjs", self.prepared, data]
        if shutil.which("node") and (
                Path(self.node) / "node_modules" / "@duckdb").is_dir():
            found.append(Program("DuckDB, 1 thread", duckdb + ["1"], True))
            found.append(Program("DuckDB, 2 threads", duckdb + ["2"], True))
        else:
            self.lacks("DuckDB (npm @duckdb/node-api)")
        for tool, name, command in (
                ("python3", "Python, csv and Decimal",
                 [sys.executable, PEERS / "python.py"]),
                ("Rscript", "R, read.csv and vectors",
                 ["Rscript", "--vanilla", PEERS / "base.R"]),
                ("sqlite3", "SQLite", ["sh", PEERS / "sqlite.sh"])):
            if shutil.which(tool):
                found.append(Program(name, command + [self.prepared, data],
                                     True))
            else:
                self.lacks("%s (%s)" % (name, tool))
        return found

    def lacks(self, name):
        if name not in self.missing:
            self.missing.append(name)
            print("NOT RUN: %s" % name, file=sys.stderr)

    # ------------------------------------------------------- running -----

    def generate(self, submissions, every):
        """The path of the table, and the failures that are in it."""
        name = self.work / ("%d-%d" % (submissions, every))
        data, failures = "%s.csv" % name, "%s.failures" % name
        subprocess.run([self.built("generate"), str(submissions), str(every),
                        str(SEED), data, failures], check=True)
        with open(failures, encoding="utf-8") as stream:
            return data, set(stream.read().splitlines()[1:])

    def run(self, command):
        """The cost of a command and what it printed."""
        output = self.work / "output"
        done = subprocess.run(
            [self.built("measure"), str(output)] + [str(c) for c in command],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        words = done.stdout.split()
        if done.returncode or len(words) != 4 or words[3] not in ("0", "1"):
            raise Failed("%s\n%s%s" % (command, done.stdout, done.stderr))
        wall, cpu, peak = (int(word) for word in words[:3])
        return Cost(wall / 1e9, cpu / 1e6, peak / 1024), output

    def instructions(self, command):
        """How many instructions a command takes, or None."""
        if not shutil.which("valgrind"):
            self.lacks("instruction counts (valgrind)")
            return None
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
            + [str(c) for c in command],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        found = re.search(r"Collected : (\d+)", done.stderr)
        if done.returncode not in (0, 1) or not found:
            raise Failed("%s\n%s" % (command, done.stderr))
        return int(found.group(1))

    def rounds(self, programs, rounds, look=None):
        """{name: median Cost}; look(program, output) sees the first output
        of each."""
        costs = {program.name: [] for program in programs}
        for turn in range(rounds):
            for program in programs:
                cost, output = self.run(program.command)
                costs[program.name].append(cost)
                if turn == 0 and look:
                    look(program, output)
            if rounds < 20:
                print("round %d of %d" % (turn + 1, rounds), file=sys.stderr)
        return {name: Cost(*(statistics.median(each) for each in zip(*runs)))
                for name, runs in costs.items()}

    # ------------------------------------------------------- the parts ---

    def archive(self, submissions, every, rounds):
        data, planted = self.generate(submissions, every)
        across = (self.prepared / "across.txt").read_text().split()
        agreed = {}

        def look(program, output):
            if not program.check:
                return
            found = failures_of(output, across)
            if len(found) != len(set(found)):
                raise Failed("%s names a failure twice" % program.name)
            agreed.setdefault("names", program.name)
            agreed.setdefault("found", set(found))
            compare(agreed, program.name, set(found))
            if planted - set(found):
                raise Failed("%s does not find %s" % (
                    program.name, sorted(planted - set(found))[:3]))

        programs = self.programs(data)
        costs = self.rounds(programs, rounds, look)
        rows, size = submissions * ROWS, os.path.getsize(data)
        limit = costs["libcsv, empty callbacks"].wall
        lines = ["%s rows, %s MB, %s submissions, %d with a wrong number; all "
                 "programs that check found the same %d failures. Medians of "
                 "%d." % (thousands(rows), thousands(size // 10**6),
                          thousands(submissions), len(planted),
                          len(agreed["found"]), rounds), "",
                 "| program | seconds | processor seconds | rows per second "
                 "| × libcsv | instructions per row | peak memory |",
                 "| --- | --: | --: | --: | --: | --: | --: |"]
        counts = self.instructions_per_row(programs, data, every)
        for name, cost in costs.items():
            lines.append("| %s | %.3f | %.3f | %s | %.2f | %s | %d MB |" % (
                name, cost.wall, cost.cpu, thousands(rows / cost.wall),
                cost.wall / limit, thousands(counts.get(name)),
                round(cost.peak)))
        os.remove(data)
        return lines

    def instructions_per_row(self, programs, data, every):
        """Of libcsv and parcheck, on a part of the data: what is a process
        and what is a row is told apart by two sizes."""
        if self.options.smoke:
            return {}
        sizes = 1100, 2700
        parts = [self.generate(size, every)[0] for size in sizes]
        found = {}
        for program in programs:
            if program.command[0] in (self.parcheck, self.built("libcsv")):
                few, many = (self.instructions(
                    [part if word == data else word
                     for word in program.command]) for part in parts)
                if few is not None:
                    found[program.name] = (many - few) / (
                        (sizes[1] - sizes[0]) * ROWS)
        for part in parts:
            os.remove(part)
        return found

    def process(self, rounds):
        """One submission: a process beside cat, and calls in a process."""
        form = os.path.relpath(FORM)
        programs = [
            Program("cat", ["cat", form], False),
            Program("parcheck --version", [self.parcheck, "--version"], False),
            Program("parcheck check", [self.parcheck, "check", form], False)]
        costs = self.rounds(programs, rounds * 20)
        lines = ["The %d rows of `%s`; medians of %d processes." % (
                     len(FORM.read_bytes().splitlines()) - 1,
                     FORM.relative_to(ROOT), rounds * 20), "",
                 "| process | milliseconds | × cat | instructions |",
                 "| --- | --: | --: | --: |"]
        for program in programs:
            count = self.instructions(program.command)
            cost = costs[program.name]
            lines.append("| %s | %.2f | %.2f | %s |" % (
                program.name, cost.wall * 1e3, cost.wall / costs["cat"].wall,
                thousands(count)))
        return lines + [""] + self.calls(form, rounds * 40)

    def calls(self, form, repeats):
        """Calls in one process, with and without explanations."""
        load, validate = "parcheck_schema_load_builtin", "parcheck_validate"
        times = {}
        for explain in "0", "1":
            done = subprocess.run(
                [self.built("in_process"), str(repeats), form, explain],
                check=True, text=True, stdout=subprocess.PIPE)
            times[explain] = [int(word) / 1e3 for word in done.stdout.split()]
        lines = ["In a process that goes on, the bytes in memory, the schema "
                 "compiled; medians of %d calls." % repeats, "",
                 "| call | microseconds | instructions |",
                 "| --- | --: | --: |"]
        for name, call, explain, time in (
                ("`%s()`" % load, load, "0", times["0"][0]),
                ("`%s()`, no explanations" % validate, validate, "0",
                 times["0"][1]),
                ("`%s()`" % validate, validate, "1", times["1"][1])):
            lines.append("| %s | %.0f | %s |" % (
                name, time, thousands(self.of_call(call, form, explain))))
        return lines

    def of_call(self, function, form, explain):
        """Instructions of one call of a function."""
        if not shutil.which("valgrind"):
            return None
        counts = []
        for times in 1, 11:
            done = subprocess.run(
                ["valgrind", "--tool=callgrind", "--collect-atstart=no",
                 "--toggle-collect=" + function,
                 "--callgrind-out-file=/dev/null",
                 self.built("in_process"), str(times), form, explain],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            counts.append(int(re.search(r"Collected : (\d+)",
                                        done.stderr).group(1)))
        return (counts[1] - counts[0]) // 10

    def peak_of(self, submissions, order, jobs):
        """The memory that a table takes that is made while it is read."""
        data = str(self.work / "made")
        if os.path.exists(data):
            os.remove(data)
        os.mkfifo(data)
        maker = subprocess.Popen(
            [self.built("generate"), str(submissions), "1000", str(SEED), data,
             os.devnull] + order)
        cost, _ = self.run(self.check_command(data, jobs=jobs))
        os.remove(data)
        if maker.wait():
            raise Failed("the table was not made")
        return cost.peak

    def length(self, _):
        """Memory against the length of a table that is sorted."""
        lines = ["| sorted by | submissions | rows | memory with 1 job "
                 "| with 2 jobs |", "| --- | --: | --: | --: | --: |"]
        for name, order in (("unit and period", []),
                            ("period and unit", ["period"])):
            for submissions in 28000, 110000, 440000:
                lines.append("| %s | %s | %s | %.0f MB | %.0f MB |" % (
                    name, thousands(submissions), thousands(submissions * ROWS),
                    self.peak_of(submissions, order, 1),
                    self.peak_of(submissions, order, 2)))
        return lines

    def growth(self, rounds):
        """Rows and errors against time and instructions."""
        lines = ["| rows | submissions with a wrong number | seconds "
                 "| nanoseconds per row | instructions per row "
                 "| peak memory |",
                 "| --: | --: | --: | --: | --: | --: |"]
        sizes = [(10**n, 1000) for n in (4, 5, 6, 7)]
        errors = [(10**6, every) for every in (0, 100, 10, 1)]
        for rows, every in sizes + errors:
            submissions = round(rows / ROWS)
            data, planted = self.generate(submissions, every)
            command = self.check_command(data)
            costs = self.rounds([Program("", command, True)], rounds)[""]
            count = self.instructions(command)
            rows = submissions * ROWS
            lines.append("| %s | %d of %s | %.3f | %.0f | %s | %d MB |" % (
                thousands(rows), len(planted), thousands(submissions),
                costs.wall, costs.wall * 1e9 / rows,
                thousands(count and count / rows), round(costs.peak)))
            os.remove(data)
        return lines


# ------------------------------------------------------- failures ---------


def failures_of(path, across):
    """["rule,unit,period"] of what a program printed, without the rules
    that only parcheck judges."""
    with open(path, encoding="utf-8") as stream:
        if stream.read(1) != "{":
            stream.seek(0)
            return [line.strip().replace('"', "") for line in stream]
        stream.seek(0)
        return [",".join((each["rule"], each["unit"], each["period"]))
                for each in json_findings(stream)
                if each.get("code") == "rule.fails"
                and each["rule"] not in across]


def json_findings(stream):
    """The findings of a report of parcheck, whole or line by line."""
    first = stream.readline()
    if first.strip() == "{":
        return json.loads(first + stream.read())["findings"]
    return [json.loads(line) for line in [first] + stream.readlines()]


def compare(agreed, name, found):
    both = agreed["found"]
    if found == both:
        return
    raise Failed("%s and %s differ: %d and %d failures\n%s" % (
        agreed["names"], name, len(both), len(found), "\n".join(
            ["only the first: " + each for each in sorted(both - found)[:9]] +
            ["only the second: " + each for each in sorted(found - both)[:9]])))


def thousands(number):
    return "–" if number is None else "{:,}".format(int(number))


# ------------------------------------------------------- the document -----


def put(text, name, lines):
    """The document with a table between its two markers."""
    begin, end = "<!-- bench-%s -->" % name, "<!-- end of bench-%s -->" % name
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise Failed("%s has no place for the table %s" % (DOCUMENT, name))
    return "%s%s\n\n%s\n\n%s%s" % (before, begin, "\n".join(lines), end, after)


def machine():
    """What it ran on, without names."""
    model = re.search(r"model name\s*: (.*)",
                      Path("/proc/cpuinfo").read_text())
    return "%s, %d processors" % (model.group(1) if model else "unknown",
                                  os.cpu_count())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build-dir", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--parts", default=None)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    bench = Bench(options)
    if options.smoke:
        for every in 0, 2, 1:
            bench.archive(40, every, 1)
        print("Every program that is there finds the same failures.")
        print("Not run: %s" % (", ".join(bench.missing) or "nothing"))
        return
    submissions = 2800 if options.quick else 28000
    parts = {
        "archive": lambda: bench.archive(submissions, 1000, options.rounds),
        "process": lambda: bench.process(options.rounds),
        "length": lambda: bench.length(options.rounds),
        "growth": lambda: bench.growth(options.rounds)}
    chosen = options.parts.split(",") if options.parts else [
        name for name in parts
        if name not in ("length", "growth") or not options.quick]
    text = DOCUMENT.read_text() if options.update else ""
    for name in chosen:
        lines = parts[name]()
        print("\n".join(lines) + "\n", flush=True)
        if options.update:
            text = put(text, name, ["Measured on: %s." % machine(), ""]
                       + lines)
    if options.update:
        DOCUMENT.write_text(text)
    print("Not run: %s" % (", ".join(bench.missing) or "nothing"))


try:
    main()
except Failed as error:
    sys.exit("run.py: %s" % error)
