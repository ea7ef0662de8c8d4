import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { endRun } from './end-processes.ts';

const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** Starts some of each kind, prints their ids, and stays. */
const FAMILY = `
  const { spawn } = require('node:child_process');
  const sleep = (more) => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore', ...more }).pid;
  console.log(JSON.stringify([
    sleep({}),
    sleep({ detached: true }),
    sleep({ detached: true, env: {} }),
    sleep({ detached: true, cwd: '/' }),
    ...Array.from({ length: 10 }, () => sleep({ detached: true })),
  ]));
  setTimeout(() => {}, 60000);`;

test.runIf(process.platform === 'linux')(
  'what a run started is ended, in its group and out of it, and nobody else',
  async () => {
    const workbook = mkdtempSync(path.join(tmpdir(), 'run-'));
    const temporary = mkdtempSync(path.join(tmpdir(), 'run-'));
    const neighbour = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], {
      cwd: tmpdir(),
      detached: true,
      env: { TMPDIR: `${temporary}-of-another` },
    });
    const child = spawn(process.execPath, ['-e', FAMILY], {
      cwd: workbook,
      detached: true,
      env: { TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(chunk.toString('utf8')) as number[];
    expect(pids.filter(isAlive)).toHaveLength(14);
    expect(await endRun({ pid: child.pid ?? 0, temporary, workbook })).toBe(0);
    expect([...pids, child.pid ?? 0].filter(isAlive)).toEqual([]);
    expect(isAlive(neighbour.pid ?? 0)).toBe(true);
    neighbour.kill('SIGKILL');
    for (const folder of [workbook, temporary]) rmSync(folder, { recursive: true });
  },
);
