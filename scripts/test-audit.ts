/**
 * `npm run test:audit`: audits servers of real packages on this machine, and compares each verdict
 * with tables that were made by hand. The packages are pinned, and installed apart. It is no part of
 * `npm test`, and nothing of it runs in the workflow.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { auditServer, type AuditResult } from '../audit/audit-server.ts';
import { anyFreePort } from '../shared/free-port.ts';
import { readCommandLine } from '../shared/command-line.ts';
import { installApart } from '../shared/install-apart.ts';
import { ALWAYS_UNTOLD, type Audited } from './test-audit/audited.ts';
import { authorization } from './test-audit/tables/authorization.ts';
import { frameworks } from './test-audit/tables/frameworks.ts';
import { mended } from './test-audit/tables/mended.ts';
import { programs } from './test-audit/tables/programs.ts';
import { sdks } from './test-audit/tables/sdks.ts';

const FOLDER = 'scripts/test-audit';
const START_MS = 60_000;
/** Nobody outside is told that a package was tried. */
const ALONE = {
  DO_NOT_TRACK: '1',
  MCP_USE_ANONYMIZED_TELEMETRY: 'false',
  MASTRA_TELEMETRY_DISABLED: '1',
};

const audited = readCommandLine(
  `Usage: npm run test:audit -- [word …]
  word   a part of the names of those servers that are audited; none means all`,
  {},
  (_options, words) => {
    const all = [...programs, ...sdks, ...frameworks, ...authorization, ...mended];
    const unknown = words.find((word) => !all.some(({ name }) => name.includes(word)));
    if (unknown !== undefined) throw new Error(`No server here has “${unknown}” in its name.`);
    return all.filter(
      ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
    );
  },
);
installApart(FOLDER, 'helmet');
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
  const port = await anyFreePort();
  const withPort = (word: string): string => (word === 'PORT' ? String(port) : word);
  const env = Object.entries({ PORT: 'PORT', ...one.env });
  const child = spawn(process.execPath, one.command.map(withPort), {
    cwd: path.join(import.meta.dirname, 'test-audit'),
    env: {
      ...process.env,
      ...ALONE,
      ...Object.fromEntries(env.map(([name, value]) => [name, withPort(value)])),
    },
    stdio: 'ignore',
  });
  try {
    const url = new URL(`http://127.0.0.1:${port}${one.path}`);
    if (!(await listens(url, child))) return ['It did not start.'];
    const { token, headers } = one;
    return differences(one, await auditServer({ url, token, headers }));
  } finally {
    child.kill();
  }
}

function differences(one: Audited, result: AuditResult): string[] {
  const { revisions, fails, says = '' } = one;
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
    ...(fails === undefined ? [] : ofWhatIsUntold(one, result)),
  ];
}

function ofWhatIsUntold({ untold = [] }: Audited, { items }: AuditResult): string[] {
  const expected = [...ALWAYS_UNTOLD, ...untold];
  return items
    .filter(({ id, state }) => (state === 'cannot-tell') !== expected.includes(id))
    .map(({ id, state, evidence }) =>
      state === 'cannot-tell'
        ? `It cannot tell ${id}, and the table says it can: ${evidence}`
        : `It says ${state} of ${id}, of which nothing can be told: ${evidence}`,
    );
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
