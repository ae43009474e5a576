'use strict';

const { LibraryError, ParcheckError } = require('./lib/errors');
const { Facts } = require('./lib/facts');
const { codes } = require('./lib/read');
const { Report, formats } = require('./lib/report');
const { rewrite } = require('./lib/run');
const { Schema, builtin, check, libraryVersion } = require('./lib/schema');

module.exports = {
  Facts, LibraryError, ParcheckError, Report, Schema, builtin, codes,
  formats, libraryVersion, rewrite, validate: check,
};
