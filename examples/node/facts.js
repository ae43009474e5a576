'use strict';
/* Checks what a program has at hand, without a file. */
const parcheck = require('parcheck');

const DISTRICT = {
  received_total: 129, received_online: 53, received_direct: 42,
  received_carried: 34, resolved_total: 124, pending_total: 5, returned: 2,
  cancelled: 0,
};

async function main() {
  const schema = await parcheck.builtin();
  const facts = schema.facts('dossiers/cao-bang-2023')
    .unit({ code: 'I', name: 'UBND huyện', period: '2023-Q1' })
    .update(DISTRICT);
  const report = await facts.validate();
  for (const { rule, unit, left, relation, right } of report.findings) {
    if (rule) console.log(`${unit}: ${rule.id}: not ${left} ${relation} ${right}`);
  }
}

main();
