/** A store server of the lab’s own ends with the lab, however that ends. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { locateStoreServer } from '../../shared/find-store-server.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { startStoreServer } from './store-server.ts';

test.runIf(locateStoreServer())('it keeps nothing on disk, has no port, and goes', async () => {
  const server = await startStoreServer();
  if (!server) throw new Error('there was one a moment ago');
  server.client.ref();
  const { dir = '', ...config } = {
    ...(await server.client.configGet('dir')),
    ...(await server.client.configGet('port')),
    ...(await server.client.configGet('save')),
    ...(await server.client.configGet('appendonly')),
  };
  expect(config).toEqual({ port: '0', save: '', appendonly: 'no' });
  expect(existsSync(dir)).toBe(true);
  await server.stop();
  expect(existsSync(dir)).toBe(false);
});

const KILLED = `
import { startStoreServer } from './lab/store/store-server.ts';
const server = await startStoreServer();
server.client.ref();
process.stdout.write((await server.client.configGet('dir')).dir);`;

test.runIf(locateStoreServer())('it goes when the lab is killed', async () => {
  const lab = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', KILLED],
    { cwd: projectFolder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const folder = await new Promise<string>((resolve, reject) => {
    lab.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    lab.once('exit', () => reject(new Error('it ended before it had started a store')));
  });
  expect(path.isAbsolute(folder) && existsSync(folder)).toBe(true);
  lab.kill('SIGKILL');
  // Nobody says when; the test's own bound is the only one.
  while (existsSync(folder)) await pause(10);
});
