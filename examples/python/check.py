"""Checks a submission of two files and says what is wrong, and why.

usage: check.py [FILE...]                     (default: the report of Hòa An)
"""

import sys
from pathlib import Path

import parcheck

HOA_AN = Path(__file__).resolve().parents[1] / "hoa-an"


def main() -> None:
    files = sys.argv[1:] or sorted(HOA_AN.glob("*.csv"))
    try:
        report = parcheck.validate(*files)
    except parcheck.ParcheckError as error:
        sys.exit(f"{error}\n{error.vi}")
    with report:
        for finding in report.findings:
            place = finding.cells[0]
            name = Path(report.inputs[place.input].name).name
            print(f"{finding.severity} {name}:{place.line} "
                  f"({place.address}): {finding.message.en}")
            for explanation in finding.explanations:
                print(f"    perhaps: {explanation.message.en}")
                for change in explanation.changes:
                    print(f"        {change.cell.address}: "
                          f"{change.cell.literal or 'blank'} -> "
                          f"{change.value or (change.low, change.high)}")
        print(report.counts)


if __name__ == "__main__":
    main()
