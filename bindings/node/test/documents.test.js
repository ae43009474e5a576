'use strict';
/* The README and the examples do what they say. */
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { ROOT } = require('./support');

const EXAMPLES = path.join(ROOT, 'examples', 'node');

/** Runs a program as one who has installed the package would. */
function run(t, program) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'parcheck-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.symlinkSync(path.resolve(__dirname, '..'),
    path.join(folder, 'node_modules', 'parcheck'));
  const done = spawnSync(process.execPath, [program], {
    cwd: ROOT, encoding: 'utf8',
    env: { ...process.env, NODE_PATH: path.join(folder, 'node_modules') },
  });
  assert.equal(done.stderr, '');
  assert.equal(done.status, 0);
  return done.stdout;
}

/** A line "[...]" of what is expected stands for any lines. */
function assertPrinted(printed, expected) {
  const [first, ...others] = expected.split('[...]\n');
  assert.equal(printed.slice(0, first.length), first);
  let at = first.length;
  for (const part of others) {
    const found = printed.indexOf(part, at);
    assert.ok(found >= 0, `${part}\nis not in\n${printed.slice(at)}`);
    at = found + part.length;
  }
  if (!expected.endsWith('[...]\n')) assert.equal(printed.slice(at), '');
}

test('the program of the README', (t) => {
  const text = fs.readFileSync(path.resolve(__dirname, '..', 'README.md'),
    'utf8');
  const programs = [...text.matchAll(/^```js\n(.*?)^```$/gms)];
  assert.equal(programs.length, 1);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'parcheck-')),
    'readme.js');
  t.after(() => fs.rmSync(path.dirname(file), { recursive: true }));
  fs.writeFileSync(file, programs[0][1]);
  assert.match(run(t, file), new RegExp('^error C2 The dossiers received ' +
    'are those resolved, pending, returned and cancelled together: 129 ≠'));
});

const programs = fs.readdirSync(EXAMPLES).filter((n) => n.endsWith('.js'));

test('there are examples', () => assert.ok(programs.length >= 2));

for (const program of programs) {
  test(`examples/node/${program}`, (t) => {
    const file = path.join(EXAMPLES, program);
    assertPrinted(run(t, file),
      fs.readFileSync(file.replace(/\.js$/, '.txt'), 'utf8'));
  });
}
