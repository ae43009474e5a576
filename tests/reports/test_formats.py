#!/usr/bin/env python3
"""Every report format is the same run told again.

usage: test_formats.py --parcheck PATH --root DIR

Runs each case of tests/cases that ends with a report in every format and both
languages. Each report is valid in its format, by a schema where there is one,
and tells the same findings: as many, in the same order where the format keeps
it, with the same severities, codes, rules and cells.

Prints a line for each thing that is wrong and a last line "N passed, M
failed".
"""

import argparse
import base64
import concurrent.futures
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import readers
import validators
from readers import Wrong


class Tool:
    """The program, and the schemas."""

    def __init__(self, options):
        self.parcheck = os.path.abspath(options.parcheck)
        self.root = Path(options.root).resolve()
        self.json = validators.json_validator()
        self.lines = validators.line_validators()
        self.sarif = validators.sarif_validator()
        self.junit = validators.junit_schema()

    def run(self, folder, arguments, stdin=b""):
        done = subprocess.run(
            [self.parcheck] + arguments, cwd=folder, input=stdin,
            capture_output=True, timeout=120,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
        return done.returncode, done.stdout.decode("utf-8")


def want(condition, what):
    if not condition:
        raise Wrong(what)


def valid(validator, data):
    error = validators.first_error(validator, data)
    want(error is None, error)


# ---- one format against the JSON report ----------------------------------------

def compare(name, got, wanted):
    want(len(got) == len(wanted), "%s: %d findings, not %d" % (
        name, len(got), len(wanted)))
    for g, w in zip(got, wanted):
        want(g == w, "%s: %s, not %s" % (name, g, w))


def check_text(tool, out, language, data, wanted):
    """Findings of one cause stand together: the order is another."""
    got = readers.read_text(out)
    compare("text", sorted(map(repr, (g[:3] for g in got))),
            sorted(map(repr, (tuple(w[:3]) for w in wanted))))
    for finding, short in zip(data["findings"], wanted):
        places = [cell["address"] for cell in
                  finding["cells"][:readers.SHOWN_AS_TEXT]
                  if cell["label"].strip()]
        for i, block in enumerate(got):
            if block[:3] == short[:3] and all(
                    place in block[3] for place in places):
                del got[i]
                break
        else:
            raise Wrong("text: no %s with %s" % (short[1], places))


def check_ndjson(tool, out, language, data, wanted):
    again, got, lines = readers.read_ndjson(out)
    for line in lines:
        valid(tool.lines[line["type"]], line)
    compare("ndjson", got, wanted)
    want(again == data, "ndjson: not the JSON report")


def check_csv(tool, out, language, data, wanted):
    compare("csv", readers.read_csv(out, language),
            readers.csv_rows(data, language))


def check_junit(tool, out, language, data, wanted):
    root, got = readers.read_junit(out, tool.junit)
    # A rule's findings stand with the rule: the order is another.
    compare("junit", sorted(map(repr, got)),
            sorted(map(repr, (w._replace(rule=w.rule) for w in wanted))))
    # Rules over the ceiling of findings fail, too, and are no findings.
    rules = data["summary"]["rules"]
    over = any(f["code"] == "limit.findings" for f in data["findings"])
    failures = int(root.get("failures"))
    errors = data["summary"]["findings"]["error"]
    want(failures == errors or (over and failures > errors),
         "junit: %d failures, %d errors" % (failures, errors))
    want(int(root.get("skipped")) == rules["unknown"],
         "junit: %s skipped" % root.get("skipped"))


def check_sarif(tool, out, language, data, wanted):
    log, got = readers.read_sarif(out)
    valid(tool.sarif, log)
    compare("sarif", got, wanted)
    run = log["runs"][0]
    want(run["language"] == language, "sarif: language")
    prints = [r["partialFingerprints"]["parcheck/v1"] for r in run["results"]]
    want(len(set(prints)) == len(prints), "sarif: a fingerprint twice")
    for result, finding in zip(run["results"], data["findings"]):
        text = finding["message"][language]
        text = text.replace("{", "{{").replace("}", "}}")
        text = text.replace("](", "\\](")
        want(result["message"]["text"] == text, "sarif: message")
        want(len(result.get("fixes", [])) <= len(finding["explanations"]),
             "sarif: more fixes than explanations")


def check_html(tool, out, language, data, wanted):
    root, got = readers.read_html(out)
    wanted = [w._replace(cells=w.cells[:readers.SHOWN_IN_PAGE])
              for w in wanted]
    compare("html", got, wanted)
    want(root.get("lang") == language, "html: language")
    check_policy(out, root)
    check_structure(root)


def check_policy(out, root):
    """Nothing is allowed but the style sheet, by its digest."""
    policies = [meta.get("content") for meta in root.iter("meta")
                if meta.get("http-equiv") == "Content-Security-Policy"]
    style = re.search(r"<style>(.*?)</style>", out, re.DOTALL).group(1)
    digest = base64.b64encode(
        hashlib.sha256(style.encode("utf-8")).digest()).decode()
    want(policies == ["default-src 'none'; style-src 'sha256-%s'; "
                      "base-uri 'none'; form-action 'none'" % digest],
         "html: policy %s" % policies)
    want("url(" not in style and "@import" not in style, "html: style loads")


def check_structure(root):
    """What a screen reader goes by."""
    levels = [int(e.tag[1]) for e in root.iter()
              if re.fullmatch("h[1-6]", str(e.tag))]
    want(levels[0] == 1 and levels.count(1) == 1, "html: one h1")
    for above, below in zip(levels, levels[1:]):
        want(below <= above + 1, "html: h%d below h%d" % (below, above))
    for heading in root.iter("h1", "h2", "h3", "h4"):
        want(readers.text_of(heading), "html: an empty heading")
    for table in root.iter("table"):
        want(table.find("caption") is not None or
             table.get("class") == "ops", "html: a table without a caption")
        heads = table.findall("thead/tr/th")
        want(heads or table.get("class") == "form",
             "html: a table without heads")
        for head in table.iter("th"):
            want(head.get("scope") in ("col", "row"), "html: th without scope")
        check_rows(table)
    want(len(list(root.iter("main"))) == 1, "html: one main")
    want(root.find("body")[0].get("class") == "skip", "html: no skip link")


def check_rows(table):
    widths = {sum(int(cell.get("colspan", "1")) for cell in row)
              for row in table.iter("tr")}
    want(len(widths) == 1, "html: rows of %s columns" % widths)


CHECKS = {"text": check_text, "ndjson": check_ndjson, "csv": check_csv,
          "junit": check_junit, "sarif": check_sarif, "html": check_html}


# ---- a case ---------------------------------------------------------------------

class Case:
    def __init__(self, tool, folder):
        self.tool = tool
        self.folder = folder
        lines = (folder / "cmd").read_text("utf-8").splitlines()
        self.arguments = shlex.split(
            " ".join(line for line in lines if not line.startswith("#")))
        stdin = folder / "stdin"
        self.stdin = stdin.read_bytes() if stdin.is_file() else b""

    def is_report(self):
        code = (self.folder / "exit").read_text().strip()
        return (self.arguments[:1] == ["check"] and code != "2"
                and "--help" not in self.arguments
                and not (self.folder / "variants").exists()
                and not any(a in ("-o",) or a.startswith("--output")
                            for a in self.arguments))

    def plain(self):
        """The arguments without a format or a language of their own."""
        kept = []
        skip = False
        for argument in self.arguments[1:]:
            if skip:
                skip = False
            elif argument in ("--format", "--lang"):
                skip = True
            elif not argument.startswith(("--format=", "--lang=")):
                kept.append(argument)
        return kept

    def copy(self, scratch):
        folder = scratch / "cases" / self.folder.name
        cases = self.folder.parent
        base = self.folder / "base"
        for name in base.read_text().split() if base.is_file() else []:
            shutil.copytree(cases / "schemas" / name, folder / name)
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        shutil.copytree(cases / "schemas", scratch / "cases" / "schemas")
        shutil.copytree(cases.parent / "data", scratch / "data")
        return folder

    def verify(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = self.copy(Path(scratch))
            return verify_all(self.tool, folder, self.plain(), self.stdin)


def verify_all(tool, folder, arguments, stdin=b""):
    """What is wrong with the reports of one submission."""
    if "--verdicts" not in arguments:
        arguments = arguments + ["--verdicts"]

    def report(name, language):
        return tool.run(folder, ["check", "--format", name, "--lang",
                                 language] + arguments, stdin)

    code, out = report("json", "en")
    data, wanted = readers.read_json(out)
    valid(tool.json, data)
    wrong = []
    for name, check in CHECKS.items():
        for language in ("vi", "en"):
            try:
                other, text = report(name, language)
                want(other == code, "exit code %d, not %d" % (other, code))
                check(tool, text, language, data, wanted)
            except Exception as error:
                wrong.append("%s in %s: %s" % (name, language, described(error)))
    return wrong


def described(error):
    if isinstance(error, Wrong):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return "%s: %.300s (%s:%d)" % (type(error).__name__, error,
                                   os.path.basename(last.filename),
                                   last.lineno)


def try_case(case):
    try:
        return case.verify()
    except Exception as error:
        return [described(error)]


def main():
    parser = argparse.ArgumentParser(description="Formats agree.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    tool = Tool(options)
    folders = sorted(p.parent for p in
                     (tool.root / "tests" / "cases").glob("*/cmd"))
    cases = [case for case in (Case(tool, folder) for folder in folders)
             if case.is_report() and
             (not options.cases or case.folder.name in options.cases)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, wrong in zip(cases, pool.map(try_case, cases)):
            for each in wrong:
                print("FAIL %s: %s" % (case.folder.name, each))
            failed += bool(wrong)
    print("%d passed, %d failed" % (len(cases) - failed, failed))
    return 1 if failed or len(cases) < (1 if options.cases else 50) else 0


if __name__ == "__main__":
    sys.exit(main())
