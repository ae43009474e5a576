'use strict';
/*
 * Validates many times and sees to it that the memory does not grow.
 *
 * usage: node --expose-gc soak.js [RUNS]                  (default 100,000)
 *
 * Goes through the real submissions, from paths, bytes and with errors, eight
 * at a time, reads all that came of them, and half the time leaves it to the
 * garbage collector. It prints the memory at half of the runs and at their end.
 * Ends with 1 if any handle of the library was not given back but that of the
 * built-in schemas, or if the memory, or the heap of JavaScript in it, grew by
 * more than its limit.
 */
const fs = require('node:fs');
const { setImmediate: turn } = require('node:timers/promises');
const parcheck = require('..');
const { Owned } = require('../lib/handle');
const { SUBMISSIONS } = require('./support');

// What the memory of a process with threads goes up and down by: the least leak
// of a run, of one report, would be ten times as much.
const LIMIT = 24 * 1024 * 1024;
const HEAP_LIMIT = 1024 * 1024;
const ALL = Object.values(SUBMISSIONS);

async function readAll(report) {
  return report.findings.length + report.verdicts.length +
    (await report.render('json')).length;
}

async function once(number) {
  const files = ALL[number % ALL.length];
  switch (number % 4) {
    case 0: {
      const report = await parcheck.validate(files);
      await readAll(report);
      report.close();
      break;
    }
    case 1:
      await readAll(await parcheck.validate(
        files.map((name) => fs.readFileSync(name))));
      break;
    case 2:
      await parcheck.validate(files, { progress: () => false });
      break;
    default:
      await parcheck.validate(files, { edition: 'nowhere' }).then(
        () => { throw new Error('there is no such edition'); }, () => {});
      if (number % 400 === 3) (await parcheck.Schema.builtin()).families;
  }
}

/** The bytes in memory after all garbage has been given back. */
async function settled() {
  for (let i = 0; i < 10; i++) {
    global.gc();
    await turn();
  }
  return process.memoryUsage();
}

const kib = (bytes) => Math.floor(bytes / 1024);

async function main() {
  const runs = Number(process.argv[2] ?? 100_000);
  let next = 0;
  const work = async (end) => {
    while (next < end) await once(next++);
  };
  const upTo = async (end) => {
    await Promise.all(Array.from({ length: 8 }, () => work(end)));
    return settled();
  };
  const half = await upTo(Math.floor(runs / 2));
  const end = await upTo(runs);
  const grown = end.rss - half.rss;
  const heap = end.heapUsed - half.heapUsed;
  console.log(`${runs} runs: ${kib(half.rss)} KiB at half of them, ` +
    `${kib(end.rss)} KiB at the end (${kib(grown)} more, in the heap ` +
    `${kib(heap)}), ${Owned.live} handle`);
  process.exitCode = grown > LIMIT || heap > HEAP_LIMIT || Owned.live !== 1
    ? 1 : 0;
}

main();
