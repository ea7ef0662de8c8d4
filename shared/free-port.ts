/** Finds a port on loopback, and says who has the one that was wanted. */
import { execFile } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_TRIES = 50;

export interface FreePort {
  port: number;
  /** Set if `wanted` was taken: by whom, as far as this machine tells. */
  takenBy?: string;
}

export async function findFreePort(wanted: number): Promise<FreePort> {
  if (await isFree(wanted)) return { port: wanted };
  const takenBy = await whoListens(wanted);
  for (let port = wanted + 1; port < wanted + MOST_TRIES; port++) {
    if (await isFree(port)) return { port, takenBy };
  }
  throw new Error(`No free port from ${wanted} to ${wanted + MOST_TRIES}.`);
}

/**
 * Lets `server` listen on the wanted port of loopback, or on the next one that is free.
 * Never `localhost`: it may resolve to ::1, and the workbook is for this machine only.
 */
export async function takePort(server: Server, wanted: number): Promise<FreePort> {
  for (let from = wanted; ;) {
    const { port, takenBy } = await findFreePort(from);
    const isOurs = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      );
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    const others = takenBy ?? (port === wanted ? undefined : 'another program');
    if (isOurs) return others === undefined ? { port } : { port, takenBy: others };
    from = port + 1;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Name and process id of the listener, by the tools each system has. */
async function whoListens(port: number): Promise<string> {
  const lookups: [string, string[], RegExp][] =
    process.platform === 'win32'
      ? [['netstat', ['-ano', '-p', 'TCP'], new RegExp(`:${port}\\s.*LISTENING\\s+(\\d+)`)]]
      : [
          ['lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fcp'], /p(\d+)\nc(.+)/],
          ['ss', ['-ltnpH', `sport = :${port}`], /pid=(\d+)|"([^"]+)"/],
        ];
  for (const [program, args, pattern] of lookups) {
    try {
      const { stdout } = await run(program, args, { timeout: 3000 });
      const found = pattern.exec(stdout);
      if (found?.[1]) return `${found[2] ?? 'a program'} (process ${found[1]})`;
    } catch {
      // This system does not have the tool, or it found nobody.
    }
  }
  return 'another program';
}

/** A port that nobody had a moment ago, for a test or a measurement of its own. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
