/**
 * A Valkey or Redis of the lab's own: on a unix socket in a folder of its own, without configuration
 * file, port and persistence, and ended with the lab, however that ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type RedisClientType } from '@redis/client';
import { locateStoreServer } from '../../shared/find-store-server.ts';

const READY_WITHIN_MS = 10_000;
const TRY_EVERY_MS = 10;
const MOST_MEMORY = '128mb';

/** Ends the server when its own input does: with the lab, even if that is killed. First comes the folder. */
const WATCH =
  'folder=$1; shift; "$@" </dev/null >/dev/null 2>&1 & server=$!; read -r _; kill -9 $server; rm -rf "$folder"';

export interface StoreServer {
  client: RedisClientType;
  stop(): Promise<void>;
}

/** Undefined if there is none on this machine. Rejects if there is one that does not start. */
export async function startStoreServer(): Promise<StoreServer | undefined> {
  const program = locateStoreServer();
  if (program === undefined) return undefined;
  // A short path: a unix socket has room for some hundred characters.
  const folder = mkdtempSync(path.join(tmpdir(), 'store-'));
  const socket = path.join(folder, 's');
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    save: '',
    appendonly: 'no',
    dir: folder,
    maxmemory: MOST_MEMORY,
    'maxmemory-policy': 'noeviction',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const watcher = spawn('sh', ['-c', WATCH, 'sh', folder, program, ...options], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined); // said by the connection that does not come
  const over = once(watcher, 'exit').catch(() => undefined);
  const stop = async (): Promise<void> => {
    watcher.ref();
    watcher.stdin.end();
    await over;
  };
  try {
    const client = await connect(socket);
    watcher.unref();
    (watcher.stdin as unknown as { unref(): void }).unref();
    return {
      client,
      async stop() {
        client.destroy();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tries until the server listens. A command without a connection fails at once, and waits in no queue. */
async function connect(socket: string): Promise<RedisClientType> {
  const until = Date.now() + READY_WITHIN_MS;
  const client: RedisClientType = createClient({
    socket: {
      path: socket,
      tls: false,
      reconnectStrategy: () => (Date.now() < until ? TRY_EVERY_MS : false),
    },
    disableOfflineQueue: true,
  });
  client.on('error', () => undefined); // each command says so as well
  await client.connect();
  client.unref();
  return client;
}
