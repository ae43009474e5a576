'use strict';
/*
 * Checks a submission of two files and says what is wrong, and why.
 *
 * usage: node check.js [FILE...]                (default: the report of Hòa An)
 */
const path = require('node:path');
const parcheck = require('parcheck');

const HOA_AN = ['hoa-an-2023-q1.csv', 'hoa-an-2023-q1-dossiers.csv']
  .map((name) => path.join(__dirname, '..', 'hoa-an', name));

async function main() {
  const files = process.argv.slice(2);
  const report = await parcheck.validate(files.length > 0 ? files : HOA_AN);
  for (const { severity, cells, message, explanations } of report.findings) {
    const { input, line, address } = cells[0];
    const name = path.basename(report.inputs[input].name);
    console.log(`${severity} ${name}:${line} (${address}): ${message.en}`);
    for (const { message: why, changes } of explanations) {
      console.log(`    perhaps: ${why.en}`);
      for (const { cell, value, low, high } of changes) {
        console.log(`        ${cell.address}: ${cell.literal || 'blank'} -> ` +
          `${value ?? `${low ?? ''}..${high ?? ''}`}`);
      }
    }
  }
  console.log(report.counts);
  report.close();
}

main().catch((error) => {
  console.error(`${error.message}\n${error.vi ?? ''}`);
  process.exitCode = 2;
});
