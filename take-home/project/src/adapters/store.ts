/**
 * What several processes of this server share, at Valkey or Redis 7: how many calls are left, and
 * grants. A step that cannot be done now fails at once, and waits in no queue: what the server does then
 * is for the controls of topic 18 to say.
 */
import { createClient, type RedisClientType } from '@redis/client';
import {
  createSharedStore,
  storeStep,
  type SharedStore,
} from '../../../../exercises/weather-server/world/shared-store.ts';
import { createValkeySteps } from '../../../../lab/store/valkey-steps.ts';
import type { Logger } from '../log.ts';

export interface OpenStore {
  store: SharedStore;
  /** Throws while it cannot be reached. */
  check: () => void;
  close: () => void;
}

const CONNECTS_WITHIN_MS = 5_000;
const TRIES_AGAIN_WITHIN_MS = 2_000;
/** Other programs may keep theirs at the same place. */
const PREFIX = 'weather-server:';

/** Rejects if nobody answers at `url`; what it says has no secret in it. */
export async function openStore(url: string, log: Logger): Promise<OpenStore> {
  let isOpen = false;
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECTS_WITHIN_MS,
      // One that was there comes back. One that never was is a wrong address.
      reconnectStrategy: (tries, cause) =>
        isOpen ? Math.min(50 * 2 ** Math.min(tries, 10), TRIES_AGAIN_WITHIN_MS) : cause,
    },
  });
  client.on('error', (error: Error) => {
    if (isOpen) log.warn({ reason: error.name }, 'the store cannot be reached');
  });
  client.on('ready', () => {
    if (isOpen) log.info('the store can be reached again');
  });
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    const { message } = error as Error;
    throw new Error(`The store at ${host}, of STORE_URL, does not let us in: ${message}.`, {
      cause: error,
    });
  }
  isOpen = true;
  const runStep = createValkeySteps(client, PREFIX);
  return {
    store: createSharedStore(async (step) => runStep(storeStep.parse(step))),
    check() {
      if (!client.isReady) throw new Error('The store cannot be reached.');
    },
    close: () => client.destroy(),
  };
}
