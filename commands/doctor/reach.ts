/** Who can reach what listens: tried from this machine's other addresses, and as a web page would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { LAB_HEADERS } from '../../lab/host/host-protocol.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { accepts, ask } from './ask.ts';
import { holds, note, TooSlow, type Finding } from './finding.ts';

/** Away from where a learner's own page may be running. */
const FIRST_PORT = 20_000 + Math.floor(Math.random() * 20_000);
/** The page is built first, which a busy machine takes its time for. */
const START_WITHIN_MS = 120_000;

/** Starts what `npm start` starts, and ends it. */
export async function whilePageIsServed<T>(work: (port: number) => Promise<T>): Promise<T> {
  const child = spawn(
    process.execPath,
    ['scripts/run.mjs', 'playground/server/start.ts', '--no-open', '--port', String(FIRST_PORT)],
    { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await work(await portOf(child));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (): void =>
      reject(new Error(`npm start did not start. It said: ${printed.trim()}`));
    const deadline = setTimeout(() => reject(new TooSlow('npm start')), START_WITHIN_MS);
    child.once('exit', fail);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk.toString('utf8');
        const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(printed);
        if (!found) return;
        clearTimeout(deadline);
        resolve(Number(found[1]));
      });
    }
  });
}

/** @param ports what listens there -> the port */
export async function checkLoopback(ports: Record<string, number>): Promise<Finding> {
  const about = 'Loopback only';
  const others = otherAddresses();
  const open: string[] = [];
  for (const [what, port] of Object.entries(ports)) {
    if (!(await accepts('127.0.0.1', port))) return holds(about, false, `${what} does not listen.`);
    const reached = await Promise.all(others.map((address) => accepts(address, port)));
    open.push(...others.filter((_, index) => reached[index]).map((at) => `${what} at ${at}`));
  }
  const tried = `${Object.keys(ports).join(', ')} answer at 127.0.0.1`;
  if (open.length > 0) return holds(about, false, `reached from outside: ${open.join(', ')}.`);
  return others.length === 0
    ? note(about, `${tried}. This machine has no other address now to try from.`)
    : holds(about, true, `${tried}; no connection at ${others.join(', ')}.`);
}

/** Addresses of this machine under which others may reach it. */
const otherAddresses = (): string[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal }) => !internal)
      .map(({ address, scopeid }) => (scopeid ? `${address}%${name}` : address)),
  );

type Attempt = [what: string, headers: Record<string, string>];

export function checkGuard(port: number, token: string, instance: string): Promise<Finding> {
  const own = { [LAB_HEADERS.token]: token, [LAB_HEADERS.instance]: instance };
  return tryAll('Guard of the targets', port, '/healthz', own, [
    ['without the token', { [LAB_HEADERS.instance]: instance }],
    [
      'with a guessed token',
      { ...own, [LAB_HEADERS.token]: randomBytes(24).toString('base64url') },
    ],
    ['as a page of https://evil.example', { ...own, origin: 'https://evil.example' }],
    ['as a link on another site', { ...own, 'sec-fetch-site': 'cross-site' }],
  ]);
}

export async function checkGatekeeper(port: number): Promise<Finding> {
  const host = `127.0.0.1:${port}`;
  const page = await ask(port, '/', { host });
  const token = /<meta name="lab-token" content="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const own = { host, 'x-lab-token': token };
  return tryAll('Gatekeeper of /lab', port, '/lab/catalogue', own, [
    ['without the token of this run', { host }],
    ['with a guessed token', { host, 'x-lab-token': randomBytes(32).toString('base64url') }],
    ['under another host name', { ...own, host: `rebound.example:${port}` }],
    ['as a page of https://evil.example', { ...own, origin: 'https://evil.example' }],
    ['as a link on another site', { ...own, 'sec-fetch-site': 'cross-site' }],
  ]);
}

/** The right request gets through, and every other one does not. */
async function tryAll(
  about: string,
  port: number,
  target: string,
  right: Record<string, string>,
  wrong: Attempt[],
): Promise<Finding> {
  const { status } = await ask(port, target, right);
  if (status !== 200) return holds(about, false, `its own request got HTTP ${status}.`);
  const answers = await Promise.all(
    wrong.map(async ([what, headers]) => ({
      what,
      status: (await ask(port, target, headers)).status,
    })),
  );
  const list = answers.map((answer) => `${answer.what} ${answer.status}`).join(', ');
  const allRefused = answers.every((answer) => answer.status === 403);
  return holds(about, allRefused, `GET ${path.posix.normalize(target)} as the lab 200; ${list}.`);
}
