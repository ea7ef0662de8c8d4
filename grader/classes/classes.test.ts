/** A class of submissions, and what of them is used. */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import { hostileResult } from '../grading/hostile-result.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { allGraded, classResultSchema, type ClassResult } from './class-result.ts';
import { collectStubs } from './collect-stubs.ts';
import { gradeClass } from './grade-class.ts';
import { writeCsv } from './write-csv.ts';

const TOPIC = '01-oauth-discovery';
const SOLUTION = path.join(projectFolder, 'solutions', TOPIC);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'class-'));
});
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

function write(file: string, text: string): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

describe('of a submission', () => {
  test('only stub files are taken, from a workbook or from bare topic folders', () => {
    write(`ours/workbook/exercises/${TOPIC}/metadata.ts`, 'a');
    write(`ours/workbook/exercises/${TOPIC}/more.ts`, 'b');
    write('ours/workbook/package.json', '{}');
    write('ours/workbook/lab/lab.ts', 'c');
    write('ours/workbook/exercises/weather-server/server.ts', 'd');
    write(`ours/bare/${TOPIC}/bearer-challenge.ts`, 'e');
    expect(collectStubs(path.join(folder, 'ours/workbook'))).toEqual({
      texts: new Map([[`exercises/${TOPIC}/metadata.ts`, 'a']]),
      notes: [],
    });
    expect(collectStubs(path.join(folder, 'ours/bare'))).toEqual({
      texts: new Map([[`exercises/${TOPIC}/bearer-challenge.ts`, 'e']]),
      notes: [],
    });
  });

  test('links, folders and huge files are not taken, and it says so', () => {
    write('ours/secret.txt', 'secret');
    write(`ours/elsewhere/metadata.ts`, 'secret');
    write(`ours/odd/${TOPIC}/metadata.ts`, 'x'.repeat(300 * 1024));
    mkdirSync(path.join(folder, 'ours/odd', TOPIC, 'bearer-challenge.ts'));
    // A junction: a link to a folder that Windows lets everybody make.
    symlinkSync(
      path.join(folder, 'ours/elsewhere'),
      path.join(folder, 'ours/odd/03-pkce'),
      'junction',
    );
    const { texts, notes } = collectStubs(path.join(folder, 'ours/odd'));
    expect(texts.size).toBe(0);
    expect(notes).toEqual([
      `${TOPIC}/metadata.ts was not taken: it has more than 256 KiB.`,
      `${TOPIC}/bearer-challenge.ts was not taken: it is not a file.`,
      '03-pkce/authorization-request.ts was not taken: its folder is a link.',
      '03-pkce/redirect-and-consent.ts was not taken: its folder is a link.',
    ]);
  });
});

test('a spreadsheet gets points and no formulas', () => {
  const results: ClassResult = {
    schema: 1,
    topics: ['05-access-tokens'],
    submissions: [
      { name: '=cmd|"x"!A1', notes: [], result: hostileResult() },
      { name: 'bob', notes: [], problem: 'No, "none".' },
    ],
  };
  expect(writeCsv(results)).toBe(
    '"submission","points","of","05-access-tokens","problem"\r\n' +
      '"\'=cmd|""x""!A1",2,5,2,""\r\n' +
      '"bob","","","","No, ""none""."\r\n',
  );
});

test('a submission that takes too long is given up, and the others go on', async () => {
  write(`slow/ada/${TOPIC}/metadata.ts`, 'for (;;);');
  write('slow/bob/notes.txt', 'I had no time.');
  const copies = path.join(projectFolder, '.copies');
  mkdirSync(copies, { recursive: true });
  const before = new Set(readdirSync(copies));
  const options = { topics: selectTopics(['1']), withStretch: false, deadlineMs: 300 };
  const result = await gradeClass(path.join(folder, 'slow'), options);
  expect(result.submissions.map(({ name, problem }) => `${name}: ${problem}`)).toEqual([
    'ada: It was not graded within 1 minutes.',
    'bob: It has no exercise files: neither exercises/NN-…/*.ts nor NN-…/*.ts.',
  ]);
  expect(allGraded(result)).toBe(false);
  const left = readdirSync(copies).filter((name) => !before.has(name));
  expect(left.filter((name) => name.startsWith('class-'))).toEqual([]);
});

test('a class is a folder of folders', async () => {
  const options = { topics: [], withStretch: false, deadlineMs: 300 };
  await expect(gradeClass(SOLUTION, options)).rejects.toThrow(/one folder per submission/);
  await expect(gradeClass(`${SOLUTION}/none`, options)).rejects.toThrow(/ENOENT/);
});

describe('npm run grade -- --class', () => {
  const run = (...args: string[]): Promise<{ code: number | null; output: string }> => {
    const command = ['scripts/run.mjs', 'commands/grade.ts', ...args];
    const child = spawn(process.execPath, command, { cwd: projectFolder });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  };

  test('grades what it can, says what it cannot, and writes both files', async () => {
    cpSync(SOLUTION, path.join(folder, 'class/ada/exercises', TOPIC), { recursive: true });
    write(`class/bob/${TOPIC}/metadata.ts`, 'Dear teacher, (');
    write('class/eve/readme.md', 'See my website.');
    const json = path.join(folder, 'out/class.json');
    const csv = path.join(folder, 'out/class.csv');
    const place = path.join(folder, 'class');
    const { code, output } = await run('01', '--class', place, '--json', json, '--csv', csv);
    expect(output).toMatch(/^submission +points +01$/m);
    expect(output).toMatch(/^ada +6\/6 +4\/4$/m);
    expect(output).toMatch(/^bob +0\/6 +0\/4$/m);
    expect(output).toMatch(/^eve: could not be graded\. It has no exercise files/m);
    expect(code).toBe(1);
    const { submissions } = classResultSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(submissions.map(({ name, result }) => [name, result?.earned])).toEqual([
      ['ada', 6],
      ['bob', 0],
      ['eve', undefined],
    ]);
    expect(readFileSync(csv, 'utf8')).toContain('"ada",6,6,6,""\r\n');
  });
});
