/**
 * Learner code that misbehaves, with the patience that a learner gets: the line is found, and the next
 * check runs. All faults in all topics are in `hostile-code.test.ts`.
 *
 * @module-tag long
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from '../../lab/lab.ts';
import { loadWholeCatalogue } from '../../catalogue/load-catalogue.ts';
import { TargetProblem } from '../../lab/target-process.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = `.workbook/faults-${process.pid}`;
const { uses } = await loadWholeCatalogue();
const ordinaryUse = uses.get('accepts-own-tokens')!.use;

let lab: Lab;
beforeAll(async () => {
  mkdirSync(path.join(root, folder), { recursive: true });
  lab = await Lab.open();
});
afterAll(async () => {
  await lab.close();
  rmSync(path.join(root, folder), { recursive: true, force: true });
});

/** What the learner is told when `source` is their file; undefined if ordinary use went through. */
async function toldAbout(name: string, source: string): Promise<string | undefined> {
  const file = `${folder}/${name}.ts`;
  writeFileSync(path.join(root, file), source);
  const spec: TargetSpec = { kind: 'solution', topic: '05-access-tokens', file };
  try {
    const { problems, faults } = await lab.try(spec, ordinaryUse);
    return problems.length === 0 ? undefined : [...faults, ...problems].join('\n');
  } catch (error) {
    if (error instanceof TargetProblem) return error.message;
    throw error;
  }
}

const verifier = (body: string): string =>
  `// line 1\nexport const verifyAccessToken = async (token: string) => {\n${body}\n};\n`;

describe('says what is wrong, and where', () => {
  const faults: [name: string, source: string, told: RegExp][] = [
    [
      'a-missing-return',
      verifier('void token;'),
      /a-missing-return\.ts:2: verifyAccessToken\(…\) gave undefined/,
    ],
    [
      'an-endless-loop',
      verifier('for (;;) token.length;'),
      /an-endless-loop\.ts:3: the code here did not come to an end/,
    ],
    [
      'a-catastrophic-pattern',
      verifier('/^(a+)+$/.test("a".repeat(40) + "!");'),
      /a-catastrophic-pattern\.ts:3: the code here did not come to an end/,
    ],
    [
      'an-error-nobody-catches',
      verifier('setTimeout(() => { throw new Error("later"); }); await new Promise(() => {});'),
      /an-error-nobody-catches\.ts:3: an error nobody caught ended the process: Error: later/,
    ],
  ];

  test.each(faults)('%s', async (name, source, told) => {
    expect(await toldAbout(name, source)).toMatch(told);
    const reference = await lab.try({ kind: 'reference' }, ordinaryUse);
    expect(reference.problems, 'the next check runs').toEqual([]);
  });
});

test('what one file leaves behind is not the next one’s fault', async () => {
  const source = `import { verifyAccessToken as verify } from '../../solutions/05-access-tokens/verify-access-token.ts';
export const verifyAccessToken = (token: string, context: any) => {
  setTimeout(() => process.exit(0), 300);
  return verify(token, context);
};`;
  await toldAbout('a-late-exit', source);
  await new Promise((resolve) => setTimeout(resolve, 800));
  const reference = await lab.try({ kind: 'reference' }, ordinaryUse);
  expect(reference.problems).toEqual([]);
});
