'use strict';
/* Runs: the real submissions, from paths, bytes and streams; options. */
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { pathToFileURL } = require('node:url');
const test = require('node:test');
const parcheck = require('..');
const { SUBMISSIONS, rows } = require('./support');

const CAO_BANG = 'cchc/cao-bang-2022';
const WRONG = Buffer.from('form,code,label,unit,value,note\n' +
  '3,1.4,Tổng số TTHC,,375,\n3,1.4.1,Số TTHC cấp tỉnh,,,\n' +
  '3,1.4.2,Số TTHC cấp huyện,,240,\n3,1.4.3,Số TTHC cấp xã,,136,\n');

test('all verdicts known by hand', async () => {
  const verdicts = new Map();
  const codes = new Set();
  for (const name of ['Hòa An', 'Kông Chro']) {
    const report = await parcheck.validate(SUBMISSIONS[name]);
    for (const { rule, unitCode, outcome, reason } of report.verdicts) {
      verdicts.set([name[0], rule.id, unitCode ?? ''].join(),
        [outcome, reason ?? ''].join());
    }
    for (const { code } of report.findings) codes.add(name[0] + code);
    report.close();
  }
  const known = rows('truth-rules.csv').filter(({ rule }) => rule);
  assert.ok(known.length > 200);
  for (const { identity, rule, unit, verdict, reason } of known) {
    if (rule.includes('.')) { // a finding that no rule stands behind
      assert.ok(codes.has(identity[0] + rule), identity);
      continue;
    }
    assert.equal(verdicts.get([identity[0], rule, unit].join()),
      [verdict, reason].join(), identity);
  }
});

test('the decade by period', async () => {
  const report = await parcheck.validate(SUBMISSIONS['Đak Pơ']);
  const verdicts = new Map(report.verdicts.map(
    ({ rule, period, outcome }) => [`${rule.id},${period}`, outcome]));
  const known = rows('truth-decade.csv').filter(({ rule }) => rule);
  assert.ok(known.length > 100);
  for (const { identity, rule, period, verdict } of known) {
    assert.equal(verdicts.get(`${rule},${period}`), verdict, identity);
  }
  assert.deepEqual(report.units.map(({ yearBefore }) => yearBefore),
    [null, 0, 1, 2, 3, 4]);
  assert.ok(report.units.every(({ previous }) => previous === null));
});

/* The report may tell more than the package reads, never less; but whose a
 * cell is, only where that is not said of the finding. */
function assertTold(read, told, key = '', of = null) {
  if (Array.isArray(read)) {
    assert.equal(read.length, told.length, key);
    read.forEach((value, i) => assertTold(value, told[i], `${key}[${i}]`, of));
  } else if (read !== null && typeof read === 'object') {
    if ('check' in read) return assert.equal(read.id, told, key);
    for (const [name, value] of Object.entries(read)) {
      const other = { unitCode: 'unit_code', outcome: 'verdict' }[name] ?? name;
      if (name === 'finding') continue;
      if (['unit', 'unitCode', 'period'].includes(name) && !(other in told))
        assert.ok([null, of[other]].includes(value), `${key}.${name}`);
      else
        assertTold(value, told[other], `${key}.${name}`, of ?? told);
    }
  } else {
    assert.equal(read, told, key);
  }
}

test('what is read is what the JSON report says', async () => {
  let explanations = 0;
  for (const files of Object.values(SUBMISSIONS)) {
    const report = await parcheck.validate(files);
    const told = await report.json({ verdicts: true });
    assertTold(report.findings, told.findings);
    assertTold(report.verdicts, told.verdicts);
    assert.deepEqual(report.counts, told.summary.findings);
    assert.deepEqual(report.outcomes, told.summary.rules);
    assert.deepEqual(report.inputs.map(({ name }) => name),
      told.inputs.map(({ name }) => name));
    assert.deepEqual(report.inputs.map(({ edition }) => edition),
      told.inputs.map(({ schema }) => report.editions[schema]));
    explanations += report.findings.flatMap((f) => f.explanations).length;
  }
  assert.ok(explanations > 0);
});

test('whose a cell is', async () => {
  const { verdicts } = await parcheck.validate(SUBMISSIONS['Hòa An']);
  const { unit, cells } = verdicts.find(
    ({ rule }) => rule.id === 'received-total-of-communes');
  assert.deepEqual(
    cells.slice(0, 3).map((cell) => [cell.unit, cell.unitCode, cell.period]),
    [[unit, 'II', null], ['UBND xã Hồng Nam', '1', null],
      ['UBND xã Nam Tuấn', '2', null]]);
});

test('the arithmetic, the explanations and the verdict of a finding',
  async () => {
    const report = await parcheck.validate(SUBMISSIONS['Hòa An']);
    assert.equal(report.ok, false);
    const first = report.findings[0];
    assert.deepEqual(
      [first.left, first.relation, first.right, first.difference],
      ['129', '=', '131', '-2']);
    assert.deepEqual(first.cells.map(({ literal }) => literal),
      ['129', '124', '5', '2', '0']);
    assert.equal(first.cells[0].address, 'C2');
    const fails = report.verdicts.filter(({ outcome }) => outcome === 'fails');
    assert.equal(fails.length, 7);
    for (const { finding, rule } of fails) {
      assert.ok(report.findings.includes(finding));
      assert.equal(finding.rule, rule);
    }
    const explanation = first.explanations[0];
    assert.ok(explanation.message.vi && explanation.message.en);
    assert.ok(explanation.repairs.includes(first.rule));
    const [change] = explanation.changes;
    assert.ok(first.cells.includes(change.cell));
    assert.match(change.value ?? change.low ?? change.high, /^-?[\d.]+$/);
  });

test('the same submission, however it is handed over', async () => {
  const files = SUBMISSIONS['Hòa An'];
  const text = async (sources) => (await parcheck.validate(sources))
    .render('json', { verdicts: true });
  const expected = await text(files);
  const named = (make) => files.map((name) => ({ source: make(name), name }));
  const bytes = (name) => fs.readFileSync(name);
  for (const sources of [
    [...files].reverse(),
    named(bytes),
    named((name) => new Uint8Array(bytes(name)).buffer),
    named((name) => Buffer.concat([Buffer.from('xx'), bytes(name)])
      .subarray(2)),
    named((name) => fs.createReadStream(name, { highWaterMark: 7 })),
  ]) {
    assert.equal(await text(sources), expected);
  }
  const one = await parcheck.validate(pathToFileURL(files[0]));
  assert.equal(one.inputs[0].name, files[0]);
});

test('bytes that are changed meanwhile do not matter', async () => {
  const data = Buffer.from(WRONG);
  const running = parcheck.validate(data, { edition: CAO_BANG });
  setImmediate(() => data.fill(0));
  assert.deepEqual((await running).findings.map(({ rule }) => rule?.id)
    .filter(Boolean), ['procedures-total']);
});

test('sources that are none', async () => {
  await assert.rejects(parcheck.validate([]), { code: 'PARCHECK_EINVAL' });
  for (const wrong of [12, null, undefined, {}]) {
    await assert.rejects(parcheck.validate([wrong]), TypeError);
  }
  await assert.rejects(parcheck.validate('a\0b.csv'), RangeError);
  await assert.rejects(parcheck.validate('no/such.csv'),
    { code: 'PARCHECK_EIO', source: 'no/such.csv', status: 3 });
  const broken = (async function* () { throw new Error('pulled out'); })();
  await assert.rejects(parcheck.validate(broken), /pulled out/);
  const letters = (async function* () { yield 'text'; })();
  await assert.rejects(parcheck.validate(letters), TypeError);
});

test('hostile bytes are findings', async () => {
  for (const data of [Buffer.alloc(0), Buffer.alloc(4000, '\0\x01\xff"'),
    Buffer.alloc(999, '"'), Buffer.from([0xff, 0xfe])]) {
    const report = await parcheck.validate(data);
    assert.ok(report.findings.length > 0);
    await report.json();
  }
});

test('options', async () => {
  const given = await parcheck.validate(
    Buffer.from(WRONG.toString().replaceAll(',', ';'), 'utf16le'),
    { edition: CAO_BANG, encoding: 'UTF-16LE', layout: 'form',
      delimiter: ';' });
  assert.deepEqual(given.findings.map(({ rule }) => rule?.id)
    .filter(Boolean), ['procedures-total']);
  for (const wrong of [{ edition: 'nowhere' }, { encoding: 'none' },
    { layout: 'none' }, { maxRecords: 0 }]) {
    await assert.rejects(parcheck.validate(WRONG, wrong),
      { code: 'PARCHECK_EINVAL' });
  }
  for (const wrong of [{ delimiter: ';;' }, { delimiter: 'đ' },
    { maxRecords: -1 }, { maxFields: 1.5 }, { edition: 'a\0' }]) {
    await assert.rejects(parcheck.validate(WRONG, wrong), RangeError);
  }
  await assert.rejects(parcheck.validate(WRONG, { editon: 'x' }), TypeError);
  for (const ceiling of [{ maxFileBytes: 100 }, { maxFieldBytes: 3 },
    { maxFields: 2 }, { maxRecords: 2 }]) {
    const { findings } = await parcheck.validate(WRONG, ceiling);
    assert.ok(findings.some(({ code }) => code.startsWith('limit.')),
      Object.keys(ceiling)[0]);
  }
});

test('progress, and how to stop', async () => {
  const seen = [];
  await parcheck.validate(SUBMISSIONS['Hòa An'], {
    progress: (...at) => { seen.push(at); },
  });
  assert.ok(seen.length > 0);
  const [done, total] = seen.at(-1);
  assert.equal(done, total);
  for (let i = 1; i < seen.length; i++) {
    assert.ok(seen[i][0] >= seen[i - 1][0]);
  }
  await assert.rejects(parcheck.validate(WRONG, { progress: () => true }),
    { code: 'PARCHECK_ECANCELLED' });
  await assert.rejects(parcheck.validate(WRONG, {
    progress: () => { throw new Error('mine'); },
  }), /mine/);
  const stop = new AbortController();
  await assert.rejects(parcheck.validate(WRONG, {
    signal: stop.signal, progress: () => { stop.abort(); },
  }), { name: 'AbortError' });
  await assert.rejects(parcheck.validate(WRONG, { signal: stop.signal }),
    { name: 'AbortError' });
});

test('explanations can be left out', async () => {
  const options = { edition: CAO_BANG };
  const explained = await parcheck.validate(WRONG, options);
  const plain = await parcheck.validate(WRONG, { ...options, explain: false });
  const has = ({ explanations, cause }) =>
    explanations.length > 0 || cause !== null;
  assert.ok(explained.findings.some(has));
  assert.ok(!plain.findings.some(has));
  assert.equal(plain.counts.error, explained.counts.error);
  await assert.rejects(parcheck.validate(WRONG, { explain: 1 }), TypeError);
  const facts = (await parcheck.builtin()).facts(CAO_BANG);
  for (const [code, value] of [['1.4', 375], ['1.4.1', 1], ['1.4.2', 240],
    ['1.4.3', 136]]) {
    facts.setCode('3', code, value);
  }
  for (const explain of [true, false]) {
    const { counts, findings } = await facts.validate({ explain });
    assert.ok(counts.error > 0);
    assert.equal(findings.some(has), explain);
  }
});

test('blanks that the other cells determine', async () => {
  const [file] = SUBMISSIONS['Hòa An'];
  const report = await parcheck.validate(file);
  const found = await report.deduce();
  assert.deepEqual(found.map(({ cell, indicator, value, rule, contradiction }) =>
    [cell.line, cell.column, indicator.code, value, rule.id, contradiction]),
  [[31, 5, '1.4', '377', 'procedures-total', null],
    [85, 5, '4', '0', 'disciplined-total', null]]);
  const filled = await parcheck.rewrite(file, found.map(
    ({ cell: { line, column }, value, indicator: { kind, unit } }) =>
      ({ line, column, value, kind, unit })));
  assert.deepEqual(await (await parcheck.validate(filled)).deduce(), []);
  report.close();
  await assert.rejects(report.deduce(), /closed/);

  const wrong = Buffer.from(WRONG.toString().replace(',375,', ',,')
    .replace('tỉnh,,,', 'tỉnh,,0,') + '3,1.1,Số TTHC đã phê duyệt,,400,\n');
  const [only] = await (await parcheck.validate(wrong, { edition: CAO_BANG }))
    .deduce();
  assert.equal(only.value, '376');
  assert.equal(only.contradiction.id, 'procedures-simplified-within-total');
});

test('what the codes mean', async () => {
  const codes = new Map(parcheck.codes().map((code) => [code.name, code]));
  assert.equal(codes.size, parcheck.codes().length);
  assert.equal(codes.get('row.duplicate').severity, 'error');
  for (const { name, text, advice, example } of codes.values()) {
    assert.notEqual(text.vi, text.en);
    for (const { vi, en } of [text, advice, example]) {
      assert.ok(vi && en, name);
    }
  }
  for (const files of Object.values(SUBMISSIONS)) {
    for (const { code } of (await parcheck.validate(files)).findings) {
      assert.ok(codes.has(code), code);
    }
  }
});

test('render', async () => {
  const report = await parcheck.validate(WRONG, { edition: CAO_BANG });
  const english = await report.render('text', { language: 'en', width: 120 });
  assert.match(english, /375 ≠ \(blank\) \+ 240 \+ 136 = 376, off by 1/);
  assert.match(await report.render(), /lệch 1/);
  assert.match(await report.render('text', { color: true }), /\x1b\[/);
  const written = new Set();
  for (const name of parcheck.formats()) {
    const text = await report.render(name);
    assert.ok(text.includes('procedures-total'), name);
    written.add(text);
  }
  assert.equal(written.size, parcheck.formats().length);
  assert.ok(written.size >= 7);
  await assert.rejects(report.render('pdf'), RangeError);
  await assert.rejects(report.render('text', { language: 'fr' }), RangeError);
  await assert.rejects(report.render('text', { width: -1 }), RangeError);
  await assert.rejects(report.render('text', { width: 10 }),
    { code: 'PARCHECK_EINVAL' });
});

test('after close() what was read stays', async () => {
  const report = await parcheck.validate(WRONG);
  const { findings } = report;
  const running = report.render();
  report.close();
  report.close();
  assert.ok((await running).length > 0); // it was begun before
  assert.equal(report.findings, findings);
  assert.equal(report.closed, true);
  assert.throws(() => report.verdicts, /closed/);
  await assert.rejects(report.render(), /closed/);
  if (Symbol.dispose) {
    const other = await parcheck.validate(WRONG);
    other[Symbol.dispose]();
    assert.ok(other.closed);
  }
});

test('rewrite', async () => {
  const [, file] = SUBMISSIONS['Hòa An'];
  const { line, column } = (await parcheck.validate(file)).findings[0].cells[1];
  const copy = await parcheck.rewrite(file, [{ line, column, value: '122' }]);
  assert.equal(copy.toString(), fs.readFileSync(file, 'utf8').replace(
    ',129,53,42,34,124,', ',129,53,42,34,122,'));
  assert.deepEqual(await parcheck.rewrite(WRONG, []), WRONG);
  await assert.rejects(
    parcheck.rewrite(WRONG, [{ line: 99, column: 1, value: '1' }]),
    { code: 'PARCHECK_EINVAL', line: 99 });
  await assert.rejects(parcheck.rewrite(
    WRONG, [{ line: 2, column: 5, value: '1', kind: 'none' }]), RangeError);
});
