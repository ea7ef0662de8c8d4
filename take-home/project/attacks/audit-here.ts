/**
 * Starts this server on a port of its own, and audits it as a stranger sees it, and as two of its
 * users do. Exit code: that of the audit.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signInHere } from './sign-in-here.ts';
import { startHere } from './start-here.ts';

const AUDIT = path.join(import.meta.dirname, 'commands', 'audit.ts');
const CALL = ['--call', 'get_weather', '--arguments', '{"city":"Paris","units":"metric"}', '--yes'];

const folder = mkdtempSync(path.join(tmpdir(), 'weather-server-'));
const server = await startHere(folder);
try {
  process.exitCode = await audit(server.origin, process.argv.slice(2));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function audit(origin: string, options: string[]): Promise<number> {
  const [token, other] = await tokens(origin);
  const asUsers = token === undefined || other === undefined ? [] : ['--token-2', other, ...CALL];
  const flags = ['--disable-warning=ExperimentalWarning', AUDIT, `${origin}/mcp`];
  const child = spawn(process.execPath, [...flags, ...asUsers, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(token === undefined ? {} : { AUDIT_TOKEN: token }) },
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** None, if nobody can sign in: then it is audited as strangers see it. */
async function tokens(origin: string): Promise<string[]> {
  try {
    return [await signInHere(origin, 'alice'), await signInHere(origin, 'bob')];
  } catch (error) {
    console.error(`Nobody could sign in: ${(error as Error).message}.`);
    return [];
  }
}
