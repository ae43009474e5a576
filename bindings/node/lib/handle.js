'use strict';
/*
 * Handles of the library, counted by those who need them: a report needs its
 * schema, a running call what it works on. The garbage collector gives back
 * what was not closed, in whatever order it finds it.
 */

/** What has to be given back to the library, once. */
class Owned {
  /** How many were not given back yet. */
  static live = 0;

  constructor(pointer, release, needs = null) {
    this.pointer = pointer;
    this.release = release;
    this.needs = needs;
    this.owners = 1;
    if (needs) needs.owners++;
    Owned.live++;
  }

  drop() {
    if (--this.owners > 0) return;
    this.release(this.pointer);
    this.pointer = null;
    Owned.live--;
    if (this.needs) this.needs.drop();
  }
}

const registry = new FinalizationRegistry((owned) => owned.drop());

/** The same, or a TypeError: the library would follow any other pointer. */
function checkOwned(owned, name) {
  if (owned instanceof Owned) return owned;
  throw new TypeError(`a ${name} is not made with new; see index.d.ts`);
}

/** Base of what users hold and may close. */
class Closable {
  #owned;

  constructor(owned) {
    this.#owned = checkOwned(owned, new.target.name);
    registry.register(this, owned, this);
  }

  get closed() {
    return this.#owned === null;
  }

  /** Gives back what the library holds; can be called again. */
  close() {
    if (this.#owned === null) return;
    registry.unregister(this);
    const owned = this.#owned;
    this.#owned = null;
    owned.drop();
  }

  _owned() {
    if (this.#owned === null) {
      throw new Error(`the ${this.constructor.name.toLowerCase()} is closed`);
    }
    return this.#owned;
  }

  /** Runs `use`, which may take its time, while the handle stays good. */
  async _using(use) {
    const owned = this._owned();
    owned.owners++;
    try {
      return await use(owned);
    } finally {
      owned.drop();
    }
  }
}

if (Symbol.dispose) {
  Closable.prototype[Symbol.dispose] = Closable.prototype.close;
}

module.exports = { Closable, Owned, checkOwned };
