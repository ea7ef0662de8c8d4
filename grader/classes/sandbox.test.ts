/**
 * What a submission can do from a sandbox. A container needs an engine: here one is played, which
 * starts what it is told to in this system.
 *
 * @module-tag long
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import { hostBundle } from '../../lab/bundle/host-bundle.ts';
import { projectFolder } from '../../shared/project-path.ts';
import type { GradedSubmission } from './class-result.ts';
import { decidingDigests } from './deciding-files.ts';
import { gradeSubmission } from './grade-submission.ts';
import { bubblewrap, container, findSandbox, type Sandbox } from './sandbox.ts';

const TOPIC = '01-oauth-discovery';
let folder: string;
const heard: string[] = [];
const listener = createServer((socket) => {
  heard.push('somebody');
  socket.destroy();
});

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  await hostBundle();
});
afterAll(() => {
  listener.close();
  rmSync(folder, { recursive: true, force: true });
});

const reference = (file: string): string =>
  readFileSync(path.join(projectFolder, 'solutions', TOPIC, file), 'utf8');

function submission(name: string, before = ''): string {
  const place = path.join(folder, name, TOPIC);
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'metadata.ts'), `${before}\n${reference('metadata.ts')}`);
  writeFileSync(path.join(place, 'bearer-challenge.ts'), reference('bearer-challenge.ts'));
  return path.join(folder, name);
}

const grade = (place: string, sandbox: Sandbox): Promise<GradedSubmission> =>
  gradeSubmission(
    place,
    { topics: selectTopics(['01']), withStretch: false, deadlineMs: 300_000, sandbox },
    decidingDigests(projectFolder),
  );

test.runIf(findSandbox() === bubblewrap)(
  'in bubblewrap it sees no home and no other process, reaches nobody, and writes nowhere',
  async () => {
    const secret = path.join(folder, 'secret.txt');
    writeFileSync(secret, 'for the instructor only');
    const { port } = listener.address() as AddressInfo;
    const tries = `
      import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
      import { connect } from 'node:net';
      const attempt = (what: () => unknown): unknown => { try { return what(); } catch (error) { return (error as { code?: string }).code; } };
      const reached = await new Promise((resolve) => connect(${port}, '127.0.0.1').on('connect', () => resolve('reached')).on('error', (error) => resolve((error as { code?: string }).code)));
      const seen = {
        secret: attempt(() => readFileSync(${JSON.stringify(secret)}, 'utf8')),
        neighbours: attempt(() => readdirSync(${JSON.stringify(path.join(projectFolder, '.copies'))}).length),
        written: attempt(() => writeFileSync(${JSON.stringify(secret)}, '')),
        copy: attempt(() => writeFileSync('grader/run-topic.ts', '')),
        parent: attempt(() => readdirSync('/proc').filter((one) => /^\\d+$/.test(one)).every((one) => Number(one) < 200)),
        reached,
      };
      throw new Error('saw ' + JSON.stringify(seen));`;
    const { result, problem } = await grade(submission('curious', tries), bubblewrap);
    expect(problem).toBeUndefined();
    const said = JSON.stringify(result?.topics[0]?.checks[0]?.explanation).replaceAll('\\', '');
    expect(said).toContain('"secret":"ENOENT"');
    expect(said).toContain('"neighbours":1');
    expect(said).toMatch(/"written":"(?:ENOENT|EROFS)"/);
    expect(readFileSync(secret, 'utf8')).toBe('for the instructor only');
    expect(said).toContain('"parent":true');
    expect(said).toContain('"copy":"EROFS"');
    expect(said).toContain('"reached":"ECONNREFUSED"');
    expect(heard).toEqual([]);
    expect(result?.earned).toBe(0);
  },
);

test.runIf(findSandbox() === bubblewrap)('in bubblewrap a right answer is right', async () => {
  const { result, problem } = await grade(submission('right'), bubblewrap);
  expect(problem).toBeUndefined();
  expect(result?.earned).toBe(result?.points);
});

test.runIf(process.platform === 'linux')('an engine is told what a container may do', async () => {
  const { args } = container('podman').command({
    workbook: '/w',
    temporary: '/t',
    script: ['/w/run.mjs'],
  });
  const line = args.join(' ');
  for (const part of ['--network none', '--read-only', '--cap-drop ALL', '--user 65534:65534']) {
    expect(line).toContain(part);
  }
  expect(line).toContain('--volume /w:/w:ro');
  const volumes = args.filter((_, index) => args[index - 1] === '--volume');
  expect(volumes.every((volume) => volume.endsWith(':ro'))).toBe(true);
  expect(args.slice(-2)).toEqual(['node', '/w/run.mjs']);
});

test.runIf(process.platform === 'linux')(
  'what is graded in a container is told in lines, and only those with the token count',
  async () => {
    const engines = path.join(folder, 'bin');
    mkdirSync(engines);
    const engine = path.join(engines, 'podman');
    // Starts what stands behind the image.
    writeFileSync(engine, '#!/bin/sh\nwhile [ "$1" != node ]; do shift; done\nexec "$@"\n');
    chmodSync(engine, 0o755);
    const before = process.env.PATH;
    process.env.PATH = `${engines}:${before}`;
    try {
      const forges = `process.stdout.write('AAAA {"schema":1}\\n');`;
      const { result, problem } = await grade(submission('contained', forges), container('podman'));
      expect(problem).toBeUndefined();
      expect(result?.earned).toBe(result?.points);
    } finally {
      process.env.PATH = before;
    }
  },
);
