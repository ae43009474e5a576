'use strict';
/* Facts without a file. */
const assert = require('node:assert/strict');
const test = require('node:test');
const parcheck = require('..');
const { SUBMISSIONS } = require('./support');

const TABLE = 'dossiers/cao-bang-2023';

test('by name', async () => {
  const facts = (await parcheck.builtin()).facts(TABLE)
    .unit({ code: 'I', name: 'UBND huyện' })
    .update({ received_total: 129, resolved_total: '124', pending_total: 5n,
      returned: 2, cancelled: 0 });
  const report = await facts.validate();
  const [finding] = report.findings.filter(({ code }) => code === 'rule.fails');
  assert.equal(finding.rule.id, 'received-accounted-for');
  assert.equal(finding.difference, '-2');
  assert.equal(finding.unit, 'UBND huyện');
  assert.equal(finding.cells[0].line, 0);
  facts.unit({ code: 'II' }).set('received_total', 3)
    .unit({ code: '1', parent: 'II' }).set('received_total', 4);
  const again = await facts.validate();
  assert.deepEqual(again.units.map(({ parent }) => parent), [null, null, 1]);
  assert.ok(again.findings.some(
    ({ rule }) => rule?.id === 'received-total-of-communes'));
});

test('the whole of a submission is judged as its files are', async () => {
  const key = ({ rule, outcome, reason, unitCode }) =>
    [rule.family, rule.id, outcome, reason, unitCode].join();
  const report = await parcheck.validate(SUBMISSIONS['Hòa An']);
  const { units } = report;
  const facts = (await parcheck.builtin()).facts(units[0].edition.fullName);
  let last = units[0].edition;
  for (const { name, code, edition, facts: given } of units) {
    if (edition !== last) facts.edition(edition.fullName);
    last = edition;
    if (name || code) facts.unit({ name, code });
    for (const { indicator, cell } of given) {
      if (cell) facts.set(indicator.name, cell.literal);
    }
  }
  assert.deepEqual((await facts.validate()).verdicts.map(key).sort(),
    report.verdicts.map(key).sort());
});

test('by code', async () => {
  const facts = (await parcheck.builtin()).facts('cchc/cao-bang-2022');
  facts.setCode('3', '1.4', 375).setCode('3', '1.4.2', '240');
  assert.ok((await facts.validate()).ok);
  facts.setCode('3', '1.4.3', '136').setCode('3', '1.4.1', null);
  assert.deepEqual((await facts.validate({ maxFindings: 1 })).findings
    .map(({ rule }) => rule?.id).filter(Boolean), ['procedures-total']);
});

test('errors', async () => {
  const schema = await parcheck.builtin();
  assert.throws(() => schema.facts('nowhere'), { code: 'PARCHECK_EINVAL' });
  const facts = schema.facts(TABLE).unit({ code: 'I' });
  assert.throws(() => facts.set('no_such_name', 1),
    { code: 'PARCHECK_EINVAL' });
  for (const wrong of [1.5, NaN, 2 ** 60, true, undefined, {}]) {
    assert.throws(() => facts.set('received_total', wrong), TypeError);
  }
  assert.throws(() => facts.set('received_total', '1\0'), RangeError);
  await assert.rejects(facts.validate(), { code: 'PARCHECK_EINVAL' });
  facts.set('received_total', 'many'); // no number is a finding
  const running = facts.validate();
  assert.throws(() => facts.set('returned', 1), /being judged/);
  assert.equal((await running).ok, false);
  facts.set('returned', 1);
  await assert.rejects(facts.validate({ progress: () => true }),
    { code: 'PARCHECK_ECANCELLED' });
  facts.close();
  assert.throws(() => facts.set('returned', 1), /closed/);
});
