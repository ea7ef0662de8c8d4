/** TypeScript's own language server, asked about stubs that nobody has saved. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { projectFolder } from '../../../shared/project-path.ts';
import { CodeInsight } from './code-insight.ts';
import { offsetAt, positionAt } from './positions.ts';

const FILE = 'exercises/08-city-input/city-input.ts';
/** It reads the whole project first, on a machine that does other things. */
const WITHIN = { timeout: 60_000 };
const head = `import { z } from 'zod';
import type { UnitsSchema } from '../weather-server/controls.ts';
`;

const insight = new CodeInsight();
afterAll(() => insight.close());

test('says what fits after a dot, and what begins as the word does', WITHIN, async () => {
  const after = `${head}z.stri`;
  const { from, options, isComplete } = await insight.completions(FILE, after, after.length);
  expect(from).toBe(after.length - 'stri'.length);
  expect(options.map(({ label }) => label)).toContain('string');
  expect(options.every(({ label }) => /^stri/i.test(label))).toBe(true);
  expect(isComplete).toBe(true);
});

test('gives a part of what is too much, and says so', WITHIN, async () => {
  const { options, isComplete } = await insight.completions(FILE, head, head.length);
  expect(options).toHaveLength(200);
  expect(isComplete).toBe(false);
});

test('explains a name by its type, and nothing by nothing', WITHIN, async () => {
  const text = `${head}export const units = z.enum(['metric']);\n`;
  const at = text.indexOf('units');
  const explanation = await insight.explanation(FILE, text, at + 1);
  expect(explanation).toMatchObject({ from: at, to: at + 'units'.length });
  expect(explanation?.text).toContain('ZodEnum');
  expect(await insight.explanation(FILE, text, text.length)).toBeUndefined();
});

test(
  'finds what is wrong where it is, by the contract of the real controls.ts',
  WITHIN,
  async () => {
    const wrong = `${head}export const unitsSchema: UnitsSchema = z.number();\n`;
    const [problem, ...others] = await insight.problems(FILE, wrong);
    expect(wrong.slice(problem?.from, problem?.to)).toBe('unitsSchema');
    expect(problem?.severity).toBe('error');
    expect(problem?.message).toContain('UnitsSchema');
    expect(others).toEqual([]);
    expect(
      await insight.problems(
        FILE,
        "import type { Units } from '../weather-server/controls.ts';\nexport const a: Units = 'metric';\n",
      ),
    ).toEqual([]);
  },
);

test('answers many at once, each about its own text', WITHIN, async () => {
  const names = Array.from({ length: 8 }, (_, index) => `mine${index}`);
  const answers = await Promise.all(
    names.map((name) => {
      const text = `const ${name} = 1;\n${name.slice(0, -1)}`;
      return insight.completions(FILE, text, text.length);
    }),
  );
  for (const [index, { options }] of answers.entries()) {
    expect(options.map(({ label }) => label)).toEqual([names[index]]);
  }
});

test('goes on after its process was ended', WITHIN, async () => {
  await insight.close();
  expect(await insight.problems(FILE, 'export const one: string = 1;\n')).toHaveLength(1);
});

test('a new process is kept when the end of the old one is told late', WITHIN, async () => {
  const processes = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap').length;
  const text = 'export const one = 1;\n';
  await insight.problems(FILE, text);
  const before = processes();
  await insight.close();
  await insight.problems(FILE, text);
  await insight.problems(FILE, text);
  await expect.poll(processes, { timeout: 30_000 }).toBe(before);
});

test('tells nothing of where the workbook lies that the page does not know', WITHIN, async () => {
  const text = `${head}z`;
  const answer = await insight.completions(FILE, text, text.length);
  expect(JSON.stringify(answer)).not.toContain(projectFolder);
});

test('counts lines and characters as the editor counts offsets', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '😀', 'é') });
  fc.assert(
    fc.property(text, fc.nat(), (written, pick) => {
      const offset = pick % (written.length + 1);
      expect(offsetAt(written, positionAt(written, offset))).toBe(offset);
    }),
  );
  expect(offsetAt('ab\nc', { line: 0, character: 9 })).toBe(2);
  expect(offsetAt('ab\nc', { line: 9, character: 0 })).toBe(4);
});
