'use strict';

/** The shared library of parcheck is not there, or is too old. */
class LibraryError extends Error {
  constructor(message) {
    super(message);
    this.name = 'LibraryError';
    this.code = 'PARCHECK_LIBRARY';
  }
}

const CODES = [
  'PARCHECK_OK', 'PARCHECK_ENOMEM', 'PARCHECK_EINVAL', 'PARCHECK_EIO',
  'PARCHECK_ESCHEMA', 'PARCHECK_EWRITE', 'PARCHECK_ECANCELLED',
];

/** A run could not be done. What is wrong with the data is a finding. */
class ParcheckError extends Error {
  constructor({ status, statusName, source, line, column, vi, en }) {
    const place = [source, line || '', (line && column) || '']
      .filter((part) => part !== '').join(':');
    const text = en || statusName;
    super(place ? `${place}: ${text}` : text);
    this.name = 'ParcheckError';
    this.code = CODES[status] ?? 'PARCHECK_ERROR';
    Object.assign(this, { status, statusName, source, line, column, vi, en });
  }
}

module.exports = { LibraryError, ParcheckError };
