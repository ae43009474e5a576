/**
 * Checks official statistics for internal consistency.
 *
 * What is wrong with the data is a finding of the report. What keeps a run
 * from being done is a ParcheckError. Runs are done on other threads; what
 * they hand out is frozen and outlives them.
 */

/** One text in both languages. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}

export type Severity = 'error' | 'warning' | 'note';
export type Outcome = 'holds' | 'rounding' | 'fails' | 'unknown';
export type Language = 'vi' | 'en';

/** An indicator that a rule names. */
export interface Operand {
  readonly family: string;
  readonly name: string;
  /** Of which unit: "own", "role" (`x@role`), "children", "previous" or
   *  "year_before". */
  readonly reach: string;
  readonly role: string | null;
}

/** One rule of a family of forms. */
export interface Rule {
  readonly family: string;
  readonly id: string;
  /** The rule in the rule language, as its table writes it. */
  readonly check: string;
  readonly severity: Severity;
  /** One sentence that says what must hold. */
  readonly text: Text;
  /** The form and row on which the rule rests. */
  readonly basis: string;
  /** Those of what must hold first, its left side in front. */
  readonly operands: readonly Operand[];
}

/** One row of an edition. */
export interface Indicator {
  readonly name: string;
  readonly form: string;
  /** The code (STT) that the edition prints, "" for a row without one. */
  readonly code: string;
  readonly label: string;
  readonly unit: string;
  /** "count", "amount", "percent", "choice", "text" or "group". */
  readonly kind: string;
  /** Who reports the row: "province", "district", "commune", "none" or "". */
  readonly level: string;
  /** The list of codes as the table writes it, "" if there is none. */
  readonly choices: string;
}

/** The rows of one province's guidance, and the rules that fit them. */
export interface Edition {
  readonly family: string;
  readonly name: string;
  /** The name with that of the family: "cchc/gia-lai-2022". */
  readonly fullName: string;
  /** "sha256:" and 64 digits over all tables that it is judged by. */
  readonly digest: string;
  readonly indicators: readonly Indicator[];
  readonly rules: readonly Rule[];
}

/** What a row of a table can stand for, such as the district. */
export interface Role {
  readonly name: string;
  /** What its row has for a code: "I", "II"; "#" for any whole number. */
  readonly code: string;
  readonly title: Text;
}

/** One family of forms with its editions and rules. */
export interface Family {
  readonly name: string;
  readonly title: Text;
  /** The version of the tables, "" if they give none. */
  readonly version: string;
  /** Of the rows of a table, none for forms. */
  readonly roles: readonly Role[];
  readonly editions: readonly Edition[];
  readonly rules: readonly Rule[];
}

/** One input of a run and the edition that judged it, if any. */
export interface Input {
  readonly name: string;
  readonly edition: Edition | null;
}

/** One field of one record of an input, with what it stands for. */
export interface Cell {
  /** The indicator's name, form, code and label; "" where there is none. */
  readonly name: string;
  readonly form: string;
  readonly code: string;
  readonly label: string;
  /** The text of the field without the blanks around it. */
  readonly literal: string;
  /** The index in Report.inputs; for a finding of lint(), of a table. */
  readonly input: number;
  /** The line on which the record begins and the field in it, from 1. */
  readonly line: number;
  readonly column: number;
  /** What a spreadsheet calls the cell, such as "D27". */
  readonly address: string;
  /** The reporting unit that sent it, its code and the period, or null. They
   * need not be those of the finding: a rule may name cells of the units
   * below, or of the period before. */
  readonly unit: string | null;
  readonly unitCode: string | null;
  readonly period: string | null;
}

/** One cell that would change. Numbers are exact decimals as text. */
export interface Change {
  readonly cell: Cell;
  /** null where only the ends are determined. */
  readonly value: string | null;
  /** The ends, null where they are open. */
  readonly low: string | null;
  readonly high: string | null;
}

/** A hypothesis about what is wrong. */
export interface Explanation {
  /** A short name that the same hypothesis has in every run. */
  readonly id: string;
  readonly kind: string;
  readonly message: Text;
  /** How many independent equations give the values. */
  readonly support: number;
  /** The rules that fail and would hold after the changes. */
  readonly repairs: readonly Rule[];
  readonly changes: readonly Change[];
}

/** One thing to tell about the data. */
export interface Finding {
  /** The stable code, such as "rule.fails". */
  readonly code: string;
  readonly severity: Severity;
  readonly rule: Rule | null;
  readonly unit: string | null;
  readonly unitCode: string | null;
  readonly period: string | null;
  readonly message: Text;
  /** The arithmetic of a failed rule as exact numbers such as "131" or
   * "650/19", null where there is none. */
  readonly left: string | null;
  readonly relation: string | null;
  readonly right: string | null;
  readonly difference: string | null;
  /** The cells it rests on, those of the left side first. */
  readonly cells: readonly Cell[];
  /** The likeliest first. */
  readonly explanations: readonly Explanation[];
  /** A number from 1 that the findings of one cause share, or null. */
  readonly cause: number | null;
}

/** What came of one rule on one set of facts. */
export interface Verdict {
  readonly rule: Rule;
  readonly outcome: Outcome;
  /** Why, such as "blank" or "zero-denominator", or null. */
  readonly reason: string | null;
  readonly unit: string | null;
  readonly unitCode: string | null;
  readonly period: string | null;
  readonly cells: readonly Cell[];
  /** The finding with the message and the arithmetic, if it gave one. */
  readonly finding: Finding | null;
}

/** What one indicator has for one unit. */
export interface Fact {
  readonly indicator: Indicator;
  readonly state: 'missing' | 'blank' | 'value' | 'unreadable';
  /** An exact decimal such as "453" or "-0.08", null without a value. */
  readonly value: string | null;
  /** The cell it came from, the first of several; null if missing. */
  readonly cell: Cell | null;
}

/** A reporting unit in one period: what rules are judged on. */
export interface Unit {
  readonly name: string | null;
  readonly code: string | null;
  readonly period: string | null;
  /** The role of the row of a table, null for forms. */
  readonly role: string | null;
  readonly edition: Edition;
  /** Indexes in Report.units, null if there is none: the unit above it, it
   *  earlier in the year, and it a year ago. */
  readonly parent: number | null;
  readonly previous: number | null;
  readonly yearBefore: number | null;
  readonly facts: readonly Fact[];
}

/** How surely the rules of an edition notice a slip in a cell. */
export interface Power {
  readonly indicator: Indicator;
  readonly role: string | null;
  /** How many rules rest on the cell; with 0 it is unguarded. */
  readonly rules: number;
  /** Why it could not be measured, or null. */
  readonly reason: string | null;
  readonly slips: {
    readonly [slip in 'replaced' | 'transposed' | 'by-one']:
      { readonly detected: number; readonly possible: number };
  };
  /** How many times the edition was filled with numbers. */
  readonly fillings: number;
}

/** A blank cell with the value that the other cells determine. */
export interface Deduction {
  readonly cell: Cell;
  readonly indicator: Indicator;
  /** As an Edit takes it, with the decimals and the percent sign to print. */
  readonly value: string;
  /** The rule that gives the value. */
  readonly rule: Rule;
  /** A rule that the value would make fail, or null. With one the cells
   * contradict each other and the value should not be used. */
  readonly contradiction: Rule | null;
}

/** What a code of findings means. */
export interface Code {
  /** Such as "row.duplicate". */
  readonly name: string;
  /** That of its findings; for "rule.fails" the rule says it. */
  readonly severity: Severity;
  /** What was found, and what was made of it. */
  readonly text: Text;
  /** What to do about it. */
  readonly advice: Text;
  /** How it comes about. */
  readonly example: Text;
}

/** A cell of an input that is to have another number. */
export interface Edit {
  /** Those of a Cell. */
  readonly line: number;
  readonly column: number;
  /** The number: "6006", "-2", "98.50". */
  readonly value: string;
  /** Of the indicator; default "count". */
  readonly kind?: string;
  readonly unit?: string;
}

type Plain = string | URL | Uint8Array | ArrayBuffer |
  AsyncIterable<Uint8Array>;

/** A file: its path or URL, its bytes, a stream of bytes, or one of these
 * under a name for the report. */
export type Source = Plain | { readonly source: Plain; readonly name?: string };

export interface RunOptions {
  /** Called while the run goes on; true stops it (PARCHECK_ECANCELLED). */
  readonly progress?: (done: number, total: number) => boolean | void;
  /** Stops the run; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
  /** The ceiling of findings of one code. */
  readonly maxFindings?: number;
  /** Look for explanations of rules that fail (default); false is faster. */
  readonly explain?: boolean;
}

/** What is not given is found for each input; ceilings have defaults, and a
 * finding "limit.*" reports that one was reached. */
export interface Options extends RunOptions {
  readonly edition?: string;
  readonly encoding?: string;
  readonly layout?: 'form' | 'table' | 'series' | 'long';
  readonly delimiter?: string;
  readonly maxFileBytes?: number;
  readonly maxFieldBytes?: number;
  readonly maxFields?: number;
  readonly maxRecords?: number;
}

export interface WriteOptions {
  /** Default "vi"; the JSON formats have both. */
  readonly language?: Language;
  /** List every verdict instead of their totals only. */
  readonly verdicts?: boolean;
  /** Of a text: ANSI colours, and its width (40 to 1000, default 80). */
  readonly color?: boolean;
  readonly width?: number;
}

interface Closing {
  readonly closed: boolean;
  /** Gives back what the library holds; otherwise the garbage collector does.
   * What is running ends first. */
  close(): void;
  [Symbol.dispose](): void;
}

/** Everything that came of one run. After close() what was read stays, the
 * rest throws. */
export interface Report extends Closing {
  /** In the order of their names. */
  readonly inputs: readonly Input[];
  readonly editions: readonly Edition[];
  readonly counts: { readonly [severity in Severity]: number };
  readonly outcomes: { readonly [outcome in Outcome]: number };
  /** True if there is no error; there may be warnings and notes. */
  readonly ok: boolean;
  /** Errors first, then by input, line, column and rule. */
  readonly findings: readonly Finding[];
  /** By unit in the order of the inputs, then by rule. */
  readonly verdicts: readonly Verdict[];
  readonly units: readonly Unit[];
  /** The blank totals and percentages that the other cells determine, in the
   * order of their cells; rewrite() can write the values. */
  deduce(): Promise<readonly Deduction[]>;
  /** The report in one of formats(); default "text". */
  render(format?: string, options?: WriteOptions): Promise<string>;
  bytes(format?: string, options?: WriteOptions): Promise<Uint8Array>;
  /** The JSON report, parsed. */
  json(options?: WriteOptions): Promise<any>;
}

/** A whole number, text as it would stand in a cell, or null for a blank. */
export type Value = number | bigint | string | null;

/** A set of facts of an edition, to be judged without a file. Values belong
 * to the unit that was begun last; forms of one unit need none. */
export interface Facts extends Closing {
  /** Goes on with the edition of another family. */
  edition(name: string): this;
  /** Begins a unit, or goes on with one begun with the same words: `code` is
   * that of the row of a table, `parent` the unit above by code or name. */
  unit(unit: {
    readonly name?: string; readonly code?: string;
    readonly parent?: string; readonly period?: string;
  }): this;
  /** By the machine name of the indicator. */
  set(name: string, value: Value): this;
  /** By form and code, as the edition prints them. */
  setCode(form: string, code: string, value: Value): this;
  /** set() for each. */
  update(values: { readonly [name: string]: Value }): this;
  /** Can be called again, after more was set. */
  validate(options?: RunOptions): Promise<Report>;
}

/** A set of form families. Any number of runs may use one at a time. */
export class Schema implements Closing {
  private constructor();
  /** The schemas that are built into the library. */
  static builtin(): Promise<Schema>;
  /** One family (a folder with rules.csv), or a folder of families. */
  static folder(path: string | URL): Promise<Schema>;
  /** CSV tables under names such as "cchc/rules.csv". */
  static tables(tables: {
    readonly [name: string]: string | Uint8Array;
  }): Promise<Schema>;
  readonly closed: boolean;
  close(): void;
  [Symbol.dispose](): void;
  readonly families: readonly Family[];
  readonly editions: readonly Edition[];
  /** By a name such as "gia-lai-2022" or "cchc/gia-lai-2022", or null. */
  edition(name: string): Edition | null;
  /** Checks one submission, which may have several files. */
  validate(sources: Source | readonly Source[], options?: Options):
    Promise<Report>;
  facts(edition: string): Facts;
  /** Examines the schema itself; its findings are `schema.*`. */
  lint(): Promise<Report>;
  /** How surely a slip in each cell of an edition is noticed. */
  power(edition: string): Promise<readonly Power[]>;
}

/** A run could not be done. */
export class ParcheckError extends Error {
  private constructor();
  /** "PARCHECK_EIO" and so on. */
  readonly code: string;
  readonly status: number;
  readonly statusName: string;
  /** A file, folder or table, "" if there is none; line and column in it. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** What happened, without the place. */
  readonly vi: string;
  readonly en: string;
}

/** The shared library of parcheck is not there, or is too old. */
export class LibraryError extends Error {
  private constructor();
  readonly code: 'PARCHECK_LIBRARY';
}

/** The built-in schemas, loaded once for the whole process. */
export function builtin(): Promise<Schema>;
/** Schema.validate() by the built-in schemas, or by `schema`. */
export function validate(sources: Source | readonly Source[],
  options?: Options & { readonly schema?: Schema }): Promise<Report>;
/** A copy of one input, byte for byte but for the numbers of some cells, each
 * written as the old one was. */
export function rewrite(source: Source, edits: Iterable<Edit>,
  options?: { readonly encoding?: string; readonly delimiter?: string }):
  Promise<Uint8Array>;
/** Every code that a finding can have. */
export function codes(): readonly Code[];
/** The names of the formats in which a report can be written. */
export function formats(): string[];
/** The version of the shared library that runs. */
export function libraryVersion(): string;
