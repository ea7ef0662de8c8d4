/** What holds whatever the script does: the lab is not needed for that. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { projectFolder } from '../../shared/project-path.ts';
import { decidingDigests, differences } from './deciding-files.ts';
import { runApart, type Ended } from './run-apart.ts';

let workbook: string;
beforeEach(() => {
  const copies = path.join(projectFolder, '.copies');
  mkdirSync(copies, { recursive: true });
  workbook = mkdtempSync(path.join(copies, 'apart-'));
  for (const folder of ['scripts', 'grader']) mkdirSync(path.join(workbook, folder));
  const runner = readFileSync(path.join(projectFolder, 'scripts/run.mjs'));
  writeFileSync(path.join(workbook, 'scripts/run.mjs'), runner);
  writeFileSync(path.join(workbook, 'grader/a.ts'), 'export {};\n');
});
afterEach(() => rmSync(workbook, { recursive: true, force: true }));

function run(code: string, deadlineMs = 60_000): Promise<Ended> {
  writeFileSync(
    path.join(workbook, 'script.ts'),
    `import fs from 'node:fs';\nimport { spawn } from 'node:child_process';\nprocess.once('message', async (asked) => {\n${code}\n});\n`,
  );
  return runApart(workbook, 'script.ts', { asked: 1 }, deadlineMs);
}

test('what it says arrives whole, though it ends in the same moment', async () => {
  const long = "'x'.repeat(5_000_000)";
  const { told, code, left } = await run(`process.send(${long}, () => process.exit(0));`);
  expect(told).toEqual(['x'.repeat(5_000_000)]);
  expect([code, left]).toEqual([0, 0]);
});

const onLinux = test.runIf(process.platform === 'linux');

onLinux('what it left behind is gone before anybody reads what it said', async () => {
  const late = 'setTimeout(() => {}, 60000)';
  const { told, left } = await run(`
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(late)}], { detached: true, stdio: 'ignore' });
    child.unref();
    process.send(child.pid, () => process.exit(0));`);
  expect(left).toBe(0);
  const stat = (): string => readFileSync(`/proc/${String(told[0])}/stat`, 'utf8');
  // Nobody may have taken note of its end yet.
  expect(existsSync(`/proc/${String(told[0])}`) ? stat() : ') Z ').toMatch(/\) [ZX] /);
});

onLinux('nobody opens the socket by its place among the open files', async () => {
  const { told } = await run(`
    const places = fs.readdirSync('/proc/self/fd').map((fd) => '/proc/' + process.pid + '/fd/' + fd);
    const sockets = places.filter((place) => {
      try {
        return fs.readlinkSync(place).startsWith('socket');
      } catch {
        return false;
      }
    });
    const opened = sockets.filter((place) => {
      try {
        fs.closeSync(fs.openSync(place, 'r+'));
        return true;
      } catch {
        return false;
      }
    });
    process.send([sockets.length > 0, opened], () => process.exit(0));`);
  expect(told).toEqual([[true, []]]);
});

test('two messages are seen to be two', async () => {
  const { told } = await run(
    `process.send(1); process.send(2); process.send(3, () => process.exit(0));`,
  );
  expect(told).toEqual([1, 2]);
});

test('it gets a deadline, and nothing of the environment that it needs not', async () => {
  vi.stubEnv('INSTRUCTORS_SECRET', 'not-for-learners');
  const { told } = await run('process.send(process.env, () => process.exit(0));');
  vi.unstubAllEnvs();
  const environment = told[0] as Record<string, string>;
  expect(JSON.stringify(environment)).not.toContain('not-for-learners');
  expect(environment['HOME']).toBe(environment['TMPDIR']);
  const { wasLate, told: nothing } = await run('for (;;);', 300);
  expect([wasLate, nothing]).toEqual([true, []]);
});

test.each([
  ['changed', (file: string) => writeFileSync(file, 'export const x = 1;\n')],
  ['removed', (file: string) => rmSync(file)],
  [
    'made a link',
    (file: string) => {
      rmSync(file);
      symlinkSync('/dev/zero', file);
    },
  ],
  ['joined by another', (file: string) => writeFileSync(`${file}.ts`, '')],
])('a file that decides is seen to be %s', (_how, change) => {
  const before = decidingDigests(workbook);
  expect(differences(before, decidingDigests(workbook))).toBe('');
  change(path.join(workbook, 'grader/a.ts'));
  expect(differences(before, decidingDigests(workbook))).toMatch(/^grader\/a\.ts(\.ts)?$/);
});
