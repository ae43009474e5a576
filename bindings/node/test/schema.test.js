'use strict';
/* Schemas: built in, from a folder, from tables; what they hold; lint. */
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const test = require('node:test');
const parcheck = require('..');
const { ROOT, SUBMISSIONS } = require('./support');

const SCHEMAS = path.join(ROOT, 'schemas');
const { Schema } = parcheck;

function tables() {
  const found = {};
  for (const family of fs.readdirSync(SCHEMAS)) {
    for (const name of fs.readdirSync(path.join(SCHEMAS, family))) {
      found[`${family}/${name}`] = fs.readFileSync(
        path.join(SCHEMAS, family, name));
    }
  }
  return found;
}

const PONDS = {
  'ao/rules.csv': 'id,check,severity,vi,en,basis\n' +
    'tong,a = b + c,error,Tổng,The total,Biểu 1\n',
  'ao/family.csv': 'key,value\nversion,3\nvi,Ao\nen,Ponds\n',
  'ao/xa-2024.csv': 'form,code,name,label,unit,kind,level,choices\n' +
    '1,1,a,Tổng số ao,Ao,count,,\n1,2,b,Ao cá,Ao,count,,\n' +
    '1,3,c,Ao sen,Ao,count,,\n1,4,d,Ao cạn,Ao,count,,\n',
};

test('what the library made is not made with new', () => {
  for (const Made of [Schema, parcheck.Report, parcheck.Facts]) {
    for (const given of [undefined, 'schemas', { pointer: 0 }]) {
      assert.throws(() => new Made(given), TypeError);
    }
  }
});

test('families, editions, indicators and rules', async () => {
  const schema = await parcheck.builtin();
  assert.equal(await parcheck.builtin(), schema);
  assert.deepEqual(schema.families.map((family) => family.name),
    ['cchc', 'decade', 'dossiers']);
  const dossiers = schema.families[2];
  assert.equal(dossiers.title.en,
    'Administrative dossiers received and resolved, by unit');
  assert.deepEqual(dossiers.roles[0], {
    name: 'district', code: 'I', title: { vi: 'Cấp huyện', en: 'District' },
  });
  const edition = schema.edition('dossiers/cao-bang-2023');
  assert.equal(edition, schema.edition('cao-bang-2023'));
  assert.equal(schema.edition('nowhere'), null);
  assert.equal(edition.fullName, 'dossiers/cao-bang-2023');
  assert.match(edition.digest, /^sha256:[0-9a-f]{64}$/);
  assert.equal(edition.indicators.length, 15);
  assert.equal(edition.rules.length, 17);
  const received = edition.indicators.find(
    (indicator) => indicator.name === 'received_total');
  assert.equal(received.kind, 'count');
  const rule = edition.rules.find(({ id }) => id === 'received-accounted-for');
  assert.equal(rule.severity, 'error');
  assert.match(rule.text.en, /dossiers received/);
  assert.deepEqual(rule.operands.map(({ name, reach }) => [name, reach]),
    ['received_total', 'resolved_total', 'pending_total', 'returned',
      'cancelled'].map((name) => [name, 'own']));
  assert.throws(() => { edition.name = 'other'; }, TypeError);
});

test('the three ways to load give the same', async () => {
  const builtin = await parcheck.builtin();
  for (const schema of [await Schema.folder(SCHEMAS),
    await Schema.folder(pathToFileURL(SCHEMAS)),
    await Schema.tables(tables())]) {
    assert.deepEqual(schema.families, builtin.families);
    schema.close();
  }
});

test('a table of an office of its own', async () => {
  const schema = await Schema.tables(PONDS);
  const report = await schema.validate(
    Buffer.from('form,code,label,value\n1,1,,5\n1,2,,2\n1,3,,2\n'));
  assert.deepEqual(report.findings.map(({ rule }) => rule?.id)
    .filter(Boolean), ['tong']);
  const power = await schema.power('xa-2024');
  assert.deepEqual(power.map(({ indicator }) => indicator.name),
    ['a', 'b', 'c', 'd']);
  for (const { rules, slips } of power.slice(0, 3)) {
    assert.equal(rules, 1);
    assert.ok(slips.replaced.possible > 0);
    assert.equal(slips.replaced.detected, slips.replaced.possible);
  }
  assert.equal(power[3].slips.replaced.detected, 0);
  assert.equal(power[0].fillings, 100);
  await assert.rejects(schema.power('nowhere'), RangeError);
});

test('a wrong table has a place in both languages', async () => {
  const wrong = tables();
  wrong['dossiers/rules.csv'] = wrong['dossiers/rules.csv'].toString()
    .replace(' = ', ' = = ');
  await assert.rejects(Schema.tables(wrong), (error) => {
    assert.ok(error instanceof parcheck.ParcheckError);
    assert.equal(error.code, 'PARCHECK_ESCHEMA');
    assert.equal(error.status, 4);
    assert.equal(error.source, 'dossiers/rules.csv');
    assert.ok(error.line > 1 && error.column > 1);
    assert.notEqual(error.vi, error.en);
    assert.ok(error.message.startsWith(
      `${error.source}:${error.line}:${error.column}: `));
    return true;
  });
});

test('errors of loading', async () => {
  await assert.rejects(Schema.folder('no/such/folder'),
    { code: 'PARCHECK_EIO', source: 'no/such/folder' });
  await assert.rejects(Schema.tables({}), parcheck.ParcheckError);
  await assert.rejects(Schema.folder('zero\0byte'), RangeError);
  await assert.rejects(Schema.tables({ 'a/ru\0les.csv': '' }), RangeError);
});

test('lint', async () => {
  const report = await (await parcheck.builtin()).lint();
  assert.equal(report.counts.error, 0);
  assert.ok(report.findings.length > 0);
  for (const { code } of report.findings) assert.match(code, /^schema\./);
});

test('a report outlives its schema, a run the closing of it', async () => {
  const schema = await Schema.builtin();
  const running = schema.validate(SUBMISSIONS['Hòa An']);
  schema.close();
  schema.close();
  assert.ok(schema.closed);
  const report = await running;
  assert.equal(report.verdicts.length, 161);
  report.close();
  assert.throws(() => schema.facts('cao-bang-2023'), /closed/);
  await assert.rejects(schema.lint(), /closed/);
});
