/**
 * `npm run test:audit`: audits servers of real packages on this machine, and compares what they fail
 * with a table that was made by hand. The packages are pinned, and installed apart. It is no part of
 * `npm test`, and nothing of it runs in the workflow.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { auditServer, type AuditResult } from '../audit/audit-server.ts';
import { installApart } from '../shared/install-apart.ts';
import { audited, type Audited } from './test-audit/audited.ts';

const FOLDER = 'scripts/test-audit';
const START_MS = 60_000;

installApart(FOLDER, '@modelcontextprotocol/server');
let failed = 0;
for (const one of audited) {
  const problems = await tryOne(one);
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${one.name}`);
  for (const problem of problems) console.log(`      ${problem}`);
  failed += problems.length === 0 ? 0 : 1;
}
console.log(
  `${audited.length - failed} of ${audited.length} servers were judged as the table says.`,
);
process.exitCode = failed === 0 ? 0 : 1;

async function tryOne(one: Audited): Promise<string[]> {
  const port = await freePort();
  const words = one.command.map((word) => (word === 'PORT' ? String(port) : word));
  const child = spawn(process.execPath, words, {
    cwd: path.join(import.meta.dirname, 'test-audit'),
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    const url = new URL(`http://127.0.0.1:${port}${one.path}`);
    if (!(await listens(url, child))) return ['It did not start.'];
    return differences(one, await auditServer({ url }));
  } finally {
    child.kill();
  }
}

function differences({ revisions, fails, says = '' }: Audited, result: AuditResult): string[] {
  const found = result.items.filter(({ state }) => state === 'fail');
  const expected = fails ?? [];
  return [
    ...(String(revisions) === String(result.revisions)
      ? []
      : [`It was seen to speak ${result.revisions.join(' and ') || 'nothing'}.`]),
    ...(fails === undefined && !result.unreachable?.includes(says)
      ? [`The reason is not ${says}: ${result.unreachable}`]
      : []),
    ...found
      .filter(({ id }) => !expected.includes(id))
      .map(({ id, evidence }) => `It fails ${id}, and the table says no: ${evidence}`),
    ...expected
      .filter((id) => !found.some((item) => item.id === id))
      .map(
        (id) => `It does not fail ${id}: ${result.items.find((item) => item.id === id)?.evidence}`,
      ),
  ];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listens(url: URL, child: ChildProcess): Promise<boolean> {
  for (const end = Date.now() + START_MS; Date.now() < end && child.exitCode === null;) {
    try {
      await fetch(url, { method: 'OPTIONS' });
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  return false;
}
