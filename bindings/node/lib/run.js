'use strict';
/* One call of the library: the structs, and all that they point to. */
const { fileURLToPath } = require('node:url');
const {
  Memory, Outcome, ProgressFunction, callAsync, collect, lend, library,
} = require('./native');
const { KINDS } = require('./read');
const { Owned } = require('./handle');

const TEXTS = ['edition', 'encoding', 'layout'];
const CEILINGS = {
  maxFileBytes: 'max_file_bytes', maxFieldBytes: 'max_field_bytes',
  maxFields: 'max_fields', maxRecords: 'max_records',
  maxFindings: 'max_findings',
};
const KNOWN = new Set([...TEXTS, ...Object.keys(CEILINGS), 'delimiter',
  'explain', 'progress', 'signal']);

function checkSize(value, what) {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what}: ${value} is no size`);
  }
  return value;
}

/** The fields of parcheck_options that a user has set. */
function optionFields(memory, options) {
  const fields = {};
  for (const name of Object.keys(options)) {
    if (!KNOWN.has(name)) throw new TypeError(`unknown option: ${name}`);
  }
  for (const name of TEXTS) {
    const text = memory.text(options[name], name);
    if (text !== null) fields[name] = text;
  }
  for (const [name, field] of Object.entries(CEILINGS)) {
    if (options[name] !== undefined) {
      fields[field] = checkSize(options[name], name);
    }
  }
  const { delimiter, explain } = options;
  if (explain !== undefined) {
    if (typeof explain !== 'boolean') {
      throw new TypeError(`explain: not true or false: ${explain}`);
    }
    fields.explain = explain ? 1 : 0;
  }
  if (delimiter !== undefined) {
    if (typeof delimiter !== 'string' || !/^[\x01-\x7f]$/.test(delimiter)) {
      throw new RangeError(
        `delimiter: not one ASCII character: ${delimiter}`);
    }
    fields.delimiter = delimiter.charCodeAt(0);
  }
  return fields;
}

/** The bytes of an iterable of chunks, such as a stream. */
async function readAll(chunks) {
  const held = [];
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError('a stream of a source has to give bytes');
    }
    held.push(chunk);
  }
  return Buffer.concat(held);
}

async function inputFields(memory, source) {
  if (typeof source === 'string') return { path: memory.text(source, 'path') };
  if (source instanceof URL) {
    return { path: memory.text(fileURLToPath(source), 'path') };
  }
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
    return {
      data: memory.bytes(new Uint8Array(
        source.buffer ?? source, source.byteOffset ?? 0, source.byteLength)),
      length: source.byteLength,
    };
  }
  if (source && typeof source[Symbol.asyncIterator] === 'function') {
    return inputFields(memory, await readAll(source));
  }
  if (source && source.source !== undefined) {
    const name = memory.text(source.name, 'name');
    const fields = await inputFields(memory, source.source);
    return name === null ? fields : { ...fields, name };
  }
  throw new TypeError('a source is a path, a URL, bytes, a stream, or ' +
    '{ source, name }');
}

async function inputs(memory, sources) {
  const all = Array.isArray(sources) ? sources : [sources];
  const fields = [];
  for (const source of all) fields.push(await inputFields(memory, source));
  return [memory.structs('input', fields), all.length];
}

/** What makes something through its first parameter, as an owned handle. */
async function make(name, args, release, needs = null, memory = null) {
  const outcome = new Outcome();
  outcome.check(await callAsync(
    name, [outcome.out, ...args, outcome.error], memory));
  return new Owned(outcome.handle, library()[release], needs);
}

/**
 * Runs `call` with the address of the options. A progress callback, and a
 * signal, stop it; what they throw comes through.
 */
async function withOptions(memory, options, call) {
  const fields = optionFields(memory, options);
  const { progress, signal } = options;
  signal?.throwIfAborted();
  if (!progress && !signal) {
    return call(memory.structs('options', [fields]));
  }
  const raised = [];
  const tell = (_, done, total) => {
    signal?.throwIfAborted();
    return progress?.(Number(done), Number(total)) === true ? 1 : 0;
  };
  try {
    return await lend(ProgressFunction, raised, tell, (lent) => call(
      memory.structs('options', [{ ...fields, progress: lent }])));
  } catch (error) {
    throw raised.length > 0 ? raised[0] : error;
  }
}

async function validate(schema, sources, options) {
  const memory = new Memory();
  const [address, count] = await inputs(memory, sources);
  return withOptions(memory, options, (given) => make(
    'validate', [schema.pointer, address, count, given], 'report_free',
    schema, memory));
}

function editFields(memory, edit) {
  const lib = library();
  const kinds = Array.from({ length: KINDS }, (_, i) => lib.kind_name(i));
  const kind = kinds.indexOf(edit.kind ?? 'count');
  if (kind < 0) {
    throw new RangeError(
      `kind: ${edit.kind} is not one of ${kinds.join(', ')}`);
  }
  return {
    line: checkSize(edit.line, 'line'),
    column: checkSize(edit.column, 'column'),
    kind,
    unit: memory.text(edit.unit, 'unit'),
    value: memory.text(edit.value, 'value'),
  };
}

/** A copy of one input, byte for byte but for the numbers of some cells. */
async function rewrite(source, edits, options = {}) {
  const memory = new Memory();
  const [address] = await inputs(memory, [source]);
  const all = [...edits].map((edit) => editFields(memory, edit));
  const given = memory.structs('edit', all);
  return withOptions(memory, options, (fields) => collect(
    (write, error) => callAsync('rewrite', [
      address, fields, given, all.length, write, null, error], memory)));
}

module.exports = { make, rewrite, validate, withOptions };
