/** The reference as `npm run serve` serves it, in a process that can be ended and started again. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ServeSettings } from '../../commands/serve-host.ts';
import { makeRunKeys } from '../../lab/run-keys.ts';
import { anyFreePort } from '../../shared/free-port.ts';

export interface Served {
  url: string;
  /** As after a save, or the next day: the clients are known, their grants are gone. */
  restart(): Promise<void>;
  /** As in another folder: nobody is known. */
  forgetEverybody(): Promise<void>;
  close(): Promise<void>;
}

export async function serve(folder: string): Promise<Served> {
  const port = await anyFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const clientsFile = path.join(folder, 'clients.json');
  const settings: ServeSettings = {
    which: 'solutions',
    origin,
    port,
    keys: await makeRunKeys(),
    certificate: undefined,
    clientsFile,
    clientDocuments: false,
    external: undefined,
    secrets: {
      keyEncryptionKeys: `v1=${randomBytes(32).toString('base64')}`,
      auditChainKey: randomBytes(32).toString('base64'),
    },
  };
  let host: ChildProcess;

  async function start(): Promise<void> {
    host = fork(path.resolve(import.meta.dirname, '../../commands/serve-host.ts'), [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    host.send(settings);
    for (;;) {
      const healthy = await fetch(`${origin}/healthz`).catch(() => undefined);
      if (healthy?.ok) return;
      if (host.exitCode !== null) throw new Error('The server did not start; it says why above.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  async function stop(): Promise<void> {
    const ended = once(host, 'exit');
    host.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url: `${origin}/mcp`,
    async restart() {
      await stop();
      await start();
    },
    async forgetEverybody() {
      await stop();
      rmSync(clientsFile);
      await start();
    },
    close: stop,
  };
}
