/** Runs a script of a copy of the workbook apart from everything: what it says, and that it is gone. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { readLines } from '../../lab/bounded-lines.ts';
import { neededEnvironment } from '../../lab/target-process.ts';
import { endNow, endRun, type Run } from './end-processes.ts';
import { makePlaces, type Sandbox } from './sandbox.ts';
import { parseJson } from '../../shared/parse-json.ts';

/** Of what a run printed, its end is kept, for the case that it said nothing. */
const MOST_OUTPUT = 4_000;
/** Longer than any result. */
const MOST_LINE_BYTES = 64 * 1024 * 1024;

export interface Ended {
  code: number | null;
  /** The end of what it printed. */
  output: string;
  wasLate: boolean;
  /**
   * What it sent, two messages at most: over the socket between the two, which nobody else can open, or
   * in lines that begin with a token which it alone was given.
   */
  told: unknown[];
  /** Processes that could not be ended. */
  left: number;
}

/** What a run is told when it and whoever grades talk in lines. */
export interface LineRequest {
  token: string;
  request: object;
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
  sandbox?: Sandbox,
): Promise<Ended> {
  const temporary = mkdtempSync(path.join(tmpdir(), 'class-'));
  const clear = (): void => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  const node = [path.join(workbook, 'scripts/run.mjs'), path.join(workbook, script)];
  if (sandbox) makePlaces(workbook);
  const { file, args } = sandbox?.command({ workbook, temporary, script: node }) ?? {
    file: process.execPath,
    args: node,
  };
  const talksInLines = sandbox?.talksOver === 'lines';
  const child = spawn(file, args, {
    cwd: workbook,
    env: environment(temporary),
    stdio: talksInLines ? ['pipe', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
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
  const take = (message: unknown): void => {
    if (told.length < 2) told.push(message);
  };
  if (talksInLines) talkInLines(child, request, take, end);
  else {
    child.on('message', take);
    // One that is gone already says so by its end.
    child.send(request, () => undefined);
  }
  const how = await ended(child, deadlineMs, end);
  const left = own ? await endRun(own) : 0;
  process.off('exit', leave);
  clear();
  return { ...how, told, left };
}

function talkInLines(
  child: ChildProcess,
  request: object,
  take: (message: unknown) => void,
  end: () => void,
): void {
  const token = randomBytes(24).toString('base64url');
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(`${JSON.stringify({ token, request } satisfies LineRequest)}\n`);
  const begin = `${token} `;
  readLines(
    child.stdout as Readable,
    MOST_LINE_BYTES,
    (line) => {
      if (line.startsWith(begin)) take(parseJson(line.slice(begin.length)));
    },
    end,
  );
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
      // What was told in lines stands before the end of the pipe, which a sandbox closes.
      if (child.stdin) child.once('close', settle);
      else if (!child.connected) settle();
    });
    child.once('disconnect', () => {
      if (child.exitCode !== null || child.signalCode !== null) settle();
    });
  });
}
