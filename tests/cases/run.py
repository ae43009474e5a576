#!/usr/bin/env python3
"""Whole runs of the command line, a folder a case.

usage: run.py --parcheck PATH [--update] [CASE...]

Prints a line for each thing that is not as it should be and a last line
"N passed, M failed". Ends with 1 on a failure or if no case ran.

What a folder holds:

  cmd              the arguments of parcheck on one line, as a shell splits
                   them; lines that begin with # say what the case shows
  exit             the exit code
  expected.txt     standard output with --lang en, expected.vi.txt with
                   --lang vi; nothing is expected where the file is not there
  stderr           standard error with --lang en, stderr.vi with --lang vi
  expected.json    standard output with --format json, for "check" only
  stdin            what standard input is fed
  stdout           where standard output goes: "full" (/dev/full), "closed"
                   (a pipe that nobody reads) or "terminal"; else a pipe
  env              NAME=value lines
  written/         the files that the run with --lang en has to write, in
                   folders of their own, too
  links            "NAME TARGET" lines: symbolic links, which must stay
  skip             equivalent forms that this case cannot be given in
  base             a family of tests/cases/schemas that is copied into the
                   folder where it has no file of that name
  variants         files that stand in for others, one after the other: a line
                   "== FILE" and its content. The case is run for each; what
                   is expected holds the outputs of all, each below that line.

In what is expected, <version> stands for the version of the program and
<digest FAMILY/EDITION> for the digest of the tables, which is worked out
here. Everything else is compared to the byte.

A case of "fix" or "fill" must leave its other files as they are, and write no
file that is not in written/.

A case of "check" that ends with a report is run again in forms that must not
change a byte of the report: its files with a byte order mark, with CR LF,
with CR, in reverse order; a single file from standard input in odd pieces.
One of "check" or "schema" is run again in other locales and time zones.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIME_LIMIT = 60
WIDTH = 80
TOP_KEYS = ["parcheck", "schemas", "inputs", "summary", "findings"]
FINDING_KEYS = ["code", "severity", "rule", "unit", "unit_code", "period",
                "message", "left", "relation", "right", "difference", "cells",
                "cause", "explanations"]
CELL_KEYS = ["name", "form", "code", "label", "literal", "input", "line",
             "column", "address"]
# Whose cell it is, where that is not said of the finding.
OWNER_KEYS = ["unit", "unit_code", "period"]
LOCALES = [
    {"TZ": "<+1245>-12:45"},
    {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8"},
    {"LC_ALL": "vi_VN.UTF-8", "LANGUAGE": "vi"},
    {"LANG": "tr_TR.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"},
]


class Run:
    """What one run of the program gave."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err


def digests(root):
    """{digest: "family/edition"} of the families below the folder."""
    found = {}
    for rules in sorted(root.glob("**/rules.csv")):
        tables = sorted(rules.parent.glob("*.csv"), key=lambda t: t.name)
        common = ("family.csv", "roles.csv", "rules.csv")
        for edition in tables:
            if edition.name in common:
                continue
            sha = hashlib.sha256()
            for table in tables:
                if table.name in common or table == edition:
                    data = table.read_bytes()
                    sha.update(table.name.encode() + b"\0")
                    sha.update(len(data).to_bytes(8, "big") + data)
            found["sha256:" + sha.hexdigest()] = "%s/%s" % (
                rules.parent.name, edition.stem)
    return found


class Names:
    """Puts names for what changes with every release or table."""

    def __init__(self, version, folders):
        self.version = version.encode()
        self.digests = {}
        for folder in folders:
            self.add(folder)

    def add(self, folder):
        self.digests.update(digests(folder))

    def put(self, text):
        text = text.replace(b"parcheck " + self.version, b"parcheck <version>")
        text = text.replace(b'"parcheck": "%s"' % self.version,
                            b'"parcheck": "<version>"')
        return re.sub(rb"sha256:[0-9a-f]{64}", self.name_digest, text)

    def name_digest(self, match):
        name = self.digests.get(match.group().decode())
        return b"<digest %s>" % name.encode() if name else match.group()


def read_terminal(master):
    """All that comes from a terminal until its other end is closed."""
    pieces = []
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            piece = b""
        if not piece:
            os.close(master)
            return b"".join(pieces).replace(b"\r\n", b"\n")
        pieces.append(piece)


def feed(pipe, data):
    """Writes in odd pieces; the program need not read to the end."""
    sizes = [1, 7, 1, 613, 4097]
    try:
        while data:
            size = sizes.pop(0) if sizes else 65537
            pipe.write(data[:size])
            pipe.flush()
            data = data[size:]
        pipe.close()
    except BrokenPipeError:
        pass


def run_program(arguments, folder, env, stdin=b"", stdout="pipe"):
    master = None
    target = subprocess.PIPE
    if stdout == "full":
        target = os.open("/dev/full", os.O_WRONLY)
    elif stdout == "closed":
        reader, target = os.pipe()
        os.close(reader)
    elif stdout == "terminal":
        master, target = pty.openpty()
    clean = {"PATH": os.environ.get("PATH", "")}
    clean.update({name: value for name, value in os.environ.items()
                  if name.endswith("SAN_OPTIONS") or name.startswith("GCOV_")})
    clean.update(env)
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            arguments, cwd=folder, env=clean, stdin=subprocess.PIPE,
            stdout=target, stderr=errors)
        if target != subprocess.PIPE:
            os.close(target)
        feed(process.stdin, stdin)
        out = b""
        if master is not None:
            out = read_terminal(master)
        elif process.stdout is not None:
            out = process.stdout.read()
            process.stdout.close()
        code = process.wait(TIME_LIMIT)
        errors.seek(0)
        return Run(code, out, errors.read())


# ---- what every output must be ---------------------------------------------

def width_of(line):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def check_text(out):
    """What is wrong with a text report, whatever it says."""
    try:
        text = out.decode("utf-8")
    except UnicodeDecodeError as error:
        return ["text is not UTF-8: %s" % error]
    if not text.endswith("\n"):
        return ["text does not end with a line feed"]
    wrong = []
    for number, line in enumerate(text[:-1].split("\n"), 1):
        if width_of(line) > WIDTH:
            wrong.append("line %d is %d columns wide" % (
                number, width_of(line)))
        if any(unicodedata.category(c) in ("Cc", "Cf") for c in line):
            wrong.append("line %d holds a control character" % number)
        if line != line.rstrip():
            wrong.append("line %d ends with a blank" % number)
    return wrong


def check_cells(cells, data, of):
    wrong = []
    for cell in cells:
        owner = [key for key in OWNER_KEYS if key in cell]
        if list(cell) != CELL_KEYS + owner:
            wrong.append("keys of a cell: %s" % list(cell))
        if any(cell[key] == of[key] for key in owner):
            wrong.append("whose a cell is, is said twice: %s" % cell)
        if not 0 <= cell["input"] < len(data["inputs"]):
            wrong.append("a cell of input %s" % cell["input"])
        if cell["line"] < 1:
            wrong.append("a cell without a line: %s" % cell)
    return wrong


def check_json(run):
    """What is wrong with a JSON report, whatever it says."""
    try:
        data = json.loads(run.out.decode("utf-8"))
    except ValueError as error:
        return ["JSON: %s" % error]
    wrong = []
    if [key for key in data if key != "verdicts"] != TOP_KEYS:
        wrong.append("keys of the report: %s" % list(data))
    severities = dict.fromkeys(("error", "warning", "note"), 0)
    for finding in data["findings"]:
        if list(finding) != FINDING_KEYS:
            wrong.append("keys of a finding: %s" % list(finding))
        if list(finding["message"]) != ["vi", "en"]:
            wrong.append("languages of a message")
        if not finding["cells"]:
            wrong.append("%s has no place" % finding["code"])
        wrong += check_cells(finding["cells"], data, finding)
        severities[finding["severity"]] += 1
    if severities != data["summary"]["findings"]:
        wrong.append("the summary counts other findings")
    if run.code != (1 if severities["error"] else 0):
        wrong.append("exit code %d with %d errors" % (
            run.code, severities["error"]))
    if "verdicts" in data:
        rules = dict.fromkeys(("holds", "rounding", "fails", "unknown"), 0)
        for verdict in data["verdicts"]:
            rules[verdict["verdict"]] += 1
            wrong += check_cells(verdict["cells"], data, verdict)
        if rules != data["summary"]["rules"]:
            wrong.append("the summary counts other verdicts")
    return wrong


# ---- equivalent forms ------------------------------------------------------

def with_mark(data):
    return data if data.startswith(b"\xef\xbb\xbf") else b"\xef\xbb\xbf" + data


FORMS = {
    "bom": with_mark,
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "cr": lambda data: data.replace(b"\n", b"\r"),
}


def without_names(out):
    """A JSON report but for the names of its inputs."""
    return re.sub(rb'(\n    \{\n      "name": )"[^\n]*"', rb'\1""', out)


# ---- a case ----------------------------------------------------------------

class Case:
    def __init__(self, folder, options):
        self.folder = folder
        self.name = folder.name
        self.options = options
        self.names = Names(options.version, [
            HERE.parent.parent / "schemas", HERE / "schemas", folder])
        self.wrong = []
        lines = self.text("cmd").splitlines()
        self.arguments = shlex.split(
            " ".join(line for line in lines if not line.startswith("#")))
        self.stdin = self.data("stdin")
        self.stdout = self.text("stdout").strip() or "pipe"
        self.skip = self.text("skip").split()
        self.env = dict(line.split("=", 1)
                        for line in self.text("env").splitlines())
        self.links = [line.split() for line in self.text("links").splitlines()]
        self.is_check = self.arguments[:1] == ["check"]
        self.changes_files = self.arguments[:1] in (["fix"], ["fill"])
        asked = re.search(r"--format[ =](\S+)", " ".join(self.arguments))
        self.format = asked.group(1) if asked else "text"
        self.writes = any(a in ("-o", "--help") or a.startswith("--output")
                          for a in self.arguments)
        self.inputs = [a for a in self.arguments
                       if a.endswith(".csv") and (folder / a).is_file()]

    def data(self, name):
        path = self.folder / name
        return path.read_bytes() if path.is_file() else b""

    def text(self, name):
        return self.data(name).decode("utf-8")

    def fails(self, what):
        self.wrong.append(what)

    def compare(self, name, got):
        """Holds what came out against a file of the case."""
        got = self.names.put(got)
        path = self.folder / name
        if self.options.update:
            if got:
                path.write_bytes(got)
            elif path.exists():
                path.unlink()
        want = self.data(name)
        if got == want:
            return
        got_lines = got.splitlines() + [b"(the end)"]
        want_lines = want.splitlines() + [b"(the end)"]
        for number, (g, w) in enumerate(zip(got_lines, want_lines), 1):
            if g != w:
                self.fails("%s:%d: expected %s, got %s" % (
                    name, number, shown(w), shown(g)))
                return
        self.fails("%s: the line ends differ" % name)

    def run(self, extra=(), arguments=None, env=None, transform=None,
            stdin=None, variant=None):
        """Runs in a copy of the case, with copies of what it refers to."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = self.copy(Path(scratch), transform)
            if variant is not None:
                (folder / variant[0]).write_bytes(variant[1])
            settings = dict(LOCALES[0] if env is None else env)
            settings.update(self.env)
            done = run_program(
                [self.options.parcheck] + list(extra) +
                (arguments or self.arguments), folder, settings,
                self.stdin if stdin is None else stdin, self.stdout)
            if "en" in extra:
                self.check_written(folder)
            for name, _ in self.links:
                if not (folder / name).is_symlink():
                    self.fails("the link %s is gone" % name)
        return done

    def copy(self, scratch, transform):
        """tests/cases/CASE in a folder of its own, with tests/data beside
        it, so that relative paths stay as they are."""
        folder = scratch / "cases" / self.name
        for base in self.text("base").split():
            shutil.copytree(HERE / "schemas" / base, folder / base)
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        if self.text("base"):
            self.names.add(folder)
        for name, target in self.links:
            (folder / name).symlink_to(target)
        shutil.copytree(HERE / "schemas", scratch / "cases" / "schemas")
        shutil.copytree(HERE.parent / "data", scratch / "data")
        for name in set(self.inputs) if transform is not None else ():
            path = folder / name
            path.write_bytes(transform(path.read_bytes()))
        return folder

    def files(self, folder):
        return {path.relative_to(folder).as_posix(): path
                for path in folder.rglob("*") if path.is_file()}

    def check_written(self, folder):
        written = self.files(self.folder / "written")
        made = self.files(folder)
        if self.options.update and self.changes_files:
            for name in set(made) - set(self.files(self.folder)):
                if name.startswith("written/"):
                    continue
                (self.folder / "written" / name).parent.mkdir(
                    parents=True, exist_ok=True)
                written[name] = self.folder / "written" / name
        for name in sorted(written):
            if name in made:
                self.compare("written/" + name, made[name].read_bytes())
            else:
                self.fails("%s was not written" % name)
        if self.changes_files:
            self.check_kept(made, written)

    def check_kept(self, made, written):
        kept = self.files(self.folder)
        for name in sorted(made):
            if name in written or name.startswith("written/"):
                continue
            if name not in kept:
                self.fails("%s should not have been written" % name)
            elif made[name].read_bytes() != kept[name].read_bytes():
                self.fails("%s is not what it was" % name)

    def check_exit(self, run, how):
        if run.code != int(self.text("exit") or "0"):
            self.fails("%s: exit code %d, expected %s" % (
                how, run.code, self.text("exit").strip()))
        if run.code < 0 or b"Sanitizer" in run.err:
            self.fails("%s: it died: %s" % (how, shown(run.err)))

    def variants(self):
        """The files of "variants": (name, content), None if there are
        none."""
        pieces = re.split(rb"^== (.*)\n", self.data("variants"), flags=re.M)
        pairs = zip(pieces[1::2], pieces[2::2])
        return [(name.decode(), data) for name, data in pairs] or [None]

    def run_all(self, extra):
        """Runs every variant, or the case itself."""
        total = None
        for variant in self.variants():
            done = self.run(extra, variant=variant)
            if any(byte < 32 and byte != 10 for byte in done.err):
                self.fails("standard error holds a control character")
            if variant is not None:
                title = b"== " + variant[0].encode() + b"\n" + variant[1]
                done.out = title + done.out if done.out else b""
                done.err = title + done.err if done.err else b""
            if total is None:
                total = done
                continue
            if done.code != total.code:
                self.fails("%s: exit code %d" % (shown(title), done.code))
            total.out += done.out
            total.err += done.err
        return total

    def verify(self):
        english = self.run_all(["--lang", "en"])
        if self.options.update:
            (self.folder / "exit").write_text("%d\n" % english.code)
        self.check_exit(english, "en")
        vietnamese = self.run_all(["--lang", "vi"])
        self.check_exit(vietnamese, "vi")
        self.compare("expected.txt", english.out)
        self.compare("expected.vi.txt", vietnamese.out)
        self.compare("stderr", english.err)
        self.compare("stderr.vi", vietnamese.err)
        if english.code == 2 and not english.err:
            self.fails("it ends with 2 and does not say why")
        if self.variants() != [None]:
            return self.wrong
        if self.is_check and english.code != 2 and not self.writes:
            if self.stdout == "pipe" and self.format in ("text", "json"):
                self.verify_report(english, vietnamese)
        if self.arguments[:1] in (["check"], ["schema"]):
            self.verify_locales(english, vietnamese)
        return self.wrong

    def verify_report(self, english, vietnamese):
        if self.format == "json":
            wrong = check_json(english)
            if english.out != vietnamese.out:
                wrong.append("--lang changes the JSON report")
        else:
            wrong = check_text(english.out) + check_text(vietnamese.out)
            plain = self.run_json(self.arguments)
            self.check_exit(plain, "json")
            wrong += check_json(plain)
            self.compare("expected.json", plain.out)
            self.verify_forms(plain)
        for each in wrong:
            self.fails(each)

    def run_json(self, arguments, **how):
        return self.run(
            arguments=["check", "--format=json"] + arguments[1:], **how)

    def same_report(self, plain, run, how):
        if run.code != plain.code:
            self.fails("%s: exit code %d" % (how, run.code))
        if without_names(run.out) != without_names(plain.out):
            self.fails("%s: another JSON report" % how)

    def verify_forms(self, plain):
        for name, transform in FORMS.items():
            if self.inputs and name not in self.skip:
                self.same_report(plain, self.run_json(
                    self.arguments, transform=transform), name)
        if len(self.inputs) > 1:
            places = [i for i, a in enumerate(self.arguments)
                      if a in self.inputs]
            turned = list(self.arguments)
            for i, place in enumerate(places):
                turned[place] = self.arguments[places[-1 - i]]
            self.same_report(plain, self.run_json(turned), "reverse")
        if len(self.inputs) == 1 and "stdin" not in self.skip:
            piped = ["-" if a in self.inputs else a for a in self.arguments]
            data = (self.folder / self.inputs[0]).read_bytes()
            self.same_report(
                plain, self.run_json(piped, stdin=data), "stdin")

    def verify_locales(self, english, vietnamese):
        for env in LOCALES[1:]:
            said = env.get("LC_ALL") or env.get("LANG")
            expected = vietnamese if said.startswith("vi") else english
            for extra, want in (([], expected), (["--lang=vi"], vietnamese)):
                got = self.run(extra, env=env)
                if (got.code, got.out, got.err) != (
                        want.code, want.out, want.err):
                    self.fails("under %s it gives something else" % said)


def shown(text):
    """Bytes for a message: one line, not too long."""
    text = text.decode("utf-8", "backslashreplace")
    text = text if len(text) <= 300 else text[:300] + "…"
    return repr(text)


def try_case(folder, options):
    try:
        return Case(folder, options).verify()
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return ["%s: %s" % (type(error).__name__, error)]


def find_cases(wanted):
    folders = sorted(path.parent for path in HERE.glob("*/cmd"))
    if not wanted:
        return folders
    names = [folder.name for folder in folders]
    for name in wanted:
        if name not in names:
            sys.exit("run.py: there is no case %s" % name)
    return [folder for folder in folders if folder.name in wanted]


def main():
    parser = argparse.ArgumentParser(description="Whole runs of parcheck.")
    parser.add_argument("--parcheck", required=True, metavar="PATH")
    parser.add_argument("--update", action="store_true",
                        help="write what comes out as what is expected")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    options = parser.parse_args()
    options.parcheck = os.path.abspath(options.parcheck)
    options.version = subprocess.run(
        [options.parcheck, "version"], capture_output=True, check=True,
        timeout=TIME_LIMIT).stdout.decode().split()[1]
    folders = find_cases(options.cases)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = pool.map(lambda folder: try_case(folder, options), folders)
        for folder, wrong in zip(folders, results):
            for each in dict.fromkeys(wrong):
                print("FAIL %s: %s" % (folder.name, each))
            failed += bool(wrong)
    print("%d passed, %d failed" % (len(folders) - failed, failed))
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
