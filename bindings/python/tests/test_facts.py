"""Facts without a file, and what rules notice."""

from __future__ import annotations

import decimal
import threading
import unittest
from typing import Any

import parcheck
from support import SUBMISSIONS

TABLE = "dossiers/cao-bang-2023"


class Facts(unittest.TestCase):
    def setUp(self) -> None:
        self.schema = parcheck.builtin()

    def test_by_name(self) -> None:
        with self.schema.facts(TABLE) as facts:
            facts.unit("UBND huyện", code="I")
            facts.update({"received_total": 129, "resolved_total": "124",
                          "pending_total": "5", "returned": 2,
                          "cancelled": 0})
            with facts.validate() as report:
                finding, = [f for f in report.findings
                            if f.code == "rule.fails"]
                assert finding.rule is not None
                self.assertEqual(
                    (finding.rule.id, finding.difference, finding.unit,
                     finding.cells[0].line, finding.cells[0].literal),
                    ("received-accounted-for", "-2", "UBND huyện", 0, "129"))
            facts.unit("UBND các xã", code="II")
            facts.set("received_total", 3)
            facts.unit("UBND xã A", code="1", parent="II")
            facts.set("received_total", 4)
            with facts.validate() as report:
                self.assertEqual([u.parent for u in report.units],
                                 [None, None, 1])
                self.assertIn("received-total-of-communes",
                              [f.rule.id for f in report.findings if f.rule])

    def test_the_whole_of_a_submission_is_judged_as_its_files_are(
            self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report:
            expected = [(v.rule, v.outcome, v.reason, v.unit_code)
                        for v in report.verdicts]
            units = report.units
        families: list[str] = []  # of the units so far
        with self.schema.facts(units[0].edition.full_name) as facts:
            for unit in units:
                if families and unit.edition.full_name not in families:
                    facts.edition(unit.edition.full_name)
                families.append(unit.edition.full_name)
                if unit.code or unit.name:
                    facts.unit(unit.name, code=unit.code)
                for fact in unit.facts:
                    if fact.cell is not None:
                        facts.set(fact.indicator.name, fact.cell.literal)
            with facts.validate() as report:
                judged = [(v.rule, v.outcome, v.reason, v.unit_code)
                          for v in report.verdicts]
        self.assertEqual(len(set(families)), 2)
        key = repr
        self.assertEqual(sorted(judged, key=key), sorted(expected, key=key))

    def test_by_code_and_again(self) -> None:
        with self.schema.facts("cchc/cao-bang-2022") as facts:
            facts.set_code("3", "1.4", 375)
            facts.set_code("3", "1.4.2", "240")
            with facts.validate() as report:
                self.assertTrue(report.ok)
            facts.set_code("3", "1.4.3", "136")
            facts.set_code("3", "1.4.1", None)
            with facts.validate(max_findings=1) as report:
                self.assertEqual([f.rule.id for f in report.findings
                                  if f.rule], ["procedures-total"])

    def test_errors(self) -> None:
        with self.assertRaises(parcheck.InvalidArgumentError):
            self.schema.facts("nowhere")
        facts = self.schema.facts(TABLE)
        facts.unit("A", code="I")
        with self.assertRaises(parcheck.InvalidArgumentError) as caught:
            facts.set("no_such_name", 1)
        self.assertIn("no_such_name", caught.exception.en)
        wrong: Any
        for wrong in (1.5, decimal.Decimal("1.5"), True, b"1"):
            with self.subTest(wrong), self.assertRaises(TypeError):
                facts.set("received_total", wrong)
        with self.assertRaises(ValueError):
            facts.set("received_total", "1\0")
        with self.assertRaises(parcheck.InvalidArgumentError):
            facts.validate()  # nothing was given
        facts.set("received_total", "many")
        with facts.validate() as report:  # no number is a finding
            self.assertFalse(report.ok)
        with self.assertRaises(parcheck.CancelledError):
            facts.validate(progress=lambda done, total: True)
        facts.close()
        with self.assertRaises(ValueError):
            facts.set("received_total", 1)

    def test_a_report_outlives_facts_and_schema(self) -> None:
        schema = parcheck.Schema.builtin()
        facts = schema.facts(TABLE)
        facts.unit("A", code="I")
        facts.set("received_total", 1)
        report = facts.validate()
        facts.close()
        schema.close()
        del facts, schema
        self.assertIn("A", {v.unit for v in report.verdicts})

    def test_threads_take_turns(self) -> None:
        with self.schema.facts(TABLE) as facts:
            facts.unit("A", code="I")
            facts.set("received_total", 1)
            wrong: list[object] = []

            def work() -> None:
                for _ in range(20):
                    facts.unit("A", code="I")
                    with facts.validate() as report:
                        if len(report.units) != 1:
                            wrong.append(report.units)

            threads = [threading.Thread(target=work) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(wrong, [])


class PowerOfRules(unittest.TestCase):
    def test_of_a_small_edition(self) -> None:
        own: dict[str, bytes | str] = {
            "ao/rules.csv": "id,check,severity,vi,en,basis\n"
                            "tong,a = b + c,error,Tổng,The total,Biểu 1\n",
            "ao/family.csv": "key,value\nversion,3\nvi,Ao\nen,Ponds\n",
            "ao/xa-2024.csv": "form,code,name,label,unit,kind,level,choices\n"
                              "1,1,a,Tổng số ao,Ao,count,,\n"
                              "1,2,b,Ao cá,Ao,count,,\n"
                              "1,3,c,Ao sen,Ao,count,,\n"
                              "1,4,d,Ao cạn,Ao,count,,\n"}
        with parcheck.Schema.tables(own) as schema:
            power = {p.indicator.name: p for p in schema.power("xa-2024")}
            with self.assertRaises(KeyError):
                schema.power("nowhere")
        self.assertEqual(list(power), ["a", "b", "c", "d"])
        for name in "abc":
            detected, possible = power[name].slips["replaced"]
            self.assertEqual(power[name].rules, 1)
            self.assertEqual(detected, possible)  # a sum notices each
            self.assertGreater(possible, 0)
        self.assertEqual(power["d"].rules, 0)
        self.assertEqual(power["d"].slips["replaced"][0], 0)
        self.assertEqual(power["a"].fillings, 100)


if __name__ == "__main__":
    unittest.main()
