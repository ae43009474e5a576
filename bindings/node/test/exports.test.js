'use strict';
/* The package keeps up with the header. */
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const parcheck = require('..');
const { BOUND, NEEDED } = require('../lib/native');
const { ROOT } = require('./support');

const read = (...names) => fs.readFileSync(path.join(ROOT, ...names), 'utf8');

test('every exported name is bound or listed as unused', () => {
  const exported = read('tests', 'build', 'symbols.txt').trim().split('\n');
  assert.ok(exported.length > 50);
  const unused = read('tests', 'bindings', 'unused.txt').split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
    .filter(([, binding]) => binding !== 'python').map(([name]) => name);
  const bound = new Set(BOUND);
  assert.deepEqual(
    exported.filter((name) => !bound.has(name) && !unused.includes(name)), [],
    'neither bound in bindings/node/lib/native.js nor listed with a reason ' +
    'in tests/bindings/unused.txt');
  assert.deepEqual([...BOUND, ...unused].filter(
    (name) => !exported.includes(name)), [], 'not exported');
  assert.deepEqual(unused.filter((name) => bound.has(name)), [],
    'bound, and listed as unused');
});

test('versions', () => {
  const { version } = require('../package.json');
  const { libraryVersion } = parcheck;
  assert.equal(libraryVersion(), version);
  assert.deepEqual(version.split('.').slice(0, 2).map(Number), NEEDED);
});

test('all that is exported has a type', () => {
  const types = read('bindings', 'node', 'index.d.ts');
  for (const name of Object.keys(parcheck)) {
    assert.match(types, new RegExp(
      `^export (class|interface|function) ${name}\\b`, 'm'));
  }
});

test('the lock names no registry but the public one', () => {
  const lock = JSON.parse(read('bindings', 'node', 'package-lock.json'));
  assert.ok(Object.keys(lock.packages).length > 1);
  for (const [name, { resolved, integrity }] of Object.entries(
    lock.packages)) {
    if (name === '') continue;
    assert.match(integrity, /^sha512-/);
    assert.ok(resolved === undefined ||
      resolved.startsWith('https://registry.npmjs.org/'), resolved);
  }
});
