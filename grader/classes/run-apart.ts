/** Runs a script of a copy of the workbook apart from everything: what it says, and that it is gone. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neededEnvironment } from '../../lab/target-process.ts';
import { endNow, endRun, type Run } from './end-processes.ts';

/** Of what a run printed, its end is kept, for the case that it said nothing. */
const MOST_OUTPUT = 4_000;

export interface Ended {
  code: number | null;
  /** The end of what it printed. */
  output: string;
  wasLate: boolean;
  /** What it sent over the socket between the two, which nobody else can open; two messages at most. */
  told: unknown[];
  /** Processes that could not be ended. */
  left: number;
}

/**
 * Settles when the script has ended, and all that it started has been.
 *
 * @param script relative to `workbook`
 * @param request is sent to it
 */
export async function runApart(
  workbook: string,
  script: string,
  request: object,
  deadlineMs: number,
): Promise<Ended> {
  const temporary = mkdtempSync(path.join(tmpdir(), 'class-'));
  const clear = (): void => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  const child = fork(path.join(workbook, 'scripts/run.mjs'), [path.join(workbook, script)], {
    cwd: workbook,
    env: environment(temporary),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own, so that nothing that it started stays.
    detached: process.platform !== 'win32',
  });
  const own: Run | undefined =
    child.pid === undefined ? undefined : { pid: child.pid, temporary, workbook };
  const end = (): void => {
    if (own) endNow(own);
  };
  const leave = (): void => {
    end();
    clear();
  };
  // If this process ends first: before what removes the copy.
  process.prependOnceListener('exit', leave);
  const told: unknown[] = [];
  child.on('message', (message) => {
    if (told.length < 2) told.push(message);
  });
  // One that is gone already says so by its end.
  child.send(request, () => undefined);
  const how = await ended(child, deadlineMs, end);
  const left = own ? await endRun(own) : 0;
  process.off('exit', leave);
  clear();
  return { ...how, told, left };
}

/** Nothing of the environment of whoever grades, and a temporary folder that no other run shares. */
const environment = (temporary: string): NodeJS.ProcessEnv => ({
  ...neededEnvironment(),
  HOME: temporary,
  USERPROFILE: temporary,
  TMPDIR: temporary,
  TEMP: temporary,
  TMP: temporary,
});

function ended(
  child: ChildProcess,
  deadlineMs: number,
  end: () => void,
): Promise<Pick<Ended, 'code' | 'output' | 'wasLate'>> {
  return new Promise((resolve) => {
    let output = '';
    let wasLate = false;
    const keep = (chunk: Buffer): void => {
      output = `${output}${chunk.toString('utf8')}`.slice(-MOST_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    let code: number | null = null;
    const settle = (): void => {
      clearTimeout(deadline);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ code, output: output.trim(), wasLate });
    };
    const deadline = setTimeout(() => {
      wasLate = true;
      end();
      settle();
    }, deadlineMs);
    child.once('error', (error) => {
      output = error.message;
      settle();
    });
    // Not `close`: what the submission left running may hold the pipes open. And not `exit` alone: what
    // was told may still be on the way.
    child.once('exit', (ended) => {
      code = ended;
      if (!child.connected) settle();
    });
    child.once('disconnect', () => {
      if (child.exitCode !== null || child.signalCode !== null) settle();
    });
  });
}
