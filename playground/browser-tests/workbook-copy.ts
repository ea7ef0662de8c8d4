/**
 * A copy of the workbook to test in. The browser tests change stubs on disk; a learner's own files
 * are never touched. The copy lies inside the project, so that it finds the installed packages.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const COPIED = [
  'exercises',
  'grader',
  'lessons',
  'playground',
  'solutions',
  'scripts',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
];
const START_WITHIN_MS = 60_000;

export interface RunningWorkbook {
  url: string;
  /** The copy's folder. */
  folder: string;
  stop(): Promise<void>;
}

/** Starts a copy whose stubs are as they are in this checkout, with `npm start`'s own script. */
export async function startWorkbookCopy(args: string[] = []): Promise<RunningWorkbook> {
  const copies = path.join(root, '.copies');
  mkdirSync(copies, { recursive: true });
  const folder = mkdtempSync(path.join(copies, 'browser-'));
  for (const name of COPIED)
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });

  const child = fork('playground/server/start.ts', ['--no-open', ...args], {
    cwd: folder,
    execPath: process.execPath,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const url = await printedAddress(child);
  return {
    url,
    folder,
    async stop() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(impatient);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const giveUp = setTimeout(
      () => reject(new Error(`no address in time:\n${output}`)),
      START_WITHIN_MS,
    );
    const listen = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(output);
      if (!found) return;
      clearTimeout(giveUp);
      resolve(found[0]);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
  });
}
