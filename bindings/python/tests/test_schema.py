"""Schemas: built in, from a folder, from tables; what they hold; lint."""

from __future__ import annotations

import dataclasses
import unittest
from typing import Any

import parcheck
from support import DATA, ROOT, SUBMISSIONS

SCHEMAS = ROOT / "schemas"


def tables() -> dict[str, bytes | str]:
    return {f"{path.parent.name}/{path.name}": path.read_bytes()
            for path in SCHEMAS.glob("*/*.csv")}


class Schemas(unittest.TestCase):
    def test_families_editions_indicators_and_rules(self) -> None:
        schema = parcheck.builtin()
        self.assertEqual([family.name for family in schema.families],
                         ["cchc", "decade", "dossiers"])
        dossiers = schema.families[2]
        self.assertEqual(dossiers.title.en, "Administrative dossiers received "
                         "and resolved, by unit")
        self.assertIn("hồ sơ", dossiers.title.vi.lower())
        self.assertEqual([role.name for role in dossiers.roles][:2],
                         ["district", "communes"])
        self.assertEqual((dossiers.roles[0].code, dossiers.roles[0].title),
                         ("I", parcheck.Text("Cấp huyện", "District")))
        edition = schema.edition("dossiers/cao-bang-2023")
        self.assertIs(edition, schema.edition("cao-bang-2023"))
        self.assertEqual((len(edition.indicators), len(edition.rules)),
                         (15, 17))
        self.assertRegex(edition.digest, r"\Asha256:[0-9a-f]{64}\Z")
        received = {i.name: i for i in edition.indicators}["received_total"]
        self.assertEqual((received.form, received.code, received.kind),
                         ("PL2", "3", "count"))
        rule = {r.id: r for r in edition.rules}["received-accounted-for"]
        self.assertEqual(rule.severity, "error")
        self.assertIn("received_total", rule.check)
        self.assertIn("dossiers received", rule.text.en)
        self.assertNotEqual(rule.basis, "")
        self.assertEqual(rule.family, "dossiers")
        self.assertEqual(
            [(o.name, o.reach, o.role) for o in rule.operands],
            [(name, "own", None) for name in (
                "received_total", "resolved_total", "pending_total",
                "returned", "cancelled")])
        reaches = {o.reach for r in schema.families[2].rules
                   for o in r.operands}
        self.assertIn("children", reaches)
        with self.assertRaises(KeyError):
            schema.edition("nowhere")

    def test_only_rules_that_apply_are_of_an_edition(self) -> None:
        for family in parcheck.builtin().families:
            for edition in family.editions:
                self.assertEqual(edition.family, family.name)
                self.assertLessEqual(set(edition.rules), set(family.rules))
        cchc = parcheck.builtin().families[0]
        self.assertLess(len(cchc.editions[0].rules), len(cchc.rules))

    def test_the_three_ways_to_load_give_the_same(self) -> None:
        with parcheck.Schema.folder(SCHEMAS) as folder, \
                parcheck.Schema.tables(tables()) as memory:
            self.assertEqual(folder.families, parcheck.builtin().families)
            self.assertEqual(memory.families, parcheck.builtin().families)

    def test_a_schema_is_not_made_by_its_class(self) -> None:
        make: Any = parcheck.Schema
        with self.assertRaisesRegex(TypeError, r"Schema\.folder\(\)"):
            make(str(SCHEMAS))

    def test_one_family_and_tables_as_text(self) -> None:
        with parcheck.Schema.folder(SCHEMAS / "dossiers") as schema:
            self.assertEqual([f.name for f in schema.families], ["dossiers"])
        own: dict[str, bytes | str] = {
            "ao/rules.csv": "id,check,severity,vi,en,basis\n"
                            "tong,a = b + c,error,Tổng,The total,Biểu 1\n",
            "ao/family.csv": "key,value\nversion,3\nvi,Ao\nen,Ponds\n",
            "ao/xa-2024.csv": "form,code,name,label,unit,kind,level,choices\n"
                              "1,1,a,Tổng số ao,Ao,count,,\n"
                              "1,2,b,Ao cá,Ao,count,,\n"
                              "1,3,c,Ao sen,Ao,count,,\n"}
        with parcheck.Schema.tables(own) as schema, schema.validate(
                b"form,code,label,value\n1,1,,5\n1,2,,2\n1,3,,2\n") as report:
            self.assertEqual(
                [f.rule.id for f in report.findings if f.rule], ["tong"])

    def test_a_wrong_table_has_a_place_in_both_languages(self) -> None:
        wrong = tables()
        rules = wrong["dossiers/rules.csv"]
        assert isinstance(rules, bytes)
        wrong["dossiers/rules.csv"] = rules.replace(b" = ", b" = = ", 1)
        with self.assertRaises(parcheck.SchemaError) as caught:
            parcheck.Schema.tables(wrong)
        error = caught.exception
        self.assertEqual(error.source, "dossiers/rules.csv")
        self.assertGreater(error.line, 1)
        self.assertGreater(error.column, 1)
        self.assertNotEqual(error.vi, error.en)
        self.assertEqual(error.status, 4)
        self.assertIn(f"{error.source}:{error.line}:{error.column}: ",
                      str(error))

    def test_errors_of_loading(self) -> None:
        with self.assertRaises(parcheck.ReadError) as caught:
            parcheck.Schema.folder("no/such/folder")
        self.assertEqual(caught.exception.source, "no/such/folder")
        with self.assertRaises(parcheck.ParcheckError):
            parcheck.Schema.tables({})
        with self.assertRaises(ValueError):
            parcheck.Schema.folder("zero\0byte")
        with self.assertRaises(ValueError):
            parcheck.Schema.tables({"a/ru\0les.csv": b""})

    def test_lint(self) -> None:
        with parcheck.builtin().lint() as report:
            self.assertEqual(report.counts["error"], 0)
            self.assertTrue(report.findings)
            for finding in report.findings:
                self.assertTrue(finding.code.startswith("schema."))
        with parcheck.Schema.folder(DATA.parent / "cases" /
                                    "schemas") as schema:
            self.assertEqual(schema.lint().counts["error"], 0)

    def test_values_are_frozen(self) -> None:
        edition = parcheck.builtin().editions[0]
        with self.assertRaises(dataclasses.FrozenInstanceError):
            edition.name = "other"  # type: ignore[misc]

    def test_closed(self) -> None:
        schema = parcheck.Schema.builtin()
        report = schema.validate(*SUBMISSIONS["Hòa An"])
        schema.close()
        schema.close()
        self.assertEqual(len(report.verdicts), 161)  # it outlives the schema
        self.assertEqual(repr(schema), "<parcheck.Schema closed>")
        with self.assertRaises(ValueError):
            schema.lint()
        with self.assertRaises(ValueError):
            schema.validate(b"")


if __name__ == "__main__":
    unittest.main()
