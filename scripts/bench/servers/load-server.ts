/** One of the compared servers in a process of its own, on a loopback port that the system chooses. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunKeys } from '../../../lab/run-keys.ts';
import { weatherServerConfig } from '../../../exercises/weather-server/config.ts';
import type { ServerConfig } from '../../../exercises/weather-server/controls.ts';

export const SERVER_KINDS = ['bare', 'stock', 'stock-with-packages', 'reference'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** What the process is sent first. */
export interface LoadServerSettings {
  kind: ServerKind;
  keys: RunKeys;
}

/** What it answers: once when it listens, and then to every further message. */
export interface LoadServerReply {
  config: ServerConfig;
  /** User and system time so far, in microseconds. */
  processorTimeUs: number;
}

/** What each file beside this one exports as `createListener`. */
export type CreateListener = (config: ServerConfig, keys: RunKeys) => Promise<RequestListener>;

process.once('message', async ({ kind, keys }: LoadServerSettings) => {
  const { createListener } = (await import(`./${kind}.ts`)) as { createListener: CreateListener };
  let listener: RequestListener | undefined;
  const server = createServer((request, response) => listener?.(request, response));
  // Longer than a round of the others, so that no connection is closed just when it is used again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = weatherServerConfig(`http://127.0.0.1:${port}`);
  listener = await createListener(config, keys);

  const reply = (): void => {
    const { user, system } = process.cpuUsage();
    process.send?.({ config, processorTimeUs: user + system } satisfies LoadServerReply);
  };
  process.on('message', reply);
  reply();
});
process.on('disconnect', () => process.exit(0));
