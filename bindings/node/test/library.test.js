'use strict';
/* Where the library is looked for, and what is said if it is not there. */
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { FILE_NAME, NEEDED, checkVersion, library } =
  require('../lib/native');

const PACKAGE = path.resolve(__dirname, '..');
const LIBRARY = library().path;
const PROGRAM = `
  try {
    const { libraryVersion } = require(process.argv[1]);
    console.log(libraryVersion());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }`;

function run(folder, changes) {
  const env = { ...process.env };
  delete env.PARCHECK_LIBRARY;
  const done = spawnSync(process.execPath, ['-e', PROGRAM, folder],
    { env: { ...env, ...changes }, encoding: 'utf8' });
  assert.equal(done.stderr, '');
  return done.stdout.trim();
}

function temporary(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'parcheck-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  return folder;
}

const version = library().version();

test('in the variable', () => {
  assert.equal(run(PACKAGE, { PARCHECK_LIBRARY: LIBRARY }), version);
});

test('beside the package', (t) => {
  const folder = temporary(t);
  for (const name of ['index.js', 'lib', 'package.json']) {
    fs.cpSync(path.join(PACKAGE, name), path.join(folder, name),
      { recursive: true });
  }
  fs.symlinkSync(path.join(PACKAGE, 'node_modules'),
    path.join(folder, 'node_modules'));
  fs.copyFileSync(LIBRARY, path.join(folder, FILE_NAME));
  assert.equal(run(folder, {}), version);
});

test('in the system', (t) => {
  const folder = temporary(t);
  // The name under which it is installed: the build makes it, too.
  fs.copyFileSync(path.join(path.dirname(LIBRARY), FILE_NAME),
    path.join(folder, FILE_NAME));
  assert.equal(run(PACKAGE, { LD_LIBRARY_PATH: folder }), version);
});

test('not there, not a library, not parcheck', (t) => {
  const missing = path.join(temporary(t), 'none.so');
  const said = run(PACKAGE, { PARCHECK_LIBRARY: missing });
  assert.match(said, /^LibraryError PARCHECK_LIBRARY .*PARCHECK_LIBRARY/);
  assert.ok(said.includes(missing));
  assert.match(run(PACKAGE, { PARCHECK_LIBRARY: 'libc.so.6' }),
    /^LibraryError .*lacks parcheck_version/);
});

test('versions', () => {
  const [major, minor] = NEEDED;
  for (const good of [`${major}.${minor}.0`, `${major}.${minor + 1}.9`]) {
    checkVersion(good, 'x');
  }
  for (const wrong of [`${major}.${minor - 1}.0`, `${major + 1}.0.0`, '',
    'one.two']) {
    assert.throws(() => checkVersion(wrong, 'x'), { name: 'LibraryError' });
  }
});
