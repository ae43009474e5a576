"""Makes plain values of what the library lends."""

from __future__ import annotations

import ctypes
from typing import Any, Callable

from ._model import (Cell, Change, Code, Deduction, Edition, Explanation,
                     Fact, Family, Finding, Indicator, Input, Operand, Power,
                     Role, Rule, Text, Unit, Verdict)
from ._native import library, maybe_text, text

VIETNAMESE, ENGLISH = 0, 1
SEVERITIES = range(3)
OUTCOMES = range(4)
KINDS = range(6)
SLIPS = ("replaced", "transposed", "by-one")
REACHES = ("own", "role", "children", "previous", "year_before")
VALUE_SIZE = 32
NO_UNIT = ctypes.c_size_t(-1).value


def both(function: Callable[[int, int], bytes | None], of: int) -> Text:
    """A text in both languages."""
    return Text(text(function(of, VIETNAMESE)), text(function(of, ENGLISH)))


class Catalogue:
    """The families of a schema, and whose pointer belongs to what."""

    def __init__(self, schema: int) -> None:
        self.rules: dict[int, Rule] = {}
        self.editions: dict[int, Edition] = {}
        #: The rows of an edition by its pointer, each with its own.
        self.rows: dict[int, list[tuple[int, Indicator]]] = {}
        lib = library()
        self.families = tuple(
            self._family(lib.schema_family(schema, i))
            for i in range(lib.schema_family_count(schema)))

    def rule(self, pointer: int | None) -> Rule | None:
        return None if pointer is None else self.rules[pointer]

    def edition(self, pointer: int | None) -> Edition | None:
        return None if pointer is None else self.editions[pointer]

    def pointer(self, edition: Edition) -> int:
        return next(pointer for pointer, known in self.editions.items()
                    if known is edition)

    def _family(self, of: int) -> Family:
        lib = library()
        rules = [lib.family_rule(of, i)
                 for i in range(lib.family_rule_count(of))]
        for rule in rules:
            self.rules[rule] = _rule(rule)
        name = text(lib.family_name(of))
        editions = []
        for i in range(lib.family_edition_count(of)):
            pointer = lib.family_edition(of, i)
            edition = self._edition(pointer, name, rules)
            self.editions[pointer] = edition
            editions.append(edition)
        return Family(name, both(lib.family_title, of),
                      text(lib.family_version(of)),
                      tuple(_role(of, i)
                            for i in range(lib.family_role_count(of))),
                      tuple(editions),
                      tuple(self.rules[rule] for rule in rules))

    def _edition(self, of: int, family: str, rules: list[int]) -> Edition:
        lib = library()
        pointers = [lib.edition_indicator(of, i)
                    for i in range(lib.edition_indicator_count(of))]
        indicators = tuple(map(_indicator, pointers))
        self.rows[of] = list(zip(pointers, indicators))
        applying = tuple(self.rules[rule] for rule in rules
                         if lib.edition_applies(of, rule))
        return Edition(family, text(lib.edition_name(of)),
                       text(lib.edition_digest(of)), indicators, applying)


def _role(of: int, index: int) -> Role:
    lib = library()
    return Role(text(lib.family_role_name(of, index)),
                text(lib.family_role_code(of, index)),
                Text(text(lib.family_role_title(of, index, VIETNAMESE)),
                     text(lib.family_role_title(of, index, ENGLISH))))


def _rule(of: int) -> Rule:
    lib = library()
    return Rule(text(lib.family_name(lib.rule_family(of))),
                text(lib.rule_id(of)), text(lib.rule_check(of)),
                text(lib.severity_name(lib.rule_severity(of))),
                both(lib.rule_text, of), text(lib.rule_basis(of)),
                tuple(_operand(of, i)
                      for i in range(lib.rule_indicator_count(of))))


def _operand(of: int, index: int) -> Operand:
    lib = library()
    reach = lib.rule_indicator_reach(of, index)
    return Operand(text(lib.family_name(lib.rule_indicator_family(of, index))),
                   text(lib.rule_indicator_name(of, index)),
                   REACHES[reach] if reach < len(REACHES) else str(reach),
                   maybe_text(lib.rule_indicator_role(of, index)))


def _indicator(of: int) -> Indicator:
    lib = library()
    return Indicator(
        text(lib.indicator_name(of)), text(lib.indicator_form(of)),
        text(lib.indicator_code(of)), text(lib.indicator_label(of)),
        text(lib.indicator_unit(of)),
        text(lib.kind_name(lib.indicator_kind(of))),
        text(lib.indicator_level(of)), text(lib.indicator_choices(of)))


def read_power(of: int, catalogue: Catalogue) -> tuple[Power, ...]:
    lib = library()
    indicators = {pointer: indicator for rows in catalogue.rows.values()
                  for pointer, indicator in rows}
    return tuple(
        Power(indicators[lib.power_indicator(of, i)],
              maybe_text(lib.power_role(of, i)), lib.power_rule_count(of, i),
              maybe_text(lib.power_reason(of, i)),
              {name: (lib.power_detected(of, i, slip),
                      lib.power_possible(of, i, slip))
               for slip, name in enumerate(SLIPS)},
              lib.power_filling_count(of))
        for i in range(lib.power_cell_count(of)))


def codes() -> tuple[Code, ...]:
    """Every code that a finding can have, with what it means."""
    lib = library()
    return tuple(
        Code(text(lib.code_name(i)),
             text(lib.severity_name(lib.code_severity(i))),
             both(lib.code_text, i), both(lib.code_advice, i),
             both(lib.code_example, i))
        for i in range(lib.code_count()))


class Reader:
    """Reads one report. What several findings share is read once."""

    def __init__(self, report: int, catalogue: Catalogue) -> None:
        self.report = report
        self.catalogue = catalogue
        self.lib: Any = library()
        self._cells: dict[int, Cell] = {}
        self._explanations: dict[int, Explanation] = {}
        self._findings: dict[int, Finding] = {}

    def inputs(self) -> tuple[Input, ...]:
        lib, report = self.lib, self.report
        return tuple(
            Input(text(lib.report_input_name(report, i)),
                  self.catalogue.edition(lib.report_input_edition(report, i)))
            for i in range(lib.report_input_count(report)))

    def editions(self) -> tuple[Edition, ...]:
        lib, report = self.lib, self.report
        return tuple(self.catalogue.editions[lib.report_edition(report, i)]
                     for i in range(lib.report_edition_count(report)))

    def counts(self) -> dict[str, int]:
        lib, report = self.lib, self.report
        return {text(lib.severity_name(severity)):
                lib.report_severity_count(report, severity)
                for severity in SEVERITIES}

    def outcomes(self) -> dict[str, int]:
        lib, report = self.lib, self.report
        return {text(lib.outcome_name(outcome)):
                lib.report_outcome_count(report, outcome)
                for outcome in OUTCOMES}

    def findings(self) -> tuple[Finding, ...]:
        lib, report = self.lib, self.report
        return tuple(self._finding(lib.report_finding(report, i))
                     for i in range(lib.report_finding_count(report)))

    def verdicts(self) -> tuple[Verdict, ...]:
        lib, report = self.lib, self.report
        return tuple(self._verdict(lib.report_verdict(report, i))
                     for i in range(lib.report_verdict_count(report)))

    def units(self) -> tuple[Unit, ...]:
        lib, report = self.lib, self.report
        return tuple(self._unit(i)
                     for i in range(lib.report_unit_count(report)))

    def _finding(self, of: int) -> Finding:
        known = self._findings.get(of)
        if known is not None:
            return known
        lib = self.lib
        made = self._findings[of] = Finding(
            text(lib.finding_code(of)),
            text(lib.severity_name(lib.finding_severity(of))),
            self.catalogue.rule(lib.finding_rule(of)),
            maybe_text(lib.finding_unit(of)),
            maybe_text(lib.finding_unit_code(of)),
            maybe_text(lib.finding_period(of)),
            both(lib.finding_message, of),
            maybe_text(lib.finding_left(of)),
            maybe_text(lib.finding_relation(of)),
            maybe_text(lib.finding_right(of)),
            maybe_text(lib.finding_difference(of)),
            tuple(self._cell(lib.finding_cell(of, i))
                  for i in range(lib.finding_cell_count(of))),
            tuple(self._explanation(lib.finding_explanation(of, i))
                  for i in range(lib.finding_explanation_count(of))),
            lib.finding_cause(of) or None)
        return made

    def _verdict(self, of: int) -> Verdict:
        lib = self.lib
        finding = lib.verdict_finding(of)
        return Verdict(
            self.catalogue.rules[lib.verdict_rule(of)],
            text(lib.outcome_name(lib.verdict_outcome(of))),
            maybe_text(lib.verdict_reason(of)),
            maybe_text(lib.verdict_unit(of)),
            maybe_text(lib.verdict_unit_code(of)),
            maybe_text(lib.verdict_period(of)),
            tuple(self._cell(lib.verdict_cell(of, i))
                  for i in range(lib.verdict_cell_count(of))),
            None if finding is None else self._finding(finding))

    def _unit(self, index: int) -> Unit:
        lib, report = self.lib, self.report
        of = lib.report_unit(report, index)
        edition = lib.unit_edition(of)
        parent = lib.report_unit_parent(report, index)
        previous = lib.report_unit_previous(report, index)
        year_before = lib.report_unit_year_before(report, index)
        return Unit(
            maybe_text(lib.unit_name(of)), maybe_text(lib.unit_code(of)),
            maybe_text(lib.unit_period(of)), maybe_text(lib.unit_role(of)),
            self.catalogue.editions[edition],
            None if parent == NO_UNIT else parent,
            None if previous == NO_UNIT else previous,
            None if year_before == NO_UNIT else year_before,
            tuple(self._fact(lib.unit_fact(of, pointer), indicator)
                  for pointer, indicator in self.catalogue.rows[edition]))

    def _fact(self, of: int, indicator: Indicator) -> Fact:
        lib = self.lib
        room = ctypes.create_string_buffer(VALUE_SIZE)
        lib.fact_value(of, ctypes.addressof(room), VALUE_SIZE)
        cell = lib.fact_cell(of)
        return Fact(indicator, text(lib.state_name(lib.fact_state(of))),
                    text(room.value) or None,
                    None if cell is None else self._cell(cell))

    def deductions(self, of: int) -> tuple[Deduction, ...]:
        lib, catalogue = self.lib, self.catalogue
        indicators = {pointer: indicator for rows in catalogue.rows.values()
                      for pointer, indicator in rows}
        return tuple(
            Deduction(self._cell(lib.deductions_cell(of, i)),
                      indicators[lib.deductions_indicator(of, i)],
                      text(lib.deductions_value(of, i)),
                      catalogue.rules[lib.deductions_rule(of, i)],
                      catalogue.rule(lib.deductions_contradiction(of, i)))
            for i in range(lib.deductions_count(of)))

    def _explanation(self, of: int) -> Explanation:
        known = self._explanations.get(of)
        if known is not None:
            return known
        lib = self.lib
        made = self._explanations[of] = Explanation(
            text(lib.explanation_id(of)), text(lib.explanation_kind(of)),
            both(lib.explanation_message, of), lib.explanation_support(of),
            tuple(self.catalogue.rules[lib.explanation_repair(of, i)]
                  for i in range(lib.explanation_repair_count(of))),
            tuple(self._change(of, i)
                  for i in range(lib.explanation_change_count(of))))
        return made

    def _change(self, of: int, index: int) -> Change:
        lib = self.lib
        return Change(self._cell(lib.explanation_change_cell(of, index)),
                      maybe_text(lib.explanation_change_value(of, index)),
                      maybe_text(lib.explanation_change_low(of, index)),
                      maybe_text(lib.explanation_change_high(of, index)))

    def _cell(self, of: int) -> Cell:
        known = self._cells.get(of)
        if known is not None:
            return known
        lib = self.lib
        made = self._cells[of] = Cell(
            text(lib.cell_name(of)), text(lib.cell_form(of)),
            text(lib.cell_code(of)), text(lib.cell_label(of)),
            text(lib.cell_literal(of)), lib.cell_input(of),
            lib.cell_line(of), lib.cell_column(of),
            text(lib.cell_address(of)), maybe_text(lib.cell_unit(of)),
            maybe_text(lib.cell_unit_code(of)),
            maybe_text(lib.cell_period(of)))
        return made
