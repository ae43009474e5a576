'use strict';
/*
 * What one validation costs in Node.js, one after the other.
 *
 * usage: node cost.js REPEATS FILE...
 *
 * Prints two medians in nanoseconds: of a validation, and of one with all
 * findings and their explanations read.
 */
const fs = require('node:fs');
const path = require('node:path');
const parcheck = require(path.resolve(__dirname, '../../bindings/node'));

async function median(repeats, work) {
  const times = [];
  for (let i = 0; i < repeats; i++) {
    const begin = process.hrtime.bigint();
    await work();
    times.push(process.hrtime.bigint() - begin);
  }
  times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return times[Math.floor(repeats / 2)];
}

async function main() {
  const [repeats, ...names] = process.argv.slice(2);
  const sources = names.map((name) => ({ source: fs.readFileSync(name), name }));
  const schema = await parcheck.builtin();
  const validate = async () => (await schema.validate(sources)).close();
  const read = async () => {
    const report = await schema.validate(sources);
    const { findings } = report;
    report.close();
    return findings;
  };
  await read();
  console.log(`${await median(repeats, validate)} ` +
    `${await median(repeats, read)}`);
}

main();
