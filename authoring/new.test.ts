/**
 * A new topic, in a copy: its files are there, nothing else breaks, and every gap is named.
 *
 * @module-tag long
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyWorkbook, type Ended, type WorkbookCopy } from '../shared/copy-workbook.ts';
import { projectFolder } from '../shared/project-path.ts';
import { MARKER } from './placeholder.ts';
import { nameExercise, nextNumber } from './scaffold/exercise-name.ts';

const number = nextNumber();
const slug = `${number}-scratch-topic`;
const files = [
  `lessons/${slug}.md`,
  `exercises/${slug}/scratch-topic.ts`,
  `solutions/${slug}/scratch-topic.ts`,
  `catalogue/attacks/${slug}/attacks.ts`,
  `grader/checks/${slug}.test.ts`,
  `proof/wrong-solutions/${slug}/name-of-the-mistake.ts`,
  `proof/right-solutions/${slug}/name-of-the-idea.ts`,
];
const changed = [
  'catalogue/curriculum.ts',
  'exercises/weather-server/controls.ts',
  'exercises/weather-server/unguarded.ts',
  'lab/controls/files.ts',
  'lab/controls/table.ts',
];

let copy: WorkbookCopy;
let made: Ended;
const inCopy = (file: string): string => path.join(copy.folder, file);

beforeAll(async () => {
  copy = copyWorkbook('new-exercise');
  made = await copy.run('authoring/new.ts', ['exercise', slug]);
});
afterAll(() => copy.remove());

test('all files of the topic are there, and the author is told what comes next', () => {
  expect(made.code).toBe(0);
  for (const file of files) {
    expect(existsSync(inCopy(file)), file).toBe(true);
    expect(made.output).toContain(`Created    ${file}`);
  }
  for (const file of changed) {
    expect(readFileSync(inCopy(file), 'utf8'), file).not.toBe(
      readFileSync(path.join(projectFolder, file), 'utf8'),
    );
    expect(made.output).toContain(`Changed    ${file}`);
  }
  expect(made.output).toContain(`npm run check -- ${number}`);
});

test('types pass', async () => {
  const sources = [...files, ...changed].filter((file) => file.endsWith('.ts'));
  const project = { extends: './tsconfig.json', include: [], files: sources };
  writeFileSync(inCopy('tsconfig.new.json'), JSON.stringify(project));
  const tsc = path.join(projectFolder, 'node_modules/typescript/bin/tsc');
  const checking = promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.new.json'], {
    cwd: copy.folder,
  });
  await expect(checking).resolves.toMatchObject({ stdout: '' });
});

test('check fails, and names every file to fill, and no other topic', async () => {
  const { code, output } = await copy.run('authoring/check.ts', [number]);
  expect(code).toBe(1);
  const toFill = [...files, ...changed].filter((file) =>
    readFileSync(inCopy(file), 'utf8').includes(MARKER),
  );
  expect(toFill.length).toBeGreaterThan(9);
  for (const file of toFill) {
    expect(output).toMatch(
      new RegExp(`^${file}\\n(?:  .*\\n)*?  mend  line \\d+: A placeholder`, 'm'),
    );
  }
  expect(output).toContain('README.md\n');
  expect(output).not.toMatch(/cannot be (?:loaded|built)|\/0\d-/);
});

test('nothing is written over', async () => {
  const lesson = `lessons/${Number(number) + 1}-another.md`;
  writeFileSync(inCopy(lesson), 'A draft.');
  const before = readFileSync(inCopy('catalogue/curriculum.ts'), 'utf8');
  const { code, output } = await copy.run('authoring/new.ts', [
    'exercise',
    path.parse(lesson).name,
  ]);
  expect(code).toBe(2);
  expect(output).toContain(`${lesson} is there already. Nothing was written.`);
  expect(readFileSync(inCopy(lesson), 'utf8')).toBe('A draft.');
  expect(readFileSync(inCopy('catalogue/curriculum.ts'), 'utf8')).toBe(before);
});

describe('refused, with what to do instead', () => {
  test.each([
    ['a number that is taken', '14-other', /Topic 14 is 14-secure-server\. Use \d\d/],
    ['a number that is not the next', '98-other', /The next one is \d\d/],
    ['a slug that is none', 'Response Cache', /is no slug/],
    ['a slug that leads out', `${number}-../../x`, /is no slug/],
    ['a name that is taken', `${number}-scopes`, /topic “scopes” already/],
    ['a type that is taken', `${number}-rate-limiter`, /has a type RateLimiter already/],
    ['a control that is taken', `${number}-city-schema`, /a control citySchema already/],
  ])('%s', (_, slug, problem) => {
    expect(() => nameExercise(slug)).toThrow(problem);
  });

  test.each(["It's", 'a|b', 'a: b', '', 'x'.repeat(41)])('the title “%s”', (title) => {
    expect(() => nameExercise(slug, title)).toThrow(/is no title/);
  });

  test('a control that is no name', () => {
    expect(() => nameExercise(slug, undefined, 'a-b')).toThrow(/no name of a function/);
  });
});
