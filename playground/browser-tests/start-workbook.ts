/** Runs `npm start` of a workbook as a process of its own, for tests and measurements. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { anyFreePort } from '../../shared/free-port.ts';

const START_WITHIN_MS = 300_000;
const STOP_WITHIN_MS = 5_000;

export interface StartedWorkbook {
  url: string;
  /** All that it has printed. */
  printed(): string;
  stop(): Promise<void>;
}

/** @param folder of the workbook */
export async function startWorkbook(folder: string, args: string[] = []): Promise<StartedWorkbook> {
  // A port of its own: two of these start at the same time, and would both find 5173 free.
  const port = args.includes('--port') ? [] : ['--port', String(await anyFreePort())];
  const child = fork('playground/server/start.ts', ['--no-open', ...port, ...args], {
    cwd: folder,
    execPath: process.execPath,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  }
  return {
    url: await printedAddress(child),
    printed: () => printed,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(impatient);
    },
  };
}

/** The first address that the process prints. */
export function printedAddress(child: ChildProcess): Promise<string> {
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
