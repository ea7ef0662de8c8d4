/**
 * `npm run doctor`, in a copy of the workbook.
 *
 * @module-tag long
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';

let copy: WorkbookCopy;
beforeAll(() => {
  copy = copyWorkbook('doctor');
});
afterAll(() => copy.remove());

const importFromCopy = <T>(file: string): Promise<T> =>
  import(/* @vite-ignore */ pathToFileURL(path.join(copy.folder, file)).href) as Promise<T>;

test('finds a healthy workbook so, and says who has a port', async () => {
  const holder = createServer();
  // Whoever else may have it will do as well.
  await new Promise<void>((resolve) => {
    holder.once('error', () => resolve());
    holder.listen(3001, '127.0.0.1', resolve);
  });
  const { code, output } = await copy.run('commands/doctor.ts');
  holder.close();

  expect(output).not.toContain('PROBLEM');
  expect(output).toMatch(/note +Port 3001 +taken by \S+/);
  for (const about of [
    'Node',
    'Packages',
    'Page',
    'Gatekeeper of /lab',
    'Guard of the targets',
    'Shell and files',
    'Nothing goes out',
    'Environment',
    'Memory',
    'Endless loop',
  ]) {
    expect(output).toMatch(new RegExp(`^ok +${about} `, 'm'));
  }
  expect(code).toBe(0);
});

test('sees a guard that lets everybody through', async () => {
  const file = path.join(copy.folder, 'lab/host/guard.ts');
  const guard = readFileSync(file, 'utf8');
  const open = guard.replace(
    'if (instance === undefined || looksLikeBrowser(request))',
    'if (instance === undefined)',
  );
  expect(open).not.toBe(guard);
  writeFileSync(file, open);

  const reach = await importFromCopy<typeof import('./reach.ts')>('commands/doctor/reach.ts');
  const { makeRunKeys } =
    await importFromCopy<typeof import('../../lab/run-keys.ts')>('lab/run-keys.ts');
  const { TargetProcess } =
    await importFromCopy<typeof import('../../lab/target-process.ts')>('lab/target-process.ts');
  const target = await TargetProcess.start(await makeRunKeys());
  try {
    const { instance } = await target.open({ kind: 'baseline' });
    const { state, seen } = await reach.checkGuard(target.port, target.guardToken, instance);
    expect(seen).toMatch(/evil\.example 200/);
    expect(state).toBe('PROBLEM');
  } finally {
    await target.stop();
  }
});
