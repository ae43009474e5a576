'use strict';
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..', '..');
const DATA = path.join(ROOT, 'tests', 'data');
const file = (name) => path.join(DATA, name);

/** The real submissions, each a list of files. */
const SUBMISSIONS = {
  'Hòa An': [file('hoa-an-2023-q1.csv'), file('hoa-an-2023-q1-dossiers.csv')],
  'Kông Chro': [file('kong-chro-2022-h1.csv')],
  'Đak Pơ': [file('dak-po-2015-2020.csv')],
};

/** The records of a file of tests/data whose fields have no quotes. */
function rows(name) {
  const [heading, ...lines] = fs.readFileSync(file(name), 'utf8').trim()
    .split(/\r?\n/).map((line) => line.split(','));
  return lines.map((fields) => Object.fromEntries(
    heading.map((key, i) => [key, fields[i]])));
}

module.exports = { ROOT, DATA, SUBMISSIONS, rows };
