'use strict';
const { Memory, Outcome, checkText, library } = require('./native');
const { Closable, Owned, checkOwned } = require('./handle');
const { Report } = require('./report');
const { make, withOptions } = require('./run');

/* A number of the report is what was written, "12,5": a fraction of ours is
 * not. Whole numbers are the same in both. */
function literal(value) {
  if (value === null) return null;
  if (typeof value === 'string') return checkText(value, 'value');
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) {
    return String(value);
  }
  throw new TypeError(
    'a value is a whole number, a bigint, a string or null');
}

function optional(value, what) {
  return value === undefined || value === null ? null
    : checkText(value, what);
}

/** A set of facts of an edition; see index.d.ts. */
class Facts extends Closable {
  #catalogue;
  #schema;
  #judging = 0;

  constructor(schema, catalogue, edition) {
    checkOwned(schema, 'Facts');
    const outcome = new Outcome();
    outcome.check(library().facts_new(outcome.out, schema.pointer,
      checkText(edition, 'edition'), null, outcome.error));
    super(new Owned(outcome.handle, library().facts_free, schema));
    this.#schema = schema;
    this.#catalogue = catalogue;
  }

  edition(name) {
    return this.#call('facts_edition', checkText(name, 'edition'));
  }

  unit({ name, code, parent, period } = {}) {
    return this.#call('facts_unit', optional(code, 'code'),
      optional(name, 'name'), optional(parent, 'parent'),
      optional(period, 'period'));
  }

  set(name, value) {
    return this.#call('facts_set', checkText(name, 'name'), literal(value));
  }

  setCode(form, code, value) {
    return this.#call('facts_set_code', checkText(form, 'form'),
      checkText(code, 'code'), literal(value));
  }

  update(values) {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
    return this;
  }

  async validate({ maxFindings, explain, progress, signal } = {}) {
    const options = { maxFindings, explain, progress, signal };
    return this._using(async (owned) => {
      this.#judging++;
      try {
        const memory = new Memory();
        const made = await withOptions(memory, options, (given) => make(
          'validate_facts', [owned.pointer, given], 'report_free',
          this.#schema, memory));
        return new Report(made, this.#catalogue);
      } finally {
        this.#judging--;
      }
    });
  }

  #call(name, ...texts) {
    if (this.#judging > 0) {
      throw new Error('the facts are being judged: await validate() first');
    }
    const outcome = new Outcome();
    outcome.check(library()[name](this._owned().pointer, ...texts,
      outcome.error));
    return this;
  }
}

module.exports = { Facts };
