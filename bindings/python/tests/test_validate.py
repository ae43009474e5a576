"""Runs: the real submissions, from paths, bytes and files; options; errors."""

from __future__ import annotations

import fractions
import io
import json
import threading
import unittest
from pathlib import Path
from typing import Any

import parcheck
from support import SUBMISSIONS, as_json, rows

WRONG = (b"form,code,label,unit,value,note\n"
         b"3,1.4,T\xe1\xbb\x95ng s\xe1\xbb\x91 TTHC,,375,\n"
         b"3,1.4.1,S\xe1\xbb\x91 TTHC c\xe1\xba\xa5p t\xe1\xbb\x89nh,,,\n"
         b"3,1.4.2,S\xe1\xbb\x91 TTHC c\xe1\xba\xa5p huy\xe1\xbb\x87n,,240,\n"
         b"3,1.4.3,S\xe1\xbb\x91 TTHC c\xe1\xba\xa5p x\xc3\xa3,,136,\n")
CAO_BANG = "cchc/cao-bang-2022"


class RealSubmissions(unittest.TestCase):
    """Each real submission, against what is known to be true of it."""

    def test_all_verdicts_known_by_hand(self) -> None:
        verdicts, codes = {}, set()
        for name in ("Hòa An", "Kông Chro"):
            with parcheck.validate(*SUBMISSIONS[name]) as report:
                for v in report.verdicts:
                    verdicts[name[0], v.rule.id, v.unit_code or ""] = (
                        v.outcome, v.reason or "")
                codes |= {(name[0], f.code) for f in report.findings}
        known = list(rows("truth-rules.csv"))
        self.assertGreater(len(known), 200)
        for row in known:
            if not row["rule"]:
                continue
            name = row["identity"][0]
            with self.subTest(row["identity"]):
                if "." in row["rule"]:  # a finding that no rule stands behind
                    self.assertIn((name, row["rule"]), codes)
                    continue
                self.assertEqual(verdicts[name, row["rule"], row["unit"]],
                                 (row["verdict"], row["reason"]))

    def test_the_decade_by_period(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Đak Pơ"]) as report:
            verdicts = {(v.rule.id, v.period): v.outcome
                        for v in report.verdicts}
        known = [row for row in rows("truth-decade.csv") if row["rule"]]
        self.assertGreater(len(known), 100)
        for row in known:
            with self.subTest(row["identity"]):
                self.assertEqual(verdicts[row["rule"], row["period"]],
                                 row["verdict"])

    def test_what_is_read_is_what_the_json_report_says(self) -> None:
        for name, files in SUBMISSIONS.items():
            with self.subTest(name), parcheck.validate(*files) as report:
                told = json.loads(report.to_json(verdicts=True))
                self.assert_told(as_json(report.findings), told["findings"])
                self.assert_told(as_json(report.verdicts), told["verdicts"])
                self.assertEqual(report.counts, told["summary"]["findings"])
                self.assertEqual(report.outcomes, told["summary"]["rules"])
                self.assertEqual([i.name for i in report.inputs],
                                 [i["name"] for i in told["inputs"]])
                self.assertEqual([e.digest for e in report.editions],
                                 [s["digest"] for s in told["schemas"]])
                self.assertEqual(
                    [i.edition for i in report.inputs],
                    [report.editions[i["schema"]] for i in told["inputs"]])

    def assert_told(self, read: Any, told: Any, of: Any = None) -> None:
        """The report may tell more than the package reads, never less; but
        whose a cell is, only where that is not said of the finding."""
        if isinstance(read, dict):
            of = of or told
            for key, value in read.items():
                if key in ("unit", "unit_code", "period") and key not in told:
                    self.assertIn(value, (None, of[key]))
                else:
                    self.assert_told(value, told[key], of)
        elif isinstance(read, list):
            self.assertEqual(len(read), len(told))
            for one, other in zip(read, told):
                self.assert_told(one, other, of)
        else:
            self.assertEqual(read, told)

    def test_whose_a_cell_is(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report:
            total = next(v for v in report.verdicts
                         if v.rule.id == "received-total-of-communes")
        self.assertEqual([(c.unit, c.unit_code, c.period)
                          for c in total.cells[:3]],
                         [(total.unit, "II", None),
                          ("UBND xã Hồng Nam", "1", None),
                          ("UBND xã Nam Tuấn", "2", None)])
        with parcheck.validate(*SUBMISSIONS["Đak Pơ"]) as report:
            periods = {(v.period, c.period) for v in report.verdicts
                       for c in v.cells}
        self.assertIn(("2016", "2015"), periods)
        self.assertIn(("2016", "2016"), periods)

    def test_the_arithmetic_is_exact(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report:
            fails = [f for f in report.findings if f.code == "rule.fails"]
            self.assertEqual(len(fails), 7)
            self.assertEqual(
                (fails[0].left, fails[0].relation, fails[0].right,
                 fails[0].difference), ("129", "=", "131", "-2"))
            self.assertEqual([c.literal for c in fails[0].cells],
                             ["129", "124", "5", "2", "0"])
            self.assertEqual(fails[0].cells[0].address, "C2")
            self.assertIn("lệch 2", fails[0].message.vi)
            self.assertIn("off by 2", fails[0].message.en)
            for fail in fails:
                assert fail.left and fail.right and fail.difference
                self.assertEqual(fractions.Fraction(fail.left) -
                                 fractions.Fraction(fail.right),
                                 fractions.Fraction(fail.difference))
            self.assertFalse(report.ok)
            self.assertEqual(
                {i.edition.full_name for i in report.inputs if i.edition},
                {"cchc/cao-bang-2022", "dossiers/cao-bang-2023"})


class Sources(unittest.TestCase):
    """The same submission, however it is handed over."""

    def setUp(self) -> None:
        self.files = SUBMISSIONS["Hòa An"]
        with parcheck.validate(*self.files) as report:
            self.expected = report.to_json(verdicts=True)

    def assert_same(self, *sources: parcheck.Source) -> None:
        with parcheck.validate(*sources) as report:
            self.assertEqual(report.to_json(verdicts=True), self.expected)

    def named(self, make: Any) -> list[parcheck.Source]:
        return [parcheck.Named(make(file), str(file)) for file in self.files]

    def test_paths_as_text(self) -> None:
        self.assert_same(*map(str, self.files))

    def test_the_order_does_not_matter(self) -> None:
        self.assert_same(*reversed(self.files))

    def test_bytes(self) -> None:
        self.assert_same(*self.named(Path.read_bytes))

    def test_bytearrays_and_views(self) -> None:
        self.assert_same(*self.named(lambda f: bytearray(f.read_bytes())))
        self.assert_same(*self.named(lambda f: memoryview(f.read_bytes())))

    def test_files(self) -> None:
        with open(self.files[0], "rb") as one, open(self.files[1], "rb") as two:
            self.assert_same(one, two)
        self.assert_same(*self.named(lambda f: io.BytesIO(f.read_bytes())))

    def test_a_file_that_gives_a_byte_at_a_time(self) -> None:
        class Slow(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                return super().read(min(size or 0, 1))

        self.assert_same(*self.named(lambda f: Slow(f.read_bytes())))

    def test_no_source_wrong_source(self) -> None:
        with self.assertRaises(parcheck.InvalidArgumentError) as caught:
            parcheck.validate()
        self.assertIsInstance(caught.exception, ValueError)
        with self.assertRaises(TypeError):
            parcheck.validate(12)  # type: ignore[arg-type]
        with self.assertRaises(ValueError):
            parcheck.validate("a\0b.csv")
        with self.assertRaises(TypeError):
            parcheck.validate(io.StringIO("a,b"))  # type: ignore[arg-type]

    def test_a_missing_file(self) -> None:
        with self.assertRaises(parcheck.ReadError) as caught:
            parcheck.validate("no/such.csv")
        error = caught.exception
        self.assertEqual((error.source, error.status, error.status_name),
                         ("no/such.csv", 3, "cannot read"))
        self.assertTrue(error.vi and error.en and error.vi != error.en)
        self.assertTrue(str(error).startswith("no/such.csv: "))

    def test_what_a_file_raises_comes_through(self) -> None:
        class Broken(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                raise KeyboardInterrupt("pulled out")

        class Greedy(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                return b"x" * ((size or 0) + 1)

        with self.assertRaisesRegex(KeyboardInterrupt, "pulled out"):
            parcheck.validate(Broken())
        with self.assertRaisesRegex(ValueError, "more than"):
            parcheck.validate(Greedy())

    def test_hostile_bytes_are_findings(self) -> None:
        for data in (b"", b"\0\1\2\xff" * 999, b'"' * 999, b"\xff\xfe"):
            with parcheck.validate(data) as report:
                self.assertTrue(report.findings)
                json.loads(report.to_json())


class Options(unittest.TestCase):
    def test_edition(self) -> None:
        data = SUBMISSIONS["Kông Chro"][0].read_bytes()
        with parcheck.validate(data, edition=CAO_BANG) as report:
            self.assertEqual([e.full_name for e in report.editions],
                             [CAO_BANG])
        with self.assertRaises(parcheck.InvalidArgumentError):
            parcheck.validate(data, edition="nowhere")

    def test_encoding_layout_and_delimiter(self) -> None:
        data = WRONG.decode().replace(",", ";").encode("utf-16-le")
        with parcheck.validate(data, edition=CAO_BANG, encoding="UTF-16LE",
                               layout="form", delimiter=";") as report:
            self.assertEqual([f.rule.id for f in report.findings if f.rule],
                             ["procedures-total"])
        wrong: Any
        for wrong in ({"encoding": "none"}, {"layout": "none"}):
            with self.subTest(wrong), \
                    self.assertRaises(parcheck.InvalidArgumentError):
                parcheck.validate(data, **wrong)
        for delimiter in ("", ";;", "\0", "đ"):
            with self.subTest(delimiter), self.assertRaises(ValueError):
                parcheck.validate(data, delimiter=delimiter)

    def test_ceilings(self) -> None:
        for name, value in (("max_file_bytes", 100), ("max_field_bytes", 3),
                            ("max_fields", 2), ("max_records", 2)):
            ceiling: Any = {name: value}
            with self.subTest(name), \
                    parcheck.validate(WRONG, **ceiling) as report:
                self.assertTrue([f for f in report.findings
                                 if f.code.startswith("limit.")])
        with parcheck.validate(*SUBMISSIONS["Hòa An"],
                               max_findings=1) as report:
            self.assertEqual(len([f for f in report.findings
                                  if f.code == "rule.fails"]), 1)
        for value in (-1, 2 ** 64):
            with self.assertRaises(ValueError):
                parcheck.validate(WRONG, max_records=value)
        with self.assertRaises(parcheck.InvalidArgumentError):
            parcheck.validate(WRONG, max_records=0)


class Progress(unittest.TestCase):
    def test_it_goes_up_to_the_end(self) -> None:
        seen: list[tuple[int, int]] = []
        with parcheck.validate(*SUBMISSIONS["Hòa An"],
                               progress=lambda *at: seen.append(at)):
            pass
        self.assertTrue(seen)
        self.assertEqual(len({total for _, total in seen}), 1)
        self.assertEqual(seen, sorted(seen))
        self.assertEqual(seen[-1][0], seen[-1][1])

    def test_it_can_stop_the_run(self) -> None:
        with self.assertRaises(parcheck.CancelledError) as caught:
            parcheck.validate(WRONG, progress=lambda done, total: True)
        self.assertEqual(caught.exception.status, 6)

    def test_what_it_raises_comes_through(self) -> None:
        def interrupt(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            parcheck.validate(WRONG, progress=interrupt)


class Facts(unittest.TestCase):
    """What rules are judged on, as a report tells it."""

    def test_units_of_a_table(self) -> None:
        with parcheck.validate(SUBMISSIONS["Hòa An"][1]) as report:
            units = report.units
        self.assertEqual(len(units), 17)
        self.assertEqual([u.code for u in units[:3]], ["I", "II", "1"])
        self.assertEqual(units[0].role, "district")
        self.assertEqual({u.parent for u in units[2:]}, {1})
        self.assertIsNone(units[0].parent)
        self.assertEqual(units[0].edition.full_name, "dossiers/cao-bang-2023")
        received = units[0].fact("received_total")
        self.assertEqual((received.state, received.value), ("value", "129"))
        assert received.cell is not None
        self.assertEqual(received.cell.address, "C2")
        self.assertEqual(received.indicator.code, "3")
        with self.assertRaises(KeyError):
            units[0].fact("none")

    def test_states_and_periods(self) -> None:
        with parcheck.validate(WRONG, edition=CAO_BANG) as report:
            unit = report.units[0]
        facts = {f.cell.line: f for f in unit.facts if f.cell is not None}
        self.assertEqual((facts[3].state, facts[3].value), ("blank", None))
        self.assertIn("missing", {f.state for f in unit.facts})
        with parcheck.validate(*SUBMISSIONS["Đak Pơ"]) as report:
            units = report.units
        self.assertEqual([u.period for u in units],
                         [str(year) for year in range(2015, 2021)])
        self.assertEqual([u.year_before for u in units],
                         [None, 0, 1, 2, 3, 4])
        self.assertEqual([u.previous for u in units], [None] * 6)

    def test_a_verdict_has_its_finding(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report:
            fails = [v for v in report.verdicts if v.outcome == "fails"]
            self.assertEqual(len(fails), 7)
            for verdict in fails:
                self.assertIn(verdict.finding, report.findings)
                assert verdict.finding is not None
                self.assertEqual(verdict.finding.rule, verdict.rule)
            self.assertEqual({v.finding for v in report.verdicts
                              if v.outcome == "holds"}, {None})


class Rewriting(unittest.TestCase):
    def test_a_number_in_the_manner_of_the_old_one(self) -> None:
        source = SUBMISSIONS["Hòa An"][1]
        with parcheck.validate(source) as report:
            cell = report.findings[0].cells[1]
        edit = parcheck.Edit(cell.line, cell.column, "122")
        copy = parcheck.rewrite(source, [edit])
        self.assertEqual(
            copy, source.read_bytes().replace(b",129,53,42,34,124,",
                                              b",129,53,42,34,122,", 1))
        kept = io.BytesIO()
        self.assertEqual(parcheck.rewrite(source, [edit], kept), b"")
        self.assertEqual(kept.getvalue(), copy)
        self.assertEqual(parcheck.rewrite(source, []), source.read_bytes())

    def test_errors(self) -> None:
        with self.assertRaises(parcheck.InvalidArgumentError) as caught:
            parcheck.rewrite(WRONG, [parcheck.Edit(99, 1, "1")])
        self.assertEqual(caught.exception.line, 99)
        with self.assertRaises(parcheck.InvalidArgumentError):
            parcheck.rewrite(WRONG, [parcheck.Edit(2, 5, "many")])
        with self.assertRaises(ValueError):
            parcheck.rewrite(WRONG, [parcheck.Edit(2, 5, "1", kind="none")])
        with self.assertRaises(ValueError):
            parcheck.rewrite(WRONG, [parcheck.Edit(-2, 5, "1")])


class Reports(unittest.TestCase):
    def test_close(self) -> None:
        with parcheck.validate(WRONG) as report:
            findings = report.findings
        self.assertEqual(report.findings, findings)  # read, so it stays
        self.assertEqual(repr(report), "<parcheck.Report closed>")
        with self.assertRaises(ValueError):
            report.verdicts
        with self.assertRaises(ValueError):
            report.to_json()
        report.close()

    def test_garbage_is_given_back_once(self) -> None:
        from parcheck import _native

        given_back: list[int] = []
        handle = _native.Handle(7, given_back.append)
        del handle
        self.assertEqual(given_back, [7])

    def test_render_and_write(self) -> None:
        with parcheck.validate(WRONG, edition=CAO_BANG) as report:
            english = report.render(language="en", width=120)
            self.assertIn("375 ≠ (blank) + 240 + 136 = 376, off by 1",
                          english)
            self.assertIn("lệch 1", report.render())
            self.assertIn("\x1b[", report.render(color=True))
            self.assertGreater(len(report.render(verdicts=True)),
                               len(report.render()))
            kept = io.BytesIO()
            report.write(kept, language="en", width=120)
            self.assertEqual(kept.getvalue().decode(), english)
            for wrong in ({"format": "pdf"}, {"language": "fr"},
                          {"width": -1}):
                with self.subTest(wrong), self.assertRaises(ValueError):
                    report.render(**wrong)  # type: ignore[arg-type]
            with self.assertRaises(parcheck.InvalidArgumentError):
                report.render(width=10)

    def test_every_format_can_be_written(self) -> None:
        names = parcheck.formats()
        self.assertLessEqual({"text", "json", "ndjson", "csv"}, set(names))
        with parcheck.validate(WRONG, edition=CAO_BANG) as report:
            written = {name: report.render(name) for name in names}
        self.assertEqual(len(set(written.values())), len(names))
        for name, text in written.items():
            with self.subTest(name):
                self.assertIn("procedures-total", text)

    def test_what_a_file_raises_comes_through(self) -> None:
        class Full(io.BytesIO):
            def write(self, data: Any) -> int:
                raise OSError("no space")

        with parcheck.validate(WRONG) as report:
            with self.assertRaisesRegex(OSError, "no space"):
                report.write(Full())
            with self.assertRaises(FileNotFoundError):
                report.write("no/such/folder/report.txt")


class Deductions(unittest.TestCase):
    """Blanks that the other cells determine."""

    def test_of_a_real_submission(self) -> None:
        path = SUBMISSIONS["Hòa An"][0]
        with parcheck.validate(path) as report:
            found = report.deduce()
            self.assertEqual(report.deduce(), found)
        self.assertEqual(
            [(d.cell.line, d.cell.column, d.value, d.rule.id, d.contradiction)
             for d in found],
            [(31, 5, "377", "procedures-total", None),
             (85, 5, "0", "disciplined-total", None)])
        self.assertEqual([d.indicator.code for d in found], ["1.4", "4"])
        edits = [parcheck.Edit(d.cell.line, d.cell.column, d.value,
                               d.indicator.kind, d.indicator.unit)
                 for d in found]
        with parcheck.validate(parcheck.rewrite(path, edits)) as filled:
            self.assertEqual(filled.deduce(), ())

    def test_one_that_contradicts(self) -> None:
        data = WRONG.replace(b",375,", b",,").replace(b"nh,,,", b"nh,,0,")
        data += "3,1.1,Số TTHC đã được phê duyệt,,400,\n".encode()
        with parcheck.validate(data, edition=CAO_BANG) as report:
            only, = report.deduce()
        self.assertEqual((only.value, only.rule.id),
                         ("376", "procedures-total"))
        assert only.contradiction is not None
        self.assertEqual(only.contradiction.id,
                         "procedures-simplified-within-total")

    def test_after_close(self) -> None:
        with parcheck.validate(WRONG) as report:
            self.assertEqual(report.deduce(), ())
        with self.assertRaises(ValueError):
            report.deduce()


class Explain(unittest.TestCase):
    def test_explanations_can_be_left_out(self) -> None:
        with (parcheck.validate(WRONG, edition=CAO_BANG) as with_them,
              parcheck.validate(WRONG, edition=CAO_BANG,
                                explain=False) as without):
            self.assertTrue(any(f.explanations for f in with_them.findings))
            self.assertFalse(any(f.explanations or f.cause
                                 for f in without.findings))
            self.assertEqual(with_them.counts["error"],
                             without.counts["error"])

    def test_of_facts(self) -> None:
        with parcheck.builtin().facts(CAO_BANG) as facts:
            for code, value in (("1.4", 375), ("1.4.1", 1), ("1.4.2", 240),
                                ("1.4.3", 136)):
                facts.set_code("3", code, value)
            for explain in (True, False):
                with self.subTest(explain), \
                        facts.validate(explain=explain) as report:
                    self.assertEqual(any(f.explanations
                                         for f in report.findings), explain)
                    self.assertGreater(report.counts["error"], 0)


class Codes(unittest.TestCase):
    def test_every_code_is_explained(self) -> None:
        codes = {code.name: code for code in parcheck.codes()}
        self.assertEqual(len(codes), len(parcheck.codes()))
        self.assertEqual(codes["row.duplicate"].severity, "error")
        for code in codes.values():
            for told in (code.text, code.advice, code.example):
                with self.subTest(code.name):
                    self.assertTrue(told.vi and told.en)
            self.assertNotEqual(code.text.vi, code.text.en)
        for files in SUBMISSIONS.values():
            with parcheck.validate(*files) as report:
                self.assertLessEqual({f.code for f in report.findings},
                                     set(codes))


class Threads(unittest.TestCase):
    def test_many_threads_share_one_schema(self) -> None:
        files = SUBMISSIONS["Hòa An"]
        with parcheck.validate(*files) as report:
            expected = report.to_json(verdicts=True)
            findings = report.findings
        wrong: list[str] = []
        with parcheck.Schema.builtin() as schema:
            def work() -> None:
                for _ in range(4):
                    with schema.validate(*files) as report:
                        if (report.findings != findings or
                                report.to_json(verdicts=True) != expected):
                            wrong.append("another report")

            threads = [threading.Thread(target=work) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(wrong, [])

    def test_other_threads_run_meanwhile(self) -> None:
        """The reader of one run waits for what another run sets free."""
        second = threading.Event()

        class Waits(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                if not second.wait(60):
                    raise TimeoutError("the other run never ended")
                return super().read(size)

        def other() -> None:
            with parcheck.validate(WRONG):
                second.set()

        thread = threading.Thread(target=other)
        thread.start()
        with parcheck.validate(Waits(WRONG)) as report:
            self.assertTrue(report.findings)
        thread.join()


if __name__ == "__main__":
    unittest.main()
