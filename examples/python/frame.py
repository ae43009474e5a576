"""Which forms have the most findings: a table made with pandas."""

from pathlib import Path

import parcheck

HOA_AN = Path(__file__).resolve().parents[1] / "hoa-an"

with parcheck.validate(*sorted(HOA_AN.glob("*.csv"))) as report:
    findings = report.findings_frame()

print(findings.groupby(["form", "severity"]).size().to_string())
