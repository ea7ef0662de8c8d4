/**
 * A class of submissions, honest and hostile. What of each is used is tested in `hand-in/`.
 *
 * @module-tag long
 */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
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
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import { hashOf } from '../../shared/digests.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { hostileResult } from '../grading/hostile-result.ts';
import {
  allGraded,
  classResultSchema,
  type ClassResult,
  type GradedSubmission,
} from './class-result.ts';
import { decidingDigests } from './deciding-files.ts';
import { findSubmissions } from './find-submissions.ts';
import { gradeClass, gradedBefore } from './grade-class.ts';
import { printClass, printSubmission } from './print-class.ts';
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

const copiesLeft = (): string[] => {
  const copies = path.join(projectFolder, '.copies');
  return existsSync(copies) ? readdirSync(copies).filter((name) => name.startsWith('class-')) : [];
};

describe('of a folder', () => {
  test('folders are submissions; what somebody meant as one is named, and what systems add is not', () => {
    write('mixed/ada/x.ts', '');
    write('mixed/zoe/x.ts', '');
    write('mixed/zoe.zip', 'PK');
    write('mixed/bob.zip', 'PK');
    write('mixed/city-input.ts', 'x');
    write('mixed/class.csv', 'x');
    write('mixed/__MACOSX/ada/._x.ts', '');
    write('mixed/.DS_Store', '');
    symlinkSync(path.join(folder, 'mixed/ada'), path.join(folder, 'mixed/linked'), 'junction');
    const found = findSubmissions(path.join(folder, 'mixed'));
    expect(found.map(({ name, problem = 'fine' }) => `${name}: ${problem}`)).toEqual([
      'ada: fine',
      'bob.zip: It is an archive: unpack it into a folder of its own.',
      'city-input.ts: It is a file by itself: put it into a folder of its own, as NN-…/ and the name of the stub.',
      'linked: It is a link, and links are not followed.',
      'zoe: fine',
    ]);
  });

  test('names have composed letters, unless that would make two the same', () => {
    write('umlauts/Ju\u0308rgen/x.ts', '');
    write('umlauts/Zoe\u0308/x.ts', '');
    write('umlauts/Zo\u00eb/x.ts', '');
    const found = findSubmissions(path.join(folder, 'umlauts'));
    expect(found.map(({ name }) => name)).toEqual(['J\u00fcrgen', 'Zoe\u0308', 'Zo\u00eb']);
    expect(found[0]?.entry).toBe('Ju\u0308rgen');
  });

  test('one submission is no class, and nor are files', async () => {
    const options = { topics: [], withStretch: false, deadlineMs: 300 };
    write('one/exercises/x.ts', '');
    await expect(gradeClass(path.join(folder, 'one'), options)).rejects.toThrow(
      /as one submission does/,
    );
    write('none/readme.md', '');
    await expect(gradeClass(path.join(folder, 'none'), options)).rejects.toThrow(
      /one folder per submission/,
    );
    await expect(gradeClass(`${SOLUTION}/none`, options)).rejects.toThrow(/ENOENT/);
  });
});

const classOf = (...names: string[]): ClassResult => ({
  schema: 1,
  topics: ['05-access-tokens'],
  submissions: names.map((name) => ({ name, notes: [`Of ${name}.`], problem: `No, ${name}.` })),
});

describe('a spreadsheet', () => {
  test('gets points, problems and notes, and no formulas', () => {
    const results: ClassResult = {
      schema: 1,
      topics: ['05-access-tokens'],
      submissions: [
        {
          name: '=cmd|"x"!A1',
          notes: ['a.ts is empty.', 'b.ts is missing.'],
          result: { ...hostileResult(), problems: ['It broke.\nAt a line.'] },
        },
        { name: 'bob', notes: [], problem: 'No, "none".' },
      ],
    };
    expect(writeCsv(results)).toBe(
      '"submission","points","of","05-access-tokens","problem","notes"\r\n' +
        '"\'=cmd|""x""!A1",2,5,2,"","a.ts is empty. b.ts is missing. It broke."\r\n' +
        '"bob","","","","No, ""none"".",""\r\n',
    );
  });

  test.each(['=1+1', '+1', '-1', '@x', '\uff1d1', ' =1', '\t=1', '\r=1'])(
    'takes the name %j for text',
    (name) => {
      const [, row = ''] = writeCsv(classOf(name)).split('\r\n');
      expect(row).toMatch(/^"['\\]/);
    },
  );

  test('is told that it is UTF-8, if that is wanted', () => {
    expect(writeCsv(classOf('Jürgen')).startsWith('"')).toBe(true);
    const bytes = Buffer.from(writeCsv(classOf('Jürgen'), true));
    expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, '"'.charCodeAt(0)]);
  });
});

test('a run goes on with what was graded for the same by the same', () => {
  const wanted = { topics: selectTopics(['01']), withStretch: false };
  const before = {
    schema: 1 as const,
    topics: [TOPIC],
    withStretch: false,
    grader: hashOf(decidingDigests(projectFolder)),
    submissions: [
      { name: 'ada', notes: [], files: 'a', result: hostileResult() },
      { name: 'bob', notes: [], files: 'b', problem: 'It was not graded within 20 minutes.' },
    ],
  };
  expect([...gradedBefore(before, wanted).keys()]).toEqual(['a']);
  expect(gradedBefore({ ...before, grader: 'another' }, wanted).size).toBe(0);
  expect(gradedBefore(before, { ...wanted, withStretch: true }).size).toBe(0);
  expect(gradedBefore(before, { ...wanted, topics: selectTopics(['02']) }).size).toBe(0);
});

describe('names of folders, whatever they hold,', () => {
  const anyName = fc
    .array(fc.oneof(fc.nat({ max: 0x10ffff }), fc.nat({ max: 0xff })), { maxLength: 20 })
    .map((codes) => String.fromCodePoint(...codes));
  const hostileName = fc.oneof(
    anyName,
    fc.constantFrom(
      'ada\nbob  13/13',
      'a\r\n"bob",13,13',
      '","',
      '\u001b[1A\u001b[2Kbob',
      '\u0085',
    ),
  );
  const printed = (result: ClassResult): string[] => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    for (const submission of result.submissions) printSubmission(submission);
    printClass(result);
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    return lines;
  };

  test('make no row of the table, and no line of the file', () => {
    fc.assert(
      fc.property(fc.array(hostileName, { minLength: 1, maxLength: 4 }), (names) => {
        const result = classOf(...names);
        const lines = printed(result);
        // One each as they come; the table with its head and two blank lines; a note and a problem each.
        expect(lines).toHaveLength(names.length + (names.length + 3) + 2 * names.length);
        expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line))).toEqual([]);
        const csv = writeCsv(result);
        expect(csv.split('\r\n')).toHaveLength(names.length + 2);
        // No quote but in pairs, so that every row has its six cells.
        for (const row of csv.split('\r\n').slice(1, -1)) {
          expect(row.match(/"(?:[^"]|"")*"(?:,|$)/g)).toHaveLength(6);
        }
      }),
    );
  });

  test('stand in columns', () => {
    const lines = printed(classOf('ada', '東京', 'e\u0301a', '🌍x'));
    const rows = lines.slice(lines.indexOf('') + 1).slice(1, 5);
    expect(rows).toEqual([
      'ada           none   -',
      '東京          none   -',
      'e\u0301a            none   -',
      '🌍x           none   -',
    ]);
  });
});

test('a submission that takes too long is given up, and the others go on', async () => {
  write(`slow/ada/${TOPIC}/metadata.ts`, 'for (;;);');
  write('slow/bob/notes.txt', 'I had no time.');
  const before = new Set(copiesLeft());
  const options = { topics: selectTopics(['1']), withStretch: false, deadlineMs: 300 };
  const seen: string[] = [];
  const result = await gradeClass(path.join(folder, 'slow'), options, ({ name }, soFar) =>
    seen.push(`${name}, then ${soFar.waiting?.join() ?? 'nobody'}`),
  );
  expect(result.submissions.map(({ name, problem }) => `${name}: ${problem}`)).toEqual([
    'ada: It was not graded within 1 minutes.',
    'bob: It has no exercise files: neither exercises/NN-…/*.ts nor NN-…/*.ts.',
  ]);
  expect(seen).toEqual(['bob, then ada', 'ada, then nobody']);
  expect(allGraded(result)).toBe(false);
  expect(copiesLeft().filter((name) => !before.has(name))).toEqual([]);
});

describe('a submission', { timeout: 600_000 }, () => {
  const FILE = `${TOPIC}/metadata.ts`;
  const finished = readFileSync(path.join(SOLUTION, 'metadata.ts'), 'utf8');
  const challenge = readFileSync(path.join(SOLUTION, 'bearer-challenge.ts'), 'utf8');
  const node = JSON.stringify(process.execPath);
  /** A finished file that does something else first, once: in the first process that loads it. */
  const hostile = (name: string, first: string): void => {
    write(
      `hostile/${name}/${FILE}`,
      `import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
const out = ${JSON.stringify(path.join(folder, 'out', name))};
if (!fs.existsSync(out)) {
  fs.mkdirSync(out, { recursive: true });
  ${first}
}
${finished}`,
    );
    write(`hostile/${name}/${TOPIC}/bearer-challenge.ts`, challenge);
  };
  let result: ClassResult;
  const of = (name: string): GradedSubmission | undefined =>
    result.submissions.find((one) => one.name === name);
  const outOf = (name: string, file: string): string =>
    readFileSync(path.join(folder, 'out', name, file), 'utf8');

  beforeAll(async () => {
    write(
      `hostile/ada/${FILE}`,
      `import { same } from './same.ts';\n${finished}\nexport { same };`,
    );
    write(`hostile/ada/${TOPIC}/bearer-challenge.ts`, challenge);
    write(`hostile/ada/${TOPIC}/same.ts`, 'export const same = 1;');
    // Writes a result wherever one was ever kept, and for everybody, until it is ended.
    const forger = `
      const fs = require('node:fs'), path = require('node:path');
      const text = ${JSON.stringify(JSON.stringify(hostileResult()))};
      for (let round = 0; round < 10000; round++) {
        for (const name of fs.readdirSync('..'))
          try { fs.writeFileSync(path.join('..', name, '.workbook/class-result.json'), text); } catch {}
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      }`;
    const sleeper = 'setTimeout(() => {}, 600000)';
    hostile(
      'mallory',
      `const started = [[${JSON.stringify(forger)}, {}], [${JSON.stringify(sleeper)}, { env: {} }], [${JSON.stringify(sleeper)}, { cwd: '/' }]];
      const pids = started.map(([code, more]) => {
        const child = spawn(${node}, ['-e', code], { detached: true, stdio: 'ignore', ...more });
        child.unref();
        return child.pid;
      });
      fs.writeFileSync(path.join(out, 'pids'), JSON.stringify(pids));
      // What it was given, and what those were given that started it.
      let pid = process.pid, seen = JSON.stringify(process.env);
      for (let depth = 0; depth < 2 && process.platform === 'linux'; depth++) {
        pid = fs.readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1].split(' ')[1];
        seen += fs.readFileSync('/proc/' + pid + '/environ', 'utf8');
      }
      fs.writeFileSync(path.join(out, 'environment'), seen);`,
    );
    hostile('meddler', `fs.appendFileSync('grader/passes.ts', '\\n// all is well\\n');`);
    const reference = JSON.stringify(path.join(SOLUTION, 'metadata.ts'));
    write(`hostile/copyist/${FILE}`, `export * from ${reference};`);
    write(`hostile/copyist/${TOPIC}/bearer-challenge.ts`, challenge);
    vi.stubEnv('INSTRUCTORS_SECRET', 'not-for-learners');
    const options = { topics: selectTopics(['01']), withStretch: false, deadlineMs: 280_000 };
    result = await gradeClass(path.join(folder, 'hostile'), options);
    vi.unstubAllEnvs();
  }, 600_000);

  test('is graded with its helper files, and unharmed by its neighbours', () => {
    expect(of('ada')).toMatchObject({ notes: [], result: { earned: 6, points: 6 } });
  });

  test('has the result that it earned, whatever it writes', () => {
    expect(of('mallory')?.result?.topics.map(({ slug }) => slug)).toEqual([TOPIC]);
    expect(of('mallory')?.result).toMatchObject({ earned: 6, points: 6 });
  });

  test('that changes the grader of its copy is told of, and has no result', () => {
    expect(of('meddler')?.result).toBeUndefined();
    expect(of('meddler')?.problem).toMatch(/workbook were changed: grader\/passes\.ts\./);
  });

  test.runIf(process.platform === 'linux')('leaves no process behind', () => {
    const pids = JSON.parse(outOf('mallory', 'pids')) as number[];
    expect(pids).toHaveLength(3);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  test('and who graded it are not given the environment', () => {
    expect(outOf('mallory', 'environment')).toContain('TMPDIR');
    expect(outOf('mallory', 'environment')).not.toContain('not-for-learners');
  });

  test('does not import the reference from the workbook beside its copy', () => {
    const notes = of('copyist')?.notes.join('\n');
    expect(of('copyist')?.result?.passed).toBeLessThan(4);
    expect(notes).toMatch(/Could not run: .*An exercise stands on its own/);
    expect(notes).toMatch(/names the folder solutions/);
  });
});

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('npm run grade -- --class', { timeout: 300_000 }, () => {
  interface Running {
    child: ChildProcess;
    ended: Promise<{ code: number | null; output: string }>;
  }
  const run = (...args: string[]): Running => {
    const command = ['scripts/run.mjs', 'commands/grade.ts', ...args];
    const child = spawn(process.execPath, command, { cwd: projectFolder });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, output }));
    });
    return { child, ended };
  };

  test('grades what it can, says what it cannot, and writes both files', async () => {
    cpSync(SOLUTION, path.join(folder, 'class/ada/exercises', TOPIC), { recursive: true });
    write(`class/bob/${TOPIC}/metadata.ts`, 'Dear teacher, (');
    write('class/eve/readme.md', 'See my website.');
    const json = path.join(folder, 'out/class.json');
    const csv = path.join(folder, 'out/class.csv');
    const place = path.join(folder, 'class');
    const { code, output } = await run('01', '--class', place, '--json', json, '--csv', csv).ended;
    expect(output).toMatch(/^submission +points +01$/m);
    expect(output).toMatch(/^ada +6\/6 +4\/4$/m);
    expect(output).toMatch(/^bob +0\/6 +0\/4$/m);
    expect(output).toMatch(/^bob: 01-oauth-discovery\/bearer-challenge\.ts is missing\.$/m);
    expect(output).toMatch(/^bob: Could not run: .*metadata\.ts:1: .*\(syntax error\)/m);
    expect(output).toMatch(/^eve: could not be graded\. It has no exercise files/m);
    expect(code).toBe(1);
    const { submissions, waiting } = classResultSchema.parse(
      JSON.parse(readFileSync(json, 'utf8')),
    );
    expect(submissions.map(({ name, result }) => [name, result?.earned])).toEqual([
      ['ada', 6],
      ['bob', 0],
      ['eve', undefined],
    ]);
    expect(waiting).toBeUndefined();
    expect(readFileSync(csv, 'utf8')).toContain('"ada",6,6,6,"",""\r\n');
    expect(readFileSync(csv, 'utf8')).toContain('bearer-challenge.ts is missing.');
  });

  test('keeps what was graded when it is interrupted, and leaves nothing else', async () => {
    write('stopped/bob/notes.txt', 'I had no time.');
    write(`stopped/slow/${TOPIC}/metadata.ts`, 'for (;;);');
    const before = new Set(copiesLeft());
    const json = path.join(folder, 'stopped.json');
    const { child, ended } = run('01', '--class', path.join(folder, 'stopped'), '--json', json);
    for (let turn = 0; turn < 2_000 && !existsSync(json); turn++) await wait(100);
    child.kill('SIGINT');
    const { code, output } = await ended;
    expect(code).toBe(1);
    expect(output).toMatch(/^bob: could not be graded/m);
    expect(output).toMatch(/^Not graded yet: slow$/m);
    const { submissions, waiting } = classResultSchema.parse(
      JSON.parse(readFileSync(json, 'utf8')),
    );
    expect(submissions.map(({ name }) => name)).toEqual(['bob']);
    expect(waiting).toEqual(['slow']);
    expect(copiesLeft().filter((name) => !before.has(name))).toEqual([]);
  });
});
