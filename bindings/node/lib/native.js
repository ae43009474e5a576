'use strict';
/*
 * The shared library: where it is, and what its functions take and give.
 *
 * What the library reads or fills lies in buffers that are made here, and
 * that whoever makes a call holds until it is over: a call may run on another
 * thread for as long as it likes.
 */
const fs = require('node:fs');
const path = require('node:path');
const koffi = require('koffi');
const { LibraryError, ParcheckError } = require('./errors');

// The oldest library that will do: this version of the package needs it.
const NEEDED = [0, 1];
// In the name of the library: below 1.0 each minor version is one of its own.
const ABI = NEEDED[0] === 0 ? NEEDED.join('.') : String(NEEDED[0]);

const ProgressFunction = koffi.proto(
  'int ParcheckProgress(void *context, uint64_t done, uint64_t total)');
const WriteFunction = koffi.proto(
  'int ParcheckWrite(void *context, void *bytes, size_t size)');

const STRUCTS = {
  // With room for what later versions add.
  error: koffi.struct({
    status: 'int', line: 'size_t', column: 'size_t',
    source: koffi.array('char', 256, 'Array'),
    vi: koffi.array('char', 512, 'Array'),
    en: koffi.array('char', 512, 'Array'),
    room: koffi.array('char', 2048, 'Array'),
  }),
  table: koffi.struct({
    family: 'void *', file: 'void *', data: 'void *', length: 'size_t',
  }),
  input: koffi.struct({
    size: 'size_t', name: 'void *', path: 'void *', data: 'void *',
    length: 'size_t', read: 'void *', context: 'void *',
  }),
  options: koffi.struct({
    size: 'size_t', allocator: 'void *', edition: 'void *',
    encoding: 'void *', layout: 'void *', delimiter: 'char',
    max_file_bytes: 'size_t', max_field_bytes: 'size_t',
    max_fields: 'size_t', max_records: 'size_t', max_findings: 'size_t',
    progress: 'void *', progress_context: 'void *', explain: 'int',
    arithmetic: 'int',
  }),
  write_options: koffi.struct({
    size: 'size_t', format: 'int', language: 'int', verdicts: 'int',
    color: 'int', width: 'unsigned int',
  }),
  edit: koffi.struct({
    size: 'size_t', line: 'size_t', column: 'size_t', kind: 'int',
    unit: 'void *', value: 'void *',
  }),
};

/* What a function gives and takes, one letter each:
 *   h a handle   s a text or null   z a size   i an int   v nothing
 *   u an unsigned number of 64 bits   p the address of a buffer
 *   w the function that takes a report's bytes */
const TYPES = {
  h: 'void *', s: 'str', z: 'size_t', i: 'int', v: 'void', u: 'uint64_t',
  p: 'void *', w: koffi.pointer(WriteFunction),
};

// Every function of the header that the package calls: "RESULT ARGUMENTS".
const PROTOTYPES = {
  version: 's',
  status_name: 's i',
  schema_load_builtin: 'i ppp',
  schema_load_folder: 'i pspp',
  schema_load_tables: 'i ppzpp',
  schema_free: 'v h',
  schema_family_count: 'z h',
  schema_family: 'h hz',
  family_name: 's h',
  family_title: 's hi',
  family_version: 's h',
  family_role_count: 'z h',
  family_role_name: 's hz',
  family_role_code: 's hz',
  family_role_title: 's hzi',
  family_edition_count: 'z h',
  family_edition: 'h hz',
  family_rule_count: 'z h',
  family_rule: 'h hz',
  edition_name: 's h',
  edition_digest: 's h',
  edition_indicator_count: 'z h',
  edition_indicator: 'h hz',
  edition_applies: 'i hh',
  kind_name: 's i',
  indicator_name: 's h',
  indicator_form: 's h',
  indicator_code: 's h',
  indicator_label: 's h',
  indicator_unit: 's h',
  indicator_kind: 'i h',
  indicator_level: 's h',
  indicator_choices: 's h',
  severity_name: 's i',
  rule_id: 's h',
  rule_check: 's h',
  rule_severity: 'i h',
  rule_text: 's hi',
  rule_basis: 's h',
  rule_family: 'h h',
  rule_indicator_count: 'z h',
  rule_indicator_name: 's hz',
  rule_indicator_family: 'h hz',
  rule_indicator_reach: 'i hz',
  rule_indicator_role: 's hz',
  code_count: 'z',
  code_name: 's z',
  code_severity: 'i z',
  code_text: 's zi',
  code_advice: 's zi',
  code_example: 's zi',
  input_init: 'v pz',
  options_init: 'v pz',
  validate: 'i phpzpp',
  schema_lint: 'i phpp',
  report_free: 'v h',
  facts_new: 'i phspp',
  facts_edition: 'i hsp',
  facts_unit: 'i hssssp',
  facts_set: 'i hssp',
  facts_set_code: 'i hsssp',
  validate_facts: 'i phpp',
  facts_free: 'v h',
  schema_power: 'i phhpp',
  power_free: 'v h',
  power_filling_count: 'z h',
  power_cell_count: 'z h',
  power_indicator: 'h hz',
  power_role: 's hz',
  power_rule_count: 'z hz',
  power_reason: 's hz',
  power_possible: 'u hzi',
  power_detected: 'u hzi',
  report_input_count: 'z h',
  report_input_name: 's hz',
  report_input_edition: 'h hz',
  report_edition_count: 'z h',
  report_edition: 'h hz',
  report_finding_count: 'z h',
  report_finding: 'h hz',
  report_severity_count: 'z hi',
  finding_code: 's h',
  finding_severity: 'i h',
  finding_rule: 'h h',
  finding_unit: 's h',
  finding_unit_code: 's h',
  finding_period: 's h',
  finding_message: 's hi',
  finding_left: 's h',
  finding_relation: 's h',
  finding_right: 's h',
  finding_difference: 's h',
  finding_cell_count: 'z h',
  finding_cell: 'h hz',
  finding_explanation_count: 'z h',
  finding_explanation: 'h hz',
  finding_cause: 'z h',
  explanation_id: 's h',
  explanation_kind: 's h',
  explanation_message: 's hi',
  explanation_support: 'z h',
  explanation_repair_count: 'z h',
  explanation_repair: 'h hz',
  explanation_change_count: 'z h',
  explanation_change_cell: 'h hz',
  explanation_change_value: 's hz',
  explanation_change_low: 's hz',
  explanation_change_high: 's hz',
  cell_name: 's h',
  cell_form: 's h',
  cell_code: 's h',
  cell_label: 's h',
  cell_literal: 's h',
  cell_input: 'z h',
  cell_line: 'z h',
  cell_column: 'z h',
  cell_address: 's h',
  cell_unit: 's h',
  cell_unit_code: 's h',
  cell_period: 's h',
  outcome_name: 's i',
  report_verdict_count: 'z h',
  report_verdict: 'h hz',
  report_outcome_count: 'z hi',
  verdict_rule: 'h h',
  verdict_outcome: 'i h',
  verdict_reason: 's h',
  verdict_finding: 'h h',
  verdict_unit: 's h',
  verdict_unit_code: 's h',
  verdict_period: 's h',
  verdict_cell_count: 'z h',
  verdict_cell: 'h hz',
  state_name: 's i',
  report_unit_count: 'z h',
  report_unit: 'h hz',
  report_unit_parent: 'z hz',
  report_unit_previous: 'z hz',
  report_unit_year_before: 'z hz',
  unit_name: 's h',
  unit_code: 's h',
  unit_period: 's h',
  unit_role: 's h',
  unit_edition: 'h h',
  unit_fact: 'h hh',
  fact_state: 'i h',
  fact_cell: 'h h',
  fact_value: 'z hpz',
  report_deduce: 'i phpp',
  deductions_free: 'v h',
  deductions_count: 'z h',
  deductions_cell: 'h hz',
  deductions_indicator: 'h hz',
  deductions_value: 's hz',
  deductions_rule: 'h hz',
  deductions_contradiction: 'h hz',
  format_name: 's i',
  format_find: 'i sp',
  write_options_init: 'v pz',
  report_write: 'i hpwpp',
  edit_init: 'v pz',
  rewrite: 'i pppzwpp',
};

/** The exported names that the package binds. */
const BOUND = Object.keys(PROTOTYPES).map((name) => `parcheck_${name}`);

const FILE_NAME = {
  win32: 'parcheck.dll', darwin: `libparcheck.${ABI}.dylib`,
}[process.platform] ?? `libparcheck.so.${ABI}`;

/** Where the library may be, in the order in which it is looked for. */
function candidates() {
  if (process.env.PARCHECK_LIBRARY) return [process.env.PARCHECK_LIBRARY];
  const beside = path.join(__dirname, '..', FILE_NAME);
  return [...(fs.existsSync(beside) ? [beside] : []), FILE_NAME];
}

function open() {
  const tried = [];
  for (const name of candidates()) {
    try {
      return [name, koffi.load(name)];
    } catch (error) {
      tried.push(`${name}: ${error.message}`);
    }
  }
  throw new LibraryError(
    'the shared library of parcheck was not found; install it or set ' +
    `PARCHECK_LIBRARY to its path (${tried.join('; ')})`);
}

/** Within 0.x a minor version may break what was there before it. */
function checkVersion(version, name) {
  const [major, minor] = version.split('.').map(Number);
  if (major !== NEEDED[0] || !(minor >= NEEDED[1])) {
    throw new LibraryError(
      `${name}: is parcheck ${version}, but this package needs ` +
      `${NEEDED.join('.')} or a later ${NEEDED[0]}.x`);
  }
}

function bind(handle, file, name) {
  const [result, letters = ''] = PROTOTYPES[name].split(' ');
  try {
    return handle.func(`parcheck_${name}`, TYPES[result],
      [...letters].map((letter) => TYPES[letter]));
  } catch {
    throw new LibraryError(
      `${file}: is too old, it lacks parcheck_${name}`);
  }
}

let bound = null;

/** The functions of the header by name, without "parcheck_". */
function library() {
  if (bound === null) {
    const [file, handle] = open();
    checkVersion(bind(handle, file, 'version')(), file);
    const functions = { path: file };
    for (const name of Object.keys(PROTOTYPES)) {
      functions[name] = bind(handle, file, name);
    }
    bound = functions;
  }
  return bound;
}

/** Memory whose place never changes. */
function allocate(size) {
  return Buffer.from(new ArrayBuffer(size));
}

/** A text for the library, which ends at the first zero byte. */
function checkText(value, what) {
  if (typeof value !== 'string') {
    throw new TypeError(`${what}: not a string`);
  }
  if (value.includes('\0')) {
    throw new RangeError(`${what}: a zero character in ${value}`);
  }
  return value;
}

/** The buffers of one call, and the structs that lie in them. */
class Memory {
  constructor() {
    this.held = [];
  }

  hold(buffer) {
    this.held.push(buffer);
    return koffi.address(buffer);
  }

  release() {
    this.held = [];
  }

  text(value, what) {
    if (value === undefined || value === null) return null;
    const bytes = Buffer.byteLength(checkText(value, what));
    const buffer = allocate(bytes + 1);
    buffer.write(value);
    return this.hold(buffer);
  }

  /** Bytes that nobody else may change meanwhile: a copy. */
  bytes(value) {
    const buffer = allocate(Math.max(value.byteLength, 1));
    buffer.set(value);
    return this.hold(buffer);
  }

  /** `values` one behind the other, each with the defaults of the library. */
  structs(kind, values) {
    const type = STRUCTS[kind];
    const init = library()[`${kind}_init`];
    const buffer = allocate(type.size * Math.max(values.length, 1));
    const address = this.hold(buffer);
    values.forEach((value, i) => {
      const at = i * type.size;
      let whole = value;
      if (init) {
        init(address + BigInt(at), type.size);
        whole = { ...koffi.decode(buffer, at, type), ...value };
      }
      koffi.encode(buffer, at, type, whole);
    });
    return address;
  }
}

function cString(bytes) {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** The caller's error, and the handle that a call gives back. */
class Outcome {
  constructor() {
    this.out = allocate(8);
    this.error = allocate(STRUCTS.error.size);
  }

  get handle() {
    return koffi.decode(this.out, 'void *');
  }

  /** Throws what the error says unless the status is that of success. */
  check(status) {
    if (status === 0) return;
    const { members } = STRUCTS.error;
    const field = (name) => cString(this.error.subarray(
      members[name].offset, members[name].offset + members[name].type.size));
    const number = (name) => Number(koffi.decode(
      this.error, members[name].offset, 'size_t'));
    throw new ParcheckError({
      status, statusName: library().status_name(status),
      source: field('source'), line: number('line'),
      column: number('column'), vi: field('vi'), en: field('en'),
    });
  }
}

// The library of foreign functions queues so many calls and refuses more.
const AT_ONCE = 64;
let running = 0;
const waiting = [];

function start() {
  while (running < AT_ONCE && waiting.length > 0) {
    running++;
    waiting.shift()();
  }
}

/**
 * Calls a function on a worker thread. Addresses do not keep what they point
 * to from the garbage collector: what lies in `memory` stays until the end.
 */
function callAsync(name, args, memory = null) {
  return new Promise((resolve, reject) => {
    const functionOf = library()[name];
    waiting.push(() => functionOf.async(...args, (error, result) => {
      memory?.release();
      running--;
      start();
      if (error) reject(error);
      else resolve(result);
    }));
    start();
  });
}

/** Lends C a function of ours while `use` runs; what it throws is kept. */
async function lend(type, raised, call, use) {
  const lent = koffi.register((...args) => {
    try {
      return call(...args);
    } catch (error) {
      raised.push(error);
      return 1;
    }
  }, koffi.pointer(type));
  try {
    return await use(lent);
  } finally {
    koffi.unregister(lent);
  }
}

/** All bytes that `call` writes through the function it is given. */
async function collect(call) {
  const chunks = [];
  const raised = [];
  const outcome = new Outcome();
  const status = await lend(WriteFunction, raised, (_, bytes, size) => {
    if (Number(size) > 0) {
      chunks.push(Buffer.from(new Uint8Array(koffi.view(bytes, Number(size)))));
    }
    return 0;
  }, (write) => call(write, outcome.error));
  if (raised.length > 0) throw raised[0];
  outcome.check(status);
  return Buffer.concat(chunks);
}

module.exports = {
  BOUND, FILE_NAME, NEEDED, Memory, Outcome, ProgressFunction, allocate,
  callAsync, checkText, checkVersion, collect, lend, library,
};
