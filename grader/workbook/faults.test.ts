/**
 * Learner code that misbehaves: each fault ends in one message that names the file and, where there
 * is one, the line, within a bound; and the next check runs.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabBench } from '../lab.ts';
import { loadWholeCatalogue } from '../load-catalogue.ts';
import { TargetProblem } from '../targets/target-process.ts';
import type { TargetSpec } from '../targets/target-spec.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = `.workbook/faults-${process.pid}`;
const { uses } = await loadWholeCatalogue();
const ordinaryUse = uses.get('accepts-own-tokens')!.use;

/** Within this time a fault has become a message, and the lab is usable again. */
const BOUND_MS = 25_000;

let lab: LabBench;
beforeAll(async () => {
  mkdirSync(path.join(root, folder), { recursive: true });
  lab = await LabBench.open();
});
afterAll(async () => {
  await lab.close();
  rmSync(path.join(root, folder), { recursive: true, force: true });
});

/** What the learner is told when `source` is their file; undefined if ordinary use went through. */
async function toldAbout(name: string, source: string | undefined): Promise<string | undefined> {
  const file = `${folder}/${name}.ts`;
  if (source !== undefined) writeFileSync(path.join(root, file), source);
  const spec: TargetSpec = { kind: 'variant', topic: '05-access-tokens', file };
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
  const faults: [name: string, source: string | undefined, told: RegExp][] = [
    ['a-missing-file', undefined, /a-missing-file\.ts is missing/],
    [
      'a-syntax-error',
      'export const a = 1;\nexport const verifyAccessToken = (;\n',
      /a-syntax-error\.ts:2: .*syntax error/,
    ],
    [
      'a-throw-at-import',
      'const a = 1;\nthrow new Error("too early");\nexport { a };',
      /a-throw-at-import\.ts:2: Error: too early/,
    ],
    ['a-missing-import', 'import "./nowhere.ts";\nexport const verifyAccessToken = 1;', /nowhere/],
    [
      'a-missing-export',
      'export const verifyToken = async () => 1;',
      /a-missing-export\.ts does not export verifyAccessToken.*It exports verifyToken/,
    ],
    ['a-default-export', 'export default async () => 1;', /a named one is needed/],
    [
      'a-value-for-a-function',
      'export const verifyAccessToken = "yes";',
      /a-value-for-a-function\.ts:1 exports verifyAccessToken as a string/,
    ],
    [
      'a-wrong-return',
      verifier('return true;'),
      /a-wrong-return\.ts:2: verifyAccessToken\(…\) gave a boolean; an AuthInfo/,
    ],
    [
      'a-missing-return',
      verifier('void token;'),
      /a-missing-return\.ts:2: verifyAccessToken\(…\) gave undefined/,
    ],
    [
      'a-throw-when-called',
      verifier('return (undefined as any).sub;'),
      /a-throw-when-called\.ts:3/,
    ],
    [
      'an-exit-at-import',
      'const a = 1;\nprocess.exit(0);\nexport { a };',
      /an-exit-at-import\.ts:2: the code ended the process with process\.exit\(0\)/,
    ],
    [
      'an-exit-when-called',
      verifier('process.exit(0);'),
      /an-exit-when-called\.ts:3: the code ended the process with process\.exit\(0\)/,
    ],
    ['a-real-exit', verifier('(process as any).reallyExit(0);'), /process ended/],
    ['a-kill', verifier('process.kill(process.pid, "SIGKILL");'), /process ended/],
    [
      'an-endless-loop',
      verifier('for (;;) token.length;'),
      /an-endless-loop\.ts:3: the code here did not come to an end/,
    ],
    [
      'an-endless-loop-at-import',
      'export const a = 1;\nfor (;;) a + 1;\n',
      /an-endless-loop-at-import\.ts:2: the code here did not come to an end/,
    ],
    [
      'a-catastrophic-pattern',
      verifier('/^(a+)+$/.test("a".repeat(40) + "!");'),
      /a-catastrophic-pattern\.ts:3: the code here did not come to an end/,
    ],
    ['a-promise-that-never-settles', verifier('await new Promise(() => {});'), /no answer/],
    [
      'an-error-nobody-catches',
      verifier('setTimeout(() => { throw new Error("later"); }); await new Promise(() => {});'),
      /an-error-nobody-catches\.ts:3: an error nobody caught ended the process: Error: later/,
    ],
    [
      'a-leak',
      verifier('const kept: unknown[] = []; for (;;) kept.push(new Array(1e6).fill(1));'),
      /more than 512 MB of memory/,
    ],
  ];

  test.each(faults)('%s', { timeout: 2 * BOUND_MS }, async (name, source, told) => {
    const started = performance.now();
    expect(await toldAbout(name, source)).toMatch(told);
    const reference = await lab.try({ kind: 'reference' }, ordinaryUse);
    expect(reference.problems, 'the next check runs').toEqual([]);
    expect(performance.now() - started).toBeLessThan(BOUND_MS);
  });
});

test(
  'a flood of output neither fills memory nor stops the check',
  { timeout: BOUND_MS },
  async () => {
    const source = `import { verifyAccessToken as verify } from '../../solutions/05-access-tokens/verify-access-token.ts';
const line = 'x'.repeat(1000);
export const verifyAccessToken = async (token: string, context: any) => {
  for (let index = 0; index < 20_000; index++) console.log(line);
  return verify(token, context);
};`;
    expect(await toldAbout('a-flood', source)).toBeUndefined();
  },
);

test(
  'what one file leaves behind is not the next one’s fault',
  { timeout: 2 * BOUND_MS },
  async () => {
    const source = `import { verifyAccessToken as verify } from '../../solutions/05-access-tokens/verify-access-token.ts';
export const verifyAccessToken = (token: string, context: any) => {
  setTimeout(() => process.exit(0), 300);
  return verify(token, context);
};`;
    await toldAbout('a-late-exit', source);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const reference = await lab.try({ kind: 'reference' }, ordinaryUse);
    expect(reference.problems).toEqual([]);
  },
);
