"""Checks what a program has at hand, without a file."""

import parcheck

DISTRICT = {
    "received_total": 129, "received_online": 53, "received_direct": 42,
    "received_carried": 34, "resolved_total": 124, "pending_total": 5,
    "returned": 2, "cancelled": 0,
}

with parcheck.builtin().facts("dossiers/cao-bang-2023") as facts:
    facts.unit("UBND huyện", code="I", period="2023-Q1")
    facts.update(DISTRICT)
    report = facts.validate()

for finding in report.findings:
    if finding.rule:
        print(f"{finding.unit}: {finding.rule.id}: "
              f"not {finding.left} {finding.relation} {finding.right}")
