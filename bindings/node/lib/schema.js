'use strict';
const { fileURLToPath } = require('node:url');
const { Memory, checkText, library } = require('./native');
const { Closable } = require('./handle');
const { Catalogue, readPower } = require('./read');
const { Report } = require('./report');
const { Facts } = require('./facts');
const { make, validate } = require('./run');

/** A set of form families with their editions and rules; see index.d.ts. */
class Schema extends Closable {
  #catalogue;

  /** Not for users: they load schemas with the functions below. */
  constructor(owned) {
    super(owned);
    this.#catalogue = new Catalogue(owned.pointer);
  }

  static async builtin() {
    return new Schema(await make('schema_load_builtin', [null],
      'schema_free'));
  }

  static async folder(path) {
    const name = path instanceof URL ? fileURLToPath(path) : path;
    return new Schema(await make('schema_load_folder',
      [checkText(name, 'path'), null], 'schema_free'));
  }

  static async tables(tables) {
    const memory = new Memory();
    const all = Object.entries(tables).map(([name, table]) => {
      const data = typeof table === 'string' ? Buffer.from(table) : table;
      const slash = name.lastIndexOf('/');
      return {
        family: memory.text(name.slice(0, Math.max(slash, 0)), 'table'),
        file: memory.text(name.slice(slash + 1), 'table'),
        data: memory.bytes(data),
        length: data.byteLength,
      };
    });
    return new Schema(await make('schema_load_tables',
      [memory.structs('table', all), all.length, null], 'schema_free', null,
      memory));
  }

  get families() {
    return this.#catalogue.families;
  }

  get editions() {
    return this.families.flatMap((family) => family.editions);
  }

  edition(name) {
    return this.editions.find(
      (edition) => edition.name === name || edition.fullName === name) ?? null;
  }

  async validate(sources, options = {}) {
    return this._using(async (owned) => new Report(
      await validate(owned, sources, options), this.#catalogue));
  }

  facts(edition) {
    return new Facts(this._owned(), this.#catalogue, edition);
  }

  async lint() {
    return this._using(async (owned) => new Report(
      await make('schema_lint', [owned.pointer, null], 'report_free', owned),
      this.#catalogue));
  }

  async power(name) {
    const edition = this.edition(name);
    if (edition === null) throw new RangeError(`no edition: ${name}`);
    return this._using(async (owned) => {
      const power = await make('schema_power',
        [owned.pointer, this.#catalogue.pointer(edition), null],
        'power_free', owned);
      try {
        return readPower(power.pointer, this.#catalogue);
      } finally {
        power.drop();
      }
    });
  }
}

let shared = null;

/** The built-in schemas, loaded once for the whole process. */
function builtin() {
  if (shared === null) {
    shared = Schema.builtin();
    shared.catch(() => { shared = null; });
  }
  return shared;
}

async function check(sources, { schema, ...options } = {}) {
  return (schema ?? await builtin()).validate(sources, options);
}

function libraryVersion() {
  return library().version();
}

module.exports = { Schema, builtin, check, libraryVersion };
