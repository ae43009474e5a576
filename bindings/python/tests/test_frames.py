"""Findings as a pandas DataFrame. Without pandas this fails: see run.py."""

from __future__ import annotations

import os
import sys
import unittest
from unittest import mock

import parcheck
from support import SUBMISSIONS

WITHOUT = "PARCHECK_WITHOUT_PANDAS"


class Frames(unittest.TestCase):
    @unittest.skipIf(WITHOUT in os.environ, "there is no pandas")
    def test_frames(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report:
            findings = report.findings_frame()
            cells = report.cells_frame()
            verdicts = report.verdicts_frame()
        self.assertEqual(len(findings), len(report.findings))
        first = findings.iloc[0]
        self.assertEqual(
            (first["rule"], first["address"], first["literal"],
             first["difference"]),
            ("received-accounted-for", "C2", "129", "-2"))
        self.assertTrue(first["input"].endswith("-dossiers.csv"))
        self.assertEqual(
            findings.groupby("severity").size().to_dict(),
            {name: count for name, count in report.counts.items() if count})
        self.assertEqual(list(cells[cells["finding"] == 0]["literal"]),
                         ["129", "124", "5", "2", "0"])
        self.assertEqual(
            verdicts["outcome"].value_counts().to_dict(),
            {name: count for name, count in report.outcomes.items() if count})

    @unittest.skipIf(WITHOUT in os.environ, "there is no pandas")
    def test_an_empty_frame_has_its_columns(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report:
            full = report.findings_frame()
        clean = (b"stt,unit_name,received_total,received_online,"
                 b"received_direct,received_carried\nI,A,3,1,1,1\n")
        with parcheck.validate(clean, edition="dossiers/cao-bang-2023",
                               max_findings=1) as report:
            frame = report.findings_frame().iloc[0:0]
        self.assertEqual(list(frame.columns), list(full.columns))

    def test_without_pandas_the_error_says_so(self) -> None:
        with parcheck.validate(*SUBMISSIONS["Hòa An"]) as report, \
                mock.patch.dict(sys.modules, {"pandas": None}):
            with self.assertRaisesRegex(ImportError, "needs pandas"):
                report.findings_frame()


if __name__ == "__main__":
    unittest.main()
