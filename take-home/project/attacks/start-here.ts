/** Starts this server as `npm start` does, for whoever wants to ask it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { anyFreePort } from '../../../shared/free-port.ts';

export interface Started {
  origin: string;
  /** What it has written to its log so far, line by line. */
  log: string[];
  /** Ends it as an orchestrator does. Its exit code; null if it had to be killed. */
  stop(): Promise<number | null>;
}

const MAIN = path.join(import.meta.dirname, '..', 'src', 'main.ts');
const FLAGS = ['--disable-warning=ExperimentalWarning'];
const STARTS_WITHIN_MS = 60_000;

/** Runs `main.ts` to its end, which comes at once if it does not start. */
export const runMain = (
  environment: Record<string, string>,
): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...FLAGS, MAIN], { env: withPath(environment) });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => resolve({ code, said }));
  });

/** @param dataFolder where it may write */
export async function startHere(dataFolder: string, main = MAIN): Promise<Started> {
  const port = await anyFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...FLAGS, main], {
    env: withPath({ PORT: String(port), DATA_FOLDER: dataFolder }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) =>
    log.push(...chunk.toString().split('\n').filter(Boolean)),
  );
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start. ${errors}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    origin,
    log,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

const withPath = (environment: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '',
  ...environment,
});

const isReady = (origin: string): Promise<boolean> =>
  fetch(`${origin}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
