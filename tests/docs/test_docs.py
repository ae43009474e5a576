"""Runs what the documents show.

usage: test_docs.py --parcheck PATH --root DIR [--build-dir DIR]

Prints a line for each thing that is not as the documents say and a last line
"N passed, M failed". Ends with 1 on a failure or if nothing ran.

Every fenced block of a document stands behind an HTML comment that says what
it is. Each document has a folder of its own, in which its blocks run in turn:

  <!-- file: NAME -->     the content of a file, which is written there
  <!-- append: NAME -->   the same, behind what is there
  <!-- run: exit=1 -->    "$ parcheck ..." and its output, both streams, to
                          the byte; a line "[...]" stands for any lines. The
                          exit code is 0 if it is not given. With in=root it
                          runs in the folder of the project.
  <!-- c -->              a program that is compiled, linked to the static
                          library of --build-dir and run in the folder of the
                          project, if there is a build folder
  <!-- output: exit=1 --> what the program before it prints
  <!-- verdicts -->       lines "CHECK | VALUES | VERDICT, REASON", see below
  <!-- errors -->         lines "CHECK | COLUMN | MESSAGE" of rules that are
                          refused
  <!-- shell -->          commands that are not run, but the scripts and
                          presets that they name have to be there
  <!-- text -->           anything else

VALUES gives a cell to each name of the check: "a=5 b=_ c=12,5"; "_" is blank,
"?" is missing. In a check with children(a), "a:1=5 a:2=_" are the cells of the
units below. The first letter says of which kind an indicator is: m amount, p
percent, k choice, any other count.

Besides, links and names of files have to lead somewhere, the table of finding
codes has to be that of the program, and the anchors of a page have to exist.
"""

import argparse
import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md",
             "docs/ARCHITECTURE.md", "docs/ARCHIVE.md", "docs/SCHEMA.md",
             "docs/EXPLANATIONS.md", "docs/PERFORMANCE.md",
             "docs/INJECTED-ERRORS.md"]
FINDINGS_TABLE = "docs/ARCHITECTURE.md"
TIME_LIMIT = 60

FENCE = re.compile(r"^```(\w*)$")
COMMENT = re.compile(r"^<!-- (\w+)(?:: (.+?))? -->$")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FOLDERS = ("bench", "cli", "cmake", "docs", "examples", "include", "lib", "schemas",
           "scripts", "tests")
CATALOGUE = re.compile(r'PC_FINDING\(\w+,\s*"([^"]+)",\s*(\w+)')
KINDS = {"m": "amount", "p": "percent", "k": "choice"}
WORDS = {"if", "then", "and", "or", "not", "in", "reported", "blank",
         "children", "previous", "year_before", "percent"}


class Wrong(Exception):
    """What a document says is not so."""


def blocks(text):
    """(line, directive, argument, content) of each fenced block."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if not fence:
            at += 1
            continue
        comment = COMMENT.match(lines[at - 1]) if at > 0 else None
        start = at + 1
        at = lines.index("```", start)
        content = "".join(line + "\n" for line in lines[start:at])
        directive = comment.group(1) if comment else None
        yield start, directive, comment and comment.group(2) or "", content
        at += 1


def options(argument):
    """ "exit=1 in=root" as a dictionary."""
    return dict(word.split("=", 1) for word in argument.split())


def expand(words, folder):
    """File names for the words with "*", as a shell gives them."""
    expanded = []
    for word in words:
        found = sorted(str(path.relative_to(folder))
                       for path in folder.glob(word)) if "*" in word else []
        expanded += found or [word]
    return expanded


def compare(expected, actual):
    """Raises if the texts differ; "[...]" stands for any lines."""
    parts = [re.escape(part) for part in
             re.split(r"^\[\.\.\.\]\n", expected, flags=re.MULTILINE)]
    if not re.fullmatch("(?:.*\n)*?".join(parts), actual):
        raise Wrong("the output is\n" + actual)


class Page:
    """One document, with the folder in which its blocks run."""

    def __init__(self, tests, name, folder):
        self.tests = tests
        self.name = name
        self.folder = folder
        self.program = None

    def run(self, command, folder):
        environment = {**os.environ, "LC_ALL": "C"}
        return subprocess.run(
            command, cwd=folder, env=environment, text=True,
            encoding="utf-8", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=TIME_LIMIT)

    def parcheck(self, arguments, folder):
        return self.run([self.tests.parcheck, *arguments], folder)

    def file(self, name, content, mode="w"):
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder):
            raise Wrong("the file is outside of the folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, mode, encoding="utf-8", newline="") as file:
            file.write(content)

    def console(self, argument, content):
        wanted = options(argument)
        folder = self.tests.root if wanted.get("in") == "root" else self.folder
        parts = re.split(r"^\$ (.*)\n", content, flags=re.MULTILINE)
        if parts[0] or len(parts) != 3:
            raise Wrong("one command per block, please")
        words = shlex.split(parts[1])
        if Path(words[0]).name != "parcheck":
            raise Wrong("this is no command of parcheck")
        done = self.parcheck(expand(words[1:], folder), folder)
        if done.returncode != int(wanted.get("exit", "0")):
            raise Wrong(f"exit code {done.returncode}\n{done.stdout}")
        compare(parts[2], done.stdout)

    def c(self, content):
        if self.tests.build_dir is None:
            return
        source = self.folder / "example.c"
        source.write_text(content, encoding="utf-8")
        self.program = self.folder / "example"
        done = self.run([*self.tests.compiler(), source, "-o", self.program,
                         *self.tests.libraries()], self.folder)
        if done.returncode != 0 or done.stdout:
            raise Wrong("compiling says\n" + done.stdout)

    def output(self, argument, content):
        if self.tests.build_dir is None:
            return
        if self.program is None:
            raise Wrong("there is no program before it")
        done = self.run([self.program], self.tests.root)
        if done.returncode != int(options(argument).get("exit", "0")):
            raise Wrong(f"exit code {done.returncode}\n{done.stdout}")
        compare(content, done.stdout)

    def shell(self, content):
        presets = json.loads((self.tests.root / "CMakePresets.json")
                             .read_text(encoding="utf-8"))
        known = {preset["name"] for preset in presets["configurePresets"]}
        for word in re.findall(r"--preset[ =](\S+)", content):
            if word not in known:
                raise Wrong(f"there is no preset {word}")
        for word in re.findall(r"(?:^|\s)((?:scripts|tests)/\S+)", content):
            # Capitals stand for a name that the reader puts there.
            if "TARGET" not in word and not (self.tests.root / word).exists():
                raise Wrong(f"there is no {word}")


class Scratch:
    """A small schema made for one check, and the values it is judged on."""

    def __init__(self, check, values=""):
        self.check = check
        self.children = "children(" in check
        names = re.findall(r"[a-z][a-z0-9_]*", check)
        self.names = list(dict.fromkeys(n for n in names if n not in WORDS))
        self.values = dict(word.split("=", 1) for word in values.split())
        unknown = {key.split(":")[0] for key in self.values} - set(self.names)
        if unknown:
            raise Wrong(f"the check does not name {unknown}")

    def write(self, folder):
        family = Path(folder) / "family"
        family.mkdir()
        rows = [["form", "code", "name", "label", "unit", "kind", "level",
                 "choices"]]
        if self.children:
            rows.append(["1", "", "stt", "STT", "", "text", "", ""])
            (family / "roles.csv").write_text(
                "role,code,parent,vi,en\nwhole,I,,a,a\npart,#,whole,a,a\n")
        rows.append(["1", "0", "anchor", "row", "", "count", "", ""])
        for i, name in enumerate(self.names):
            kind = KINDS.get(name[0], "count")
            rows.append(["1", str(i + 1), name, f"row {name}", "", kind, "",
                         "0 = no; 1 = yes" if kind == "choice" else ""])
        save(family / "edition.csv", rows)
        save(family / "rules.csv",
             [["id", "check", "severity", "vi", "en", "basis"],
              ["rule", self.check, "error", "a", "a", "a"]])
        if self.children:
            save(Path(folder) / "data.csv", self.table())
        else:
            save(Path(folder) / "data.csv", self.form())
        return str(family)

    def cell(self, key):
        value = self.values.get(key, "?")
        return "" if value == "_" else value

    def form(self):
        # The first row keeps the form there when every cell is missing.
        rows = [["form", "code", "value"], ["1", "0", "1"]]
        for i, name in enumerate(self.names):
            if self.cell(name) != "?":
                rows.append(["1", str(i + 1), self.cell(name)])
        return rows

    def table(self):
        units = sorted({key.split(":")[1] for key in self.values
                        if ":" in key})
        rows = [["stt", *self.names],
                ["I", *(self.cell(name) for name in self.names)]]
        for unit in units:
            rows.append([unit, *(self.cell(f"{name}:{unit}")
                                 for name in self.names)])
        return rows


def save(path, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def table_lines(content):
    """The fields of each line "A | B | C"."""
    for line in content.splitlines():
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split(" | ")]
        if len(fields) != 3:
            raise Wrong(f"not three fields: {line}")
        yield fields


def verdict_of(page, check, values):
    with tempfile.TemporaryDirectory() as folder:
        schema = Scratch(check, values).write(folder)
        done = page.parcheck(["check", "data.csv", "--schema", schema,
                              "--verdicts", "--format", "json"], folder)
    if done.returncode > 1:
        raise Wrong(f"{check}: {done.stdout}")
    verdicts = json.loads(done.stdout)["verdicts"]
    if not verdicts:
        raise Wrong(f"{check}: was not judged")
    reason = verdicts[0]["reason"]
    return verdicts[0]["verdict"] + (f", {reason}" if reason else "")


def run_verdicts(page, content):
    for check, values, expected in table_lines(content):
        actual = verdict_of(page, check, values)
        if actual != expected:
            raise Wrong(f"{check} | {values} | {actual}")


def run_errors(page, content):
    for check, column, message in table_lines(content):
        with tempfile.TemporaryDirectory() as folder:
            schema = Scratch(check).write(folder)
            done = page.parcheck(["schema", "lint", schema], folder)
        expected = f"parcheck: {schema}/rules.csv:2:{column}: {message}\n"
        if done.returncode != 1 or done.stdout != expected:
            raise Wrong(f"{check}: exit code {done.returncode}\n{done.stdout}")


def run_block(page, directive, argument, content):
    """True if something was run."""
    actions = {
        "file": lambda: page.file(argument, content),
        "append": lambda: page.file(argument, content, "a"),
        "run": lambda: page.console(argument, content),
        "c": lambda: page.c(content),
        "output": lambda: page.output(argument, content),
        "verdicts": lambda: run_verdicts(page, content),
        "errors": lambda: run_errors(page, content),
        "shell": lambda: page.shell(content),
        "text": lambda: None,
    }
    if directive not in actions:
        raise Wrong("no comment in front of the block says what it is")
    actions[directive]()
    return directive not in ("file", "append", "shell", "text")


def without_blocks(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text):
    """The anchors of the headings, as the usual viewers make them."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", without_blocks(text),
                              re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(words.replace(" ", "-"))
    return found


def check_links(root, name, text):
    here = (root / name).parent
    for target in LINK.findall(without_blocks(text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        page = here / path if path else root / name
        if not page.exists():
            raise Wrong(f"the link {target} leads nowhere")
        if anchor and anchor not in anchors(page.read_text(encoding="utf-8")):
            raise Wrong(f"the link {target} has no such heading")


def is_path(word):
    """Whether `word` can only be meant as a file of the project."""
    return (re.fullmatch(r"[\w.*-]+(/[\w.*-]+)+/?", word) is not None
            and word.split("/")[0] in FOLDERS)


def check_names(root, text):
    for word in CODE.findall(without_blocks(text)):
        if is_path(word) and not list(root.glob(word.rstrip("/"))):
            raise Wrong(f"there is no file {word}")


def check_findings(root, text):
    """The table of codes says what the catalogue says, in its order."""
    source = (root / "lib/finding/catalogue.def").read_text(encoding="utf-8")
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    catalogue = [(code, severity.lower())
                 for code, severity in CATALOGUE.findall(source)]
    table = re.findall(r"^\| `([a-z]+\.[a-z0-9-]+)` \| (\w+)", text,
                       re.MULTILINE)
    if not catalogue or table != catalogue:
        raise Wrong("the table of codes differs from the catalogue: "
                    f"{sorted(set(table) ^ set(catalogue))}")


class Tests:
    def __init__(self, arguments):
        self.parcheck = str(Path(arguments.parcheck).resolve())
        self.root = Path(arguments.root).resolve()
        self.build_dir = arguments.build_dir
        self.passed = 0
        self.failed = 0
        self.ran = 0

    def cache(self, key):
        text = (Path(self.build_dir) / "CMakeCache.txt").read_text()
        match = re.search(rf"^{key}:\w+=(.*)$", text, re.MULTILINE)
        return match.group(1) if match else ""

    def compiler(self):
        flags = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                 "-DPARCHECK_STATIC", f"-I{self.root / 'include'}"]
        if self.cache("PARCHECK_SANITIZE") in ("ON", "1", "TRUE"):
            flags.append("-fsanitize=address,undefined")
        if self.cache("PARCHECK_COVERAGE") in ("ON", "1", "TRUE"):
            flags.append("--coverage")
        return [self.cache("CMAKE_C_COMPILER"), *flags]

    def libraries(self):
        return [str(Path(self.build_dir).resolve() / "libparcheck.a"),
                self.cache("CSV_LIBRARY"), "-lutf8proc"]

    def attempt(self, place, action):
        try:
            self.ran += bool(action())
            self.passed += 1
        except (Wrong, ValueError, OSError, subprocess.SubprocessError) as e:
            self.failed += 1
            print(f"{place}: {e}")

    def run_page(self, name):
        text = (self.root / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            page = Page(self, name, Path(folder).resolve())
            for line, directive, argument, content in blocks(text):
                self.attempt(f"{name}:{line}", lambda: run_block(
                    page, directive, argument, content))
        self.attempt(name, lambda: check_links(self.root, name, text))
        self.attempt(name, lambda: check_names(self.root, text))
        if name == FINDINGS_TABLE:
            self.attempt(name, lambda: check_findings(self.root, text))


def main():
    parser = argparse.ArgumentParser(
        description="Runs what the documents show.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--build-dir")
    tests = Tests(parser.parse_args())
    for name in DOCUMENTS:
        tests.run_page(name)
    if tests.ran == 0:
        print("no example ran")
    print(f"{tests.passed} passed, {tests.failed} failed")
    return 0 if tests.failed == 0 and tests.ran > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
