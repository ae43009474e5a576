'use strict';
const { Memory, allocate, callAsync, checkText, collect, library } =
  require('./native');
const { Closable } = require('./handle');
const { Reader } = require('./read');
const { make } = require('./run');
const koffi = require('koffi');

const LANGUAGES = ['vi', 'en'];

/** The names of the formats in which a report can be written. */
function formats() {
  const names = [];
  for (let name; (name = library().format_name(names.length)) !== null;) {
    names.push(name);
  }
  return names;
}

function formatNumber(name) {
  const number = allocate(4);
  if (!library().format_find(checkText(name, 'format'),
    koffi.address(number))) {
    throw new RangeError(
      `format: ${name} is not one of ${formats().join(', ')}`);
  }
  return koffi.decode(number, 'int');
}

function writeOptions(memory, format, options) {
  const { language = 'vi', verdicts = false, color = false, width = 80 } =
    options;
  if (!LANGUAGES.includes(language)) {
    throw new RangeError(`language: ${language} is not one of vi, en`);
  }
  if (!Number.isInteger(width) || width < 0 || width >= 2 ** 31) {
    throw new RangeError(`width: ${width} columns`);
  }
  return memory.structs('write_options', [{
    format: formatNumber(format), language: LANGUAGES.indexOf(language),
    verdicts: verdicts ? 1 : 0, color: color ? 1 : 0, width,
  }]);
}

/** Everything that came of one run; see index.d.ts. */
class Report extends Closable {
  #reader;
  #read = {};

  constructor(owned, catalogue) {
    super(owned);
    this.#reader = new Reader(owned.pointer, catalogue);
    this.inputs = this.#reader.inputs();
    this.editions = this.#reader.editions();
    this.counts = this.#reader.counts();
    this.outcomes = this.#reader.outcomes();
  }

  get ok() {
    return this.counts.error === 0;
  }

  get findings() {
    return this.#once('findings');
  }

  get verdicts() {
    return this.#once('verdicts');
  }

  get units() {
    return this.#once('units');
  }

  /** The blank cells that the other cells determine. */
  async deduce() {
    return this._using(async (owned) => {
      const made = await make('report_deduce', [owned.pointer, null],
        'deductions_free', owned);
      try {
        return this.#reader.deductions(made.pointer);
      } finally {
        made.drop();
      }
    });
  }

  #once(what) {
    if (!(what in this.#read)) {
      this._owned();
      this.#read[what] = this.#reader[what]();
    }
    return this.#read[what];
  }

  /** The report in a format, as bytes. */
  async bytes(format = 'text', options = {}) {
    return this._using((owned) => {
      const memory = new Memory();
      const given = writeOptions(memory, format, options);
      return collect((write, error) => callAsync('report_write', [
        owned.pointer, given, write, null, error,
      ], memory));
    });
  }

  /** The report in a format, as a text. */
  async render(format = 'text', options = {}) {
    return (await this.bytes(format, options)).toString('utf8');
  }

  /** The JSON report, parsed; both languages are in it. */
  async json(options = {}) {
    return JSON.parse(await this.render('json', options));
  }
}

module.exports = { Report, formats };
