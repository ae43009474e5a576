"""What a run hands out: plain values that outlive everything else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Operand:
    """An indicator that a rule names."""

    family: str
    name: str
    #: Of which unit: "own", "role" (`x@role`), "children", "previous" or
    #: "year_before".
    reach: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a family of forms."""

    family: str
    id: str
    #: The rule in the rule language, as its table writes it.
    check: str
    #: "error", "warning" or "note".
    severity: str
    #: One sentence that says what must hold.
    text: Text
    #: The form and row on which the rule rests.
    basis: str
    #: Those of what must hold first, its left side in front.
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an edition."""

    name: str
    form: str
    #: The code (STT) that the edition prints, "" for a row without one.
    code: str
    label: str
    unit: str
    #: "count", "amount", "percent", "choice", "text" or "group".
    kind: str
    #: Who reports the row: "province", "district", "commune", "none" or "".
    level: str
    #: The list of codes as the table writes it, "" if there is none.
    choices: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The rows of one province's guidance, and the rules that fit them."""

    family: str
    name: str
    #: "sha256:" and 64 digits over all tables that the edition is judged by.
    digest: str
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...]

    @property
    def full_name(self) -> str:
        """The name with that of the family: "cchc/gia-lai-2022"."""
        return f"{self.family}/{self.name}"


@dataclass(frozen=True, slots=True)
class Role:
    """What a row of a table can stand for, such as the district."""

    name: str
    #: What its row has for a code: "I", "II"; "#" for any whole number.
    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Family:
    """One family of forms with its editions and rules."""

    name: str
    title: Text
    #: The version of the tables, "" if they give none.
    version: str
    #: Of the rows of a table, none for forms.
    roles: tuple[Role, ...]
    editions: tuple[Edition, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a run and the edition that judged it, if any."""

    name: str
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one record of an input, with what it stands for."""

    #: The indicator's name, form, code and label; "" where there is none.
    name: str
    form: str
    code: str
    label: str
    #: The text of the field without the blanks around it.
    literal: str
    #: The index in Report.inputs; for a finding of lint(), of a table.
    input: int
    #: The line on which the record begins and the field in it, from 1.
    line: int
    column: int
    #: What a spreadsheet that opens the file calls the cell, such as "D27".
    address: str
    #: The reporting unit that sent it, its code and the period, or None. They
    #: need not be those of the finding: a rule may name cells of the units
    #: below, or of the period before.
    unit: str | None
    unit_code: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would change. Numbers are exact decimals as text."""

    cell: Cell
    #: None where only the ends are determined.
    value: str | None
    #: The ends, None where they are open.
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A hypothesis about what is wrong."""

    #: A short name that the same hypothesis has in every run.
    id: str
    kind: str
    message: Text
    #: How many independent equations give the values.
    support: int
    #: The rules that fail and would hold after the changes.
    repairs: tuple[Rule, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell about the data."""

    #: The stable code, such as "rule.fails".
    code: str
    #: "error", "warning" or "note".
    severity: str
    rule: Rule | None
    unit: str | None
    unit_code: str | None
    period: str | None
    message: Text
    #: The arithmetic of a failed rule as exact numbers such as "131" or
    #: "650/19" (fractions.Fraction reads them), None where there is none.
    left: str | None
    relation: str | None
    right: str | None
    difference: str | None
    #: The cells it rests on, those of the left side first.
    cells: tuple[Cell, ...]
    #: The likeliest first.
    explanations: tuple[Explanation, ...]
    #: A number from 1 that the findings of one cause share, or None.
    cause: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one rule on one set of facts."""

    rule: Rule
    #: "holds", "rounding", "fails" or "unknown".
    outcome: str
    #: Why, such as "blank" or "zero-denominator", or None.
    reason: str | None
    unit: str | None
    unit_code: str | None
    period: str | None
    cells: tuple[Cell, ...]
    #: The finding with the message and the arithmetic, if it gave one.
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Fact:
    """What one indicator has for one unit."""

    indicator: Indicator
    #: "missing", "blank", "value" or "unreadable".
    state: str
    #: An exact decimal such as "453" or "-0.08", None without a value.
    value: str | None
    #: The cell it came from, the first of several; None if it is missing.
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit in one period: what rules are judged on."""

    #: What the input says of it, None where it does not.
    name: str | None
    code: str | None
    period: str | None
    #: The role of the row of a table, None for forms.
    role: str | None
    edition: Edition
    #: Indexes in Report.units: the unit above it, it earlier in the year, and
    #: it a year ago; None if there is none.
    parent: int | None
    previous: int | None
    year_before: int | None
    facts: tuple[Fact, ...]

    def fact(self, name: str) -> Fact:
        """The fact of the indicator with a machine name, or KeyError."""
        for fact in self.facts:
            if fact.indicator.name == name:
                return fact
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Deduction:
    """A blank cell with the value that the other cells determine."""

    cell: Cell
    indicator: Indicator
    #: As an Edit takes it, with the decimals and the percent sign to print.
    value: str
    #: The rule that gives the value.
    rule: Rule
    #: A rule that the value would make fail, or None. With one the cells
    #: contradict each other and the value should not be used.
    contradiction: Rule | None


@dataclass(frozen=True, slots=True)
class Code:
    """What a code of findings means."""

    #: Such as "row.duplicate".
    name: str
    #: That of its findings; for "rule.fails" the rule says it.
    severity: str
    #: What was found, and what was made of it.
    text: Text
    #: What to do about it.
    advice: Text
    #: How it comes about.
    example: Text


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell of an input that is to have another number."""

    #: Those of a Cell.
    line: int
    column: int
    #: The number: "6006", "-2", "98.50".
    value: str
    #: Of the indicator: its kind and unit.
    kind: str = "count"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Power:
    """How surely the rules of an edition notice a slip in a cell."""

    indicator: Indicator
    #: The name of the role, None where the family has none.
    role: str | None
    #: How many rules rest on the cell; with 0 it is unguarded.
    rules: int
    #: Why it could not be measured: "no-filling" or "always-blank"; or None.
    reason: str | None
    #: By kind of slip ("replaced", "transposed", "by-one"): how many made a
    #: rule fail, and how many there were, in all fillings together.
    slips: dict[str, tuple[int, int]]
    #: How many times the edition was filled with numbers.
    fillings: int
