/**
 * A copy of the workbook to test in: tests change stubs on disk, and a learner's own files are never
 * touched. The copy lies inside the project, so that it finds the installed packages.
 */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeOwnFolder } from './own-folder.ts';

const root = path.resolve(import.meta.dirname, '..');
/** What is made, fetched or the owner's, and no part of the workbook's sources. */
const NOT_COPIED = ['.copies', '.git', '.workbook', 'dist', 'node_modules'];

export interface WorkbookCopy {
  folder: string;
  /** Runs a TypeScript file of the copy, as its commands do, to the end; `input` is typed for it. */
  run: (
    file: string,
    args?: string[],
    environment?: Record<string, string>,
    input?: string,
  ) => Promise<Ended>;
  remove: () => void;
}

export interface Ended {
  code: number | null;
  /** What it printed, errors included. */
  output: string;
}

/** Stubs are as they are in this checkout. `without` names folders that are not needed in it. */
export function copyWorkbook(purpose: string, without: readonly string[] = []): WorkbookCopy {
  const folder = makeOwnFolder(path.join(root, '.copies'), purpose);
  for (const name of readdirSync(root)) {
    if (NOT_COPIED.includes(name) || without.includes(name)) continue;
    cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => path.basename(source) !== 'node_modules',
    });
  }
  return {
    folder,
    run: (file, args = [], environment = {}, input = '') =>
      runIn(folder, file, args, environment, input),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function runIn(
  folder: string,
  file: string,
  args: string[],
  environment: Record<string, string>,
  input: string,
): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/run.mjs', file, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Who needs no more input has ended already.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
