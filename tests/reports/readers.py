"""Readers of every report format, for the tests beside this file.

Each reads a report by a parser that knows nothing of parcheck and gives back
what was found in the same terms, so that formats can be held against each
other: a list of Finding, in the order of the report.
"""

import csv
import io
import json
import re
import unicodedata
from collections import namedtuple

import html5lib
from lxml import etree

FORMATS = ["text", "json", "ndjson", "csv", "junit", "sarif", "html"]
SEVERITIES = ["error", "warning", "note"]
WORDS = {
    "vi": {"Lỗi": "error", "Cảnh báo": "warning", "Ghi chú": "note"},
    "en": {"Error": "error", "Warning": "warning", "Note": "note"},
}
SHOWN_AS_TEXT = 24      # cells of a finding in the text report
SHOWN_IN_PAGE = 200     # and in the page
CSV_UNITS = 32000       # characters of a field

# cells: the places of the cells, as people are shown them
Finding = namedtuple("Finding", "severity code rule cells")


class Wrong(Exception):
    """A report is not what it has to be."""


# ---- what may be shown -------------------------------------------------------

def is_unsafe(char):
    point = ord(char)
    return (unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Co")
            or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF)


def visible(text):
    """The text as a terminal may be given it."""
    return "".join(
        " " if char in "\n\r\t" else "<U+%04X>" % ord(char)
        if is_unsafe(char) else char for char in text)


def check_harmless(text, allowed="\n"):
    for char in text:
        if char not in allowed and is_unsafe(char):
            raise Wrong("U+%04X stands in the report" % ord(char))


def place(cell, inputs):
    """What people are told of a cell's place."""
    front = "[%d] " % (cell["input"] + 1) if len(inputs) > 1 else ""
    return front + (cell["address"] or "line %d" % cell["line"])


# ---- JSON ----------------------------------------------------------------------

def no_twins(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise Wrong("a key twice: %s" % keys)
    return dict(pairs)


def load(text):
    return json.loads(text, object_pairs_hook=no_twins,
                      parse_constant=lambda name: 1 / 0)


def of_json(data):
    return [Finding(f["severity"], f["code"], f["rule"],
                    [place(cell, data["inputs"]) for cell in f["cells"]])
            for f in data["findings"]]


def read_json(out):
    check_harmless(out)
    data = load(out)
    return data, of_json(data)


def read_ndjson(out):
    """The lines put together again as the JSON report, and the findings."""
    check_harmless(out)
    if not out.endswith("\n"):
        raise Wrong("the last line has no end")
    lines = [load(line) for line in out[:-1].split("\n")]
    types = [line["type"] for line in lines]
    if types[0] != "report" or types[-1] != "summary":
        raise Wrong("lines %s ... %s" % (types[0], types[-1]))
    if types[1:-1] != sorted(types[1:-1]) or \
            not set(types[1:-1]) <= {"finding", "verdict"}:
        raise Wrong("lines out of order: %s" % types)
    data = dict(lines[0])
    data["summary"] = lines[-1]["summary"]
    data["findings"] = [l for l in lines if l["type"] == "finding"]
    data["verdicts"] = [l for l in lines if l["type"] == "verdict"]
    for name in ("findings", "verdicts"):
        data[name] = [{key: value for key, value in line.items()
                       if key != "type"} for line in data[name]]
    del data["type"]
    return data, of_json(data), lines


# ---- CSV -----------------------------------------------------------------------

FORMULA = re.compile(r"[=+\-@＝＋－＠−]")
SPACE = " \u00a0\u3000\u202f" + "".join(map(chr, range(0x2000, 0x200B)))


def as_field(text):
    """What has to stand in a CSV field for this text."""
    result = []
    at_begin = True
    units = 0
    for char in visible(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > CSV_UNITS:
            return "".join(result) + "…"
        if at_begin and FORMULA.match(char):
            result.append("'")
        result.append(char)
        at_begin = char in "\",;|'" or (at_begin and char in SPACE)
    return "".join(result)


def check_no_formula(out):
    """By every delimiter a program might take, no field begins a formula."""
    for delimiter in ",;|\t":
        for quote in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            rows = csv.reader(io.StringIO(out, newline=""),
                              delimiter=delimiter, quoting=quote)
            for row in rows:
                for cell in row:
                    if FORMULA.match(cell.strip(SPACE + "\"")[:1]):
                        raise Wrong("a formula: %.60s" % cell)


def read_csv(out, language):
    check_harmless(out[1:], "\r\n")
    if not out.startswith("\ufeff"):
        raise Wrong("no byte order mark")
    if out.count("\n") != out.count("\r\n") or not out.endswith("\r\n"):
        raise Wrong("line ends")
    check_no_formula(out[1:])
    rows = list(csv.reader(io.StringIO(out[1:], newline=""), strict=True))
    if {len(row) for row in rows} != {len(rows[0])}:
        raise Wrong("rows of %s fields" % {len(row) for row in rows})
    return [(WORDS[language][row[0]], row[1], row[2] or None, row[10])
            for row in rows[1:]]


def csv_rows(data, language):
    """The same, worked out from the JSON report."""
    blank = {"vi": "(trống)", "en": "(blank)"}[language]
    line = {"vi": "dòng", "en": "line"}[language]
    rows = []
    for finding in data["findings"]:
        cells = []
        for cell in finding["cells"]:
            where = place(cell, data["inputs"]).replace("line", line)
            cells.append("%s = %s" % (where, cell["literal"] or blank))
        rows.append((finding["severity"], finding["code"], finding["rule"],
                     as_field("; ".join(cells))))
    return rows


# ---- JUnit ---------------------------------------------------------------------

def read_junit(out, schema):
    check_harmless(out)
    root = etree.fromstring(out.encode("utf-8"),
                            etree.XMLParser(resolve_entities=False,
                                            no_network=True))
    schema.assertValid(root)
    findings = []
    total = dict.fromkeys(("tests", "failures", "skipped"), 0)
    for suite in root:
        cases = suite.findall("testcase")
        got = {"tests": len(cases),
               "failures": len(suite.findall("testcase/failure")),
               "skipped": len(suite.findall("testcase/skipped"))}
        for name, count in got.items():
            if int(suite.get(name)) != count:
                raise Wrong("%s of %s" % (name, suite.get("name")))
            total[name] += count
        for case in cases:
            findings += [of_case(case, part) for part in case
                         if part.tag in ("failure", "system-out")]
    for name, count in total.items():
        if int(root.get(name)) != count:
            raise Wrong("%s in all" % name)
    return root, findings


def of_case(case, part):
    lines = part.text.split("\n")
    severity, code = lines[0].split(" ")
    if (part.tag == "failure") != (severity == "error"):
        raise Wrong("<%s> for %s" % (part.tag, severity))
    if part.tag == "failure" and part.get("type") != code:
        raise Wrong("%s is a failure of type %s" % (code, part.get("type")))
    cells = [re.match(r"((\[\d+\] )?([A-Z]+\d+|(line|dòng) \d+)) = ", line)
             for line in lines[2:]]
    rule = case.get("name") if " " not in case.get("name") else None
    return Finding(severity, code, rule, [
        cell.group(1).replace("dòng", "line") for cell in cells if cell])


# ---- SARIF ---------------------------------------------------------------------

def sarif_place(location, inputs):
    physical = location["physicalLocation"]
    index = physical["artifactLocation"]["index"]
    front = "[%d] " % (index + 1) if len(inputs) > 1 else ""
    if "logicalLocations" in location:
        return front + location["logicalLocations"][0]["name"]
    return front + "line %d" % physical["region"]["startLine"]


def read_sarif(out):
    check_harmless(out)
    log = load(out)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    findings = []
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            raise Wrong("rule %d" % result["ruleIndex"])
        code, _, rule = result["ruleId"].partition("/")
        locations = result["locations"] + result.get("relatedLocations", [])
        for location in locations:
            artifact = location["physicalLocation"]["artifactLocation"]
            named = run["artifacts"][artifact["index"]]["location"]["uri"]
            if named != artifact["uri"]:
                raise Wrong("%s is not %s" % (named, artifact["uri"]))
        findings.append(Finding(
            result["level"], code, rule or None,
            [sarif_place(location, run["artifacts"])
             for location in locations]))
    return log, findings


# ---- HTML ----------------------------------------------------------------------

ELEMENTS = set("""
    html head meta title style body a header h1 h2 h3 h4 ul ol li span p nav
    main section article details summary table caption thead tbody tr th td
    div b i s br code footer
""".split())
ATTRIBUTES = set("""
    lang charset http-equiv content name class href id aria-label
    aria-labelledby aria-hidden role tabindex scope colspan
""".split())


def parse_page(out):
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("lxml"), strict=True,
        namespaceHTMLElements=False)
    return parser.parse(out).getroot()


def check_page(out):
    """What must hold of any page, whatever was sent: the tree."""
    check_harmless(out)
    root = parse_page(out)
    ids = [e.get("id") for e in root.iter() if e.get("id") is not None]
    if len(ids) != len(set(ids)):
        raise Wrong("ids twice: %s" % sorted(
            i for i in set(ids) if ids.count(i) > 1)[:5])
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise Wrong("a comment in the page")
        if element.tag not in ELEMENTS:
            raise Wrong("<%s>" % element.tag)
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                raise Wrong("%s=%r" % (name, value))
            if name == "href" and value[0] != "#":
                raise Wrong("a link to %r" % value)
            if name == "href" and value[1:] not in ids:
                raise Wrong("a link to nowhere: %r" % value)
            if name == "aria-labelledby" and value not in ids:
                raise Wrong("labelled by nothing: %r" % value)
    return root


def text_of(element):
    return "".join(element.itertext()).strip()


def read_html(out):
    root = check_page(out)
    findings = []
    for article in root.iter("article"):
        severity = {"fe": "error", "fw": "warning", "fn": "note"}[
            article.get("class").split()[1]]
        codes = [text_of(c) for c in article.findall("p[@class='src']/code")]
        cells = [text_of(cell)
                 for cell in article.findall(".//td[@class='c']")]
        where = article.find("p[@class='where']")
        if not cells and where is not None:
            first = where.find("a")
            cells = [text_of(first) if first is not None
                     else text_of(where).split(" · ")[0]]
        findings.append(Finding(
            severity, codes[0], codes[1] if len(codes) > 1 else None,
            [cell.replace("dòng", "line") for cell in cells]))
    return root, findings


# ---- text ----------------------------------------------------------------------

HEADING = re.compile(r"(ERROR|WARNING|NOTE|LỖI|CẢNH BÁO|GHI CHÚ) ")
SEVERITY = {"ERROR": "error", "LỖI": "error", "WARNING": "warning",
            "CẢNH BÁO": "warning", "NOTE": "note", "GHI CHÚ": "note"}


def read_text(out):
    """The severity, code and rule of each finding, and the lines below it."""
    check_harmless(out)
    findings = []
    for block in re.split(r"\n\n", out):
        match = HEADING.match(block)
        if not match:
            continue
        # Behind the place, so that a file's name is not taken for it.
        shape = r"(?:^[A-ZÀ-Ỹ ]+|:\d+)\s+\[([a-z][a-z0-9.:_-]*)\]"
        codes = (re.findall(shape, block) or
                 re.findall(shape, block.replace("\n  ", "")))
        code, _, rule = codes[0].partition(":")
        if "." not in code:
            code, rule = "rule.fails", code
        findings.append((SEVERITY[match.group(1)], code, rule or None, block))
    return findings
