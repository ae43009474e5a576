#!/usr/bin/env python3
"""The same submission in every way that offices send it: the same verdicts.

usage: test_matrix.py --parcheck PATH --root PATH [--all]

Each submission of tests/data is written in every combination of encoding,
composition (NFC, NFD), delimiter, line end and heading, as far as the encoding
can carry it. The JSON report of each, with all verdicts, must be that of the
clean file to the byte, but for where things stand (`inputs`, `line`, `column`,
`address`) and the notes of what was guessed (`file.encoding`,
`file.encoding-unsure`, `file.delimiter`) with their number in the summary.

Two things follow from what a cell of the matrix is:
- a file in NFD shows its literals in NFD, so there the reports are compared
  in NFC;
- with the columns in another order, findings of one line come in another
  order, so there the findings are compared sorted.

A character that an encoding cannot carry ("…") is replaced first, and the
clean file with the replacement is what the cell is compared with.

Without --all some of the cells are left out, always the same ones; every two
values of different dimensions still meet.
"""

import argparse
import concurrent.futures
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import charsets  # noqa: E402

TIME_LIMIT = 120
GUESSES = ("file.encoding", "file.encoding-unsure", "file.delimiter")
PLACES = ("line", "column", "address")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}
REPLACED = {"…": "..."}
PAGE = 25  # rows between two headings where a table is broken into pages
TITLES = {"1": "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
          "2": "CẢI CÁCH THỂ CHẾ", "3": "CẢI CÁCH THỦ TỤC HÀNH CHÍNH",
          "4": "CẢI CÁCH TỔ CHỨC BỘ MÁY HÀNH CHÍNH",
          "5": "CẢI CÁCH CHẾ ĐỘ CÔNG VỤ", "6": "CẢI CÁCH TÀI CHÍNH CÔNG",
          "7": "XÂY DỰNG CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ"}
ROMAN = dict(zip("1234567", ("I", "II", "III", "IV", "V", "VI", "VII")))

# ------------------------------------------------------------- headings ----
# Each takes the rows of the clean file, its heading first, and returns others.


def in_order(rows, order):
    return [[row[at] for at in order] for row in rows]


def by_form(rows):
    """[(form, its rows without the form)] in the order of the file."""
    found = []
    for row in rows[1:]:
        if not found or found[-1][0] != row[0]:
            found.append((row[0], []))
        found[-1][1].append(row[1:])
    return found


def machine(rows):
    return rows


def form_numbered(rows):
    """Each form below its number, with a heading of its own."""
    heading = ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"]
    out = [["BÁO CÁO THỐNG KÊ"], ["(Kèm theo Báo cáo số 12/BC-UBND)"], []]
    for form, body in by_form(rows):
        out += [["Biểu mẫu " + form], [TITLES[form]], heading]
        for at, row in enumerate(body):
            if at % PAGE == PAGE - 1:
                out.append(heading)
            out.append(row)
        out.append([])
    return out


def form_roman(rows):
    """One heading; a Roman number and a title open each form; the heading
    and a line of column numbers again on each page."""
    heading = ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"]
    out = [heading]
    for form, body in by_form(rows):
        out.append([ROMAN[form], TITLES[form], "", "", ""])
        out += body
    pages = []
    for at, row in enumerate(out):
        if at > 0 and at % PAGE == 0:
            pages += [heading, ["(1)", "(2)", "(3)", "(4)", "(5)"]]
        pages.append(row)
    return pages


def form_title_cell(rows):
    """The same in one cell: "III. CẢI CÁCH ..."."""
    out = [["TT", "Nội dung", "ĐVT", "Số liệu báo cáo", "Ghi chú"]]
    for form, body in by_form(rows):
        out.append(["%s. %s" % (ROMAN[form], TITLES[form]), "", "", "", ""])
        out += body
    return out


def form_two_lines(rows):
    """A heading over two lines, as merged cells leave it."""
    out = []
    for form, body in by_form(rows):
        out += [["BIỂU MẪU SỐ " + form, "", "", "", ""],
                ["Số TT", "Tên chỉ tiêu", "Đơn vị", "", ""],
                ["", "", "", "Giá trị", "Ghi chú"]] + body
    return out


def form_turned(rows):
    """Note, value, label, form, unit, code."""
    return in_order(rows, [5, 4, 2, 0, 3, 1])


def form_printed_turned(rows):
    return in_order(pad(form_numbered(rows), 5), [1, 3, 0, 4, 2])


def pad(rows, width):
    return [row + [""] * (width - len(row)) for row in rows]


def table_turned(rows):
    order = list(range(len(rows[0])))
    return in_order(rows, order[::-2] + order[-2::-2])


def table_printed(rows, printed):
    return printed[:4] + rows[1:]


def table_printed_turned(rows, printed):
    return table_turned(table_printed(rows, printed))


def table_printed_titled(rows, printed):
    width = len(rows[0])
    title = ["KẾT QUẢ TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH"]
    return pad([title, ["(Kèm theo Báo cáo số 12/BC-UBND)"], []],
               width) + table_printed(rows, printed)


def series_numbered(rows):
    """Each appendix below its number, with a heading of its own."""
    heading = ["TT", "Nội dung"] + ["Năm " + name[1:] for name in rows[0][3:]]
    out = []
    for form, body in by_form(rows):
        out += [["Phụ lục " + form], heading]
        for at, row in enumerate(body):
            if at % PAGE == PAGE - 1:
                out.append(heading)
            out.append(row)
    return out


def series_plain_years(rows):
    """The years alone; the appendix in a column as its title has it."""
    heading = ["Phụ lục", "STT", "Chỉ tiêu"] + [y[1:] for y in rows[0][3:]]
    return [heading] + [["Phụ lục " + row[0]] + row[1:] for row in rows[1:]]


def series_turned(rows):
    """The label behind the years."""
    order = list(range(len(rows[0])))
    return in_order(rows, [1] + order[3:] + [0, 2])


FORMS = [machine, form_numbered, form_roman, form_title_cell, form_two_lines,
         form_turned, form_printed_turned]
TABLES = [machine, table_turned, table_printed, table_printed_turned,
          table_printed_titled]
SERIES = [machine, series_numbered, series_plain_years, series_turned]
TURNED = (form_turned, form_printed_turned, table_turned,
          table_printed_turned, series_turned)

# ---------------------------------------------------------- submissions ----


class Submission:
    def __init__(self, data, files, headings):
        self.name = files[0]
        self.files = files
        self.headings = headings  # for each file one of each tuple
        self.rows = [read(os.path.join(data, name)) for name in files]


def read(path):
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def submissions(data):
    printed = read(os.path.join(data,
                                "hoa-an-2023-q1-dossiers-as-printed.csv"))

    def bound(heading):
        if "printed" not in heading.__name__ or heading in FORMS:
            return heading

        def with_heading(rows):
            return heading(rows, printed)
        with_heading.__name__ = heading.__name__
        return with_heading

    both = [(FORMS[at % len(FORMS)], TABLES[at % len(TABLES)])
            for at in range(max(len(FORMS), len(TABLES)))]
    return [
        Submission(data, ["kong-chro-2022-h1.csv"], [(h,) for h in FORMS]),
        Submission(data, ["hoa-an-2023-q1.csv", "hoa-an-2023-q1-dossiers.csv"],
                   [(form, bound(table)) for form, table in both]),
        Submission(data, ["dak-po-2015-2020.csv"], [(h,) for h in SERIES])]


def write(rows, delimiter, line_end):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter,
               lineterminator=line_end).writerows(rows)
    return stream.getvalue()


def replaced(rows, characters):
    if not characters:
        return rows
    table = str.maketrans({each: REPLACED[each] for each in characters})
    return [[field.translate(table) for field in row] for row in rows]


# ------------------------------------------------------------ the cells ----


class Cell:
    def __init__(self, submission, values):
        self.submission = submission
        (self.encoding, self.form), self.delimiter, self.line_end, \
            self.headings = values

    def name(self):
        return ", ".join([
            self.submission.name, self.encoding, self.form, self.delimiter,
            self.line_end, "+".join(each.__name__ for each in self.headings)])

    def lost(self):
        """The characters that have to be replaced."""
        text = {char for rows in self.submission.rows for row in rows
                for field in row for char in field}
        return "".join(sorted(char for char in text if char in REPLACED and
                              not charsets.carries(char, self.encoding)))

    def bytes(self):
        for heading, rows in zip(self.headings, self.submission.rows):
            text = write(heading(replaced(rows, self.lost())),
                         DELIMITERS[self.delimiter], LINE_ENDS[self.line_end])
            yield charsets.encode(text, self.encoding, self.form)

    def misread(self, report):
        """The encoding that a file was wrongly read in, or None. Without the
        capitals that only TCVN 5712 has, TCVN3 has the same bytes, and it is
        the one that is named."""
        wanted = self.encoding.replace(" with mark", "")
        contents = dict(zip(self.submission.files, self.bytes()))
        for each in report["inputs"]:
            found = each["encoding"]
            if found != wanted and not (
                    found == "TCVN3" and wanted == "TCVN5712" and
                    not charsets.has_capitals(contents[each["name"]])):
                return found
        return None

    def is_turned(self):
        names = [each.__name__ for each in TURNED]
        return any(each.__name__ in names for each in self.headings)


def dimensions(submission):
    return [[(encoding, form) for encoding in charsets.ENCODINGS
             for form in charsets.forms(encoding)],
            list(DELIMITERS), list(LINE_ENDS), submission.headings]


def cells(submission, everything):
    """A value of each dimension. With (i, j, k, l) the places of the values,
    a sample takes the cells with i + j + k + l divisible by 3 (of the largest
    two dimensions every pair meets, as the other two make up any rest)."""
    lists = dimensions(submission)
    for i, first in enumerate(lists[0]):
        for j, second in enumerate(lists[1]):
            for k, third in enumerate(lists[2]):
                for m, fourth in enumerate(lists[3]):
                    if everything or (i + j + k + m) % 3 == 0:
                        yield Cell(submission, (first, second, third, fourth))


def missing_pairs(submission, chosen):
    """Pairs of values that meet in no cell that was chosen."""
    lists = dimensions(submission)
    met = set()
    for cell in chosen:
        values = ((cell.encoding, cell.form), cell.delimiter, cell.line_end,
                  cell.headings)
        met |= {(a, b, values[a], values[b])
                for a in range(4) for b in range(a)}
    return [(a, b, x, y) for a in range(4) for b in range(a)
            for x in lists[a] for y in lists[b] if (a, b, x, y) not in met]


# -------------------------------------------------------------- reports ----


def check(parcheck, names, contents):
    """The JSON report, or what went wrong as text."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in zip(names, contents):
            with open(os.path.join(folder, name), "wb") as stream:
                stream.write(content)
        done = subprocess.run(
            [parcheck, "check"] + names + ["--format", "json", "--verdicts"],
            cwd=folder, capture_output=True, timeout=TIME_LIMIT)
    if done.returncode not in (0, 1):
        return "exit code %d: %s" % (done.returncode,
                                     done.stderr.decode("utf-8", "replace"))
    try:
        return json.loads(done.stdout.decode("utf-8"))
    except ValueError as error:
        return "no JSON: %s" % error


def without_addresses(explanation):
    """Its words name cells by where they stand: "C2", "6,006 (E52)". A long
    name is cut by its bytes, so in NFD it ends a word earlier."""
    words = {language: re.sub(r"[^,;:(]*…", "…",
                              re.sub(r"\b[A-Z]{1,2}[0-9]+\b", "@", text))
             for language, text in explanation["message"].items()}
    return {**explanation, "message": words}


def without_places(value):
    if isinstance(value, list):
        return [without_places(each) for each in value]
    if isinstance(value, dict):
        if "repairs" in value:
            value = without_addresses(value)
        return {key: without_places(each) for key, each in value.items()
                if key not in PLACES}
    return value


def comparable(report, turned):
    """The report as text, without what may differ."""
    report = without_places(report)
    del report["inputs"]
    guesses = [each for each in report["findings"] if each["code"] in GUESSES]
    report["findings"] = [each for each in report["findings"]
                          if each["code"] not in GUESSES]
    for each in guesses:
        report["summary"]["findings"][each["severity"]] -= 1
    if turned:
        report["findings"].sort(key=lambda each: json.dumps(each))
    text = json.dumps(report, ensure_ascii=False, indent=1)
    return unicodedata.normalize("NFC", text)


def difference(wanted, got):
    for a, b in zip(wanted.split("\n"), got.split("\n")):
        if a != b:
            return "%s is %s" % (a.strip(), b.strip())
    return "one is longer"


class Matrix:
    def __init__(self, parcheck):
        self.parcheck = parcheck
        self.clean = {}

    def prepare(self, chosen):
        """The reports of the clean files, before the threads begin."""
        for cell in chosen:
            key = cell.submission.name, cell.lost()
            if key not in self.clean:
                contents = [
                    write(replaced(rows, cell.lost()), ",", "\n").encode()
                    for rows in cell.submission.rows]
                self.clean[key] = check(self.parcheck, cell.submission.files,
                                        contents)

    def judge(self, cell):
        """What is wrong with the cell, or None."""
        clean = self.clean[cell.submission.name, cell.lost()]
        if isinstance(clean, str):
            return "clean file: " + clean
        report = check(self.parcheck, cell.submission.files,
                       list(cell.bytes()))
        if isinstance(report, str):
            return report
        if cell.misread(report):
            return "read as " + cell.misread(report)
        wanted = comparable(clean, cell.is_turned())
        got = comparable(report, cell.is_turned())
        return None if wanted == got else difference(wanted, got)


def main():
    parser = argparse.ArgumentParser(
        description="The same submission in every form: the same verdicts.")
    parser.add_argument("--parcheck", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--all", action="store_true",
                        help="every cell, not a sample")
    options = parser.parse_args()
    passed, failed, complaints = 0, 0, []
    different = charsets.iconv_differences()
    if different is None:
        print("note: no iconv to hold the tables against")
    else:
        passed += not different
        complaints += ["iconv reads otherwise: " + each for each in different]
    chosen = []
    for submission in submissions(os.path.join(options.root, "tests", "data")):
        part = list(cells(submission, options.all))
        whole = 1
        for each in dimensions(submission):
            whole *= len(each)
        print("%s: %d of %d cells" % (submission.name, len(part), whole))
        missing = missing_pairs(submission, part)
        passed += not missing
        complaints += ["%s: these never meet: %s" % (submission.name, each)
                       for each in missing]
        chosen += part
    matrix = Matrix(options.parcheck)
    matrix.prepare(chosen)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for cell, wrong in zip(chosen, pool.map(matrix.judge, chosen)):
            if wrong is None:
                passed += 1
            else:
                complaints.append("%s: %s" % (cell.name(), wrong))
    for each in complaints:
        print("FAIL: " + each)
    failed = len(complaints)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
