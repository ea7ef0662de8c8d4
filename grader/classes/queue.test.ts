/**
 * A class that workers grade: handed over, taken up again when a worker is lost, and refused in a
 * sentence. Needs a Valkey or Redis server; on Debian, as root, one is installed.
 *
 * @module-tag long
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findStoreServer } from '../../shared/find-store-server.ts';
import { anyFreePort } from '../../shared/free-port.ts';
import { inProject, projectFolder } from '../../shared/project-path.ts';
import { classResultSchema } from './class-result.ts';
import { ClassQueue, workFor, type GradingOrder } from './queue.ts';

const program = findStoreServer();
const TOPIC = '01-oauth-discovery';
/** Each worker copies the workbook, grades, and is missed for half a minute when it is gone. */
const WITHIN = { timeout: 900_000 };

let server: ChildProcess | undefined;
let url = '';
const folder = mkdtempSync(path.join(tmpdir(), 'queue-'));
const children: ChildProcess[] = [];

beforeAll(async () => {
  if (program === undefined) return;
  const port = await anyFreePort();
  url = `redis://127.0.0.1:${port}`;
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  server = spawn(program, options, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const chunk of server.stdout ?? []) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
});
afterAll(async () => {
  for (const child of [...children, server]) {
    if (child?.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

const order = (text: string, file = `exercises/${TOPIC}/x.ts`): GradingOrder => ({
  slugs: [TOPIC],
  withStretch: false,
  files: new Map([[file, Buffer.from(text)]]),
});

function run(args: string[]): ChildProcess & { printed: () => string } {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'commands/grade.ts', ...args], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  }
  return Object.assign(child, { printed: () => printed });
}

describe.skipIf(program === undefined)('a queue', () => {
  test('gives what a worker found, byte for byte of what was handed over', WITHIN, async () => {
    const queue = await ClassQueue.open(url, 'same-grader-as-the-worker');
    const bytes = 'ö\0\u{1f600}';
    const worker = await workFor(url, 'same-grader-as-the-worker', 2, async ({ files, slugs }) => ({
      problem: [
        ...slugs,
        ...[...files].map(([file, own]) => `${file}=${Buffer.from(own).toString()}`),
      ].join(' '),
    }));
    const answers = await Promise.all([queue.grade(order(bytes)), queue.grade(order('b'))]);
    expect(answers).toEqual([
      { problem: `${TOPIC} exercises/${TOPIC}/x.ts=${bytes}` },
      { problem: `${TOPIC} exercises/${TOPIC}/x.ts=b` },
    ]);
    await worker.close();
    await queue.close();
  });

  test('is not seen by a worker with another grader', WITHIN, async () => {
    const mine = await ClassQueue.open(url, 'a-grader-of-one-kind');
    const other = await workFor(url, 'a-grader-of-another', 1, async () => ({ problem: 'taken' }));
    const answer = mine.grade(order('a'));
    const own = await workFor(url, 'a-grader-of-one-kind', 1, async () => ({ problem: 'own' }));
    expect(await answer).toEqual({ problem: 'own' });
    await Promise.all([own.close(), other.close()]);
    await mine.close();
  });

  test.each(['../../package.json', 'exercises/../x.ts', 'lab/lab.ts', '/etc/x', 'exercises'])(
    'hands no worker a file outside of exercises: %s',
    WITHIN,
    async (file) => {
      const queue = await ClassQueue.open(url, 'outside');
      const worker = await workFor(url, 'outside', 1, async () => ({ problem: 'written' }));
      await expect(queue.grade(order('x', file))).rejects.toThrow(/files/);
      await worker.close();
      await queue.close();
    },
  );

  test('loses nothing when a worker is killed while it grades', WITHIN, async () => {
    for (const name of ['ada', 'bo', 'cy']) {
      const exercise = path.join(folder, 'class', name, TOPIC);
      mkdirSync(exercise, { recursive: true });
      cpSync(inProject(`solutions/${TOPIC}`), exercise, { recursive: true });
    }
    const doomed = run(['--worker', url]);
    await expect.poll(doomed.printed, WITHIN).toContain('Waits for submissions');
    const json = path.join(folder, 'class.json');
    const parent = run([
      '01',
      '--class',
      path.join(folder, 'class'),
      '--queue',
      url,
      '--json',
      json,
    ]);
    await expect.poll(parent.printed, WITHIN).toContain('Graded by workers.');
    await expect.poll(doomed.printed, WITHIN).toContain('Graded one');
    doomed.kill('SIGKILL');
    const second = run(['--worker', url]);
    await once(parent, 'exit');
    expect(parent.exitCode, parent.printed()).toBe(0);
    const { submissions } = classResultSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(submissions.map(({ name, result }) => [name, result?.failed])).toEqual([
      ['ada', 0],
      ['bo', 0],
      ['cy', 0],
    ]);
    second.kill('SIGTERM');
    await once(second, 'exit');
    expect(second.exitCode, second.printed()).toBe(0);
  });
});

test.each([
  ['redis://127.0.0.1:9', 'does not answer (ECONNREFUSED)'],
  ['http://127.0.0.1:9', 'is no address of a queue'],
  ['nonsense', 'is no address of a queue'],
])('a queue that is away is one line: %s', WITHIN, async (address, line) => {
  for (const args of [
    ['01', '--class', folder, '--queue', address],
    ['--worker', address],
  ]) {
    mkdirSync(path.join(folder, 'class/ada'), { recursive: true });
    const child = run(args);
    await once(child, 'exit');
    expect(child.exitCode).toBe(2);
    expect(child.printed()).toContain(line);
    expect(child.printed().trim().split('\n')).toHaveLength(1);
  }
});
