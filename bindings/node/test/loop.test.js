'use strict';
/* Runs do not hold up the event loop, and many can go on at once. */
const assert = require('node:assert/strict');
const test = require('node:test');
const parcheck = require('..');
const { SUBMISSIONS } = require('./support');

/** A long layout of many units, each with a form that is wrong. */
function large(units) {
  const lines = ['unit,period,form,code,label,value'];
  for (let i = 0; i < units; i++) {
    lines.push(`Xã ${i},2023,3,1.4,,375`, `Xã ${i},2023,3,1.4.1,,1`,
      `Xã ${i},2023,3,1.4.2,,240`, `Xã ${i},2023,3,1.4.3,,136`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

test('the loop goes round while a large submission is checked', async () => {
  await parcheck.builtin();
  const data = large(5000);
  let rounds = 0;
  let over = false;
  const running = parcheck.validate(data, { edition: 'cchc/cao-bang-2022' })
    .finally(() => { over = true; });
  // The rounds of the loop that end before the run does. If the run held it
  // up, there would be one or two.
  (function round() {
    if (over) return;
    rounds++;
    setImmediate(round);
  })();
  const report = await running;
  assert.equal(report.outcomes.fails, 5000);
  assert.ok(rounds > 20, `${rounds} rounds`);
  // Writing it does not hold up the loop either.
  rounds = 0;
  over = false;
  const writing = report.render('json').finally(() => { over = true; });
  (function round() {
    if (over) return;
    rounds++;
    setImmediate(round);
  })();
  assert.equal(JSON.parse(await writing).summary.rules.fails, 5000);
  assert.ok(rounds > 20, `${rounds} rounds`);
});

test('more runs at once than the queue of the foreign functions holds',
  async () => {
    const schema = await parcheck.Schema.builtin();
    const [expected] = await Promise.all([
      schema.validate(SUBMISSIONS['Hòa An']).then((r) => r.render('json'))]);
    const texts = await Promise.all(Array.from({ length: 600 }, async () => {
      const report = await schema.validate(SUBMISSIONS['Hòa An']);
      const text = await report.render('json');
      report.close();
      return text;
    }));
    schema.close();
    assert.deepEqual(new Set(texts), new Set([expected]));
  });
