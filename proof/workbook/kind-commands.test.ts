/**
 * The commands that help a learner on: hint, quiz, diff, reset, and grading with pins, in a copy.
 *
 * @module-tag long
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyWorkbook, type Ended, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { readQuiz } from '../../grader/quiz/read-quiz.ts';

let copy: WorkbookCopy;
let journal: ProgressJournal;
beforeAll(() => {
  copy = copyWorkbook('kind-commands');
  journal = new ProgressJournal(inCopy('.workbook'));
});
afterAll(() => copy.remove());

const inCopy = (file: string): string => path.join(copy.folder, file);
const textOf = (file: string): string => readFileSync(inCopy(file), 'utf8');

const run = (command: string, ...args: string[]): Promise<Ended> =>
  copy.run(`commands/${command}.ts`, args);

test('a command that was not understood says how it is used, and which topics there are', async () => {
  const [nothing, nonsense] = await Promise.all([run('reset'), run('hint', 'nonsense')]);
  expect(nothing.code).toBe(2);
  expect(nothing.output).toContain('npm run reset -- topic');
  expect(nonsense.code).toBe(2);
  expect(nonsense.output).toContain('10-rate-limits');
});

test('hint shows one more each time, and remembers', async () => {
  const first = await run('hint', '05');
  expect(first.code).toBe(0);
  expect(first.output).toMatch(/Hint 1 of 3, new\n.*Which jose function/);
  expect(first.output).toContain('2 left');
  expect(first.output).not.toContain('Hint 2');

  const second = await run('hint', 'access-tokens');
  expect(second.output).toMatch(/Hint 1 of 3\n[^]*Hint 2 of 3, new\n[^]*1 left/);
  const again = await run('hint', '5', '--again');
  expect(again.output).toMatch(/Hint 2 of 3\n[^]*1 left/);
  expect(again.output).not.toContain('Hint 3');

  const last = await run('hint', '05');
  expect(last.output).toMatch(/Hint 3 of 3, new\n[^]*That is all of them/);
  expect(journal.read()['05-access-tokens']).toEqual({ hints: 3 });
});

describe('diff', () => {
  const slug = '06-scopes';
  const at = '2026-01-01T00:00:00.000Z';
  const graded = (passed: number): void =>
    journal.append([{ type: 'graded', topic: slug, passed, all: 9, failed: [], at }]);

  test('says how to get there while the topic has not passed', async () => {
    graded(4);
    const { code, output } = await run('diff', '06');
    expect(code).toBe(1);
    expect(output).toMatch(/stands at 4 of 9 checks[^]*npm run diff -- 06 --spoil/);
    expect(output).not.toContain('@@');
  });

  test('shows the files of a topic that passed', async () => {
    graded(9);
    cpSync(inCopy(`solutions/${slug}/scopes.ts`), inCopy(`exercises/${slug}/scopes.ts`));
    const { code, output } = await run('diff', '06');
    expect(code).toBe(0);
    expect(output).toContain(`exercises/${slug}/scopes.ts is the same as the reference.`);
    expect(output).toMatch(
      /--- exercises\/06-scopes\/alert-ownership\.ts\n\+\+\+ solutions\/06-scopes\/alert-ownership\.ts\n@@ -\d+,\d+ \+\d+,\d+ @@\n/,
    );
    expect(output).toMatch(/^-.*TODO 06/m);
  });

  test('shows the reference early to whoever asks, and remembers that', async () => {
    const spoiled = await run('diff', '09', '--spoil');
    expect(spoiled.code).toBe(0);
    expect(spoiled.output).toContain('+++ solutions/09-injection/');
    expect(journal.read()['09-injection']?.spoiled).toBe(true);
  });
});

describe('reset', () => {
  const stub = 'exercises/08-city-input/city-input.ts';
  const saves = (): string[] => readdirSync(inCopy('.workbook/saved')).sort();

  test('leaves a stub alone that nobody has changed, with any line ends', async () => {
    const shipped = textOf(stub);
    writeFileSync(inCopy(stub), shipped.replaceAll('\n', '\r\n'));
    const { code, output } = await run('reset', '08');
    expect(code).toBe(0);
    expect(output).toContain('nothing to reset');
    expect(textOf(stub)).toContain('\r\n');
    expect(existsSync(inCopy('.workbook/saved'))).toBe(false);
    writeFileSync(inCopy(stub), shipped);
  });

  test('saves what was written, brings the stub back, and never saves over a save', async () => {
    const shipped = textOf(stub);
    const written: string[] = [];
    for (const version of ['first', 'second']) {
      written.push(`// ${version}\n${shipped}`);
      writeFileSync(inCopy(stub), written.at(-1) ?? '');
      const { code, output } = await run('reset', 'city-input');
      expect(code).toBe(0);
      const saved = /Saved +(\S+)/.exec(output)?.[1] ?? '';
      expect(textOf(saved)).toBe(written.at(-1));
      expect(textOf(stub)).toBe(shipped);
      expect(output).toContain('The topic is open again');
    }
    expect(saves().map((folder) => textOf(`.workbook/saved/${folder}/${stub}`))).toEqual(written);
  });

  test('brings a missing stub back, with nothing to save', async () => {
    const shipped = textOf(stub);
    const before = saves();
    rmSync(inCopy(path.dirname(stub)), { recursive: true });
    const { code, output } = await run('reset', '08');
    expect(code).toBe(0);
    expect(output).toContain(`Restored   ${stub}`);
    expect(textOf(stub)).toBe(shipped);
    expect(saves()).toEqual(before);
  });
});

test('grade fires what is pinned, and writes down how it went', async () => {
  const topic = '01-oauth-discovery';
  for (const file of ['metadata.ts', 'bearer-challenge.ts']) {
    cpSync(inCopy(`solutions/${topic}/${file}`), inCopy(`exercises/${topic}/${file}`));
  }
  const pin = { type: 'pinned', topic, attack: 'metadata-host-poisoning' } as const;
  journal.append([
    { ...pin, name: 'my host', payload: '{"headers":{"host":"mine.example"}}' },
    { ...pin, name: 'from before', payload: '{"host":"mine.example"}' },
  ]);
  const { code, output } = await run('grade', '01');
  expect(code).toBe(1);
  expect(output).toMatch(/passed +metadata-host-poisoning\/pinned: my host\n/);
  expect(output).toMatch(/FAILED +metadata-host-poisoning\/pinned: from before\n/);
  expect(output).toContain('does not fit the attack');
  const { grade, verdicts } = journal.read()[topic] ?? {};
  expect(grade).toMatchObject({
    passed: 5,
    all: 6,
    failed: ['metadata-host-poisoning/pinned: from before'],
  });
  expect(verdicts?.['metadata-host-poisoning']).toBe('blocked');
});

describe('quiz', () => {
  const slug = '05-access-tokens';
  const questions = readQuiz(slug);
  const ask = (lines: string[], ...args: string[]): Promise<Ended> =>
    copy.run('commands/quiz.ts', args, {}, lines.map((line) => `${line}\n`).join(''));
  const rightAnswers = questions.map(({ answer }) => answer.map((index) => index + 1).join(' '));

  test('explains, lets one try again, and remembers', async () => {
    const [question] = questions;
    const wrong = String((question?.answer[0] ?? 0) === 0 ? 2 : 1);
    const { code, output } = await ask([wrong, 'nonsense', rightAnswers[0] ?? '', ''], '05');
    expect(code).toBe(0);
    expect(output).toMatch(/Not quite\.\n[^]*Type a number from 1 to 3\.\n[^]*Right\.\n/);
    expect(output).toContain(question?.options[Number(wrong) - 1]?.why);
    expect(output).toContain(`1 of ${questions.length} are answered right.`);
    expect(journal.read()[slug]?.answers).toEqual({ [question?.id ?? '']: true });
  });

  test('asks what is open until all are right, and all again if asked to', async () => {
    const rest = await ask(rightAnswers.slice(1), 'access-tokens');
    expect(rest.code).toBe(0);
    expect(rest.output).toContain('1 of them you have answered right before.');
    expect(rest.output).toContain('this lesson is done');
    expect((await ask([], '05')).output).toContain('You have answered all of them right.');
    const again = await ask(['q'], '05', '--again');
    expect(again.output).toContain(`Question 1 of ${questions.length}`);
    expect(again.output).toContain('this lesson is done');
  });

  test('without a topic lists them; one that does not exist is refused', async () => {
    const [list, nonsense] = await Promise.all([ask([]), ask([], 'nonsense')]);
    expect(list.code).toBe(0);
    expect(list.output).toMatch(/04 Token grants +0 of \d answered\n +05 Access tokens +6 of 6/);
    expect(nonsense.code).toBe(2);
    expect(nonsense.output).toContain('10-rate-limits');
  });
});
