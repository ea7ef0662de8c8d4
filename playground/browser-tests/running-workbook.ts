/** Starts a copy of the workbook, as `npm start` does, for the browser tests. */
import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { copyWorkbook } from '../../scripts/copy-workbook.ts';

const START_WITHIN_MS = 60_000;

export interface RunningWorkbook {
  url: string;
  /** The copy's folder. */
  folder: string;
  /** All that it has printed. */
  printed(): string;
  stop(): Promise<void>;
}

/** Starts a copy whose stubs are as they are in this checkout, with `npm start`'s own script. */
export async function startWorkbookCopy(args: string[] = []): Promise<RunningWorkbook> {
  const { folder, remove } = copyWorkbook('browser');
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
  const url = await printedAddress(child);
  return {
    url,
    folder,
    printed: () => printed,
    async stop() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(impatient);
      remove();
    },
  };
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
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
