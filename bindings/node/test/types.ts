// Compiled, not run: what a user may write, and may not.
import {
  Code, Deduction, Finding, ParcheckError, Report, Schema, builtin, codes,
  formats, rewrite, validate,
} from '..';

export async function use(signal: AbortSignal): Promise<string[]> {
  const schema: Schema = await Schema.tables({ 'a/rules.csv': '' });
  using report: Report = await validate(
    ['a.csv', { source: new Uint8Array(), name: 'b.csv' }],
    { schema, signal, layout: 'form', progress: (done, total) => done > total });
  const finding: Finding | undefined = report.findings[0];
  const value: string | null | undefined =
    finding?.explanations[0]?.changes[0]?.value;
  // @ts-expect-error a finding never changes
  if (finding) finding.code = 'x';
  // @ts-expect-error there is no such layout
  await validate('a.csv', { layout: 'none' });
  // @ts-expect-error a source is no number
  await validate(12);
  const facts = (await builtin()).facts('dossiers/cao-bang-2023')
    .unit({ code: 'I' }).set('received_total', 129).update({ returned: null });
  // @ts-expect-error a value is no truth
  facts.set('received_total', true);
  const judged = await facts.validate({ maxFindings: 1, explain: false, signal });
  const errors: number = judged.counts.error + judged.outcomes.fails;
  const [blank]: readonly Deduction[] = await judged.deduce();
  const contradiction: string | undefined = blank?.contradiction?.id;
  const [code]: readonly Code[] = codes();
  // @ts-expect-error explain is a truth
  await validate('a.csv', { explain: 'no' });
  const power = await schema.power('x');
  const bytes: Uint8Array = await rewrite('a.csv',
    [{ line: 1, column: 2, value: '3' }], { encoding: 'UTF-8' });
  try {
    await schema.lint();
  } catch (error) {
    if (error instanceof ParcheckError) return [error.vi, error.code];
  }
  return [...formats(), String(contradiction), String(code?.advice.vi),
    String(value), String(errors + bytes.length),
    String(power[0]?.slips['by-one'].detected)];
}
