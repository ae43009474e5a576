'use strict';
/* Makes plain values of what the library lends. */
const { allocate, library } = require('./native');
const koffi = require('koffi');

const VIETNAMESE = 0;
const ENGLISH = 1;
const KINDS = 6;
const REACHES = ['own', 'role', 'children', 'previous', 'year_before'];
const SLIPS = ['replaced', 'transposed', 'by-one'];
const VALUE_SIZE = 32;

const freeze = Object.freeze;

function both(read, ...of) {
  return freeze({ vi: read(...of, VIETNAMESE), en: read(...of, ENGLISH) });
}

/** [make(0), make(1), ...], frozen. */
function list(count, make) {
  return freeze(Array.from({ length: Number(count) }, (_, i) => make(i)));
}

/** The families of a schema, and whose pointer belongs to what. */
class Catalogue {
  constructor(schema) {
    const lib = library();
    this.rules = new Map();
    this.editions = new Map();
    this.rows = new Map(); // of an edition: [pointer, indicator]
    this.families = list(lib.schema_family_count(schema),
      (i) => this.#family(lib.schema_family(schema, i)));
  }

  edition(pointer) {
    return pointer === null ? null : this.editions.get(pointer);
  }

  rule(pointer) {
    return pointer === null ? null : this.rules.get(pointer);
  }

  pointer(edition) {
    for (const [pointer, known] of this.editions) {
      if (known === edition) return pointer;
    }
    return null;
  }

  #family(of) {
    const lib = library();
    const rules = list(lib.family_rule_count(of), (i) => {
      const pointer = lib.family_rule(of, i);
      this.rules.set(pointer, readRule(pointer));
      return pointer;
    });
    const name = lib.family_name(of);
    return freeze({
      name,
      title: both(lib.family_title, of),
      version: lib.family_version(of),
      roles: list(lib.family_role_count(of), (i) => freeze({
        name: lib.family_role_name(of, i),
        code: lib.family_role_code(of, i),
        title: both(lib.family_role_title, of, i),
      })),
      editions: list(lib.family_edition_count(of),
        (i) => this.#edition(lib.family_edition(of, i), name, rules)),
      rules: freeze(rules.map((rule) => this.rules.get(rule))),
    });
  }

  #edition(of, family, rules) {
    const lib = library();
    const rows = list(lib.edition_indicator_count(of), (i) => {
      const pointer = lib.edition_indicator(of, i);
      return [pointer, readIndicator(pointer)];
    });
    const name = lib.edition_name(of);
    const edition = freeze({
      family,
      name,
      fullName: `${family}/${name}`,
      digest: lib.edition_digest(of),
      indicators: freeze(rows.map(([, indicator]) => indicator)),
      rules: freeze(rules.filter((rule) => lib.edition_applies(of, rule))
        .map((rule) => this.rules.get(rule))),
    });
    this.rows.set(of, rows);
    this.editions.set(of, edition);
    return edition;
  }
}

function readRule(of) {
  const lib = library();
  return freeze({
    family: lib.family_name(lib.rule_family(of)),
    id: lib.rule_id(of),
    check: lib.rule_check(of),
    severity: lib.severity_name(lib.rule_severity(of)),
    text: both(lib.rule_text, of),
    basis: lib.rule_basis(of),
    operands: list(lib.rule_indicator_count(of), (i) => {
      const reach = lib.rule_indicator_reach(of, i);
      return freeze({
        family: lib.family_name(lib.rule_indicator_family(of, i)),
        name: lib.rule_indicator_name(of, i),
        reach: REACHES[reach] ?? String(reach),
        role: lib.rule_indicator_role(of, i),
      });
    }),
  });
}

function readIndicator(of) {
  const lib = library();
  return freeze({
    name: lib.indicator_name(of),
    form: lib.indicator_form(of),
    code: lib.indicator_code(of),
    label: lib.indicator_label(of),
    unit: lib.indicator_unit(of),
    kind: lib.kind_name(lib.indicator_kind(of)),
    level: lib.indicator_level(of),
    choices: lib.indicator_choices(of),
  });
}

function readPower(of, catalogue) {
  const lib = library();
  const indicators = new Map([...catalogue.rows.values()].flat());
  return list(lib.power_cell_count(of), (i) => freeze({
    indicator: indicators.get(lib.power_indicator(of, i)),
    role: lib.power_role(of, i),
    rules: lib.power_rule_count(of, i),
    reason: lib.power_reason(of, i),
    slips: freeze(Object.fromEntries(SLIPS.map((name, slip) => [name, freeze({
      detected: Number(lib.power_detected(of, i, slip)),
      possible: Number(lib.power_possible(of, i, slip)),
    })]))),
    fillings: lib.power_filling_count(of),
  }));
}

/** Every code that a finding can have, with what it means. */
function codes() {
  const lib = library();
  return list(lib.code_count(), (i) => freeze({
    name: lib.code_name(i),
    severity: lib.severity_name(lib.code_severity(i)),
    text: both(lib.code_text, i),
    advice: both(lib.code_advice, i),
    example: both(lib.code_example, i),
  }));
}

/** Reads one report. What several findings share is read once. */
class Reader {
  #cells = new Map();
  #explanations = new Map();
  #findings = new Map();

  constructor(report, catalogue) {
    this.report = report;
    this.catalogue = catalogue;
  }

  inputs() {
    const lib = library();
    return list(lib.report_input_count(this.report), (i) => freeze({
      name: lib.report_input_name(this.report, i),
      edition: this.catalogue.edition(
        lib.report_input_edition(this.report, i)),
    }));
  }

  editions() {
    const lib = library();
    return list(lib.report_edition_count(this.report),
      (i) => this.catalogue.edition(lib.report_edition(this.report, i)));
  }

  counts() {
    const lib = library();
    return freeze(Object.fromEntries([0, 1, 2].map((severity) => [
      lib.severity_name(severity),
      lib.report_severity_count(this.report, severity)])));
  }

  outcomes() {
    const lib = library();
    return freeze(Object.fromEntries([0, 1, 2, 3].map((outcome) => [
      lib.outcome_name(outcome),
      lib.report_outcome_count(this.report, outcome)])));
  }

  findings() {
    const lib = library();
    return list(lib.report_finding_count(this.report),
      (i) => this.#finding(lib.report_finding(this.report, i)));
  }

  verdicts() {
    const lib = library();
    return list(lib.report_verdict_count(this.report),
      (i) => this.#verdict(lib.report_verdict(this.report, i)));
  }

  units() {
    const lib = library();
    return list(lib.report_unit_count(this.report), (i) => this.#unit(i));
  }

  deductions(of) {
    const lib = library();
    const indicators = new Map([...this.catalogue.rows.values()].flat());
    return list(lib.deductions_count(of), (i) => freeze({
      cell: this.#cell(lib.deductions_cell(of, i)),
      indicator: indicators.get(lib.deductions_indicator(of, i)),
      value: lib.deductions_value(of, i),
      rule: this.catalogue.rule(lib.deductions_rule(of, i)),
      contradiction: this.catalogue.rule(lib.deductions_contradiction(of, i)),
    }));
  }

  #known(map, of, make) {
    if (of === null) return null;
    let known = map.get(of);
    if (known === undefined) {
      known = freeze(make());
      map.set(of, known);
    }
    return known;
  }

  #finding(of) {
    const lib = library();
    return this.#known(this.#findings, of, () => ({
      code: lib.finding_code(of),
      severity: lib.severity_name(lib.finding_severity(of)),
      rule: this.catalogue.rule(lib.finding_rule(of)),
      unit: lib.finding_unit(of),
      unitCode: lib.finding_unit_code(of),
      period: lib.finding_period(of),
      message: both(lib.finding_message, of),
      left: lib.finding_left(of),
      relation: lib.finding_relation(of),
      right: lib.finding_right(of),
      difference: lib.finding_difference(of),
      cells: list(lib.finding_cell_count(of),
        (i) => this.#cell(lib.finding_cell(of, i))),
      explanations: list(lib.finding_explanation_count(of),
        (i) => this.#explanation(lib.finding_explanation(of, i))),
      cause: lib.finding_cause(of) || null,
    }));
  }

  #explanation(of) {
    const lib = library();
    return this.#known(this.#explanations, of, () => ({
      id: lib.explanation_id(of),
      kind: lib.explanation_kind(of),
      message: both(lib.explanation_message, of),
      support: lib.explanation_support(of),
      repairs: list(lib.explanation_repair_count(of),
        (i) => this.catalogue.rule(lib.explanation_repair(of, i))),
      changes: list(lib.explanation_change_count(of), (i) => freeze({
        cell: this.#cell(lib.explanation_change_cell(of, i)),
        value: lib.explanation_change_value(of, i),
        low: lib.explanation_change_low(of, i),
        high: lib.explanation_change_high(of, i),
      })),
    }));
  }

  #verdict(of) {
    const lib = library();
    return freeze({
      rule: this.catalogue.rule(lib.verdict_rule(of)),
      outcome: lib.outcome_name(lib.verdict_outcome(of)),
      reason: lib.verdict_reason(of),
      unit: lib.verdict_unit(of),
      unitCode: lib.verdict_unit_code(of),
      period: lib.verdict_period(of),
      cells: list(lib.verdict_cell_count(of),
        (i) => this.#cell(lib.verdict_cell(of, i))),
      finding: this.#finding(lib.verdict_finding(of)),
    });
  }

  #unit(index) {
    const lib = library();
    const of = lib.report_unit(this.report, index);
    const edition = lib.unit_edition(of);
    // "None" is the largest size, which no number holds.
    const other = (at) => (typeof at === 'bigint' ? null : at);
    return freeze({
      name: lib.unit_name(of),
      code: lib.unit_code(of),
      period: lib.unit_period(of),
      role: lib.unit_role(of),
      edition: this.catalogue.edition(edition),
      parent: other(lib.report_unit_parent(this.report, index)),
      previous: other(lib.report_unit_previous(this.report, index)),
      yearBefore: other(lib.report_unit_year_before(this.report, index)),
      facts: freeze(this.catalogue.rows.get(edition).map(
        ([pointer, indicator]) => this.#fact(lib.unit_fact(of, pointer),
          indicator))),
    });
  }

  #fact(of, indicator) {
    const lib = library();
    const room = allocate(VALUE_SIZE);
    const length = lib.fact_value(of, koffi.address(room), VALUE_SIZE);
    return freeze({
      indicator,
      state: lib.state_name(lib.fact_state(of)),
      value: length > 0 ? room.toString('utf8', 0, length) : null,
      cell: this.#cell(lib.fact_cell(of)),
    });
  }

  #cell(of) {
    const lib = library();
    return this.#known(this.#cells, of, () => ({
      name: lib.cell_name(of),
      form: lib.cell_form(of),
      code: lib.cell_code(of),
      label: lib.cell_label(of),
      literal: lib.cell_literal(of),
      input: lib.cell_input(of),
      line: lib.cell_line(of),
      column: lib.cell_column(of),
      address: lib.cell_address(of),
      unit: lib.cell_unit(of),
      unitCode: lib.cell_unit_code(of),
      period: lib.cell_period(of),
    }));
  }
}

module.exports = { Catalogue, KINDS, Reader, codes, readPower };
